"""Readings of the tokens of a layer made by an engine without Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from sohoa.lexicon import Lexicon
from sohoa.model import Page
from sohoa.restore.confusion_learning import learn_confusions
from sohoa.restore.decoding import Answer
from sohoa.restore.evidence import Readings, settled
from sohoa.restore.foreign_channel import SyllableScorer, channel_from, shipped_counts
from sohoa.restore.language_model import LanguageModel, read_language_model
from sohoa.restore.paragraphs import Token
from sohoa.restore.stage import language_lines
from sohoa.restore.tokens import BREAK, NUMBER
from sohoa.vietnamese import strip_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float32]
    Ids = NDArray[np.int64]

_OUTER = '.,;:!()[]{}“”"‘…*_|-–—'
# Signs that stand for a whole word, or for the hook of ư and ơ at its end.
_LONE_SIGNS = frozenset("¢@€£¥§&")
_LA = "1a"  # what such engines read for "là"; after these words it is the label of a unit
_BEFORE_LABEL = ("di", "kh", "mu", "ph", "ma", "so", "s6", "da", "bi", "(", "-")
_HOOKS = "'’?"
_ENDS = re.compile(r"[.;:!?]")
_NUMBER = re.compile(r"^[\d.,/%:+\-–()]*\d[\d.,/%:+\-–()]*[a-eđ]?[)°]?$")
_CODE = re.compile(r"\d.*[/-].*[A-ZĐ]|[A-ZĐ]{2,}.*[/-].*\d|^[A-ZĐ&]{2,}[/-][A-ZĐ&-]{2,}$")
_ADDRESS = re.compile(r"\w@\w+\.\w|://|www\.|\.(?:vn|com|net|org)\b", re.IGNORECASE)
_MOST_DIGITS = 0.5
_WIDE = 40  # syllables that may explain a token at all
_KEPT = 10  # readings kept for one token before the search
_BATCH = 500  # tokens scored at once
_SPELLED = -1.8  # log price of a sign of a word that no lexicon knows
_UNKNOWN = -14.0  # and of the word itself
_ACRONYM = -5.0  # log price of a sign of two capitals that are in no table
_LONGEST_TOKEN = 18
_CERTAIN = 0.9  # a reading this sure teaches the habits of the engine
_SHIPPED_SHARE = 0.02  # what a sighting of the shipped table counts beside one of this document


def is_fixed_in_layer(core: str, lexicon: Lexicon, *, capital_line: bool) -> bool:
    """Whether a token of a broken layer stays: numbers, codes, addresses, known acronyms.

    A digit inside a short word is no number (s6 for số); a word that is mostly digits is.
    """
    if not core or len(core) > _LONGEST_TOKEN or _NUMBER.match(core) or _ADDRESS.search(core):
        return True
    if _CODE.search(core) or core in lexicon.abbreviations:
        return True
    if core in _LONE_SIGNS:
        return False
    digits = sum(character.isdigit() for character in core)
    if digits > len(core) * _MOST_DIGITS or not any(c.isalpha() for c in core):
        return True
    letters = [character for character in core if character.isalpha()]
    whole = len(letters) == len(core) and core.isupper()
    return whole and not capital_line and len(core) > 2


def is_capital(text: str) -> bool:
    """Whether most letters are capitals."""
    letters = [character for character in text if character.isalpha()]
    return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.6 * len(letters)


def layer_tokens(pages: Sequence[Page], lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of broken pages: one for each word without its outer signs."""
    tokens: list[Token] = []
    number = 0
    for page in pages:
        for line in language_lines(page):
            capital = is_capital(line.text)
            before = ""
            for word in line.words:
                for token in _word_tokens(word.text, number, lexicon, capital):
                    if token.text == _LA and not before.startswith(_BEFORE_LABEL):
                        token = replace(token, key=_LA, fixed=False)  # noqa: PLW2901
                    tokens.append(token)
                before = strip_marks(word.text.lower())
                number += 1
    return tuple(tokens)


def layer_core(text: str, lexicon: Lexicon, capital: bool) -> tuple[int, int, str, bool]:
    """A word without its outer signs: start, end, key, and whether it stays as it is."""
    core = text.strip(_OUTER)
    # A hook after u or o belongs to the letter; elsewhere it is a quote or a question mark.
    if core.endswith(tuple(_HOOKS)) and core[-2:-1].lower() not in ("u", "o", "i", "r"):
        core = core.rstrip(_HOOKS)
    core = core.lstrip(_HOOKS) if core.strip(_HOOKS) else ""
    start = text.index(core)
    if not core:
        return 0, 0, "", True
    fixed = is_fixed_in_layer(core, lexicon, capital_line=capital)
    number = fixed and any(character.isdigit() for character in core)
    key = NUMBER if number else small_letters(core, capital=capital)
    return start, start + len(core), key, fixed


def _word_tokens(text: str, word: int, lexicon: Lexicon, capital: bool) -> Iterator[Token]:
    start, end, key, fixed = layer_core(text, lexicon, capital)
    if key:
        yield Token(word, start, end, text[start:end], key, fixed, capital)
    if _ENDS.search(text[end:]):
        yield Token(word, end, end, "", BREAK, True)


def small_letters(core: str, *, capital: bool) -> str:
    """The token without the capitals of the print; odd capitals inside stay, they are signs."""
    if capital or (len(core) > 3 and is_capital(core)):
        return core.lower()
    return core[0].lower() + core[1:]


def _own_weight(key: str, *, known: bool) -> float:
    """Log price of the token being what is printed, though it is no syllable."""
    if known:
        return -0.3 * len(key)
    if len(key) == 2 and key[1].isupper():
        return _ACRONYM * len(key)
    return _UNKNOWN + _SPELLED * len(key)


@dataclass(frozen=True, slots=True, eq=False)
class LayerReader:
    """Readings of tokens under the shipped channel; what was read once is remembered."""

    scorer: SyllableScorer
    model: LanguageModel
    unigram: Logs
    ids: Ids  # of each syllable of the trie
    memory: dict[str, tuple[Ids, Logs]]

    @classmethod
    def of(cls, scorer: SyllableScorer, model: LanguageModel) -> LayerReader:
        import numpy as np

        ids = np.asarray([model.ids[s] for s in scorer.trie.syllables], dtype=np.int64)
        return cls(scorer, model, model.unigram[ids], ids, {})

    def readings(self, token: Token) -> Readings:
        """The token itself, and the syllables that explain it best."""
        if token.fixed:
            return settled(token.key)
        return self.chosen(token.key, *self.wide(token.key))

    def wide(self, key: str) -> tuple[Ids, Logs]:
        """Syllables (by their place in the trie) that may explain the token, and their scores."""
        found = self.memory.get(key)
        return self._remembered(key, self.scorer.prefix_scores(key)) if found is None else found

    def prefixes(self, key: str) -> Logs:
        """``SyllableScorer.prefix_scores`` of a token; what ``wide`` needs of it is remembered."""
        scores = self.scorer.prefix_scores(key)
        self._remembered(key, scores)
        return scores

    def _remembered(self, key: str, scores: Logs) -> tuple[Ids, Logs]:
        import numpy as np

        ink = scores[:, -1]
        best = np.argpartition(-(ink + self.unigram), _WIDE)[:_WIDE]
        found = self.memory[key] = (best, ink[best])
        return found

    def best_log(self, key: str) -> float:
        """Log weight of the syllable that explains a piece best, its frequency counted in."""
        places, ink = self.wide(key)
        return float((ink + self.unigram[places]).max())

    def chosen(self, key: str, places: Ids, ink: Logs) -> Readings:
        """The best of these syllables as readings, the token itself first."""
        import numpy as np

        best = np.argsort(-(ink + self.unigram[places]), kind="stable")[:_KEPT]
        keys = [self.scorer.trie.syllables[place] for place in places[best]]
        ids = self.ids[places[best]]
        weights = ink[best].astype(np.float64)
        if key in keys:
            own = keys.index(key)
            order = [own, *(i for i in range(len(keys)) if i != own)]
            return Readings(tuple(keys[i] for i in order), ids[order], weights[order])
        known = key in self.model.ids
        return Readings(
            (key, *keys),
            np.concatenate([[self.model.ids.get(key, 0)], ids]),
            np.concatenate([[_own_weight(key, known=known)], weights]),
        )


@cache
def shipped_reader() -> LayerReader:
    """The reader of the shipped confusions."""
    return LayerReader.of(SyllableScorer(channel_from(shipped_counts())), read_language_model())


def adapted_readings(
    tokens: Sequence[Token], answers: Sequence[Answer | None], reader: LayerReader
) -> list[Readings]:
    """Readings of a reader that has learned this engine's habits from what was read with certainty.

    Engines differ in the signs that they put for marks; a page or two are enough to see them.
    """
    import numpy as np

    scorer = SyllableScorer(channel_from(_adapted_counts(tokens, answers)))
    keys = sorted({token.key for token in tokens if not token.fixed})
    found: dict[str, Readings] = {}
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        wide = [reader.wide(key)[0] for key in batch]
        rows = np.repeat(np.arange(len(batch)), [len(places) for places in wide])
        ink = scorer.pair_scores(batch, rows, np.concatenate(wide))
        ends = np.cumsum([len(places) for places in wide])
        for key, places, scores in zip(batch, wide, np.split(ink, ends[:-1]), strict=True):
            found[key] = reader.chosen(key, places, scores)
    return [settled(token.key) if token.fixed else found[token.key] for token in tokens]


def _adapted_counts(
    tokens: Sequence[Token], answers: Sequence[Answer | None]
) -> dict[tuple[str, str], float]:
    pairs = [
        (answer[0][0], token.key)
        for token, answer in zip(tokens, answers, strict=True)
        if answer is not None and answer[0][1] >= _CERTAIN and answer[0][0].isalpha()
    ]
    counts = {pair: count * _SHIPPED_SHARE for pair, count in shipped_counts().items()}
    for pair, count in learn_confusions(pairs, rounds=2).items():
        counts[pair] = counts.get(pair, 0.0) + count
    return counts

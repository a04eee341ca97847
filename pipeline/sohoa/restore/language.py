"""Stage: the noisy channel and the language model over whole paragraphs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, ClassVar

from sohoa.lexicon import fold_key, read_lexicon
from sohoa.model import Alternative, Page, Word
from sohoa.restore.candidates import Candidate, find_candidates, in_case_of, in_style
from sohoa.restore.kinds import channel_of
from sohoa.restore.language_model import LanguageModel, read_language_model
from sohoa.restore.lattice import Position, posteriors
from sohoa.restore.paragraphs import Token, all_words, tokens_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import language_lines, put_lines

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float64]
    Ids = NDArray[np.int64]

_PRUNE = 7.0  # readings this far (nats) below the best in their raw context are dropped
_MOST = 6  # readings kept at one position


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the evidence, set on development pages (cross-validated by document)."""

    language: float = 0.8
    sure: float = -0.5  # added to a change of a word the engine is sure of (confidence 0.96 up)
    unsure: float = 3.0  # added at confidence 0.8 and below
    listed: float = 0.7  # the engine weighed this reading
    listed_confidence: float = 3.0  # times its confidence
    unlisted: float = -1.5  # the engine has alternatives, but not this one


@dataclass(frozen=True, slots=True)
class LanguageRestoration:
    """After this: a word whose best reading differs from the engine's and reaches ``threshold``
    reads so, with an ``Edit`` that holds the posterior; a word in doubt keeps its reading and has
    the candidates among its alternatives.

    Left alone: whatever the guard names (numbers, codes, addresses, acronyms, names of people),
    words outside ``pages`` read by an engine, tone placement and i/y, capitals, outer signs.
    """

    name: ClassVar[str] = "language"
    version: ClassVar[str] = "1"
    threshold: float = 0.9
    candidates: int = 4
    engine: Channel = Channel.AUTO
    weights: Weights = Weights()

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        chosen = [channel_of(page, self.engine) is Channel.TESSERACT_VIE for page in pages]
        read = tuple(page for page, open_ in zip(pages, chosen, strict=True) if open_)
        if not read:
            return pages
        given = iter(self._restored(read))
        restored = iter([_with_words(page, given) for page in read])
        return tuple(
            next(restored) if open_ else page for page, open_ in zip(pages, chosen, strict=True)
        )

    def _restored(self, pages: Sequence[Page]) -> list[Word]:
        words = list(all_words(pages))
        tokens = tokens_of(pages, read_lexicon())
        decided = decide(tokens, words, read_language_model(), self.weights)
        old_style = prefers_old_style(words)
        by_word: dict[int, list[tuple[Token, tuple[tuple[str, float], ...]]]] = {}
        for token, readings in decided:
            by_word.setdefault(token.word, []).append((token, readings))
        for index, found in by_word.items():
            words[index] = self._word(words[index], found, old_style)
        return words

    def _word(
        self,
        word: Word,
        found: list[tuple[Token, tuple[tuple[str, float], ...]]],
        old_style: bool,
    ) -> Word:
        """The word with its runs of letters restored, last run first (places stay valid)."""
        text, sure = word.text, 1.0
        doubts: list[Alternative] = []
        for token, readings in reversed(found):
            best, posterior = readings[0]
            written = _written(token.text, best, old_style)
            if best != token.key and posterior >= self.threshold:
                text = text[: token.start] + written + text[token.end :]
                sure = min(sure, posterior)
            elif best != token.key or posterior < self.threshold:
                for reading, share in readings[: self.candidates]:
                    other = _written(token.text, reading, old_style)
                    whole = word.text[: token.start] + other + word.text[token.end :]
                    if whole != word.text:
                        doubts.append(Alternative(whole, round(share, 4)))
        if doubts:
            known = {item.text for item in doubts}
            rest = [item for item in word.alternatives if item.text not in known]
            word = replace(word, alternatives=(*doubts, *rest))
        if text == word.text:
            return word
        return word.edited(self.name, text, confidence=round(sure, 4), reason="language model")


def _written(read: str, syllable: str, old_style: bool) -> str:
    if fold_key(read) == syllable:
        return read
    return in_case_of(read, in_style(syllable, old_style=old_style))


def _with_words(page: Page, given: Iterator[Word]) -> Page:
    lines = [
        replace(line, words=tuple(next(given) for _ in line.words)) for line in language_lines(page)
    ]
    return put_lines(page, iter(lines))


def prefers_old_style(words: Iterable[Word]) -> bool:
    """Whether the document places tones in the older style (hòa) more often than in the newer."""
    old = new = 0
    for word in words:
        lower = word.text.lower()
        if lower.isascii():
            continue
        if any(pair in lower for pair in ("òa", "óa", "ỏa", "ọa", "úy", "ùy", "ủy", "ụy", "ỏe")):
            old += 1
        elif any(pair in lower for pair in ("oà", "oá", "oả", "oạ", "uỳ", "uỷ", "uỵ", "oẻ")):
            new += 1
    return old > new


def decide(
    tokens: Sequence[Token], words: Sequence[Word], model: LanguageModel, weights: Weights
) -> list[tuple[Token, tuple[tuple[str, float], ...]]]:
    """For each token in doubt its readings with posteriors, best first."""
    import numpy as np

    lists = [_weighed(token, words, model, weights) for token in tokens]
    row = _pruned(lists, model, weights)
    answers = posteriors([position for position, _ in row], model, weights.language)
    found = []
    for token, (_, readings), shares in zip(tokens, row, answers, strict=True):
        if len(readings) == 1:
            continue
        order = np.argsort(-shares, kind="stable")
        found.append((token, tuple((readings[i], float(shares[i])) for i in order)))
    return found


def _weighed(
    token: Token, words: Sequence[Word], model: LanguageModel, weights: Weights
) -> tuple[Candidate, ...]:
    """Candidates of one token with the engine's confidence and alternatives weighed in."""
    if token.fixed:
        return (Candidate(token.key, 0.0),)
    known = token.key in model.ids
    found = find_candidates(token.key, token.text.isupper(), known)
    if len(found) == 1:
        return found
    word = words[token.word]
    shift = _confidence_shift(word.confidence, weights)
    listed = _listed(token, word)
    return (
        found[0],
        *(
            Candidate(c.syllable, c.weight + shift + _listed_bonus(c.syllable, listed, weights))
            for c in found[1:]
        ),
    )


def _confidence_shift(confidence: float, weights: Weights) -> float:
    unsure = min(1.0, max(0.0, (0.96 - confidence) / 0.16))
    return weights.sure + (weights.unsure - weights.sure) * unsure


def _listed(token: Token, word: Word) -> dict[str, float]:
    """The engine's other readings of this run of letters, with their confidences."""
    after = len(word.text) - token.end
    found: dict[str, float] = {}
    for alternative in word.alternatives:
        run = alternative.text[token.start : len(alternative.text) - after]
        if run and run.isalpha():
            key = fold_key(run)
            found[key] = max(found.get(key, 0.0), alternative.confidence)
    return found


def _listed_bonus(syllable: str, listed: dict[str, float], weights: Weights) -> float:
    if not listed:
        return 0.0
    if syllable not in listed:
        return weights.unlisted
    return weights.listed + weights.listed_confidence * math.sqrt(listed[syllable])


def _pruned(
    lists: Sequence[tuple[Candidate, ...]], model: LanguageModel, weights: Weights
) -> list[tuple[Position, tuple[str, ...]]]:
    """Keep the readings that come near the best one when the neighbours are taken as read."""
    import numpy as np

    raw = np.asarray([1, 1, *(model.identify(c[0].syllable) for c in lists), 1, 1], dtype=np.int64)
    counts = np.asarray([len(c) for c in lists], dtype=np.int64)
    places = np.repeat(np.arange(len(lists)), counts)
    ids = np.asarray([model.identify(c.syllable) for group in lists for c in group], dtype=np.int64)
    ink = np.asarray([c.weight for group in lists for c in group])
    openly = counts[places] > 1
    scores = np.zeros(len(ids))
    at, own = places[openly] + 2, ids[openly]
    if len(own):
        language = model.score(raw[at - 2], raw[at - 1], own)
        language = language + model.score(raw[at - 1], own, raw[at + 1])
        language = language + model.score(own, raw[at + 1], raw[at + 2])
        scores[openly] = ink[openly] + weights.language * language
    result = []
    start = 0
    for group in lists:
        end = start + len(group)
        if len(group) == 1:
            kept = [0]
        else:
            mine = scores[start:end]
            order = np.argsort(-mine, kind="stable")[:_MOST]
            kept = sorted({0, *(int(i) for i in order if mine[i] >= mine.max() - _PRUNE)})
            if kept != [0] and mine[0] >= mine.max() and len(kept) > 1:
                kept = [0, *(i for i in kept[1:] if mine[i] >= mine[0] - _PRUNE)]
        chosen = np.asarray(kept)
        result.append(
            (
                Position(ids[start:end][chosen], ink[start:end][chosen]),
                tuple(group[i].syllable for i in kept),
            )
        )
        start = end
    return result

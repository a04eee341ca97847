"""Stage: the noisy channel and the language model over whole paragraphs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import ClassVar

from sohoa.dictionaries import read_table
from sohoa.lexicon import fold_key, read_lexicon
from sohoa.model import Alternative, Page, TextSource, Word
from sohoa.restore.candidates import in_case_of, in_style
from sohoa.restore.decoding import Answer, decide_far, decide_near, decide_roughly
from sohoa.restore.evidence import (
    Readings,
    Weights,
    readings_of_marks,
    readings_without_marks,
    settled,
)
from sohoa.restore.foreign import adapted_readings, layer_tokens, shipped_reader
from sohoa.restore.kinds import channel_of
from sohoa.restore.language_model import read_language_model
from sohoa.restore.own_text import AdaptedModel, OwnText, adapted_model
from sohoa.restore.paragraphs import Token, all_words, tokens_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import language_lines, put_lines
from sohoa.restore.tokens import model_tokens
from sohoa.vietnamese import strip_marks

_DECODED = (Channel.TESSERACT_VIE, Channel.STRIPPED, Channel.FOREIGN)
# A word without marks, or of a broken layer, is wrong as it stands: less is needed to change it.
_THRESHOLD_OF_BROKEN = 0.35
_THRESHOLD_OF_GOOD = 0.995
_ENOUGH_TOKENS = 200
_GOOD_SHARE = 0.003


@dataclass(frozen=True, slots=True)
class LanguageRestoration:
    """After this: a word whose best reading differs from the engine's and reaches ``threshold``
    reads so, with an ``Edit`` that holds the posterior; a word in doubt keeps its reading and has
    the candidates among its alternatives. ``own`` is an office's own text that sharpens the model.

    Left alone: whatever the guard names (numbers, codes, addresses, acronyms, names of people),
    words outside ``pages`` read by an engine, tone placement and i/y, capitals, outer signs.
    """

    name: ClassVar[str] = "language"
    version: ClassVar[str] = "1"
    threshold: float = 0.8
    candidates: int = 4
    engine: Channel = Channel.AUTO
    weights: Weights = field(default_factory=Weights)
    own: OwnText | None = None

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        channels = [channel_of(page, self.engine) for page in pages]
        for channel in _DECODED:
            places = [place for place, found in enumerate(channels) if found is channel]
            if places:
                restored = iter(self._restored([pages[place] for place in places], channel))
                pages = tuple(
                    next(restored) if place in places else page for place, page in enumerate(pages)
                )
        return pages

    def _restored(self, pages: Sequence[Page], channel: Channel) -> list[Page]:
        words = list(all_words(pages))
        foreign = channel is Channel.FOREIGN
        tokens = (layer_tokens if foreign else tokens_of)(pages, read_lexicon())
        model = adapted_model(self.own)
        if isinstance(model, AdaptedModel) and not foreign:
            tokens = tuple(replace(t, fixed=t.fixed or t.key in model.names) for t in tokens)
        old_style = prefers_old_style(words)
        answers = self._answers(tokens, words, channel)
        threshold = self._threshold(pages, tokens, answers, channel)
        by_word: dict[int, list[tuple[Token, Answer]]] = {}
        for token, answer in zip(tokens, answers, strict=True):
            if answer is not None:
                by_word.setdefault(token.word, []).append((token, answer))
        for index, found in by_word.items():
            words[index] = self._word(words[index], found, threshold, old_style=old_style)
        given = iter(words)
        return [_with_words(page, given) for page in pages]

    def _threshold(
        self,
        pages: Sequence[Page],
        tokens: Sequence[Token],
        answers: Sequence[Answer | None],
        channel: Channel,
    ) -> float:
        """The posterior that a change needs. Text without ink that shows hardly any error is
        taken for good text, in which an odd word is more likely meant.
        """
        if channel is not Channel.TESSERACT_VIE:
            return _THRESHOLD_OF_BROKEN
        if any(page.source is not TextSource.PLAIN for page in pages):
            return self.threshold
        changed = sum(
            answer is not None and answer[0][0] != token.key and answer[0][1] >= self.threshold
            for token, answer in zip(tokens, answers, strict=True)
        )
        good = len(tokens) >= _ENOUGH_TOKENS and changed < _GOOD_SHARE * len(tokens)
        return max(self.threshold, _THRESHOLD_OF_GOOD) if good else self.threshold

    def _answers(
        self, tokens: Sequence[Token], words: Sequence[Word], channel: Channel
    ) -> list[Answer | None]:
        model, weight = adapted_model(self.own), self.weights.language
        if channel is Channel.FOREIGN:
            reader = shipped_reader()
            answers = decide_roughly([reader.readings(token) for token in tokens], model, 1.0)
            return decide_far(adapted_readings(tokens, answers, reader), model, 1.0)
        if channel is Channel.STRIPPED:
            return decide_far([readings_without_marks(token) for token in tokens], model, 1.0)
        readings: list[Readings] = []
        places: list[int | None] = []
        for token in tokens:
            if spelled := _spelled_out(token):
                places.append(None)
                readings += map(settled, spelled)
                continue
            places.append(len(readings))
            readings.append(
                settled(token.key)
                if token.fixed
                else readings_of_marks(token, words[token.word], self.weights)
            )
        found = decide_near(readings, model, weight)
        return [None if place is None else found[place] for place in places]

    def _word(
        self,
        word: Word,
        found: list[tuple[Token, Answer]],
        threshold: float,
        *,
        old_style: bool,
    ) -> Word:
        """The word with its runs of letters restored, last run first (places stay valid)."""
        text, sure = word.text, 1.0
        doubts: list[Alternative] = []
        for token, readings in reversed(found):
            best, posterior = readings[0]
            written = _written(token, best, old_style)
            if best != token.key and posterior >= threshold:
                text = text[: token.start] + written + text[token.end :]
                sure = min(sure, posterior)
            elif best != token.key or posterior < threshold:
                for reading, share in readings[: self.candidates]:
                    other = _written(token, reading, old_style)
                    whole = word.text[: token.start] + other + word.text[token.end :]
                    if whole != word.text:
                        doubts.append(Alternative(whole, round(share, 4)))
        if doubts:
            known = {item.text for item in doubts}
            rest = [item for item in word.alternatives if item.text not in known]
            word = replace(word, alternatives=(*doubts, *rest))
        if text == word.text:
            return word
        return word.edited(
            self.name, text, confidence=round(sure, 4), reason=_reason(word.text, text)
        )


def _spelled_out(token: Token) -> tuple[str, ...]:
    """What an abbreviation that the model does not know stands for: it bears out its neighbours."""
    if not token.text.isupper() or token.key in read_language_model().ids:
        return ()
    return _expansions().get(token.text, ())


@cache
def _expansions() -> dict[str, tuple[str, ...]]:
    return {
        row["abbreviation"]: tuple(model_tokens(row["expansion"]))
        for row in read_table("abbreviations").records()
    }


def _reason(before: str, after: str) -> str:
    if any(c.isdigit() for c in before) and not any(c.isdigit() for c in after):
        return "a digit that stood for a letter"
    if strip_marks(before) == strip_marks(after):
        return "marks, by the language model"
    return "letters, by the language model"


def _written(token: Token, syllable: str, old_style: bool) -> str:
    """The syllable in the capitals of the token and in the document's style."""
    read = token.text
    if fold_key(read) == syllable:
        return read
    styled = in_style(syllable, old_style=old_style)
    if token.capital:
        return styled.upper()
    if sum(map(str.isupper, read)) < 2:
        return in_case_of(read, styled)
    # Odd capitals inside a word of small letters are misread signs, and stay in the token's key.
    all_capital = token.key in (read.lower(), fold_key(read))
    return styled.upper() if all_capital else in_case_of(read[0], styled)


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

"""Stage: blanks that the engine lost between two words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import ClassVar

from sohoa.lexicon import fold_key, read_lexicon
from sohoa.model import Edit, Line, Page, Word
from sohoa.restore.guard import is_fixed
from sohoa.restore.joining import split
from sohoa.restore.kinds import channel_of
from sohoa.restore.language_model import read_language_model
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines
from sohoa.restore.tokens import BREAK

_OUTER = ".,;:!?()[]“”\"'…-"
_LEAST_COUNT = 100
_LEAST_LOG = -13.0  # natural log of both words and the one after them, given the one before
_LEAST_LOG_OF_MANY = -6.0  # the same for each word where a run is three words or more
_LONGEST_RUN = 60  # letters
_LONGEST_PIECE = 7  # letters; nghiêng
_MOST_WAYS = 64


@lru_cache(maxsize=8192)
def possible_splits(run: str) -> tuple[tuple[str, ...], ...]:
    """Ways to make a run of letters of frequent syllables, two or more; none for a known word.

    Three and more only where the run has Vietnamese letters: a foreign word falls to pieces too.
    """
    if len(run) < 5 or not run.isalpha() or read_lexicon().knows(run):
        return ()
    pairs = ((run[:place], run[place:]) for place in range(2, len(run) - 1))
    found = tuple(pair for pair in pairs if all(map(_is_frequent, pair)))
    if found or run.isascii() or len(run) > _LONGEST_RUN:
        return found
    return tuple(parts for parts in _pieces(run) if len(parts) > 2)[:_MOST_WAYS]


def _is_frequent(piece: str) -> bool:
    return read_lexicon().count(piece) >= _LEAST_COUNT


def _pieces(run: str) -> Iterator[tuple[str, ...]]:
    """All ways to cut a run into frequent syllables, syllables of places, and abbreviations."""
    if not run:
        yield ()
    known = read_lexicon().abbreviations
    for size in range(min(_LONGEST_PIECE, len(run)), 1, -1):
        head = run[:size]
        if _is_frequent(head) or head in known or fold_key(head) in _syllables_of_places():
            for rest in _pieces(run[size:]):
                yield (head, *rest)


@cache
def _syllables_of_places() -> frozenset[str]:
    return frozenset(syllable for place in read_lexicon().places for syllable in place)


def find_split(run: str, before: str, after: str) -> tuple[str, ...] | None:
    """The words that a run of letters is, between its neighbours; None where it stays one."""
    ways = possible_splits(run)
    if not ways:
        return None
    log, words = max((_log_probability((before, *words, after)), words) for words in ways)
    if tuple(map(fold_key, words)) in read_lexicon().places:
        return words
    least = _LEAST_LOG if len(words) == 2 else _LEAST_LOG_OF_MANY * (len(words) + 1)
    return words if log >= least else None


def _log_probability(words: tuple[str, ...]) -> float:
    import numpy as np

    model = read_language_model()
    ids = [model.identify(fold_key(word.strip(_OUTER)) or BREAK) for word in words]
    row = np.asarray([model.identify(BREAK), *ids], dtype=np.int64)
    return float(model.score(row[:-2], row[1:-1], row[2:])[1 if words[0] else 0 :].sum())


@dataclass(frozen=True, slots=True)
class Spacing:
    """After this: a word that is no syllable but two or more frequent ones without a blank
    (UỶBANNHÂNDÂN) is as many words.

    Left alone: known words, and whatever the guard names.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "spacing"
    version: ClassVar[str] = "2"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if channel_of(page, self.engine) is Channel.TESSERACT_VIE
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        texts = ["", *(word.text for word in line.words), ""]
        words = tuple(
            part
            for place, word in enumerate(line.words)
            for part in self._parts(word, texts[place], texts[place + 2])
        )
        return line if len(words) == len(line.words) else replace(line, words=words)

    def _parts(self, word: Word, before: str, after: str) -> tuple[Word, ...]:
        core = word.text.strip(_OUTER)
        # A name of a firm or a product has its capitals inside; running text has not.
        if not (core.isupper() or core[1:].islower()):
            return (word,)
        if is_fixed(word.text) and not core.isupper():
            return (word,)
        found = find_split(core, before, after)
        if found is None:
            return (word,)
        start = word.text.index(core)
        end = start + len(core)
        parts = (word.text[:start] + found[0], *found[1:-1], found[-1] + word.text[end:])
        edit = Edit(self.name, word.recognized, parts[0], 0.93, "words without a blank")
        return split(word, parts, edit)

"""Stage: blanks that the engine lost between two words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
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


@lru_cache(maxsize=8192)
def possible_splits(run: str) -> tuple[tuple[str, str], ...]:
    """Pairs of frequent syllables that a run of letters may be made of; none for a known word."""
    lexicon = read_lexicon()
    if len(run) < 5 or not run.isalpha() or lexicon.knows(run):
        return ()
    pairs = ((run[:place], run[place:]) for place in range(2, len(run) - 1))
    return tuple(pair for pair in pairs if min(map(lexicon.count, pair)) >= _LEAST_COUNT)


def find_split(run: str, before: str, after: str) -> tuple[str, str] | None:
    """The two words that a run of letters is, between its neighbours; None where it stays one."""
    pairs = possible_splits(run)
    if not pairs:
        return None
    log, pair = max((_log_probability(before, *pair, after), pair) for pair in pairs)
    return pair if log >= _LEAST_LOG else None


def _log_probability(before: str, first: str, second: str, after: str) -> float:
    import numpy as np

    model = read_language_model()
    words = (before, first, second, after)
    ids = [model.identify(fold_key(word.strip(_OUTER)) or BREAK) for word in words]
    row = np.asarray([model.identify(BREAK), *ids], dtype=np.int64)
    return float(model.score(row[:-2], row[1:-1], row[2:])[1 if before else 0 :].sum())


@dataclass(frozen=True, slots=True)
class Spacing:
    """After this: a word that is no syllable but two frequent ones without a blank is two words.

    Left alone: known words, whatever the guard names, three and more words run together.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "spacing"
    version: ClassVar[str] = "1"

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
        parts = (word.text[:start] + found[0], found[1] + word.text[start + len(core) :])
        edit = Edit(self.name, word.recognized, parts[0], 0.93, "two words without a blank")
        return split(word, parts, edit)

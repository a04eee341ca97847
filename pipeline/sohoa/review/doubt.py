"""Which words a person should look at first: how much each is in doubt, 0..1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sohoa.model import Line, LineKind, Page, Word
from sohoa.review.correction import STAGE
from sohoa.vietnamese import is_syllable

# Words from here on are shown one after the other: about one in ten on real scans, among them seven
# of ten misread ones. The weights were chosen on pages with truth (tests/bench/review_effort.py).
DOUBTFUL = 0.2
_PUNCTUATION = ".,;:!?()[]\"'“”‘’/-–…"
_DASHES = "-–"
# What is taken off the engine's confidence where it is known to be too sure of itself.
_NO_SYLLABLE = 0.35
_FIGURE = 0.05
_ONLY_SIGNS = 0.15
_ALTERNATIVE = 0.3
_TOUCHING = 0.12
# Words that stand closer than this share of their height may be one that was cut in two.
_NARROW = 0.15


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word, where it stands, and how much it is in doubt."""

    word: Word
    page: int
    doubt: float


def measure_doubt(word: Word, *, touching: bool = False) -> float:
    """0 for a word that a person vouches for, up to 1 for one that is surely misread.

    The engine's own doubt, more where the word is no Vietnamese syllable and no number, where
    another reading was nearly as good, where it almost touches its neighbour, and where a
    restoring stage was not sure.
    """
    if word.edits and word.edits[-1].stage == STAGE:
        return 0.0
    if word.confidence >= 1.0 and not word.edits:
        return 0.0
    certain = word.confidence
    bare = word.text.strip(_PUNCTUATION)
    if not bare:
        certain -= 0.0 if word.text in _DASHES else _ONLY_SIGNS
    elif not is_syllable(bare):
        figures = any(character.isdigit() for character in bare)
        certain -= _FIGURE if figures else _NO_SYLLABLE
    if word.alternatives:
        certain -= _ALTERNATIVE * word.alternatives[0].confidence
    if touching and word.text not in _DASHES:
        certain -= _TOUCHING
    for edit in word.edits:
        certain = min(certain, edit.confidence)
    return round(min(1.0, max(0.0, 1.0 - certain)), 4)


def doubts_of(line: Line) -> tuple[float, ...]:
    """The doubt of each word of a line, its neighbours seen too."""
    touching = _touching(line.words)
    return tuple(
        measure_doubt(word, touching=touches)
        for word, touches in zip(line.words, touching, strict=True)
    )


def _touching(words: tuple[Word, ...]) -> list[bool]:
    """Whether each word almost touches one of its neighbours in the line."""
    found = [False] * len(words)
    for index, (one, other) in enumerate(pairwise(words)):
        gap = abs(other.bbox.left - one.bbox.right)
        # In a line that runs up the page, words lie over one another: nothing can be said of them.
        found[index] |= gap < _NARROW * max(1, one.bbox.height)
        found[index + 1] |= gap < _NARROW * max(1, other.bbox.height)
    return found


def is_text(line: Line) -> bool:
    """Whether the line is the document's own text, which is what is checked."""
    return line.kind is LineKind.TEXT


def find_doubts(pages: tuple[Page, ...], least: float = DOUBTFUL) -> tuple[Doubt, ...]:
    """The doubtful words of the document's own text, in reading order."""
    return tuple(each for each in _all(pages) if each.doubt >= least)


def _all(pages: tuple[Page, ...]) -> Iterator[Doubt]:
    for page in pages:
        for line in page.lines():
            if is_text(line):
                for word, doubt in zip(line.words, doubts_of(line), strict=True):
                    yield Doubt(word, page.number, doubt)

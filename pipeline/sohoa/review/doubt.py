"""Which words a person should look at first: how much each is in doubt, 0..1."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sohoa.model import Line, LineKind, Page, Word
from sohoa.review.correction import STAGE
from sohoa.vietnamese import is_syllable

# Words above it are shown one after the other; on real scans it is about one word in twelve.
DOUBTFUL = 0.14
_PUNCTUATION = ".,;:!?()[]\"'“”‘’/-–…"
# What the text around a word is asked about it: engines are overconfident where it is no word.
_NO_SYLLABLE = 0.35
_FIGURE = 0.05
_CLOSE = 0.25


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word, where it stands, and how much it is in doubt."""

    word: Word
    page: int
    doubt: float


def measure_doubt(word: Word) -> float:
    """0 for a word that a person vouches for, up to 1 for one that is surely misread.

    The engine's own doubt, more where the word is no Vietnamese syllable and no number, where
    another reading was almost as good, and where a restoring stage was not sure.
    """
    if word.edits and word.edits[-1].stage == STAGE:
        return 0.0
    if word.confidence >= 1.0 and not word.edits:
        return 0.0
    certain = word.confidence
    bare = word.text.strip(_PUNCTUATION)
    if bare and not is_syllable(bare):
        figures = any(character.isdigit() for character in bare)
        certain -= _FIGURE if figures else _NO_SYLLABLE
    if word.alternatives:
        close = word.confidence - word.alternatives[0].confidence
        certain -= max(0.0, _CLOSE - close) if close < _CLOSE else 0.0
    for edit in word.edits:
        certain = min(certain, edit.confidence)
    return round(min(1.0, max(0.0, 1.0 - certain)), 4)


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
                for word in line.words:
                    yield Doubt(word, page.number, measure_doubt(word))

"""Capitals that differ from their small letters by nothing but height: c, o, s, u, v, x, z.

An engine guesses their case from the line as a whole, and errs where the first letter of a line is
in bold or where a line has few tall letters. The ink tells: in the faces of official papers a
capital is half again as tall as an x.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.look.ink import grey_of
from sohoa.model import Line, LineKind, PageImage, Word

if TYPE_CHECKING:
    from sohoa.model import Pixels

_SAME_SHAPE = frozenset("cosuvxz")
_LOW = frozenset("acemnorsuvxz")
_TALL = frozenset("bdhkl")
_AFTER = '.,;:)”"'
_LETTERS_NEEDED = 4
# A letter less than this far up from x-height to ascender is small, more than that a capital.
_SMALL, _CAPITAL = 0.35, 0.65
# Ascenders this much above x-height: less is a measure that went wrong, or small capitals.
_LEAST_RISE, _MOST_RISE = 1.25, 1.75
_USUAL_RISE = 1.5
_LEAST_PX = 7  # of an x; below it a pixel more or less decides nothing
_CONFIDENCE = 0.9
_REASON = "the letter's height"
_STAGE = "look"


@dataclass(frozen=True, slots=True)
class _Mark:
    """One connected piece of ink, in pixels of its word's crop."""

    left: int
    top: int
    width: int
    height: int


def set_capitals(page: PageImage, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with the case of such first letters as the ink has it.

    Boxes are in the image's pixels. Each change is an edit of stage ``look``. Left alone: words all
    in capitals, letters with a mark on them, words with figures, lines with too few letters to
    measure by, and every letter whose height lies between the two.
    """
    grey = grey_of(page.pixels)
    return tuple(_line(grey, line) if line.kind is LineKind.TEXT else line for line in lines)


def _line(grey: Pixels, line: Line) -> Line:
    if not any(_in_question(word) for word in line.words):
        return line
    marks = [_letters(grey, word) for word in line.words]
    known = [
        (letter, mark.height)
        for word, row in zip(line.words, marks, strict=True)
        for letter, mark in _matched(word.text, row)
    ]
    low = [height for letter, height in known if letter in _LOW]
    tall = [height for letter, height in known if letter in _TALL]
    if len(low) < _LETTERS_NEEDED or median(low) < _LEAST_PX:
        return line
    x = median(low)
    ascender = median(tall) if len(tall) >= _LETTERS_NEEDED else _USUAL_RISE * x
    if not _LEAST_RISE < ascender / x < _MOST_RISE:
        return line
    words = tuple(
        _word(word, row, x, ascender) for word, row in zip(line.words, marks, strict=True)
    )
    return replace(line, words=words)


def _in_question(word: Word) -> bool:
    """A word whose first letter looks alike in both cases, and that goes on in small letters."""
    text = word.text.rstrip(_AFTER)
    rest = text[1:]
    return text[:1].lower() in _SAME_SHAPE and rest.isalpha() and rest.islower()


def _word(word: Word, marks: list[_Mark], x: float, ascender: float) -> Word:
    letters = _matched(word.text, marks)
    # With fewer bodies than letters the first two may have grown together.
    if not letters or not _in_question(word) or not _is_letter(letters[0][1], x):
        return word
    rise = (marks[0].height - x) / (ascender - x)
    first = word.text[0]
    if rise < _SMALL:
        told = first.lower()
    elif _CAPITAL < rise < 2 - _CAPITAL:
        told = first.upper()
    else:
        return word
    if told == first:
        return word
    return word.edited(_STAGE, told + word.text[1:], confidence=_CONFIDENCE, reason=_REASON)


def _is_letter(mark: _Mark, x: float) -> bool:
    """Not a part of a letter, nor one with a stroke that runs on."""
    return 0.4 * x < mark.width < 1.15 * mark.height and mark.height > 0.8 * x


def _letters(grey: Pixels, word: Word) -> list[_Mark]:
    """The bodies of a word's letters, left to right: without dots, tones and commas."""
    box = word.bbox.clipped(grey.shape[1], grey.shape[0])
    if box.width < 2 or box.height < _LEAST_PX:
        return []
    crop = np.ascontiguousarray(grey[box.top : box.bottom, box.left : box.right])
    _, ink = cv2.threshold(crop, 0, 1, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = [
        _Mark(int(row[cv2.CC_STAT_LEFT]), int(row[cv2.CC_STAT_TOP]), int(w), int(h))
        for row in stats[1:]
        for w, h in [(row[cv2.CC_STAT_WIDTH], row[cv2.CC_STAT_HEIGHT])]
        if row[cv2.CC_STAT_AREA] >= _LEAST_PX
    ]
    upright = [mark for mark in found if 4 * mark.height > box.height]
    if not upright:
        return []
    # Bodies stand on the baseline: marks over vowels end high above it, dots and commas begin
    # just above it or below.
    floor = median(mark.top + mark.height for mark in upright)
    rise = median(mark.height for mark in upright)
    bodies = [
        mark
        for mark in found
        if floor - mark.top > 0.6 * rise and mark.top + mark.height > floor - 0.3 * mark.height
    ]
    return sorted(bodies, key=lambda mark: mark.left)


def _matched(text: str, bodies: list[_Mark]) -> list[tuple[str, _Mark]]:
    """Letters of a word with their ink, where there are as many bodies of ink as letters."""
    text = text.rstrip(_AFTER)
    return list(zip(text, bodies, strict=True)) if len(text) == len(bodies) else []

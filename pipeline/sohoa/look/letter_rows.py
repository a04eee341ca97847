"""Rows of printed letters found by their ink alone, whatever an engine makes of them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

import cv2

from sohoa.geometry import BBox, union_all
from sohoa.model import PageImage

if TYPE_CHECKING:
    from sohoa.model import Pixels

_LETTER_HEIGHTS = (0.35, 1.25)  # of a letter with its marks, in line heights
_LETTER_WIDTH = 0.8
_WIDEST = 6.0  # letters that run together
_LEAST_INK = 0.12
_LEVEL = 0.45
_GAP = 2.0
_RECENT = 8  # rows that a letter may still belong to, going down the page
_MARGIN_X, _MARGIN_Y = 1.2, 0.25


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A run of letters on one level: its box, and about how many letters there are."""

    bbox: BBox
    letters: float


def find_rows_of_letters(part: Pixels, height: float) -> tuple[LetterRow, ...]:
    """Rows of letters in grey pixels, top to bottom; boxes in these pixels.

    Letters are told from rings, pen strokes and specks by their size; ``height`` is that of a line
    of print, in pixels. A wide gap parts a row in two.
    """
    rows: list[list[BBox]] = []
    for box in sorted(_letters(part, height), key=lambda box: box.center_y):
        near = (r for r in rows[-_RECENT:] if abs(_level(r) - box.center_y) < _LEVEL * height)
        row = next(near, None)
        if row is None:
            rows.append([box])
        else:
            row.append(box)
    runs = [run for row in rows for run in _runs(sorted(row, key=lambda box: box.left), height)]
    found = [LetterRow(union_all(run), _count(run, height)) for run in runs]
    return tuple(sorted(found, key=lambda row: (row.bbox.top, row.bbox.left)))


def framed(box: BBox, page: PageImage, height: float) -> BBox:
    """The box with room for what stands right beside it and above: hidden letters, high marks."""
    x, y = round(_MARGIN_X * height), round(_MARGIN_Y * height)
    wide = BBox(box.left - x, box.top - y, box.right + x, box.bottom + y)
    return wide.clipped(page.width, page.height)


def _letters(part: Pixels, height: float) -> list[BBox]:
    window = max(3, round(1.7 * height)) | 1
    dark = cv2.adaptiveThreshold(
        part, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, window, 15
    )
    _, _, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    low, high = (share * height for share in _LETTER_HEIGHTS)
    found = []
    for x, y, w, h, ink in stats[1:].tolist():
        if low <= h <= high and w <= _WIDEST * height and ink >= _LEAST_INK * w * h:
            found.append(BBox(x, y, x + w, y + h))
    return found


def _count(run: list[BBox], height: float) -> float:
    return sum(max(1.0, box.width / (_LETTER_WIDTH * height)) for box in run)


def _level(row: list[BBox]) -> float:
    return median(box.center_y for box in row)


def _runs(row: list[BBox], height: float) -> list[list[BBox]]:
    runs = [[row[0]]]
    for box in row[1:]:
        if box.left - runs[-1][-1].right > _GAP * height:
            runs.append([box])
        else:
            runs[-1].append(box)
    return runs

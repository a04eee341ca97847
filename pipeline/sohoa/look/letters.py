"""How large the letters are: the one measure of a page that a false resolution cannot hide."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from sohoa.model import Pixels

_WORK_PX = 1000  # of the shorter side: letters of an A4 page are then a dozen pixels high
_LEAST_LETTERS = 80
_SPECK_PX = 3
_LEAST_PX = 5  # at that size; lower marks are specks


@dataclass(frozen=True, slots=True)
class Letters:
    """``height_px``: median height in pixels of the page, None where few letters can be told.

    ``specks``: marks smaller than any letter.
    """

    height_px: float | None
    specks: int


def ink_of(grey: Pixels) -> Pixels:
    """Ink (0/1) by a local threshold: shade, yellowed paper and dark pictures are none.

    For pages of about a thousand pixels across.
    """
    paper = np.asarray(cv2.blur(grey, (41, 41)), dtype=np.uint8)
    return np.asarray(cv2.subtract(paper, grey) > 25, dtype=np.uint8)


def measure_letters(grey: Pixels) -> Letters:
    """Letters are marks of ink about as wide as high and alike in height.

    Specks, marks over vowels, rules and pictures are not.
    """
    scale = min(1.0, _WORK_PX / min(grey.shape))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.asarray(small, dtype=np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    widths, heights = stats[1:, cv2.CC_STAT_WIDTH], stats[1:, cv2.CC_STAT_HEIGHT]
    specks = int(((heights <= _SPECK_PX) & (widths <= _SPECK_PX)).sum())
    alike = (heights >= _LEAST_PX) & (widths < 3 * heights) & (heights < 4 * widths)
    found = heights[alike & (heights < 120)]
    if len(found) < _LEAST_LETTERS:
        return Letters(None, specks)
    tall = float(np.percentile(found, 80))
    letters = found[(found > 0.5 * tall) & (found < 1.6 * tall)]
    if len(letters) < max(_LEAST_LETTERS, 0.3 * len(found)):
        return Letters(None, specks)
    return Letters(float(np.median(letters)) / scale, specks)


def without_specks(grey: Pixels, letter_px: float) -> Pixels:
    """The page with specks turned to paper: what is smaller than a dot of its letters.

    Near letters only the smallest go, so that no mark of a vowel is lost.
    """
    paper = np.asarray(cv2.blur(grey, (41, 41)), dtype=np.uint8)
    ink = np.asarray(cv2.subtract(paper, grey) > 25, dtype=np.uint8)
    _, names, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    areas = stats[:, cv2.CC_STAT_AREA]
    areas[0] = 0
    dot = (letter_px / 5) ** 2
    print_ = np.asarray(areas[names] > 2 * dot, dtype=np.uint8)
    reach = 2 * round(letter_px / 3) + 1
    near = cv2.dilate(print_, np.ones((reach, reach), np.uint8))
    size = areas[names]
    speck = (size > 0) & ((size <= 0.5 * dot) | ((size <= 2 * dot) & (near == 0)))
    grown = cv2.dilate(np.asarray(speck, dtype=np.uint8), np.ones((3, 3), np.uint8))
    clean = grey.copy()
    where = (grown > 0) & (speck | (ink == 0))
    clean[where] = np.maximum(grey, np.percentile(grey, 80))[where]
    return clean

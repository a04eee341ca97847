"""Rows of print found by their ink: where each runs, on which level, and how tall its letters are.

All in pixels of the image given. The same rows are found on pages to read and on pages made to
learn from: the network never sees a line framed otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sohoa.model import Pixels

    Floats = NDArray[np.float64]

# Letters without ascender are this high, as a share of those with one (Times: 0.448 / 0.676 em).
X_SHARE = 0.665
_LEAST_PX = 5
_LETTER_HEIGHTS = (0.55, 2.6)  # in median letter heights
_WIDEST = 14.0  # letters that run together, in the same measure
_RULE = 5.0
_GAP = 2.4  # a wider gap parts a row in two
_SHORT = 8  # letters; a shorter row has the slope of its page
_PRIOR = 3.0  # letters that the size of the whole page's print is worth
_MOST_LETTERS = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A run of print; its letters stand on the level ``slope * x + offset``.

    ``tall``: height of ascenders, capitals and figures, px. ``boxes``: left, top, right, bottom of
    each mark of ink in it (n x 4), left to right.
    """

    left: int
    right: int
    slope: float
    offset: float
    tall: float
    boxes: NDArray[np.int64]

    def level(self, x: float) -> float:
        return self.slope * x + self.offset


@dataclass(slots=True)
class _Chain:
    """A row while it grows, left to right."""

    right: int
    members: list[int] = field(default_factory=list)
    bottoms: list[int] = field(default_factory=list)

    def base(self) -> float:
        recent = sorted(self.bottoms[-7:])
        return recent[len(recent) // 2]


def find_rows_of_print(grey: Pixels, dpi: float) -> tuple[Row, ...]:
    """Rows of print in grey pixels (dark on light), top to bottom; ``dpi`` need be rough only."""
    if min(grey.shape) < 2 * _LEAST_PX:
        return ()
    ink = _ink(grey, dpi)
    boxes, areas = _marks(ink)
    if not len(boxes):
        return ()
    letter = _letter_height(boxes)
    if letter is None:
        return ()
    rule = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, round(_RULE * letter)), np.uint8))
    if rule.any():
        # A rule beneath a word would make one mark of all its letters.
        boxes, areas = _marks(np.where(np.asarray(rule) > 0, np.uint8(0), ink))
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    low, high = (share * letter for share in _LETTER_HEIGHTS)
    is_letter = (heights >= low) & (heights <= high) & (widths <= _WIDEST * letter)
    is_letter &= areas >= 0.1 * heights * np.minimum(widths, 2 * heights)
    letters = boxes[is_letter][:_MOST_LETTERS]
    small = boxes[~is_letter & (heights < low) & (widths <= 3 * letter) & (areas >= 3)]
    chains = _joined(_chains(letters, letter), letters, letter)
    return _rows(chains, letters, small)


def _ink(grey: Pixels, dpi: float) -> Pixels:
    """Ink (0/1) by a local threshold that follows the contrast of the page."""
    some = grey[::3, ::3]
    paper, dark = np.percentile(some, 75), np.percentile(some, 1)
    step = float(np.clip(0.25 * (paper - dark), 12, 45))
    window = max(15, round(0.25 * dpi)) | 1
    around = cv2.blur(grey, (window, window), borderType=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.subtract(around, grey) > step, dtype=np.uint8)


def _marks(ink: Pixels) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Boxes of connected ink (left, top, right, bottom), left to right, and their areas."""
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    found = stats[1:].astype(np.int64)
    found = found[np.argsort(found[:, 0], kind="stable")]
    boxes = found[:, :4].copy()
    boxes[:, 2] += boxes[:, 0]
    boxes[:, 3] += boxes[:, 1]
    return boxes, found[:, 4]


def _letter_height(boxes: NDArray[np.int64]) -> float | None:
    """Median height of what looks like letters, marks and rules left out; None without any."""
    heights, widths = boxes[:, 3] - boxes[:, 1], boxes[:, 2] - boxes[:, 0]
    alike = (heights >= _LEAST_PX) & (widths < 4 * heights) & (heights < 5 * widths)
    found = heights[alike]
    if not len(found):
        return None
    tall = float(np.percentile(found, 75))
    alike = (found > 0.5 * tall) & (found < 1.6 * tall)
    return float(np.median(found[alike] if alike.any() else found))


def _chains(letters: NDArray[np.int64], letter: float) -> list[_Chain]:
    """Letters joined to the row whose level they stand on, left to right."""
    done: list[_Chain] = []
    active: list[_Chain] = []
    gap = _GAP * letter
    for index, (left, top, right, bottom) in enumerate(letters.tolist()):
        best: _Chain | None = None
        least = 0.75 * letter
        still = []
        for chain in active:
            if left - chain.right > gap:
                done.append(chain)
                continue
            still.append(chain)
            base = chain.base()
            shared = min(bottom, base) - max(top, base - letter)
            away = abs(bottom - base)
            if shared > 0.4 * letter and away < least:
                best, least = chain, away
        active = still
        if best is None:
            best = _Chain(right)
            active.append(best)
        best.right = max(best.right, right)
        best.members.append(index)
        best.bottoms.append(bottom)
    return done + active


def _joined(chains: list[_Chain], letters: NDArray[np.int64], letter: float) -> list[_Chain]:
    """Short chains that lie on a longer one (high marks, hanging letters) made part of it."""
    chains = sorted(chains, key=lambda chain: -len(chain.members))
    kept: list[_Chain] = []
    for chain in chains:
        boxes = letters[chain.members]
        left, right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
        base = float(np.median(boxes[:, 3]))
        host = None
        for other in kept if len(chain.members) <= 3 else ():
            span = letters[other.members]
            if left < span[:, 0].min() - letter or right > span[:, 2].max() + letter:
                continue
            near = span[np.argsort(np.abs(span[:, 0] - left))[:7]]
            if abs(float(np.median(near[:, 3])) - base) < 0.5 * letter:
                host = other
                break
        if host is None:
            kept.append(chain)
        else:
            host.members.extend(chain.members)
    return kept


def _rows(
    chains: list[_Chain], letters: NDArray[np.int64], small: NDArray[np.int64]
) -> tuple[Row, ...]:
    groups = [letters[sorted(chain.members)] for chain in chains]
    slopes = [(_slope(group), len(group)) for group in groups if len(group) >= _SHORT]
    page_slope = _weighted_median(slopes) if slopes else 0.0
    levels = []
    for group in groups:
        slope = _slope(group) if len(group) >= 3 * _SHORT else page_slope
        middles = (group[:, 0] + group[:, 2]) / 2
        rest = group[:, 3] - slope * middles
        levels.append((slope, float(np.median(rest)), middles))
    heights = [
        _heights(group, slope, offset, middles)
        for group, (slope, offset, middles) in zip(groups, levels, strict=True)
    ]
    together = np.concatenate(heights) if heights else np.zeros(0)
    if not len(together):
        return ()
    page_tall = _tall(together, None)
    rows = []
    for group, (slope, offset, _), high in zip(groups, levels, heights, strict=True):
        tall = _tall(high, page_tall) if len(high) else page_tall
        rows.append(_with_small(group, (slope, offset, tall), small))
    kept = [row for row in rows if not _is_marks(row, rows)]
    return tuple(sorted(kept, key=lambda row: (row.level(row.left), row.left)))


def _is_marks(row: Row, rows: list[Row]) -> bool:
    """Whether a short row is nothing but the marks over the letters of a longer one."""
    if len(row.boxes) > _SHORT:
        return False
    x = (row.left + row.right) / 2
    highest = int((row.boxes[:, 3] - row.boxes[:, 1]).max())
    return any(
        len(other.boxes) > 2 * len(row.boxes)
        and other.left < x < other.right
        and 0.5 < (other.level(x) - row.level(x)) / other.tall < 1.5
        and highest < 0.6 * other.tall
        for other in rows
    )


def _slope(group: NDArray[np.int64]) -> float:
    """Slope of the level: a straight line through the feet of the letters, twice without strays."""
    x = (group[:, 0] + group[:, 2]) / 2
    y = group[:, 3].astype(np.float64)
    if float(np.ptp(x)) < 1:
        return 0.0
    keep = np.ones(len(x), dtype=bool)
    slope = 0.0
    for limit in (0.35, 0.15):
        rest = y - slope * x
        tall = float(np.median(group[:, 3] - group[:, 1]))
        keep = (
            np.abs(rest - np.median(rest)) <= max(1.5, limit * tall)
            if slope or limit < 0.3
            else keep
        )
        if keep.sum() < 3:
            break
        slope = float(np.polyfit(x[keep], y[keep], 1)[0])
    return slope


def _weighted_median(values: list[tuple[float, int]]) -> float:
    ordered = sorted(values)
    half = sum(weight for _, weight in ordered) / 2
    for value, weight in ordered:
        half -= weight
        if half <= 0:
            return value
    return ordered[-1][0]


def _heights(group: NDArray[np.int64], slope: float, offset: float, middles: Floats) -> Floats:
    """Heights above the level of the letters that stand on it."""
    base = slope * middles + offset
    high = base - group[:, 1]
    stands = np.abs(group[:, 3] - base) <= 0.2 * np.maximum(high, 1)
    return np.asarray(high[stands & (high >= _LEAST_PX)], dtype=np.float64)


def _tall(heights: Floats, page_tall: float | None) -> float:
    """Height of tall letters: the one at which most letters are either tall or x-high.

    Where a row is ambiguous (capitals alone, small letters alone) the page decides.
    """
    candidates = np.exp(np.linspace(np.log(heights.min()), np.log(heights.max() / X_SHARE), 60))
    ratio = np.log(heights[:, None] / candidates[None, :])
    as_tall = np.exp(-((ratio / 0.07) ** 2))
    as_small = np.exp(-(((ratio - np.log(X_SHARE)) / 0.07) ** 2))
    # Rows of capitals alone are more than those without any tall letter; pages are neither.
    score = (as_tall + (0.9 if page_tall is None else 0.75) * as_small).sum(axis=0)
    if page_tall is not None:
        score = score + _PRIOR * np.exp(-((np.log(candidates / page_tall) / 0.15) ** 2))
    return float(candidates[int(np.argmax(score))])


def _with_small(
    group: NDArray[np.int64], frame: tuple[float, float, float], small: NDArray[np.int64]
) -> Row:
    """The row with the dots, dashes and marks on its level, within it and just beside it."""
    slope, offset, tall = frame
    left, right = int(group[:, 0].min()), int(group[:, 2].max())
    boxes = group
    if len(small):
        middles = (small[:, 0] + small[:, 2]) / 2
        base = slope * middles + offset
        on_level = (small[:, 3] > base - 1.35 * tall) & (small[:, 1] < base + 0.35 * tall)
        # What lies beside a row must stand where points, commas and dashes do.
        low = (small[:, 3] > base - 1.05 * tall) & (small[:, 1] < base + 0.12 * tall)
        inside = on_level & (middles >= left) & (middles <= right)
        for _ in range(3):
            beside = low & (small[:, 2] > left - 0.9 * tall) & (small[:, 0] < right + 0.9 * tall)
            if not (beside & ~inside).any():
                break
            inside |= beside
            left = min(left, int(small[inside, 0].min()))
            right = max(right, int(small[inside, 2].max()))
        boxes = np.concatenate((group, small[inside]))
    boxes = boxes[np.argsort(boxes[:, 0], kind="stable")]
    return Row(left, right, slope, offset, tall, boxes)

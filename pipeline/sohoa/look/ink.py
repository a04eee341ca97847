"""Ink by colour: what is print, what is a red seal, what is paper.

All functions take uint8 pixels, H x W (grey) or H x W x 3 (RGB), and return a new array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import BBox

if TYPE_CHECKING:
    from sohoa.model import Pixels

# Inside a seal, excess of red over the other channels: below the first number it is print, above
# the second it is seal ink for sure; between them a pixel is mixed in proportion.
_RED_FROM, _RED_TO = 8.0, 30.0
_RED_SMALL = 12.0  # the same on a page shrunk for the search of seals
# The seal must be brighter in the red channel than print is: print under a seal stays.
_PAPER = 255.0
_LEAST_RED_PX = 200
# Seals of bodies are 30 to 42 mm across, small ones 20; cut by the margin they are narrower.
_LEAST_SEAL_MM = 15.0
_SEAL_ASPECT = (0.55, 1.8)
_SHRINK = 4  # seals are looked for on a page this many times smaller

Span = tuple[int, int]


def grey_of(pixels: Pixels) -> Pixels:
    """Luminance; the same array where the page is grey already."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def redness(pixels: Pixels) -> np.ndarray:
    """How surely each pixel is red or purple ink, 0..1 (float32, H x W); zeros for a grey page."""
    share: np.ndarray = np.clip((_excess(pixels) - _RED_FROM) / (_RED_TO - _RED_FROM), 0.0, 1.0)
    return share


def _excess(pixels: Pixels) -> np.ndarray:
    """By how many grey levels red stands out (float32, H x W)."""
    if pixels.ndim == 2:
        return np.zeros(pixels.shape, dtype=np.float32)
    red, green, blue = (pixels[:, :, channel].astype(np.float32) for channel in range(3))
    # Purple ink has blue in it: green alone is the counterpart, but blue pen must not pass for it.
    purple = np.where(red >= blue * 0.85, red - green - 20.0, 0.0)
    excess: np.ndarray = np.maximum(red - np.maximum(green, blue), purple)
    return excess


def find_seal_areas(red: np.ndarray, dpi: float) -> tuple[tuple[Span, Span], ...]:
    """Where round seals lie, by the red ink of the page: middles and half axes of ellipses.

    Red ink (1, else 0) joined over gaps of two millimetres; what is then at least 15 mm wide and
    high, and about as wide as high, is a seal with all inside it. Red stamps of names, numbers and
    secrecy (MẬT in its box) are low and wide: they are print, and stay. Pixels are those of
    ``red``, which has ``dpi`` of them to the inch.
    """
    px_per_mm = dpi / 25.4
    reach = max(1, round(2 * px_per_mm))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for index in range(1, count):
        left, top, w, h = (int(value) for value in stats[index][:4])
        is_large = min(w, h) >= _LEAST_SEAL_MM * px_per_mm
        if is_large and _SEAL_ASPECT[0] <= w / h <= _SEAL_ASPECT[1]:
            middle, axes = (left + w // 2, top + h // 2), (w // 2 + reach, h // 2 + reach)
            found.append((middle, axes))
    return tuple(found)


def without_red(pixels: Pixels, dpi: float) -> Pixels:
    """Grey plane in which red seals have turned to paper and the print under them is left.

    In the red channel a red seal is almost as bright as paper, print is dark; each seal's own
    brightness there (its 30th percentile) is stretched to white, so dark red inks go as well.
    Red outside of seals stays: it is a stamp to be read.
    """
    grey = grey_of(pixels)
    if pixels.ndim == 2 or min(grey.shape) < _SHRINK:
        return grey
    # Seals are looked for on a small page, and only their own places are worked on at full size.
    height, width = (side // _SHRINK for side in grey.shape)
    whole = pixels[: height * _SHRINK, : width * _SHRINK]
    small = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    excess = _excess(np.asarray(small, dtype=np.uint8))
    # Thin strokes are pale here; noise is gone, and so is what yellowed paper has of its own.
    red = np.asarray(excess > max(0.0, float(np.median(excess))) + _RED_SMALL, dtype=np.uint8)
    if int(red.sum()) * _SHRINK**2 < _LEAST_RED_PX:
        return grey
    for middle, axes in find_seal_areas(red, dpi / _SHRINK):
        x, y, across, down = (_SHRINK * value for value in (*middle, *axes))
        box = BBox(x - across, y - down, x + across + 1, y + down + 1)
        box = box.clipped(grey.shape[1], grey.shape[0])
        inside = np.zeros((box.height, box.width), dtype=np.uint8)
        cv2.ellipse(inside, (x - box.left, y - box.top), (across, down), 0, 0, 360, 1, -1)
        part = slice(box.top, box.bottom), slice(box.left, box.right)
        grey[part] = _without_seal(pixels[part], grey[part], inside)
    return grey


def _without_seal(pixels: Pixels, grey: Pixels, inside: np.ndarray) -> Pixels:
    share = redness(pixels) * inside
    red = np.ascontiguousarray(pixels[:, :, 0])
    sure = share > 0.9
    if int(sure.sum()) < _LEAST_RED_PX:
        return grey
    ink_level = float(np.percentile(red[sure], 30))
    lifted = np.minimum(_PAPER, red.astype(np.float32) * (_PAPER / max(ink_level, 90.0)))
    # Scans keep colour coarser than light: the rims of strokes look grey.
    share = cv2.dilate(share, np.ones((3, 3), np.uint8))
    mixed = grey.astype(np.float32) * (1.0 - share) + lifted * share
    return np.asarray(mixed, dtype=np.uint8)


def flatten_paper(grey: Pixels, *, cell: int = 32) -> Pixels:
    """Uneven light and yellowed paper made an even white; ink keeps its contrast.

    The paper is the 90th percentile of brightness in cells of ``cell`` px, smoothed; the page is
    divided by it. 1-bit pages and pages that are even already come back as they are.
    """
    height, width = grey.shape
    if height < 2 * cell or width < 2 * cell:
        return grey
    rows, columns = height // cell, width // cell
    blocks = grey[: rows * cell, : columns * cell].reshape(rows, cell, columns, cell)
    paper = np.percentile(blocks, 90, axis=(1, 3)).astype(np.float32)
    paper = cv2.medianBlur(paper.astype(np.uint8), 5).astype(np.float32)
    if float(paper.min()) >= 250.0:
        return grey
    # Dark cells are pictures or borders, not paper in shadow: they take the page's own level.
    level = float(np.median(paper))
    paper = np.where(paper < 0.6 * level, level, paper)
    smooth = cv2.resize(
        cv2.GaussianBlur(paper, (0, 0), 1.5), (width, height), interpolation=cv2.INTER_LINEAR
    )
    even = np.minimum(_PAPER, grey.astype(np.float32) * (_PAPER / np.maximum(smooth, 1.0)))
    return np.asarray(even, dtype=np.uint8)

"""Ink by colour: what is print, what is a red seal, what is paper.

All functions take uint8 pixels, H x W (grey) or H x W x 3 (RGB), and return a new array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from sohoa.model import Pixels

# Excess of red over the other channels: below the first number it is paper or print, above the
# second it is seal ink for sure; between them a pixel is mixed in proportion.
_RED_FROM, _RED_TO = 18.0, 48.0
# The seal must be brighter in the red channel than print is: print under a seal stays.
_PAPER = 255.0


def grey_of(pixels: Pixels) -> Pixels:
    """Luminance; the same array where the page is grey already."""
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def redness(pixels: Pixels) -> np.ndarray:
    """How surely each pixel is red or purple ink, 0..1 (float32, H x W); zeros for a grey page."""
    if pixels.ndim == 2:
        return np.zeros(pixels.shape, dtype=np.float32)
    red = pixels[:, :, 0].astype(np.float32)
    others = np.maximum(pixels[:, :, 1], pixels[:, :, 2]).astype(np.float32)
    # Purple ink has blue in it: green alone is the counterpart, but blue pen must not pass for it.
    green = pixels[:, :, 1].astype(np.float32)
    blue = pixels[:, :, 2].astype(np.float32)
    purple = np.where(red >= blue * 0.85, red - green - 20.0, 0.0)
    excess = np.maximum(red - others, purple)
    share: np.ndarray = np.clip((excess - _RED_FROM) / (_RED_TO - _RED_FROM), 0.0, 1.0)
    return share


def without_red(pixels: Pixels) -> Pixels:
    """Grey plane in which red ink has turned to paper and the print under it is left.

    In the red channel a red seal is almost as bright as paper, print is dark; the seal's own
    brightness there (its median) is stretched to white, so dark red inks go as well.
    """
    grey = grey_of(pixels)
    if pixels.ndim == 2:
        return grey
    share = redness(pixels)
    sure = share > 0.9
    if int(sure.sum()) < 200:
        return grey
    red = pixels[:, :, 0].astype(np.float32)
    ink_level = float(np.percentile(red[sure], 30))
    lifted = np.minimum(_PAPER, red * (_PAPER / max(ink_level, 90.0)))
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
    even = np.minimum(_PAPER, grey.astype(np.float32) * (_PAPER / smooth))
    return np.asarray(even, dtype=np.uint8)

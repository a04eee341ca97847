"""What the original shows and the rebuilt page does not: stamps, notes, visible signatures."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.geometry import BBox

if TYPE_CHECKING:
    from sohoa.model import Pixels

# Two drawings of one picture differ by rounding, by less than this (of 255), and in specks.
_SAME = 40
_SPECK_PX = 12
# A page that differs in more than this share of its area was not understood.
_TOO_MUCH = 0.25


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """A part of the page (pixels) to lay over the picture, and which pixels of it show."""

    bbox: BBox
    pixels: Pixels
    mask: Pixels


@dataclass(frozen=True, slots=True, eq=False)
class Comparison:
    """``understood``: the rebuilt page shows the scan; ``overlays``: what it lacks."""

    understood: bool
    overlays: tuple[Overlay, ...] = ()


def draw_first_page(pdf: bytes, width: int, height: int) -> Pixels:
    """The first page of a PDF drawn at that size in pixels, RGB."""
    import numpy as np
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    document = pdfium.PdfDocument(io.BytesIO(pdf))
    try:
        page = document[0]
        bitmap = pdfium.PdfBitmap.new_native(width, height, raw.FPDFBitmap_BGR, rev_byteorder=True)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        raw.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, raw.FPDF_REVERSE_BYTE_ORDER)
        pixels = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
        bitmap.close()
        page.close()
        return pixels
    finally:
        document.close()


def compare(original: Pixels, rebuilt: Pixels) -> Comparison:
    """Find what the original shows over the rebuilt page; both of the same size, grey or RGB."""
    import cv2
    import numpy as np

    apart = _apart(original, rebuilt)
    strong = cv2.threshold(apart, _SAME, 1, cv2.THRESH_BINARY)[1]
    if not strong.any():
        return Comparison(understood=True)
    if strong.mean() > _TOO_MUCH:
        return Comparison(understood=False)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(strong, connectivity=8)
    kept = np.zeros(count, bool)
    kept[1:] = stats[1:, cv2.CC_STAT_AREA] >= _SPECK_PX
    if not kept.any():
        return Comparison(understood=True)
    # Round the edges of what is kept, weaker differences belong to it (smoothed letters).
    near = cv2.dilate(kept[labels].astype(np.uint8), np.ones((9, 9), np.uint8))
    mask = (near > 0) & (apart > 4)
    groups = cv2.dilate(mask.astype(np.uint8), np.ones((41, 41), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(groups, connectivity=8)
    overlays = []
    for group in range(1, count):
        left, top, width, height = (int(value) for value in stats[group][:4])
        inside = mask[top : top + height, left : left + width] & (
            labels[top : top + height, left : left + width] == group
        )
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        box = BBox(
            left + int(columns[0]), top + int(rows[0]),
            left + int(columns[-1]) + 1, top + int(rows[-1]) + 1,
        )  # fmt: skip
        shown = inside[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        part = _rgb(original)[box.top : box.bottom, box.left : box.right].copy()
        part[~shown] = 0
        overlays.append(Overlay(box, part, shown))
    return Comparison(True, tuple(overlays))


def _apart(first: Pixels, second: Pixels) -> Pixels:
    """The greatest difference of a channel, at each pixel."""
    import cv2
    import numpy as np

    if first.ndim == 2:
        grey = second if second.ndim == 2 else cv2.cvtColor(second, cv2.COLOR_RGB2GRAY)
        return np.asarray(cv2.absdiff(first, grey), np.uint8)
    red, green, blue = cv2.split(cv2.absdiff(first, _rgb(second)))
    return np.asarray(cv2.max(cv2.max(red, green), blue), np.uint8)


def _rgb(pixels: Pixels) -> Pixels:
    import numpy as np

    return pixels if pixels.ndim == 3 else np.repeat(pixels[:, :, None], 3, axis=2)

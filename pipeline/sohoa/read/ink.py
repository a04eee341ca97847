"""How much of the text-like ink of a page lies under the boxes of its embedded words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from sohoa.geometry import BBox
from sohoa.model import PageImage

if TYPE_CHECKING:
    from sohoa.model import Pixels

_WORKING_DPI = 100.0
# At the working resolution: body text of 13 pt is about 18 px high, a title of 20 pt 28 px.
_TALLEST_PX = 40
_WIDEST_PX = 260
_FEWEST_PX = 4
_COLOURED = 70
_DARK_SHARE = 0.72


def measure_coverage(
    image: PageImage, boxes: Iterable[BBox], without: Iterable[BBox] = ()
) -> tuple[float, float]:
    """Share of the text-like ink under ``boxes``, and that ink's share of the page; both 0..1.

    Text-like: dark, not coloured (seals, coloured signatures), not a rule, a border or a large
    picture. Ink inside the boxes of ``without`` (what form fields draw) is not counted. Coverage is
    1.0 where there is no such ink.
    """
    import cv2
    import numpy as np

    small, scale = _reduced(image)
    ink = _text_like(small)
    for box in without:
        _window(ink, box, scale)[:] = 0
    total = int(np.count_nonzero(ink))
    covered: Pixels = np.zeros(ink.shape, np.uint8)
    for box in boxes:
        _window(covered, box, scale)[:] = 1
    # Boxes of fonts may sit a little high or low on the ink.
    covered = np.asarray(cv2.dilate(covered, np.ones((3, 3), np.uint8)), dtype=np.uint8)
    under = int(np.count_nonzero(ink & covered))
    return (under / total if total else 1.0), total / max(ink.size, 1)


def _reduced(image: PageImage) -> tuple[Pixels, float]:
    import cv2

    scale = min(1.0, _WORKING_DPI / image.dpi)
    # A page of false resolution must not become a speck, nor stay a sheet of a hundred megapixels.
    longest = max(image.width, image.height) * scale
    scale *= min(1.0, 3000 / longest) if longest else 1.0
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return cv2.resize(image.pixels, size, interpolation=cv2.INTER_AREA), scale  # type: ignore[return-value]


def _text_like(pixels: Pixels) -> Pixels:
    import cv2
    import numpy as np

    grey: Pixels
    if pixels.ndim == 3:
        spread = pixels.max(axis=2).astype(np.int16) - pixels.min(axis=2)
        grey = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
        grey[spread > _COLOURED] = 255
    else:
        grey = pixels
    paper = float(np.median(grey))
    dark = (grey < _DARK_SHARE * paper).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(dark, connectivity=8)
    width = stats[:, cv2.CC_STAT_WIDTH]
    height = stats[:, cv2.CC_STAT_HEIGHT]
    area = stats[:, cv2.CC_STAT_AREA]
    keep = (height <= _TALLEST_PX) & (width <= _WIDEST_PX) & (area >= _FEWEST_PX)
    # A flat, wide stroke is a rule (below the mottos, under a heading), not text.
    keep &= ~((height <= 3) & (width > 8 * height))
    keep[0] = False
    return np.ascontiguousarray(keep[labels].astype(np.uint8))


def _window(mask: Pixels, box: BBox, scale: float) -> Pixels:
    height, width = mask.shape
    scaled = BBox(
        int(box.left * scale),
        int(box.top * scale),
        max(int(box.left * scale), round(box.right * scale) + 1),
        max(int(box.top * scale), round(box.bottom * scale) + 1),
    ).clipped(width, height)
    return mask[scaled.top : scaled.bottom, scaled.left : scaled.right]

"""The inks of a page, each as a picture of how much of it lies where.

All maps are float32, larger where there is more ink; paper is about 0 whatever its tint.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.evidence import InkColour
from sohoa.geometry import BBox
from sohoa.model import PageImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Map = NDArray[np.float32]

WORK_DPI = 100.0
_SHORT_SIDE_INCH = 8.27  # A4, for pictures that do not say how large they are
_GREY_LIMIT = 8.0  # of 255: what scanners and JPEG make of grey
_STRONG = 40.0
_LEAST_COLOUR_MM = 2.5  # so much of strong colour, squared, makes a page one in colour
_FRINGE = 15.0


@dataclass(frozen=True, slots=True, eq=False)
class Inks:
    """Ink maps at ``dpi`` (about 100); ``scale`` leads from page pixels to these.

    ``red``: red, crimson and purple inks; ``blue``: blue and violet pens; ``dark``: all ink. On a
    page without colour ``red`` and ``blue`` are None.
    """

    dark: Map
    red: Map | None
    blue: Map | None
    dpi: float
    scale: float
    rgb: Map | None

    @property
    def width(self) -> int:
        return int(self.dark.shape[1])

    @property
    def height(self) -> int:
        return int(self.dark.shape[0])

    def px(self, millimetres: float) -> float:
        return millimetres * self.dpi / 25.4

    def page_box(self, left: float, top: float, right: float, bottom: float) -> BBox:
        """A box of these maps in page pixels."""
        corners = (round(value / self.scale) for value in (left, top, right, bottom))
        return BBox(*corners)


def believable_dpi(image: PageImage) -> float:
    """The page's dpi, or that of an A4 sheet where the picture does not tell a believable one."""
    short = min(image.width, image.height)
    if image.dpi and 3.0 <= short / image.dpi <= 18.0:
        return float(image.dpi)
    return short / _SHORT_SIDE_INCH


def separate_inks(image: PageImage) -> Inks:
    """The ink maps of a page."""
    import cv2
    import numpy as np

    dpi = believable_dpi(image)
    scale = min(1.0, WORK_DPI / dpi)
    small = cv2.resize(image.pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    if small.ndim == 2:
        dark = above_paper(255.0 - small.astype(np.float32))
        return Inks(dark, None, None, dpi * scale, scale, None)
    rgb: Any = small.astype(np.float32)
    red, green, blue = cv2.split(rgb)
    dark = above_paper(255.0 - (red + green + blue) / 3.0)
    # By channel: NumPy's maximum along the last axis takes twenty times as long.
    chroma = cv2.max(cv2.max(red, green), blue) - cv2.min(cv2.min(red, green), blue)
    strokes = np.count_nonzero(chroma > _STRONG) > (_LEAST_COLOUR_MM * dpi * scale / 25.4) ** 2
    if not strokes and np.percentile(chroma, 99.9) < _GREY_LIMIT:
        return Inks(dark, None, None, dpi * scale, scale, rgb)
    return Inks(dark, above_paper(red - green), above_paper(blue - red), dpi * scale, scale, rgb)


def above_paper(value: Any) -> Map:
    """How far a map stands above its own paper (a wide median), never below 0."""
    import cv2
    import numpy as np

    eighth = (max(1, value.shape[1] // 8), max(1, value.shape[0] // 8))
    coarse = cv2.resize(value, eighth, interpolation=cv2.INTER_AREA)
    levels = np.clip(coarse + 128, 0, 255).astype(np.uint8)
    paper = cv2.medianBlur(levels, 31).astype(np.float32) - 128
    height, width = value.shape
    above = value - cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    result: Map = np.maximum(above, 0).astype(np.float32)
    return result


def is_fringe(inks: Inks, where: NDArray[np.bool_]) -> bool:
    """Whether coloured ink is only the fringe of black lines, as lenses and scanners draw it.

    A fringe is blue on one side and red on the other; ink of a pen or a stamp has one colour
    (purple is both at the same place).
    """
    import cv2
    import numpy as np

    if inks.red is None or inks.blue is None or not where.any():
        return False
    near = cv2.dilate(where.astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    reddish, bluish = inks.red > _FRINGE, inks.blue > _FRINGE
    red = int(np.count_nonzero(near & reddish & ~bluish))
    blue = int(np.count_nonzero(near & bluish & ~reddish))
    return min(red, blue) > 0.3 * max(red, blue)


def colour_of(inks: Inks, where: NDArray[np.bool_]) -> InkColour:
    """The colour of the ink at the given places of the maps."""
    import numpy as np

    if inks.rgb is None or inks.red is None or inks.blue is None or not where.any():
        return InkColour.BLACK
    red, green, blue = (float(np.median(inks.rgb[..., index][where])) for index in range(3))
    if red - green > 12:
        return InkColour.PURPLE if blue - green > 0.75 * (red - green) else InkColour.RED
    return InkColour.BLUE if blue - red > 15 else InkColour.BLACK

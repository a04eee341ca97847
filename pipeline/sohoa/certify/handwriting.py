"""Signatures by hand: strokes of a pen, larger than print, beside and under a seal."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.certify.ink import Inks, above_paper, is_fringe, separate_inks
from sohoa.evidence import Handwriting, HandwritingKind, InkColour, Seal, SealKind
from sohoa.geometry import BBox, union_all
from sohoa.model import PageImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]

_INK = 50.0
_BLUE = 25.0
_RULE_MM = 22.0  # straight lines of this length are rules and table lines
_TALL_MM = 6.5  # print with its marks is lower
_WIDE_MM = 8.0
_JOIN_MM = 2.5
_LEAST_BESIDE = 0.1  # of the lower one's height: strokes of one signature stand side by side
_MOST_FILLED = 0.45
_LEAST_WIDTH_MM = 12.0
_LARGEST_MM = (110.0, 60.0)
_PEN_MM = 1.6


@dataclass(frozen=True, slots=True)
class Stroke:
    """A connected piece of pen ink, in the pixels of the ink maps."""

    label: int
    bbox: BBox
    pixels: int


def find_handwriting(
    image: PageImage, seals: Sequence[Seal], inks: Inks | None = None
) -> tuple[Handwriting, ...]:
    """At most one signature for each round seal, and blue ones where there is no seal.

    Boxes are in the pixels of ``image``. Print that a stroke runs into may widen a box a little;
    of a signature under a black seal, the part hidden by the seal is taken to reach its middle.
    """
    inks = inks or separate_inks(image)
    rounds = [seal for seal in seals if seal.kind is SealKind.ROUND]
    pen = _pen_ink(image, inks)
    found = [_beside(inks, pen, seal) for seal in rounds]
    signatures = [each for each in found if each is not None]
    if not rounds and inks.blue is not None:
        signatures += _blue_alone(inks, image.number)
    return tuple(signatures)


def _pen_ink(image: PageImage, inks: Inks) -> Any:
    """All ink but that of red seals: in the red part of the light they are as bright as paper.

    Thin strokes are kept: each map pixel takes the darkest of what it stands for.
    """
    import cv2
    import numpy as np

    bright = image.pixels if image.pixels.ndim == 2 else image.pixels[..., 0]
    reach = max(2, round(1 / inks.scale)) if inks.scale < 0.8 else 1
    thick = cv2.erode(bright, np.ones((reach, reach), np.uint8))
    small = cv2.resize(thick, (inks.width, inks.height), interpolation=cv2.INTER_AREA)
    pen = above_paper(255.0 - small.astype(np.float32))
    return pen if inks.red is None else pen - 0.5 * inks.red


def _beside(inks: Inks, pen: Any, seal: Seal) -> Handwriting | None:
    """The signature that the seal lies over: the largest group of tall strokes around it."""
    import numpy as np

    x, y = seal.bbox.center_x * inks.scale, seal.bbox.center_y * inks.scale
    radius = seal.bbox.width * inks.scale / 2
    window = BBox(
        round(x - 1.3 * radius),
        round(y - 2.4 * radius),
        round(x + 5 * radius),
        round(y + 2 * radius),
    ).clipped(inks.width, inks.height)
    ink = pen[window.top : window.bottom, window.left : window.right] > _INK
    black = seal.colour is InkColour.BLACK
    if black:
        rows, columns = np.ogrid[window.top : window.bottom, window.left : window.right]
        ink &= (columns - x) ** 2 + (rows - y) ** 2 > (1.06 * radius) ** 2
    disc = BBox(round(x - radius), round(y - radius), round(x + radius), round(y + radius))
    group = _signature_group(inks, ink, window, disc)
    if group is None:
        return None
    box, where = group
    if black:
        hidden = round(x - 0.3 * radius)
        box = BBox(min(box.left, hidden), box.top, max(box.right, hidden), box.bottom)
    full: Mask = np.zeros(inks.dark.shape, bool)
    full[window.top : window.bottom, window.left : window.right] = where
    return _handwriting(inks, seal.page, box, full, crossed=box.intersection_area(disc) > 0)


def _signature_group(inks: Inks, ink: Mask, window: BBox, disc: BBox) -> tuple[BBox, Mask] | None:
    """Box (map pixels) and ink of the group of strokes that is nearest to a signature."""
    import numpy as np

    strokes, labels = _strokes(_without_rules(ink, inks.px(_RULE_MM)), window)
    tall = [each for each in strokes if _is_pen_like(each, inks)]
    near = [each for each in tall if each.bbox.padded(round(inks.px(4))).intersection_area(disc)]
    if not near:
        return None
    core = max(near, key=lambda each: _likeness(each.bbox, disc))
    members = _grown([core], tall, round(inks.px(_JOIN_MM)))
    box = union_all(member.bbox for member in members)
    if box.width < inks.px(_LEAST_WIDTH_MM):
        return None
    return box, np.isin(labels, [member.label for member in members])


def _grown(members: list[Stroke], strokes: Sequence[Stroke], reach: int) -> list[Stroke]:
    """The members with all strokes that stand beside them, or underline them, near by."""
    box = union_all(member.bbox for member in members)
    for each in strokes:
        if each in members or not each.bbox.intersection_area(box.padded(reach)):
            continue
        flat = any(_is_flat(one) for one in (each.bbox, box))
        if flat or each.bbox.vertical_overlap(box) >= _LEAST_BESIDE:
            return _grown([*members, each], strokes, reach)
    return members


def _is_flat(box: BBox) -> bool:
    """A long stroke drawn under, or through, a name."""
    return box.width > 3 * box.height


def _likeness(box: BBox, disc: BBox) -> float:
    """Large, and about as high as the seal's middle: a name stamp stands at its foot."""
    away = (box.center_y - disc.center_y) / max(disc.height / 2, 1)
    return float(box.width * box.height * math.exp(-away * away))


def _without_rules(ink: Mask, length: float) -> Mask:
    import cv2
    import numpy as np

    plain: Any = ink.astype(np.uint8)
    size = max(round(length), 3)
    for shape in ((1, size), (size, 1)):
        lines = cv2.morphologyEx(plain, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        plain = cv2.subtract(plain, cv2.dilate(lines, np.ones((3, 3), np.uint8)))
    result: Mask = plain > 0
    return result


def _strokes(ink: Mask, window: BBox) -> tuple[list[Stroke], NDArray[np.int32]]:
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink.astype(np.uint8), connectivity=8)
    strokes = []
    for label in range(1, count):
        left, top, width, height, pixels = (int(value) for value in stats[label])
        left, top = left + window.left, top + window.top
        strokes.append(Stroke(label, BBox(left, top, left + width, top + height), pixels))
    return strokes, np.asarray(labels, np.int32)


def _is_pen_like(stroke: Stroke, inks: Inks) -> bool:
    """Larger than print, and mostly air within its box."""
    box = stroke.bbox
    long = box.width >= inks.px(2 * _WIDE_MM) and box.height >= inks.px(_TALL_MM / 2.5)
    tall = box.height >= inks.px(_TALL_MM) and box.width >= inks.px(_WIDE_MM / 4)
    filled = stroke.pixels / max(box.area, 1)
    return (tall and filled < _MOST_FILLED) or (long and filled < _MOST_FILLED / 2)


def _blue_alone(inks: Inks, page: int) -> list[Handwriting]:
    """Signatures in blue on a page without a seal: strokes of one pen, taken together."""
    import cv2
    import numpy as np

    whole = BBox(0, 0, inks.width, inks.height)
    blue = (np.asarray(inks.blue) > _BLUE) & (inks.dark > _BLUE)
    ink = _without_rules(blue, inks.px(_RULE_MM))
    size = round(inks.px(_JOIN_MM))
    joined = cv2.dilate(ink.astype(np.uint8), np.ones((size, size), np.uint8)) > 0
    groups, labels = _strokes(joined, whole)
    found = []
    for each in groups:
        where = (labels == each.label) & ink
        box = _ink_box(where)
        width, height = box.width / inks.px(1), box.height / inks.px(1)
        large = width >= _LEAST_WIDTH_MM and height >= 1.2 * _TALL_MM
        if not large or width > _LARGEST_MM[0] or height > _LARGEST_MM[1]:
            continue
        if _is_thin(inks, where) and not is_fringe(inks, where):
            found.append(_handwriting(inks, page, box, where, crossed=False))
    return found


def _is_thin(inks: Inks, where: Mask) -> bool:
    """Whether it is drawn with a pen: seldom wider than one, and not as faint as a shadow."""
    import cv2
    import numpy as np

    depth = cv2.distanceTransform(where.astype(np.uint8), cv2.DIST_L2, 3)[where]
    strong = float(np.percentile(np.asarray(inks.blue)[where], 75)) >= 1.8 * _BLUE
    return strong and float(np.percentile(depth, 90)) * 2 <= inks.px(_PEN_MM)


def _ink_box(where: Mask) -> BBox:
    import numpy as np

    rows, columns = np.nonzero(where)
    if not len(rows):
        return BBox(0, 0, 0, 0)
    left, right, top, bottom = (int(f(a)) for a in (columns, rows) for f in (np.min, np.max))
    return BBox(left, top, right + 1, bottom + 1)


def _handwriting(inks: Inks, page: int, box: BBox, where: Mask, *, crossed: bool) -> Handwriting:
    size = min(1.0, box.width / inks.px(40.0))
    return Handwriting(
        page=page,
        bbox=inks.page_box(box.left, box.top, box.right, box.bottom),
        kind=HandwritingKind.SIGNATURE,
        colour=_pen_colour(inks, where),
        confidence=round(0.4 + 0.5 * size, 2),
        crossed_by_seal=crossed,
    )


def _pen_colour(inks: Inks, where: Mask) -> InkColour:
    """Blue or black; where a red seal lies over the strokes they are not asked."""
    import numpy as np

    if inks.rgb is None or inks.red is None:
        return InkColour.BLACK
    clear = where & (inks.red < 20)
    if not clear.any():
        return InkColour.BLACK
    blueness = inks.rgb[..., 2][clear] - inks.rgb[..., 0][clear]
    return InkColour.BLUE if float(np.percentile(blueness, 75)) > 18 else InkColour.BLACK

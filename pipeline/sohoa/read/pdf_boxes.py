"""Boxes of a PDF page, from the file's own points to the page as shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import pikepdf

_DEEPEST_TREE = 40
Rect: TypeAlias = tuple[float, float, float, float]


def shown_box(page: pikepdf.Page) -> Rect:
    """The crop box within the media box (left, bottom, right, top); A4 where both are nonsense."""
    media = numbers(page.mediabox) or (0.0, 0.0, 595.28, 841.89)
    crop = numbers(page.cropbox) or media
    left, bottom = max(media[0], crop[0]), max(media[1], crop[1])
    right, top = min(media[2], crop[2]), min(media[3], crop[3])
    return (left, bottom, right, top) if left < right and bottom < top else media


def numbers(box: Any) -> Rect | None:
    """A PDF rectangle as left, bottom, right, top; None where it is none or has no area."""
    try:
        a, b, c, d = (float(value) for value in box)
    except (TypeError, ValueError):
        return None
    found = min(a, c), min(b, d), max(a, c), max(b, d)
    return found if found[0] < found[2] and found[1] < found[3] else None


def rotation_of(page: pikepdf.Page) -> int:
    """``/Rotate`` (maybe inherited) as 0, 90, 180 or 270, clockwise."""
    node: Any = page.obj
    for _ in range(_DEEPEST_TREE):
        if "/Rotate" in node:
            break
        if "/Parent" not in node:
            return 0
        node = node["/Parent"]
    try:
        return round(float(node.get("/Rotate", 0)) / 90) * 90 % 360
    except (TypeError, ValueError, OverflowError):
        return 0


def user_unit(page: pikepdf.Page) -> float:
    """How many 72nds of an inch one unit of the page is; 1.0 where it is absent or nonsense."""
    try:
        value = float(page.obj.get("/UserUnit", 1))
    except (TypeError, ValueError):
        return 1.0
    return value if 0.01 <= value <= 1000 else 1.0


def shown_rect(
    rect: Rect | None,
    box: Rect,
    rotation: int,
) -> Rect:
    """A rectangle of the file (y up) as left, top, right, bottom of the page as shown (y down)."""
    left, bottom, right, top = rect or (0.0, 0.0, 0.0, 0.0)
    width, height = box[2] - box[0], box[3] - box[1]
    left, right = left - box[0], right - box[0]
    bottom, top = bottom - box[1], top - box[1]
    return {
        0: (left, height - top, right, height - bottom),
        90: (bottom, left, top, right),
        180: (width - right, bottom, width - left, top),
        270: (height - top, width - right, height - bottom, width - left),
    }[rotation]

"""Rectangular frames of the size of a rubber stamp, in ink of any colour, perhaps tilted."""

from __future__ import annotations

from typing import Any

from sohoa.certify.ink import Inks
from sohoa.geometry import BBox

_WIDTH_MM = (18.0, 85.0)
_HEIGHT_MM = (7.0, 45.0)
_LEAST_SIDE = 0.6  # of each side there must be so much
_STEEPEST_DEG = 8.0
_LONGER_THAN_PRINT_MM = (9.0, 5.5)
_GAP_MM = 0.6
_INK = 28.0


def find_frames(inks: Inks, ink: Any) -> tuple[BBox, ...]:
    """Boxes (in the pixels of the maps) of the frames whose four sides are drawn.

    A frame within another (the inner line of a double one, a cell) is left out.
    """
    import cv2
    import numpy as np

    lines = _lines(inks, (ink > _INK).astype(np.uint8))
    contours, tree = cv2.findContours(lines, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
    found: list[BBox] = []
    for index in range(len(contours)):
        rooms = _rooms(contours, tree, index)
        if not rooms:
            continue
        # What the frame encloses: print that it lies over sticks out of it, and encloses nothing.
        inside = np.concatenate(rooms)
        left, top, width, height = cv2.boundingRect(inside)
        if _is_sized(inks, width, height) and _is_framed(lines, inside):
            found.append(BBox(left, top, left + width, top + height).padded(1))
    return tuple(
        box.clipped(inks.width, inks.height)
        for box in found
        if not any(box != other and box.share_inside(other) > 0.9 for other in found)
    )


def _rooms(contours: Any, tree: Any, index: int) -> list[Any]:
    """The outlines of what a piece of lines encloses; none for an outline that is itself one."""
    if tree[0][index][3] >= 0:
        return []
    rooms, child = [], tree[0][index][2]
    while child >= 0:
        rooms.append(contours[child])
        child = tree[0][child][0]
    return rooms


def _lines(inks: Inks, inked: Any) -> Any:
    """Only what is longer than a letter across or down, small gaps in it closed.

    Print that a stamp lies over would join its frame to half of the page.
    """
    import cv2
    import numpy as np

    across, down = (max(5, round(inks.px(value))) for value in _LONGER_THAN_PRINT_MM)
    gap = max(3, round(inks.px(_GAP_MM)))
    found = np.zeros_like(inked)
    for thicker, bridge, run in (
        ((3, 1), (1, gap), (1, across)),
        ((1, 3), (gap, 1), (down, 1)),
    ):
        thick = cv2.dilate(inked, np.ones(thicker, np.uint8))
        whole = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones(bridge, np.uint8))
        found |= cv2.morphologyEx(whole, cv2.MORPH_OPEN, np.ones(run, np.uint8))
    return cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))


def _is_sized(inks: Inks, width: int, height: int) -> bool:
    wide = _WIDTH_MM[0] <= width / inks.px(1) <= _WIDTH_MM[1]
    return wide and _HEIGHT_MM[0] <= height / inks.px(1) <= _HEIGHT_MM[1] and width > height


def _is_framed(lines: Any, inside: Any) -> bool:
    """Whether the sides of the upright or tilted box around the outline are mostly drawn."""
    import cv2
    import numpy as np

    rectangle = cv2.minAreaRect(inside)
    tilt = abs((rectangle[2] + 45.0) % 90.0 - 45.0)
    if tilt > _STEEPEST_DEG:
        return False
    corners: Any = cv2.boxPoints(rectangle)
    left, top, width, height = cv2.boundingRect(inside)
    near = cv2.dilate(lines[top : top + height, left : left + width], np.ones((5, 5), np.uint8)) > 0
    corners = corners - np.array([left, top], np.float32)
    middle = corners.mean(axis=0)
    return all(
        _drawn(near, corners[index], corners[(index + 1) % 4], middle) >= _LEAST_SIDE
        for index in range(4)
    )


def _drawn(near: Any, start: Any, end: Any, middle: Any) -> float:
    """Share of the line between two corners that is inked; the line is moved in a little."""
    import numpy as np

    steps = np.linspace(0.02, 0.98, 60)[:, None]
    points = start + steps * (end - start)
    inward = middle - points
    points += 1.5 * inward / np.maximum(np.linalg.norm(inward, axis=1, keepdims=True), 1e-6)
    height, width = near.shape
    columns = np.clip(points[:, 0].round().astype(int), 0, width - 1)
    rows = np.clip(points[:, 1].round().astype(int), 0, height - 1)
    return float(near[rows, columns].mean())

"""Turning a page upright: sideways and upside-down sheets, and skew to a tenth of a degree.

Angles are clockwise on the page (y down), in degrees: the angle by which the text stands off.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import Transform
from sohoa.look.letters import ink_of

if TYPE_CHECKING:
    from sohoa.model import PageImage, Pixels

# Skew is measured on a page of about this many pixels across: enough for 0.1 degree.
_WORK_WIDTH = 1000
_MOST_SKEW_DEG = 15.0
_MOST_POINTS = 20_000  # of ink, while the angle is only sought roughly
_FEW_POINTS = 12_000  # enough to tell rows from columns
_LEAST_INK = 800  # px of ink on a page of that width
# Beyond this slope the corners of a page would leave its canvas with print on them.
_GROW_FROM_DEG = 2.5
_QUARTERS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def measure_skew(grey: Pixels) -> float:
    """Skew of the text rows in degrees, clockwise; 0.0 where there is too little ink to tell.

    The angle at which the row profile of the ink is sharpest (Postl 1986): first in steps of half
    a degree, then of a tenth around the best, at last a parabola through the three best.
    """
    ink = _small_ink(grey, _WORK_WIDTH)
    if ink is None:
        return 0.0
    # Coarser rows and fewer points do for the first search.
    every = max(1, ink.shape[1] // _MOST_POINTS)
    best, _ = _coarse(ink[:, ::every] * 0.5, 0.5)
    fine = [best + step * 0.1 for step in range(-5, 6)]
    values = [_sharpness(ink, angle) for angle in fine]
    top = int(np.argmax(values))
    if _sharpness(ink, 0.0) >= 0.995 * values[top]:
        return 0.0
    if 0 < top < len(fine) - 1:
        before, here, after = values[top - 1], values[top], values[top + 1]
        bend = before - 2 * here + after
        if bend < 0:
            return fine[top] + 0.1 * 0.5 * (before - after) / bend
    return fine[top]


def runs_sideways(grey: Pixels) -> bool:
    """Whether the text rows run up and down the page, by the sharpness of the two profiles."""
    ink = _small_ink(grey, _WORK_WIDTH // 2)
    if ink is None:
        return False
    every = max(1, ink.shape[1] // _FEW_POINTS)
    few = np.ascontiguousarray(ink[:, ::every])
    _, upright = _coarse(few, 1.0)
    _, sideways = _coarse(np.stack((few[1], -few[0])), 1.0)
    return sideways > 1.6 * upright


def level(image: PageImage, angle_deg: float) -> PageImage:
    """The page turned back by ``angle_deg``; ``to_page`` follows.

    On a canvas of the same size, or one that holds all of it where the slope is steep. Corners
    that turn in from outside are white. An angle under 0.05 degree changes nothing.
    """
    if abs(angle_deg) < 0.05:
        return image
    height, width = image.pixels.shape[:2]
    radians = math.radians(angle_deg)
    cos, sin = math.cos(radians), math.sin(radians)
    size = width, height
    if abs(angle_deg) >= _GROW_FROM_DEG:
        size = (
            math.ceil(width * cos + height * abs(sin)),
            math.ceil(width * abs(sin) + height * cos),
        )
    # Maps a levelled pixel to the pixel it came from: a clockwise turn about the middle.
    middle_x, middle_y = size[0] / 2, size[1] / 2
    back = Transform.affine(
        cos, -sin, width / 2 - cos * middle_x + sin * middle_y,
        sin, cos, height / 2 - sin * middle_x - cos * middle_y,
    )  # fmt: skip
    matrix = np.array(back.matrix[:6], dtype=np.float64).reshape(2, 3)
    turned = cv2.warpAffine(
        image.pixels,
        matrix,
        size,
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255, 255, 255),
    )
    return replace(
        image, pixels=np.asarray(turned, dtype=np.uint8), to_page=back.then(image.to_page)
    )


def turn(image: PageImage, quarter_deg: int) -> PageImage:
    """The page turned clockwise by 90, 180 or 270 degrees; ``to_page`` follows."""
    if quarter_deg % 360 == 0:
        return image
    height, width = image.pixels.shape[:2]
    back = {
        90: Transform.affine(0, 1, 0, -1, 0, height),
        180: Transform.affine(-1, 0, width, 0, -1, height),
        270: Transform.affine(0, -1, width, 1, 0, 0),
    }[quarter_deg % 360]
    pixels = cv2.rotate(image.pixels, _QUARTERS[quarter_deg % 360])
    return replace(
        image, pixels=np.asarray(pixels, dtype=np.uint8), to_page=back.then(image.to_page)
    )


def scaled(image: PageImage, factor: float) -> PageImage:
    """The page with ``factor`` times as many pixels each way; ``to_page`` and ``dpi`` follow."""
    smooth = cv2.INTER_LANCZOS4 if factor > 1 else cv2.INTER_AREA
    pixels = cv2.resize(image.pixels, None, fx=factor, fy=factor, interpolation=smooth)
    height, width = pixels.shape[:2]
    back = Transform.scale(image.width / width, image.height / height)
    return replace(
        image,
        pixels=np.asarray(pixels, dtype=np.uint8),
        dpi=image.dpi * factor,
        to_page=back.then(image.to_page),
    )


def _small_ink(grey: Pixels, work_width: int) -> np.ndarray | None:
    """Places of ink (2 x N, x above y, float32) on a page scaled to that width.

    Without borders and rules; None where there is hardly any.
    """
    height, width = grey.shape
    if min(height, width) < 100:
        return None
    scale = min(1.0, work_width / min(height, width))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    ink = ink_of(np.asarray(small, dtype=np.uint8))
    rows, columns = ink.shape
    ink[: rows // 40] = ink[-(rows // 40) :] = 0
    ink[:, : columns // 40] = ink[:, -(columns // 40) :] = 0
    # Long rules are levelled by whoever drew them, and not always with the text.
    for shape in ((1, columns // 12), (rows // 20, 1)):
        rule = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        ink[rule > 0] = 0
    found = cv2.findNonZero(ink)
    if found is None or len(found) < _LEAST_INK * scale:
        return None
    return np.ascontiguousarray(found.reshape(-1, 2).T, dtype=np.float32)


def _coarse(ink: np.ndarray, step_deg: float) -> tuple[float, float]:
    """The sharpest angle among steps of ``step_deg``, and how sharp it is."""
    steps = round(_MOST_SKEW_DEG / step_deg)
    angles = [step * step_deg for step in range(-steps, steps + 1)]
    values = {angle: _sharpness(ink, angle) for angle in angles}
    best = max(values, key=lambda angle: values[angle])
    return best, values[best]


def _sharpness(ink: np.ndarray, angle_deg: float) -> float:
    """Sum of squared differences of neighbouring rows, after turning back by that angle."""
    radians = math.radians(angle_deg)
    down = ink[1] * np.float32(math.cos(radians)) - ink[0] * np.float32(math.sin(radians))
    # Half rows, smoothed: whole ones would favour the angles at which the pixels fall in step.
    halves = np.bincount(((down - down.min()) * 2).astype(np.int32)).astype(np.float64)
    profile = np.convolve(halves, (0.5, 1.0, 0.5))
    return float(np.square(profile[2:] - profile[:-2]).sum())

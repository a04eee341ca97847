"""The sheet alone: cut out of dark surroundings, squared, and as dark print on light paper.

Scanner lids, copier glass and the desk under a photographed paper are not the page; a page shot
from a negative is print turned to light.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import Transform
from sohoa.look.ink import grey_of
from sohoa.look.letters import ink_of, measure_letters, without_specks

if TYPE_CHECKING:
    from sohoa.model import PageImage, Pixels

_THUMB = 500  # px of the longer side on which sheets are looked for: two pixels to the millimetre
_SURROUNDED = 0.12  # share of the picture's rim that is darker than paper
_DARKER = 0.78  # than the paper, as a factor
_LEAST_AREA, _MOST_AREA = 0.2, 0.95
_LEAST_FILL = 0.92  # a sheet fills its quadrilateral
_LEAST_CONTRAST = 35.0
_DARK = 100  # a page whose paper is darker than this shows nothing
_LEAST_MARKS = 0.002  # share of ink
_INSET = 0.004  # the shadow along the edge stays outside
_SHORT_SIDES_IN = (5.83, 8.27, 11.69)  # A5, A4, A3
_A4_ASPECT = math.sqrt(2)
# Letters of print, 10 to 14 pt, are about this high (x-height and capitals together).
_LETTER_IN = 0.1
_MOST_SPECKS = 6000  # marks and dots of a full page are some two thousand
# Beyond these factors the resolution is wrong, not the print small or large.
_SMALL, _LARGE = 0.5, 1.7


def present(image: PageImage) -> PageImage:
    """The page as the rest of the clean-up wants it; the same image where nothing is odd.

    After it: no dark surroundings, corners squared, print darker than paper, and a ``dpi`` that
    the size of the letters bears out. ``to_page`` is exact to two pixels of a thumbnail at a
    sheet's edge. It leaves alone: skew, turns, colours.
    """
    grey = grey_of(image.pixels)
    if min(grey.shape) < 100:
        return image
    factor = _THUMB / max(grey.shape)
    thumb = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    corners = find_sheet(np.asarray(thumb, dtype=np.uint8))
    if corners is not None:
        image = squared(image, corners / factor)
    elif is_negative(np.asarray(thumb, dtype=np.uint8)):
        image = replace(image, pixels=np.asarray(255 - image.pixels, dtype=np.uint8))
    return _with_believable_letters(image)


def find_sheet(grey: Pixels) -> np.ndarray | None:
    """Corners (4 x 2, from the top left, clockwise) of a light sheet on something darker.

    None where the sheet fills the picture, or where no four straight sides can be seen.
    """
    height, width = grey.shape
    paper = float(np.percentile(grey, 90))
    edges = (grey[:3], grey[-3:], grey[:, :3], grey[:, -3:])
    rim = np.concatenate([edge.ravel() for edge in edges])
    if paper < 60 or float((rim < _DARKER * paper).mean()) < _SURROUNDED:
        return None
    # Print and seals are closed to paper.
    closed = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    _, light = cv2.threshold(closed, 0, 1, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    contours, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_NONE)
    outline = max(contours, key=cv2.contourArea, default=None)
    if outline is None:
        return None
    area = cv2.contourArea(outline)
    hull = cv2.convexHull(outline)
    corners = _four_corners(hull)
    if corners is None or not _LEAST_AREA <= area / (width * height) <= _MOST_AREA:
        return None
    if area < _LEAST_FILL * cv2.contourArea(corners.astype(np.float32)):
        return None
    inside = np.zeros_like(grey)
    cv2.fillConvexPoly(inside, corners.astype(np.int32), 1)
    if min(int(inside.sum()), inside.size - int(inside.sum())) < 50:
        return None
    contrast = float(np.median(closed[inside > 0])) - float(np.median(closed[inside == 0]))
    return corners if contrast >= _LEAST_CONTRAST else None


def squared(image: PageImage, corners: np.ndarray) -> PageImage:
    """The quadrilateral of those corners (px of the image) as an upright sheet.

    Its resolution: as stated where that makes a sheet of the A series, else as if it were A4.
    """
    middle = corners.mean(axis=0)
    corners = corners + (middle - corners) * _INSET
    top, right, bottom, left = (
        float(np.linalg.norm(corners[(index + 1) % 4] - corners[index])) for index in range(4)
    )
    width, height = max(top, bottom), max(left, right)
    aspect = max(width, height) / min(width, height)
    if 1.2 <= aspect <= 1.65:  # seen aslant, an A4 sheet looks shorter or longer
        stretch = _A4_ASPECT / aspect
        width, height = (width * stretch, height) if width > height else (width, height * stretch)
    size = max(1, round(width)), max(1, round(height))
    goal = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(goal, corners.astype(np.float32))
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    pixels = cv2.warpPerspective(
        image.pixels, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE
    )
    back = Transform(tuple(float(value) for value in matrix.flatten()))  # type: ignore[arg-type]
    stated_in = min(size) / image.dpi
    known = any(abs(stated_in / side - 1) < 0.06 for side in _SHORT_SIDES_IN)
    return replace(
        image,
        pixels=np.asarray(pixels, dtype=np.uint8),
        dpi=image.dpi if known else min(size) / _SHORT_SIDES_IN[1],
        to_page=back.then(image.to_page),
    )


def is_negative(grey: Pixels) -> bool:
    """Whether light print stands on a dark page."""
    paper = float(np.median(grey))
    ink = float(np.percentile(grey, 99))
    if paper > _DARK or ink - paper < 70:
        return False
    light = np.asarray(grey > (paper + ink) / 2, dtype=np.uint8)
    # Strokes are thin on a thumbnail; a label or a lamp on something dark is not.
    broad = cv2.morphologyEx(light, cv2.MORPH_OPEN, np.ones((5, 5), np.uint8))
    return 0.002 < float(light.mean()) < 0.35 and 2 * int(broad.sum()) < int(light.sum())


def is_dark(grey: Pixels) -> bool:
    """Whether the paper itself is so dark that it shows nothing."""
    return float(np.median(grey[::4, ::4])) < _DARK


def has_marks(grey: Pixels) -> bool:
    """Whether there is more on a page than paper, dust and punch holes.

    Print of two lines is enough, and so is a picture.
    """
    if min(grey.shape) < 100:
        return False
    factor = min(1.0, 1000 / min(grey.shape))
    small = cv2.resize(grey, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    inner = ink_of(np.asarray(small, dtype=np.uint8))
    rows, columns = inner.shape
    inner = inner[rows // 25 : -(rows // 25), columns // 25 : -(columns // 25)]
    return float(inner.mean()) > _LEAST_MARKS


def _four_corners(hull: np.ndarray) -> np.ndarray | None:
    """The hull as four corners, in order; its least rectangle where its corners are rounded."""
    length = cv2.arcLength(hull, True)
    for step in (0.01, 0.02, 0.03, 0.05):
        found = cv2.approxPolyDP(hull, step * length, True)
        if len(found) <= 4:
            break
    if len(found) != 4:
        found = cv2.boxPoints(cv2.minAreaRect(hull))[:, None]
    points = found[:, 0].astype(np.float64)
    middle = points.mean(axis=0)
    around = np.argsort(np.arctan2(points[:, 1] - middle[1], points[:, 0] - middle[0]))
    points = points[around]
    points = np.roll(points, -int(np.argmin(points.sum(axis=1))), axis=0)
    sides = np.linalg.norm(np.roll(points, -1, axis=0) - points, axis=1)
    if min(sides) <= 0 or max(sides) > 2.5 * min(sides):
        return None
    return points


def _with_believable_letters(image: PageImage) -> PageImage:
    """No resolution is believed that would make the letters far too small or too large.

    Where specks by the thousand bury them, the specks go.
    """
    grey = grey_of(image.pixels)
    letters = measure_letters(grey)
    if letters.specks > _MOST_SPECKS:
        letter_px = letters.height_px or _LETTER_IN * image.dpi
        image = replace(image, pixels=without_specks(grey, letter_px))
    if letters.height_px is None:
        return image
    dpi = letters.height_px / _LETTER_IN
    if _SMALL <= dpi / image.dpi <= _LARGE:
        return image
    return replace(image, dpi=dpi)

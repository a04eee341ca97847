"""What a PDF page is made of, as pdfium sees it: pictures placed on it, and text not meant to show.

Needed to tell a scan from a composed page, and to find the scan's own resolution. Coordinates are
points of the unrotated page, origin bottom left, as in the file.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

# Forms nest; a file made to hurt nests without end.
_DEEPEST = 8
_MOST_OBJECTS = 200_000
_CELLS = 48
# An edge of a scan within this many points of the page's edge is that edge.
_EDGE_PT = 2.0
_INVISIBLE_MODES = (3, 7)

Matrix: TypeAlias = tuple[float, float, float, float, float, float]
Rect: TypeAlias = tuple[float, float, float, float]  # left, bottom, right, top
_IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """A picture on the page: its own size in pixels, where it lies, and its size there in points.

    ``rect`` is the part of it on the page, ``placed`` all of it. ``along_x``: its columns run along
    the page's x axis (it is not turned by a quarter).
    """

    width_px: int
    height_px: int
    rect: Rect
    placed: Rect
    width_pt: float
    height_pt: float
    along_x: bool


@dataclass(frozen=True, slots=True)
class Survey:
    """``image_cover``: share of the page that pictures cover; ``hidden``: share of the text (by its
    area) that is invisible or that a later picture covers; both 0..1. ``text_area``: share of the
    page under visible text.
    """

    images: tuple[PlacedImage, ...]
    image_cover: float
    hidden: float
    text_area: float

    @property
    def is_picture(self) -> bool:
        """A scan, maybe of half a sheet: pictures, and no visible text to speak of."""
        return self.image_cover >= 0.15 and (self.hidden >= 0.8 or self.text_area < 0.02)

    @property
    def main_image(self) -> PlacedImage | None:
        """The finest of the pictures that make up most of the page (a scan may have layers)."""
        big = [image for image in self.images if _area(image.rect) > 0]
        if not big:
            return None
        largest = max(_area(image.rect) for image in big)
        layers = [image for image in big if _area(image.rect) >= 0.6 * largest]
        return max(layers, key=lambda image: image.width_px * image.height_px)

    def frame(self, box: Rect) -> Rect:
        """What to render: the scan's own edges where they all but are the page's, else the page.

        So a scan keeps its pixels: page boxes are often rounded to whole points.
        """
        image = self.main_image if self.is_picture else None
        if image is None:
            return box
        near = all(abs(own - edge) <= _EDGE_PT for own, edge in zip(image.placed, box, strict=True))
        return image.placed if near else box


def survey_page(page: Any, box: Rect, see_through: frozenset[tuple[int, int]]) -> Survey:
    """Look through a pdfium page; ``box`` is the shown part of it, in the file's own points.

    ``see_through``: pixel sizes of the pictures with a mask (pdfium does not tell): what lies
    below them shows.
    """
    from pypdfium2 import raw

    images: list[PlacedImage] = []
    texts: list[tuple[Rect, bool]] = []
    for item, matrix in _objects(page.raw, raw):
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            rect = _clip(_bounds(item, matrix, raw), box)
            hidden = raw.FPDFTextObj_GetTextRenderMode(item) in _INVISIBLE_MODES
            texts.append((rect, hidden))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            image = _placed(item, matrix, box, raw)
            if image is None:
                continue
            images.append(image)
            size = (image.width_px, image.height_px)
            if size not in see_through and not raw.FPDFPageObj_HasTransparency(item):
                texts = [(rect, hidden or _inside(rect, image.rect)) for rect, hidden in texts]
    whole = sum(_area(rect) for rect, _ in texts)
    out_of_sight = sum(_area(rect) for rect, hidden in texts if hidden)
    page_area = max(_area(box), 1e-6)
    return Survey(
        images=tuple(images),
        image_cover=_cover([image.rect for image in images], box),
        hidden=out_of_sight / whole if whole else 0.0,
        text_area=(whole - out_of_sight) / page_area,
    )


def _objects(page: Any, raw: Any) -> Iterator[tuple[Any, Matrix]]:
    left = [_MOST_OBJECTS]
    count = raw.FPDFPage_CountObjects(page)
    for index in range(max(0, count)):
        yield from _walk(raw.FPDFPage_GetObject(page, index), _IDENTITY, left, raw)


def _walk(
    item: Any, matrix: Matrix, left: list[int], raw: Any, depth: int = 0
) -> Iterator[tuple[Any, Matrix]]:
    left[0] -= 1
    if not item or left[0] < 0:
        return
    if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_FORM:
        yield item, matrix
    elif depth < _DEEPEST:
        inner = _times(_matrix(item, raw), matrix)
        for index in range(max(0, raw.FPDFFormObj_CountObjects(item))):
            yield from _walk(raw.FPDFFormObj_GetObject(item, index), inner, left, raw, depth + 1)


def _matrix(item: Any, raw: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(item, ctypes.byref(found)):
        return _IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i, a * h + b * j,
        c * g + d * i, c * h + d * j,
        e * g + f * i + k, e * h + f * j + m,
    )  # fmt: skip


def _bounds(item: Any, matrix: Matrix, raw: Any) -> Rect:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(
        item, ctypes.byref(left), ctypes.byref(bottom), ctypes.byref(right), ctypes.byref(top)
    ):
        return 0.0, 0.0, 0.0, 0.0
    return _mapped((left.value, bottom.value, right.value, top.value), matrix)


def _mapped(rect: Rect, matrix: Matrix) -> Rect:
    a, b, c, d, e, f = matrix
    corners = [(x, y) for x in (rect[0], rect[2]) for y in (rect[1], rect[3])]
    xs = [a * x + c * y + e for x, y in corners]
    ys = [b * x + d * y + f for x, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


def _placed(item: Any, outer: Matrix, box: Rect, raw: Any) -> PlacedImage | None:
    width, height = ctypes.c_uint(), ctypes.c_uint()
    if not raw.FPDFImageObj_GetImagePixelSize(item, ctypes.byref(width), ctypes.byref(height)):
        return None
    matrix = _times(_matrix(item, raw), outer)
    a, b, c, d = matrix[:4]
    placed = _mapped((0.0, 0.0, 1.0, 1.0), matrix)
    return PlacedImage(
        width_px=width.value,
        height_px=height.value,
        rect=_clip(placed, box),
        placed=placed,
        width_pt=math.hypot(a, b),
        height_pt=math.hypot(c, d),
        along_x=abs(a) >= abs(b),
    )


def _clip(rect: Rect, box: Rect) -> Rect:
    left, bottom = max(rect[0], box[0]), max(rect[1], box[1])
    return left, bottom, max(left, min(rect[2], box[2])), max(bottom, min(rect[3], box[3]))


def _area(rect: Rect) -> float:
    return (rect[2] - rect[0]) * (rect[3] - rect[1])


def _inside(rect: Rect, other: Rect) -> bool:
    shared = _area(_clip(rect, other))
    return _area(rect) > 0 and shared >= 0.9 * _area(rect)


def _cover(rects: list[Rect], box: Rect) -> float:
    """Share of ``box`` under the rectangles, on a grid: pictures may overlap or come in strips."""
    import numpy as np

    grid = np.zeros((_CELLS, _CELLS), bool)
    width, height = max(box[2] - box[0], 1e-6), max(box[3] - box[1], 1e-6)
    for left, bottom, right, top in rects:
        columns = slice(
            round((left - box[0]) / width * _CELLS), round((right - box[0]) / width * _CELLS)
        )
        rows = slice(
            round((bottom - box[1]) / height * _CELLS), round((top - box[1]) / height * _CELLS)
        )
        grid[rows, columns] = True
    return float(grid.mean())

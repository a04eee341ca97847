"""Rendering a PDF page: a scan at its own pixels, any other page at a set resolution."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.model import Finding, Severity
from sohoa.read.pdf_boxes import Rect
from sohoa.read.pdf_survey import Survey
from sohoa.read.resolution import clamp_dpi, scan_dpi, shrink_factor
from sohoa.read.settings import ReadSettings

if TYPE_CHECKING:
    from sohoa.model import Pixels

_MOST_OF_PAGE = 0.75


@dataclass(frozen=True, slots=True)
class Shape:
    """Width and height of the page as shown, in its own units, and that unit in points."""

    width: float
    height: float
    unit: float = 1.0


@dataclass(frozen=True, slots=True)
class Plan:
    """Pixels to render, their true resolution, and the factor by which the page was shrunk."""

    width: int
    height: int
    dpi: float
    shrunk: float = 1.0


def plan_render(shape: Shape, rotation: int, survey: Survey, settings: ReadSettings) -> Plan:
    """How large to render.

    A scan gets its own pixels, exactly so where one picture is the page; between the bounds of the
    settings. Its resolution is what the page's size says, if that is a believable sheet.
    """
    width_pt, height_pt, unit = shape.width, shape.height, shape.unit
    image = survey.main_image if survey.is_picture else None
    if image is None or min(image.width_pt, image.height_pt) <= 0:
        return _bounded(shape, settings.composed_dpi, settings)
    per_pt_x = image.width_px / image.width_pt
    per_pt_y = image.height_px / image.height_pt
    if image.along_x == (rotation in (90, 270)):
        per_pt_x, per_pt_y = per_pt_y, per_pt_x
    if survey.image_cover < _MOST_OF_PAGE:
        # Half a sheet, or a picture among drawn lines: nothing may lose by the picture's size.
        own_dpi = 72 * max(per_pt_x, per_pt_y) / unit
        dpi = clamp_dpi(max(own_dpi, settings.composed_dpi), settings)
        return _bounded(shape, dpi, settings)
    width, height = width_pt * per_pt_x, height_pt * per_pt_y
    # Fax pictures have fewer rows than columns to the inch: the finer of the two counts.
    if not 0.9 <= per_pt_x / per_pt_y <= 1.1:
        finer = max(per_pt_x, per_pt_y)
        width, height = width_pt * finer, height_pt * finer
    # A page whose size in points is no sheet of paper is taken as A4.
    stated = 72 * math.sqrt((width * height) / max(width_pt * height_pt, 1e-9)) / unit
    true_dpi = scan_dpi(round(width), round(height), stated)
    factor = clamp_dpi(true_dpi, settings) / true_dpi
    if factor > 1.0 and true_dpi != stated:
        factor = 1.0  # a small picture of unknown size stays as it is
    factor *= shrink_factor(width * factor, height * factor, settings)
    # Told also where the bound on resolution alone brought the page under the limit.
    shrink = min(1.0, factor) if shrink_factor(width, height, settings) < 1.0 else 1.0
    return Plan(
        max(1, round(width * factor)), max(1, round(height * factor)), true_dpi * factor, shrink
    )


def _bounded(shape: Shape, dpi: float, settings: ReadSettings) -> Plan:
    width, height = (side * shape.unit / 72 * dpi for side in (shape.width, shape.height))
    shrink = shrink_factor(width, height, settings)
    return Plan(max(1, round(width * shrink)), max(1, round(height * shrink)), dpi * shrink, shrink)


def set_frame(page: Any, frame: Rect) -> Shape:
    """Make ``frame`` (points of the file) the shown part of the page; its size as shown."""
    from pypdfium2 import raw

    raw.FPDFPage_SetMediaBox(page, *frame)
    raw.FPDFPage_SetCropBox(page, *frame)
    width, height = page.get_size()
    return Shape(width, height)


def render(document: Any, page: Any, plan: Plan, *, with_fields: bool = True) -> Pixels:
    """Draw the page, with form fields and notes or without; grey where there is no colour.

    White where nothing is drawn. Memory: four bytes a pixel while it draws.
    """
    import numpy as np
    import pypdfium2 as pdfium
    from pypdfium2 import raw

    bitmap = pdfium.PdfBitmap.new_native(
        plan.width, plan.height, raw.FPDFBitmap_BGR, rev_byteorder=True
    )
    try:
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, plan.width, plan.height)
        flags = raw.FPDF_REVERSE_BYTE_ORDER | (raw.FPDF_ANNOT if with_fields else 0)
        arguments = (bitmap, page, 0, 0, plan.width, plan.height, 0, flags)
        raw.FPDF_RenderPageBitmap(*arguments)
        if document.formenv and with_fields:
            raw.FPDF_FFLDraw(document.formenv, *arguments)
        pixels: Pixels = np.array(bitmap.to_numpy(), dtype=np.uint8, copy=True)
    finally:
        bitmap.close()
    return grey_if_colourless(pixels)


def grey_if_colourless(pixels: Pixels) -> Pixels:
    """H x W where the three channels agree everywhere, else the pixels as they are."""
    import numpy as np

    if pixels.ndim == 2:
        return pixels
    red = pixels[:, :, 0]
    if np.array_equal(red, pixels[:, :, 1]) and np.array_equal(red, pixels[:, :, 2]):
        return np.ascontiguousarray(red)
    return np.ascontiguousarray(pixels)


def shrunk_finding(shrunk: float, number: int, settings: ReadSettings) -> tuple[Finding, ...]:
    if shrunk >= 1.0:
        return ()
    return (
        Finding(
            "page-scaled-down",
            Severity.WARNING,
            f"Page {number} has more than {settings.max_megapixels:g} megapixels; "
            f"it was scaled to {shrunk:.0%} of its size.",
            number,
        ),
    )

"""Where on the paper a signature is seen, and what its picture says."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.evidence import FractionBox
from sohoa.vietnamese import nfc

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class Place:
    """Page (from 1) and box of a visible signature, and the text of its appearance."""

    page: int | None = None
    box: FractionBox | None = None
    text: str = ""


def find_places(pdf: pikepdf.Pdf) -> Callable[[Any], Place]:
    """A look-up from a signature field to its place on the pages of this file."""
    pages: dict[tuple[int, int], int] = {}
    for index, page in enumerate(pdf.pages):
        for note in _items(page.obj.get("/Annots")):
            if hasattr(note, "objgen") and note.is_indirect:
                pages.setdefault(note.objgen, index)

    def place(field: Any) -> Place:
        kids = _items(field.get("/Kids"))
        for widget in (field, *kids):
            index = pages.get(widget.objgen) if widget.is_indirect else None
            if index is not None and "/Rect" in widget:
                box = _fraction(pdf.pages[index], widget["/Rect"])
                if box is None:
                    return Place(index + 1)
                return Place(index + 1, box, _appearance_text(widget))
        return Place()

    return place


def _items(value: Any) -> list[Any]:
    import pikepdf

    return list(value) if isinstance(value, pikepdf.Array) else []


def _fraction(page: pikepdf.Page, rectangle: Any) -> FractionBox | None:
    """The rectangle as shares of the page as it is shown; None for one of no area."""
    try:
        x0, y0, x1, y1 = (float(value) for value in _items(rectangle))
        left, bottom, right, top = (float(value) for value in page.cropbox)
        turn = int(page.obj.get("/Rotate", 0)) % 360
    except (TypeError, ValueError):
        return None
    width, height = abs(right - left), abs(top - bottom)
    if abs(x1 - x0) < 1 or abs(y1 - y0) < 1 or not width or not height:
        return None
    base_x, base_y = min(left, right), max(top, bottom)
    corners = [((x - base_x) / width, (base_y - y) / height) for x in (x0, x1) for y in (y0, y1)]
    turned = [_turned(x, y, turn) for x, y in corners]
    xs, ys = [x for x, _ in turned], [y for _, y in turned]
    return FractionBox(*(round(value, 4) for value in (min(xs), min(ys), max(xs), max(ys))))


def _turned(x: float, y: float, turn: int) -> tuple[float, float]:
    return {90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}.get(turn, (x, y))


def _appearance_text(widget: Any) -> str:
    """The text that the appearance draws; empty for a picture, or where it cannot be read."""
    import pikepdf

    looks = widget.get("/AP")
    normal = looks.get("/N") if isinstance(looks, pikepdf.Dictionary) else None
    if not isinstance(normal, pikepdf.Stream):
        return ""
    try:
        return _text_of_form(normal)
    except Exception:  # a picture of a signature that cannot be drawn proves nothing
        return ""


def _text_of_form(form: Any) -> str:
    import pikepdf
    import pypdfium2

    box = [float(value) for value in _items(form.get("/BBox"))]
    if len(box) != 4:
        return ""
    left, bottom = min(box[0], box[2]), min(box[1], box[3])
    size = (abs(box[2] - box[0]) or 1.0, abs(box[3] - box[1]) or 1.0)
    with pikepdf.new() as sheet:
        page = sheet.add_blank_page(page_size=size)
        copied = sheet.copy_foreign(form)
        copied["/Subtype"] = pikepdf.Name("/Form")
        page.obj["/Resources"] = pikepdf.Dictionary(XObject=pikepdf.Dictionary(A=copied))
        drawing = f"q 1 0 0 1 {-left} {-bottom} cm /A Do Q".encode()
        page.obj["/Contents"] = sheet.make_stream(drawing)
        buffer = io.BytesIO()
        sheet.save(buffer)
    with pypdfium2.PdfDocument(buffer.getvalue()) as document:
        text = document[0].get_textpage().get_text_bounded()
    return "\n".join(
        line for line in (" ".join(row.split()) for row in nfc(text).splitlines()) if line
    )

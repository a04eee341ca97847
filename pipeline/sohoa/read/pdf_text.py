"""The embedded text of one PDF page and of what its form fields draw, read with pdfplumber.

For each page a small PDF is made in memory: first the page alone, then one blank page of the same
shape for each visible field, with that field's appearance drawn in its place. So each word's
origin is known, and pdfplumber never sees more than one page's worth of objects. The original is
only read.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sohoa.read.pdf_boxes import numbers, rotation_of, shown_box, shown_rect
from sohoa.read.pdf_guard import check_pictures, check_streams
from sohoa.read.pieces import Piece, pieces_of
from sohoa.read.settings import ReadSettings

if TYPE_CHECKING:
    import pikepdf

_INVISIBLE, _HIDDEN, _NO_VIEW = 1, 2, 32
_NOT_DRAWN = ("/Link", "/Popup")
_MOST_FIELDS = 60
_FEWEST_CURVES = 4
_SHORTEST_RULE_PT = 8.0
_WIDEST_RULE_PT = 2.5
_MOST_RULES = 2000


@dataclass(frozen=True, slots=True)
class Drawn:
    """One visible annotation; ``rect`` in points of the shown page (left, top, right, bottom).

    ``picture_height``: how high what it draws besides text is, in points; 0 where it draws none.
    """

    name: str
    subtype: str
    is_signature: bool
    rect: tuple[float, float, float, float]
    pieces: tuple[Piece, ...]
    picture_height: float


@dataclass(frozen=True, slots=True)
class PageText:
    """``width`` and ``height`` in points as shown; pieces of the page itself; what fields draw.

    ``rules``: upright rules (table borders) as x, top, bottom.
    """

    width: float
    height: float
    pieces: tuple[Piece, ...]
    drawn: tuple[Drawn, ...]
    rules: tuple[tuple[float, float, float], ...] = ()


def read_text(page: pikepdf.Page, settings: ReadSettings) -> PageText:
    """The page's words and its fields' words; ``TooMuchDataError`` for a page made to burst."""
    import logging

    import pdfplumber

    # pdfminer warns of every odd font; what matters of that shows in the words.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    check_pictures(page, settings)
    packed, fields = _small_copy(page, settings)
    with pdfplumber.open(io.BytesIO(packed)) as plumbed:
        pages = plumbed.pages
        first = pages[0]
        width, height = float(first.width), float(first.height)
        pieces = _inside(pieces_of(first.chars), width, height)
        rules = _upright_rules(first)
        first.close()
        drawn = []
        for index, (field, shown) in enumerate(zip(fields, pages[1:], strict=True)):
            own = _inside(pieces_of(shown.chars, owner=index), width, height)
            picture = _picture_height(shown)
            shown.close()
            if own or picture:
                drawn.append((field, own, picture))
    rotation = rotation_of(page)
    box = shown_box(page)
    found = []
    for index, (field, own, picture) in enumerate(drawn):
        renumbered = tuple(_owned(piece, index) for piece in own)
        rect = shown_rect(numbers(field.get("/Rect")), box, rotation)
        found.append(
            Drawn(
                _full_name(field),
                str(field.get("/Subtype", "")).lstrip("/"),
                _inherited(field, "/FT") == "/Sig",
                rect,
                renumbered,
                picture,
            )
        )
    return PageText(width, height, pieces, tuple(found), rules)


def _picture_height(page: Any) -> float:
    """Height of the pictures and the drawn curves together; a frame or a rule is none."""
    shapes = [*page.images, *(page.curves if len(page.curves) >= _FEWEST_CURVES else ())]
    if not shapes:
        return 0.0
    top = max(0.0, min(float(shape["top"]) for shape in shapes))
    bottom = min(float(page.height), max(float(shape["bottom"]) for shape in shapes))
    return max(1.0, bottom - top)


def _upright_rules(page: Any) -> tuple[tuple[float, float, float], ...]:
    """Upright strokes, and the sides of drawn boxes, that are higher than a line of text."""
    found = set()
    for shape in (*page.lines, *page.rects):
        left, right = float(shape["x0"]), float(shape["x1"])
        top, bottom = float(shape["top"]), float(shape["bottom"])
        if bottom - top < _SHORTEST_RULE_PT:
            continue
        # A wide box that is only filled is shading; its sides are no rules.
        if right - left > _WIDEST_RULE_PT and not shape.get("stroke"):
            continue
        for x in {round(left, 1), round(right, 1)}:
            found.add((x, round(top, 1), round(bottom, 1)))
            if len(found) >= _MOST_RULES:
                return tuple(sorted(found))
    return tuple(sorted(found))


def _owned(piece: Piece, owner: int) -> Piece:
    return replace(piece, owner=owner)


def _inside(pieces: tuple[Piece, ...], width: float, height: float) -> tuple[Piece, ...]:
    """Only what is on the shown page; a crop box may hide text."""
    return tuple(
        piece
        for piece in pieces
        if 0 <= (piece.left + piece.right) / 2 <= width
        and 0 <= (piece.top + piece.bottom) / 2 <= height
    )


def _contents(page: Any) -> list[Any]:
    """The content streams of a page, one or several."""
    import pikepdf

    contents = page.get("/Contents")
    return list(contents) if isinstance(contents, pikepdf.Array) else [contents]


def _small_copy(page: pikepdf.Page, settings: ReadSettings) -> tuple[bytes, list[Any]]:
    import pikepdf

    left, bottom, right, top = shown_box(page)
    # The copy's origin is the corner of the shown box: pdfplumber turns pages about the origin.
    box = pikepdf.Array([0, 0, round(right - left, 4), round(top - bottom, 4)])
    shift = f"q 1 0 0 1 {-left:.4f} {-bottom:.4f} cm\n".encode()
    rotation = rotation_of(page)
    with pikepdf.new() as small:
        with warnings.catch_warnings():
            # The fields are taken off the copy just below.
            warnings.simplefilter("ignore")
            small.pages.append(page)
        copy = small.pages[0]
        for key in ("/Annots", "/CropBox", "/UserUnit", "/Thumb", "/B", "/Metadata", "/AA"):
            if key in copy.obj:
                del copy.obj[key]
        copy.obj["/MediaBox"] = box
        copy.obj["/Rotate"] = rotation
        _drop_pictures(copy.obj)
        # Content is parsed below to see which resources it uses: it must be known to be small.
        check_streams(_contents(copy.obj), settings)
        copy.contents_add(shift, prepend=True)
        fields = []
        for annotation in _visible(page):
            stream = annotation.get_appearance_stream(pikepdf.Name.N)
            content = annotation.get_page_content_for_appearance(pikepdf.Name.Fx0, 0)
            blank = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=box,
                Rotate=rotation,
                Resources=pikepdf.Dictionary(
                    XObject=pikepdf.Dictionary(Fx0=small.copy_foreign(stream))
                ),
                Contents=small.make_stream(shift + content),
            )
            small.pages.append(pikepdf.Page(small.make_indirect(blank)))
            fields.append(annotation.obj)
        small.remove_unreferenced_resources()
        check_streams(small.objects, settings)
        buffer = io.BytesIO()
        small.save(
            buffer, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none
        )
    return buffer.getvalue(), fields


def _drop_pictures(page: Any) -> None:
    """The scan itself is of no use to a reader of text, and large."""
    resources = page.get("/Resources", {})
    pictures = resources.get("/XObject", {})
    for name in list(pictures.keys()):
        try:
            if pictures[name].get("/Subtype") == "/Image":
                del pictures[name]
        except (AttributeError, TypeError, ValueError):
            continue


def _visible(page: pikepdf.Page) -> list[pikepdf.Annotation]:
    """Annotations that a viewer draws: not hidden, with an appearance and an area."""
    import pikepdf

    found: list[pikepdf.Annotation] = []
    listed = page.obj.get("/Annots")
    if not isinstance(listed, pikepdf.Array):
        return found
    for item in listed:
        if len(found) >= _MOST_FIELDS:
            break
        try:
            if item.get("/Subtype") in _NOT_DRAWN:
                continue
            if int(item.get("/F", 0)) & (_INVISIBLE | _HIDDEN | _NO_VIEW):
                continue
            if numbers(item.get("/Rect")) is None:
                continue
            annotation = pikepdf.Annotation(item)
            stream = annotation.get_appearance_stream(pikepdf.Name.N)
            if isinstance(stream, pikepdf.Stream):
                found.append(annotation)
        except (AttributeError, TypeError, ValueError, pikepdf.PdfError):
            continue
    return found


def _inherited(field: Any, key: str) -> Any:
    for _ in range(8):
        if key in field:
            return field[key]
        if "/Parent" not in field:
            return None
        field = field["/Parent"]
    return None


def _full_name(field: Any) -> str:
    parts = []
    for _ in range(8):
        if "/T" in field and str(field.get("/Subtype", "/Widget")) == "/Widget":
            parts.append(str(field["/T"]))
        if "/Parent" not in field:
            break
        field = field["/Parent"]
    return ".".join(reversed(parts))

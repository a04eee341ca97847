"""``searchable.pdf``: the scan's own pictures, and the restored text unseen above them.

After it: a fresh PDF/A-2b. Pictures are those of the original, byte for byte, where its page is
made of pictures; what fields and notes draw over them (visible signatures, stamps) is flattened
into the page; a page that is no scan is drawn anew, without loss. Words stand over their ink in
reading order. Signatures of the original cannot be carried over: they are described, and hold in
the original alone. Where the check of the written file finds anything, PDF/A is not claimed.
"""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sohoa.export.original import Exported, Original, OriginalFile
from sohoa.export.searchable_pdf_compare import compare, draw_first_page
from sohoa.export.searchable_pdf_font import GlyphlessFont
from sohoa.export.searchable_pdf_images import (
    UnfitPictureError,
    copy_picture,
    jpeg_picture,
    pixel_picture,
    upright_matrix,
)
from sohoa.export.searchable_pdf_metadata import outline_of, set_metadata
from sohoa.export.searchable_pdf_pages import Matrix, picture_page
from sohoa.export.searchable_pdf_text import Sheet, set_page, text_content
from sohoa.model import Finding, Page, PageImage, Severity
from sohoa.record import Record

if TYPE_CHECKING:
    import pikepdf

    from sohoa.export.searchable_pdf_carried import ComposedFile

_HEAD_BYTES = 1024
_NOT_CLAIMED = "pdfa-not-claimed"
_AS_IT_STANDS: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_A4_PT = (595.28, 841.89)


@dataclass(frozen=True, slots=True, eq=False)
class _Placed:
    """A picture in the new file, where it lies on the page (points), what a stencil is painted."""

    stream: Any
    matrix: Matrix
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)


@dataclass(slots=True, eq=False)
class _Built:
    """``is_file``: the page is a picture file, over which nothing can lie.

    ``sure``: it is one picture and nothing else, so there is nothing to compare. ``composed``: it
    was no scan, and is taken over as it is drawn.
    """

    width_pt: float
    height_pt: float
    pictures: list[_Placed]
    is_file: bool = False
    sure: bool = False
    composed: bool = False
    findings: list[Finding] = field(default_factory=list)


def export(record: Record, original: Original) -> bytes:
    """The searchable PDF alone."""
    return make(record, original).data


def make(record: Record, original: Original) -> Exported:
    """The searchable PDF, and findings on pages drawn anew and on the PDF/A claim.

    Composed pages that break the rules of PDF/A are drawn; so are all of the file, where it cannot
    be told which one does.
    """
    made, composed = _assembled(record, original, compose=True)
    if composed and any(each.code == _NOT_CLAIMED for each in made.findings):
        made, _ = _assembled(record, original, compose=False)
    return made


def _assembled(record: Record, original: Original, *, compose: bool) -> tuple[Exported, bool]:
    """The file, and whether it holds pages that were composed and not scanned."""
    import pikepdf

    findings: list[Finding] = []
    composed = False
    with pikepdf.new() as pdf, _Files(pdf, compose=compose) as files:
        sheets = []
        for page in record.pages:
            built = _build(files, page, original)
            findings += built.findings
            composed |= built.composed
            _add_page(pdf, built)
            sheets.append(Sheet(built.width_pt, built.height_pt, page))
        _add_text(pdf, sheets)
        _add_outline(pdf, record, sheets)
        set_metadata(pdf, record, claim=True)
        data = _saved(pdf)
        why = check_pdfa(data)
        if why:
            set_metadata(pdf, record, claim=False)
            data = _saved(pdf)
            findings.append(Finding(_NOT_CLAIMED, Severity.WARNING, why))
    return Exported(data, tuple(findings)), composed


def renew(data: bytes, record: Record) -> bytes | None:
    """The searchable PDF of a record whose fields were corrected: title, author, outline anew.

    Pages stay as they are. None for a file that is signed, which any change would break.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        if "/AcroForm" in pdf.Root or len(pdf.pages) != len(record.pages):
            return None
        claimed = b"<pdfaid:part>" in pdf.Root.Metadata.read_bytes()
        sheets = [
            Sheet(float(made.mediabox[2]), float(made.mediabox[3]), page)
            for made, page in zip(pdf.pages, record.pages, strict=True)
        ]
        if "/Outlines" in pdf.Root:
            del pdf.Root.Outlines
        _add_outline(pdf, record, sheets)
        set_metadata(pdf, record, claim=claimed)
        return _saved(pdf)


def check_pdfa(data: bytes) -> str:
    """Why a file is no PDF/A-2b, by pikepdf's validator; empty where it is one."""
    try:
        from pikepdf import pdfa

        report = pdfa.validate_written(io.BytesIO(data), "2b")
    except ImportError as error:
        return f"PDF/A could not be checked, so it is not claimed ({error})."
    if report.passed:
        return ""
    rules = sorted({f"{each.rule} {each.message}" for each in report.findings})
    return f"The file is a plain PDF, no PDF/A-2b: {'; '.join(rules[:4])}."


def _saved(pdf: pikepdf.Pdf) -> bytes:
    from pikepdf import ObjectStreamMode

    data = io.BytesIO()
    pdf.save(
        data,
        deterministic_id=True,
        min_version="1.7",
        object_stream_mode=ObjectStreamMode.generate,
        compress_streams=True,
    )
    return data.getvalue()


class _Files:
    """The original's files, opened once each; streams already copied are not copied again."""

    def __init__(self, pdf: pikepdf.Pdf, *, compose: bool) -> None:
        self.pdf = pdf
        self._compose = compose
        self._composed: dict[int, ComposedFile | None] = {}
        self._opened: dict[int, Any] = {}
        self._copied: dict[tuple[int, Any], Any] = {}

    def __enter__(self) -> _Files:
        return self

    def __exit__(self, *_: object) -> None:
        for opened in self._opened.values():
            if not isinstance(opened, bytes):
                opened.close()
        for each in self._composed.values():
            if each is not None:
                each.close()

    def open(self, file: OriginalFile) -> Any:
        """A PDF as pikepdf opens it, any other file as its bytes."""
        import pikepdf

        if id(file) not in self._opened:
            data = file.read()
            start = data[:_HEAD_BYTES].find(b"%PDF-")
            opened: Any = data
            if start >= 0:
                with suppress(pikepdf.PdfError, pikepdf.PasswordError):
                    opened = pikepdf.open(io.BytesIO(data[start:]), suppress_warnings=True)
            self._opened[id(file)] = opened
        return self._opened[id(file)]

    def composed(self, file: OriginalFile) -> ComposedFile | None:
        """The file ready to have its composed pages taken over; None where that cannot be."""
        from sohoa.export.searchable_pdf_carried import ComposedFile

        if not self._compose or isinstance(self.open(file), bytes):
            return None
        if id(file) not in self._composed:
            self._composed[id(file)] = None
            data = file.read()
            # Whatever is wrong with so free a format, the page can still be drawn.
            with suppress(Exception):
                self._composed[id(file)] = ComposedFile.of(data[data.find(b"%PDF-") :])
        return self._composed[id(file)]

    def copied(self, source: pikepdf.Pdf, stream: Any) -> Any:
        key = (id(source), stream.objgen)
        if key[1] == (0, 0) or key not in self._copied:
            self._copied[key] = copy_picture(self.pdf, source, stream)
        return self._copied[key]


def _build(files: _Files, page: Page, original: Original) -> _Built:
    """The pictures of one page: the original's own where they are the page, else drawn anew."""
    built = _own_pictures(files, page, original)
    if built is not None and built.sure:
        return built
    drawn = original.draw(page.number)
    if built is not None and drawn is not None and _completed(files, built, drawn):
        return built
    taken = _taken_over(files, page, original) if drawn is not None else None
    if taken is not None and drawn is not None and _completed(files, taken, drawn):
        return taken
    if drawn is not None:
        finding = Finding(
            "page-drawn-anew",
            Severity.INFO,
            f"Page {page.number} is no plain scan: in the searchable PDF it was drawn "
            f"at {drawn.dpi:.0f} dpi, without loss.",
            page.number,
        )
        width, height = _size_pt(page)
        stream = pixel_picture(files.pdf, drawn.pixels)
        placed = _Placed(stream, upright_matrix(1, width, height))
        return _Built(width, height, [placed], findings=[finding])
    if built is not None:
        return built
    width, height = _size_pt(page)
    message = f"Page {page.number} has no picture in the searchable PDF: it could not be drawn."
    finding = Finding("page-without-picture", Severity.WARNING, message, page.number)
    return _Built(width, height, [], findings=[finding])


def _own_pictures(files: _Files, page: Page, original: Original) -> _Built | None:
    import pikepdf

    place = original.place(page.number)
    if place is None:
        return None
    file, index = place
    try:
        opened = files.open(file)
        if isinstance(opened, bytes):
            found = jpeg_picture(files.pdf, opened)
            if found is None:
                return None
            width, height = _size_pt(page)
            matrix = upright_matrix(found[1], width, height)
            sure = found[1] == 1
            return _Built(width, height, [_Placed(found[0], matrix)], is_file=True, sure=sure)
        layout = picture_page(opened.pages[index])
        if layout is None:
            return None
        placed = [
            _Placed(files.copied(opened, each.stream), each.matrix, each.colour)
            for each in layout.pictures
        ]
    except (pikepdf.PdfError, UnfitPictureError, OSError, ValueError, KeyError, IndexError):
        return None
    return _Built(layout.width_pt, layout.height_pt, placed, sure=layout.alone)


def _taken_over(files: _Files, page: Page, original: Original) -> _Built | None:
    """A page that was composed, as it is drawn, without its fields and notes."""
    place = original.place(page.number)
    file = files.composed(place[0]) if place is not None else None
    if place is None or file is None:
        return None
    try:
        form, width, height = file.take(files.pdf, place[1])
    except Exception:
        return None
    return _Built(width, height, [_Placed(form, _AS_IT_STANDS)], composed=True)


def _completed(files: _Files, built: _Built, drawn: PageImage) -> bool:
    """Whether the pictures show the scan; what lies over them is added to ``built``."""
    import pikepdf

    with pikepdf.new() as single:
        _add_page(single, built, foreign=True)
        data = io.BytesIO()
        single.save(data)
    result = compare(drawn.pixels, draw_first_page(data.getvalue(), drawn.width, drawn.height))
    if not result.understood:
        return False
    if built.is_file:
        return True
    across, down = built.width_pt / drawn.width, built.height_pt / drawn.height
    for overlay in result.overlays:
        box = overlay.bbox
        matrix = (
            box.width * across, 0.0, 0.0, box.height * down,
            box.left * across, built.height_pt - box.bottom * down,
        )  # fmt: skip
        stream = pixel_picture(files.pdf, overlay.pixels, overlay.mask)
        built.pictures.append(_Placed(stream, matrix))
    if result.overlays:
        built.findings.append(
            Finding(
                "marks-flattened",
                Severity.INFO,
                f"What lies over the scan of page {drawn.number} (visible signatures, stamps, "
                f"notes) was drawn into the searchable PDF at {drawn.dpi:.0f} dpi.",
                drawn.number,
            )
        )
    return True


def _size_pt(page: Page) -> tuple[float, float]:
    if not (page.width and page.height and page.dpi):
        return _A4_PT
    return page.width * 72 / page.dpi, page.height * 72 / page.dpi


def _add_page(pdf: pikepdf.Pdf, built: _Built, *, foreign: bool = False) -> None:
    from pikepdf import Array, Dictionary, Name

    pictures, parts = Dictionary(), []
    for index, placed in enumerate(built.pictures):
        name = f"/Im{index}"
        pictures[name] = pdf.copy_foreign(placed.stream) if foreign else placed.stream
        colour = " ".join(_number(each) for each in placed.colour)
        matrix = " ".join(_number(each) for each in placed.matrix)
        stencil = f"{colour} rg " if placed.stream.get("/ImageMask", False) else ""
        parts.append(f"q {stencil}{matrix} cm {name} Do Q\n")
    page = Dictionary(
        Type=Name.Page,
        MediaBox=Array([0, 0, round(built.width_pt, 3), round(built.height_pt, 3)]),
        Resources=Dictionary(XObject=pictures),
        Contents=pdf.make_stream("".join(parts).encode()),
    )
    pdf.pages.append(_page(pdf, page))


def _page(pdf: pikepdf.Pdf, page: Any) -> Any:
    from pikepdf import Page as PikePage

    return PikePage(pdf.make_indirect(page))


def _number(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".") or "0"


def _add_text(pdf: pikepdf.Pdf, sheets: list[Sheet]) -> None:
    texts = [set_page(sheet) for sheet in sheets]
    used = [each for page in texts for each in page]
    if not used:
        return
    font = GlyphlessFont.for_text((each.text for each in used), (each.reach for each in used))
    embedded = font.embed(pdf)
    for page, its in zip(pdf.pages, texts, strict=True):
        if its:
            page.obj.Resources.Font = embedded
            page.contents_add(text_content(its, font))


def _add_outline(pdf: pikepdf.Pdf, record: Record, sheets: list[Sheet]) -> None:
    from pikepdf import OutlineItem

    index_of = {sheet.page.number: index for index, sheet in enumerate(sheets)}
    tops = {word.id: word.bbox for sheet in sheets for word in sheet.page.words()}
    entries = [each for each in outline_of(record.directive) if each.page in index_of]
    if not entries:
        return
    with pdf.open_outline() as outline:
        path: list[Any] = []
        for entry in entries:
            sheet = sheets[index_of[entry.page]]
            box = tops.get(entry.word)
            top = sheet.height_pt - box.top * sheet.y if box else sheet.height_pt
            item = OutlineItem(
                entry.text, index_of[entry.page], "XYZ", left=0, top=round(top + 6, 2), zoom=0
            )
            del path[entry.depth :]
            (path[-1].children if path else outline.root).append(item)
            path.append(item)

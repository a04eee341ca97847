"""``text.hocr``: words with their boxes as hOCR 1.2, all pages in one file, in reading order.

``x_wconf`` is the confidence of a word in percent; what the engine read first stands in ``title``
of the word as ``x_recognized`` where a stage changed it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from sohoa.export.plain_text import printable
from sohoa.export.searchable_pdf_metadata import title_of
from sohoa.geometry import BBox
from sohoa.model import Block, BlockKind, Line, LineKind, Page, Word
from sohoa.record import Record


def export(record: Record) -> bytes:
    """UTF-8 XHTML; the same record gives the same bytes."""
    from sohoa import __version__

    title = _attribute(title_of(record.directive, record.source.name))
    head = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        (
            '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" '
            '"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">'
        ),
        '<html xmlns="http://www.w3.org/1999/xhtml" xml:lang="vi" lang="vi">',
        "<head>",
        f"<title>{title}</title>",
        '<meta http-equiv="Content-Type" content="text/html; charset=utf-8"/>',
        f'<meta name="ocr-system" content="sohoa {__version__}"/>',
        (
            '<meta name="ocr-capabilities" content="ocr_page ocr_carea ocr_table ocr_par ocr_line '
            'ocrx_word ocrp_wconf ocrp_lang"/>'
        ),
        '<meta name="ocr-langs" content="vi"/>',
        f'<meta name="ocr-number-of-pages" content="{len(record.pages)}"/>',
        "</head>",
        "<body>",
    ]
    body = [line for page in record.pages for line in _page(page, record.source.name)]
    return ("\n".join([*head, *body, "</body>", "</html>"]) + "\n").encode()


def _page(page: Page, name: str) -> Iterator[str]:
    box = _bbox(BBox(0, 0, page.width, page.height))
    scan = f"; scan_res {page.dpi:.0f} {page.dpi:.0f}" if page.dpi else ""
    # The name stands in quotes of its own inside the title.
    image = _attribute(name.replace('"', "'"))
    title = f"image &quot;{image}&quot;; {box}; ppageno {page.number - 1}{scan}"
    yield f'<div class="ocr_page" id="page_{page.number}" title="{title}">'
    for number, block in enumerate(page.blocks, start=1):
        yield from _block(block, f"{page.number}_{number}")
    yield "</div>"


def _block(block: Block, ident: str) -> Iterator[str]:
    if block.kind is BlockKind.TABLE:
        yield f'<div class="ocr_table" id="table_{ident}" title="{_bbox(block.bbox)}">'
        for cell in block.cells:
            name = f"{ident}_{cell.row + 1}_{cell.column + 1}"
            yield from _area(cell.lines, cell.bbox, name)
        yield "</div>"
    else:
        yield from _area(block.lines, block.bbox, ident)


def _area(lines: tuple[Line, ...], box: BBox, ident: str) -> Iterator[str]:
    told = [line for line in lines if line.kind is not LineKind.NOISE]
    if not told:
        return
    yield f'<div class="ocr_carea" id="block_{ident}" title="{_bbox(box)}">'
    yield f'<p class="ocr_par" id="par_{ident}" lang="vi" title="{_bbox(box)}">'
    for number, line in enumerate(told, start=1):
        yield f'<span class="ocr_line" id="line_{ident}_{number}" title="{_bbox(line.bbox)}">'
        yield " ".join(_word(word) for word in line.words)
        yield "</span>"
    yield "</p>"
    yield "</div>"


def _word(word: Word) -> str:
    title = f"{_bbox(word.bbox)}; x_wconf {round(word.confidence * 100)}"
    if word.recognized != word.text:
        recognized = _attribute(printable(word.recognized).replace('"', "'"))
        title += f"; x_recognized &quot;{recognized}&quot;"
    text = _attribute(printable(word.text))
    return f'<span class="ocrx_word" id="{_attribute(word.id)}" title="{title}">{text}</span>'


def _bbox(box: BBox) -> str:
    return f"bbox {box.left} {box.top} {box.right} {box.bottom}"


def _attribute(text: str) -> str:
    return escape(printable(text), quote=True)

"""``text.txt``: the printed lines in reading order, as they stand on the paper.

One printed line a line; a table row a line, its cells set apart by a tab; a form feed between
pages, none after the last. Folios, and what is no print of the document (seals, stamps, signature
appearances, specks), are left out: they stay in ``record.json``. The ownership notice is printed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from sohoa.model import Block, BlockKind, Cell, Line, LineKind, Page
from sohoa.record import Record

PRINTED = frozenset({LineKind.TEXT, LineKind.OWNERSHIP})

_PAGE_BREAK = "\f"


def export(record: Record) -> bytes:
    """UTF-8 text; ends with one newline even where nothing was read."""
    pages = ["\n".join(printed_lines(page)) for page in record.pages]
    text = ("\n" + _PAGE_BREAK).join(pages)
    return (text + "\n").encode("utf-8", errors="replace")


def printed_lines(page: Page) -> Iterator[str]:
    """The printed lines of a page in reading order, a table row as one line."""
    for block in page.blocks:
        if block.kind is BlockKind.TABLE:
            for row in table_rows(block):
                if any(row):
                    yield "\t".join(row)
        for line in block.lines:
            if line.kind in PRINTED and (text := line_text(line)):
                yield text


def table_rows(block: Block) -> tuple[tuple[str, ...], ...]:
    """The cells' texts, all rows of the same length; what a span covers is an empty text.

    Row and column numbers come from the finder of tables and may have gaps: rows without a cell
    are left out, columns are kept, so that what stands below each other stays below each other.
    """
    columns = 1 + max((cell.column for cell in block.cells), default=-1)
    rows: dict[int, list[str]] = {}
    for cell in block.cells:
        row = rows.setdefault(cell.row, [""] * columns)
        row[cell.column] = f"{row[cell.column]} {_cell_text(cell)}".strip()
    return tuple(tuple(rows[number]) for number in sorted(rows))


def line_text(line: Line) -> str:
    """The words of a line, one space between, without control characters."""
    return " ".join(word for each in line.words if (word := printable(each.text)))


def _cell_text(cell: Cell) -> str:
    return " ".join(line_text(line) for line in cell.lines if line.kind in PRINTED)


def printable(text: str) -> str:
    """The text without control characters and lone surrogates.

    An embedded layer can hold any character; a terminal escape or a NUL has no place in a text
    file. Tab and newline are kept: words never hold them, units of the body may.
    """
    if text.isprintable():
        return text
    return "".join(
        character
        for character in text
        if character in "\t\n" or unicodedata.category(character) not in ("Cc", "Cs")
    )

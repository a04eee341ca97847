"""Rows joined to paragraphs, across lines and pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sohoa.structure.labels import Style, read_label
from sohoa.structure.rows import Row, Sheet


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Rows that read as one paragraph; ``table`` marks the rows of one table, cell by cell."""

    rows: tuple[Row, ...]
    table: bool = False

    @property
    def text(self) -> str:
        return join_rows(self.rows)

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(i for row in self.rows for i in row.ids)


def join_rows(rows: Iterable[Row]) -> str:
    """The words of the rows with blanks between; none where a row ends inside a token.

    ``143/STC-`` + ``HCSN`` and ``Phát thanh-`` + ``Truyền hình`` are joined as printed; a lone
    dash at the end of a row keeps its blanks.
    """
    joined = ""
    for row in rows:
        text = row.text
        if not joined:
            joined = text
            continue
        if re.search(r"\d[-–]$", joined) and re.match(r"[-–]\d", text):
            text = text[1:]  # 2017- / -2018: the old way to break a span of years
        last = joined.rsplit(" ", 1)[-1]
        glued = len(last) > 1 and (
            (last[-1] in "-‑" and last[-2].isalnum()) or (last[-1] == "/" and last[-2].isalnum())
        )
        open_end = last[-1:] in "/" and text[:1].isdigit()
        joined += text if glued or open_end else " " + text
    return joined


_PREAMBLE = re.compile(r"^\W*(?:can cu |theo de nghi |xet de nghi |xet to trinh )")
_FULL_STOP = re.compile(r"[.;:!?][\"”’)\]]*\W*$|\./\.\W*$")


def paragraphs_of(rows: Sequence[Row], sheets: dict[int, Sheet]) -> tuple[Paragraph, ...]:
    """The rows as paragraphs, in order, every row in exactly one of them."""
    found: list[list[Row]] = []
    indents = _indents(rows, sheets)
    last: dict[Style, tuple[int, ...]] = {}
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        if before is not None and _same_table(row, before):
            found[-1].append(row)
        elif (
            before is None
            or row.cell is not None
            or before.cell is not None
            or _begins(row, before, sheets, indents=indents)
            or _next_label(row, before, last)
        ):
            found.append([row])
            label = read_label(row.text)
            if label is not None:
                last[label.style] = label.path
        else:
            found[-1].append(row)
    return tuple(Paragraph(tuple(part), part[0].cell is not None) for part in found)


def _next_label(row: Row, before: Row, last: dict[Style, tuple[int, ...]]) -> bool:
    """Whether the row begins with the number after the last one of its kind, not indented."""
    label = read_label(row.text)
    if label is None or not Style.ROMAN <= label.style <= Style.DECIMAL_5:
        return False
    previous = last.get(label.style)
    rest = row.text[label.length :].lstrip()
    return (
        bool(_FULL_STOP.search(before.text))
        and rest[:1].isupper()
        and previous is not None
        and label.path == (*previous[:-1], previous[-1] + 1)
    )


def _same_table(row: Row, before: Row) -> bool:
    return (
        row.cell is not None
        and before.cell is not None
        and row.cell[0] == before.cell[0]
        and row.page == before.page
    )


def _indents(rows: Sequence[Row], sheets: dict[int, Sheet]) -> bool:
    """Whether this paper indents the first line of a paragraph, as the forms prescribe."""
    seen = [0, 0]
    for before, row in pairwise(rows):
        if row.cell is not None or sheets[row.page].plain or row.page != before.page:
            continue
        if _FULL_STOP.search(before.text) and _is_short(before, sheets[before.page]):
            seen[_indent(row, sheets[row.page])] += 1
    return seen[1] > seen[0]


def _begins(row: Row, before: Row, sheets: dict[int, Sheet], *, indents: bool) -> bool:
    """Whether a new paragraph begins with this row."""
    sheet = sheets[row.page]
    label = read_label(row.text)
    ended = bool(_FULL_STOP.search(before.text))
    short = _is_short(before, sheets[before.page])
    indented = not sheet.plain and _indent(row, sheet) > 0
    # "Căn cứ …," and the next one: that comma is a semicolon that was misread.
    basis = _PREAMBLE.match(row.folded) and row.text[:1].isupper() and before.text[-1:] in ",;."
    strong = label is not None and label.strong and (ended or short or indented or row.is_caps)
    if basis or strong:
        return True
    if row.is_caps and before.is_caps and len(row.words) > 1:
        # Two rows of one heading, unless the one above was complete or a label opens the row.
        return label is not None or ended
    if row.is_caps and not before.is_caps and len(row.words) > 2:
        return True
    if before.is_caps and not row.is_caps and len(before.words) > 2 and row.text[:1].isupper():
        return True
    if sheet.plain:
        headed = label is not None and label.ordinal == 1 and _is_article(before)
        ended = ended or headed
        return _begins_plain(row, before, ended=ended, short=short, labelled=label is not None)
    if label is not None and (indented or short or (ended and not indents)):
        return True
    if indented and (ended or short or row.text[:1].isupper()):
        return not _centred_pair(row, before, sheet) or ended
    return short and (ended or row.text[:1].isupper())


def _is_article(row: Row) -> bool:
    """``Điều 3. Phạm vi`` on one row: its first khoản follows without a full stop before it."""
    label = read_label(row.text)
    return label is not None and label.style is Style.ARTICLE


def _begins_plain(row: Row, before: Row, *, ended: bool, short: bool, labelled: bool) -> bool:
    if labelled:
        return ended or short
    upper = row.text[:1].isupper() or row.text[:1] in '“"('
    if ended and upper and _PREAMBLE.match(row.folded):
        return True
    if ended:
        return upper and (short or before.text.rstrip().endswith((";", ":", "./.")))
    return short and upper


def _is_short(row: Row, sheet: Sheet) -> bool:
    """Whether the row ends well before the right margin."""
    if sheet.plain:
        return row.bbox.right < sheet.left + 0.82 * sheet.text_width
    return sheet.share(row.bbox.right) < 0.9


def _indent(row: Row, sheet: Sheet) -> int:
    """1 for a row that begins inside the left margin as first lines do, 0 for others."""
    inside = row.bbox.left - sheet.left
    return 1 if inside > max(0.028 * sheet.text_width, 0.8 * sheet.line_height) else 0


def _centred_pair(row: Row, before: Row, sheet: Sheet) -> bool:
    """Two rows of one centred heading."""
    same_axis = abs(row.bbox.center_x - before.bbox.center_x) < 0.04 * sheet.text_width
    return same_axis and _indent(before, sheet) > 0 and row.bbox.width < 0.9 * sheet.text_width

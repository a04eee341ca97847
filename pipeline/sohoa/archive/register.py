"""The register of a batch (mục lục văn bản): what each paper is, all fields, what to check.

Three sheets: the register as archives keep it, all fields of Thông tư 05/2025/TT-BNV, and what a
person should look at. A hidden column holds the id of each record: by it a corrected register is
read back.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sohoa.archive.fields import Level, fill_document, profile
from sohoa.archive.operator_metadata import OperatorMetadata
from sohoa.directive import Leaf
from sohoa.explain import explain
from sohoa.model import Severity
from sohoa.record import Record

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

REGISTER, FIELDS, CHECK = "Mục lục văn bản", "Trường TT 05", "Cần kiểm tra"
ID = "Mã bản ghi"
COLUMNS = (
    "STT", "Số, ký hiệu", "Ngày tháng", "Tên loại và trích yếu nội dung", "Tác giả",
    "Tờ số / Số trang", "Ghi chú", "Tệp", ID,
)  # fmt: skip
_WIDTHS = {
    "STT": 6, "Số, ký hiệu": 20, "Ngày tháng": 13, "Tên loại và trích yếu nội dung": 60,
    "Tác giả": 34, "Tờ số / Số trang": 12, "Ghi chú": 30, "Tệp": 30, ID: 12,
    "Nội dung": 60, "Giá trị": 40,
}  # fmt: skip
_CHECK_COLUMNS = ("Tệp", "Trang", "Mức", "Về", "Nội dung", "Giá trị", "Độ tin cậy", ID)
_LEVELS = {Severity.ERROR: "lỗi", Severity.WARNING: "cảnh báo", Severity.INFO: "thông tin"}
_LOW = 0.7
_FIELDS = (
    ("number", "Số"), ("symbol", "Ký hiệu"), ("date", "Ngày tháng"), ("type", "Tên loại"),
    ("title", "Trích yếu"), ("issuer", "Tác giả"), ("signer", "Người ký"),
)  # fmt: skip
# A text that begins so is a formula to a spreadsheet; an apostrophe before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t")


@dataclass(frozen=True, slots=True)
class Listed:
    """A document of the register: its record, and where its result lies (a link; may be empty)."""

    record: Record
    link: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the register, as an archivist reads it."""

    number: str
    day: date | None
    title: str
    author: str
    pages: int
    note: str


def row_of(record: Record) -> Row:
    """The register's row of a document; what could not be read is empty, guesses are noted."""
    directive = record.directive
    doubts = [
        label
        for name, label in _FIELDS
        if (leaf := getattr(directive, name)).value and leaf.confidence < _LOW
    ]
    note = f"Cần xem lại: {', '.join(doubts).lower()}" if doubts else ""
    if any(each.severity is Severity.ERROR for each in record.findings):
        note = "; ".join(part for part in (note, "Có trang không đọc được") if part)
    title = " ".join(each.value for each in (directive.type, directive.title) if each.value)
    return Row(
        number=_line(directive.symbol.printed or _joined(directive.number, directive.symbol)),
        day=_day(directive.date.value),
        title=_line(title),
        author=_line(directive.issuer.value or ""),
        pages=len(record.pages),
        note=note,
    )


def write_csv(documents: Sequence[Listed]) -> bytes:
    """The register alone, UTF-8 with a mark that Excel needs; texts are never formulas."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for cells in _register_rows(documents):
        writer.writerow([_csv_cell(cell) for cell in cells])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(documents: Sequence[Listed], operator: OperatorMetadata | None = None) -> bytes:
    """The workbook with its three sheets; filters, a header that stays, days as days."""
    from openpyxl import Workbook

    book = Workbook()
    _register_sheet(book, documents)
    _fields_sheet(book, documents, operator or OperatorMetadata())
    _check_sheet(book, documents)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _register_rows(documents: Sequence[Listed]) -> Iterable[list[object]]:
    for number, document in enumerate(documents, start=1):
        row = row_of(document.record)
        yield [
            number, row.number, row.day, row.title, row.author, row.pages, row.note,
            document.record.source.name, document.record.id,
        ]  # fmt: skip


def _register_sheet(book: Workbook, documents: Sequence[Listed]) -> None:
    sheet: Any = book.active
    sheet.title = REGISTER
    _head(sheet, COLUMNS)
    for cells in _register_rows(documents):
        _append(sheet, cells)
    _link(sheet, documents, COLUMNS.index("Tệp") + 1)
    _finish(sheet, COLUMNS)


def _fields_sheet(book: Workbook, documents: Sequence[Listed], operator: OperatorMetadata) -> None:
    sheet = book.create_sheet(FIELDS)
    fields = profile(Level.SIP_DOCUMENT)
    columns = ("STT", *(f"{each.label} ({each.name})" for each in fields), "Tệp", ID)
    _head(sheet, columns)
    for number, document in enumerate(documents, start=1):
        record = document.record
        told = operator.of(record.source.name)
        filled = fill_document(record, told, Level.SIP_DOCUMENT)
        values = [_day_of_list(each.value) if each.field.type == "date" else each.value
                  for each in filled]  # fmt: skip
        _append(sheet, [number, *values, record.source.name, record.id])
    _link(sheet, documents, len(columns) - 1)
    _finish(sheet, columns)


def _check_sheet(book: Workbook, documents: Sequence[Listed]) -> None:
    sheet = book.create_sheet(CHECK)
    _head(sheet, _CHECK_COLUMNS)
    for document in documents:
        record = document.record
        name, ident = record.source.name, record.id
        for each in record.findings:
            if each.severity is not Severity.INFO:
                about = explain(each.code, "vi")
                level = _LEVELS[each.severity]
                _append(sheet, [name, each.page, level, each.code, about, "", None, ident])
        for field, label in _FIELDS:
            leaf = getattr(record.directive, field)
            if leaf.value is None:
                why = "không đọc được hoặc không có trên văn bản"
                _append(sheet, [name, None, "thiếu", label, why, "", None, ident])
            elif leaf.confidence < _LOW:
                others = "; ".join(leaf.candidates[:3])
                why = f"đọc không chắc{f'; có thể là: {others}' if others else ''}"
                shown = round(leaf.confidence, 2)
                _append(sheet, [name, None, "cần xem", label, why, leaf.value, shown, ident])
    _finish(sheet, _CHECK_COLUMNS)


def _head(sheet: Worksheet, columns: Sequence[str]) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    sheet.append(list(columns))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", fgColor="DDE6F0")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _append(sheet: Worksheet, cells: Sequence[object]) -> None:
    from openpyxl.styles import Alignment

    row = sheet.max_row + 1
    for column, value in enumerate(cells, start=1):
        cell: Any = sheet.cell(row=row, column=column)
        if isinstance(value, str):
            # Never a formula, whatever stands on the paper.
            cell.value = _no_controls(value)
            cell.data_type = "s"
            cell.quotePrefix = value.startswith(_FORMULA)
        else:
            cell.value = value
        if isinstance(value, date):
            cell.number_format = "DD/MM/YYYY"
        cell.alignment = Alignment(wrap_text=True, vertical="top")


def _link(sheet: Worksheet, documents: Sequence[Listed], column: int) -> None:
    from openpyxl.styles import Font

    for row, document in enumerate(documents, start=2):
        if document.link:
            cell = sheet.cell(row=row, column=column)
            cell.hyperlink = document.link
            cell.font = Font(underline="single", color="0563C1")


def _finish(sheet: Worksheet, columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{max(sheet.max_row, 1)}"
    for index, name in enumerate(columns, start=1):
        dimension = sheet.column_dimensions[get_column_letter(index)]
        dimension.width = _WIDTHS.get(name, 18)
        dimension.hidden = name == ID
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _csv_cell(value: object) -> str:
    if isinstance(value, date):
        return value.strftime("%d/%m/%Y")
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _joined(number: Leaf, symbol: Leaf) -> str:
    return "/".join(each.value for each in (number, symbol) if each.value)


def _day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _day_of_list(value: str) -> date | str:
    parts = value.split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        try:
            return date(int(parts[2]), int(parts[1]), int(parts[0]))
        except ValueError:
            return value
    return value


def _line(text: str) -> str:
    return " ".join(text.split())


def _no_controls(text: str) -> str:
    return "".join(each for each in text if each.isprintable() or each in "\t\n")

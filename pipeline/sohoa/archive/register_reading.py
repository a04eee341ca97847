"""Registers read back: an office's corrections, and an office's own register beside the scans."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from sohoa.archive.csv_reading import csv_rows
from sohoa.archive.fields import codes
from sohoa.archive.register import FIELDS, ID, REGISTER, row_of
from sohoa.errors import SettingsError
from sohoa.record import Record
from sohoa.vietnamese import strip_marks

_NUMBER = re.compile(r"^(\d+[a-zđ]?)\s*([-/])\s*(.+)$", re.IGNORECASE)
_ALIKE = 80.0
# What the columns of a register may be called, without marks, in lower case.
_HEADS = {
    "number": ("so, ky hieu", "so ky hieu", "so va ky hieu", "so/ky hieu", "so hieu"),
    "day": ("ngay thang", "ngay, thang", "ngay thang nam", "ngay ban hanh", "ngay van ban"),
    "title": (
        "ten loai va trich yeu noi dung", "ten loai va trich yeu", "trich yeu",
        "trich yeu noi dung", "noi dung", "ten loai va trich yeu noi dung van ban",
    ),
    "author": ("tac gia", "co quan ban hanh", "noi ban hanh", "tac gia van ban"),
}  # fmt: skip
_FIELD_OF = {
    "codeNumber": "number", "codeNotation": "symbol", "issuedDate": "date", "organName": "issuer",
    "subject": "title", "typeName": "type",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that the office corrected: which record, which field, what stood, what shall."""

    record: str
    field: str
    before: str
    after: str


class Difference(StrEnum):
    MISSING = "missing"  # in the office's register, not among the scans
    EXTRA = "extra"  # among the scans, not in the office's register
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Compared:
    """A difference between the office's register and what was scanned.

    ``row``: the row of the office's register (from 1), ``name`` the scanned file; either may lack.
    """

    kind: Difference
    row: int | None
    name: str
    field: str = ""
    theirs: str = ""
    ours: str = ""


def read_changes(path: Path, records: Mapping[str, Record]) -> tuple[FieldChange, ...]:
    """What was corrected in a register that was written from these records (by id).

    Compared are the cells as they would be written now: what nobody touched is no change. The
    sheet of all fields goes before the register. ``SettingsError`` for what is no such register.
    """
    sheets = _read(path)
    found: dict[tuple[str, str], FieldChange] = {}
    known = False
    for name, rows in sheets.items():
        if not rows or ID not in rows[0]:
            continue
        known = True
        heads = [str(cell or "") for cell in rows[0]]
        for row in rows[1:]:
            cells = dict(zip(heads, [*row, *[None] * len(heads)], strict=False))
            record = records.get(_text(cells.get(ID)))
            if record is None:
                continue
            told = _of_fields(cells, record) if name == FIELDS else _of_register(cells, record)
            for change in told:
                key = (change.record, change.field)
                if name == FIELDS or key not in found:
                    found[key] = change
    if not known:
        raise SettingsError(
            f"{path.name} has no column {ID!r}: it was not written by sohoa.",
            remedy="To compare an office's own register with the scans, use --compare.",
        )
    return tuple(found.values())


def compare_register(path: Path, records: Sequence[Record]) -> tuple[Compared, ...]:
    """How an office's own register and the scanned papers differ.

    Papers are matched by number and symbol, then by title; days and titles are compared.
    """
    rows = _their_rows(path)
    left = dict(enumerate(records))
    result: list[Compared] = []
    for number, theirs in rows:
        index = _match(theirs, left)
        if index is None:
            shown = " ".join(part for part in (theirs["number"], theirs["title"]) if part)
            result.append(Compared(Difference.MISSING, number, "", theirs=shown))
            continue
        record = left.pop(index)
        result += _differences(number, theirs, record)
    for record in left.values():
        ours = row_of(record)
        shown = " ".join(part for part in (ours.number, ours.title) if part)
        result.append(Compared(Difference.EXTRA, None, record.source.name, ours=shown))
    return tuple(result)


def _of_register(cells: Mapping[str, object], record: Record) -> list[FieldChange]:
    row, directive = row_of(record), record.directive
    changes = []
    number = _text(cells.get("Số, ký hiệu"))
    if "Số, ký hiệu" in cells and number != row.number:
        match = _NUMBER.match(number)
        if match:
            symbol = match[3]
            for field, value in (("number", match[1]), ("symbol", symbol)):
                changes.append(_change(record, field, getattr(directive, field).value, value))
    day = _iso(cells.get("Ngày tháng"))
    if day and day != (directive.date.value or ""):
        changes.append(_change(record, "date", directive.date.value, day))
    author = _text(cells.get("Tác giả"))
    if author and author != row.author:
        changes.append(_change(record, "issuer", directive.issuer.value, author))
    title = _text(cells.get("Tên loại và trích yếu nội dung"))
    if title and title != row.title:
        kind, rest = _type_and_title(title)
        if kind:
            changes.append(_change(record, "type", directive.type.value, kind))
        changes.append(_change(record, "title", directive.title.value, rest))
    return [each for each in changes if each.before != each.after and each.after]


def _of_fields(cells: Mapping[str, object], record: Record) -> list[FieldChange]:
    from sohoa.archive.fields import Level, fill_document

    written = {
        each.field.name: each.value for each in fill_document(record, {}, Level.SIP_DOCUMENT)
    }
    changes = []
    for head, cell in cells.items():
        name = head.rpartition("(")[2].rstrip(")")
        field = _FIELD_OF.get(name)
        if field is None:
            continue
        before = getattr(record.directive, field).value
        if name == "issuedDate":
            after = _iso(cell)
        else:
            after = _text(cell)
            if after == written.get(name, ""):
                continue
            if name == "typeName":
                after = codes("typeName").get(after.zfill(2), "")
        if after and after != (before or ""):
            changes.append(_change(record, field, before, after))
    return changes


def _change(record: Record, field: str, before: str | None, after: str) -> FieldChange:
    return FieldChange(record.id, field, before or "", after)


def _type_and_title(text: str) -> tuple[str, str]:
    for label in sorted(codes("typeName").values(), key=len, reverse=True):
        if text.casefold().startswith(label.casefold() + " "):
            return label, text[len(label) :].strip()
    return "", text


def _their_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    for rows in _read(path).values():
        for start, row in enumerate(rows):
            columns = _columns(row)
            if "number" in columns and len(columns) >= 2:
                return [
                    (number, told)
                    for number, cells in enumerate(rows[start + 1 :], start=start + 2)
                    if (told := _told(cells, columns)) and (told["number"] or told["title"])
                ]
    raise SettingsError(
        f"{path.name}: no row with the heads of a register was found.",
        remedy="It needs at least the columns 'Số, ký hiệu' and 'Trích yếu' or 'Ngày tháng'.",
    )


def _columns(row: Sequence[object]) -> dict[str, int]:
    found: dict[str, int] = {}
    for index, cell in enumerate(row):
        head = " ".join(strip_marks(_text(cell)).lower().replace("\n", " ").split())
        for name, heads in _HEADS.items():
            if head in heads and name not in found:
                found[name] = index
    return found


def _told(cells: Sequence[object], columns: Mapping[str, int]) -> dict[str, str]:
    told = {"number": "", "day": "", "title": "", "author": ""}
    for name, index in columns.items():
        cell = cells[index] if index < len(cells) else None
        told[name] = _iso(cell) if name == "day" else _text(cell)
    return told


def _match(theirs: Mapping[str, str], left: Mapping[int, Record]) -> int | None:
    from rapidfuzz import fuzz

    wanted = _folded(theirs["number"])
    same = [
        index
        for index, record in left.items()
        if wanted and _folded(row_of(record).number) == wanted
    ]
    if len(same) == 1:
        return same[0]
    best, score = None, _ALIKE
    for index in same or left:
        ours = row_of(left[index])
        likeness = fuzz.token_set_ratio(_plain(theirs["title"]), _plain(ours.title))
        if theirs["title"] and ours.title and likeness > score:
            best, score = index, likeness
    return best if best is not None else (same[0] if same else None)


def _differences(number: int, theirs: Mapping[str, str], record: Record) -> list[Compared]:
    from rapidfuzz import fuzz

    ours = row_of(record)
    day = ours.day.isoformat() if ours.day else ""
    same_number = _folded(theirs["number"]) == _folded(ours.number)
    pairs = (
        ("number", theirs["number"], ours.number, same_number),
        ("date", theirs["day"], day, theirs["day"] == day),
        (
            "title", theirs["title"], ours.title,
            fuzz.token_set_ratio(_plain(theirs["title"]), _plain(ours.title)) >= _ALIKE,
        ),
    )  # fmt: skip
    return [
        Compared(Difference.DIFFERENT, number, record.source.name, field, their, our)
        for field, their, our, same in pairs
        if their and not same
    ]


def _folded(number: str) -> str:
    """A number and symbol without what people write in different ways: blanks, zeros, marks."""
    bare = strip_marks(number).upper().replace("Đ", "D")
    return re.sub(r"^0+(?=\d)", "", re.sub(r"[^A-Z0-9]", "", bare.replace("SO:", "")))


def _plain(text: str) -> str:
    return strip_marks(text).lower()


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFC", " ".join(str(value).split()))
    return text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text


def _iso(value: object) -> str:
    """A day as ISO 8601, from a date or from DD/MM/YYYY; empty for anything else."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    match = re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})", _text(value))
    try:
        if match:
            return date(int(match[3]), int(match[2]), int(match[1])).isoformat()
        return date.fromisoformat(_text(value)).isoformat()
    except ValueError:
        return ""


def _read(path: Path) -> dict[str, list[list[object]]]:
    """All rows of all sheets; a CSV is one sheet named like the register."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}).") from error
    if path.suffix.lower() != ".xlsx":
        try:
            return {REGISTER: csv_rows(data)}
        except UnicodeDecodeError as error:
            raise SettingsError(f"{path.name} is no UTF-8 text: save it as CSV UTF-8.") from error
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise SettingsError(f"{path.name} is no workbook that can be read: {error}.") from error
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in book.worksheets
    }

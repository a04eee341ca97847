"""Registers: written, corrected by an office, read back; compared with an office's own."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from sohoa.archive.register import CHECK, COLUMNS, FIELDS, REGISTER, Listed, write_csv, write_xlsx
from sohoa.archive.register_reading import Difference, compare_register, read_changes
from sohoa.errors import SettingsError
from sohoa.record import Record

from .conftest import leaf, make_record


def listed() -> list[Listed]:
    return [Listed(make_record(number), f"out/{number}/record.json") for number in (1, 2, 3)]


def saved(book: Any, folder: Path) -> Path:
    book.save(folder / "register.xlsx")
    return folder / "register.xlsx"


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def by_id() -> dict[str, Record]:
    return {each.record.id: each.record for each in listed()}


def test_a_register_that_nobody_touched_changes_nothing(tmp_path: Path) -> None:
    path = saved(opened(write_xlsx(listed())), tmp_path)
    assert read_changes(path, by_id()) == ()
    (tmp_path / "a.csv").write_bytes(write_csv(listed()))
    assert read_changes(tmp_path / "a.csv", by_id()) == ()


def test_it_reads_as_an_archivist_expects_it() -> None:
    book = opened(write_xlsx(listed()))
    assert book.sheetnames == [REGISTER, FIELDS, CHECK]
    sheet = book[REGISTER]
    assert tuple(cell.value for cell in sheet[1]) == COLUMNS
    assert [cell.value for cell in sheet[2]][:6] == [
        1, "01-CT/TW", datetime(2024, 3, 1), "Chỉ thị về việc thứ 1", "BAN CHẤP HÀNH MẪU", 1,
    ]  # fmt: skip
    assert sheet["C2"].is_date
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I4"
    assert sheet["H2"].hyperlink.target == "out/1/record.json"
    assert sheet.column_dimensions["I"].hidden


def test_what_is_unsure_or_missing_is_on_the_third_sheet(unsure: Record) -> None:
    sheet = opened(write_xlsx([Listed(unsure)]))[CHECK]
    told = {(row[2], row[3]) for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert {("cảnh báo", "date-unsure"), ("cần xem", "Ngày tháng"), ("thiếu", "Người ký")} <= told


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    record = make_record(1)
    directive = replace(record.directive, issuer=leaf("=HYPERLINK(1)"), type=leaf("-1+2"))
    bad = [Listed(replace(record, directive=directive))]
    sheet = opened(write_xlsx(bad))[REGISTER]
    assert sheet["E2"].data_type == "s"
    rows = list(csv.reader(io.StringIO(write_csv(bad).decode("utf-8-sig"))))
    assert rows[1][4] == "'=HYPERLINK(1)"
    (tmp_path / "a.csv").write_bytes(write_csv(bad))
    assert read_changes(tmp_path / "a.csv", {record.id: bad[0].record}) == ()


def test_corrections_come_back_as_changes_of_fields(tmp_path: Path) -> None:
    book = opened(write_xlsx(listed()))
    sheet = book[REGISTER]
    sheet["B2"], sheet["C2"] = "11-CT/TU", datetime(2024, 4, 1)
    sheet["D3"] = "Quyết định về cây xanh"
    fields = book[FIELDS]
    heads = [cell.value for cell in fields[1]]
    column = next(i for i, head in enumerate(heads, 1) if head.endswith("(organName)"))
    fields.cell(row=4, column=column).value = "BAN MỚI"
    changes = {
        (each.record, each.field): each.after
        for each in read_changes(saved(book, tmp_path), by_id())
    }
    assert changes == {
        ("record-1", "number"): "11",
        ("record-1", "symbol"): "CT/TU",
        ("record-1", "date"): "2024-04-01",
        ("record-2", "type"): "Quyết định",
        ("record-2", "title"): "về cây xanh",
        ("record-3", "issuer"): "BAN MỚI",
    }


def test_rows_moved_or_deleted_are_no_corrections(tmp_path: Path) -> None:
    book = opened(write_xlsx(listed()))
    book[REGISTER].delete_rows(2)
    assert read_changes(saved(book, tmp_path), by_id()) == ()


def their_register(folder: Path, rows: list[list[object]]) -> Path:
    book: Any = Workbook()
    sheet = book.active
    sheet.append(["MỤC LỤC VĂN BẢN, TÀI LIỆU"])
    sheet.append(["STT", "Số, ký hiệu", "Ngày tháng", "Trích yếu nội dung", "Tác giả"])
    for row in rows:
        sheet.append(row)
    return saved(book, folder)


def test_their_register_and_our_scans(tmp_path: Path) -> None:
    path = their_register(
        tmp_path,
        [
            [1, "1-CT/TW", date(2024, 3, 1), "Về việc thứ 1", "Ban"],
            [2, "02 - CT/TW", "05/03/2024", "về việc thứ 2", "Ban"],
            [3, "77-QĐ/TW", date(2020, 1, 1), "Chuyện hoàn toàn khác", "Ban"],
        ],
    )
    found = compare_register(path, [each.record for each in listed()])
    assert [(each.kind, each.row, each.name, each.field) for each in found] == [
        (Difference.DIFFERENT, 4, "văn bản 2.pdf", "date"),
        (Difference.MISSING, 5, "", ""),
        (Difference.EXTRA, None, "văn bản 3.pdf", ""),
    ]


def test_what_is_no_register_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("x,y\n1,2\n")
    with pytest.raises(SettingsError, match="not written by sohoa"):
        read_changes(tmp_path / "a.csv", {})
    with pytest.raises(SettingsError, match="heads of a register"):
        compare_register(tmp_path / "a.csv", [])
    (tmp_path / "b.xlsx").write_bytes(b"?")
    with pytest.raises(SettingsError, match="no workbook"):
        read_changes(tmp_path / "b.xlsx", {})
    with pytest.raises(SettingsError, match="cannot be read"):
        compare_register(tmp_path / "none.csv", [])

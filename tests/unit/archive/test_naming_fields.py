"""Names that any system takes, and fields that say who said them."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.archive import (
    Level,
    OperatorMetadata,
    fill_document,
    name_by_rule,
    read_operator_metadata,
    safe_name,
    without_twins,
)
from sohoa.archive.fields import Origin, codes, profile
from sohoa.errors import SettingsError
from sohoa.record import Record

from .conftest import make_record


@pytest.mark.parametrize("name", ["a.pdf", "G09.1.2024.1.pdf", "văn bản số 5.pdf"])
def test_a_good_name_stays(name: str) -> None:
    assert safe_name(name) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("15/QĐ-UBND.pdf", "15-QĐ-UBND.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("  a . ", "a"),
        ("", "_"),
        ("..", "_"),
        ("a\x00\u202eb.pdf", "ab.pdf"),
        (unicodedata.normalize("NFD", "Ký.pdf"), "Ký.pdf"),
    ],
)
def test_a_bad_name_is_made_good(text: str, name: str) -> None:
    assert safe_name(text) == name


@given(st.text(max_size=400))
def test_a_safe_name_is_safe(text: str) -> None:
    name = safe_name(text)
    assert name
    assert not set(name) & set('<>:"/\\|?*\x00')
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= 180
    assert safe_name(name) == name


@given(st.lists(st.sampled_from(["a.pdf", "A.pdf", "a-2.pdf", "b"]), max_size=8))
def test_twins_become_different(names: list[str]) -> None:
    made = without_twins(names)
    assert len({each.casefold() for each in made}) == len(names)


def test_a_pattern_asks_for_known_names_with_values() -> None:
    assert name_by_rule("{fileCode}.{ordinal}.pdf", {"fileCode": "X", "ordinal": "3"}) == "X.3.pdf"
    with pytest.raises(SettingsError, match="colour"):
        name_by_rule("{colour}.pdf", {"fileCode": "X"})
    with pytest.raises(SettingsError, match="not known here"):
        name_by_rule("{fileCode}.pdf", {"fileCode": ""})
    with pytest.raises(SettingsError, match="pattern"):
        name_by_rule("{fileCode", {"fileCode": "X"})


def test_the_profile_is_that_of_the_circular() -> None:
    assert len(profile(Level.SIP_DOCUMENT)) == 21
    assert len(profile(Level.AIP_DOCUMENT)) == 19
    assert len(profile(Level.FILE)) == 18
    assert codes("mode")["01"] == "Công khai"


def test_the_operator_goes_before_the_record_and_nothing_is_made_up() -> None:
    filled = {each.field.name: each for each in fill_document(make_record(5), {"mode": "01"})}
    assert filled["codeNumber"].value == "5"
    assert filled["typeName"].value == "03"
    assert filled["issuedDate"].value == "05/03/2024"
    assert filled["mode"].origin is Origin.OPERATOR
    assert filled["keyword"].value == ""
    told = {each.field.name: each for each in fill_document(make_record(5), {"codeNumber": "6"})}
    assert told["codeNumber"].value == "6"
    wrong = {each.field.name: each for each in fill_document(make_record(5), {"mode": "open"})}
    assert wrong["mode"].problem == "not-a-code"


def test_a_guess_is_called_one(unsure: Record) -> None:
    filled = {each.field.name: each for each in fill_document(unsure, {})}
    assert filled["issuedDate"].problem == "unsure"


TOML = """
fileCode = "G09"
"Chế độ sử dụng" = "01"
[documents."văn bản 2.pdf"]
keyword = ["cây", "hoa"]
"""
CSV = "tệp;Mã hồ sơ;mode\n;G09;01\nvăn bản 2.pdf;;02\n"


def test_metadata_from_toml_and_csv(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(TOML, encoding="utf-8")
    told = read_operator_metadata(tmp_path / "a.toml")
    assert told.of("văn bản 2.pdf") == {"fileCode": "G09", "mode": "01", "keyword": "cây;hoa"}
    assert told.of(unicodedata.normalize("NFD", "văn bản 2.pdf"))["keyword"] == "cây;hoa"
    (tmp_path / "a.csv").write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    told = read_operator_metadata(tmp_path / "a.csv")
    assert told.of("x.pdf") == {"fileCode": "G09", "mode": "01"}
    assert told.of("văn bản 2.pdf")["mode"] == "02"


def test_metadata_from_a_spreadsheet(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["file", "fileCode", "ordinal"])
    book.active.append(["a.pdf", "G09", 7])
    book.save(tmp_path / "a.xlsx")
    assert read_operator_metadata(tmp_path / "a.xlsx").of("a.pdf")["ordinal"] == "7"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.toml", "no_such = 1", "no_such"),
        ("a.toml", "[", "cannot be understood"),
        ("a.csv", "", "nothing in it"),
        ("a.csv", "mode\n01\n", "which file"),
        ("a.xlsx", "no spreadsheet", "cannot be understood"),
    ],
)
def test_wrong_metadata_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=told):
        read_operator_metadata(tmp_path / name)


def test_metadata_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        read_operator_metadata(tmp_path / "none.toml")
    assert OperatorMetadata().of("a") == {}

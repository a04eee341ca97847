"""Grammar of numbers, labels, dates and citations, case by case."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sohoa.model import Page
from sohoa.structure.citations import mentions
from sohoa.structure.columns import is_date_row, is_number_row
from sohoa.structure.draft import StructureSettings
from sohoa.structure.labels import read_label
from sohoa.structure.number import parse_number
from sohoa.structure.place_date import read_place_date
from sohoa.structure.rows import rows_of

_CASES = Path(__file__).resolve().parents[2] / "cases"
Plain = Callable[[str], tuple[Page, ...]]


def _cases(name: str) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((_CASES / f"structure_{name}.json").read_text("utf-8"))
    return cases


@pytest.mark.parametrize("case", _cases("numbers"), ids=lambda case: case["text"])
def test_number_and_symbol(case: dict[str, Any], plain: Plain) -> None:
    (row,) = rows_of(plain(case["text"]))
    assert is_number_row(row) is case["row"]
    if case["row"]:
        parsed = parse_number(case["text"], party=case.get("party", False))
        assert parsed is not None
        assert (parsed.number, parsed.symbol) == (case["number"], case["symbol"])


@pytest.mark.parametrize("case", _cases("labels"), ids=lambda case: case["text"])
def test_label(case: dict[str, Any]) -> None:
    label = read_label(case["text"])
    if case["label"] is None:
        assert label is None
    else:
        assert label is not None
        assert (label.printed, label.style.name, list(label.path)) == (
            case["label"], case["style"], case["path"],
        )  # fmt: skip


@pytest.mark.parametrize("case", _cases("dates"), ids=lambda case: case["text"])
def test_place_and_date(case: dict[str, Any], plain: Plain) -> None:
    (row,) = rows_of(plain(case["text"]))
    assert is_date_row(row) is (case["place"] is not None)
    if case["place"] is not None:
        place, date = read_place_date(row, (), StructureSettings())
        assert (place.value, date.value) == (case["place"], case["date"])
        assert list(date.candidates) == case.get("candidates", [])
        assert case["date"] is None or date.confidence > 0.9


@pytest.mark.parametrize("case", _cases("citations"), ids=lambda case: case["text"][:50])
def test_citations(case: dict[str, Any]) -> None:
    found = [span.citation for span in mentions(case["text"])]
    assert [[c.type, c.number, c.symbol, c.date] for c in found] == case["found"]
    assert all(
        case["text"][s.start : s.end].startswith(s.citation.raw[:5]) for s in mentions(case["text"])
    )


@pytest.mark.parametrize(
    ("place", "sure", "candidates"),
    [
        ("Lâm Đồng", True, ()),
        ("LÂM ĐỒNG", True, ()),
        ("Thanh Hóa", True, ()),
        ("Mường Lát", True, ()),  # no province: nothing is known of its spelling
        ("Lâm Đông", False, ("Lâm Đồng",)),
    ],
)
def test_a_province_with_other_marks_is_in_doubt_and_not_mended(
    plain: Plain, place: str, sure: bool, candidates: tuple[str, ...]
) -> None:
    (row,) = rows_of(plain(f"{place}, ngày 20 tháng 02 năm 2025"))
    found, _ = read_place_date(row, (), StructureSettings())
    assert found.value == place
    assert (found.confidence >= 0.5) is sure
    assert found.candidates == candidates

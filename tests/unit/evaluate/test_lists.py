"""Items, outline and citations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.directive import Attachment, Citation, Directive, Unit, UnitKind
from sohoa.evaluate.citations import compare_citations, parse_citation
from sohoa.evaluate.items import ItemCounts, ListResult, compare_items
from sohoa.evaluate.outline import compare_outlines, outline_of


def f1(result: ListResult) -> dict[str, float]:
    return {name: counts.f1 for name, counts in result.variants}


def test_empty_lists_agree() -> None:
    assert set(f1(compare_items("x", [], [])).values()) == {1.0}
    assert ItemCounts(0, 0, 2).f1 == 0.0


def test_items_in_three_ways() -> None:
    truth = ["- Như Điều 4;", "Thường trực Tỉnh ủy;", "Lưu: VT."]
    output = ["Như Điều 4", "Thường trực Tỉnh uỷ;", "Lưu: VT, TH."]
    result = compare_items("recipients", truth, output)
    assert f1(result) == {
        "folded": pytest.approx(2 / 3),
        "strict": 0.0,
        "fuzzy": pytest.approx(2 / 3),
    }
    assert result.missed == ("Lưu: VT.",)
    assert result.extra == ("Lưu: VT, TH.",)


def test_one_misread_mark_is_fuzzy_only() -> None:
    result = f1(compare_items("x", ["Văn phòng Chính phủ"], ["Văn phòng Chính phú"]))
    assert (result["folded"], result["fuzzy"]) == (0.0, 1.0)


def test_an_item_cannot_be_matched_twice() -> None:
    result = compare_items("x", ["Sở Y tế"], ["Sở Y tế", "Sở Y tế"])
    assert [counts.matched for _, counts in result.variants] == [1, 1, 1]
    assert result.extra == ("Sở Y tế",)


ITEMS = st.lists(st.text(alphabet="abđ ;-", max_size=5), max_size=6)


@given(ITEMS, ITEMS)
def test_counts_never_pass_the_lists(truth: list[str], output: list[str]) -> None:
    for _, counts in compare_items("x", truth, output).variants:
        assert 0 <= counts.matched <= min(len(truth), len(output))
        assert 0.0 <= counts.f1 <= 1.0


TREE = (
    Unit(UnitKind.TEXT, text="Mở đầu"),
    Unit(
        UnitKind.SECTION,
        "I.",
        "MỤC ĐÍCH",
        children=(
            Unit(UnitKind.PARAGRAPH, "1.", text="Trồng cây."),
            Unit(UnitKind.INDENT, "-", children=(Unit(UnitKind.POINT, "a)", text="Cây bàng;"),)),
        ),
    ),
    Unit(UnitKind.TABLE, "1."),
)
ENTRIES = [
    {"label": "I.", "level": 1, "text_start": "Mục đích"},
    {"label": "1.", "level": 2, "text_start": "Trồng cây."},
    {"label": "a)", "level": 2, "text_start": "Cây bàng;"},
    {"label": "1.", "level": 1, "text_start": "Phụ lục"},
]


def test_dashes_texts_and_tables_are_no_outline() -> None:
    annex = Attachment(body=(Unit(UnitKind.PARAGRAPH, "1", text="Phụ lục kèm theo"),))
    directive = Directive(body=TREE, attachments=(annex,))
    assert [(entry.label, entry.level) for entry in outline_of(directive)] == [
        ("i", 1),
        ("1", 2),
        ("a)", 2),
        ("1", 1),
    ]
    assert set(f1(compare_outlines(ENTRIES, directive)).values()) == {1.0}


def test_outline_in_three_ways() -> None:
    wrong_level = [
        {**ENTRIES[0]},
        {**ENTRIES[1], "level": 1},
        {**ENTRIES[2], "text_start": "Cây x"},
    ]
    result = compare_outlines(wrong_level, Directive(body=TREE))
    assert f1(result) == {
        "label+level+start": pytest.approx(1 / 3),
        "label+level": pytest.approx(2 / 3),
        "label": 1.0,
    }
    assert len(result.missed) == len(result.extra) == 2


def test_labels_cannot_be_lent_across_the_order() -> None:
    units = tuple(Unit(UnitKind.PARAGRAPH, label) for label in ("2.", "1."))
    truth = [{"label": "1.", "level": 1}, {"label": "2.", "level": 1}]
    assert f1(compare_outlines(truth, Directive(body=units)))["label"] == 0.5


@pytest.mark.parametrize(
    ("raw", "symbol", "date"),
    [
        ("Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010", "63/2010/nđ-cp", "2010-06-08"),
        ("Chỉ thị số 38-CT/TW, ngày 07/9/2009 của Ban Bí thư", "38-ct/tw", "2009-09-07"),
        ("số 1187/BTC-ĐT ngày 24/01/2025", "1187/btc-đt", "2025-01-24"),
        ("Nghị quyết số 17/NQ- CP", "17/nq-cp", None),
        ("Luật số 25/2008/QH12", "25/2008/qh12", None),
        ("Chương trình 1842b/CTPH-VH-LĐ", "1842b/ctph-vh-lđ", None),
        ("Luật Công đoàn", "", None),
        ("giai đoạn 2016-2021", "", None),
        ("tháng 01/2025", "", None),
    ],
)
def test_citations_taken_apart(raw: str, symbol: str, date: str | None) -> None:
    cited = parse_citation(raw)
    assert (cited.symbol, cited.date) == (symbol, date)


def test_citations_matched_on_symbol_and_date() -> None:
    truth = [
        "Nghị định số 63/2010/NĐ-CP ngày 08/6/2010",
        "Luật Đất đai ngày 18/01/2024",
        "Luật Giá",
    ]
    found = (
        Citation("Nghị định 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010 của Chính phủ"),
        Citation("Nghị định số 63/2010/NĐ-CP"),
        Citation("khoản 2 Điều 157 Luật Đất đai", date="2024-01-18"),
        Citation("Luật Gía", "Luật"),
    )
    result = compare_citations(truth, found)
    assert [counts.in_output for _, counts in result.variants] == [3, 3]
    assert result.missed == ("Luật Giá",)


def test_what_structure_normalized_goes_first() -> None:
    raw = "Chỉ thị số 52-CT/TW"
    found = (Citation(raw, "Chỉ thị", "52", "CT/TW", "2025-10-03"),)
    result = f1(compare_citations(["Chỉ thị số 52-CT/TW, ngày 03/10/2025"], found))
    assert result == {"symbol+date": 1.0, "symbol": 1.0}
    other_day = (Citation(raw, "Chỉ thị", "52", "CT/TW", "2025-10-08"),)
    result = f1(compare_citations(["Chỉ thị số 52-CT/TW, ngày 03/10/2025"], other_day))
    assert result == {"symbol+date": 0.0, "symbol": 1.0}

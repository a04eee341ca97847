"""Searching: what a person types, and what comes first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.errors import SettingsError
from sohoa.search import Audience, Entry, Index, Query, open_collection, refresh, search
from sohoa.search.query import MOST_TERMS, span_tokens

MakeEntry = Callable[..., Entry]


@pytest.fixture
def filled(index: Index, results: Path) -> Index:
    list(refresh(index, open_collection(results)))
    return index


def numbers(index: Index, query: Query | str, audience: Audience = Audience.ALL) -> list[str]:
    asked = Query(query) if isinstance(query, str) else query
    return [str(hit.fields["full_number"]) for hit in search(index, asked, audience).hits]


def put(index: Index, *entries: Entry) -> None:
    with index.writing() as writer:
        for entry in entries:
            writer.put(entry)


@pytest.mark.parametrize(
    "text", ['AND OR NOT " * (', "52-CT/TW OR 9", "number : x", "NEAR(a b)", "'; DROP TABLE page",
             "{head} : x", "^x", "a + b", '"', "“", "* *", "\x00", "- -", "’"],
)  # fmt: skip
def test_what_is_typed_is_never_syntax(filled: Index, text: str) -> None:
    assert numbers(filled, text) == []
    assert numbers(filled, "52-CT/TW") == ["52-CT/TW"]


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=80), number=st.text(max_size=20))
def test_any_text_is_answered_or_refused_on_purpose(filled: Index, text: str, number: str) -> None:
    try:
        query = Query(text, number=number)
    except SettingsError:
        return
    assert search(filled, query, Audience.ALL).total <= 3


def test_a_number_is_found_without_marks_and_stands_first(filled: Index) -> None:
    assert numbers(filled, "chi thi 52")[0] == "52-CT/TW"
    assert numbers(filled, "Chỉ thị số 52-CT/TW") == ["52-CT/TW"]
    assert numbers(filled, "chi thi so 52-ct/tw") == ["52-CT/TW"]


def test_the_same_marks_come_first_and_other_marks_after_them(filled: Index) -> None:
    assert numbers(filled, "chí thì") == ["7/TB/TU", "52-CT/TW"]
    hits = search(filled, Query("chí thì"), Audience.ALL).hits
    assert [hit.exact for hit in hits] == [True, False]


@pytest.mark.parametrize("text", ["hoà giải", "hòa giải", "HÒA GIẢI", "hoa giai", '"hoà giải ở"'])
def test_the_two_tone_styles_are_one(filled: Index, text: str) -> None:
    assert numbers(filled, text) == ["05/QĐ-UBND"]


@pytest.mark.parametrize("text", ["quyet dinh", "QUYẾT ĐỊNH", "5/QD-UBND", "05/qđ-ubnd"])
def test_d_with_a_stroke_and_zeros_before_figures_do_not_matter(filled: Index, text: str) -> None:
    assert "05/QĐ-UBND" in numbers(filled, text)


def test_a_phrase_runs_over_lines_and_pages_but_not_over_fields(filled: Index) -> None:
    assert numbers(filled, '"chịu trách nhiệm thi hành"') == ["05/QĐ-UBND"]
    assert numbers(filled, '"Sở Tư pháp Điều 2"') == ["05/QĐ-UBND"]
    assert numbers(filled, '"trách nhiệm chịu"') == []
    assert numbers(filled, Query(issuer="ban bi thu")) == ["52-CT/TW"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Query(number="52-CT/TW"), ["52-CT/TW"]),
        (Query(number="5"), ["05/QĐ-UBND"]),
        (Query(number="2"), []),
        (Query(type="quyết định"), ["05/QĐ-UBND"]),
        (Query(signer="tran thi hoa"), ["05/QĐ-UBND"]),
        (Query(cited="52/CT/TW"), ["05/QĐ-UBND"]),
        (Query(first_day="2020-04-15", last_day="2020-04-15"), ["05/QĐ-UBND"]),
        (Query(first_day="2020-04-16", last_day="2021-12-30"), []),
        (Query(first_day="2020-01-01"), ["52-CT/TW", "7/TB/TU", "05/QĐ-UBND"]),
        (Query("52", type="thông báo"), ["7/TB/TU"]),
        (Query(first_day="2025-01-01", last_day="2020-01-01"), []),
    ],
)
def test_fields_and_days_narrow_it_down(filled: Index, query: Query, found: list[str]) -> None:
    assert numbers(filled, query) == found


def test_a_query_is_bounded() -> None:
    for wrong in (
        {"text": "a" * 401}, {"text": "a " * (MOST_TERMS + 1)}, {"count": 101}, {"count": 0},
        {"start": 100_000}, {"first_day": "hôm qua"},
    ):  # fmt: skip
        with pytest.raises(SettingsError):
            Query(**wrong)


def test_the_head_of_a_paper_comes_before_its_body(index: Index, entry: MakeEntry) -> None:
    put(
        index,
        entry("body.pdf", lines=["chuyển đổi số trong cơ quan " * 9], number="1"),
        entry("head.pdf", lines=["một dòng khác"], number="2", title="về chuyển đổi số"),
    )
    assert numbers(index, "chuyen doi so") == ["2-CT/TW", "1-CT/TW"]
    assert numbers(index, "chuyển đổi số") == ["2-CT/TW", "1-CT/TW"]


LONG = "tăng cường công tác quản lý văn bản trong các cơ quan nhà nước"


def test_a_long_phrase_is_found_whole_or_not_at_all(index: Index, entry: MakeEntry) -> None:
    put(
        index,
        *(entry(f"{n}.pdf", lines=["quản lý văn bản nhà nước"], number=str(n)) for n in range(40)),
        entry("body.pdf", lines=[f"về việc {LONG} hiện nay"], number="51"),
        entry("head.pdf", lines=["một dòng khác"], number="52", title=LONG),
        entry("near.pdf", lines=[LONG.replace("công tác", "việc")], number="53"),
        entry("marks.pdf", lines=[LONG.replace("cường", "cuống")], number="54"),
    )
    assert numbers(index, f'"{LONG}"') == ["52-CT/TW", "51-CT/TW", "54-CT/TW"]
    assert numbers(index, f'"{LONG} hiện nay"') == ["51-CT/TW"]
    assert numbers(index, f'"{LONG} hôm nay"') == []
    assert numbers(index, Query(f'"{LONG}"', number="51")) == ["51-CT/TW"]


@pytest.mark.parametrize("count", [5, 40])
def test_a_long_phrase_of_many_papers_is_counted(
    index: Index, entry: MakeEntry, count: int
) -> None:
    put(index, *(entry(f"{n}.pdf", lines=[LONG], number=str(n)) for n in range(count)))
    for audience in (Audience.ALL, Audience.OFFICE):
        results = search(index, Query(f'"{LONG}"'), audience)
        assert (results.total, len(results.hits)) == (count, min(count, 10))
    assert search(index, Query(f'"{LONG}"'), Audience.PUBLIC).total == 0


def test_the_tokens_of_fields_are_no_words(filled: Index) -> None:
    for text in ("office", "all", "public", "t quyet", "y2020", "quyet 0t"):
        assert numbers(filled, text) == []


def test_a_common_term_leaves_room_for_the_places_of_others(index: Index, entry: MakeEntry) -> None:
    put(index, entry("a.pdf", lines=["số " * 60 + "thuỷ"], number="1"))
    (hit,) = search(index, Query("so thuy"), Audience.ALL).hits
    assert {place.term for place in hit.places} == {0}  # side by side: one place for both
    (hit,) = search(index, Query("thuy so"), Audience.ALL).hits
    assert {place.term for place in hit.places} == {0, 1}


def test_a_hit_tells_its_page_and_its_boxes(filled: Index) -> None:
    (hit,) = search(filled, Query('"trách nhiệm thi hành"'), Audience.ALL).hits
    (place,) = hit.places
    assert place.page == 2
    # Two lines: the last word of the first, three of the second.
    assert [box.top for box in place.boxes] == [100, 150]
    assert (place.boxes[0].left, place.boxes[0].right) == (100 + 110 * 6, 200 + 110 * 6)
    assert hit.snippet.page == 2
    assert [text for text, is_hit in hit.snippet.pieces if is_hit] == ["trách nhiệm thi hành "]


def test_facets_count_what_was_found(filled: Index) -> None:
    results = search(filled, Query(first_day="2020-01-01"), Audience.ALL)
    assert results.total == 3
    assert not results.more
    assert dict(results.facets["year"]) == {"2020": 1, "2021": 1, "2025": 1}
    assert dict(results.facets["type"])["Chỉ thị"] == 1


def test_results_come_in_pages(index: Index, entry: MakeEntry) -> None:
    put(index, *(entry(f"{n}.pdf", lines=["cùng một nội dung"], number=str(n)) for n in range(25)))
    seen = [
        number
        for start in (0, 10, 20)
        for number in numbers(index, Query("cung mot noi dung", start=start))
    ]
    assert len(seen) == len(set(seen)) == 25


@given(st.dates(), st.dates())
def test_a_span_of_days_is_made_of_few_tokens(first: object, last: object) -> None:
    assert len(span_tokens(str(first), str(last))) <= 2 * 30 + 2 * 11 + 300


def test_a_span_of_days_is_cut_at_months_and_years() -> None:
    assert span_tokens("2019-12-30", "2021-02-01") == (
        "d20191230", "d20191231", "y2020", "m202101", "d20210201",
    )  # fmt: skip

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox, union_all
from sohoa.look.doubled import without_doubles
from sohoa.model import Line, Word


def line(*words: tuple[str, int, int], top: int = 100, confidence: float = 0.9) -> Line:
    """Words given as (text, left, right), 30 px high."""
    made = tuple(
        Word(f"{text}{left}{top}", BBox(left, top, right, top + 30), text, confidence)
        for text, left, right in words
    )
    return Line(union_all(word.bbox for word in made), made)


def texts(lines: tuple[Line, ...]) -> list[str]:
    return [each.text for each in lines]


def test_rows_of_a_page_stay_as_they_are() -> None:
    rows = (
        line(("Điều", 100, 160), ("1.", 170, 190)),
        line(("Điều", 100, 160), ("2.", 170, 190), top=124),  # rows that touch: crooked print
        line(("của", 400, 460), top=110),
    )
    assert without_doubles(rows) == rows


def test_specks_read_inside_a_letter_stay() -> None:
    speck = Line(BBox(110, 105, 114, 109), (Word("s", BBox(110, 105, 114, 109), "Ũ", 0.6),))
    rows = (line(("CHỦ", 100, 160)), speck)
    assert without_doubles(rows) == rows


def test_a_row_read_by_two_lines_stands_once() -> None:
    start = line(("thành", 100, 160), ("phần", 170, 230), ("tham", 240, 300), ("dự", 310, 340))
    whole = line(("tham", 240, 300), ("dự", 311, 340), ("đầy", 350, 400), ("đủ", 410, 440))
    assert texts(without_doubles((start, whole))) == ["thành phần tham dự đầy đủ"]


def test_the_rest_of_another_row_stays_with_its_own_line() -> None:
    above, same = line(("HĐT,", 100, 160), top=76), line(("liên", 240, 300), ("quan", 310, 360))
    mixed = Line(union_all((above.bbox, same.bbox)), (*above.words, *same.words))
    row = line(
        ("Các", 100, 150), ("đơn", 160, 220), ("liên", 240, 300), ("quan", 310, 360), top=104
    )
    assert texts(without_doubles((mixed, row))) == ["HĐT,", "Các đơn liên quan"]


def test_the_other_reading_is_kept_as_an_alternative() -> None:
    poor = line(("Lê", 100, 130), ("Thi", 140, 170), ("Rích", 180, 220), confidence=0.6)
    good = line(("Lê", 100, 130), ("Thị", 140, 170), ("Bích", 180, 220), top=101)
    (only,) = without_doubles((poor, good))
    assert only.text == "Lê Thị Bích"
    assert [[each.text for each in word.alternatives] for word in only.words] == [
        [],
        ["Thi"],
        ["Rích"],
    ]


def test_a_lone_word_over_an_unlike_one_stays_where_it_is_surer() -> None:
    rubbish = line(("mL.<:", 100, 160), ("x", 200, 210), ("y", 300, 310), confidence=0.3)
    (first, second) = without_doubles((rubbish, line(("Thái", 100, 160), top=102)))
    assert (first.text, second.text) == ("x y", "Thái")


def test_a_line_that_is_a_piece_of_a_word_goes() -> None:
    rows = (line(("phần", 100, 170)), line(("p", 102, 120), top=101))
    assert texts(without_doubles(rows)) == ["phần"]


def test_a_figure_inside_a_word_that_says_something_else_stays() -> None:
    rows = (line(("phần", 100, 170)), line(("5", 102, 120), top=101))
    assert without_doubles(rows) == rows


def test_figures_that_two_looks_see_differently_are_not_sure() -> None:
    first = line(("ngày", 100, 160), ("12", 170, 200), ("tháng", 210, 270))
    second = line(("ngày", 100, 160), ("17", 170, 200), top=101)
    (only,) = without_doubles((first, second))
    assert only.text == "ngày 12 tháng"
    assert [word.confidence < 0.5 for word in only.words] == [False, True, False]
    assert [each.text for each in only.words[1].alternatives] == ["17"]


boxes = st.builds(
    lambda left, top, width: BBox(left, top, left + width, top + 20),
    st.integers(0, 300),
    st.integers(0, 60),
    st.integers(5, 80),
)


@given(st.lists(st.lists(st.tuples(boxes, st.sampled_from("ab")), min_size=1, max_size=4)))
def test_no_ink_is_left_without_a_word_and_nothing_is_added(
    rows: list[list[tuple[BBox, str]]],
) -> None:
    lines = tuple(
        Line(
            union_all(box for box, _ in row),
            tuple(Word(f"{i}.{j}", box, text, 0.5) for j, (box, text) in enumerate(row)),
        )
        for i, row in enumerate(rows)
    )
    kept = [word for each in without_doubles(lines) for word in each.words]
    ids = [word.id for word in kept]
    assert len(set(ids)) == len(ids)
    for each in lines:
        for word in each.words:
            assert any(word.bbox.intersection_area(other.bbox) for other in kept)

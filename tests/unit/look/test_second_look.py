from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox
from sohoa.look.second_look import (
    SecondLook,
    accept,
    combine,
    find_bands,
    find_unread_cells,
    part_rows,
)
from sohoa.model import Alternative, Line, PageImage, Word


def word(text: str, left: int, right: int, confidence: float, id_: str = "w") -> Word:
    return Word(id_, BBox(left, 100, right, 125), text, confidence)


def line(*words: Word) -> Line:
    return Line(BBox(words[0].bbox.left, 100, words[-1].bbox.right, 125), words)


SURE = line(word("Quyết", 0, 60, 0.96), word("định", 70, 110, 0.95))
UNSURE = line(word("tô", 0, 30, 0.6), word("chức", 40, 90, 0.95))


def test_sure_lines_are_not_read_again() -> None:
    assert SecondLook().doubtful((SURE, SURE)) == ()
    assert SecondLook(budget=0.0).doubtful((UNSURE,)) == ()


def test_the_most_doubtful_come_first_within_the_budget() -> None:
    worse = line(word("qxz", 0, 30, 0.5))
    assert SecondLook(budget=1.0).doubtful((SURE, UNSURE, worse)) == (2, 1)
    assert SecondLook(budget=0.3).doubtful((SURE, UNSURE, worse)) == (2,)


def test_of_a_long_line_only_the_doubtful_words_and_their_neighbours_are_read_again() -> None:
    words = [word("dân", 50 * n, 50 * n + 40, 0.97, f"w{n}") for n in range(31)]
    words[4] = word("tô", 200, 240, 0.5, "w4")
    words[30] = word("qxz", 1500, 1545, 0.9, "w30")
    first, second = SecondLook().parts(line(*words))
    assert (first.left, first.right) == (0, 445)  # to w8, cut in the middle of the gap
    assert (second.left, second.right) == (1295, 1545)  # w26 to the end of the line
    assert SecondLook().parts(UNSURE) == (UNSURE.bbox,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=25))
def test_every_doubtful_word_lies_in_just_one_part(confidences: list[float]) -> None:
    words = [word("dân", 50 * n, 50 * n + 40, c, f"w{n}") for n, c in enumerate(confidences)]
    look = SecondLook()
    parts = look.parts(line(*words))
    for each in words:
        held = sum(each.bbox.share_inside(part) == 1.0 for part in parts)
        assert held == 1 if each.confidence < look.doubt else held <= 1


def test_settings_out_of_range_are_refused() -> None:
    with pytest.raises(ValueError, match="second_look"):
        SecondLook(scale=0)


def test_nothing_seen_again_changes_nothing() -> None:
    assert combine(UNSURE, ()) == UNSURE


def test_agreement_makes_a_word_surer() -> None:
    both = combine(UNSURE, (word("tô", 1, 31, 0.7), word("chức", 41, 89, 0.9)))
    assert both.text == "tô chức"
    assert 0.6 < both.words[0].confidence <= 0.99


def test_the_choices_of_a_closer_reading_are_kept() -> None:
    closer = replace(word("tô", 1, 31, 0.7), alternatives=(Alternative("tổ", 0.3),))
    (found,) = combine(line(word("tô", 0, 30, 0.6)), (closer,)).words
    assert [each.text for each in found.alternatives] == ["tổ"]


def test_the_surer_reading_stays_and_the_other_is_kept() -> None:
    both = combine(UNSURE, (word("tổ", 1, 31, 0.9),))
    assert both.text == "tổ chức"
    assert [each.text for each in both.words[0].alternatives] == ["tô"]
    kept = combine(UNSURE, (word("tổ", 1, 31, 0.3),))
    assert kept.text == "tô chức"
    assert [each.text for each in kept.words[0].alternatives] == ["tổ"]


def test_the_better_division_of_the_ink_stays() -> None:
    joined = line(word("TỈNHPHÚTHỌ", 0, 150, 0.8))
    parts = (word("TỈNH", 0, 50, 0.9), word("PHÚ", 60, 95, 0.9), word("THỌ", 105, 150, 0.9))
    assert combine(joined, parts).text == "TỈNH PHÚ THỌ"
    assert combine(line(*parts), joined.words).text == "TỈNH PHÚ THỌ"


def test_plain_print_that_only_the_second_saw_is_added_and_rubbish_is_not() -> None:
    seen = (word("tổ", 0, 30, 0.9), word("trên", 300, 340, 0.9), word("¿", 400, 410, 0.9))
    assert combine(UNSURE, seen).text == "tổ chức trên"


def test_a_crop_leads_back_to_the_page() -> None:
    page = PageImage(1, np.full((300, 400), 255, dtype=np.uint8), 200.0)
    crop = SecondLook(scale=2.0).crop(page, UNSURE.bbox)
    left, top = crop.to_page.point(0, 0)
    assert (left, top) == pytest.approx((0 - 8, 95 - 8), abs=1)
    assert crop.dpi == 400.0


def test_only_cells_with_ink_and_without_words_are_unread() -> None:
    pixels = np.full((300, 400), 255, dtype=np.uint8)
    pixels[20:42, 30:45:2] = 0  # a lone figure in the first cell
    pixels[20:42, 160:190:2] = 0  # print that was read, in the second
    pixels[120, 40] = 0  # a speck in the third
    cells = tuple(
        BBox(130 * column, 100 * row, 130 * column + 130, 100 * row + 100)
        for row in range(2)
        for column in range(3)
    )
    page = PageImage(1, pixels, 200.0)
    read = Line(BBox(160, 20, 190, 42), (Word("w", BBox(160, 20, 190, 42), "Tên", 0.9),))
    (box,) = find_unread_cells(page, cells, (read,))
    assert box == BBox(30, 20, 45, 42)
    assert find_unread_cells(page, (), (read,)) == ()


def test_what_cannot_be_believed_in_a_cell_is_left_out() -> None:
    assert accept((word("1", 0, 10, 0.9),))[0].text == "1"
    assert accept((word("|", 0, 10, 0.2),)) == ()


def two_rows() -> tuple[PageImage, Line]:
    pixels = np.full((300, 400), 255, dtype=np.uint8)
    pixels[100:122, 20:300:3] = 0
    pixels[130:152, 20:260:3] = 0
    return PageImage(1, pixels, 200.0), Line(BBox(20, 98, 300, 154), (word("qxz", 20, 300, 0.3),))


def test_a_line_of_common_height_is_one_row() -> None:
    page, tall = two_rows()
    assert find_bands(page, Line(BBox(20, 98, 300, 124), tall.words), 22.0) == (
        BBox(20, 98, 300, 124),
    )


def test_rows_read_as_one_line_are_parted_where_that_reads_better() -> None:
    page, tall = two_rows()
    bands = find_bands(page, tall, 22.0)
    assert [
        (abs(b.top - t) <= 2, abs(b.bottom - e) <= 2)
        for b, (t, e) in zip(bands, ((100, 122), (130, 152)), strict=True)
    ] == [(True, True)] * 2
    better = ((word("trên", 20, 80, 0.9),), (word("Tài", 20, 60, 0.9),))
    assert [each.text for each in part_rows(tall, better, ())] == ["trên", "Tài"]
    worse = ((word("¿", 20, 80, 0.1),), (word("§", 20, 60, 0.1),))
    assert part_rows(tall, worse, ()) == (tall,)
    assert part_rows(tall, ((), ()), ()) == (tall,)


@given(st.lists(st.tuples(st.integers(0, 500), st.integers(1, 90), st.booleans()), max_size=12))
def test_every_word_of_the_first_reading_leaves_a_trace(parts: list[tuple[int, int, bool]]) -> None:
    first = [word("và", a, a + b, 0.5, f"w{n}") for n, (a, b, ours) in enumerate(parts) if ours]
    second = tuple(word("vả", a, a + b, 0.6) for a, b, ours in parts if not ours)
    if not first:
        return
    both = combine(Line(BBox(0, 0, 600, 200), tuple(first)), second)
    texts = [each.text for each in both.words]
    assert texts
    assert [each.bbox.left for each in both.words] == sorted(each.bbox.left for each in both.words)

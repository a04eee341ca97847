"""From glyphs to words and lines."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.model import Line, LineKind
from sohoa.read.lines import Frame, bridges_gap, build_lines
from sohoa.read.pieces import Piece, along, pieces_of

FRAME = Frame(page=1, shown=(0, 0, 600, 800), width=1200, height=1600)
SIZE = 12.0


def glyphs(text: str, left: float, top: float, *, advance: float = 6.0) -> list[dict[str, Any]]:
    return [
        {
            "text": character, "x0": left + advance * i, "x1": left + advance * (i + 1),
            "top": top, "bottom": top + SIZE, "size": SIZE, "matrix": (1, 0, 0, 1, 0, 0),
        }
        for i, character in enumerate(text)
    ]  # fmt: skip


def lines(*groups: list[dict[str, Any]], frame: Frame = FRAME) -> list[str]:
    return [line.text for line in built(*groups, frame=frame)]


def built(*groups: list[dict[str, Any]], frame: Frame = FRAME) -> tuple[Line, ...]:
    pieces = pieces_of([glyph for group in groups for glyph in group])
    return build_lines(pieces, frame, lambda _: LineKind.TEXT, 1.0)


def test_words_and_blanks_stay_as_printed() -> None:
    assert lines(glyphs("Điều 1. Phạm vi", 50, 100)) == ["Điều 1. Phạm vi"]
    assert lines(glyphs("một", 50, 100), glyphs("hai", 50, 120)) == ["một", "hai"]


def test_words_drawn_apart_without_a_blank_are_parted_by_their_gap() -> None:
    assert lines(glyphs("một", 50, 100), glyphs("hai", 71, 100)) == ["một hai"]
    assert lines(glyphs("ngh", 50, 100), glyphs("ị", 68.1, 100)) == ["nghị"]


def test_columns_drawn_one_after_another_are_two_lines() -> None:
    left = [glyphs("UỶ BAN", 50, 100), glyphs("TỈNH MẪU", 50, 115)]
    right = [glyphs("CỘNG HOÀ", 110, 100), glyphs("Độc lập", 110, 115)]
    assert lines(*left, *right) == ["UỶ BAN", "TỈNH MẪU", "CỘNG HOÀ", "Độc lập"]


def test_a_rule_parts_cells() -> None:
    ruled = Frame(1, (0, 0, 600, 800), 1200, 1600, rules=((69.0, 90.0, 130.0),))
    assert lines(glyphs("một", 50, 100), glyphs("hai", 71, 100), frame=ruled) == ["một", "hai"]


def test_a_glyph_drawn_later_joins_its_word() -> None:
    word = [glyphs("ngh", 50, 100), glyphs(" quyết", 74, 100), glyphs("xa", 50, 200)]
    assert lines(*word, glyphs("ị", 68, 100)) == ["nghị quyết", "xa"]


def test_bold_made_by_printing_twice_counts_once() -> None:
    assert lines(glyphs("ĐIỀU", 50, 100), glyphs("ĐIỀU", 50.4, 100.2)) == ["ĐIỀU"]
    assert lines(glyphs("oo", 50, 100)) == ["oo"]


def test_combining_marks_and_glyphs_without_a_character() -> None:
    found = glyphs("Ho", 50, 100) + glyphs("\u0300", 58, 100) + glyphs("(", 62, 100)
    found[-1]["text"] = "(cid:7)"
    assert lines(found) == ["Hò\ufffd"]
    assert lines(glyphs("a\u200b\u00adb", 50, 100)) == ["ab"]
    assert lines(glyphs("\u200b", 50, 100)) == []


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Số:", "/QĐ-UBND", True),
        ("Số", "-CT/TU", True),
        ("ngày", "tháng", True),
        ("tháng", "năm", True),
        ("năm", "2025", True),
        ("MẪU", "CỘNG", False),
        ("nhận:", "TM.", False),
        ("TU", "-", False),
    ],
)
def test_gaps_left_for_numbers(left: str, right: str, *, expected: bool) -> None:
    assert bridges_gap(left, right) is expected


@given(
    st.lists(
        st.tuples(
            st.text("abcđê", min_size=1, max_size=5), st.integers(0, 500), st.integers(0, 700)
        ),
        max_size=20,
    )
)
def test_no_letter_is_lost_and_boxes_stay_on_the_page(
    placed: list[tuple[str, int, int]],
) -> None:
    pieces = [
        Piece(text, x, y, x + 6 * len(text), y + SIZE, SIZE, order)
        for order, (text, x, y) in enumerate(placed)
    ]
    found = build_lines(pieces, FRAME, lambda _: LineKind.TEXT, 1.0)
    letters = sorted("".join(word.text for line in found for word in line.words))
    assert letters == sorted("".join(text for text, _, _ in placed))
    for line in found:
        assert 0 <= line.bbox.left <= line.bbox.right <= FRAME.width
        assert 0 <= line.bbox.top <= line.bbox.bottom <= FRAME.height


@given(st.sampled_from([0, 90, 180, 270]), st.tuples(*[st.integers(0, 99)] * 4))
def test_reading_direction_keeps_sizes(turn: int, box: tuple[int, int, int, int]) -> None:
    left, top = min(box[0], box[2]), min(box[1], box[3])
    right, bottom = max(box[0], box[2]), max(box[1], box[3])
    a, b, c, d = along(turn, (left, top, right, bottom))
    upright = turn % 180 == 0
    assert c - a == (right - left if upright else bottom - top)
    assert d - b == (bottom - top if upright else right - left)

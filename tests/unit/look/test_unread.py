from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sohoa.geometry import BBox, Transform, union_all
from sohoa.look.unread import find_rubbish, find_unread_rows, take_unread_row
from sohoa.model import Line, PageImage, Word

FONTS = Path("/usr/share/fonts/truetype")
ROWS = (("Căn cứ Luật Lưu trữ", 300), ("Cổng thông tin điện tử", 380))


def page() -> PageImage:
    font_file = next(FONTS.glob("liberation*/LiberationSerif-Regular.ttf"), None)
    if font_file is None:
        pytest.skip("needs the Liberation fonts")
    sheet = Image.new("L", (1200, 800), 255)
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.truetype(str(font_file), 32)
    for text, top in ROWS:
        draw.text((200, top), text, font=font, fill=20)
    draw.ellipse((700, 250, 980, 530), outline=40, width=6)
    draw.line((760, 380, 1100, 480), fill=30, width=5)
    return PageImage(1, np.asarray(sheet, dtype=np.uint8), 200.0, Transform())


def line(text: str, top: int, *, confidence: float = 0.9) -> Line:
    words, left = [], 200
    for number, part in enumerate(text.split()):
        box = BBox(left, top, left + 20 * len(part), top + 36)
        words.append(Word(f"{top}.{number}", box, part, confidence))
        left = box.right
    return Line(union_all(word.bbox for word in words), tuple(words))


def test_a_page_that_was_read_has_nothing_left() -> None:
    assert find_unread_rows(tuple(line(text, top) for text, top in ROWS), page()) == ()


def test_a_page_without_words_is_not_asked() -> None:
    assert find_unread_rows((), page()) == ()


def test_a_row_that_was_passed_over_is_found_and_no_stroke_is() -> None:
    (box,) = find_unread_rows((line(*ROWS[0]),), page())
    assert abs(box.center_y - 400) < 25
    assert box.left < 210
    assert box.right < 700


def two_columns(left: str, *, confidence: float) -> Line:
    """A guess at the left column's row, and a sure position in the right column."""
    words = (*line(left, 380, confidence=confidence).words,)
    far = tuple(
        Word(f"r{number}", BBox(x, 380, x + 100, 416), text, 0.93)
        for number, (x, text) in enumerate(((900, "KT."), (1010, "CHÁNH")))
    )
    return Line(union_all(word.bbox for word in (*words, *far)), (*words, *far))


SIDE_BY_SIDE = two_columns("- Bộ Tài", confidence=0.6)


@pytest.mark.parametrize("kept", [line("Cổng thông tin", 380, confidence=0.6), SIDE_BY_SIDE])
def test_doubtful_words_are_not_rubbish(kept: Line) -> None:
    assert find_rubbish(kept, 36.0) == ()


def test_a_guess_beside_another_column_covers_no_print() -> None:
    guess = two_columns("Tn đi b", confidence=0.1)
    assert [word.text for word in find_rubbish(guess, 36.0)] == ["Tn", "đi", "b"]
    (box,) = find_unread_rows((line(*ROWS[0]), guess), page())
    assert abs(box.center_y - 400) < 25


@pytest.mark.parametrize("text", ["E\\ xrở⁄)3} Ú", "tí Z", ""])
def test_strokes_are_not_taken(text: str) -> None:
    words = line(text, 300, confidence=0.4).words if text else ()
    assert take_unread_row(words, 0) == ()


def test_half_a_row_is_not_taken() -> None:
    (stroke,) = line("H", 300, confidence=0.2).words
    assert take_unread_row((stroke, *line("THANH TRA TỈNH", 300).words), 0) == ()


def test_print_is_taken() -> None:
    (taken,) = take_unread_row(line("Cổng thông tin điện tử", 300).words, 3)
    assert taken.text == "Cổng thông tin điện tử"
    assert len({word.id for word in taken.words}) == 5

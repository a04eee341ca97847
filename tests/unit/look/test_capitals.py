from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sohoa.geometry import BBox, union_all
from sohoa.look.capitals import set_capitals
from sohoa.model import Line, LineKind, PageImage, Word

FONTS = Path("/usr/share/fonts/truetype")


def printed(text: str, *, read: str | None = None, size: int = 40) -> tuple[PageImage, Line]:
    """A line of print, and what an engine read in it (by default what is printed)."""
    font_file = next(FONTS.glob("liberation*/LiberationSerif-Regular.ttf"), None)
    if font_file is None:
        pytest.skip("needs the Liberation fonts")
    font = ImageFont.truetype(str(font_file), size)
    sheet = Image.new("L", (40 + round(font.getlength(text)), 3 * size), 255)
    draw = ImageDraw.Draw(sheet)
    words = []
    x = 20.0
    for number, (ink, seen) in enumerate(zip(text.split(), (read or text).split(), strict=True)):
        draw.text((x, size), ink, font=font, fill=0)
        left, top, right, bottom = draw.textbbox((x, size), ink, font=font)
        box = BBox(round(left) - 1, round(top) - 1, round(right) + 2, round(bottom) + 2)
        words.append(Word(str(number), box, seen, 0.9))
        x += font.getlength(ink + " ")
    page = PageImage(1, np.asarray(sheet, dtype=np.uint8), 300.0)
    return page, Line(union_all(word.bbox for word in words), tuple(words))


def read_again(page: PageImage, line: Line) -> Line:
    (only,) = set_capitals(page, (line,))
    return only


@pytest.mark.parametrize(
    "text",
    [
        "Về việc công bố danh mục thủ tục hành chính của Sở Xây dựng",
        "các văn phòng và sở, ban, ngành có liên quan chịu trách nhiệm",
        "Số 25/KH-UBND ngày 12 tháng 01 năm 2024 của Chủ tịch Uỷ ban nhân dân xã",
        "CĂN CỨ LUẬT TỔ CHỨC CHÍNH QUYỀN ĐỊA PHƯƠNG SỐ 72/2025/QH15",
    ],
)
def test_letters_that_were_read_rightly_stay(text: str) -> None:
    page, line = printed(text)
    assert read_again(page, line) == line


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Về việc ban hành quy chế làm việc của xã", "về việc ban hành quy chế làm việc của xã"),
        ("được sửa đổi, bổ sung một số điều", "được sửa đổi, bổ Sung một số điều"),
        ("chính quyền địa phương, cơ quan công an", "chính quyền địa phương, Cơ quan công an"),
    ],
)
def test_the_ink_tells_the_case_and_the_change_is_written_down(text: str, read: str) -> None:
    page, line = printed(text, read=read)
    after = read_again(page, line)
    assert after.text == text
    (changed,) = (word for word in after.words if word.edits)
    assert changed.recognized in read.split()
    assert [edit.stage for edit in changed.edits] == ["look"]


def test_other_lines_than_text_stay() -> None:
    page, line = printed("được sửa đổi, bổ sung một số", read="được sửa đổi, bổ Sung một số")
    stamp = Line(line.bbox, line.words, LineKind.STAMP)
    assert read_again(page, stamp) == stamp


def test_letters_too_small_to_measure_stay() -> None:
    page, line = printed("được sửa đổi bổ sung một số", read="được sửa đổi bổ Sung một số", size=11)
    assert read_again(page, line) == line


def test_letters_grown_together_stay() -> None:
    page, line = printed("các bác sỹ, nhân viên và cán sự y tế", size=40)
    thick = np.asarray(cv2.erode(page.pixels, np.ones((3, 9), np.uint8)), dtype=np.uint8)
    grown = PageImage(1, thick, 300.0)
    assert read_again(grown, line) == line


def test_words_off_the_page_and_blank_paper_are_borne() -> None:
    page, line = printed("căn cứ vào số xã")
    blank = PageImage(1, np.full((10, 10), 255, dtype=np.uint8), 300.0)
    assert read_again(blank, line) == line
    assert set_capitals(page, ()) == ()

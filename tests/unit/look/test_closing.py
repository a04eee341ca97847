from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from sohoa.geometry import BBox, Transform, union_all
from sohoa.look.closing import find_signature_rows, is_name, is_office, take_signature_rows
from sohoa.model import Line, PageImage, Word

HEIGHT = 30  # of a line, in pixels
FONTS = Path("/usr/share/fonts/truetype")


def word(text: str, left: int, top: int, *, confidence: float = 0.9) -> Word:
    box = BBox(left, top, left + 16 * len(text), top + HEIGHT)
    return Word(f"w{left}-{top}", box, text, confidence)


def line(text: str, left: int, top: int, *, confidence: float = 0.9) -> Line:
    words = []
    for part in text.split():
        words.append(word(part, left, top, confidence=confidence))
        left = words[-1].bbox.right + 10
    return Line(union_all(each.bbox for each in words), tuple(words))


def words(text: str) -> tuple[Word, ...]:
    return line(text, 800, 400).words


RECIPIENTS = (line("Nơi nhận:", 150, 400), line("- Như trên;", 150, 440))


def drawn(*rows: tuple[str, int, int], ring: bool = False) -> PageImage:
    font_file = next(FONTS.glob("liberation*/LiberationSerif-Bold.ttf"), None)
    if font_file is None:
        pytest.skip("needs the Liberation fonts")
    page = Image.new("L", (1600, 2200), 255)
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(font_file), 32)
    for text, left, top in rows:
        draw.text((left, top), text, font=font, fill=20)
    if ring:
        draw.ellipse((760, 420, 1040, 700), outline=40, width=6)
        draw.line((900, 500, 1300, 640), fill=30, width=5)
    return PageImage(1, np.asarray(page, dtype=np.uint8), 200.0, Transform())


class TestWhatIsNeither:
    @pytest.mark.parametrize(
        "text",
        [
            "theo thời gian nêu trên",
            "TRƯỜNG ĐẠI HỌC",  # the middle of a seal
            "CỘNG HOÀ XHCN VIỆT NAM",  # its ring
            "giám đốc",
            "Sở Y Tế",
            "KT.",
        ],
    )
    def test_no_office_and_no_name(self, text: str) -> None:
        assert not is_office(words(text))
        assert not is_name(words(text))

    def test_nothing_is_no_office(self) -> None:
        assert not is_office(())
        assert not is_name(())


@pytest.mark.parametrize("text", ["GIÁM ĐỐC", "GIÁM ĐÓC", "KT. CHỦ TỊCH", "PHÓ CHÁNH VĂN PHÒNG"])
def test_an_office_is_known_with_its_marks_misread(text: str) -> None:
    assert is_office(words(text))


@pytest.mark.parametrize("text", ["Nguyễn Văn An", "Trần Thị Bích Hà", "Lê Hà"])
def test_a_name_has_a_surname_first(text: str) -> None:
    assert is_name(words(text))


def test_a_page_without_recipients_has_no_rows() -> None:
    page = drawn(("GIÁM ĐỐC", 900, 400))
    assert find_signature_rows((line("Điều 1. Phạm vi", 150, 400),), page) == ()


def test_a_block_that_was_read_is_not_read_again() -> None:
    page = drawn(("GIÁM ĐỐC", 900, 400), ("Nguyễn Văn An", 880, 720))
    read = (*RECIPIENTS, line("GIÁM ĐỐC", 900, 400), line("Nguyễn Văn An", 880, 720))
    assert find_signature_rows(read, page) == ()


def test_rows_under_a_ring_are_found() -> None:
    page = drawn(("GIÁM ĐỐC", 900, 380), ("Nguyễn Văn An", 880, 740), ring=True)
    rows = find_signature_rows(RECIPIENTS, page)
    centers = [row.center_y for row in rows]
    assert any(abs(center - 400) < HEIGHT for center in centers)
    assert any(abs(center - 760) < HEIGHT for center in centers)
    assert all(row.left > RECIPIENTS[0].bbox.right for row in rows)


class TestTaking:
    def test_words_elsewhere_are_left_alone(self) -> None:
        lines = (*RECIPIENTS, line("Trên đây là báo cáo", 150, 300))
        taken = take_signature_rows(lines, (words("GIÁM ĐỐC"),))
        assert taken[: len(lines)] == lines

    def test_what_is_an_office_already_stays(self) -> None:
        lines = (*RECIPIENTS, line("PHÓ GIÁM ĐỐC", 790, 400))
        assert take_signature_rows(lines, (words("GIÁM ĐỐC"),)) == lines

    def test_a_part_of_an_office_gives_way_to_the_whole(self) -> None:
        lines = (*RECIPIENTS, line("PHÓ CHỦ", 800, 400))
        taken = take_signature_rows(lines, (words("PHÓ CHỦ TỊCH"),))
        assert [each.text for each in taken] == ["Nơi nhận:", "- Như trên;", "PHÓ CHỦ TỊCH"]

    def test_an_office_with_a_stroke_gives_way_to_the_office(self) -> None:
        lines = (*RECIPIENTS, line("HIỆU TRƯỞNGÈ", 800, 400))
        taken = take_signature_rows(lines, (words("HIỆU TRƯỞNG"),))
        assert taken[-1].text == "HIỆU TRƯỞNG"

    def test_an_office_between_strokes_stays(self) -> None:
        lines = (*RECIPIENTS, line("/⁄ HIỆU TRƯỞNG z", 760, 400))
        assert take_signature_rows(lines, (words("HIỆU TRƯỞNGÈ"),)) == lines

    def test_a_stroke_before_an_office_does_no_harm(self) -> None:
        (*_, last) = take_signature_rows(RECIPIENTS, (words("_PHÓ CHỦ TỊCH"),))
        assert last.text == "_PHÓ CHỦ TỊCH"

    def test_strokes_are_never_taken(self) -> None:
        readings = (words("Z2 %„ SA"), words("=#x J"), ())
        assert take_signature_rows(RECIPIENTS, readings) == RECIPIENTS

    def test_rubbish_gives_way_to_an_office(self) -> None:
        lines = (*RECIPIENTS, line("®Á0 %Sc", 800, 400))
        taken = take_signature_rows(lines, (words("GIÁM ĐỐC"),))
        assert [each.text for each in taken] == ["Nơi nhận:", "- Như trên;", "GIÁM ĐỐC"]
        ids = [each.id for row in taken for each in row.words]
        assert len(ids) == len(set(ids))

    def test_a_name_behind_strokes_is_unsure(self) -> None:
        (*_, last) = take_signature_rows(RECIPIENTS, (words("#Z Hoàng Anh"),))
        assert last.text == "Hoàng Anh"
        assert all(each.confidence <= 0.4 for each in last.words)

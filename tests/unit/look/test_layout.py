from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox, union_all
from sohoa.look.layout import arrange
from sohoa.look.tables import Grid, GridCell
from sohoa.model import BlockKind, Line, LineKind, Word

HEIGHT, PITCH, CHAR = 24, 36, 12


def line(text: str, left: int, row: float) -> Line:
    """A printed line at that row; words 12 px a letter, one letter apart."""
    words = []
    x = left
    for index, part in enumerate(text.split()):
        top = round(row * PITCH)
        box = BBox(x, top, x + CHAR * len(part), top + HEIGHT)
        words.append(Word(f"{text}{index}", box, part, 0.95))
        x = box.right + CHAR
    return Line(union_all(word.bbox for word in words), tuple(words))


def texts(lines: list[Line]) -> list[str]:
    return [each.text for block in arrange(tuple(lines)) for each in block.all_lines()]


BODY = [
    line("căn cứ luật tổ chức chính quyền địa phương ngày mười chín tháng sáu năm", 100, 8 + row)
    for row in range(5)
]


def test_body_text_is_one_block_in_its_order() -> None:
    assert len(arrange(tuple(BODY))) == 1
    assert texts(BODY[::-1]) == [each.text for each in BODY]


def test_gaps_of_justified_text_make_no_columns() -> None:
    ragged = [
        Line(each.bbox, tuple(w for i, w in enumerate(each.words) if i != 5 + n % 2))
        for n, each in enumerate(BODY)
    ]
    assert len(arrange(tuple(ragged))) == 1


LETTERHEAD = [
    line("UỶ BAN NHÂN DÂN", 100, 0),
    line("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 0),
    line("TỈNH BẮC SƠN", 130, 1),
    line("Độc lập - Tự do - Hạnh phúc", 470, 1),
    line("Số: 12 /QĐ-UBND", 110, 2.2),
    line("Bắc Sơn, ngày 05 tháng 3 năm 2025", 430, 2.2),
]
TITLE = line("QUYẾT ĐỊNH", 420, 4.5)


def test_left_letterhead_comes_before_right() -> None:
    assert texts([*LETTERHEAD, TITLE, *BODY])[:7] == [
        "UỶ BAN NHÂN DÂN", "TỈNH BẮC SƠN", "Số: 12 /QĐ-UBND",
        "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "Bắc Sơn, ngày 05 tháng 3 năm 2025", "QUYẾT ĐỊNH",
    ]  # fmt: skip


def test_lines_that_the_engine_ran_together_are_parted() -> None:
    joined = [
        Line(union_all((a.bbox, b.bbox)), (*a.words, *b.words))
        for a, b in zip(LETTERHEAD[::2], LETTERHEAD[1::2], strict=True)
    ]
    assert texts([*joined, TITLE, *BODY]) == texts([*LETTERHEAD, TITLE, *BODY])


def test_a_long_name_beside_the_national_title_makes_no_second_letterhead() -> None:
    wide = [
        line("UBND TỈNH BẮC SƠN", 100, 0),
        line("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", 420, 0),
        line("SỞ THÔNG TIN VÀ TRUYỀN THÔNG", 72, 1),  # ends 12 px before the title's left edge
        line("Độc lập - Tự do - Hạnh phúc", 480, 1),
        line("Số: 12 /SVH-VP", 130, 2.2),
        line("Bắc Sơn, ngày 05 tháng 3 năm 2025", 440, 2.2),
    ]
    left, right = [each.text for each in wide[::2]], [each.text for each in wide[1::2]]
    assert texts([*wide, TITLE, *BODY])[:7] == [*left, *right, TITLE.text]


def test_addressees_under_the_letterhead_are_in_no_column() -> None:
    addressees = [
        line("Kính gửi:", 300, 4),
        line("- Công an tỉnh;", 300, 5),
        line("- Các sở, ban, ngành.", 300, 6),
    ]
    assert texts([*LETTERHEAD, *addressees, *BODY])[6:9] == [each.text for each in addressees]


def test_addressees_at_the_edge_of_the_left_column_stay_below_it() -> None:
    addressees = [line("Kính gửi:", 110, 3.6), line("- Công an tỉnh;", 300, 4.6)]
    assert texts([*LETTERHEAD, *addressees, *BODY])[6:8] == ["Kính gửi:", "- Công an tỉnh;"]


def test_a_rule_over_the_text_ends_the_columns() -> None:
    first = [
        line("Nơi nhận:", 100, 0),
        line("T/M BAN BÍ THƯ", 560, 0),
        line("- Các tỉnh uỷ,", 100, 1),
        line("- Lưu.", 100, 2),
        line("Trần Văn Mẫu", 590, 3),
    ]
    second = [
        line("TỈNH UỶ BẮC SƠN", 100, 5),
        line("SAO Y", 620, 5),
        line("Số 05-BS/TU", 110, 6),
        line("Bắc Sơn, ngày 16", 570, 6),
    ]
    y = round(4.5 * PITCH)
    found = [e.text for b in arrange((*first, *second), (), (y,)) for e in b.all_lines()]
    assert found == [
        "Nơi nhận:", "- Các tỉnh uỷ,", "- Lưu.", "T/M BAN BÍ THƯ", "Trần Văn Mẫu",
        "TỈNH UỶ BẮC SƠN", "Số 05-BS/TU", "SAO Y", "Bắc Sơn, ngày 16",
    ]  # fmt: skip


def test_recipients_come_before_the_signature() -> None:
    closing = [
        line("TM. UỶ BAN NHÂN DÂN", 560, 15),
        line("Nơi nhận:", 100, 15.5),
        line("CHỦ TỊCH", 620, 16),
        line("- Như Điều 3;", 100, 16.5),
        line("- Lưu: VT.", 100, 17.5),
        line("Trần Văn Mẫu", 600, 21),
    ]
    assert texts([*BODY, *closing])[5:] == [
        "Nơi nhận:", "- Như Điều 3;", "- Lưu: VT.",
        "TM. UỶ BAN NHÂN DÂN", "CHỦ TỊCH", "Trần Văn Mẫu",
    ]  # fmt: skip


def test_words_of_a_ruled_table_stand_in_their_cells() -> None:
    grid = Grid(
        BBox(90, 500, 700, 600),
        tuple(
            GridCell(row, column, 1, 1, BBox(x, 500 + 50 * row, x + 305, 550 + 50 * row))
            for row in range(2)
            for column, x in enumerate((90, 395))
        ),
    )
    rows = [line("STT", 100, 14.2), line("Nội dung", 420, 14.2), line("1", 100, 15.6)]
    blocks = arrange((*BODY, *rows), (grid,))
    table = blocks[-1]
    assert table.kind is BlockKind.TABLE
    assert [cell.text for cell in table.cells] == ["STT", "Nội dung", "1", ""]
    assert not table.lines


@st.composite
def pages(draw: st.DrawFn) -> tuple[Line, ...]:
    count = draw(st.integers(0, 25))
    found = []
    for number in range(count):
        left, top = draw(st.integers(0, 1500)), draw(st.integers(0, 2000))
        width, height = draw(st.integers(1, 400)), draw(st.integers(1, 90))
        box = BBox(left, top, left + width, top + height)
        text = draw(
            st.sampled_from(["và", "số", "12", "-", "Nơi", "nhận:", "CỘNG", "HOÀ", "¿", "|"])
        )
        found.append(Line(box, (Word(f"w{number}", box, text, draw(st.floats(0, 1))),)))
    return tuple(found)


@given(pages())
def test_every_word_comes_back_exactly_once(lines: tuple[Line, ...]) -> None:
    before = sorted(word.id for each in lines for word in each.words)
    blocks = arrange(lines)
    after = sorted(w.id for block in blocks for each in block.all_lines() for w in each.words)
    assert after == before


def test_abbreviations_without_a_blank_are_print_and_strokes_are_not() -> None:
    doubtful = [
        Line(row.bbox, tuple(replace(word, confidence=0.26) for word in row.words))
        for row in (line("-_HĐT,BGH;", 100, 20), line("XxS,kb", 100, 30))
    ]
    kinds = {
        each.text: each.kind
        for block in arrange((*BODY, *doubtful))
        for each in block.all_lines()
        if each.text not in {row.text for row in BODY}
    }
    assert kinds == {"-_HĐT,BGH;": LineKind.TEXT, "XxS,kb": LineKind.NOISE}

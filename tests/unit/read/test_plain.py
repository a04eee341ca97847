"""Text files: pages, columns, encodings."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.model import LayerVerdict, LineKind
from sohoa.read import Source, open_source
from sohoa.read.grid import lay_out, printable

LETTERHEAD = """\
      TỈNH UỶ MẪU                      ĐẢNG CỘNG SẢN VIỆT NAM
          *
Số:      -CT/TU                    Mẫu, ngày    tháng 9 năm 2025

                          CHỈ THỊ
"""


def source(path: Path, data: bytes) -> Source:
    path.write_bytes(data)
    return open_source([path])


def test_columns_stay_apart_and_gaps_for_numbers_stay_together(tmp_path: Path) -> None:
    with source(tmp_path / "a.txt", LETTERHEAD.encode()) as opened:
        page = opened.page(1)
        assert opened.is_plain_text
        assert opened.media_type == "text/plain"
    assert [line.text for line in page.lines] == [
        "TỈNH UỶ MẪU",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "*",
        "Số: -CT/TU",
        "Mẫu, ngày tháng 9 năm 2025",
        "CHỈ THỊ",
    ]
    left, right = page.lines[:2]
    assert left.bbox.top == right.bbox.top
    assert left.bbox.right < right.bbox.left
    assert page.image is None
    assert page.width > page.lines[1].bbox.right


def test_form_feeds_part_pages_and_the_last_begins_none(tmp_path: Path) -> None:
    with source(tmp_path / "a.txt", b"mot\n\x0chai\n\n\x0c") as opened:
        assert opened.page_count == 2
        page = opened.page(2)
    assert [line.text for line in page.lines] == ["hai"]
    assert page.lines[0].words[0].id == "p2w1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings_with_a_mark(tmp_path: Path, encoding: str) -> None:
    text = "Thực hiện nghiêm túc quy định về công tác văn thư, lưu trữ của cơ quan.\r\nĐiều 1\r\n"
    with source(tmp_path / "a.txt", text.encode(encoding)) as opened:
        page = opened.page(1)
    assert [line.text for line in page.lines] == [line.strip() for line in text.splitlines()]
    assert page.layer.verdict is LayerVerdict.GOOD


def test_extractor_lines_are_marked_across_pages(tmp_path: Path) -> None:
    text = "Nội dung trang một.\n\x0cNội dung cuối cùng của văn bản này.\n\nPage 1\nPage 2\n"
    with source(tmp_path / "a.txt", text.encode()) as opened:
        kinds = [line.kind for number in (1, 2) for line in opened.page(number).lines]
    assert kinds == [LineKind.TEXT, LineKind.TEXT, LineKind.PORTAL, LineKind.PORTAL]


def test_unmarked_text_is_told_but_kept(tmp_path: Path) -> None:
    text = "thuc hien nghiem tuc quy dinh ve cong tac van thu luu tru cua co quan don vi\n" * 3
    with source(tmp_path / "a.txt", text.encode()) as opened:
        page = opened.page(1)
    assert page.layer.verdict is LayerVerdict.FOREIGN
    assert len(page.lines) == 3


TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=60)


@given(st.lists(TEXT, max_size=12))
def test_nothing_is_lost_and_boxes_do_not_meet(texts: list[str]) -> None:
    shown = [printable(text) for text in texts]
    lines, width, height = lay_out(shown, [LineKind.TEXT] * len(shown), 1)
    words = [word for line in lines for word in line.words]
    assert [word.text for word in words] == " ".join(shown).split()
    assert len({word.id for word in words}) == len(words)
    for word in words:
        assert 0 <= word.bbox.left < word.bbox.right <= width
        assert 0 <= word.bbox.top < word.bbox.bottom <= height
    for row in {word.bbox.top for word in words}:
        boxes = sorted(word.bbox for word in words if word.bbox.top == row)
        assert all(a.right < b.left for a, b in pairwise(boxes))

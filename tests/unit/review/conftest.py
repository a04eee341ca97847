"""A small paper, made of words on a page, understood as the program would."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sohoa.geometry import BBox, union_all
from sohoa.model import Alternative, Block, Line, Page, TextSource, Word, numbered
from sohoa.record import Record, SourceInfo, Step
from sohoa.structure import understand

LINES = (
    "ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "TỈNH THỬ NGHIỆM | Độc lập - Tự do - Hạnh phúc",
    "Số: 15/QĐ-UBND | Thử Nghiệm, ngày 05 tháng 3 năm 2025",
    "QUYẾT ĐỊNH",
    "Về việc thử nghiệm chương trình",
    "Điều 1. Ban hành quy định này.",
    "1. Khoản thứ nhất của điều này.",
    "2. Khoản thứ hai của điều này.",
    "Điều 2. Quyết định có hiệu lực từ ngày ký.",
)
Make = Callable[..., Record]


def make_page(lines: tuple[str, ...], *, scale: float = 1.0, number: int = 1) -> Page:
    """A page of lines, every letter 10 px wide, every line 50 px below the one before.

    What stands behind ``|`` is the right column of the letterhead.
    """
    columns: dict[int, list[Line]] = {100: [], 560: []}
    for row, text in enumerate(lines):
        for start, part in zip(columns, text.split("|"), strict=False):
            words, left = [], start
            for word in part.split():
                box = BBox(left, 100 + 50 * row, left + 10 * len(word), 130 + 50 * row)
                words.append(Word("", scaled(box, scale), word, 0.95, (Alternative("khác", 0.1),)))
                left = box.right + 12
            box = BBox(start, 100 + 50 * row, left, 130 + 50 * row)
            columns[start].append(Line(scaled(box, scale), tuple(words)))
    head = sum("|" in text for text in lines)
    left_column = columns[100]
    parts = [tuple(left_column[:head]), tuple(columns[560]), tuple(left_column[head:])]
    blocks = tuple(Block(union_all(line.bbox for line in part), part) for part in parts if part)
    size = round(1100 * scale), round(1400 * scale)
    return Page(number, *size, 130.0 * scale, numbered(blocks, number), TextSource.OCR)


def scaled(box: BBox, scale: float) -> BBox:
    sides = (box.left, box.top, box.right, box.bottom)
    return BBox(*(round(side * scale) for side in sides))


@pytest.fixture
def make_record() -> Make:
    """Records of given lines; ``scale`` renders the page at another size."""

    def make(
        lines: tuple[str, ...] = LINES, *, scale: float = 1.0, sha256: str = "5a" * 32
    ) -> Record:
        understood = understand((make_page(lines, scale=scale),))
        source = SourceInfo("thử.pdf", sha256, "application/pdf", 1000, 1)
        return Record(
            "r" * 32, source, (Step("sohoa", "0"),), understood.pages, understood.directive,
            understood.findings,
        )  # fmt: skip

    return make


@pytest.fixture
def record(make_record: Make) -> Record:
    return make_record()

"""Pages made of words for the tests: as plain text, or laid out like a printed sheet."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence

import pytest

from sohoa.geometry import BBox, union_all
from sohoa.model import Block, Line, Page, TextSource, Word

Placed = tuple[float, int, str]  # left as a share of the width, row number, text

_CHARACTER = 10
_ROW = 34


def _line(prefix: str, left: int, top: int, text: str, confidence: float) -> Line:
    words = []
    place = left
    for number, part in enumerate(text.split(" ")):
        if part:
            box = BBox(place, top, place + _CHARACTER * len(part), top + 22)
            text_now = unicodedata.normalize("NFC", part)
            words.append(Word(f"{prefix}.{number}", box, text_now, confidence))
        place += _CHARACTER * (len(part) + 1)
    return Line(union_all(word.bbox for word in words), tuple(words))


def _page(number: int, lines: Sequence[Line], source: TextSource) -> Page:
    blocks = (Block(union_all(line.bbox for line in lines), tuple(lines)),) if lines else ()
    height = max([2339, *(line.bbox.bottom + 50 for line in lines)])
    width = max([1654, *(line.bbox.right + 50 for line in lines)])
    return Page(number, width, height, 200.0, blocks, source)


@pytest.fixture
def plain() -> Callable[[str], tuple[Page, ...]]:
    """Pages of plain text: one line a row, a form feed between pages."""

    def make(text: str) -> tuple[Page, ...]:
        pages = []
        for number, part in enumerate(text.split("\f"), start=1):
            lines = [
                _line(f"p{number}l{row}", 0, row * _ROW, " ".join(content.split()), 1.0)
                for row, content in enumerate(part.split("\n"))
                if content.split()
            ]
            pages.append(_page(number, lines, TextSource.PLAIN))
        return tuple(pages)

    return make


@pytest.fixture
def sheet() -> Callable[..., tuple[Page, ...]]:
    """Pages of a scan: each row at its place, as an engine gives them; 1654 x 2339 pixels."""

    def make(*pages: Sequence[Placed], confidence: float = 0.93) -> tuple[Page, ...]:
        made = []
        for number, rows in enumerate(pages, start=1):
            lines = [
                _line(f"p{number}l{place}", round(left * 1654), 120 + row * _ROW, text, confidence)
                for place, (left, row, text) in enumerate(rows)
            ]
            made.append(_page(number, lines, TextSource.OCR))
        return tuple(made)

    return make

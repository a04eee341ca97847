from __future__ import annotations

from collections.abc import Callable

import pytest

from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, TextSource, Word

PageOf = Callable[..., Page]


def make_page(
    *lines: str, source: TextSource = TextSource.OCR, confidence: float = 0.9, number: int = 1
) -> Page:
    """A page of full lines, ten pixels a character."""
    rows = []
    width = max((len(line) for line in lines), default=1) * 10
    for row, line in enumerate(lines):
        words, left = [], 0
        for place, text in enumerate(line.split()):
            box = BBox(left, row * 20, left + len(text) * 10, row * 20 + 20)
            words.append(Word(f"p{number}l{row}w{place}", box, text, confidence))
            left = box.right + 10
        rows.append(Line(BBox(0, row * 20, width, row * 20 + 20), tuple(words)))
    height = max(1, len(lines)) * 20
    block = Block(BBox(0, 0, width, height), tuple(rows))
    return Page(number, width, height, 200.0, (block,) if rows else (), source)


@pytest.fixture
def page_of() -> PageOf:
    return make_page

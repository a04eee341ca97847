from __future__ import annotations

import pytest

from sohoa.geometry import BBox
from sohoa.model import Alternative, Block, Line, Page, TextSource, Word
from sohoa.restore import default_stages, restore

BOX = BBox(0, 0, 60, 20)


@pytest.mark.parametrize(
    ("text", "seen"),
    [("ó0", "óp"), ("1ê", "Lê"), ("15", "lS"), ("38-CT/TW", "3B-CT/TW"), ("1a", "la")],
)
def test_a_figure_stays_though_the_engine_saw_a_letter_too(text: str, seen: str) -> None:
    # Half a number may be misread as a letter: 60 as ó0.
    word = Word("w", BOX, text, 0.6, (Alternative(seen, 0.5),))
    page = Page(1, 60, 20, 200.0, (Block(BOX, (Line(BOX, (word,)),)),), TextSource.OCR)
    (after,) = restore((page,), default_stages())
    assert [each.text for each in after.words()] == [text]

from __future__ import annotations

import pytest

from sohoa.geometry import BBox
from sohoa.model import Alternative, Block, Line, Page, TextSource, Word
from sohoa.restore.look_alikes import LookAlikes

BOX = BBox(0, 0, 60, 20)


def restored(text: str, *seen: str) -> Word:
    word = Word("w", BOX, text, 0.6, tuple(Alternative(each, 0.4) for each in seen))
    page = Page(1, 60, 20, 200.0, (Block(BOX, (Line(BOX, (word,)),)),), TextSource.OCR)
    (after,) = LookAlikes()((page,))
    (found,) = after.words()
    return found


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("15", "lS"),
        ("1/2025/QĐ-UBND", "l/2025/QĐ-UBND"),
        ("38-CT/TW", "3B-CT/TW"),
        ("COVID-19", "COVID-I9"),
        ("Điều1", "Điềul"),
        ("1ê", "kêt"),  # no letter was seen in the figure's place
        ("1a", "la"),  # an item's label
    ],
)
def test_figures_stay(text: str, seen: str) -> None:
    word = restored(text, seen)
    assert word.text == text
    assert not word.edits


@pytest.mark.parametrize(("text", "seen", "after"), [("1ê", "Lê", "Lê"), ("g1á,", "giá,", "giá,")])
def test_a_figure_beside_a_marked_vowel_is_the_letter_that_was_seen(
    text: str, seen: str, after: str
) -> None:
    word = restored(text, "kê9", seen)
    assert word.text == after
    assert [(edit.before, edit.reason) for edit in word.edits] == [
        (text, "a figure read for a letter")
    ]

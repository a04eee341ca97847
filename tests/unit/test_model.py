from __future__ import annotations

import pytest

from sohoa.geometry import BBox, Transform
from sohoa.model import Block, BlockKind, Cell, Edit, Line, Word, map_boxes, numbered

BOX = BBox(0, 0, 10, 5)


def word(text: str, left: int = 0) -> Word:
    return Word("w", BBox(left, 0, left + 10, 5), text, 0.9)


@pytest.mark.parametrize("text", ["", "hai từ", "a\u0301", "x\ty"])
def test_what_is_no_word(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        word(text)


@pytest.mark.parametrize("confidence", [-0.1, 1.1])
def test_confidence_is_a_share(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        Word("w", BOX, "a", confidence)


def test_an_edit_changes_something() -> None:
    with pytest.raises(ValueError, match="changes nothing"):
        Edit("stage", "a", "a", 1.0, "")


def test_edits_must_lead_to_the_text() -> None:
    edit = Edit("stage", "a", "á", 1.0, "")
    with pytest.raises(ValueError, match="do not lead"):
        Word("w", BOX, "à", 0.5, edits=(edit,))


def test_the_engine_reading_is_kept_through_edits() -> None:
    changed = word("hiém").edited("one", "hiêm", confidence=0.6, reason="r")
    changed = changed.edited("two", "hiểm", confidence=0.9, reason="r")
    assert changed.recognized == "hiém"
    assert [edit.stage for edit in changed.edits] == ["one", "two"]
    assert word("hiểm").recognized == "hiểm"


def test_words_are_numbered_in_reading_order_cells_too() -> None:
    line = Line(BOX, (word("a"), word("b", 20)))
    table = Block(BOX, kind=BlockKind.TABLE, cells=(Cell(0, 0, BOX, (line,)),))
    first, second = numbered((Block(BOX, (line,)), table), 3)
    ids = [
        each.id for block in (first, second) for part in block.all_lines() for each in part.words
    ]
    assert ids == ["p3w1", "p3w2", "p3w3", "p3w4"]


def test_boxes_move_together() -> None:
    line = Line(BOX, (word("a"),))
    table = Block(BOX, (line,), cells=(Cell(0, 0, BOX, (line,)),))
    moved = map_boxes(table, Transform.shift(5, 7).bbox)
    assert moved.bbox == moved.cells[0].bbox == moved.lines[0].words[0].bbox == BBox(5, 7, 15, 12)

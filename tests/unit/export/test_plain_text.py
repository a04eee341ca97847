from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sohoa.directive import Directive
from sohoa.export import plain_text
from sohoa.geometry import BBox
from sohoa.model import Block, BlockKind, Cell, Line, LineKind, Page, Word
from sohoa.record import Record, SourceInfo

BOX = BBox(0, 0, 10, 10)


def line(text: str, kind: LineKind = LineKind.TEXT) -> Line:
    return Line(BOX, tuple(Word("w", BOX, part, 1.0) for part in text.split(" ") if part), kind)


def record(*pages: Page) -> Record:
    return Record("r", SourceInfo("x", "0", "x", 1, len(pages)), (), pages, Directive())


def page(*blocks: Block) -> Page:
    return Page(1, 100, 100, 100.0, blocks)


def test_only_the_printed_lines_are_written() -> None:
    kinds = tuple(line(kind.value, kind) for kind in LineKind)
    assert plain_text.export(record(page(Block(BOX, kinds)))) == b"text\nownership\n"


def test_blank_pages_keep_their_place() -> None:
    full = page(Block(BOX, (line("một"), line("hai"))))
    text = plain_text.export(record(page(), full, page(), full)).decode()
    assert text == "\n\fmột\nhai\n\f\n\fmột\nhai\n"
    assert [part.strip() for part in text.split("\f")] == ["", "một\nhai", "", "một\nhai"]


def test_nothing_at_all_is_still_a_line() -> None:
    assert plain_text.export(record()) == b"\n"


def test_a_table_keeps_its_columns() -> None:
    cells = (
        Cell(0, 0, BOX, (line("TT"),)),
        Cell(0, 1, BOX, (line("Tên"), line("cây")), column_span=2),
        Cell(2, 0, BOX, (line("1"),)),
        Cell(2, 2, BOX, (line("x"), line("dấu", LineKind.STAMP))),
        Cell(3, 1, BOX, ()),
    )
    table = Block(BOX, kind=BlockKind.TABLE, cells=cells)
    assert plain_text.export(record(page(table))).decode() == "TT\tTên cây\t\n1\t\tx\n"


def test_control_characters_never_reach_a_terminal() -> None:
    broken = replace(line("a"), words=(Word("w", BOX, "a\x1b[31m\x00\u202eb\ud800", 1.0),))
    assert plain_text.export(record(page(Block(BOX, (broken,))))).decode() == "a[31m\u202eb\n"


@given(st.lists(st.lists(st.text(alphabet="aàđ-1.", max_size=5), max_size=4), max_size=5))
def test_one_form_feed_between_pages_and_lines_as_given(texts: list[list[str]]) -> None:
    pages = [page(Block(BOX, tuple(line(t) for t in lines if t))) for lines in texts]
    text = plain_text.export(record(*pages)).decode()
    assert text.endswith("\n")
    assert text.count("\f") == max(0, len(pages) - 1)
    read = [part.strip("\n").split("\n") for part in text.split("\f")]
    wanted = [[t for t in lines if t] or [""] for lines in texts] or [[""]]
    assert read == wanted

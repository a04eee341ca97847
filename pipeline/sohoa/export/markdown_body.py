"""The tree of units as Markdown: headings, numbered paragraphs, dash items, tables."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sohoa.directive import Unit, UnitKind
from sohoa.export.markdown_text import inline, paragraph, strong, table
from sohoa.export.plain_text import table_rows
from sohoa.model import Block, BlockKind, Page

_HEADED = frozenset(
    {UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.ARTICLE}
)
_DEEPEST_HEADING = 6
_ITEM = re.compile(r" *[-+] ")


def join_blocks(blocks: Iterable[str]) -> str:
    """Blocks with a blank line between; list items that follow each other stand close."""
    text = ""
    before_is_item = False
    for block in blocks:
        is_item = _ITEM.match(block) is not None
        if text:
            text += "\n" if is_item and before_is_item else "\n\n"
        text += block
        before_is_item = is_item
    return text


def unit_blocks(
    units: tuple[Unit, ...], pages: tuple[Page, ...], *, level: int = 2
) -> Iterator[str]:
    """The blocks of the units and all below them, in order; ``level`` is that of their headings."""
    for unit in units:
        if unit.kind is UnitKind.TABLE:
            yield from _table_blocks(unit, pages)
        elif unit.kind is UnitKind.INDENT:
            yield from _indent_blocks(unit, pages, level)
        elif unit.kind in _HEADED:
            yield from _headed_blocks(unit, pages, level)
        else:
            yield from _labelled_blocks(unit, pages, level)


def table_of(block: Block) -> str:
    """A table block of the page as a Markdown table."""
    rows = tuple(tuple(inline(cell) for cell in row) for row in table_rows(block))
    return table(tuple(row for row in rows if any(row)))


def _headed_blocks(unit: Unit, pages: tuple[Page, ...], level: int) -> Iterator[str]:
    heading = inline(f"{unit.label} {unit.heading}")
    if heading:
        yield "#" * min(level, _DEEPEST_HEADING) + " " + heading
    yield from _paragraphs(unit.text)
    yield from unit_blocks(unit.children, pages, level=level + 1)
    yield from _paragraphs(unit.wrap_up)


def _labelled_blocks(unit: Unit, pages: tuple[Page, ...], level: int) -> Iterator[str]:
    """A numbered paragraph: label and title in bold, the text run in."""
    opening = strong(f"{unit.label} {unit.heading}")
    first, *others = unit.text.split("\n")
    yield f"{opening} {inline(first)}".rstrip() if opening else paragraph(first)
    yield from _paragraphs("\n".join(others))
    yield from unit_blocks(unit.children, pages, level=level)
    yield from _paragraphs(unit.wrap_up)


def _indent_blocks(unit: Unit, pages: tuple[Page, ...], level: int) -> Iterator[str]:
    """A dash or plus item; what hangs on it is set in by two spaces."""
    sign = "+" if unit.label.strip() == "+" else "-"
    first, *others = f"{unit.heading} {unit.text}".strip().split("\n")
    inner = [
        *_paragraphs("\n".join(others)),
        *unit_blocks(unit.children, pages, level=level),
        *_paragraphs(unit.wrap_up),
    ]
    opening = paragraph(first)
    if not opening:
        yield from inner
        return
    yield f"{sign} {opening}"
    for block in inner:
        if block:
            yield "  " + block.replace("\n", "\n  ")


def _table_blocks(unit: Unit, pages: tuple[Page, ...]) -> Iterator[str]:
    """The tables of the pages that hold the unit's words; else its text, a row a line."""
    words = set(unit.words)
    found = [
        block
        for page in pages
        for block in page.blocks
        if block.kind is BlockKind.TABLE
        and any(word.id in words for line in block.all_lines() for word in line.words)
    ]
    yield from _paragraphs(unit.heading)
    if found:
        for block in found:
            yield table_of(block)
        return
    rows = [line.split("\t") for line in unit.text.split("\n") if line.strip()]
    yield table(tuple(tuple(inline(cell) for cell in row) for row in rows))


def _paragraphs(text: str) -> Iterator[str]:
    for each in text.split("\n"):
        if each.strip():
            yield paragraph(each)

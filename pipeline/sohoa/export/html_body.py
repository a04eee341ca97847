"""The tree of units as HTML: sections with anchors, marks where a new page begins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sohoa.addresses import Addressed, addressed_units
from sohoa.directive import Citation, Unit, UnitKind
from sohoa.export.html_text import safe, with_citations
from sohoa.export.plain_text import line_text
from sohoa.model import Block, BlockKind, LineKind
from sohoa.record import Record

_HEADED = frozenset(
    {UnitKind.PART, UnitKind.CHAPTER, UnitKind.SECTION, UnitKind.SUBSECTION, UnitKind.ARTICLE}
)
_DEEPEST = 6


class Body:
    """Writes the units of one record in order; remembers which page was begun last."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.page_of = {word.id: page.number for page in record.pages for word in page.words()}
        self.below: dict[str, list[Addressed]] = {}
        for each in addressed_units(record.directive):
            self.below.setdefault(each.parent, []).append(each)
        self.citations: dict[str, list[Citation]] = {}
        for citation in record.directive.citations:
            if citation.unit and citation.start is not None:
                self.citations.setdefault(citation.unit, []).append(citation)
        self.begun = min((page.number for page in record.pages), default=1)

    def units(self, scope: str, level: int = 2) -> Iterator[str]:
        """The units at the top of ``scope`` ("" the body, "preamble", an attachment's address)."""
        for each in self.below.get(scope, []):
            yield from self._unit(each, level)

    def outline(self) -> Iterator[str]:
        """Links to the headed and numbered units, two levels deep."""
        yield from self._links("", 2)

    def _links(self, scope: str, depth: int) -> Iterator[str]:
        listed = [each for each in self.below.get(scope, []) if _is_listed(each.unit)]
        if not listed or not depth:
            return
        yield "<ul>"
        for each in listed:
            words = (each.unit.heading or each.unit.text).split()
            name = " ".join([each.unit.label, *words[:14]]) + (" …" if len(words) > 14 else "")
            yield f"<li><a href='#{safe(each.address)}'>{safe(name)}</a>"
            yield from self._links(each.address, depth - 1)
            yield "</li>"
        yield "</ul>"

    def _unit(self, each: Addressed, level: int) -> Iterator[str]:
        unit = each.unit
        yield from self._page_marks(unit, first_only=True)
        yield f"<section id='{safe(each.address)}' class='{unit.kind.value}'>"
        label = f"<span class='label'>{safe(unit.label)}</span> " if unit.label.strip() else ""
        cited = self.citations.get(each.address, [])
        heading = with_citations(unit.heading, cited) if unit.heading else ""
        shift = len(unit.heading) + 1 if unit.heading and unit.text else 0
        headed = bool(heading) or (unit.kind in _HEADED and not unit.text)
        if unit.kind is UnitKind.TABLE:
            yield from self._tables(unit)
        elif headed:
            tag = f"h{min(level, _DEEPEST)}" if unit.kind in _HEADED else "p"
            yield f"<{tag} class='heading'>{label}{heading}</{tag}>" if label or heading else ""
            if unit.text:
                yield f"<p>{with_citations(unit.text, cited, shift)}</p>"
        elif unit.text or label:
            centred = " class='centred'" if _is_centred(unit) else ""
            yield f"<p{centred}>{label}{with_citations(unit.text, cited, shift)}</p>"
        yield from self._page_marks(unit)
        for lower in self.below.get(each.address, []):
            yield from self._unit(lower, level + 1 if unit.kind in _HEADED else level)
        if unit.wrap_up:
            yield f"<p>{safe(unit.wrap_up)}</p>"
        yield "</section>"

    def _page_marks(self, unit: Unit, *, first_only: bool = False) -> Iterator[str]:
        """An anchor for each page that begins before or inside the unit."""
        pages = [self.page_of[word] for word in unit.words if word in self.page_of]
        yield from self.page_marks_to(
            (pages[0] if first_only else max(pages)) if pages else unit.page or 0
        )

    def page_marks_to(self, last: int) -> Iterator[str]:
        """The anchors of all pages up to that one that were not set yet."""
        while self.begun < last:
            self.begun += 1
            yield f"<p class='page' id='page-{self.begun}'>trang {self.begun}</p>"

    def _tables(self, unit: Unit) -> Iterator[str]:
        words = set(unit.words)
        found = [
            block
            for page in self.record.pages
            for block in page.blocks
            if block.kind is BlockKind.TABLE
            and any(word.id in words for line in block.all_lines() for word in line.words)
        ]
        for block in found:
            yield table_of(block)
        if not found and unit.text:
            rows = [line.split("\t") for line in unit.text.split("\n")]
            cells = ["".join(f"<td>{safe(cell)}</td>" for cell in row) for row in rows]
            yield "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def _is_centred(unit: Unit) -> bool:
    """A row of capitals on its own: QUYẾT ĐỊNH:, the body that decides."""
    return unit.kind is UnitKind.TEXT and unit.text.isupper() and len(unit.text.split()) <= 14


def _is_listed(unit: Unit) -> bool:
    return bool(unit.label.strip()) and unit.kind is not UnitKind.INDENT


_OPENS = re.compile(r"[-–+•*]|[a-zđ]\)|\d{1,2}[.)]\s|\(\w\)")


def _flowing(lines: list[str]) -> str:
    """The lines of a cell as running text, with a break where an item begins."""
    text = ""
    for line in lines:
        text += ("<br>" if _OPENS.match(line) else " ") + safe(line) if text else safe(line)
    return text


def table_of(block: Block) -> str:
    """A table with its spans; furniture inside cells is left out."""
    rows: dict[int, list[str]] = {}
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        text = _flowing([line_text(ln) for ln in cell.lines if ln.kind is LineKind.TEXT])
        spans = "".join(
            f" {name}='{count}'"
            for name, count in (("rowspan", cell.row_span), ("colspan", cell.column_span))
            if count > 1
        )
        rows.setdefault(cell.row, []).append(f"<td{spans}>{text}</td>")
    body = "".join(f"<tr>{''.join(rows[number])}</tr>" for number in sorted(rows))
    return f"<table>{body}</table>"

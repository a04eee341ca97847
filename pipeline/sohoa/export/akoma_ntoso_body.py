"""The tree of units as the hierarchy of Akoma Ntoso, with citations as ``ref``."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from sohoa.addresses import ELEMENTS, Addressed, addressed_units, is_basis
from sohoa.directive import Citation, Directive, Unit, UnitKind
from sohoa.export.akoma_ntoso_xml import Element, append_text, child
from sohoa.record import Record


def append_preamble(paper: Element, record: Record) -> None:
    """The legal bases as ``citations``, other opening paragraphs as ``p``."""
    directive = record.directive
    units = [each for each in addressed_units(directive) if each.parent == "preamble"]
    if not units:
        return
    preamble = child(paper, "preamble", eId="preamble")
    groups = groupby(units, key=lambda each: is_basis(directive, each.unit))
    for number, (basis, group) in enumerate(groups, start=1):
        if not basis:
            for each in group:
                _paragraph(preamble, each.address, each.unit, directive)
            continue
        holder = child(preamble, "citations", eId=f"preamble__cits_{number}")
        for each in group:
            citation = child(holder, "citation", eId=each.address)
            _paragraph(citation, f"{each.address}__p_1", each.unit, directive)


def _paragraph(parent: Element, address: str, unit: Unit, directive: Directive) -> None:
    """The unit, its label run in, as one ``p``; what hangs on it as further ones."""
    paragraph = child(parent, "p", eId=address)
    base = address.removesuffix("__p_1")
    if unit.label:
        append_text(paragraph, f"{unit.label} ")
    _append_wording(paragraph, unit.wording, _refs(directive, base), 0)
    below = [inner for top in unit.children for inner in top.walk()]
    for number, inner in enumerate(below, start=2):
        text = f"{inner.label} {inner.wording}".strip()
        child(parent, "p", text, eId=f"{base}__p_{number}")


def append_body(body: Element, record: Record, scope: str) -> None:
    """The units below the preamble (``scope`` ""), or those of the attachment of that address."""
    directive = record.directive
    units = [
        each
        for each in addressed_units(directive)
        if not each.address.startswith("preamble__")
        and (each.address.startswith("att_") if scope else True)
    ]
    below: dict[str, list[Addressed]] = {}
    for each in units:
        below.setdefault(each.parent, []).append(each)
    tops = below.get(scope, [])
    for each in tops:
        _unit(body, each, below, directive)
    if not tops:
        # The schema wants something in a body; an empty paragraph says nothing.
        base = f"{scope}__al_1" if scope else "al_1"
        _content(child(body, "alinea", eId=base), base)


def _content(parent: Element, base: str) -> Element:
    return child(child(parent, "content", eId=f"{base}__content"), "p", eId=f"{base}__content__p_1")


def _unit(
    parent: Element, each: Addressed, below: dict[str, list[Addressed]], directive: Directive
) -> None:
    unit, address = each.unit, each.address
    element = child(parent, ELEMENTS[unit.kind][0], eId=address)
    if unit.label.strip():
        child(element, "num", unit.label)
    refs = _refs(directive, address)
    shift = 0
    if unit.heading:
        heading = child(element, "heading", eId=f"{address}__heading")
        _append_wording(heading, unit.heading, refs, 0)
        shift = len(unit.heading) + 1
    inner = below.get(address, [])
    if unit.kind is UnitKind.TABLE:
        _table(child(element, "content", eId=f"{address}__content"), unit.text, address)
        return
    if inner or unit.wrap_up:
        if unit.text:
            holder = child(element, "intro", eId=f"{address}__intro")
            paragraph = child(holder, "p", eId=f"{address}__intro__p_1")
            _append_wording(paragraph, unit.text, refs, shift)
        for lower in inner:
            _unit(element, lower, below, directive)
        if unit.wrap_up:
            holder = child(element, "wrapUp", eId=f"{address}__wrapup")
            child(holder, "p", unit.wrap_up, eId=f"{address}__wrapup__p_1")
        return
    _append_wording(_content(element, address), unit.text, refs, shift)


def _table(content: Element, text: str, address: str) -> None:
    """Rows of the table; cells that a span covers are not told apart."""
    rows = [line.split("\t") for line in text.split("\n")]
    table = child(content, "table", eId=f"{address}__table_1")
    for number, cells in enumerate(rows, start=1):
        row = child(table, "tr", eId=f"{address}__table_1__tr_{number}")
        for place, cell in enumerate(cells, start=1):
            base = f"{address}__table_1__tr_{number}__td_{place}"
            child(child(row, "td", eId=base), "p", cell, eId=f"{base}__p_1")


def _refs(directive: Directive, address: str) -> list[tuple[Citation, str]]:
    """The citations of a unit that have a place and a URI, with their eIds, none over another."""
    found: list[tuple[Citation, str]] = []
    end = 0
    placed = [each for each in directive.citations if each.unit == address and each.uri]
    for each in sorted(placed, key=lambda each: each.start or 0):
        if each.start is None or each.end is None or each.start < end:
            continue
        found.append((each, f"{address}__ref_{len(found) + 1}"))
        end = each.end
    return found


def _append_wording(
    element: Element, text: str, refs: Iterable[tuple[Citation, str]], shift: int
) -> None:
    """The text with its references; ``shift``: where it begins in the unit's wording."""
    place = 0
    for citation, address in refs:
        start, end = (citation.start or 0) - shift, (citation.end or 0) - shift
        if start < place or end > len(text):
            continue
        append_text(element, text[place:start])
        child(element, "ref", text[start:end], eId=address, href=citation.uri or "")
        place = end
    append_text(element, text[place:])

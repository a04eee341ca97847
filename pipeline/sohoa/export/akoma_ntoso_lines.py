"""Printed lines outside the body, with the fields of the paper marked in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from sohoa.directive import CopyBlock, Directive, Leaf
from sohoa.export.akoma_ntoso_parts import Printed
from sohoa.export.akoma_ntoso_xml import Element, append_text, child
from sohoa.export.plain_text import printable
from sohoa.record import Record


@dataclass(frozen=True, slots=True)
class _Field:
    """The element that a field's words stand in; ``key`` tells two fields apart."""

    key: str
    element: str
    attributes: tuple[tuple[str, str], ...] = ()


def append_lines(parent: Element, lines: tuple[Printed, ...], record: Record) -> None:
    """A ``p`` for each line; lines on which one field runs on are one ``p``."""
    fields = _fields(record.directive)
    base = parent.get("eId") or ""
    runs: list[list[tuple[_Field | None, str]]] = []
    for line in lines:
        found = _bridged([fields.get(word.id) for word in line])
        marked = zip(found, line, strict=True)
        row = [
            (field, " ".join(printable(word.text) for _, word in pairs))
            for field, pairs in groupby(marked, key=lambda pair: pair[0])
        ]
        if runs and row and row[0][0] is not None and runs[-1][-1][0] == row[0][0]:
            field, text = runs[-1].pop()
            runs[-1] += [(field, f"{text} {row[0][1]}"), *row[1:]]
        else:
            runs.append(row)
    for number, run in enumerate(runs, start=1):
        _paragraph(child(parent, "p", eId=f"{base}__p_{number}"), run)


def _bridged(found: list[_Field | None]) -> list[_Field | None]:
    """One field where a single word stands between two parts of it: 05 *tháng* 3 *năm* 2024."""
    filled = list(found)
    for place in range(1, len(found) - 1):
        if found[place] is None and found[place - 1] == found[place + 1]:
            filled[place] = found[place - 1]
    return filled


def _paragraph(element: Element, run: list[tuple[_Field | None, str]]) -> None:
    base = element.get("eId")
    for number, (field, text) in enumerate(run, start=1):
        if number > 1:
            append_text(element, " ")
        if field is None:
            append_text(element, text)
            continue
        attributes = dict(field.attributes)
        attributes["eId"] = f"{base}__{field.element}_{number}"
        inside = element
        if field.element == "person":
            inside = child(element, "signature", eId=f"{base}__signature_{number}")
        child(inside, field.element, text, **attributes)


def _fields(directive: Directive) -> dict[str, _Field]:
    """The field of each word; a word of two fields (05/CT-UBND) belongs to the first."""
    found: dict[str, _Field] = {}
    pairs = [*_of_paper(directive, ""), *_of_directive(directive)]
    if directive.copy_block is not None:
        pairs += _of_paper(directive.copy_block, "copy_")
        pairs.append((directive.copy_block.kind, _Field("copy_kind", "docType")))
    for leaf, field in pairs:
        for word in leaf.words:
            found.setdefault(word, field)
    return found


def _of_directive(paper: Directive) -> Iterator[tuple[Leaf, _Field]]:
    yield paper.type, _Field("type", "docType")
    yield paper.title, _Field("title", "docTitle")
    for number, block in enumerate(paper.signatures):
        named = (("name", "signature"),)
        for leaf in (*block.authority, block.position, block.signer):
            if leaf.words and not set(leaf.words) & {*paper.signer.words, *paper.position.words}:
                yield leaf, _Field(f"signature_{number}", "inline", named)
    for number, leaf in enumerate(paper.addressees):
        yield leaf, _Field(f"addressee_{number}", "inline", (("name", "addressee"),))
    for number, mark in enumerate(paper.marks):
        yield mark.value, _Field(f"mark_{number}", "inline", (("name", mark.kind.value),))


def _of_paper(paper: Directive | CopyBlock, prefix: str) -> Iterator[tuple[Leaf, _Field]]:
    yield paper.superior, _Field(f"{prefix}superior", "docAuthority")
    yield paper.issuer, _Field(f"{prefix}issuer", "docAuthority")
    yield paper.number, _Field(f"{prefix}number", "docNumber")
    yield paper.symbol, _Field(f"{prefix}number", "docNumber")
    yield paper.place, _Field(f"{prefix}place", "location", (("refersTo", f"#{prefix}place"),))
    if paper.date.value:
        yield paper.date, _Field(f"{prefix}date", "docDate", (("date", paper.date.value),))
    signature: tuple[tuple[str, str], ...] = (("refersTo", f"#{prefix}signer"),)
    if paper.position.value:
        signature = (*signature, ("as", f"#{prefix}position"))
    yield paper.signer, _Field(f"{prefix}signer", "person", signature)
    role = (("refersTo", f"#{prefix}position"),)
    yield paper.position, _Field(f"{prefix}position", "role", role)
    for number, leaf in enumerate(paper.authority):
        yield leaf, _Field(f"{prefix}authority_{number}", "inline", (("name", "authority"),))
    for number, leaf in enumerate(paper.recipients):
        yield leaf, _Field(f"{prefix}recipient_{number}", "inline", (("name", "recipient"),))

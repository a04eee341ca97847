"""``document.xml``: the paper as legal XML, Akoma Ntoso 3.0 (OASIS LegalDocML 1.0).

``act`` for normative papers, ``doc`` for all others. The printed letterhead, title and addressees
are the preface, the legal bases the preamble, the units the body, signature and recipients the
conclusions; an annex is an attachment with a document of its own. The block of a certified copy is
another paper: it stands outside the work, as a component. All words of the document's printed lines
are in it once; furniture (folios, stamps, the ownership notice) is not.

eIds and URIs are those of ``sohoa.addresses``; the language is ``vie``. OCR text cannot become
markup, and characters that XML forbids are left out.
"""

from __future__ import annotations

from sohoa.addresses import attachment_address, is_normative, slug
from sohoa.export.akoma_ntoso_body import append_body, append_preamble
from sohoa.export.akoma_ntoso_lines import append_lines
from sohoa.export.akoma_ntoso_meta import append_meta, copy_work, paper_work, part_of
from sohoa.export.akoma_ntoso_parts import Parts, part_words
from sohoa.export.akoma_ntoso_xml import Element, child, root, to_bytes
from sohoa.record import Record


def export(record: Record) -> bytes:
    """UTF-8 XML, valid against the schema of Akoma Ntoso 3.0, one trailing newline."""
    parts = part_words(record)
    top = root()
    kind = slug(record.directive.type.value or "") or "van-ban"
    normative = is_normative(kind, record.directive.symbol.value)
    paper = child(top, "act" if normative else "doc", name=kind)
    paper.set("contains", "originalVersion")
    work = paper_work(record)
    append_meta(paper, record, work)
    if parts.preface:
        append_lines(child(paper, "preface", eId="preface"), parts.preface, record)
    append_preamble(paper, record)
    body = child(
        paper, "body" if normative else "mainBody", eId="body" if normative else "mainBody"
    )
    append_body(body, record, "")
    if parts.conclusions:
        append_lines(child(paper, "conclusions", eId="conclusions"), parts.conclusions, record)
    _attachments(paper, record, parts)
    if parts.copy:
        _copy(top, record, parts)
    return to_bytes(top)


def _attachments(paper: Element, record: Record, parts: Parts) -> None:
    if not record.directive.attachments:
        return
    holder = child(paper, "attachments")
    for number, _ in enumerate(record.directive.attachments, start=1):
        address = attachment_address(number)
        part = child(child(holder, "attachment", eId=address), "doc", name="phu-luc")
        append_meta(part, record, part_of(paper_work(record), address))
        lines = parts.attachments[number - 1]
        if lines:
            append_lines(child(part, "preface", eId=f"{address}__preface"), lines, record)
        append_body(child(part, "mainBody", eId=f"{address}__mainBody"), record, address)


def _copy(top: Element, record: Record, parts: Parts) -> None:
    """The block of the certified copy: its own paper, beside the one that it copies."""
    component = child(child(top, "components"), "component", eId="cmp_1")
    work = copy_work(record)
    paper = child(component, "doc", name=work.kind)
    append_meta(paper, record, work)
    append_lines(child(paper, "mainBody", eId="cmp_1__mainBody"), parts.copy, record)

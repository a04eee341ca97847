"""Identification and references of a legal document, after FRBR."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sohoa.addresses import PaperName, name_of, paper_uri, slug
from sohoa.directive import CopyBlock, Directive
from sohoa.export.akoma_ntoso_xml import Element, child
from sohoa.record import Record

# FRBRdate wants a day; this one, with the name "unknown", stands for none.
UNKNOWN_DAY = "0001-01-01"
_SOURCE = "#sohoa"


@dataclass(frozen=True, slots=True)
class Work:
    """A paper as a work: its URI, the part of it ("main", an attachment), its own day."""

    uri: str
    kind: str
    date: str | None
    number: str | None
    part: str = "main"
    prefix: str = ""


def paper_work(record: Record) -> Work:
    """The paper itself; where its fields give no address, the file's hash stands in for one."""
    paper = record.directive
    kind = slug(paper.type.value or "") or "van-ban"
    uri = paper.uri or paper_uri(name_of(paper))[0] or f"/akn/vn/doc/{kind}/sohoa/{_id(record)}"
    number = paper.symbol.printed or paper.number.value
    return Work(uri, kind, paper.date.value, number)


def copy_work(record: Record) -> Work:
    """The certified copy: another work, with the number, the date and the body of the copy."""
    block = record.directive.copy_block or CopyBlock()
    kind = slug(block.kind.value or "") or "sao"
    name = PaperName(
        block.kind.value or "sao", block.number.value, block.symbol.value, block.date.value,
        issuer=block.issuer.value,
    )  # fmt: skip
    uri = paper_uri(name)[0] or f"/akn/vn/doc/{kind}/sohoa/{_id(record)}"
    number = block.symbol.printed or block.number.value
    return Work(uri, kind, block.date.value, number, prefix="copy_")


def part_of(work: Work, address: str) -> Work:
    """An attachment of the work."""
    return replace(work, part=address, prefix=f"{address}_")


def _id(record: Record) -> str:
    """Stable for a file, however it was read."""
    first = min((page.number for page in record.pages), default=1)
    return f"{record.source.sha256[:16].lower() or '0'}-{first}"


def append_meta(paper: Element, record: Record, work: Work) -> None:
    """``meta`` with identification and what the text refers to."""
    meta = child(paper, "meta")
    identification = child(meta, "identification", source=_SOURCE)
    name = "issued" if work.date else "unknown"
    author = f"#{work.prefix}issuer" if not work.part.startswith("att_") else "#issuer"
    _work(identification, work, name, author)
    expression = f"{work.uri}/vie@{work.date or ''}"
    element = _level(identification, "FRBRExpression", expression, work)
    _dated(element, work.date or UNKNOWN_DAY, name)
    child(element, "FRBRauthor", href=author)
    child(element, "FRBRlanguage", language="vie")
    element = _level(identification, "FRBRManifestation", expression, work, suffix=".xml")
    _dated(element, work.date or UNKNOWN_DAY, name)
    child(element, "FRBRauthor", href=_SOURCE)
    child(element, "FRBRformat", value="application/akn+xml")
    if work.part == "main":
        _references(meta, record.directive, work)


def _level(parent: Element, name: str, uri: str, work: Work, suffix: str = "") -> Element:
    element = child(parent, name)
    child(element, "FRBRthis", value=f"{uri}/!{work.part}{suffix}")
    child(element, "FRBRuri", value=f"{uri}{suffix}")
    return element


def _dated(element: Element, date: str, name: str) -> None:
    child(element, "FRBRdate", date=date, name=name)


def _work(identification: Element, work: Work, name: str, author: str) -> None:
    element = _level(identification, "FRBRWork", work.uri, work)
    _dated(element, work.date or UNKNOWN_DAY, name)
    child(element, "FRBRauthor", href=author)
    child(element, "FRBRcountry", value="vn")
    child(element, "FRBRsubtype", value=work.kind)
    if work.number:
        child(element, "FRBRnumber", value=work.number)
    child(element, "FRBRprescriptive", value="true" if "/act/" in work.uri else "false")


def _references(meta: Element, directive: Directive, work: Work) -> None:
    paper: Directive | CopyBlock = directive
    if work.prefix and directive.copy_block is not None:
        paper = directive.copy_block
    references = child(meta, "references", source=_SOURCE)
    wanted = (
        ("TLCOrganization", "issuer", "organization", paper.issuer.value or "unknown"),
        ("TLCLocation", "place", "location", paper.place.value),
        ("TLCPerson", "signer", "person", paper.signer.value),
        ("TLCRole", "position", "role", paper.position.value),
    )
    for element, key, kind, value in wanted:
        if value:
            address = f"{work.prefix}{key}"
            href = f"/akn/ontology/{kind}/vn/{slug(value) or 'unknown'}"
            child(references, element, eId=address, href=href, showAs=value)
    if not work.prefix:
        href = "/akn/ontology/organization/vn/sohoa"
        child(references, "TLCOrganization", eId="sohoa", href=href, showAs="sohoa")

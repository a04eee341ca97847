"""What vouches for a paper: the ink of its pages and the signatures of its files, joined."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sohoa.authenticity import AuthenticityReport, PaperEvidence, join_evidence
from sohoa.authenticity.names import named_bodies, sister_bodies
from sohoa.certify import (
    CertifySettings,
    PageInk,
    SealedPage,
    SignatureReport,
    StampReading,
    find_page_ink,
    find_signatures,
    mark_set_off,
    name_seal,
)
from sohoa.directive import Directive
from sohoa.errors import EngineError
from sohoa.evidence import DigitalSignature, Handwriting, Seal, Stamp, StampKind
from sohoa.model import Finding, Line, LineKind, Page, PageImage, TextSource, map_block
from sohoa.read import Source, SourcePage
from sohoa.recognize import Engine


@dataclass(frozen=True, slots=True)
class Vouching:
    """Everything that vouches for one paper, in the form in which its record keeps it."""

    seals: tuple[Seal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    authenticity: AuthenticityReport | None = None
    findings: tuple[Finding, ...] = ()


def find_ink(source: SourcePage, page: Page, engine: Engine) -> PageInk | None:
    """Seals, stamps and signatures by hand of a page that is a picture of paper.

    None for a page whose own text is embedded: what looks like ink there was drawn by a program.
    Pictures of digital signatures that were drawn over a scan are no ink either.
    """
    if source.image is None or page.source is not TextSource.OCR:
        return None
    drawn = [each.bbox for each in source.appearances if each.reads_as_signature]

    def read_strips(images: Sequence[PageImage]) -> list[str]:
        try:
            found = engine.recognize_lines(tuple(images))
        except EngineError:
            # The words of a seal are a help: without them it is a seal that was not read.
            return [""] * len(images)
        return [" ".join(line.text for line in lines) for lines in found]

    return find_page_ink(source.image, StampReading(read_strips, tuple(page.lines())), drawn)


def mark_stamped(page: Page, ink: PageInk | None) -> Page:
    """The page with the words inside an incoming stamp (dấu đến) marked as a stamp's.

    They were laid over the paper by the office that received it. Other stamps keep their words:
    urgency, a copy and the signer's name are what the paper says.
    """
    boxes = [each.bbox for each in ink.stamps if each.kind is StampKind.INCOMING] if ink else []
    if not boxes:
        return page

    def mark(line: Line) -> Line:
        inside = any(line.bbox.share_inside(box.padded(8)) > 0.8 for box in boxes)
        return replace(line, kind=LineKind.STAMP) if inside else line

    return replace(page, blocks=tuple(map_block(block, mark) for block in page.blocks))


def vouch(
    source: Source,
    pages: Sequence[Page],
    inks: Sequence[PageInk],
    directive: Directive,
    settings: CertifySettings,
) -> Vouching:
    """Join the ink of the pages with the signatures of the files and the paper's own words."""
    if source.is_plain_text:
        return Vouching()
    sealed = tuple(SealedPage(ink.number, ink.width, ink.seals) for ink in inks)
    marked = mark_set_off(sealed)
    seals = _named(marked, inks, directive)
    report = _signatures(source, settings)
    evidence = PaperEvidence(
        seals=seals,
        stamps=tuple(each for ink in inks for each in ink.stamps),
        handwriting=tuple(each for ink in inks for each in ink.handwriting),
        signatures=report.signatures,
        born_digital=bool(pages) and all(page.source is TextSource.EMBEDDED for page in pages),
        file_readable=report.readable,
    )
    return Vouching(
        seals,
        evidence.stamps,
        evidence.handwriting,
        report.signatures,
        join_evidence(directive, evidence),
        report.findings,
    )


def _named(
    seals: tuple[Seal, ...], inks: Sequence[PageInk], directive: Directive
) -> tuple[Seal, ...]:
    """The seals with their words; nothing is read on set-offs, which are mirror images."""
    names = named_bodies(directive)
    strangers = sister_bodies(names)
    readings = {(each.seal.page, each.seal.bbox): each for ink in inks for each in ink.readings}
    found = []
    for seal in seals:
        reading = readings.get((seal.page, seal.bbox))
        same = reading is not None and reading.seal.kind is seal.kind
        found.append(name_seal(reading, names, strangers) if reading is not None and same else seal)
    return tuple(found)


def _signatures(source: Source, settings: CertifySettings) -> SignatureReport:
    """The signatures of all files of the source, their pages counted through the source."""
    told = {each.code for each in source.findings}
    signatures: list[DigitalSignature] = []
    findings: list[Finding] = []
    readable, before = True, 0
    for part, path in zip(source.parts, source.paths, strict=False):
        report = find_signatures(path.read_bytes(), settings)
        readable = readable and report.readable
        signatures += [replace(e, page=_moved(e.page, before)) for e in report.signatures]
        findings += [
            replace(each, page=_moved(each.page, before))
            for each in report.findings
            if each.code not in told
        ]
        before += part.page_count
    return SignatureReport(tuple(signatures), tuple(findings), readable)


def _moved(page: int | None, by: int) -> int | None:
    return None if page is None else page + by

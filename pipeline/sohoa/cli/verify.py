"""``sohoa verify``: what vouches for a paper, said statement by statement.

Exit codes: 0 consistent, 1 contradicted, 3 cannot tell.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.authenticity import AuthenticityReport, Outcome, PaperEvidence, join_evidence
from sohoa.certify import (
    CertifySettings,
    SealedPage,
    SignatureReport,
    explain,
    find_handwriting,
    find_seals,
    find_signatures,
    find_stamps,
    mark_set_off,
)
from sohoa.cli.messages import say
from sohoa.digitize import digitize
from sohoa.model import TextSource
from sohoa.read import open_source
from sohoa.recognize import make_engine
from sohoa.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from sohoa.evidence import Handwriting, Seal, Stamp
    from sohoa.read import Source
    from sohoa.record import Record

    _InkEvidence = tuple[tuple[Seal, ...], tuple[Stamp, ...], tuple[Handwriting, ...]]

EXIT_CODES = {Outcome.CONSISTENT: 0, Outcome.CONTRADICTED: 1, Outcome.CANNOT_TELL: 3}
_MARKS = {"seen": "green", "inferred": "cyan", "missing": "yellow", "contradicted": "red"}


def run(files: list[Path], roots: Path | None, settings_file: Path | None, *, as_json: bool) -> int:
    """Report on each file; the worst of their exit codes (contradicted before cannot tell)."""
    from rich.console import Console

    settings = load_settings(settings_file) if settings_file else Settings()
    console = Console()
    outcomes = []
    for file in files:
        report, signatures = verify(file, settings, CertifySettings(trust_roots=roots))
        outcomes.append(report.outcome)
        if as_json:
            line = {"name": file.name, "outcome": report.outcome, **asdict(report)}
            console.out(json.dumps(line, ensure_ascii=False, default=str), highlight=False)
        else:
            _print(file, report, signatures, console)
    if Outcome.CONTRADICTED in outcomes:
        return EXIT_CODES[Outcome.CONTRADICTED]
    return max(EXIT_CODES[outcome] for outcome in outcomes)


def verify(
    file: Path, settings: Settings, certify: CertifySettings
) -> tuple[AuthenticityReport, SignatureReport]:
    """The chain of one paper from its ink, its words and its file, and the signatures in full."""
    with open_source([file], settings.read) as source:
        (record,) = digitize(source, settings, make_engine(settings.recognize))
        seals, stamps, handwriting = _evidence_of(source, record)
    signatures = SignatureReport((), (), readable=True)
    if record.source.media_type == "application/pdf":
        signatures = find_signatures(file.read_bytes(), certify)
    joined = PaperEvidence(
        seals=seals,
        stamps=stamps,
        handwriting=handwriting,
        signatures=signatures.signatures,
        born_digital=all(page.source is TextSource.EMBEDDED for page in record.pages),
        file_readable=signatures.readable,
    )
    return join_evidence(record.directive, joined), signatures


def _evidence_of(source: Source, record: Record) -> _InkEvidence:
    """Seals, stamps and hand signatures of all pages that are pictures of paper."""
    sealed: list[SealedPage] = []
    stamps: list[Stamp] = []
    handwriting: list[Handwriting] = []
    for page in record.pages:
        image = source.page(page.number).image if page.source is TextSource.OCR else None
        if image is None:
            continue
        seals = find_seals(image)
        sealed.append(SealedPage(page.number, image.width, seals))
        stamps += find_stamps(image, seals)
        handwriting += find_handwriting(image, seals)
    return mark_set_off(sealed), tuple(stamps), tuple(handwriting)


def _print(
    file: Path, report: AuthenticityReport, signatures: SignatureReport, console: Console
) -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(file.name), header_style="bold", title_justify="left")
    for key in ("event", "standing", "statement", "value"):
        table.add_column(say(f"col.{key}"), overflow="fold")
    for each in report.statements:
        standing = Text(say(f"standing.{each.standing}"), style=_MARKS[each.standing])
        event = Text(say(f"event.{each.event}"))
        table.add_row(event, standing, Text(each.message), Text(each.value or ""))
    console.print(table)
    for signature in signatures.signatures:
        console.print(Text(f"- {explain(signature)}"))
    console.print(Text(say(f"outcome.{report.outcome}")), style="bold")

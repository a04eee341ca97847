"""``sohoa verify``: what vouches for a paper, said statement by statement.

Exit codes: 0 consistent, 1 contradicted, 3 cannot tell (also of a file that cannot be read),
2 a bad call (also a file that is not there).
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.authenticity import AuthenticityReport, Outcome, PaperEvidence, join_evidence
from sohoa.certify import find_signatures
from sohoa.cli.messages import language, say
from sohoa.digitize import digitize
from sohoa.directive import Directive
from sohoa.errors import (
    EngineError,
    SecretDocument,
    SettingsError,
    SourceError,
    SourceMissing,
    StorageError,
)
from sohoa.read import open_source
from sohoa.recognize import make_engine
from sohoa.settings import Settings, load_settings
from sohoa.wording import term

if TYPE_CHECKING:
    from rich.console import Console

    from sohoa.evidence import DigitalSignature
    from sohoa.model import Pixels
    from sohoa.record import Record

EXIT_CODES = {Outcome.CONSISTENT: 0, Outcome.CONTRADICTED: 1, Outcome.CANNOT_TELL: 3}
_MARKS = {"seen": "green", "inferred": "cyan", "missing": "yellow", "contradicted": "red"}


@dataclass(frozen=True, slots=True)
class Shown:
    """How the report is shown: as a table, as JSON, and as a page of HTML beside it.

    ``html`` is the page's path; for several files a folder that takes one page for each.
    """

    as_json: bool = False
    html: Path | None = None


def run(files: list[Path], roots: Path | None, settings_file: Path | None, shown: Shown) -> int:
    """Report on each file; the worst of their exit codes (contradicted before cannot tell)."""
    from rich.console import Console

    settings = load_settings(settings_file) if settings_file else Settings()
    if roots is not None:
        settings = replace(settings, certify=replace(settings.certify, trust_roots=roots))
    console = Console()
    outcomes = []
    pages = page_paths(files, shown.html)
    for file, page in zip(files, pages, strict=True):
        try:
            record = verify(file, settings, page)
            report, signatures = record.authenticity or AuthenticityReport(), record.signatures
        except (SourceMissing, StorageError) as error:
            # Exit code 1 means "contradicted" here, so these are bad calls.
            raise SettingsError(error.message, remedy=error.remedy) from error
        except (SourceError, EngineError) as error:
            print(say("error", message=str(error)), file=sys.stderr)
            secret = isinstance(error, SecretDocument)
            report, signatures = (AuthenticityReport(), ()) if secret else of_bytes(file, settings)
        outcomes.append(report.outcome)
        if shown.as_json:
            line = {"name": file.name, "outcome": report.outcome, **asdict(report)}
            console.out(json.dumps(line, ensure_ascii=False, default=str), highlight=False)
        else:
            _print(file, signatures, report, console)
    if Outcome.CONTRADICTED in outcomes:
        return EXIT_CODES[Outcome.CONTRADICTED]
    return max(EXIT_CODES[outcome] for outcome in outcomes)


def page_paths(files: list[Path], html: Path | None) -> list[Path | None]:
    """The HTML page of each file; ``SettingsError`` where two files would take one page."""
    if html is None:
        return [None] * len(files)
    if len(files) == 1 and not html.is_dir():
        return [html]
    pages = [html / f"{file.name}.html" for file in files]
    if len(set(pages)) < len(pages):
        raise SettingsError(
            "Two of the files have the same name.", remedy="Write their pages to two folders."
        )
    return list(pages)


def verify(file: Path, settings: Settings, page: Path | None = None) -> Record:
    """The record of one paper, with its chain from its ink, its words and its file.

    With ``page`` the report is written there as HTML.
    """
    from sohoa.authenticity.html_report import to_html
    from sohoa.export import write_atomically

    with open_source([file], settings.read) as source:
        (record,) = digitize(source, settings, make_engine(settings.recognize))
        if page is not None:

            def picture(number: int) -> Pixels | None:
                image = source.page(number).image
                return image.pixels if image is not None else None

            page.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(page, to_html(record, picture, language()))
    return record


def of_bytes(
    file: Path, settings: Settings
) -> tuple[AuthenticityReport, tuple[DigitalSignature, ...]]:
    """What can be told of a file whose pages cannot be read: its digital signatures alone."""
    found = find_signatures(file.read_bytes(), settings.certify)
    evidence = PaperEvidence(signatures=found.signatures, file_readable=False)
    report = join_evidence(Directive(), evidence)
    statements = tuple(each for each in report.statements if each.code == "digital-signature")
    # The paper itself was not read: signatures that hold are not enough to call it consistent.
    return replace(report, statements=statements, signatures_passed=0), found.signatures


def _print(
    file: Path,
    signatures: tuple[DigitalSignature, ...],
    report: AuthenticityReport,
    console: Console,
) -> None:
    from rich.table import Table
    from rich.text import Text

    from sohoa.authenticity.names_of_facts import LABELS, facts_of_signature

    table = Table(title=Text(file.name), header_style="bold", title_justify="left")
    for key in ("event", "standing", "statement", "value"):
        table.add_column(say(f"col.{key}"), overflow="fold")
    for each in report.statements:
        standing = Text(term(f"standing.{each.standing}", language()), style=_MARKS[each.standing])
        event = Text(term(f"event.{each.event}", language()))
        table.add_row(event, standing, Text(each.told(language())), Text(each.value or ""))
    console.print(table)
    chosen = 0 if language() == "vi" else 1
    for signature in signatures:
        facts = Table.grid("", "", padding=(0, 2))
        for key, value in facts_of_signature(signature, language()):
            if value:
                facts.add_row(Text(LABELS[key][chosen], style="dim"), Text(value))
        console.print(facts)
        console.print()
    console.print(Text(term(f"outcome.{report.outcome}", language())), style="bold")

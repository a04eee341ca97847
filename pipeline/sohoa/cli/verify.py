"""``sohoa verify``: what vouches for a paper, said statement by statement.

Exit codes: 0 consistent, 1 contradicted, 3 cannot tell.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.authenticity import AuthenticityReport, Outcome
from sohoa.cli.messages import language, say
from sohoa.digitize import digitize
from sohoa.read import open_source
from sohoa.recognize import make_engine
from sohoa.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

    from sohoa.record import Record

EXIT_CODES = {Outcome.CONSISTENT: 0, Outcome.CONTRADICTED: 1, Outcome.CANNOT_TELL: 3}
_MARKS = {"seen": "green", "inferred": "cyan", "missing": "yellow", "contradicted": "red"}


def run(files: list[Path], roots: Path | None, settings_file: Path | None, *, as_json: bool) -> int:
    """Report on each file; the worst of their exit codes (contradicted before cannot tell)."""
    from rich.console import Console

    settings = load_settings(settings_file) if settings_file else Settings()
    if roots is not None:
        settings = replace(settings, certify=replace(settings.certify, trust_roots=roots))
    console = Console()
    outcomes = []
    for file in files:
        record = verify(file, settings)
        report = record.authenticity or AuthenticityReport()
        outcomes.append(report.outcome)
        if as_json:
            line = {"name": file.name, "outcome": report.outcome, **asdict(report)}
            console.out(json.dumps(line, ensure_ascii=False, default=str), highlight=False)
        else:
            _print(file, record, report, console)
    if Outcome.CONTRADICTED in outcomes:
        return EXIT_CODES[Outcome.CONTRADICTED]
    return max(EXIT_CODES[outcome] for outcome in outcomes)


def verify(file: Path, settings: Settings) -> Record:
    """The record of one paper, with its chain from its ink, its words and its file."""
    with open_source([file], settings.read) as source:
        (record,) = digitize(source, settings, make_engine(settings.recognize))
    return record


def _print(file: Path, record: Record, report: AuthenticityReport, console: Console) -> None:
    from rich.table import Table
    from rich.text import Text

    from sohoa.certify import explain

    table = Table(title=Text(file.name), header_style="bold", title_justify="left")
    for key in ("event", "standing", "statement", "value"):
        table.add_column(say(f"col.{key}"), overflow="fold")
    for each in report.statements:
        standing = Text(say(f"standing.{each.standing}"), style=_MARKS[each.standing])
        event = Text(say(f"event.{each.event}"))
        table.add_row(event, standing, Text(each.told(language())), Text(each.value or ""))
    console.print(table)
    for signature in record.signatures:
        console.print(Text(f"- {explain(signature)}"))
    console.print(Text(say(f"outcome.{report.outcome}")), style="bold")

"""``sohoa verify``: what vouches for a paper, said statement by statement.

Exit codes: 0 consistent, 1 contradicted, 3 cannot tell.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.authenticity import AuthenticityReport, Outcome
from sohoa.cli.messages import language, say
from sohoa.digitize import digitize
from sohoa.errors import SettingsError
from sohoa.read import open_source
from sohoa.recognize import make_engine
from sohoa.settings import Settings, load_settings
from sohoa.wording import term

if TYPE_CHECKING:
    from rich.console import Console

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
        record = verify(file, settings, page)
        report = record.authenticity or AuthenticityReport()
        outcomes.append(report.outcome)
        if shown.as_json:
            line = {"name": file.name, "outcome": report.outcome, **asdict(report)}
            console.out(json.dumps(line, ensure_ascii=False, default=str), highlight=False)
        else:
            _print(file, record, report, console)
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


def _print(file: Path, record: Record, report: AuthenticityReport, console: Console) -> None:
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
    for signature in record.signatures:
        facts = Table.grid("", "", padding=(0, 2))
        for key, value in facts_of_signature(signature, language()):
            if value:
                facts.add_row(Text(LABELS[key][chosen], style="dim"), Text(value))
        console.print(facts)
        console.print()
    console.print(Text(term(f"outcome.{report.outcome}", language())), style="bold")

"""``sohoa digitize``: find the sources, run them, show how it went."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from sohoa.batch import Job, Outcome, Status, run_jobs
from sohoa.cli.messages import language, say
from sohoa.errors import StorageError
from sohoa.explain import explain
from sohoa.settings import Settings, load_settings

if TYPE_CHECKING:
    from rich.console import Console

_WIDE = 110
_TOLD = ("name", "folder", "status", "pages", "seconds", "code", "message", "summary", "codes")
_MARK = {
    Status.DONE: "green",
    Status.PARTIAL: "yellow",
    Status.FAILED: "red",
    Status.QUARANTINED: "red",
}


def run(sources: list[Path], out: Path, settings: Settings, *, jobs: int, as_json: bool) -> int:
    """Digitize all and return the exit code: 0 all done, 1 some not."""
    from rich.console import Console

    console = Console(stderr=True)
    work = find_jobs(sources, out, console)
    if not work:
        console.print(say("nothing"), style="red", markup=False)
        return 1
    _make_folder(out)
    started = monotonic()
    workers = min(jobs or os.cpu_count() or 1, len(work))
    outcomes = _run_shown(work, settings, workers, console, as_json=as_json)
    if not as_json:
        _print_table(outcomes, out, monotonic() - started)
    return 0 if all(each.status is Status.DONE for each in outcomes) else 1


def settings_with_formats(settings_file: Path | None, formats: str) -> Settings:
    """The settings of a file, with the formats that the call names (parted by commas) over them.

    ``all``: every format. ``SettingsError`` for one that does not exist, before anything is read.
    """
    from sohoa.export import check_names, format_names

    settings = load_settings(settings_file) if settings_file else Settings()
    names = tuple(name.strip() for name in formats.split(",") if name.strip())
    if names:
        chosen = format_names() if "all" in names else names
        settings = replace(settings, output=replace(settings.output, formats=chosen))
    check_names(settings.output.formats)
    return settings


def with_engine(settings: Settings, engine: str) -> Settings:
    """The settings with the engine that the call names; ``SettingsError`` for one we have not."""
    if not engine:
        return settings
    from sohoa.recognize import make_engine

    recognize = replace(settings.recognize, engine=engine)
    make_engine(recognize)
    return replace(settings, recognize=recognize)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"{out} cannot be made: {error}.",
            remedy="Choose another folder for the results (--out).",
        ) from error


def find_jobs(sources: list[Path], out: Path, console: Console) -> tuple[Job, ...]:
    """A job for each document below the sources."""
    from sohoa.read import find_sources

    jobs = []
    for found in find_sources(sources):
        if found.skipped:
            console.print(
                say("skipped", name=found.relative, reason=explain(found.skipped, language())),
                style="yellow",
                markup=False,
                highlight=False,
            )
            continue
        jobs.append(Job(str(found.relative), found.paths, out / found.relative, out))
    return tuple(jobs)


def _run_shown(
    jobs: tuple[Job, ...], settings: Settings, workers: int, console: Console, *, as_json: bool
) -> list[Outcome]:
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    outcomes = []
    columns = (
        TextColumn("[bold]{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[last]}", markup=False),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(say("progress"), total=len(jobs), last="")
        for outcome in run_jobs(jobs, settings, workers=workers):
            outcomes.append(outcome)
            progress.update(task, advance=1, last=outcome.name)
            if as_json:
                sys.stdout.write(json.dumps(_told(outcome), ensure_ascii=False) + "\n")
                sys.stdout.flush()
            if outcome.status is not Status.DONE:
                style = _MARK[outcome.status]
                told = f"{explain(outcome.code, language())}: {outcome.message}"
                console.print(told, style=style, markup=False, highlight=False)
    return outcomes


def _told(outcome: Outcome) -> dict[str, object]:
    """What a line of JSON tells; single pages stand in the record."""
    return {key: value for key, value in asdict(outcome).items() if key in _TOLD}


def _print_table(outcomes: list[Outcome], out: Path, seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    # A narrow window shows who and what on the next best place: the record.
    shown = ("number", "type", "date", "issuer") if console.width >= _WIDE else ("number", "date")
    table = Table(header_style="bold", row_styles=("", "dim"))
    for key in ("source", "pages", *shown, "status"):
        table.add_column(
            say(f"col.{key}"), justify="right" if key == "pages" else "left", overflow="fold"
        )
    for each in sorted(outcomes, key=lambda outcome: outcome.name):
        summary = dict(each.summary)
        status = Text(say(f"status.{each.status}"), style=_MARK[each.status])
        cells = [Text(summary.get(key, "")) for key in shown]
        table.add_row(Text(each.name), str(each.pages), *cells, status)
    console.print(table)
    counts = {status: sum(each.status is status for each in outcomes) for status in Status}
    console.print(
        say(
            "total",
            done=counts[Status.DONE],
            partial=counts[Status.PARTIAL],
            failed=counts[Status.FAILED] + counts[Status.QUARANTINED],
            pages=sum(each.pages for each in outcomes),
            seconds=seconds,
            out=out,
        ),
        markup=False,
        highlight=False,
    )

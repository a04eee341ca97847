"""``sohoa batch plan | status | check | report``: looks at a run that change nothing."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from sohoa.cli.messages import language, say
from sohoa.explain import CODES, explain

if TYPE_CHECKING:
    from rich.table import Table

    from sohoa.batch.drive import Request
    from sohoa.batch.ledger_reading import Standing


def plan(request: Request, *, as_json: bool) -> None:
    """Show what a run would do."""
    from rich.console import Console
    from rich.table import Table

    from sohoa.batch.plan import make_plan

    made = make_plan(request)
    if as_json:
        _print({**asdict(made), "verdicts": dict(made.verdicts)})
        return
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(style="dim")
    for verdict, count in made.verdicts:
        table.add_row(say("plan.sources"), str(count), say(f"plan.{verdict}"))
    table.add_row("", str(made.passed_over), say("plan.passed-over"))
    sampled = say("plan.sampled", count=made.sampled) if made.sampled < made.documents else ""
    table.add_row(say("plan.pages"), str(made.pages), sampled)
    if made.unreadable:
        table.add_row("", str(made.unreadable), say("plan.unreadable"))
    source = say("plan.measured" if made.measured else "plan.guessed")
    table.add_row(say("plan.hours", workers=request.workers), f"{made.hours:.2f}", source)
    free = f"{made.free_megabytes} MB {say('plan.free')}"
    table.add_row(say("plan.disk"), f"{made.megabytes:.0f} MB", free)
    Console().print(table)


def status(out: Path, *, as_json: bool) -> None:
    """Show how a folder of results stands."""
    from rich.console import Console

    from sohoa.batch.ledger import is_held
    from sohoa.batch.ledger_reading import open_reading, read_standing
    from sohoa.cli.batch_board import clock

    with open_reading(out) as base:
        standing = replace(read_standing(base), is_running=is_held(out))
    if as_json:
        _print(asdict(standing))
        return
    console = Console()
    run = standing.run
    if run is not None:
        text = say(
            "status.run",
            number=run.number,
            host=run.host,
            pid=run.pid,
            workers=run.workers,
            reason=say("reason.running" if standing.is_running else f"reason.{run.reason}"),
        )
        console.print(text, markup=False, highlight=False)
        if standing.is_running:
            left = standing.sources("pending", "running")
            text = say("status.left", time=clock(time() - run.started), left=left)
            console.print(text, markup=False, highlight=False)
    console.print(_standing_table(standing))
    for outcome, count in standing.authenticity:
        text = f"{say(f'vouched.{outcome}')}: {count}"
        console.print(text, markup=False, highlight=False)
    for name in standing.running:
        console.print(f"{say('state.running')}: {name}", markup=False, highlight=False)
    if standing.links:
        console.print(say("status.links", count=standing.links), markup=False, highlight=False)


def _standing_table(standing: Standing) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    for key in ("state", "reason", "sources", "pages"):
        table.add_column(
            say(f"col.{key}"), justify="right" if key in ("sources", "pages") else "left"
        )
    for each in standing.reasons:
        # What is no document carries its reason as it was found, not a code.
        reason = explain(each.code, language()) if each.code in CODES else each.code
        table.add_row(say(f"state.{each.state}"), Text(reason), str(each.sources), str(each.pages))
    return table


def check(out: Path, *, deep: bool, as_json: bool) -> int:
    """Exit code: 0 where the ledger and the folder agree, 1 where they do not."""
    from rich.console import Console

    from sohoa.batch.check import find_disagreements
    from sohoa.batch.ledger_reading import open_reading

    console = Console()
    count = 0
    with open_reading(out) as base:
        for each in find_disagreements(base, out.absolute(), deep=deep):
            count += 1
            if as_json:
                _print(asdict(each))
            else:
                text = f"{each.name}: {say(f'check.{each.kind}')}"
                console.print(text, style="red", markup=False, highlight=False)
    if not count and not as_json:
        console.print(say("check.agree"), style="green", markup=False)
    return 1 if count else 0


def report(out: Path, into: Path | None) -> tuple[Path, ...]:
    """Write the report in its three forms; the paths of the files."""
    from sohoa.batch.ledger import FOLDER
    from sohoa.batch.ledger_reading import open_reading
    from sohoa.batch.report import REPORTS, read_report
    from sohoa.errors import StorageError
    from sohoa.export import write_atomically

    folder = into or out / FOLDER
    with open_reading(out) as base:
        found = read_report(base)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"{folder} cannot be made: {error}.") from error
    paths = []
    for name, render in REPORTS.items():
        write_atomically(folder / name, render(found, language()))
        paths.append(folder / name)
    return tuple(paths)


def _print(value: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")

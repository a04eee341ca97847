"""``sohoa batch`` and ``sohoa watch``: their options; see ``sohoa.cli.app`` for how texts are made.

Annotations here are values, not text (no ``from __future__ import annotations``).
"""

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.messages import say


def add_batch(app: typer.Typer) -> None:
    """Put the commands for whole folders into the command line."""
    batch = typer.Typer(
        help=say("batch"), no_args_is_help=True, rich_markup_mode=None, add_completion=False
    )
    _add_run(batch)
    _add_plan(batch)
    _add_looks(batch)
    app.add_typer(batch, name="batch")
    _add_watch(app)


def _add_run(batch: typer.Typer) -> None:
    @batch.command(help=say("batch.run"))
    def run(  # noqa: PLR0913, PLR0917 (one parameter an option)
        sources: Annotated[list[Path], typer.Argument(help=say("arg.sources"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.out"))],
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        jobs: Annotated[int, typer.Option("--jobs", min=0, help=say("opt.jobs"))] = 0,
        retry: Annotated[bool, typer.Option("--retry", help=say("opt.retry"))] = False,
        cluster: Annotated[str, typer.Option("--cluster", help=say("opt.cluster"))] = "",
        quiet: Annotated[bool, typer.Option("--quiet", help=say("opt.quiet"))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json"))] = False,
    ) -> None:
        from sohoa.cli.batch import Call, make_request
        from sohoa.cli.batch import run as run_command

        request = make_request(Call(tuple(sources), out, settings, jobs, retry, cluster))
        raise typer.Exit(run_command(request, quiet=quiet, as_json=as_json))


def _add_plan(batch: typer.Typer) -> None:
    @batch.command(help=say("batch.plan"))
    def plan(
        sources: Annotated[list[Path], typer.Argument(help=say("arg.sources"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.out"))],
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        jobs: Annotated[int, typer.Option("--jobs", min=0, help=say("opt.jobs"))] = 0,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json-lines"))] = False,
    ) -> None:
        from sohoa.cli.batch import Call, make_request
        from sohoa.cli.batch_looks import plan as plan_command

        plan_command(make_request(Call(tuple(sources), out, settings, jobs)), as_json=as_json)


def _add_looks(batch: typer.Typer) -> None:
    @batch.command(help=say("batch.status"))
    def status(
        out: Annotated[Path, typer.Argument(help=say("arg.results-out"))],
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json-lines"))] = False,
    ) -> None:
        from sohoa.cli.batch_looks import status as status_command

        status_command(out, as_json=as_json)

    @batch.command(help=say("batch.check"))
    def check(
        out: Annotated[Path, typer.Argument(help=say("arg.results-out"))],
        deep: Annotated[bool, typer.Option("--deep", help=say("opt.deep"))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json-lines"))] = False,
    ) -> None:
        from sohoa.cli.batch_looks import check as check_command

        raise typer.Exit(check_command(out, deep=deep, as_json=as_json))

    @batch.command(help=say("batch.report"))
    def report(
        out: Annotated[Path, typer.Argument(help=say("arg.results-out"))],
        into: Annotated[Path | None, typer.Option("--into", help=say("opt.report"))] = None,
    ) -> None:
        from sohoa.cli.batch_looks import report as report_command

        for path in report_command(out, into):
            typer.echo(path)


def _add_watch(app: typer.Typer) -> None:
    @app.command(help=say("watch"))
    def watch(  # noqa: PLR0913, PLR0917 (one parameter an option)
        folder: Annotated[Path, typer.Argument(help=say("arg.watched"))],
        out: Annotated[Path, typer.Argument(help=say("arg.results-out"))],
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        jobs: Annotated[int, typer.Option("--jobs", min=0, help=say("opt.jobs"))] = 0,
        move: Annotated[Path | None, typer.Option("--move", help=say("opt.move"))] = None,
        poll: Annotated[float, typer.Option("--poll", min=0.1, help=say("opt.poll"))] = 5.0,
        once: Annotated[bool, typer.Option("--once", help=say("opt.once"))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json"))] = False,
    ) -> None:
        from sohoa.cli.batch import Call, make_request
        from sohoa.cli.watch import Wishes, run

        request = make_request(Call((folder,), out, settings, jobs))
        raise typer.Exit(run(request, Wishes(poll, move, once), as_json=as_json))

"""The commands and their options; help texts follow the locale.

Annotations here are values, not text (no ``from __future__ import annotations``): they are made
when the commands are, in the language of the moment.
"""

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.app_review import add_review_commands
from sohoa.cli.archive_app import add_archive_commands
from sohoa.cli.batch_app import add_batch
from sohoa.cli.messages import say
from sohoa.cli.search_app import add_search_commands


def build_app() -> typer.Typer:
    """The command line with its texts in the language of the locale."""
    app = typer.Typer(
        help=say("app"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    _add_top(app)
    _add_digitize(app)
    add_batch(app)
    _add_restore(app)
    _add_evaluate(app)
    _add_inspect(app)
    _add_verify(app)
    _add_schema(app)
    add_review_commands(app)
    add_archive_commands(app)
    add_search_commands(app)
    return app


def _add_top(app: typer.Typer) -> None:
    def show_version(wanted: bool) -> None:
        if wanted:
            from sohoa import __version__

            typer.echo(f"sohoa {__version__}")
            raise typer.Exit

    @app.callback()
    def top(
        version: Annotated[
            bool,
            typer.Option(
                "--version", help=say("opt.version"), callback=show_version, is_eager=True
            ),
        ] = False,
    ) -> None:
        pass


def _add_digitize(app: typer.Typer) -> None:
    @app.command(help=say("digitize"))
    def digitize(  # noqa: PLR0913, PLR0917 (one parameter an option)
        sources: Annotated[list[Path], typer.Argument(help=say("arg.sources"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.out"))],
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        formats: Annotated[str, typer.Option("--formats", help=say("opt.formats"))] = "",
        engine: Annotated[str, typer.Option("--engine", help=say("opt.engine"))] = "",
        jobs: Annotated[int, typer.Option("--jobs", min=0, help=say("opt.jobs"))] = 0,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json"))] = False,
    ) -> None:
        from sohoa.cli.digitize import run, settings_with_formats, with_engine

        chosen = with_engine(settings_with_formats(settings, formats), engine)
        raise typer.Exit(run(sources, out, chosen, jobs=jobs, as_json=as_json))


def _add_restore(app: typer.Typer) -> None:
    @app.command(help=say("restore"))
    def restore(
        sources: Annotated[list[str] | None, typer.Argument(help=say("arg.texts"))] = None,
        out: Annotated[Path | None, typer.Option("--out", help=say("opt.texts-out"))] = None,
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        explain: Annotated[bool, typer.Option("--explain", help=say("opt.explain"))] = False,
    ) -> None:
        from sohoa.cli.restore import run

        run(sources or ["-"], out, settings, explain=explain)


def _add_evaluate(app: typer.Typer) -> None:
    @app.command(help=say("evaluate"))
    def evaluate(
        truth: Annotated[Path, typer.Argument(help=say("arg.truth"))],
        results: Annotated[Path, typer.Argument(help=say("arg.results"))],
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json-report"))] = False,
        html: Annotated[Path | None, typer.Option("--html", help=say("opt.html"))] = None,
    ) -> None:
        from sohoa.cli.evaluate import run

        run(truth, results, as_json=as_json, html=html)


def _add_inspect(app: typer.Typer) -> None:
    @app.command(help=say("inspect"))
    def inspect(
        source: Annotated[Path, typer.Argument(help=say("arg.source"))],
        out: Annotated[Path | None, typer.Option("--out", help=say("opt.page"))] = None,
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
    ) -> None:
        from sohoa.cli.inspect import run

        typer.echo(run(source, out, settings))


def _add_verify(app: typer.Typer) -> None:
    @app.command(help=say("verify"))
    def verify(
        files: Annotated[list[Path], typer.Argument(help=say("arg.files"))],
        roots: Annotated[Path | None, typer.Option("--roots", help=say("opt.roots"))] = None,
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.json"))] = False,
        html: Annotated[Path | None, typer.Option("--html", help=say("opt.html-verify"))] = None,
    ) -> None:
        from sohoa.cli.verify import Shown, run

        raise typer.Exit(run(files, roots, settings, Shown(as_json=as_json, html=html)))


def _add_schema(app: typer.Typer) -> None:
    @app.command(help=say("schema"))
    def schema() -> None:
        import json

        from sohoa.record import json_schema

        typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=1))

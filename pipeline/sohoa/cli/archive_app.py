"""The commands of the archive: packages, registers, quality, parts.

Annotations here are values, not text, as in ``app.py``.
"""

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.messages import say


def add_archive_commands(app: typer.Typer) -> None:
    """Add the commands, from ``package`` to ``sign``."""
    _add_package(app)
    _add_check(app)
    _add_register(app)
    _add_quality(app)
    _add_split(app)
    _add_join(app)
    _add_sign(app)


def _add_package(app: typer.Typer) -> None:
    @app.command(help=say("package"))
    def package(  # noqa: PLR0913, PLR0917 (one parameter an option)
        sources: Annotated[list[Path], typer.Argument(help=say("arg.package-sources"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.package-out"))],
        results: Annotated[Path | None, typer.Option("--results", help=say("opt.results"))] = None,
        kind: Annotated[str, typer.Option("--kind", help=say("opt.kind"))] = "AIP_hoso",
        metadata: Annotated[
            Path | None, typer.Option("--metadata", help=say("opt.metadata"))
        ] = None,
        pattern: Annotated[str, typer.Option("--pattern", help=say("opt.pattern"))] = "",
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
        keep_folder: Annotated[
            bool, typer.Option("--keep-folder", help=say("opt.keep-folder"))
        ] = False,
    ) -> None:
        from sohoa.cli.package import Call, run

        call = Call(tuple(sources), out, results or out / "results", kind, metadata, pattern)
        raise typer.Exit(run(call, settings, keep_folder=keep_folder))


def _add_check(app: typer.Typer) -> None:
    @app.command("check-package", help=say("check-package"))
    def check(
        packages: Annotated[list[Path], typer.Argument(help=say("arg.packages"))],
    ) -> None:
        from sohoa.cli.package import check as run

        raise typer.Exit(run(packages))


def _add_register(app: typer.Typer) -> None:
    @app.command(help=say("register"))
    def register(  # noqa: PLR0913, PLR0917 (one parameter an option)
        results: Annotated[Path, typer.Argument(help=say("arg.one-results"))],
        out: Annotated[Path | None, typer.Option("--out", help=say("opt.register-out"))] = None,
        apply: Annotated[Path | None, typer.Option("--apply", help=say("opt.apply"))] = None,
        who: Annotated[str, typer.Option("--who", help=say("opt.who"))] = "",
        compare: Annotated[Path | None, typer.Option("--compare", help=say("opt.compare"))] = None,
        metadata: Annotated[
            Path | None, typer.Option("--metadata", help=say("opt.metadata"))
        ] = None,
    ) -> None:
        from sohoa.cli.register import Wanted, run

        raise typer.Exit(run(results, Wanted(out, apply, who, compare, metadata)))


def _add_quality(app: typer.Typer) -> None:
    @app.command(help=say("quality"))
    def quality(
        sources: Annotated[list[Path], typer.Argument(help=say("arg.package-sources"))],
        results: Annotated[Path, typer.Option("--results", help=say("opt.results"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.quality-out"))],
        rules: Annotated[str, typer.Option("--rules", help=say("opt.rules"))] = "tt05",
    ) -> None:
        from sohoa.cli.quality import run

        raise typer.Exit(run(sources, results, out, rules))


def _add_split(app: typer.Typer) -> None:
    @app.command(help=say("split"))
    def split(
        results: Annotated[Path, typer.Argument(help=say("arg.one-results"))],
        write: Annotated[bool, typer.Option("--write", help=say("opt.write-parts"))] = False,
        originals: Annotated[
            list[Path] | None, typer.Option("--originals", help=say("opt.originals"))
        ] = None,
    ) -> None:
        from sohoa.cli.split import run

        run(results, originals or [], write=write)


def _add_join(app: typer.Typer) -> None:
    @app.command(help=say("join"))
    def join(
        sources: Annotated[list[Path], typer.Argument(help=say("arg.package-sources"))],
        out: Annotated[Path | None, typer.Option("--out", help=say("opt.join-out"))] = None,
        formats: Annotated[str, typer.Option("--formats", help=say("opt.formats"))] = "",
        settings: Annotated[
            Path | None, typer.Option("--settings", help=say("opt.settings"))
        ] = None,
    ) -> None:
        from sohoa.cli.digitize import settings_with_formats
        from sohoa.cli.join import run

        raise typer.Exit(run(sources, out, settings_with_formats(settings, formats)))


def _add_sign(app: typer.Typer) -> None:
    @app.command(help=say("sign"))
    def sign(
        file: Annotated[Path, typer.Argument(help=say("arg.derived"))],
        key: Annotated[str, typer.Option("--key", help=say("opt.key"))],
        out: Annotated[Path | None, typer.Option("--out", help=say("opt.signed"))] = None,
        body: Annotated[str, typer.Option("--body", help=say("opt.body"))] = "",
        font: Annotated[Path | None, typer.Option("--font", help=say("opt.font"))] = None,
    ) -> None:
        from sohoa.cli.sign import run

        run(file, key, out, body=body, font=font)

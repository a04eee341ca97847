"""The commands for checking by people: ``serve`` and what belongs to it.

Annotations here are values, not text, as in ``app.py``.
"""

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.messages import say


def add_review_commands(app: typer.Typer) -> None:
    """Add ``serve``, ``account``, ``backup``, ``recover`` and ``corrections``."""
    _add_serve(app)
    _add_account(app)
    _add_copies(app)
    _add_corrections(app)


def _add_serve(app: typer.Typer) -> None:
    @app.command(help=say("serve"))
    def serve(  # noqa: PLR0913, PLR0917 (one parameter an option)
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        host: Annotated[str, typer.Option("--host", help=say("opt.host"))] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", min=1, help=say("opt.port"))] = 8765,
        originals: Annotated[
            list[Path] | None, typer.Option("--originals", help=say("opt.originals"))
        ] = None,
        reviewed: Annotated[
            Path | None, typer.Option("--reviewed", help=say("opt.reviewed"))
        ] = None,
        name: Annotated[str, typer.Option("--name", help=say("opt.name"))] = "",
        secret: Annotated[bool, typer.Option("--secret", help=say("opt.secret"))] = False,
        public_url: Annotated[str, typer.Option("--public-url", help=say("opt.public-url"))] = "",
        certificate: Annotated[
            Path | None, typer.Option("--certificate", help=say("opt.certificate"))
        ] = None,
        key: Annotated[Path | None, typer.Option("--key", help=say("opt.key"))] = None,
    ) -> None:
        from sohoa.cli.serve import ServeOptions, run

        run(
            folder,
            ServeOptions(
                host, port, tuple(originals or ()), reviewed, name, secret, public_url, certificate,
                key,
            ),
        )  # fmt: skip


def _add_account(app: typer.Typer) -> None:
    @app.command(help=say("account"))
    def account(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        name: Annotated[str, typer.Argument(help=say("arg.account"))],
        role: Annotated[str, typer.Option("--role", help=say("opt.role"))] = "reviewer",
        shown: Annotated[str, typer.Option("--name", help=say("opt.shown"))] = "",
        secret: Annotated[bool, typer.Option("--secret", help=say("opt.secret"))] = False,
    ) -> None:
        from sohoa.cli.serve import add_account

        add_account(folder, name, role, shown, secret=secret)


def _add_copies(app: typer.Typer) -> None:
    @app.command(help=say("backup"))
    def backup(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        target: Annotated[Path, typer.Argument(help=say("arg.backup"))],
    ) -> None:
        from sohoa.cli.serve import back_up

        back_up(folder, target)

    @app.command(help=say("recover"))
    def recover(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        source: Annotated[Path, typer.Argument(help=say("arg.backup"))],
    ) -> None:
        from sohoa.cli.serve import recover

        recover(folder, source)


def _add_corrections(app: typer.Typer) -> None:
    @app.command(help=say("corrections"))
    def corrections(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        replay: Annotated[Path | None, typer.Option("--replay", help=say("opt.replay"))] = None,
    ) -> None:
        from sohoa.cli.serve import corrections

        raise typer.Exit(corrections(folder, replay))

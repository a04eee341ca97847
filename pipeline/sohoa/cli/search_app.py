"""The commands for finding and handing on: ``search``, ``publish``, ``export`` and others.

Annotations here are values, not text, as in ``app.py``.
"""

from pathlib import Path
from typing import Annotated

import typer

from sohoa.cli.messages import say


def add_search_commands(app: typer.Typer) -> None:
    """Add the five commands."""
    _add_search(app)
    _add_publish(app)
    _add_export(app)
    _add_changes(app)
    _add_api(app)


def _add_search(app: typer.Typer) -> None:
    @app.command(help=say("search"))
    def search(  # noqa: PLR0913, PLR0917 (one parameter an option)
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        text: Annotated[list[str] | None, typer.Argument(help=say("arg.query"))] = None,
        number: Annotated[str, typer.Option("--number", help=say("opt.find-number"))] = "",
        kind: Annotated[str, typer.Option("--type", help=say("opt.find-type"))] = "",
        issuer: Annotated[str, typer.Option("--issuer", help=say("opt.find-issuer"))] = "",
        signer: Annotated[str, typer.Option("--signer", help=say("opt.find-signer"))] = "",
        cited: Annotated[str, typer.Option("--cited", help=say("opt.find-cited"))] = "",
        first: Annotated[str, typer.Option("--from", help=say("opt.from"))] = "",
        last: Annotated[str, typer.Option("--to", help=say("opt.to-day"))] = "",
        start: Annotated[int, typer.Option("--start", min=0, help=say("opt.start"))] = 0,
        count: Annotated[int, typer.Option("--count", min=1, help=say("opt.count"))] = 10,
        as_json: Annotated[bool, typer.Option("--json", help=say("opt.search-json"))] = False,
        rebuild: Annotated[bool, typer.Option("--rebuild", help=say("opt.rebuild"))] = False,
        secret: Annotated[bool, typer.Option("--secret", help=say("opt.secret-too"))] = False,
    ) -> None:
        from sohoa.cli.search import run
        from sohoa.search import Audience, Query

        query = Query(
            " ".join(text or ()), number, kind, issuer, signer, cited, first, last, start, count
        )
        audience = Audience.ALL if secret else Audience.OFFICE
        raise typer.Exit(run(folder, query, audience, as_json=as_json, anew=rebuild))


def _add_publish(app: typer.Typer) -> None:
    @app.command(help=say("publish"))
    def publish(  # noqa: PLR0913, PLR0917 (one parameter an option)
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        papers: Annotated[list[str] | None, typer.Argument(help=say("arg.papers"))] = None,
        by: Annotated[str, typer.Option("--by", help=say("opt.by"))] = "",
        all_clear: Annotated[bool, typer.Option("--all-clear", help=say("opt.all-clear"))] = False,
        redact: Annotated[bool, typer.Option("--redact", help=say("opt.redact"))] = False,
        withhold: Annotated[bool, typer.Option("--withhold", help=say("opt.withhold"))] = False,
        despite: Annotated[
            list[str] | None, typer.Option("--despite", help=say("opt.despite"))
        ] = None,
        why: Annotated[str, typer.Option("--why", help=say("opt.why"))] = "",
    ) -> None:
        from sohoa.cli.export import Wanted, publish
        from sohoa.search.publication import Verb

        verb = Verb.PUBLISH_REDACTED if redact else Verb.PUBLISH
        wanted = Wanted(
            tuple(papers or ()), all_clear, Verb.WITHHOLD if withhold else verb, by,
            tuple(despite or ()), why,
        )  # fmt: skip
        raise typer.Exit(publish(folder, wanted))


def _add_export(app: typer.Typer) -> None:
    @app.command(help=say("export"))
    def export(  # noqa: PLR0913, PLR0917 (one parameter an option)
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        form: Annotated[str, typer.Option("--to", help=say("opt.form"))],
        out: Annotated[Path, typer.Option("--out", help=say("opt.export-out"))],
        audience: Annotated[str, typer.Option("--audience", help=say("opt.audience"))] = "public",
        redact: Annotated[bool, typer.Option("--redact", help=say("opt.redact"))] = False,
        base: Annotated[str, typer.Option("--base", help=say("opt.base"))] = "",
    ) -> None:
        from sohoa.cli.export import run
        from sohoa.cli.messages import language
        from sohoa.search.exporting import Wish

        raise typer.Exit(
            run(folder, out, Wish(form, _audience(audience), redact, base, language()))
        )


def _add_changes(app: typer.Typer) -> None:
    @app.command(help=say("changes"))
    def changes(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        since: Annotated[str, typer.Option("--since", help=say("opt.since"))] = "",
        audience: Annotated[str, typer.Option("--audience", help=say("opt.audience"))] = "public",
        documents: Annotated[
            bool, typer.Option("--documents", help=say("opt.with-documents"))
        ] = False,
    ) -> None:
        from sohoa.cli.search import follow

        follow(folder, since, _audience(audience), with_documents=documents)


def _add_api(app: typer.Typer) -> None:
    @app.command(help=say("api"))
    def api(
        folder: Annotated[Path, typer.Argument(help=say("arg.folder"))],
        host: Annotated[str, typer.Option("--host", help=say("opt.host"))] = "127.0.0.1",
        port: Annotated[int, typer.Option("--port", min=1, help=say("opt.port"))] = 8766,
        rate: Annotated[float, typer.Option("--rate", min=0, help=say("opt.rate"))] = 10.0,
    ) -> None:
        from sohoa.cli.export_api import run

        run(folder, host, port, rate)


def _audience(name: str):  # type: ignore[no-untyped-def]
    from sohoa.errors import SettingsError
    from sohoa.search.audience import Audience

    if name not in list(Audience):
        raise SettingsError(
            f"There is no audience {name!r}.", remedy=f"Known: {', '.join(Audience)}."
        )
    return Audience(name)

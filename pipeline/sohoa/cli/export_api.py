"""``sohoa api``: what is published, served to everybody on this machine or behind a proxy."""

from __future__ import annotations

from pathlib import Path

import typer

from sohoa.cli.messages import say
from sohoa.errors import SettingsError


def run(root: Path, host: str, port: int, rate: float) -> None:
    """Serve until the process is told to end; ``rate`` as in ``Allowance``."""
    try:
        import uvicorn

        from sohoa.web.api import build_public_app
        from sohoa.web.throttle import Allowance
    except ImportError as error:
        raise SettingsError(
            f"The interface needs a package that is not installed: {error.name}.",
            remedy="Install sohoa with its web extra: pip install 'sohoa[web]'.",
        ) from error
    app = build_public_app(root, Allowance(rate, burst=max(1, round(6 * rate))))
    typer.echo(say("api.open", address=f"http://{host}:{port}/"))
    # A caller gets no thread of its own for ever: idle and crowded connections are closed.
    uvicorn.run(
        app, host=host, port=port, log_level="warning", server_header=False,
        timeout_keep_alive=5, limit_concurrency=200,
    )  # fmt: skip

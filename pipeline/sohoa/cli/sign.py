"""``sohoa sign``: a derived file signed with the office's own certificate."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from sohoa.archive.signing import Signing, sign_pdf
from sohoa.archive.token_signing import SCHEME, parse_token
from sohoa.cli.messages import say
from sohoa.errors import SourceMissing, StorageError

_PASSWORD = "SOHOA_KEY_PASSWORD"  # noqa: S105 (the name of a variable)


def run(file: Path, key: str, out: Path | None, *, body: str, font: Path | None) -> None:
    """Write the signed file beside the unsigned one; neither is ever written over."""
    import typer

    from sohoa.export import write_atomically

    target = out or file.with_name(f"{file.stem}.signed{file.suffix}")
    if target.exists():
        raise StorageError(f"{target} is there already.", remedy="Choose another name (--out).")
    try:
        data = file.read_bytes()
    except OSError as error:
        raise SourceMissing(f"{file} cannot be read ({error.strerror}).") from error
    # Never on the command line: others could read it there.
    password = os.environ.get(_PASSWORD)
    if password is None:
        password = str(typer.prompt(say("password"), hide_input=True, default=""))
    chosen = parse_token(key) if key.startswith(SCHEME) else Path(key)
    now = datetime.now(UTC).astimezone()
    write_atomically(target, sign_pdf(data, Signing(chosen, password, now, body, font)))
    print(say("signed", path=target))

"""``sohoa restore``: text in, restored text out, line for line."""

from __future__ import annotations

import sys
from pathlib import Path

from sohoa.errors import SourceMissing, SourceUnsupported
from sohoa.settings import Settings, load_settings


def run(file: str, settings_file: Path | None) -> None:
    """Restore one file, or standard input for ``-``, to standard output."""
    from sohoa.restore import restore_text

    settings = load_settings(settings_file) if settings_file else Settings()
    name = "standard input" if file == "-" else file
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise SourceMissing(
            f"{name}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceUnsupported(
            f"{name}: not UTF-8 text (byte {error.start}).", remedy="Convert it with iconv first."
        ) from error
    sys.stdout.write(restore_text(text, settings.restore))

"""Writing a dictionary table with its header."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.vietnamese import nfc


@dataclass(frozen=True, slots=True)
class TableHeader:
    """What stands above a derived table; ``built`` names the module that made it."""

    title: str
    source: str
    columns: tuple[str, ...]
    built: str
    licence: str = "counts, no text; this table MIT"
    version: str = "1"


def write_table(path: Path, header: TableHeader, rows: Iterable[Sequence[str]]) -> None:
    """Write ``path`` (UTF-8, NFC, one row a line); the same rows give the same bytes."""
    lines = [
        f"# title: {header.title}",
        f"# source: {header.source}",
        f"# licence: {header.licence}",
        f"# columns: {' '.join(header.columns)}",
        f"# version: {header.version}",
        f"# built: {header.built}",
    ]
    lines.extend(nfc("\t".join(row)) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")

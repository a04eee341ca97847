"""The results to be measured: folders named after their source, anywhere below one folder."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SourceMissing
from sohoa.record import Record, from_json

TEXT = "text.txt"
RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class OutputDocument:
    """A result: its folder (relative), the texts of its pages, its record, and its problems."""

    folder: str
    pages: tuple[str, ...] = ()
    record: Record | None = None
    problems: tuple[str, ...] = ()


def find_results(folder: Path) -> dict[str, tuple[Path, ...]]:
    """The result folders by the name of their source without suffix, sorted.

    ``SourceMissing`` where there is no such folder.
    """
    if not folder.is_dir():
        raise SourceMissing(f"No folder {folder}.", remedy="Give the --out folder of digitize.")
    found: dict[str, list[Path]] = {}
    for path, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if TEXT in files or RECORD in files:
            found.setdefault(Path(path).stem, []).append(Path(path))
    return {name: tuple(paths) for name, paths in found.items()}


def read_result(path: Path, below: Path) -> OutputDocument:
    """Read one result folder; what is missing or broken in it becomes a problem, not an error."""
    problems = []
    pages: tuple[str, ...] = ()
    record = None
    try:
        pages = tuple((path / TEXT).read_bytes().decode().split("\f"))
    except (OSError, UnicodeDecodeError) as error:
        problems.append(f"{TEXT}: {error}")
    try:
        record = from_json((path / RECORD).read_bytes())
    except (OSError, ValueError) as error:
        problems.append(f"{RECORD}: {str(error).splitlines()[0]}")
    return OutputDocument(str(path.relative_to(below)), pages, record, tuple(problems))

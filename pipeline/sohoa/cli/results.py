"""Result folders: where they lie, and the records in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SourceBroken, SourceEmpty
from sohoa.record import Record, from_json

RECORD = "record.json"


@dataclass(frozen=True, slots=True)
class Result:
    """A result folder and its record."""

    folder: Path
    record: Record


@dataclass(frozen=True, slots=True)
class Digitized:
    """A source with its result."""

    name: str
    paths: tuple[Path, ...]
    result: Result


def read_result(folder: Path) -> Result:
    """The record of a result folder; ``SourceBroken`` where it cannot be read."""
    try:
        return Result(folder, from_json((folder / RECORD).read_bytes()))
    except (OSError, ValueError) as error:
        raise SourceBroken(
            f"{folder / RECORD} cannot be read.", remedy="Digitize the source again."
        ) from error


def find_results(top: Path) -> tuple[Result, ...]:
    """All results below a folder, sorted by path; ``SourceEmpty`` where there are none."""
    from sohoa.cli.messages import say

    folders = sorted(path.parent for path in top.rglob(RECORD) if path.is_file())
    found = tuple(
        read_result(folder)
        for folder in folders
        if not any(part.startswith(".") for part in folder.relative_to(top).parts)
    )
    if not found:
        raise SourceEmpty(say("no-results", path=top))
    return found


def match_sources(sources: Sequence[Path], results: Path) -> tuple[list[Digitized], list[Path]]:
    """Sources with their results, by path and by the hash of their bytes; those without one."""
    import hashlib

    from sohoa.read import find_sources

    matched, left = [], []
    for found in find_sources(sources):
        if found.skipped:
            continue
        folder = results / found.relative
        if (folder / RECORD).is_file():
            result = read_result(folder)
            with found.paths[0].open("rb") as stream:
                digest = hashlib.file_digest(stream, "sha256").hexdigest()
            if len(found.paths) > 1 or digest == result.record.source.sha256:
                matched.append(Digitized(str(found.relative), found.paths, result))
                continue
        left.append(found.paths[0])
    return matched, left

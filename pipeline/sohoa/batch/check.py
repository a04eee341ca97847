"""Whether the ledger and the folder of results agree."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sohoa.batch.job import digest_of

_RESULT = "record.json"


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A place where the two differ. ``kind``: ``missing`` (the ledger names a result that is not
    there), ``changed`` (the files are not those that were written), ``unknown`` (a result that the
    ledger does not name), ``leftover`` (what a crash left; the next run removes it).
    """

    kind: str
    name: str


def find_disagreements(
    base: sqlite3.Connection, out: Path, *, deep: bool
) -> Iterator[Disagreement]:
    """Every disagreement between the ledger and the folder ``out``.

    ``deep`` reads each result and compares it to what was written, byte for byte.
    """
    known: set[str] = set()
    rows = base.execute(
        "SELECT s.name, s.folder, o.digest FROM source s"
        " JOIN outcome o ON o.attempt = s.written ORDER BY s.path"
    )
    for name, folder, digest in rows:
        path = Path(os.fsdecode(folder))
        known.add(os.path.realpath(path))
        if not (path / _RESULT).is_file():
            yield Disagreement("missing", name)
        elif deep and _digest(path) != digest:
            yield Disagreement("changed", name)
    yield from _strangers(out, known)


def _digest(folder: Path) -> str:
    try:
        return digest_of({each.name: each.read_bytes() for each in folder.iterdir()})
    except OSError:
        return ""


def _strangers(out: Path, known: set[str]) -> Iterator[Disagreement]:
    for place, folders, files in os.walk(out):
        here = Path(place)
        for each in sorted(folders):
            if each.startswith(".sohoa-"):
                yield Disagreement("leftover", _shown(here / each, out))
        # Hidden folders hold no results: what people checked and corrected lies in one.
        folders[:] = sorted(each for each in folders if not each.startswith("."))
        for each in sorted(files):
            if each.startswith(".sohoa-"):
                yield Disagreement("leftover", _shown(here / each, out))
        if _RESULT in files and os.path.realpath(here) not in known:
            yield Disagreement("unknown", _shown(here, out))


def _shown(path: Path, out: Path) -> str:
    return os.fsencode(path.relative_to(out)).decode("utf-8", errors="replace")

"""What a worker and the process that watches over it tell each other through small files.

Where the worker is: the page it reads and since when; and which pages are not to be tried again.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

# Places that are no page.
OPENING, MAKING = 0, -1
_FILE = "place"


@dataclass(frozen=True, slots=True)
class Place:
    """``page``: from 1, or ``OPENING``, or ``MAKING`` (the record and its exports).

    ``since_s`` by the machine's monotonic clock, which all its processes share; ``done``: pages
    that this worker has read.
    """

    page: int
    since_s: float
    done: int


class Marker:
    """Tells the place; a write of a few bytes, so that it is never seen half written."""

    def __init__(self, folder: Path) -> None:
        self._file = os.open(folder / _FILE, os.O_WRONLY | os.O_CREAT, 0o600)
        self._done = 0
        self.at(OPENING)

    def at(self, page: int) -> None:
        os.pwrite(self._file, f"{page:12d} {monotonic():20.3f} {self._done:12d}".encode(), 0)

    def done(self) -> None:
        self._done += 1


def read_place(folder: Path) -> Place | None:
    """The place of the worker of this folder; None where it has not begun."""
    try:
        page, since, done = (folder / _FILE).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return None
    return Place(int(page), float(since), int(done))


def write_off(folder: Path, number: int, why: str) -> None:
    """Say that a page is not to be tried again; see ``written_off``."""
    temporary = folder / f"lost-{number}.new"
    temporary.write_text(why, encoding="utf-8")
    temporary.rename(folder / f"lost-{number}")


def written_off(folder: Path, number: int) -> str:
    """Why a page is not to be tried again; empty where it is."""
    try:
        return (folder / f"lost-{number}").read_text(encoding="utf-8")
    except OSError:
        return ""

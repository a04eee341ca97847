"""Questions to a ledger, also while a run writes to it: nothing here writes."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from sohoa.batch.ledger import ledger_path
from sohoa.batch.ledger_schema import in_memory, is_present
from sohoa.errors import SettingsError, StorageError


@dataclass(frozen=True, slots=True)
class Reason:
    """How many sources stand in one state for one reason, and their pages."""

    state: str
    code: str
    sources: int
    pages: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run: times in seconds since the epoch; ``reason`` is empty while it goes on."""

    number: int
    started: float
    ended: float | None
    reason: str
    host: str
    pid: int
    workers: int
    listed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What holds now: sources by state and reason, the last run, what is being worked on.

    ``authenticity``: how many of the results say what of what vouches for their papers.
    ``is_running``: whether a run holds the ledger now, as far as was looked (``is_held``).
    """

    reasons: tuple[Reason, ...]
    run: RunRow | None
    running: tuple[str, ...]
    links: int
    authenticity: tuple[tuple[str, int], ...] = ()
    is_running: bool = False

    def sources(self, *states: str) -> int:
        return sum(each.sources for each in self.reasons if not states or each.state in states)

    @property
    def pages(self) -> int:
        return sum(each.pages for each in self.reasons)


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source as it stands, with its latest attempt."""

    name: str
    state: str
    code: str
    message: str
    pages: int
    seconds: float
    folder: str
    attempts: int
    authenticity: str = ""


@contextmanager
def open_reading(out: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write. ``SettingsError`` where the folder has no ledger.

    The ledger of an older program is read as the present one would hold it, and left as it is.
    """
    path = ledger_path(out)
    if not path.is_file():
        raise SettingsError(
            f"{out} holds no ledger.", remedy="Name a folder of results (sohoa batch run)."
        )
    try:
        base = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=30)
        with closing(base):
            base.execute("PRAGMA query_only = 1")
            yield base if is_present(base) else in_memory(base)
    except sqlite3.DatabaseError as error:
        raise StorageError(f"The ledger {path} cannot be read: {error}.") from error


def read_standing(base: sqlite3.Connection) -> Standing:
    """What holds now; under a second for a million sources."""
    reasons = base.execute(
        "SELECT state, code, count(*), sum(pages) FROM source GROUP BY state, code"
    ).fetchall()
    running = base.execute(
        "SELECT name FROM source WHERE state = 'running' ORDER BY name LIMIT 100"
    ).fetchall()
    (links,) = base.execute("SELECT count(*) FROM link").fetchone()
    vouched = base.execute(
        "SELECT authenticity, count(*) FROM source WHERE authenticity <> '' GROUP BY authenticity"
    ).fetchall()
    runs = read_runs(base, latest=1)
    return Standing(
        tuple(Reason(*row) for row in reasons),
        runs[0] if runs else None,
        tuple(name for (name,) in running),
        links,
        tuple((outcome, count) for outcome, count in vouched),
    )


def read_runs(base: sqlite3.Connection, *, latest: int) -> tuple[RunRow, ...]:
    """The latest runs, the last one first."""
    rows = base.execute(
        "SELECT r.id, r.started, e.ended, coalesce(e.reason, ''), r.host, r.pid, r.workers,"
        " r.listed FROM run r LEFT JOIN run_end e ON e.run = r.id ORDER BY r.id DESC LIMIT ?",
        (latest,),
    )
    return tuple(RunRow(*row) for row in rows)


def read_sources(base: sqlite3.Connection, *states: str) -> Iterator[SourceRow]:
    """Sources in the order of their names; all of them where no state is named."""
    for row in base.execute(
        "SELECT s.name, s.state, s.code, coalesce(o.message, ''), s.pages,"
        " coalesce(o.seconds, 0), s.folder,"
        " (SELECT count(*) FROM attempt a WHERE a.source = s.id), s.authenticity"
        " FROM source s LEFT JOIN outcome o ON o.attempt = s.latest ORDER BY s.path"
    ):
        name, state, code, message, pages, seconds, folder, attempts, vouched = row
        if not states or state in states:
            place = os.fsdecode(folder)
            yield SourceRow(name, state, code, message, pages, seconds, place, attempts, vouched)


def read_cost(base: sqlite3.Connection) -> tuple[float, float]:
    """Seconds of one process and bytes of results for one page, over all that was done.

    Zeros where nothing was done yet.
    """
    seconds, written, pages = base.execute(
        "SELECT sum(seconds), sum(written_bytes), sum(pages) FROM outcome"
        " WHERE status IN ('done', 'partial')"
    ).fetchone()
    return (seconds / pages, written / pages) if pages else (0.0, 0.0)

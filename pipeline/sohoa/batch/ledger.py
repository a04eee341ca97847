"""The ledger: what was done to which source, when, and what came of it. One writer at a time.

It lies beside the results (``OUT/.sohoa/ledger.db``). SQLite's write-ahead log keeps it whole when
the program is killed at any moment, and readable while a run writes to it.
"""

from __future__ import annotations

import fcntl
import os
import socket
import sqlite3
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from time import time
from types import TracebackType
from typing import IO, Self

from sohoa.batch.job import Job, Outcome, Signature, Status, printable
from sohoa.batch.known import Known, find_known
from sohoa.batch.ledger_schema import migrate
from sohoa.errors import StorageError

FOLDER = ".sohoa"
_FILE = "ledger.db"
_RUNNING = "running"


@dataclass(frozen=True, slots=True)
class RunInfo:
    """What a run is: the recipe's key, the worker processes, and how many sources were listed."""

    recipe: str
    workers: int
    listed: int


def ledger_path(out: Path) -> Path:
    """Where the ledger of a folder of results lies."""
    return out / FOLDER / _FILE


class Ledger:
    """The one writer. Each method is one transaction: after a kill it happened, or it did not.

    Raises ``StorageError`` where another run holds the ledger, the disk is full, or it is damaged.
    """

    def __init__(self, out: Path) -> None:
        self.path = ledger_path(out)
        with _told(self.path):
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock = _lock(self.path.with_suffix(".lock"))
        try:
            with _told(self.path):
                self._base = sqlite3.connect(self.path, isolation_level=None, timeout=60)
                self._base.execute("PRAGMA journal_mode = WAL")
                # A commit survives the death of the program; one lost to a power cut means
                # only that a document is done again.
                self._base.execute("PRAGMA synchronous = NORMAL")
                migrate(self._base)
        except StorageError:
            self._lock.close()
            raise
        self._run = 0

    def close(self) -> None:
        with suppress(sqlite3.Error):
            self._base.close()
        self._lock.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin_run(self, info: RunInfo) -> int:
        """Write down a run; attempts that an earlier run left open become ``interrupted``."""
        from sohoa import __version__

        with self._transaction():
            for attempt, source in self._open_attempts():
                self._interrupt(attempt, source)
            cursor = self._base.execute(
                "INSERT INTO run (started, host, pid, version, recipe, workers, listed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (time(), socket.gethostname(), os.getpid(), __version__, info.recipe,
                 info.workers, info.listed),
            )  # fmt: skip
            self._run = int(cursor.lastrowid or 0)
        return self._run

    def end_run(self, reason: str) -> None:
        """Close the run; what it left running was abandoned and is ``interrupted``."""
        with self._transaction():
            for attempt, source in self._open_attempts():
                self._interrupt(attempt, source)
            self._base.execute("INSERT INTO run_end VALUES (?, ?, ?)", (self._run, time(), reason))

    def known(self, name: str) -> Known | None:
        """What is known of the source of this name."""
        with _told(self.path):
            return find_known(self._base, name)

    def add_pending(self, names: list[str]) -> None:
        """Sources that the run has found and not yet begun; what is known of others stays."""
        with self._transaction():
            self._base.executemany(
                "INSERT INTO source (path, name, state) VALUES (?, ?, 'pending')"
                " ON CONFLICT (path) DO UPDATE SET state = 'pending', code = ''",
                [(os.fsencode(name), printable(name)) for name in names],
            )

    def add_skipped(self, name: str, reason: str) -> None:
        """Something in the folder that is no document, and why."""
        with self._transaction():
            self._base.execute(
                "INSERT INTO source (path, name, state, code) VALUES (?, ?, 'skipped', ?)"
                " ON CONFLICT (path) DO UPDATE SET state = 'skipped', code = excluded.code",
                (os.fsencode(name), printable(name), reason),
            )

    def touch(self, name: str, signature: Signature) -> None:
        """The file was written to, but holds the same bytes: remember how it looks now."""
        with self._transaction():
            self._base.execute(
                "UPDATE source SET size_bytes = ?, modified_ns = ?, changed_ns = ? WHERE path = ?",
                (signature.size_bytes, signature.modified_ns, signature.changed_ns,
                 os.fsencode(name)),
            )  # fmt: skip

    def start(self, job: Job, recipe: str) -> int:
        """Write down that work on a source begins; the number of the attempt."""
        with self._transaction():
            self._base.execute(
                "INSERT INTO source (path, name, state, folder, origin) VALUES (?, ?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET state = excluded.state, code = '',"
                " folder = excluded.folder, origin = excluded.origin",
                (
                    os.fsencode(job.name),
                    printable(job.name),
                    _RUNNING,
                    os.fsencode(job.folder),
                    os.fsencode(job.paths[0].absolute()),
                ),
            )
            cursor = self._base.execute(
                "INSERT INTO attempt (run, source, started, recipe)"
                " SELECT ?, id, ?, ? FROM source WHERE path = ?",
                (self._run, time(), recipe, os.fsencode(job.name)),
            )
            return int(cursor.lastrowid or 0)

    def finish(
        self, attempt: int, outcome: Outcome, signature: Signature | None, worker: str = ""
    ) -> None:
        """Write down what came of an attempt, and of its pages."""
        seen = signature or Signature(0, 0, 0)
        with self._transaction():
            paper = outcome.paper
            self._base.execute(
                "INSERT INTO outcome"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (attempt, time(), outcome.status, outcome.code, printable(outcome.message),
                 outcome.sha256, outcome.pages, outcome.seconds, outcome.peak_megabytes, worker,
                 outcome.record_id, outcome.digest, outcome.written_bytes,
                 paper.type, paper.number, paper.issuer, paper.date, outcome.authenticity),
            )  # fmt: skip
            self._base.executemany(
                "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)",
                [
                    (attempt, each.number, each.state, each.words, each.confidence,
                     " ".join(each.codes))
                    for each in outcome.page_outcomes
                ],
            )  # fmt: skip
            written = outcome.status in (Status.DONE, Status.PARTIAL)
            self._base.execute(
                "UPDATE source SET state = ?, code = ?, pages = ?, sha256 = ?, size_bytes = ?,"
                " modified_ns = ?, changed_ns = ?, latest = ?,"
                " recipe = (SELECT recipe FROM attempt WHERE id = ?),"
                " written = CASE WHEN ? THEN ? ELSE written END,"
                " authenticity = CASE WHEN ? THEN ? ELSE authenticity END"
                " WHERE id = (SELECT source FROM attempt WHERE id = ?)",
                (outcome.status, outcome.code, outcome.pages, outcome.sha256, seen.size_bytes,
                 seen.modified_ns, seen.changed_ns, attempt, attempt, written, attempt, written,
                 outcome.authenticity, attempt),
            )  # fmt: skip

    def link(self, attempt: int, other: int, kind: str, similarity: float) -> None:
        """The paper of ``attempt`` is that of an earlier one: linked, never merged."""
        with self._transaction():
            self._base.execute(
                "INSERT OR IGNORE INTO link VALUES (?, ?, ?, ?)",
                (attempt, other, kind, round(similarity, 3)),
            )

    def connection(self) -> sqlite3.Connection:
        """For reading in the writer's own process."""
        return self._base

    def _open_attempts(self) -> list[tuple[int, int]]:
        return self._base.execute(
            "SELECT a.id, a.source FROM source s JOIN attempt a ON a.source = s.id"
            " LEFT JOIN outcome o ON o.attempt = a.id"
            " WHERE s.state = ? AND o.attempt IS NULL",
            (_RUNNING,),
        ).fetchall()

    def _interrupt(self, attempt: int, source: int) -> None:
        self._base.execute(
            "INSERT INTO outcome VALUES"
            " (?, ?, 'interrupted', 'interrupted', '', '', 0, 0, 0, '', '', '', 0,"
            " NULL, NULL, NULL, NULL, '')",
            (attempt, time()),
        )
        self._base.execute("UPDATE source SET state = 'pending' WHERE id = ?", (source,))

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _told(self.path):
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                with suppress(sqlite3.Error):
                    self._base.execute("ROLLBACK")
                raise
            self._base.execute("COMMIT")


def _lock(path: Path) -> IO[str]:
    """Hold the file for this process alone; the system lets go of it when the process dies."""
    file = path.open("a+", encoding="ascii")
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        holder = file.read().strip() or "?"
        file.close()
        raise StorageError(
            f"{path.parent.parent} is in use by another run ({holder}).",
            remedy="Wait for it, or end it (see sohoa batch status).",
        ) from error
    file.truncate(0)
    file.write(f"{socket.gethostname()}, process {os.getpid()}")
    file.flush()
    return file


def is_held(out: Path) -> bool:
    """Whether a run of this machine holds the ledger now. Looks only; no run is kept from it."""
    try:
        with ledger_path(out).with_suffix(".lock").open("rb") as file:
            # struct flock of Linux on 64 bits: type, whence, start, length, pid.
            asked = struct.pack("hhqqi", fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
            kind, *_ = struct.unpack("hhqqi", fcntl.fcntl(file, fcntl.F_GETLK, asked))
    except OSError:
        return False
    return bool(kind != fcntl.F_UNLCK)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Errors of the disk and of SQLite as a ``StorageError`` with its remedy."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        full = isinstance(error, sqlite3.OperationalError)
        remedy = (
            "Check that the folder is writable and the disk has room, then run again."
            if full
            else "It is damaged: move it away; results stay, and every source is done again."
        )
        raise StorageError(f"The ledger {path}: {error}.", remedy=remedy) from error
    except OSError as error:
        raise StorageError(
            f"The ledger {path} cannot be opened: {error}.",
            remedy="Check that the folder is there and writable.",
        ) from error

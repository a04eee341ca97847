"""The store of corrections: one SQLite file, append-only, guarded against silent overwriting."""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sohoa.errors import StorageError
from sohoa.review.correction import Correction, Kind, from_text, to_text
from sohoa.review.schema import SCHEMA_VERSION, TABLES
from sohoa.vietnamese import strip_marks

_BUSY_S = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """What the store knows of a document from its record; ``summary`` is what a list shows."""

    key: str
    folder: str
    name: str
    source_sha256: str
    source_size: int
    stamp: str
    pages: int
    words: int
    doubtful: int
    summary: tuple[tuple[str, str], ...]
    risk: float
    reasons: tuple[str, ...]
    secret: bool


@dataclass(frozen=True, slots=True)
class Document:
    """An entry and how far its checking went; ``state`` is new, working or signed."""

    entry: Entry
    state: str
    version: int
    signed_by: str
    signed_at: str
    exported: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to list: ``state``, ``reason`` and ``text`` narrow it down where they are not empty."""

    state: str = ""
    reason: str = ""
    text: str = ""
    secret: bool = False
    first: int = 0
    count: int = 50


class Conflict(Exception):
    """The document changed since the caller saw it; ``changes`` are what it did not see."""

    def __init__(self, version: int, changes: tuple[Correction, ...]) -> None:
        super().__init__(f"the document is at version {version} now")
        self.version = version
        self.changes = changes


class SignedOff(Exception):
    """The document is signed off: it must be reopened before it is changed."""


class ReviewStore:
    """Documents and corrections in one file. Safe to use from several threads and processes."""

    def __init__(self, path: Path) -> None:
        """Open the store, made where there is none. ``StorageError`` where that cannot be."""
        self.path = path
        self._local = threading.local()
        # Threads wait their turn here; SQLite's own waiting is by chance, and not fair.
        self._turn = threading.Lock()
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._reading() as db:
                db.executescript(TABLES)
                db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        except (OSError, sqlite3.Error) as error:
            raise StorageError(
                f"The review store {path} cannot be opened: {error}.",
                remedy="Check that its folder is writable and on a local disk.",
            ) from error

    def _connection(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            # What was acknowledged is on the disk, whatever happens to the machine.
            db.execute("PRAGMA synchronous = FULL")
            self._local.db = db
        return db

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        yield self._connection()

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            db = self._connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    def close(self) -> None:
        """Close this thread's connection."""
        db = getattr(self._local, "db", None)
        if db is not None:
            db.close()
            self._local.db = None

    # Documents

    def stamps(self) -> dict[str, str]:
        """Folder and stamp of each document that is there."""
        with self._reading() as db:
            rows = db.execute("SELECT folder, stamp FROM documents WHERE gone = 0")
            return {row["folder"]: row["stamp"] for row in rows}

    def put(self, entries: Sequence[Entry]) -> None:
        """Add documents, or what their records say now; a changed record is a new version."""
        with self._writing() as db:
            db.executemany(_PUT, [_columns(each) for each in entries])

    def describe(self, entry: Entry) -> None:
        """What a list shows of a document after its corrections; no new version."""
        with self._writing() as db:
            db.execute(
                "UPDATE documents SET doubtful = :doubtful, summary = :summary, search = :search, "
                "risk = :risk, reasons = :reasons, secret = max(secret, :secret) WHERE key = :key",
                _columns(entry),
            )

    def mark_gone(self, folders: Sequence[str]) -> None:
        """Documents whose results are no longer there; their corrections stay."""
        with self._writing() as db:
            db.executemany(
                "UPDATE documents SET gone = 1 WHERE folder = ?", [(each,) for each in folders]
            )

    def get(self, key: str) -> Document | None:
        with self._reading() as db:
            row = db.execute("SELECT * FROM documents WHERE key = ? AND gone = 0", (key,))
            found = row.fetchone()
            return _document(found) if found else None

    def find(self, wanted: Wanted) -> tuple[tuple[Document, ...], int]:
        """A part of the queue, the riskiest first and what is signed last, and how many match."""
        where, values = _where(wanted)
        with self._reading() as db:
            # Places first, from an index alone; then the rows that are shown.
            rows = db.execute(
                "SELECT * FROM documents WHERE rowid IN (SELECT rowid FROM documents "  # noqa: S608
                f"WHERE {where} "
                "ORDER BY state = 'signed', risk DESC, folder LIMIT ? OFFSET ?) "
                "ORDER BY state = 'signed', risk DESC, folder",
                (*values, wanted.count, wanted.first),
            ).fetchall()
            total = db.execute(
                f"SELECT count(*) FROM documents WHERE {where}",  # noqa: S608
                values,
            ).fetchone()[0]
        return tuple(_document(row) for row in rows), total

    def counts(self, *, secret: bool) -> dict[str, int]:
        """How many documents are in each state, and how many words wait in them."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT state, count(*) AS documents, sum(doubtful) AS doubtful FROM documents "
                "WHERE gone = 0 AND secret <= ? GROUP BY state",
                (int(secret),),
            ).fetchall()
        found = {row["state"]: row["documents"] for row in rows}
        waiting = sum(row["doubtful"] for row in rows if row["state"] != "signed")
        return {**found, "doubtful": waiting}

    def by_source(self, sha256: str) -> tuple[Document, ...]:
        """Documents that were read from the file of that hash."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT * FROM documents WHERE source_sha256 = ? AND gone = 0", (sha256,)
            ).fetchall()
        return tuple(_document(row) for row in rows)

    # Corrections

    def corrections(self, key: str, after_version: int = 0) -> tuple[Correction, ...]:
        """All acts upon a document, or those later than a version, in their order."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT value FROM corrections WHERE document = ? AND version > ? ORDER BY seq",
                (key, after_version),
            ).fetchall()
        return tuple(from_text(row["value"]) for row in rows)

    def append(
        self, key: str, version: int, corrections: Sequence[Correction], signed: bytes = b""
    ) -> int:
        """Add corrections that were made on ``version``; returns the new version.

        All are added or none; when this returns, they are on the disk. An id that is known already
        is not added again, so a repeated call does no harm. ``Conflict`` where the document went on
        since; ``SignedOff`` where it is signed; ``KeyError`` where there is no such document.
        ``signed`` is the record (JSON) that a sign-off is about.
        """
        with self._writing() as db:
            row = db.execute(
                "SELECT version, state FROM documents WHERE key = ?", (key,)
            ).fetchone()
            if row is None:
                raise KeyError(key)
            new = [each for each in corrections if not _known(db, each.id)]
            if not new:
                return int(row["version"])
            if row["version"] != version:
                seen = self.corrections(key, version)
                raise Conflict(row["version"], seen)
            if row["state"] == "signed" and any(each.kind is not Kind.REOPEN for each in new):
                raise SignedOff(key)
            return _append(db, key, version, new, signed)

    def signed_record(self, key: str) -> bytes | None:
        """The record (JSON) as it was recognized when the document was signed off."""
        with self._reading() as db:
            row = db.execute("SELECT data FROM signed_records WHERE document = ?", (key,))
            found = row.fetchone()
        return zlib.decompress(found["data"]) if found else None

    def mark_exported(self, key: str, version: int) -> None:
        with self._writing() as db:
            db.execute("UPDATE documents SET exported = ? WHERE key = ?", (version, key))

    def not_exported(self) -> tuple[Document, ...]:
        """Signed documents whose exports were not written, after a crash for instance."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT * FROM documents WHERE state = 'signed' AND exported != version"
            ).fetchall()
        return tuple(_document(row) for row in rows)

    def all_corrections(self) -> Iterator[tuple[Document, Correction]]:
        """Every act upon every document, in the order in which they were made."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT documents.*, value FROM corrections "
                "JOIN documents ON documents.key = corrections.document ORDER BY seq"
            )
            for row in rows:
                yield _document(row), from_text(row["value"])


_PUT = """
INSERT INTO documents (key, folder, name, source_sha256, source_size, stamp, pages, words, doubtful,
    summary, search, risk, reasons, secret)
VALUES (:key, :folder, :name, :source_sha256, :source_size, :stamp, :pages, :words, :doubtful,
    :summary, :search, :risk, :reasons, :secret)
ON CONFLICT (key) DO UPDATE SET name = :name, source_sha256 = :source_sha256,
    source_size = :source_size, pages = :pages, words = :words, doubtful = :doubtful,
    summary = :summary, search = :search, risk = :risk, reasons = :reasons, secret = :secret,
    gone = 0, version = version + (stamp != :stamp AND state != 'signed'), stamp = :stamp
"""


def _columns(entry: Entry) -> dict[str, Any]:
    shown = dict(entry.summary)
    text = " ".join((*shown.values(), entry.name, entry.folder))
    return {
        **{name: getattr(entry, name) for name in entry.__slots__},
        "summary": json.dumps(shown, ensure_ascii=False),
        "search": fold(text),
        "reasons": "".join(f" {code} " for code in entry.reasons),
        "secret": int(entry.secret),
    }


def fold(text: str) -> str:
    """Text as it is searched: without marks, case and doubled spaces."""
    return " ".join(strip_marks(text).casefold().split())


def _document(row: sqlite3.Row) -> Document:
    values = {name: row[name] for name in Entry.__slots__}
    values["summary"] = tuple(json.loads(row["summary"]).items())
    values["reasons"] = tuple(row["reasons"].split())
    values["secret"] = bool(row["secret"])
    return Document(
        Entry(**values), row["state"], row["version"], row["signed_by"], row["signed_at"],
        row["exported"],
    )  # fmt: skip


def _where(wanted: Wanted) -> tuple[str, tuple[object, ...]]:
    parts: list[str] = ["gone = 0", "secret <= ?"]
    values: list[object] = [int(wanted.secret)]
    if wanted.state:
        parts.append("state = ?")
        values.append(wanted.state)
    if wanted.reason:
        parts.append("instr(reasons, ?) > 0")
        values.append(f" {wanted.reason} ")
    for word in fold(wanted.text).split()[:8]:
        parts.append("instr(search, ?) > 0")
        values.append(word)
    return " AND ".join(parts), tuple(values)


def _known(db: sqlite3.Connection, correction_id: str) -> bool:
    found = db.execute("SELECT 1 FROM corrections WHERE id = ?", (correction_id,)).fetchone()
    return found is not None


def _append(
    db: sqlite3.Connection, key: str, version: int, new: Sequence[Correction], signed: bytes
) -> int:
    after = version + 1
    db.executemany(
        "INSERT INTO corrections (document, version, id, value) VALUES (?, ?, ?, ?)",
        [(key, after, each.id, to_text(each)) for each in new],
    )
    state, by, at = "working", "", ""
    if new[-1].kind is Kind.SIGN_OFF:
        state, by, at = "signed", new[-1].who, new[-1].when
        db.execute(
            "INSERT INTO signed_records VALUES (?, ?, ?) ON CONFLICT (document) "
            "DO UPDATE SET version = excluded.version, data = excluded.data",
            (key, after, zlib.compress(signed)),
        )
    db.execute(
        "UPDATE documents SET version = ?, state = ?, signed_by = ?, signed_at = ? WHERE key = ?",
        (after, state, by, at, key),
    )
    return after

"""The index: documents, their words, full-text tables and the feed, in one SQLite file.

It lies beside the ledger (``OUT/.sohoa/search.db``) and can be built again from the results at any
time. One writer at a time; readers are never in the way. What a transaction wrote is there whole,
or not at all.
"""

from __future__ import annotations

import json
import secrets
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sohoa.errors import StorageError
from sohoa.search import folding, rows
from sohoa.search.schema import ALL_TABLES, TABLES, TEXT_TABLES
from sohoa.search.writing import Writer

FILE = Path(".sohoa", "search.db")
VERSION = "4"  # of the tables and what stands in them
_BUSY_S = 30.0


def made_by() -> str:
    """What the stored rows depend on: where it changes, the index is built anew."""
    return f"{VERSION}.{rows.VERSION}.{folding.VERSION}"


class Index:
    """An open index. Safe to use from several threads; each has its own connection."""

    def __init__(self, path: Path) -> None:
        """Open the index, made where there is none or an older one; ``StorageError`` otherwise."""
        self.path = path
        self._local = threading.local()
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._prepare()

    def _prepare(self) -> None:
        db = self.db
        if self._meta("made_by") == made_by():
            return  # no lock: others may be writing
        with self._transaction(db):
            known = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if known and self._meta("made_by") == made_by():
                return
            # An older index: the feed's numbers and what consumers were told go on.
            kept = _kept(db) if known else None
            for name in ALL_TABLES:
                db.execute(f"DROP TABLE IF EXISTS {name}")
            for statement in TABLES.split(";\n"):
                if statement.strip():
                    db.execute(statement)
            _restore(db, kept)
            db.execute("INSERT INTO meta VALUES ('made_by', ?)", (made_by(),))

    def _meta(self, name: str) -> str:
        try:
            row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        except sqlite3.OperationalError:
            return ""
        return str(row[0]) if row else ""

    @property
    def feed_id(self) -> str:
        """Names this feed: a cursor of another one (of an index that was lost) is worth nothing."""
        return self._meta("feed")

    @property
    def db(self) -> sqlite3.Connection:
        """The connection of this thread."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is None:
            found = sqlite3.connect(self.path, timeout=_BUSY_S, isolation_level=None)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = NORMAL")
            found.execute("PRAGMA cache_size = -65536")
            found.execute("PRAGMA mmap_size = 1073741824")
            self._local.db = found
        return found

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: all that is put and deleted in it, or nothing."""
        with self._told(), self._transaction(self.db):
            yield Writer(self.db)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Several reads of one state of the index."""
        with self._told():
            db = self.db
            if db.in_transaction:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                with suppress(sqlite3.Error):
                    db.execute("ROLLBACK")

    def close(self) -> None:
        """Close this thread's connection."""
        found: sqlite3.Connection | None = getattr(self._local, "db", None)
        if found is not None:
            found.close()
            self._local.db = None

    @contextmanager
    def _transaction(self, db: sqlite3.Connection) -> Iterator[None]:
        db.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with suppress(sqlite3.Error):
                db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(
                f"The index {self.path}: {error}.",
                remedy="Check that its folder is writable and has room; a damaged index can be "
                "removed, it is built again from the results.",
            ) from error
        except OSError as error:
            raise StorageError(f"The index {self.path} cannot be opened: {error}.") from error


def _kept(db: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]] | None:
    try:
        return {
            "feed": db.execute("SELECT value FROM meta WHERE name = 'feed'").fetchall(),
            "standing": db.execute("SELECT * FROM standing").fetchall(),
            "change": db.execute("SELECT * FROM change").fetchall(),
            "last": db.execute("SELECT seq FROM sqlite_sequence WHERE name = 'change'").fetchall(),
        }
    except sqlite3.Error:
        return None  # another kind of file, or a layout that is not known any more


def _restore(db: sqlite3.Connection, kept: dict[str, list[tuple[object, ...]]] | None) -> None:
    if not kept or not kept["feed"]:
        db.execute("INSERT INTO meta VALUES ('feed', ?)", (secrets.token_hex(6),))
        return
    db.execute("INSERT INTO meta VALUES ('feed', ?)", kept["feed"][0])
    db.executemany("INSERT INTO standing VALUES (?, ?, ?, ?)", kept["standing"])
    db.executemany("INSERT INTO change VALUES (?, ?, ?, ?)", kept["change"])
    for (last,) in kept["last"]:
        db.execute("UPDATE sqlite_sequence SET seq = ? WHERE name = 'change'", (last,))


def dump(db: sqlite3.Connection) -> str:
    """All that the index says of the documents, in an order of its own: equal indexes, equal texts.

    Row numbers, the feed and file times are left out: they tell how it came about.
    """
    lines = []
    for key, *values, value in db.execute(
        "SELECT key, folder, uri, number, public, secret, type, issuer, family, year, date,"
        " decision, value FROM document JOIN content ON document = id ORDER BY key"
    ):
        lines.append(json.dumps([key, *values, value.hex()], ensure_ascii=False))
    for name in TEXT_TABLES:
        lines += _dump_text(db, name)
    for row in db.execute(
        "SELECT key, p.number, width, height, hex(words), hex(boxes) FROM page p"
        " JOIN document d ON d.id = p.document ORDER BY key, p.number"
    ):
        lines.append(json.dumps(row))
    for row in db.execute(
        "SELECT key, place, relation, c.uri, c.number FROM citation c"
        " JOIN document d ON d.id = c.document ORDER BY key, place"
    ):
        lines.append(json.dumps(row))
    for row in db.execute("SELECT audience, key, digest FROM standing ORDER BY audience, key"):
        lines.append(json.dumps(row))
    return "\n".join(lines)


def _dump_text(db: sqlite3.Connection, name: str) -> Iterator[str]:
    """Every token of a full-text table with its documents and places."""
    db.execute(
        f"CREATE VIRTUAL TABLE temp.words_{name} USING fts5vocab('main', '{name}', 'instance')"
    )
    try:
        for row in db.execute(
            f"SELECT term, key, doc % 2, col, offset FROM temp.words_{name}"  # noqa: S608
            " JOIN document d ON d.id = doc / 2 ORDER BY term, key, doc % 2, col, offset"
        ):
            yield json.dumps([name, *row])
    finally:
        db.execute(f"DROP TABLE temp.words_{name}")

"""The tables of the ledger, and how an older ledger becomes the present one.

``run``, ``attempt``, ``outcome``, ``page`` and ``link`` are history: rows are added, never changed
or removed (triggers refuse it; a run's end is a row of its own). ``source`` is what holds now, made
from the history: one row a source, for quick answers.
"""

from __future__ import annotations

import sqlite3

from sohoa.errors import StorageError

_FIRST = """
CREATE TABLE run (
    id INTEGER PRIMARY KEY, started REAL NOT NULL, host TEXT NOT NULL, pid INTEGER NOT NULL,
    version TEXT NOT NULL, recipe TEXT NOT NULL, workers INTEGER NOT NULL, listed INTEGER NOT NULL
);
CREATE TABLE run_end (
    run INTEGER PRIMARY KEY REFERENCES run, ended REAL NOT NULL, reason TEXT NOT NULL
);
CREATE TABLE source (
    id INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, name TEXT NOT NULL, state TEXT NOT NULL,
    code TEXT NOT NULL DEFAULT '', pages INTEGER NOT NULL DEFAULT 0,
    sha256 TEXT NOT NULL DEFAULT '', recipe TEXT NOT NULL DEFAULT '',
    size_bytes INTEGER NOT NULL DEFAULT 0, modified_ns INTEGER NOT NULL DEFAULT 0,
    changed_ns INTEGER NOT NULL DEFAULT 0, folder BLOB NOT NULL DEFAULT x'',
    latest INTEGER, written INTEGER
);
CREATE INDEX source_state ON source (state, code, pages);
CREATE INDEX source_sha256 ON source (sha256) WHERE sha256 <> '';
CREATE TABLE attempt (
    id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run,
    source INTEGER NOT NULL REFERENCES source, started REAL NOT NULL, recipe TEXT NOT NULL
);
CREATE INDEX attempt_source ON attempt (source);
CREATE TABLE outcome (
    attempt INTEGER PRIMARY KEY REFERENCES attempt, ended REAL NOT NULL, status TEXT NOT NULL,
    code TEXT NOT NULL, message TEXT NOT NULL, sha256 TEXT NOT NULL, pages INTEGER NOT NULL,
    seconds REAL NOT NULL, peak_megabytes INTEGER NOT NULL, worker TEXT NOT NULL,
    record TEXT NOT NULL, digest TEXT NOT NULL, written_bytes INTEGER NOT NULL,
    type TEXT, number TEXT, issuer TEXT, date TEXT
);
CREATE INDEX outcome_paper ON outcome (number, date) WHERE number IS NOT NULL;
CREATE INDEX outcome_ended ON outcome (ended);
CREATE TABLE page (
    attempt INTEGER NOT NULL REFERENCES attempt, number INTEGER NOT NULL, state TEXT NOT NULL,
    words INTEGER NOT NULL, confidence REAL, codes TEXT NOT NULL,
    PRIMARY KEY (attempt, number)
) WITHOUT ROWID;
CREATE TABLE link (
    attempt INTEGER NOT NULL REFERENCES attempt, other INTEGER NOT NULL REFERENCES attempt,
    kind TEXT NOT NULL, similarity REAL NOT NULL, PRIMARY KEY (attempt, other)
) WITHOUT ROWID;
"""
_HISTORY = ("run", "run_end", "attempt", "outcome", "page", "link")
_GUARDS = "".join(
    f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
    f"BEGIN SELECT RAISE(ABORT, 'history is only ever added to'); END;\n"
    for table in _HISTORY
    for verb in ("update", "delete")
)

# Where a source was found: two folders may hold files of one name.
_ORIGIN = "ALTER TABLE source ADD COLUMN origin BLOB NOT NULL DEFAULT x'';"

# What vouches for the paper, and whether it agrees; empty where nothing was looked at.
_AUTHENTICITY = """
ALTER TABLE outcome ADD COLUMN authenticity TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN authenticity TEXT NOT NULL DEFAULT '';
CREATE INDEX source_authenticity ON source (authenticity) WHERE authenticity <> '';
"""

# The n-th script takes a ledger of version n to version n + 1.
MIGRATIONS: tuple[str, ...] = (_FIRST + _GUARDS, _ORIGIN, _AUTHENTICITY)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the tables to the present version, each step whole or not at all.

    ``StorageError`` for a ledger that a later version of the program has made.
    """
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise StorageError(
            f"The ledger has version {version}, this program knows {len(MIGRATIONS)}.",
            remedy="Use the newer program that made it.",
        )
    for number in range(version, len(MIGRATIONS)):
        script = MIGRATIONS[number]
        connection.executescript(f"BEGIN;\n{script}\nPRAGMA user_version = {number + 1};\nCOMMIT;")


def is_present(connection: sqlite3.Connection) -> bool:
    """Whether the tables are those of this version."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return bool(version == len(MIGRATIONS))


def in_memory(connection: sqlite3.Connection) -> sqlite3.Connection:
    """A copy of the ledger in memory, of the present version; see ``migrate``."""
    copy = sqlite3.connect(":memory:")
    connection.backup(copy)
    migrate(copy)
    copy.execute("PRAGMA query_only = 1")
    return copy

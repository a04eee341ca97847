"""A consumer of the change feed: a copy of the documents that loses nothing when it is killed.

It is an example for sites, and what the tests hold the feed to. The copy is one SQLite file;
documents and cursor change in the same transaction, so that at any moment they belong together.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

# Gives the feed after a cursor: ``changes`` (with ``document``), ``cursor``, ``more``, ``reset``.
Fetch = Callable[[str], Mapping[str, Any]]

_TABLES = """
CREATE TABLE IF NOT EXISTS document (
    id TEXT PRIMARY KEY, digest TEXT NOT NULL, value TEXT NOT NULL, seen INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


class Copy:
    """The copy; ``pull`` brings it up to the feed."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.executescript(_TABLES)

    def close(self) -> None:
        self._db.close()

    def documents(self) -> dict[str, dict[str, Any]]:
        """Every document of the copy by its id."""
        rows = self._db.execute("SELECT id, value FROM document ORDER BY id")
        return {key: json.loads(value) for key, value in rows}

    def pull(self, fetch: Fetch) -> None:
        """Follow the feed to its end; killed in between, the next call goes on from there."""
        while self._take(fetch(self._state("cursor"))):
            pass

    def _take(self, batch: Mapping[str, Any]) -> bool:
        """Apply one batch as a whole; whether there is more to come."""
        self._db.execute("BEGIN IMMEDIATE")
        try:
            more = self._apply(batch)
        except BaseException:
            self._db.execute("ROLLBACK")
            raise
        self._db.execute("COMMIT")
        return more

    def _apply(self, batch: Mapping[str, Any]) -> bool:
        turn = int(self._state("turn") or 0)
        if batch["reset"]:
            # Another feed: what does not come before its end is gone.
            turn += 1
            self._keep("turn", str(turn))
            self._keep("sweep", "yes")
        for change in batch["changes"]:
            document = change.get("document")
            # No document beside a change: it went again meanwhile, as a later change will tell.
            if change["kind"] == "delete" or document is None:
                self._db.execute("DELETE FROM document WHERE id = ?", (change["id"],))
            else:
                self._db.execute(
                    "INSERT OR REPLACE INTO document VALUES (?, ?, ?, ?)",
                    (change["id"], change["digest"], json.dumps(document), turn),
                )
        self._keep("cursor", batch["cursor"])
        if not batch["more"] and self._state("sweep") == "yes":
            self._db.execute("DELETE FROM document WHERE seen < ?", (turn,))
            self._keep("sweep", "no")
        return bool(batch["more"])

    def _state(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _keep(self, name: str, value: str) -> None:
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

"""The documents that meet one way to put a query, the latest first; of many, the newest rows.

A long phrase of common words is dear: all their lists must be read along. So its rarest part is
looked for, and the few documents that hold it are looked at one by one.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from sohoa.search.audience import Audience
from sohoa.search.query import Attempt
from sohoa.search.reading import read_entry
from sohoa.search.schema import COLUMNS
from sohoa.search.texts import text_rows

FACETS = ("type", "issuer", "year", "family")
_LONG = 6  # tokens of a phrase from which its rarest part is looked for first
_PART = 3  # tokens of that part
_SAMPLE = 50  # newest matches by which it is told how rare a token is
_LOOKED_AT = 15  # documents that are looked at one by one
# Rows of the office are even, those of the public alone are odd: see ``schema``.
_SEEN = {
    Audience.ALL: "AND t.rowid % 2 = 0",
    Audience.OFFICE: "AND t.rowid % 2 = 0 AND d.secret = 0",
    Audience.PUBLIC: "",  # the expression says so
}
_SHOWN = f"d.key, coalesce(d.date, ''), {', '.join(f'd.{name}' for name in FACETS)}"
_KEY, _DATE = itemgetter(1), itemgetter(2)


class Match(NamedTuple):
    """A row of the full-text tables, its document, and what the facets count."""

    row: int
    key: str
    date: str
    type: str | None
    issuer: str | None
    year: str | None
    family: str | None

    @property
    def facets(self) -> tuple[str | None, ...]:
        return self[3:]


def find_matches(
    db: sqlite3.Connection, way: Attempt, audience: Audience, most: int
) -> list[Match]:
    """What matches, the latest paper first; of more than ``most``, those indexed last."""
    rows = _by_rarest_part(db, way, audience) if len(way.phrase) >= _LONG else None
    if rows is None:
        rows = _rows(db, way.table, way.expression, audience, most)
    # Sorting is stable: of one day the smaller key comes first.
    rows.sort(key=_KEY)
    rows.sort(key=_DATE, reverse=True)
    return [Match._make(row) for row in rows]


_Row = tuple[int, str, str, str | None, str | None, str | None, str | None]


def _rows(
    db: sqlite3.Connection, table: str, expression: str, audience: Audience, most: int
) -> list[_Row]:
    if not expression:  # nothing was asked for: everything
        secret = "WHERE d.secret = 0" if audience is Audience.OFFICE else ""
        return db.execute(
            f"SELECT 2 * d.id, {_SHOWN} FROM document d {secret} ORDER BY d.id DESC LIMIT ?",  # noqa: S608
            (most,),
        ).fetchall()
    return db.execute(
        f"SELECT t.rowid, {_SHOWN} FROM {table} t CROSS JOIN document d ON d.id = t.rowid / 2"  # noqa: S608
        f" WHERE t.{table} MATCH ? {_SEEN[audience]} ORDER BY t.rowid DESC LIMIT ?",
        (expression, most),
    ).fetchall()


def _by_rarest_part(db: sqlite3.Connection, way: Attempt, audience: Audience) -> list[_Row] | None:
    """The rows that hold a long phrase; None where its rarest part is still common."""
    (newest,) = db.execute("SELECT 2 * coalesce(max(id), 0) + 1 FROM document").fetchone()
    share = {token: _share(db, way.table, token, newest) for token in set(way.phrase)}
    parts = [way.phrase[start : start + _PART] for start in range(len(way.phrase) - _PART + 1)]
    rarest = min(parts, key=lambda part: math.prod(share[token] for token in part))
    expression = way.narrowed(f'"{" ".join(rarest)}"')
    rows = _rows(db, way.table, expression, audience, _LOOKED_AT + 1)
    if len(rows) > _LOOKED_AT:
        return None
    return [row for row in rows if _holds(db, way, row, audience)]


def _share(db: sqlite3.Connection, table: str, token: str, newest: int) -> float:
    """About which share of the documents holds the token, by its newest matches."""
    count, oldest = db.execute(
        f"SELECT count(*), min(row) FROM (SELECT rowid AS row FROM {table}"  # noqa: S608
        f" WHERE {table} MATCH ? ORDER BY rowid DESC LIMIT {_SAMPLE})",
        (f'"{token}"',),
    ).fetchone()
    return float(count) / (newest - (oldest if count == _SAMPLE else 0) + 1)


_TEXTS: Sequence[int] = (COLUMNS.index("head"), COLUMNS.index("body"))


def _holds(db: sqlite3.Connection, way: Attempt, row: _Row, audience: Audience) -> bool:
    entry = read_entry(db, row[1], audience)
    if entry is None:
        return False
    values = text_rows(entry, ())[1 if way.exact else 0]
    phrase = f" {' '.join(way.phrase)} "
    return any(phrase in f" {values[place]} " for place in _TEXTS)

"""Searching: the hits of a query, in order, with where they stand on the pages."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sohoa.search.audience import Audience
from sohoa.search.folding import folded
from sohoa.search.index import Index
from sohoa.search.places import Place, Snippet, find_places, make_snippet
from sohoa.search.query import MOST_RESULTS, Attempt, Query, attempts, terms_of
from sohoa.search.reading import read_entry
from sohoa.search.schema import WEIGHTS

COUNTED = 10_000  # matches that are counted, one by one, for the total and the facets
_RANKED = MOST_RESULTS + 100  # matches of one attempt that are put into order
FACETS = ("type", "issuer", "year", "family")


@dataclass(frozen=True, slots=True)
class Hit:
    """One document found. ``exact``: by its marks too. ``places``: words on its pages."""

    key: str
    folder: str
    uri: str | None
    fields: Mapping[str, Any]
    exact: bool
    snippet: Snippet
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """``total`` is exact up to ``COUNTED``; beyond, ``more`` is true, facets count the newest."""

    total: int
    more: bool
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def search(index: Index, query: Query, audience: Audience) -> Results:
    """Find, count and show; all in one state of the index.

    Bounded: an attempt ranks its newest 1,100 matches, the total and facets count 10,000.
    """
    ways = attempts(query, audience)
    if not ways:
        return Results(0, False, (), dict.fromkeys(FACETS, ()))
    with index.reading() as db:
        rows = _ranked(db, ways, query)
        total, facets = _counted(db, ways[-1])
        hits = tuple(
            hit
            for row, exact in rows
            if (hit := _hit(db, row, query, audience, exact=exact)) is not None
        )
    return Results(min(total, COUNTED), total > COUNTED, hits, facets)


def _ranked(
    db: sqlite3.Connection, ways: tuple[Attempt, ...], query: Query
) -> list[tuple[int, bool]]:
    wanted = query.start + query.count
    found: dict[int, bool] = {}
    for way in ways:
        for row in _in_order(db, way, ranked=bool(query.text)):
            found.setdefault(row, way.table == "marked")
        if len(found) >= wanted:
            break
    return list(found.items())[query.start : wanted]


def _in_order(db: sqlite3.Connection, way: Attempt, *, ranked: bool) -> Iterator[int]:
    """Rows that match: the best first, of equals the latest paper; only the newest are ranked."""
    weights = ", ".join(map(str, WEIGHTS))
    score = f"bm25({way.table}, {weights})" if ranked else "0.0"
    newest = (
        f"SELECT rowid AS row, {score} AS score FROM {way.table} WHERE {way.table} MATCH ?"  # noqa: S608
        f" ORDER BY rowid DESC LIMIT {_RANKED}"
    )
    rows = db.execute(
        f"SELECT row FROM ({newest}) JOIN document ON id = row / 2"  # noqa: S608
        " ORDER BY round(score, 6), date IS NULL, date DESC, key",
        (way.expression,),
    )
    return (int(row) for (row,) in rows)


def _counted(
    db: sqlite3.Connection, way: Attempt
) -> tuple[int, dict[str, tuple[tuple[str, int], ...]]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    total = 0
    rows = db.execute(
        f"SELECT {', '.join(FACETS)} FROM (SELECT rowid AS row FROM {way.table}"  # noqa: S608
        f" WHERE {way.table} MATCH ? ORDER BY rowid DESC LIMIT {COUNTED + 1})"
        " JOIN document ON id = row / 2",
        (way.expression,),
    )
    for values in rows:
        total += 1
        for name, value in zip(FACETS, values, strict=True):
            if value:
                counts[name][value] += 1
    return total, {name: _merged(found) for name, found in counts.items()}


def _merged(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """The most frequent values; spellings that differ in marks or case are one, as in search."""
    sums: Counter[str] = Counter()
    shown: dict[str, str] = {}
    for value, count in sorted(counts.items(), key=lambda each: (-each[1], each[0])):
        key = folded([value])
        sums[key] += count
        shown.setdefault(key, value)
    best = sorted(sums.items(), key=lambda each: (-each[1], each[0]))[:20]
    return tuple((shown[key], count) for key, count in best)


def _hit(
    db: sqlite3.Connection, row: int, query: Query, audience: Audience, *, exact: bool
) -> Hit | None:
    (key,) = db.execute("SELECT key FROM document WHERE id = ?", (row // 2,)).fetchone()
    entry = read_entry(db, key, audience)
    if entry is None:
        return None
    terms = terms_of(" ".join((query.text, query.number, query.signer, query.cited)))
    places = find_places(entry.pages, terms, exact=exact)
    return Hit(
        key, entry.folder, entry.document["uri"], entry.document["fields"], exact,
        make_snippet(entry.pages, places), places,
    )  # fmt: skip

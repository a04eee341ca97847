"""Searching: the hits of a query, in order, with where they stand on the pages."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sohoa.search.audience import Audience
from sohoa.search.folding import folded
from sohoa.search.index import Index
from sohoa.search.places import Place, Snippet, find_places, make_snippet
from sohoa.search.query import MOST_RESULTS, Plan, Query, plans, terms_of
from sohoa.search.reading import read_entry
from sohoa.search.schema import WEIGHTS

COUNTED = 10_000  # matches that are counted
_FACETED = 2_000  # matches whose fields are counted
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
    """``total`` is exact up to ``COUNTED``; beyond, ``more`` is true.

    Facets count the newest 2,000.
    """

    total: int
    more: bool
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def search(index: Index, query: Query, audience: Audience) -> Results:
    """Find, count and show; all in one state of the index.

    Bounded: an attempt ranks its newest 300 matches; the total counts 10,000, facets 2,000.
    """
    asked = plans(query, audience)
    if not asked:
        return Results(0, False, (), dict.fromkeys(FACETS, ()))
    with index.reading() as db:
        rows, whole = _ranked(db, asked, query)
        total = len(whole) if whole is not None else _total(db, asked[-1])
        facets = _facets(db, asked[-1], whole)
        hits = tuple(
            hit
            for row, exact in rows
            if (hit := _hit(db, row, query, audience, exact=exact)) is not None
        )
    return Results(min(total, COUNTED), total > COUNTED, hits, facets)


def _ranked(
    db: sqlite3.Connection, asked: tuple[Plan, ...], query: Query
) -> tuple[list[tuple[int, bool]], list[int] | None]:
    """The rows to show, with whether their marks are the same; all matches where few."""
    wanted = query.start + query.count
    found: dict[int, bool] = {}
    whole: list[int] | None = None
    for plan in asked:
        rows, whole = _rows(db, plan, wanted, ranked=bool(query.text))
        for row in rows:
            found.setdefault(row, plan.table == "marked")
        if len(found) >= wanted:
            whole = whole if plan is asked[-1] else None
            break
    return list(found.items())[query.start : wanted], whole


def _rows(
    db: sqlite3.Connection, plan: Plan, wanted: int, *, ranked: bool
) -> tuple[list[int], list[int] | None]:
    """Rows in order, and all of them where they are few: then one look ranks them all.

    Of many, only the newest could be ranked: so the better ones are asked for by themselves.
    """
    broad = _in_order(db, plan.table, plan.broad, ranked=ranked)
    if len(broad) < _RANKED:
        if len(broad) < 2 or not plan.beside:
            return broad, broad
        beside = _in_order(db, plan.table, plan.beside, ranked=True)
        return list(dict.fromkeys([*beside, *broad])), broad
    found: dict[int, None] = {}
    for expression in plan.narrow:
        found |= dict.fromkeys(_in_order(db, plan.table, expression, ranked=ranked))
        if len(found) >= wanted:
            return list(found), None
    return list(found | dict.fromkeys(broad)), None


def _in_order(db: sqlite3.Connection, table: str, expression: str, *, ranked: bool) -> list[int]:
    """Rows that match: the best first, of equals the latest paper; only the newest are ranked."""
    weights = ", ".join(map(str, WEIGHTS))
    score = f"bm25({table}, {weights})" if ranked else "0.0"
    newest = (
        f"SELECT rowid AS row, {score} AS score FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        f" ORDER BY rowid DESC LIMIT {_RANKED}"
    )
    rows = db.execute(
        f"SELECT row FROM ({newest}) JOIN document ON id = row / 2"  # noqa: S608
        " ORDER BY score, date IS NULL, date DESC, key",
        (expression,),
    )
    return [int(row) for (row,) in rows]


def _total(db: sqlite3.Connection, plan: Plan) -> int:
    (total,) = db.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM {plan.table} WHERE {plan.table} MATCH ?"  # noqa: S608
        f" LIMIT {COUNTED + 1})",
        (plan.broad,),
    ).fetchone()
    return int(total)


def _facets(
    db: sqlite3.Connection, plan: Plan, whole: list[int] | None
) -> dict[str, tuple[tuple[str, int], ...]]:
    counts: dict[str, Counter[str]] = {name: Counter() for name in FACETS}
    if whole is None:
        rows = (
            f"SELECT rowid AS row FROM {plan.table} WHERE {plan.table} MATCH ?"  # noqa: S608
            f" ORDER BY rowid DESC LIMIT {_FACETED}"
        )
        given = plan.broad
    else:
        rows, given = "SELECT value AS row FROM json_each(?)", json.dumps(whole)
    for values in db.execute(
        f"SELECT {', '.join(FACETS)} FROM ({rows}) JOIN document ON id = row / 2",  # noqa: S608
        (given,),
    ):
        for name, value in zip(FACETS, values, strict=True):
            if value:
                counts[name][value] += 1
    return {name: _merged(found) for name, found in counts.items()}


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

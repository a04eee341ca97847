"""Searching: the hits of a query, in order, with where they stand on the pages."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sohoa.search.audience import Audience
from sohoa.search.folding import folded
from sohoa.search.index import Index
from sohoa.search.matching import FACETS, Match, find_matches
from sohoa.search.places import Place, Snippet, find_places, make_snippet
from sohoa.search.query import MOST_RESULTS, Plan, Query, plan_of, terms_of
from sohoa.search.reading import read_entry

COUNTED = 1_000  # matches that are counted, with their fields for the facets
_TAKEN = MOST_RESULTS + 100  # matches of one attempt that are looked at


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

    Facets count the newest 1,000.
    """

    total: int
    more: bool
    hits: tuple[Hit, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def search(index: Index, query: Query, audience: Audience) -> Results:
    """Find, count and show; all in one state of the index.

    Of equals the latest paper comes first. Bounded: each attempt looks at its newest 300 matches,
    the total and the facets count the newest 1,000.
    """
    plan = plan_of(query, audience)
    if plan is None:
        return Results(0, False, (), dict.fromkeys(FACETS, ()))
    with index.reading() as db:
        matches = find_matches(db, plan.broad, audience, COUNTED + 1)
        rows = _ranked(db, plan, matches, query, audience)
        hits = tuple(
            hit
            for row, exact in rows
            if (hit := _hit(db, row, query, audience, exact=exact)) is not None
        )
    facets = {
        name: _merged(Counter(value for match in matches if (value := match.facets[place])))
        for place, name in enumerate(FACETS)
    }
    return Results(min(len(matches), COUNTED), len(matches) > COUNTED, hits, facets)


def _ranked(
    db: sqlite3.Connection, plan: Plan, matches: list[Match], query: Query, audience: Audience
) -> list[tuple[int, bool]]:
    """The rows to show, and whether they were found by their marks too.

    The better ways are gone until there are enough rows, or all that match.
    """
    wanted = min(query.start + query.count, len(matches))
    found: dict[int, bool] = {}
    for way in plan.better:
        if len(found) >= wanted:
            break
        for match in find_matches(db, way, audience, _TAKEN):
            found.setdefault(match.row, way.exact)
    for match in matches:
        found.setdefault(match.row, False)
    return list(found.items())[query.start : query.start + query.count]


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

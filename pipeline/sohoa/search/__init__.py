"""Finding, following and handing on: the index, the feed, the publication gate, bulk files."""

from __future__ import annotations

from sohoa.search.audience import Audience
from sohoa.search.find import Hit, Results, search
from sohoa.search.index import Index
from sohoa.search.query import Query
from sohoa.search.refresh import open_collection, rebuild, refresh
from sohoa.search.rows import Entry, entry_of

__all__ = [
    "Audience", "Entry", "Hit", "Index", "Query", "Results", "entry_of", "open_collection",
    "rebuild", "refresh", "search",
]  # fmt: skip

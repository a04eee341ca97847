"""The change feed: what became of the documents since a cursor.

A change names a document that must be put or deleted; both may be repeated without harm. The feed
holds one change a document and audience (the last), so that any cursor of this feed stays good.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from sohoa.search.audience import Audience
from sohoa.search.index import Index

MOST = 500
_CURSOR = re.compile(r"^([0-9a-f]{12})-(\d{1,18})$")


class Kind(StrEnum):
    """``INSERT``: new since the cursor. All but ``DELETE`` mean: put it, whatever you have."""

    INSERT = "insert"
    UPDATE = "update"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Change:
    """One change; ``digest`` is that of the document as it is now (None where deleted)."""

    cursor: str
    kind: Kind
    key: str
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes in order; ``cursor`` is where to go on; ``more``: ask again at once.

    ``reset``: the cursor was of another feed (the index was lost and made anew). The batch begins
    from the start: documents that come nowhere until ``more`` is false are no longer there.
    """

    changes: tuple[Change, ...]
    cursor: str
    more: bool
    reset: bool = False


def changes_since(index: Index, cursor: str, audience: Audience, count: int = 100) -> Batch:
    """The next changes after the cursor; an empty one stands for the beginning."""
    count = min(max(1, count), MOST)
    with index.reading() as db:
        feed = index.feed_id
        match = _CURSOR.match(cursor)
        known = match is not None and match[1] == feed
        after = int(match[2]) if match and known else 0
        rows = db.execute(
            "SELECT seq, c.key, first, digest FROM change c"
            " LEFT JOIN standing s ON s.audience = c.audience AND s.key = c.key"
            " WHERE c.audience = ? AND seq > ? ORDER BY seq LIMIT ?",
            (audience.value, after, count + 1),
        ).fetchall()
    changes = tuple(
        Change(f"{feed}-{seq}", _kind(first, after), key, digest)
        for seq, key, first, digest in rows[:count]
    )
    last = changes[-1].cursor if changes else f"{feed}-{after}"
    return Batch(changes, last, len(rows) > count, reset=bool(cursor) and not known)


def _kind(first: int, after: int) -> Kind:
    if first == 0:
        return Kind.DELETE
    return Kind.INSERT if first > after else Kind.UPDATE

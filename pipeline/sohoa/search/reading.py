"""Documents out of the index, as an audience may see them."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sohoa.search.audience import Audience, projections
from sohoa.search.publication import Decision, Verb
from sohoa.search.rows import Entry, PageWords, no_edges

# Which rows of ``document`` an audience may see.
SEEN = {Audience.PUBLIC: "public > 0", Audience.OFFICE: "secret = 0", Audience.ALL: "1"}


def read_entry(db: sqlite3.Connection, key: str, audience: Audience) -> Entry | None:
    """The document of this key; None also where the audience may not see it."""
    row = db.execute(
        "SELECT id, folder, stamp, value, decision, public"  # noqa: S608
        " FROM document JOIN content ON document = id"
        f" WHERE key = ? AND {SEEN[audience]}",
        (key,),
    ).fetchone()
    if row is None:
        return None
    number, folder, stamp, value, decision, public = row
    pages = tuple(_page(each) for each in _page_rows(db, number))
    entry = Entry(key, folder, unpacked(value), pages, stamp)
    return _shown(entry, _decision(decision), hidden=public == 2, audience=audience)


def read_page(
    db: sqlite3.Connection, key: str, number: int, audience: Audience
) -> PageWords | None:
    """One page of a document, without reading the others."""
    row = db.execute(
        f"SELECT id, public FROM document WHERE key = ? AND {SEEN[audience]}",  # noqa: S608
        (key,),
    ).fetchone()
    if row is None:
        return None
    if row[1] == 2 and audience is Audience.PUBLIC:
        entry = read_entry(db, key, audience)
        return (
            next((page for page in entry.pages if page.number == number), None) if entry else None
        )
    found = db.execute(
        "SELECT number, width, height, words, boxes FROM page WHERE document = ? AND number = ?",
        (row[0], number),
    ).fetchone()
    return _page(found) if found else None


def read_keys(
    db: sqlite3.Connection, audience: Audience, after: str = "", limit: int | None = None
) -> list[str]:
    """Keys that come after one, in their order; all of them where there is no limit."""
    rows = db.execute(
        f"SELECT key FROM document WHERE key > ? AND {SEEN[audience]} ORDER BY key LIMIT ?",  # noqa: S608
        (after, -1 if limit is None else limit),
    )
    return [str(key) for (key,) in rows]


def read_entries(db: sqlite3.Connection, audience: Audience) -> Iterator[Entry]:
    """Every document that the audience may see, by key; one is in memory at a time."""
    for key in read_keys(db, audience):
        entry = read_entry(db, key, audience)
        if entry is not None:
            yield entry


def read_digest(db: sqlite3.Connection, key: str, audience: Audience) -> str | None:
    """The digest of a document as the audience sees it; None where it does not."""
    row = db.execute(
        "SELECT digest FROM standing WHERE audience = ? AND key = ?", (audience.value, key)
    ).fetchone()
    return str(row[0]) if row else None


def keys_of_uri(db: sqlite3.Connection, uri: str, audience: Audience) -> list[str]:
    """Documents that bear this address; several where the collection holds copies."""
    rows = db.execute(
        f"SELECT key FROM document WHERE uri = ? AND {SEEN[audience]} ORDER BY key LIMIT 100",  # noqa: S608
        (uri,),
    )
    return [str(key) for (key,) in rows]


def read_summary(db: sqlite3.Connection, key: str, audience: Audience) -> dict[str, Any] | None:
    """What a list shows of a document: names, digest and the fields of its head."""
    row = db.execute(
        "SELECT value, public FROM document JOIN content ON document = id"  # noqa: S608
        f" WHERE key = ? AND {SEEN[audience]}",
        (key,),
    ).fetchone()
    if row is None:
        return None
    value, public = row
    if public == 2 and audience is Audience.PUBLIC:
        entry = read_entry(db, key, audience)
        document: dict[str, Any] = dict(entry.document) if entry else {}
    else:
        document = unpacked(value)
    fields = document["fields"]
    return {
        "id": key,
        "uri": document["uri"],
        "digest": read_digest(db, key, audience),
        "pages": document["source"]["pages"],
        **{name: fields[name] for name in ("type", "full_number", "title", "issuer", "date")},
    }


def read_citing(db: sqlite3.Connection, key: str, audience: Audience) -> list[dict[str, Any]]:
    """Documents here that cite this one, by its URI or, where a citation has none, its number."""
    rows = db.execute(
        "SELECT DISTINCT d.key, c.relation FROM document me JOIN citation c"  # noqa: S608
        " ON c.uri = me.uri OR (c.uri IS NULL AND c.number = me.number)"
        " JOIN document d ON d.id = c.document AND d.id <> me.id WHERE me.key = ?"
        f" AND d.key IN (SELECT key FROM document WHERE {SEEN[audience]})"
        " ORDER BY d.key, c.relation LIMIT 1000",
        (key,),
    )
    return [{"id": citing, "relation": relation} for citing, relation in rows]


def unpacked(value: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(zlib.decompress(value))
    return found


def _shown(entry: Entry, decision: Decision | None, *, hidden: bool, audience: Audience) -> Entry:
    if audience is not Audience.PUBLIC:
        return entry
    document = {name: each for name, each in entry.document.items() if name != "publication"}
    entry = replace(entry, document=document)
    if hidden:
        return projections(entry, decision)[Audience.PUBLIC]
    source = {name: document["source"][name] for name in ("sha256", "media_type", "pages")}
    return replace(entry, document={**document, "source": source})


def _decision(text: str | None) -> Decision | None:
    if not text:
        return None
    value = json.loads(text)
    return Decision(**{**value, "verb": Verb(value["verb"]), "despite": tuple(value["despite"])})


def _page_rows(db: sqlite3.Connection, number: int) -> Iterator[tuple[Any, ...]]:
    yield from db.execute(
        "SELECT number, width, height, words, boxes FROM page WHERE document = ? ORDER BY number",
        (number,),
    )


def _page(row: tuple[Any, ...]) -> PageWords:
    number, width, height, text, boxes = row
    words: list[str] = []
    lines: list[int] = []
    for line in zlib.decompress(text).decode().split("\n"):
        if line:
            lines.append(len(words))
            words.extend(line.split(" "))
    edges = no_edges()
    edges.frombytes(zlib.decompress(boxes))
    return PageWords(number, width, height, tuple(words), edges, tuple(lines))

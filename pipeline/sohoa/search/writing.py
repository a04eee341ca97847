"""Putting documents into the index and taking them out, with the feed told of every change."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Mapping
from dataclasses import asdict

from sohoa.search.audience import Audience, digests_of, projections
from sohoa.search.folding import folded
from sohoa.search.publication import Decision
from sohoa.search.rows import Entry, PageWords
from sohoa.search.schema import COLUMNS, HEAD_COLUMNS, HEADS, TEXT_TABLES
from sohoa.search.texts import number_tokens, text_rows

_OWN_TABLES = (
    ("page", "document"), ("citation", "document"), ("content", "document"), ("document", "id"),
)  # fmt: skip


class Writer:
    """Lives for one transaction of the index."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def put(self, entry: Entry, decision: Decision | None = None) -> None:
        """Make the index hold this entry, and no older one of its key or folder."""
        for (key,) in self._db.execute(
            "SELECT key FROM document WHERE key = ? OR folder = ?",
            (entry.key, entry.folder),
        ).fetchall():
            self._take_out(key)
            if key != entry.key:
                self._tell(key, {})
        shown = projections(entry, decision)
        number = self._add(shown, entry, decision)
        for row, (table_folded, table_marked) in _rows_of(shown, number).items():
            self._texts(row, table_folded, table_marked)
        self._tell(entry.key, digests_of(shown))

    def delete(self, key: str) -> None:
        """Take a document out; nothing happens where there is none."""
        self._take_out(key)
        self._tell(key, {})

    def clear(self) -> None:
        """Drop every row of the documents; what consumers were told is kept."""
        for table in TEXT_TABLES:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608
        for table, _ in _OWN_TABLES:
            self._db.execute(f"DELETE FROM {table}")  # noqa: S608

    def optimize(self) -> None:
        """Merge the full-text tables into one piece each: slow once, and searches are faster."""
        for table in TEXT_TABLES:
            self._db.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def forget_unseen(self) -> None:
        """Tell the feed of documents that consumers know and the index holds no more."""
        for (key,) in self._db.execute(
            "SELECT DISTINCT key FROM standing WHERE key NOT IN (SELECT key FROM document)"
        ).fetchall():
            self._tell(key, {})

    def _add(self, shown: Mapping[Audience, Entry], entry: Entry, decision: Decision | None) -> int:
        office = shown[Audience.ALL]
        values = office.document["fields"]
        public = shown.get(Audience.PUBLIC)
        hidden = public is not None and public.pages != office.pages
        cursor = self._db.execute(
            "INSERT INTO document (key, folder, stamp, uri, number, public, secret, type, issuer,"
            " family, year, date, decision)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (entry.key, entry.folder, entry.stamp, entry.document["uri"],
             number_tokens(entry) or None, 0 if public is None else 2 if hidden else 1,
             int(Audience.OFFICE not in shown), values["type"], values["issuer"], values["family"],
             (values["date"] or "")[:4] or None, values["date"],
             json.dumps(asdict(decision), ensure_ascii=False) if decision else None),
        )  # fmt: skip
        number = int(cursor.lastrowid or 0)
        self._db.execute("INSERT INTO content VALUES (?, ?)", (number, _packed(office.document)))
        self._db.executemany(
            "INSERT INTO page VALUES (?, ?, ?, ?, ?, ?)",
            [(number, *_page_row(page)) for page in entry.pages],
        )
        self._db.executemany(
            "INSERT INTO citation VALUES (?, ?, ?, ?, ?)",
            [
                (number, place, each["relation"], each["uri"],
                 folded(filter(None, (each["number"], each["symbol"]))) or None)
                for place, each in enumerate(entry.document["citations"])
            ],
        )  # fmt: skip
        return number

    def _take_out(self, key: str) -> None:
        from sohoa.search.reading import read_entry

        found = self._db.execute("SELECT id FROM document WHERE key = ?", (key,)).fetchone()
        if found is None:
            return
        number = int(found[0])
        shown = {
            who: entry for who in Audience if (entry := read_entry(self._db, key, who)) is not None
        }
        # The full-text tables keep no text: a row goes by naming again what it was made of.
        for row, (table_folded, table_marked) in _rows_of(shown, number).items():
            self._texts(row, table_folded, table_marked, delete=True)
        for table, column in _OWN_TABLES:
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (number,))  # noqa: S608

    def _texts(
        self, row: int, folded: tuple[str, ...], marked: tuple[str, ...], *, delete: bool = False
    ) -> None:
        for table, values in (("folded", folded), ("marked", marked)):
            self._text(table, row, dict(zip(COLUMNS, values, strict=True)), delete=delete)
            heads = dict(zip(HEAD_COLUMNS, values, strict=False))
            self._text(HEADS[table], row, heads, delete=delete)

    def _text(self, table: str, row: int, values: dict[str, str], *, delete: bool) -> None:
        command, first = (f"{table}, ", "'delete', ") if delete else ("", "")
        names, marks = ", ".join(values), ", ".join("?" for _ in values)
        self._db.execute(
            f"INSERT INTO {table} ({command}rowid, {names}) VALUES ({first}?, {marks})",  # noqa: S608
            (row, *values.values()),
        )

    def _tell(self, key: str, digests: Mapping[Audience, str]) -> None:
        """Write into the feed what changed for whom; the older change of the document goes.

        So the feed never holds more than one line a document, and no cursor grows too old.
        """
        told = self._db.execute(
            "SELECT audience, digest, since FROM standing WHERE key = ?", (key,)
        )
        known = {who: (digest, since) for who, digest, since in told.fetchall()}
        for who in Audience:
            old, since = known.get(who.value, (None, 0))
            new = digests.get(who)
            if old == new:
                continue
            cursor = self._db.execute(
                "INSERT OR REPLACE INTO change (audience, key, first) VALUES (?, ?, ?)",
                (who.value, key, since if old and new else 0),
            )
            if new is None:
                self._db.execute(
                    "DELETE FROM standing WHERE audience = ? AND key = ?", (who.value, key)
                )
                continue
            if old is None:
                since = int(cursor.lastrowid or 0)
                self._db.execute("UPDATE change SET first = seq WHERE seq = ?", (since,))
            self._db.execute(
                "INSERT OR REPLACE INTO standing VALUES (?, ?, ?, ?)", (who.value, key, new, since)
            )


def _rows_of(
    shown: Mapping[Audience, Entry], number: int
) -> dict[int, tuple[tuple[str, ...], tuple[str, ...]]]:
    """The full-text rows of a document: one, or one more where the public sees less."""
    office, public = shown[Audience.ALL], shown.get(Audience.PUBLIC)
    if public is None or public.pages == office.pages:
        return {2 * number: text_rows(office, shown)}
    inside = [who for who in shown if who is not Audience.PUBLIC]
    return {
        2 * number: text_rows(office, inside),
        2 * number + 1: text_rows(public, [Audience.PUBLIC]),
    }


def _packed(value: object) -> bytes:
    return _pressed(json.dumps(value, ensure_ascii=False, sort_keys=True).encode())


def _pressed(data: bytes) -> bytes:
    # The quickest level: the next ones take three times as long for a tenth of the size.
    return zlib.compress(data, 1)


def _page_row(page: PageWords) -> tuple[int, int, int, bytes, bytes]:
    return (
        page.number, page.width, page.height, _pressed(page.text.encode()),
        _pressed(page.edges.tobytes()),
    )  # fmt: skip

"""The index brought up to a folder of results: new, changed, corrected and vanished documents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sohoa.errors import StorageError
from sohoa.record import Record, from_json
from sohoa.review import apply
from sohoa.review.correction import history, to_dict
from sohoa.review.shelf import Shelf, key_of
from sohoa.review.store import Document, ReviewStore
from sohoa.search.index import Index
from sohoa.search.publication import Decision, read_decisions
from sohoa.search.rows import Entry, entry_of

_BATCH = 100
_MANY = 1000  # changed documents after which the full-text tables are merged into one piece


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is; ``unreadable`` are folders whose record is broken: they are left out."""

    done: int
    total: int
    unreadable: tuple[str, ...] = ()


class Collection:
    """A folder of results as a source of entries: records with the corrections of people."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.shelf = Shelf(root)
        self._opened: ReviewStore | None = None

    @property
    def _store(self) -> ReviewStore | None:
        """The store of corrections, where there is one: it is only looked at, none is made."""
        if self._opened is None and self.shelf.store_path.is_file():
            self._opened = ReviewStore(self.shelf.store_path)
        return self._opened

    def folders(self) -> Iterator[str]:
        """Folders with a record that can be named in a database and an address."""
        return (folder for folder in self.shelf.folders() if folder.isprintable())

    def stamp(self, folder: str) -> str:
        """Changes when the record or its corrections do."""
        document = self._reviewed(folder)
        version = f"|{document.version}|{document.state}" if document else ""
        return self.shelf.stamp(folder) + version

    def record(self, folder: str) -> Record:
        """The record as corrected; of a signed document, the one that was signed.

        ``OSError`` or ``ValueError`` where it is gone or broken.
        """
        document = self._reviewed(folder)
        if self._store is None or document is None:
            return from_json(self.shelf.record_bytes(folder))
        signed = None
        if document.state == "signed":
            signed = self._store.signed_record(document.entry.key)
        base = from_json(signed or self.shelf.record_bytes(folder))
        made = self._store.corrections(document.entry.key)
        return apply(base, made) if made else base

    def entry(self, folder: str, stamp: str) -> Entry:
        return entry_of(self.record(folder), key_of(folder), folder, stamp)

    def corrections(self, key: str) -> list[dict[str, Any]]:
        """What people did to the document of this key, in order, and whether it still holds."""
        if self._store is None:
            return []
        made = history(self._store.corrections(key))
        return [{**to_dict(each), "holds": holds} for each, holds in made]

    def _reviewed(self, folder: str) -> Document | None:
        return self._store.get(key_of(folder)) if self._store else None


def refresh(index: Index, collection: Collection) -> Iterator[Progress]:
    """Bring the index up to the folder; only what changed is read.

    Each batch is one transaction: killed at any moment, the index holds whole documents, and the
    next call goes on. A decision about publishing counts as a change of its document.
    """
    decisions = read_decisions(collection.root)
    known = _known(index)
    there = {}
    for folder in collection.folders():
        try:
            stamp = collection.stamp(folder)
        except OSError:
            continue  # it went while we looked
        there[folder] = f"{stamp}|{_told(decisions.get(folder))}"
    _forget(index, sorted(set(known) - set(there)))
    changed = [folder for folder, stamp in there.items() if known.get(folder) != stamp]
    unreadable: list[str] = []
    yield Progress(0, len(changed))
    for start in range(0, len(changed), _BATCH):
        batch = changed[start : start + _BATCH]
        entries = []
        for folder in batch:
            try:
                entries.append(collection.entry(folder, there[folder]))
            except (OSError, ValueError):
                unreadable.append(folder)
        broken = set(batch) - {entry.folder for entry in entries}
        with index.writing() as writer:
            for entry in entries:
                writer.put(entry, decisions.get(entry.folder))
            for folder in sorted(broken):
                writer.delete(key_of(folder))
        yield Progress(start + len(batch), len(changed), tuple(unreadable))
    with index.writing() as writer:
        writer.forget_unseen()
        if len(changed) > _MANY:
            writer.optimize()


def _known(index: Index) -> dict[str, str]:
    with index.reading() as db:
        return dict(db.execute("SELECT folder, stamp FROM document").fetchall())


def _forget(index: Index, folders: list[str]) -> None:
    for start in range(0, len(folders), 500):
        with index.writing() as writer:
            for folder in folders[start : start + 500]:
                writer.delete(key_of(folder))


def _told(decision: Decision | None) -> str:
    return repr(decision and replace(decision, why="")) if decision else ""


def rebuild(index: Index, collection: Collection) -> Iterator[Progress]:
    """Make every row again from the results; the feed tells of real differences only."""
    with index.writing() as writer:
        writer.clear()
    yield from refresh(index, collection)


def open_collection(root: Path) -> Collection:
    """The collection of a folder; ``StorageError`` where there is no such folder."""
    if not root.is_dir():
        raise StorageError(
            f"There is no folder {root}.", remedy="Name a folder that sohoa digitize wrote."
        )
    return Collection(root)

"""A folder of results: its documents, their originals, and the results that people signed off."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sohoa.export import write_result
from sohoa.record import Record, from_json
from sohoa.review.replay import apply
from sohoa.review.risk import measure_risk
from sohoa.review.store import Entry, ReviewStore

RECORD = "record.json"
STORE = Path(".review", "review.sqlite")
_UNSURE = 0.5
_BATCH = 50


@dataclass(frozen=True, slots=True)
class Shelf:
    """``root``: what ``sohoa digitize`` wrote; ``originals``: folders where its sources lie;
    ``reviewed``: where the results of signed documents go; ``known``: where a file of that SHA-256
    was read, as far as somebody kept a record of it.
    """

    root: Path
    originals: tuple[Path, ...] = ()
    reviewed: Path | None = None
    known: Callable[[str], tuple[Path, ...]] = lambda _: ()

    @property
    def store_path(self) -> Path:
        return self.root / STORE

    @property
    def reviewed_root(self) -> Path:
        resolved = self.root.resolve()
        return self.reviewed or resolved.with_name(f"{resolved.name}-reviewed")

    def folders(self) -> Iterator[str]:
        """Folders with a record, below the root, with ``/``; hidden folders are left out."""
        for place, names, files in os.walk(self.root):
            names[:] = sorted(name for name in names if not name.startswith("."))
            if RECORD in files:
                yield Path(place).relative_to(self.root).as_posix()

    def record_bytes(self, folder: str) -> bytes:
        """The record as recognized; ``FileNotFoundError`` where it is gone."""
        return (self.root / folder / RECORD).read_bytes()

    def stamp(self, folder: str) -> str:
        """What changes when the record is written anew."""
        status = (self.root / folder / RECORD).stat()
        return f"{status.st_mtime_ns}:{status.st_size}:{status.st_ino}"

    def find_originals(self, folder: str, sha256: str, size: int) -> tuple[Path, ...]:
        """The files that the record was read from, by their place and then by their bytes.

        Most papers are one file. Of one that is several, they lie beside one another in a folder,
        in the order of their names. Nothing where they are gone, or other ones now.
        """
        candidates = (*self.known(sha256), *self._candidates(folder))
        for candidate in candidates:
            try:
                if candidate.stat().st_size == size and _sha256(candidate) == sha256:
                    return (candidate,)
            except OSError:
                continue
        places = (each for path in candidates for each in (path, path.with_suffix(""), path.parent))
        for place in dict.fromkeys((*places, *self.originals)):
            for run in _runs(place, size):
                if _sha256_of_all(run) == sha256:
                    return run
        return ()

    def _candidates(self, folder: str) -> Iterator[Path]:
        relative = Path(folder)
        for root in self.originals:
            if root.is_file():
                yield root
                continue
            # The folder may have been given by itself, or with others beside it.
            yield root / relative
            yield root / relative.name
            if len(relative.parts) > 1:
                yield root / Path(*relative.parts[1:])
            yield from sorted(root.glob(f"*/{_quoted(relative.name)}"))

    def write_reviewed(self, folder: str, files: dict[str, bytes]) -> Path:
        """Write the result of a signed document, whole or not at all; returns its folder."""
        target = self.reviewed_root / folder
        write_result(target, files)
        return target


def _quoted(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)


def _runs(folder: Path, size: int) -> Iterator[tuple[Path, ...]]:
    """Files of a folder that follow one another by name and have that size together."""
    try:
        with os.scandir(folder) as entries:
            found = sorted((each.name, each.stat().st_size) for each in entries if each.is_file())
    except OSError:
        return
    begins = {0: 0}  # bytes before a file, and its place
    total = 0
    for place, (_, length) in enumerate(found):
        total += length
        first = begins.get(total - size)
        if first is not None and first < place:
            yield tuple(folder / name for name, _ in found[first : place + 1])
        begins.setdefault(total, place + 1)


def _sha256_of_all(paths: tuple[Path, ...]) -> str:
    """As ``Source.sha256`` has it for several files; empty where one cannot be read."""
    try:
        return hashlib.sha256("".join(map(_sha256, paths)).encode()).hexdigest()
    except OSError:
        return ""


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def key_of(folder: str) -> str:
    """What names a document in addresses: says nothing of the folder, and leads nowhere else."""
    return hashlib.sha256(folder.encode("utf-8", errors="surrogateescape")).hexdigest()[:20]


def entry_of(folder: str, stamp: str, record: Record) -> Entry:
    """What the queue shows of a record, and where it stands in it."""
    risk = measure_risk(record)
    directive = record.directive
    number = directive.symbol.printed or directive.number.value or directive.symbol.value
    sure = min(directive.number.confidence, directive.symbol.confidence) >= _UNSURE
    summary = {
        "number": f"{number}{'' if sure else ' (?)'}" if number else "",
        "type": directive.type.value or "",
        "date": directive.date.value or "",
        "issuer": directive.issuer.value or "",
        "title": directive.title.value or "",
    }
    return Entry(
        key=key_of(folder), folder=folder, name=record.source.name,
        source_sha256=record.source.sha256, source_size=record.source.size_bytes, stamp=stamp,
        pages=len(record.pages), words=risk.words, doubtful=risk.doubtful,
        summary=tuple(summary.items()), risk=risk.score, reasons=risk.reasons, secret=risk.secret,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the look through a folder is; ``unreadable`` are folders whose record is broken."""

    done: int
    total: int
    unreadable: tuple[str, ...] = ()


def refresh(shelf: Shelf, store: ReviewStore) -> Iterator[Progress]:
    """Bring the store up to the folder: new, changed and vanished results.

    A record that cannot be read is named in the progress and left out of the queue.
    """
    known = store.stamps()
    changed, there = [], set()
    for folder in shelf.folders():
        there.add(folder)
        stamp = shelf.stamp(folder)
        if known.get(folder) != stamp:
            changed.append((folder, stamp))
    store.mark_gone(sorted(set(known) - there))
    batch: list[Entry] = []
    unreadable: list[str] = []
    for count, (folder, stamp) in enumerate(changed, 1):
        try:
            record = from_json(shelf.record_bytes(folder))
        except (OSError, ValueError):
            unreadable.append(folder)
        else:
            made = store.corrections(key_of(folder))
            batch.append(entry_of(folder, stamp, apply(record, made) if made else record))
        if len(batch) == _BATCH or count == len(changed):
            store.put(batch)
            batch = []
            yield Progress(count, len(changed), tuple(unreadable))

"""Corrections as JSON lines, out and in again; copies of the store while it is in use."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SourceBroken, StorageError
from sohoa.review.correction import FORMAT, Correction, from_dict, to_dict
from sohoa.review.store import Document, ReviewStore


@dataclass(frozen=True, slots=True)
class Line:
    """One line: a correction, and the file (by the hash of its bytes) whose document it is of."""

    name: str
    sha256: str
    folder: str
    correction: Correction


def to_line(document: Document, correction: Correction) -> str:
    value = {
        "format": FORMAT,
        "source": {"name": document.entry.name, "sha256": document.entry.source_sha256},
        "folder": document.entry.folder,
        "correction": to_dict(correction),
    }
    return json.dumps(value, ensure_ascii=False)


def write_lines(store: ReviewStore) -> Iterator[str]:
    """Every correction of the store, in the order in which they were made."""
    for document, correction in store.all_corrections():
        yield to_line(document, correction)


def parse_lines(lines: Iterable[str]) -> Iterator[Line]:
    """``SourceBroken`` names the first line that is no correction."""
    for number, text in enumerate(lines, 1):
        if not text.strip():
            continue
        try:
            value = json.loads(text)
            if value["format"] != FORMAT:
                raise ValueError(f"format {value['format']!r}")
            source = value["source"]
            yield Line(
                str(source["name"]), str(source["sha256"]), str(value["folder"]),
                from_dict(value["correction"]),
            )  # fmt: skip
        except (ValueError, KeyError, TypeError) as error:
            raise SourceBroken(f"Line {number} is no correction: {error}.") from error


def read_into(store: ReviewStore, lines: Iterable[Line]) -> tuple[int, tuple[Line, ...]]:
    """Add corrections to the documents of the same file; those that are there are passed over.

    A document is found by the hash of its source, of several the one of the same folder. Returns
    how many were added, and those whose document is not here or was signed off.
    """
    from sohoa.review.store import Conflict, SignedOff

    added, homeless = 0, []
    for line in lines:
        document = _document(store, line)
        if document is None:
            homeless.append(line)
            continue
        try:
            signed = b""
            version = store.append(document.entry.key, document.version, (line.correction,), signed)
            added += version != document.version
        except (Conflict, SignedOff):
            homeless.append(line)
    return added, tuple(homeless)


def _document(store: ReviewStore, line: Line) -> Document | None:
    found = store.by_source(line.sha256)
    same = [each for each in found if each.entry.folder == line.folder]
    best = same or list(found)
    return best[0] if best else None


def back_up(path: Path, target: Path) -> None:
    """Copy a database whole while it is in use; the copy is checked before it takes its name."""
    if not path.is_file():
        raise StorageError(f"There is no store {path}.", remedy="Name a folder that was reviewed.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    try:
        _copy(path, part)
        _check(part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{target} cannot be written: {error}.") from error
    finally:
        part.unlink(missing_ok=True)


def bring_back(copy: Path, path: Path) -> None:
    """Put a copy back in the place of a database, also one that a server is using.

    Versions of documents go on from where they were, so that no open page mistakes the old state
    for the one it saw.
    """
    if not copy.is_file():
        raise StorageError(f"There is no backup {copy}.", remedy="Name a file of sohoa backup.")
    try:
        _check(copy)
        versions = _versions(path)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        _copy(copy, path)
        if not versions:
            return
        with _opened(path) as db:
            db.executemany(
                "UPDATE documents SET version = max(version, ?) + 1 WHERE key = ?",
                [(version, key) for key, version in versions.items()],
            )
    except (OSError, sqlite3.Error) as error:
        raise StorageError(f"{path} cannot be restored: {error}.") from error


def _versions(path: Path) -> dict[str, int]:
    if not path.is_file():
        return {}
    db = sqlite3.connect(path, timeout=10.0)
    try:
        return dict(db.execute("SELECT key, version FROM documents").fetchall())
    except sqlite3.Error:
        return {}
    finally:
        db.close()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=10.0)


def _copy(source: Path, target: Path) -> None:
    with sqlite3.connect(source, timeout=10.0) as old, sqlite3.connect(target, timeout=10.0) as new:
        old.backup(new)
    old.close()
    new.close()


def _check(path: Path) -> None:
    db = sqlite3.connect(path, timeout=10.0)
    try:
        (answer,) = db.execute("PRAGMA integrity_check").fetchone()
    finally:
        db.close()
    if answer != "ok":
        raise sqlite3.DatabaseError(f"{path.name} is damaged: {answer}")

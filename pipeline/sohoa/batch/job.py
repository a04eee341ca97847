"""What a run is asked to do, and what became of it: values that cross process borders."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Status(StrEnum):
    """What became of one source."""

    DONE = "done"
    PARTIAL = "partial"  # written, but with a page or more that could not be read
    FAILED = "failed"
    QUARANTINED = "quarantined"  # it ended its workers, alone too: a person must look at it


class PageState(StrEnum):
    """What became of one page."""

    OK = "ok"
    DEGRADED = "degraded"  # read, with something to check by eye
    FAILED = "failed"
    SKIPPED = "skipped"  # nothing on it to read


# A failure for such a reason may go away by itself: the next run tries again. Any other would come
# back with the same bytes and the same recipe.
TRANSIENT = frozenset(
    {
        "storage-error",
        "engine-error",
        "dictionary-error",
        "source-missing",
        "source-changed",
        "interrupted",
    }
)


@dataclass(frozen=True, slots=True)
class Job:
    """One source (its files, in page order) and the folder that its result becomes.

    ``name`` may hold bytes that are no UTF-8 (as surrogates), like the path it comes from.
    ``root``: the folder below which all results lie; a result is not written where it is gone.
    """

    name: str
    paths: tuple[Path, ...]
    folder: Path
    root: Path | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A file as the file system knows it; what was not written to keeps all three.

    ``changed_ns`` is the time of the last change of the file or of its inode: unlike the time of
    modification nothing can set it back.
    """

    size_bytes: int
    modified_ns: int
    changed_ns: int


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page. ``confidence``: mean of its words' confidence, 0..1."""

    number: int
    state: PageState
    words: int = 0
    confidence: float | None = None
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """By what two scans of one paper are known: normalized fields, None where unread."""

    type: str | None = None
    number: str | None = None
    issuer: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. ``code`` and ``message`` say why it failed.

    ``summary`` is what a person wants to see in a list; ``codes`` are the findings' codes.
    ``digest`` is that of the files written, see ``digest_of``; ``peak_megabytes`` of the process.
    ``authenticity``: whether what vouches for the paper agrees (``consistent``, ``contradicted``,
    ``cannot-tell``); empty where nothing was looked at.
    """

    name: str
    folder: str
    status: Status
    pages: int = 0
    seconds: float = 0.0
    code: str = ""
    message: str = ""
    summary: tuple[tuple[str, str], ...] = ()
    codes: tuple[str, ...] = ()
    sha256: str = ""
    size_bytes: int = 0
    record_id: str = ""
    digest: str = ""
    written_bytes: int = 0
    peak_megabytes: int = 0
    page_outcomes: tuple[PageOutcome, ...] = ()
    paper: Paper = Paper()
    authenticity: str = ""


def failed(job: Job, code: str, message: str, seconds: float = 0.0) -> Outcome:
    """A source of which nothing was written."""
    return Outcome(job.name, str(job.folder), Status.FAILED, 0, round(seconds, 2), code, message)


def signature_of(paths: tuple[Path, ...]) -> Signature | None:
    """The signature of a source's files together; None where one of them is not there."""
    try:
        stats = [path.stat() for path in paths]
    except OSError:
        return None
    return Signature(
        sum(each.st_size for each in stats),
        max((each.st_mtime_ns for each in stats), default=0),
        max((each.st_ctime_ns for each in stats), default=0),
    )


def hash_of(paths: tuple[Path, ...]) -> str:
    """The hash of a source as ``Source.sha256`` has it. ``OSError`` where it cannot be read."""
    hashes = []
    for path in paths:
        with path.open("rb") as file:
            hashes.append(hashlib.file_digest(file, "sha256").hexdigest())
    return hashes[0] if len(hashes) == 1 else hashlib.sha256("".join(hashes).encode()).hexdigest()


def digest_of(files: dict[str, bytes]) -> str:
    """One hash of all files of a result folder, whatever their order."""
    digest = hashlib.sha256()
    for name in sorted(files):
        digest.update(f"{name}\0{hashlib.sha256(files[name]).hexdigest()}\n".encode())
    return digest.hexdigest()


def printable(name: str) -> str:
    """The name as UTF-8 can hold it: bytes that are no UTF-8 become the replacement sign."""
    return os.fsencode(name).decode("utf-8", errors="replace")

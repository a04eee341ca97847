"""A run over folders: what is to be done, the ledger, and when to stop."""

from __future__ import annotations

import os
import secrets
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.batch.job import (
    TRANSIENT,
    Job,
    Outcome,
    Signature,
    Status,
    failed,
    hash_of,
    signature_of,
)
from sohoa.batch.known import Known
from sohoa.batch.ledger import FOLDER, Ledger, RunInfo
from sohoa.batch.listing import Listing, list_sources
from sohoa.batch.recipe import recipe_key
from sohoa.batch.runner import Died, Ended, Event, Started, Stop, run_events
from sohoa.batch.twins import find_twin
from sohoa.batch.work import Crafts
from sohoa.errors import SettingsError

if TYPE_CHECKING:
    from sohoa.settings import Settings

_RESULT = "record.json"


class Verdict(StrEnum):
    """What a run does with a source, and why."""

    NEW = "new"
    CHANGED = "changed"  # the file, or what makes its result
    AGAIN = "again"  # failed for a reason that may be gone, or was interrupted
    DONE = "done"
    KNOWN_FAILURE = "known-failure"  # it would fail again


WORK = (Verdict.NEW, Verdict.CHANGED, Verdict.AGAIN)


@dataclass(frozen=True, slots=True)
class Request:
    """What an operator asks for. ``retry``: also what would fail again, by all that is known.

    ``choose``: which of the jobs found to take.
    """

    sources: tuple[Path, ...]
    out: Path
    settings: Settings
    workers: int
    retry: bool = False
    choose: Callable[[tuple[Job, ...]], tuple[Job, ...]] | None = None
    crafts: Crafts = field(default_factory=Crafts)


@dataclass(frozen=True, slots=True)
class Found:
    """The run has looked at all sources: how many of each verdict, and what is no document."""

    verdicts: tuple[tuple[Verdict, int], ...]
    passed_over: int
    known_failures: tuple[tuple[str, str], ...]

    def count(self, *verdicts: Verdict) -> int:
        return sum(count for verdict, count in self.verdicts if verdict in verdicts)

    @property
    def to_do(self) -> int:
        return self.count(*WORK)


@dataclass(frozen=True, slots=True)
class Halted:
    """The run ends before its work does: ``interrupted`` or ``no-room``, and what to say."""

    reason: str
    message: str = ""


BatchEvent = Found | Event | Halted


def sort_sources(
    known_of: Callable[[str], Known | None], listing: Listing, recipe: str, *, retry: bool
) -> list[tuple[Job, Verdict, Known | None]]:
    """What is to be done with each job, in the order of the listing.

    A file that looks as it did (size and times) is not read again; one that does not is hashed.
    ``SettingsError`` for a job whose result folder belongs to another file, which is still there.
    """
    found = []
    for job in listing.jobs:
        known = known_of(job.name)
        _refuse_stranger(job, known)
        found.append((job, _verdict(job, known, recipe, retry=retry), known))
    return found


def _refuse_stranger(job: Job, known: Known | None) -> None:
    if known is None or not known.origin or not known.digest:
        return
    origin = Path(os.fsdecode(known.origin))
    try:
        other = origin.exists() and not origin.samefile(job.paths[0])
    except OSError:
        return
    if other:
        raise SettingsError(
            f"{job.folder} holds the result of another file, {origin}, not of {job.paths[0]}.",
            remedy="Give each folder of scans a folder of results of its own (--out).",
        )


def _verdict(job: Job, known: Known | None, recipe: str, *, retry: bool) -> Verdict:
    if known is None or (known.state == "pending" and not known.recipe):
        return Verdict.NEW
    if known.state not in tuple(Status):
        return Verdict.AGAIN
    if known.recipe != recipe or os.fsencode(job.folder) != known.folder:
        return Verdict.CHANGED
    written = known.state in (Status.DONE, Status.PARTIAL)
    if not written and (retry or known.code in TRANSIENT):
        return Verdict.AGAIN
    if not _is_unchanged(job, known):
        return Verdict.CHANGED
    if written and not (job.folder / _RESULT).is_file():
        return Verdict.AGAIN
    return Verdict.DONE if written else Verdict.KNOWN_FAILURE


def _is_unchanged(job: Job, known: Known) -> bool:
    if signature_of(job.paths) == known.signature:
        return True
    try:
        return bool(known.sha256) and hash_of(job.paths) == known.sha256
    except OSError:
        return False


def run_batch(request: Request, stop: Callable[[], Stop]) -> Iterator[BatchEvent]:
    """Do what is to be done below the sources, and tell it. ``Found`` comes first.

    After it, whatever happened in between: each source is in the ledger once; each result folder
    is whole, and is the one that the ledger names. Raises ``StorageError`` where the ledger
    cannot be written.
    """
    recipe = recipe_key(request.settings, request.crafts)
    listing = list_sources(request.sources, request.out)
    if request.choose is not None:
        listing = replace(listing, jobs=request.choose(listing.jobs))
    with Ledger(request.out) as ledger:
        listed = len(listing.jobs) + len(listing.passed_over)
        ledger.begin_run(RunInfo(recipe, request.workers, listed))
        reason = "failed"
        try:
            for each in listing.passed_over:
                ledger.add_skipped(each.name, each.reason)
            sorted_jobs = sort_sources(ledger.known, listing, recipe, retry=request.retry)
            yield _remembered(ledger, listing, sorted_jobs)
            jobs = [job for job, verdict, _ in sorted_jobs if verdict in WORK]
            keeper = Keeper(ledger, request, recipe)
            yield from keeper.run(jobs, stop)
            reason = keeper.halted.reason if keeper.halted else "done"
        finally:
            ledger.end_run(reason)


def _remembered(
    ledger: Ledger, listing: Listing, jobs: Sequence[tuple[Job, Verdict, Known | None]]
) -> Found:
    counts = dict.fromkeys(Verdict, 0)
    failures = []
    for job, verdict, known in jobs:
        counts[verdict] += 1
        now = signature_of(job.paths)
        if known is not None and verdict in (Verdict.DONE, Verdict.KNOWN_FAILURE):
            if now is not None and now != known.signature:
                ledger.touch(job.name, now)
            if verdict is Verdict.KNOWN_FAILURE:
                failures.append((job.name, known.code))
    ledger.add_pending([job.name for job, verdict, _ in jobs if verdict in WORK])
    return Found(tuple(counts.items()), len(listing.passed_over), tuple(failures))


class Keeper:
    """Takes what happens in a run into the ledger, and stops it where nothing can be written."""

    def __init__(self, ledger: Ledger, request: Request, recipe: str) -> None:
        self._ledger, self._request, self._recipe = ledger, request, recipe
        self._open: dict[str, tuple[int, Signature | None]] = {}
        self.halted: Halted | None = None

    def run(self, jobs: Iterable[Job], stop: Callable[[], Stop]) -> Iterator[BatchEvent]:
        request = self._request

        def asked() -> Stop:
            wanted = stop()
            if wanted is Stop.GO and self.halted is not None:
                wanted = Stop.FINISH
            return wanted

        events = run_events(
            self._while_there_is_room(jobs),
            request.settings,
            workers=request.workers,
            crafts=request.crafts,
            stop=asked,
        )
        with closing(events):  # type: ignore[type-var]
            for event in events:
                self._keep(event)
                yield event
        if self.halted is None and stop() is not Stop.GO:
            self.halted = Halted("interrupted")
        if self.halted is not None:
            yield self.halted

    def _while_there_is_room(self, jobs: Iterable[Job]) -> Iterator[Job]:
        for job in jobs:
            self._check_room()
            if self.halted is not None:
                return
            yield job

    def _keep(self, event: Event) -> None:
        if isinstance(event, Started):
            seen = signature_of(event.job.paths)
            self._open[event.job.name] = (self._ledger.start(event.job, self._recipe), seen)
        elif isinstance(event, Died):
            attempt, seen = self._open.pop(event.job.name)
            outcome = failed(event.job, event.code, event.why)
            self._ledger.finish(attempt, replace(outcome, code="interrupted"), seen)
        elif isinstance(event, Ended):
            attempt, seen = self._open.pop(event.job.name)
            self._ledger.finish(attempt, event.outcome, seen)
            self._look_for_twin(attempt, event.outcome)
            if event.outcome.code == "storage-error":
                self._check_room()

    def _look_for_twin(self, attempt: int, outcome: Outcome) -> None:
        if outcome.status in (Status.DONE, Status.PARTIAL):
            twin = find_twin(self._ledger.connection(), attempt, outcome)
            if twin is not None:
                self._ledger.link(attempt, *twin)

    def _check_room(self) -> None:
        """Halt where results or temporary files cannot be written, before hours are lost."""
        message = why_no_room(self._request.out, self._request.settings)
        if message:
            self.halted = Halted("no-room", message)


def why_no_room(out: Path, settings: Settings) -> str:
    """Why results or temporary files cannot be written; empty where they can."""
    least = settings.batch.min_free_megabytes
    temporary = Path(tempfile.gettempdir())
    return _why_not(out, out / FOLDER, least) or _why_not(
        temporary, temporary, least, " for temporary files (TMPDIR)"
    )


def _why_not(named: Path, folder: Path, least: int, purpose: str = "") -> str:
    probe = folder / f"sohoa-probe-{secrets.token_hex(4)}"
    try:
        free = shutil.disk_usage(named).free >> 20
        if free < least:
            return (
                f"Only {free} MB are free in {named}{purpose}; {least} MB are wanted "
                "(min_free_megabytes)."
            )
        try:
            probe.write_bytes(b"\0")
        finally:
            probe.unlink(missing_ok=True)
    except OSError as error:
        return f"{named} cannot be written{purpose}: {error}."
    return ""

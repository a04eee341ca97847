"""``sohoa watch``: a folder into which scans arrive, and what becomes of each."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from sohoa.batch import Job, Status, Stop
from sohoa.batch.drive import Request, run_batch
from sohoa.batch.job import Signature, hash_of, signature_of
from sohoa.batch.known import find_known
from sohoa.batch.ledger import ledger_path
from sohoa.batch.ledger_reading import open_reading
from sohoa.batch.listing import list_sources
from sohoa.batch.runner import Ended
from sohoa.batch.settling import Settling
from sohoa.cli.batch import stop_on_signals
from sohoa.cli.batch_board import Board, Look
from sohoa.cli.messages import say
from sohoa.errors import SettingsError, StorageError

_NICE = 10


@dataclass(frozen=True, slots=True)
class Wishes:
    """How to watch: seconds between two looks; where finished originals go (None: they stay).

    ``once``: end when all that is there is done.
    """

    poll_s: float
    move: Path | None
    once: bool


def run(request: Request, wishes: Wishes, *, as_json: bool) -> int:
    """Watch until asked to stop; 0, or with ``once`` 1 where something failed."""
    (folder,) = request.sources
    if not folder.is_dir():
        raise SettingsError(f"{folder} is not a folder.")
    if request.settings.batch.nice == 0:
        # The machine belongs to the people who work on it.
        limits = replace(request.settings.batch, nice=_NICE)
        request = replace(request, settings=replace(request.settings, batch=limits))
    print(say("watch.waiting", folder=folder), file=sys.stderr, flush=True)
    with stop_on_signals() as stop:
        watcher = _Watcher(request, wishes, as_json=as_json)
        while stop.asked() is Stop.GO:
            watcher.look(stop.asked)
            if wishes.once and not watcher.is_waiting():
                break
            Event().wait(wishes.poll_s)
    return 1 if wishes.once and watcher.failures else 0


class _Watcher:
    def __init__(self, request: Request, wishes: Wishes, *, as_json: bool) -> None:
        self._request, self._wishes, self._as_json = request, wishes, as_json
        self._settling = Settling()
        # What this watcher has dealt with, and how it looked then.
        self._dealt: dict[str, Signature | None] = {}
        self.failures = 0

    def is_waiting(self) -> bool:
        """Whether something is there that was not dealt with yet."""
        return any(self._is_new(job) for job in self._listed())

    def look(self, stop: Callable[[], Stop]) -> None:
        """Digitize what arrived whole since the last look."""
        whole = self._settling.settled(job for job in self._listed() if self._is_new(job))
        if not whole:
            return
        arrived = {job.name: signature_of(job.paths) for job in whole}
        request = replace(self._request, choose=lambda _: self._named(whole))
        board = Board(request.out, Look.of(quiet=False, as_json=self._as_json))
        with board:
            for event in run_batch(request, stop):
                board.take(event)
                if isinstance(event, Ended):
                    self._end(event)
        board.tell_total()
        if board.halted == "no-room":
            raise StorageError(f"{request.out} has no room, or cannot be written.")
        self._dealt |= arrived

    def _listed(self) -> tuple[Job, ...]:
        request = self._request
        return list_sources(request.sources, request.out).jobs

    def _is_new(self, job: Job) -> bool:
        return job.name not in self._dealt or self._dealt[job.name] != signature_of(job.paths)

    def _named(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        """The jobs, each under a name that replaces no result of another paper.

        Where finished originals go away, a name that comes again with other content is another
        paper: scanners count from 1 each day.
        """
        if self._wishes.move is None or not ledger_path(self._request.out).is_file():
            return tuple(jobs)
        named = []
        with open_reading(self._request.out) as base:
            for job in jobs:
                known = find_known(base, job.name)
                sha256 = _hash(job)
                if known is not None and known.digest and sha256 not in ("", known.sha256):
                    path = Path(job.name)
                    name = str(path.with_name(f"{path.stem}-{sha256[:8]}{path.suffix}"))
                    job = replace(job, name=name, folder=self._request.out / name)  # noqa: PLW2901
                named.append(job)
        return tuple(named)

    def _end(self, event: Ended) -> None:
        status = event.outcome.status
        if status is not Status.DONE:
            self.failures += 1
        if self._wishes.move is not None and status in (Status.DONE, Status.PARTIAL):
            for path in event.job.paths:
                move_original(path, self._wishes.move / Path(event.job.name).parent)


def move_original(path: Path, folder: Path) -> Path:
    """Move a file into a folder under its own name; one that is there already is never replaced."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target, count = folder / path.name, 2
        while target.exists() or target.is_symlink():
            target = folder / f"{path.stem}-{count}{path.suffix}"
            count += 1
        return Path(shutil.move(path, target))
    except OSError as error:
        raise StorageError(
            f"{path} cannot be moved into {folder}: {error}.",
            remedy="The result is whole and the original is where it was.",
        ) from error


def _hash(job: Job) -> str:
    try:
        return hash_of(job.paths)
    except OSError:
        return ""

"""Jobs through worker processes: what is tried again, what is given up, what is told."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from enum import IntEnum
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from sohoa.batch.guard import Guard
from sohoa.batch.job import Job, Outcome, Status, failed
from sohoa.batch.lanes import Death, LocalLanes
from sohoa.batch.place import MAKING, OPENING, Place, write_off
from sohoa.batch.scratch import Scratch, told_of_temporary
from sohoa.batch.work import Crafts, Done, Split, Task

if TYPE_CHECKING:
    from sohoa.settings import Settings

_TICK_S = 0.25
# Deaths at one place until it is given up. A kill from outside may strike twice by bad luck.
_DEATHS, _KILLS = 2, 3
# A document that loses so many pages is no document but a trap.
_MOST_LOST = 20


class Stop(IntEnum):
    """How a run is asked to end: not at all, when what runs has ended, or at once."""

    GO, FINISH, NOW = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Started:
    """Work on a job begins (or begins again, alone)."""

    job: Job


@dataclass(frozen=True, slots=True)
class Ended:
    """A job came to its end."""

    job: Job
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Died:
    """A worker died; the job will be tried again alone."""

    job: Job
    code: str
    why: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Time has passed: where each running job is, and the processes that work."""

    places: dict[str, Place]
    pids: tuple[int, ...]


Event = Started | Ended | Died | Tick


class Lanes(Protocol):
    """Where tasks run: the processes of this machine, or of many."""

    def __len__(self) -> int: ...
    def count(self, wanted: int) -> int: ...
    def start(self, task: Task) -> None: ...
    def wait(self, seconds: float) -> list[tuple[Task, Done | Death]]: ...
    def places(self) -> dict[str, Place]: ...
    def pids(self) -> tuple[int, ...]: ...
    def stop(self) -> None: ...


@dataclass(slots=True, eq=False)
class _Open:
    """A job on its way."""

    job: Job
    folder: Path
    chunks: deque[tuple[int, int]] = field(default_factory=deque)
    running: int = 0
    split: bool = False
    # The worker's death that makes it be tried again alone.
    death: Death | None = None
    is_alone: bool = False
    deaths: dict[int, int] = field(default_factory=dict)
    lost: int = 0
    verdict: Outcome | None = None


def default_workers(settings: Settings, *, cores: int, memory_megabytes: int) -> int:
    """Processes for a machine of so many cores and so much memory; one page needs up to 1 GB."""
    return settings.batch.workers or max(1, min(cores, memory_megabytes // 1024))


def run_events(
    jobs: Iterable[Job],
    settings: Settings,
    *,
    workers: int,
    crafts: Crafts | None = None,
    stop: Callable[[], Stop] = lambda: Stop.GO,
) -> Iterator[Event]:
    """What happens to the jobs, as it happens. Each job that is begun ends in one ``Ended``, but
    for those that are abandoned when ``stop`` says so.

    Jobs are taken from the iterable one by one as workers come free. After the last event, and
    after an exception, no worker runs and no temporary file is left.
    """
    waiting = iter(jobs)
    first = next(waiting, None)
    if first is None:
        return
    scratch = Scratch()
    guard = Guard(scratch.path)
    lanes: Lanes | None = None
    try:
        lanes = _make_lanes(settings, crafts or Crafts())
        runner = _Runner(lanes, scratch, settings, lanes.count(workers))
        yield from runner.run(chain((first,), waiting), stop, guard)
    finally:
        if lanes is not None:
            lanes.stop()
        scratch.close()
        guard.close()


def _make_lanes(settings: Settings, crafts: Crafts) -> Lanes:
    if not crafts.cluster:
        return LocalLanes(settings, crafts)
    from sohoa.batch.cluster import ClusterLanes

    return ClusterLanes(settings, crafts)


def run_jobs(
    jobs: tuple[Job, ...], settings: Settings, *, workers: int, crafts: Crafts | None = None
) -> Iterator[Outcome]:
    """One outcome for each job, in the order in which they end."""
    for event in run_events(jobs, settings, workers=workers, crafts=crafts):
        if isinstance(event, Ended):
            yield event.outcome


class _Runner:
    def __init__(self, lanes: Lanes, scratch: Scratch, settings: Settings, workers: int) -> None:
        self._lanes, self._scratch = lanes, scratch
        self._limits = settings.batch
        self._workers = max(1, workers)
        self._tasks: dict[Path, _Open] = {}
        self._ready: deque[_Open] = deque()
        self._alone: deque[_Open] = deque()
        self._count = 0

    def run(self, jobs: Iterator[Job], stop: Callable[[], Stop], guard: Guard) -> Iterator[Event]:
        more = True
        while True:
            asked = stop()
            if asked is Stop.NOW:
                return
            more = more and asked is Stop.GO
            while len(self._lanes) < self._workers and (more or self._ready):
                if not self._ready:
                    job = next(jobs, None)
                    if job is None:
                        more = False
                        break
                    self._ready.append(self._opened(job))
                    yield Started(job)
                self._start(self._ready[0])
            if not len(self._lanes):
                # Alone: when nothing else runs, and nothing else is left to run.
                if not self._alone or asked is not Stop.GO:
                    return
                work = self._alone.popleft()
                work.is_alone = True
                self._ready.append(work)
                yield Started(work.job)
                self._start(work)
            for task, done in self._lanes.wait(_TICK_S):
                yield from self._ended(task, done)
            guard.check()
            yield Tick(self._lanes.places(), self._lanes.pids())

    def _opened(self, job: Job) -> _Open:
        self._count += 1
        return _Open(job, self._scratch.job_folder(self._count))

    def _start(self, work: _Open) -> None:
        """Start the next task of a job; it leaves the queue when all its tasks are started."""
        self._count += 1
        folder = self._scratch.task_folder(self._count)
        task = Task(work.job, folder, work.folder)
        if work.chunks:
            first, last = work.chunks.popleft()
            task = replace(task, first=first, last=last)
        elif not work.split and not work.is_alone and self._workers > 1:
            task = replace(task, may_split=True)
        if not work.chunks:
            self._ready.popleft()
        work.running += 1
        self._tasks[folder] = work
        self._lanes.start(task)

    def _ended(self, task: Task, done: Done | Death) -> Iterator[Event]:
        work = self._tasks.pop(task.folder)
        work.running -= 1
        shutil.rmtree(task.folder, ignore_errors=True)
        if isinstance(done, Death):
            self._note_death(work, done)
        elif isinstance(done, Split):
            work.split = True
            size, pages = self._limits.chunk_pages, done.pages
            work.chunks.extend(
                (first, min(first + size - 1, pages)) for first in range(1, pages + 1, size)
            )
        elif isinstance(done, Outcome):
            work.verdict = done
        if work.verdict is not None:
            # What failed in some pages for the document's sake fails in the others too.
            work.chunks.clear()
            if work in self._ready:
                self._ready.remove(work)
        if not work.running and not work.chunks:
            yield from self._go_on(work)
        elif work.chunks and work not in self._ready:
            self._ready.appendleft(work)

    def _go_on(self, work: _Open) -> Iterator[Event]:
        """Nothing of the job runs: it has ended, or is tried again alone, or is to be made."""
        if work.verdict is not None:
            shutil.rmtree(work.folder, ignore_errors=True)
            yield Ended(work.job, work.verdict)
        elif work.death is not None:
            yield Died(work.job, work.death.code, work.death.why)
            work.death = None
            self._alone.append(work)
        else:
            self._ready.appendleft(work)

    def _note_death(self, work: _Open, death: Death) -> None:
        work.death = death
        work.deaths[death.place] = work.deaths.get(death.place, 0) + 1
        most = _KILLS if death.by_signal_9 else _DEATHS
        if not work.is_alone or work.deaths[death.place] < most:
            return
        if death.place in (OPENING, MAKING) or work.lost >= _MOST_LOST:
            outcome = failed(work.job, death.code, f"{work.job.name}: {death.why}")
            work.verdict = replace(outcome, status=Status.QUARANTINED)
        else:
            with told_of_temporary():
                write_off(work.folder, death.place, death.why)
            work.lost += 1

"""Worker processes of this machine: each task has one of its own, which can be killed whole.

A new process is forked, for each task, from a small server that has loaded all there is to load:
no document can harm another, memory is given back at its end, and nothing is shared that a killed
process might hold.
"""

from __future__ import annotations

import multiprocessing
import multiprocessing.util
import os
import tempfile
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, wait
from dataclasses import dataclass
from multiprocessing.context import ForkServerContext
from time import monotonic
from typing import TYPE_CHECKING, Any

from sohoa.batch.place import MAKING, OPENING, Place, read_place
from sohoa.batch.scratch import kill_group, worker_pid
from sohoa.batch.work import Crafts, Done, Task, work

if TYPE_CHECKING:
    from sohoa.settings import Settings


@dataclass(frozen=True, slots=True)
class Death:
    """A worker that ended without an answer: why, where it was, and what a person is told.

    ``by_signal_9``: killed from outside, perhaps by the system for want of memory.
    """

    code: str
    place: int
    why: str
    by_signal_9: bool = False


class _NotStartedError(Exception):
    """A process could not be forked."""


@dataclass(slots=True, eq=False)
class _Running:
    task: Task
    future: Future[Done]
    since_s: float
    killed: Death | None = None


_LONGEST_FOLDER = 60  # bytes; an address of a socket may have 107, its own name among them
_SHORT_FOLDER = "/tmp"  # noqa: S108 (a new folder of our own is made in it)


def make_socket_folder() -> None:
    """Choose where the fork server's sockets lie: not below a temporary folder of a long name."""
    before = tempfile.tempdir
    if len(os.fsencode(tempfile.gettempdir())) > _LONGEST_FOLDER:
        tempfile.tempdir = _SHORT_FOLDER
    try:
        multiprocessing.util.get_temp_dir()  # made once, then kept by multiprocessing
    finally:
        tempfile.tempdir = before


class LocalLanes:
    """Runs tasks side by side and watches their time."""

    def __init__(self, settings: Settings, crafts: Crafts) -> None:
        self._settings = settings
        self._crafts = crafts
        self._context = multiprocessing.get_context("forkserver")
        assert isinstance(self._context, ForkServerContext)  # noqa: S101 (for the type checker)
        self._context.set_forkserver_preload(["sohoa.batch.warm"])
        make_socket_folder()
        self._running: list[_Running] = []

    def __len__(self) -> int:
        return len(self._running)

    def count(self, wanted: int) -> int:
        """How many tasks to run side by side where ``wanted`` are asked for."""
        return wanted

    def start(self, task: Task) -> None:
        from pebble import concurrent

        # pebble's own types say mp_context, its code asks for context.
        means: dict[str, Any] = {"context": self._context, "mp_context": self._context}
        call = concurrent.process(**means)(work)  # type: ignore[no-untyped-call]
        future: Future[Done]
        try:
            future = call(task, self._settings, self._crafts)
        except (EOFError, OSError) as error:
            # The fork server was killed in this moment; the next call starts another.
            future = Future()
            future.set_exception(_NotStartedError(str(error)))
        self._running.append(_Running(task, future, monotonic()))

    def wait(self, seconds: float) -> list[tuple[Task, Done | Death]]:
        """Tasks that ended, after ``seconds`` at most; those over their time are killed."""
        wait([each.future for each in self._running], seconds, FIRST_COMPLETED)
        ended = [each for each in self._running if each.future.done()]
        self._running = [each for each in self._running if not each.future.done()]
        for each in self._running:
            self._watch(each)
        return [(each.task, self._result(each)) for each in ended]

    def places(self) -> dict[str, Place]:
        """Where each running worker is, by the name of its job."""
        found = {each.task.job.name: read_place(each.task.folder) for each in self._running}
        return {name: place for name, place in found.items() if place is not None}

    def pids(self) -> tuple[int, ...]:
        pids = (worker_pid(each.task.folder) for each in self._running)
        return tuple(pid for pid in pids if pid is not None)

    def stop(self) -> None:
        """Kill all that runs, at once."""
        for each in self._running:
            _end(each)
        wait([each.future for each in self._running], 10)
        for each in self._running:
            kill_group(each.task.folder)
        self._running = []

    def _watch(self, running: _Running) -> None:
        limits, now = self._settings.batch, monotonic()
        place = read_place(running.task.folder) or Place(OPENING, running.since_s, 0)
        over = ""
        # What is made of all pages together takes its time: only the document's limit holds for it.
        if place.page not in (OPENING, MAKING) and now - place.since_s > limits.page_limit_s:
            over = f"it was not done in {limits.page_limit_s:g} s."
        elif now - running.since_s > limits.document_limit_s:
            over = f"the document was not done in {limits.document_limit_s:g} s."
        if over and running.killed is None:
            running.killed = Death("document-timeout", place.page, over)
            _end(running)

    def _result(self, running: _Running) -> Done | Death:
        try:
            return running.future.result()
        except CancelledError:
            return running.killed or Death("interrupted", OPENING, "it was stopped.")
        except Exception as error:
            if running.killed is not None:
                return running.killed
            place = read_place(running.task.folder)
            exitcode = getattr(error, "exitcode", None)
            number = -exitcode if isinstance(exitcode, int) and exitcode < 0 else 0
            why = f"its worker process ended (signal {number})." if number else str(error)
            from_outside = number == 9 or isinstance(error, _NotStartedError)
            return Death("worker-died", place.page if place else OPENING, why, from_outside)
        finally:
            # A worker that was killed leaves the programs running that it had started.
            kill_group(running.task.folder)


def _end(running: _Running) -> None:
    """Kill a worker; pebble sees it end. One that has not signed yet is left to pebble."""
    if not kill_group(running.task.folder):
        running.future.cancel()

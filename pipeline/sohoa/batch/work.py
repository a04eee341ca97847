"""What a worker process does: read pages of one source, and write its result folder."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import tempfile
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from sohoa.batch.job import Job, Outcome, failed, printable, signature_of
from sohoa.batch.place import MAKING, Marker, written_off
from sohoa.batch.scratch import sign_worker
from sohoa.errors import SohoaError, StorageError

if TYPE_CHECKING:
    from sohoa.batch.spool import Spool
    from sohoa.page_reading import PageReading
    from sohoa.read import Source
    from sohoa.recognize import Engine, RecognizeSettings
    from sohoa.settings import BatchSettings, Settings


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)


@dataclass(frozen=True, slots=True)
class Crafts:
    """What the work is done with, and where.

    ``make_engine``: None for the engine that the settings name; it crosses process borders by name:
    a function of a module. ``cluster``: the address of a Ray cluster whose machines do the work;
    empty: this machine does.
    """

    make_engine: Callable[[RecognizeSettings], Engine] | None = None
    cluster: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One call of a worker: a whole job, or some of its pages.

    ``folder``: the worker's own; ``pages_folder``: what is kept of the job between workers.
    ``first`` to ``last``: pages to read, and nothing else; 0: the whole document. ``may_split``:
    a long document is not begun, its length is told (``Split``); ``only_count``: nor is any other.
    """

    job: Job
    folder: Path
    pages_folder: Path
    first: int = 0
    last: int = 0
    may_split: bool = False
    only_count: bool = False


@dataclass(frozen=True, slots=True)
class Split:
    """The source is long: let several workers read its ``pages``."""

    pages: int


@dataclass(frozen=True, slots=True)
class PagesRead:
    """The pages that were asked for are kept in the job's folder."""

    count: int


Done = Outcome | Split | PagesRead


def work(task: Task, settings: Settings, crafts: Crafts) -> Done:
    """Do a task in a process of its own; never raises for the document's own sake."""
    started = monotonic()
    try:
        marker = _enter(task, settings.batch)
        done = _work(task, settings, crafts, marker)
    except SohoaError as error:
        done = failed(task.job, error.code, str(error))
    except MemoryError:
        limit = settings.batch.memory_megabytes
        message = f"{task.job.name}: more than the {limit} MB that one process may take."
        remedy = " Raise memory_megabytes under [batch]."
        done = failed(task.job, "out-of-memory", message + remedy)
    except Exception as error:
        if isinstance(error, OSError) and error.errno in _NO_ROOM:
            message = f"{task.job.name}: no room for temporary files in {task.folder.parents[2]}"
            remedy = "Make room, or name another folder in TMPDIR, then run again."
            done = failed(task.job, "storage-error", f"{message} ({error.strerror}). {remedy}")
        else:
            done = failed(task.job, "internal-error", f"{task.job.name}: {_told(error)}")
    if isinstance(done, Outcome):
        seconds = round(monotonic() - started, 2)
        done = replace(done, seconds=seconds, peak_megabytes=_peak_megabytes())
    return done


def _enter(task: Task, limits: BatchSettings) -> Marker:
    """Make this process a worker: a group of its own, bounded memory, its own temporary files."""
    sign_worker(task.folder)
    temporary = task.folder / "tmp"
    os.environ["TMPDIR"] = str(temporary)
    tempfile.tempdir = str(temporary)
    os.environ["OMP_THREAD_LIMIT"] = "1"
    most = limits.memory_megabytes << 20
    for kind, limit in ((resource.RLIMIT_AS, most), (resource.RLIMIT_CORE, 0)):
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            limit = min(limit, hard)  # noqa: PLW2901
        resource.setrlimit(kind, (limit, hard))
    if limits.nice:
        os.nice(limits.nice)
    import cv2

    # Documents run side by side: threads of one would take the time of another.
    cv2.setNumThreads(1)
    return Marker(task.folder)


def _work(task: Task, settings: Settings, crafts: Crafts, marker: Marker) -> Done:
    from sohoa.batch.spool import Spool
    from sohoa.read import open_source
    from sohoa.recognize import make_engine

    job, limits = task.job, settings.batch
    before = signature_of(job.paths)
    with open_source(job.paths, settings.read, name=printable(job.name)) as source:
        count = source.page_count
        if count > limits.max_pages:
            message = f"{job.name} has {count} pages, {limits.max_pages} are allowed."
            return failed(job, "too-many-pages", f"{message} Raise max_pages under [batch].")
        if task.only_count or (task.may_split and count > limits.chunk_pages):
            return Split(count)
        spool = Spool(task.pages_folder, source.sha256)
        engine = (crafts.make_engine or make_engine)(settings.recognize)
        first, last = (task.first, task.last) if task.first else (1, count)
        for number in range(first, last + 1):
            if number not in spool:
                marker.at(number)
                _check_room(task.folder, limits)
                spool.write(number, _read(task, source, number, (settings, engine)))
                marker.done()
        if task.first:
            return PagesRead(last - first + 1)
        marker.at(MAKING)
        outcome = _make(job, source, spool, (settings, engine))
        if signature_of(job.paths) != before:
            message = f"{job.name} was changed while it was read: it will be read again."
            return failed(job, "source-changed", message)
        return outcome


def _read(task: Task, source: Source, number: int, means: tuple[Settings, Engine]) -> PageReading:
    """One page; what goes wrong with it is its own affair, not that of the document."""
    from sohoa.batch.spool import lost_page
    from sohoa.digitize import read_numbered

    lost = written_off(task.pages_folder, number)
    if lost:
        return lost_page(number, lost)
    settings, engine = means
    try:
        return read_numbered(source, number, settings, engine)
    except MemoryError:
        return lost_page(number, f"more than {settings.batch.memory_megabytes} MB of memory.")
    except SohoaError:
        raise
    except Exception as error:
        return lost_page(number, _told(error))


def _check_room(folder: Path, limits: BatchSettings) -> None:
    """``StorageError`` where temporary files have no room: a page must not be called bad for it."""
    if shutil.disk_usage(folder).free < limits.min_free_megabytes << 20:
        raise StorageError(
            f"Less than {limits.min_free_megabytes} MB are free for temporary files in "
            f"{folder.parents[2]}.",
            remedy="Make room, or name another folder in TMPDIR, then run again.",
        )


def _make(job: Job, source: Source, spool: Spool, means: tuple[Settings, Engine]) -> Outcome:
    """The record of the pages that were read, its exports, and what to tell of them."""
    from sohoa.batch.result import outcome_of
    from sohoa.digitize import assemble, read_numbered
    from sohoa.export import export_result, write_result
    from sohoa.originals import original_of

    settings, engine = means
    # A page that was not kept whole (a full disk) is read once more.
    readings = tuple(
        spool.read(number) or read_numbered(source, number, settings, engine)
        for number in range(1, source.page_count + 1)
    )
    (record,) = assemble(source, readings, settings, engine)
    original = original_of(source, job.paths)
    record, files = export_result(record, original, settings.output.formats)
    if job.root is not None and not job.root.is_dir():
        raise StorageError(
            f"The folder of the results is gone: {job.root}.",
            remedy="Bring it back (mount it), then run again.",
        )
    write_result(job.folder, files)
    return outcome_of(job, record, files)


def _told(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(last.filename).name}:{last.lineno}"
    return f"an error of the program itself ({place}): {type(error).__name__}: {error}."


def _peak_megabytes() -> int:
    """The most that this process, and one that it started, have held in memory."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    peak = 0
    with suppress(OSError):
        peak = sum(resource.getrusage(kind).ru_maxrss for kind in kinds)
    return peak // 1024

"""Run documents through worker processes, each outcome told as it comes."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, as_completed
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from sohoa.errors import SohoaError

if TYPE_CHECKING:
    from pebble import ProcessPool

    from sohoa.directive import Leaf
    from sohoa.record import Record
    from sohoa.settings import Settings


_SURE = 0.5


class Status(StrEnum):
    DONE = "done"
    PARTIAL = "partial"  # written, but with a page or more that could not be read
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """One source (its files, in page order) and the folder that its result becomes."""

    name: str
    paths: tuple[Path, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source. ``code`` and ``message`` say why it failed.

    ``summary`` is what a person wants to see in a list; ``codes`` are the findings' codes.
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


def run_jobs(
    jobs: tuple[Job, ...], settings: Settings, *, workers: int, limit_s: float | None = None
) -> Iterator[Outcome]:
    """One outcome for each job, in the order in which they end.

    A worker that dies or runs past ``limit_s`` (seconds for one document) is replaced; its document
    counts as failed and the others go on.
    """
    from pebble import ProcessPool

    if workers <= 1 and limit_s is None:
        for job in jobs:
            yield work(job, settings)
        return
    with ProcessPool(max_workers=workers, max_tasks=50) as pool:
        try:
            yield from _gather(pool, jobs, settings, limit_s)
        except BaseException:
            pool.stop()  # type: ignore[no-untyped-call]
            raise


def _gather(
    pool: ProcessPool, jobs: tuple[Job, ...], settings: Settings, limit_s: float | None
) -> Iterator[Outcome]:
    waiting: dict[Future[Outcome], Job] = {
        pool.schedule(work, args=(job, settings), timeout=limit_s): job for job in jobs
    }
    for future in as_completed(waiting):
        job = waiting[future]
        try:
            yield future.result()
        except TimeoutError:
            message = f"{job.name}: not done in {limit_s:g} s; it was stopped."
            yield _failed(job, "document-timeout", message)
        except (OSError, RuntimeError, CancelledError) as error:
            yield _failed(job, "worker-died", f"{job.name}: its worker ended: {error}.")


def work(job: Job, settings: Settings) -> Outcome:
    """Digitize one source and write its result folder; never raises for the document's own sake."""
    from sohoa.digitize import digitize
    from sohoa.export import export_all, write_result
    from sohoa.read import open_source
    from sohoa.recognize import make_engine

    os.environ["OMP_THREAD_LIMIT"] = "1"
    started = monotonic()
    try:
        with open_source(job.paths, settings.read, name=job.name) as source:
            (record,) = digitize(source, settings, make_engine(settings.recognize))
        write_result(job.folder, export_all(record))
    except SohoaError as error:
        return _failed(job, error.code, str(error), monotonic() - started)
    except MemoryError:
        message = f"{job.name}: not enough memory; give fewer workers (--jobs)."
        return _failed(job, "out-of-memory", message, monotonic() - started)
    except Exception as error:
        last = traceback.extract_tb(error.__traceback__)[-1]
        place = f"{Path(last.filename).name}:{last.lineno}"
        kind = type(error).__name__
        message = f"{job.name}: an error of the program itself ({place}): {kind}: {error}."
        return _failed(job, "internal-error", message, monotonic() - started)
    return _outcome(job, record, monotonic() - started)


def _outcome(job: Job, record: Record, seconds: float) -> Outcome:
    from sohoa.model import Severity

    errors = [each for each in record.findings if each.severity is Severity.ERROR]
    directive = record.directive
    number = replace(directive.number, value=directive.symbol.printed or directive.symbol.value)
    summary = (
        ("number", _shown(number)),
        ("type", _shown(directive.type)),
        ("date", _shown(directive.date)),
        ("issuer", _shown(directive.issuer)),
        ("title", _shown(directive.title)),
    )
    return Outcome(
        job.name,
        str(job.folder),
        Status.PARTIAL if errors else Status.DONE,
        record.source.pages,
        round(seconds, 2),
        errors[0].code if errors else "",
        f"page {errors[0].page}: {errors[0].message}" if errors else "",
        summary,
        tuple(sorted({each.code for each in record.findings})),
    )


def _shown(leaf: Leaf) -> str:
    """The value for a list; a question mark where it is a guess."""
    if leaf.value is None:
        return "?"
    return leaf.value if leaf.confidence >= _SURE else f"{leaf.value} (?)"


def _failed(job: Job, code: str, message: str, seconds: float = 0.0) -> Outcome:
    return Outcome(job.name, str(job.folder), Status.FAILED, 0, round(seconds, 2), code, message)

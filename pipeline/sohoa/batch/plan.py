"""What a run would do, before it is begun: pages, hours, disk."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.batch.drive import WORK, Request, Verdict, sort_sources
from sohoa.batch.guard import Guard
from sohoa.batch.known import find_known
from sohoa.batch.lanes import LocalLanes
from sohoa.batch.ledger import ledger_path
from sohoa.batch.ledger_reading import open_reading, read_cost
from sohoa.batch.listing import list_sources
from sohoa.batch.recipe import recipe_key
from sohoa.batch.scratch import Scratch
from sohoa.batch.work import Split, Task

if TYPE_CHECKING:
    from sohoa.batch.job import Job

# Where this folder has no history yet: a scanned page on one core of a present-day office PC.
_SECONDS_A_PAGE = 7.0
_BYTES_A_PAGE = 300_000.0
_SAMPLE = 300
_WAIT_S = 0.25


@dataclass(frozen=True, slots=True)
class Plan:
    """``verdicts``: how many sources of each; ``pages`` to read, estimated from ``sampled``
    documents where there are more; ``hours`` with the workers asked for; ``megabytes`` of results.

    ``measured``: hours and megabytes rest on what was done before, not on a guess.
    """

    verdicts: tuple[tuple[Verdict, int], ...]
    passed_over: int
    documents: int
    pages: int
    sampled: int
    unreadable: int
    hours: float
    megabytes: float
    free_megabytes: int
    measured: bool


def make_plan(request: Request) -> Plan:
    """Look, and change nothing: no ledger is made, no file is written.

    Pages are counted in processes of their own, with the limits of a run.
    """
    recipe = recipe_key(request.settings, request.crafts)
    listing = list_sources(request.sources, request.out)
    cost = (0.0, 0.0)
    if ledger_path(request.out).is_file():
        with open_reading(request.out) as base:
            found = sort_sources(partial(find_known, base), listing, recipe, retry=request.retry)
            cost = read_cost(base)
    else:
        found = [(job, Verdict.NEW, None) for job in listing.jobs]
    counts = dict.fromkeys(Verdict, 0)
    for _, verdict, _ in found:
        counts[verdict] += 1
    jobs = [job for job, verdict, _ in found if verdict in WORK]
    sample = jobs[:: max(1, len(jobs) // _SAMPLE)]
    counted, unreadable = _count_pages(sample, request)
    pages = round(counted * len(jobs) / max(1, len(sample)))
    seconds, written = cost if cost[0] else (_SECONDS_A_PAGE, _BYTES_A_PAGE)
    return Plan(
        tuple(counts.items()),
        len(listing.passed_over),
        len(jobs),
        pages,
        len(sample),
        unreadable,
        pages * seconds / 3600 / max(1, request.workers),
        pages * written / 1e6,
        _free_megabytes(request.out),
        bool(cost[0]),
    )


def _count_pages(jobs: Sequence[Job], request: Request) -> tuple[int, int]:
    """Pages of the jobs together, and how many of them cannot be opened."""
    pages = unreadable = 0
    waiting = list(enumerate(jobs))
    with closing(Scratch()) as scratch, Guard(scratch.path):
        lanes = LocalLanes(request.settings, request.crafts)
        try:
            while waiting or len(lanes):
                while waiting and len(lanes) < request.workers:
                    number, job = waiting.pop()
                    task = Task(job, scratch.task_folder(number), scratch.path, only_count=True)
                    lanes.start(task)
                for _, done in lanes.wait(_WAIT_S):
                    pages += done.pages if isinstance(done, Split) else 0
                    unreadable += not isinstance(done, Split)
        finally:
            lanes.stop()
    return pages, unreadable


def _free_megabytes(folder: Path) -> int:
    """Room on the disk that holds, or will hold, the folder."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return shutil.disk_usage(folder).free >> 20

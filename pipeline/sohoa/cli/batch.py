"""``sohoa batch run``: do all that is not done, show how it goes, end with a code that tells."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from sohoa.batch import Crafts, Stop, default_workers
from sohoa.batch.drive import Request, run_batch
from sohoa.cli.batch_board import Board, Look
from sohoa.cli.messages import say
from sohoa.settings import Settings, load_settings

_INTERRUPTED = 130
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Call:
    """What stands on the command line. ``jobs``: worker processes, 0 for the machine's choice.

    ``cluster``: address of a Ray cluster; empty: this machine.
    """

    sources: tuple[Path, ...]
    out: Path
    settings: Path | None
    jobs: int
    retry: bool = False
    cluster: str = ""


def make_request(call: Call) -> Request:
    """The call with its settings read and its workers counted."""
    settings = load_settings(call.settings) if call.settings else Settings()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 20
    cores = len(os.sched_getaffinity(0))
    workers = call.jobs or default_workers(settings, cores=cores, memory_megabytes=memory)
    crafts = Crafts(cluster=call.cluster)
    out = call.out.absolute()
    return Request(call.sources, out, settings, workers, call.retry, crafts=crafts)


def run(request: Request, *, quiet: bool, as_json: bool) -> int:
    """Exit code: 0 all done, 1 some failed or were not reached, 130 interrupted."""
    board = Board(request.out, Look.of(quiet=quiet, as_json=as_json))
    with stop_on_signals() as stop, board:
        for event in run_batch(request, stop.asked):
            board.take(event)
    board.tell_total()
    if board.halted == "interrupted":
        return _INTERRUPTED
    return 0 if board.all_done else 1


class StopFlag:
    """How often somebody asked to stop: once, to finish what runs; twice, at once."""

    def __init__(self) -> None:
        self.times = 0

    def asked(self) -> Stop:
        return Stop(min(self.times, Stop.NOW))

    def ask(self, _signal: int, _frame: FrameType | None) -> None:
        self.times += 1
        if self.times == 1:
            print(say("batch.finishing"), file=sys.stderr, flush=True)


@contextmanager
def stop_on_signals() -> Iterator[StopFlag]:
    """SIGINT, SIGTERM and SIGHUP ask to stop for the time of the block."""
    flag = StopFlag()
    before = {each: signal.signal(each, flag.ask) for each in _SIGNALS}
    try:
        yield flag
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)

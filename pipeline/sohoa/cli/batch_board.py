"""How a long run is shown: a bar in a window, lines in a log file, JSON lines for a program."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import asdict
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sohoa.batch import Outcome, Status
from sohoa.batch.drive import BatchEvent, Found, Halted, Verdict
from sohoa.batch.runner import Died, Ended, Started, Tick
from sohoa.cli.messages import language, say
from sohoa.explain import explain

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

# Seconds between two lines of a log file.
_LINE_S = 30.0
_REASONS_SHOWN = 4
# Characters of the bar in a window; the words need the rest.
_BAR = 16


class Look(Enum):
    SHOWN, QUIET, JSON = auto(), auto(), auto()

    @classmethod
    def of(cls, *, quiet: bool, as_json: bool) -> Look:
        return cls.JSON if as_json else cls.QUIET if quiet else cls.SHOWN


class Board:
    """Counts what happens in a run and shows it."""

    def __init__(self, out: Path, look: Look) -> None:
        from rich.console import Console

        self._out, self._look = out, look
        self._console: Console = Console(stderr=True)
        self._started_s = self._line_s = monotonic()
        self._found = Found((), 0, ())
        self._counts = dict.fromkeys(Status, 0)
        self._reasons: Counter[str] = Counter()
        self._pages = self._memory = 0
        self._reading: dict[str, int] = {}
        self._progress: Progress | None = None
        self._task: TaskID | None = None
        self.halted = ""

    @property
    def ended(self) -> int:
        return sum(self._counts.values())

    @property
    def all_done(self) -> bool:
        """Every document, of this run and of those before it, is done and whole."""
        known = self._found.count(Verdict.KNOWN_FAILURE)
        done = self._counts[Status.DONE] == self._found.to_do
        return done and not known and not self.halted

    def __enter__(self) -> Self:
        if self._look is Look.SHOWN and self._console.is_terminal:
            from rich.progress import BarColumn, Progress, TextColumn

            columns = (BarColumn(_BAR), TextColumn("{task.description}", markup=False))
            self._progress = Progress(*columns, console=self._console)
            self._task = self._progress.add_task("", total=None)
            self._progress.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._progress is not None:
            self._progress.stop()

    def take(self, event: BatchEvent) -> None:
        """Count an event and show what it changes."""
        if isinstance(event, Found):
            self._begin(event)
        elif isinstance(event, Started):
            self._reading[event.job.name] = 0
        elif isinstance(event, Died):
            self._reading.pop(event.job.name, None)
            why = f"{explain(event.code, language())}: {event.why}"
            self._say(say("batch.again", name=event.job.name, why=why), "yellow")
        elif isinstance(event, Ended):
            self._end(event.outcome)
        elif isinstance(event, Halted):
            self.halted = event.reason
            key = "batch.interrupted" if event.reason == "interrupted" else "batch.halted"
            text = say(key) if event.reason == "interrupted" else say(key, message=event.message)
            self._say(text, "red")
        elif isinstance(event, Tick):
            self._tick(event)

    def tell_total(self) -> None:
        """The last word of a run."""
        values: dict[str, object] = {str(status): count for status, count in self._counts.items()}
        values |= {
            "before": self._found.count(Verdict.DONE),
            "known": self._found.count(Verdict.KNOWN_FAILURE),
            "pages": self._pages,
            "seconds": round(monotonic() - self._started_s, 1),
            "out": str(self._out),
        }
        if self._look is Look.JSON:
            self._line({"total": values, "reasons": dict(self._reasons), "halted": self.halted})
        elif self._look is Look.SHOWN:
            self._say(say("batch.total", **values), "")

    def _begin(self, found: Found) -> None:
        self._found = found
        known = found.count(Verdict.KNOWN_FAILURE)
        values = {
            "total": sum(count for _, count in found.verdicts),
            "todo": found.to_do,
            "done": found.count(Verdict.DONE),
            "failures": known,
            "skipped": found.passed_over,
        }
        if self._look is Look.JSON:
            self._line({"found": values})
        elif self._look is Look.SHOWN:
            self._say(say("batch.found", **values), "")
        for name, code in found.known_failures:
            self._reasons[code] += 1
            if self._look is Look.SHOWN:
                self._say(f"{name}: {explain(code, language())}", "yellow")

    def _end(self, outcome: Outcome) -> None:
        self._counts[outcome.status] += 1
        self._pages += outcome.pages
        self._reading.pop(outcome.name, None)
        if outcome.status is not Status.DONE:
            self._reasons[outcome.code] += 1
            told = f"{outcome.name}: {explain(outcome.code, language())}: {outcome.message}"
            self._say(told, "yellow" if outcome.status is Status.PARTIAL else "red")
        if self._look is Look.JSON:
            value = asdict(outcome)
            value["page_outcomes"] = len(outcome.page_outcomes)
            self._line(value)

    def _tick(self, tick: Tick) -> None:
        self._reading = {name: place.done for name, place in tick.places.items()}
        self._memory = sum(_resident_megabytes(pid) for pid in (*tick.pids, os.getpid()))
        if self._progress is not None and self._task is not None:
            total = self._found.to_do or None
            self._progress.update(
                self._task, total=total, completed=self.ended, description=self._line_text()
            )
        elif self._look is Look.SHOWN and monotonic() - self._line_s >= _LINE_S:
            self._line_s = monotonic()
            self._say(self._line_text(), "")

    def _line_text(self) -> str:
        seconds = max(0.001, monotonic() - self._started_s)
        pages = self._pages + sum(self._reading.values())
        known = self._found.count(Verdict.KNOWN_FAILURE)
        failures = self.ended - self._counts[Status.DONE] + known
        common = self._reasons.most_common(_REASONS_SHOWN)
        reasons = ", ".join(f"{explain(code, language())}: {count}" for code, count in common)
        # What could not be read took no time; what is left is thought to be readable.
        read = self._counts[Status.DONE] + self._counts[Status.PARTIAL]
        left = seconds / read * (self._found.to_do - self.ended) if read else None
        return say(
            "batch.line",
            ended=self.ended,
            total=self._found.to_do,
            pages=pages,
            rate=pages / seconds,
            left=clock(left),
            failed=failures,
            reasons=f" ({reasons})" if reasons else "",
            memory=self._memory,
        )

    def _say(self, text: str, style: str) -> None:
        if self._look is Look.SHOWN or style == "red":
            # A name may hold a line break, or what a window takes for a command.
            text = "".join(each if each.isprintable() else "\ufffd" for each in text)
            self._console.print(text, style=style, markup=False, highlight=False, soft_wrap=True)

    def _line(self, value: dict[str, object]) -> None:
        text = json.dumps(value, ensure_ascii=False)
        if not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text):
            # A name of bytes that are no UTF-8: told whole, as JSON can hold it.
            text = json.dumps(value)
        sys.stdout.write(text + "\n")
        sys.stdout.flush()


def clock(seconds: float | None) -> str:
    """Hours and minutes, or minutes and seconds."""
    if seconds is None:
        return "?"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02}" if hours else f"{minutes}:{rest:02}"


def _resident_megabytes(pid: int) -> int:
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
    except (OSError, IndexError):
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE") >> 20

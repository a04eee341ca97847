"""Pages per hour with real OCR: one worker, two, and OCRmyPDF on the same folder in the same run.

``python tests/bench/throughput.py WORK [--pages N] [--bad N]``. Sources: the scanned samples, each
copy a file of its own, and bad files of twenty kinds. OCRmyPDF is called twice: in a plain loop,
one file after the other with one process each, and with as many ``--jobs`` as there are workers;
it refuses those samples that are digitally signed.
Measure on a quiet machine: what others take of it is printed beside each row.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import pikepdf
from bad_files import write_bad_files  # type: ignore[import-not-found]
from kills import multiply_samples  # type: ignore[import-not-found]
from soak import cpu_seconds  # type: ignore[import-not-found]

from sohoa.batch import Stop
from sohoa.batch.drive import Request, run_batch
from sohoa.batch.ledger_reading import open_reading, read_sources, read_standing
from sohoa.batch.runner import Ended
from sohoa.settings import Settings, parse_settings

_SCANS = "*_scan.pdf"
# As ``page_limit_s`` for ours: the longest that a bad file may take. A loop has no such limit.
_PATIENCE_S = 60.0


@dataclass(frozen=True, slots=True)
class Row:
    """``wall_s``, ``cpu_s``: seconds; ``others``: cores that other programs took meanwhile;
    ``fates``: of each kind of source, what became of how many.
    """

    name: str
    pages: int
    wall_s: float
    cpu_s: float
    others: float
    fates: Counter[str]

    def tell(self) -> None:
        hour = self.pages / self.wall_s * 3600
        print(
            f"{self.name}: {self.pages} pages in {self.wall_s:.0f} s = {hour:.0f} pages an hour; "
            f"CPU {self.cpu_s:.0f} s = {self.cpu_s / max(1, self.pages):.2f} s a page; others took "
            f"{self.others:.2f} cores",
            flush=True,
        )
        for fate, count in sorted(self.fates.items()):
            print(f"    {count:4} {fate}", flush=True)


def ours(place: Path, out: Path, workers: int, settings: Settings) -> Row:
    """``sohoa batch run`` on a folder."""
    shutil.rmtree(out, ignore_errors=True)
    wall, cpu, busy = perf_counter(), cpu_seconds(), _machine_busy()
    for event in run_batch(Request((place,), out, settings, workers), lambda: Stop.GO):
        if isinstance(event, Ended) and event.outcome.status == "quarantined":
            print(event.outcome.message)
    wall, cpu, busy = perf_counter() - wall, cpu_seconds() - cpu, _machine_busy() - busy
    with open_reading(out) as base:
        fates = Counter(f"{each.state} {each.code}".strip() for each in read_sources(base))
        pages = read_standing(base).pages
    return Row(f"sohoa, {workers} workers", pages, wall, cpu, max(0, busy - cpu) / wall, fates)


def theirs(place: Path, out: Path, jobs: int) -> Row:
    """A loop over all files of a folder, as a shell has it; pages are those of its results."""
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    fates: Counter[str] = Counter()
    pages = 0
    wall, cpu, busy = perf_counter(), _children(), _machine_busy()
    for serial, path in enumerate(sorted(place.iterdir(), key=os.fsencode)):
        made = out / f"{serial}.pdf"
        code = _call([
            _program(), "-q", "--force-ocr", "-l", "vie", "--jobs", str(jobs), "--output-type",
            "pdf", "--image-dpi", "200", str(path), str(made),
        ])  # fmt: skip
        fates[_fate(code, made)] += 1
        if made.exists():
            with pikepdf.open(made) as pdf:
                pages += len(pdf.pages)
    wall, cpu, busy = perf_counter() - wall, _children() - cpu, _machine_busy() - busy
    return Row(
        f"ocrmypdf --jobs {jobs}", pages, wall, cpu, max(0, busy - cpu) / wall, fates
    )  # fmt: skip


def _call(command: list[str]) -> int | None:
    """The exit code; None where it was killed, with all it had started, for want of time."""
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait(_PATIENCE_S * 2)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        return None


def _fate(code: int | None, made: Path) -> str:
    if code is None:
        return f"killed after {_PATIENCE_S * 2:.0f} s"
    from ocrmypdf.exceptions import ExitCode

    name = ExitCode(code).name if code in set(ExitCode) else "signal"
    return f"exit {code} ({name}), {'a' if made.exists() else 'no'} result"


def _program() -> str:
    beside = Path(sys.executable).with_name("ocrmypdf")
    return str(beside) if beside.exists() else shutil.which("ocrmypdf") or ""


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _machine_busy() -> float:
    """Seconds that all cores together have worked since the machine began."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    ticks = [int(each) for each in fields]
    return (sum(ticks[:3]) + sum(ticks[5:8])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--bad", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work: Path = arguments.work.resolve()
    place, bad = work / "in", work / "bad"
    if not place.exists():
        multiply_samples(place, arguments.pages, _SCANS)
        write_bad_files(bad, arguments.bad)
    limits = parse_settings({"batch": {"page_limit_s": _PATIENCE_S}})
    many: int = arguments.workers
    one = ours(place, work / "one", 1, limits)
    one.tell()
    two = ours(place, work / "many", many, limits)
    two.tell()
    print(f"{many} workers are {one.wall_s / two.wall_s:.2f} times as fast as one")
    if _program():
        theirs(place, work / "loop", 1).tell()
        theirs(place, work / "jobs", many).tell()
    if arguments.bad:
        print("the bad files:")
        ours(bad, work / "bad-ours", many, limits).tell()
        if _program():
            theirs(bad, work / "bad-theirs", many).tell()
    done = one.fates.total() == one.fates["done"] and one.fates == two.fates
    return int(not done)


if __name__ == "__main__":
    sys.exit(main())

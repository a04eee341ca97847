"""Runs too long for a test: volume, memory, a large ledger; ``make soak``. See ``kills`` too.

``python tests/bench/soak.py volume|memory|ledger WORK [options]``. All but the reading of ink is
real: pages are replayed from records (``RECORDS``: a folder of results; by default the samples are
digitized first). Every command ends with 1 where something was lost, doubled, or grew.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter

from bad_files import write_bad_files  # type: ignore[import-not-found]
from PIL import Image
from recorded import (  # type: ignore[import-not-found]
    DPI,
    draw_page,
    make,
    make_templates,
)

from sohoa.batch import Crafts, Stop
from sohoa.batch.check import find_disagreements
from sohoa.batch.drive import Request, run_batch
from sohoa.batch.ledger import FOLDER, Ledger, RunInfo
from sohoa.batch.ledger_reading import open_reading, read_sources, read_standing
from sohoa.batch.place import MAKING
from sohoa.batch.runner import Ended, Tick
from sohoa.settings import Settings, parse_settings

ROOT = Path(__file__).resolve().parents[2]


def settings(templates: Path) -> Settings:
    """Without the clean-up of pictures: these pages are made."""
    look = {"level": False, "flatten": False, "pen": False}
    batch = {
        "page_limit_s": 20.0, "memory_megabytes": 2500, "chunk_pages": 3, "max_pages": 5000,
    }  # fmt: skip
    recognize = {"languages": str(templates)}
    return parse_settings({"look": look, "batch": batch, "recognize": recognize})


def build(arguments: argparse.Namespace) -> tuple[Path, Path]:
    """The folder of sources and the templates; every document has content of its own."""
    work: Path = arguments.work
    work.mkdir(parents=True, exist_ok=True)
    templates, place = work / "templates.json", work / "in"
    if not templates.exists():
        found = make_templates(arguments.records or _digitized_samples(work))
        templates.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    if place.exists():
        return place, templates
    pages = json.loads(templates.read_text(encoding="utf-8"))
    first = [sum(len(each) for each in pages[:n]) for n in range(len(pages))]
    for serial in range(arguments.documents):
        folder = place / f"{serial // 100:03}"
        folder.mkdir(parents=True, exist_ok=True)
        kind = serial % len(pages)
        drawn = [
            Image.fromarray(draw_page(first[kind] + n, serial))
            for n in range(min(arguments.pages, len(pages[kind])))
        ]
        drawn[0].save(
            folder / f"{serial:05}.tif", save_all=True, append_images=drawn[1:],
            dpi=(DPI, DPI), compression="tiff_lzw",
        )  # fmt: skip
    write_bad_files(place / "bad", arguments.bad)
    return place, templates


def _digitized_samples(work: Path) -> Path:
    out = work / "records"
    command = [sys.executable, "-m", "sohoa.cli.main", "batch", "run", str(ROOT / "samples")]
    subprocess.run([*command, "--out", str(out), "--quiet"], check=False)
    return out


@dataclass
class Held:
    """Resident memory seen in a run, in MB: of the driver at each look, of all processes together
    at most, and of any one worker at most while it read pages and while it made a result.
    """

    driver: list[int]
    together: int = 0
    reading: list[int] = field(default_factory=list)
    making: int = 0

    def tell(self) -> None:
        for name, seen in (("driver", self.driver), ("a reading worker", self.reading)):
            half = len(seen) // 2
            if half:
                first, second = max(seen[:half]), max(seen[half:])
                print(f"{name}: {first} MB in the first half, {second} in the second")
        print(f"a worker that makes a result: {self.making} MB; together {self.together} MB")

    def is_flat(self) -> bool:
        """Neither the driver nor those that read grow by more than a tenth and 8 MB."""
        halves = [(seen, len(seen) // 2) for seen in (self.driver, self.reading)]
        return all(max(seen[half:]) <= max(seen[:half]) * 1.1 + 8 for seen, half in halves if half)


def drive(request: Request) -> Held:
    """One run in this process; what is not done is printed."""
    held = Held([])
    for event in run_batch(request, lambda: Stop.GO):
        if isinstance(event, Tick):
            look(event, held)
        elif isinstance(event, Ended) and event.outcome.status != "done":
            print(f"{event.outcome.status}: {event.outcome.code}: {event.job.name!a}")
    return held


def look(tick: Tick, held: Held) -> None:
    """Take what the processes hold now into account."""
    workers = [resident(pid) for pid in tick.pids]
    held.driver.append(resident(os.getpid()))
    held.together = max(held.together, held.driver[-1] + sum(workers))
    makes = any(place.page == MAKING for place in tick.places.values())
    if makes:
        held.making = max(held.making, *workers, 0)
    elif workers:
        held.reading.append(max(workers))


def volume(arguments: argparse.Namespace) -> int:
    """Many documents and bad files: all accounted for, once."""
    place, templates = build(arguments)
    out = arguments.work / "volume"
    shutil.rmtree(out, ignore_errors=True)
    wall, cpu = perf_counter(), cpu_seconds()
    held = drive(
        Request((place,), out, settings(templates), arguments.workers, crafts=Crafts(make))
    )
    wall, cpu = perf_counter() - wall, cpu_seconds() - cpu
    with open_reading(out) as base:
        standing = read_standing(base)
        states = Counter(each.state for each in read_sources(base))
        (sources,) = base.execute("SELECT count(*) FROM source").fetchone()
    print(f"{sources} sources, {standing.pages} pages: {dict(states)}")
    for each in standing.reasons:
        print(f"  {each.state:12} {each.code:45} {each.sources}")
    print(f"wall {wall:.0f} s, CPU {cpu:.0f} s, {cpu / max(1, standing.pages):.3f} s a page")
    held.tell()
    listed = sum(len(files) for _, _, files in os.walk(place)) + sum(
        name.endswith(".pdf") for _, folders, _ in os.walk(place) for name in folders
    )
    wrong = disagreements(out)
    print(
        f"in the folder: {listed}; ledger and results disagree in {len(wrong)} places {wrong[:5]}"
    )
    return int(listed != sources or bool(wrong))


def memory(arguments: argparse.Namespace) -> int:
    """One document of a thousand pages: what is held while its pages are read does not grow."""
    arguments.documents, arguments.bad = 0, 0
    place, templates = build(arguments)
    path = place / "long.tif"
    if not path.exists():
        drawn = (Image.fromarray(draw_page(0, serial)) for serial in range(1, arguments.long))
        Image.fromarray(draw_page(0, 0)).save(
            path, save_all=True, append_images=drawn, dpi=(DPI, DPI), compression="tiff_lzw"
        )
    out = arguments.work / "memory"
    shutil.rmtree(out, ignore_errors=True)
    held = drive(
        Request((place,), out, settings(templates), arguments.workers, crafts=Crafts(make))
    )
    with open_reading(out) as base:
        standing = read_standing(base)
    print(f"{standing.sources('done')} document, {standing.pages} pages")
    held.tell()
    return int(not held.is_flat() or standing.pages != arguments.long)


def ledger(arguments: argparse.Namespace) -> int:
    """A million sources: status in under a second; what one document costs in the ledger."""
    out = arguments.work / "ledger"
    shutil.rmtree(out, ignore_errors=True)
    with Ledger(out) as opened:
        run = opened.begin_run(RunInfo("r", 2, arguments.rows))
        base = opened.connection()
        base.execute("BEGIN")
        count = f"WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i < {arguments.rows})"  # noqa: E501
        base.execute(
            f"{count} INSERT INTO source (id, path, name, state, code, pages, latest, written,"
            " authenticity)"
            " SELECT i, CAST(printf('%07d.pdf', i) AS BLOB), printf('%07d.pdf', i),"
            " iif(i % 50, 'done', 'failed'), iif(i % 50, '', 'source-broken'), i % 9, i, i,"
            " 'cannot-tell' FROM n"
        )
        base.execute(f"{count} INSERT INTO attempt SELECT i, {run}, i, i, 'r' FROM n")
        base.execute(
            f"{count} INSERT INTO outcome SELECT i, i, 'done', '', '', '', 3, 9.0, 400, '', '',"
            " '', 9, 'congvan', i, 'x', '2025-01-01', 'cannot-tell' FROM n"
        )
        base.execute("COMMIT")
    started = perf_counter()
    with open_reading(out) as base:
        standing = read_standing(base)
    seconds = perf_counter() - started
    print(f"{standing.sources()} sources, status in {seconds:.3f} s")
    print(f"the ledger takes {(out / FOLDER / 'ledger.db').stat().st_size >> 20} MB")
    return int(seconds >= 1.0)


def disagreements(out: Path) -> list[str]:
    with open_reading(out) as base:
        return [f"{each.kind} {each.name}" for each in find_disagreements(base, out, deep=True)]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 >> 20
    except (OSError, IndexError):
        return 0


def cpu_seconds() -> float:
    """Seconds of this process, its fork server, and all processes that these have seen end."""
    ticks = 0
    for pid in (os.getpid(), *_fork_servers()):
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(each) for each in fields[11:15])
    return ticks / os.sysconf("SC_CLK_TCK")


def _fork_servers() -> list[int]:
    me = os.getpid()
    pids = Path(f"/proc/{me}/task/{me}/children").read_text().split()
    return [int(pid) for pid in pids if "forkserver" in Path(f"/proc/{pid}/cmdline").read_text()]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = {"volume": volume, "memory": memory, "ledger": ledger}
    parser.add_argument("command", choices=list(commands))
    parser.add_argument("work", type=Path)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--documents", type=int, default=1900)
    parser.add_argument("--pages", type=int, default=99, help="of one document, at most")
    parser.add_argument("--long", type=int, default=1000, help="pages of the one long document")
    parser.add_argument("--bad", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--rows", type=int, default=1_000_000)
    arguments = parser.parse_args()
    arguments.work = arguments.work.resolve()
    return commands[arguments.command](arguments)


if __name__ == "__main__":
    sys.exit(main())

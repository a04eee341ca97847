"""Runs too long for a test: volume, kills, memory, a large ledger; ``make soak``.

``python tests/bench/soak.py volume|kills|ledger|workers WORK [options]``. All but the reading of
ink is real: pages are replayed from records (``RECORDS``: a folder of results; by default the
samples are digitized first). Every command ends with 1 where something was lost, doubled, or left.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path
from threading import Event as Pause
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
from sohoa.batch.runner import Ended, Tick
from sohoa.settings import Settings, parse_settings

ROOT = Path(__file__).resolve().parents[2]


def settings(templates: Path) -> Settings:
    """Without the clean-up of pictures: these pages are made."""
    look = {"level": False, "flatten": False, "pen": False}
    batch = {
        "page_limit_s": 60.0, "memory_megabytes": 2500, "chunk_pages": 3, "max_pages": 5000,
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


def drive(place: Path, out: Path, templates: Path, workers: int) -> int:
    """One run in this process; returns the highest resident memory seen, in MB."""
    request = Request((place,), out, settings(templates), workers, crafts=Crafts(make))
    peak = 0
    seen: list[int] = []
    for event in run_batch(request, lambda: Stop.GO):
        if isinstance(event, Tick):
            held = sum(_resident(pid) for pid in (*event.pids, os.getpid()))
            peak = max(peak, held)
            seen.append(_resident(os.getpid()))
        elif isinstance(event, Ended) and event.outcome.status != "done":
            print(f"{event.outcome.status}: {event.outcome.code}: {event.job.name!a}")
    half = len(seen) // 2
    if half:
        print(f"driver: {max(seen[:half])} MB in the first half, {max(seen[half:])} in the second")
    return peak


def volume(arguments: argparse.Namespace) -> int:
    """Many documents and bad files: all accounted for, once."""
    place, templates = build(arguments)
    out = arguments.work / "volume"
    shutil.rmtree(out, ignore_errors=True)
    wall, cpu = perf_counter(), _cpu()
    peak = drive(place, out, templates, arguments.workers)
    wall, cpu = perf_counter() - wall, _cpu() - cpu
    with open_reading(out) as base:
        standing = read_standing(base)
        states = Counter(each.state for each in read_sources(base))
        (sources,) = base.execute("SELECT count(*) FROM source").fetchone()
    print(f"{sources} sources, {standing.pages} pages: {dict(states)}")
    for each in standing.reasons:
        print(f"  {each.state:12} {each.code:45} {each.sources}")
    print(f"wall {wall:.0f} s, CPU {cpu:.0f} s, {cpu / max(1, standing.pages):.3f} s a page,")
    print(f"all processes together at most {peak} MB")
    listed = sum(len(files) for _, _, files in os.walk(place)) + sum(
        name.endswith(".pdf") for _, folders, _ in os.walk(place) for name in folders
    )
    wrong = _disagreements(out)
    print(
        f"in the folder: {listed}; ledger and results disagree in {len(wrong)} places {wrong[:5]}"
    )
    return int(listed != sources or bool(wrong))


def kills(arguments: argparse.Namespace) -> int:
    """kill -9 of the driver, workers, guard and fork server at random moments, then resume."""
    build(arguments)
    calm, hit = arguments.work / "calm", arguments.work / "hit"
    for each in (calm, hit):
        shutil.rmtree(each, ignore_errors=True)
    temporary = arguments.work / "tmp"
    temporary.mkdir(exist_ok=True)
    chance = random.Random(arguments.seed)
    command = [sys.executable, str(Path(__file__).resolve()), "drive", str(arguments.work)]
    command += ["--workers", str(arguments.workers)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    subprocess.run([*command, "--out", str(calm)], check=True, env=environment, cwd=ROOT)
    killed: Counter[str] = Counter()
    runs = 0
    while killed.total() < arguments.kills:
        runs += 1
        with (arguments.work / "hit.log").open("a") as log:
            process = subprocess.Popen(
                [*command, "--out", str(hit)], env=environment, cwd=ROOT,
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        while process.poll() is None and killed.total() < arguments.kills:
            Pause().wait(chance.uniform(0.2, arguments.pause))
            family = _family(process.pid)
            kind = chance.choice(("driver", "worker", "worker", "guard", "forkserver"))
            victims = [pid for pid, name in family.items() if name == kind]
            if victims:
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed[kind] += 1
        if killed.total() >= arguments.kills and process.poll() is None:
            process.wait()
    subprocess.run([*command, "--out", str(hit)], check=True, env=environment, cwd=ROOT)
    left = _left_behind(temporary)
    one, other = _files(calm), _files(hit)
    differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    wrong = _disagreements(hit)
    names = _names(hit)
    print(f"{killed.total()} kills {dict(killed)} in {runs} runs; {len(one)} files")
    print(f"files that differ: {len(differ)} {differ[:5]}; disagreements: {len(wrong)} {wrong[:5]}")
    print(f"sources missing or doubled: {len(names ^ _names(calm))}; left behind: {left}")
    return int(bool(differ or wrong or left or names != _names(calm)))


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


def workers(arguments: argparse.Namespace) -> int:
    """The same pages by one worker and by two, with the engine of the settings (real OCR)."""
    source = arguments.records or ROOT / "samples"
    for count in (1, 2):
        out = arguments.work / f"workers-{count}"
        shutil.rmtree(out, ignore_errors=True)
        request = Request((source,), out, Settings(), count)
        wall, cpu, busy = perf_counter(), _cpu(), _machine_busy()
        pages = sum(
            event.outcome.pages
            for event in run_batch(request, lambda: Stop.GO)
            if isinstance(event, Ended)
        )
        wall, cpu, busy = perf_counter() - wall, _cpu() - cpu, _machine_busy() - busy
        print(
            f"{count} workers: {pages} pages in {wall:.0f} s, CPU {cpu:.0f} s; others took "
            f"{max(0.0, busy - cpu) / wall:.2f} cores"
        )
    return 0


def _family(driver: int) -> dict[int, str]:
    """The driver and its processes, by what they are."""
    found = {driver: "driver"}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            command = (entry / "cmdline").read_bytes()
        except (OSError, IndexError, ValueError):
            continue
        if parent == driver and b"sohoa.batch.guard" in command:
            found[int(entry.name)] = "guard"
        elif parent == driver and b"forkserver" in command:
            found[int(entry.name)] = "forkserver"
        elif b"forkserver" in command and _parent(parent) == driver:
            found[int(entry.name)] = "worker"
    return found


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def _left_behind(temporary: Path) -> list[str]:
    """Temporary folders and processes that are still there half a minute later."""
    found: list[str] = []
    for _ in range(60):
        found = [path.name for path in temporary.glob("sohoa-*")]
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if os.fsencode(temporary) in (entry / "environ").read_bytes():
                        found.append(entry.name)
                except OSError:
                    continue
        if not found:
            break
        Pause().wait(0.5)
    return found


def _files(out: Path) -> dict[str, str]:
    return {
        os.fsencode(path.relative_to(out)).hex(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in out.rglob("*")
        if path.is_file() and FOLDER not in path.relative_to(out).parts
    }


def _names(out: Path) -> set[tuple[str, str, str]]:
    with open_reading(out) as base:
        return {(each.name, each.state, each.code) for each in read_sources(base)}


def _disagreements(out: Path) -> list[str]:
    with open_reading(out) as base:
        return [f"{each.kind} {each.name}" for each in find_disagreements(base, out, deep=True)]


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 >> 20
    except (OSError, IndexError):
        return 0


def _cpu() -> float:
    """Seconds of this process, and of the workers that its fork server has seen end."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    servers = [pid for pid, kind in _family(os.getpid()).items() if kind == "forkserver"]
    ticks = 0
    for pid in servers:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        ticks += sum(int(each) for each in fields[11:15])
    return own.ru_utime + own.ru_stime + ticks / os.sysconf("SC_CLK_TCK")


def _machine_busy() -> float:
    """Seconds that all cores together have worked since the machine began."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    ticks = [int(each) for each in fields]
    return (sum(ticks[:3]) + sum(ticks[5:8])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    commands = {"volume": volume, "kills": kills, "ledger": ledger, "workers": workers}
    parser.add_argument("command", choices=[*commands, "drive"])
    parser.add_argument("work", type=Path)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--pages", type=int, default=99, help="of one document, at most")
    parser.add_argument("--bad", type=int, default=100)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--pause", type=float, default=8.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    arguments.work = arguments.work.resolve()
    if arguments.command == "drive":
        place, templates = arguments.work / "in", arguments.work / "templates.json"
        drive(place, arguments.out, templates, arguments.workers)
        return 0
    return commands[arguments.command](arguments)


if __name__ == "__main__":
    sys.exit(main())

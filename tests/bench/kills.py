"""kill -9 at random moments, then resume: the results are those of a run that nobody disturbed.

``python tests/bench/kills.py recorded|ocr WORK [options]``. ``recorded`` replays pages (cheap, many
kills); ``ocr`` reads the samples, multiplied until there are ``--pages`` of them, with the real
engine. Ends with 1 where a byte differs, a source is missing or doubled, the ledger and the results
disagree, or a process or temporary file is left.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
from collections import Counter
from itertools import cycle
from pathlib import Path
from threading import Event as Pause
from time import perf_counter

from soak import ROOT, build, disagreements, drive, settings  # type: ignore[import-not-found]

from sohoa.batch import Crafts
from sohoa.batch.drive import Request
from sohoa.batch.ledger import FOLDER
from sohoa.batch.ledger_reading import open_reading, read_sources, read_standing
from sohoa.settings import Settings

KINDS = {
    "recorded": ("driver", "worker", "worker", "guard", "forkserver"),
    "ocr": ("worker", "driver"),
}


def multiply_samples(place: Path, pages: int, pattern: str = "*.pdf") -> int:
    """Copies of such samples, each with bytes of its own, until there are so many pages."""
    import pikepdf

    samples = sorted((ROOT / "samples").glob(pattern))
    place.mkdir(parents=True, exist_ok=True)
    counts = {}
    for path in samples:
        with pikepdf.open(path) as pdf:
            counts[path] = len(pdf.pages)
    made = 0
    for serial, path in enumerate(cycle(samples)):
        if made >= pages:
            break
        # A comment after the end: another file, and the same pages.
        copy = path.read_bytes() + f"\n% {serial:06}\n".encode()
        (place / f"{serial:05}-{path.name}").write_bytes(copy)
        made += counts[path]
    return made


def run_once(arguments: argparse.Namespace) -> None:
    """One run in this process: what is killed, and called again."""
    work: Path = arguments.work
    if arguments.command == "ocr":
        request = Request((work / "in",), arguments.out, Settings(), arguments.workers)
    else:
        from recorded import make  # type: ignore[import-not-found]

        using, crafts = settings(work / "templates.json"), Crafts(make)
        request = Request((work / "in",), arguments.out, using, arguments.workers, crafts=crafts)
    drive(request)


def strike(arguments: argparse.Namespace) -> int:
    """Kill, resume, compare."""
    work: Path = arguments.work
    if arguments.command == "recorded":
        build(arguments)
    elif not (work / "in").exists():
        print(f"{multiply_samples(work / 'in', arguments.pages)} pages")
    calm, hit, temporary = work / "calm", work / "hit", work / "tmp"
    for each in (calm, hit):
        shutil.rmtree(each, ignore_errors=True)
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, str(Path(__file__).resolve()), arguments.command, str(work)]
    command += ["--workers", str(arguments.workers), "--out"]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    started = perf_counter()
    subprocess.run([*command, str(calm)], check=True, env=environment, cwd=ROOT)
    print(f"undisturbed: {perf_counter() - started:.0f} s", flush=True)
    killed, runs = _kill(arguments, [*command, str(hit)], environment)
    print(f"{killed.total()} kills {dict(killed)} in {runs} runs", flush=True)
    subprocess.run([*command, str(hit)], check=True, env=environment, cwd=ROOT)
    return compare(calm, hit, temporary)


def _kill(
    arguments: argparse.Namespace, command: list[str], environment: dict[str, str]
) -> tuple[Counter[str], int]:
    """Run and kill, each kind in turn, until there are kills enough or the run has ended."""
    chance = random.Random(arguments.seed)
    killed: Counter[str] = Counter()
    runs = 0
    while killed.total() < arguments.kills:
        runs += 1
        with (arguments.work / "hit.log").open("a") as log:
            process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        while process.poll() is None and killed.total() < arguments.kills:
            Pause().wait(chance.uniform(0.2, arguments.pause))
            family = family_of(process.pid)
            kinds = KINDS[arguments.command]
            kind = kinds[killed.total() % len(kinds)]
            victims = [pid for pid, name in family.items() if name == kind]
            if victims and process.poll() is None:
                os.kill(chance.choice(victims), signal.SIGKILL)
                killed[kind] += 1
        if killed.total() >= arguments.kills or process.poll() == 0:
            process.wait()
            break
    return killed, runs


def compare(calm: Path, hit: Path, temporary: Path) -> int:
    """1 where anything is different, or left behind."""
    left = left_behind(temporary)
    one, other = _files(calm), _files(hit)
    differ = sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))
    wrong = [*disagreements(calm), *disagreements(hit)]
    names, expected = _names(hit), _names(calm)
    with open_reading(hit) as base:
        standing = read_standing(base)
    print(f"{standing.sources()} sources, {standing.pages} pages, {len(one)} files")
    print(f"files that differ: {len(differ)} {differ[:5]}; disagreements: {len(wrong)} {wrong[:5]}")
    print(f"sources missing or doubled: {len(names ^ expected)}; left behind: {left}")
    return int(bool(differ or wrong or left or names != expected))


def family_of(driver: int) -> dict[int, str]:
    """The driver and its processes, by what they are."""
    found = {driver: "driver"}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            parent = _parent(int(entry.name))
            command = (entry / "cmdline").read_bytes()
        except OSError:
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


def left_behind(temporary: Path) -> list[str]:
    """Temporary folders and processes (Tesseract too) that are there half a minute later."""
    found: list[str] = []
    for _ in range(60):
        found = [path.name for path in temporary.glob("sohoa-*")]
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    if os.fsencode(temporary) in (entry / "environ").read_bytes():
                        found.append((entry / "comm").read_text().strip())
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


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=list(KINDS))
    parser.add_argument("work", type=Path)
    parser.add_argument("--records", type=Path)
    parser.add_argument("--documents", type=int, default=200, help="recorded: whole ones")
    parser.add_argument("--bad", type=int, default=40, help="recorded: bad ones")
    parser.add_argument("--pages", type=int, default=200, help="ocr: pages of all documents")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kills", type=int, help="default: 50 recorded, 5 with OCR")
    parser.add_argument("--pause", type=float, help="seconds between two kills, at most")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    arguments.work = arguments.work.resolve()
    arguments.work.mkdir(parents=True, exist_ok=True)
    is_ocr = arguments.command == "ocr"
    arguments.kills = arguments.kills or (5 if is_ocr else 50)
    arguments.pause = arguments.pause or (60.0 if is_ocr else 8.0)
    if arguments.out is not None:
        run_once(arguments)
        return 0
    return strike(arguments)


if __name__ == "__main__":
    sys.exit(main())

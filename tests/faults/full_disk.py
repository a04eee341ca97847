"""A disk that gets full at each point of a run: after each, the same call goes on.

``unshare -rm python tests/faults/full_disk.py out|tmp FOLDER [--blocks N] [--files N]``. A small
file system is mounted on FOLDER, seen by this process and its children alone; it holds the results
(``out``) or the temporary files (``tmp``). Room is cut to 0, N, 2 N … blocks, and then as many
files, until a run comes to its end undisturbed. Prints one JSON line for each run; what must hold
is asserted by ``test_full_disk.py``.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).parent / "engines"))
import fault_engines  # type: ignore[import-not-found]

from sohoa.batch import Crafts, Stop
from sohoa.batch.check import find_disagreements
from sohoa.batch.drive import Halted, Request, run_batch
from sohoa.batch.ledger import FOLDER, ledger_path
from sohoa.batch.ledger_reading import open_reading, read_sources
from sohoa.batch.runner import Ended
from sohoa.errors import SohoaError
from sohoa.settings import Settings, parse_settings

BLOCK = 4096
MAY_BE = ("leftover", "unknown")
_AMPLE = "size=64m,nr_inodes=10000"


def settings() -> Settings:
    look = {"level": False, "flatten": False, "pen": False}
    made = parse_settings({"look": look, "recognize": {"languages": ""}})
    return replace(made, batch=replace(made.batch, min_free_megabytes=0, chunk_pages=1))


def write_sources(place: Path) -> None:
    """A scan of two pages, which two processes read, and one of a single page."""
    place.mkdir()
    for name, pages in (("a.tif", 2), ("b.tif", 1)):
        pixels = np.full((500, 700), 255, dtype=np.uint8)
        pixels[40 + pages, 40:600] = 0
        images = [Image.fromarray(pixels) for _ in range(pages)]
        images[0].save(place / name, save_all=True, append_images=images[1:], dpi=(100, 100))


def run(place: Path, out: Path) -> dict[str, Any]:
    """One run, told: what was raised, why it stopped, what became of each source."""
    request = Request((place,), out, settings(), 2, crafts=Crafts(fault_engines.make))
    told: dict[str, Any] = {"raised": "", "message": "", "halted": "", "ended": {}}
    try:
        for event in run_batch(request, lambda: Stop.GO):
            if isinstance(event, Ended):
                told["ended"][event.job.name] = [event.outcome.status, event.outcome.code]
                told["message"] = event.outcome.message or told["message"]
            elif isinstance(event, Halted):
                told["halted"], told["message"] = event.reason, event.message
    except SohoaError as error:
        told["raised"], told["message"] = error.code, str(error)
    except Exception as error:
        told["raised"], told["message"] = type(error).__name__, str(error)
    return told


def results(out: Path) -> dict[str, str]:
    return {
        str(path.relative_to(out)): path.read_bytes().hex()
        for path in out.rglob("*")
        if path.is_file() and FOLDER not in path.relative_to(out).parts
    }


def disagreements(out: Path) -> list[str]:
    """What differs between ledger and results; without a ledger there must be no result."""
    if not ledger_path(out).is_file():
        return sorted(results(out))
    try:
        with open_reading(out) as base:
            return [f"{each.kind} {each.name}" for each in find_disagreements(base, out, deep=True)]
    except SohoaError as error:
        # Cut before the first table was written: then nothing else was.
        return sorted(results(out)) and [str(error)]


def cut(disk: Path, kind: str, more: int) -> str:
    """The mount option that leaves room for so many more ``blocks`` or ``files``, and no others."""
    found = os.statvfs(disk)
    if kind == "blocks":
        # A size of 0 is no bound at all.
        return f"size={max(1, found.f_blocks - found.f_bfree + more) * BLOCK}"
    return f"nr_inodes={found.f_files - found.f_ffree + more}"


def mount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", str(disk)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["out", "tmp"])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--blocks", type=int, default=1)
    parser.add_argument("--files", type=int, default=1)
    arguments = parser.parse_args()
    folder: Path = arguments.folder.resolve()
    disk, place = folder / "disk", folder / "in"
    disk.mkdir()
    write_sources(place)
    calm = folder / "calm"
    run(place, calm)  # before the disk is there: the fork server's socket does not lie on it
    subprocess.run(["mount", "-t", "tmpfs", "-o", _AMPLE, "tmpfs", str(disk)], check=True)
    out = (disk if arguments.what == "out" else folder) / "results"
    if arguments.what == "tmp":
        tempfile.tempdir = str(disk)
    whole = results(calm)
    for kind, width in (("blocks", arguments.blocks), ("files", arguments.files)):
        for more in count(0, width):
            out.mkdir()
            mount(disk, cut(disk, kind, more))
            told = run(place, out)
            mount(disk, _AMPLE)
            # A result that is whole and not yet in the ledger is as after a kill.
            before = [] if is_part(results(out), whole) else sorted(results(out))
            before += [each for each in disagreements(out) if each.split()[0] not in MAY_BE]
            again = run(place, out)
            value = {
                "cut": f"{more} {kind}", "told": told, "before": before, "again": again,
                "states": states(out), "same": results(out) == whole, "after": disagreements(out),
                "temporary": [each.name for each in Path(tempfile.gettempdir()).glob("sohoa-*")],
            }  # fmt: skip
            print(json.dumps(value), flush=True)
            shutil.rmtree(out)
            done = [status for status, _ in told["ended"].values()] == ["done", "done"]
            if done and not told["raised"] and not told["halted"]:
                break


def is_part(some: dict[str, str], whole: dict[str, str]) -> bool:
    """Whether every result folder of ``some`` is there whole; what a cut left does not count."""
    kept = {name: data for name, data in some.items() if not name.startswith(".sohoa-")}
    folders = {name.split("/")[0] for name in kept}
    return kept == {name: data for name, data in whole.items() if name.split("/")[0] in folders}


def states(out: Path) -> dict[str, str]:
    with open_reading(out) as base:
        return {each.name: each.state for each in read_sources(base)}


if __name__ == "__main__":
    main()

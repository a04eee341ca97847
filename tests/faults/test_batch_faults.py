"""Workers that die, hang and eat: the run goes on, says what happened, leaves nothing behind."""

from __future__ import annotations

import json
import multiprocessing.util
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from sohoa.batch import Crafts, Job, Outcome, Status, Stop, run_events, run_jobs
from sohoa.batch.runner import Died, Ended, Event, Started, Tick
from sohoa.digitize import digitize
from sohoa.export import export_all
from sohoa.read import open_source
from sohoa.settings import Settings, parse_settings

ENGINES = Path(__file__).parent / "engines"
sys.path.insert(0, str(ENGINES))
import fault_engines  # type: ignore[import-not-found]  # noqa: E402

CRAFTS = Crafts(fault_engines.make)
QUICK: dict[str, Any] = {
    "look": {"level": False, "flatten": False, "pen": False},
    "batch": {"min_free_megabytes": 0, "chunk_pages": 3},
}


def settings(fault: str = "", **limits: object) -> Settings:
    made = parse_settings({**QUICK, "recognize": {"languages": fault}})
    return replace(made, batch=replace(made.batch, **limits))  # type: ignore[arg-type]


@pytest.fixture(scope="module", autouse=True)
def _fork_server() -> None:
    """Its socket outlives the folders of single tests."""
    multiprocessing.util.get_temp_dir()


@pytest.fixture(autouse=True)
def scratch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Temporary folders of the runs, which must be empty again at the end."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    yield folder
    # Python's own fork server lives as long as the process, and keeps its socket.
    assert [each for each in folder.iterdir() if not each.name.startswith("pymp-")] == []


def scan(path: Path, pages: int) -> Path:
    pixels = np.full((500, 700), 255, dtype=np.uint8)
    pixels[40:44, 40:600] = 0
    images = [Image.fromarray(pixels) for _ in range(pages)]
    images[0].save(path, save_all=True, append_images=images[1:], dpi=(100, 100))
    return path


def job(folder: Path, name: str = "x.tif", pages: int = 1) -> Job:
    (folder / "in").mkdir(exist_ok=True)
    return Job(name, (scan(folder / "in" / name, pages),), folder / "out" / name, folder)


def run(jobs: tuple[Job, ...], using: Settings, workers: int = 2) -> dict[str, Outcome]:
    found = list(run_jobs(jobs, using, workers=workers, crafts=CRAFTS))
    assert sorted(each.name for each in found) == sorted(each.name for each in jobs)
    return {each.name: each for each in found}


def record(each: Job) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((each.folder / "record.json").read_bytes())
    return value


def processes_of(folder: Path) -> list[str]:
    """Processes whose temporary files lie below the folder."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                environment = (entry / "environ").read_bytes()
            except OSError:
                continue
            if b"TMPDIR=" + os.fsencode(folder) in environment:
                found.append(entry.name)
    return found


def status_of(pid: str) -> str:
    try:
        return Path("/proc", pid, "status").read_text()
    except OSError:
        return ""


@pytest.mark.parametrize("workers", [1, 2])
def test_a_document_in_pieces_is_the_same_to_the_byte(tmp_path: Path, workers: int) -> None:
    each = job(tmp_path, pages=8)
    outcome = run((each,), settings(), workers)["x.tif"]
    assert (outcome.status, outcome.pages) == (Status.DONE, 8)
    with open_source(each.paths, settings().read, name=each.name) as source:
        (whole,) = digitize(source, settings(), fault_engines.FaultEngine())
    for name, data in export_all(whole).items():
        assert (each.folder / name).read_bytes() == data, name


@pytest.mark.parametrize("fault", ["segfault", "hang", "orphan", "hog", "bug"])
def test_a_page_that_ends_its_worker_is_told_and_the_others_are_read(
    tmp_path: Path, scratch: Path, fault: str
) -> None:
    bad, good = job(tmp_path, pages=5), job(tmp_path, "good.tif")
    limits = {"page_limit_s": 4.0} if fault == "hang" else {"memory_megabytes": 1500}
    found = run((bad, good), settings(f"{fault}@4", **limits))
    assert found["good.tif"].status is Status.DONE
    assert (found["x.tif"].status, found["x.tif"].code) == (Status.PARTIAL, "page-lost")
    pages = record(bad)["pages"]
    assert [len(page["blocks"]) > 0 for page in pages] == [True, True, True, False, True]
    assert processes_of(scratch) == []


def test_one_kill_from_outside_costs_nothing(tmp_path: Path) -> None:
    struck = tmp_path / "struck"
    calm, hit = job(tmp_path, "calm.tif", 4), job(tmp_path, "hit.tif", 4)
    run((calm,), settings(f"killed@9@{struck}"))
    found = run((hit,), settings(f"killed@3@{struck}"))
    assert struck.exists()
    assert found["hit.tif"].status is Status.DONE
    assert record(hit)["pages"] == record(calm)["pages"]


def test_an_engine_that_fails_or_lies_costs_its_page(tmp_path: Path) -> None:
    for fault in ("error", "rubbish"):
        each = job(tmp_path, f"{fault}.tif", 2)
        outcome = run((each,), settings(f"{fault}@1"), 1)[each.name]
        assert (outcome.status, outcome.code) == (Status.PARTIAL, "page-unreadable")
        assert outcome.page_outcomes[1].state == "ok"


def test_a_death_is_told_before_the_job_is_tried_alone(tmp_path: Path) -> None:
    events = list(
        run_events(
            (job(tmp_path), job(tmp_path, "y.tif")),
            settings("segfault@1"),
            workers=2,
            crafts=CRAFTS,
        )
    )
    told: list[Event] = [each for each in events if not isinstance(each, Tick)]
    kinds = [type(each) for each in told]
    assert kinds[:2] == [Started, Started]
    assert kinds.count(Died) == 4
    assert kinds[-1] is Ended
    last_start = max(n for n, kind in enumerate(kinds) if kind is Started)
    assert kinds[last_start - 1] in (Ended, Died)


def test_too_many_pages_and_no_leave_are_told(tmp_path: Path) -> None:
    each = job(tmp_path, pages=4)
    outcome = run((each,), settings(max_pages=3), 1)["x.tif"]
    assert (outcome.status, outcome.code) == (Status.FAILED, "too-many-pages")
    assert not each.folder.exists()


def test_a_folder_of_results_that_vanished_is_not_made_anew(tmp_path: Path) -> None:
    each = job(tmp_path)
    gone = replace(each, root=tmp_path / "gone", folder=tmp_path / "gone" / "x.tif")
    outcome = run((gone,), settings(), 1)["x.tif"]
    assert (outcome.status, outcome.code) == (Status.FAILED, "storage-error")
    assert not (tmp_path / "gone").exists()


def test_a_name_of_stray_bytes_is_written_too(tmp_path: Path) -> None:
    name = os.fsdecode(b"s\xe1o\ny.tif")
    each = job(tmp_path, name)
    assert run((each,), settings(), 1)[name].status is Status.DONE
    assert record(each)["source"]["name"] == "s\ufffdo\ny.tif"


def test_asked_to_stop_it_ends_what_runs_and_begins_nothing_new(tmp_path: Path) -> None:
    jobs = tuple(job(tmp_path, f"{n}.tif") for n in range(6))
    asked = [Stop.GO]
    ended = []
    for event in run_events(jobs, settings(), workers=1, crafts=CRAFTS, stop=lambda: asked[0]):
        if isinstance(event, Ended):
            ended.append(event.outcome.status)
            asked[0] = Stop.FINISH
    assert ended == [Status.DONE]


def test_asked_to_stop_at_once_it_leaves_nothing(tmp_path: Path, scratch: Path) -> None:
    each = job(tmp_path)
    asked = [Stop.GO]
    using = settings("hang@1")
    for event in run_events((each,), using, workers=1, crafts=CRAFTS, stop=lambda: asked[0]):
        if isinstance(event, Tick) and any(place.page == 1 for place in event.places.values()):
            asked[0] = Stop.NOW
    assert asked == [Stop.NOW]
    assert processes_of(scratch) == []
    assert not each.folder.exists()


def test_when_the_run_is_killed_its_guard_ends_the_workers(tmp_path: Path, scratch: Path) -> None:
    each = job(tmp_path)
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        f"sys.path.insert(0, {str(ENGINES)!r})\n"
        "import fault_engines\n"
        "from sohoa.batch import Crafts, Job, run_events\n"
        "from sohoa.batch.runner import Tick\n"
        "from sohoa.settings import parse_settings\n"
        f"path, out = Path({str(each.paths[0])!r}), Path({str(each.folder)!r})\n"
        "using = parse_settings({'recognize': {'languages': 'hang@1'}})\n"
        "for event in run_events((Job('x.tif', (path,), out),), using, workers=1,"
        " crafts=Crafts(fault_engines.make)):\n"
        "    if isinstance(event, Tick) and any(p.page == 1 for p in event.places.values()):\n"
        "        print(*event.pids, flush=True)\n"
        "        os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    environment = {**os.environ, "TMPDIR": str(scratch)}
    killed = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=False
    )
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    (worker,) = killed.stdout.split()
    turns = 0
    while (processes_of(scratch) or any(scratch.glob("sohoa-*"))) and turns < 600:
        threading.Event().wait(0.05)
        turns += 1
    assert processes_of(scratch) == []
    assert "State:\tZ" in status_of(worker) or not status_of(worker)


def test_a_fork_server_that_was_killed_is_replaced(tmp_path: Path) -> None:
    jobs = tuple(job(tmp_path, f"{n}.tif") for n in range(3))
    killed: list[int] = []
    ended = []
    for event in run_events(jobs, settings(), workers=1, crafts=CRAFTS):
        if isinstance(event, Ended):
            ended.append(event.outcome.status)
            server = next(iter(fork_servers()), None)
            if server is not None and not killed:
                killed.append(server)
                os.kill(server, signal.SIGKILL)
    assert killed
    assert ended == [Status.DONE] * 3


def fork_servers() -> list[int]:
    """Fork servers that this process has started."""
    children = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    pids = [pid for each in children for pid in each.read_text().split()]
    command = "multiprocessing.forkserver"
    return [int(pid) for pid in pids if command in Path(f"/proc/{pid}/cmdline").read_text()]

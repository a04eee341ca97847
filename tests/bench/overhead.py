"""What surrounds the work costs: the ledger, a process for each document, a cluster.

``python tests/bench/overhead.py WORK [--documents N] [--samples N]``. Small texts take no time to
read: what is left of their time is the price of the way they go. It is set against the CPU time of
samples with real OCR, measured in the same run. Ray is measured where it is installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from time import perf_counter, process_time

from soak import cpu_seconds  # type: ignore[import-not-found]

from sohoa.batch import Crafts, Stop
from sohoa.batch.drive import Request, run_batch
from sohoa.batch.job import Job, Outcome, PageOutcome, PageState, Paper, Signature, Status
from sohoa.batch.ledger import Ledger, RunInfo
from sohoa.batch.runner import Ended
from sohoa.batch.twins import find_twin
from sohoa.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
_LETTER = """TỈNH ỦY BẮC NINH
Số {number}-CT/TU
Bắc Ninh, ngày 05 tháng 3 năm 2025
CHỈ THỊ
về tăng cường công tác văn thư, lưu trữ
1. Các cấp uỷ thực hiện nghiêm quy định về công tác văn thư, lưu trữ.
"""


def measure_ledger(out: Path, count: int) -> tuple[float, float]:
    """Seconds (CPU, wall) of a document of three pages in the ledger, its search for twins too."""
    shutil.rmtree(out, ignore_errors=True)
    with Ledger(out) as ledger:
        ledger.begin_run(RunInfo("recipe", 2, count))
        names = [f"{number:06}.pdf" for number in range(count)]
        cpu, wall = process_time(), perf_counter()
        ledger.add_pending(names)
        for number, name in enumerate(names):
            job = Job(name, (Path(name),), out / name)
            attempt = ledger.start(job, "recipe")
            outcome = Outcome(
                name, str(job.folder), Status.DONE, 3, 1.0, sha256=f"{number:064}", digest="d",
                page_outcomes=tuple(PageOutcome(k, PageState.OK, 300, 0.9) for k in (1, 2, 3)),
                paper=Paper("congvan", str(number), "x", "2025-01-01"),
            )  # fmt: skip
            ledger.finish(attempt, outcome, Signature(1, 2, 3))
            find_twin(ledger.connection(), attempt, outcome)
        return (process_time() - cpu) / count, (perf_counter() - wall) / count


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds of a document: CPU of all processes of this machine, wall, CPU of the driver alone;
    and the pages of all documents.
    """

    cpu: float
    wall: float
    driver: float
    pages: int


def measure_run(request: Request) -> Cost:
    """What a document costs, the first one not counted.

    What is begun once for a run (the fork server, the cluster) is not counted.
    """
    shutil.rmtree(request.out, ignore_errors=True)
    cpu = wall = driver = 0.0
    pages = ended = 0
    for event in run_batch(request, lambda: Stop.GO):
        if isinstance(event, Ended):
            assert event.outcome.status == "done", event.outcome
            pages += event.outcome.pages
            ended += 1
            if ended == 1:
                cpu, wall, driver, pages = cpu_seconds(), perf_counter(), process_time(), 0
    others = max(1, ended - 1)
    return Cost(
        (cpu_seconds() - cpu) / others,
        (perf_counter() - wall) / others,
        (process_time() - driver) / others,
        pages,
    )


def measure_plain(paths: list[Path]) -> float:
    """CPU seconds of a text document in one process that does nothing else."""
    from sohoa.digitize import digitize
    from sohoa.export import export_all
    from sohoa.read import open_source
    from sohoa.recognize import make_engine

    settings = Settings()
    engine = make_engine(settings.recognize)
    started = 0.0
    for number, path in enumerate(paths):
        if number == 1:  # the first one loads the dictionaries
            started = process_time()
        with open_source((path,), settings.read) as source:
            for record in digitize(source, settings, engine):
                export_all(record)
    return (process_time() - started) / (len(paths) - 1)


def measure_cluster(run: Callable[[str], Cost]) -> Cost:
    """The same on a cluster of one machine with one core, which is this."""
    os.environ["PYTHONPATH"] = os.pathsep.join(each for each in sys.path if each)
    from ray.cluster_utils import Cluster

    node = {"num_cpus": 1, "memory": 4 << 30, "object_store_memory": 80 << 20}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    try:
        return run(cluster.address)
    finally:
        cluster.shutdown()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", type=Path)
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--samples", type=int, default=4)
    arguments = parser.parse_args()
    os.environ["OMP_THREAD_LIMIT"] = "1"
    work: Path = arguments.work.resolve()
    place = work / "in"
    place.mkdir(parents=True, exist_ok=True)
    for number in range(1, arguments.documents + 1):
        (place / f"{number:04}.txt").write_text(_LETTER.format(number=number), "utf-8")
    samples = tuple(islice(sorted((ROOT / "samples").glob("*_scan.pdf")), arguments.samples))

    real = measure_run(Request(samples, work / "samples", Settings(), 1))
    scanned = real.cpu
    page = scanned * (len(samples) - 1) / real.pages
    print(f"a page with OCR: {page:.2f} s of CPU; a sample document: {scanned:.2f} s")
    cpu, wall = measure_ledger(work / "ledger", 1000)
    share = cpu / scanned
    print(f"the ledger: {cpu * 1000:.2f} ms of CPU a document, {wall * 1000:.2f} ms in all; "
          f"{share:.2%} of a document")  # fmt: skip
    plain = measure_plain(sorted(place.iterdir()))
    at_home = measure_run(Request((place,), work / "home", Settings(), 1))
    home = at_home.cpu
    print(f"a process of its own: {(home - plain) * 1000:.0f} ms of CPU a document "
          f"({home * 1000:.0f} with it, {plain * 1000:.0f} without); "
          f"{(home - plain) / scanned:.1%} of a document")  # fmt: skip
    print(f"the driver: {at_home.driver * 1000:.1f} ms of CPU a document")
    if importlib.util.find_spec("ray") is None:
        print("Ray is not installed here.")
        return int(share >= 0.01)

    def away(address: str) -> Cost:
        crafts = Crafts(cluster=address)
        return measure_run(Request((place,), work / "away", Settings(), 1, crafts=crafts))

    cluster = measure_cluster(away)
    print(f"Ray: {(cluster.wall - at_home.wall) * 1000:.0f} ms more a document "
          f"({cluster.wall * 1000:.0f} on the cluster, {at_home.wall * 1000:.0f} at home); "
          f"the driver {cluster.driver * 1000:.1f} ms of CPU")  # fmt: skip
    return int(share >= 0.01)


if __name__ == "__main__":
    sys.exit(main())

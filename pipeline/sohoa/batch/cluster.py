"""The same job on many machines, through Ray: each task is a whole document.

On the machine that takes it, a task goes through ``run_events`` with one worker: the same
processes, limits and second tries as at home. Only the run that calls writes the ledger. Tasks can
be done twice without harm (results are replaced whole), so Ray may start one again elsewhere.

Every machine needs ``sohoa`` and its engine, and the sources and results under the same paths.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sohoa.batch.job import Job, Outcome
from sohoa.batch.lanes import Death
from sohoa.batch.place import OPENING, Place
from sohoa.batch.work import Crafts, Done, Task
from sohoa.errors import SettingsError

if TYPE_CHECKING:
    from sohoa.settings import Settings

# What one document takes of its machine: a core, and memory as a page needs it.
_CORES, _MEMORY = 1, 1 << 30
# A machine may die; a task that saw three of them die is looked at alone.
_RETRIES = 2


def do_job(job: Job, settings: Settings, crafts: Crafts) -> Outcome:
    """One document on this machine, with everything that guards it."""
    from sohoa.batch.runner import run_jobs

    (outcome,) = run_jobs((job,), settings, workers=1, crafts=crafts)
    return outcome


class ClusterLanes:
    """Tasks on the machines of a Ray cluster; see ``runner.Lanes``."""

    def __init__(self, settings: Settings, crafts: Crafts) -> None:
        address = crafts.cluster
        self._ray = _ray()
        try:
            self._ray.init(address=address, log_to_driver=False, logging_level="ERROR")
        except (ConnectionError, ValueError, RuntimeError) as error:
            raise SettingsError(
                f"No cluster at {address!r}: {error}.", remedy="Start it: ray start --head."
            ) from error
        options = {"num_cpus": _CORES, "memory": _MEMORY, "max_retries": _RETRIES}
        self._call = self._ray.remote(**options)(do_job)
        self._means = (self._ray.put(settings), self._ray.put(replace(crafts, cluster="")))
        self._running: dict[Any, Task] = {}

    def __len__(self) -> int:
        return len(self._running)

    def count(self, wanted: int) -> int:
        """As many as the machines have cores, and one that waits; ``wanted`` is for one machine."""
        return max(wanted, int(self._ray.cluster_resources().get("CPU", 1)) + 1)

    def start(self, task: Task) -> None:
        job = replace(task.job, paths=tuple(path.absolute() for path in task.job.paths))
        self._running[self._call.remote(job, *self._means)] = task

    def wait(self, seconds: float) -> list[tuple[Task, Done | Death]]:
        ended, _ = self._ray.wait(list(self._running), num_returns=1, timeout=seconds)
        return [(self._running.pop(each), self._result(each)) for each in ended]

    def places(self) -> dict[str, Place]:
        """Unknown: each machine watches over its own."""
        return {}

    def pids(self) -> tuple[int, ...]:
        return ()

    def stop(self) -> None:
        for each in self._running:
            self._ray.cancel(each, force=True)
        self._running = {}
        self._ray.shutdown()

    def _result(self, reference: Any) -> Done | Death:
        try:
            outcome: Outcome = self._ray.get(reference)
        except self._ray.exceptions.RayError as error:
            why = f"its machine or its process was lost ({type(error).__name__})."
            # As for a kill from outside: the document need not be at fault.
            return Death("worker-died", OPENING, why, by_signal_9=True)
        return outcome


def _ray() -> Any:
    try:
        import ray
        import ray.exceptions
    except ImportError as error:
        raise SettingsError(
            "Ray is not installed.", remedy="Install it: pip install 'sohoa[cluster]'."
        ) from error
    return ray

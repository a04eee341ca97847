"""A run's temporary folder: where it lies, whose it is, and how what a crash left is removed.

<temporary>/sohoa-<user>-<random>/
    lock                 held by the run's process while it lives
    tasks/<number>/      one for each worker process
        worker           its process id and start time: the leader of a process group
        tmp/             its temporary files
    jobs/<number>/       pages of a document that were read already
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import time
from typing import IO

from sohoa.errors import StorageError

_WORKER = "worker"
_TASKS = "tasks"
_LOCKED_WITHIN_S = 60.0


class Scratch:
    """The temporary folder of one run. Making one removes what dead runs left behind.

    ``StorageError`` where there is no room for temporary files.
    """

    def __init__(self) -> None:
        sweep_all()
        with told_of_temporary():
            self.path = Path(tempfile.mkdtemp(prefix=_prefix()))
            try:
                self._lock: IO[str] | None = (self.path / "lock").open("w", encoding="ascii")
                fcntl.lockf(self._lock, fcntl.LOCK_EX)
            except OSError:
                shutil.rmtree(self.path, ignore_errors=True)
                raise

    def task_folder(self, number: int) -> Path:
        """A new folder for one worker process."""
        folder = self.path / _TASKS / str(number)
        with told_of_temporary():
            (folder / "tmp").mkdir(parents=True)
        return folder

    def job_folder(self, number: int) -> Path:
        """The folder in which a document's pages are kept until it is whole."""
        folder = self.path / "jobs" / str(number)
        with told_of_temporary():
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    def close(self) -> None:
        """End what still runs in it, and remove it."""
        if self._lock is not None:
            sweep(self.path)
            self._lock.close()
            self._lock = None


@contextmanager
def told_of_temporary() -> Iterator[None]:
    """Errors of the disk that holds temporary files as a ``StorageError`` with its remedy."""
    try:
        yield
    except OSError as error:
        raise StorageError(
            f"Temporary files cannot be written in {tempfile.gettempdir()}: {error}.",
            remedy="Make room, or name another folder in TMPDIR, then run again.",
        ) from error


def sign_worker(folder: Path) -> None:
    """Called in a worker: lead a process group and say so; ``OSError`` where the run is gone."""
    os.setsid()
    me = os.getpid()
    temporary = folder / "worker.new"
    temporary.write_text(f"{me} {_started(me)}", encoding="ascii")
    temporary.rename(folder / _WORKER)


def kill_group(folder: Path) -> bool:
    """Kill the worker that signed in this folder, with every process that it started.

    False where nobody signed.
    """
    try:
        pid, started = (folder / _WORKER).read_text(encoding="ascii").split()
    except (OSError, ValueError):
        return False
    leader = int(pid)
    if _started(leader) not in ("", started):
        return True  # the number belongs to another process by now: the worker is long gone
    for each in _group(leader):
        if each == leader or _runs_in(each, folder):
            with suppress(ProcessLookupError, PermissionError):
                os.kill(each, signal.SIGKILL)
    return True


def worker_pid(folder: Path) -> int | None:
    """The process that signed in this folder."""
    with suppress(OSError, ValueError):
        return int((folder / _WORKER).read_text(encoding="ascii").split()[0])
    return None


def sweep(path: Path) -> None:
    """Kill all workers of a run and remove its folder."""
    for task in (path / _TASKS).glob("*"):
        kill_group(task)
    shutil.rmtree(path, ignore_errors=True)


def sweep_all() -> None:
    """Sweep the folders of all runs of this user that are dead: nobody holds their lock."""
    for path in Path(tempfile.gettempdir()).glob(f"{_prefix()}*"):
        with suppress(OSError):
            if path.is_symlink() or path.stat().st_uid != os.getuid():
                continue
            if not (path / "lock").exists():
                # A run that died, or is about to lock it: time tells.
                if time() - path.stat().st_mtime > _LOCKED_WITHIN_S:
                    path.rmdir()
                continue
            with (path / "lock").open("r+", encoding="ascii") as file:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                sweep(path)
    _sweep_sockets()


def _sweep_sockets() -> None:
    """Remove the folders in which fork servers of dead runs (of this user) had their sockets."""
    try:
        bound = Path("/proc/net/unix").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return
    for path in Path(tempfile.gettempdir()).glob("pymp-*"):
        with suppress(OSError):
            held = list(path.iterdir()) if path.stat().st_uid == os.getuid() else []
            if held and all(
                each.name.startswith("listener-") and each.is_socket() and str(each) not in bound
                for each in held
            ):
                shutil.rmtree(path)


def _prefix() -> str:
    return f"sohoa-{os.getuid()}-"


def _started(pid: int) -> str:
    """When a process began, in clock ticks since the machine did; empty where there is none."""
    fields = _stat(pid)
    return fields[19] if len(fields) > 19 else ""


def _stat(pid: int) -> list[str]:
    """Fields of /proc/<pid>/stat from the third on; the second may hold spaces and brackets."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return []
    return text[text.rfind(")") + 2 :].split()


def _group(leader: int) -> list[int]:
    """Members of a process group, its leader last: none of them can become an orphan unseen."""
    members = [
        int(entry.name)
        for entry in Path("/proc").iterdir()
        if entry.name.isdigit() and _stat(int(entry.name))[2:3] == [str(leader)]
    ]
    return sorted(members, key=lambda pid: pid == leader)


def _runs_in(pid: int, folder: Path) -> bool:
    """Whether a process was started by the worker: it was given the worker's temporary folder."""
    try:
        given = Path(f"/proc/{pid}/environ").read_bytes()
    except OSError:
        return False
    return b"TMPDIR=" + os.fsencode(folder) + b"/" in given

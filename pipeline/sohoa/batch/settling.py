"""Which files of a watched folder are there whole: one that is still being copied waits."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from sohoa.batch.job import Job, Signature, signature_of


class Settling:
    """Remembers how files looked; one that looks the same twice, and that no process of this
    machine writes to, is whole.
    """

    def __init__(self) -> None:
        self._seen: dict[str, Signature] = {}

    def settled(self, jobs: Iterable[Job]) -> tuple[Job, ...]:
        """Of these jobs, those whose files have not changed since the last call."""
        whole, seen = [], {}
        writers: frozenset[str] | None = None
        for job in jobs:
            now = signature_of(job.paths)
            if now is None:
                continue
            seen[job.name] = now
            if self._seen.get(job.name) != now:
                continue
            if writers is None:
                writers = _written_files()
            if not any(os.path.realpath(path) in writers for path in job.paths):
                whole.append(job)
        self._seen = seen
        return tuple(whole)


def _written_files() -> frozenset[str]:
    """Files that some process has open for writing, as far as this user may see."""
    found = set()
    for process in Path("/proc").iterdir():
        if not process.name.isdigit():
            continue
        try:
            for entry in (process / "fd").iterdir():
                target = str(entry.readlink())
                if target.startswith("/") and _writes(process, entry.name):
                    found.add(target)
        except OSError:
            continue
    return frozenset(found)


def _writes(process: Path, descriptor: str) -> bool:
    text = (process / "fdinfo" / descriptor).read_text(encoding="ascii", errors="replace")
    for each in text.splitlines():
        if each.startswith("flags:"):
            return bool(int(each.split()[1], 8) & (os.O_WRONLY | os.O_RDWR))
    return False

"""A small process beside a run: when the run dies, it ends the workers and removes their files.

``python -m sohoa.batch.guard FOLDER`` waits for the end of its standard input. The run holds the
other end; the system closes it however the run dies.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

from sohoa.batch.scratch import sweep

_PATIENCE_S = 20.0


class Guard:
    """Starts the guard of a run, and another one where it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process = self._start()

    def check(self) -> None:
        """Have a guard again where somebody killed it."""
        if self._process.poll() is not None:
            self._process = self._start()

    def close(self) -> None:
        if self._process.stdin is not None:
            self._process.stdin.close()
        try:
            self._process.wait(_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "sohoa.batch.guard", str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )


def main() -> None:
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    sys.stdin.buffer.read()
    sweep(Path(sys.argv[1]))


if __name__ == "__main__":
    main()

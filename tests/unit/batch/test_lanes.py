from __future__ import annotations

import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from time import monotonic

import pytest

from sohoa.batch import Crafts, Job
from sohoa.batch.lanes import LocalLanes, _Running
from sohoa.batch.place import MAKING, OPENING
from sohoa.batch.work import Task
from sohoa.settings import parse_settings

_ASK = """
import multiprocessing.util, os, tempfile
from sohoa.batch.lanes import make_socket_folder
given = tempfile.gettempdir()
make_socket_folder()
print(len(os.fsencode(multiprocessing.util.get_temp_dir())), tempfile.gettempdir() == given)
"""


def test_sockets_have_room_for_their_names_whatever_the_temporary_folder(tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    long.mkdir()
    for folder in (tmp_path, long):
        asked = subprocess.run(
            [sys.executable, "-c", _ASK],
            capture_output=True,
            text=True,
            check=True,
            env={"TMPDIR": str(folder), "PATH": "/usr/bin:/bin"},
        )
        length, unchanged = asked.stdout.split()
        assert int(length) < 80
        assert unchanged == "True"


@pytest.mark.parametrize(("place", "is_over"), [(OPENING, False), (MAKING, False), (3, True)])
def test_the_limit_of_a_page_is_for_pages_alone(
    tmp_path: Path, place: int, *, is_over: bool
) -> None:
    lanes = LocalLanes(parse_settings({"batch": {"page_limit_s": 1e-3}}), Crafts())
    (tmp_path / "place").write_text(f"{place} 0 0", "ascii")  # since the machine began
    task = Task(Job("x.pdf", (), tmp_path), tmp_path, tmp_path)
    running = _Running(task, Future(), monotonic())
    lanes._running.append(running)
    assert lanes.wait(0) == []
    assert (running.killed is not None) is is_over

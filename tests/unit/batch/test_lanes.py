from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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

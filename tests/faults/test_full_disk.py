"""Whatever write of a run finds the disk full: it is told, nothing half counts, it goes on after.

All points, one by one: ``unshare -rm python tests/faults/full_disk.py out FOLDER``.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).with_name("full_disk.py")


def may_mount(folder: Path) -> bool:
    """Whether this user may have a file system of his own here."""
    if shutil.which("unshare") is None:
        return False
    command = ["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize(("what", "blocks"), [("out", 24), ("tmp", 3)])
def test_a_full_disk_at_any_point_costs_no_more_than_another_run(
    tmp_path: Path, what: str, blocks: int
) -> None:
    if not may_mount(tmp_path):
        pytest.skip("this user may not mount a small file system (unshare -rm)")
    command = ["unshare", "-rm", sys.executable, str(SCRIPT), what, str(tmp_path)]
    command += ["--blocks", str(blocks), "--files", "3"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    told = [json.loads(line) for line in done.stdout.splitlines()]
    full = [each for each in told if not ended_well(each["told"])]
    assert len(full) == len(told) - 2  # the last of each kind had room enough
    assert len(full) >= 6
    for each in full:
        # Told as what it is, with what to do; never as the fault of a document.
        first = each["told"]
        codes = {code for status, code in first["ended"].values() if status != "done"}
        assert codes <= {"storage-error"}, each
        assert first["raised"] in {"", "storage-error"}, each
        assert codes or first["raised"] or first["halted"] == "no-room", each
        assert "No space left" in first["message"] or "The ledger" in first["message"], each
    for each in told:
        assert each["before"] == [], each
        assert ended_well(each["again"]), each
        assert each["same"], each
        assert each["after"] == [], each
        assert each["states"] == {"a.tif": "done", "b.tif": "done"}, each
        assert what == "out" or each["temporary"] == [], each


def ended_well(told: dict[str, dict[str, list[str]]]) -> bool:
    done = all(status == "done" for status, _ in told["ended"].values())
    return done and not told["raised"] and not told["halted"]

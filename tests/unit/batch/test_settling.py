"""Which files of a watched folder are whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from sohoa.batch import Job
from sohoa.batch.settling import Settling
from sohoa.cli.watch import move_original
from sohoa.errors import StorageError


def job(path: Path) -> Job:
    return Job(path.name, (path,), path.parent / "out" / path.name)


def names(found: tuple[Job, ...]) -> list[str]:
    return [each.name for each in found]


def test_a_file_that_grows_or_is_open_for_writing_waits(tmp_path: Path) -> None:
    still, growing, held = (tmp_path / name for name in ("still", "growing", "held"))
    for path in (still, growing, held):
        path.write_bytes(b"a")
    jobs = [job(still), job(growing), job(held)]
    settling = Settling()
    with held.open("ab"):
        assert settling.settled(jobs) == ()
        growing.write_bytes(b"ab")
        assert names(settling.settled(jobs)) == ["still"]
    assert names(settling.settled(jobs)) == ["still", "growing", "held"]


def test_a_file_that_went_away_is_forgotten(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"a")
    settling = Settling()
    settling.settled([job(path)])
    path.unlink()
    assert settling.settled([job(path)]) == ()
    path.write_bytes(b"a")
    assert settling.settled([job(path)]) == ()
    assert names(settling.settled([job(path)])) == ["x"]


def test_moving_an_original_never_replaces_another(tmp_path: Path) -> None:
    for text in (b"first", b"second"):
        (tmp_path / "x.pdf").write_bytes(text)
        move_original(tmp_path / "x.pdf", tmp_path / "done")
    assert (tmp_path / "done" / "x.pdf").read_bytes() == b"first"
    assert (tmp_path / "done" / "x-2.pdf").read_bytes() == b"second"
    (tmp_path / "x.pdf").write_bytes(b"third")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(StorageError, match="cannot be moved"):
        move_original(tmp_path / "x.pdf", tmp_path / "file")
    assert (tmp_path / "x.pdf").read_bytes() == b"third"

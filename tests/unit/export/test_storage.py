from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from sohoa.errors import StorageError
from sohoa.export import storage
from sohoa.export.storage import write_atomically, write_result

OLD = {"record.json": b"{}", "text.txt": b"old\n"}
NEW = {"record.json": b"[]", "text.md": b"new\n"}


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def names_of(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_in_the_way_is_never_replaced(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"the original")
    with pytest.raises(StorageError, match="in the way"):
        write_result(scan, NEW)
    assert scan.read_bytes() == b"the original"


def test_a_folder_that_is_no_result_is_never_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "notes"
    folder.mkdir()
    (folder / "mine.doc").write_bytes(b"mine")
    with pytest.raises(StorageError, match="other files"):
        write_result(folder, NEW)
    assert files_of(folder) == {"mine.doc": b"mine"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    write_result(elsewhere, OLD)
    link = tmp_path / "x.pdf"
    link.symlink_to(elsewhere)
    with pytest.raises(StorageError):
        write_result(link, NEW)
    assert files_of(elsewhere) == OLD


@pytest.mark.parametrize("name", ["", ".", "..", "../x", "/x", "a/b", "a\\b", "a\0b"])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError):
        write_result(tmp_path / "x.pdf", {name: b""})
    assert names_of(tmp_path) == []


def test_a_result_is_made_with_its_parents(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b" / "x.pdf"
    write_result(folder, OLD)
    assert files_of(folder) == OLD
    assert names_of(folder.parent) == ["x.pdf"]


@pytest.mark.parametrize("can_exchange", [True, False])
def test_a_result_is_replaced_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(storage, "_RENAME_EXCHANGE", 1 << 30)  # refused: two renames instead
    folder = tmp_path / "x.pdf"
    write_result(folder, OLD)
    write_result(folder, NEW)
    assert files_of(folder) == NEW
    assert names_of(tmp_path) == ["x.pdf"]


@pytest.mark.parametrize("call", ["_write_new", "_exchange", "_sync_folder"])
def test_a_failure_leaves_a_whole_result(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    folder = tmp_path / "x.pdf"
    write_result(folder, OLD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(storage, call, full)
        with pytest.raises(StorageError, match="No space left") as caught:
            write_result(folder, NEW)
    assert caught.value.remedy
    assert files_of(folder) == OLD
    assert names_of(tmp_path) == ["x.pdf"]


def test_what_a_crash_left_is_cleared(tmp_path: Path) -> None:
    folder = tmp_path / "x.pdf"
    write_result(folder, OLD)
    half = tmp_path / (storage._prefix(folder) + "0")
    half.mkdir()
    (half / "text.txt").write_bytes(b"ha")
    other = tmp_path / (storage._prefix(tmp_path / "y.pdf") + "0")
    other.mkdir()
    write_result(folder, NEW)
    assert files_of(folder) == NEW
    assert names_of(tmp_path) == sorted(["x.pdf", other.name])


def test_a_result_that_lost_its_name_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a crash between the two renames leaves it, where no exchange can be had."""
    folder = tmp_path / "x.pdf"
    write_result(folder, OLD)
    folder.rename(tmp_path / (storage._prefix(folder) + "0.old"))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, "_write_new", full)
    with pytest.raises(StorageError):
        write_result(folder, NEW)
    assert files_of(folder) == OLD


def test_the_longest_name_still_works(tmp_path: Path) -> None:
    folder = tmp_path / ("ă" * 125 + ".pdf")
    write_result(folder, OLD)
    write_result(folder, NEW)
    assert files_of(folder) == NEW


def test_a_file_is_written_whole_with_the_usual_mode(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    plain.write_bytes(b"")
    path = tmp_path / "x.html"
    write_atomically(path, b"one")
    write_atomically(path, b"two")
    assert path.read_bytes() == b"two"
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    assert names_of(tmp_path) == ["plain", "x.html"]


def test_a_failed_file_leaves_the_old_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "x.html"
    write_atomically(path, b"old")

    def broken(_: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageError, match="Input/output"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names_of(tmp_path) == ["x.html"]


def test_no_folder_to_write_in(tmp_path: Path) -> None:
    with pytest.raises(StorageError):
        write_atomically(tmp_path / "nowhere" / "x", b"")

"""Whole folders through the real program: exit codes, lines for programs, signals, a hot folder."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

LETTER = """TỈNH ỦY BẮC NINH
Số 05-CT/TU
Bắc Ninh, ngày 05 tháng 3 năm 2025
CHỈ THỊ
về tăng cường công tác văn thư, lưu trữ
1. Các cấp uỷ thực hiện nghiêm quy định về công tác văn thư, lưu trữ.
"""


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "sohoa.cli.main", *map(str, arguments)]


def sohoa(folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    temporary = folder / "tmp"
    temporary.mkdir(exist_ok=True)
    done = subprocess.run(
        command(*arguments),
        capture_output=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "TMPDIR": str(temporary), "LC_ALL": "C.UTF-8", "COLUMNS": "200"},
    )
    assert "Traceback" not in done.stderr
    assert list(temporary.glob("sohoa-*")) == []
    return done


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(LETTER.replace("05-", f"0{number}-"), "utf-8")
    return folder


def test_the_exit_code_tells_all_done_from_some_failed(tmp_path: Path, place: Path) -> None:
    out = tmp_path / "out"
    first = sohoa(tmp_path, "batch", "run", place, "--out", out, "--json")
    assert first.returncode == 0
    told = lines(first)
    assert told[0]["found"]["todo"] == 2
    assert {line["name"]: line["status"] for line in told[1:-1]} == {
        "1.txt": "done",
        "2.txt": "done",
    }
    assert told[-1]["total"]["done"] == 2
    (place / "bad.pdf").write_bytes(b"")
    again = sohoa(tmp_path, "batch", "run", place, "--out", out, "--quiet")
    assert again.returncode == 1
    assert again.stdout == ""
    assert "bad.pdf is empty" in again.stderr
    known = sohoa(tmp_path, "batch", "run", place, "--out", out)
    assert known.returncode == 1
    assert "bad.pdf: an empty file" in known.stderr
    checked = sohoa(tmp_path, "batch", "check", out, "--deep", "--json")
    assert (checked.returncode, checked.stdout) == (0, "")
    (standing,) = lines(sohoa(tmp_path, "batch", "status", out, "--json"))
    states = {each["state"]: each["sources"] for each in standing["reasons"]}
    assert states == {"done": 2, "failed": 1}


def test_names_of_any_bytes_reach_the_one_who_reads_them(tmp_path: Path, place: Path) -> None:
    (place / "hai\ndòng.pdf").write_bytes(b"")
    (place / os.fsdecode(b"l\xe1.pdf")).write_bytes(b"")
    out = tmp_path / "out"
    told = lines(sohoa(tmp_path, "batch", "run", place, "--out", out, "--json"))
    assert {line["name"] for line in told[1:-1]} == {path.name for path in place.iterdir()}
    again = sohoa(tmp_path, "batch", "run", place, "--out", out, "--retry")
    wrong = [line for line in again.stderr.splitlines() if "an empty file" in line]
    assert sorted(line.partition(":")[0] for line in wrong) == ["hai\ufffddòng.pdf", "l\ufffd.pdf"]
    report = sohoa(tmp_path, "batch", "report", out, "--into", tmp_path / "report")
    assert report.returncode == 0
    assert len(list((tmp_path / "report").iterdir())) == 3


def test_a_term_signal_ends_it_cleanly_and_the_next_call_goes_on(
    tmp_path: Path, place: Path
) -> None:
    for number in range(3, 9):
        (place / f"{number}.txt").write_text(LETTER, "utf-8")
    out = tmp_path / "out"
    arguments = ("batch", "run", place, "--out", out, "--json", "--jobs", 1)
    with subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        while '"1.txt"' not in process.stdout.readline():
            pass
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate()
    assert process.returncode == 130
    assert "Finishing the documents at hand" in errors
    total = json.loads(rest.splitlines()[-1])
    assert total["halted"] == "interrupted"
    after = sohoa(tmp_path, *arguments)
    assert after.returncode == 0
    assert lines(after)[0]["found"]["done"] == total["total"]["done"]
    assert sohoa(tmp_path, "batch", "check", out).returncode == 0


def test_a_hot_folder_takes_what_is_whole_and_keeps_every_paper(
    tmp_path: Path, place: Path
) -> None:
    out, away = tmp_path / "out", tmp_path / "away"
    arguments = ("watch", place, out, "--once", "--poll", 0.1, "--move", away)
    assert sohoa(tmp_path, *arguments).returncode == 0
    assert sorted(path.name for path in away.iterdir()) == ["1.txt", "2.txt"]
    assert list(place.iterdir()) == []
    before = (out / "1.txt" / "record.json").read_bytes()
    # A scanner that counts from 1 again.
    (place / "1.txt").write_text(LETTER.replace("05-", "09-"), "utf-8")
    assert sohoa(tmp_path, *arguments).returncode == 0
    assert (out / "1.txt" / "record.json").read_bytes() == before
    assert len(list(out.glob("1-*.txt/record.json"))) == 1
    assert (away / "1-2.txt").read_text("utf-8").count("09-CT/TU") == 1


def test_a_bad_call_ends_with_2(tmp_path: Path, place: Path) -> None:
    assert sohoa(tmp_path, "batch", "status", tmp_path / "nowhere").returncode == 2
    assert sohoa(tmp_path, "watch", tmp_path / "nowhere", tmp_path / "out").returncode == 2
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("[batch]\nworkers = -1\n")
    done = sohoa(tmp_path, "batch", "plan", place, "--out", tmp_path / "out", "--settings", wrong)
    assert done.returncode == 2

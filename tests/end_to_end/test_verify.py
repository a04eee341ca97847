"""``sohoa verify`` as an archivist calls it: its exit codes on a signed copy, whole and changed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def verify(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "sohoa.cli.main", "verify", *arguments],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@pytest.fixture
def signed(samples: Path) -> Path:
    return samples / "chi_thi_sao_y_clean.pdf"


def test_a_changed_file_is_never_consistent(tmp_path: Path, signed: Path, samples: Path) -> None:
    data = bytearray(signed.read_bytes())
    place = data.index(b"stream", len(data) // 3) + 40
    data[place] ^= 0x01
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(data)
    code, _ = verify(str(changed), "--roots", str(samples / "truth"))
    assert code == 1


def test_without_roots_nothing_is_passed(signed: Path) -> None:
    code, told = verify(str(signed))
    assert code == 3
    assert "Tỉnh ủy Đồng Tháp" in told


def test_a_whole_copy_with_a_trusted_root_is_consistent(signed: Path, samples: Path) -> None:
    code, told = verify(str(signed), "--roots", str(samples / "truth"), "--json")
    assert code == 0
    report = json.loads(told)
    assert report["outcome"] == "consistent"
    standings = {each["standing"] for each in report["statements"]}
    assert "contradicted" not in standings


def test_a_paper_without_signatures_cannot_be_told(samples: Path) -> None:
    code, _ = verify(str(samples / "cong_van_clean.pdf"))
    assert code == 3


def test_a_file_that_is_not_there_is_a_bad_call(tmp_path: Path) -> None:
    assert verify(str(tmp_path / "none.pdf"))[0] == 2


def test_a_damaged_file_cannot_be_told(tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\n" + b"x" * 64)
    assert verify(str(broken))[0] == 3


def test_the_report_is_written_as_a_page_beside_nothing_else(tmp_path: Path, signed: Path) -> None:
    page = tmp_path / "new" / "report.html"
    code, _ = verify(str(signed), "--html", str(page))
    assert code == 3
    assert page.read_bytes().startswith(b"<!doctype html>")
    assert [each.name for each in page.parent.iterdir()] == ["report.html"]

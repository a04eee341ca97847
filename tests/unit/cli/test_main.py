"""The command line as a person calls it: as a program, with its exit codes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from sohoa import errors
from sohoa.cli.main import exit_code

ROOT = Path(__file__).resolve().parents[3]


Done = subprocess.CompletedProcess[str]


def sohoa(*arguments: str, text: str = "", lang: str = "C.UTF-8") -> Done:
    return subprocess.run(
        [sys.executable, "-m", "sohoa.cli.main", *arguments],
        input=text,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env={**os.environ, "LANG": lang, "LC_ALL": lang, "COLUMNS": "200"},
    )


def test_help_speaks_both_languages_and_names_every_command() -> None:
    english, vietnamese = sohoa("--help"), sohoa("--help", lang="vi_VN.UTF-8")
    assert english.returncode == vietnamese.returncode == 0
    for command in ("digitize", "restore", "evaluate", "schema"):
        assert command in english.stdout
        assert command in vietnamese.stdout
    assert "Digitize Vietnamese official papers" in english.stdout
    assert "Số hoá văn bản" in vietnamese.stdout


def test_every_command_is_in_the_guides() -> None:
    commands = re.findall(r"^  ([a-z]+) ", sohoa("--help").stdout, flags=re.MULTILINE)
    assert commands
    for guide in ("docs/guide.md", "docs/huong-dan.md"):
        text = (ROOT / guide).read_text(encoding="utf-8")
        for command in commands:
            assert f"sohoa {command}" in text, f"{guide} does not tell of {command}"


@pytest.mark.parametrize(
    "arguments",
    [
        ("digitize",),
        ("digitize", "x.pdf"),
        ("digitise", "x.pdf", "--out", "out"),
        ("digitize", "x.pdf", "--out", "out", "--settings", "no-such.toml"),
        ("evaluate", "no-such-truth", "no-such-results"),
    ],
)
def test_a_bad_call_ends_with_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    (tmp_path / "x.pdf").write_bytes(b"")
    result = sohoa(*(str(tmp_path / a) if a == "x.pdf" else a for a in arguments))
    assert result.returncode == 2
    assert result.stderr.strip()
    assert "Traceback" not in result.stderr


def test_a_source_that_is_not_there_is_told() -> None:
    result = sohoa("digitize", "/no/such/file.pdf", "--out", "/tmp/never")
    assert result.returncode == 1
    assert "file.pdf" in result.stderr
    assert "Traceback" not in result.stderr


def test_restore_keeps_the_lines() -> None:
    text = "QUYÉT ĐỊNH\n\n  Số: 52-CT/TW  \nngày 05/3/2025\r\nhết"
    result = sohoa("restore", text=text)
    assert result.returncode == 0
    assert len(result.stdout.split("\n")) == len(text.split("\n"))
    assert "52-CT/TW" in result.stdout
    assert "05/3/2025" in result.stdout


def test_each_class_of_error_has_its_code() -> None:
    assert exit_code(errors.SettingsError("x")) == 2
    assert exit_code(errors.SourceBroken("x")) == 1
    assert exit_code(errors.StorageError("x")) == 1

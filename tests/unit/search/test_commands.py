"""The commands, as a person calls them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sohoa.cli.app import build_app
from sohoa.cli.messages_search import SEARCH_MESSAGES
from sohoa.search.publication import FILE

CLI = Path(__file__).resolve().parents[3] / "pipeline" / "sohoa" / "cli"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(build_app(), [str(each) for each in arguments])


def test_search_finds_in_one_call(results: Path) -> None:
    done = run("search", results, "chi", "thi", "52", "--json")
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    assert found["hits"][0]["fields"]["full_number"] == "52-CT/TW"
    assert run("search", results, "khong-co-gi").exit_code == 1
    assert "52-CT/TW" in run("search", results, "--signer", "nguyen van mau", "--rebuild").stdout


def test_nothing_is_published_by_looking(results: Path, tmp_path: Path) -> None:
    listed = run("publish", results)
    assert listed.exit_code == 0
    assert "a.pdf" in listed.stdout
    assert not (results / FILE).exists()
    assert run("export", results, "--to", "jsonl", "--out", tmp_path / "e").exit_code == 1


def test_from_a_batch_to_the_public_and_back(results: Path, tmp_path: Path) -> None:
    assert run("publish", results, "--all-clear", "--by", "Người Duyệt").exit_code == 0
    assert run("export", results, "--to", "jsonl", "--out", tmp_path / "e").exit_code == 0
    assert len((tmp_path / "e" / "documents.jsonl").read_text().splitlines()) == 3
    first = [
        json.loads(line) for line in run("changes", results, "--documents").stdout.splitlines()
    ]
    assert [each.get("kind") for each in first] == ["insert", "insert", "insert", None]
    assert run("publish", results, "a.pdf", "--withhold", "--by", "Người Duyệt").exit_code == 0
    told = run("changes", results, "--since", first[-1]["cursor"]).stdout.splitlines()
    assert [json.loads(each).get("kind") for each in told] == ["delete", None]


@pytest.mark.parametrize(
    "arguments",
    [
        ("publish", "{}", "a.pdf"),  # by nobody
        ("publish", "{}", "no-such.pdf", "--by", "ai"),
        ("publish", "{}", "a.pdf", "--by", "ai", "--despite", "secrecy-mark"),
        ("export", "{}", "--to", "xlsx", "--out", "{}/x"),
        ("export", "{}", "--to", "jsonl", "--out", "{}/x", "--audience", "everybody"),
        ("search", "{}", "--from", "hôm qua"),
        ("search", "{}/no-such", "x"),
    ],
)
def test_a_wrong_call_is_refused(results: Path, arguments: tuple[str, ...]) -> None:
    done = run(*(each.format(results) for each in arguments))
    assert done.exception is not None
    assert not (results / FILE).exists()


def test_every_message_is_used_and_every_used_one_exists() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in CLI.glob("*.py"))
    for key in SEARCH_MESSAGES:
        if not key.startswith("publish.state."):
            outside = source.replace((CLI / "messages_search.py").read_text(encoding="utf-8"), "")
            assert f'"{key}"' in outside or f"'{key}'" in outside, key
    states = set(re.findall(r"publish\.state\.(\w+)", "\n".join(SEARCH_MESSAGES)))
    assert states == {"public", "redacted", "withheld", "blocked", "open"}

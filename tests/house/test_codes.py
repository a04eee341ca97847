"""Every code of a finding or an error is explained in both languages, and in the guides."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from sohoa import errors
from sohoa.explain import CODES, explain

ROOT = Path(__file__).resolve().parents[2]
# Named here because the code puts them together at run time.
COMPOSED = {
    "number-unread", "number-unsure", "date-unread", "date-unsure",
    "signature-passed", "signature-indeterminate", "signature-failed",
    "signatures-locked", "signatures-unreadable",
}  # fmt: skip
# Rooms whose findings reach a record.
ROOMS = (
    "read",
    "look",
    "recognize",
    "restore",
    "structure",
    "page_reading.py",
    "digitize.py",
    "certify",
    "export",
    "archive",
    "vouching.py",
)


def codes_in_source() -> set[str]:
    found = set()
    for room in ROOMS:
        place = ROOT / "pipeline" / "sohoa" / room
        for path in [place] if place.is_file() else place.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Finding":
                    found |= {
                        each.value
                        for each in ast.walk(node)
                        if isinstance(each, ast.Constant)
                        and isinstance(each.value, str)
                        and re.fullmatch(r"[a-z]+(-[a-z]+)+", each.value)
                    }
    return found


def error_codes() -> set[str]:
    kinds = [each for each in vars(errors).values() if isinstance(each, type)]
    return {kind.code for kind in kinds if issubclass(kind, errors.SohoaError)}


def test_every_code_is_explained() -> None:
    found = codes_in_source()
    assert {"page-unreadable", "no-letterhead", "wrong-suffix"} <= found
    assert (found | error_codes() | COMPOSED) <= set(CODES)


@pytest.mark.parametrize("guide", ["docs/guide.md", "docs/huong-dan.md"])
def test_every_code_is_in_the_guides(guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    language = "vi" if guide.endswith("huong-dan.md") else "en"
    for code in CODES:
        assert f"| `{code}` | {explain(code, language)} |" in text, code


def test_a_code_that_nobody_explained_is_its_own_explanation() -> None:
    assert explain("no-such-code", "vi") == "no-such-code"

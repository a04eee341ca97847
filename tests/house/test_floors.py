"""The floors of the house: a room imports lower floors only, never a neighbour."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[2] / "pipeline" / "sohoa"

FLOORS: dict[str, float] = {
    "errors": 0, "explain": 0, "geometry": 0, "vietnamese": 0, "wording": 0,
    "model": 1, "dictionaries": 1, "lexicon": 1.5,
    "directive": 2, "evidence": 2, "addresses": 2.5, "statements": 2.5,
    "record": 3,
    "read": 4, "look": 4, "recognize": 4, "restore": 4, "structure": 4, "certify": 4,
    "export": 4, "evaluate": 4,
    "settings": 5, "authenticity": 5.5,
    "page_reading": 6, "vouching": 6, "originals": 6, "digitize": 6.5,
    "batch": 7, "archive": 7, "imitate": 7, "build": 7, "review": 7,
    "search": 7.5,  # what is found, followed and handed on are records with their corrections
    "web": 8, "cli": 8.5,  # the commands start the pages
}  # fmt: skip


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports_of(path: Path) -> set[str]:
    """Rooms of ours that a file imports, also inside functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names = [node.module]
            if node.module == "sohoa":
                names = [f"sohoa.{alias.name}" for alias in node.names]
        for name in names:
            parts = name.split(".")
            if parts[0] == "sohoa" and len(parts) > 1 and not parts[1].startswith("_"):
                found.add(parts[1])
    return found - {"sohoa"}


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_lower_floors_only(path: Path) -> None:
    room = room_of(path)
    if room in ("__init__", "__main__"):
        return
    assert room in FLOORS, f"{room} has no floor: give it one in docs/architecture.md and here"
    for other in imports_of(path) - {room}:
        if (PACKAGE / other).exists() or (PACKAGE / f"{other}.py").exists():
            assert FLOORS[other] < FLOORS[room], f"{path.name} ({room}) imports {other}"


def test_relative_imports_are_not_used() -> None:
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.level), path


def test_files_are_short() -> None:
    long = {
        str(path.relative_to(PACKAGE)): count
        for path in FILES
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 400
    }
    assert not long


def test_the_test_itself_sees_a_forbidden_import(tmp_path: Path) -> None:
    bad = tmp_path / "bad.py"
    bad.write_text("def f():\n    from sohoa.web import pages\n    import sohoa.read\n")
    assert imports_of(bad) == {"web", "read"}

"""A small truth folder and a results folder, made up for the tests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from sohoa.record import Record, to_json


@dataclass(frozen=True)
class Folders:
    """Where the tests put truth and results."""

    truth: Path
    out: Path

    def add_truth(self, name: str, pages: dict[int, str], fields: dict[str, Any] | None) -> None:
        for number, text in pages.items():
            (self.truth / f"{name}.p{number}.txt").write_text(text, encoding="utf-8")
        if fields is not None:
            data = json.dumps({"doc": name, **fields}, ensure_ascii=False)
            (self.truth / f"{name}.json").write_text(data, encoding="utf-8")

    def add_result(self, name: str, text: str | None, record: Record | None) -> Path:
        folder = self.out / name
        folder.mkdir(parents=True)
        if text is not None:
            (folder / "text.txt").write_text(text, encoding="utf-8")
        if record is not None:
            (folder / "record.json").write_bytes(to_json(record))
        return folder


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    made = Folders(tmp_path / "truth", tmp_path / "out")
    made.truth.mkdir()
    made.out.mkdir()
    return made

"""The truth about documents, as people or the generator wrote it down.

``<doc>.p<N>.txt``: the printed text of page N, a printed line a line, with ``[[kind:…]]`` markers
for what is not printed. ``<doc>.json``: an object with the fields of the document; null means
absent, a missing key means that nobody looked. ``<doc>.boxes.json``, where words stand on the page,
is not read here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sohoa.errors import SourceBroken, SourceMissing

_PAGE = re.compile(r"(?P<name>.+)\.p(?P<number>\d+)\.txt")

_BOXES = ".boxes.json"


@dataclass(frozen=True, slots=True)
class TruthDocument:
    """One document: the texts of the pages that have truth (by number), and its fields."""

    name: str
    pages: tuple[tuple[int, str], ...] = ()
    fields: Mapping[str, Any] | None = None


def read_truth(folder: Path) -> tuple[TruthDocument, ...]:
    """All documents of the folder by name.

    ``SourceMissing`` where there is no truth at all, ``SourceBroken`` for a file that is none.
    """
    if not folder.is_dir():
        raise SourceMissing(f"No folder {folder}.", remedy="Give the folder that holds the truth.")
    pages: dict[str, list[tuple[int, str]]] = {}
    fields: dict[str, Mapping[str, Any]] = {}
    for path in sorted(folder.iterdir()):
        if match := _PAGE.fullmatch(path.name):
            pages.setdefault(match["name"], []).append((int(match["number"]), _read(path)))
        elif path.suffix == ".json" and not path.name.endswith(_BOXES):
            fields[path.stem] = _read_fields(path)
    names = sorted({*pages, *fields})
    if not names:
        raise SourceMissing(
            f"No truth in {folder}.",
            remedy="It needs files named <doc>.p<N>.txt or <doc>.json.",
        )
    return tuple(
        TruthDocument(name, tuple(sorted(pages.get(name, []))), fields.get(name)) for name in names
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SourceBroken(f"{path} cannot be read: {error}.", remedy="Truth is UTF-8.") from error


def _read_fields(path: Path) -> Mapping[str, Any]:
    try:
        value = json.loads(_read(path))
    except json.JSONDecodeError as error:
        raise SourceBroken(f"{path} is no JSON: {error}.") from error
    if not isinstance(value, dict):
        raise SourceBroken(f"{path} holds no object of fields.")
    return value

"""Bulk files of a collection, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SettingsError, StorageError
from sohoa.search.audience import Audience
from sohoa.search.bulk import OPENSEARCH_MAPPING, json_line, jsonl, legislation_lines, opensearch
from sohoa.search.gate import find_blocks
from sohoa.search.graph import build_graph, to_graphml, to_json
from sohoa.search.graph_picture import to_svg
from sohoa.search.index import Index
from sohoa.search.postgres import LOAD_SQL, TABLES, schema_sql, table_rows
from sohoa.search.reading import read_entries
from sohoa.search.redaction import redact
from sohoa.search.rows import Entry

MOST_BULK_BYTES = 20 << 20  # of one file for OpenSearch, which takes 100 MB at once


@dataclass(frozen=True, slots=True)
class Wish:
    """What to export: a format, for whom, with personal data made unreadable or as it is.

    ``base`` is the address of the site that will show the papers (JSON-LD only).
    """

    form: str
    audience: Audience = Audience.PUBLIC
    redacted: bool = False
    base: str = ""
    language: str = "vi"


@dataclass(frozen=True, slots=True)
class Written:
    """How many documents went out, and the files, relative to the target."""

    documents: int
    files: tuple[str, ...]


def export_collection(index: Index, wish: Wish, target: Path) -> Written:
    """Write the files of one format into a new folder ``target``; an older one is replaced.

    ``SettingsError`` for a format that does not exist, ``StorageError`` where it cannot be written;
    then an older folder stays as it was.
    """
    if wish.form not in FORMATS:
        raise SettingsError(
            f"There is no format {wish.form!r}.", remedy=f"Known: {', '.join(FORMATS)}."
        )
    _check_target(target)
    counted = _Counted(index, wish)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=".sohoa-export-", dir=target.parent))
        try:
            FORMATS[wish.form](counted, part)
            names = tuple(sorted(each.name for each in part.iterdir()))
            part.chmod(0o755)
            _put_in_place(part, target)
        finally:
            shutil.rmtree(part, ignore_errors=True)
    except OSError as error:
        raise StorageError(f"{target} cannot be written: {error}.") from error
    return Written(counted.count, names)


def _check_target(target: Path) -> None:
    """Refuse a folder that this program did not write: nothing of others is ever replaced."""
    if target.is_dir() and any(target.iterdir()) and not (target / _MARK).is_file():
        raise SettingsError(
            f"{target} holds other files.", remedy="Name a new folder, or an older export."
        )


_MARK = "export.json"


def _put_in_place(part: Path, target: Path) -> None:
    for file in part.iterdir():
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    old = target.with_name(f"{target.name}.old")
    if target.exists():
        target.rename(old)
    part.rename(target)
    if old.exists():
        shutil.rmtree(old)


class _Counted:
    """The entries that go out, counted as they go; all in one state of the index."""

    def __init__(self, index: Index, wish: Wish) -> None:
        self.index = index
        self.wish = wish
        self.count = 0

    def entries(self) -> Iterator[Entry]:
        with self.index.reading() as db:
            for entry in read_entries(db, self.wish.audience):
                self.count += 1
                yield redact(entry, find_blocks(entry)) if self.wish.redacted else entry


def _write(folder: Path, name: str, lines: Iterator[bytes]) -> None:
    with (folder / name).open("wb") as file:
        file.writelines(lines)


def _finish(given: _Counted, folder: Path) -> None:
    wish = given.wish
    told = {
        "format": f"sohoa-export/{wish.form}", "documents": given.count,
        "audience": wish.audience.value, "redacted": wish.redacted,
    }  # fmt: skip
    (folder / _MARK).write_bytes(json_line(told))


def _jsonl(given: _Counted, folder: Path) -> None:
    _write(folder, "documents.jsonl", jsonl(given.entries()))
    _finish(given, folder)


def _legislation(given: _Counted, folder: Path) -> None:
    _write(folder, "legislation.jsonl", legislation_lines(given.entries(), given.wish.base))
    _finish(given, folder)


def _opensearch(given: _Counted, folder: Path) -> None:
    (folder / "index.json").write_bytes(json_line(OPENSEARCH_MAPPING))
    number, size = 0, MOST_BULK_BYTES
    with ExitStack() as stack:
        file = None
        for lines in opensearch(given.entries()):
            if file is None or size + len(lines) > MOST_BULK_BYTES:
                number, size = number + 1, 0
                stack.close()
                path = folder / f"bulk-{number:05d}.ndjson"
                file = stack.enter_context(path.open("wb"))
            file.write(lines)
            size += len(lines)
    _finish(given, folder)


def _postgres(given: _Counted, folder: Path) -> None:
    (folder / "schema.sql").write_text(schema_sql(), encoding="utf-8")
    (folder / "load.sql").write_text(LOAD_SQL, encoding="utf-8")
    with ExitStack() as stack:
        files = {name: stack.enter_context((folder / f"{name}.tsv").open("wb")) for name in TABLES}
        for table, line in table_rows(given.entries()):
            files[table].write(line)
    _finish(given, folder)


def _graph(given: _Counted, folder: Path) -> None:
    with given.index.reading() as db:
        graph = build_graph(db, given.wish.audience)
    given.count = sum(len(node.keys) for node in graph.nodes)
    (folder / "graph.json").write_bytes(to_json(graph))
    (folder / "graph.graphml").write_bytes(to_graphml(graph))
    (folder / "graph.svg").write_bytes(to_svg(graph, given.wish.language))
    _finish(given, folder)


FORMATS: dict[str, Callable[[_Counted, Path], None]] = {
    "jsonl": _jsonl,
    "opensearch": _opensearch,
    "postgresql": _postgres,
    "legislation": _legislation,
    "graph": _graph,
}

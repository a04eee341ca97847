"""``sohoa split``: the documents in a file that was scanned in one go."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from sohoa.archive.parts import find_parts, split_record
from sohoa.cli.messages import say
from sohoa.cli.results import Result, find_results
from sohoa.directive import Directive
from sohoa.model import Finding, Page
from sohoa.record import Record


def run(results: Path, originals: Sequence[Path], *, write: bool) -> None:
    """Tell the documents of each result; with ``write`` make each part a result beside it."""
    for result in find_results(results):
        parts = find_parts(result.record.pages) if result.record.pages else ()
        name = result.record.source.name
        if len(parts) < 2:
            print(say("split-one", name=name))
            continue
        for part in parts:
            place = {"first": part.first, "last": part.last}
            print(say("split-part", name=name, confidence=part.confidence, why=part.why, **place))
        if write:
            _write(result, split_record(result.record, parts, _understood), originals)


def _understood(
    pages: tuple[Page, ...],
) -> tuple[tuple[Page, ...], Directive, tuple[Finding, ...]]:
    from sohoa.structure import StructureSettings, understand

    found = understand(pages, StructureSettings())
    return found.pages, found.directive, found.findings


def _write(result: Result, records: Sequence[Record], originals: Sequence[Path]) -> None:
    """Each part in the formats of the whole; with the original at hand, its pages as a PDF, too."""
    from sohoa.export import export_result, formats_among, write_result
    from sohoa.originals import original_of
    from sohoa.read import open_source

    names = formats_among([path.name for path in result.folder.iterdir()])
    path = _original(result.record, originals)

    def put(number: int, files: dict[str, bytes]) -> None:
        write_result(result.folder.with_name(f"{result.folder.name}.{number}"), files)

    if path is None:
        if originals or "pdf" in names:
            print(say("split-no-original", name=result.record.source.name))
        for number, record in enumerate(records, start=1):
            put(number, export_result(record, None, names)[1])
        return
    with open_source([path], name=result.record.source.name) as source:
        original = original_of(source, [path])
        for number, record in enumerate(records, start=1):
            put(number, export_result(record, original, (*names, "pdf"))[1])


def _original(record: Record, originals: Sequence[Path]) -> Path | None:
    """The file that the record was read from, known by its bytes."""
    from sohoa.read import find_sources

    for found in find_sources(originals):
        path = found.paths[0]
        if found.skipped or path.stat().st_size != record.source.size_bytes:
            continue
        with path.open("rb") as stream:
            if hashlib.file_digest(stream, "sha256").hexdigest() == record.source.sha256:
                return path
    return None

"""Pages of a document that were read already, kept until the document is whole.

A worker that dies loses no more than the page it was at.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.model import Finding, Page, Severity
from sohoa.page_reading import PageReading

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@cache
def _adapter() -> TypeAdapter[PageReading]:
    from pydantic import TypeAdapter

    return TypeAdapter(PageReading)


class Spool:
    """Page readings on disk, by page number. ``sha256``: pages of another file are not taken."""

    def __init__(self, folder: Path, sha256: str) -> None:
        self._folder = folder / sha256[:16]
        self._folder.mkdir(exist_ok=True)

    def read(self, number: int) -> PageReading | None:
        """The reading of a page; None where it was not read yet, or not kept whole."""
        try:
            return _adapter().validate_json(self._path(number).read_bytes())
        except (OSError, ValueError):
            return None

    def __contains__(self, number: int) -> bool:
        return self._path(number).exists()

    def write(self, number: int, reading: PageReading) -> None:
        """Keep a reading; whole or not at all."""
        path = self._path(number)
        temporary = path.with_suffix(".new")
        temporary.write_bytes(_adapter().dump_json(reading))
        temporary.rename(path)

    def _path(self, number: int) -> Path:
        return self._folder / f"{number}.json"


def lost_page(number: int, why: str) -> PageReading:
    """An empty page in place of one that cannot be read, which says so."""
    finding = Finding("page-lost", Severity.ERROR, f"The page was passed over: {why}", number)
    return PageReading(Page(number, 0, 0, 0.0), (finding,))

"""What an export may ask of the original: its bytes, and its pages as pixels.

Exports never open files: whoever calls them hands this in (``sohoa.originals`` makes it).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sohoa.model import Finding, PageImage


@dataclass(frozen=True, slots=True, eq=False)
class OriginalFile:
    """One file of a source: its name, how many pages it gives, and its bytes when asked for."""

    name: str
    page_count: int
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Original:
    """The files of a source in page order.

    ``draw`` gives a page (number from 1) in the pixels that the record's boxes count in; None for
    a page that cannot be drawn (plain text, damage).
    """

    files: tuple[OriginalFile, ...]
    draw: Callable[[int], PageImage | None]

    def place(self, number: int) -> tuple[OriginalFile, int] | None:
        """The file that holds page ``number`` (from 1), and the page's index in it (from 0)."""
        index = number - 1
        for file in self.files:
            if 0 <= index < file.page_count:
                return file, index
            index -= file.page_count
        return None


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a file, and what must be told about how it was made."""

    data: bytes
    findings: tuple[Finding, ...] = ()

"""An open source as the exports see it: bytes and drawn pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sohoa.export.original import Original, OriginalFile
from sohoa.model import PageImage
from sohoa.read import Source


def original_of(source: Source, paths: Sequence[Path]) -> Original:
    """The original behind an open source; ``paths`` are the files it was opened from, in order."""

    def draw(number: int) -> PageImage | None:
        try:
            return source.page(number).image
        except IndexError:
            return None

    files = tuple(
        OriginalFile(path.name, part.page_count, path.read_bytes)
        for path, part in zip(paths, source.parts, strict=True)
    )
    return Original(files, draw)

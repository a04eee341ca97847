"""Text files: for those who have only the text, as an extractor or a portal leaves it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from sohoa.errors import SourceEmpty, SourceUnsupported
from sohoa.model import EmbeddedLayer, Finding, LayerVerdict, LineKind
from sohoa.read.extracted import kinds_of_lines
from sohoa.read.grid import GRID_DPI, lay_out, printable
from sohoa.read.legacy import find_legacy_encoding
from sohoa.read.pages import SourcePage
from sohoa.read.settings import ReadSettings
from sohoa.read.verdict import PageFacts, judge


@dataclass(slots=True)
class TextPart:
    """One text file; its pages end at form feeds."""

    name: str
    settings: ReadSettings
    page_count: int
    findings: tuple[Finding, ...]
    _pages: list[list[str]]
    _kinds: list[list[LineKind]]

    def page(self, index: int, number: int) -> SourcePage:
        """Lines on a made-up grid, without an image."""
        texts = self._pages[index]
        lines, width, height = lay_out(texts, self._kinds[index], number)
        tokens = [word.text for line in lines for word in line.words]
        witness = "\n".join(line.text for line in lines)
        layer = judge(tokens, PageFacts(is_picture=False, hidden=0.0, coverage=1.0), witness)
        if layer.verdict is LayerVerdict.NONE:
            layer = EmbeddedLayer(LayerVerdict.NONE, reason="an empty page of a text file")
        return SourcePage(number, None, layer, lines, width=width, height=height, dpi=GRID_DPI)

    def close(self) -> None:
        """Nothing is held open."""


def open_text(path: Path, name: str, settings: ReadSettings) -> TextPart:
    """Read a text file: UTF-8 (with or without a mark) or UTF-16 with its mark.

    ``SourceUnsupported`` for other encodings, named where they can be told; ``SourceEmpty`` where
    there is nothing but white space.
    """
    if path.stat().st_size > settings.max_text_megabytes * 1e6:
        raise SourceUnsupported(
            f"{name} is a text file of more than {settings.max_text_megabytes:g} MB.",
            remedy="Split it, one document to a file.",
        )
    text = decode(path.read_bytes(), name)
    if not text.strip():
        raise SourceEmpty(f"{name} holds nothing but white space.")
    pages = [
        [printable(line) for line in re.split(r"\r\n|[\n\r\v\x85\u2028\u2029]", page)]
        for page in text.split("\f")
    ]
    # A form feed after the last page ends it and begins none.
    while len(pages) > 1 and not any(pages[-1]):
        pages.pop()
    return TextPart(name, settings, len(pages), (), pages, kinds_of_lines(pages))


def decode(data: bytes, name: str) -> str:
    """The text of the bytes; ``SourceUnsupported`` says which old encoding it seems to be."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceUnsupported(
            f"{name} is text, but not in UTF-8 ({_guess(data)}; byte {error.start + 1}).",
            remedy="Convert it to UTF-8 (with UniKey's toolkit or iconv) and try again.",
        ) from None


def _guess(data: bytes) -> str:
    sample = data[:200_000]
    if sample.count(0) > len(sample) // 4:
        return "it looks like UTF-16 without a byte order mark"
    legacy = find_legacy_encoding(sample.decode("cp1252", errors="replace").split())
    if legacy is not None:
        return f"it looks like {legacy.value}"
    return "perhaps TCVN3, VNI or Windows-1258"

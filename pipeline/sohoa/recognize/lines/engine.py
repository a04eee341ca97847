"""The engine of our own: rows of print found, framed and read by the shipped network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import BBox, union_all
from sohoa.model import Line, PageImage, Word
from sohoa.recognize.lines.framing import Frame, cut, frame_row
from sohoa.recognize.lines.network import LineNetwork, network_version, read_line_network
from sohoa.recognize.lines.reading import ReadWord, read_words
from sohoa.recognize.lines.rows import Row, find_rows_of_print
from sohoa.recognize.settings import RecognizeSettings

if TYPE_CHECKING:
    from sohoa.model import Pixels

# A row read less surely than this, on the mean of its words, is no print of ours.
_LEAST_SURE = 0.25


@dataclass(frozen=True, slots=True)
class LineEngine:
    """Reads print in the typefaces of official papers; see ``docs/recognizer.md``.

    Of the settings only ``alternatives`` concerns it; it reads Vietnamese and plain Latin letters.
    """

    settings: RecognizeSettings = field(default_factory=RecognizeSettings)

    @property
    def name(self) -> str:
        return "lines"

    def version(self) -> str:
        return network_version()

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        """Lines of the whole image; see ``Engine.recognize`` for what holds after it."""
        grey = _grey(image.pixels)
        rows = find_rows_of_print(grey, image.dpi)
        return _read(read_line_network(), grey, rows)

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        """See ``Engine.recognize_lines``; of an image the row with the most print is read."""
        network = read_line_network() if images else None
        found: list[tuple[Line, ...]] = []
        for image in images:
            grey = _grey(image.pixels)
            rows = _main_row(find_rows_of_print(grey, image.dpi))
            found.append(_read(network, grey, rows) if network and rows else ())
        return tuple(found)


def _grey(pixels: Pixels) -> Pixels:
    if pixels.ndim == 2:
        return pixels
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), dtype=np.uint8)


def _main_row(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The pieces on the level of the longest row: above and below reach in from other lines."""
    if not rows:
        return ()
    longest = max(rows, key=lambda row: row.right - row.left)
    return tuple(
        row
        for row in rows
        if abs(row.level(row.left) - longest.level(row.left)) < 0.5 * longest.tall
    )


def _read(network: LineNetwork, grey: Pixels, rows: tuple[Row, ...]) -> tuple[Line, ...]:
    frames: list[Frame] = []
    owners: list[int] = []
    for index, row in enumerate(rows):
        pieces = [frame_row(grey, piece) for piece in cut(row)]
        frames += pieces
        owners += [index] * len(pieces)
    words: list[list[ReadWord]] = [[] for _ in rows]
    for frame, owner, chances in zip(frames, owners, network.chances(frames), strict=True):
        words[owner] += read_words(frame, chances)
    height, width = grey.shape
    lines = []
    count = 0
    for found in words:
        if not found or sum(word.confidence for word in found) < _LEAST_SURE * len(found):
            continue
        kept = []
        for word in found:
            bbox = word.bbox.clipped(width, height)
            kept.append(Word(f"w{count}", bbox, word.text, word.confidence, word.alternatives))
            count += 1
        lines.append(Line(_around(kept), tuple(kept)))
    return tuple(lines)


def _around(words: list[Word]) -> BBox:
    return union_all(word.bbox for word in words)

"""An engine that replays pages recorded before: all of the program but the reading of ink runs.

A page picture is small and carries its number as a strip of cells; the words come from a file of
templates, made of real records (``make_templates``).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sohoa.geometry import BBox
from sohoa.model import Line, PageImage, Word
from sohoa.recognize import RecognizeSettings
from sohoa.record import from_json

WIDTH, HEIGHT, DPI = 580, 820, 70.0
_CELL, _BITS = 12, 32
Template = list[list[list[Any]]]


def make_templates(records: Path) -> list[list[Template]]:
    """For each record below the folder, its pages: lines of [text, confidence, box in 0..1]."""
    documents = []
    for path in sorted(records.rglob("record.json")):
        record = from_json(path.read_bytes())
        pages = [
            [
                [
                    [word.recognized, word.confidence, *_share(word.bbox, page.width, page.height)]
                    for word in line.words
                    if " " not in word.recognized
                ]
                for line in page.lines()
                if line.words
            ]
            for page in record.pages
        ]
        if any(pages):
            documents.append(pages)
    return documents


def draw_page(template: int, serial: int) -> NDArray[np.uint8]:
    """A white page with a frame of text-like dashes, and its number in the strip at the top."""
    pixels = np.full((HEIGHT, WIDTH), 255, dtype=np.uint8)
    for bit in range(_BITS):
        if (template << 20 | serial) >> bit & 1:
            left = 20 + bit * _CELL
            pixels[4 : 4 + _CELL, left : left + _CELL] = 0
    pixels[60 : HEIGHT - 60 : 14, 60 : WIDTH - 60] = 0
    return pixels


@dataclass
class RecordedEngine:
    """Finds the number of a page in its strip, and gives that page's words."""

    templates: str
    name: str = "recorded"

    def version(self) -> str:
        return "1"

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        grey = image.pixels if image.pixels.ndim == 2 else image.pixels.min(axis=2)
        row = grey[4 + _CELL // 2]
        code = sum(int(row[20 + bit * _CELL + _CELL // 2] < 128) << bit for bit in range(_BITS))
        pages = _load(self.templates)
        return _lines(pages[(code >> 20) % len(pages)], code & 0xFFFFF, image)

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        return tuple(() for _ in images)


def make(settings: RecognizeSettings) -> RecordedEngine:
    """``languages`` is the path of the templates."""
    return RecordedEngine(settings.languages)


@cache
def _load(path: str) -> list[Template]:
    documents: list[list[Template]] = json.loads(Path(path).read_text(encoding="utf-8"))
    return [page for pages in documents for page in pages]


def _lines(template: Template, serial: int, image: PageImage) -> tuple[Line, ...]:
    lines, count, marked = [], 0, False
    for row in template:
        words = []
        for text, confidence, left, top, right, bottom in row:
            said = text
            if not marked and text.isdigit():
                # The paper's own number: no two documents are the same.
                said, marked = str(serial + 1), True
            box = BBox(
                int(left * image.width), int(top * image.height),
                int(right * image.width) + 1, int(bottom * image.height) + 1,
            ).clipped(image.width, image.height)  # fmt: skip
            words.append(Word(f"w{count}", box, said, confidence))
            count += 1
        if words:
            boxes = [word.bbox for word in words]
            frame = BBox(
                min(b.left for b in boxes), min(b.top for b in boxes),
                max(b.right for b in boxes), max(b.bottom for b in boxes),
            )  # fmt: skip
            lines.append(Line(frame, tuple(words)))
    return tuple(lines)


def _share(box: BBox, width: int, height: int) -> tuple[float, float, float, float]:
    return (
        round(box.left / width, 5), round(box.top / height, 5),
        round(box.right / width, 5), round(box.bottom / height, 5),
    )  # fmt: skip

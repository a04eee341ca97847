"""Printed rows: the lines of all pages as one list, taken apart where two columns run together.

Rules of structure work on rows, not on blocks: a letterhead may come as two columns, as one
merged line or as plain text, and only the place of the words on the page tells them apart.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from statistics import median

from sohoa.geometry import BBox, union_all
from sohoa.model import BlockKind, LineKind, Page, TextSource, Word
from sohoa.vietnamese import strip_marks


class Role(StrEnum):
    """What a row is to the document; ``BODY`` until a rule claims it."""

    BODY = "body"
    FURNITURE = "furniture"
    LETTERHEAD = "letterhead"
    MARK = "mark"
    TITLE = "title"
    ADDRESSEES = "addressees"
    RECIPIENTS = "recipients"
    SIGNATURE = "signature"
    COPY = "copy"
    ANNEX = "annex"


_ETH = str.maketrans("ÐƉðɖ", "ĐĐđđ")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Lower case without marks, one character for each character of NFC ``text``."""
    folded = strip_marks(text.translate(_ETH)).lower()
    return folded if len(folded) == len(text) else text.lower()


@dataclass(frozen=True, slots=True)
class Row:
    """Words that are read as one printed line of one column.

    ``index`` is its place in reading order; ``line`` the place of the printed line it comes from
    (page index, line index on that page); ``cell`` is set for rows of tables.
    """

    index: int
    page: int
    bbox: BBox
    words: tuple[Word, ...]
    line: tuple[int, int]
    cell: tuple[int, int, int] | None = None
    kind: LineKind = LineKind.TEXT
    role: Role = Role.BODY
    text: str = field(init=False)
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        text = " ".join(word.text for word in self.words)
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "folded", fold(text))

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(word.id for word in self.words)

    @property
    def confidence(self) -> float:
        """Mean confidence 0..1 of the words, weighed by their length."""
        letters = sum(len(word.text) for word in self.words)
        return sum(len(word.text) * word.confidence for word in self.words) / max(1, letters)

    @property
    def core(self) -> str:
        """The text without specks at its ends: pieces of fewer than two letters or digits."""
        texts = [word.text for word in self.words]
        while texts and sum(c.isalnum() for c in texts[0]) < 2:
            texts.pop(0)
        while texts and sum(c.isalnum() for c in texts[-1]) < 2:
            texts.pop()
        return " ".join(texts).strip(" .,:;*|'\"_-–—~=‘’^ˆ`<>")

    @property
    def is_caps(self) -> bool:
        """Whether (nearly) all letters are capitals, and there are at least two."""
        letters = [c for c in self.text if c.isalpha()]
        return len(letters) > 1 and sum(c.isupper() for c in letters) >= 0.85 * len(letters)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text area of a page in pixels: where full lines begin and end, how high lines are.

    ``plain`` marks a page made from a text file, whose boxes are made up.
    """

    page: int
    width: int
    height: int
    left: int
    right: int
    line_height: float
    pitch: float
    plain: bool = False

    @property
    def text_width(self) -> int:
        return max(1, self.right - self.left)

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    def share(self, x: float) -> float:
        """The place of ``x`` on the line: 0 at the left margin, 1 at the right one."""
        return (x - self.left) / self.text_width


# A gap this many line heights wide parts two columns (words of one line stand closer).
_COLUMN_GAP = 3.2
_BLANK_AFTER = re.compile(r"^\W*(?:so|ngay|thang|nam|s6|luat so)\W*$")
_BLANK_BEFORE = re.compile(r"^\W*(?:/|-|thang\b|nam\b|ngay\b)")


def rows_of(pages: tuple[Page, ...]) -> tuple[Row, ...]:
    """All rows of all pages in the order of the pages' blocks."""
    rows: list[Row] = []
    for page_index, page in enumerate(pages):
        for row in _page_rows(page, page_index):
            rows.append(_numbered(row, len(rows)))
    return tuple(rows)


def _numbered(row: Row, index: int) -> Row:
    return Row(index, row.page, row.bbox, row.words, row.line, row.cell, row.kind)


def _page_rows(page: Page, page_index: int) -> Iterator[Row]:
    line_index = -1
    for block_index, block in enumerate(page.blocks):
        for line in block.lines:
            line_index += 1
            place = (page_index, line_index)
            kind = line.kind
            pieces = [line.words] if block.kind is BlockKind.TABLE else split_columns(line.words)
            for words in pieces:
                if words:
                    box = union_all(word.bbox for word in words)
                    yield Row(0, page.number, box, words, place, None, kind)
        for cell in block.cells:
            for line in cell.lines:
                line_index += 1
                if line.words:
                    where = (block_index, cell.row, cell.column)
                    yield Row(
                        0, page.number, line.bbox, line.words, (page_index, line_index), where,
                        line.kind,
                    )  # fmt: skip


def split_columns(words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    """The words of one line, parted at gaps that only two columns leave.

    The blank of a pen-written number or day ("Số:      /QĐ-UBND") parts nothing.
    """
    if len(words) < 2:
        return [words]
    height = max(1.0, median(word.bbox.height for word in words))
    pieces: list[list[Word]] = [[words[0]]]
    for before, word in itertools.pairwise(words):
        gap = word.bbox.left - before.bbox.right
        blank = _BLANK_AFTER.match(fold(before.text)) or _BLANK_BEFORE.match(fold(word.text))
        if gap > _COLUMN_GAP * height and not (blank and gap < 12 * height):
            pieces.append([])
        pieces[-1].append(word)
    return [tuple(piece) for piece in pieces]


def sheets_of(pages: tuple[Page, ...], rows: tuple[Row, ...]) -> tuple[Sheet, ...]:
    """The text area of each page, measured on its long rows (all rows where there are none)."""
    sheets = []
    for page in pages:
        own = [row for row in rows if row.page == page.number and row.cell is None]
        own = [row for row in own if row.kind is LineKind.TEXT] or own
        heights = [row.bbox.height for row in own]
        height = median(heights) if heights else page.height / 60
        wide = [row for row in own if row.bbox.width > 0.5 * page.width]
        if len(wide) < 3 and own:
            longest = max(row.bbox.width for row in own)
            wide = [row for row in own if row.bbox.width > 0.8 * longest]
        right = _quantile([row.bbox.right for row in wide], 0.7, page.width - page.width // 12)
        left = _left_margin(own, wide, right, page.width)
        if len([row for row in own if row.bbox.width > 0.6 * page.width]) < 2:
            # A page of short rows only: the outermost of them show the margins.
            left = min([left, *(row.bbox.left for row in own)])
            right = max([right, *(row.bbox.right for row in own)])
        tops = sorted(row.bbox.top for row in wide)
        steps = [b - a for a, b in itertools.pairwise(tops) if b - a > 0.6 * height]
        pitch = median(steps) if steps else 1.5 * height
        plain = page.source is TextSource.PLAIN
        sheets.append(
            Sheet(
                page.number,
                page.width,
                page.height,
                left,
                max(left + 1, right),
                float(height),
                float(pitch),
                plain,
            )
        )
    return tuple(sheets)


def _left_margin(rows: list[Row], wide: list[Row], right: int, width: int) -> int:
    """Where rows begin that go on with the row above: never a first line, so never indented."""
    going_on = [
        row.bbox.left
        for before, row in pairwise(rows)
        if before.bbox.right > right - 0.03 * width
        and before.text[-1:].isalnum()
        and row.text[:1].islower()
        and 0 < row.bbox.top - before.bbox.top < 3 * max(1, before.bbox.height)
        and before.bbox.width > 0.4 * width
    ]
    if len(going_on) >= 2 or (going_on and len(wide) < 4):
        return int(median(going_on))
    return _quantile([row.bbox.left for row in wide], 0.1 if len(wide) > 9 else 0.0, width // 8)


def _quantile(values: list[int], share: float, default: int) -> int:
    if not values:
        return default
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

"""Words on pages: frozen values, in the pixels of the page as first rendered."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from sohoa.geometry import BBox, Transform

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


class Severity(StrEnum):
    """How much a finding matters to the person who must decide."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a person should know about a document: data, not an exception.

    ``code`` is stable and kebab-case; ``message`` is English (people's pages translate by code).
    """

    code: str
    severity: Severity
    message: str
    page: int | None = None
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of a word, with the stage that made it and how sure it was (0..1).

    ``before`` may hold spaces where several engine words became one.
    """

    stage: str
    before: str
    after: str
    confidence: float
    reason: str

    def __post_init__(self) -> None:
        if self.before == self.after:
            raise ValueError(f"an edit that changes nothing: {self.before!r}")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a word, with its own confidence 0..1."""

    text: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Word:
    """The OCR word (ALTO String): in Vietnamese usually one syllable (tiếng).

    Always true: ``text`` is NFC, not empty, without white space; ``edits`` lead from the engine's
    reading (``recognized``) to ``text``.
    """

    id: str
    bbox: BBox
    text: str
    confidence: float
    alternatives: tuple[Alternative, ...] = ()
    edits: tuple[Edit, ...] = ()

    def __post_init__(self) -> None:
        if not self.text or any(character.isspace() for character in self.text):
            raise ValueError(f"not a word: {self.text!r}")
        if not unicodedata.is_normalized("NFC", self.text):
            raise ValueError(f"not NFC: {self.text!r}")
        if not 0.0 <= self.confidence <= 1.0:
            raise ValueError(f"confidence out of 0..1: {self.confidence}")
        steps = [*(edit.before for edit in self.edits[1:]), self.text]
        if self.edits and [edit.after for edit in self.edits] != steps:
            raise ValueError(f"edits do not lead to {self.text!r}")

    @property
    def recognized(self) -> str:
        """What the engine (or the embedded text) said first."""
        return self.edits[0].before if self.edits else self.text

    def edited(self, stage: str, after: str, *, confidence: float, reason: str) -> Word:
        """Derive the word that reads ``after``, with the edit written down."""
        edit = Edit(stage, self.text, after, confidence, reason)
        return replace(self, text=after, edits=(*self.edits, edit))


class LineKind(StrEnum):
    """What a printed line is to the page; only ``TEXT`` lines are the document's own text."""

    TEXT = "text"
    FOLIO = "folio"  # page number
    OWNERSHIP = "ownership"  # "Tài liệu này thuộc sở hữu của các cơ quan Đảng …"
    ESIGN = "esign"  # visible text of a digital signature
    STAMP = "stamp"  # text of a rubber stamp or a routing note laid over the page
    SEAL = "seal"  # text read inside a seal
    HANDWRITING = "handwriting"
    NOISE = "noise"  # specks, rules and borders read as characters
    PORTAL = "portal"  # lines that a portal or a text extractor added


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one baseline, left to right."""

    bbox: BBox
    words: tuple[Word, ...]
    kind: LineKind = LineKind.TEXT

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; rows and columns count from 0."""

    row: int
    column: int
    bbox: BBox
    lines: tuple[Line, ...] = ()
    row_span: int = 1
    column_span: int = 1

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


class BlockKind(StrEnum):
    TEXT = "text"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that stand together (a column, a paragraph, a table), in reading order.

    A ``TABLE`` block keeps its lines in ``cells`` (row-major) and has no ``lines``.
    """

    bbox: BBox
    lines: tuple[Line, ...] = ()
    kind: BlockKind = BlockKind.TEXT
    cells: tuple[Cell, ...] = ()

    def all_lines(self) -> Iterator[Line]:
        yield from self.lines
        for cell in self.cells:
            yield from cell.lines


def map_block(
    block: Block, line: Callable[[Line], Line], box: Callable[[BBox], BBox] = lambda box: box
) -> Block:
    """The block with each line, in cells too, changed by ``line``, and its own boxes by ``box``."""
    return replace(
        block,
        bbox=box(block.bbox),
        lines=tuple(line(each) for each in block.lines),
        cells=tuple(
            replace(cell, bbox=box(cell.bbox), lines=tuple(line(each) for each in cell.lines))
            for cell in block.cells
        ),
    )


def map_boxes(block: Block, box: Callable[[BBox], BBox]) -> Block:
    """The block with every box in it changed by ``box``; words and order stay."""

    def line(old: Line) -> Line:
        words = tuple(replace(word, bbox=box(word.bbox)) for word in old.words)
        return replace(old, bbox=box(old.bbox), words=words)

    return map_block(block, line, box)


def numbered(blocks: tuple[Block, ...], page: int) -> tuple[Block, ...]:
    """The blocks with word ids ``p<page>w<n>``, counted from 1 in reading order."""
    ids = (f"p{page}w{count}" for count in itertools.count(1))

    def line(old: Line) -> Line:
        return replace(old, words=tuple(replace(word, id=next(ids)) for word in old.words))

    return tuple(map_block(block, line) for block in blocks)


class LayerVerdict(StrEnum):
    """What the text that came inside the file is worth."""

    NONE = "none"
    STAMP = "stamp"  # only the text of a signature stamp on a scanned page
    FOREIGN = "foreign"  # made by an OCR that knew no Vietnamese
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class EmbeddedLayer:
    """The embedded text of one page, with its verdict and what the verdict rests on.

    ``valid_syllables``: share of letter tokens that are Vietnamese syllables; ``symbols_inside``:
    share of tokens with a digit or symbol between letters; ``coverage``: share of the page's inked
    area that the text boxes cover. All 0..1. ``text`` is kept as a witness.
    """

    verdict: LayerVerdict
    text: str = ""
    valid_syllables: float = 0.0
    symbols_inside: float = 0.0
    coverage: float = 0.0
    reason: str = ""


class TextSource(StrEnum):
    """Where the words of a page come from."""

    OCR = "ocr"
    EMBEDDED = "embedded"
    PLAIN = "plain"  # a text file: boxes are made up, there is no ink
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Page:
    """One page: size in pixels, resolution, and its blocks in reading order.

    ``angle_deg``: how far the text stood from upright before it was levelled, clockwise.
    ``orientation_confidence`` is None where the page was not turned and nothing asked.
    """

    number: int
    width: int
    height: int
    dpi: float
    blocks: tuple[Block, ...] = ()
    source: TextSource = TextSource.NOTHING
    layer: EmbeddedLayer = field(default_factory=lambda: EmbeddedLayer(LayerVerdict.NONE))
    angle_deg: float = 0.0
    orientation_confidence: float | None = None

    def lines(self) -> Iterator[Line]:
        """All lines in reading order, table cells row by row."""
        for block in self.blocks:
            yield from block.all_lines()

    def words(self) -> Iterator[Word]:
        for line in self.lines():
            yield from line.words


@dataclass(frozen=True, slots=True, eq=False)
class PageImage:
    """The pixels of a page: uint8, H x W (grey) or H x W x 3 (RGB).

    ``to_page`` maps these pixels to the page as first rendered; each geometric clean-up composes
    it.
    """

    number: int
    pixels: Pixels
    dpi: float
    to_page: Transform = field(default_factory=Transform)

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        return int(self.pixels.shape[0])

"""Plain text laid on a made-up grid of equal cells, so that columns made with blanks stay apart."""

from __future__ import annotations

import re
import unicodedata

from sohoa.geometry import BBox, union_all
from sohoa.model import Line, LineKind, Word
from sohoa.read.lines import bridges_gap
from sohoa.vietnamese import nfc

# A cell is as 13-point type at 100 dots per inch would be, so that sizes and gaps look like print.
CELL_WIDTH, CELL_HEIGHT, LETTER_HEIGHT = 10, 24, 18
GRID_DPI = 100.0
MARGIN_CELLS = 4
_TAB = 8
# Two blanks happen in justified text; three part columns.
_COLUMN_GAP = 3


def printable(text: str) -> str:
    """NFC, tabs as blanks to the next stop, without control and format characters."""
    composed = nfc(text.replace("\u00a0", " ").replace("\u00ad", ""))
    kept = "".join(
        character
        for character in composed.expandtabs(_TAB)
        if unicodedata.category(character) not in ("Cc", "Cf", "Cs")
    )
    return nfc(kept).rstrip()


def lay_out(
    texts: list[str], kinds: list[LineKind], page: int
) -> tuple[tuple[Line, ...], int, int]:
    """Lines of words with grid boxes, and the grid's width and height in pixels.

    A printed line with a wide run of blanks becomes several lines side by side, unless the run is
    a gap left for a number or a day. Rows count empty lines too: distances mean what they meant.
    """
    found: list[Line] = []
    count = 0
    widest = max((len(text) for text in texts), default=0)
    for row, (text, kind) in enumerate(zip(texts, kinds, strict=True)):
        for column in _columns(text):
            words = []
            for start, token in column:
                count += 1
                words.append(Word(f"p{page}w{count}", _cell(row, start, len(token)), token, 1.0))
            found.append(Line(union_all(word.bbox for word in words), tuple(words), kind))
    width = (widest + 2 * MARGIN_CELLS) * CELL_WIDTH
    height = (len(texts) + 2 * MARGIN_CELLS) * CELL_HEIGHT
    return tuple(found), width, height


def _cell(row: int, start: int, length: int) -> BBox:
    left = (start + MARGIN_CELLS) * CELL_WIDTH
    top = (row + MARGIN_CELLS) * CELL_HEIGHT
    return BBox(left, top, left + length * CELL_WIDTH, top + LETTER_HEIGHT)


def _columns(text: str) -> list[list[tuple[int, str]]]:
    columns: list[list[tuple[int, str]]] = []
    end = 0
    for match in re.finditer(r"\S+", text):
        start, token = match.start(), match.group()
        gap = start - end
        if columns and (gap < _COLUMN_GAP or bridges_gap(columns[-1][-1][1], token)):
            columns[-1].append((start, token))
        else:
            columns.append([(start, token)])
        end = match.end()
    return columns

"""From an engine's words to printed rows, each cut into the pieces that stand apart."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from statistics import median

from sohoa.geometry import BBox, union_all
from sohoa.model import Line, Word
from sohoa.vietnamese import is_syllable

# A gap of this many line heights parts two pieces of a row (a word space is a quarter of one).
_PIECE_GAP = 1.6
_OUTER_PUNCTUATION = ".,;:!?()[]\"'“”‘’/-…*_~"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words side by side on one row without a wide gap between them."""

    bbox: BBox
    words: tuple[Word, ...]

    def line(self) -> Line:
        return Line(self.bbox, self.words)


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces of one printed row, left to right."""

    bbox: BBox
    pieces: tuple[Piece, ...]


def typical_height(words: Iterable[Word]) -> float:
    """Median height of words with two letters or more, in pixels; 1.0 where there are none."""
    heights = [word.bbox.height for word in words if len(word.text) > 1]
    return max(1.0, median(heights)) if heights else 1.0


def looks_like_text(word: Word) -> bool:
    """Whether a word can be trusted to be print, rather than a stroke or speck read as letters."""
    bare = word.text.strip(_OUTER_PUNCTUATION)
    if not bare:
        return False
    if is_syllable(bare) or bare.isdigit():
        return len(bare) > 1 or word.confidence > 0.6
    if _is_list(bare):
        return word.confidence > 0.2
    # One or two letters that are no syllable are mostly strokes; abbreviations are longer.
    return word.confidence >= (0.5 if len(bare) > 2 else 0.85)


def without_words(lines: Iterable[Line], gone: Collection[str]) -> tuple[Line, ...]:
    """The lines without the words of those ids; a line that loses all of them goes, too."""
    kept = []
    for line in lines:
        words = tuple(word for word in line.words if word.id not in gone)
        if len(words) == len(line.words):
            kept.append(line)
        elif words:
            kept.append(replace(line, words=words, bbox=union_all(word.bbox for word in words)))
    return tuple(kept)


def lies_on(word: Word, box: BBox) -> bool:
    """Whether most of the word lies in the box, or most of the box in the word."""
    return word.bbox.share_inside(box) > 0.5 or box.share_inside(word.bbox) > 0.5


def _is_list(text: str) -> bool:
    """Abbreviations and syllables with commas and no blank between them: strokes read otherwise."""
    parts = text.split(",")
    return len(parts) > 1 and all(
        (part.isupper() and part.isalpha() and 1 < len(part) <= 8) or is_syllable(part)
        for part in parts
    )


def find_rows(lines: Iterable[Line], height: float) -> tuple[Row, ...]:
    """Rows top to bottom. Engine lines are cut at wide gaps, and pieces at one level are joined.

    ``height`` is the typical word height. Every word comes back exactly once.
    """
    pieces = [piece for line in lines for piece in _pieces(line.words, height)]
    pieces.sort(key=lambda piece: (piece.bbox.center_y, piece.bbox.left))
    rows: list[list[Piece]] = []
    for piece in pieces:
        row = next((row for row in reversed(rows[-6:]) if _same_row(row, piece)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    found = [
        Row(
            union_all(piece.bbox for piece in row),
            tuple(sorted(row, key=lambda piece: (piece.bbox.left, piece.bbox.top))),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda row: (row.bbox.center_y, row.bbox.left)))


def _pieces(words: tuple[Word, ...], height: float) -> list[Piece]:
    pieces: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.bbox.left):
        if pieces and word.bbox.left - pieces[-1][-1].bbox.right <= _PIECE_GAP * height:
            pieces[-1].append(word)
        else:
            pieces.append([word])
    return [Piece(union_all(word.bbox for word in group), tuple(group)) for group in pieces]


def _same_row(row: list[Piece], piece: Piece) -> bool:
    """Whether the piece stands at the level of the row and beside all of its pieces."""
    for other in row:
        shared = min(other.bbox.right, piece.bbox.right) - max(other.bbox.left, piece.bbox.left)
        if shared > 0.3 * min(other.bbox.width, piece.bbox.width):
            return False
    nearest = min(row, key=lambda other: abs(other.bbox.center_x - piece.bbox.center_x))
    return nearest.bbox.vertical_overlap(piece.bbox) > 0.5

"""From pieces of embedded text to lines of words in the pixels of the page image.

After it: words of one line stand on one baseline, in reading direction; two columns that were drawn
one after the other (letterhead, signature block, table cells) are two lines; a number or a day that
a form field draws into the gap left for it stands in its line. Left alone: the order in which the
file draws its lines, unless that order runs up the page again and again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from sohoa.geometry import BBox, union_all
from sohoa.model import Line, LineKind, Word
from sohoa.read.pieces import Piece, along

# Shares of the font size.
_TOUCHING = 0.08  # fallback glyphs of one syllable
_NEIGHBOUR = 0.5  # words drawn apart that still are one line
_COLUMN = 3.0  # words drawn together that are two columns all the same
_MOST_SEGMENTS = 5000  # a page with more is no page of text
_RUNS_UPWARD = 0.2  # share of lines drawn far above the one before

_BEFORE_NUMBER = re.compile(r"(?:số:?|:)$", re.IGNORECASE)


def bridges_gap(left: str, right: str) -> bool:
    """Whether a wide gap between two words is one left for a number or a day, not for a column.

    ``Số:      /QĐ-UBND``, ``ngày      tháng      năm 2025``.
    """
    if re.match(r"^(?:tháng|năm)$", right, re.IGNORECASE):
        return True
    if re.match(r"^[/\-–]\S", right):
        return _BEFORE_NUMBER.search(left) is not None
    return left.lower() in ("ngày", "tháng", "năm") and right[:1].isdigit()


# Turn, then start, upper side, end and lower side in reading direction.
Extent: TypeAlias = tuple[int, float, float, float, float]


@dataclass(frozen=True, slots=True)
class Frame:
    """How points of the shown page become pixels, how words are named, and what parts them.

    ``shown``: the part of the page (left, top, right, bottom, in points) that fills ``width`` by
    ``height`` pixels. ``rules``: upright rules as x, top, bottom, in points, sorted.
    """

    page: int
    shown: tuple[float, float, float, float]
    width: int
    height: int
    rules: tuple[tuple[float, float, float], ...] = ()

    def parted(self, a: Piece, b: Piece) -> bool:
        """Whether an upright rule (a table border) stands between two pieces of a row."""
        left, right = (a, b) if a.left <= b.left else (b, a)
        middle = (left.top + left.bottom) / 2
        begin = bisect_left(self.rules, (left.right - 1.5,))
        end = bisect_right(self.rules, (right.left + 1.5,))
        return any(top <= middle <= bottom for _, top, bottom in self.rules[begin:end])

    def bbox(self, left: float, top: float, right: float, bottom: float) -> BBox:
        across = self.width / (self.shown[2] - self.shown[0])
        down = self.height / (self.shown[3] - self.shown[1])
        box = BBox(
            round((left - self.shown[0]) * across),
            round((top - self.shown[1]) * down),
            round((max(left, right) - self.shown[0]) * across),
            round((max(top, bottom) - self.shown[1]) * down),
        )
        return box.clipped(self.width, self.height)


def build_lines(
    pieces: Sequence[Piece], frame: Frame, kind_of: Callable[[int], LineKind], confidence: float
) -> tuple[Line, ...]:
    """Lines of words, in the order of drawing; ``kind_of`` gives the kind by a piece's owner."""
    segments: list[list[Piece]] = []
    for kind in LineKind:
        own = [piece for piece in pieces if kind_of(piece.owner) is kind]
        segments.extend(_merged(_segments(own, frame), frame))
    found = []
    count = 0
    for segment in _in_order(segments):
        words = []
        for piece in _joined(segment):
            count += 1
            box = frame.bbox(piece.left, piece.top, piece.right, piece.bottom)
            words.append(Word(f"p{frame.page}w{count}", box, piece.text, confidence))
        bbox = union_all(word.bbox for word in words)
        found.append(Line(bbox, tuple(words), kind_of(segment[0].owner)))
    return tuple(found)


def _place(piece: Piece) -> tuple[float, float, float, float]:
    return along(piece.turn, (piece.left, piece.top, piece.right, piece.bottom))


def _same_row(a: Piece, b: Piece) -> bool:
    if a.turn != b.turn:
        return False
    _, top_a, _, bottom_a = _place(a)
    _, top_b, _, bottom_b = _place(b)
    shared = min(bottom_a, bottom_b) - max(top_a, top_b)
    return shared >= 0.5 * max(min(bottom_a - top_a, bottom_b - top_b), 0.1)


def _gap(a: Piece, b: Piece) -> float:
    """Distance from the end of ``a`` to the start of ``b`` in reading direction, in font sizes."""
    return (_place(b)[0] - _place(a)[2]) / max(a.size, b.size, 0.1)


def _segments(pieces: Sequence[Piece], frame: Frame) -> list[list[Piece]]:
    """Runs of pieces drawn one after another along a row."""
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.owner, piece.order)):
        if found:
            last = found[-1][-1]
            near = -_TOUCHING * 3 <= _gap(last, piece) <= _COLUMN
            if (
                last.owner == piece.owner
                and _same_row(last, piece)
                and not frame.parted(last, piece)
                and (near or (_gap(last, piece) > 0 and bridges_gap(last.text, piece.text)))
            ):
                found[-1].append(piece)
                continue
        found.append([piece])
    return found


def _merged(segments: list[list[Piece]], frame: Frame) -> list[list[Piece]]:
    """Segments of one row that touch, or that fill each other's gaps, become one."""
    if len(segments) > _MOST_SEGMENTS:
        return segments
    done: list[tuple[Extent, list[Piece]]] = []
    for segment in sorted(segments, key=lambda segment: (segment[0].owner >= 0, _start(segment))):
        current = segment
        place = _extent(current)
        index = len(done) - 1
        while index >= 0:
            other_place, other = done[index]
            if _may_meet(place, other_place) and _fits_in(other, current, frame):
                del done[index]
                current = sorted([*other, *current], key=lambda piece: _place(piece)[0])
                place = _extent(current)
                index = len(done)
            index -= 1
        done.append((place, current))
    return [segment for _, segment in done]


def _extent(segment: Sequence[Piece]) -> Extent:
    places = [_place(piece) for piece in segment]
    reach = _COLUMN * max(piece.size for piece in segment)
    return (
        segment[0].turn,
        min(place[0] for place in places) - reach,
        min(place[1] for place in places),
        max(place[2] for place in places) + reach,
        max(place[3] for place in places),
    )


def _may_meet(a: Extent, b: Extent) -> bool:
    """A quick no for most pairs; a page of tables has thousands."""
    return a[0] == b[0] and a[1] <= b[3] and b[1] <= a[3] and a[2] <= b[4] and b[2] <= a[4]


def _start(segment: Sequence[Piece]) -> float:
    return _place(segment[0])[0]


def _fits_in(a: Sequence[Piece], b: Sequence[Piece], frame: Frame) -> bool:
    """Whether two segments of a row are one line: neighbours all along, nowhere on top."""
    if a[0].turn != b[0].turn or not any(_same_row(first, b[0]) for first in a):
        return False
    mixed = sorted(
        [(piece, 0) for piece in a] + [(piece, 1) for piece in b], key=lambda it: _place(it[0])[0]
    )
    for (left, of_left), (right, of_right) in pairwise(mixed):
        if of_left == of_right:
            continue
        gap = _gap(left, right)
        drawn_by_field = left.owner >= 0 or right.owner >= 0
        widest = _COLUMN if drawn_by_field else _NEIGHBOUR
        if not -0.35 <= gap <= widest or not _same_row(left, right) or frame.parted(left, right):
            return False
    return True


def _joined(segment: Sequence[Piece]) -> list[Piece]:
    """Pieces of one line in reading direction; those that touch without a blank become one."""
    found: list[Piece] = []
    for piece in sorted(segment, key=lambda piece: _place(piece)[0]):
        if found:
            last = found[-1]
            apart = piece.blank_before and piece.order == last.order + 1
            if last.owner == piece.owner and not apart and _gap(last, piece) < _TOUCHING:
                found[-1] = _glued(last, piece)
                continue
        found.append(piece)
    return found


def _glued(a: Piece, b: Piece) -> Piece:
    return replace(
        a,
        text=a.text + b.text,
        left=min(a.left, b.left),
        top=min(a.top, b.top),
        right=max(a.right, b.right),
        bottom=max(a.bottom, b.bottom),
        size=max(a.size, b.size),
        order=max(a.order, b.order),
    )


def _in_order(segments: list[list[Piece]]) -> list[list[Piece]]:
    """Lines as drawn; by place on the page where the drawing order means nothing."""
    own = [segment for segment in segments if any(piece.owner < 0 for piece in segment)]
    own.sort(key=lambda segment: min(piece.order for piece in segment if piece.owner < 0))
    jumps = sum(
        after[0].bottom < before[0].top - 3 * before[0].size for before, after in pairwise(own)
    )
    if own and jumps > max(3, _RUNS_UPWARD * len(own)):
        own.sort(key=lambda segment: (round(segment[0].top), segment[0].left))
    drawn = [segment for segment in segments if all(piece.owner >= 0 for piece in segment)]
    drawn.sort(key=lambda segment: (segment[0].owner, segment[0].order))
    return own + drawn

"""Ink that was read twice: in two lines that lie over each other.

On crooked pages, and where rows stand close, an engine may give the same words in two lines, and
a row that is read by itself may be a piece of another line too. Text that stands once on the paper
must stand once in the result.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from rapidfuzz.distance import Levenshtein

from sohoa.geometry import BBox, union_all
from sohoa.model import Alternative, Line, Word
from sohoa.vietnamese import strip_marks

# Boxes of one printed word in two lines share this much of the ground that they cover together;
# neighbours on a crooked page, whose boxes touch, share far less.
_SAME_INK = 0.45
# Readings nearer than this are two looks at the same letters.
_ALIKE = 0.5
# A piece of a word lies so far inside its box, and is at least this part as tall: specks that were
# read inside a letter are not.
_INSIDE = 0.9
_TALL = 0.45
_DISPUTED = 0.45  # the most that figures are worth of which another look saw others

Pairs = tuple[tuple[int, int], ...]


def without_doubles(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines with each printed word in one of them only; their order is kept.

    Boxes are in one space, whichever. Of two lines with the same words the one that read more, and
    more surely, keeps them; what the other read beside them on the same row joins it. A lone word
    over an unlike one stays where it is surer. What goes is kept as an alternative of what stays;
    a line that is but a piece of another's word goes without.
    """
    lines = tuple(line for line in lines if not _is_fragment(line, lines))
    for first, second in _meeting(lines):
        one, other = lines[first], lines[second]
        if same := tuple(_same_ink(one, other)):
            one, other = _parted(one, other, same)
            lines = (*lines[:first], one, *lines[first + 1 : second], other, *lines[second + 1 :])
    return tuple(line for line in lines if line.words)


def _parted(one: Line, other: Line, same: Pairs) -> tuple[Line, Line]:
    """Both lines without the words that they share; one of them may be left without words."""
    if _trust(one) < _trust(other):
        other, one = _parted(other, one, tuple((j, i) for i, j in same))
        return one, other
    ours, theirs = list(one.words), list(other.words)
    gone: tuple[set[int], set[int]] = (set(), set())
    for i, j in same:
        a, b = one.words[i], other.words[j]
        if _alike(a, b) or a.confidence >= b.confidence:
            gone[1].add(j)
            ours[i] = _with(ours[i], b)
        else:
            gone[0].add(i)
            theirs[j] = _with(theirs[j], a)
    kept = [word for i, word in enumerate(ours) if i not in gone[0]]
    rest = [word for j, word in enumerate(theirs) if j not in gone[1]]
    twice = sum(_alike(one.words[i], other.words[j]) for i, j in same)
    if twice > 1:
        whole = [a for a in kept if not any(_is_piece(a, b) for b in rest)]
        if not any(_shares_column(a, b) for a in whole for b in rest):
            # It is one printed row, of which each line has a part.
            kept, rest = sorted([*whole, *rest], key=lambda word: word.bbox.left), []
    return _line(one, kept), _line(other, rest)


def _trust(line: Line) -> float:
    return sum(word.confidence for word in line.words)


def _alike(a: Word, b: Word) -> bool:
    return Levenshtein.normalized_similarity(a.text, b.text) > _ALIKE


def _shares_column(a: Word, b: Word) -> bool:
    """Whether one word stands above the other, not beside it; strokes of the edge say nothing."""
    if not all(any(map(str.isalnum, word.text)) for word in (a, b)):
        return False
    shared = min(a.bbox.right, b.bbox.right) - max(a.bbox.left, b.bbox.left)
    return 2 * shared > min(a.bbox.width, b.bbox.width)


def _line(line: Line, words: list[Word]) -> Line:
    if not words:
        return replace(line, words=())
    if len(words) == len(line.words):
        return replace(line, words=tuple(words))
    return replace(line, words=tuple(words), bbox=union_all(word.bbox for word in words))


def _with(word: Word, other: Word) -> Word:
    if _figures(other.text) != _figures(word.text):
        # Two looks that see different figures: neither may pass for sure.
        word = replace(word, confidence=min(word.confidence, other.confidence, _DISPUTED))
    if other.text in {word.text, *(each.text for each in word.alternatives)}:
        return word
    heard = Alternative(other.text, other.confidence)
    return replace(word, alternatives=(*word.alternatives, heard))


def _figures(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _is_fragment(line: Line, lines: tuple[Line, ...]) -> bool:
    """Whether the line is one word whose letters lie inside a word of another line."""
    if len(line.words) != 1:
        return False
    (lone,) = line.words
    box = lone.bbox
    return any(
        _is_piece(lone, word)
        for each in lines
        if each is not line and each.bbox.intersection_area(box)
        for word in each.words
    )


def _is_piece(piece: Word, word: Word) -> bool:
    """Whether a word lies inside a larger one of about its height, and has some of its letters.

    A word that says anything else, as a figure, is none: it may have been read there alone.
    """
    box, whole = piece.bbox, word.bbox
    inside = box.share_inside(whole) > _INSIDE and box.area < whole.area
    said = strip_marks(piece.text).lower() in strip_marks(word.text).lower()
    return inside and said and _TALL * whole.height < box.height


def _meeting(lines: tuple[Line, ...]) -> Iterator[tuple[int, int]]:
    """Pairs of lines whose boxes share ground."""
    for (first, one), (second, other) in combinations(enumerate(lines), 2):
        if one.bbox.intersection_area(other.bbox):
            yield first, second


def _same_ink(one: Line, other: Line) -> Iterator[tuple[int, int]]:
    for i, a in enumerate(one.words):
        for j, b in enumerate(other.words):
            if _shared(a.bbox, b.bbox) > _SAME_INK:
                yield i, j


def _shared(a: BBox, b: BBox) -> float:
    """Ground that both boxes cover, as a share 0..1 of the ground that either covers."""
    both = a.intersection_area(b)
    return both / (a.area + b.area - both) if both else 0.0

"""A second reading of the doubtful lines of a page, and how two readings become one."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import cv2
import numpy as np

from sohoa.geometry import BBox, Transform, union_all
from sohoa.look.level import scaled
from sohoa.look.rows import typical_height
from sohoa.model import Alternative, Line, PageImage, Word
from sohoa.vietnamese import is_syllable

_OUTER = ".,;:!?()[]\"'“”‘’/-–…*"
# Beyond its box a line keeps this much of the page, in line heights: marks of capitals reach out.
_MARGIN = 0.2
_WHITE_PX = 8
_BESIDE_PX = 2
# Words on either side of a doubtful one that are read again with it: a network needs to see what
# it stands in. Of a line with more than this share of such words all is read.
_NEIGHBOURS = 4
_MOST_OF_LINE = 0.6
# A line this much taller than words are may hold two rows; pixels darker than this are ink.
_TALL = 1.7
_WALL_PX = 5
_MOST_CELLS = 60
_INK = 150
_MOST_ALTERNATIVES = 5


@dataclass(frozen=True, slots=True)
class SecondLook:
    """Which lines are read again, and how: enlarged by ``scale``, at most ``budget`` of the lines.

    A line is doubtful where one of its words has a confidence under ``doubt`` or is, for all its
    letters, no syllable.
    """

    scale: float = 1.25
    doubt: float = 0.75
    budget: float = 0.6

    def __post_init__(self) -> None:
        if not (0 < self.scale <= 4 and 0 <= self.doubt <= 1 and 0 <= self.budget <= 1):
            raise ValueError("second_look: scale within 0..4, doubt and budget within 0..1")

    def doubtful(self, lines: tuple[Line, ...]) -> tuple[int, ...]:
        """Indexes of the lines to read again, the most doubtful first, within the budget."""
        worst = {
            index: min(_trust(word) for word in line.words)
            for index, line in enumerate(lines)
            if any(_trust(word) < self.doubt for word in line.words)
        }
        ranked = sorted(worst, key=lambda index: (worst[index], index))
        return tuple(ranked[: math.ceil(self.budget * len(lines))])

    def parts(self, line: Line) -> tuple[BBox, ...]:
        """Boxes of what is read again in a line: its doubtful words and their neighbours.

        Cut in the middle of the gaps between words; the whole line where little would be left out.
        """
        words = line.words
        wanted: set[int] = set()
        for index, word in enumerate(words):
            if _trust(word) < self.doubt:
                wanted.update(range(index - _NEIGHBOURS, index + _NEIGHBOURS + 1))
        kept = [index in wanted for index in range(len(words))]
        if sum(kept) > _MOST_OF_LINE * len(words):
            return (line.bbox,)
        edges = [0, *(round((a.bbox.right + b.bbox.left) / 2) for a, b in pairwise(words)), 0]
        edges[0], edges[-1] = line.bbox.left, line.bbox.right
        boxes = []
        for is_kept, run in groupby(range(len(words)), key=lambda index: kept[index]):
            if is_kept:
                indexes = list(run)
                left, right = edges[indexes[0]], edges[indexes[-1] + 1]
                boxes.append(BBox(left, line.bbox.top, max(left, right), line.bbox.bottom))
        return tuple(boxes)

    def crop(self, page: PageImage, bbox: BBox) -> PageImage:
        """That part of the page, enlarged; ``to_page`` leads back to the page's pixels."""
        margin = max(2, round(_MARGIN * bbox.height))
        reach = BBox(
            bbox.left - _BESIDE_PX, bbox.top - margin, bbox.right + _BESIDE_PX, bbox.bottom + margin
        )
        box = reach.clipped(page.width, page.height)
        part = page.pixels[box.top : box.bottom, box.left : box.right]
        framed = cv2.copyMakeBorder(
            part, _WHITE_PX, _WHITE_PX, _WHITE_PX, _WHITE_PX, cv2.BORDER_CONSTANT, value=(255,)
        )
        back = Transform.shift(box.left - _WHITE_PX, box.top - _WHITE_PX)
        image = PageImage(page.number, np.asarray(framed, dtype=np.uint8), page.dpi, back)
        return scaled(image, self.scale)


def find_bands(page: PageImage, line: Line, height: float) -> tuple[BBox, ...]:
    """Where an engine line holds several printed rows, their boxes top to bottom; else the line's.

    Rows set close together, or joined by a stroke, are sometimes read as one line, as rubbish.
    ``height``: typical word height in pixels.
    """
    box = line.bbox.clipped(page.width, page.height)
    if box.height < _TALL * height or not box.area:
        return (line.bbox,)
    part = page.pixels[box.top : box.bottom, box.left : box.right]
    profile = (part < _INK).sum(axis=1).astype(np.float32)
    profile = np.convolve(profile, np.ones(3) / 3, mode="same")
    inked = profile > 0.18 * float(np.percentile(profile, 90))
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    rows = [run for run in runs if 0.4 * height <= run[1] - run[0] <= 1.7 * height]
    if len(rows) < 2:
        return (line.bbox,)
    return tuple(BBox(box.left, box.top + a, box.right, box.top + b) for a, b in rows)


def find_unread_cells(
    page: PageImage, cells: tuple[BBox, ...], lines: tuple[Line, ...]
) -> tuple[BBox, ...]:
    """Boxes of the ink in table cells without any word: lone figures that an engine passes over.

    Specks, remains of rules, and more than one row of ink (left to the reading of the page) are
    no such ink. At most ``_MOST_CELLS``.
    """
    found = []
    middles = [(w.bbox.center_x, w.bbox.center_y) for line in lines for w in line.words]
    height = typical_height(word for line in lines for word in line.words)
    read = [word.bbox for line in lines for word in line.words]
    for cell in cells:
        if min(cell.width, cell.height) < 4 * _WALL_PX:
            continue
        box = cell.padded(-_WALL_PX).clipped(page.width, page.height)
        if any(box.left <= x < box.right and box.top <= y < box.bottom for x, y in middles):
            continue
        dark = np.argwhere(page.pixels[box.top : box.bottom, box.left : box.right] < _INK)
        if len(dark) < height:
            continue
        (top, left), (bottom, right) = dark.min(axis=0), dark.max(axis=0) + 1
        x, y = box.left, box.top
        ink = BBox(x + int(left), y + int(top), x + int(right), y + int(bottom))
        one_row = 0.5 * height <= ink.height <= 1.8 * height
        # A word that reaches in from beside is this ink, read already.
        if one_row and not any(each.intersection_area(ink) for each in read):
            found.append(ink)
    return tuple(found[:_MOST_CELLS])


def accept(words: tuple[Word, ...]) -> tuple[Line, ...]:
    """What was read in an unread cell, where it can be believed."""
    kept = tuple(word for word in words if _trust(word) > 0.5)
    return (Line(union_all(word.bbox for word in kept), kept),) if kept else ()


def part_rows(
    first: Line, rows: tuple[tuple[Word, ...], ...], others: tuple[Line, ...]
) -> tuple[Line, ...]:
    """The printed rows of a line that holds several, where reading them apart reads better.

    A row that one of the ``others`` has read already is not read twice.
    """
    found = [row for row in rows if row and not _known(row, others)]
    apart = [word for row in found for word in row]
    if not found or _mean_trust(apart) <= _mean_trust(list(first.words)):
        return (first,)
    name = first.words[0].id
    return tuple(
        Line(
            union_all(word.bbox for word in row),
            tuple(replace(word, id=f"{name}.{number}.{i}") for i, word in enumerate(row)),
        )
        for number, row in enumerate(found)
    )


def _known(row: tuple[Word, ...], others: tuple[Line, ...]) -> bool:
    """Whether most of a row's words lie on words that other lines have."""
    box = union_all(word.bbox for word in row)
    near = [word.bbox for line in others if line.bbox.intersection_area(box) for word in line.words]
    covered = sum(any(word.bbox.share_inside(other) > 0.4 for other in near) for word in row)
    return covered > 0.5 * len(row)


def combine(first: Line, second: tuple[Word, ...]) -> Line:
    """Both readings of one line made one; boxes of both are in the same pixels.

    Where they agree the word is surer; where they differ the more trusted stays and the other
    becomes an alternative. Where one reading has more words for the same ink, the better
    division stays. Nothing that only the first saw is lost; of what only the second saw, words
    that are plainly print are added.
    """
    words: list[Word] = []
    for ours, theirs in _groups(first.words, second):
        words += _chosen(ours, theirs)
    words.sort(key=lambda word: word.bbox.left)
    return replace(first, words=tuple(words), bbox=union_all(word.bbox for word in words))


def _trust(word: Word) -> float:
    """How far a reading can be believed, 0..1: its confidence, less for what is no syllable."""
    bare = word.text.strip(_OUTER)
    if not bare or any(character.isdigit() for character in bare) or is_syllable(bare):
        return word.confidence
    if bare.isupper() and len(bare) <= 8:  # an abbreviation: UBND, HĐND
        return word.confidence * 0.9
    return word.confidence * 0.7


def _groups(
    first: tuple[Word, ...], second: tuple[Word, ...]
) -> list[tuple[list[Word], list[Word]]]:
    """Words of both readings that stand over the same ink, left to right."""
    marked = [(word, 0) for word in first] + [(word, 1) for word in second]
    marked.sort(key=lambda item: item[0].bbox.left)
    groups: list[tuple[list[Word], list[Word]]] = []
    right = -1
    for word, side in marked:
        # A third of a letter's width of overlap is no more than the frames' inexactness.
        if not groups or word.bbox.left >= right - 0.3 * min(word.bbox.height, word.bbox.width):
            groups.append(([], []))
            right = word.bbox.right
        groups[-1][side].append(word)
        right = max(right, word.bbox.right)
    return groups


def _chosen(ours: list[Word], theirs: list[Word]) -> list[Word]:
    if not theirs:
        return ours
    if not ours:
        return [word for word in theirs if _trust(word) > 0.6 and len(word.text.strip(_OUTER)) > 1]
    if len(ours) == len(theirs) == 1:
        return [_one_of(ours[0], theirs[0])]
    if [word.text for word in ours] == [word.text for word in theirs]:
        return [_one_of(a, b) for a, b in zip(ours, theirs, strict=True)]
    return ours if _mean_trust(ours) >= _mean_trust(theirs) else _renamed(theirs, ours[0])


def _one_of(a: Word, b: Word) -> Word:
    if a.text == b.text:
        agreed = 1.0 - (1.0 - a.confidence) * (1.0 - 0.5 * b.confidence)
        sure = round(max(a.confidence, min(agreed, 0.99)), 4)
        return replace(a, confidence=sure, alternatives=a.alternatives or b.alternatives)
    better, other = (a, b) if _trust(a) >= _trust(b) else (b, a)
    known = {each.text: each.confidence for each in (*other.alternatives, *better.alternatives)}
    known[other.text] = max(other.confidence, known.get(other.text, 0.0))
    known.pop(better.text, None)
    ranked = sorted(known.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ALTERNATIVES]
    alternatives = tuple(Alternative(text, confidence) for text, confidence in ranked)
    return replace(better, id=a.id, alternatives=alternatives)


def _renamed(words: list[Word], like: Word) -> list[Word]:
    return [replace(word, id=f"{like.id}.{index}") for index, word in enumerate(words)]


def _mean_trust(words: list[Word]) -> float:
    letters = sum(len(word.text) for word in words)
    return sum(_trust(word) * len(word.text) for word in words) / letters

"""All that is read a second time on a page, gathered so that one call of the engine does it.

A call loads the engine's model each time: three calls a page would cost a sixth of its reading.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sohoa.geometry import BBox
from sohoa.look.closing import find_signature_rows, take_signature_rows
from sohoa.look.rows import lies_on, typical_height, without_words
from sohoa.look.second_look import (
    SecondLook,
    accept,
    combine,
    find_bands,
    find_unread_cells,
    part_rows,
)
from sohoa.look.unread import find_rubbish, find_unread_rows, take_unread_row
from sohoa.model import Line, PageImage, Word

Reading = tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class DoubtfulLine:
    """A line by its index, and where it is read again: parts side by side, or ``rows`` of it."""

    index: int
    boxes: tuple[BBox, ...]
    are_rows: bool


@dataclass(frozen=True, slots=True)
class Again:
    """Places to read again, and what their readings make of the page's ``lines``.

    Beside doubtful lines these are table cells in which nothing was read, the rows of a signature
    block that lost its position or name, and rows of letters that no word covers.
    """

    lines: tuple[Line, ...]
    doubtful: tuple[DoubtfulLine, ...]
    cells: tuple[BBox, ...]
    signature: tuple[BBox, ...]
    unread: tuple[BBox, ...]

    @property
    def boxes(self) -> tuple[BBox, ...]:
        """Every place, in the order in which ``take`` wants the readings."""
        parts = (box for each in self.doubtful for box in each.boxes)
        return (*parts, *self.cells, *self.signature, *self.unread)

    def take(self, readings: tuple[Reading, ...]) -> tuple[tuple[Line, ...], tuple[BBox, ...]]:
        """The page's lines with all that was read, and the boxes of print that stays unread.

        ``readings``: for each of ``boxes`` its words, with their boxes on the page.
        """
        left = iter(readings)
        lines = self._with_doubtful(left)
        lines += tuple(line for _ in self.cells for line in accept(next(left)))
        lines = take_signature_rows(lines, tuple(next(left) for _ in self.signature))
        unread = []
        for number, box in enumerate(self.unread):
            words = next(left)
            sure, guessed = _parted(lines)
            if _is_covered(box, sure):
                continue
            row = take_unread_row(words, number)
            # Where the row was read there is no more to guess.
            under = {word.id for word in guessed for line in row if lies_on(word, line.bbox)}
            lines = (*without_words(lines, under), *row)
            if not row:
                unread.append(box)
        return lines, tuple(unread)

    def _with_doubtful(self, left: Iterator[Reading]) -> tuple[Line, ...]:
        changed: dict[int, tuple[Line, ...]] = {n: (line,) for n, line in enumerate(self.lines)}
        for each in self.doubtful:
            found = tuple(next(left) for _ in each.boxes)
            line = self.lines[each.index]
            if each.are_rows:
                others = self.lines[: each.index] + self.lines[each.index + 1 :]
                changed[each.index] = part_rows(line, found, others)
            else:
                changed[each.index] = (combine(line, tuple(w for words in found for w in words)),)
        return tuple(line for parts in changed.values() for line in parts)


def find_again(
    image: PageImage, lines: tuple[Line, ...], walls: tuple[BBox, ...], look: SecondLook
) -> Again:
    """What to read again; ``walls`` are the cells of ruled tables. All pixels are the image's."""
    height = typical_height(word for line in lines for word in line.words)
    doubtful = []
    for index in look.doubtful(lines):
        bands = find_bands(image, lines[index], height)
        are_rows = len(bands) > 1
        boxes = bands if are_rows else look.parts(lines[index])
        doubtful.append(DoubtfulLine(index, boxes, are_rows))
    cells = find_unread_cells(image, walls, lines)
    # Print in a cell is read once.
    unread = (
        box
        for box in find_unread_rows(lines, image)
        if not any(cell.share_inside(box) > 0.5 for cell in cells)
    )
    signature = find_signature_rows(lines, image)
    return Again(lines, tuple(doubtful), cells, signature, tuple(unread))


def _parted(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], tuple[Word, ...]]:
    """The lines without the engine's mere guesses, and those."""
    height = typical_height(word for line in lines for word in line.words)
    guessed = tuple(word for line in lines for word in find_rubbish(line, height))
    return without_words(lines, {word.id for word in guessed}), guessed


def _is_covered(box: BBox, lines: tuple[Line, ...]) -> bool:
    """Whether words stand on most of a row of letters."""
    words = [word.bbox for line in lines for word in line.words]
    on_it = [each for each in words if each.top < box.center_y < each.bottom]
    width = sum(max(0, min(b.right, box.right) - max(b.left, box.left)) for b in on_it)
    return width > 0.5 * box.width

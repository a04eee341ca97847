"""Ruled tables: the grid of their lines, and the words put into its cells."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import BBox, Transform, union_all
from sohoa.look.rows import find_rows, typical_height
from sohoa.model import Block, BlockKind, Cell, Line, PageImage, Word

if TYPE_CHECKING:
    from sohoa.model import Pixels

# A rule is at least this share of the page's width (across) or height (down) long: the feet of
# letters side by side make a short one.
_LEAST_ACROSS, _LEAST_DOWN = 1 / 16, 1 / 40
# A wall of a cell is inked over this share of its length.
_WALL = 0.6
_WALL_PX = 13
_MOST_RULES = 400
_GAP = 4  # px that a worn rule may break off for


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell of the grid, with how many rows and columns it spans; counted from 0."""

    row: int
    column: int
    row_span: int
    column_span: int
    bbox: BBox


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: its box and its cells, row-major, in the pixels of the levelled page."""

    bbox: BBox
    cells: tuple[GridCell, ...]


def find_rules(grey: Pixels) -> Pixels:
    """Mask (0/255) of long straight lines, across and down, of a levelled page."""
    height, width = grey.shape
    ink = cv2.adaptiveThreshold(
        grey, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )
    across = _long_runs(np.asarray(ink, dtype=np.uint8), max(20, int(width * _LEAST_ACROSS)))
    down = _long_runs(
        np.asarray(cv2.transpose(ink), dtype=np.uint8), max(20, int(height * _LEAST_DOWN))
    )
    return np.asarray(cv2.bitwise_or(across, cv2.transpose(down)), dtype=np.uint8)


def find_grids(rules: Pixels) -> tuple[Grid, ...]:
    """Tables of at least two cells among the rules, top to bottom."""
    height, width = rules.shape
    if not rules.any():
        return ()
    joined = cv2.dilate(rules, np.ones((5, 5), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    grids = []
    for index in range(1, min(count, _MOST_RULES)):
        left, top, box_width, box_height = (int(value) for value in stats[index][:4])
        if box_width < width * 0.2 or box_height < height * 0.015:
            continue
        if box_width > width * 0.97 and box_height > height * 0.97:
            continue  # the scanner's border
        grid = _grid(rules, BBox(left, top, left + box_width, top + box_height))
        if grid is not None:
            grids.append(grid)
    return tuple(sorted(grids, key=lambda grid: grid.bbox.top))


def find_separators(rules: Pixels, grids: tuple[Grid, ...] = ()) -> tuple[int, ...]:
    """Heights (y) of rules over more than half of the page's width that belong to no table."""
    height, width = rules.shape
    if not rules.any():
        return ()
    # Heights must be exact, places along the rule need not be.
    narrow = cv2.resize(rules, (width // 8, height), interpolation=cv2.INTER_AREA)
    inked = np.asarray(narrow > 0, dtype=np.uint8)
    wide = _open(_bridged(inked, 3, 3), width // 16, 1)
    found = _positions(np.asarray(wide.max(axis=1), dtype=np.float64), least=0.5)
    inside = [(grid.bbox.top - 9, grid.bbox.bottom + 9) for grid in grids]
    margin = height // 50  # what runs along the edge is the scanner's border
    return tuple(
        y
        for y in found
        if margin < y < height - margin and not any(top <= y <= bottom for top, bottom in inside)
    )


def wall_rules(rules: Pixels, grids: tuple[Grid, ...]) -> Pixels:
    """The rules that are walls of table cells (mask 0/255); underlines elsewhere are none.

    Only along the walls: the bars of several T in a row look like a rule, too.
    """
    walls = np.zeros_like(rules)
    for grid in grids:
        for cell in grid.cells:
            box = cell.bbox
            corners = (box.left, box.top), (box.right, box.bottom)
            cv2.rectangle(walls, *corners, 255, _WALL_PX)
    mask = cv2.bitwise_and(walls, rules)
    return np.asarray(cv2.dilate(mask, np.ones((3, 3), np.uint8)), dtype=np.uint8)


def without_ink(page: PageImage, mask: Pixels, to_mask: Transform) -> PageImage:
    """The page with the ink under ``mask`` turned to paper; ``to_mask`` maps page to mask."""
    matrix = np.array(to_mask.matrix, dtype=np.float64).reshape(3, 3)
    size = (page.width, page.height)
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    lying = mask if to_mask.is_identity else cv2.warpPerspective(mask, matrix, size, flags=flags)
    pixels = page.pixels.copy()
    pixels[np.asarray(lying) > 0] = 255
    return replace(page, pixels=pixels)


def place_words(
    lines: tuple[Line, ...], grids: tuple[Grid, ...]
) -> tuple[list[Block], tuple[Line, ...]]:
    """Table blocks with their words, and the lines of the words that stand in no table."""
    if not grids:
        return [], lines
    inside: dict[tuple[int, int], list[Line]] = {}
    free: list[Line] = []
    for line in lines:
        parts: dict[tuple[int, int] | None, list[Word]] = {}
        for word in line.words:
            parts.setdefault(_cell_of(word, grids), []).append(word)
        for place, words in parts.items():
            part = Line(union_all(word.bbox for word in words), tuple(words))
            if place is None:
                free.append(part)
            else:
                inside.setdefault(place, []).append(part)
    blocks = [_table_block(index, grid, inside) for index, grid in enumerate(grids)]
    return [block for block in blocks if any(cell.lines for cell in block.cells)], tuple(free)


def _table_block(index: int, grid: Grid, inside: dict[tuple[int, int], list[Line]]) -> Block:
    cells = []
    for number, cell in enumerate(grid.cells):
        lines = inside.get((index, number), [])
        height = typical_height(word for line in lines for word in line.words)
        rows = find_rows(lines, height)
        cells.append(
            Cell(
                cell.row,
                cell.column,
                cell.bbox,
                tuple(
                    Line(row.bbox, tuple(word for piece in row.pieces for word in piece.words))
                    for row in rows
                ),
                cell.row_span,
                cell.column_span,
            )
        )
    return Block(grid.bbox, kind=BlockKind.TABLE, cells=tuple(cells))


def _cell_of(word: Word, grids: tuple[Grid, ...]) -> tuple[int, int] | None:
    x, y = word.bbox.center_x, word.bbox.center_y
    for index, grid in enumerate(grids):
        if not _holds(grid.bbox, x, y):
            continue
        for number, cell in enumerate(grid.cells):
            if _holds(cell.bbox, x, y):
                return index, number
    return None


def _holds(box: BBox, x: float, y: float) -> bool:
    return box.left <= x < box.right and box.top <= y < box.bottom


def _long_runs(ink: Pixels, least: int) -> Pixels:
    """Mask (0/255) of the runs of ink along the rows at least that long, small gaps closed."""
    height, width = ink.shape
    stride = width + _GAP + 1  # no run goes on in the next row
    padded = np.zeros((height, stride), dtype=np.uint8)
    padded[:, 1 : width + 1] = ink
    flat = padded.ravel()
    edges = np.flatnonzero(flat[1:] != flat[:-1]) + 1
    starts, ends = edges[::2], edges[1::2]
    mask = np.zeros(flat.shape, dtype=np.uint8)
    if len(starts):
        parted = np.flatnonzero(starts[1:] - ends[:-1] > _GAP)
        starts = starts[np.concatenate(([0], parted + 1))]
        ends = ends[np.concatenate((parted, [len(ends) - 1]))]
        is_long = ends - starts >= least
        for start, end in zip(starts[is_long], ends[is_long], strict=True):
            mask[start:end] = 255
    return np.ascontiguousarray(mask.reshape(height, stride)[:, 1 : width + 1])


def _bridged(ink: np.ndarray, x: int, y: int) -> np.ndarray:
    """Small gaps of a worn rule closed along its direction."""
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((y, x), np.uint8)))


def _open(ink: np.ndarray, x: int, y: int) -> np.ndarray:
    return np.asarray(cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((y, x), np.uint8)))


def _grid(rules: Pixels, box: BBox) -> Grid | None:
    """Rows, columns and cells of one connected set of rules; None where it is no table."""
    part = rules[box.top : box.bottom, box.left : box.right]
    height, width = part.shape
    across = _open(part, max(20, width // 20), 1)
    down = _open(part, 1, max(15, min(height // 3, 60)))
    ys = _positions(across.sum(axis=1) / 255.0, least=0.25 * width)
    xs = _positions(down.sum(axis=0) / 255.0, least=max(15.0, 0.1 * height))
    if len(ys) < 2 or len(xs) < 2 or (len(ys) - 1) * (len(xs) - 1) < 2:
        return None
    if not _framed(across, down, xs, ys):
        return None  # rules that cross a seal, a boxed stamp, a crossed-out line
    cells = _joined_cells(across, down, xs, ys)
    if len(cells) < 2:
        return None
    placed = tuple(
        GridCell(
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            BBox(
                cell.bbox.left + box.left,
                cell.bbox.top + box.top,
                cell.bbox.right + box.left,
                cell.bbox.bottom + box.top,
            ),
        )
        for cell in cells
    )
    return Grid(union_all(cell.bbox for cell in placed), placed)


def _framed(across: np.ndarray, down: np.ndarray, xs: list[int], ys: list[int]) -> bool:
    """Whether rules run along its top and foot, and two or more from the one to the other."""
    ends = (ys[0], ys[-1])
    walls = [_wall_down(down, x, *ends) for x in xs]
    return all(_wall_across(across, y, xs[0], xs[-1]) for y in ends) and sum(walls) >= 2


def _positions(profile: np.ndarray, *, least: float) -> list[int]:
    """Middles of the runs where the profile is high; runs nearer than 6 px are one rule."""
    found: list[list[int]] = []
    for index in np.flatnonzero(profile >= least):
        if found and index - found[-1][-1] <= 6:
            found[-1].append(int(index))
        else:
            found.append([int(index)])
    return [round(sum(run) / len(run)) for run in found]


def _joined_cells(
    across: np.ndarray, down: np.ndarray, xs: list[int], ys: list[int]
) -> list[GridCell]:
    """Elementary cells joined where no wall stands between them, as upright boxes."""
    rows, columns = len(ys) - 1, len(xs) - 1
    owner = np.arange(rows * columns).reshape(rows, columns)
    for row in range(rows):
        for column in range(columns):
            if column + 1 < columns and not _wall_down(down, xs[column + 1], ys[row], ys[row + 1]):
                owner[owner == owner[row, column + 1]] = owner[row, column]
            if row + 1 < rows and not _wall_across(across, ys[row + 1], xs[column], xs[column + 1]):
                owner[owner == owner[row + 1, column]] = owner[row, column]
    cells = []
    for name in dict.fromkeys(owner.ravel().tolist()):
        where = np.argwhere(owner == name)
        (top, left), (bottom, right) = where.min(axis=0), where.max(axis=0)
        cells.append(
            GridCell(
                int(top),
                int(left),
                int(bottom - top + 1),
                int(right - left + 1),
                BBox(xs[left], ys[top], xs[right + 1], ys[bottom + 1]),
            )
        )
    return sorted(cells, key=lambda cell: (cell.row, cell.column))


def _wall_down(down: np.ndarray, x: int, top: int, bottom: int) -> bool:
    strip = down[top:bottom, max(0, x - 4) : x + 5]
    return strip.size > 0 and float((strip.max(axis=1) > 0).mean()) >= _WALL


def _wall_across(across: np.ndarray, y: int, left: int, right: int) -> bool:
    strip = across[max(0, y - 4) : y + 5, left:right]
    return strip.size > 0 and float((strip.max(axis=0) > 0).mean()) >= _WALL

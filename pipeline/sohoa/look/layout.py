"""Words to blocks in reading order: left column before right column, tables row by row."""

from __future__ import annotations

from sohoa.geometry import union_all
from sohoa.look.columns import Band, find_bands
from sohoa.look.noise import mark_noise
from sohoa.look.rows import Piece, Row, find_rows, typical_height
from sohoa.look.tables import Grid, place_words
from sohoa.model import Block, BlockKind, Line


def arrange(
    lines: tuple[Line, ...], grids: tuple[Grid, ...] = (), separators: tuple[int, ...] = ()
) -> tuple[Block, ...]:
    """Blocks of a page in reading order; columns end at ``separators`` (heights of long rules).

    After it: every word of ``lines`` stands in exactly one block; words inside a ruled table
    stand in its cells; within a column lines go top to bottom, words left to right. Words are not
    changed.
    """
    tables, free = place_words(lines, grids)
    height = typical_height(word for line in lines for word in line.words)
    rows = find_rows(free, height)
    text = [
        part
        for block in _text_blocks(rows, height, separators)
        for part in mark_noise(block, height)
    ]
    # A table stands where its top is; text blocks keep their own order.
    return tuple(_merge_by_top([*text, *tables]))


def _text_blocks(rows: tuple[Row, ...], height: float, separators: tuple[int, ...]) -> list[Block]:
    bands = find_bands(rows, height, separators)
    starts = {band.first: band for band in bands}
    blocks: list[Block] = []
    plain: list[Row] = []
    index = 0
    while index < len(rows):
        band = starts.get(index)
        if band is None:
            plain.append(rows[index])
            index += 1
            continue
        blocks += _flush(plain)
        blocks += _column_blocks(band, rows, height)
        index = band.last + 1
    return blocks + _flush(plain)


def _flush(rows: list[Row]) -> list[Block]:
    """One block of the rows that run over the whole width; the list is emptied."""
    lines = tuple(
        Line(row.bbox, tuple(word for piece in row.pieces for word in piece.words)) for row in rows
    )
    rows.clear()
    return [_block(lines)] if lines else []


def _column_blocks(band: Band, rows: tuple[Row, ...], height: float) -> list[Block]:
    left, right = band.split(rows)
    return [_block(_column_lines(column, height)) for column in (left, right) if column]


def _column_lines(pieces: tuple[Piece, ...], height: float) -> tuple[Line, ...]:
    """Pieces of one column, those at one level joined again."""
    rows = find_rows((piece.line() for piece in pieces), height)
    return tuple(
        Line(row.bbox, tuple(word for piece in row.pieces for word in piece.words)) for row in rows
    )


def _block(lines: tuple[Line, ...]) -> Block:
    return Block(union_all(line.bbox for line in lines), lines)


def _merge_by_top(blocks: list[Block]) -> list[Block]:
    """Tables put before the first text line that stands below them; a block is cut there."""
    ordered = [block for block in blocks if block.kind is BlockKind.TEXT]
    for table in (block for block in blocks if block.kind is BlockKind.TABLE):
        ordered = _insert(ordered, table)
    return ordered


def _insert(blocks: list[Block], table: Block) -> list[Block]:
    for index, block in enumerate(blocks):
        if block.kind is BlockKind.TABLE:
            if block.bbox.top > table.bbox.top:
                return [*blocks[:index], table, *blocks[index:]]
            continue
        above = tuple(line for line in block.lines if line.bbox.center_y < table.bbox.center_y)
        below = block.lines[len(above) :]
        if below and above == block.lines[: len(above)]:
            parts = [_block(above)] if above else []
            return [*blocks[:index], *parts, table, _block(below), *blocks[index + 1 :]]
    return [*blocks, table]

"""Where a page has two columns: the letterhead at the top, recipients and signature at the end.

A band is a run of rows with one corridor free of print from top to bottom, and print on both of its
sides. Justified body text has no such corridor; a centred title or a full line ends the band.
"""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz.fuzz import partial_ratio

from sohoa.geometry import union_all
from sohoa.look.rows import Piece, Row, looks_like_text
from sohoa.vietnamese import fold_for_search

# The corridor lies in the middle of the print area, and is as wide as this many line heights.
_ZONE = (0.15, 0.85)
_LEAST_CORRIDOR = 0.8
# Long names of a letterhead all but meet: between columns with heads so much is enough.
_HEADED_CORRIDOR = 0.35
# With two rows of evidence a corridor must be this wide.
_TWO_ROWS_CORRIDOR = 2.0
# A row alone on its side joins the band only this near (line heights) to the rows of its column.
_NEAR = 2.6
_SIGNATURE_ROOM = 14
# How far a row's middle may stand from that of its column, in line heights.
_ALIGNED = 2.0
_MOST_ROWS = 60
# Words (folded) that only the heads of columns begin with: one of them is evidence enough.
_HEADS_RIGHT = ("cong hoa xa hoi", "doc lap", "dang cong san")
_HEADS_LEFT = ("noi nhan",)
_HEAD_LIKENESS = 85
# Addressees (Kính gửi) stand below a letterhead, never in one of its columns.
_BELOW_HEAD = "kinh gui"

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Band:
    """Rows ``first`` to ``last`` (inclusive) in two columns, parted at ``x``."""

    first: int
    last: int
    x: int

    def split(self, rows: tuple[Row, ...]) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        """Pieces of the left and of the right column, each top to bottom."""
        pieces = [piece for row in rows[self.first : self.last + 1] for piece in _cut(row, self.x)]
        left = [piece for piece in pieces if piece.bbox.center_x < self.x]
        right = [piece for piece in pieces if piece.bbox.center_x >= self.x]
        return tuple(left), tuple(right)


def find_bands(
    rows: tuple[Row, ...], height: float, separators: tuple[int, ...] = ()
) -> tuple[Band, ...]:
    """All bands of a page, top to bottom, without overlap; none reaches over a separator.

    ``height``: typical word height; ``separators``: heights (y) of rules over the text's width.
    """
    if not rows:
        return ()
    area = union_all(row.bbox for row in rows)
    zone = (
        round(area.left + _ZONE[0] * area.width),
        round(area.left + _ZONE[1] * area.width),
    )
    bands: list[Band] = []
    first = 0
    while first < len(rows):
        end = _part_end(rows, first, separators)
        band = _band_from(rows[:end], first, zone, height)
        if band is None:
            first += 1
        else:
            first = band.last + 1
            whole = _joined(rows, bands[-1], band, height) if bands else None
            bands[-1:] = [whole] if whole else [*bands[-1:], band]
    return tuple(bands)


def _part_end(rows: tuple[Row, ...], first: int, separators: tuple[int, ...]) -> int:
    """Index after the last row that stands with this one above the next separator."""
    middle = rows[first].bbox.center_y
    limit = min((y for y in separators if y > middle), default=None)
    if limit is None:
        return len(rows)
    return next((i for i in range(first, len(rows)) if rows[i].bbox.center_y > limit), len(rows))


def _cut(row: Row, x: int) -> list[Piece]:
    """The row's pieces, with one that lies over the corridor cut at the gap nearest to it."""
    pieces = []
    for piece in row.pieces:
        left = tuple(word for word in piece.words if word.bbox.center_x < x)
        right = tuple(word for word in piece.words if word.bbox.center_x >= x)
        pieces += [Piece(union_all(w.bbox for w in part), part) for part in (left, right) if part]
    return pieces


def _joined(rows: tuple[Row, ...], above: Band, below: Band, height: float) -> Band | None:
    """One band of two, where a letterhead was parted since a long name leaves little room.

    Both must begin with a head on the right ("CỘNG HOÀ …", "Độc lập …"), one right below the other.
    """
    if above.last + 1 != below.first or not _heads_right(rows, above, below):
        return None
    area = union_all(row.bbox for row in rows[above.first : below.last + 1])
    corridors: list[Span] = [(area.left, area.right)]
    for row in rows[above.first : below.last + 1]:
        corridors = [gap for corridor in corridors for gap in _free(corridor, row)]
    between = [
        (left, right)
        for left, right in corridors
        if right - left >= _HEADED_CORRIDOR * height and area.left < left and right < area.right
    ]
    if not between:
        return None
    _, left, right = max((right - left, left, right) for left, right in between)
    return Band(above.first, below.last, round((left + right) / 2))


def _heads_right(rows: tuple[Row, ...], *bands: Band) -> bool:
    """Whether the first row of each band has a head of a letterhead on its right."""
    return all(
        any(_opens_with(piece, head) for piece in right for head in _HEADS_RIGHT)
        for band in bands
        for right in [Band(band.first, band.first, band.x).split(rows)[1]]
    )


def _band_from(rows: tuple[Row, ...], first: int, zone: Span, height: float) -> Band | None:
    """The longest band that starts at this row, or None."""
    corridors: list[Span] = [zone]
    least = _LEAST_CORRIDOR * height
    last = first - 1
    kept = corridors
    for index in range(first, min(len(rows), first + _MOST_ROWS)):
        kept = [
            gap
            for corridor in corridors
            for gap in _free(corridor, rows[index])
            if gap[1] - gap[0] >= least
        ]
        if not kept:
            break
        corridors, last = kept, index
    best: Band | None = None
    for corridor in corridors:
        band = _trimmed(rows, Band(first, last, round(sum(corridor) / 2)), height)
        if band is None or not _convincing(rows, band, corridor[1] - corridor[0], height):
            continue
        if best is None or _both_sided(rows, band) > _both_sided(rows, best):
            best = band
    return best


def _free(corridor: Span, row: Row) -> list[Span]:
    """What the row's print leaves free of a corridor; strokes read as letters do not count."""
    free = [corridor]
    for piece in row.pieces:
        for word in piece.words:
            if not looks_like_text(word):
                continue
            free = [part for gap in free for part in _minus(gap, word.bbox.left, word.bbox.right)]
    return free


def _minus(gap: Span, left: int, right: int) -> list[Span]:
    if right <= gap[0] or left >= gap[1]:
        return [gap]
    return [(a, b) for a, b in ((gap[0], left), (right, gap[1])) if b > a]


def _sides(row: Row, x: int) -> tuple[bool, bool]:
    words = [word for piece in row.pieces for word in piece.words if looks_like_text(word)]
    return any(w.bbox.center_x < x for w in words), any(w.bbox.center_x >= x for w in words)


def _both_sided(rows: tuple[Row, ...], band: Band) -> int:
    return sum(all(_sides(row, band.x)) for row in rows[band.first : band.last + 1])


def _trimmed(rows: tuple[Row, ...], band: Band, height: float) -> Band | None:
    """The band without rows at its ends that stand alone and belong to no column."""
    first, last = band.first, band.last
    if _both_sided(rows, band) == 0 and not _columns_overlap(rows, band):
        return None
    while first < last and _lone_start(rows, first, band, height):
        first += 1
    end = _begun(rows, Band(first, last, band.x))
    while end < last and _continues(rows, first, end + 1, band.x, height):
        end += 1
    return Band(first, end, band.x)


def _begun(rows: tuple[Row, ...], band: Band) -> int:
    """Index of the last row with print on both sides, or of the first when both have begun."""
    seen = (False, False)
    begun, both = band.first, None
    for index in range(band.first, band.last + 1):
        sides = _sides(rows[index], band.x)
        if all(sides):
            both = index
        if not all(seen):
            seen = (seen[0] or sides[0], seen[1] or sides[1])
            begun = index
    return begun if both is None else max(begun, both)


def _columns_overlap(rows: tuple[Row, ...], band: Band) -> bool:
    """Whether left and right pieces share a height span though no row holds both."""
    left, right = band.split(rows)
    if not left or not right:
        return False
    a, b = union_all(p.bbox for p in left), union_all(p.bbox for p in right)
    return min(a.bottom, b.bottom) > max(a.top, b.top)


def _lone_start(rows: tuple[Row, ...], index: int, band: Band, height: float) -> bool:
    left, right = _sides(rows[index], band.x)
    if left and right:
        return False
    for later in rows[index + 1 : band.last + 1]:
        if later.bbox.top - rows[index].bbox.bottom > _NEAR * height:
            return True
        sides = _sides(later, band.x)
        if left and sides[1]:
            # A line of the body that ends early is not the head of a column: the column's own
            # lines start further right, or stand nearer to it than to the body above.
            return not _starts_column(rows, index, later, band.x)
        if right and sides[0]:
            return False
    return True


def _starts_column(rows: tuple[Row, ...], index: int, later: Row, x: int) -> bool:
    if index == 0:
        return True
    gap_above = rows[index].bbox.top - rows[index - 1].bbox.bottom
    gap_below = later.bbox.top - rows[index].bbox.bottom
    full_above = rows[index - 1].bbox.left < x < rows[index - 1].bbox.right
    return not full_above or gap_above > gap_below + 0.2 * rows[index].bbox.height


def _continues(rows: tuple[Row, ...], first: int, index: int, x: int, height: float) -> bool:
    """Whether a row below the last with two sides goes on with one of the columns."""
    left, right = _sides(rows[index], x)
    if _opens_with(rows[index].pieces[0], _BELOW_HEAD):
        return False
    if left == right:
        return True  # print on both sides, or strokes alone, which say nothing
    side = 0 if left else 1
    column = [
        piece
        for row in rows[first:index]
        for piece in _cut(row, x)
        if (piece.bbox.center_x >= x) == bool(side) and any(map(looks_like_text, piece.words))
    ]
    if not column:
        return False
    # Strokes on the other side are no part of the line.
    row = union_all(
        piece.bbox for piece in _cut(rows[index], x) if any(map(looks_like_text, piece.words))
    )
    gap = row.top - max(piece.bbox.bottom for piece in column)
    # Between the position and the name there is room for a hand signature and a seal.
    if gap > (_NEAR if left else _SIGNATURE_ROOM) * height:
        return False
    mine = union_all(piece.bbox for piece in column)
    off_centre = abs(row.center_x - mine.center_x)
    if left:
        # A letterhead's column is centred, a list of recipients has one left edge; "Kính gửi:"
        # and its list, under the letterhead, have neither.
        edge = min(abs(row.left - piece.bbox.left) for piece in column)
        return off_centre < _ALIGNED * height or edge < 0.5 * _ALIGNED * height
    page = union_all(each.bbox for each in rows)
    return off_centre < abs(row.center_x - page.center_x)


def _convincing(rows: tuple[Row, ...], band: Band, corridor: int, height: float) -> bool:
    sides = [_sides(row, band.x) for row in rows[band.first : band.last + 1]]
    both = sum(all(side) for side in sides)
    if not any(left for left, _ in sides) or not any(right for _, right in sides):
        return False
    if _headed(rows, band) or both >= 4:
        return True
    # One row with a gap proves nothing: stretched words, a table's row, a form to fill in.
    return both >= 2 and corridor >= _TWO_ROWS_CORRIDOR * height


def _headed(rows: tuple[Row, ...], band: Band) -> bool:
    """Whether one of the columns begins like the head of a letterhead or of the recipients."""
    left, right = band.split(rows)
    starts = [(piece, _HEADS_LEFT) for piece in left] + [(piece, _HEADS_RIGHT) for piece in right]
    return any(_opens_with(piece, head) for piece, heads in starts for head in heads)


def _opens_with(piece: Piece, head: str) -> bool:
    text = fold_for_search(" ".join(word.text for word in piece.words))
    return partial_ratio(head, text[: len(head) + 4]) >= _HEAD_LIKENESS

"""Numbers and days that were set apart from their row, put back into the blank left for them.

A number or a day that is stamped, drawn by a signature field or written by hand often stands a
little above or below the print, and comes as a row of its own.
"""

from __future__ import annotations

import re
from itertools import pairwise

from sohoa.geometry import union_all
from sohoa.model import Word
from sohoa.structure.columns import is_date_row, is_number_row
from sohoa.structure.rows import Row

_DIGITS = re.compile(r"^\W{0,2}[\dOolI|]{1,5}[a-zđ]?\W{0,2}$")


def fill_blanks(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows in the same order, lone digits joined to the number or date row they belong to."""
    hosts = [row for row in rows if row.cell is None and (is_number_row(row) or is_date_row(row))]
    taken: dict[int, tuple[Row, int]] = {}
    for row in rows:
        if not 1 <= len(row.words) <= 2 or not _DIGITS.match(row.text.replace(" ", "")):
            continue
        for host in hosts:
            place = _blank_at(host, row)
            if place is not None and host.index != row.index:
                taken[row.index] = (host, place)
                break
    if not taken:
        return rows
    filled: list[Row] = []
    for row in rows:
        if row.index in taken:
            continue
        words: tuple[Word, ...] = row.words
        guests = [r for r in rows if r.index in taken and taken[r.index][0].index == row.index]
        if guests:
            extra = [word for guest in guests for word in guest.words]
            words = tuple(sorted((*words, *extra), key=lambda word: word.bbox.left))
        box = union_all(word.bbox for word in words)
        filled.append(Row(len(filled), row.page, box, words, row.line, row.cell, row.kind))
    return tuple(filled)


_OPEN_ENDED = re.compile(
    r"(?:^\W*(?:luat\s+)?so\W*(?:\d{1,5}\W*)?|\bngay\W*(?:\d{1,2}\W*)?|\bthang\W*(?:\d{1,2}\W*)?)$"
)
_GOES_ON = re.compile(r"^\W{0,2}(?:/\s*\S|-\s*[a-z]{2,5}\s*/|thang\b.*\bnam\b|nam\s+(?:19|20)\d\d)")


def join_parted(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """Number and date rows that a wide blank parted (``Số:`` | ``/QĐ-UBND``) in one piece."""
    pages: dict[int, list[Row]] = {}
    for row in rows:
        pages.setdefault(row.page, []).append(row)
    tails: dict[int, Row] = {}
    taken: set[int] = set()
    for row in rows:
        if row.cell is not None or len(row.words) > 10 or not _OPEN_ENDED.search(row.folded):
            continue
        for other in pages[row.page]:
            gap = other.bbox.left - row.bbox.right
            beside = other.bbox.vertical_overlap(row.bbox) > 0.5
            if beside and 0 <= gap < 12 * row.bbox.height and _GOES_ON.match(other.folded):
                tails[row.index] = other
                taken.add(other.index)
                break
    joined: list[Row] = []
    for row in rows:
        if row.index in taken:
            continue
        tail = tails.get(row.index)
        words = (*row.words, *tail.words) if tail is not None else row.words
        box = union_all(word.bbox for word in words)
        joined.append(Row(len(joined), row.page, box, words, row.line, row.cell, row.kind))
    return tuple(joined)


def _blank_at(host: Row, row: Row) -> int | None:
    """The place between two words of ``host`` where ``row`` stands; None where it does not."""
    if host.page != row.page:
        return None
    height = host.bbox.height
    if abs(host.bbox.center_y - row.bbox.center_y) > 1.25 * max(height, row.bbox.height):
        return None
    for place, (before, after) in enumerate(pairwise(host.words), start=1):
        room = after.bbox.left - before.bbox.right
        fits = (
            row.bbox.left > before.bbox.right - 0.5 * height
            and row.bbox.right < after.bbox.left + 0.5 * height
        )
        if fits and room > 0.4 * row.bbox.width:
            return place
    return None

"""Where on its pages a document says what was asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from sohoa.geometry import BBox
from sohoa.search.folding import folded_tokens, marked_tokens
from sohoa.search.query import Term
from sohoa.search.rows import PageWords

MOST_PLACES = 40
_MOST_WORDS = 60_000  # words of a document that are looked through
_BESIDE = 12  # words shown on each side


@dataclass(frozen=True, slots=True)
class Place:
    """Words ``first`` to ``last`` (exclusive) of a page, and a box for each line they stand on.

    Boxes are in page pixels. ``term`` is the place of the term in the query.
    """

    page: int
    first: int
    last: int
    term: int
    boxes: tuple[BBox, ...]


@dataclass(frozen=True, slots=True)
class Snippet:
    """A part of a page's text in pieces; those that were asked for are marked true.

    ``spot`` is where the part was asked for, in page pixels.
    """

    page: int | None = None
    spot: BBox | None = None
    pieces: tuple[tuple[str, bool], ...] = ()


def find_places(
    pages: Sequence[PageWords], terms: Sequence[Term], *, exact: bool
) -> tuple[Place, ...]:
    """The places of the terms, page by page; with ``exact`` only where the marks are the same.

    Where all terms stand side by side somewhere, only such places.
    """
    wanted = [term.marked if exact else term.folded for term in terms]
    if not wanted:
        return ()
    together = (tuple(token for term in wanted for token in term),)
    near = list(_read_along(pages, exact=exact))
    if len(wanted) > 1 and (beside := _places(near, together)):
        return beside
    return _places(near, wanted)


def _read_along(pages: Sequence[PageWords], *, exact: bool) -> Iterator[_Tokens]:
    seen = 0
    for page in pages:
        if seen > _MOST_WORDS:
            return
        seen += len(page.words)
        yield _Tokens(page, exact=exact)


def _places(pages: Sequence[_Tokens], wanted: Sequence[tuple[str, ...]]) -> tuple[Place, ...]:
    """The first places of each term, as many of the one as of the other."""
    each = max(1, MOST_PLACES // len(wanted))
    found: list[Place] = []
    for number, term in enumerate(wanted):
        every = (place for page in pages for place in page.places(number, term))
        found += islice(every, each)
    return tuple(sorted(found, key=lambda place: (place.page, place.first, place.term)))


class _Tokens:
    """The tokens of a page, and the word that each is of."""

    def __init__(self, page: PageWords, *, exact: bool) -> None:
        self._page = page
        self._exact = exact

    @cached_property
    def _read(self) -> tuple[list[str], list[int]]:
        # Only of pages that are come to: a long paper has its hits on the first ones.
        tokens_of = marked_tokens if self._exact else folded_tokens
        groups = [tokens_of(word) for word in self._page.words]
        tokens = [token for group in groups for token in group]
        return tokens, [number for number, group in enumerate(groups) for _ in group]

    def places(self, number: int, term: tuple[str, ...]) -> Iterator[Place]:
        (tokens, words), page = self._read, self._page
        place, size = -1, len(term)
        for _ in range(tokens.count(term[0])):
            place = tokens.index(term[0], place + 1)
            if tuple(tokens[place : place + size]) == term:
                first, last = words[place], words[place + size - 1] + 1
                yield Place(page.number, first, last, number, _boxes(page, first, last))


def _boxes(page: PageWords, first: int, last: int) -> tuple[BBox, ...]:
    found = []
    line = bisect_right(page.lines, first) - 1
    while first < last:
        end = page.lines[line + 1] if line + 1 < len(page.lines) else len(page.words)
        found.append(page.box(first, min(last, end)))
        first, line = end, line + 1
    return tuple(found)


def make_snippet(pages: Sequence[PageWords], places: Sequence[Place]) -> Snippet:
    """The words around the spot with the most terms; the beginning where there is none."""
    if not places:
        first = next((page for page in pages if page.words), None)
        if first is None:
            return Snippet()
        return Snippet(first.number, None, ((" ".join(first.words[: 2 * _BESIDE]) + " …", False),))
    # The first of those that have most terms beside them: the places are in reading order.
    best = places[max(range(len(places)), key=lambda spot: _company(places, spot))]
    page = next(page for page in pages if page.number == best.page)
    start = max(0, best.first - _BESIDE)
    end = min(len(page.words), max(best.last, best.first + 2 * _BESIDE) + _BESIDE)
    hit = {
        number
        for place in places
        if place.page == page.number
        for number in range(place.first, place.last)
    }
    pieces: list[tuple[str, bool]] = [("… ", False)] if start else []
    for number in range(start, end):
        text, is_hit = page.words[number] + " ", number in hit
        if pieces and pieces[-1][1] == is_hit:
            pieces[-1] = (pieces[-1][0] + text, is_hit)
        else:
            pieces.append((text, is_hit))
    if end < len(page.words):
        pieces.append(("…", False))
    return Snippet(page.number, best.boxes[0] if best.boxes else None, tuple(pieces))


def _company(places: Sequence[Place], spot: int) -> int:
    """How many different terms stand near the place of this number, itself included."""
    place, near = places[spot], set()
    for other in places[spot:]:
        if other.page != place.page or other.first - place.first > 2 * _BESIDE:
            break
        near.add(other.term)
    return len(near)

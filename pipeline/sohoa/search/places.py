"""Where on its pages a document says what was asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    together = tuple(token for term in wanted for token in term)
    apart: list[Place] = []
    beside: list[Place] = []
    seen = 0
    for page in pages if wanted else ():
        if max(len(apart), len(beside)) >= MOST_PLACES or seen > _MOST_WORDS:
            break
        seen += len(page.words)
        tokens = _Tokens(page, exact=exact)
        apart += tokens.places(wanted)
        if len(wanted) > 1:
            beside += tokens.places([together])
    return tuple((beside or apart)[:MOST_PLACES])


class _Tokens:
    """The tokens of a page, and the word that each is of."""

    def __init__(self, page: PageWords, *, exact: bool) -> None:
        tokens_of = marked_tokens if exact else folded_tokens
        groups = [tokens_of(word) for word in page.words]
        self._page = page
        self._tokens = [token for group in groups for token in group]
        self._words = [number for number, group in enumerate(groups) for _ in group]

    def places(self, wanted: Sequence[tuple[str, ...]]) -> Iterator[Place]:
        tokens, words, page = self._tokens, self._words, self._page
        for number, term in enumerate(wanted):
            place, size = -1, len(term)
            for _ in range(tokens.count(term[0])):
                place = tokens.index(term[0], place + 1)
                if tuple(tokens[place : place + size]) == term:
                    first, last = words[place], words[place + size - 1] + 1
                    yield Place(page.number, first, last, number, _boxes(page, first, last))


def _boxes(page: PageWords, first: int, last: int) -> tuple[BBox, ...]:
    found = []
    for start, end in page.line_spans:
        low, high = max(first, start), min(last, end)
        if low < high:
            found.append(page.box(low, high))
    return tuple(found)


def make_snippet(pages: Sequence[PageWords], places: Sequence[Place]) -> Snippet:
    """The words around the spot with the most terms; the beginning where there is none."""
    if not places:
        first = next((page for page in pages if page.words), None)
        if first is None:
            return Snippet()
        return Snippet(first.number, None, ((" ".join(first.words[: 2 * _BESIDE]) + " …", False),))
    best = max(places, key=lambda place: (_company(places, place), -place.page, -place.first))
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


def _company(places: Sequence[Place], place: Place) -> int:
    """How many different terms stand near it, itself included."""
    near = {
        other.term
        for other in places
        if other.page == place.page and 0 <= other.first - place.first <= 2 * _BESIDE
    }
    return len(near)

"""The search page of ``sohoa serve``: what was found, shown on the scan."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from sohoa.errors import SettingsError
from sohoa.geometry import BBox
from sohoa.search import Hit, Query, Results, search
from sohoa.search.query import MOST_RESULTS
from sohoa.search.reading import read_page
from sohoa.web.api_library import Seat
from sohoa.web.api_seat import seat_of
from sohoa.web.api_wording import say
from sohoa.web.pages import show
from sohoa.web.site import Reader

router = APIRouter()
_A_PAGE = 10
_MOST = MOST_RESULTS - _A_PAGE
_NARROW = ("number", "type", "issuer", "signer", "cited", "first", "last")
_FACETS = {"type": "type", "issuer": "issuer"}  # a facet and the field that it fills


@router.get("/search", response_class=HTMLResponse)
def search_page(request: Request, visitor: Reader, q: str = "", start: int = 0) -> HTMLResponse:
    asked = {name: request.query_params.get(name, "")[:400] for name in _NARROW}
    chosen = {"q": q[:400], **asked}
    start = min(max(0, start), _MOST)
    seat = seat_of(request)
    results, problem = None, ""
    if any(chosen.values()):
        try:
            query = Query(
                chosen["q"], asked["number"], asked["type"], asked["issuer"], asked["signer"],
                asked["cited"], asked["first"], asked["last"], start, _A_PAGE,
            )  # fmt: skip
            results = search(seat.index, query, seat.audience)
        except SettingsError:
            problem = "search.too-much"

    def link(**changes: object) -> str:
        values = {**chosen, **changes}
        return "/search?" + urlencode({key: value for key, value in values.items() if value})

    def told(key: str, **parts: object) -> str:
        return say(key, visitor.language, **parts)

    return show(
        request, visitor, "search.html", s=told, chosen=chosen, narrow=_NARROW, results=results,
        problem=problem, link=link, start=start, a_page=_A_PAGE, most=_MOST, facets=_FACETS,
        cuts=_cuts(seat, results) if results else {}, narrowed=any(asked.values()),
    )  # fmt: skip


def _cuts(seat: Seat, results: Results) -> dict[str, dict[str, Any]]:
    """For each hit the part of the page around its first places, in page pixels."""
    found = {}
    for hit in results.hits:
        page = _page_of(hit)
        if page is None:
            continue
        with seat.index.reading() as db:
            read = read_page(db, hit.key, page, seat.audience)
        if read is None:
            continue
        boxes = [box for place in hit.places if place.page == page for box in place.boxes]
        size = (read.width, read.height)
        spot = hit.snippet.spot or BBox(0, 0, 0, 0)
        found[hit.key] = {
            "page": page, "width": read.width, "height": read.height, "boxes": boxes,
            "wide": _view(size, spot, (read.width, read.height // 6)),
            # A phone's width shows half of a line, large enough to be read.
            "close": _view(size, spot, (read.width // 2, read.height // 12)),
        }  # fmt: skip
    return found


def _view(size: tuple[int, int], spot: BBox, part: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height of the part of a page to show around a spot, in page pixels."""
    left = min(max(0, round(spot.center_x) - part[0] // 2), max(0, size[0] - part[0]))
    top = min(max(0, spot.top - part[1] // 3), max(0, size[1] - part[1]))
    return left, top, *part


def _page_of(hit: Hit) -> int | None:
    return hit.snippet.page or (hit.places[0].page if hit.places else None)

"""What every call of the interface shares: who asks, bounded parameters, ETags."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Depends, HTTPException, Path, Query, Request
from fastapi.responses import JSONResponse, Response

from sohoa.search.reading import read_digest
from sohoa.web.api_library import Seat

Json = dict[str, Any]
PROBLEMS: dict[int | str, dict[str, Any]] = {
    401: {"description": "Log in first"},
    404: {"description": "There is no such document, or not for you"},
    422: {"description": "A parameter makes no sense"},
    503: {"description": "The index cannot be read now"},
}
UNCHANGED: dict[int | str, dict[str, Any]] = {
    **PROBLEMS,
    304: {"description": "As you know it (If-None-Match)"},
}


def seat_of(request: Request) -> Seat:
    seat: Seat = request.app.state.seat_of(request)
    seat.library.follow()
    return seat


Asking = Annotated[Seat, Depends(seat_of)]
Key = Annotated[str, Path(pattern="^[0-9a-f]{20}$", description="The stable id of a document")]
Limit = Annotated[int, Query(ge=1, le=100)]
After = Annotated[str, Query(pattern="^[0-9a-f]{0,20}$", description="The last id you have")]


def fresh(seat: Seat, key: str) -> str:
    """The document's ETag; 404 where there is no document for this audience."""
    with seat.index.reading() as db:
        digest = read_digest(db, key, seat.audience)
    if digest is None:
        raise HTTPException(404, "document")
    return f'"{digest}"'


def known(request: Request, etag: str) -> Response | None:
    """304 where the caller has this state already."""
    given = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in given.split(",")[:50]}
    if etag in tags or given.strip() == "*":
        return Response(status_code=304, headers=_headers(etag))
    return None


def answer(value: object, etag: str) -> JSONResponse:
    return JSONResponse(value, headers=_headers(etag))


def raw(data: bytes, media_type: str, etag: str) -> Response:
    return Response(data, media_type=media_type, headers=_headers(etag))


def _headers(etag: str) -> dict[str, str]:
    return {"ETag": etag, "Cache-Control": "private, no-cache"}

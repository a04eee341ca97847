"""Calls about one document: its fields, pages, text, units, citations, corrections and exports."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Request
from fastapi.responses import Response

from sohoa.export import FORMATS
from sohoa.search import Audience, Entry
from sohoa.search.audience import whole_document
from sohoa.search.bulk import json_line
from sohoa.search.legislation import legislation
from sohoa.search.reading import read_citing, read_entry, read_page
from sohoa.search.rows import PageWords
from sohoa.web.api_library import Seat
from sohoa.web.api_seat import UNCHANGED, Asking, Json, Key, answer, fresh, known, raw

router = APIRouter(prefix="/documents/{key}", responses=UNCHANGED)
PageNumber = Annotated[int, Path(ge=1, le=1_000_000)]
Name = Annotated[str, Path(max_length=100)]


def _entry(seat: Seat, key: str) -> Entry:
    with seat.index.reading() as db:
        entry = read_entry(db, key, seat.audience)
    if entry is None:
        raise HTTPException(404, "document")
    return entry


@router.get("", summary="The whole document, with the text of its pages")
def get_document(key: Key, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    return known(request, etag) or answer(whole_document(_entry(seat, key)), etag)


@router.get("/fields", summary="Its fields, how sure they are, and its marks")
def get_fields(key: Key, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    if unchanged := known(request, etag):
        return unchanged
    document = _entry(seat, key).document
    names = ("id", "uri", "fields", "confidence", "marks", "findings", "authenticity")
    return answer({name: document[name] for name in names}, etag)


@router.get("/pages", summary="Its pages: number and size in pixels")
def get_pages(key: Key, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    pages = [
        {"number": page.number, "width": page.width, "height": page.height}
        for page in _entry(seat, key).pages
    ]
    return known(request, etag) or answer({"pages": pages}, etag)


@router.get("/pages/{number}", summary="One page: its text, its words with their boxes")
def get_page(key: Key, number: PageNumber, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    with seat.index.reading() as db:
        page = read_page(db, key, number, seat.audience)
    if page is None:
        raise HTTPException(404, "page")
    return known(request, etag) or answer(_page_view(page), etag)


def _page_view(page: PageWords) -> Json:
    edges = page.edges
    words = [
        {"text": word, "bbox": list(edges[4 * place : 4 * place + 4])}
        for place, word in enumerate(page.words)
    ]
    return {
        "number": page.number, "width": page.width, "height": page.height, "text": page.text,
        "lines": list(page.lines), "words": words,
    }  # fmt: skip


@router.get("/text", summary="Its printed text", response_class=Response)
def get_text(key: Key, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    return known(request, etag) or raw(_text(_entry(seat, key)), "text/plain; charset=utf-8", etag)


def _text(entry: Entry) -> bytes:
    return ("\n\f".join(page.text for page in entry.pages) + "\n").encode()


@router.get("/units", summary="Its units (điều, khoản, điểm), each with its address")
def get_units(key: Key, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    units = _entry(seat, key).document["units"]
    return known(request, etag) or answer({"units": units}, etag)


@router.get("/units/{address}", summary="One unit and what stands in it")
def get_unit(key: Key, address: Name, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    units = _entry(seat, key).document["units"]
    inside = [
        each
        for each in units
        if each["address"] == address or each["address"].startswith(f"{address}__")
    ]
    if not inside:
        raise HTTPException(404, "unit")
    return known(request, etag) or answer({"units": inside}, etag)


@router.get("/citations", summary="What it cites, and which documents here cite it")
def get_citations(key: Key, seat: Asking) -> Response:
    fresh(seat, key)
    with seat.index.reading() as db:
        citing = read_citing(db, key, seat.audience)
    # Who cites it changes without it: no ETag.
    return _plain({"citations": _entry(seat, key).document["citations"], "cited_by": citing})


@router.get("/corrections", summary="What people changed in it, in order; for the office only")
def get_corrections(key: Key, seat: Asking) -> Response:
    fresh(seat, key)
    if seat.audience is Audience.PUBLIC:
        raise HTTPException(404, "corrections")
    return _plain({"corrections": seat.library.collection.corrections(key)})


@router.get("/exports", summary="Names of the files that can be had of it")
def get_exports(key: Key, seat: Asking) -> Json:
    fresh(seat, key)
    return {"exports": [*_OWN, *_of_record(seat)]}


@router.get("/exports/{name}", summary="One of these files", response_class=Response)
def get_export(key: Key, name: Name, request: Request, seat: Asking) -> Response:
    etag = fresh(seat, key)
    if unchanged := known(request, etag):
        return unchanged
    entry = _entry(seat, key)
    if name == "document.json":
        return raw(json_line(whole_document(entry)), "application/json", etag)
    if name == "legislation.jsonld":
        return raw(json_line(legislation(entry.document)), "application/ld+json", etag)
    if name == "text.txt":
        return raw(_text(entry), "text/plain; charset=utf-8", etag)
    form = next((each for each in FORMATS if each.file_name == name), None)
    if form is None or name not in _of_record(seat):
        raise HTTPException(404, "export")
    try:
        record = seat.library.collection.record(entry.folder)
    except (OSError, ValueError) as error:
        raise HTTPException(404, "record") from error
    # Text of papers is never shown as a page of this site.
    return raw(form.export(record), "application/octet-stream", etag)


_OWN = ("document.json", "legislation.jsonld", "text.txt")


def _of_record(seat: Seat) -> tuple[str, ...]:
    """Files made of the whole record: they tell everything, so the public has none of them."""
    if seat.audience is Audience.PUBLIC:
        return ()
    return tuple(each.file_name for each in FORMATS if each.file_name not in _OWN)


def _plain(value: Any) -> Response:
    return Response(json_line(value), media_type="application/json")

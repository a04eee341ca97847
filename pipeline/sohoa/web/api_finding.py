"""Calls about the collection: the list, search, the feed, the graph, and what the calls are."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.responses import JSONResponse, Response

from sohoa.errors import SettingsError
from sohoa.search import Query as Question
from sohoa.search import Results, search
from sohoa.search.audience import whole_document
from sohoa.search.feed import changes_since
from sohoa.search.graph import build_graph, to_graphml, to_json
from sohoa.search.graph_picture import to_svg
from sohoa.search.query import MOST_CHARACTERS, MOST_RESULTS
from sohoa.search.reading import keys_of_uri, read_entry, read_keys, read_summary
from sohoa.web.api_seat import PROBLEMS, After, Asking, Json, Limit

router = APIRouter(responses=PROBLEMS)
_MOST_WHOLE = 20
_MOST_DRAWN = 5000  # documents of a collection whose graph is drawn on demand
Words = Annotated[str, Query(max_length=MOST_CHARACTERS)]
Day = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$")]


@router.get("/openapi.json", include_in_schema=False)
def get_outline(request: Request, _: Asking) -> Json:
    """What calls there are (OpenAPI); asked for by those who may make them."""
    outline: Json = request.app.state.api_outline()
    return outline


@router.get("/documents", summary="Documents by id, a page at a time")
def get_documents(seat: Asking, after: After = "", limit: Limit = 50) -> Json:
    with seat.index.reading() as db:
        keys = read_keys(db, seat.audience, after, limit + 1)
        found = [read_summary(db, key, seat.audience) for key in keys[:limit]]
    following = keys[limit - 1] if len(keys) > limit else None
    return {"documents": [each for each in found if each], "next": following}


@router.get("/works", summary="Documents of one work, by its URI")
def get_work(uri: Annotated[str, Query(max_length=500)], seat: Asking) -> Json:
    with seat.index.reading() as db:
        keys = keys_of_uri(db, uri, seat.audience)
        found = [read_summary(db, key, seat.audience) for key in keys]
    return {"uri": uri, "documents": [each for each in found if each]}


@router.get("/search", summary="Search by text and fields")
def get_search(  # noqa: PLR0913, PLR0917 (what an address may carry)
    seat: Asking,
    q: Words = "",
    number: Words = "",
    type: Words = "",  # noqa: A002 (the name in the address)
    issuer: Words = "",
    signer: Words = "",
    cited: Words = "",
    first: Day = "",
    last: Day = "",
    start: Annotated[int, Query(ge=0, le=MOST_RESULTS)] = 0,
    count: Limit = 10,
) -> Json:
    try:
        question = Question(q, number, type, issuer, signer, cited, first, last, start, count)
    except SettingsError as error:
        raise HTTPException(422, str(error)) from error
    return results_view(search(seat.index, question, seat.audience))


def results_view(results: Results) -> Json:
    return {
        "total": results.total,
        "more": results.more,
        "facets": {
            name: [{"value": value, "count": count} for value, count in counts]
            for name, counts in results.facets.items()
        },
        "hits": [
            {
                "id": hit.key,
                "uri": hit.uri,
                "exact": hit.exact,
                "fields": {name: hit.fields[name] for name in _SHOWN},
                "snippet": {
                    "page": hit.snippet.page,
                    "pieces": [{"text": text, "hit": found} for text, found in hit.snippet.pieces],
                },
                "places": [
                    {
                        "page": place.page,
                        "boxes": [[b.left, b.top, b.right, b.bottom] for b in place.boxes],
                    }
                    for place in hit.places
                ],
            }
            for hit in results.hits
        ],
    }


_SHOWN = ("type", "full_number", "title", "issuer", "date", "signer", "family")


@router.get("/changes", summary="What changed since a cursor; an empty one is the beginning")
def get_changes(
    seat: Asking,
    since: Annotated[str, Query(max_length=60)] = "",
    limit: Limit = 100,
    documents: bool = False,
) -> Json:
    most = min(limit, _MOST_WHOLE) if documents else limit
    with seat.index.reading() as db:
        batch = changes_since(seat.index, since, seat.audience, most)
        found = []
        for change in batch.changes:
            line: Json = {"cursor": change.cursor, "kind": change.kind, "id": change.key,
                          "digest": change.digest}  # fmt: skip
            if documents and change.digest:
                entry = read_entry(db, change.key, seat.audience)
                line["document"] = whole_document(entry) if entry else None
            found.append(line)
    return {"changes": found, "cursor": batch.cursor, "more": batch.more, "reset": batch.reset}


@router.get(
    "/graph.{form}",
    summary="The citation graph as json, graphml or svg",
    response_class=Response,
    responses={413: {"description": "Too large to be drawn on demand: use sohoa export"}},
)
def get_graph(form: str, seat: Asking) -> Response:
    if form not in _GRAPHS:
        raise HTTPException(404, "form")
    with seat.index.reading() as db:
        if len(read_keys(db, seat.audience, limit=_MOST_DRAWN + 1)) > _MOST_DRAWN:
            return JSONResponse({"error": "large"}, 413)

    def draw() -> bytes:
        with seat.index.reading() as db:
            graph = build_graph(db, seat.audience)
        if form == "svg":
            return to_svg(graph, seat.language)
        return to_json(graph) if form == "json" else to_graphml(graph)

    name = f"{form} {seat.audience} {seat.language if form == 'svg' else ''}"
    return Response(seat.library.drawn(name, draw), media_type=_GRAPHS[form])


_GRAPHS = {"json": "application/json", "graphml": "application/xml", "svg": "image/svg+xml"}

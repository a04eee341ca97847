"""What the pages' scripts ask for and send: documents, words, corrections, pictures."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Body, HTTPException, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field

from sohoa.review import Correction, Kind, Place, active, now
from sohoa.review.fields import check_value, leaves
from sohoa.review.outline import DOWN, KIND, UP
from sohoa.review.store import Conflict, Document, SignedOff
from sohoa.web.desk import Opened
from sohoa.web.reasons import told_reason
from sohoa.web.site import Reader, Reviewer, Site, Visitor, Wanted, site_of
from sohoa.web.views import conflict_view, document_view, place_of

router = APIRouter(prefix="/api")
Json = dict[str, Any]


class Wish(BaseModel):
    """One correction as a page sends it; who and when are the server's to say."""

    model_config = ConfigDict(extra="forbid", strict=True)

    id: str = Field(pattern=r"^[0-9a-f]{24}$")
    kind: Kind = Field(strict=False)
    before: str = Field(default="", max_length=8000)
    after: str = Field(default="", max_length=8000)
    why: str = Field(default="", max_length=1000)
    word: str | None = Field(default=None, max_length=60)
    field: str | None = Field(default=None, max_length=120)
    undoes: str | None = Field(default=None, max_length=60)


class Wishes(BaseModel):
    """What a person did on one version of a document."""

    model_config = ConfigDict(extra="forbid", strict=True)

    version: int = Field(ge=0)
    made: list[Wish] = Field(min_length=1, max_length=200)


def opened(site: Site, document: Document) -> Opened:
    try:
        return site.desk.open(document)
    except OSError as error:
        raise HTTPException(410, "record") from error
    except ValueError as error:
        raise HTTPException(500, "record") from error


@router.get("/documents/{key}")
def get_document(document: Wanted, request: Request, visitor: Reader) -> Json:
    site = site_of(request)
    here = opened(site, document)
    made = site.store.corrections(document.entry.key)
    value = document_view(here, made, visitor.language)
    value["may_correct"] = visitor.may_correct
    value["me"] = visitor.shown
    value["original"] = bool(site.desk.originals(document))
    value["results"] = _results(site, document)
    value["others"] = site.desk.greet(document.entry.key, visitor.session, visitor.shown)
    return value


@router.get("/documents/{key}/pages/{number}")
def get_page(number: int, document: Wanted, request: Request) -> Response:
    page = opened(site_of(request), document).page(number)
    if page is None:
        raise HTTPException(404, "page")
    return Response(page, media_type="application/json")


@router.get("/documents/{key}/changes")
def get_changes(since: int, document: Wanted, request: Request) -> Json:
    """What was done after a version."""
    changes = site_of(request).store.corrections(document.entry.key, since)
    return conflict_view(document.version, changes)


@router.post("/documents/{key}/presence")
def post_presence(document: Wanted, request: Request, visitor: Reader) -> Json:
    site = site_of(request)
    others = site.desk.greet(document.entry.key, visitor.session, visitor.shown)
    return {"version": document.version, "others": others, "results": _results(site, document)}


@router.post("/documents/{key}/absence", status_code=204)
def post_absence(document: Wanted, request: Request, visitor: Reader) -> Response:
    site = site_of(request)
    site.desk.leave(document.entry.key, visitor.session)
    site.describer.hurry(document.entry.key)
    return Response(status_code=204)


@router.post("/documents/{key}/corrections")
def post_corrections(
    document: Wanted, wishes: Annotated[Wishes, Body()], request: Request, visitor: Reviewer
) -> Response:
    """Take corrections in. 409 with what others did meanwhile; 422 for what makes no sense."""
    site = site_of(request)
    here = opened(site, document)
    made = [_correction(wish, here, visitor, site) for wish in wishes.made]
    try:
        after = site.desk.take(document, wishes.version, made)
    except Conflict as conflict:
        return JSONResponse(conflict_view(conflict.version, conflict.changes), 409)
    except SignedOff:
        return JSONResponse({"version": document.version, "signed": True}, 409)
    if any(each.kind in {Kind.SIGN_OFF, Kind.REOPEN} for each in made):
        site.accounts.log(visitor.shown, visitor.address, made[-1].kind, document.entry.folder)
    if after.state == "signed":
        site.writer.add(after)
    there = opened(site, after)
    site.describer.add(after)
    pages = {each.place.page for each in made if each.place is not None}
    pages |= _undone_pages(site, document, made)
    answer = {
        "version": after.version,
        "state": after.state,
        "signed_by": after.signed_by,
        "signed_at": after.signed_at,
    }
    written = ", ".join(filter(None, (there.page(number) for number in sorted(pages))))
    text = json.dumps(answer, ensure_ascii=False)
    return Response(f'{text[:-1]}, "pages": [{written}]}}', media_type="application/json")


def _undone_pages(site: Site, document: Document, made: list[Correction]) -> set[int]:
    undone = {each.undoes for each in made if each.kind is Kind.UNDO}
    if not undone:
        return set()
    known = site.store.corrections(document.entry.key)
    return {each.place.page for each in known if each.id in undone and each.place is not None}


def _correction(wish: Wish, here: Opened, visitor: Visitor, site: Site) -> Correction:
    """The wish as a correction, its ``before`` and its place as they stand on the server."""
    before = unicodedata.normalize("NFC", wish.before)
    after = " ".join(unicodedata.normalize("NFC", wish.after).split())
    why = " ".join(unicodedata.normalize("NFC", wish.why).split())
    place = None
    if wish.kind in {Kind.WORD, Kind.CONFIRM}:
        found = place_of(here.words.pages, wish.word or "")
        if found is None:
            raise HTTPException(422, "word")
        word, page = found
        place = Place(word.id, page.number, word.bbox, page.width, page.height)
        before = word.text
        if wish.kind is Kind.CONFIRM:
            after = ""
        if _unprintable(after):
            raise HTTPException(422, "text")
    elif wish.kind is Kind.FIELD:
        values = {path: leaf.value or "" for path, leaf in leaves(here.now.record.directive)}
        before = values.get(wish.field or "", "")
        try:
            after = check_value(wish.field or "", after)
        except ValueError as error:
            raise HTTPException(422, told_reason(str(error), visitor.language)) from error
    elif wish.kind is Kind.OUTLINE and not (after in {UP, DOWN} or after.startswith(KIND)):
        raise HTTPException(422, "outline")
    elif wish.kind is Kind.UNDO:
        standing = {each.id for each in active(site.store.corrections(here.document.entry.key))}
        if wish.undoes not in standing:
            raise HTTPException(422, "undo")
    try:
        return Correction(
            kind=wish.kind, who=visitor.shown, when=now(), before=before, after=after, why=why,
            place=place, field=wish.field, undoes=wish.undoes, id=wish.id,
        )  # fmt: skip
    except ValueError as error:
        raise HTTPException(422, str(error)) from error


def _unprintable(text: str) -> bool:
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co"} for sign in text)


def _results(site: Site, document: Document) -> Json:
    """How far the results of a signed document are."""
    if document.state != "signed":
        return {"state": "none"}
    if document.exported == document.version:
        return {"state": "written"}
    failure = site.writer.failure(document.entry.key)
    return {"state": "failed" if failure else "writing"}


@router.get("/documents/{key}/results/{name}")
def get_result(name: str, document: Wanted, request: Request) -> FileResponse:
    """One file of what was written when the document was signed off."""
    folder = site_of(request).desk.shelf.reviewed_root / document.entry.folder
    if document.exported != document.version or not folder.is_dir():
        raise HTTPException(404, "result")
    # The name only chooses among the files that lie there; it is never made part of a path.
    files = {each.name: each for each in folder.iterdir() if each.is_file()}
    if name not in files:
        raise HTTPException(404, "result")
    return FileResponse(files[name], filename=name, headers={"Content-Type": _kind(name)})


def result_names(site: Site, document: Document) -> list[str]:
    folder = site.desk.shelf.reviewed_root / document.entry.folder
    return sorted(each.name for each in folder.iterdir()) if folder.is_dir() else []


def _kind(name: str) -> str:
    # Text of papers is never shown as a page of this site.
    return "application/json" if name.endswith(".json") else "application/octet-stream"


@router.get("/documents/{key}/pages/{number}/preview.jpg")
def get_preview(number: int, document: Wanted, request: Request) -> FileResponse:
    site = site_of(request)
    return _picture(
        site.pictures.preview(
            document.entry.source_sha256, number, lambda: site.desk.originals(document)
        ),
        document,
    )


@router.get("/documents/{key}/pages/{number}/{column}-{row}.jpg")
def get_tile(
    number: int, column: int, row: int, document: Wanted, request: Request
) -> FileResponse:
    site = site_of(request)
    return _picture(
        site.pictures.tile(
            document.entry.source_sha256, number, lambda: site.desk.originals(document),
            (column, row),
        ),
        document,
    )  # fmt: skip


def _picture(path: Path | None, document: Document) -> FileResponse:
    if path is None:
        raise HTTPException(404, "picture")
    kept = "no-store" if document.entry.secret else "private, max-age=86400"
    return FileResponse(path, media_type="image/jpeg", headers={"Cache-Control": kept})

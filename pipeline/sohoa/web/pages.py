"""The pages that people see: queue, review, login, accounts, log."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Form, HTTPException, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from fastapi.templating import Jinja2Templates

from sohoa.errors import SettingsError
from sohoa.review.fields import LISTS, SINGLE
from sohoa.review.store import Wanted as Filter
from sohoa.web.accounts import LEAST_PASSWORD, Account, Role, TooManyTries
from sohoa.web.calls import result_names
from sohoa.web.messages import LOGGED, REASONS, for_script, say, told_day
from sohoa.web.site import (
    LANGUAGE_COOKIE,
    Admin,
    Reader,
    Site,
    Visitor,
    Wanted,
    address_of,
    check_csrf,
    find_visitor,
    language_of,
    site_of,
)

router = APIRouter()
TEMPLATES = Jinja2Templates(directory=Path(__file__).with_name("templates"))
TEMPLATES.env.filters["day"] = told_day
_A_PAGE = 50
_STATES = ("new", "working", "signed")


def show(
    request: Request, visitor: Visitor | None, template: str, status: int = 200, **values: Any
) -> HTMLResponse:
    """A page in the visitor's language; everything put into it is escaped."""
    language = visitor.language if visitor else language_of(request)

    def told(key: str, **parts: object) -> str:
        return say(key, language, **parts)

    context = {
        "t": told,
        "language": language,
        "visitor": visitor,
        "accounts": site_of(request).configuration.accounts,
        "here": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
        **values,
    }
    return TEMPLATES.TemplateResponse(request, template, context, status_code=status)


def begin_session(request: Request, response: Response, account: str) -> str:
    """Give the browser a session under a new id; returns the token of its forms."""
    site = site_of(request)
    old = request.cookies.get(site.cookie, "")
    if old:
        site.accounts.end(old)
    token, session = site.accounts.begin(account)
    response.set_cookie(
        site.cookie,
        token,
        httponly=True,
        samesite="strict",
        secure=site.configuration.secure_cookies,
        path="/",
    )
    return session.csrf


@router.get("/", response_class=HTMLResponse)
def queue(  # noqa: PLR0913, PLR0917 (what an address may carry)
    request: Request, visitor: Reader, state: str = "", reason: str = "", q: str = "", page: int = 1
) -> HTMLResponse:
    site = site_of(request)
    page = min(max(1, page), 100_000)
    state = state if state in _STATES else ""
    reason = reason if reason in REASONS else ""
    text = q[:200]
    wanted = Filter(state, reason, text, visitor.secret, (page - 1) * _A_PAGE, _A_PAGE)
    documents, total = site.store.find(wanted)
    counts = site.store.counts(secret=visitor.secret)
    chosen = {"state": state, "reason": reason, "q": text}

    def link(**changes: object) -> str:
        values = {**chosen, **changes}
        query = urlencode({key: value for key, value in values.items() if value})
        return f"/?{query}" if query else "/"

    return show(
        request, visitor, "queue.html",
        documents=documents, total=total, counts=counts, states=_STATES, reasons=REASONS,
        chosen=chosen, link=link, page=page, last=max(1, -(-total // _A_PAGE)),
        present={each.entry.key: site.desk.present(each.entry.key) for each in documents},
        unreadable=site.unreadable if visitor.role.may(Role.ADMIN) else (),
        indexing=site.indexing,
    )  # fmt: skip


@router.get("/d/{key}", response_class=HTMLResponse)
def review(document: Wanted, request: Request, visitor: Reader) -> HTMLResponse:
    site = site_of(request)
    if document.entry.secret:
        site.accounts.log(visitor.shown, visitor.address, "secret-opened", document.entry.folder)
    return show(
        request, visitor, "review.html",
        document=document, words=for_script(visitor.language), singles=SINGLE, lists=LISTS,
    )  # fmt: skip


@router.get("/d/{key}/results", response_class=HTMLResponse)
def results(document: Wanted, request: Request, visitor: Reader) -> HTMLResponse:
    """What was written when the document was signed off."""
    site = site_of(request)
    written = document.state == "signed" and document.exported == document.version
    names = result_names(site, document) if written else []
    return show(
        request, visitor, "results.html", document=document, names=names,
        folder=site.desk.shelf.reviewed_root / document.entry.folder,
        failure=site.writer.failure(document.entry.key),
    )  # fmt: skip


@router.get("/help", response_class=HTMLResponse)
def help_page(request: Request, visitor: Reader) -> HTMLResponse:
    return show(request, visitor, "help.html")


@router.get("/language/{language}")
def choose_language(language: str, request: Request, to: str = "/") -> RedirectResponse:
    if language not in {"vi", "en"}:
        raise HTTPException(404, "language")
    # Only to a page of this site: no scheme, no host.
    inside = to.startswith("/") and not to.startswith("//") and "\\" not in to
    response = RedirectResponse(to if inside else "/", 303)
    secure = site_of(request).configuration.secure_cookies
    response.set_cookie(
        LANGUAGE_COOKIE, language, max_age=31536000, samesite="strict", secure=secure
    )
    return response


# Logging in and out


@router.get("/login", response_class=HTMLResponse)
def login_page(request: Request) -> Response:
    if not site_of(request).configuration.accounts:
        return RedirectResponse("/", 303)
    return _login_page(request, "", 200)


def _login_page(
    request: Request, problem: str, status: int, typed: str = "", **parts: object
) -> Response:
    visitor = find_visitor(request)
    if visitor is not None and visitor.name and not problem:
        return RedirectResponse("/", 303)
    holder = Response()
    csrf = visitor.csrf if visitor else begin_session(request, holder, "")
    page = show(
        request, None, "login.html", status, csrf=csrf, problem=problem, parts=parts, typed=typed
    )  # fmt: skip
    for name, value in holder.headers.items():
        if name == "set-cookie":
            page.headers.append(name, value)
    return page


@router.post("/login", response_class=HTMLResponse)
def log_in(
    request: Request,
    name: Annotated[str, Form(max_length=100)],
    password: Annotated[str, Form(max_length=1000)],
    csrf: Annotated[str, Form(max_length=100)],
) -> Response:
    site = site_of(request)
    visitor = find_visitor(request)
    if visitor is None:
        return _login_page(request, "login.expired", 403)
    check_csrf(request, visitor, csrf)
    address = address_of(request)
    try:
        account = site.accounts.log_in(name, password, address)
    except TooManyTries as error:
        site.accounts.log(name, address, "login-refused")
        page = _login_page(request, "login.wait", 429, name, seconds=round(error.seconds) + 1)
        page.headers["Retry-After"] = str(round(error.seconds) + 1)
        return page
    if account is None:
        site.accounts.log(name, address, "login-failed")
        return _login_page(request, "login.wrong", 401, name)
    site.accounts.log(account.name, address, "login")
    response = RedirectResponse("/", 303)
    begin_session(request, response, account.name)
    return response


@router.post("/logout")
def log_out(request: Request, csrf: Annotated[str, Form(max_length=100)]) -> Response:
    site = site_of(request)
    visitor = find_visitor(request)
    if visitor is not None:
        check_csrf(request, visitor, csrf)
        site.accounts.end(request.cookies.get(site.cookie, ""))
        site.accounts.log(visitor.name, visitor.address, "logout")
    response = RedirectResponse("/login", 303)
    response.delete_cookie(site.cookie, path="/")
    return response


# For the administrator


@router.get("/accounts", response_class=HTMLResponse)
def accounts_page(request: Request, visitor: Admin) -> HTMLResponse:
    return _accounts_page(request, visitor, "", 200)


def _accounts_page(request: Request, visitor: Visitor, problem: str, status: int) -> HTMLResponse:
    site = site_of(request)
    return show(
        request, visitor, "accounts.html", status, known=site.accounts.all(), roles=list(Role),
        problem=problem, least=LEAST_PASSWORD,
    )  # fmt: skip


@router.post("/accounts", response_class=HTMLResponse)
def change_account(  # noqa: PLR0913, PLR0917 (the fields of the form)
    request: Request,
    visitor: Admin,
    name: Annotated[str, Form(max_length=60)],
    role: Annotated[str, Form(max_length=20)],
    csrf: Annotated[str, Form(max_length=100)],
    shown: Annotated[str, Form(max_length=100)] = "",
    password: Annotated[str, Form(max_length=1000)] = "",
    secret: Annotated[str, Form(max_length=10)] = "",
    active: Annotated[str, Form(max_length=10)] = "",
) -> Response:
    check_csrf(request, visitor, csrf)
    site = site_of(request)
    if role not in list(Role):
        raise HTTPException(422, "role")
    account = Account(
        name.strip().lower(), " ".join(shown.split()), Role(role), bool(secret), bool(active)
    )
    if account.name == visitor.name and not (account.active and account.role is Role.ADMIN):
        return _accounts_page(request, visitor, "accounts.self", 422)
    try:
        site.accounts.put(account, password or None)
    except SettingsError:
        return _accounts_page(request, visitor, "accounts.weak", 422)
    site.accounts.log(visitor.shown, visitor.address, "account", f"{account.name}: {account.role}")
    return RedirectResponse("/accounts", 303)


@router.get("/log", response_class=HTMLResponse)
def log_page(request: Request, visitor: Admin) -> HTMLResponse:
    lines = site_of(request).accounts.read_log()
    return show(request, visitor, "log.html", lines=lines, acts=LOGGED)


__all__ = ["Site", "begin_session", "router", "show"]

"""What every page needs: the configuration, the desk, the accounts, and who is asking."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import Depends, HTTPException, Request

from sohoa.review.store import Document, ReviewStore
from sohoa.web.accounts import Accounts, Role, Session
from sohoa.web.configuration import WebConfiguration
from sohoa.web.desk import Desk
from sohoa.web.errands import describer, result_writer
from sohoa.web.messages import pick_language
from sohoa.web.pictures import Pictures

ACCOUNTS = "accounts.sqlite"
PICTURES = "pictures"
LANGUAGE_COOKIE = "sohoa_language"


class Site:
    """All that lives as long as the server."""

    def __init__(self, configuration: WebConfiguration) -> None:
        folder = configuration.shelf.store_path.parent
        self.configuration = configuration
        self.store = ReviewStore(configuration.shelf.store_path)
        self.accounts = Accounts(folder / ACCOUNTS)
        self.desk = Desk(configuration.shelf, self.store)
        self.pictures = Pictures(folder / PICTURES)
        self.writer = result_writer(self.desk)
        self.describer = describer(self.desk)
        self.unreadable: tuple[str, ...] = ()
        self.indexing: tuple[int, int] | None = None

    @property
    def cookie(self) -> str:
        # The prefix makes browsers refuse such a cookie from anywhere but this very host.
        secure = self.configuration.secure_cookies
        return "__Host-sohoa" if secure else f"sohoa_{self.configuration.port}"

    def start(self) -> None:
        self.writer.start()
        self.describer.start()

    def close(self) -> None:
        self.writer.stop()
        self.describer.stop()
        self.pictures.close()


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is asking: ``name`` is empty for one who must log in first."""

    name: str
    shown: str
    role: Role
    secret: bool
    csrf: str
    session: str
    language: str
    address: str

    @property
    def may_correct(self) -> bool:
        return self.role.may(Role.REVIEWER)


def accounts_path(root: Path) -> Path:
    """Where the accounts of a folder of results are kept."""
    from sohoa.review.shelf import STORE

    return (root / STORE).with_name(ACCOUNTS)


def site_of(request: Request) -> Site:
    site: Site = request.app.state.site
    return site


def language_of(request: Request) -> str:
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return pick_language(chosen, request.headers.get("accept-language", ""))


def address_of(request: Request) -> str:
    return request.client.host if request.client else ""


def find_visitor(request: Request) -> Visitor | None:
    """Who is asking; None for a browser without a session, or with one that ended."""
    site = site_of(request)
    token = request.cookies.get(site.cookie, "")
    session = site.accounts.session(token) if token else None
    if session is None:
        return None
    return _visitor(request, site, session, token)


def _visitor(request: Request, site: Site, session: Session, token: str) -> Visitor | None:
    configuration = site.configuration
    language, address = language_of(request), address_of(request)
    short = token[:12]
    if not configuration.accounts:
        shown = configuration.reviewer or "?"
        return Visitor(
            "local", shown, Role.ADMIN, configuration.secret, session.csrf, short, language, address
        )
    account = site.accounts.get(session.account) if session.account else None
    if account is None or not account.active:
        return Visitor("", "", Role.READER, False, session.csrf, short, language, address)
    return Visitor(
        account.name, account.shown, account.role, account.secret, session.csrf, short, language,
        address,
    )  # fmt: skip


class MustLogIn(Exception):
    """Nobody known is asking: pages lead to the login, calls are refused."""


def reader(request: Request) -> Visitor:
    """Somebody who may look; ``MustLogIn`` otherwise."""
    visitor = find_visitor(request)
    if visitor is None or not visitor.name:
        raise MustLogIn
    return visitor


def check_csrf(request: Request, visitor: Visitor, token: str = "") -> None:
    """Refuse a request that this site's own pages did not make (403)."""
    given = token or request.headers.get("x-csrf-token", "")
    if not hmac.compare_digest(given.encode(), visitor.csrf.encode()):
        raise HTTPException(403, "csrf")


def reviewer(request: Request, visitor: Annotated[Visitor, Depends(reader)]) -> Visitor:
    """Somebody who may correct, from a page of this site; 403 otherwise."""
    check_csrf(request, visitor)
    if not visitor.may_correct:
        raise HTTPException(403, "role")
    return visitor


def admin(visitor: Annotated[Visitor, Depends(reader)]) -> Visitor:
    if not visitor.role.may(Role.ADMIN):
        raise HTTPException(403, "role")
    return visitor


def wanted_document(
    key: str, request: Request, visitor: Annotated[Visitor, Depends(reader)]
) -> Document:
    """The document of a key; 404 also for one that the visitor may not see: it is not there."""
    document = site_of(request).store.get(key)
    if document is None or (document.entry.secret and not visitor.secret):
        raise HTTPException(404, "document")
    return document


Reader = Annotated[Visitor, Depends(reader)]
Reviewer = Annotated[Visitor, Depends(reviewer)]
Admin = Annotated[Visitor, Depends(admin)]
Wanted = Annotated[Document, Depends(wanted_document)]

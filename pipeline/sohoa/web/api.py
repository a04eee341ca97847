"""The REST interface: documents, search, exports, the change feed; read only.

It stands in two applications. In ``sohoa serve`` it is for people who are logged in (``/api/v1``,
``add_api``); ``build_public_app`` serves what is published to everybody (``/v1``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sohoa.errors import StorageError
from sohoa.search import Audience
from sohoa.web import api_documents, api_finding
from sohoa.web.api_library import Library, Seat
from sohoa.web.throttle import Allowance, Throttle, refuse

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    # What is published may be read by the pages of any site.
    "Access-Control-Allow-Origin": "*",
}


def add_api(app: FastAPI) -> None:
    """Put the interface, and the search page, into the application of ``sohoa serve``."""
    from sohoa.web import api_page

    app.state.seat_of = _seats_of_visitors()
    app.include_router(api_page.router)
    _include(app, "/api/v1")


def build_public_app(root: Path, allowance: Allowance = Allowance()) -> FastAPI:  # noqa: B008 (frozen)
    """An application that shows what is published, to everybody, and nothing else.

    It takes nothing in: a call with a body is refused unread (413), one beyond the allowance of its
    address too (429).
    """
    app = FastAPI(title="sohoa", docs_url=None, redoc_url=None, openapi_url=None)
    seat = Seat(Library(root), Audience.PUBLIC)
    app.state.seat_of = lambda _: seat
    _include(app, "/v1")

    app.add_middleware(Throttle, allowance=allowance)
    app.add_middleware(Outside)
    return app


class Outside:
    """An ASGI layer: every answer bears ``HEADERS``; what brings a body along is refused."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    own.setdefault(name, value)
            await send(message)

        given = Headers(scope=scope)
        if given.get("content-length", "0") != "0" or "transfer-encoding" in given:
            await refuse(guarded, 413, b'{"error": "no body is taken"}')
            return
        await self._app(scope, receive, guarded)


def _include(app: FastAPI, prefix: str) -> None:
    app.state.api_outline = cache(partial(_outline, prefix))
    _add_calls(app, prefix)
    app.add_exception_handler(StorageError, _not_now)


def _add_calls(app: FastAPI, prefix: str) -> None:
    for router in (api_finding.router, api_documents.router):
        app.include_router(router, prefix=prefix)


def _outline(prefix: str) -> dict[str, Any]:
    """The description of these calls alone: the application has others."""
    alone = FastAPI(title="sohoa", version="1")
    _add_calls(alone, prefix)
    return alone.openapi()


async def _not_now(_: Request, _error: Exception) -> Response:
    return JSONResponse({"error": "storage"}, 503, {"Retry-After": "30"})


def _seats_of_visitors() -> Callable[[Request], Seat]:
    """Who is logged in sees what their leave covers; ``MustLogIn`` for anybody else."""
    from sohoa.web.site import reader, site_of

    lock = threading.Lock()
    libraries: list[Library] = []

    def seat(request: Request) -> Seat:
        visitor = reader(request)
        with lock:
            if not libraries:
                libraries.append(Library(site_of(request).configuration.shelf.root))
        audience = Audience.ALL if visitor.secret else Audience.OFFICE
        return Seat(libraries[0], audience, visitor.language)

    return seat

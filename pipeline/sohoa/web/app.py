"""The application: pages and calls behind one guard."""

from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from sohoa.review.shelf import refresh
from sohoa.web import calls, pages
from sohoa.web.api import add_api
from sohoa.web.configuration import WebConfiguration
from sohoa.web.guard import Guard
from sohoa.web.site import MustLogIn, Site, find_visitor
from sohoa.web.throttle import Allowance, Throttle

STATIC = Path(__file__).with_name("static")
OFFICE = Allowance(rate=20.0, burst=200)  # calls of the interface, for people who are logged in


def build_app(configuration: WebConfiguration) -> FastAPI:
    """The application over one folder of results; its threads start with it and end with it."""
    site = Site(configuration)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        index(site)
        site.start()
        yield
        site.close()

    # The outline of the calls is not served: it would tell a stranger what there is.
    app = FastAPI(title="sohoa", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.site = site
    app.include_router(pages.router)
    app.include_router(calls.router)
    add_api(app)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_exception_handler(MustLogIn, _must_log_in)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_middleware(Throttle, allowance=OFFICE, prefix="/api/v1/")
    app.add_middleware(Guard, configuration=configuration)
    return app


def index(site: Site) -> None:
    """Bring the queue up to the folder: at once where little changed, else behind the pages."""

    def run() -> None:
        for progress in refresh(site.configuration.shelf, site.store):
            site.indexing = (progress.done, progress.total)
            site.unreadable = progress.unreadable
        site.indexing = None
        ready.set()

    ready = threading.Event()
    threading.Thread(target=run, name="index", daemon=True).start()
    ready.wait(timeout=5)


async def _must_log_in(request: Request, _: Exception) -> Response:
    from fastapi.concurrency import run_in_threadpool

    site: Site = request.app.state.site
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": "login"}, 401)
    if site.configuration.accounts:
        return RedirectResponse("/login", 303)
    if request.method not in {"GET", "HEAD"}:
        return JSONResponse({"error": "session"}, 403)
    # The one person at this machine gets a session, so that other sites' pages have none.
    path = "/" + request.url.path.lstrip("/")
    query = f"?{request.url.query}" if request.url.query else ""
    response = RedirectResponse(quote(path, safe="/%") + query, 303)
    await run_in_threadpool(pages.begin_session, request, response, "")
    return response


async def _refused(request: Request, error: Exception) -> Response:
    from fastapi.concurrency import run_in_threadpool

    assert isinstance(error, HTTPException)  # noqa: S101 (that is what it is registered for)
    if request.url.path.startswith(("/api/", "/static/")):
        return JSONResponse({"error": str(error.detail)}, error.status_code)
    return await run_in_threadpool(_error_page, request, error)


def _error_page(request: Request, error: HTTPException) -> Response:
    known = error.status_code if error.status_code in {403, 404, 410} else 400
    return pages.show(
        request, find_visitor(request), "error.html", error.status_code, problem=f"error.{known}"
    )


async def _malformed(_: Request, __: Exception) -> Response:
    # Without the input: it is not echoed to anybody.
    return JSONResponse({"error": "malformed"}, 422)

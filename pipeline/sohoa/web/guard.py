"""What stands before every page: the right host, the right origin, no flood, strict headers."""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sohoa.web.configuration import WebConfiguration

MOST_BODY = 1 << 20
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send forms with "Origin: null", like a stranger's.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class TooLarge(Exception):
    """The request's body is larger than anything that these pages send."""


class Guard:
    """An ASGI layer around the pages."""

    def __init__(self, app: ASGIApp, configuration: WebConfiguration) -> None:
        self._app = app
        self._hosts = configuration.allowed_hosts
        self._strict_transport = configuration.secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        reason = self._refusal(scope["method"], headers)
        if reason:
            await _refuse(send, *reason)
            return
        seen = 0

        async def bounded() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > MOST_BODY:
                raise TooLarge
            return message

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    own[name] = value
                own.setdefault("Cache-Control", "no-store")
                if self._strict_transport:
                    own["Strict-Transport-Security"] = "max-age=31536000"
            await send(message)

        try:
            await self._app(scope, bounded, guarded)
        except TooLarge:
            await _refuse(send, 413, b"too large")

    def _refusal(self, method: str, headers: Headers) -> tuple[int, bytes] | None:
        if headers.get("host", "") not in self._hosts:
            return 400, b"unknown host"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > MOST_BODY:
            return 413, b"too large"
        if method not in _SAFE:
            origin = headers.get("origin")
            if origin is not None and urlsplit(origin).netloc not in self._hosts:
                return 403, b"foreign origin"
            if headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
                return 403, b"foreign site"
        return None


async def _refuse(send: Send, status: int, text: bytes) -> None:
    headers = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]
    headers.append((b"content-type", b"text/plain; charset=utf-8"))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text})

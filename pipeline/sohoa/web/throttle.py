"""So many calls and no more: what one address may ask for in a while.

A bucket for each address holds ``burst`` calls and fills up again at ``rate`` calls a second. What
an IPv6 caller can choose freely (the last 64 bits) does not make another address of it.
"""

from __future__ import annotations

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from starlette.types import ASGIApp, Receive, Scope, Send

MOST_ADDRESSES = 50_000  # that are remembered; the one that was quiet longest is forgotten first


@dataclass(frozen=True, slots=True)
class Allowance:
    """``rate`` in calls a second, ``burst`` in calls at once. A rate of 0: no bound."""

    rate: float = 10.0
    burst: int = 60


class Buckets:
    """What is left to each address. Safe to use from several threads."""

    def __init__(self, allowance: Allowance, clock: Callable[[], float] = time.monotonic) -> None:
        self._allowance = allowance
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, address: str) -> int:
        """Take one call; 0 where it is granted, else the whole seconds to wait."""
        rate, burst = self._allowance.rate, float(self._allowance.burst)
        if rate <= 0:
            return 0
        name = network_of(address)
        with self._lock:
            now = self._clock()
            left, seen = self._left.pop(name, (burst, now))
            left = min(burst, left + rate * (now - seen))
            granted = left >= 1.0
            self._left[name] = (left - 1.0 if granted else left, now)
            while len(self._left) > MOST_ADDRESSES:
                self._left.popitem(last=False)
        return 0 if granted else max(1, math.ceil((1.0 - left) / rate))

    def __len__(self) -> int:
        return len(self._left)


def network_of(address: str) -> str:
    """What one caller has for itself: an IPv4 address, the first 64 bits of an IPv6 one."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return address
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((known, 64), strict=False))


class Throttle:
    """An ASGI layer: calls under ``prefix`` beyond the allowance get 429 and when to come again."""

    def __init__(self, app: ASGIApp, allowance: Allowance, prefix: str = "/") -> None:
        self._app = app
        self._prefix = prefix
        self._buckets = Buckets(allowance)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(self._prefix):
            client = scope.get("client")
            wait = self._buckets.take(client[0] if client else "")
            if wait:
                await refuse(send, 429, b'{"error": "too many calls"}', wait)
                return
        await self._app(scope, receive, send)


async def refuse(send: Send, status: int, body: bytes, wait: int = 0) -> None:
    """Answer without having looked at the call any further."""
    headers = [(b"content-type", b"application/json"), (b"cache-control", b"no-store")]
    if wait:
        headers.append((b"retry-after", str(wait).encode()))
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})

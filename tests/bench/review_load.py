"""Many reviewers at once on a store of many documents: how long each answer takes.

    python tests/bench/review_load.py RECORD.json [--documents N] [--reviewers N] [--seconds S]

The folder of results is made of one record under many names. Each reviewer opens a document, looks
at a page, corrects a few words, looks into the queue, and waits ``--think`` seconds (1, which is
faster than people are) between two things. Prints p50 and p95 in milliseconds for each kind of
call, and fails where p95 of all passes 200 ms.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import re
import secrets
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import httpx

from sohoa.record import from_json
from sohoa.review.shelf import STORE, Shelf, entry_of, key_of
from sohoa.review.store import ReviewStore

PORT = 8799
ADDRESS = f"http://127.0.0.1:{PORT}"


@dataclass
class Times:
    """Milliseconds by kind of call."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)

    def add(self, kind: str, seconds: float) -> None:
        self.by_kind.setdefault(kind, []).append(seconds * 1000)

    def told(self) -> list[str]:
        return [line(kind, values) for kind, values in sorted(self.by_kind.items())] + [
            line("all", self.all())
        ]

    def all(self) -> list[float]:
        return [each for values in self.by_kind.values() for each in values]


def line(kind: str, values: list[float]) -> str:
    return (
        f"{kind:12} {len(values):6} p50 {at(values, 0.5):7.1f} ms  p95 {at(values, 0.95):7.1f} ms"
    )


def at(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def make_store(root: Path, record_file: Path, documents: int) -> list[str]:
    """A folder of that many results, all the same record, and its store."""
    record = from_json(record_file.read_bytes())
    names = [f"{number // 100:04}/{number}.pdf" for number in range(documents)]
    for name in names:
        (root / name).mkdir(parents=True)
        if name == names[0]:
            (root / name / "record.json").write_bytes(record_file.read_bytes())
        else:
            os.link(root / names[0] / "record.json", root / name / "record.json")
    shelf, store = Shelf(root), ReviewStore(root / STORE)
    base = entry_of(names[0], shelf.stamp(names[0]), record)
    store.put(
        [
            replace(base, folder=name, key=key_of(name), risk=base.risk + number % 50)
            for number, name in enumerate(names)
        ]
    )
    store.close()
    return [key_of(name) for name in names]


async def review(client: httpx.AsyncClient, key: str, times: Times, think: float) -> None:
    """One document, from the queue to a few corrections."""

    async def call(kind: str, path: str, body: Any = None) -> httpx.Response:
        begun = perf_counter()
        answer = await (client.post(path, json=body) if body is not None else client.get(path))
        times.add(kind, perf_counter() - begun)
        assert answer.status_code < 300, (path, answer.status_code, answer.text[:200])
        await asyncio.sleep(think * random.uniform(0.5, 1.5))
        return answer

    await call("queue", f"/?page={random.randint(1, 100)}")
    page = await call("page", f"/d/{key}")
    token = re.search(r'data-csrf="([^"]+)"', page.text)
    assert token
    client.headers["X-CSRF-Token"] = token[1]
    document = (await call("document", f"/api/documents/{key}")).json()
    words = (await call("words", f"/api/documents/{key}/pages/1")).json()
    ids = [
        word["id"] for block in words["blocks"] for each in block["lines"] for word in each["words"]
    ]
    version = document["version"]
    for number in range(6):
        wish = {"id": secrets.token_hex(12), "kind": "word", "word": random.choice(ids)}
        body = {"version": version, "made": [{**wish, "after": f"chữ{number}"}]}
        version = (await call("save", f"/api/documents/{key}/corrections", body)).json()["version"]
        await call("presence", f"/api/documents/{key}/presence", {})


async def reviewer(keys: list[str], times: Times, until: float, think: float) -> None:
    async with httpx.AsyncClient(
        base_url=ADDRESS,
        follow_redirects=True,
        timeout=30,
        trust_env=False,
        limits=httpx.Limits(keepalive_expiry=2),
    ) as client:
        await asyncio.sleep(random.uniform(0, think))
        while perf_counter() < until:
            await review(client, keys.pop(), times, think)


async def crowd(keys: list[str], options: argparse.Namespace) -> Times:
    times = Times()
    until = perf_counter() + options.seconds
    await asyncio.gather(
        *(reviewer(keys, times, until, options.think) for _ in range(options.reviewers))
    )
    return times


def main() -> int:
    """Serve, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--think", type=float, default=1.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "out"
        keys = make_store(root, options.record, options.documents)
        random.shuffle(keys)
        command = [sys.executable, "-m", "sohoa.cli.main", "serve", str(root), "--port", str(PORT)]
        server = subprocess.Popen(command)
        try:
            transport = httpx.HTTPTransport(retries=8)
            with httpx.Client(transport=transport, trust_env=False) as probe:
                probe.get(ADDRESS)
            times = asyncio.run(crowd(keys, options))
        finally:
            server.terminate()
            _, _, used = os.wait4(server.pid, 0)
    print("\n".join(times.told()))
    spent = (used.ru_utime + used.ru_stime) / len(times.all()) * 1000
    print(f"processor time of the server: {spent:.1f} ms a call")
    return 0 if at(times.all(), 0.95) < 200 else 1


if __name__ == "__main__":
    sys.exit(main())

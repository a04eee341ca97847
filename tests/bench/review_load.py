"""Many reviewers at once on a store of many documents: how long each answer takes.

    python tests/bench/review_load.py RECORD.json [--original FILE] [--documents N]
        [--reviewers N] [--seconds S] [--think S …]

The folder of results is made of one record under many names. Each reviewer opens a document from
the queue, looks at a page (with ``--original`` at its picture and tiles too), and corrects six
words. Between two things that a person does (opening, looking, each correction) lie ``--think``
seconds, half to one and a half times as many; what the page asks for by itself follows at once. A
person takes some seconds for a word; the measure is taken with 3 and, as a stress that no people
make, with 0. Prints p50 and p95 in milliseconds for each kind of call, and the server's processor
time a call. Fails where p95 of all passes 200 ms with the longest think time.
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


_ACTS = 9  # upon one document


@dataclass(frozen=True, slots=True)
class Manner:
    """How reviewers work: seconds between two acts, and whether the scan can be shown."""

    think: float
    pictures: bool


class Reviewer:
    """One browser; every call is timed."""

    def __init__(self, client: httpx.AsyncClient, times: Times, manner: Manner) -> None:
        self._client = client
        self._times = times
        self._manner = manner

    async def call(self, kind: str, path: str, body: Any = None) -> httpx.Response:
        begun = perf_counter()
        client = self._client
        answer = await (client.post(path, json=body) if body is not None else client.get(path))
        self._times.add(kind, perf_counter() - begun)
        assert answer.status_code < 300, (path, answer.status_code, answer.text[:200])
        return answer

    async def pause(self) -> None:
        await asyncio.sleep(self._manner.think * random.uniform(0.5, 1.5))

    async def review(self, key: str) -> None:
        """One document, from the queue to a few corrections."""
        await self.call("queue", f"/?page={random.randint(1, 100)}")
        await self.pause()
        page = await self.call("page", f"/d/{key}")
        token = re.search(r'data-csrf="([^"]+)"', page.text)
        assert token
        self._client.headers["X-CSRF-Token"] = token[1]
        document = (await self.call("document", f"/api/documents/{key}")).json()
        words = (await self.call("words", f"/api/documents/{key}/pages/1")).json()
        if self._manner.pictures:
            await self.call("picture", f"/api/documents/{key}/pages/1/preview.jpg")
            for place in ("0-0", "1-0", "0-1", "1-1"):
                await self.call("picture", f"/api/documents/{key}/pages/1/{place}.jpg")
        ids = [
            word["id"]
            for block in words["blocks"]
            for each in block["lines"]
            for word in each["words"]
        ]
        version = document["version"]
        for number in range(6):
            await self.pause()
            wish = {"id": secrets.token_hex(12), "kind": "word", "word": random.choice(ids)}
            body = {"version": version, "made": [{**wish, "after": f"chữ{number}"}]}
            answer = await self.call("save", f"/api/documents/{key}/corrections", body)
            version = answer.json()["version"]
            if number % 3 == 0:  # the page asks every 15 seconds who else is here
                await self.call("presence", f"/api/documents/{key}/presence", {})
        await self.pause()
        await self.call("absence", f"/api/documents/{key}/absence", {})


async def reviewer(keys: list[str], times: Times, until: float, manner: Manner) -> None:
    async with httpx.AsyncClient(
        base_url=ADDRESS,
        follow_redirects=True,
        timeout=60,
        trust_env=False,
        limits=httpx.Limits(keepalive_expiry=2),
    ) as client:
        # Nobody opens a paper at the very moment that 49 others do: they are all over their work.
        await asyncio.sleep(random.uniform(0, manner.think * _ACTS))
        while perf_counter() < until:
            await Reviewer(client, times, manner).review(keys.pop())


async def crowd(keys: list[str], options: argparse.Namespace, think: float) -> Times:
    times = Times()
    until = perf_counter() + options.seconds
    manner = Manner(think, options.original is not None)
    await asyncio.gather(*(reviewer(keys, times, until, manner) for _ in range(options.reviewers)))
    return times


def processor_of(pid: int) -> float:
    """Seconds of processor time that a process and its children have used."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(int(each) for each in fields[11:15]) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Serve, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("record", type=Path)
    parser.add_argument("--original", type=Path)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--reviewers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0, help="for each think time")
    parser.add_argument("--think", type=float, nargs="+", default=[3.0, 0.0])
    options = parser.parse_args()
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "out"
        keys = make_store(root, options.record, options.documents)
        random.shuffle(keys)
        command = [sys.executable, "-m", "sohoa.cli.main", "serve", str(root), "--port", str(PORT)]
        if options.original:
            command += ["--originals", str(options.original.resolve())]
        server = subprocess.Popen(command)
        try:
            transport = httpx.HTTPTransport(retries=8)
            with httpx.Client(transport=transport, trust_env=False) as probe:
                probe.get(ADDRESS, timeout=60)
            for think in sorted(options.think, reverse=True):
                before = processor_of(server.pid)
                times = asyncio.run(crowd(keys, options, think))
                spent = (processor_of(server.pid) - before) / len(times.all())
                print(f"{options.reviewers} reviewers, {think} s between two acts")
                print("\n".join(times.told()))
                print(f"processor time of the server: {spent * 1000:.1f} ms a call", flush=True)
                worst = worst or at(times.all(), 0.95)
        finally:
            server.terminate()
            server.wait()
    return 0 if worst < 200 else 1


if __name__ == "__main__":
    sys.exit(main())

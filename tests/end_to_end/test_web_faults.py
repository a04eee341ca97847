"""A server that is killed in the middle of saving loses nothing that it acknowledged."""

from __future__ import annotations

import json
import re
import secrets
import socket
import subprocess
import sys
import threading
from pathlib import Path

import httpx
import pytest

from sohoa.directive import Directive
from sohoa.export import export_all, write_result
from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, Word, numbered
from sohoa.record import Record, SourceInfo
from sohoa.review.shelf import STORE, key_of
from sohoa.review.store import ReviewStore

KEY = key_of("a.pdf")
WORDS = 40


@pytest.fixture
def root(tmp_path: Path) -> Path:
    box = BBox(0, 0, 5000, 100)
    words = tuple(Word("", BBox(100 * n, 10, 100 * n + 80, 40), f"w{n}", 0.5) for n in range(WORDS))
    page = Page(1, 5000, 100, 200.0, numbered((Block(box, (Line(box, words),)),), 1))
    source = SourceInfo("a.pdf", "0" * 64, "application/pdf", 1, 1)
    record = Record("0" * 32, source, (), (page,), Directive())
    write_result(tmp_path / "out" / "a.pdf", export_all(record))
    return tmp_path / "out"


def start(root: Path) -> tuple[subprocess.Popen[bytes], str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sohoa.cli.main", "serve", str(root), "--port", str(port)]
    process = subprocess.Popen(command)
    while process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
    return process, f"http://127.0.0.1:{port}"


def save_until_it_dies(address: str, kill: threading.Event) -> list[str]:
    """Ids of the corrections that the server said were saved."""
    saved: list[str] = []
    with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as client:
        token = re.search(r'data-csrf="([^"]+)"', client.get(f"/d/{KEY}").text)
        assert token
        client.headers["X-CSRF-Token"] = token[1]
        version = client.get(f"/api/documents/{KEY}").json()["version"]
        for number in range(1000):
            wish = {"id": secrets.token_hex(12), "kind": "word", "after": f"x{number}"}
            made = [{**wish, "word": f"p1w{number % WORDS + 1}"}]
            body = {"version": version, "made": made}
            try:
                answer = client.post(f"/api/documents/{KEY}/corrections", json=body)
            except httpx.HTTPError:
                return saved
            assert answer.status_code == 200
            version = answer.json()["version"]
            saved.append(made[0]["id"])
            if number == 8:
                kill.set()
    raise AssertionError("the server was not killed")


def test_nothing_acknowledged_is_lost(root: Path) -> None:
    process, address = start(root)
    kill = threading.Event()

    def murder() -> None:
        kill.wait(timeout=120)
        process.kill()

    killer = threading.Thread(target=murder)
    killer.start()
    saved = save_until_it_dies(address, kill)
    killer.join()
    process.wait()
    assert len(saved) >= 9
    kept = [each.id for each in ReviewStore(root / STORE).corrections(KEY)]
    assert kept[: len(saved)] == saved
    assert len(kept) <= len(saved) + 1  # one may have been saved and never acknowledged
    again, address = start(root)
    try:
        with httpx.Client(base_url=address, follow_redirects=True, trust_env=False) as client:
            client.get("/")
            document = client.get(f"/api/documents/{KEY}").json()
    finally:
        again.terminate()
        again.wait(timeout=30)
    assert document["version"] == len(kept)
    assert document["unplaced"] == []
    assert json.dumps(document["history"]).count('"kind": "word"') == len(kept)

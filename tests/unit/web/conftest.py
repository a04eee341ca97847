"""The application over a few small results, asked as a browser would ask."""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from sohoa.directive import Directive, Leaf, Mark, MarkKind
from sohoa.export import export_all, write_result
from sohoa.geometry import BBox
from sohoa.model import Alternative, Block, Line, Page, Word, numbered
from sohoa.record import Record, SourceInfo
from sohoa.review.shelf import Shelf, key_of
from sohoa.web.accounts import Account, Accounts, Role
from sohoa.web.app import build_app
from sohoa.web.configuration import WebConfiguration
from sohoa.web.site import accounts_path

ADDRESS = "http://127.0.0.1:8765"
OPEN, SECRET = key_of("mo.pdf"), key_of("mat/kin.pdf")
PASSWORD = "một câu rất dài"
Serve = Callable[..., "Served"]


def small_record(title: str = "Trích yếu") -> Record:
    words = tuple(
        Word("", BBox(100 * n, 100, 100 * n + 80, 130), f"chữ{n}", 0.5, (Alternative("khác", 0.4),))
        for n in range(1, 6)
    )
    box = BBox(0, 0, 900, 200)
    page = Page(1, 1000, 1400, 200.0, numbered((Block(box, (Line(box, words),)),), 1))
    source = SourceInfo("giấy.pdf", "ab" * 32, "application/pdf", 7, 1)
    directive = Directive(title=Leaf(title, 0.4, "test", ("p1w1",)))
    return Record("0" * 32, source, (), (page,), directive)


@pytest.fixture(scope="session")
def record() -> Record:
    return small_record()


class Served(TestClient):
    """A browser that knows the token of its session."""

    csrf = ""

    def enter(self) -> Served:
        """Take a session as the person at this machine."""
        self.csrf = self.token("/d/" + OPEN)
        return self

    def token(self, path: str) -> str:
        page = self.get(path).text
        found = re.search(r'(?:data-csrf|name="csrf" value)="([^"]+)"', page)
        assert found, page[:300]
        return found[1]

    def log_in(self, name: str, password: str = PASSWORD) -> int:
        form = {"name": name, "password": password, "csrf": self.token("/login")}
        status = self.post("/login", data=form, follow_redirects=False).status_code
        if status == 303:
            self.csrf = self.token("/d/" + OPEN)
        return int(status)

    def correct(self, wish: dict[str, object], version: int = 0, key: str = OPEN) -> TestClient:
        body = {"version": version, "made": [{"id": "a" * 24, **wish}]}
        headers = {"X-CSRF-Token": self.csrf}
        return self.post(f"/api/documents/{key}/corrections", json=body, headers=headers)  # type: ignore[return-value]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    write_result(folder / "mo.pdf", export_all(small_record()))
    record = small_record("Bí mật quốc gia")
    mark = Mark(MarkKind.SECRECY, Leaf("TỐI MẬT", 1.0), 1)
    record = replace(record, directive=replace(record.directive, marks=(mark,)))
    write_result(folder / "mat" / "kin.pdf", export_all(record))
    (tmp_path / "outside.txt").write_text("not to be read")
    return folder


@pytest.fixture(scope="session")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The accounts, made once: hashing a password takes its time on purpose."""
    path = tmp_path_factory.mktemp("people") / "accounts.sqlite"
    add_accounts(path)
    with sqlite3.connect(path) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    return path


@pytest.fixture
def serve(root: Path, people: Path) -> Iterator[Serve]:
    """Start the application; with ``accounts``, three people may log in."""
    opened: list[Served] = []

    def start(originals: tuple[Path, ...] = (), **options: object) -> Served:
        if options.get("accounts"):
            path = accounts_path(root)
            path.parent.mkdir(exist_ok=True)
            if not path.exists():
                shutil.copy(people, path)
        configuration = WebConfiguration(Shelf(root, originals), reviewer="An", **options)  # type: ignore[arg-type]
        base = ADDRESS.replace("http:", "https:") if configuration.secure_cookies else ADDRESS
        client = Served(build_app(configuration), base_url=base, client=("127.0.0.1", 50000))
        client.__enter__()
        opened.append(client)
        return client

    yield start
    for each in opened:
        each.__exit__(None, None, None)


def add_accounts(path: Path) -> None:
    accounts = Accounts(path)
    for name, role, secret in (
        ("doc", Role.READER, False),
        ("sua", Role.REVIEWER, False),
        ("quan", Role.ADMIN, True),
    ):
        accounts.put(Account(name, f"Họ tên {name}", role, secret, active=True), PASSWORD)

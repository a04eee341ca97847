"""Who may see and do what; what strangers, other sites and wrong guesses cannot."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sohoa.errors import SettingsError
from sohoa.review.shelf import STORE, Shelf, key_of
from sohoa.web.accounts import Account, Accounts, Role, TooManyTries
from sohoa.web.configuration import WebConfiguration, check
from sohoa.web.guard import MOST_BODY

Serve = Callable[..., Any]
OPEN, SECRET = key_of("mo.pdf"), key_of("mat/kin.pdf")
WORD = {"kind": "word", "word": "p1w1", "after": "đúng"}
PASSWORD = "một câu rất dài"
PAGES = ("/", f"/d/{OPEN}", f"/d/{OPEN}/results", "/help", "/accounts", "/log")
CALLS = (
    f"/api/documents/{OPEN}",
    f"/api/documents/{OPEN}/pages/1",
    f"/api/documents/{OPEN}/changes?since=0",
    f"/api/documents/{OPEN}/pages/1/preview.jpg",
    f"/api/documents/{OPEN}/results/text.txt",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_sees_only_the_login(serve: Serve, path: str) -> None:
    answer = serve(accounts=True).get(path, follow_redirects=False)
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login"


@pytest.mark.parametrize("path", CALLS)
def test_a_stranger_gets_no_answer(serve: Serve, path: str) -> None:
    assert serve(accounts=True).get(path).status_code == 401


def test_a_stranger_changes_nothing(serve: Serve, root: Path) -> None:
    client = serve(accounts=True)
    assert client.correct(WORD).status_code == 401
    assert stored(root) == 0


def stored(root: Path) -> int:
    with sqlite3.connect(root / STORE) as db:
        count: int = db.execute("SELECT count(*) FROM corrections").fetchone()[0]
    return count


@pytest.mark.parametrize(
    ("name", "corrects", "administers"),
    [("doc", False, False), ("sua", True, False), ("quan", True, True)],
)
def test_each_role_may_do_what_it_may(
    serve: Serve, name: str, corrects: bool, administers: bool
) -> None:
    client = serve(accounts=True)
    assert client.log_in(name) == 303
    assert client.get(f"/api/documents/{OPEN}").json()["may_correct"] is corrects
    assert client.correct(WORD).status_code == (200 if corrects else 403)
    assert client.get("/accounts").status_code == (200 if administers else 403)
    assert client.get("/log").status_code == (200 if administers else 403)
    form = {"name": "moi", "role": "admin", "password": "x" * 12, "csrf": client.csrf}
    status = client.post("/accounts", data=form, follow_redirects=False).status_code
    assert status == (303 if administers else 403)


def test_who_and_when_are_the_servers_to_say(serve: Serve) -> None:
    client = serve(accounts=True)
    client.log_in("sua")
    assert client.correct({**WORD, "who": "Chủ tịch"}).status_code == 422
    assert client.correct(WORD).status_code == 200
    (act,) = client.get(f"/api/documents/{OPEN}").json()["history"]
    assert act["who"] == "Họ tên sua"


@pytest.mark.parametrize("path", [f"/d/{SECRET}", f"/api/documents/{SECRET}",
                                  f"/api/documents/{SECRET}/pages/1",
                                  f"/api/documents/{SECRET}/pages/1/preview.jpg"])  # fmt: skip
def test_a_secret_paper_is_not_there_for_who_may_not_see_it(serve: Serve, path: str) -> None:
    client = serve(accounts=True)
    client.log_in("sua")
    missing = client.get(path.replace(SECRET, "0" * 20))
    found = client.get(path)
    assert (found.status_code, found.text.replace(SECRET, "")) == (
        404,
        missing.text.replace("0" * 20, ""),
    )
    assert "Bí mật" not in client.get("/?q=bi mat").text
    assert "2" not in client.get("/").text.split('class="states"')[1].split("</nav>")[0]
    assert client.correct(WORD, key=SECRET).status_code == 404
    client.log_in("quan")
    assert "Bí mật" in client.get("/").text


def test_nobody_at_this_machine_sees_secrets_unless_the_server_was_told(serve: Serve) -> None:
    assert serve().enter().get(f"/d/{SECRET}").status_code == 404
    assert serve(secret=True).enter().get(f"/d/{SECRET}").status_code == 200


@pytest.mark.parametrize("token", ["", "wrong", "a" * 43])
def test_without_its_token_a_session_changes_nothing(serve: Serve, root: Path, token: str) -> None:
    client = serve().enter()
    client.csrf = token
    assert client.correct(WORD).status_code == 403
    assert stored(root) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_site_is_refused_even_with_the_token(serve: Serve, headers: dict[str, str]) -> None:
    client = serve().enter()
    client.headers.update(headers)
    assert client.correct(WORD).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "evil.example:8765", "127.0.0.1:1", ""])
def test_a_name_that_was_led_here_is_refused(serve: Serve, host: str) -> None:
    assert serve().get("/", headers={"Host": host}).status_code == 400


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(serve: Serve) -> None:
    cookie = serve().get("/", follow_redirects=False).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/"} <= set(cookie.split("; "))
    secure = serve(accounts=True, public_url="https://127.0.0.1:8765")
    cookie = secure.get("/login").headers["set-cookie"]
    assert cookie.startswith("__Host-")
    assert "Secure" in cookie
    assert "max-age" in secure.get("/login").headers["strict-transport-security"]


def test_a_session_from_before_the_login_is_worth_nothing_after(serve: Serve) -> None:
    client = serve(accounts=True)
    client.get("/login")
    planted = dict(client.cookies)
    assert client.log_in("sua") == 303
    assert dict(client.cookies) != planted
    other = serve(accounts=True)
    other.cookies.update(planted)
    assert other.get("/", follow_redirects=False).status_code == 303


def test_a_session_ends_with_the_logout(serve: Serve) -> None:
    client = serve(accounts=True)
    client.log_in("sua")
    kept = dict(client.cookies)
    assert client.post("/logout", data={"csrf": "wrong"}).status_code == 403
    client.post("/logout", data={"csrf": client.csrf})
    client.cookies.update(kept)
    assert client.get("/", follow_redirects=False).status_code == 303


def test_guessing_is_slowed_down_and_written_down(serve: Serve) -> None:
    client = serve(accounts=True)
    statuses = [client.log_in("quan", f"sai lần {number}") for number in range(7)]
    assert statuses == [401] * 5 + [429] * 2
    assert client.log_in("quan") == 429
    assert client.log_in("sua") == 303
    other = serve(accounts=True)
    assert "login-failed" in [line.what for line in other.app.state.site.accounts.read_log()]


def test_the_pause_ends_and_the_right_password_counts_again(tmp_path: Path) -> None:
    time = [1000.0]
    accounts = Accounts(tmp_path / "a.sqlite", clock=lambda: time[0])
    accounts.put(Account("an", "An", Role.READER, secret=False, active=True), PASSWORD)
    for _ in range(5):
        assert accounts.log_in("an", "sai", "1.2.3.4") is None
    with pytest.raises(TooManyTries) as told:
        accounts.log_in("an", PASSWORD, "1.2.3.4")
    time[0] += told.value.seconds + 1
    assert accounts.log_in("an", PASSWORD, "1.2.3.4") is not None


def test_many_names_from_one_place_are_slowed_down(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a.sqlite", clock=lambda: 1000.0)
    assert accounts.log_in("ten", "sai", "1.2.3.4") is None
    with sqlite3.connect(tmp_path / "a.sqlite") as db:  # as nineteen more would have left it
        db.executemany(
            "INSERT INTO failures VALUES (?, '1.2.3.4', 1000.0)", [(f"ten{n}",) for n in range(19)]
        )
    with pytest.raises(TooManyTries):
        accounts.log_in("khac", "sai", "1.2.3.4")
    assert accounts.log_in("khac", "sai", "5.6.7.8") is None


def test_sessions_grow_old(tmp_path: Path) -> None:
    time = [1000.0]
    accounts = Accounts(tmp_path / "a.sqlite", clock=lambda: time[0])
    token, _ = accounts.begin("an")
    assert accounts.session(token) is not None
    time[0] += 9 * 3600
    assert accounts.session(token) is None


def test_the_file_holds_neither_passwords_nor_sessions(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a.sqlite")
    accounts.put(Account("an", "An", Role.READER, secret=False, active=True), "mật khẩu dài lắm")
    token, _ = accounts.begin("an")
    data = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"argon2id" in data
    assert "mật khẩu dài lắm".encode() not in data
    assert token.encode() not in data
    assert (tmp_path / "a.sqlite").stat().st_mode & 0o077 == 0


def test_the_log_cannot_be_shortened(tmp_path: Path) -> None:
    accounts = Accounts(tmp_path / "a.sqlite")
    accounts.log("An", "1.2.3.4", "login")
    with sqlite3.connect(tmp_path / "a.sqlite") as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("DELETE FROM audit")


@pytest.mark.parametrize("password", ["", "ngắn"])
def test_a_weak_password_is_refused(tmp_path: Path, password: str) -> None:
    accounts = Accounts(tmp_path / "a.sqlite")
    with pytest.raises(SettingsError):
        accounts.put(Account("an", "An", Role.READER, secret=False, active=True), password)


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/static/%2e%2e%2f%2e%2e%2fsettings.py",
        "/d/..%2f..%2foutside.txt",
        "/d/%2e%2e/outside.txt",
        "/api/documents/..%2foutside.txt",
        f"/api/documents/{OPEN}/results/..%2f..%2f..%2foutside.txt",
        f"/api/documents/{OPEN}/results/%2e%2e",
        f"/api/documents/{OPEN}/pages/1/..%2f..-0.jpg",
        f"/api/documents/{OPEN}/pages/-1/preview.jpg",
        f"/api/documents/{OPEN}/pages/1/-1-0.jpg",
    ],
)
def test_no_path_leads_out(serve: Serve, path: str) -> None:
    answer = serve().enter().get(path)
    assert answer.status_code in {404, 422}
    assert "not to be read" not in answer.text
    assert "import" not in answer.text


@pytest.mark.parametrize("path", ["/", f"/d/{OPEN}", "/help", "/nothing", "/static/style.css"])
def test_every_answer_is_strict(serve: Serve, path: str) -> None:
    headers = serve().enter().get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example"])
def test_a_change_of_language_leads_nowhere_else(serve: Serve, to: str) -> None:
    answer = serve().get("/language/en", params={"to": to}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_floods_are_cut(serve: Serve) -> None:
    client = serve().enter()
    big = {"kind": "word", "word": "p1w1", "after": "x" * (MOST_BODY + 1)}
    assert client.correct(big).status_code == 413


def test_what_is_sent_wrongly_is_not_echoed(serve: Serve) -> None:
    answer = serve().enter().correct({"kind": "<script>", "word": "p1w1"})
    assert answer.status_code == 422
    assert "script" not in answer.text


@pytest.mark.parametrize(
    ("options", "accounts"),
    [
        ({"host": "0.0.0.0"}, False),
        ({"host": "192.168.1.5", "accounts": True}, True),
        ({"public_url": "https://archive.example"}, False),
        ({"public_url": "http://archive.example", "accounts": True}, True),
        ({"accounts": True}, False),
    ],
)
def test_what_would_lie_open_is_refused(
    tmp_path: Path, options: dict[str, Any], accounts: bool
) -> None:
    configuration = WebConfiguration(Shelf(tmp_path), **options)
    with pytest.raises(SettingsError):
        check(configuration, has_accounts=accounts)


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"host": "::1"},
        {"host": "10.0.0.1", "accounts": True, "encrypted": True},
        {"public_url": "https://archive.example", "accounts": True},
    ],
)
def test_what_is_guarded_is_allowed(tmp_path: Path, options: dict[str, Any]) -> None:
    check(WebConfiguration(Shelf(tmp_path), **options), has_accounts=True)

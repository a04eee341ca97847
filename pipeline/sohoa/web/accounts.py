"""Who may log in: accounts, sessions, failed logins, and a log of what was done.

Passwords are kept as argon2 hashes, session ids as SHA-256: who reads the file can use neither.
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sohoa.errors import SettingsError, StorageError

IDLE_S = 8 * 3600.0
LONGEST_S = 24 * 3600.0
LEAST_PASSWORD = 10
_WINDOW_S = 900.0
_FREE_TRIES = 5
_FREE_TRIES_ADDRESS = 20
_FIRST_WAIT_S = 15.0

_TABLES = """
CREATE TABLE IF NOT EXISTS accounts (
    name TEXT PRIMARY KEY, shown TEXT NOT NULL, password TEXT NOT NULL, role TEXT NOT NULL,
    secret INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 1
);
CREATE TABLE IF NOT EXISTS sessions (
    digest TEXT PRIMARY KEY, account TEXT NOT NULL, csrf TEXT NOT NULL,
    made REAL NOT NULL, used REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS failures (name TEXT NOT NULL, address TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX IF NOT EXISTS failures_by_name ON failures (name, at);
CREATE INDEX IF NOT EXISTS failures_by_address ON failures (address, at);
CREATE TABLE IF NOT EXISTS audit (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, at REAL NOT NULL, who TEXT NOT NULL,
    address TEXT NOT NULL, what TEXT NOT NULL, detail TEXT NOT NULL
);
CREATE TRIGGER IF NOT EXISTS audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'the log is never changed'); END;
CREATE TRIGGER IF NOT EXISTS audit_remains BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'the log is never shortened'); END;
"""


class Role(StrEnum):
    """Each may do what the one before it may, and more."""

    READER = "reader"
    REVIEWER = "reviewer"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class Account:
    """``name`` is what one logs in with, ``shown`` what stands under a sign-off."""

    name: str
    shown: str
    role: Role
    secret: bool
    active: bool


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that was here before; ``account`` is empty before it logged in."""

    account: str
    csrf: str


@dataclass(frozen=True, slots=True)
class AuditLine:
    at: float
    who: str
    address: str
    what: str
    detail: str


class TooManyTries(Exception):
    """Wait ``seconds`` before the next login."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"wait {seconds:.0f} s")
        self.seconds = seconds


class Accounts:
    """Accounts and sessions in one SQLite file. Safe to use from several threads."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self._path = path
        self._clock = clock
        self._local = threading.local()
        self._turn = threading.Lock()
        # Each check takes 64 MB and a moment on purpose; not many at once.
        self._hashing = threading.BoundedSemaphore(2)
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db().executescript(_TABLES)
            path.chmod(0o600)
        except (OSError, sqlite3.Error) as error:
            raise StorageError(f"{path} cannot be opened: {error}.") from error

    def _db(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            db = sqlite3.connect(self._path, timeout=10.0, isolation_level=None)
            db.row_factory = sqlite3.Row
            db.execute("PRAGMA journal_mode = WAL")
            self._local.db = db
        return db

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._turn:
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
            except BaseException:
                db.execute("ROLLBACK")
                raise
            db.execute("COMMIT")

    # Accounts

    def put(self, account: Account, password: str | None) -> None:
        """Make an account or change it; its sessions end. ``SettingsError`` for a weak password."""
        if not account.name or account.name != account.name.strip().lower():
            raise SettingsError("An account's name is written in small letters.")
        known = self.get(account.name)
        if password is None and known is None:
            raise SettingsError("A new account needs a password.")
        if password is not None and len(password) < LEAST_PASSWORD:
            raise SettingsError(
                f"The password is too short: at least {LEAST_PASSWORD} characters.",
                remedy="Take a sentence that only you would say.",
            )
        hashed = self._hash(password) if password is not None else ""
        with self._writing() as db:
            db.execute(
                "INSERT INTO accounts VALUES (:name, :shown, :password, :role, :secret, :active) "
                "ON CONFLICT (name) DO UPDATE SET shown = :shown, role = :role, secret = :secret, "
                "active = :active, "
                "password = CASE :password WHEN '' THEN password ELSE :password END",
                {
                    "name": account.name, "shown": account.shown or account.name,
                    "password": hashed, "role": account.role.value,
                    "secret": int(account.secret), "active": int(account.active),
                },
            )  # fmt: skip
            db.execute("DELETE FROM sessions WHERE account = ?", (account.name,))

    def get(self, name: str) -> Account | None:
        row = self._db().execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
        return _account(row) if row else None

    def all(self) -> tuple[Account, ...]:
        rows = self._db().execute("SELECT * FROM accounts ORDER BY name").fetchall()
        return tuple(_account(row) for row in rows)

    # Logging in

    def log_in(self, name: str, password: str, address: str) -> Account | None:
        """The account, None for a wrong name or password; ``TooManyTries`` asks for a pause.

        A wrong name takes as long as a wrong password, so that nobody learns which names exist.
        """
        name = name.strip().lower()[:100]
        wait = self._wait(name, address)
        if wait > 0:
            raise TooManyTries(wait)
        row = self._db().execute("SELECT * FROM accounts WHERE name = ?", (name,)).fetchone()
        right = self._verify(row["password"] if row else None, password)
        if row is None or not right or not row["active"]:
            with self._writing() as db:
                db.execute("INSERT INTO failures VALUES (?, ?, ?)", (name, address, self._clock()))
                db.execute("DELETE FROM failures WHERE at < ?", (self._clock() - _WINDOW_S,))
            return None
        with self._writing() as db:
            db.execute("DELETE FROM failures WHERE name = ?", (name,))
        return _account(row)

    def _wait(self, name: str, address: str) -> float:
        since = self._clock() - _WINDOW_S
        wait = 0.0
        for column, value, free in (
            ("name", name, _FREE_TRIES),
            ("address", address, _FREE_TRIES_ADDRESS),
        ):
            count, last = (
                self._db()
                .execute(
                    f"SELECT count(*), max(at) FROM failures WHERE {column} = ? AND at > ?",  # noqa: S608
                    (value, since),
                )
                .fetchone()
            )
            if count >= free:
                pause = min(_WINDOW_S, _FIRST_WAIT_S * 2 ** (count - free))
                wait = max(wait, last + pause - self._clock())
        return wait

    def _hash(self, password: str) -> str:
        from argon2 import PasswordHasher

        with self._hashing:
            return PasswordHasher().hash(password)

    def _verify(self, hashed: str | None, password: str) -> bool:
        from argon2 import PasswordHasher
        from argon2.exceptions import Argon2Error, InvalidHashError

        with self._hashing:
            hasher = PasswordHasher()
            try:
                if hashed is None:
                    hasher.hash(password[:200])
                    return False
                return hasher.verify(hashed, password[:1000])
            except (Argon2Error, InvalidHashError):
                return False

    # Sessions

    def begin(self, account: str) -> tuple[str, Session]:
        """A new session under a new id, which only the browser keeps."""
        token, csrf, now = secrets.token_urlsafe(32), secrets.token_urlsafe(32), self._clock()
        with self._writing() as db:
            db.execute("DELETE FROM sessions WHERE made < ?", (now - LONGEST_S,))
            db.execute(
                "INSERT INTO sessions VALUES (?, ?, ?, ?, ?)",
                (_digest(token), account, csrf, now, now),
            )
        return token, Session(account, csrf)

    def session(self, token: str) -> Session | None:
        """The session of that id, None for one that is unknown or too old."""
        now = self._clock()
        row = (
            self._db()
            .execute(
                "SELECT * FROM sessions WHERE digest = ? AND used > ? AND made > ?",
                (_digest(token), now - IDLE_S, now - LONGEST_S),
            )
            .fetchone()
        )
        if row is None:
            return None
        if now - row["used"] > 60:
            with self._writing() as db:
                db.execute("UPDATE sessions SET used = ? WHERE digest = ?", (now, _digest(token)))
        return Session(row["account"], row["csrf"])

    def end(self, token: str) -> None:
        with self._writing() as db:
            db.execute("DELETE FROM sessions WHERE digest = ?", (_digest(token),))

    # The log

    def log(self, who: str, address: str, what: str, detail: str = "") -> None:
        with self._writing() as db:
            db.execute(
                "INSERT INTO audit (at, who, address, what, detail) VALUES (?, ?, ?, ?, ?)",
                (self._clock(), who[:100], address[:100], what, detail[:500]),
            )

    def read_log(self, count: int = 200) -> tuple[AuditLine, ...]:
        """The latest lines, the newest first."""
        rows = self._db().execute("SELECT * FROM audit ORDER BY seq DESC LIMIT ?", (count,))
        return tuple(
            AuditLine(row["at"], row["who"], row["address"], row["what"], row["detail"])
            for row in rows
        )


def _account(row: sqlite3.Row) -> Account:
    return Account(
        row["name"], row["shown"], Role(row["role"]), bool(row["secret"]), bool(row["active"])
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()

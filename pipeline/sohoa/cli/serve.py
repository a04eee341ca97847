"""``sohoa serve``, ``account``, ``backup``, ``recover``, ``corrections``: checking by people."""

from __future__ import annotations

import gc
import getpass
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from sohoa.cli.messages import say
from sohoa.errors import SettingsError, SohoaError, StorageError
from sohoa.review.shelf import STORE, Shelf

if TYPE_CHECKING:
    from sohoa.review.store import ReviewStore
    from sohoa.web.accounts import Accounts


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """What the command line says; see ``WebConfiguration``."""

    host: str = "127.0.0.1"
    port: int = 8765
    originals: tuple[Path, ...] = ()
    reviewed: Path | None = None
    name: str = ""
    secret: bool = False
    public_url: str = ""
    certificate: Path | None = None
    key: Path | None = None


def run(root: Path, options: ServeOptions) -> None:
    """Serve the pages until the process is told to end."""
    try:
        import uvicorn

        from sohoa.web.app import build_app
        from sohoa.web.configuration import WebConfiguration, check
    except ImportError as error:
        raise SettingsError(
            f"The pages need a package that is not installed: {error.name}.",
            remedy="Install sohoa with its web extra: pip install 'sohoa[web]'.",
        ) from error
    _check_root(root)
    originals = (*options.originals, *guess_originals(root))
    shelf = Shelf(root, originals, options.reviewed, lambda sha256: from_ledger(root, sha256))
    has_accounts = bool(_accounts(root).all())
    encrypted = options.certificate is not None and options.key is not None
    configuration = WebConfiguration(
        shelf,
        host=options.host,
        port=options.port,
        reviewer=options.name or getpass.getuser(),
        accounts=has_accounts,
        secret=options.secret,
        public_url=options.public_url.rstrip("/"),
        encrypted=encrypted,
    )
    check(configuration, has_accounts=has_accounts)
    shown = options.public_url or f"http{'s' if encrypted else ''}://{options.host}:{options.port}/"
    typer.echo(say("serve.open", address=shown, folder=shelf.reviewed_root))
    # Open records are a million small values without circles: looking through all of them for
    # circles again and again takes longer than the answers do.
    gc.set_threshold(200_000, 50, 1000)
    uvicorn.run(
        build_app(configuration),
        host=options.host,
        port=options.port,
        log_level="warning",
        server_header=False,
        # Only the reverse proxy on this machine may say whom it speaks for.
        proxy_headers=bool(options.public_url),
        forwarded_allow_ips="127.0.0.1",
        ssl_certfile=options.certificate,
        ssl_keyfile=options.key,
        timeout_graceful_shutdown=5,
        timeout_keep_alive=30,
    )


def guess_originals(root: Path) -> tuple[Path, ...]:
    """Folders where the sources may lie, besides what the ledger knows."""
    return (root.resolve().parent, Path.cwd())


def from_ledger(root: Path, sha256: str) -> tuple[Path, ...]:
    """Where the ledger of the run says that a file of these bytes was read."""
    from sohoa.batch.ledger_reading import open_reading

    try:
        with open_reading(root) as ledger:
            rows = ledger.execute("SELECT path FROM source WHERE sha256 = ?", (sha256,)).fetchall()
    except SohoaError:
        return ()
    return tuple(Path(os.fsdecode(path)) for (path,) in rows)


def add_account(root: Path, name: str, role: str, shown: str, *, secret: bool) -> None:
    """Make or change an account; the password is asked for, never an argument."""
    from sohoa.web.accounts import Account, Role

    _check_root(root)
    if role not in list(Role):
        raise SettingsError(f"There is no role {role!r}.", remedy=f"Known: {', '.join(Role)}.")
    if sys.stdin.isatty():
        password = getpass.getpass(f"{say('serve.password')}: ")
        if password != getpass.getpass(f"{say('serve.password-again')}: "):
            raise SettingsError("The two passwords differ.")
    else:
        password = sys.stdin.readline().rstrip("\n")
    account = Account(name.strip().lower(), shown, Role(role), secret=secret, active=True)
    _accounts(root).put(account, password)
    typer.echo(say("serve.account", name=account.name, role=account.role))


def back_up(root: Path, target: Path) -> None:
    """Copy corrections, accounts and ledger into a folder, while a server runs or not."""
    from sohoa.review import exchange

    target.mkdir(parents=True, exist_ok=True, mode=0o700)
    for path in _stores(root):
        exchange.back_up(path, target / path.name)
        typer.echo(str(target / path.name))


def recover(root: Path, source: Path) -> None:
    """Put copies back."""
    from sohoa.review import exchange

    copies = [source / path.name for path in _all_stores(root) if (source / path.name).is_file()]
    if not copies:
        raise StorageError(f"There is no backup in {source}.", remedy="Name a folder of backups.")
    for path in _all_stores(root):
        if (source / path.name).is_file():
            exchange.bring_back(source / path.name, path)
            typer.echo(str(path))


def corrections(root: Path, replay: Path | None) -> int:
    """Write every correction as JSON lines, or take such lines in; 1 where some had no place."""
    from sohoa.review import exchange
    from sohoa.review.shelf import refresh
    from sohoa.review.store import ReviewStore

    _check_root(root)
    store = ReviewStore(root / STORE)
    for _ in refresh(Shelf(root), store):
        pass
    if replay is None:
        for line in exchange.write_lines(store):
            typer.echo(line)
        return 0
    with replay.open(encoding="utf-8") as lines:
        added, homeless = exchange.read_into(store, exchange.parse_lines(lines))
    for each in homeless:
        typer.echo(say("serve.homeless", name=each.name, folder=each.folder), err=True)
    typer.echo(say("serve.replayed", count=added), err=True)
    unplaced = _tell_unplaced(root, store)
    return 1 if homeless or unplaced else 0


def _tell_unplaced(root: Path, store: ReviewStore) -> int:
    """Say which corrections found no place on the results as they are; how many."""
    from sohoa.record import from_json
    from sohoa.review import replay

    count = 0
    for key in {document.entry.key for document, _ in store.all_corrections()}:
        document = store.get(key)
        if document is None or document.state == "signed":
            continue
        record = from_json(Shelf(root).record_bytes(document.entry.folder))
        for each, reason in replay(record, store.corrections(key)).unplaced:
            count += 1
            page = each.place.page if each.place else "-"
            told = say(
                "serve.unplaced", folder=document.entry.folder, page=page, before=each.before,
                after=each.after, reason=reason,
            )  # fmt: skip
            typer.echo(told, err=True)
    return count


def _check_root(root: Path) -> None:
    if not root.is_dir():
        raise SettingsError(
            f"There is no folder {root}.", remedy="Name what sohoa digitize --out wrote."
        )


def _accounts(root: Path) -> Accounts:
    from sohoa.web.accounts import Accounts
    from sohoa.web.site import accounts_path

    return Accounts(accounts_path(root))


def _all_stores(root: Path) -> tuple[Path, ...]:
    """Corrections, accounts, and the ledger of the runs."""
    from sohoa.batch.ledger import ledger_path
    from sohoa.web.site import accounts_path

    return (root / STORE, accounts_path(root), ledger_path(root))


def _stores(root: Path) -> tuple[Path, ...]:
    found = tuple(path for path in _all_stores(root) if path.is_file())
    if not found:
        raise StorageError(f"Nothing was reviewed in {root} yet.", remedy="Name another folder.")
    return found

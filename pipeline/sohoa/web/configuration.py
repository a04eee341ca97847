"""How the pages are served: to whom, under which name, with what leave."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from sohoa.errors import SettingsError
from sohoa.review.shelf import Shelf


@dataclass(frozen=True, slots=True)
class WebConfiguration:
    """``reviewer`` is the name under which the one person at this machine works.

    ``accounts``: everybody must log in. ``secret``: the person at this machine may see papers with
    a secrecy mark (with accounts, each account says so). ``public_url``: the address that a reverse
    proxy answers to, which speaks TLS. ``encrypted``: this server speaks TLS itself.
    """

    shelf: Shelf
    host: str = "127.0.0.1"
    port: int = 8765
    reviewer: str = ""
    accounts: bool = False
    secret: bool = False
    public_url: str = ""
    encrypted: bool = False

    @property
    def secure_cookies(self) -> bool:
        return self.encrypted or self.public_url.startswith("https://")

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """What may stand in a request's Host: other names are pages that were led astray."""
        names = {"localhost", "127.0.0.1", "[::1]"} if is_loopback(self.host) else {self.host}
        hosts = {f"{name}:{self.port}" for name in names} | names
        if self.public_url:
            hosts.add(urlsplit(self.public_url).netloc)
        return frozenset(hosts)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check(configuration: WebConfiguration, *, has_accounts: bool) -> None:
    """Refuse what would put papers before everybody; ``SettingsError`` names the remedy."""
    open_to_others = not is_loopback(configuration.host) or bool(configuration.public_url)
    if configuration.accounts and not has_accounts:
        raise SettingsError(
            "There is no account yet.", remedy="Make one first: sohoa account DIR NAME."
        )
    if open_to_others and not configuration.accounts:
        raise SettingsError(
            f"{configuration.public_url or configuration.host} can be reached by others, and "
            "nobody would have to log in.",
            remedy="Make accounts first: sohoa account DIR NAME.",
        )
    if not is_loopback(configuration.host) and not configuration.encrypted:
        raise SettingsError(
            f"{configuration.host} can be reached by others, and passwords would travel open.",
            remedy="Give --certificate and --key, or listen on 127.0.0.1 behind a reverse proxy "
            "with TLS and name its address with --public-url https://…",
        )
    if configuration.public_url and not configuration.public_url.startswith("https://"):
        raise SettingsError(
            "--public-url must begin with https://.", remedy="Let the reverse proxy speak TLS."
        )

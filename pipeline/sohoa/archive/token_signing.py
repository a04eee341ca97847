"""The office's key on a token (USB, HSM), by PKCS#11: it signs there and never leaves it.

A token is named by an address after RFC 7512, as
``pkcs11:token=Van%20thu;object=Chung%20thu?module-path=/usr/lib/libtoken.so``: the token's label,
the label of certificate and key on it, and the maker's library.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import unquote

from sohoa.errors import SettingsError

SCHEME = "pkcs11:"


@dataclass(frozen=True, slots=True)
class Token:
    """The maker's library, the token's label, and the label of certificate and key on it."""

    module: str
    label: str
    certificate: str


def parse_token(address: str) -> Token:
    """The token of an address; ``SettingsError`` where a part of it is missing."""
    path, _, query = address.removeprefix(SCHEME).partition("?")
    told = {}
    for part in (*path.split(";"), *query.split("&")):
        name, _, value = part.partition("=")
        told[name] = unquote(value)
    token = Token(told.get("module-path", ""), told.get("token", ""), told.get("object", ""))
    if not (address.startswith(SCHEME) and token.module and token.label and token.certificate):
        raise SettingsError(
            f"{address} does not name a key on a token.",
            remedy="Write pkcs11:token=LABEL;object=LABEL?module-path=LIBRARY.",
        )
    return token


@contextmanager
def token_signer(token: Token, pin: str) -> Iterator[Any]:
    """A signer of pyHanko whose key is on the token, for as long as the session is open.

    ``SettingsError`` where python-pkcs11 is not installed, or the token does not open.
    """
    try:
        pkcs11: Any = import_module("pkcs11")  # without types, and not always there
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise SettingsError(
            "Signing with a token needs python-pkcs11.", remedy="pip install 'python-pkcs11>=0.9'"
        ) from error
    try:
        session = open_pkcs11_session(
            token.module, token_criteria=TokenCriteria(label=token.label), user_pin=pin
        )
    except (pkcs11.PKCS11Error, RuntimeError, OSError) as error:
        raise SettingsError(
            f"The token {token.label} does not open ({type(error).__name__}: {error}).",
            remedy="Check that it is plugged in, its label, its PIN and the maker's library.",
        ) from error
    with session:
        signer = PKCS11Signer(session, cert_label=token.certificate, key_label=token.certificate)
        try:
            found = signer.signing_cert
        except (pkcs11.PKCS11Error, LookupError, ValueError) as error:
            raise SettingsError(
                f"There is no certificate {token.certificate} on {token.label} ({error})."
            ) from error
        if found is None:
            raise SettingsError(f"There is no certificate {token.certificate} on {token.label}.")
        yield signer

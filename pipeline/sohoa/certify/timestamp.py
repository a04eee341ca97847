"""Time-stamp tokens (RFC 3161): what time an authority says, and whether the token fits."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from sohoa.certify.certificate import name_parts
from sohoa.certify.container import Container, check_enclosed, parse_container
from sohoa.certify.crypto import Algorithm, CannotTell

if TYPE_CHECKING:
    from asn1crypto import x509


@dataclass(frozen=True, slots=True, eq=False)
class Token:
    """A time-stamp.

    ``intact``: it is over these bytes and its own signature is good (None: cannot tell, and
    ``reason`` says why).
    """

    moment: datetime | None = None
    authority: str | None = None
    intact: bool | None = None
    reason: str = ""
    container: Container | None = None


def read_token(encoded: bytes, message: bytes, known: Sequence[x509.Certificate]) -> Token:
    """Read a token that should be over ``message``.

    ``known`` may hold its authority's certificate where the token does not.
    """
    try:
        container = parse_container(encoded)
        return _read(container, message, known)
    except CannotTell as error:
        return Token(reason=str(error))
    except Exception as error:
        return Token(reason=f"The time-stamp cannot be read ({type(error).__name__}).")


def _read(container: Container, message: bytes, known: Sequence[x509.Certificate]) -> Token:
    from asn1crypto import tsp

    content = container.content
    if content is None:
        raise CannotTell("The time-stamp is empty.")
    info = tsp.TSTInfo.load(content)
    moment = info["gen_time"].native
    imprint = info["message_imprint"]
    algorithm = Algorithm.parse(imprint["hash_algorithm"].dump()).digest
    if algorithm is None:
        raise CannotTell("The digest of the time-stamp is not known here.")
    container = _with_holder(container, known)
    authority = None
    if container.holder is not None:
        names = name_parts(container.holder.subject).get("common_name", ())
        authority = names[-1] if names else None
    digest = hashlib.new(algorithm, message, usedforsecurity=False).digest()
    if imprint["hashed_message"].native != digest:
        reason = "The time-stamp is over other bytes."
        return Token(moment, authority, False, reason, container)
    own = check_enclosed(container, None, "tst_info")
    return Token(moment, authority, own.intact, own.reason, container)


def _with_holder(container: Container, known: Sequence[x509.Certificate]) -> Container:
    sid = container.signer["sid"]
    if container.holder is not None or sid.name != "issuer_and_serial_number":
        return container
    for certificate in known:
        same_serial = certificate.serial_number == sid.chosen["serial_number"].native
        if same_serial and certificate.issuer.dump() == sid.chosen["issuer"].dump():
            return replace(container, holder=certificate)
    return container

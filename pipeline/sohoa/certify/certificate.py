"""What a certificate says of its holder.

Read attribute by attribute, so that one bad attribute is all that is lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sohoa.certify.crypto import Algorithm, describe_key
from sohoa.evidence import Certificate
from sohoa.vietnamese import nfc

if TYPE_CHECKING:
    from asn1crypto import x509

_LONGEST_CHAIN = 8
_OLD_DIGESTS = frozenset({"md5", "sha1"})
_SMALLEST_RSA_BITS = 2048


def describe(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> Certificate:
    """The certificate's facts; ``known`` are others, among which its issuers are looked for."""
    subject = name_parts(certificate.subject)
    issuer = name_parts(certificate.issuer)
    first, last = validity(certificate)
    return Certificate(
        common_name=_first(subject, "common_name"),
        organization=_first(subject, "organization_name"),
        units=subject.get("organizational_unit_name", ()),
        locality=_first(subject, "locality_name"),
        email=_first(subject, "email_address"),
        identifiers=subject.get("user_id", ()),
        issuer=_label(certificate.issuer),
        issuer_organization=_first(issuer, "organization_name"),
        chain=_chain(certificate, known),
        serial=_serial(certificate),
        valid_from=iso_utc(first) if first else None,
        valid_to=iso_utc(last) if last else None,
        self_signed=is_self_signed(certificate),
    )


def name_parts(name: x509.Name) -> dict[str, tuple[str, ...]]:
    """Parts of a distinguished name by kind, without those that are empty or cannot be read."""
    parts: dict[str, list[str]] = {}
    try:
        groups = list(name.chosen)
    except (ValueError, TypeError):
        return {}
    for group in groups:
        for part in group:
            try:
                kind, value = str(part["type"].native), part["value"].native
            except (ValueError, TypeError, KeyError):
                continue
            text = nfc(str(value)).replace("\0", "").strip() if value is not None else ""
            if text:
                parts.setdefault(kind, []).append(text)
    return {kind: tuple(values) for kind, values in parts.items()}


def validity(certificate: x509.Certificate) -> tuple[datetime | None, datetime | None]:
    """First and last moment of validity, each None where it cannot be read."""

    def moment(name: str) -> datetime | None:
        try:
            value = certificate["tbs_certificate"]["validity"][name].native
        except (ValueError, TypeError, KeyError):
            return None
        return value if isinstance(value, datetime) else None

    return moment("not_before"), moment("not_after")


def is_self_signed(certificate: x509.Certificate) -> bool:
    """Whether holder and issuer are the same name."""
    return bool(certificate.subject.dump() == certificate.issuer.dump())


def weaknesses(certificate: x509.Certificate) -> tuple[str, ...]:
    """What makes the certificate's own signature or key too weak to rely on."""
    found = []
    try:
        digest = Algorithm.parse(certificate["signature_algorithm"].dump()).digest
        if digest in _OLD_DIGESTS:
            found.append(f"certificate-{digest}")
        key = certificate["tbs_certificate"]["subject_public_key_info"].dump()
        kind, _, bits = (describe_key(key) or "").partition(" ")
        if kind == "RSA" and bits.isdigit() and int(bits) < _SMALLEST_RSA_BITS:
            found.append(f"key-rsa-{bits}")
    except (ValueError, TypeError, KeyError):
        pass
    return tuple(found)


def iso_utc(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _first(parts: dict[str, tuple[str, ...]], kind: str) -> str | None:
    values = parts.get(kind, ())
    return values[-1] if values else None


def _label(name: x509.Name) -> str | None:
    parts = name_parts(name)
    return _first(parts, "common_name") or _first(parts, "organization_name")


def _serial(certificate: x509.Certificate) -> str | None:
    try:
        number: Any = certificate.serial_number
    except (ValueError, TypeError):
        return None
    return f"{number:x}"


def _chain(certificate: x509.Certificate, known: Sequence[x509.Certificate]) -> tuple[str, ...]:
    names: list[str] = []
    current = certificate
    for _ in range(_LONGEST_CHAIN):
        name = _label(current.issuer)
        if name:
            names.append(name)
        above = [each for each in known if each.subject.dump() == current.issuer.dump()]
        if not above or is_self_signed(current) or is_self_signed(above[0]):
            break
        current = above[0]
    return tuple(names)

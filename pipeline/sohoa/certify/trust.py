"""Whether a certificate leads to a root that the operator trusts; never asks the network."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sohoa.certify.certificate import is_self_signed, validity
from sohoa.errors import SettingsError
from sohoa.evidence import Revocation, Trust

if TYPE_CHECKING:
    from asn1crypto import x509

_SUFFIXES = frozenset({".cer", ".crt", ".der", ".pem"})
_SIGNING = ("digital_signature", "non_repudiation")


@dataclass(frozen=True, slots=True)
class TrustStore:
    """The operator's certificates: ``roots`` vouch, ``others`` help to find a path to them."""

    roots: tuple[x509.Certificate, ...] = ()
    others: tuple[x509.Certificate, ...] = ()


@dataclass(frozen=True, slots=True)
class Embedded:
    """What the file brings along to prove a certificate: others, and revocation answers (DER)."""

    certificates: tuple[x509.Certificate, ...] = ()
    crls: tuple[bytes, ...] = ()
    ocsps: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of a certificate.

    ``moments``: the times at which it is said to have been used, the surest first; it must have
    been valid at all of them. ``at``: the moment at which the path is checked (None: the first of
    ``moments``). ``usage``: an extended usage that it must have (``time_stamping``).
    """

    moments: tuple[datetime, ...] = ()
    at: datetime | None = None
    require_revocation: bool = False
    usage: str | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    trust: Trust
    reason: str = ""
    revocation: Revocation = Revocation.NOT_CHECKED


def read_trust_roots(folder: Path | None) -> TrustStore:
    """The certificates of the folder, in the order of their names.

    ``SettingsError`` for a folder that is not there or a file in it that is no certificate: trust
    that silently rests on fewer roots than the operator believes is worse than none.
    """
    if folder is None:
        return TrustStore()
    if not folder.is_dir():
        raise SettingsError(
            f"{folder} is not a folder of certificates.",
            remedy="Name a folder that holds .cer, .crt, .der or .pem files.",
        )
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in _SUFFIXES)
    found = [certificate for path in files for certificate in _read(path)]
    return TrustStore(
        tuple(each for each in found if is_self_signed(each)),
        tuple(each for each in found if not is_self_signed(each)),
    )


def _read(path: Path) -> list[x509.Certificate]:
    from asn1crypto import pem, x509

    data = path.read_bytes()
    try:
        if pem.detect(data):
            blocks = [block for _, _, block in pem.unarmor(data, multiple=True)]
        else:
            blocks = [data]
        found = [x509.Certificate.load(block) for block in blocks]
        for each in found:
            each.subject.dump(), each.issuer.dump(), each.serial_number
    except (ValueError, TypeError) as error:
        raise SettingsError(
            f"{path} is not a certificate.", remedy="Remove the file from the folder."
        ) from error
    return found


def load_certificates(blobs: Sequence[bytes]) -> tuple[x509.Certificate, ...]:
    """Those of the given DER values that are certificates."""
    from asn1crypto import x509

    found = []
    for blob in blobs:
        try:
            certificate = x509.Certificate.load(blob)
            certificate.subject.dump()
        except (ValueError, TypeError):
            continue
        found.append(certificate)
    return tuple(found)


def judge(
    certificate: x509.Certificate, store: TrustStore, embedded: Embedded, demands: Demands
) -> Judgement:
    """Whether the certificate was valid when it was used, and who vouches for it."""
    first, last = validity(certificate)
    if first is None or last is None:
        return Judgement(Trust.UNKNOWN, "The certificate's days cannot be read.")
    for moment in demands.moments:
        if moment < first:
            return Judgement(Trust.NOT_VALID_THEN, "Signed before the certificate was valid.")
        if moment > last:
            return Judgement(Trust.NOT_VALID_THEN, "Signed after the certificate had expired.")
    rooted = any(certificate.dump() == root.dump() for root in store.roots)
    if is_self_signed(certificate) and not rooted:
        return Judgement(Trust.SELF_SIGNED, "The certificate vouches for itself.")
    if not store.roots:
        return Judgement(Trust.NO_ROOTS, "No trusted roots are named in the settings.")
    at = demands.at or (demands.moments[0] if demands.moments else None)
    if at is None:
        return Judgement(Trust.UNKNOWN, "There is no time at which to check the certificate.")
    if demands.usage is None and not _may_sign(certificate):
        return Judgement(Trust.NO_PATH, "The certificate is not meant for signing.")
    return _check_path(certificate, store, embedded, replace(demands, at=at))


def _may_sign(certificate: x509.Certificate) -> bool:
    try:
        usage = certificate.key_usage_value
        return usage is None or any(each in usage.native for each in _SIGNING)
    except (ValueError, TypeError):
        return False


def _check_path(
    certificate: x509.Certificate,
    store: TrustStore,
    embedded: Embedded,
    demands: Demands,
) -> Judgement:
    from pyhanko_certvalidator import errors

    context = _context(store, embedded)

    def check(*, proof_needed: bool) -> None:
        _run(_validate(certificate, context, demands, proof_needed))

    try:
        check(proof_needed=True)
        return Judgement(Trust.TRUSTED, "", Revocation.GOOD)
    except errors.RevokedError as error:
        return Judgement(Trust.REVOKED, _short(error), Revocation.REVOKED)
    except Exception as error:
        strict = _short(error)
    try:
        check(proof_needed=False)
    except errors.RevokedError as error:
        return Judgement(Trust.REVOKED, _short(error), Revocation.REVOKED)
    except (errors.PathError, errors.ValidationError) as error:
        return Judgement(Trust.NO_PATH, _short(error))
    except Exception as error:
        return Judgement(Trust.UNKNOWN, f"The path cannot be checked ({type(error).__name__}).")
    if demands.require_revocation:
        return Judgement(Trust.UNKNOWN, strict, Revocation.NOT_EMBEDDED)
    return Judgement(Trust.TRUSTED, "", Revocation.NOT_EMBEDDED)


def _context(store: TrustStore, embedded: Embedded) -> dict[str, Any]:
    return {
        "trust_roots": list(store.roots),
        "other_certs": [*store.others, *embedded.certificates],
        "allow_fetching": False,
        "crls": list(embedded.crls),
        "ocsps": list(embedded.ocsps),
        "weak_hash_algos": (),  # old digests are told as a fact of their own
    }


async def _validate(
    certificate: x509.Certificate, context: dict[str, Any], demands: Demands, proof_needed: bool
) -> None:
    """Raises what pyHanko raises for a certificate that does not hold.

    ``proof_needed``: revocation answers for the certificate itself must be there; those of its
    issuers are looked at where they are.
    """
    from pyhanko_certvalidator import CertificateValidator, ValidationContext
    from pyhanko_certvalidator.policy_decl import (
        CertRevTrustPolicy,
        RevocationCheckingPolicy,
        RevocationCheckingRule,
    )

    soft = RevocationCheckingRule.CHECK_IF_DECLARED_SOFT
    rule = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED if proof_needed else soft
    policy = CertRevTrustPolicy(RevocationCheckingPolicy(rule, soft), retroactive_revinfo=True)
    checked = ValidationContext(
        moment=demands.at, best_signature_time=demands.at, revinfo_policy=policy, **context
    )
    validator: Any = CertificateValidator(certificate, validation_context=checked)
    usage = {demands.usage} if demands.usage else set()
    await validator.async_validate_usage(set(), usage)


def _run(coroutine: Any) -> None:
    """Run it to its end, also where the caller stands in a running loop (a web request)."""
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(asyncio.run, coroutine).result()


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:300]

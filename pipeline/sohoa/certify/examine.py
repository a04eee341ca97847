"""One signature: its facts, gathered from its dictionary, its bytes and its certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sohoa.certify.certificate import describe, iso_utc, weaknesses
from sohoa.certify.container import (
    Container,
    Integrity,
    check_detached,
    check_enclosed,
    parse_container,
)
from sohoa.certify.crypto import CannotTell, describe_key
from sohoa.certify.moments import as_moment, parse_pdf_date
from sohoa.certify.ranges import SignedBytes
from sohoa.certify.revisions import Later, Revisions
from sohoa.certify.settings import CertifySettings
from sohoa.certify.survey import Dictionary, Survey
from sohoa.certify.timestamp import Token, read_token
from sohoa.certify.trust import Demands, Embedded, TrustStore, judge, load_certificates
from sohoa.certify.widgets import Place
from sohoa.evidence import Changes, Coverage, DigitalSignature, SignatureKind

if TYPE_CHECKING:
    from asn1crypto import x509

_DETACHED = frozenset({"adbe.pkcs7.detached", "ETSI.CAdES.detached"})
_SHA1 = "adbe.pkcs7.sha1"
_TIMESTAMP = "ETSI.RFC3161"
_OLD_DIGESTS = frozenset({"md5", "sha1"})


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """What all signatures of one file have in common."""

    data: bytes
    settings: CertifySettings
    store: TrustStore
    survey: Survey
    revisions: Revisions
    signed_fields: frozenset[str]


def examine(case: Case, dictionary: Dictionary, ranges: SignedBytes) -> DigitalSignature:
    """Everything that can be told of one signature; never raises for a bad one."""
    signature = _from_dictionary(dictionary, ranges)
    signature = _with_later(signature, _later(case, dictionary, ranges))
    value = dictionary.value if dictionary.value is not None else ranges.value
    if value is None or not value.strip(b"\0"):
        return replace(signature, intact=False, intact_reason="There is no signature value.")
    try:
        container = parse_container(value)
    except CannotTell as error:
        return replace(signature, intact=None, intact_reason=str(error))
    return _with_container(case, signature, container, ranges)


def _from_dictionary(dictionary: Dictionary, ranges: SignedBytes) -> DigitalSignature:
    stamp = dictionary.type == "/DocTimeStamp" or dictionary.sub_filter == _TIMESTAMP
    place = dictionary.place or Place()
    return DigitalSignature(
        kind=SignatureKind.TIMESTAMP if stamp else SignatureKind.SIGNATURE,
        field=dictionary.field,
        page=place.page,
        box=place.box,
        appearance_text=place.text,
        dictionary_time=parse_pdf_date(dictionary.text("M") or ""),
        reason=dictionary.text("Reason"),
        location=dictionary.text("Location"),
        contact=dictionary.text("ContactInfo"),
        name=dictionary.text("Name"),
        sub_filter=dictionary.sub_filter,
        byte_range=ranges.numbers,
        first_byte=ranges.first_byte,
        coverage=ranges.coverage,
        modified_reason=ranges.reason,
        certified=dictionary.certified,
    )


def _later(case: Case, dictionary: Dictionary, ranges: SignedBytes) -> Later:
    if ranges.coverage is Coverage.WHOLE_FILE:
        return Later(Changes.NONE)
    if ranges.coverage is not Coverage.REVISION:
        return Later(Changes.UNKNOWN, ranges.reason)
    if dictionary.number == (0, 0):
        return Later(Changes.UNKNOWN, "No object of the file leads to this signature.")
    return case.revisions.after(dictionary.number, ranges.end, case.signed_fields)


def _with_later(signature: DigitalSignature, later: Later) -> DigitalSignature:
    partial = later.ends_revision is False
    return replace(
        signature,
        coverage=Coverage.PARTIAL if partial else signature.coverage,
        modified_after=later.changes,
        modified_reason=later.reason,
        changed_fields=later.fields,
    )


def _with_container(
    case: Case, signature: DigitalSignature, container: Container, ranges: SignedBytes
) -> DigitalSignature:
    integrity = _integrity(case.data, signature.sub_filter, container, ranges)
    known = (
        *container.others,
        *load_certificates(case.survey.certificates),
        *case.store.others,
        *case.store.roots,
    )
    holder = container.holder
    signed_time = _quietly(lambda: container.signing_time)
    signature = replace(
        signature,
        certificate=describe(holder, known) if holder is not None else None,
        attribute_time=iso_utc(signed_time) if signed_time else None,
        digest_algorithm=container.digest_algorithm,
        signature_algorithm=container.claim.algorithm.name,
        key=_key(holder),
        weak=_weak(container, signature.sub_filter),
        intact=integrity.intact,
        intact_reason=integrity.reason,
    )
    signature, token = _with_token(signature, container, known, ranges, case.data)
    return _with_trust(case, signature, container, token)


def _integrity(
    data: bytes, sub_filter: str | None, container: Container, ranges: SignedBytes
) -> Integrity:
    if ranges.coverage is Coverage.BROKEN:
        return Integrity(False, ranges.reason)
    if sub_filter == _TIMESTAMP or sub_filter in _DETACHED or sub_filter is None:
        if _is_token(container):
            return check_enclosed(container, None, "tst_info")
        if container.content is not None and sub_filter is None:
            return check_enclosed(container, ranges.digest(data, "sha1"), "data")
        return check_detached(container, lambda algorithm: ranges.digest(data, algorithm))
    if sub_filter == _SHA1:
        return check_enclosed(container, ranges.digest(data, "sha1"), "data")
    return Integrity(None, f"Signatures of the kind {sub_filter} are not known here.")


def _is_token(container: Container) -> bool:
    return bool(container.signed_data["encap_content_info"]["content_type"].native == "tst_info")


def _with_token(
    signature: DigitalSignature,
    container: Container,
    known: Sequence[x509.Certificate],
    ranges: SignedBytes,
    data: bytes,
) -> tuple[DigitalSignature, Token | None]:
    """The embedded time-stamp, or for a document time-stamp what it says itself."""
    if signature.kind is SignatureKind.TIMESTAMP:
        message = b"".join(_pieces(ranges, data))
        token = read_token(container.encoded, message, known)
        signature = replace(signature, intact=token.intact, intact_reason=token.reason)
    else:
        encoded = _quietly(lambda: container.timestamp)
        if encoded is None:
            return signature, None
        token = read_token(encoded, container.claim.value, (*known, *container.certificates))
    return (
        replace(
            signature,
            timestamp_time=iso_utc(token.moment) if token.moment else None,
            timestamp_authority=token.authority,
            timestamp_intact=token.intact,
        ),
        token,
    )


def _pieces(ranges: SignedBytes, data: bytes) -> list[bytes]:
    pairs = zip(ranges.numbers[::2], ranges.numbers[1::2], strict=False)
    return [data[ranges.first_byte + start :][:length] for start, length in pairs]


def _with_trust(
    case: Case, signature: DigitalSignature, container: Container, token: Token | None
) -> DigitalSignature:
    crls, ocsps = _revocation_answers(container)
    embedded = Embedded(
        (*container.others, *load_certificates(case.survey.certificates)),
        (*case.survey.crls, *crls),
        (*case.survey.ocsps, *ocsps),
    )
    asked = as_moment(case.settings.moment)
    stamping = Demands((), asked, case.settings.require_revocation, "time_stamping")
    if token is not None and token.moment and token.container and token.container.holder:
        demands = replace(stamping, moments=(token.moment,))
        known = (*embedded.certificates, *token.container.others)
        stamp = judge(
            token.container.holder, case.store, replace(embedded, certificates=known), demands
        )
        signature = replace(signature, timestamp_trust=stamp.trust)
    if container.holder is None:
        return signature
    usage = "time_stamping" if signature.kind is SignatureKind.TIMESTAMP else None
    demands = replace(stamping, moments=tuple(_moments(signature)), usage=usage)
    judgement = judge(container.holder, case.store, embedded, demands)
    return replace(
        signature,
        trust=judgement.trust,
        trust_reason=judgement.reason,
        revocation=judgement.revocation,
    )


def _moments(signature: DigitalSignature) -> list[datetime]:
    """When the certificate must have been good: at the stamped time, and at the claimed one."""
    stamped = signature.timestamp_time if signature.timestamp_intact else None
    texts = (stamped, signature.signed_at)
    return [moment for moment in map(as_moment, texts) if moment is not None]


def _revocation_answers(container: Container) -> tuple[list[bytes], list[bytes]]:
    """CRLs and OCSP answers in the signature itself (the archive attribute of Adobe, and CMS)."""
    from pyhanko.sign import attributes  # noqa: F401 (teaches asn1crypto the attribute)

    crls: list[bytes] = []
    ocsps: list[bytes] = []
    archive = _quietly(lambda: container.attribute("adobe_revocation_info_archival"))
    if archive is not None:
        crls += _quietly(lambda: [each.dump() for each in archive["crl"] or ()]) or []
        ocsps += _quietly(lambda: [each.dump() for each in archive["ocsp"] or ()]) or []
    for choice in _quietly(lambda: list(container.signed_data["crls"] or ())) or []:
        if choice.name == "certificate_list":
            crls.append(choice.chosen.dump())
    return crls, ocsps


def _weak(container: Container, sub_filter: str | None) -> tuple[str, ...]:
    used = {container.digest_algorithm, container.claim.digest}
    digests = (used | {"sha1"} if sub_filter == _SHA1 else used) & _OLD_DIGESTS
    own = weaknesses(container.holder) if container.holder is not None else ()
    return (*(f"digest-{name}" for name in sorted(digests)), *own)


def _key(holder: x509.Certificate | None) -> str | None:
    if holder is None:
        return None
    return describe_key(holder["tbs_certificate"]["subject_public_key_info"].dump())


def _quietly(read: Any) -> Any:
    """The value, or None where a part of a broken signature cannot be read."""
    try:
        return read()
    except Exception:
        return None

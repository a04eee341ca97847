"""The signature value itself: a CMS container (RFC 5652), read as leniently as is safe."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sohoa.certify.crypto import Algorithm, CannotTell, Claim, fits

if TYPE_CHECKING:
    from asn1crypto import cms, x509

Digester = Callable[[str], bytes]


@dataclass(frozen=True, slots=True, eq=False)
class Container:
    """One signer's signature: its parts as parsed, and the certificates that came with it.

    ``encoded`` is the value as given; ``holder`` is the signer's certificate, None where the
    container does not hold it.
    """

    encoded: bytes
    signed_data: cms.SignedData
    signer: cms.SignerInfo
    certificates: tuple[x509.Certificate, ...]
    holder: x509.Certificate | None
    digest_algorithm: str
    claim: Claim

    @property
    def others(self) -> tuple[x509.Certificate, ...]:
        return tuple(each for each in self.certificates if each is not self.holder)

    @property
    def content(self) -> bytes | None:
        """The content inside the container; None for a detached signature."""
        value = self.signed_data["encap_content_info"]["content"]
        return bytes(value) if value.contents is not None else None

    def attribute(self, name: str) -> Any | None:
        """The one value of a signed attribute; None where it is absent or not single."""
        return _single(self.signer["signed_attrs"], name)

    @property
    def signing_time(self) -> datetime | None:
        value = self.attribute("signing_time")
        found = value.native if value is not None else None
        return found if isinstance(found, datetime) else None

    @property
    def timestamp(self) -> bytes | None:
        """An embedded time-stamp token over this signature's value, DER."""
        value = _single(self.signer["unsigned_attrs"], "signature_time_stamp_token")
        return value.dump() if value is not None else None


def parse_container(value: bytes) -> Container:
    """Read a signature value; ``CannotTell`` says why it cannot be read."""
    if not value.strip(b"\0"):
        raise CannotTell("The signature value is empty.")
    try:
        return _parse(value)
    except CannotTell:
        raise
    except Exception as error:
        message = f"The signature value cannot be read ({type(error).__name__})."
        raise CannotTell(message) from error


def is_document_mac(value: bytes) -> bool:
    """Whether the value is the authentication code of an encrypted file (ISO/TS 32004).

    It has byte ranges as a signature has, but speaks of the password and not of a signer.
    """
    from asn1crypto import cms

    try:
        return bool(cms.ContentInfo.load(value)["content_type"].native == "authenticated_data")
    except (ValueError, TypeError):
        return False


def _parse(value: bytes) -> Container:
    from asn1crypto import cms

    info = cms.ContentInfo.load(value)
    if info["content_type"].native != "signed_data":
        raise CannotTell("The signature value holds no signed data.")
    signed_data = info["content"]
    signers = signed_data["signer_infos"]
    if len(signers) != 1:
        raise CannotTell(f"The signature value has {len(signers)} signers instead of one.")
    signer = signers[0]
    certificates = _certificates(signed_data)
    digest_algorithm = Algorithm.parse(signer["digest_algorithm"].dump())
    if digest_algorithm.digest is None:
        raise CannotTell(f"The digest {digest_algorithm.oid} is not known here.")
    algorithm = Algorithm.parse(signer["signature_algorithm"].dump())
    claim = Claim(
        algorithm, algorithm.digest or digest_algorithm.digest, signer["signature"].native
    )
    holder = _holder(signer, certificates)
    return Container(
        value, signed_data, signer, certificates, holder, digest_algorithm.digest, claim
    )


def _certificates(signed_data: cms.SignedData) -> tuple[x509.Certificate, ...]:
    choices = signed_data["certificates"] or ()
    return tuple(choice.chosen for choice in choices if choice.name == "certificate")


def _holder(
    signer: cms.SignerInfo, certificates: tuple[x509.Certificate, ...]
) -> x509.Certificate | None:
    """The certificate that the signer names, by issuer and serial number or by key identifier."""
    sid = signer["sid"]
    for certificate in certificates:
        if sid.name == "issuer_and_serial_number":
            same_serial = certificate.serial_number == sid.chosen["serial_number"].native
            if same_serial and certificate.issuer.dump() == sid.chosen["issuer"].dump():
                return certificate
        elif certificate.key_identifier == sid.chosen.native:
            return certificate
    # A few tools write the issuer's name in another encoding than the certificate has it.
    if sid.name == "issuer_and_serial_number":
        serial = sid.chosen["serial_number"].native
        alike = [each for each in certificates if each.serial_number == serial]
        return alike[0] if len(alike) == 1 else None
    return None


def _single(attributes: Any, name: str) -> Any | None:
    values = []
    for attribute in attributes or ():
        if attribute["type"].native == name:
            values.extend(attribute["values"])
    return values[0] if len(values) == 1 else None


@dataclass(frozen=True, slots=True)
class Integrity:
    """Whether signed bytes and signature value fit together; None: cannot tell."""

    intact: bool | None
    reason: str = ""


def check_detached(container: Container, digest: Digester) -> Integrity:
    """Check a signature whose content is outside; ``digest`` gives the content's digest."""
    try:
        return _check(container, digest(container.digest_algorithm), "data")
    except CannotTell as error:
        return Integrity(None, str(error))
    except Exception as error:
        return Integrity(None, f"The signature cannot be checked ({type(error).__name__}).")


def check_enclosed(container: Container, expected: bytes | None, content_type: str) -> Integrity:
    """Check a signature over the content inside it, which must be ``expected`` (None: any)."""
    content = container.content
    if content is None:
        return Integrity(False, "The signature value holds no content.")
    if expected is not None and content != expected:
        return Integrity(False, "The signed bytes were changed.")
    try:
        digest = hashlib.new(container.digest_algorithm, content, usedforsecurity=False).digest()
        return _check(container, digest, content_type)
    except CannotTell as error:
        return Integrity(None, str(error))
    except Exception as error:
        return Integrity(None, f"The signature cannot be checked ({type(error).__name__}).")


def _check(container: Container, content_digest: bytes, content_type: str) -> Integrity:
    if container.holder is None:
        raise CannotTell("The signer's certificate is not in the signature.")
    attributes = container.signer["signed_attrs"]
    message_digest = content_digest
    if len(attributes or ()):
        wrong = _wrong_attributes(container, content_digest, content_type)
        if wrong:
            return Integrity(False, wrong)
        encoded = attributes.untag().dump()
        message_digest = hashlib.new(
            container.claim.digest, encoded, usedforsecurity=False
        ).digest()
    elif container.claim.digest != container.digest_algorithm:
        raise CannotTell("The signature names two digests for the same bytes.")
    key = container.holder["tbs_certificate"]["subject_public_key_info"].dump()
    if not fits(key, container.claim, message_digest):
        return Integrity(False, "The signature value does not fit the certificate.")
    return Integrity(True)


def _wrong_attributes(container: Container, content_digest: bytes, content_type: str) -> str:
    from pyhanko.sign.general import check_ess_certid
    from pyhanko.sign.validation.generic_cms import get_signing_cert_attr

    said = container.attribute("message_digest")
    if said is None:
        return "The signed attributes hold no digest of the document."
    if said.native != content_digest:
        return "The signed bytes were changed."
    kind = container.attribute("content_type")
    if kind is None or kind.native != content_type:
        return "The signed attributes speak of another kind of content."
    named = get_signing_cert_attr(container.signer["signed_attrs"])
    if named is not None and not check_ess_certid(container.holder, named["certs"][0]):
        return "The signed attributes name another certificate."
    return ""

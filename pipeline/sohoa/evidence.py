"""What vouches for a paper: seals, stamps, handwriting, digital signatures, as frozen values.

Facts are fields; what they amount to (``verdict``, ``problems``) is derived from them and never
stored. Nothing here says that a paper is authentic: it says what was seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sohoa.geometry import BBox


class InkColour(StrEnum):
    RED = "red"
    PURPLE = "purple"
    BLUE = "blue"
    BLACK = "black"  # also every ink on a 1-bit scan


class SealKind(StrEnum):
    ROUND = "round"
    EDGE = "edge"  # part of a seal across sheets (dấu giáp lai), cut by the margin
    SET_OFF = "set-off"  # pale mirror image that rubbed off from the facing sheet


class Presence(StrEnum):
    """Three answers, as an archivist gives them: có / không rõ / không."""

    PRESENT = "present"
    UNCLEAR = "unclear"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Seal:
    """A seal impression (con dấu); ``bbox`` in page pixels.

    ``diameter_mm`` follows from the page's dpi (None where that is unknown). ``completeness``:
    share 0..1 of the ring that is there; ``strength``: how strong its ink is, 0..1; ``faded``: so
    pale that the ring can hardly be read.
    ``text``: what was read on the ring, ``centre_text`` inside it; ``matched`` is the body's name
    that the ring reading agrees with, None where none does.
    """

    page: int
    bbox: BBox
    kind: SealKind
    colour: InkColour
    confidence: float
    diameter_mm: float | None = None
    completeness: float = 1.0
    strength: float = 1.0
    faded: bool = False
    text: str | None = None
    centre_text: str | None = None
    matched: str | None = None

    @property
    def presence(self) -> Presence:
        """PRESENT only for a seal of this very page that can be told for one."""
        if self.kind is SealKind.SET_OFF:
            return Presence.ABSENT
        clear = self.confidence >= 0.5 and not self.faded
        return Presence.PRESENT if clear else Presence.UNCLEAR


class StampKind(StrEnum):
    INCOMING = "incoming"  # ĐẾN
    URGENCY = "urgency"
    SECRECY = "secrecy"
    NAME = "name"  # the signer's name
    NUMBER = "number"
    COPY = "copy"  # SAO Y
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stamp:
    """A rubber stamp that is not a round seal (dấu đến, dấu khẩn, dấu tên …).

    ``text``: its words, row by row, parted by newlines. ``number`` and ``date`` (ISO 8601) are
    what the receiving office wrote into an incoming stamp, where they could be read.
    """

    page: int
    bbox: BBox
    kind: StampKind
    colour: InkColour
    confidence: float
    text: str | None = None
    number: str | None = None
    date: str | None = None


class HandwritingKind(StrEnum):
    SIGNATURE = "signature"
    INITIALS = "initials"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Handwriting:
    """Ink of a pen; ``crossed_by_seal`` tells whether a seal lies over part of it."""

    page: int
    bbox: BBox
    kind: HandwritingKind
    colour: InkColour
    confidence: float
    crossed_by_seal: bool = False
    text: str | None = None


class Verdict(StrEnum):
    """The three answers of EN 319 102-1."""

    PASSED = "passed"
    INDETERMINATE = "indeterminate"
    FAILED = "failed"


class SignatureKind(StrEnum):
    SIGNATURE = "signature"
    TIMESTAMP = "timestamp"  # a document time-stamp: vouches for a time, not for a signer


class Coverage(StrEnum):
    """Which bytes of the file the signature speaks for."""

    WHOLE_FILE = "whole-file"  # all but the signature's own place
    REVISION = "revision"  # all of the file as it was when signed; more was added later
    PARTIAL = "partial"  # ranges that leave out bytes they should hold
    BROKEN = "broken"  # no ranges, or ranges that cannot be
    UNKNOWN = "unknown"


class Changes(StrEnum):
    """What was added to the file after the signature."""

    NONE = "none"
    SIGNATURES = "signatures"  # further signatures, their appearance, and what proves them
    FORM_FILLING = "form-filling"  # other form fields as well
    OTHER = "other"  # something that no signed paper may have added to it
    UNKNOWN = "unknown"


class Trust(StrEnum):
    """Whether the certificate leads to a root that the operator trusts."""

    TRUSTED = "trusted"
    NO_ROOTS = "no-roots"  # the operator named none: nobody can tell
    NO_PATH = "no-path"  # roots are named, none of them vouches for it
    SELF_SIGNED = "self-signed"  # vouches for itself: anyone can make such a one
    NOT_VALID_THEN = "not-valid-then"  # outside the certificate's days
    REVOKED = "revoked"
    UNKNOWN = "unknown"


class Revocation(StrEnum):
    GOOD = "good"
    REVOKED = "revoked"
    NOT_EMBEDDED = "not-embedded"
    NOT_CHECKED = "not-checked"


@dataclass(frozen=True, slots=True)
class FractionBox:
    """A box as shares 0..1 of the page as it is shown (turned, cropped), origin top left."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Certificate:
    """What the signing certificate says of its holder; times are ISO 8601 in UTC.

    ``identifiers`` are the subject's UIDs as written ("MST:…" tax code, "MNS:…" budget code).
    ``chain`` are the names of the issuers from the holder's issuer upwards, as far as the file or
    the operator's folder holds their certificates; the first is the issuer's own name always.
    ``serial`` is hexadecimal.
    """

    common_name: str | None = None
    organization: str | None = None
    units: tuple[str, ...] = ()
    locality: str | None = None
    email: str | None = None
    identifiers: tuple[str, ...] = ()
    issuer: str | None = None
    issuer_organization: str | None = None
    chain: tuple[str, ...] = ()
    serial: str | None = None
    valid_from: str | None = None
    valid_to: str | None = None
    self_signed: bool = False


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """One digital signature of a PDF (chữ ký số), as it was found.

    ``field`` is None where no form field names it. ``page`` and ``box`` say where it is seen, None
    for an invisible one. Times are ISO 8601: ``dictionary_time`` is /M, ``attribute_time`` the
    signed attribute, ``timestamp_time`` that of an embedded time-stamp token
    (``timestamp_intact``: whether the token fits this signature; None: cannot tell;
    ``timestamp_trust``: whether its authority leads to a trusted root).
    ``intact``: the signed bytes are as they were and the signature value fits the certificate;
    None: cannot tell, and ``intact_reason`` says why. ``byte_range`` counts from ``first_byte``.
    ``certified`` is the certification level (1 no changes, 2 forms and signatures, 3 also notes).
    """

    kind: SignatureKind = SignatureKind.SIGNATURE
    field: str | None = None
    page: int | None = None
    box: FractionBox | None = None
    appearance_text: str = ""
    certificate: Certificate | None = None
    dictionary_time: str | None = None
    attribute_time: str | None = None
    timestamp_time: str | None = None
    timestamp_authority: str | None = None
    timestamp_intact: bool | None = None
    timestamp_trust: Trust = Trust.UNKNOWN
    reason: str | None = None
    location: str | None = None
    contact: str | None = None
    name: str | None = None
    sub_filter: str | None = None
    digest_algorithm: str | None = None
    signature_algorithm: str | None = None
    key: str | None = None
    weak: tuple[str, ...] = ()
    byte_range: tuple[int, ...] = ()
    first_byte: int = 0
    coverage: Coverage = Coverage.UNKNOWN
    intact: bool | None = None
    intact_reason: str = ""
    modified_after: Changes = Changes.UNKNOWN
    modified_reason: str = ""
    changed_fields: tuple[str, ...] = ()
    certified: int | None = None
    trust: Trust = Trust.UNKNOWN
    trust_reason: str = ""
    revocation: Revocation = Revocation.NOT_CHECKED

    @property
    def signer(self) -> str | None:
        """The holder's common name; their organization where the certificate names no person."""
        holder = self.certificate
        return (holder.common_name or holder.organization) if holder else None

    @property
    def issuer(self) -> str | None:
        return self.certificate.issuer if self.certificate else None

    @property
    def signed_at(self) -> str | None:
        """The time that the signer claims: /M, which carries the zone, else the attribute."""
        return self.dictionary_time or self.attribute_time

    @property
    def trusted(self) -> bool | None:
        """None where nobody can tell (no roots were named, or the check could not be made)."""
        if self.trust in {Trust.NO_ROOTS, Trust.UNKNOWN}:
            return None
        return self.trust is Trust.TRUSTED

    @property
    def changes_allowed(self) -> bool | None:
        """Whether what came after is of a kind that a signed paper may have added to it."""
        if self.modified_after in {Changes.NONE, Changes.SIGNATURES}:
            return True
        return False if self.modified_after is Changes.OTHER else None

    @property
    def failures(self) -> tuple[str, ...]:
        """Codes of what speaks against it; one is enough for FAILED."""
        checks = (
            (self.intact is False, "not-intact"),
            (self.coverage in {Coverage.PARTIAL, Coverage.BROKEN}, "bytes-not-covered"),
            (self.modified_after is Changes.OTHER, "changed-after-signing"),
            (self.trust is Trust.SELF_SIGNED, "self-signed-certificate"),
            (self.trust is Trust.NOT_VALID_THEN, "certificate-not-valid-then"),
            (self.trust is Trust.REVOKED, "certificate-revoked"),
            (self.timestamp_intact is False, "timestamp-does-not-fit"),
        )
        return tuple(code for holds, code in checks if holds)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Codes of what keeps it from PASSED without speaking against it."""
        checks = (
            (self.intact is None, "cannot-tell-intact"),
            (self.coverage is Coverage.UNKNOWN, "cannot-tell-coverage"),
            (self.field is None, "named-by-no-field"),
            (self.modified_after is Changes.UNKNOWN, "cannot-tell-changes"),
            (self.modified_after is Changes.FORM_FILLING, "form-filled-after-signing"),
            (self.trust is Trust.NO_ROOTS, "no-trust-roots"),
            (self.trust is Trust.NO_PATH, "no-trusted-path"),
            (self.trust is Trust.UNKNOWN, "cannot-tell-trust"),
            (bool(self.weak), "weak-algorithm"),
        )
        return tuple(code for holds, code in checks if holds)

    @property
    def problems(self) -> tuple[str, ...]:
        return (*self.failures, *self.doubts)

    @property
    def verdict(self) -> Verdict:
        if self.failures:
            return Verdict.FAILED
        return Verdict.INDETERMINATE if self.doubts else Verdict.PASSED

"""The chain of a paper: original, certified copy, digitization, each with what vouches for it.

Seals, stamps, hand signatures, the copy block and the digital signatures are joined here as
values. The result never says that a paper is authentic: it says what was seen, what was inferred,
what is missing and what contradicts what.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum

from sohoa.directive import Directive, Leaf
from sohoa.evidence import (
    DigitalSignature,
    FractionBox,
    Handwriting,
    Presence,
    Seal,
    SignatureKind,
    Stamp,
    Verdict,
)
from sohoa.geometry import BBox
from sohoa.vietnamese import strip_marks

_VIET_NAM = timezone(timedelta(hours=7))
_ALIKE = 93.0
_ALIKE_WORD = 66.0
_SURE = 0.5
_SHORT_NAMES = (("UBND", "UY BAN NHAN DAN"), ("HDND", "HOI DONG NHAN DAN"), ("TP.", "THANH PHO "))
_COPY_WORDS = re.compile(r"\b(BAN SAO|SAO Y|SAO LUC|TRICH SAO)\b")
_SHOWN_DATE = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")


class Standing(StrEnum):
    """How a statement stands: đã thấy / suy ra / thiếu / mâu thuẫn."""

    SEEN = "seen"
    INFERRED = "inferred"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


class Event(StrEnum):
    """What a statement is about; ``ORDER`` joins the other three."""

    ORIGINAL = "original"
    COPY = "copy"
    DIGITIZATION = "digitization"
    ORDER = "order"


class Outcome(StrEnum):
    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a statement can be checked: words of the record, or a place on a page.

    ``bbox`` is in page pixels (seals, stamps, handwriting), ``box`` in shares of the page as shown
    (digital signatures); ``field`` names the form field of a digital signature.
    """

    words: tuple[str, ...] = ()
    page: int | None = None
    bbox: BBox | None = None
    box: FractionBox | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: a stable code, how it stands, what it says, and its witnesses."""

    event: Event
    code: str
    standing: Standing
    message: str
    value: str | None = None
    witnesses: tuple[Witness, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperEvidence:
    """All that was found on the paper and in the file.

    ``born_digital``: the pages are not pictures of paper, so the signatures are the original's
    own. ``file_readable``: the file could be looked through whole for signatures.
    """

    seals: tuple[Seal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    born_digital: bool = False
    file_readable: bool = True


@dataclass(frozen=True, slots=True)
class AuthenticityReport:
    """The statements, in the order original, copy, digitization, and then their order in time."""

    statements: tuple[Statement, ...]
    signatures: int
    signatures_passed: int

    @property
    def outcome(self) -> Outcome:
        """CONSISTENT only where nothing contradicts and every signature holds, and there is one."""
        if any(each.standing is Standing.CONTRADICTED for each in self.statements):
            return Outcome.CONTRADICTED
        held = self.signatures > 0 and self.signatures == self.signatures_passed
        return Outcome.CONSISTENT if held else Outcome.CANNOT_TELL


def join_evidence(directive: Directive, evidence: PaperEvidence) -> AuthenticityReport:
    """Join what the paper says of itself with what vouches for it."""
    statements = (
        *_original(directive),
        *_copy(directive),
        *_ink(directive, evidence),
        *_signatures(directive, evidence),
        *_order(directive, evidence),
    )
    passed = sum(each.verdict is Verdict.PASSED for each in evidence.signatures)
    return AuthenticityReport(statements, len(evidence.signatures), passed)


def _original(directive: Directive) -> Iterator[Statement]:
    fields = (
        ("number", "Number of the document", directive.number),
        ("date", "Date of the document", directive.date),
        ("issuer", "Issuing body", directive.issuer),
        ("signer", "Signer", directive.signer),
    )
    for code, label, leaf in fields:
        yield _of_leaf(Event.ORIGINAL, code, label, leaf)


def _copy(directive: Directive) -> Iterator[Statement]:
    block = directive.copy_block
    if block is None:
        return
    fields = (
        ("kind", "Kind of copy", block.kind),
        ("number", "Number of the copy", block.number),
        ("date", "Date of the copy", block.date),
        ("body", "Copying body", block.issuer),
        ("signer", "Signer of the copy", block.signer),
    )
    for code, label, leaf in fields:
        yield _of_leaf(Event.COPY, code, label, leaf)


def _of_leaf(event: Event, code: str, label: str, leaf: Leaf) -> Statement:
    code = f"{event}-{code}"
    if leaf.value is None:
        message = f"{label}: not found. {leaf.reason or ''}".strip()
        return Statement(event, code, Standing.MISSING, message)
    sure = leaf.confidence >= _SURE and not leaf.candidates
    standing = Standing.SEEN if sure else Standing.INFERRED
    message = f"{label}: {leaf.printed or leaf.value}."
    return Statement(event, code, standing, message, leaf.value, (Witness(leaf.words),))


def _vouching_body(directive: Directive) -> tuple[Event, str | None]:
    """Whose seal and signature the paper should bear: the copying body's, if it is a copy."""
    if directive.copy_block is not None:
        return Event.COPY, directive.copy_block.issuer.value
    return Event.ORIGINAL, directive.issuer.value


def _ink(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    event, body = _vouching_body(directive)
    seals = [each for each in evidence.seals if each.presence is not Presence.ABSENT]
    witnesses = tuple(Witness(page=each.page, bbox=each.bbox) for each in seals)
    if not seals:
        yield Statement(event, "seal", Standing.MISSING, "No seal was seen on the pages.")
    else:
        clear = any(each.presence is Presence.PRESENT for each in seals)
        standing = Standing.SEEN if clear else Standing.INFERRED
        message = f"{len(seals)} seal(s) were seen on the pages."
        yield Statement(event, "seal", standing, message, witnesses=witnesses)
        yield _seal_words(event, body, directive, seals)
    hands = evidence.handwriting
    witnesses = tuple(Witness(page=each.page, bbox=each.bbox) for each in hands)
    standing = Standing.SEEN if hands else Standing.MISSING
    message = f"{len(hands)} signature(s) by hand were seen on the pages."
    yield Statement(event, "hand-signature", standing, message, witnesses=witnesses)


def _seal_words(
    event: Event, body: str | None, directive: Directive, seals: Sequence[Seal]
) -> Statement:
    code = "seal-agrees"
    read = [each for each in seals if each.matched]
    if not read or body is None:
        message = "The words on the seal could not be matched with a body."
        return Statement(event, code, Standing.MISSING, message)
    witnesses = tuple(Witness(page=each.page, bbox=each.bbox) for each in read)
    names = [each.matched or "" for each in read]
    expected = [name for name in (body, *_own_names(directive)) if name]
    if any(alike(name, body) for name in names):
        message = f"The words on a seal agree with {body}."
        return Statement(event, code, Standing.SEEN, message, body, witnesses)
    if any(alike(name, other) for name in names for other in expected):
        message = f"The words on a seal agree with a body named on the paper: {names[0]}."
        return Statement(event, code, Standing.INFERRED, message, names[0], witnesses)
    message = f"The words on the seal name {names[0]}, not {body}."
    return Statement(event, code, Standing.CONTRADICTED, message, names[0], witnesses)


def _own_names(directive: Directive) -> list[str | None]:
    """The bodies that the paper itself names in its head and in its copy block."""
    block = directive.copy_block
    copying = [block.issuer.value, block.superior.value] if block else []
    return [directive.issuer.value, directive.superior.value, *copying]


def _signatures(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    event = Event.ORIGINAL if evidence.born_digital else Event.DIGITIZATION
    if not evidence.signatures:
        message = "The file bears no digital signature."
        if not evidence.file_readable:
            message = "Whether the file bears a digital signature cannot be told."
        yield Statement(event, "digital-signature", Standing.MISSING, message)
    for signature in evidence.signatures:
        yield _integrity(event, signature)
        if signature.kind is SignatureKind.SIGNATURE:
            yield _organ(event, directive, signature)
            yield from _appearance(event, signature)


def _witness(signature: DigitalSignature) -> tuple[Witness, ...]:
    return (Witness(page=signature.page, box=signature.box, field=signature.field),)


def _integrity(event: Event, signature: DigitalSignature) -> Statement:
    standings = {
        Verdict.PASSED: (Standing.SEEN, "holds"),
        Verdict.INDETERMINATE: (Standing.INFERRED, "cannot be told for sure to hold"),
        Verdict.FAILED: (Standing.CONTRADICTED, "does not hold"),
    }
    standing, words = standings[signature.verdict]
    problems = f" ({', '.join(signature.problems)})" if signature.problems else ""
    message = (
        f"The digital signature of {signature.signer or 'an unknown signer'} {words}{problems}."
    )
    value = signature.signed_at
    return Statement(event, "digital-signature", standing, message, value, _witness(signature))


def _organ(event: Event, directive: Directive, signature: DigitalSignature) -> Statement:
    """Whether the certificate is that of a body or a person whom the paper names."""
    code, holder = "certificate-agrees", signature.certificate
    names = [each for each in (holder.common_name, holder.organization) if each] if holder else []
    if not names:
        message = "The certificate names nobody."
        return Statement(event, code, Standing.MISSING, message, None, _witness(signature))
    block = directive.copy_block
    people = [directive.signer.value, block.signer.value if block else None]
    expected = [each for each in (*_own_names(directive), *people) if each]
    for name in names:
        for other in expected:
            if alike(name, other):
                message = f"The certificate's holder agrees with the paper: {other}."
                return Statement(event, code, Standing.SEEN, message, name, _witness(signature))
    _, body = _vouching_body(directive)
    if block is not None and body and _COPY_WORDS.search(_flat(signature.reason or "")):
        message = f"It is signed as a copy by {names[0]}, but the copying body is {body}."
        return Statement(event, code, Standing.CONTRADICTED, message, names[0], _witness(signature))
    message = f"The certificate's holder, {names[0]}, is not named on the paper."
    return Statement(event, code, Standing.MISSING, message, names[0], _witness(signature))


def _appearance(event: Event, signature: DigitalSignature) -> Iterator[Statement]:
    """Whether the date that the picture of the signature shows is the signature's own."""
    shown = _SHOWN_DATE.search(signature.appearance_text)
    signed = _local_date(signature.signed_at)
    if shown is None or signed is None:
        return
    try:
        said = date(int(shown[3]), int(shown[2]), int(shown[1]))
    except ValueError:
        return
    same = said == signed
    standing = Standing.SEEN if same else Standing.CONTRADICTED
    words = "agrees with" if same else "is not"
    message = f"The date shown, {said.isoformat()}, {words} the signature's, {signed.isoformat()}."
    yield Statement(event, "shown-date", standing, message, said.isoformat(), _witness(signature))


def _order(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    block = directive.copy_block
    original = directive.date
    copied = block.date if block is not None else None
    if copied is not None:
        yield _in_order("copy-after-original", ("original", original), ("copy", copied))
    latest = (("copy", copied), ("original", original))
    label, leaf = next(((name, each) for name, each in latest if each and each.value), latest[1])
    for signature in evidence.signatures:
        signed = _local_date(signature.signed_at)
        if signed is None or leaf is None:
            continue
        moment = Leaf(value=signed.isoformat(), confidence=1.0)
        yield _in_order(f"signed-after-{label}", (label, leaf), ("digital signature", moment))


def _in_order(code: str, first: tuple[str, Leaf], second: tuple[str, Leaf]) -> Statement:
    (early, before), (late, after) = first, second
    days = (_local_date(before.value), _local_date(after.value))
    witnesses = (Witness(before.words), Witness(after.words))
    if days[0] is None or days[1] is None:
        message = f"The dates of the {early} and the {late} cannot be compared."
        return Statement(Event.ORDER, code, Standing.MISSING, message, None, witnesses)
    if days[1] >= days[0]:
        message = f"The {late} ({days[1]}) does not come before the {early} ({days[0]})."
        return Statement(Event.ORDER, code, Standing.SEEN, message, None, witnesses)
    doubtful = any(leaf.confidence < _SURE or leaf.candidates for leaf in (before, after))
    standing = Standing.INFERRED if doubtful else Standing.CONTRADICTED
    message = f"The {late} ({days[1]}) comes before the {early} ({days[0]})."
    return Statement(Event.ORDER, code, standing, message, None, witnesses)


def _local_date(text: str | None) -> date | None:
    """The day, in Viet Nam, of an ISO 8601 date or time."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(_VIET_NAM) if moment.tzinfo else moment).date()


def alike(one: str, other: str) -> bool:
    """Whether two names of bodies or persons are the same but for marks, case and short forms.

    Word by word, since names of sister bodies differ in one word only (Quảng Nam, Quảng Ngãi).
    """
    from rapidfuzz import fuzz

    first, second = _flat(one).split(), _flat(other).split()
    if len(first) == len(second):
        pairs = zip(first, second, strict=True)
        return bool(first) and all(fuzz.ratio(a, b) >= _ALIKE_WORD for a, b in pairs)
    joined = fuzz.ratio("".join(first), "".join(second))
    return bool(first and second) and joined >= _ALIKE


def _flat(text: str) -> str:
    flat = " ".join(strip_marks(text).upper().split())
    for short, long in _SHORT_NAMES:
        flat = flat.replace(short, long)
    return " ".join(flat.split())

"""The digital signatures: whether they hold, and whether they are those of the paper's bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from sohoa.authenticity.days import local_date
from sohoa.authenticity.names import alike, flat, named_bodies, vouching_body
from sohoa.authenticity.paper_evidence import PaperEvidence
from sohoa.directive import Directive
from sohoa.evidence import DigitalSignature, SignatureKind, Verdict
from sohoa.statements import Event, Standing, Statement, Witness, state

_COPY_WORDS = re.compile(r"\b(BAN SAO|SAO Y|SAO LUC|TRICH SAO)\b")
_SHOWN_DATE = re.compile(r"\b(\d{1,2})[./-](\d{1,2})[./-](\d{4})\b")
_STANDINGS = {
    Verdict.PASSED: Standing.SEEN,
    Verdict.INDETERMINATE: Standing.INFERRED,
    Verdict.FAILED: Standing.CONTRADICTED,
}


def state_signatures(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    """Three statements a signature at most: it holds, its holder is named, its picture agrees."""
    event = Event.ORIGINAL if evidence.born_digital else Event.DIGITIZATION
    if not evidence.signatures:
        sentence = "signatures-absent" if evidence.file_readable else "signatures-unknown"
        yield state(event, "digital-signature", Standing.MISSING, sentence)
    for signature in evidence.signatures:
        yield _integrity(event, signature)
        if signature.kind is SignatureKind.SIGNATURE:
            yield _organ(event, directive, signature)
            yield from _appearance(event, signature)


def is_of_copy(signature: DigitalSignature) -> bool:
    """Whether the signature says of itself that it vouches for a copy (bản sao)."""
    said = f"{signature.reason or ''} {signature.appearance_text}"
    return bool(_COPY_WORDS.search(flat(said)))


def _place(signature: DigitalSignature) -> tuple[Witness, ...]:
    return (Witness(page=signature.page, box=signature.box, field=signature.field),)


def _integrity(event: Event, signature: DigitalSignature) -> Statement:
    said = state(
        event,
        "digital-signature",
        _STANDINGS[signature.verdict],
        f"signature-{signature.verdict}",
        signer=signature.signer or "=unknown-signer",
        problems=" ".join(signature.problems),
    )
    return replace(said, value=signature.signed_at, witnesses=_place(signature))


def _organ(event: Event, directive: Directive, signature: DigitalSignature) -> Statement:
    """Whether the certificate is that of a body or a person whom the paper names."""
    code, holder, places = "certificate-agrees", signature.certificate, _place(signature)
    names = [each for each in (holder.common_name, holder.organization) if each] if holder else []
    if not names:
        said = state(event, code, Standing.MISSING, "certificate-names-nobody")
        return replace(said, witnesses=places)
    block = directive.copy_block
    people = [directive.signer.value, block.signer.value if block else None]
    expected = [each for each in (*named_bodies(directive), *people) if each]
    _, body = vouching_body(directive)
    for name in names:
        other = next((each for each in expected if alike(name, each)), None)
        if other is None:
            continue
        if name == names[0]:
            said = state(event, code, Standing.SEEN, "certificate-agrees", name=other)
        else:
            # An office that bears its organ's name in the certificate, not in its own.
            sentence = "certificate-of-body"
            said = state(event, code, Standing.INFERRED, sentence, name=names[0], body=other)
        return replace(said, value=name, witnesses=places)
    if block is not None and body and _COPY_WORDS.search(flat(signature.reason or "")):
        sentence = "certificate-contradicts"
        said = state(event, code, Standing.CONTRADICTED, sentence, name=names[0], body=body)
    else:
        said = state(event, code, Standing.MISSING, "certificate-not-named", name=names[0])
    return replace(said, value=names[0], witnesses=places)


def _appearance(event: Event, signature: DigitalSignature) -> Iterator[Statement]:
    """Whether the date that the picture of the signature shows is the signature's own."""
    shown = _SHOWN_DATE.search(signature.appearance_text)
    signed = local_date(signature.signed_at)
    if shown is None or signed is None:
        return
    try:
        said = date(int(shown[3]), int(shown[2]), int(shown[1]))
    except ValueError:
        return
    same = said == signed
    standing = Standing.SEEN if same else Standing.CONTRADICTED
    sentence = "shown-date-agrees" if same else "shown-date-contradicts"
    days = {"shown": said.isoformat(), "signed": signed.isoformat()}
    yield replace(
        state(event, "shown-date", standing, sentence, **days),
        value=said.isoformat(),
        witnesses=_place(signature),
    )

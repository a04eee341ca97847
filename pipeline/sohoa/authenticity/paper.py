"""What the paper says of itself, and the ink that vouches for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sohoa.authenticity.names import alike, named_bodies, vouching_body
from sohoa.authenticity.paper_evidence import PaperEvidence
from sohoa.directive import Directive, Leaf
from sohoa.evidence import Presence, Seal
from sohoa.statements import Event, Standing, Statement, Witness, state

_SURE = 0.5


def state_fields(directive: Directive) -> Iterator[Statement]:
    """Number, day, body and signer of the original, and of the copy if it is one."""
    for code, leaf in (
        ("number", directive.number),
        ("date", directive.date),
        ("issuer", directive.issuer),
        ("signer", directive.signer),
    ):
        yield _of_leaf(Event.ORIGINAL, code, leaf)
    block = directive.copy_block
    if block is None:
        return
    for code, leaf in (
        ("kind", block.kind),
        ("number", block.number),
        ("date", block.date),
        ("body", block.issuer),
        ("signer", block.signer),
    ):
        yield _of_leaf(Event.COPY, code, leaf)


def _of_leaf(event: Event, name: str, leaf: Leaf) -> Statement:
    code = f"{event}-{name}"
    label = f"=label.{code}"
    if leaf.value is None:
        return state(event, code, Standing.MISSING, "field-missing", label=label)
    standing = Standing.SEEN if is_sure(leaf) else Standing.INFERRED
    said = state(event, code, standing, "field", label=label, printed=leaf.printed or leaf.value)
    return replace(said, value=leaf.value, witnesses=(Witness(leaf.words),))


def is_sure(leaf: Leaf) -> bool:
    """Whether the field was read, and not guessed among others."""
    return leaf.confidence >= _SURE and not leaf.candidates


def state_ink(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    """Seals, their words, and signatures by hand; a born-digital paper needs none of them."""
    event, body = vouching_body(directive)
    seals = [each for each in evidence.seals if each.presence is not Presence.ABSENT]
    hands = evidence.handwriting
    if evidence.born_digital and not seals and not hands:
        return
    yield _presence(event, seals)
    if seals:
        yield _seal_words(event, body, directive, seals)
    standing = Standing.SEEN if hands else Standing.MISSING
    sentence = "hands-seen" if hands else "hands-absent"
    said = state(event, "hand-signature", standing, sentence, count=str(len(hands)))
    yield replace(said, witnesses=tuple(Witness(page=e.page, bbox=e.bbox) for e in hands))


def _presence(event: Event, seals: Sequence[Seal]) -> Statement:
    """Three answers: present, unclear, absent."""
    code, count = "seal", str(len(seals))
    if not seals:
        said = state(event, code, Standing.MISSING, "seals-absent")
        return replace(said, value=Presence.ABSENT.value)
    clear = any(each.presence is Presence.PRESENT for each in seals)
    presence = Presence.PRESENT if clear else Presence.UNCLEAR
    standing = Standing.SEEN if clear else Standing.INFERRED
    said = state(event, code, standing, "seals-seen" if clear else "seals-unclear", count=count)
    return replace(said, value=presence.value, witnesses=_places(seals))


def _places(seals: Sequence[Seal]) -> tuple[Witness, ...]:
    return tuple(Witness(page=each.page, bbox=each.bbox) for each in seals)


def _seal_words(
    event: Event, body: str | None, directive: Directive, seals: Sequence[Seal]
) -> Statement:
    """Whether the words on the seals are those of the body that should have sealed the paper.

    A contradiction needs a name that was read clearly and that the paper nowhere names.
    """
    code = "seal-agrees"
    read = [each for each in seals if each.matched]
    if not read or body is None:
        return state(event, code, Standing.MISSING, "seal-unread")
    names = [each.matched or "" for each in read]
    expected = (body, *named_bodies(directive))
    own = f"{_superior(event, directive)} {body}".strip()
    agreeing = next((name for name in names if alike(name, body) or alike(name, own)), None)
    named = next((n for n in names if any(alike(n, other) for other in expected)), None)
    if agreeing:
        said = state(event, code, Standing.SEEN, "seal-agrees", name=agreeing)
    elif named:
        said = state(event, code, Standing.INFERRED, "seal-other-named", name=named)
    else:
        said = state(
            event, code, Standing.CONTRADICTED, "seal-contradicts", name=names[0], body=body
        )
    return replace(said, value=agreeing or named or names[0], witnesses=_places(read))


def _superior(event: Event, directive: Directive) -> str:
    block = directive.copy_block
    leaf = block.superior if event is Event.COPY and block is not None else directive.superior
    return leaf.value or ""

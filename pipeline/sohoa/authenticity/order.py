"""The order in time: original, copy, digitization."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sohoa.authenticity.days import local_date
from sohoa.authenticity.paper import is_sure
from sohoa.authenticity.paper_evidence import PaperEvidence
from sohoa.directive import Directive, Leaf
from sohoa.evidence import DigitalSignature
from sohoa.statements import Event, Standing, Statement, Witness, state


@dataclass(frozen=True, slots=True)
class Moment:
    """A day with its name (a term of the catalogue), how sure it is, and where it stands."""

    name: str
    day: str | None
    sure: bool
    witness: Witness


def state_order(directive: Directive, evidence: PaperEvidence) -> Iterator[Statement]:
    """What must not come before what, each as a statement of its own."""
    original = _of_leaf("original", directive.date)
    block = directive.copy_block
    copied = _of_leaf("copy", block.date) if block is not None else None
    if copied is not None and copied.day:
        yield _in_order("copy-after-original", original, copied)
    latest = copied if copied is not None and copied.day else original
    for signature in evidence.signatures:
        if latest.day and local_date(signature.signed_at) is not None:
            yield _in_order(f"signed-after-{latest.name}", latest, _of_signature(signature))


def _of_leaf(name: str, leaf: Leaf) -> Moment:
    return Moment(name, leaf.value, is_sure(leaf), Witness(leaf.words))


def _of_signature(signature: DigitalSignature) -> Moment:
    place = Witness(page=signature.page, box=signature.box, field=signature.field)
    return Moment("signature", signature.signed_at, True, place)


def _in_order(code: str, early: Moment, late: Moment) -> Statement:
    names = {"early": f"=moment.{early.name}", "late": f"=moment.{late.name}"}
    before, after = local_date(early.day), local_date(late.day)
    places = (early.witness, late.witness)
    if before is None or after is None:
        said = state(Event.ORDER, code, Standing.MISSING, "order-unknown", **names)
        return replace(said, witnesses=places)
    days = {"early_day": before.isoformat(), "late_day": after.isoformat()}
    if after >= before:
        said = state(Event.ORDER, code, Standing.SEEN, "order-holds", **names, **days)
    else:
        sure = early.sure and late.sure
        standing = Standing.CONTRADICTED if sure else Standing.INFERRED
        said = state(Event.ORDER, code, standing, "order-broken", **names, **days)
    return replace(said, witnesses=places)

"""The order in time: original, copy, digitization."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from sohoa.authenticity.days import local_date
from sohoa.authenticity.paper import is_sure
from sohoa.authenticity.paper_evidence import PaperEvidence
from sohoa.authenticity.signing import is_of_copy
from sohoa.directive import Directive, Leaf
from sohoa.evidence import DigitalSignature, StampKind
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
    moments = [_of_signature(e) for e in evidence.signatures if local_date(e.signed_at)]
    if latest.day:
        last = max((local_date(each.day) or date.min for each in moments), default=date.min)
        issued = evidence.born_digital and last >= (local_date(latest.day) or date.max)
        for each in moments:
            yield _in_order(f"signed-after-{latest.name}", latest, each, usual=issued)
    yield from _received(latest, evidence)
    yield from _copy_signed_last(evidence)


def _received(latest: Moment, evidence: PaperEvidence) -> Iterator[Statement]:
    """The day of an incoming stamp (dấu đến), which was set on the finished paper."""
    for stamp in evidence.stamps:
        if stamp.kind is StampKind.INCOMING and stamp.date and latest.day:
            place = Witness(page=stamp.page, bbox=stamp.bbox)
            # Pen and rubber are read with doubt: they contradict nothing by themselves.
            received = Moment("incoming", stamp.date, False, place)
            yield _in_order(f"received-after-{latest.name}", latest, received)


def _copy_signed_last(evidence: PaperEvidence) -> Iterator[Statement]:
    """Who certifies a copy signs what others have signed before, never the other way round."""
    signed = [each for each in evidence.signatures if local_date(each.signed_at)]
    copies = [each for each in signed if is_of_copy(each)]
    if not copies or len(copies) == len(signed):
        return
    copy = min(copies, key=lambda each: local_date(each.signed_at) or date.max)
    for each in signed:
        if not is_of_copy(each) and evidence.born_digital:
            late = replace(_of_signature(copy), name="copy-signature")
            yield _in_order("copy-signed-after-original", _of_signature(each), late)


def _of_leaf(name: str, leaf: Leaf) -> Moment:
    return Moment(name, leaf.value, is_sure(leaf), Witness(leaf.words))


def _of_signature(signature: DigitalSignature) -> Moment:
    place = Witness(page=signature.page, box=signature.box, field=signature.field)
    return Moment("signature", signature.signed_at, True, place)


def _in_order(code: str, early: Moment, late: Moment, *, usual: bool = False) -> Statement:
    """Whether ``late`` is not before ``early``.

    ``usual``: an officer signs, and the office gives number and day and signs after that: then a
    signature before the paper's day contradicts nothing.
    """
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
        sure = early.sure and late.sure and not usual
        standing = Standing.CONTRADICTED if sure else Standing.INFERRED
        said = state(Event.ORDER, code, standing, "order-broken", **names, **days)
    return replace(said, witnesses=places)

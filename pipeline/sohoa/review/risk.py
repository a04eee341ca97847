"""How much a document needs a person's eye, and why: the order of the queue."""

from __future__ import annotations

from dataclasses import dataclass

from sohoa.directive import Leaf, MarkKind
from sohoa.evidence import StampKind
from sohoa.model import Severity
from sohoa.record import Record
from sohoa.review.doubt import find_doubts, is_text
from sohoa.review.fields import is_locked

_GUESS = 0.5
_UNSURE = 0.85
# Fields that an office looks a paper up by; the others count for less.
_NAMED = ("number", "symbol", "date", "type", "issuer", "title", "signer")
_WEIGHTS = {
    "secrecy": 40.0,
    "page-failed": 30.0,
    "contradiction": 15.0,
    "field-guess": 12.0,
    "handwritten": 10.0,
    "field-missing": 8.0,
    "field-unsure": 4.0,
    "warning": 4.0,
}
_CONTRADICTIONS = frozenset({"type-conflict", "numbering-gap", "numbering-repeat"})
# One doubtful word in ten weighs as much as a contradiction.
_DOUBTFUL_SHARE = 150.0
_MOST_WORDS = 30.0


@dataclass(frozen=True, slots=True)
class Risk:
    """``score`` from 0 (nothing to see); ``reasons`` are codes, the heaviest first."""

    score: float
    reasons: tuple[str, ...]
    words: int
    doubtful: int
    secret: bool


def measure_risk(record: Record) -> Risk:
    """What speaks for looking at the document soon: contradictions, guesses, pages that failed."""
    found: dict[str, float] = {}

    def add(code: str) -> None:
        found[code] = found.get(code, 0.0) + _WEIGHTS[code]

    for finding in record.findings:
        if finding.severity is Severity.ERROR and finding.code != "secrecy-mark":
            add("page-failed")
        elif finding.code in _CONTRADICTIONS:
            add("contradiction")
        elif finding.severity is Severity.WARNING and not finding.code.startswith(
            ("number-", "date-")
        ):
            add("warning")
    for name in _NAMED:
        leaf: Leaf = getattr(record.directive, name)
        if code := _leaf_risk(leaf):
            add(code)
    secret = is_secret(record)
    if secret:
        add("secrecy")
    words = sum(len(line.words) for page in record.pages for line in page.lines() if is_text(line))
    doubtful = len(find_doubts(record.pages))
    if doubtful and words:
        found["doubtful-words"] = min(_MOST_WORDS, doubtful / words * _DOUBTFUL_SHARE)
    reasons = sorted(found, key=lambda code: -found[code])
    return Risk(round(sum(found.values()), 2), tuple(reasons), words, doubtful, secret)


def _leaf_risk(leaf: Leaf) -> str:
    if is_locked(leaf):
        return ""
    if leaf.value is None:
        return "field-missing"
    if leaf.confidence < _GUESS:
        return "handwritten" if leaf.handwritten else "field-guess"
    if leaf.handwritten:
        return "handwritten"
    return "field-unsure" if leaf.confidence < _UNSURE else ""


def is_secret(record: Record) -> bool:
    """Whether anything on the paper says that it is secret: a mark, a stamp, or a finding."""
    return (
        any(mark.kind is MarkKind.SECRECY for mark in record.directive.marks)
        or any(finding.code == "secrecy-mark" for finding in record.findings)
        or any(stamp.kind is StampKind.SECRECY for stamp in record.stamps)
    )

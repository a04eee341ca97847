"""What else on the paper tells a number or a day that was written by hand and is in doubt.

A digital signature on a scan shows when it was made: the paper's day is that day or one shortly
before, never a later one. An annex often names its own paper in print.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sohoa.directive import Leaf
from sohoa.model import Finding, LineKind, Severity
from sohoa.structure.draft import Draft
from sohoa.structure.rows import Role, Row, fold

_TIME = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})[./-](?P<month>\d{1,2})[./-](?P<year>20\d\d)"
    r"|(?P<iso>20\d\d[.-]\d\d[.-]\d\d))(?!\d)"
)
_OWN = re.compile(
    r"kem theo\s+(?:\S+\s+){0,6}?so\s*:?\s*(?P<number>\d{1,5}[a-z]?)\s*/\s*(?P<symbol>[^\s,;)]+)"
    r"(?:\s*,?\s*ngay\s+(?P<day>\d{1,2})(?:\s*[/.-]\s*|\s+thang\s+)(?P<month>\d{1,2})"
    r"(?:\s*[/.-]\s*|\s+nam\s+)(?P<year>(?:19|20)\d\d))?"
)
_OPENING = re.compile(r"^\W*(?:ban hanh\s+)?kem theo\b")
# Papers are put on line on the day they are dated or the working day after, seldom much later.
_SOON, _LATE = 1, 5
_BOTH = 0.6
_PRINTED = 0.85


@dataclass(frozen=True, slots=True)
class _Mention:
    """The paper's own number and day as an annex names them."""

    number: str
    date: str | None
    words: tuple[str, ...]


def weigh_other_evidence(draft: Draft) -> Draft:
    """Raise or question an unsure number or day by what other places of the paper say.

    A value that was read surely is never changed. Where two places contradict each other the
    reading stays, unsure, and a finding says so.
    """
    own = _own_mention(draft)
    if own is not None:
        draft = _by_mention(draft, own)
    signed = min(_signing_days(draft), default=None)
    if signed is not None:
        draft = _by_signature(draft, signed)
    return draft


def _unsure(leaf: Leaf) -> bool:
    return bool(leaf.found_by) and (leaf.value is None or leaf.confidence < 0.5)


def _signing_days(draft: Draft) -> Iterator[datetime.date]:
    for row in draft.rows:
        if row.kind is not LineKind.ESIGN:
            continue
        for match in _TIME.finditer(row.text):
            parts = match["iso"] or f"{match['year']}-{match['month']}-{match['day']}"
            year, month, day = (int(part) for part in re.split(r"[.-]", parts))
            try:
                yield datetime.date(year, month, day)
            except ValueError:
                continue


def _by_signature(draft: Draft, signed: datetime.date) -> Draft:
    leaf = draft.directive.date
    if not _unsure(leaf):
        return draft
    read = [day for day in map(_day, (leaf.value, *leaf.candidates)) if day is not None]
    months = {text[:7] for text in (leaf.value, *leaf.candidates) if text and len(text) >= 7}
    near = [day for day in read if 0 <= (signed - day).days <= _LATE]
    if near:
        best = near[0]
        soon = (signed - best).days <= _SOON
        rest = tuple(day.isoformat() for day in read if day != best)
        confidence = max(leaf.confidence if best == read[0] else 0.3, 0.3)
        if soon and best == read[0]:
            confidence = _BOTH
        date = replace(
            leaf, value=best.isoformat(), candidates=rest, confidence=confidence, reason=None,
            found_by=f"{leaf.found_by}+signature-time",
        )  # fmt: skip
        return draft.found(date=date)
    if read and read[0] > signed:
        message = f"The day reads {read[0]}, after the digital signature of {signed}."
        draft = draft.report(Finding("date-unsure", Severity.WARNING, message))
    if leaf.value is None and (not months or f"{signed:%Y-%m}" in months):
        before = signed - datetime.timedelta(days=1)
        days = (signed.isoformat(), before.isoformat())
        reason = f"{leaf.reason}; signed digitally on {days[0]}, so that day or shortly before"
        draft = draft.found(date=replace(leaf, candidates=days, reason=reason))
    return draft


def _day(text: str | None) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text or "")
    except ValueError:
        return None


def _own_mention(draft: Draft) -> _Mention | None:
    """``Kèm theo Quyết định số 12/QĐ-UBND ngày …`` with the paper's symbol, surely printed."""
    symbol = draft.directive.symbol.value
    if symbol is None:
        return None
    rows = [row for row in draft.rows if row.role is not Role.LETTERHEAD]
    for place, row in enumerate(rows):
        # Within a sentence the words are of another paper's annex.
        if not _OPENING.match(row.folded):
            continue
        pair = [row, *rows[place + 1 : place + 2]]
        match = _OWN.search(" ".join(each.folded for each in pair))
        if match is None or not fold(match["symbol"]).startswith(fold(symbol)):
            continue
        words = _surely_printed(pair, match["number"])
        if not words:
            continue
        date = None
        if match["day"]:
            date = _day(f"{match['year']}-{int(match['month']):02d}-{int(match['day']):02d}")
        return _Mention(match["number"], date.isoformat() if date else None, words)
    return None


def _surely_printed(rows: Sequence[Row], number: str) -> tuple[str, ...]:
    """The words that carry the number, where they were read beyond doubt."""
    return tuple(
        word.id
        for row in rows
        for word in row.words
        if word.confidence >= _PRINTED and re.match(rf"{number}(?:\D|$)", word.text)
    )


def _by_mention(draft: Draft, own: _Mention) -> Draft:
    pairs = (("number", own.number), ("date", own.date))
    for name, said in pairs:
        leaf: Leaf = getattr(draft.directive, name)
        if said is None:
            continue
        if not _unsure(leaf):
            if leaf.value and said != leaf.value:
                message = f"The {name} is {leaf.value}; an annex names its own paper with {said}."
                draft = draft.report(Finding(f"{name}-conflict", Severity.WARNING, message))
            continue
        if leaf.value is None or said == leaf.value or said in leaf.candidates:
            rest = tuple(c for c in (leaf.value, *leaf.candidates) if c and c != said)
            agreed = replace(
                leaf, value=said, candidates=rest, confidence=_BOTH, reason=None,
                words=(*leaf.words, *own.words), found_by=f"{leaf.found_by}+own-mention",
            )  # fmt: skip
            draft = draft.found(**{name: agreed})
            continue
        candidates = (said, *(c for c in leaf.candidates if c != said))
        message = f"The {name} reads {leaf.value}, an annex names its own paper with {said}."
        draft = draft.found(**{name: replace(leaf, candidates=candidates)})
        draft = draft.report(Finding(f"{name}-unsure", Severity.WARNING, message))
    return draft

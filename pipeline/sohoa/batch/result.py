"""From a record to what a list, the ledger and the search for twins must know of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sohoa.batch.job import Job, Outcome, PageOutcome, PageState, Paper, Status, digest_of
from sohoa.model import Severity

if TYPE_CHECKING:
    from sohoa.directive import Leaf
    from sohoa.model import Finding, Page
    from sohoa.record import Record

_SURE = 0.5


def outcome_of(job: Job, record: Record, files: dict[str, bytes]) -> Outcome:
    """The outcome of a source whose result was written."""
    errors = [each for each in record.findings if each.severity is Severity.ERROR]
    directive = record.directive
    number = replace(directive.number, value=directive.symbol.printed or directive.symbol.value)
    summary = (
        ("number", _shown(number)),
        ("type", _shown(directive.type)),
        ("date", _shown(directive.date)),
        ("issuer", _shown(directive.issuer)),
        ("title", _shown(directive.title)),
    )
    return Outcome(
        job.name,
        str(job.folder),
        Status.PARTIAL if errors else Status.DONE,
        record.source.pages,
        code=errors[0].code if errors else "",
        message=f"page {errors[0].page}: {errors[0].message}" if errors else "",
        summary=summary,
        codes=tuple(sorted({each.code for each in record.findings})),
        sha256=record.source.sha256,
        size_bytes=record.source.size_bytes,
        record_id=record.id,
        digest=digest_of(files),
        written_bytes=sum(len(data) for data in files.values()),
        page_outcomes=tuple(_page_outcome(page, record.findings) for page in record.pages),
        paper=_paper(record),
        authenticity=str(record.authenticity.outcome) if record.authenticity else "",
    )


def _page_outcome(page: Page, findings: tuple[Finding, ...]) -> PageOutcome:
    told = [each for each in findings if each.page == page.number]
    confidences = [word.confidence for word in page.words()]
    mean = round(sum(confidences) / len(confidences), 3) if confidences else None
    state = PageState.OK
    if any(each.severity is Severity.ERROR for each in told):
        state = PageState.FAILED
    elif not confidences:
        state = PageState.SKIPPED
    elif any(each.severity is Severity.WARNING for each in told):
        state = PageState.DEGRADED
    codes = tuple(sorted({each.code for each in told}))
    return PageOutcome(page.number, state, len(confidences), mean, codes)


def _paper(record: Record) -> Paper:
    directive = record.directive
    symbol = directive.symbol.printed or directive.symbol.value
    number = directive.number.value
    whole = symbol if symbol and number and number in symbol else None
    return Paper(
        _folded(directive.type.value),
        _folded(whole or (f"{number}-{symbol}" if number and symbol else number)),
        _folded(directive.issuer.value),
        directive.date.value,
    )


def _folded(text: str | None) -> str | None:
    """Letters and figures alone, without marks and case: what two readings agree in."""
    from sohoa.vietnamese import strip_marks

    if text is None:
        return None
    return "".join(each for each in strip_marks(text).casefold() if each.isalnum()) or None


def _shown(leaf: Leaf) -> str:
    """The value for a list; a question mark where it is a guess."""
    if leaf.value is None:
        return "?"
    return leaf.value if leaf.confidence >= _SURE else f"{leaf.value} (?)"

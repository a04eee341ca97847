"""From a record and its corrections to the corrected record: a pure function.

Words first; from them the document is understood anew, so that no field or paragraph keeps a
misread word; then fields and outline as the person set them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sohoa.directive import Directive
from sohoa.model import Finding, Page
from sohoa.record import Record
from sohoa.review.correction import Correction, Kind, active
from sohoa.review.fields import correct_field
from sohoa.review.outline import correct_outline
from sohoa.review.words import correct_words
from sohoa.structure import StructureSettings, understand

# What a finding doubts is settled once a person has set the field.
_SETTLES = {
    "number": {"number-unread", "number-unsure"},
    "date": {"date-unread", "date-unsure"},
    "type": {"type-conflict"},
    "symbol": {"type-conflict"},
}


@dataclass(frozen=True, slots=True)
class Replayed:
    """The corrected record; what a person vouches for; what could not be placed, and why.

    ``locked`` are ids of words; a locked field is one that was found by ``review``.
    """

    record: Record
    locked: frozenset[str] = frozenset()
    unplaced: tuple[tuple[Correction, str], ...] = ()


def apply(
    record: Record, corrections: Sequence[Correction], settings: StructureSettings | None = None
) -> Record:
    """The corrected record; the very record where nothing is to be done."""
    return replay(record, corrections, settings).record


def replay(
    record: Record, corrections: Sequence[Correction], settings: StructureSettings | None = None
) -> Replayed:
    """Lay corrections over a record, be it the one they were made on or a fresh one.

    After it: each correction that holds is in the record or in ``unplaced``; nothing else changed,
    but for what follows from the words. Neither clock nor name of a person enters the record,
    except as the reason of an edit.
    """
    standing = active(corrections)
    corrected = correct_words(record.pages, standing)
    unplaced = list(corrected.unplaced)
    changed = record
    if corrected.pages is not record.pages:
        changed = _understood(record, corrected.pages, settings or StructureSettings())
    directive = changed.directive
    settled: set[str] = set()
    for each in standing:
        reason = ""
        if each.kind is Kind.FIELD:
            directive, reason = correct_field(directive, each)
            settled |= set() if reason else _SETTLES.get(each.field or "", set())
        elif each.kind is Kind.OUTLINE:
            directive, reason = correct_outline(directive, each)
        if reason:
            unplaced.append((each, reason))
    if directive is not changed.directive:
        left = tuple(each for each in changed.findings if each.code not in settled)
        changed = replace(changed, directive=directive, findings=left)
    return Replayed(changed, corrected.locked, tuple(unplaced))


def _understood(record: Record, pages: tuple[Page, ...], settings: StructureSettings) -> Record:
    """The record of these pages: what the words change is changed, all else kept.

    What other crafts wrote into fields and findings after the structure was understood stays: only
    the difference between the two understandings is carried over.
    """
    old, new = understand(record.pages, settings), understand(pages, settings)
    gone = set(old.findings) - set(new.findings)
    come = tuple(each for each in new.findings if each not in set(old.findings))
    findings = (*(each for each in record.findings if each not in gone), *come)
    return replace(
        record,
        pages=new.pages,
        directive=_merged(record.directive, old.directive, new.directive),
        findings=tuple(sorted(findings, key=_place)),
    )


def _merged(kept: Directive, old: Directive, new: Directive) -> Directive:
    changes = {
        each.name: getattr(new, each.name)
        for each in fields(Directive)
        if getattr(new, each.name) != getattr(old, each.name)
    }
    return replace(kept, **changes)


def _place(finding: Finding) -> tuple[int, str]:
    return finding.page or 0, finding.code

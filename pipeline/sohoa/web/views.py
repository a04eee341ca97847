"""What the pages show of a document, as plain values for JSON: no text of it is markup here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from sohoa.directive import Leaf, Unit
from sohoa.explain import explain
from sohoa.geometry import BBox, union_all
from sohoa.model import Finding, Page, Word
from sohoa.record import Record
from sohoa.review.correction import Correction, history
from sohoa.review.doubt import DOUBTFUL, find_doubts
from sohoa.review.fields import is_locked, leaves
from sohoa.review.outline import told, walk
from sohoa.web.desk import Opened
from sohoa.web.reasons import told_reason

Json = dict[str, Any]
_OPTIONAL = frozenset({"superior", "place", "position"})


def document_view(opened: Opened, made: tuple[Correction, ...], language: str) -> Json:
    """The whole document but the words of its pages."""
    record = opened.now.record
    places = word_places(record)
    entry = opened.document.entry
    return {
        "key": entry.key,
        "name": record.source.name,
        "version": opened.document.version,
        "state": opened.document.state,
        "signed_by": opened.document.signed_by,
        "signed_at": opened.document.signed_at,
        "newer": opened.newer,
        "pages": [
            {
                "number": page.number,
                "width": page.width,
                "height": page.height,
                "turn": round(page.angle_deg / 90) % 4,
            }
            for page in record.pages
        ],
        "least": DOUBTFUL,
        "doubts": [
            {"id": each.word.id, "page": each.page}
            for each in find_doubts(record.pages, DOUBTFUL)
            if each.word.id not in opened.now.locked
        ],
        "fields": list(_fields(record, places, language)),
        "outline": list(_outline(record, places)),
        "edits": list(_edits(record, opened.now.locked, language)),
        "findings": [_finding(each, language) for each in record.findings],
        "evidence": evidence_view(record, places, language),
        "history": [_act(each, holds) for each, holds in reversed(history(made))],
        "unplaced": [
            {**_act(each, holds=True), "reason": told_reason(reason, language)}
            for each, reason in opened.now.unplaced
        ],
    }


Places = dict[str, tuple[int, BBox]]


def word_places(record: Record) -> Places:
    """Page and box of every word, by its id."""
    return {word.id: (page.number, word.bbox) for page in record.pages for word in page.words()}


def _box(box: BBox) -> list[int]:
    return [box.left, box.top, box.right, box.bottom]


def _spot(words: Iterable[str], places: Places) -> Json:
    """Where the words of a field stand: the box on the first of their pages."""
    found = [places[each] for each in words if each in places]
    if not found:
        return {"page": None, "box": None}
    page = found[0][0]
    return {"page": page, "box": _box(union_all(box for number, box in found if number == page))}


def _fields(record: Record, places: Places, language: str) -> Iterator[Json]:
    for path, leaf in leaves(record.directive):
        yield {
            "path": path,
            "value": leaf.value or "",
            "printed": leaf.printed or "",
            "sure": round(leaf.confidence, 3),
            "found_by": leaf.found_by,
            "locked": is_locked(leaf),
            "handwritten": leaf.handwritten,
            "reason": told_reason(leaf.reason or "", language),
            "choices": [each for each in leaf.candidates if each != leaf.value][:5],
            "level": _level(path, leaf),
            **_spot(leaf.words, places),
        }


def _level(path: str, leaf: Leaf) -> str:
    if is_locked(leaf):
        return "locked"
    if leaf.value is None:
        return "none" if path in _OPTIONAL or path.startswith("copy_block.") else "missing"
    return "sure" if leaf.confidence >= 0.85 else "fair" if leaf.confidence >= 0.5 else "poor"


def _outline(record: Record, places: Places) -> Iterator[Json]:
    directive = record.directive
    parts: list[tuple[str, str, tuple[Unit, ...]]] = [("body", "", directive.body)]
    for index, annex in enumerate(directive.attachments):
        heading = " ".join(leaf.value or "" for leaf in (annex.label, annex.title)).strip()
        parts.append((f"attachments.{index}", heading, annex.body))
    for prefix, heading, units in parts:
        for path, unit in walk(units):
            yield {
                "path": ".".join((prefix, *map(str, path))),
                "part": heading,
                "depth": len(path) - 1,
                "kind": unit.kind.value,
                "label": unit.label,
                "heading": unit.heading,
                "text": unit.text[:160],
                "before": told(unit),
                "word": unit.words[0] if unit.words else None,
                **_spot(unit.words[:12], places),
            }


def _edits(record: Record, locked: frozenset[str], language: str) -> Iterator[Json]:
    """Changes that the machine made to its own reading, the least sure first."""
    found = []
    for page in record.pages:
        for word in page.words():
            if word.edits and word.edits[-1].stage != "review":
                edit = word.edits[-1]
                found.append(
                    {
                        "word": word.id, "page": page.number, "box": _box(word.bbox),
                        "before": edit.before, "after": edit.after, "stage": edit.stage,
                        "reason": told_reason(edit.reason, language),
                        "sure": round(edit.confidence, 3),
                        "read": word.recognized, "locked": word.id in locked,
                    }
                )  # fmt: skip
    return iter(sorted(found, key=lambda each: (each["locked"], each["sure"])))


def _finding(finding: Finding, language: str) -> Json:
    return {
        "code": finding.code,
        "text": explain(finding.code, language),
        "message": finding.message,
        "severity": finding.severity.value,
        "page": finding.page,
        "box": _box(finding.bbox) if finding.bbox else None,
    }


def _act(correction: Correction, holds: bool) -> Json:
    value: Json = {
        "id": correction.id, "kind": correction.kind.value, "who": correction.who,
        "when": correction.when, "before": correction.before, "after": correction.after,
        "why": correction.why, "field": correction.field, "holds": holds,
        "undoes": correction.undoes, "target": correction.target,
        "word": None, "page": None,
    }  # fmt: skip
    if correction.place is not None:
        value["word"], value["page"] = correction.place.word, correction.place.page
    return value


def conflict_view(version: int, changes: tuple[Correction, ...]) -> Json:
    """What somebody else did meanwhile."""
    return {"version": version, "changes": [_act(each, holds=True) for each in changes]}


def evidence_view(record: Record, places: Places, language: str) -> Json:
    """Seals, stamps, pen, signatures, and the statements about them, each with its place."""
    pages = {page.number: page for page in record.pages}
    marks = [
        *(_mark("seal", each, each.text or each.centre_text) for each in record.seals),
        *(_mark("stamp", each, each.text) for each in record.stamps),
        *(_mark("hand", each, each.text) for each in record.handwriting),
    ]
    report = record.authenticity
    return {
        "marks": marks,
        "signatures": [_signature(each, pages) for each in record.signatures],
        "outcome": report.outcome.value if report else None,
        "statements": [
            {
                "event": each.event.value,
                "standing": each.standing.value,
                "text": each.told(language),
                "value": each.value,
                **_witness(each.witnesses, places),
            }
            for each in (report.statements if report else ())
        ],
    }


def _mark(sort: str, mark: Any, text: str | None) -> Json:
    value: Json = {
        "sort": sort, "kind": mark.kind.value, "colour": mark.colour.value,
        "sure": round(mark.confidence, 3), "page": mark.page, "box": _box(mark.bbox),
        "text": text or "",
    }  # fmt: skip
    if sort == "seal":
        value["presence"] = mark.presence.value
        value["matched"] = mark.matched or ""
    if sort == "hand":
        value["crossed"] = mark.crossed_by_seal
    return value


def _signature(signature: Any, pages: dict[int, Page]) -> Json:
    box = None
    page = pages.get(signature.page) if signature.page else None
    if page is not None and signature.box is not None:
        shares = signature.box
        box = [
            round(shares.left * page.width), round(shares.top * page.height),
            round(shares.right * page.width), round(shares.bottom * page.height),
        ]  # fmt: skip
    return {
        "signer": signature.signer or "",
        "issuer": signature.issuer or "",
        "signed_at": signature.signed_at or "",
        "verdict": signature.verdict.value,
        "intact": signature.intact,
        "coverage": signature.coverage.value,
        "trust": signature.trust.value,
        "page": signature.page,
        "box": box,
    }


def _witness(witnesses: Any, places: Places) -> Json:
    """The first place at which a statement can be checked."""
    for each in witnesses:
        if each.page is not None and each.bbox is not None:
            return {"page": each.page, "box": _box(each.bbox)}
        if each.words:
            spot = _spot(each.words, places)
            if spot["box"]:
                return spot
    return {"page": None, "box": None}


def place_of(pages: tuple[Page, ...], word_id: str) -> tuple[Word, Page] | None:
    """The word of that id and its page."""
    for page in pages:
        for word in page.words():
            if word.id == word_id:
                return word, page
    return None

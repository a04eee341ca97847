"""What a paper orders (nhiệm vụ): the body, the action, the deadline, the target.

Precision first: a row is sure only where the unit (or the heading right above it) names a body and
its wording begins with a verb of doing. Everything less is kept, with ``doubt`` saying why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from sohoa.addresses import Addressed, addressed_units
from sohoa.directive import Citation, Quote, Task, Unit, UnitKind
from sohoa.structure.citations import word_places
from sohoa.structure.draft import Draft
from sohoa.structure.rows import fold
from sohoa.structure.task_words import (
    begins_with_verb,
    body_before,
    deadlines,
    is_body_alone,
    split_bodies,
    targets,
)

_ORDERING = frozenset(
    ("chi thi", "quyet dinh", "ke hoach", "cong van", "huong dan", "ket luan", "nghi quyet",
     "thong bao", "cong dien", "chuong trinh", "chuong trinh hanh dong", "thong tri", "de an")
)  # fmt: skip
# Papers whose units state rules or procedures too: only what is laid on somebody counts there.
_STRICT = frozenset(("quyet dinh", "huong dan", "nghi quyet", "de an", "cong van", "thong bao"))
_SECTION = re.compile(
    r"\b(?:to chuc thuc hien|phan cong|trach nhiem|nhiem vu|trien khai thuc hien)\b"
)
_AIMS = re.compile(r"^\W*(?:muc dich|muc tieu|quan diem|yeu cau\b\W*$)")
_CHARGES = re.compile(
    r"^\W*(?:giao|yeu cau|de nghi|phan cong)\b|\b(?:chiu|co) trach nhiem\b|\bchu tri\b"
)
_FOR_ALL = re.compile(
    r"\b(?:yeu cau|de nghi|giao)\s+"
    r"(?P<body>(?:cac|thu truong|ban|uy ban|ubnd|so|dang)\b[^:;.]{4,200}?)\s+"
    r"(?:khan truong |nghiem tuc |tap trung |tiep tuc )?"
    r"(?:thuc hien|trien khai|lanh dao|quan triet)[^:]{0,160}:\s*$"
)
_SENTENCE = re.compile(r"(?<=[^\W\d_]{2}[.;])\s+(?=[A-ZĐÀ-Ỹ])|(?<=[)”\"][.;])\s+(?=[A-ZĐÀ-Ỹ])")
_SURE, _ABOVE, _FOR_EVERYBODY, _UNKNOWN, _NOBODY = 0.9, 0.85, 0.6, 0.55, 0.4
_WELL_READ = 0.8


@dataclass(frozen=True, slots=True)
class _Charged:
    """Who is charged, by which unit, how sure; ``ordered``: its own words say that it is."""

    bodies: tuple[Quote, ...]
    unit: str
    confidence: float
    doubt: str | None = None
    ordered: bool = False


def find_tasks(draft: Draft) -> Draft:
    """Set ``tasks`` from the body of a paper of a type that orders; none for other papers."""
    kind = fold(draft.directive.type.value or "")
    if kind not in _ORDERING:
        return draft
    return draft.found(tasks=tuple(_Finder(draft, strict=kind in _STRICT).tasks()))


class _Finder:
    """Walks the units once; remembers whom the headings above name."""

    def __init__(self, draft: Draft, *, strict: bool) -> None:
        self.draft = draft
        self.strict = strict
        self.texts = {word.id: word.text for row in draft.rows for word in row.words}
        self.sure = {word.id: word.confidence for row in draft.rows for word in row.words}
        self.charged: dict[str, _Charged] = {}
        self.open: dict[str, bool] = {}
        self.aims: dict[str, bool] = {}
        # In a paper without numbered units no paragraph leads to any.
        self.labelled = not any(unit.label for unit in draft.directive.body)
        self.everybody: _Charged | None = None

    def tasks(self) -> Iterator[Task]:
        for each in addressed_units(self.draft.directive):
            if each.address.startswith("att_"):
                return
            if each.parent == "preamble" or each.unit.kind is UnitKind.TABLE:
                continue
            text = fold(each.unit.wording)
            opened = bool(_SECTION.search(text)) and bool(each.unit.children)
            self.labelled = self.labelled or bool(each.unit.label)
            aims = bool(_AIMS.search(text)) and bool(each.unit.children)
            self.aims[each.address] = aims or self.aims.get(each.parent, False)
            self.open[each.address] = opened or self.open.get(each.parent, False)
            yield from self._of_unit(each)

    def _of_unit(self, each: Addressed) -> Iterator[Task]:
        unit, text = each.unit, each.unit.wording
        alone = is_body_alone(text) if unit.children or text.rstrip().endswith(":") else None
        if alone is not None:
            self._charge(each, alone, _ABOVE, None)
            return
        inherited = self.charged.get(each.parent)
        whole = _FOR_ALL.search(fold(text)) if not unit.label else None
        if whole is not None:
            quotes = self._bodies(unit, whole.start("body"), whole.end("body"))
            once = "the body is named once, for the whole paper"
            self.everybody = _Charged(quotes, each.address, _FOR_EVERYBODY, once)
            return
        found = body_before(text)
        if found is not None and not (unit.kind is UnitKind.TEXT and self._introduces(each)):
            start, end, known = found
            doubt = None if known else "the name may be more, or other, than a body"
            charged = self._charge(each, (start, end), _SURE if known else _UNKNOWN, doubt)
            if self._counts(each, text, inherited):
                yield from self._actions(each, end, charged)
            return
        if inherited is not None:
            self.charged[each.address] = inherited
        title_only = bool(unit.children) and not unit.text
        if begins_with_verb(text) and not title_only and not self._introduces(each):
            yield from self._verb_first(each, inherited)

    def _introduces(self, each: Addressed) -> bool:
        """Whether the paragraph leads to the units, or the section says why, not what."""
        leads = not each.parent and each.unit.kind is UnitKind.TEXT and not self.labelled
        return leads or self.aims.get(each.address, False)

    def _verb_first(self, each: Addressed, inherited: _Charged | None) -> Iterator[Task]:
        if inherited is not None:
            if not self.strict or self.open[each.address] or inherited.ordered:
                yield from self._actions(each, 0, inherited)
        elif not self.strict or self.open[each.address]:
            nobody = _Charged((), each.address, _NOBODY, "no body is named")
            yield from self._actions(each, 0, self.everybody or nobody)

    def _counts(self, each: Addressed, text: str, inherited: _Charged | None) -> bool:
        if not self.strict or self.open[each.address]:
            return True
        return bool(_CHARGES.search(fold(text[:200]))) or bool(inherited and inherited.ordered)

    def _charge(
        self, each: Addressed, span: tuple[int, int], confidence: float, doubt: str | None
    ) -> _Charged:
        ordered = bool(_CHARGES.search(fold(each.unit.wording[:200])))
        bodies = self._bodies(each.unit, *span)
        charged = _Charged(bodies, each.address, confidence, doubt, ordered)
        self.charged[each.address] = charged
        return charged

    def _bodies(self, unit: Unit, start: int, end: int) -> tuple[Quote, ...]:
        text = unit.wording
        spans = split_bodies(text[start:end])
        return tuple(self._quote(unit, start + a, start + b) for a, b in spans if b > a)

    def _quote(self, unit: Unit, start: int, end: int) -> Quote:
        text = unit.wording
        while start < end and text[start] in " ,;:.":
            start += 1
        while end > start and text[end - 1] in " ,;:":
            end -= 1
        places = word_places(unit, text, self.texts)
        words = tuple(word for place, word in places if start <= place < end)
        return Quote(text[start:end], start, end, words)

    def _actions(self, each: Addressed, start: int, charged: _Charged) -> Iterator[Task]:
        """A task for each sentence from ``start`` that begins with a verb of doing."""
        unit, text = each.unit, each.unit.wording
        bounds = [start, *(m.end() for m in _SENTENCE.finditer(text, start)), len(text)]
        for number, (begin, end) in enumerate(pairwise(bounds)):
            said = text[begin:end].lstrip(" ,:")
            if not said.strip(" .;/") or (number and not begins_with_verb(said)):
                continue
            if unit.children and said.rstrip().endswith(":") and not charged.bodies:
                continue
            yield self._task(each, self._quote(unit, end - len(said), end), charged)

    def _task(self, each: Addressed, action: Quote, charged: _Charged) -> Task:
        unit = each.unit
        cited = [
            citation for citation in self.draft.directive.citations if citation.unit == each.address
        ]
        when = [
            ((begin, end), day)
            for begin, end, day in deadlines(action.text)
            if not _in_citation(action.start + begin, cited)
        ]
        aims = [
            self._quote(unit, action.start + a, action.start + b) for a, b in targets(action.text)
        ]
        days = sorted(day for _, day in when if day)
        readings = [self.sure.get(word, 0.0) for word in action.words] or [0.0]
        reading = sum(readings) / len(readings)
        doubt = charged.doubt or ("poorly read" if reading < _WELL_READ else None)
        return Task(
            each.address, action, charged.bodies, charged.unit if charged.bodies else None,
            tuple(self._quote(unit, action.start + s[0], action.start + s[1]) for s, _ in when),
            days[-1] if days else None, tuple(aims),
            round(charged.confidence * (0.25 + 0.75 * min(1.0, reading)), 3), doubt,
        )  # fmt: skip


def _in_citation(place: int, cited: list[Citation]) -> bool:
    return any((c.start or 0) <= place < (c.end or 0) for c in cited)

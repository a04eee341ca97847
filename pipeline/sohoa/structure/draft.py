"""The work in hand while the rules run: rows with their roles, the document as far as known."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from sohoa.directive import Directive, Leaf
from sohoa.model import Finding, LineKind, Word
from sohoa.structure.columns import Letterhead
from sohoa.structure.rows import Role, Row, Sheet


@dataclass(frozen=True, slots=True)
class StructureSettings:
    """How sure a reading must be.

    ``sure``: words below this confidence (0..1) are not called printed beyond doubt.
    ``pen_confidence``: the highest confidence that a pen-written number or day may get.
    """

    sure: float = 0.75
    pen_confidence: float = 0.45


@dataclass(frozen=True, slots=True)
class Draft:
    """Rows of the document in reading order and what the rules have found so far."""

    rows: tuple[Row, ...]
    sheets: tuple[Sheet, ...]
    settings: StructureSettings
    directive: Directive = field(default_factory=Directive)
    findings: tuple[Finding, ...] = ()
    letterhead: Letterhead | None = None

    def sheet(self, page: int) -> Sheet:
        """The text area of the page with that number."""
        return next(sheet for sheet in self.sheets if sheet.page == page)

    def free(self) -> tuple[Row, ...]:
        """Rows that no rule has claimed yet, in reading order."""
        return tuple(row for row in self.rows if row.role is Role.BODY)

    def after_closing(self) -> tuple[Row, ...]:
        """Free rows below the signature and the recipients, or on later pages."""
        closed = [row for row in self.rows if row.role in (Role.RECIPIENTS, Role.SIGNATURE)]
        if not closed:
            return ()
        page = max(row.page for row in closed)
        bottom = max(row.bbox.bottom for row in closed if row.page == page)
        return tuple(
            row
            for row in self.free()
            if row.page > page or (row.page == page and row.bbox.center_y > bottom)
        )

    def with_role(self, role: Role) -> tuple[Row, ...]:
        return tuple(row for row in self.rows if row.role is role)

    def claim(self, rows: Iterable[Row], role: Role, kind: LineKind | None = None) -> Draft:
        """The draft in which these rows have that role (and, for furniture, that kind)."""
        taken = {row.index for row in rows}
        changed = tuple(
            replace_row(row, role, kind) if row.index in taken else row for row in self.rows
        )
        return replace(self, rows=changed)

    def found(self, **leaves: object) -> Draft:
        """The draft with these fields of the directive set."""
        return replace(self, directive=replace(self.directive, **leaves))  # type: ignore[arg-type]

    def report(self, *findings: Finding) -> Draft:
        return replace(self, findings=(*self.findings, *findings))


Rule = Callable[[Draft], Draft]


def replace_row(row: Row, role: Role, kind: LineKind | None = None) -> Row:
    """The same row in another role."""
    return Row(row.index, row.page, row.bbox, row.words, row.line, row.cell, kind or row.kind, role)


def leaf(value: str, rows: Iterable[Row], found_by: str, *, certainty: float = 0.97) -> Leaf:
    """A leaf that rests on whole rows: as sure as the rule and the words' reading together."""
    return leaf_of_words(
        value, (word for row in rows for word in row.words), found_by, certainty=certainty
    )


def leaf_of_words(
    value: str, words: Iterable[Word], found_by: str, *, certainty: float = 0.97
) -> Leaf:
    """A leaf that rests on these words; confidence 0..1, never above the rule's certainty."""
    kept = tuple(words)
    letters = sum(len(word.text) for word in kept)
    reading = sum(len(word.text) * word.confidence for word in kept) / max(1, letters)
    return Leaf(
        value=value,
        confidence=round(min(certainty, certainty * (0.25 + 0.75 * reading)), 3),
        found_by=found_by,
        words=tuple(word.id for word in kept),
    )

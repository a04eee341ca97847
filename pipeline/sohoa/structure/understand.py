"""From pages of words to the document: the rules, one after the other."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace

from sohoa.directive import Directive
from sohoa.model import Finding, Line, LineKind, Page, map_block
from sohoa.structure.addressees import find_addressees
from sohoa.structure.annexes import find_annexes
from sohoa.structure.blanks import fill_blanks, join_parted
from sohoa.structure.bodies import find_bodies
from sohoa.structure.body import build_body, find_legal_bases
from sohoa.structure.checks import check_fields
from sohoa.structure.citations import find_citations
from sohoa.structure.columns import part_columns
from sohoa.structure.copy_block import find_copy_block
from sohoa.structure.draft import Draft, Rule, StructureSettings
from sohoa.structure.force import find_force
from sohoa.structure.furniture import mark_furniture
from sohoa.structure.identities import find_identities
from sohoa.structure.letterhead import find_letterhead
from sohoa.structure.marks import find_marks
from sohoa.structure.number import find_number
from sohoa.structure.other_evidence import weigh_other_evidence
from sohoa.structure.place_date import find_place_date
from sohoa.structure.rows import Row, rows_of, sheets_of
from sohoa.structure.several_signers import find_several_signers
from sohoa.structure.signature import find_signature
from sohoa.structure.tasks import find_tasks
from sohoa.structure.type_title import find_type_title

VERSION = "2"

# Each rule claims rows or sets fields; the later ones see only what the earlier ones left.
RULES: tuple[Rule, ...] = (
    mark_furniture,
    find_letterhead,
    find_marks,
    find_number,
    find_place_date,
    find_bodies,
    find_type_title,
    find_addressees,
    find_signature,
    find_several_signers,
    find_copy_block,
    find_annexes,
    build_body,
    find_legal_bases,
    find_citations,
    find_force,
    find_tasks,
    weigh_other_evidence,
    find_identities,
    check_fields,
)


@dataclass(frozen=True, slots=True)
class Understood:
    """The pages with their lines marked, the document, and what a person should know.

    The pages hold the same words in the same order; only the kinds of lines changed.
    """

    pages: tuple[Page, ...]
    directive: Directive
    findings: tuple[Finding, ...]


def understand(
    pages: tuple[Page, ...],
    settings: StructureSettings = StructureSettings(),  # noqa: B008
) -> Understood:
    """Understand the pages of one document; any pages give a result, perhaps an empty one."""
    rows = fill_blanks(join_parted(part_columns(rows_of(pages))))
    draft = Draft(rows, sheets_of(pages, rows), settings)
    for rule in RULES:
        draft = rule(draft)
    return Understood(_marked(pages, draft.rows), draft.directive, draft.findings)


def _marked(pages: tuple[Page, ...], rows: tuple[Row, ...]) -> tuple[Page, ...]:
    """The pages with the kinds that the rows got; a line whose parts differ stays as it was."""
    kinds: dict[tuple[int, int], set[LineKind]] = {}
    for row in rows:
        kinds.setdefault(row.line, set()).add(row.kind)
    return tuple(_marked_page(page, index, kinds) for index, page in enumerate(pages))


def _marked_page(page: Page, index: int, kinds: dict[tuple[int, int], set[LineKind]]) -> Page:
    places = itertools.count()

    def line(old: Line) -> Line:
        return _line(old, kinds.get((index, next(places)), set()))

    return replace(page, blocks=tuple(map_block(block, line) for block in page.blocks))


def _line(line: Line, kinds: set[LineKind]) -> Line:
    if len(kinds) != 1:
        return line
    kind = next(iter(kinds))
    return line if kind is line.kind else replace(line, kind=kind)

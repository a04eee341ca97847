"""Find the letterhead of the paper and whose rules of form it follows."""

from __future__ import annotations

from dataclasses import replace

from sohoa.directive import Family, Leaf, absent
from sohoa.model import LineKind
from sohoa.structure.columns import Letterhead, read_letterhead
from sohoa.structure.draft import Draft
from sohoa.structure.phrases import is_addressees_label, is_party_title, likeness
from sohoa.structure.rows import Role, Row


def find_letterhead(draft: Draft) -> Draft:
    """Claim the rows of the letterhead on the first page with text; say the family.

    Where nothing of a letterhead is there, no row is claimed and the family is unknown.
    """
    rows = draft.free()
    if not rows:
        return draft.found(family=absent("no text"))
    page = rows[0].page
    head = read_letterhead([row for row in rows if row.page == page], draft.sheet(page))
    if head is None:
        return draft.found(family=absent("no letterhead"))
    draft = replace(draft, letterhead=head).claim(head.rows, Role.LETTERHEAD)
    draft = draft.claim(_notes(draft, head), Role.FURNITURE, LineKind.STAMP)
    return draft.found(family=family_of(head))


def _notes(draft: Draft, head: Letterhead) -> list[Row]:
    """Routing notes laid over the page: rows under the date, right of the letterhead's middle,
    above the row (type, Kính gửi) that follows it. Nothing of the paper stands there but marks.
    """
    if head.date is None or not head.left or draft.sheet(head.date.page).plain:
        return []
    page = head.date.page
    free = [row for row in draft.free() if row.page == page and row.cell is None]
    edge = max(row.bbox.right for row in head.left)
    stop = next((row for row in free if is_addressees_label(row)), None)
    if stop is None:
        return []
    return [
        row
        for row in free
        if row.bbox.top > head.date.bbox.bottom
        and row.bbox.bottom <= stop.bbox.top + 0.3 * stop.bbox.height
        and row.bbox.left > edge - 0.02 * draft.sheet(page).width
        and len(row.words) > 4
    ]


def family_of(head: Letterhead) -> Leaf:
    """Party or State, by the title first, then by the form of the number."""
    if head.title is not None:
        party = is_party_title(head.title.text)
        alike = likeness(
            head.title.text,
            "dangcongsanvietnam" if party else "conghoaxahoichunghiavietnam",
        )
        family = Family.PARTY if party else Family.STATE
        return Leaf(family, round(0.9 + 0.09 * alike, 3), "title", head.title.ids)
    star = next((row for row in head.left if row.text.strip() == "*"), None)
    if star is not None:
        return Leaf(Family.PARTY, 0.8, "star", star.ids)
    number: Row | None = head.number
    if number is not None:
        slash = number.text.find("/")
        before = number.text[:slash] if slash > 0 else ""
        if any(dash in before for dash in "-–") and before[-1:].isalpha():
            return Leaf(Family.PARTY, 0.75, "number-form", number.ids)
        return Leaf(Family.STATE, 0.75, "number-form", number.ids)
    return Leaf(Family.STATE, 0.6, "letterhead", tuple(i for row in head.rows for i in row.ids))

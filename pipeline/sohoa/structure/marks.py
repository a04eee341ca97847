"""Marks set on the first page: secrecy, urgency, circulation, draft."""

from __future__ import annotations

import re

from sohoa.directive import Mark, MarkKind
from sohoa.model import Finding, Severity
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.rows import Role, Row

_FRAME = " |[](){}.,:;*_-–—~'\"=‘’“”!/\\"
_SECRECY = {"mat": "MẬT", "toi mat": "TỐI MẬT", "tuyet mat": "TUYỆT MẬT"}
_EXACT = {"MẬT", "TỐI MẬT", "TUYỆT MẬT", "Mật", "Tối mật", "Tuyệt mật", "Tối Mật"}
_URGENCY = re.compile(r"^(?:khan|thuong khan|hoa toc|hoa toc hen gio|toi khan)$")
_CIRCULATION = re.compile(
    r"^(?:tai lieu hoi nghi|luu hanh noi bo|xem xong tra lai|khong pho bien|tai lieu mat|"
    r"xem xong thu hoi|tai lieu thu hoi)$"
)
_DRAFT = re.compile(r"^(?:ban\s+)?du thao(?:\s+lan.*|\s+\d.*|\s*\(.*)?$")


def find_marks(draft: Draft) -> Draft:
    """Marks on short rows of their own in the upper part of the first page.

    The same words inside running text, or in the name of a body, are no mark. A secrecy mark is
    reported as an error: whoever called decides whether anything may be written out.
    """
    rows = [row for row in draft.rows if row.role in (Role.BODY, Role.LETTERHEAD)]
    if not rows:
        return draft
    first = rows[0].page
    marks: list[tuple[Mark, Row]] = []
    upper = [row for row in rows if row.page == first and row.cell is None]
    for place, row in enumerate(upper):
        if not _in_place(row, place, draft):
            continue
        found = _mark_of(row)
        if found is not None:
            marks.append((found, row))
    # A mark may also come as MẬT below its first word, or alone inside its frame.
    draft = draft.claim([row for _, row in marks], Role.MARK)
    secrets = [
        Finding(
            "secrecy-mark", Severity.ERROR,
            f"The paper bears the secrecy mark {mark.value.value}.", row.page, row.bbox,
        )
        for mark, row in marks
        if mark.kind is MarkKind.SECRECY
    ]  # fmt: skip
    every = (*draft.directive.marks, *(mark for mark, _ in marks))
    return draft.found(marks=every).report(*secrets)


def _in_place(row: Row, place: int, draft: Draft) -> bool:
    sheet = draft.sheet(row.page)
    if len(row.words) > 6:
        return False
    if sheet.plain:
        return place < 16
    return row.bbox.top < 0.42 * sheet.height


def _mark_of(row: Row) -> Mark | None:
    text = row.text.strip(_FRAME)
    folded = row.folded.strip(_FRAME)
    if folded in _SECRECY:
        exact = text in _EXACT
        if not exact and not (text.isupper() and text not in ("MÁT", "MẮT")):
            return None
        value = _SECRECY[folded]
        certainty = 0.97 if exact else 0.6
        return Mark(MarkKind.SECRECY, leaf(value, [row], "own-row", certainty=certainty), row.page)
    caps = row.is_caps
    if _URGENCY.match(folded) and caps:
        return Mark(MarkKind.URGENCY, leaf(text, [row], "own-row"), row.page)
    if _CIRCULATION.match(folded) and caps:
        return Mark(MarkKind.CIRCULATION, leaf(text, [row], "own-row"), row.page)
    if _DRAFT.match(folded) and (caps or text[:1] == "D"):
        return Mark(MarkKind.DRAFT, leaf(text, [row], "own-row"), row.page)
    return None

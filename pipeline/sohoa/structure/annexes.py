"""Annexes (phụ lục) and texts issued with the paper (quy chế ban hành kèm theo)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sohoa.directive import Attachment, Leaf, absent
from sohoa.structure.columns import read_letterhead
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.paragraphs import join_rows, paragraphs_of
from sohoa.structure.rows import Role, Row
from sohoa.structure.tree import build_tree
from sohoa.structure.types import match_type

_ANNEX = re.compile(r"^\W*(?:phu luc|bieu so|bieu mau|mau so|mau|danh muc|danh sach|phu bieu)\b")
_WITH = re.compile(r"^\W*(?:ban hanh\s+)?kem theo\b|^\W*\(\s*(?:ban hanh )?kem theo")


def find_annexes(draft: Draft) -> Draft:
    """Set ``attachments`` from what follows the closing part; claim those rows.

    A new annex begins with a row that says so near the top of a page, or with a title and its
    ``(Kèm theo …)`` row. What cannot be parted stays one attachment: no row is lost.
    """
    rows = draft.after_closing()
    draft = draft.claim(_leavings(rows, draft), Role.FURNITURE)
    rows = draft.after_closing()
    if not rows:
        return draft
    groups = _groups(rows)
    attachments = tuple(_attachment(group, draft) for group in groups)
    return draft.claim(rows, Role.ANNEX).found(attachments=attachments)


_CONTACT = re.compile(r"\b(?:dia chi|dien thoai|dt|fax|email|e-mail|website|tel)\s*[:.]|@\S+\.")


def _leavings(rows: Sequence[Row], draft: Draft) -> list[Row]:
    """Rows below the signature on its own page that open no annex: addresses, initials, specks."""
    closed = [*draft.with_role(Role.SIGNATURE), *draft.with_role(Role.RECIPIENTS)]
    page = max(row.page for row in closed) if closed else 0
    same = [row for row in rows if row.page == page]
    letters = sum(c.isalpha() for row in same for c in row.text)
    contact = bool(same) and all(
        _CONTACT.search(row.folded) or row.bbox.top > 0.85 * draft.sheet(page).height
        for row in same
    )
    if contact or letters < 12:
        return same
    return [row for row in same if row.confidence < 0.4 and len(row.words) < 4]


def _groups(rows: Sequence[Row]) -> list[list[Row]]:
    groups: list[list[Row]] = []
    seen_pages: dict[int, int] = {}
    for row in rows:
        order = seen_pages.get(row.page, 0)
        seen_pages[row.page] = order + 1
        opens = (
            order < 3
            and row.cell is None
            and row.is_caps
            and len(row.words) < 9
            and _ANNEX.match(row.folded) is not None
            and not (groups and len(groups[-1]) < 3)
        )
        if opens or not groups:
            groups.append([row])
        else:
            groups[-1].append(row)
    return groups


def _attachment(rows: Sequence[Row], draft: Draft) -> Attachment:
    """One annex: label, title, body. A letterhead of its own is left in the body as text."""
    label: Leaf = absent("no label")
    titled: list[Row] = []
    taken: list[Row] = []
    rest = list(rows)
    sheet = draft.sheet(rows[0].page)
    head = read_letterhead([row for row in rows if row.page == rows[0].page], sheet, limit=0.3)
    skipped = set(head.rows) if head is not None else set()
    for row in rest[:14]:
        if row in skipped:
            continue
        if row.cell is not None or _WITH.match(row.folded):
            break
        labelled = re.match(r"^\W*(?:phu luc|bieu|mau|phu bieu)\b.{0,14}$", row.folded)
        if labelled and not taken and row.is_caps:
            label = leaf(row.text.strip(" .:*"), [row], "annex-row")
            taken.append(row)
            continue
        caps = (row.is_caps and len(row.words) > 1) or match_type(row.text, caps_only=True)
        if caps or (titled and not sheet.plain and _centred(row, draft) and len(titled) < 6):
            titled.append(row)
            continue
        break
    title = (
        leaf(join_rows(titled), titled, "annex-title", certainty=0.9)
        if titled
        else absent("no title over the annex")
    )
    used = {row.index for row in (*taken, *titled)}
    body_rows = [row for row in rest if row.index not in used]
    units, _ = build_tree(paragraphs_of(body_rows, {s.page: s for s in draft.sheets}))
    return Attachment(label=label, title=title, body=units, page=rows[0].page)


def _centred(row: Row, draft: Draft) -> bool:
    sheet = draft.sheet(row.page)
    before, after = sheet.share(row.bbox.left), 1 - sheet.share(row.bbox.right)
    return abs(before - after) < 0.05 and before > 0.02

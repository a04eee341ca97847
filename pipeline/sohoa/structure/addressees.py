"""Addressees (kính gửi) of a letter or a submission."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sohoa.structure.draft import Draft, leaf
from sohoa.structure.paragraphs import join_rows
from sohoa.structure.phrases import is_addressees_label, is_body_start, is_recipients_label
from sohoa.structure.rows import Role, Row, Sheet

_DASH = re.compile(r"^[\s|'’‘.]*[-–—−‒~•·▪+*]\s*")
_LABEL = re.compile(r"^\W*\w{3,5}\s*\w{2,4}\s*[:;.,]*\s*")


def find_addressees(draft: Draft) -> Draft:
    """Set ``addressees`` from ``Kính gửi:`` near the top of the paper; claim the rows."""
    free = draft.free()
    opening = list(free[:40])
    start = next((p for p, row in enumerate(opening) if is_addressees_label(row)), None)
    if start is None:
        return draft
    sheet = draft.sheet(opening[start].page)
    rows = [opening[start], *_following(free[start + 1 :], opening[start], sheet)]
    items = _items(rows)
    found = tuple(
        leaf(value, item, "addressees-list", certainty=0.96)
        for item in items
        if (value := _text(item))
    )
    return draft.found(addressees=found).claim(rows, Role.ADDRESSEES)


def _following(rows: Sequence[Row], label: Row, sheet: Sheet) -> list[Row]:
    """The rows after the label that still name addressees."""
    found: list[Row] = []
    listed = bool(_DASH.match(_after_label(label.text)))
    inline = bool(_after_label(label.text))
    for row in rows[:25]:
        if row.page != label.page or is_recipients_label(row) or row.cell is not None:
            break
        dashed = bool(_DASH.match(row.text))
        last = found[-1] if found else label
        closed = (last.text.rstrip().endswith(".") and last is not label) or (
            inline and not listed and label.text.rstrip().endswith(".")
        )
        deep = not sheet.plain and sheet.share(row.bbox.left) > 0.14
        if dashed and (listed or not inline or deep):
            listed = True
            if closed and not deep:
                break
        elif not _goes_on(row, last, label, sheet, first=not found and not inline):
            break
        found.append(row)
    return found


def _goes_on(row: Row, last: Row, label: Row, sheet: Sheet, *, first: bool) -> bool:
    """Whether a row without a dash continues the item above (or is the first item)."""
    if first:
        return not is_body_start(row) or (not sheet.plain and sheet.share(row.bbox.left) > 0.14)
    if last.text.rstrip().endswith((".", ";")) and last is not label:
        deep = not sheet.plain and sheet.share(row.bbox.left) > 0.14
        return deep and last.text.rstrip().endswith(";")
    if sheet.plain:
        return row.text[:1].islower() and len(row.text) < 60
    if sheet.share(row.bbox.left) < 0.11:
        return False
    step = row.bbox.top - last.bbox.top
    return step < 2.2 * max(sheet.pitch, sheet.line_height) and not (
        is_body_start(row) and sheet.share(row.bbox.right) > 0.97
    )


def _after_label(text: str) -> str:
    match = _LABEL.match(text)
    return text[match.end() :].strip() if match else text


def _items(rows: Sequence[Row]) -> list[list[Row]]:
    items: list[list[Row]] = []
    for place, row in enumerate(rows):
        text = _after_label(row.text) if place == 0 else row.text
        if not any(c.isalnum() for c in text):
            continue
        closed = bool(items) and items[-1][-1].text.rstrip().endswith(";")
        if not items or _DASH.match(text) or closed:
            items.append([row])
        else:
            items[-1].append(row)
    return items


def _text(rows: Sequence[Row]) -> str:
    text = join_rows(rows)
    if is_addressees_label(rows[0]):
        text = _after_label(text)
    return _DASH.sub("", text).strip(" |_'’‘*~")

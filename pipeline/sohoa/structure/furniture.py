"""What stands on the page but is not the document's text: folios, notices, signature lines."""

from __future__ import annotations

import re
from collections import Counter

from rapidfuzz import fuzz

from sohoa.directive import Mark, MarkKind
from sohoa.model import LineKind
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.phrases import letters_of
from sohoa.structure.rows import Role, Row, Sheet

_OWNERSHIP = "tailieunaythuocsohuucuacaccoquandangviecphattansudungtraiphepbinghiemcam"
_ESIGN = re.compile(
    r"^\W*(?:nguoi ky|ky boi|thoi gian ky|ngay ky|gio ky|co quan|email|ky so boi)\s*:|"
    r"@\S+\.\w+\s*$|da ky len van ban nay|\+0?7[:.]?00\W*$|\d\d[:.]\d\d[:.]\d\d\W*$|"
    r"^\W*digitally signed by|^\W*signature not verified|^\W*date:\s*20\d\d"
)
_PORTAL = re.compile(
    r"^(?:page \d+$|trang \d+\s*/\s*\d+|cuc chung thuc so va bao mat thong tin|"
    r"\d{4}-\d\d-\d\dt\d\d:\d\d:\d\d|(?:nguon|source)\s*:\s*(?:https?:|www)|https?://\S+$)"
)
_FOLIO = re.compile(r"^[\W_]*(?:trang\s*)?[\dil|]{1,3}(?:\s*/\s*\d{1,3})?[\W_]*$")
_INCOMING_TITLE = re.compile(r"^\W*(?:cong van den|van ban den|den)\W*$")
_INCOMING = re.compile(
    r"^\W*(?:so den|ngay den|den so|den ngay|so|ngay|gio|chuyen|luu ho so so|luu ho so|"
    r"so va ky hieu hs)\b\W*[:.…]?\W*[\d.,/ ]{0,14}\W*$"
)


def mark_furniture(draft: Draft) -> Draft:
    """Folios, ownership notices, e-signature lines and portal lines leave the text.

    Words inside the text area are never taken for furniture: only short rows at the edge of the
    page, or rows whose wording nothing else has.
    """
    draft = _incoming(_portal(_esign(_ownership(draft))))
    return _noise(_folios(draft))


def _ownership(draft: Draft) -> Draft:
    taken: list[Row] = []
    marks: list[Mark] = []
    rows = draft.free()
    for place, row in enumerate(rows):
        letters = letters_of(row.text)
        if len(letters) < 12 or (
            not draft.sheet(row.page).plain and row.bbox.top < (0.7 * draft.sheet(row.page).height)
        ):
            continue
        alike = fuzz.ratio(letters, _OWNERSHIP) / 100
        part = fuzz.partial_ratio(letters, _OWNERSHIP) / 100 if len(letters) > 20 else 0.0
        whole = alike >= 0.72 or (part >= 0.86 and len(letters) < len(_OWNERSHIP) + 10)
        if not whole:
            continue
        both = letters
        if place + 1 < len(rows) and rows[place + 1].page == row.page:
            both += letters_of(rows[place + 1].text)
        near = place > 0 and rows[place - 1] in taken
        if alike >= 0.72 or near or fuzz.ratio(both, _OWNERSHIP) >= 72:
            taken.append(row)
            if not near:
                value = leaf(row.text, [row], "ownership-notice", certainty=max(alike, 0.8))
                marks.append(Mark(MarkKind.OWNERSHIP, value, row.page))
    draft = draft.claim(taken, Role.FURNITURE, LineKind.OWNERSHIP)
    return draft.found(marks=(*draft.directive.marks, *marks))


def _esign(draft: Draft) -> Draft:
    """Visible text of digital signatures: its own labels, times with seconds, lines beside them."""
    taken = []
    for row in draft.free():
        sheet = draft.sheet(row.page)
        edge = sheet.plain or row.bbox.top < 0.14 * sheet.height
        labelled = re.match(
            r"^\W*(?:nguoi ky|ky boi|thoi gian ky|gio ky|ky so boi)\s*:", row.folded
        )
        if labelled or (edge and len(row.words) < 16 and _ESIGN.search(row.folded)):
            taken.append(row)
    # A signature's text wraps: what stands between two of its rows, in the same place, is its own.
    more = [
        row
        for row in draft.free()
        if row not in taken and _between(row, taken) and not draft.sheet(row.page).plain
    ]
    return draft.claim([*taken, *more], Role.FURNITURE, LineKind.ESIGN)


def _between(row: Row, taken: list[Row]) -> bool:
    above = [t for t in taken if t.page == row.page and t.bbox.bottom <= row.bbox.center_y]
    below = [t for t in taken if t.page == row.page and t.bbox.top >= row.bbox.center_y]
    near = [
        t
        for t in (*above, *below)
        if abs(t.bbox.left - row.bbox.left) < 4 * row.bbox.height
        and abs(t.bbox.center_y - row.bbox.center_y) < 2.2 * row.bbox.height
    ]
    return bool(above and below and len(near) >= 2)


def _incoming(draft: Draft) -> Draft:
    """The stamp of the receiving office (dấu ĐẾN): its title and the short rows around it."""
    taken: list[Row] = []
    free = draft.free()
    for title in free:
        sheet = draft.sheet(title.page)
        named = _INCOMING_TITLE.match(title.folded) and title.core.isupper()
        if sheet.plain or not named or title.bbox.top > 0.5 * sheet.height:
            continue
        reach = 9 * max(sheet.line_height, title.bbox.height)
        near = [
            row
            for row in free
            if row.page == title.page
            and row is not title
            and abs(row.bbox.center_y - title.bbox.center_y) < reach
            and abs(row.bbox.center_x - title.bbox.center_x) < 0.16 * sheet.width
        ]
        labels = [row for row in near if len(row.words) < 6 and _INCOMING.match(row.folded)]
        if labels:
            taken += [title, *labels]
    return draft.claim(taken, Role.FURNITURE, LineKind.STAMP)


def _portal(draft: Draft) -> Draft:
    taken = [
        row
        for row in draft.free()
        if draft.sheet(row.page).plain and _PORTAL.match(row.folded.strip())
    ]
    return draft.claim(taken, Role.FURNITURE, LineKind.PORTAL)


def _folios(draft: Draft) -> Draft:
    """A number alone at the top or foot of the page, near the middle or the right margin."""
    taken = []
    for sheet in draft.sheets:
        rows = [row for row in draft.free() if row.page == sheet.page and row.cell is None]
        if not rows:
            continue
        if sheet.plain:
            edges = {rows[0].index, rows[-1].index}
            found = [r for r in rows if r.index in edges and re.fullmatch(r"\d{1,3}", r.text)]
            taken += [r for r in found if len(rows) > 2]
            continue
        first = min(row.bbox.top for row in rows)
        last = max(row.bbox.bottom for row in rows)
        for row in rows:
            if not _FOLIO.match(row.folded) or not any(c.isalnum() for c in row.text):
                continue
            top = row.bbox.top < 0.1 * sheet.height and row.bbox.top <= first + sheet.line_height
            foot = row.bbox.bottom > 0.9 * sheet.height and row.bbox.bottom >= (
                last - 3 * sheet.line_height
            )
            if (top and row.page > 1) or foot:
                taken.append(row)
    return draft.claim(taken, Role.FURNITURE, LineKind.FOLIO)


def _noise(draft: Draft) -> Draft:
    """Rows of dots, dashes and specks; a lone ``*`` of a Party letterhead is kept for its rule."""
    taken = [row for row in draft.free() if row.cell is None and _is_noise(row, draft)]
    return draft.claim(taken, Role.FURNITURE, LineKind.NOISE)


def _is_noise(row: Row, draft: Draft) -> bool:
    if any(c.isalnum() for c in row.text):
        letters = letters_of(row.text)
        sheet: Sheet = draft.sheet(row.page)
        repeated = Counter(letters).most_common(1)[0][1] if letters else 0
        edge = not sheet.plain and (
            row.bbox.right < sheet.left - 0.03 * sheet.width
            or row.bbox.left > sheet.right + 0.03 * sheet.width
        )
        return (len(letters) <= 2 and (edge or row.confidence < 0.35)) or (
            len(letters) > 5 and repeated == len(letters)
        )
    return row.text.strip() not in ("*",)

"""Type and title (tên loại, trích yếu): printed under the letterhead, or V/v under the number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from sohoa.directive import Family, Leaf, absent
from sohoa.model import Finding, LineKind, Severity
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.labels import Style, read_label
from sohoa.structure.paragraphs import join_rows
from sohoa.structure.phrases import (
    body_heads,
    is_addressees_label,
    is_body_start,
    is_recipients_label,
    is_subject_start,
    letters_of,
    likeness,
    position_heads,
    starts_with_any,
)
from sohoa.structure.rows import Role, Row, Sheet, fold
from sohoa.structure.types import TypeMatch, match_type, types_of_code

_OF = re.compile(r"^\W*cua\b")
_SUBJECT_WORDS = re.compile(r"^\W*(?:v/v|ve viec|ve)\b")


def find_type_title(draft: Draft) -> Draft:
    """Set ``type`` and ``title`` and claim their rows.

    A printed type wins over the code in the symbol; where they contradict each other, a finding
    says so. A letter (công văn) prints no type: its summary stands under the number.
    """
    first = _opening(draft)
    typed = next(((row, m) for row in first if (m := _type_row(row, first, draft))), None)
    typed = typed or next(((r, m) for r in first[:6] if (m := _small_type(r, draft))), None)
    if typed is None:
        return _letter(draft)
    row, match = typed
    rest = [other for other in first if other.index > row.index]
    titled, skipped = _title_rows(row, rest, draft)
    name = match.name
    draft = draft.claim([row, *titled, *skipped], Role.TITLE)
    certainty = 0.98 if match.likeness == 1.0 else 0.6 + 0.35 * match.likeness
    draft = draft.found(
        type=leaf(name, [row], "type-row", certainty=certainty), title=_title(match, row, titled)
    )
    return _conflict(draft, name)


def _opening(draft: Draft) -> tuple[Row, ...]:
    """The free rows among which the type may stand: the first ones after the letterhead."""
    free = [row for row in draft.free() if row.cell is None]
    if not free:
        return ()
    head = draft.letterhead
    if head is None:
        return tuple(free[:12])
    page = head.rows[0].page
    return tuple([row for row in free if row.page == page][:24])


def _type_row(row: Row, first: Sequence[Row], draft: Draft) -> TypeMatch | None:
    """The match of a row that names the type: in capitals, near the middle, before the text."""
    match = match_type(row.text, caps_only=True)
    if match is None:
        return None
    before = [other for other in first if other.index < row.index]
    if len(before) > 8 or any(is_recipients_label(other) for other in before):
        return None
    if any(is_body_start(other) and len(other.words) > 5 for other in before):
        return None
    sheet = draft.sheet(row.page)
    if not sheet.plain and abs(row.bbox.center_x - sheet.middle) > 0.2 * sheet.text_width:
        return None
    return match


def _small_type(row: Row, draft: Draft) -> TypeMatch | None:
    """A type in small letters, as older papers print it: alone or with ``của …`` on its row."""
    if _addressed(draft) or draft.letterhead is None:
        return None
    if any(is_subject_start(other) for other in draft.letterhead.left):
        return None
    match = match_type(row.text)
    if match is None or match.likeness < 1 or len(row.words) > 14 or not row.text[:1].isupper():
        return None
    sheet = draft.sheet(row.page)
    centred = sheet.plain or abs(row.bbox.center_x - sheet.middle) < 0.08 * sheet.text_width
    alone = not match.rest or bool(_OF.match(fold(match.rest)))
    return match if centred and alone and not row.text.rstrip().endswith((".", ";")) else None


def _title_rows(row: Row, rest: Sequence[Row], draft: Draft) -> tuple[list[Row], list[Row]]:
    """The rows of the title, and rows between or after them that name the acting body."""
    titled: list[Row] = []
    skipped: list[Row] = []
    sheet = draft.sheet(row.page)
    previous = row
    for other in rest:
        if _rule_between(previous, other, draft) and titled:
            break
        if is_addressees_label(other) or is_recipients_label(other):
            break
        if not titled and other.is_caps and _OF.match(other.folded):
            skipped.append(other)
        elif other.is_caps and _names_body(other, titled, draft) and (titled or _acts(other, rest)):
            if not titled:
                skipped.append(other)
            break
        elif not _is_title_row(other, titled, previous, sheet, rest):
            break
        else:
            titled.append(other)
        previous = other
        if len(titled) > 9:
            break
    return titled, skipped


def _acts(row: Row, rest: Sequence[Row]) -> bool:
    """Whether a caps row right under the type names who decides, not what about."""
    after = [other for other in rest if other.index > row.index][:1]
    return bool(after) and (is_body_start(after[0]) or not after[0].is_caps)


def _names_body(row: Row, titled: Sequence[Row], draft: Draft) -> bool:
    """Whether a row in capitals names who decides (CHỦ TỊCH UỶ BAN …), not what about.

    Under a title that is itself in capitals only a position or the issuer's own name counts.
    """
    if starts_with_any(row.folded, position_heads()) is not None:
        return True
    issuer = letters_of(draft.directive.issuer.value or "")
    letters = letters_of(row.text)
    if issuer and letters and (issuer.startswith(letters) or likeness(row.text, issuer) > 0.8):
        return True
    if titled and titled[-1].is_caps:
        return False
    return bool(titled) and starts_with_any(row.folded, body_heads()) is not None


def _rule_between(before: Row, after: Row, draft: Draft) -> bool:
    """A drawn rule or dashes between two rows, read as noise."""
    between = draft.rows[before.index + 1 : after.index]
    return any(
        row.kind is LineKind.NOISE and len(re.findall(r"[-–—_=*]", row.text)) >= 2
        for row in between
    )


def _is_title_row(
    row: Row, titled: Sequence[Row], previous: Row, sheet: Sheet, rest: Sequence[Row]
) -> bool:
    begins = _SUBJECT_WORDS.match(row.folded) is not None
    label = read_label(row.text)
    if label is not None and label.style < Style.LETTER and (titled or label.strong):
        return False
    if titled and is_body_start(row) and not previous.text.rstrip().endswith((",", "về", "của")):
        return False
    if not titled and is_body_start(row) and not begins and row.text.lstrip()[:1] in "-IVX12":
        return False
    if not sheet.plain:
        return _is_centred(row, titled, previous, sheet)
    if not titled:
        return not is_body_start(row) or begins
    widest = max(len(other.text) for other in (*rest, row))
    if row.text[:1].islower() or not row.text[:1].isalpha() or row.is_caps:
        return True
    open_end = previous.text.rstrip()[-1:] not in ".;:" and len(previous.text) > 0.6 * widest
    return len(row.text) < 0.6 * widest and (open_end or len(row.text) < 0.5 * widest)


def _is_centred(row: Row, titled: Sequence[Row], previous: Row, sheet: Sheet) -> bool:
    """As far from the left as from the right margin, and not far below the row before."""
    before = sheet.share(row.bbox.left)
    after = 1 - sheet.share(row.bbox.right)
    step = row.bbox.top - previous.bbox.top
    if row.page == previous.page and titled and step > 2.3 * max(sheet.pitch, sheet.line_height):
        return False
    if abs(before - after) < 0.045:
        return True
    # A row may sit on the axis of the row above where the margins were measured badly.
    axis = abs(row.bbox.center_x - previous.bbox.center_x)
    short = row.bbox.width < 0.8 * sheet.text_width
    return axis < (0.03 if short else 0.012) * sheet.text_width


def _title(match: TypeMatch, row: Row, titled: Sequence[Row]) -> Leaf:
    rest = match.rest if match.rest and not _OF.match(fold(match.rest)) else ""
    text = join_rows(titled)
    value = f"{rest} {text}".strip() if rest else text
    if not value:
        return absent("no summary under the type")
    rows = [*([row] if rest else []), *titled]
    return leaf(_trim(value), rows, "under-type", certainty=0.95)


def _letter(draft: Draft) -> Draft:
    """No type is printed: a letter, or a paper whose first page is damaged."""
    head = draft.letterhead
    if head is None:
        reason = "no letterhead and no type row"
        return draft.found(type=absent(reason), title=absent(reason))
    subject = _subject_rows(draft)
    codes = _codes_of(draft)
    if not codes and (subject or draft.directive.symbol.value or _addressed(draft)):
        ids = tuple(i for row in subject for i in row.ids) or draft.directive.symbol.words
        kind = Leaf("Công văn", 0.95 if subject else 0.8, "no-type-code", ids)
    elif codes:
        party = draft.directive.family.value == Family.PARTY
        name = "Công văn" if subject and not party else codes[0]
        kind = Leaf(name, 0.7 if len(codes) == 1 else 0.5, "symbol", draft.directive.symbol.words)
    else:
        kind = absent("no type row and no symbol")
    if not subject:
        return draft.found(type=kind, title=absent("no summary under the number"))
    text = join_rows(subject)
    draft = draft.claim(subject, Role.TITLE)
    return draft.found(type=kind, title=_subject(text, subject))


def _trim(text: str) -> str:
    """Without specks; the formula ``Về việc`` that opens it is mended where one letter slipped."""
    text = re.sub(r"\s[\\|~^°ˆ_¬]+(?=\s|$)", "", text)
    text = re.sub(r"^V\w{1,2} việc\b", "Về việc", text)
    return re.sub(r"^[\s*_|.,;:'’‘~-]+|[\s*_|~]+$", "", text)


_GARBLED = re.compile(r"^(?:[^\w\s]*[Vv\W]\S{0,3}|\S{0,2}[⁄/%]\S{0,2})\s+(?=\w)")


def _subject(text: str, rows: Sequence[Row]) -> Leaf:
    """The summary of a letter; ``V/v`` is given back where its strokes were misread."""
    found = leaf(_trim(text), rows, "under-number")
    if is_subject_start(rows[0]):
        return found
    garbled = _GARBLED.match(text)
    if garbled and sum(c.isalpha() for c in garbled.group()) <= 2:
        value = f"V/v {text[garbled.end() :]}"
        return replace(found, value=_trim(value), confidence=min(found.confidence, 0.75))
    return found


def _addressed(draft: Draft) -> bool:
    return any(is_addressees_label(row) for row in draft.free()[:12])


def _codes_of(draft: Draft) -> tuple[str, ...]:
    symbol = draft.directive.symbol.value or ""
    party = draft.directive.family.value == Family.PARTY or (
        "/" in symbol and not symbol[0].isdigit()
    )
    parts = re.split(r"[-/]", symbol)
    if parts and parts[0].isdigit():
        parts = parts[1:]
    code = parts[0] if len(parts) > 1 else ""
    return types_of_code(code, party=party)


def _subject_rows(draft: Draft) -> list[Row]:
    """V/v … under the number, or in the opening rows where the letterhead did not hold it."""
    head = draft.letterhead
    if head is None:
        return []
    number = head.number.index if head.number is not None else -1
    below = [
        row
        for row in head.left
        if row.role is not Role.MARK
        and (row.index > number or head.number is None)
        and row is not head.number
        and any(c.isalpha() for c in row.text)
    ]
    if head.number is not None:
        seen = head.left.index(head.number)
        below = [row for row in head.left[seen + 1 :] if any(c.isalpha() for c in row.text)]
    marked = {row.index for row in draft.with_role(Role.MARK)}
    below = [row for row in below if row.index not in marked]
    start = next((i for i, row in enumerate(below) if is_subject_start(row)), None)
    sheet = draft.sheet(head.rows[0].page)
    if start is not None:
        return _together(below[start:], sheet)
    if below and not below[0].is_caps and len(below[0].words) > 2:
        return _together(below, sheet)
    for place, row in enumerate(free := draft.free()[:6]):
        if is_subject_start(row) and len(row.words) < 14:
            following: list[Row] = [row]
            for other in free[place + 1 :]:
                if is_addressees_label(other) or is_body_start(other):
                    return following
                following.append(other)
    return []


def _together(rows: Sequence[Row], sheet: Sheet) -> list[Row]:
    """The rows of one summary: close below each other, in one column, none in capitals.

    A stamp or a note laid under the number ends it.
    """
    kept = [rows[0]]
    for row in rows[1:]:
        step = row.bbox.top - kept[-1].bbox.top
        reach = max(other.bbox.right for other in kept)
        far = not sheet.plain and (
            step > 2.0 * max(row.bbox.height, kept[-1].bbox.height)
            or row.bbox.left > reach
            or row.bbox.right > reach + 0.12 * sheet.text_width
        )
        if far or (row.is_caps and len(row.core) > 3) or row.confidence < 0.3:
            break
        kept.append(row)
    return kept


def _conflict(draft: Draft, name: str) -> Draft:
    """A finding where the printed type and the code in the symbol contradict each other."""
    codes = _codes_of(draft)
    if not codes or any(code.split()[0:2] == name.split()[0:2] for code in codes):
        return draft
    return draft.report(
        Finding(
            "type-conflict", Severity.WARNING,
            f"The paper calls itself {name}, its symbol means {' or '.join(codes)}.",
        )
    )  # fmt: skip

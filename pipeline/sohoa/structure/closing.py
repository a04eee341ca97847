"""The closing part: where the body ends, which rows are recipients, which the signature."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.structure.columns import is_number_row
from sohoa.structure.phrases import (
    body_heads,
    first_recipient,
    is_recipients_label,
    letters_of,
    position_heads,
    starts_with_any,
)
from sohoa.structure.rows import Row, Sheet, fold


@dataclass(frozen=True, slots=True)
class Closing:
    """Rows of the closing part: ``left`` the recipients (label first), ``right`` the signature.

    ``beside`` are rows of other signatures (joint papers, approvals).
    """

    left: tuple[Row, ...] = ()
    right: tuple[Row, ...] = ()
    beside: tuple[Row, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.left, *self.right, *self.beside)


_PREFIX = re.compile(
    r"^\W*(?:t\s*/\s*m|tm|k\s*/\s*t|kt|t\s*/\s*l|tl|t\s*/\s*u\s*q|tuq|t\s*/\s*u|q|qu|thay mat|"
    r"thua lenh|ky thay|thua uy quyen)\s*[./,:;]?\s+"
)
_PREFIX_GLUED = re.compile(r"^\W*(?:tm|kt|tl|tuq|q)\s*[./,:]\s*[a-z]")
_NAME_END = re.compile(r"[\W\d_]+$")


@cache
def _prefixes() -> tuple[str, ...]:
    return tuple(fold(p) for p in read_table("authority_prefixes").column("prefix") if p)


def has_prefix(row: Row) -> bool:
    """TM., KT., TL., TUQ., Q. (State) or T/M, K/T, T/L (Party) before a name in capitals."""
    folded = row.folded if row.folded.lstrip()[:2] in ("q.", "q ") else fold(row.core)
    if not (_PREFIX.match(folded) or _PREFIX_GLUED.match(folded)):
        return False
    letters = [c for c in row.text if c.isalpha()]
    return sum(c.isupper() for c in letters) > 0.7 * len(letters)


@cache
def _spaced_positions() -> dict[str, str]:
    return {letters_of(name): name for name in read_table("positions").column("text")}


def unspaced(row: Row) -> str:
    """The row's text; a position set letter by letter (P H Ó …) as its table spells it."""
    if sum(len(word.text) == 1 for word in row.words) < 3:
        return _without_initials(row)
    return _spaced_positions().get(letters_of(row.text), row.core)


def _without_initials(row: Row) -> str:
    """The core without a pen stroke read as one or two letters after the position."""
    core = row.core
    head, _, last = core.rpartition(" ")
    strokes = next((w for w in reversed(row.words) if last and last in w.text), None)
    known = fold(head) in position_heads()
    weak = strokes is not None and strokes.confidence < 0.6
    return head if head and len(last) <= 2 and (known or weak) else core


def is_position(row: Row) -> bool:
    """A position in capitals on a row of its own."""
    if fold(unspaced(row)) in position_heads():
        return True
    return (
        row.is_caps
        and len(row.words) <= 14
        and starts_with_any(fold(row.core), position_heads()) is not None
    )


def is_authority_name(row: Row) -> bool:
    """The name of a body in capitals, as it stands over a position."""
    return (
        row.is_caps
        and len(row.words) <= 14
        and starts_with_any(fold(row.core), body_heads()) is not None
    )


_RANKS = re.compile(
    r"^\W*(?:dai tuong|thuong tuong|trung tuong|thieu tuong|dai ta|thuong ta|trung ta|thieu ta|"
    r"dai uy|thuong uy|trung uy|thieu uy|gs|pgs|ts|ths|bs|ds|cn|ks|bac si|thac si|tien si|giao su|"
    r"pho giao su|nha giao|luat su|ky su|duoc si|bsckii?|bscki+|ncs)\b[\s.,\-–/]*"
)


def bare_name(text: str) -> str:
    """A person's name without specks and leading dots; degrees and ranks stay as printed."""
    text = re.sub(r"^[\W\d_]+", "", text)
    return _NAME_END.sub("", text).strip()


def is_person(text: str) -> bool:
    """2 to 6 capitalised words (or all capitals), as a printed name of a signer."""
    text = bare_name(text)
    folded = fold(text)
    while (match := _RANKS.match(folded)) and match.end():
        text, folded = text[match.end() :], folded[match.end() :]
    words = text.split()
    if not 2 <= len(words) <= 6 or len(text) > 45:
        return False
    if any(not re.fullmatch(r"[^\W\d_]+(?:[-'’][^\W\d_]+)?\.?", word) for word in words):
        return False
    capital = sum(word[0].isupper() for word in words)
    return capital == len(words) and any(len(word) > 2 for word in words)


def is_signer(row: Row) -> bool:
    """The printed name under a signature: a person, neither a position nor a body."""
    return is_person(row.text) and not (
        has_prefix(row) or is_position(row) or is_authority_name(row)
    )


def find_closing(rows: Sequence[Row], sheets: dict[int, Sheet]) -> Closing | None:
    """The closing part among these rows (in reading order), None where there is none.

    It begins with ``Nơi nhận`` or with a signature on the right; the rows of both columns are
    told apart by geometry, or by wording in plain text.
    """
    labels = sorted((r for r in rows if is_recipients_label(r)), key=lambda r: r.cell is not None)
    label = labels[0] if labels else first_recipient(rows, sheets)
    if label is None:
        return _signature_only(rows, sheets)
    sheet = sheets[label.page]
    if sheet.plain and not _beside(rows, label):
        return _in_order(rows, label)
    return _by_place(rows, label, sheets)


def _beside(rows: Sequence[Row], label: Row) -> bool:
    near = [row for row in rows if label.index - 3 <= row.index <= label.index + 24]
    lines = [row.line for row in near]
    return len(set(lines)) < len(lines)


def _in_order(rows: Sequence[Row], label: Row) -> Closing:
    """Plain text: one column after the other, or row by row, told apart by wording."""
    left: list[Row] = [label]
    above = _above([row for row in rows if row.index < label.index][-6:])
    right: list[Row] = list(above)
    signed = any(is_signer(row) for row in above)
    for row in rows:
        if row.index <= label.index:
            continue
        listed = len(left) > 1 and _complete(left[-1])
        if _is_item(row):
            if listed and signed:
                break
            left.append(row)
        elif _opens_signature(row) and not signed:
            right.append(row)
        elif is_signer(row) and not signed and (right or listed):
            right.append(row)
            signed = True
        elif right and not signed and row.is_caps and len(row.words) <= 10:
            right.append(row)
        elif not listed and not (right and left[-1].index < right[-1].index):
            left.append(row)
        else:
            break
        if signed and len(left) > 1 and _complete(left[-1]) and not above:
            break
    return Closing(tuple(left), tuple(right))


def _above(tail: Sequence[Row]) -> list[Row]:
    """Rows of a signature that plain text gives before the recipients."""
    for place, row in enumerate(tail):
        if (has_prefix(row) or is_position(row)) and place < len(tail):
            rest = tail[place:]
            if all(len(other.words) <= 10 for other in rest):
                return list(rest)
    return []


def _opens_signature(row: Row) -> bool:
    return not _is_item(row) and (
        has_prefix(row) or is_position(row) or (row.is_caps and is_authority_name(row))
    )


def _is_item(row: Row) -> bool:
    return bool(re.match(r"^\s*[-–—+•*~]", row.text))


def _complete(row: Row) -> bool:
    """The last recipient (Lưu …): nothing of the list can follow it, but its own next row."""
    return row.folded.lstrip(" -–—").startswith("luu") and not row.text.rstrip().endswith(",")


def _by_place(rows: Sequence[Row], label: Row, sheets: dict[int, Sheet]) -> Closing:
    sheet = sheets[label.page]
    split = _split_x(rows, label, sheet)
    page = [row for row in rows if (row.page == label.page and row.cell is None) or row is label]
    page += [
        row
        for row in rows
        if row.page == label.page
        and row.cell is not None
        and row.bbox.top >= label.bbox.top - 3 * sheet.line_height
        and row is not label
    ]
    start = label.bbox.top - 0.6 * sheet.line_height
    floor = _floor(page, label, sheet)
    left: list[Row] = [label]
    right: list[Row] = []
    upper: list[Row] = []
    for row in sorted(page, key=lambda r: r.bbox.center_y):
        if row is label:
            continue
        higher_up = row.bbox.center_y < label.bbox.center_y
        beside_it = row.bbox.center_x > split or is_recipients_label(label)
        above = higher_up and (_spans(row, split, sheet) or not beside_it)
        if row.bbox.center_y < start or above:
            upper.append(row)
            continue
        if row.bbox.center_y > floor or _spans(row, split, sheet):
            break
        if _opens_other(row, label, right):
            break
        (right if row.bbox.center_x > split else left).append(row)
    higher = _rows_above(upper, sheet, needed=not any(map(_signs, right)))
    right_above = [row for row in higher if row.bbox.center_x > split]
    beside = [row for row in higher if row not in right_above]
    right = [*right_above, *right]
    if not any(is_signer(row) for row in right):
        right += _next_page(rows, label, sheets)
    left, more = _left_only(left, sheet)
    return Closing(tuple(left), tuple(right), (*beside, *more))


_COPY = re.compile(r"^\W*(?:ban\s+)?(?:sao y ban chinh|sao y|sao luc|trich sao)\W*$")


def _floor(page: Sequence[Row], label: Row, sheet: Sheet) -> float:
    """How low the closing part may reach: to the block of a copy, or a second list."""
    below = [
        row.bbox.top
        for row in page
        if row.bbox.top > label.bbox.bottom
        and ((row.is_caps and _COPY.match(row.folded)) or is_recipients_label(row))
    ]
    number = next(
        (row for row in page if row.bbox.top > label.bbox.bottom and is_number_row(row)), None
    )
    if number is not None:
        below.append(_top_of_head(page, number, label))
    return min(below) - 0.8 * sheet.line_height if below else float(sheet.height)


def _top_of_head(page: Sequence[Row], number: Row, label: Row) -> int:
    """The top of the bodies and the star over a number row."""
    top = number.bbox.top
    above = [row for row in page if label.bbox.bottom < row.bbox.top < number.bbox.top]
    for row in sorted(above, key=lambda r: -r.bbox.top):
        beside = abs(row.bbox.center_x - number.bbox.center_x) < 1.2 * number.bbox.width
        if beside and not (row.is_caps or row.text.strip() == "*"):
            break
        if beside and number.bbox.top - row.bbox.top < 6 * number.bbox.height:
            top = min(top, row.bbox.top)
    return top


def _signs(row: Row) -> bool:
    return has_prefix(row) or is_position(row)


def _split_x(rows: Sequence[Row], label: Row, sheet: Sheet) -> float:
    """Where the recipients end and the signature begins."""
    below = [
        row
        for row in rows
        if row.page == label.page and row.bbox.center_y > label.bbox.top - 3 * sheet.line_height
    ]
    signs = [
        row
        for row in below
        if _signs(row) and row.bbox.left > label.bbox.left + 0.2 * sheet.text_width
    ]
    items = [row.bbox.right for row in below if _is_item(row) and row.bbox.left < sheet.middle]
    if signs:
        first = min(row.bbox.left for row in signs)
        near = [right for right in items if right < first]
        return (max(near) + first) / 2 if near else (label.bbox.right + first) / 2
    return sheet.left + 0.5 * sheet.text_width


def _spans(row: Row, split: float, sheet: Sheet) -> bool:
    return (
        row.bbox.left < split - 0.12 * sheet.text_width
        and row.bbox.right > split + 0.15 * sheet.text_width
        and len(row.words) > 4
    )


def _opens_other(row: Row, label: Row, right: Sequence[Row]) -> bool:
    """A copy block, an annex or a second list of recipients begins here."""
    if is_recipients_label(row) and row is not label:
        return True
    folded = row.folded.strip(" *.-")
    signed = any(is_signer(other) for other in right)
    return signed and bool(
        re.match(r"^(?:sao y|sao luc|trich sao|phu luc|ban sao|\(kem theo)", folded)
    )


def _rows_above(upper: Sequence[Row], sheet: Sheet, *, needed: bool) -> list[Row]:
    """Rows of signatures that begin above ``Nơi nhận``: capitals or names in half a line."""
    found: list[Row] = []
    for row in reversed(upper):
        half = row.bbox.width < 0.62 * sheet.text_width
        low = row.bbox.left > sheet.left + 0.25 * sheet.text_width or needed
        about = row.is_caps or is_signer(row) or len(row.words) <= 2
        if not (half and low and about) or (
            found and found[-1].bbox.top - row.bbox.bottom > 9 * sheet.line_height
        ):
            break
        found.append(row)
    found.reverse()
    while found and not _signs(found[0]) and not is_authority_name(found[0]):
        found.pop(0)
    return found


def _next_page(rows: Sequence[Row], label: Row, sheets: dict[int, Sheet]) -> list[Row]:
    """A signature that was pushed to the top of the next page."""
    after = [row for row in rows if row.page == label.page + 1 and row.cell is None][:8]
    if not after or not (_signs(after[0]) or is_signer(after[0])):
        return []
    sheet = sheets[after[0].page]
    if not sheet.plain and after[0].bbox.center_x < sheet.left + 0.45 * sheet.text_width:
        return []
    found = []
    for row in after:
        if not (row.is_caps or is_signer(row) or len(row.words) <= 3):
            break
        found.append(row)
        if is_signer(row) and not row.is_caps:
            break
    return found


def _left_only(left: list[Row], sheet: Sheet) -> tuple[list[Row], list[Row]]:
    """Recipients, and rows of the left column that are far below them."""
    kept = [left[0]]
    for row in left[1:]:
        gap = row.bbox.top - kept[-1].bbox.bottom
        if not sheet.plain and gap > 4.5 * sheet.line_height:
            return kept, left[len(kept) :]
        kept.append(row)
    return kept, []


def _signature_only(rows: Sequence[Row], sheets: dict[int, Sheet]) -> Closing | None:
    """A paper without recipients: the last authority or position with a name below it."""
    for place in range(len(rows) - 1, -1, -1):
        row = rows[place]
        if row.cell is not None or not _signs(row):
            continue
        sheet = sheets[row.page]
        if not sheet.plain and row.bbox.center_x < sheet.left + 0.4 * sheet.text_width:
            continue
        below = [r for r in rows[place + 1 : place + 10] if r.page == row.page]
        named = next((r for r in below if is_signer(r) and not _signs(r)), None)
        if named is None:
            continue
        first = place
        while (
            first
            and rows[first - 1].page == row.page
            and (_signs(rows[first - 1]) or is_authority_name(rows[first - 1]))
        ):
            first -= 1
        last = rows.index(named)
        return Closing((), tuple(rows[first : last + 1]))
    return None

"""The two columns of a letterhead, told apart by geometry, or by wording where there is none."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from sohoa.geometry import union_all
from sohoa.structure.phrases import (
    holds_title,
    is_addressees_label,
    is_body_start,
    is_motto,
    is_national,
    is_party_title,
    is_recipients_label,
    is_subject_start,
    title_likeness,
)
from sohoa.structure.rows import Row, Sheet, fold
from sohoa.structure.types import match_type


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Rows of the left and of the right column, and the rows that anchor them.

    ``title`` is the row of the Quốc hiệu or of the Party's title.
    """

    left: tuple[Row, ...] = ()
    right: tuple[Row, ...] = ()
    title: Row | None = None
    number: Row | None = None
    date: Row | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.left, *self.right)


_NUMBER = re.compile(
    r"^\W*(?:(?:luat|bo luat|phap lenh|nghi quyet|lenh)\s+)?"
    r"s[o06e89a]{1,2}\s*[:.;,]?\s*(?P<rest>.*)$"
)
_BARE_NUMBER = re.compile(
    r"^\W*\d{0,5}\s*(?:[-–]\s*[A-ZĐ]\w{0,4}\s*/\s*[A-ZĐ][\wĐđ]+|/\s*(?:\d{4}\s*/\s*)?[A-ZĐ][\wĐđ]*"
    r"\s*[-–]\s*[A-ZĐ][\w\-–]*)\W*$"
)


def is_number_row(row: Row) -> bool:
    """``Số: 47/QĐ-UBND``, ``Số 21-HD/BTCTU``, ``Luật số: …``, with or without the number."""
    if len(row.words) > 12:
        return False
    match = _NUMBER.match(row.folded)
    if match:
        rest = match["rest"]
        if "/" in rest:
            return "ngay" not in rest.split("/")[0]
        if not rest.strip(" .…_-:") or re.fullmatch(r"[\d\s.…\-_:|]+", rest):
            return len(row.words) <= 6
        return bool(re.match(r"^\S{0,6}\s*[-–]\s*[a-z]{2,5}\b", rest)) and len(row.words) <= 6
    return len(row.words) <= 6 and bool(_BARE_NUMBER.match(row.text))


def bare_of(word: str) -> str:
    """The unmarked small letters of a word."""
    return re.sub(r"[^a-z]", "", fold(word))


def date_tokens(words: Sequence[str]) -> tuple[int, int, int] | None:
    """Places of ``ngày``, ``tháng`` and ``năm`` in that order; None where one is missing."""
    found: list[int] = []
    for wanted in ("ngay", "thang", "nam"):
        start = found[-1] + 1 if found else 0
        bare = [bare_of(word) for word in words[start:]]
        if found and wanted in bare_of(words[found[-1]])[3:]:
            found.append(found[-1])  # glued to the word before: ngày15tháng
            continue
        exact = [place for place, word in enumerate(bare) if word.startswith(wanted)]
        alike = [
            place
            for place, word in enumerate(bare)
            if 2 < len(word) < 7 and fuzz.ratio(word, wanted) >= (66 if found else 74)
        ]
        if not exact and not alike:
            return None
        found.append(start + (exact or alike)[0])
    return found[0], found[1], found[2]


def is_date_row(row: Row) -> bool:
    """``Hà Nội, ngày 03 tháng 4 năm 2018`` on a row of its own, filled in or not."""
    words = [word.text for word in row.words]
    if len(words) > 18:
        return False
    places = date_tokens(words)
    return (
        places is not None
        and places[0] <= 7
        and len(words) - places[2] <= 4
        and places[2] - places[0] <= 9
    )


def part_columns(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows in the same order, those that run across two columns parted by their wording."""
    parted: list[Row] = []
    for row in rows:
        places = split_by_wording(row) if row.cell is None else []
        cuts = [0, *places, len(row.words)]
        for start, end in itertools.pairwise(cuts):
            words = row.words[start:end]
            box = union_all(word.bbox for word in words)
            parted.append(Row(len(parted), row.page, box, words, row.line, row.cell, row.kind))
    return tuple(parted)


def split_by_wording(row: Row) -> list[int]:
    """Places in ``row.words`` at which another column begins, known by its wording alone."""
    texts = [word.text for word in row.words]
    if not 3 <= len(texts) <= 30:
        return []
    if holds_title(row.folded):
        whole = title_likeness(" ".join(texts))
        alike, place = max((title_likeness(" ".join(texts[p:])), -p) for p in range(len(texts)))
        if alike >= 0.74 and alike > whole + 0.05 and -place > 0:
            return [-place]
    if is_number_like(" ".join(texts)):
        places = date_tokens(texts)
        slash = next((i for i, text in enumerate(texts) if "/" in text), None)
        if places and slash is not None and places[0] > slash + 1:
            return [_place_start(texts, slash, places[0])]
    if re.match(r"^\W*noi nhan\W*$", " ".join(fold(t) for t in texts[:2])):
        rest = " ".join(texts[2:])
        if rest.isupper():
            return [2]
    return []


def is_number_like(text: str) -> bool:
    return bool(_NUMBER.match(fold(text))) and "/" in text


def _place_start(texts: list[str], slash: int, day: int) -> int:
    """Where the place name begins between the symbol and ``ngày``."""
    start = slash + 1
    while start < day - 1 and (
        texts[start].startswith(("-", "–")) or texts[start - 1].endswith("-")
    ):
        start += 1
    return start


def read_letterhead(rows: Sequence[Row], sheet: Sheet, *, limit: float = 0.5) -> Letterhead | None:
    """The letterhead that these rows (of one page, in reading order) begin with.

    ``limit``: the lowest place on the page, as a share of its height, where it may still be.
    None where neither a title, nor a motto, nor a number with a date is there.
    """
    window = [row for row in rows if sheet.plain or row.bbox.top < limit * sheet.height][:45]
    window = _above_recipients(window, sheet)
    title = next((r for r in window if is_national(r.text) or is_party_title(r.text)), None)
    motto = next((r for r in window if is_motto(r.text)), None)
    if sheet.plain and not _side_by_side(window):
        return _in_order(window, title)
    anchors = [row for row in (title, motto) if row is not None]
    return _by_place(window, sheet, anchors, title)


def _above_recipients(rows: list[Row], sheet: Sheet) -> list[Row]:
    """The rows above ``Nơi nhận``: no letterhead reaches below it."""
    label = next((row for row in rows if is_recipients_label(row)), None)
    if label is None:
        return rows
    if sheet.plain:
        return [row for row in rows if row.index < label.index]
    ceiling = label.bbox.top - 0.6 * sheet.line_height
    return [row for row in rows if row.bbox.center_y < ceiling]


def _side_by_side(rows: Sequence[Row]) -> bool:
    lines = [row.line for row in rows]
    return len(set(lines)) < len(lines)


def _stops(row: Row) -> bool:
    return is_addressees_label(row) or match_type(row.text, caps_only=True) is not None


def _by_place(
    window: Sequence[Row], sheet: Sheet, anchors: list[Row], title: Row | None
) -> Letterhead | None:
    dates = [row for row in window if is_date_row(row) and row.bbox.width < 0.66 * sheet.width]
    numbers = [row for row in window if is_number_row(row)]
    if anchors:
        top = min(row.bbox.top for row in anchors)
        dates = [row for row in dates if row.bbox.top > top]
    date = dates[0] if dates else None
    if not anchors and (date is None or not numbers):
        return None
    right_edges = [row.bbox.left for row in (*anchors, *([date] if date else []))]
    right_left = min(right_edges) if right_edges else sheet.middle
    number = next((row for row in numbers if row.bbox.left < right_left), None)
    low = max(row.bbox.bottom for row in (*anchors, date, number) if row is not None)
    beside = [
        row.bbox.right
        for row in window
        if row.bbox.right < right_left and row.bbox.top < low and row.cell is None
    ]
    middle = (max(beside) + right_left) / 2 if beside else right_left - 0.01 * sheet.width
    left: list[Row] = []
    right: list[Row] = []
    passed = False
    high = min(row.bbox.top for row in (*anchors, date, number) if row is not None)
    for row in sorted(window, key=lambda r: (r.bbox.top + r.bbox.bottom) // 2):
        if row in anchors or row in (date, number):
            (right if row.bbox.center_x > middle and row is not number else left).append(row)
            continue
        below = row.bbox.top > high + 0.5 * sheet.line_height
        spans = (
            row.bbox.left < middle - 0.1 * sheet.text_width
            and row.bbox.right > middle + 0.18 * sheet.text_width
        )
        deep = row.bbox.top > low - 0.3 * sheet.line_height
        if below and (spans or (_stops(row) and deep)):
            if deep or (spans and row.bbox.width > 0.6 * sheet.text_width):
                break
            continue
        if deep and row.bbox.center_x > middle:
            passed = True  # a note on the right: the summary on the left may still go on
            continue
        if passed and not _continues(row, left, middle):
            break
        wide = row.bbox.right > middle + 0.04 * sheet.text_width
        if deep and wide and is_body_start(row) and not is_subject_start(row):
            break
        (right if row.bbox.center_x > middle else left).append(row)
    return Letterhead(tuple(left), tuple(right), title, number, date)


def _continues(row: Row, left: Sequence[Row], middle: float) -> bool:
    """Whether the row stands close under the last one of the left column, inside it."""
    if not left or row.bbox.right > middle or row.is_caps:
        return False
    return row.bbox.top - left[-1].bbox.bottom < 0.6 * left[-1].bbox.height


def _in_order(window: Sequence[Row], title: Row | None) -> Letterhead | None:
    """Plain text, one column after the other: known by wording only."""
    number = next((row for row in window[:20] if is_number_row(row)), None)
    date = next((row for row in window[:20] if is_date_row(row)), None)
    if title is None and (number is None or date is None):
        return None
    left: list[Row] = []
    right: list[Row] = []
    pending = {row.index for row in (title, number, date) if row is not None}
    in_subject = False
    for row in window[:24]:
        anchor = is_national(row.text) or is_motto(row.text) or is_party_title(row.text)
        if anchor or row is date:
            right.append(row)
            in_subject = False
        elif row is number:
            left.append(row)
        elif _stops(row) and not (pending and row.index < max(pending)):
            break
        elif is_subject_start(row) and (number is None or row.index > number.index):
            left.append(row)
            in_subject = True
        elif in_subject or ((row.is_caps or row.text == "*") and pending):
            left.append(row)
        elif not pending:
            break
        else:
            left.append(row)
        pending.discard(row.index)
        if in_subject and not pending and not _subject_goes_on(row, window):
            in_subject = False
    return Letterhead(tuple(left), tuple(right), title, number, date)


def _subject_goes_on(row: Row, window: Sequence[Row]) -> bool:
    """Whether the summary of a letter runs on: it does until the addressees or the text begin."""
    after = [other for other in window if other.index > row.index][:1]
    return bool(after) and not is_body_start(after[0]) and not is_addressees_label(after[0])

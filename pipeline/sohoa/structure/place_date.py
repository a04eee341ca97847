"""Place and date (địa danh, ngày tháng năm) of the letterhead."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Leaf, absent
from sohoa.model import Word
from sohoa.structure.columns import date_tokens
from sohoa.structure.draft import Draft, StructureSettings, leaf_of_words
from sohoa.structure.number import by_pen
from sohoa.structure.rows import Row, fold
from sohoa.vietnamese import fold_tone_style

_DIGITS = str.maketrans("OoQlI|iSsZzBgqÓó", "0001111552289900"[:16])


@dataclass(frozen=True, slots=True)
class DateParts:
    """Day, month, year as read (None where blank or unreadable) and the words of each."""

    day: int | None
    month: int | None
    year: int | None
    day_words: tuple[Word, ...]
    month_words: tuple[Word, ...]
    year_words: tuple[Word, ...]
    before: tuple[Word, ...]
    row_words: tuple[Word, ...]


def find_place_date(draft: Draft) -> Draft:
    """Set ``place`` and ``date`` from the date row of the letterhead."""
    head = draft.letterhead
    if head is None or head.date is None:
        reason = "no date row in the letterhead"
        return draft.found(place=absent(reason), date=absent(reason))
    others = tuple(row for row in head.rows if row is not head.date)
    place, date = read_place_date(head.date, others, draft.settings)
    return draft.found(place=place, date=date)


def read_place_date(
    row: Row, others: Sequence[Row], settings: StructureSettings
) -> tuple[Leaf, Leaf]:
    """The leaves ``place`` and ``date`` of one row; blanks and pen strokes are never guessed."""
    parts = parse_date(row.words)
    if parts is None:
        return absent("no date in the row"), absent("no date in the row")
    return _place(parts.before), _date(parts, row, others, settings)


def parse_date(words: Sequence[Word]) -> DateParts | None:
    """The parts of ``…, ngày DD tháng MM năm YYYY``; glued words (26tháng) are understood."""
    places = date_tokens([word.text for word in words])
    if places is None:
        return None
    day_at, month_at, year_at = places
    day_words = tuple(words[day_at + 1 : month_at])
    month_words = tuple(words[month_at + 1 : year_at])
    year_words = tuple(words[year_at + 1 :])
    glued_day = _glued(words[day_at].text) or _leading(words[month_at].text)
    glued_month = _glued(words[month_at].text) or _leading(words[year_at].text)
    glued_year = _glued(words[year_at].text)
    day = _number(day_words, glued_day, 31)
    month = _number(month_words, glued_month, 12)
    year = _year(year_words, glued_year)
    return DateParts(
        day, month, year, day_words or (words[day_at],), month_words or (words[month_at],),
        year_words or (words[year_at],), tuple(words[:day_at]), tuple(words[day_at:]),
    )  # fmt: skip


def _glued(text: str) -> str:
    found = re.search(r"(\d{1,4})\W*$", text) or re.search(r"^[^\d]+(\d{1,2})[^\d]+$", text)
    return found[1] if found else ""


def _leading(text: str) -> str:
    found = re.match(r"^\W*(\d{1,2})", text)
    return found[1] if found else ""


def _number(words: Sequence[Word], glued: str, most: int) -> int | None:
    text = "".join(word.text for word in words)
    text = re.sub(r"[\s.,…_:;'\"|()\-]", "", text.translate(_DIGITS)) if text else glued
    if not re.fullmatch(r"\d{1,2}", text or ""):
        return None
    value = int(text)
    return value if 1 <= value <= most else None


def _year(words: Sequence[Word], glued: str) -> int | None:
    text = "".join(word.text for word in words[:3])
    text = re.sub(r"[\s.,…_:;'\"|()]", "", text.translate(_DIGITS)) or glued
    found = re.match(r"^((?:19|20)\d\d)", text)
    return int(found[1]) if found else None


@cache
def _place_names() -> dict[str, tuple[str, ...]]:
    """Names of provinces as spelt, under their letters without marks."""
    names: dict[str, tuple[str, ...]] = {}
    for table in ("provinces", "provinces_before_2025"):
        for row in read_table(table).records():
            for name in (row["name"], row["name_old_style"]):
                known = names.get(fold(name), ())
                if name and name not in known:
                    names[fold(name)] = (*known, name)
    return names


def _place(before: Sequence[Word]) -> Leaf:
    words = list(before)
    while words and not any(c.isalpha() for c in words[0].text):
        words.pop(0)
    while words and not any(c.isalnum() for c in words[-1].text):
        words.pop()
    text = " ".join(word.text for word in words).strip(" ,.;:'\"*|_-–")
    if not text:
        return absent("no place before the date")
    bare = re.sub(r"^(?:TP\.?|T\.P\.?)\s*", "", text)
    spelt = _place_names().get(fold(bare), ())
    if not spelt:
        return leaf_of_words(text, words, "date-row", certainty=0.92)
    if any(_alike(bare, name) for name in spelt):
        return leaf_of_words(text, words, "date-row", certainty=0.98)
    # No province is spelt like this, but one with other marks is: the reading is in doubt. It is
    # not mended, since a name is the paper's own; the person who checks sees the candidate.
    leaf = leaf_of_words(text, words, "date-row", certainty=0.45)
    return replace(leaf, candidates=spelt)


def _alike(read: str, name: str) -> bool:
    return fold_tone_style(read.casefold()) == fold_tone_style(name.casefold())


def _date(parts: DateParts, row: Row, others: Sequence[Row], settings: StructureSettings) -> Leaf:
    printed = _printed(parts)
    words = (*parts.day_words, *parts.month_words, *parts.year_words)
    base = Leaf(
        found_by="date-row", words=tuple(dict.fromkeys(word.id for word in words)), printed=printed
    )
    if parts.year is None:
        return replace(base, reason="the year could not be read")
    if parts.month is None:
        return replace(
            base, reason="the month is blank or could not be read", candidates=(f"{parts.year}",),
            handwritten=_inked(parts.month_words),
        )  # fmt: skip
    month = f"{parts.year}-{parts.month:02d}"
    if parts.day is None:
        return replace(
            base, reason="the day is blank or could not be read", candidates=(month,),
            handwritten=_inked(parts.day_words),
        )  # fmt: skip
    try:
        value = datetime.date(parts.year, parts.month, parts.day).isoformat()
    except ValueError:
        return replace(base, reason=f"{printed}: no such day", candidates=(month,))
    spots = (parts.day_words, parts.month_words)
    pen = any(by_pen(spot, row, others, settings) or len(spot) > 1 for spot in spots)
    found = leaf_of_words(value, words, "date-row")
    lowest = min(word.confidence for word in words)
    sure = min(found.confidence, 0.3 + 0.7 * lowest)
    if pen:
        sure = min(sure, settings.pen_confidence)
    others_read = tuple(_other_days(parts)) if pen else ()
    return replace(
        found, printed=printed, handwritten=pen, confidence=round(sure, 3), candidates=others_read
    )


def _other_days(parts: DateParts) -> Iterator[str]:
    """Dates that the engine's other readings of the day give."""
    if len(parts.day_words) != 1:
        return
    for alternative in parts.day_words[0].alternatives:
        digits = alternative.text.translate(_DIGITS)
        day = int(digits) if re.fullmatch(r"\d{1,2}", digits) else 0
        if parts.year and parts.month and 1 <= day <= 28 and day != parts.day:
            yield f"{parts.year}-{parts.month:02d}-{day:02d}"


def _inked(words: Sequence[Word]) -> bool:
    """Whether something stands in the spot: words of its own, or a label with more glued to it."""
    texts = [fold(word.text).strip(" .,:;") for word in words]
    return any(text not in ("ngay", "thang", "nam", "") for text in texts)


def _printed(parts: DateParts) -> str:
    return " ".join(word.text for word in parts.row_words)

"""From when, and until when, the paper holds (hiệu lực), as its own text says."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

from sohoa.addresses import addressed_units
from sohoa.directive import Leaf, Unit, absent
from sohoa.structure.draft import Draft
from sohoa.structure.rows import fold

_DATE = (
    r"ngay\s+(?P<day>\d{1,2})\s*(?:[/.\-]\s?(?P<m1>\d{1,2})\s?[/.\-]\s?(?P<y1>(?:19|20)\d\d)"
    r"|thang\s+(?P<m2>\d{1,2})\s+nam\s+(?P<y2>(?:19|20)\d\d))"
)
_SIGNED = r"(?P<signed>ngay\s+(?:ky|ban hanh|dang|thong qua|quyet dinh nay)\b)"
_AFTER = r"(?:sau\s+(?P<days>\d{1,3})\s*(?:\([^)]*\)\s*)?ngay,?\s+(?:ke\s+)?tu\s+)?"
_EFFECT = re.compile(
    r"\bnay\b(?:[^.;]{0,80}?)\bco (?:hieu luc|gia tri)(?:\s+(?:thi hanh|thuc hien|ap dung))?"
    rf"\s*,?\s*(?:(?:ke\s+)?tu\s+)?{_AFTER}(?:ke\s+tu\s+)?(?:{_DATE}|{_SIGNED})"
)
_EXPIRY = re.compile(
    r"\bnay\b(?:[^.;]{0,120}?)\b(?:het hieu luc(?:\s+thi hanh)?(?:\s+(?:ke\s+)?tu)?|"
    rf"(?:co hieu luc|co gia tri|ap dung)[^.;]{{0,60}}?\bden(?:\s+het)?)\s+{_DATE}"
)


def find_force(draft: Draft) -> Draft:
    """Set ``effective`` and ``expiry``; null with a reason where the paper does not say.

    Only a sentence about the paper itself ("… này có hiệu lực …") counts. "Kể từ ngày ký" is the
    paper's date, as sure as that is; a day counted from publication in the gazette is not known.
    """
    effective, expiry = absent("the paper does not say"), absent("the paper does not say")
    for each in addressed_units(draft.directive):
        if each.address.startswith("att_"):
            break
        text = fold(each.unit.wording)
        if effective.value is None and (match := _EFFECT.search(text)):
            effective = _effective(match, each.unit, draft.directive.date)
        if expiry.value is None and (match := _EXPIRY.search(text)):
            day = _day(match)
            if day is not None:
                expiry = _leaf(day, match, each.unit, 0.9)
    return draft.found(effective=effective, expiry=expiry)


def _effective(match: re.Match[str], unit: Unit, dated: Leaf) -> Leaf:
    day = _day(match)
    if day is not None:
        return _leaf(day, match, unit, 0.93)
    said = replace(absent(""), found_by="effect-clause", printed=_printed(match, unit))
    if match["signed"] and match["signed"].split()[-1] not in ("ky", "hanh"):
        return replace(said, reason="counted from a day that the paper does not name")
    if dated.value is None or dated.confidence < 0.5:
        return replace(said, reason="from the day of signing, which is unread or unsure")
    start = datetime.date.fromisoformat(dated.value)
    start += datetime.timedelta(days=int(match["days"] or 0))
    return _leaf(start, match, unit, min(0.93, dated.confidence))


def _leaf(day: datetime.date, match: re.Match[str], unit: Unit, certainty: float) -> Leaf:
    return Leaf(
        day.isoformat(), round(certainty, 3), "effect-clause", unit.words,
        printed=_printed(match, unit),
    )  # fmt: skip


def _printed(match: re.Match[str], unit: Unit) -> str:
    return unit.wording[match.start() : match.end()]


def _day(match: re.Match[str]) -> datetime.date | None:
    """The day named; None where none is, or there is no such day."""
    if not match["day"]:
        return None
    month, year = match["m1"] or match["m2"], match["y1"] or match["y2"]
    try:
        return datetime.date(int(year), int(month), int(match["day"]))
    except ValueError:
        return None

"""Dates as PDF writes them, and as records keep them (ISO 8601)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

_PDF_DATE = re.compile(
    r"(?:D:)?(?P<year>\d{4})(?P<month>\d{2})?(?P<day>\d{2})?(?P<hour>\d{2})?(?P<minute>\d{2})?"
    r"(?P<second>\d{2})?\s*(?P<zone>[Zz]|[+-]\d{2}'?(?:\d{2})?'?)?"
)
# Official papers are signed in one country: a time without a zone is taken for its time.
VIET_NAM = timezone(timedelta(hours=7))


def parse_pdf_date(text: str) -> str | None:
    """ISO 8601 of a PDF date (``D:20251016092737+07'00'``); None for anything else.

    A date without a zone stays without one.
    """
    match = _PDF_DATE.match(text.strip())
    if match is None:
        return None
    defaults = {"month": 1, "day": 1, "hour": 0, "minute": 0, "second": 0}
    numbers = {name: int(match[name] or default) for name, default in defaults.items()}
    try:
        moment = datetime(int(match["year"]), tzinfo=_zone(match["zone"]), **numbers)
    except ValueError:
        return None
    return moment.isoformat(timespec="seconds")


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = re.sub(r"\D", "", text).ljust(4, "0")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:4]))
    return timezone(-offset if text[0] == "-" else offset)


def as_moment(text: str | None) -> datetime | None:
    """The moment of an ISO 8601 text; without a zone it is Viet Nam's time. None for no date."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=VIET_NAM)

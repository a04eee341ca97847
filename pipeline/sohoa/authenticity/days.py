"""Days as they are in Viet Nam."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

_VIET_NAM = timezone(timedelta(hours=7))


def local_date(text: str | None) -> date | None:
    """The day, in Viet Nam, of an ISO 8601 date or time; None for anything else."""
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (moment.astimezone(_VIET_NAM) if moment.tzinfo else moment).date()

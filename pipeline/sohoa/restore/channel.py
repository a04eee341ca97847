"""What an engine makes of the printed marks: log P(read | printed), letter by letter.

For engines that know Vietnamese the letters are mostly right and the marks go first, so a reading
is compared with syllables of the same bare letters; the rates come from a small table of kinds of
letter and kinds of change.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from functools import cache, lru_cache
from types import MappingProxyType

from sohoa.dictionaries import read_table
from sohoa.vietnamese import strip_tone

_FLOOR = 5e-5
_MARKED = "ăâêôơư"


@cache
def _rates() -> Mapping[tuple[str, str], tuple[float, float]]:
    return MappingProxyType(
        {
            (row["letter"], row["change"]): (float(row["rate_small"]), float(row["rate_capital"]))
            for row in read_table("mark_confusions").records()
        }
    )


def kind_of(character: str) -> str:
    """The kind of a lower-case letter, as the table of confusions names it."""
    letter, tone = strip_tone(character)
    if letter in "dđ":
        return "d"
    if letter == "i":
        return "i-toned" if tone else "i"
    if letter in _MARKED:
        return "marked-toned" if tone else "marked"
    return "toned" if tone else "plain"


def change_of(printed: str, read: str) -> tuple[str, str]:
    """Kind of letter and kind of change, for two letters with the same base."""
    letter, tone = strip_tone(printed)
    other, other_tone = strip_tone(read)
    kind = kind_of(printed)
    if kind == "d":
        return kind, "bar lost or gained"
    parts = []
    if letter != other:
        lost, gained = other not in _MARKED, letter not in _MARKED
        parts.append("mark lost" if lost else "mark gained" if gained else "mark changed")
    if tone != other_tone:
        parts.append(
            "tone lost" if not other_tone else "tone gained" if not tone else "tone changed"
        )
    return kind, ", ".join(parts)


@lru_cache(maxsize=65536)
def _log_rate(printed: str, read: str, capital: bool) -> float:
    rates = _rates().get(change_of(printed, read), (_FLOOR, _FLOOR))
    return math.log(max(_FLOOR, rates[1] if capital else rates[0]))


def mark_log_probability(printed: str, read: str, *, capital: bool) -> float:
    """Log P(read | printed) for two lower-case syllables with the same bare letters (about 0 for
    the same syllable); minus infinity where their lengths differ.
    """
    if len(printed) != len(read):
        return -math.inf
    return sum(_log_rate(p, r, capital) for p, r in zip(printed, read, strict=True) if p != r)

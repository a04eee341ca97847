"""Short names of documents (Chỉ thị số 38), led back to the first full mention."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sohoa.directive import Citation

_SHORT = re.compile(
    r"\b(?P<type>Chỉ thị|Quy định|Nghị quyết|Kết luận|Hướng dẫn|Quyết định|Thông tri|Nghị định|"
    r"Thông tư|Quy chế)\s+(?:số\s+)?(?P<numbers>\d{1,4}(?:\s*,\s*\d{1,4})*)"
    r"(?=\s*[,;.:)\]”\"]|\s+(?:về|của|và|nêu|tại|là|thì|đã|được|trên)\b|\s*$)(?!\s*[,.]\s*\d)"
)


def short_mentions(text: str) -> Iterator[tuple[int, int, Citation]]:
    """Start, end and citation of each mention by type and number only.

    The type must begin with a capital, as the name of one paper does; one citation for each number
    of a list (Quy định 57, 75, 126).
    """
    for match in _SHORT.finditer(text):
        for number in re.finditer(r"\d+", match["numbers"]):
            raw = f"{match['type']} {number.group()}"
            yield match.start(), match.end(), Citation(raw, match["type"], number.group())


def resolved(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """The citations with short names completed from the full mention they stand for.

    That is the last one before them; a short name that comes first is led to the first one after.
    ``short_for`` is its place in the result.
    """
    listed = list(citations)
    full: dict[tuple[str, str], list[int]] = {}
    for place, citation in enumerate(listed):
        if citation.symbol:
            full.setdefault(_key(citation), []).append(place)
    found: list[Citation] = []
    for place, citation in enumerate(listed):
        places = full.get(_key(citation), []) if citation.number and not citation.symbol else []
        if places:
            at = max((other for other in places if other < place), default=places[0])
            whole = listed[at]
            citation = replace(  # noqa: PLW2901 (the same mention, completed)
                citation, symbol=whole.symbol, date=whole.date, issuer=whole.issuer, short_for=at
            )
        found.append(citation)
    return tuple(found)


def _key(citation: Citation) -> tuple[str, str]:
    return (citation.type or "").lower(), (citation.number or "").lstrip("0")

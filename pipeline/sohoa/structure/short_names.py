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
    """The citations with short names completed from the last full mention before them."""
    known: dict[tuple[str, str], Citation] = {}
    found: list[Citation] = []
    for citation in citations:
        key = ((citation.type or "").lower(), (citation.number or "").lstrip("0"))
        if citation.symbol:
            known[key] = citation
        elif citation.number and key in known:
            full = known[key]
            citation = replace(  # noqa: PLW2901 (the same mention, completed)
                citation, symbol=full.symbol, date=full.date, issuer=full.issuer
            )
        found.append(citation)
    return tuple(found)

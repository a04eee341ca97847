"""Text that stays text in HTML: what the ink says must never become markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from sohoa.directive import Citation, Leaf
from sohoa.export.plain_text import printable

UNSURE_BELOW = 0.5


def safe(text: str) -> str:
    """The text escaped for content and for attributes in quotes, without control characters."""
    return escape(printable(text), quote=True)


def shown(leaf: Leaf, *, unsure: bool = True) -> str:
    """A field as printed, or as understood; a doubtful reading is marked. Already escaped."""
    text = safe(leaf.printed or leaf.value or "")
    if not text or not unsure or leaf.confidence >= UNSURE_BELOW:
        return text
    others = ", ".join(leaf.candidates)
    told = f"đọc không chắc ({leaf.confidence:.0%})" + (f"; có thể: {others}" if others else "")
    return f"<span class='unsure' title='{safe(told)}'>{text}<sup>?</sup></span>"


def with_citations(text: str, citations: Iterable[Citation], shift: int = 0) -> str:
    """The text escaped, with its mentions of papers marked.

    ``shift``: where the text begins in the wording that the citations count in.
    """
    pieces: list[str] = []
    place = 0
    for each in sorted(citations, key=lambda each: each.start or 0):
        start, end = (each.start or 0) - shift, (each.end or 0) - shift
        if start < place or end > len(text) or end <= start:
            continue
        pieces.append(safe(text[place:start]))
        told = " · ".join(part for part in (_RELATIONS[each.relation.value], each.uri) if part)
        pieces.append(f"<cite title='{safe(told)}'>{safe(text[start:end])}</cite>")
        place = end
    pieces.append(safe(text[place:]))
    return "".join(pieces)


_RELATIONS = {
    "basis": "căn cứ",
    "amends": "sửa đổi, bổ sung",
    "replaces": "thay thế",
    "repeals": "bãi bỏ",
    "guides": "hướng dẫn",
    "mentions": "nhắc đến",
}

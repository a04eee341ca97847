"""Lines that an extractor or a portal added to a document's text.

Apache Tika prints, after the text of a PDF, its outline (``Page 1`` …) and then the values of each
signature dictionary in the order contact, date, location, name, reason, empty ones left out, the
date as ``2025-10-16T02:27:37Z``. Portals add where the text came from.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sohoa.model import LineKind
from sohoa.read.esign import find_signature_lines

_OUTLINE = re.compile(r"(?:Page|Trang|Bookmark)\s+\d{1,4}", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})?")
_CONTACT = re.compile(
    r"(?:ĐT|Điện thoại|Fax|Email|Tel)\s*:|chứng thực số|bảo mật thông tin|\S+@\S+\.\S+|"
    r"[+\d][\d .()-]{7,}$",
    re.IGNORECASE,
)
_REASON = re.compile(r"đã ký|ký số|ký lên văn bản|signed|phê duyệt", re.IGNORECASE)
_SOURCE = re.compile(
    r"\(?\s*(?:nguồn(?:\s+tin)?|source)\s*:.{0,150}|https?://\S+|www\.\S+|"
    r"(?:tải|lấy|in|trích|sao chép)\s+(?:về\s+)?từ\s+\S*(?:\.vn|\.com|cổng|trang)\S*.{0,80}|"
    r"theo\s+(?:cổng\s+thông\s+tin|trang\s+tin|website|\S+\.(?:vn|com))\b.{0,100}|"
    r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4},?\s+\d{1,2}:\d{2}.{0,100}https?://\S+",
    re.IGNORECASE,
)
# Location, name and reason follow the date; none of them is a paragraph.
_AFTER_DATE = 3
_LONGEST = 250
_EDGE_LINES = 4


def kinds_of_lines(pages: Sequence[Sequence[str]]) -> list[list[LineKind]]:
    """One kind for each line of each page: TEXT, ESIGN or PORTAL."""
    kinds = [[LineKind.TEXT] * len(page) for page in pages]
    places = [(p, row) for p, page in enumerate(pages) for row in range(len(page))]
    flat = [pages[p][row].strip() for p, row in places]
    marked = _tail(flat) | dict.fromkeys(find_signature_lines(flat), LineKind.ESIGN)
    marked |= dict.fromkeys(_portal_lines(flat, marked), LineKind.PORTAL)
    for index, kind in marked.items():
        p, row = places[index]
        kinds[p][row] = kind
    return kinds


def _tail(flat: Sequence[str]) -> dict[int, LineKind]:
    """What Tika prints after the text: read from the end upwards while lines can be that."""
    found: dict[int, LineKind] = {}
    pending: list[int] = []
    for index in range(len(flat) - 1, -1, -1):
        text = flat[index]
        if not text:
            continue
        if _OUTLINE.fullmatch(text):
            if pending and not _may_be_contact(flat, pending):
                break
            found.update(dict.fromkeys(pending, LineKind.ESIGN))
            pending = []
            found[index] = LineKind.PORTAL
        elif _DATE.fullmatch(text):
            if len(pending) > _AFTER_DATE + 1:
                break
            found.update(dict.fromkeys([*pending, index], LineKind.ESIGN))
            pending = []
        elif len(text) > _LONGEST or len(pending) > _AFTER_DATE:
            break
        else:
            pending.append(index)
    # Above the first date only a contact or a reason can still belong to the signatures.
    if any(kind is LineKind.ESIGN for kind in found.values()):
        for index in pending:
            if not _CONTACT.search(flat[index]):
                break
            found[index] = LineKind.ESIGN
    elif not _is_outline(flat, found):
        return {}
    return found


def _may_be_contact(flat: Sequence[str], pending: Sequence[int]) -> bool:
    """Between the outline and the first date stands a contact; with no date, only a reason."""
    return all(_CONTACT.search(flat[i]) or _REASON.search(flat[i]) for i in pending)


def _is_outline(flat: Sequence[str], found: dict[int, LineKind]) -> bool:
    numbers = [int(re.sub(r"\D", "", flat[index])) for index in sorted(found)]
    return bool(numbers) and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _portal_lines(flat: Sequence[str], marked: dict[int, LineKind]) -> list[int]:
    """Source lines among the first and the last few printed lines."""
    printed = [index for index, text in enumerate(flat) if text and index not in marked]
    edge = {*printed[:_EDGE_LINES], *printed[-_EDGE_LINES:]}
    return sorted(index for index in edge if _SOURCE.fullmatch(flat[index]))

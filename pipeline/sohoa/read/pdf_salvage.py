"""Giving a PDF that lost its end a new one.

Scanners write the page tree last, so a file cut off in transfer has pages, but nothing that lists
them. qpdf rebuilds the table of objects by itself; it only needs a catalog to begin with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

# A page's own dictionary, at most this long before its /Type.
_PAGE = re.compile(
    rb"(?:^|[\r\n\s])(\d{1,7})[ \t\r\n]+(\d{1,5})[ \t\r\n]+obj\b(?:(?!endobj|stream\b).){0,2000}?"
    rb"/Type\s*/Page(?![A-Za-z])",
    re.DOTALL,
)
_NUMBERS = re.compile(rb"(?:^|[\r\n\s])(\d{1,7})[ \t\r\n]+\d{1,5}[ \t\r\n]+obj\b")
_MOST_PAGES = 20_000


def with_new_ending(data: bytes) -> bytes | None:
    """The bytes with a catalog and a page tree after them; None where no page is left.

    Pages stand in the order in which they lie in the file; an object written twice counts in its
    last place, once.
    """
    pages: dict[bytes, bytes] = {}
    for match in _PAGE.finditer(data):
        pages.pop(match[1], None)
        pages[match[1]] = match[2]
        if len(pages) > _MOST_PAGES:
            return None
    if not pages:
        return None
    free = max(int(match[1]) for match in _NUMBERS.finditer(data)) + 1
    kids = b" ".join(b"%s %s R" % (number, version) for number, version in pages.items())
    ending = (
        b"\nendstream\nendobj\n"
        b"%(catalog)d 0 obj\n<</Type/Catalog/Pages %(tree)d 0 R>>\nendobj\n"
        b"%(tree)d 0 obj\n<</Type/Pages/Count %(count)d/Kids[%(kids)s]>>\nendobj\n"
        b"trailer\n<</Root %(catalog)d 0 R/Size %(size)d>>\nstartxref\n0\n%%%%EOF\n"
    )
    numbers = {
        b"catalog": free,
        b"tree": free + 1,
        b"size": free + 2,
        b"count": len(pages),
        b"kids": kids,
    }
    return data + ending % numbers


def lost_parts(page: pikepdf.Page) -> str:
    """What a page of a damaged file no longer has, in words; empty where it has all.

    Without this a page whose scan was cut off would pass for a blank one.
    """
    contents = page.obj.get("/Contents")
    if contents is None:
        return "its content was lost with the end of the file"
    resources: Any = page.obj.get("/Resources") or {}
    objects: Any = resources.get("/XObject") or {}
    lost = [name for name in objects.keys() if objects[name] is None]  # noqa: SIM118 (pikepdf)
    return f"its picture {lost[0]} was lost with the end of the file" if lost else ""

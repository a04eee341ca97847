"""The publication gate: what keeps a document from being published, each with what triggered it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sohoa.geometry import BBox
from sohoa.search.folding import folded
from sohoa.search.personal import CODES as PERSONAL
from sohoa.search.personal import find_personal
from sohoa.search.rows import Entry, PageWords

SECRECY = "secrecy-mark"
OWNERSHIP = "ownership-notice"
INTERNAL = "internal-circulation"
CODES = (SECRECY, OWNERSHIP, INTERNAL, *PERSONAL)

_NOTICE = "thuoc so huu cua cac co quan dang"
_ALIKE = 85.0  # of 100: a misread letter or two


@dataclass(frozen=True, slots=True)
class Block:
    """Why a document is not published: a code, where, and what told so.

    Personal data itself is never repeated: ``trigger`` names the words before it or the rule.
    ``first`` and ``last`` (exclusive) are words of the page, equal where no words are meant.
    """

    code: str
    page: int | None
    bbox: BBox | None
    trigger: str
    first: int = 0
    last: int = 0

    def to_json(self) -> dict[str, Any]:
        box = self.bbox
        return {
            "code": self.code,
            "page": self.page,
            "bbox": [box.left, box.top, box.right, box.bottom] if box else None,
            "trigger": self.trigger,
        }


def find_blocks(entry: Entry) -> tuple[Block, ...]:
    """What blocks the document, the gravest first: secrecy, ownership, circulation, persons."""
    blocks = [*_marks(entry), *_notices(entry)]
    for page in entry.pages:
        blocks += _personal(page)
    return tuple(sorted(blocks, key=lambda each: (CODES.index(each.code), each.page or 0)))


def _marks(entry: Entry) -> Iterator[Block]:
    for mark in entry.document["marks"]:
        code = {"secrecy": SECRECY, "ownership": OWNERSHIP, "circulation": INTERNAL}.get(
            mark["kind"]
        )
        if code:
            yield Block(code, mark["page"], None, mark["value"] or mark["kind"])
    told = {mark["kind"] for mark in entry.document["marks"]}
    if SECRECY in entry.document["findings"] and "secrecy" not in told:
        yield Block(SECRECY, None, None, "secrecy-mark")


def _notices(entry: Entry) -> Iterator[Block]:
    """The ownership notice of Party papers, also where the page's structure did not name it."""
    from rapidfuzz import fuzz

    if any(mark["kind"] == "ownership" for mark in entry.document["marks"]):
        return
    for page in entry.pages:
        for first, last in page.line_spans:
            line = folded(page.words[first:last])
            told = "so huu" in line or "co quan dang" in line
            if (
                told
                and len(line) >= len(_NOTICE) - 4
                and fuzz.partial_ratio(_NOTICE, line) >= _ALIKE
            ):
                printed = " ".join(page.words[first:last])
                yield Block(OWNERSHIP, page.number, page.box(first, last), printed, first, last)
                return


def _personal(page: PageWords) -> Iterator[Block]:
    for span in find_personal(page.words):
        box = page.box(span.first, span.last)
        yield Block(span.code, page.number, box, span.trigger, span.first, span.last)

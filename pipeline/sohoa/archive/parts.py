"""Several documents in one file, and one document in several files.

A file scanned in one go is parted where a letterhead stands at the top of a page; each part says
how sure that is. Picture files whose names differ in their last number alone are one document.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from sohoa.directive import Directive
from sohoa.model import Finding, LineKind, Page
from sohoa.read import FoundSource
from sohoa.record import Record
from sohoa.vietnamese import strip_marks

_TOP = 0.42
# Number and day alone stand on copy blocks, too.
_SURE = 0.6
_MOTTOES = ("CONG HOA XA HOI CHU NGHIA VIET NAM", "DANG CONG SAN VIET NAM")
_NUMBER = re.compile(r"^SO\s*[:.]?\s*[\d…._ ]*\s*[-/]|^SO\s*:")
_DAY = re.compile(r"\bNGAY\b.{0,8}\bTHANG\b.{0,8}\bNAM\b")
_COPY = re.compile(r"^(SAO Y|SAO LUC|TRICH SAO)")
_ANNEX = re.compile(r"^(PHU LUC|MAU SO|BIEU MAU)\b")
_PICTURE = re.compile(
    r"^(?P<stem>.*?)[ _.-]*(?:p|tr|trang|page)?[ _.-]*0*(?P<number>\d{1,4})$", re.I
)
_PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".tif", ".tiff"})
Understand = Callable[[tuple[Page, ...]], tuple[tuple[Page, ...], Directive, tuple[Finding, ...]]]


@dataclass(frozen=True, slots=True)
class Part:
    """Pages (numbers of the source, both included) that make one document, and how sure (0..1)."""

    first: int
    last: int
    confidence: float
    why: str


def find_parts(pages: Sequence[Page]) -> tuple[Part, ...]:
    """The documents of a file; one part where no second letterhead is found.

    The first part begins with the first page whatever stands there.
    """
    starts: list[tuple[int, float, str]] = []
    for index, page in enumerate(pages):
        confidence, why = _letterhead(page)
        if index == 0:
            starts.append((page.number, 1.0, "trang đầu"))
        elif confidence >= _SURE:
            starts.append((page.number, confidence, why))
    parts = []
    for index, (first, confidence, why) in enumerate(starts):
        last = starts[index + 1][0] - 1 if index + 1 < len(starts) else pages[-1].number
        parts.append(Part(first, last, confidence, why))
    return tuple(parts)


def split_record(
    record: Record, parts: Sequence[Part], understand: Understand
) -> tuple[Record, ...]:
    """A record for each part; ``understand`` reads the structure of its pages anew.

    Words, pages and their numbers stay as they were; what was found of single pages goes with
    them, what was found of the whole file goes to each.
    """
    if len(parts) <= 1:
        return (record,)
    result = []
    for part in parts:
        inside = range(part.first, part.last + 1)
        own = tuple(page for page in record.pages if page.number in inside)
        pages, directive, found = understand(own)
        kept = tuple(each for each in record.findings if each.page is None or each.page in inside)
        ident = hashlib.sha256(f"{record.id}|{part.first}".encode()).hexdigest()[:32]
        result.append(
            replace(
                record,
                id=ident if part.first != record.pages[0].number else record.id,
                pages=pages,
                directive=directive,
                findings=tuple(dict.fromkeys((*kept, *found))),
                seals=tuple(each for each in record.seals if each.page in inside),
                stamps=tuple(each for each in record.stamps if each.page in inside),
                handwriting=tuple(each for each in record.handwriting if each.page in inside),
            )
        )
    return tuple(result)


def join_pictures(found: Sequence[FoundSource]) -> tuple[FoundSource, ...]:
    """Picture files of one folder whose names differ in the last number alone, as one source.

    A series begins at 0 or 1 and has no gap; everything else stays as it was, in its order.
    """
    series: dict[tuple[str, str, str], list[tuple[int, FoundSource]]] = {}
    for each in found:
        match = _PICTURE.match(unicodedata.normalize("NFC", each.relative.stem))
        suffix = each.relative.suffix.lower()
        if each.skipped or len(each.paths) != 1 or suffix not in _PICTURE_SUFFIXES or not match:
            continue
        key = (str(each.relative.parent), match["stem"], suffix)
        series.setdefault(key, []).append((int(match["number"]), each))
    joined: dict[int, FoundSource] = {}
    gone: set[int] = set()
    for (_, stem, suffix), members in series.items():
        members.sort(key=lambda member: member[0])
        numbers = [number for number, _ in members]
        whole = len(members) > 1 and numbers[0] in (0, 1) and bool(stem)
        if not whole or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
            continue
        first = members[0][1]
        paths = tuple(path for _, each in members for path in each.paths)
        relative = first.relative.with_name(stem + suffix)
        joined[id(first)] = FoundSource(paths, relative)
        gone |= {id(each) for _, each in members[1:]}
    return tuple(joined.get(id(each), each) for each in found if id(each) not in gone)


def _letterhead(page: Page) -> tuple[float, str]:
    """How sure a page begins a document (0..1), and what says so."""
    lines = [
        strip_marks(line.text).upper().strip(" *-–:.")
        for line in page.lines()
        if line.kind in (LineKind.TEXT, LineKind.OWNERSHIP)
        and line.bbox.bottom <= _TOP * page.height
    ]
    said = []
    motto = any(wanted in line for line in lines[:12] for wanted in _MOTTOES)
    number = any(_NUMBER.match(line) for line in lines)
    day = any(_DAY.search(line) for line in lines)
    confidence = 0.45 * motto + 0.3 * number + 0.25 * day
    for present, name in ((motto, "quốc hiệu hoặc tiêu đề"), (number, "số"), (day, "ngày")):
        if present:
            said.append(name)
    if any(_ANNEX.match(line) for line in lines[:3]):
        confidence *= 0.4
        said.append("phụ lục")
    if any(_COPY.match(line) for line in lines):
        # The block of a certified copy belongs to what it copies.
        confidence *= 0.4
        said.append("khối sao y")
    return round(confidence, 2), ", ".join(said)

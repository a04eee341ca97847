"""Who issues the paper: superior and issuer in the left column of the letterhead."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Leaf, absent
from sohoa.model import Word
from sohoa.structure.columns import Letterhead
from sohoa.structure.draft import Draft, leaf
from sohoa.structure.phrases import body_heads, is_subject_start, position_heads, starts_with_any
from sohoa.structure.rows import Row, fold

_GOES_ON = re.compile(
    r"(?:[-–,&]|\b(?:va|cua|tinh|thanh pho|huyen|quan|xa|phuong|thi xa|thi tran|thuoc|nuoc|viet))$"
)
_PLACED = re.compile(r"\b(?:tinh|thanh pho|huyen|quan|xa|phuong|thi xa|thi tran)\s+\w*$|\bha $")
_JOINT = re.compile(r"(?:^|/)(?:TTLT|NQLT|CTLT|KHLT|HDLT|QCLT|CTPH|KHPH|QCPH|CTrLT|LT)-")


def find_bodies(draft: Draft) -> Draft:
    """Set ``superior`` and ``issuer`` from the rows above the number."""
    if draft.letterhead is None:
        reason = "no letterhead"
        return draft.found(superior=absent(reason), issuer=absent(reason))
    superior, issuer = read_bodies(draft.letterhead)
    if superior.value and _JOINT.search(draft.directive.symbol.value or ""):
        issuer = _name(issuer_rows(draft.letterhead))
        superior = absent("a joint paper: all bodies issue it")
    return draft.found(superior=superior, issuer=issuer)


def read_bodies(head: Letterhead) -> tuple[Leaf, Leaf]:
    """Superior and issuer of a letterhead; the last named body is the issuer."""
    groups = group_bodies(issuer_rows(head))
    if not groups:
        return absent("no body above the number"), absent("no body above the number")
    issuer = _name(groups[-1])
    above = [row for group in groups[:-1] for row in group]
    if not above:
        return absent("the letterhead names one body"), issuer
    return _name(above), issuer


def issuer_rows(head: Letterhead) -> list[Row]:
    """The rows of the left column that name bodies: before the number, without marks."""
    rows: list[Row] = []
    for row in head.left:
        if row is head.number:
            break
        letters = [c for c in row.text if c.isalpha()]
        if is_subject_start(row) or len(letters) < 2 or (len(letters) < 4 and not row.is_caps):
            continue
        if row.is_caps or sum(c.isupper() for c in letters) > 0.6 * len(letters) or rows:
            rows.append(row)
    return [row for row in rows if not _is_mark(row)]


@cache
def _marks() -> frozenset[str]:
    return frozenset(fold(text) for text in read_table("marks").column("text"))


def _is_mark(row: Row) -> bool:
    return row.folded.strip(" |[](){}.,:;*_-") in _marks() or row.folded.startswith("du thao")


@cache
def _never_alone() -> frozenset[str]:
    return frozenset(
        fold(row["text"]) for row in read_table("body_heads").records() if row["alone"] == "no"
    )


def group_bodies(rows: Sequence[Row]) -> list[list[Row]]:
    """Rows of one body's name together: a new body begins where a row begins like a body.

    A row that only a place, a joining word or an unfinished row above can explain goes on.
    """
    groups: list[list[Row]] = []
    for row in rows:
        text = row.folded.strip(" .,:;*|'\"_")
        if not groups:
            groups.append([row])
            continue
        above = groups[-1][-1].folded.strip(" .:;*|'\"_")
        whole = " ".join(r.folded.strip(" .,:;*|'\"_") for r in groups[-1])
        headed = starts_with_any(text, body_heads()) is not None
        goes_on = _unfinished(above) or whole in _never_alone() or not headed
        if goes_on:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def _unfinished(folded: str) -> bool:
    """Whether a row ends where its name cannot end: in a dash, or in ``tỉnh`` without its name."""
    found = _GOES_ON.search(folded)
    # HÀ TĨNH folds like a tỉnh: a place that is already named ends the row.
    return found is not None and not _PLACED.search(folded[: found.start()])


def _name(rows: Sequence[Row]) -> Leaf:
    text = " ".join(_trim(_printed(row)) for row in rows)
    known = starts_with_any(fold(text), (*body_heads(), *position_heads())) is not None
    return leaf(text, rows, "letterhead", certainty=0.97 if known else 0.85)


def _printed(row: Row) -> str:
    """The row without words at its ends that were hardly read and are not in capitals."""
    words = list(row.words)
    while len(words) > 1 and _is_speck(words[0]):
        words.pop(0)
    while len(words) > 1 and _is_speck(words[-1]):
        words.pop()
    return " ".join(word.text for word in words)


def _is_speck(word: Word) -> bool:
    return word.confidence < 0.5 and len(word.text) <= 3 and not word.text.isupper()


def _trim(text: str) -> str:
    """Without the specks and rules that scans leave at the edges of a row."""
    return re.sub(r"^[\s*|_.,:;'\"~=—-]+|[\s*|_.:;'\"~=—]+$", "", text)

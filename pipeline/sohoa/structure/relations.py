"""What the paper does with another one that it names: rests on it, amends, repeals, guides it.

Precision first: a verb counts only where the paper itself is its subject, that is where the
sentence (or the title) begins with it or says ``này`` before it. All else is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sohoa.directive import Relation
from sohoa.structure.mention_parts import Span
from sohoa.structure.rows import fold


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a mention stands: the paper's type, a legal basis, the title; the text of the unit
    above, which may carry the verb for a list.
    """

    type: str | None
    basis: bool = False
    title: bool = False
    above: str = ""


_SENTENCE = re.compile(r"[.;]\s")
_AMENDS = re.compile(r"\b(?:sua doi,? bo sung|sua doi|bo sung|dieu chinh)\b[^.;]{0,120}$")
_REPLACES = re.compile(r"\bthay the\b(?:\s+cho)?[^.;]{0,100}$")
_REPEALS = re.compile(r"\b(?:bai bo|huy bo|cham dut hieu luc)\b[^.;]{0,120}$")
_GUIDES = re.compile(
    r"\b(?:huong dan|quy dinh chi tiet|to chuc|trien khai)\s+(?:va\s+)?"
    r"(?:thi hanh|thuc hien|huong dan|trien khai)\b[^.;]{0,100}$|"
    r"\b(?:quy dinh chi tiet|huong dan|trien khai|thuc hien|thi hanh)\s+"
    r"(?:mot so\s+(?:dieu|quy dinh|noi dung)\s+(?:cua\s+)?)?$"
)
# "thay thế 11 thủ tục tại Danh mục kèm theo Quyết định …": a part of it only.
_PART = re.compile(r"\b(?:tai|kem theo|khoan|diem|dieu|phu luc|danh muc)\b")
_OWN_SUBJECT = re.compile(r"\bnay\b|^\W*(?:\w+\s){0,2}$")
_PROPOSES = re.compile(
    r"\b(?:de nghi|kien nghi|de xuat|nghien cuu|ra soat|tham muu|du thao|xem xet|khong|da duoc|"
    r"duoc)\b"
)
_EXPIRES_AFTER = re.compile(r"^(?:(?!\bnay\b)[^.;]){0,160}\bhet hieu luc\b")
_GUIDING_TYPES = frozenset(
    ("huong dan", "ke hoach", "chuong trinh", "thong tu", "nghi dinh", "thong tri", "chi thi",
     "chuong trinh hanh dong", "thong tu lien tich", "quy dinh")
)  # fmt: skip


def relations_of(text: str, spans: Sequence[Span], setting: Setting) -> tuple[Relation, ...]:
    """The relation of each mention of one unit (or of the title)."""
    found: list[Relation] = []
    for place, span in enumerate(spans):
        relation = _relation(text, spans, place, setting)
        if relation is Relation.MENTIONS and place and found[-1] in _CARRIED:
            # "bãi bỏ các Quyết định: A về …; B về …": the verb holds for what follows a semicolon
            gap = text[spans[place - 1].end : span.start]
            last = re.split(r";|\bvà\b", gap)
            if len(last) > 1 and not last[-1].strip(" ,") and "." not in gap:
                relation = found[-1]
        found.append(relation)
    return tuple(found)


_CARRIED = frozenset((Relation.REPEALS, Relation.REPLACES))


def _relation(text: str, spans: Sequence[Span], place: int, setting: Setting) -> Relation:
    if setting.basis:
        return Relation.BASIS if _is_first_in_part(text, spans, place) else Relation.MENTIONS
    span = spans[place]
    before = _before(text, spans, place)
    lead = _lead(setting)
    verb = _verb(before, setting) or (_listed(before, lead) if lead else None)
    if verb is not None:
        return verb
    after = fold(text[span.end : span.end + 240])
    if _EXPIRES_AFTER.match(after):
        return Relation.REPEALS
    return Relation.MENTIONS


def _before(text: str, spans: Sequence[Span], place: int) -> str:
    """The folded part of the sentence before the mention, mentions in the same list taken out.

    It begins after the last mention that is followed by words of its own: those belong to that
    other paper (``Nghị định A sửa đổi, bổ sung Nghị định B``).
    """
    start = 0
    for match in _SENTENCE.finditer(text, 0, spans[place].start):
        start = match.end()
    kept = fold(text[start : spans[place].start])
    shift = start
    for other in spans[:place]:
        if other.start < start:
            continue
        gap = fold(text[other.end : spans[place].start])
        if re.search(r"\b(?:sua doi|bo sung|thay the|bai bo|huong dan|quy dinh)\b", gap):
            return "\0" + gap  # the other paper does it, not this one
        kept = kept[: other.start - shift] + kept[other.end - shift :]
        shift += other.end - other.start
    return kept


def _verb(before: str, setting: Setting) -> Relation | None:
    if before.startswith("\0"):
        return None
    for pattern, relation in (
        (_REPEALS, Relation.REPEALS), (_REPLACES, Relation.REPLACES), (_AMENDS, Relation.AMENDS),
    ):  # fmt: skip
        match = pattern.search(before)
        if match is None:
            continue
        subject = before[: match.start()]
        own = setting.title or _OWN_SUBJECT.search(subject)
        if own and not _PROPOSES.search(subject[-60:]):
            part = relation is Relation.REPLACES and _PART.search(match.group())
            return Relation.AMENDS if part else relation
    if setting.title and fold(setting.type or "") in _GUIDING_TYPES and _GUIDES.search(before):
        return Relation.GUIDES
    guided = re.search(
        r"^\W*(?:\w+ ){0,6}nay (?:huong dan|quy dinh chi tiet)\b[^.;]{0,160}$", before
    )
    return Relation.GUIDES if guided else None


def _lead(setting: Setting) -> str:
    above = fold(setting.above).rstrip()
    return above if above.endswith(":") else ""


def _listed(before: str, lead: str) -> Relation | None:
    """The verb of the unit above, for a list of papers under it: ``Bãi bỏ các văn bản sau:``."""
    if len(before.split()) > 6:
        return None
    if re.search(r"\b(?:bai bo|huy bo|het hieu luc)\b", lead):
        return Relation.REPEALS
    if re.search(r"\bthay the\b", lead):
        return Relation.REPLACES
    if re.match(r"\W*sua doi\b", lead):
        return Relation.AMENDS
    return None


def _is_first_in_part(text: str, spans: Sequence[Span], place: int) -> bool:
    """A basis, or a further one after a semicolon; not a paper that a basis is about."""
    if place == 0:
        return True
    gap = fold(text[spans[place - 1].end : spans[place].start])
    listed = re.fullmatch(r"[\s,;]*(?:va\s*)?(?:cac\s*)?", gap)
    return bool(listed) or bool(re.search(r"[;]\s*(?:can cu\s+|theo\s+)?$", gap))

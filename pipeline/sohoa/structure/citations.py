"""Mentions of other documents in the title, the body and the annexes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from sohoa.addresses import TITLE, PaperName, addressed_units, name_of, paper_uri, slug_of_body
from sohoa.directive import Citation, Directive, Unit
from sohoa.structure.draft import Draft
from sohoa.structure.mention_parts import Span
from sohoa.structure.mentions import mentions
from sohoa.structure.relations import Setting, relations_of
from sohoa.structure.rows import fold
from sohoa.structure.short_names import resolved
from sohoa.structure.types import types_of_code

__all__ = ["find_citations", "mentions"]

_OPENING = re.compile(r"^\W*(?:ban hanh\s+)?kem theo\s*(?:\w+\s+){0,4}$")


def find_citations(draft: Draft) -> Draft:
    """Set ``citations``: every mention in reading order, the paper's own number left out; and the
    paper's own ``uri``.
    """
    own = draft.directive
    uri, _ = paper_uri(name_of(own))
    found = resolved((*_in_title(own), *_in_units(draft)))
    dates = _dates(found)
    return draft.found(citations=tuple(_with_uri(each, own, dates) for each in found), uri=uri)


def _key(citation: Citation) -> tuple[str, ...]:
    """What two mentions of one paper have in common."""
    if citation.symbol:
        return (citation.number or "").lstrip("0"), citation.symbol
    return fold(citation.type or ""), fold(citation.title or "").replace(",", "")


def _dates(citations: Iterable[Citation]) -> dict[tuple[str, ...], str]:
    """The day (or year) of each paper that is named with exactly one, for its other mentions."""
    said: dict[tuple[str, ...], set[str]] = {}
    for each in citations:
        if each.date or each.year:
            said.setdefault(_key(each), set()).add(each.date or each.year or "")
    return {key: next(iter(days)) for key, days in said.items() if len(days) == 1}


def _in_title(own: Directive) -> Iterator[Citation]:
    title = own.title.value or ""
    setting = Setting(own.type.value, title=True)
    spans = mentions(title)
    for span, relation in zip(spans, relations_of(title, spans, setting), strict=True):
        yield replace(span.citation, unit=TITLE, start=span.start, end=span.end, relation=relation)


def _in_units(draft: Draft) -> Iterator[Citation]:
    own = draft.directive
    texts = {word.id: word.text for row in draft.rows for word in row.words}
    bases = {word for leaf in own.legal_bases for word in leaf.words}
    above: dict[str, str] = {}
    for each in addressed_units(own):
        unit, text = each.unit, each.unit.wording
        above[each.address] = text
        spans = mentions(text)
        if not spans:
            continue
        ids = word_places(unit, text, texts)
        setting = Setting(
            own.type.value, basis=bool(bases.intersection(unit.words)),
            above=above.get(each.parent, ""),
        )  # fmt: skip
        for span, relation in zip(spans, relations_of(text, spans, setting), strict=True):
            if _is_own(span, text, own):
                continue
            words = tuple(i for at, i in ids if span.start <= at < span.end)
            yield replace(
                span.citation, words=words, unit=each.address, start=span.start, end=span.end,
                relation=relation,
            )  # fmt: skip


def word_places(unit: Unit, text: str, texts: dict[str, str]) -> list[tuple[int, str]]:
    """Where each word of the unit begins in its wording (characters), with the word's id."""
    places: list[tuple[int, str]] = []
    start = 0
    for word in unit.words:
        place = text.find(texts.get(word, "\0"), start)
        if 0 <= place <= start + 2:
            places.append((place, word))
            start = place + len(texts[word])
    return places


def _is_own(span: Span, text: str, own: Directive) -> bool:
    """Whether the mention is of this very paper: its number, or a row ``(Kèm theo …)`` with its
    symbol where its own number is in doubt.
    """
    if span.citation.symbol is None or span.citation.symbol != own.symbol.value:
        return False
    if span.citation.number == own.number.value:
        return True
    unsure = own.number.value is None or own.number.confidence < 0.5
    return unsure and len(text) < 300 and bool(_OPENING.match(fold(text[: span.start])))


_GENERIC = frozenset(
    ("ubnd-tinh", "ubnd-thanh-pho", "hdnd-tinh", "hdnd-thanh-pho", "tinh-uy", "thanh-uy")
)
_PROVINCE = re.compile(r"\b(?:tinh|thanh pho)(?: uy)? (\w+(?: \w+){0,3})$")


def _with_uri(citation: Citation, own: Directive, dates: dict[tuple[str, ...], str]) -> Citation:
    kind = citation.type
    day = citation.date or citation.year or dates.get(_key(citation), "")
    if citation.symbol:
        party = bool(re.match(r"\d+[a-zđ]?\s?[-–]|\D*\s\d+[a-zđ]?\s?[-–]", citation.raw))
        code = re.split(r"[-/]", re.sub(r"^\d{4}/", "", citation.symbol))[0]
        names = types_of_code(code, party=party)
        if len(names) == 1 or (names and (kind is None or kind.lower() == "văn bản")):
            kind = names[0]
    name = PaperName(
        kind, citation.number, citation.symbol, day if len(day) > 4 else None, day[:4] or None,
        _issuer(citation, own), citation.title,
    )  # fmt: skip
    uri, reason = paper_uri(name)
    return replace(citation, uri=uri, uri_reason=reason)


def _issuer(citation: Citation, own: Directive) -> str | None:
    """The issuer named; ``UBND tỉnh`` without a name is that of the paper's own province."""
    issuer = citation.issuer
    if issuer is None or slug_of_body(issuer) not in _GENERIC:
        return issuer
    for leaf in (own.issuer, own.superior):
        place = _PROVINCE.search(fold(leaf.value or ""))
        if place is not None:
            return f"{issuer} {place[1]}"
    return None

"""From a record to what the index, the API and the exports hold of it: a pure function.

``Entry.document`` is the JSON value that sites get (``sohoa-document/1``), ``Entry.pages`` are its
printed words with their boxes, in page pixels.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from itertools import pairwise
from typing import Any, TypeAlias

from sohoa.addresses import addressed_units
from sohoa.directive import Citation, Directive, Leaf
from sohoa.geometry import BBox, union_all
from sohoa.model import LineKind, Page
from sohoa.record import Record

FORMAT = "sohoa-document/1"
VERSION = "1"  # goes up when the same record gives another entry
SINGLE = (
    "family", "superior", "issuer", "number", "symbol", "place", "date", "type", "title",
    "position", "signer", "effective", "expiry",
)  # fmt: skip
LISTS = ("addressees", "legal_bases", "recipients", "authority")
_PRINTED = frozenset({LineKind.TEXT, LineKind.OWNERSHIP})
_CITED = tuple(each.name for each in fields(Citation) if each.name != "words")
Json = Mapping[str, Any]
Edges: TypeAlias = "array[int]"


def no_edges() -> Edges:
    return array("i")


@dataclass(frozen=True, slots=True)
class PageWords:
    """The printed words of a page in reading order, their boxes, and where lines begin.

    ``edges`` holds left, top, right, bottom of one word after the other, in page pixels: plain
    numbers, since there are so many.

    ``lines`` holds the place, in ``words``, of the first word of each line.
    """

    number: int
    width: int
    height: int
    words: tuple[str, ...] = ()
    edges: Edges = field(default_factory=no_edges)
    lines: tuple[int, ...] = ()

    @property
    def text(self) -> str:
        """One printed line a line."""
        return "\n".join(" ".join(self.words[start:end]) for start, end in self.line_spans)

    def box(self, first: int, last: int) -> BBox:
        """The box around words ``first`` to ``last`` (exclusive)."""
        return union_all(self.word_box(place) for place in range(first, last))

    def word_box(self, place: int) -> BBox:
        return BBox(*self.edges[4 * place : 4 * place + 4])

    @property
    def line_spans(self) -> tuple[tuple[int, int], ...]:
        """First and last (exclusive) word of each line."""
        return tuple(pairwise((*self.lines, len(self.words))))


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of a collection.

    ``key`` is its stable id; ``folder`` its place below the folder of results; ``stamp`` changes
    when its record or its corrections do.
    """

    key: str
    folder: str
    document: Json
    pages: tuple[PageWords, ...]
    stamp: str = ""


def entry_of(record: Record, key: str, folder: str, stamp: str = "") -> Entry:
    """The entry of a record; the same record gives the same entry."""
    directive = record.directive
    document = {
        "format": FORMAT,
        "id": key,
        "uri": directive.uri,
        "record": record.id,
        "source": {
            "name": _clean(record.source.name),
            "sha256": record.source.sha256,
            "media_type": record.source.media_type,
            "pages": record.source.pages,
        },
        "fields": _fields(directive),
        "confidence": _confidence(directive),
        "marks": [
            {"kind": str(mark.kind), "value": _value(mark.value), "page": mark.page}
            for mark in directive.marks
        ],
        "citations": [_citation(each) for each in directive.citations],
        "units": _units(directive),
        "findings": sorted({each.code for each in record.findings}),
        "authenticity": str(record.authenticity.outcome) if record.authenticity else None,
    }
    return Entry(key, folder, document, tuple(_page(page) for page in record.pages), stamp)


def full_number(directive: Directive) -> str | None:
    """The number with its symbol as printed ("52-CT/TW"); what is known of it where part is not."""
    printed = directive.symbol.printed
    if printed:
        return _clean(printed)
    number, symbol = directive.number.value, directive.symbol.value
    if number and symbol:
        return _clean(f"{number}/{symbol}")
    return _clean(number or symbol or "") or None


def _fields(directive: Directive) -> dict[str, Any]:
    found: dict[str, Any] = {name: _value(getattr(directive, name)) for name in SINGLE}
    found["full_number"] = full_number(directive)
    for name in LISTS:
        found[name] = [value for leaf in getattr(directive, name) if (value := _value(leaf))]
    found["attachments"] = [
        " ".join(filter(None, (_value(each.label), _value(each.title))))
        for each in directive.attachments
    ]
    return found


def _confidence(directive: Directive) -> dict[str, float]:
    leaves = {name: getattr(directive, name) for name in SINGLE}
    return {
        name: round(leaf.confidence, 3) for name, leaf in leaves.items() if leaf.value is not None
    }


def _value(leaf: Leaf) -> str | None:
    return _clean(leaf.value) if leaf.value is not None else None


def _citation(citation: Citation) -> dict[str, Any]:
    values = {name: getattr(citation, name) for name in _CITED}
    return {
        name: _clean(value) if isinstance(value, str) else value for name, value in values.items()
    }


def _units(directive: Directive) -> list[dict[str, Any]]:
    return [
        {
            "address": each.address,
            "parent": each.parent,
            "kind": str(each.unit.kind),
            "label": _clean(each.unit.label),
            "heading": _clean(each.unit.heading),
            "text": _clean(each.unit.text),
            "wrap_up": _clean(each.unit.wrap_up),
            "page": each.unit.page,
        }
        for each in addressed_units(directive)
    ]


def _page(page: Page) -> PageWords:
    words: list[str] = []
    edges = no_edges()
    lines: list[int] = []
    for line in page.lines():
        if line.kind not in _PRINTED:
            continue
        kept = [(text, word.bbox) for word in line.words if (text := _clean(word.text))]
        if kept:
            lines.append(len(words))
            words.extend(text for text, _ in kept)
            for _, box in kept:
                edges.extend((box.left, box.top, box.right, box.bottom))
    size = page.width, page.height
    return PageWords(page.number, *size, tuple(words), edges, tuple(lines))


def _clean(text: str) -> str:
    """Without control characters and lone surrogates: neither JSON nor a database takes them."""
    if text.isprintable():
        return text
    return "".join(" " if sign in "\t\n" else sign for sign in text if _sound(sign))


def _sound(sign: str) -> bool:
    return sign in "\t\n" or (
        ord(sign) >= 32 and not 0x7F <= ord(sign) < 0xA0 and not 0xD800 <= ord(sign) < 0xE000
    )

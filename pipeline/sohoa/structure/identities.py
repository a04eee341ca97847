"""Bodies and places as the tables know them: doubt about misread names, days of validity.

A name on the paper is never changed: it may be the paper's own mistake. Where it is nearly one of
the tables' names the leaf loses confidence and the table's spelling becomes a candidate.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Identity, Leaf
from sohoa.structure.draft import Draft
from sohoa.structure.rows import fold
from sohoa.vietnamese import fold_tone_style

_FIELDS = ("superior", "issuer", "place")
_DOUBTED = 0.45
_NEAR = 92  # likeness 0..100 of two names of which one is a misreading of the other
_LONG_ENOUGH = 12  # letters: short names are too alike by nature
_PROVINCE = re.compile(r"\b(?:tinh(?: uy| doan)?|thanh pho(?: uy)?|thanh uy|tp\.?)\s+")


@dataclass(frozen=True, slots=True)
class _Province:
    """A province by one of its spellings; what became of it in the reform of 1 July 2025."""

    name: str
    folded: str
    valid_until: str | None
    successor: str | None


def find_identities(draft: Draft) -> Draft:
    """Set ``identities``, and put misread names of bodies in doubt."""
    doubted = {name: _weighed(getattr(draft.directive, name)) for name in ("superior", "issuer")}
    draft = draft.found(**doubted)
    found = tuple(
        identity
        for name in _FIELDS
        for identity in _identities(name, getattr(draft.directive, name))
    )
    return draft.found(identities=found)


@cache
def _provinces() -> tuple[_Province, ...]:
    """Every province by its name; one that the reform left in being has no bounds."""
    kept = read_table("provinces").records()
    names = {fold(row["name"]) for row in kept}
    gone = read_table("provinces_before_2025").records()
    found = [_Province(name, fold(name), None, None) for row in kept for name in _spellings(row)]
    found += [
        _Province(name, fold(name), row["valid_until"], row["successor_name"])
        for row in gone
        for name in _spellings(row)
        if fold(row["name"]) not in names
    ]
    return tuple(found)


def _spellings(row: dict[str, str]) -> tuple[str, ...]:
    return tuple(filter(None, (row["name"], row["name_old_style"])))


@cache
def _bodies() -> tuple[tuple[str, str, str, str], ...]:
    """(folded name, name, valid from, valid until) of the bodies in the tables."""
    found = []
    for table in ("state_bodies", "party_bodies"):
        for row in read_table(table).records():
            name = row["name"].split(" (")[0]
            found.append((fold(name), name, row["valid_from"], row["valid_until"]))
    return tuple(found)


def _weighed(leaf: Leaf) -> Leaf:
    """The leaf with less confidence and a candidate where the tables spell its name otherwise."""
    if not leaf.value:
        return leaf
    text = leaf.value
    for start, end, names in _respelt(text):
        if not names:
            continue
        candidates = tuple(
            text[:start] + _cased(name, text[start:end]) + text[end:] for name in names
        )
        return replace(
            leaf, confidence=min(leaf.confidence, _DOUBTED),
            candidates=(*candidates, *leaf.candidates)[:4],
        )  # fmt: skip
    return leaf


def _respelt(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Spans whose letters are those of a table's name, or nearly, but not its spelling."""
    folded = fold(text)
    place = _last_place(folded)
    if place is not None:
        start = place.end()
        spelt = [p.name for p in _provinces() if p.folded == folded[start:].strip(" .,")]
        if spelt and not any(_same(text[start:].strip(" .,"), name) for name in spelt):
            yield start, len(text), tuple(dict.fromkeys(spelt))
    yield 0, len(text), _near_body(text, folded)


def _near_body(text: str, folded: str) -> tuple[str, ...]:
    from rapidfuzz import fuzz

    if sum(c.isalpha() for c in folded) < _LONG_ENOUGH:
        return ()
    near: list[tuple[float, str]] = []
    for key, name, _, _ in _bodies():
        if _same(text, name):
            return ()
        if len(key.split()) == len(folded.split()):
            alike = fuzz.ratio(key, folded)
            if alike >= _NEAR and all(
                fuzz.ratio(a, b) >= 60 for a, b in zip(key.split(), folded.split(), strict=True)
            ):
                near.append((alike, name))
    return (max(near)[1],) if near else ()


def _same(read: str, name: str) -> bool:
    """Equal but for case, tone placement and the two spellings of uỷ / ủy."""
    return fold_tone_style(read.lower()) == fold_tone_style(name.lower())


def _cased(name: str, like: str) -> str:
    return name.upper() if like.isupper() else name


def _identities(field: str, leaf: Leaf) -> Iterator[Identity]:
    if not leaf.value:
        return
    folded = fold(leaf.value)
    for key, name, since, until in _bodies():
        if key == folded and (since or until):
            yield Identity(field, name, since or None, until or None)
    match = _last_place(folded)
    if match is None and field != "place":
        return
    bare = folded[match.end() if match else 0 :].strip(" .,")
    known = next((each for each in _provinces() if each.folded == bare), None)
    if known is not None:
        yield Identity(field, known.name, None, known.valid_until, known.successor)


def _last_place(folded: str) -> re.Match[str] | None:
    """Where the name of a province begins: after the last "tỉnh" or "thành phố"."""
    return max(_PROVINCE.finditer(folded), key=lambda match: match.end(), default=None)

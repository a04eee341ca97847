"""Corrections of fields: the leaf gets the person's value, and is locked by how it was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from typing import Any, TypeVar

from sohoa.directive import CopyBlock, Directive, Family, Leaf
from sohoa.review.correction import STAGE, Correction

SINGLE = (
    "family", "superior", "issuer", "number", "symbol", "place", "date", "type", "title",
    "position", "signer",
)  # fmt: skip
LISTS = ("addressees", "legal_bases", "recipients", "authority")
_COPY = "copy_block"
_Holder = TypeVar("_Holder", Directive, CopyBlock)


def leaves(directive: Directive) -> Iterator[tuple[str, Leaf]]:
    """Every field with its path, in the order of the paper's own parts."""
    for name in SINGLE:
        yield name, getattr(directive, name)
    for name in LISTS:
        for index, leaf in enumerate(getattr(directive, name)):
            yield f"{name}.{index}", leaf
    block = directive.copy_block
    if block is not None:
        for each in fields(CopyBlock):
            value = getattr(block, each.name)
            if isinstance(value, Leaf):
                yield f"{_COPY}.{each.name}", value
            else:
                for index, leaf in enumerate(value):
                    yield f"{_COPY}.{each.name}.{index}", leaf


def check_value(path: str, value: str) -> str:
    """The value as a field keeps it; ``ValueError`` says what it must look like.

    A day may be written 5/3/2025 as people do: it is kept as ISO 8601.
    """
    name = path.removeprefix(f"{_COPY}.").split(".")[0]
    text = " ".join(value.split())
    if not text:
        return ""
    if name == "date":
        return _day(text)
    if name == "family" and text not in list(Family):
        raise ValueError(f"the family is one of {', '.join(Family)}")
    if len(text) > 4000:
        raise ValueError("too long for a field")
    return text


def _day(text: str) -> str:
    parts = text.replace(".", "/").replace("-", "/").split("/")
    if len(parts) == 3 and all(part.isdigit() for part in parts):
        numbers = [int(part) for part in parts]
        year, month, day = numbers if len(parts[0]) == 4 else numbers[::-1]
        try:
            if 1900 <= year <= 2200:
                return date(year, month, day).isoformat()
        except ValueError:
            pass
    raise ValueError("a day is written day/month/year, as 5/3/2025")


def correct_field(directive: Directive, correction: Correction) -> tuple[Directive, str]:
    """The directive with one field corrected, and the reason where that cannot be done.

    An entry of a list is found by its text before its number; an empty value takes it out, and the
    number after the last adds one.
    """
    path = correction.field or ""
    if path.startswith(f"{_COPY}."):
        block = directive.copy_block or CopyBlock()
        changed, reason = _in(block, path.removeprefix(f"{_COPY}."), correction)
        return (directive, reason) if reason else (replace(directive, copy_block=changed), "")
    paper, reason = _in(directive, path, correction)
    if reason:
        return directive, reason
    if path in {"number", "symbol"}:
        paper = replace(paper, symbol=_whole_number(paper))
    return paper, ""


def _in(holder: _Holder, path: str, correction: Correction) -> tuple[_Holder, str]:
    name, _, index = path.partition(".")
    value: Any = getattr(holder, name, None)
    if isinstance(value, Leaf) and not index:
        single: dict[str, Any] = {name: _leaf(value, correction.after)}
        return replace(holder, **single), ""
    if name not in LISTS or not isinstance(value, tuple) or not index.isdigit():
        return holder, "there is no such field"
    known: tuple[Leaf, ...] = value
    found = _find(known, int(index), correction)
    if found is None:
        return holder, "the list holds no such entry"
    place: int = found
    old = known[place] if place < len(known) else Leaf()
    new: tuple[Leaf, ...] = (_leaf(old, correction.after),) if correction.after else ()
    entries: dict[str, Any] = {name: (*known[:place], *new, *known[place + 1 :])}
    return replace(holder, **entries), ""


def _find(known: tuple[Leaf, ...], index: int, correction: Correction) -> int | None:
    if not correction.before:
        texts = [leaf.value for leaf in known]
        return texts.index(correction.after) if correction.after in texts else len(known)
    if index < len(known) and known[index].value in {correction.before, correction.after}:
        return index
    for number, leaf in enumerate(known):
        if leaf.value in {correction.before, correction.after}:
            return number
    return None


def _leaf(old: Leaf, after: str) -> Leaf:
    printed = old.printed if after and after == old.value else None
    reason = None if after else "not on the paper, says the reviewer"
    return replace(
        old, value=after or None, confidence=1.0, found_by=STAGE, printed=printed, candidates=(),
        reason=reason,
    )  # fmt: skip


def _whole_number(directive: Directive) -> Leaf:
    """The symbol with its whole form ("52-CT/TW", "15/QĐ-UBND") made again from its parts."""
    number, symbol = directive.number.value, directive.symbol.value
    if not symbol:
        return directive.symbol
    sign = "-" if directive.family.value == Family.PARTY else "/"
    return replace(directive.symbol, printed=f"{number}{sign}{symbol}" if number else None)


def is_locked(leaf: Leaf) -> bool:
    return leaf.found_by == STAGE

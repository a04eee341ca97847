"""Which printed words belong to which part of the legal document.

Words of units stand in the body and the attachments. All other words of the document's own lines
are shared out, line by line: what comes before the body is its preface, what comes after it the
conclusions; lines of the copy block, and what follows them, are the copy's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields

from sohoa.directive import Attachment, CopyBlock, Leaf, Unit
from sohoa.model import LineKind, Word
from sohoa.record import Record

Printed = tuple[Word, ...]  # words of one printed line


@dataclass(frozen=True, slots=True)
class Parts:
    """Lines outside the units, in reading order; ``attachments`` one entry for each of them."""

    preface: tuple[Printed, ...] = ()
    conclusions: tuple[Printed, ...] = ()
    attachments: tuple[tuple[Printed, ...], ...] = ()
    copy: tuple[Printed, ...] = ()


def part_words(record: Record) -> Parts:
    """Every word of a TEXT line that no unit holds, in exactly one part."""
    directive = record.directive
    body = set(_unit_words(directive.body))
    annexed = [_attachment_words(each) for each in directive.attachments]
    titles = [_leaf_words((each.label, each.title)) for each in directive.attachments]
    copied = set(_copy_words(directive.copy_block))
    every = body.union(*annexed)
    lines = [
        line.words for page in record.pages for line in page.lines() if line.kind is LineKind.TEXT
    ]
    last_body = max((n for n, line in enumerate(lines) if _touches(line, body)), default=-1)
    first_body = min(
        (n for n, line in enumerate(lines) if _touches(line, body)), default=len(lines)
    )
    first_copy = min(
        (n for n, line in enumerate(lines) if _touches(line, copied)), default=len(lines)
    )
    after_copy = first_copy if first_copy > last_body else len(lines)
    own = _own_words(record)
    preface: list[Printed] = []
    conclusions: list[Printed] = []
    heads: list[list[Printed]] = [[] for _ in directive.attachments]
    copy: list[Printed] = []
    for number, line in enumerate(lines):
        rest = tuple(word for word in line if word.id not in every)
        for place, title in enumerate(titles):
            head = tuple(word for word in rest if word.id in title)
            if head:
                heads[place].append(head)
                rest = tuple(word for word in rest if word.id not in title)
        if not rest:
            continue
        if _touches(rest, copied) or (number > after_copy and not _touches(rest, own)):
            copy.append(rest)
        elif number < first_body:
            preface.append(rest)
        else:
            conclusions.append(rest)
    return Parts(tuple(preface), tuple(conclusions), tuple(map(tuple, heads)), tuple(copy))


def _touches(line: Iterable[Word], words: set[str]) -> bool:
    return any(word.id in words for word in line)


def _unit_words(units: Iterable[Unit]) -> Iterator[str]:
    for top in units:
        for unit in top.walk():
            yield from unit.words


def _attachment_words(attachment: Attachment) -> set[str]:
    return set(_unit_words(attachment.body))


def _leaf_words(leaves: Iterable[Leaf]) -> set[str]:
    return {word for leaf in leaves for word in leaf.words}


def _own_words(record: Record) -> set[str]:
    directive = record.directive
    leaves = (
        *directive.recipients, *directive.authority, directive.position, directive.signer,
        *directive.addressees, directive.number, directive.date,
    )  # fmt: skip
    return _leaf_words(leaves)


def _copy_words(block: CopyBlock | None) -> Iterator[str]:
    if block is None:
        return
    for item in fields(block):
        value = getattr(block, item.name)
        for leaf in value if isinstance(value, tuple) else (value,):
            yield from leaf.words

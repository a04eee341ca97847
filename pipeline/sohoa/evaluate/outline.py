"""The outline: printed labels, their depth in the tree, how their text begins.

Dash items, plain paragraphs and tables are no part of it. The order counts: matched entries are the
longest common run, so a list that restarts at 1. cannot lend its labels to another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sohoa.directive import Directive, Unit, UnitKind
from sohoa.evaluate.folding import fold_field
from sohoa.evaluate.items import ItemCounts, ListResult

_UNLISTED = frozenset({UnitKind.INDENT, UnitKind.TEXT, UnitKind.TABLE})


@dataclass(frozen=True, slots=True)
class Entry:
    """A labelled unit: folded label, depth from 1, folded (start of the) text."""

    label: str
    level: int
    text: str
    shown: str


def compare_outlines(truth: Sequence[Mapping[str, Any]], directive: Directive) -> ListResult:
    """By label, level and start of text; by label and level; by label alone."""
    wanted = [_truth_entry(entry) for entry in truth]
    found = list(outline_of(directive))
    full = match_in_order(wanted, found, _same_start)
    level = match_in_order(wanted, found, _same_level)
    label = match_in_order(wanted, found, lambda a, b: a.label == b.label)

    def counts(pairs: Sequence[tuple[int, int]]) -> ItemCounts:
        return ItemCounts(len(pairs), len(wanted), len(found))

    hit_truth, hit_output = {i for i, _ in full}, {j for _, j in full}
    return ListResult(
        "outline",
        (
            ("label+level+start", counts(full)),
            ("label+level", counts(level)),
            ("label", counts(label)),
        ),
        tuple(entry.shown for i, entry in enumerate(wanted) if i not in hit_truth),
        tuple(entry.shown for j, entry in enumerate(found) if j not in hit_output),
    )


def outline_of(directive: Directive) -> Iterator[Entry]:
    """The entries of the body, then those of the annexes, in order."""
    yield from _entries(directive.body, 1)
    for attachment in directive.attachments:
        yield from _entries(attachment.body, 1)


def match_in_order(
    truth: Sequence[Entry], output: Sequence[Entry], same: Callable[[Entry, Entry], bool]
) -> tuple[tuple[int, int], ...]:
    """Index pairs of a longest common subsequence."""
    best = [[0] * (len(output) + 1) for _ in range(len(truth) + 1)]
    for i in reversed(range(len(truth))):
        for j in reversed(range(len(output))):
            if same(truth[i], output[j]):
                best[i][j] = best[i + 1][j + 1] + 1
            else:
                best[i][j] = max(best[i + 1][j], best[i][j + 1])
    pairs, i, j = [], 0, 0
    while i < len(truth) and j < len(output):
        if same(truth[i], output[j]):
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return tuple(pairs)


def _entries(units: Sequence[Unit], level: int) -> Iterator[Entry]:
    for unit in units:
        if unit.kind in _UNLISTED or not unit.label.strip():
            yield from _entries(unit.children, level)
            continue
        text = f"{unit.heading} {unit.text} {_run_on(unit)}"
        yield Entry(_label(unit.label), level, fold_field(text), _shown(unit.label, level, text))
        yield from _entries(unit.children, level + 1)


def _run_on(unit: Unit) -> str:
    """The first paragraph under a heading: the truth may run on into it."""
    first = unit.children[0] if unit.children and not unit.text else None
    return first.text if first is not None and first.kind is UnitKind.TEXT else ""


def _truth_entry(entry: Mapping[str, Any]) -> Entry:
    label, level = str(entry.get("label") or ""), int(entry.get("level") or 1)
    start = str(entry.get("text_start") or "")
    return Entry(_label(label), level, fold_field(start), _shown(label, level, start))


def _label(label: str) -> str:
    return fold_field(label).rstrip(".:- ")


def _shown(label: str, level: int, text: str) -> str:
    return f"{level} · {' '.join([label, *text.split()[:8]])}"


def _same_level(truth: Entry, output: Entry) -> bool:
    return truth.label == output.label and truth.level == output.level


def _same_start(truth: Entry, output: Entry) -> bool:
    return _same_level(truth, output) and output.text.startswith(truth.text)

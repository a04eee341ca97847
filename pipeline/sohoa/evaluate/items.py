"""Lists of a document (addressees, legal bases, recipients): which items were found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sohoa.evaluate.folding import fold_item, strict_field

FUZZY_FROM = 0.9


@dataclass(frozen=True, slots=True)
class ItemCounts:
    """How many items match, of those in the truth and those in the output."""

    matched: int = 0
    in_truth: int = 0
    in_output: int = 0

    @property
    def precision(self) -> float:
        return self.matched / self.in_output if self.in_output else 1.0

    @property
    def recall(self) -> float:
        return self.matched / self.in_truth if self.in_truth else 1.0

    @property
    def f1(self) -> float:
        both = self.in_truth + self.in_output
        return 2 * self.matched / both if both else 1.0


@dataclass(frozen=True, slots=True)
class ListResult:
    """A list of one document in several ways of matching; what was missed and what was invented.

    ``variants`` begins with the way by which ``missed`` and ``extra`` are told.
    """

    name: str
    variants: tuple[tuple[str, ItemCounts], ...]
    missed: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def add(counts: Iterable[ItemCounts]) -> ItemCounts:
    """The sum of many: each item weighs the same."""
    listed = list(counts)
    return ItemCounts(
        sum(each.matched for each in listed),
        sum(each.in_truth for each in listed),
        sum(each.in_output for each in listed),
    )


def compare_items(name: str, truth: Sequence[str], output: Sequence[str]) -> ListResult:
    """Match items folded, strictly, and with a similarity of at least ``FUZZY_FROM``."""
    folded_truth = [fold_item(item) for item in truth]
    folded_output = [fold_item(item) for item in output]
    strict = _bag_matches([*map(strict_field, truth)], [*map(strict_field, output)])
    folded = _bag_matches(folded_truth, folded_output)
    fuzzy = len(pair_similar(folded_truth, folded_output))

    def counts(matched: int) -> ItemCounts:
        return ItemCounts(matched, len(truth), len(output))

    return ListResult(
        name,
        (("folded", counts(folded)), ("strict", counts(strict)), ("fuzzy", counts(fuzzy))),
        _left_over(truth, folded_truth, folded_output),
        _left_over(output, folded_output, folded_truth),
    )


def pair_similar(truth: Sequence[str], output: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Pairs of items that are alike, the most alike first, each item once."""
    from rapidfuzz.distance import Levenshtein

    scored = sorted(
        (-similarity, i, j)
        for i, wanted in enumerate(truth)
        for j, found in enumerate(output)
        if (similarity := Levenshtein.normalized_similarity(wanted, found)) >= FUZZY_FROM
    )
    pairs: list[tuple[int, int]] = []
    for _, i, j in scored:
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return tuple(pairs)


def _bag_matches(truth: Sequence[str], output: Sequence[str]) -> int:
    return sum((Counter(truth) & Counter(output)).values())


def _left_over(
    items: Sequence[str], folded: Sequence[str], others: Sequence[str]
) -> tuple[str, ...]:
    """The items, as they stand, that have no partner among the others."""
    there = Counter(others)
    kept = []
    for item, key in zip(items, folded, strict=True):
        if there[key] > 0:
            there[key] -= 1
        else:
            kept.append(item)
    return tuple(kept)

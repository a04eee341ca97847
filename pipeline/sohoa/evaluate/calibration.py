"""Whether a confidence means what it says: of words given 0.95, about 95 in 100 should be right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sohoa.evaluate.alignment import Token, judge_words
from sohoa.evaluate.restoration import printed_words
from sohoa.model import Page

# Most words are given more than 0.9: there the steps are finer.
EDGES = (0.0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99)


@dataclass(frozen=True, slots=True)
class Bin:
    """Words whose confidence is at least ``start`` and less than the next bin's."""

    start: float
    words: int = 0
    right: int = 0
    confidence_sum: float = 0.0

    @property
    def mean_confidence(self) -> float:
        return self.confidence_sum / self.words if self.words else 0.0

    @property
    def share_right(self) -> float:
        return self.right / self.words if self.words else 0.0


def measure_calibration(truth: Sequence[Token], page: Page) -> tuple[Bin, ...]:
    """The words of a page sorted into bins by their confidence; those not judged are left out."""
    words = printed_words(page)
    verdicts = judge_words(truth, [word.text for word in words])
    judged = [
        (w.confidence, right) for w, right in zip(words, verdicts, strict=True) if right is not None
    ]
    ends = (*EDGES[1:], float("inf"))
    bins = []
    for start, end in zip(EDGES, ends, strict=True):
        inside = [(confidence, right) for confidence, right in judged if start <= confidence < end]
        right_count = sum(right for _, right in inside)
        bins.append(Bin(start, len(inside), right_count, sum(sure for sure, _ in inside)))
    return tuple(bins)


def add_bins(tables: Iterable[tuple[Bin, ...]]) -> tuple[Bin, ...]:
    """The sum of many pages."""
    added = [Bin(start) for start in EDGES]
    for table in tables:
        added = [
            Bin(a.start, a.words + b.words, a.right + b.right, a.confidence_sum + b.confidence_sum)
            for a, b in zip(added, table, strict=True)
        ]
    return tuple(added)


def calibration_error(bins: Sequence[Bin]) -> float:
    """Expected calibration error: mean gap between confidence and share right, by words."""
    words = sum(each.words for each in bins)
    gaps = sum(abs(each.confidence_sum - each.right) for each in bins)
    return gaps / words if words else 0.0

"""Learning what an engine makes of each letter, from aligned words.

Each printed letter gives none to three read signs; the best alignment under the present costs is
counted, and the costs are set again from the counts (Viterbi training, after Brill and Moore, "An
improved error model for noisy channel spelling correction", 2000).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from sohoa.lexicon import fold_key
from sohoa.vietnamese import strip_marks

_LONGEST = 3

Costs = dict[tuple[str, str], float]


@lru_cache(maxsize=65536)
def _first_cost(letter: str, read: str) -> float:
    """Cost (negative log) before anything is known."""
    bare = strip_marks(letter)
    if read == letter:
        return 0.3
    if strip_marks(read.lower()) == bare:
        return 0.7
    if not read:
        return 5.0
    return (3.0 if len(read) == 1 else 4.5) + 1.5 * (len(read) - 1)


def align(printed: str, read: str, costs: Costs | None) -> list[tuple[str, str]] | None:
    """The cheapest (letter, read signs) pairs of a word; None where no alignment exists."""

    def cost(letter: str, part: str) -> float:
        first = _first_cost(letter, part)
        return first if costs is None else costs.get((letter, part), 4.0 + first)

    rows, columns = len(printed), len(read)
    best: list[list[tuple[float, int]]] = [[(math.inf, 0)] * (columns + 1) for _ in range(rows + 1)]
    best[0][0] = (0.0, 0)
    for row in range(1, rows + 1):
        for column in range(columns + 1):
            best[row][column] = min(
                (
                    best[row - 1][column - size][0]
                    + cost(printed[row - 1], read[column - size : column]),
                    size,
                )
                for size in range(min(_LONGEST, column) + 1)
            )
    if math.isinf(best[rows][columns][0]):
        return None
    pairs, column = [], columns
    for row in range(rows, 0, -1):
        size = best[row][column][1]
        pairs.append((printed[row - 1], read[column - size : column]))
        column -= size
    return pairs[::-1]


def learn_confusions(pairs: Iterable[tuple[str, str]], rounds: int = 4) -> Counter[tuple[str, str]]:
    """Counts of (printed letter, read signs); words are in lower case where both are.

    Words whose bare letters have little in common are not the same word: they are left out.
    """
    from rapidfuzz import fuzz

    words: Counter[tuple[str, str]] = Counter()
    for printed, read in pairs:
        if not printed.isalpha() or not read or len(read) > 2 * len(printed) + 2:
            continue
        if fuzz.ratio(strip_marks(printed.lower()), strip_marks(read.lower())) < 40:
            continue
        words[first_small(fold_key(printed), printed, read)] += 1
    costs: Costs | None = None
    counts: Counter[tuple[str, str]] = Counter()
    for _ in range(rounds):
        counts = Counter()
        for (printed, read), times in words.items():
            for pair in align(printed, read, costs) or ():
                counts[pair] += min(times, 20)
        costs = _costs(counts)
    return counts


def first_small(key: str, printed: str, read: str) -> tuple[str, str]:
    """The word in small letters, and its reading without the capitals of the print."""
    if printed.isupper() and len(printed) > 1:
        return key, read.lower()
    return key, read[0].lower() + read[1:] if printed[0].isupper() else read


def _costs(counts: Counter[tuple[str, str]]) -> Costs:
    totals: Counter[str] = Counter()
    for (letter, _), count in counts.items():
        totals[letter] += count
    return {
        pair: -math.log((count + 0.1) / (totals[pair[0]] + 5.0)) for pair, count in counts.items()
    }

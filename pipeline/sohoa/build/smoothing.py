"""Interpolated Kneser-Ney smoothing with modified discounts, pruned, over syllable trigrams.

After Chen and Goodman, "An empirical study of smoothing techniques for language modeling" (1998),
section 3; the pruning keeps a trigram only where it changes what the shorter context says, weighed
by how often it occurs (in the manner of Stolcke, "Entropy-based pruning", 1998). The probability
mass of pruned entries goes to the shorter context, so each distribution still sums to one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Reals = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class SmoothedModel:
    """Natural log probabilities; keys are ``(w1 * size + w2) * size + w3``, sorted.

    ``bigram_backoff`` is the log weight of the shorter context after that bigram,
    ``unigram_backoff`` after that word.
    """

    size: int
    unigram: Reals
    unigram_backoff: Reals
    bigram_keys: Ids
    bigram: Reals
    bigram_backoff: Reals
    trigram_keys: Ids
    trigram: Reals


def _discounts(counts: Ids) -> Reals:
    import numpy as np

    n1, n2, n3, n4 = (max(1, int((counts == k).sum())) for k in (1, 2, 3, 4))
    y = n1 / (n1 + 2 * n2)
    raw = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    safe = [min(max(value, 0.1), k - 0.05) for k, value in enumerate(raw, start=1)]
    return np.asarray([0.0, *safe])


def _discounted(counts: Ids, discounts: Reals) -> Reals:
    import numpy as np

    return counts - discounts[np.minimum(counts, 3)]


def _totals(groups: Ids, values: Reals | Ids, size: int) -> Reals:
    import numpy as np

    return np.bincount(groups, weights=values, minlength=size).astype(np.float64)


def smooth(stream: Ids, size: int, threshold: float) -> SmoothedModel:
    """Estimate the model from a stream of ids below ``size``.

    ``threshold``: a trigram stays where its count times its change of log probability reaches it.
    """
    import numpy as np

    keys3, counts3 = np.unique(
        (stream[:-2] * size + stream[1:-1]) * size + stream[2:], return_counts=True
    )
    keys2, counts2 = np.unique(keys3 % (size * size), return_counts=True)
    # The first bigram of the stream has nothing before it; the rest have continuation counts.
    first, second = keys2 // size, keys2 % size
    counts1 = np.bincount(second, minlength=size)

    unigram = _interpolate_unigram(counts1, size)
    total2 = np.maximum(_totals(first, counts2, size), 1e-9)
    kept2 = _discounted(counts2, _discounts(counts2))
    gamma1 = np.where(total2 > 1e-6, 1 - _totals(first, kept2, size) / total2, 1.0)
    bigram = kept2 / total2[first] + gamma1[first] * unigram[second]

    context = np.searchsorted(keys2, keys3 // size)
    context = np.minimum(context, len(keys2) - 1)
    known = keys2[context] == keys3 // size
    keys3, counts3, context = keys3[known], counts3[known], context[known]
    last = np.searchsorted(keys2, keys3 % (size * size))
    total3 = np.maximum(_totals(context, counts3, len(keys2)), 1e-9)
    kept3 = _discounted(counts3, _discounts(counts3))
    gamma2 = np.where(total3 > 1e-6, 1 - _totals(context, kept3, len(keys2)) / total3, 1.0)
    trigram = kept3 / total3[context] + gamma2[context] * bigram[last]

    change = counts3 * np.abs(np.log(trigram) - np.log(gamma2[context] * bigram[last]))
    stays = change >= threshold
    keys3, trigram, context, last = keys3[stays], trigram[stays], context[stays], last[stays]
    # What was pruned goes back to the shorter context (the sum over the kept entries decides).
    seen = _totals(context, trigram, len(keys2))
    below = _totals(context, bigram[last], len(keys2))
    gamma2 = np.clip(1 - seen, 1e-6, 1) / np.clip(1 - below, 1e-6, 1)
    return SmoothedModel(
        size=size,
        unigram=np.log(unigram),
        unigram_backoff=np.log(np.clip(gamma1, 1e-6, 1)),
        bigram_keys=keys2,
        bigram=np.log(bigram),
        bigram_backoff=np.log(np.clip(gamma2, 1e-6, 50)),
        trigram_keys=keys3,
        trigram=np.log(trigram),
    )


def _interpolate_unigram(counts: Ids, size: int) -> Reals:
    seen = counts[counts > 0]
    discounts = _discounts(seen)
    kept = _discounted(counts, discounts).clip(0)
    total = float(counts.sum())
    return kept / total + (1 - float(kept.sum()) / total) / size

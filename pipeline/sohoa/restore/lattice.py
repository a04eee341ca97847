"""Forward-backward search over a lattice of syllables, all language scores taken at once.

A lattice is a row of positions, each with a few readings. Where two neighbouring positions have one
reading each, what is before and what is after are independent, so the row falls into short spans
and the cost is linear in its length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.restore.language_model import LanguageModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float32] | NDArray[np.float64]
    Ids = NDArray[np.int64]


_BATCH = 200_000  # combinations scored at once


@dataclass(frozen=True, slots=True, eq=False)
class Position:
    """The readings of one token: their word ids, and what the ink says of each (log weight)."""

    ids: Ids
    weights: Logs


def posteriors(row: Sequence[Position], model: LanguageModel, language_weight: float) -> list[Logs]:
    """For each position the posterior probabilities of its readings (they sum to one)."""
    import numpy as np

    result: list[Logs] = [np.ones(1) for _ in row]
    spans = _open_spans(row)
    if not spans:
        return result
    tensors = _language_tensors(row, spans, model, language_weight)
    for (start, end), tensor in zip(spans, tensors, strict=True):
        for offset, values in enumerate(_span_posteriors(row, start, end, tensor)):
            result[start + offset] = values
    return result


def _open_spans(row: Sequence[Position]) -> list[tuple[int, int]]:
    """Spans [start, end) of positions, cut where two settled positions stand side by side."""
    spans: list[tuple[int, int]] = []
    for index, position in enumerate(row):
        if len(position.ids) == 1:
            continue
        if spans and index - spans[-1][1] < 2:
            spans[-1] = (spans[-1][0], index + 1)
        else:
            spans.append((index, index + 1))
    return spans


def _ids_at(row: Sequence[Position], index: int) -> Ids:
    """Word ids at an index; a break (id 1) before the first and after the last position."""
    import numpy as np

    return row[index].ids if 0 <= index < len(row) else np.ones(1, dtype=np.int64)


def _language_tensors(
    row: Sequence[Position],
    spans: list[tuple[int, int]],
    model: LanguageModel,
    language_weight: float,
) -> list[list[Logs]]:
    """For each span the log scores [i-2, i-1, i] of its positions and of the two after it."""
    groups = (
        tuple(_ids_at(row, index - back) for back in (2, 1, 0))
        for start, end in spans
        for index in range(start, end + 2)
    )
    scored = iter(_scored(groups, model.score, language_weight))
    return [[next(scored) for _ in range(start, end + 2)] for start, end in spans]


def _scored(
    groups: Iterable[tuple[Ids, ...]], score: Callable[..., NDArray[np.float32]], weight: float
) -> list[Logs]:
    """Weighted log scores of all combinations of each group's ids, asked for in large batches.

    The batches bound the memory: a paragraph of a hundred pages costs no more than its length.
    """
    import numpy as np

    results: list[Logs] = []
    batch: list[tuple[Ids, ...]] = []
    size = 0

    def flush() -> None:
        columns = zip(*map(_combinations, batch), strict=True)
        logs = score(*(np.concatenate(column) for column in columns)) * np.float32(weight)
        place = 0
        for group in batch:
            shape = tuple(map(len, group))
            count = int(np.prod(shape))
            results.append(logs[place : place + count].reshape(shape))
            place += count
        batch.clear()

    for group in groups:
        batch.append(group)
        size += int(np.prod(list(map(len, group))))
        if size >= _BATCH:
            flush()
            size = 0
    if batch:
        flush()
    return results


def _combinations(group: tuple[Ids, ...]) -> tuple[Ids, ...]:
    import numpy as np

    if all(len(ids) == 1 for ids in group):
        return group
    return tuple(grid.ravel() for grid in np.meshgrid(*group, indexing="ij"))


def _log_sum(values: Logs, axis: int) -> Logs:
    import numpy as np

    top = values.max(axis=axis, keepdims=True)
    return np.asarray(np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis))


def _span_posteriors(
    row: Sequence[Position], start: int, end: int, tensor: list[Logs]
) -> list[Logs]:
    import numpy as np

    # alpha[k][b, c]: everything up to position start + k, with its last two readings b and c.
    alphas: list[Logs] = []
    alpha: Logs = np.zeros((1, 1))
    for offset in range(end - start + 2):
        step: Logs = alpha[:, :, None] + tensor[offset]
        if start + offset < end:
            step = step + row[start + offset].weights[None, None, :]
        alpha = _log_sum(step, 0)
        alphas.append(alpha)
    beta: Logs = np.zeros_like(alphas[-1])
    result: list[Logs] = []
    for offset in range(end - start + 1, -1, -1):
        if start + offset < end:
            joint = alphas[offset] + beta
            flat = np.exp(joint - joint.max()).sum(axis=0)
            result.append(flat / flat.sum())
        step = tensor[offset] + beta[None, :, :]
        if start + offset < end:
            step = step + row[start + offset].weights[None, None, :]
        beta = _log_sum(step, 2)
    return result[::-1]


def pair_posteriors(
    row: Sequence[Position], model: LanguageModel, language_weight: float
) -> list[Logs]:
    """Like ``posteriors``, from pairs of neighbours only: cheaper where readings are many."""
    import numpy as np

    if not row:
        return []
    stop = np.ones(1, dtype=np.int64)
    befores = [stop, *(position.ids for position in row)]
    afters = [*(position.ids for position in row), stop]
    steps = _scored(zip(befores, afters, strict=True), model.score_pairs, language_weight)
    alphas: list[Logs] = [steps[0][0] + row[0].weights]
    for step, position in zip(steps[1:-1], row[1:], strict=True):
        alphas.append(_log_sum(alphas[-1][:, None] + step, 0) + position.weights)
    beta: Logs = steps[-1][:, 0]
    result: list[Logs] = []
    for index in range(len(row) - 1, -1, -1):
        joint = alphas[index] + beta
        shares = np.exp(joint - joint.max())
        result.append(shares / shares.sum())
        beta = _log_sum(steps[index] + (row[index].weights + beta)[None, :], 1)
    return result[::-1]

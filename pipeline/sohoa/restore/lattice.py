"""Forward-backward search over a lattice of syllables, all language scores taken at once.

A lattice is a row of positions, each with a few readings. Where two neighbouring positions have one
reading each, what is before and what is after are independent, so the row falls into short spans
and the cost is linear in its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.restore.language_model import LanguageModel

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float64]
    Ids = NDArray[np.int64]


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
    import numpy as np

    firsts, seconds, thirds, shapes = [], [], [], []
    for start, end in spans:
        for index in range(start, end + 2):
            a, b, c = (_ids_at(row, index - back) for back in (2, 1, 0))
            shape = (len(a), len(b), len(c))
            firsts.append(np.broadcast_to(a[:, None, None], shape).ravel())
            seconds.append(np.broadcast_to(b[None, :, None], shape).ravel())
            thirds.append(np.broadcast_to(c[None, None, :], shape).ravel())
            shapes.append(shape)
    logs = model.score(np.concatenate(firsts), np.concatenate(seconds), np.concatenate(thirds))
    scores: Logs = logs.astype(np.float64) * language_weight
    tensors: list[list[Logs]] = []
    place = number = 0
    for start, end in spans:
        tensor = []
        for _ in range(start, end + 2):
            shape = shapes[number]
            size = shape[0] * shape[1] * shape[2]
            tensor.append(scores[place : place + size].reshape(shape))
            place += size
            number += 1
        tensors.append(tensor)
    return tensors


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
    alpha = np.zeros((1, 1))
    for offset in range(end - start + 2):
        step = alpha[:, :, None] + tensor[offset]
        if start + offset < end:
            step = step + row[start + offset].weights[None, None, :]
        alpha = _log_sum(step, 0)
        alphas.append(alpha)
    beta = np.zeros_like(alphas[-1])
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
    shapes = [(len(a), len(b)) for a, b in zip(befores, afters, strict=True)]
    firsts = np.concatenate([np.repeat(a, len(b)) for a, b in zip(befores, afters, strict=True)])
    seconds = np.concatenate([np.tile(b, len(a)) for a, b in zip(befores, afters, strict=True)])
    scores = model.score_pairs(firsts, seconds).astype(np.float64) * language_weight
    ends = np.cumsum([rows * columns for rows, columns in shapes])
    steps = [
        block.reshape(shape)
        for block, shape in zip(np.split(scores, ends[:-1]), shapes, strict=True)
    ]
    alphas = [steps[0][0] + row[0].weights]
    for step, position in zip(steps[1:-1], row[1:], strict=True):
        alphas.append(_log_sum(alphas[-1][:, None] + step, 0) + position.weights)
    beta = steps[-1][:, 0]
    result: list[Logs] = []
    for index in range(len(row) - 1, -1, -1):
        joint = alphas[index] + beta
        shares = np.exp(joint - joint.max())
        result.append(shares / shares.sum())
        beta = _log_sum(steps[index] + (row[index].weights + beta)[None, :], 1)
    return result[::-1]

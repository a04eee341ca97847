"""From readings to posteriors: first narrow what is possible, then search exactly.

Where only marks can be wrong, the neighbours are taken as read to see which readings are possible
at all. Where every word is broken, a search over pairs of words narrows them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sohoa.restore.evidence import Readings
from sohoa.restore.language_model import LanguageModel
from sohoa.restore.lattice import Position, pair_posteriors, posteriors

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float64]

_PRUNE = 7.0  # readings this far (nats) below the best in their raw context are dropped
_LEAST_SHARE = 2e-3  # readings below this posterior among pairs are dropped
_MOST = 6  # readings kept at one position

Answer = tuple[tuple[str, float], ...]


def decide_near(
    readings: Sequence[Readings], model: LanguageModel, language_weight: float
) -> list[Answer | None]:
    """Readings with posteriors, best first, for tokens in doubt; None for the settled ones.

    For text that is mostly right: a reading must make sense between its neighbours as read.
    """
    kept = _kept_in_context(readings, model, language_weight)
    return _search(readings, kept, model, language_weight)


def decide_far(
    readings: Sequence[Readings], model: LanguageModel, language_weight: float
) -> list[Answer | None]:
    """The same for text of which most words are broken."""
    row = [Position(item.ids, item.weights) for item in readings]
    kept: list[list[int]] = []
    for shares in pair_posteriors(row, model, language_weight):
        order = (-shares).argsort(kind="stable")[:_MOST]
        kept.append([int(i) for i in order if shares[i] >= _LEAST_SHARE])
    return _search(readings, kept, model, language_weight)


def decide_roughly(
    readings: Sequence[Readings], model: LanguageModel, language_weight: float
) -> list[Answer | None]:
    """The same from pairs of words only: cheaper, for a first look at a broken text."""
    row = [Position(item.ids, item.weights) for item in readings]
    answers: list[Answer | None] = []
    for item, shares in zip(readings, pair_posteriors(row, model, language_weight), strict=True):
        best = int(shares.argmax())
        answers.append(((item.keys[best], float(shares[best])),) if len(item.keys) > 1 else None)
    return answers


def _search(
    readings: Sequence[Readings],
    kept: Sequence[list[int]],
    model: LanguageModel,
    language_weight: float,
) -> list[Answer | None]:
    row = [
        Position(item.ids[chosen], item.weights[chosen])
        if len(item.ids) > 1
        else Position(item.ids, item.weights)
        for item, chosen in zip(readings, kept, strict=True)
    ]
    answers: list[Answer | None] = []
    for item, chosen, shares in zip(
        readings, kept, posteriors(row, model, language_weight), strict=True
    ):
        if len(item.keys) == 1 or (len(chosen) == 1 and chosen[0] == 0):
            answers.append(None)
            continue
        order = (-shares).argsort(kind="stable")
        answers.append(tuple((item.keys[chosen[i]], float(shares[i])) for i in order))
    return answers


def _kept_in_context(
    readings: Sequence[Readings], model: LanguageModel, language_weight: float
) -> list[list[int]]:
    import numpy as np

    kept = [[0]] * len(readings)
    places = [place for place, item in enumerate(readings) if len(item.ids) > 1]
    if not places:
        return kept
    raw = np.asarray([1, 1, *(item.ids[0] for item in readings), 1, 1], dtype=np.int64)
    counts = np.asarray([len(readings[place].ids) for place in places])
    at = np.repeat(np.asarray(places) + 2, counts)
    own = np.concatenate([readings[place].ids for place in places])
    scores = (
        model.score(raw[at - 2], raw[at - 1], own)
        + model.score(raw[at - 1], own, raw[at + 1])
        + model.score(own, raw[at + 1], raw[at + 2])
    ) * language_weight + np.concatenate([readings[place].weights for place in places])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    tops = np.repeat(np.maximum.reduceat(scores, starts), counts)
    near = scores >= tops - _PRUNE
    near[starts] = True
    for place, start, count in zip(places, starts.tolist(), counts.tolist(), strict=True):
        chosen = np.flatnonzero(near[start : start + count])
        if len(chosen) > _MOST:
            best = (-scores[start + chosen]).argsort(kind="stable")[:_MOST]
            chosen = np.unique(np.concatenate([[0], chosen[best]]))
        if len(chosen) > 1:
            kept[place] = chosen.tolist()
    return kept

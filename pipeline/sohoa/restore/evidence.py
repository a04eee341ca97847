"""What the ink says of each token: its readings, each with a log weight.

The weights of a reading's own confusions come from the channel; the engine's confidence and the
alternatives that it weighed are added to them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sohoa.lexicon import fold_key, syllables_by_letters
from sohoa.model import Word
from sohoa.restore.candidates import find_candidates
from sohoa.restore.language_model import read_language_model
from sohoa.restore.paragraphs import Token
from sohoa.vietnamese import strip_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float64]
    Ids = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the evidence, set on development pages (cross-validated by document)."""

    language: float = 0.9
    sure: float = -0.2  # added to a change of a word the engine is sure of (confidence 0.96 up)
    unsure: float = 3.0  # added at confidence 0.8 and below
    listed: float = 0.5  # the engine weighed this reading
    listed_confidence: float = 3.0  # times the root of its confidence
    unlisted: float = -1.0  # the engine has alternatives, but not this one


@dataclass(frozen=True, slots=True, eq=False)
class Readings:
    """The readings of one token, as words of the model, with their log weights.

    The first is the token as it was read.
    """

    keys: tuple[str, ...]
    ids: Ids
    weights: Logs


def _readings(pairs: list[tuple[str, float]]) -> Readings:
    import numpy as np

    ids = read_language_model().ids
    return Readings(
        tuple(key for key, _ in pairs),
        np.asarray([ids.get(key, 0) for key, _ in pairs], dtype=np.int64),
        np.asarray([weight for _, weight in pairs], dtype=np.float64),
    )


@lru_cache(maxsize=65536)
def settled(key: str) -> Readings:
    """The one reading of a token that does not change."""
    return _readings([(key, 0.0)])


@lru_cache(maxsize=65536)
def _marked(key: str, capital: bool) -> Readings:
    known = key in read_language_model().ids
    return _readings([(c.syllable, c.weight) for c in find_candidates(key, capital, known)])


@lru_cache(maxsize=65536)
def _bare(key: str) -> Readings:
    """All syllables with these letters, none better than another; the reading itself first."""
    group = syllables_by_letters().get(strip_marks(key), ())
    if not group:
        return settled(key)
    known = key in read_language_model().ids
    rest = [(syllable, 0.0) for syllable in group if syllable != key]
    return _readings([(key, 0.0 if known else -8.0), *rest])


def readings_without_marks(token: Token) -> Readings:
    """Readings of a token whose marks are all missing."""
    return settled(token.key) if token.fixed else _bare(token.key)


def readings_of_marks(token: Token, word: Word, weights: Weights) -> Readings:
    """Readings of a token whose marks an engine may have got wrong."""
    import numpy as np

    if token.fixed:
        return settled(token.key)
    found = _marked(token.key, token.text.isupper())
    if len(found.keys) == 1:
        return found
    ink = found.weights + _confidence_shift(word.confidence, weights)
    ink[0] = found.weights[0]
    if word.alternatives:
        listed = _listed(token, word)
        if listed:
            bonus = [_listed_bonus(key, listed, weights) for key in found.keys[1:]]
            ink[1:] += np.asarray(bonus)
    return Readings(found.keys, found.ids, ink)


def _confidence_shift(confidence: float, weights: Weights) -> float:
    unsure = min(1.0, max(0.0, (0.96 - confidence) / 0.16))
    return weights.sure + (weights.unsure - weights.sure) * unsure


def _listed(token: Token, word: Word) -> dict[str, float]:
    """The engine's other readings of this run of letters, with their confidences."""
    after = len(word.text) - token.end
    found: dict[str, float] = {}
    for alternative in word.alternatives:
        run = alternative.text[token.start : len(alternative.text) - after]
        if run and run.isalpha():
            key = fold_key(run)
            found[key] = max(found.get(key, 0.0), alternative.confidence)
    return found


def _listed_bonus(key: str, listed: dict[str, float], weights: Weights) -> float:
    if key not in listed:
        return weights.unlisted
    return weights.listed + weights.listed_confidence * math.sqrt(listed[key])

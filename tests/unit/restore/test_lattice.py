"""The search against plain enumeration."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.restore.language_model import read_language_model
from sohoa.restore.lattice import Position, pair_posteriors, posteriors

MODEL = read_language_model()
WORDS = [MODEL.identify(word) for word in ("tổ", "chức", "tô", "chúc", "thực", "hiện", "và")]

positions = st.lists(
    st.lists(
        st.tuples(st.sampled_from(WORDS), st.floats(-6, 0)), min_size=1, max_size=3, unique=True
    ),
    min_size=1,
    max_size=5,
)


def row_of(drawn: list[list[tuple[int, float]]]) -> list[Position]:
    return [
        Position(np.asarray([i for i, _ in p], dtype=np.int64), np.asarray([w for _, w in p]))
        for p in drawn
    ]


def enumerated(row: list[Position], weight: float, order: int) -> list[list[float]]:
    shares = [[0.0] * len(position.ids) for position in row]
    for path in product(*(range(len(position.ids)) for position in row)):
        ids = [1, 1, *(int(p.ids[i]) for p, i in zip(row, path, strict=True)), 1, 1]
        array = np.asarray(ids, dtype=np.int64)
        if order == 3:
            log = float(MODEL.score(array[:-2], array[1:-1], array[2:]).sum())
        else:
            log = float(MODEL.score_pairs(array[1:-2], array[2:-1]).sum())
        total = weight * log + sum(float(p.weights[i]) for p, i in zip(row, path, strict=True))
        for place, i in enumerate(path):
            shares[place][i] += np.exp(total)
    return [[value / sum(place) for value in place] for place in shares]


@settings(max_examples=60, deadline=None)
@given(positions)
def test_posteriors_are_those_of_enumeration(drawn: list[list[tuple[int, float]]]) -> None:
    row = row_of(drawn)
    for found, expected in zip(posteriors(row, MODEL, 0.9), enumerated(row, 0.9, 3), strict=True):
        assert found == pytest.approx(expected, abs=1e-3)


@settings(max_examples=60, deadline=None)
@given(positions)
def test_pair_posteriors_are_those_of_enumeration(drawn: list[list[tuple[int, float]]]) -> None:
    row = row_of(drawn)
    found = pair_posteriors(row, MODEL, 1.0)
    for one, expected in zip(found, enumerated(row, 1.0, 2), strict=True):
        assert one == pytest.approx(expected, abs=1e-3)


def test_an_empty_row_has_no_posteriors() -> None:
    assert posteriors([], MODEL, 1.0) == []
    assert pair_posteriors([], MODEL, 1.0) == []

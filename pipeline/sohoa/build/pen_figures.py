"""``python -m sohoa.build.pen_figures [OUT]``: train the network that reads figures by pen.

It learns from figures drawn here, by strokes of our own and in plain typefaces: no page of any
document is used. The same seed gives the same samples; about two minutes on one core.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sohoa.build.pen_strokes import draw, draw_other, draw_type
from sohoa.dictionaries import dictionaries_folder
from sohoa.look.pen_figures import CLASSES, MODEL, FigureNetwork, figure_features

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_HIDDEN = 96
_SEED = 20250117
_DROPPED = 0.2


def samples(count: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """``count`` samples of each figure, a third more of ink that is none; features and classes."""
    rows, labels = [], []
    for label, character in enumerate(CLASSES):
        other = character == "x"
        for _ in range(3 * count if other else count):
            if other:
                ink = draw_other(rng)
            else:
                typed = rng.random() < 0.15
                ink = draw_type(character, rng) if typed else draw(character, rng)
            rows.append(figure_features(ink))
            labels.append(label)
    return np.stack(rows), np.array(labels)


def train(features: Floats, labels: NDArray[np.int64], epochs: int) -> FigureNetwork:
    """Adam on cross-entropy with a little smoothing and dropout: two layers need no more."""
    rng = np.random.default_rng(_SEED)
    inputs, outputs = features.shape[1], len(CLASSES)
    weights = [
        rng.normal(0, np.sqrt(2 / inputs), (inputs, _HIDDEN)).astype(np.float32),
        np.zeros(_HIDDEN, dtype=np.float32),
        rng.normal(0, np.sqrt(1 / _HIDDEN), (_HIDDEN, outputs)).astype(np.float32),
        np.zeros(outputs, dtype=np.float32),
    ]
    means = [np.zeros_like(each) for each in weights]
    squares = [np.zeros_like(each) for each in weights]
    wanted = np.full((len(labels), outputs), 0.03 / outputs, dtype=np.float32)
    wanted[np.arange(len(labels)), labels] += 0.97
    step, batch = 0, 256
    for epoch in range(epochs):
        rate = 2e-3 * 0.5 * (1 + np.cos(np.pi * epoch / epochs)) + 1e-5
        order = rng.permutation(len(labels))
        for start in range(0, len(order) - batch + 1, batch):
            step += 1
            chosen = order[start : start + batch]
            gradients = _gradients(weights, features[chosen], wanted[chosen], rng)
            for place, gradient in enumerate(gradients):
                means[place] = 0.9 * means[place] + 0.1 * gradient
                squares[place] = 0.999 * squares[place] + 0.001 * gradient**2
                mean = means[place] / (1 - 0.9**step)
                square = squares[place] / (1 - 0.999**step)
                decay = 1e-4 * weights[place] if weights[place].ndim == 2 else 0.0
                change = rate * (mean / (np.sqrt(square) + 1e-8) + decay)
                weights[place] = (weights[place] - change).astype(np.float32)
    return FigureNetwork(*weights)


def _gradients(
    weights: list[Floats], features: Floats, wanted: Floats, rng: np.random.Generator
) -> list[Floats]:
    first, first_bias, second, second_bias = weights
    hidden = np.maximum(features @ first + first_bias, 0)
    kept = (rng.random(hidden.shape) > _DROPPED) / (1 - _DROPPED)
    hidden = (hidden * kept).astype(np.float32)
    out = hidden @ second + second_bias
    shares = np.exp(out - out.max(axis=1, keepdims=True))
    shares /= shares.sum(axis=1, keepdims=True)
    down = (shares - wanted) / len(features)
    back = (down @ second.T) * (hidden > 0) * kept
    return [
        np.asarray(each, dtype=np.float32)
        for each in (features.T @ back, back.sum(axis=0), hidden.T @ down, down.sum(axis=0))
    ]


def main(arguments: list[str]) -> int:
    folder = Path(arguments[0]) if arguments else dictionaries_folder()
    rng = np.random.default_rng(_SEED)
    features, labels = samples(3000, rng)
    network = train(features, labels, 24)
    test, truth = samples(150, rng)
    right = network.scores(test).argmax(axis=1) == truth
    print(f"right on new samples: {right.mean():.3f}")
    np.savez_compressed(
        folder / MODEL,
        first=network.first.astype(np.float16),
        first_bias=network.first_bias,
        second=network.second.astype(np.float16),
        second_bias=network.second_bias,
    )
    print(f"{folder / MODEL}: {(folder / MODEL).stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

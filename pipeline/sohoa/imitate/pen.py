# ruff: noqa: E501 (one figure a line)
"""Pen ink: figures 0-9 as strokes, and signatures as smooth curves. Masks are float32 0..1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.float32]
    Points = NDArray[np.float64]

_SUPER = 4  # drawn larger and scaled down: soft edges

# Control points of each stroke in a box 0.6 wide and 1 high, y down.
_FIGURES: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.34, 0.04), (0.1, 0.2), (0.06, 0.62), (0.25, 0.97), (0.48, 0.75), (0.5, 0.3), (0.3, 0.03)),),
    "1": (((0.14, 0.28), (0.3, 0.14), (0.4, 0.03), (0.37, 0.4), (0.33, 0.98)),),
    "2": (((0.1, 0.25), (0.2, 0.06), (0.42, 0.08), (0.46, 0.32), (0.28, 0.65), (0.08, 0.92), (0.3, 0.9), (0.54, 0.94)),),
    "3": (((0.12, 0.12), (0.36, 0.04), (0.46, 0.22), (0.26, 0.45), (0.48, 0.58), (0.44, 0.88), (0.2, 0.98), (0.07, 0.84)),),
    "4": (((0.3, 0.05), (0.18, 0.36), (0.06, 0.62), (0.28, 0.62), (0.55, 0.6)), ((0.42, 0.32), (0.38, 0.65), (0.36, 1.0))),
    "5": (((0.18, 0.08), (0.14, 0.28), (0.12, 0.46), (0.36, 0.42), (0.48, 0.66), (0.32, 0.95), (0.08, 0.9)), ((0.18, 0.08), (0.34, 0.08), (0.52, 0.05))),
    "6": (((0.42, 0.04), (0.18, 0.3), (0.08, 0.68), (0.22, 0.96), (0.44, 0.84), (0.42, 0.58), (0.24, 0.54), (0.1, 0.72)),),
    "7": (((0.08, 0.1), (0.28, 0.09), (0.52, 0.06), (0.36, 0.45), (0.24, 0.98)), ((0.18, 0.5), (0.32, 0.48), (0.46, 0.47))),
    "8": (((0.42, 0.14), (0.22, 0.04), (0.1, 0.22), (0.3, 0.46), (0.46, 0.72), (0.28, 0.97), (0.08, 0.8), (0.26, 0.5), (0.46, 0.26), (0.4, 0.1)),),
    "/": (((0.5, 0.02), (0.36, 0.4), (0.12, 1.0)),),
    "9": (((0.46, 0.22), (0.26, 0.04), (0.1, 0.26), (0.24, 0.48), (0.44, 0.34), (0.47, 0.2), (0.44, 0.6), (0.32, 0.98)),),
}  # fmt: skip


def draw_figures(text: str, size: tuple[int, int], rng: np.random.Generator) -> Mask:
    """The figures of ``text`` by pen in a box of ``(width, height)`` pixels; others are left out."""
    import numpy as np

    width, height = size
    mask = np.zeros((height * _SUPER, width * _SUPER), dtype=np.uint8)
    step = width / max(1, len(text))
    slant = rng.uniform(-0.05, 0.3)
    thick = max(1.2, height * rng.uniform(0.05, 0.085))
    lift = 0.0
    for index, character in enumerate(text):
        strokes = _FIGURES.get(character, ())
        tall = height * rng.uniform(0.82, 0.98)
        lift += rng.normal(0, 0.02) * height
        for stroke in strokes:
            points = np.array(stroke) + rng.normal(0, 0.018, (len(stroke), 2))
            x = index * step + step * 0.12 + points[:, 0] / 0.6 * min(step * 0.8, tall * 0.62)
            y = height - tall + points[:, 1] * tall * 0.97 + lift
            x = x + (1 - points[:, 1]) * slant * tall * 0.4
            _stroke(mask, np.stack([x, y], 1), thick * rng.uniform(0.9, 1.1))
    return _shrunk(mask, size)


def draw_signature(size: tuple[int, int], rng: np.random.Generator) -> Mask:
    """A made-up signature: a knot of loops, a name-like wave, a long closing stroke."""
    import numpy as np

    width, height = size
    mask = np.zeros((height * _SUPER, width * _SUPER), dtype=np.uint8)
    thick = max(1.3, height * rng.uniform(0.016, 0.028))
    loops = int(rng.integers(2, 5))
    knot = [
        (
            width * (0.08 + 0.3 * rng.random() + 0.06 * index),
            height * (0.1 + 0.75 * ((index % 2) * 0.8 + 0.2 * rng.random())),
        )
        for index in range(loops * 2)
    ]
    _stroke(mask, np.array(knot), thick * 1.15)
    waves = int(rng.integers(4, 8))
    start = width * rng.uniform(0.25, 0.4)
    wave = [
        (
            start + index * width * 0.4 / waves,
            height * (0.5 + rng.uniform(0.05, 0.2) * (-1) ** index + rng.normal(0, 0.03)),
        )
        for index in range(waves)
    ]
    _stroke(mask, np.array(wave), thick)
    drop = rng.uniform(-0.35, 0.3)
    tail = [
        (width * 0.18, height * (0.72 + rng.uniform(-0.1, 0.1))),
        (width * 0.5, height * (0.74 + drop * 0.3)),
        (width * rng.uniform(0.75, 0.85), height * (0.66 + drop * 0.7)),
        (width * 0.98, height * min(0.97, max(0.03, 0.6 + drop))),
    ]
    _stroke(mask, np.array(tail), thick * 0.85)
    return _shrunk(mask, size)


def _stroke(mask: NDArray[np.uint8], points: Points, thick: float) -> None:
    """Draw a smooth line through the points; a little thinner at its ends."""
    import cv2
    import numpy as np

    curve = _smooth(points) * _SUPER
    count = len(curve)
    for index in range(count - 1):
        along = index / max(1, count - 1)
        width = thick * _SUPER * (0.65 + 0.35 * np.sin(np.pi * min(1.0, along * 1.6 + 0.12)))
        start, end = curve[index], curve[index + 1]
        cv2.line(
            mask,
            (round(float(start[0])), round(float(start[1]))),
            (round(float(end[0])), round(float(end[1]))),
            255,
            max(1, round(float(width))),
            cv2.LINE_AA,
        )


def _smooth(points: Points) -> Points:
    """Catmull-Rom spline through the points."""
    import numpy as np

    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    t = np.linspace(0, 1, 14, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(
            0.5
            * (
                2 * b
                + (c - a) * t
                + (2 * a - 5 * b + 4 * c - d) * t**2
                + (3 * b - a - 3 * c + d) * t**3
            )
        )
    return np.vstack([*parts, points[-1:]])


def _shrunk(mask: NDArray[np.uint8], size: tuple[int, int]) -> Mask:
    import cv2
    import numpy as np

    small = cv2.resize(mask, size, interpolation=cv2.INTER_AREA)
    return (small / 255.0).astype(np.float32)

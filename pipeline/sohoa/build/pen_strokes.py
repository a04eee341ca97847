# ruff: noqa: E501 (one figure a line)
"""Figures by pen as Vietnamese clerks write them, drawn with strokes that vary from hand to hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

Stroke = tuple[tuple[float, float], ...]
HEIGHT = 64

# Several ways to write each figure: control points of its strokes in a box about 0.6 wide and 1
# high, y down; a smooth curve goes through them.
FIGURES: dict[str, tuple[tuple[Stroke, ...], ...]] = {
    "0": (
        (((0.32, 0.03), (0.1, 0.2), (0.04, 0.6), (0.22, 0.97), (0.47, 0.8), (0.54, 0.35), (0.32, 0.03)),),
        (((0.4, 0.08), (0.15, 0.1), (0.04, 0.55), (0.2, 0.96), (0.48, 0.75), (0.52, 0.25), (0.36, 0.02), (0.22, 0.14)),),
        (((0.3, 0.02), (0.0, 0.45), (0.28, 0.98), (0.6, 0.5), (0.3, 0.02)),),
    ),
    "1": (
        (((0.3, 0.02), (0.3, 0.5), (0.3, 0.98)),),
        (((0.12, 0.26), (0.24, 0.14), (0.34, 0.02)), ((0.34, 0.02), (0.33, 0.5), (0.31, 0.98))),
        (((0.0, 0.5), (0.18, 0.28), (0.4, 0.02)), ((0.4, 0.02), (0.36, 0.5), (0.32, 0.98))),
        (((0.0, 0.66), (0.2, 0.36), (0.42, 0.02)), ((0.42, 0.02), (0.4, 0.5), (0.38, 0.98))),
        (((-0.06, 0.9), (0.2, 0.45), (0.44, 0.02)), ((0.44, 0.02), (0.42, 0.5), (0.4, 0.98))),
        (((0.12, 0.2), (0.3, 0.03)), ((0.3, 0.03), (0.3, 0.97)), ((0.08, 0.97), (0.52, 0.96))),
        (((0.02, 0.34), (0.2, 0.2), (0.34, 0.02)), ((0.34, 0.02), (0.33, 0.97)), ((0.1, 0.98), (0.56, 0.95))),
    ),
    "2": (
        (((0.1, 0.5), (0.02, 0.36), (0.2, 0.2), (0.42, 0.06), (0.46, 0.3), (0.26, 0.7), (0.04, 0.92), (0.0, 0.78), (0.2, 0.78), (0.36, 0.95), (0.7, 0.8)),),
        (((0.1, 0.25), (0.2, 0.06), (0.42, 0.08), (0.46, 0.32), (0.28, 0.65), (0.06, 0.95)), ((0.06, 0.95), (0.3, 0.93), (0.55, 0.95))),
        (((0.1, 0.25), (0.2, 0.06), (0.42, 0.08), (0.46, 0.32), (0.28, 0.65), (0.06, 0.9), (0.14, 0.98), (0.26, 0.86), (0.4, 0.95), (0.58, 0.88)),),
        (((0.12, 0.3), (0.22, 0.05), (0.45, 0.12), (0.42, 0.4), (0.2, 0.78), (0.03, 0.9), (0.06, 0.74), (0.22, 0.78), (0.38, 0.96), (0.6, 0.88)),),
        (((0.2, 0.34), (0.08, 0.3), (0.12, 0.1), (0.34, 0.02), (0.46, 0.2), (0.36, 0.5), (0.16, 0.8), (0.02, 0.94), (0.0, 0.8), (0.16, 0.76), (0.34, 0.94), (0.62, 0.86)),),
        (((0.02, 0.42), (0.14, 0.5), (0.26, 0.34), (0.16, 0.24), (0.1, 0.36), (0.3, 0.1), (0.46, 0.14), (0.44, 0.44), (0.26, 0.78), (0.06, 0.95), (0.3, 0.86), (0.62, 0.92)),),
        (((0.06, 0.16), (0.3, 0.02), (0.48, 0.16), (0.4, 0.46), (0.08, 0.94)), ((0.08, 0.94), (0.6, 0.92))),
    ),
    "3": (
        (((0.06, 0.12), (0.3, 0.04), (0.4, 0.2), (0.22, 0.4), (0.44, 0.56), (0.38, 0.9), (0.14, 1.0), (-0.04, 0.86)),),
        (((0.12, 0.12), (0.36, 0.04), (0.46, 0.22), (0.24, 0.45), (0.48, 0.58), (0.44, 0.88), (0.2, 0.98), (0.05, 0.84)),),
        (((0.08, 0.06), (0.26, 0.07), (0.5, 0.04)), ((0.5, 0.04), (0.34, 0.25), (0.22, 0.42)), ((0.22, 0.42), (0.46, 0.5), (0.48, 0.78), (0.28, 0.97), (0.04, 0.88))),
        (((0.1, 0.2), (0.28, 0.02), (0.44, 0.14), (0.36, 0.36), (0.2, 0.42)), ((0.2, 0.42), (0.44, 0.46), (0.52, 0.7), (0.3, 0.98), (0.0, 0.92))),
        (((0.14, 0.1), (0.4, 0.02), (0.42, 0.24), (0.16, 0.4), (0.4, 0.46), (0.42, 0.78), (0.2, 1.0), (0.0, 0.86), (0.1, 0.76)),),
    ),
    "4": (
        (((0.3, 0.03), (0.18, 0.34), (0.04, 0.62)), ((0.04, 0.62), (0.28, 0.62), (0.58, 0.6)), ((0.42, 0.3), (0.4, 0.65), (0.37, 1.0))),
        (((0.12, 0.04), (0.08, 0.3), (0.05, 0.55)), ((0.05, 0.55), (0.28, 0.56), (0.56, 0.52)), ((0.46, 0.04), (0.42, 0.5), (0.38, 1.0))),
        (((0.4, 0.02), (0.2, 0.34), (0.02, 0.66)), ((0.02, 0.66), (0.6, 0.64)), ((0.4, 0.02), (0.4, 1.0))),
        (((0.22, 0.03), (0.02, 0.55)), ((0.02, 0.55), (0.2, 0.5), (0.58, 0.56)), ((0.5, 0.0), (0.36, 1.0))),
        (((0.18, 0.1), (0.04, 0.4), (0.14, 0.5), (0.36, 0.36), (0.48, 0.1)), ((0.48, 0.1), (0.4, 0.55), (0.34, 1.0))),
        (((0.26, 0.02), (0.0, 0.5)), ((0.0, 0.5), (0.56, 0.44)), ((0.4, 0.22), (0.32, 0.9))),
    ),
    "5": (
        (((0.16, 0.08), (0.13, 0.28), (0.11, 0.44)), ((0.11, 0.44), (0.36, 0.4), (0.48, 0.64), (0.32, 0.95), (0.04, 0.9)), ((0.16, 0.08), (0.34, 0.08), (0.54, 0.05))),
        (((0.5, 0.06), (0.18, 0.08), (0.12, 0.42)), ((0.12, 0.42), (0.32, 0.36), (0.46, 0.56), (0.4, 0.86), (0.2, 0.98), (0.0, 0.88))),
        (((0.2, 0.14), (0.1, 0.44)), ((0.1, 0.44), (0.34, 0.44), (0.4, 0.72), (0.2, 0.98), (0.0, 0.92)), ((0.2, 0.06), (0.46, 0.04), (0.8, 0.0))),
        (((0.56, 0.02), (0.3, 0.04), (0.16, 0.3), (0.36, 0.5), (0.4, 0.78), (0.2, 0.98), (0.02, 0.86)),),
        (((0.14, 0.2), (0.12, 0.46)), ((0.12, 0.46), (0.36, 0.46), (0.42, 0.74), (0.22, 0.98), (0.02, 0.9)), ((0.14, 0.12), (0.6, 0.02))),
    ),
    "6": (
        (((0.34, 0.0), (0.1, 0.5), (0.14, 0.92), (0.36, 0.92), (0.42, 0.66), (0.24, 0.6), (0.12, 0.74)),),
        (((0.42, 0.04), (0.18, 0.3), (0.08, 0.68), (0.22, 0.96), (0.44, 0.84), (0.42, 0.58), (0.24, 0.54), (0.1, 0.72)),),
        (((0.3, 0.0), (0.12, 0.35), (0.06, 0.75), (0.24, 0.98), (0.48, 0.8), (0.4, 0.56), (0.2, 0.6), (0.1, 0.8)),),
        (((0.5, 0.1), (0.34, 0.02), (0.1, 0.4), (0.06, 0.78), (0.26, 0.98), (0.5, 0.76), (0.32, 0.56), (0.12, 0.7)),),
    ),
    "7": (
        (((0.06, 0.1), (0.28, 0.09), (0.52, 0.05)), ((0.52, 0.05), (0.38, 0.45), (0.26, 0.98))),
        (((0.06, 0.1), (0.28, 0.09), (0.52, 0.05)), ((0.52, 0.05), (0.38, 0.45), (0.26, 0.98)), ((0.1, 0.52), (0.34, 0.5), (0.58, 0.47))),
        (((0.04, 0.2), (0.1, 0.08), (0.26, 0.12), (0.5, 0.04)), ((0.5, 0.04), (0.4, 0.45), (0.36, 0.98)), ((0.14, 0.5), (0.66, 0.42))),
        (((0.04, 0.22), (0.12, 0.02), (0.3, 0.08), (0.5, 0.02), (0.4, 0.4), (0.22, 0.98)),),
        (((0.0, 0.3), (0.08, 0.06), (0.54, 0.04)), ((0.54, 0.04), (0.36, 0.98)), ((0.2, 0.48), (0.62, 0.44))),
    ),
    "8": (
        (((0.42, 0.14), (0.22, 0.04), (0.1, 0.22), (0.3, 0.46), (0.46, 0.72), (0.28, 0.97), (0.08, 0.8), (0.26, 0.5), (0.46, 0.26), (0.4, 0.1)),),
        (((0.28, 0.02), (0.1, 0.2), (0.28, 0.44), (0.46, 0.2), (0.28, 0.02)), ((0.28, 0.44), (0.04, 0.72), (0.28, 0.98), (0.52, 0.72), (0.28, 0.44))),
        (((0.5, 0.04), (0.16, 0.1), (0.22, 0.4), (0.42, 0.7), (0.22, 0.98), (0.04, 0.78), (0.3, 0.46), (0.56, 0.08)),),
    ),
    "9": (
        (((0.46, 0.1), (0.2, 0.1), (0.14, 0.34), (0.36, 0.4), (0.48, 0.2)), ((0.48, 0.2), (0.46, 0.6), (0.28, 0.96), (0.04, 0.9))),
        (((0.5, 0.08), (0.24, 0.06), (0.1, 0.26), (0.24, 0.44), (0.46, 0.3)), ((0.5, 0.08), (0.42, 0.5), (0.24, 0.98), (0.02, 0.84))),
        (((0.46, 0.22), (0.26, 0.04), (0.1, 0.26), (0.24, 0.48), (0.44, 0.34), (0.47, 0.2), (0.44, 0.6), (0.32, 0.98)),),
        (((0.46, 0.16), (0.22, 0.02), (0.06, 0.26), (0.2, 0.48), (0.46, 0.22)), ((0.48, 0.06), (0.46, 0.6), (0.34, 0.96), (0.04, 0.9))),
        (((0.42, 0.1), (0.2, 0.04), (0.08, 0.26), (0.2, 0.44), (0.42, 0.2)), ((0.42, 0.1), (0.4, 0.6), (0.2, 0.98), (0.0, 0.8), (0.2, 0.66))),
        (((0.44, 0.2), (0.3, 0.02), (0.08, 0.2), (0.2, 0.44), (0.44, 0.28)), ((0.45, 0.18), (0.44, 0.98))),
    ),
    "/": (
        (((0.42, 0.0), (0.26, 0.5), (0.1, 1.0)),),
        (((0.5, 0.0), (0.04, 1.0)),),
    ),
}  # fmt: skip
_LETTERS = "SsoóygthnmaàTKQBCDGVHNLMPRbdekquvc:.,-"


def draw(text: str, rng: np.random.Generator) -> Floats:
    """Figures side by side by one hand: ink 0..1, cut to its edges."""
    slant, thick = rng.normal(0.18, 0.18), HEIGHT * rng.uniform(0.035, 0.15)
    mask = np.zeros((HEIGHT * 2, HEIGHT * (len(text) + 2)), dtype=np.uint8)
    pen = HEIGHT * 0.7
    for character in text:
        wide = HEIGHT * rng.uniform(0.65, 1.35)
        tall = HEIGHT * rng.uniform(0.85, 1.1)
        turn = rng.normal(0, 0.08)
        sway = rng.normal(0, 0.035, (2, 2))
        ways = FIGURES[character]
        for stroke in ways[rng.integers(len(ways))]:
            points = _curve(_shaken(np.array(stroke), rng))
            x, y = points[:, 0], points[:, 1] - 0.5
            x = x + sway[0, 0] * np.sin(4 * y) + sway[0, 1] * np.cos(5 * y) - slant * y
            y = y + sway[1, 0] * np.sin(5 * x) + turn * (x - 0.3)
            line = np.stack([pen + (x - turn * y) * wide, HEIGHT + y * tall], axis=1)
            cv2.polylines(
                mask,
                [np.round(line * 8).astype(np.int32)],
                False,
                255,
                max(1, round(thick * rng.uniform(0.85, 1.15))),
                cv2.LINE_AA,
                3,
            )
        pen += wide * rng.uniform(0.55, 0.8)
    return _scanned(mask, rng)


def draw_type(text: str, rng: np.random.Generator) -> Floats:
    """The same in the plain typefaces that come with the imaging library."""
    faces = [0, 2, 3, 4, 6, 7]
    face = int(rng.choice(faces)) | (16 if rng.random() < 0.3 else 0)
    mask = np.zeros((HEIGHT * 2, HEIGHT * (len(text) + 2)), dtype=np.uint8)
    place = (HEIGHT // 2, int(HEIGHT * 1.4))
    size = float(rng.uniform(1.4, 2.4))
    cv2.putText(mask, text, place, face, size, 255, int(rng.integers(2, 8)), cv2.LINE_AA)
    slant = rng.uniform(-0.05, 0.35)
    map_ = np.array([[rng.uniform(0.8, 1.2), -slant, slant * HEIGHT], [0, 1, 0]], dtype=np.float32)
    leaned = cv2.warpAffine(mask, map_, mask.shape[::-1])
    return _scanned(np.asarray(leaned, dtype=np.uint8), rng)


def draw_other(rng: np.random.Generator) -> Floats:
    """Ink that is no figure: figures that touch, parts of one, letters, specks and rules."""
    kind = rng.random()
    figures = "".join(rng.choice(list("0123456789"), 2))
    if kind < 0.4:
        return draw(figures, rng)
    if kind < 0.65:
        ink = draw(figures[0] if rng.random() < 0.6 else figures, rng)
        cut = int(ink.shape[1] * rng.uniform(0.25, 0.6))
        part = ink[:, :cut] if rng.random() < 0.5 else ink[:, cut:]
        return cropped(part) if part.max() > 0.5 else draw(figures, rng)
    if kind < 0.9:
        letters = "".join(rng.choice(list(_LETTERS), rng.integers(1, 3)))
        letters = letters.encode("ascii", "ignore").decode() or "S"
        return draw_type(letters, rng)
    wide, tall = (rng.integers(3, 20, 2)) if rng.random() < 0.5 else rng.integers((30, 2), (60, 6))
    return np.ones((int(tall), int(wide)), dtype=np.float32)


def _shaken(points: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    shaken = points + rng.normal(0, 0.028, points.shape)
    if len(points) > 2 and rng.random() < 0.3:  # hasty ends: shorter or carried on
        shaken[-1] += rng.uniform(-0.25, 0.25) * (shaken[-1] - shaken[-2])
    return np.asarray(shaken, dtype=np.float64)


def _curve(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """A Catmull-Rom curve through the points."""
    if len(points) < 3:
        return points
    padded = np.concatenate([points[:1], points, points[-1:]])
    steps = np.linspace(0, 1, 10, endpoint=False)[:, None]
    parts = []
    for a, b, c, d in zip(padded[:-3], padded[1:-2], padded[2:-1], padded[3:], strict=True):
        parts.append(
            0.5
            * (
                2 * b
                + (c - a) * steps
                + (2 * a - 5 * b + 4 * c - d) * steps**2
                + (3 * b - a - 3 * c + d) * steps**3
            )
        )
    return np.concatenate([*parts, points[-1:]])


def _scanned(mask: NDArray[np.uint8], rng: np.random.Generator) -> Floats:
    """As a scanner gives it: smaller, soft or hard, with ragged edges."""
    whole = cropped(np.asarray(mask / 255, dtype=np.float32))
    factor = rng.uniform(0.3, 0.9)
    size = (max(3, round(whole.shape[1] * factor)), max(3, round(whole.shape[0] * factor)))
    small = cv2.resize(whole, size, interpolation=cv2.INTER_AREA)
    ink = np.asarray(cv2.GaussianBlur(small, (0, 0), rng.uniform(0.3, 1.0)), dtype=np.float32)
    ink = ink + rng.normal(0, rng.uniform(0, 0.12), ink.shape).astype(np.float32)
    if rng.random() < 0.5:
        ink = (ink > rng.uniform(0.3, 0.6)).astype(np.float32)
    return cropped(np.clip(ink, 0, 1).astype(np.float32))


def cropped(ink: Floats) -> Floats:
    """The ink cut to its edges; a single dot where there is none."""
    rows, columns = np.flatnonzero((ink > 0.4).any(axis=1)), np.flatnonzero((ink > 0.4).any(axis=0))
    if not len(rows):
        return np.ones((3, 3), dtype=np.float32)
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]

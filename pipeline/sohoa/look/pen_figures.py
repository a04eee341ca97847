"""Which figure a piece of pen ink is: a small network over the directions of its strokes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.dictionaries import dictionary_path
from sohoa.errors import DictionaryError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

MODEL = "pen_figures.npz"
# What the network tells apart: the figures, the slash of the symbol, and ink that is neither.
CLASSES = "0123456789/x"
SIDE = 24
_INNER = 20
_CELL = 4
_DIRECTIONS = 8


@dataclass(frozen=True, slots=True, eq=False)
class FigureNetwork:
    """Two layers of weights; see ``pipeline/sohoa/build/pen_figures.py`` for how they came about.

    ``scores`` gives log probabilities, one row a piece of ink, one column a class.
    """

    first: Floats
    first_bias: Floats
    second: Floats
    second_bias: Floats

    def scores(self, features: Floats) -> Floats:
        hidden = np.maximum(features @ self.first + self.first_bias, 0)
        out = hidden @ self.second + self.second_bias
        out = out - out.max(axis=1, keepdims=True)
        return np.asarray(out - np.log(np.exp(out).sum(axis=1, keepdims=True)), dtype=np.float32)


@cache
def read_figure_network() -> FigureNetwork:
    """The shipped network; ``DictionaryError`` where its file is missing or damaged."""
    path = dictionary_path(MODEL)
    try:
        with np.load(path, allow_pickle=False) as stored:
            parts = [
                np.asarray(stored[name], dtype=np.float32)
                for name in ("first", "first_bias", "second", "second_bias")
            ]
    except (OSError, ValueError, KeyError) as error:
        raise DictionaryError(
            f"{path.name} cannot be read: {error}.",
            remedy="Build it again: python -m sohoa.build.pen_figures.",
        ) from error
    return FigureNetwork(*parts)


def figure_features(ink: Floats) -> Floats:
    """What the network sees of one piece: ``ink`` is 0 for paper .. 1 for ink, cut to its edges.

    The piece fills a square whatever its size; directions of edges are counted cell by cell, next
    to a coarse picture and the shape (width to height) that the square hides.
    """
    square = _squared(ink)
    dx = cv2.Sobel(square, cv2.CV_32F, 1, 0, ksize=3)
    dy = cv2.Sobel(square, cv2.CV_32F, 0, 1, ksize=3)
    strength = np.hypot(dx, dy)
    place = (np.arctan2(dy, dx) / (2 * np.pi) + 1.0) * _DIRECTIONS
    low = np.floor(place)
    share = place - low
    planes = np.zeros((_DIRECTIONS, SIDE, SIDE), dtype=np.float32)
    rows, columns = np.indices((SIDE, SIDE))
    planes[low.astype(int) % _DIRECTIONS, rows, columns] = strength * (1 - share)
    planes[(low.astype(int) + 1) % _DIRECTIONS, rows, columns] += strength * share
    cells = SIDE // _CELL
    smooth = np.stack([cv2.GaussianBlur(plane, (0, 0), 1.2) for plane in planes])
    counts = smooth.reshape(_DIRECTIONS, cells, _CELL, cells, _CELL).mean(axis=(2, 4)).ravel()
    counts = np.sqrt(counts / (counts.mean() + 1e-6))
    coarse = cv2.resize(square, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA).ravel()
    shape = np.clip(np.log((ink.shape[1] + 1) / (ink.shape[0] + 1)), -2, 2)
    return np.concatenate([counts, 2 * coarse, [2 * shape]]).astype(np.float32)


def _squared(ink: Floats) -> Floats:
    height, width = ink.shape
    factor = _INNER / max(height, width)
    size = (max(1, round(width * factor)), max(1, round(height * factor)))
    way = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
    small = cv2.resize(ink, size, interpolation=way)
    square = np.zeros((SIDE, SIDE), dtype=np.float32)
    left, top = (SIDE - size[0]) // 2, (SIDE - size[1]) // 2
    square[top : top + size[1], left : left + size[0]] = small
    return square

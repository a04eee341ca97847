"""Circles in an ink map: every edge votes for the centres that it may belong to.

The two or three circles of a seal have one centre, so their votes fall on one spot; the edges of
letters vote everywhere. The method needs no whole ring: an arc votes as its length allows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Map = NDArray[np.float32]

_COARSE = 2  # the votes are counted in fields of so many pixels


@dataclass(frozen=True, slots=True)
class Range:
    """Radii to look for, in pixels."""

    smallest: float
    largest: float
    step: float


@dataclass(frozen=True, slots=True)
class Centre:
    """A spot that many edges point to; ``votes`` is about the share of one circle's edges."""

    x: float
    y: float
    votes: float


def find_centres(ink: Map, radii: Range, edge: float, least: float) -> Iterator[Centre]:
    """Centres with at least ``least`` votes, best first, none within ``radii.largest`` of a better.

    ``edge``: the smallest step of ink, per pixel, that counts as an edge. Centres may lie outside
    the map, by half the largest radius.
    """
    import cv2

    pad = int(radii.largest / 2)
    best: Any = _votes(ink, radii, edge, pad)
    while True:
        _, most, _, (x, y) = cv2.minMaxLoc(best)
        if most < least:
            return
        yield Centre((x + 0.5) * _COARSE - pad, (y + 0.5) * _COARSE - pad, float(most))
        cv2.circle(best, (x, y), int(radii.largest / _COARSE), 0, -1)


def _votes(ink: Map, radii: Range, edge: float, pad: int) -> Map:
    import cv2
    import numpy as np

    across, down = _gradient(ink)
    slope = np.hypot(across, down)
    rows, columns = np.nonzero(_ridges(slope, edge))
    steps = slope[rows, columns]
    unit_x = across[rows, columns] / steps / _COARSE
    unit_y = down[rows, columns] / steps / _COARSE
    start_x = (columns + pad).astype(np.float32) / _COARSE
    start_y = (rows + pad).astype(np.float32) / _COARSE
    height, width = ((size + 2 * pad) // _COARSE + 2 for size in ink.shape)
    best: Any = np.zeros((height, width), np.float32)
    for radius in np.arange(radii.smallest, radii.largest, radii.step):
        count = np.zeros(height * width, np.float32)
        for sign in (radius, -radius):
            x = (start_x + sign * unit_x).astype(np.int32)
            y = (start_y + sign * unit_y).astype(np.int32)
            # One comparison for both ends: a negative number is a very large unsigned one.
            inside = (x.view(np.uint32) < width) & (y.view(np.uint32) < height)
            where = (y * width + x)[inside]
            count += np.bincount(where, minlength=height * width)
        field = cv2.boxFilter(count.reshape(height, width), -1, (3, 3), normalize=False)
        np.maximum(best, field / np.float32(2 * np.pi * radius), out=best)
    result: Map = best
    return result


def _gradient(ink: Map) -> tuple[Any, Any]:
    import cv2

    smooth = cv2.GaussianBlur(ink, (0, 0), 1.0)
    across = cv2.Sobel(smooth, cv2.CV_32F, 1, 0, ksize=3, scale=0.125)
    down = cv2.Sobel(smooth, cv2.CV_32F, 0, 1, ksize=3, scale=0.125)
    return across, down


def _ridges(slope: Any, edge: float) -> Any:
    """Edges thinned to where the slope is steepest among neighbours, along one axis at least."""
    import cv2
    import numpy as np

    row = cv2.dilate(slope, np.ones((1, 3), np.uint8))
    column = cv2.dilate(slope, np.ones((3, 1), np.uint8))
    return (slope > edge) & ((slope >= row) | (slope >= column))


def ring_profile(ink: Map, centre: Centre, largest: int, edge: float) -> Map:
    """For each radius (pixels) the share of directions in which ink ends there, going outwards.

    A ring gives a high share at its outer rim; letters give little at any radius. Directions that
    lead off the map count as without ink.
    """
    import cv2
    import numpy as np

    smooth = cv2.GaussianBlur(ink, (0, 0), 0.8)
    polar = cv2.warpPolar(
        smooth,
        (largest + 4, 360),
        (centre.x, centre.y),
        largest + 4,
        cv2.INTER_LINEAR + cv2.WARP_FILL_OUTLIERS,
    )
    falls = np.zeros(polar.shape, np.uint8)
    falls[:, 1:-1] = (polar[:, :-2] - polar[:, 2:]) > 2 * edge
    near: Any = cv2.dilate(falls, np.ones((1, 5), np.uint8))
    result: Map = near.mean(axis=0)[:largest].astype(np.float32)
    return result

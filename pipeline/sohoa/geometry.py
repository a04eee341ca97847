"""Boxes and plane transforms.

One coordinate space inside: pixels of the page as first rendered, origin top left, y down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, order=True)
class BBox:
    """An upright box in whole pixels; ``right`` and ``bottom`` are exclusive.

    Always true: ``left <= right`` and ``top <= bottom`` (a ``ValueError`` otherwise).
    """

    left: int
    top: int
    right: int
    bottom: int

    def __post_init__(self) -> None:
        if self.left > self.right or self.top > self.bottom:
            raise ValueError(f"not a box: {self.left} {self.top} {self.right} {self.bottom}")

    @property
    def width(self) -> int:
        return self.right - self.left

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def area(self) -> int:
        return self.width * self.height

    @property
    def center_x(self) -> float:
        return (self.left + self.right) / 2

    @property
    def center_y(self) -> float:
        return (self.top + self.bottom) / 2

    def union(self, other: BBox) -> BBox:
        """The smallest box that holds both."""
        return BBox(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )

    def intersection_area(self, other: BBox) -> int:
        """Pixels that both boxes share; 0 where they do not meet."""
        width = min(self.right, other.right) - max(self.left, other.left)
        height = min(self.bottom, other.bottom) - max(self.top, other.top)
        return max(0, width) * max(0, height)

    def share_inside(self, other: BBox) -> float:
        """Share 0..1 of this box that lies inside ``other``."""
        return self.intersection_area(other) / self.area if self.area else 0.0

    def vertical_overlap(self, other: BBox) -> float:
        """Overlap of the two height spans, as a share 0..1 of the lower box's height."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        smaller = min(self.height, other.height)
        return max(0.0, shared / smaller) if smaller else 0.0

    def clipped(self, width: int, height: int) -> BBox:
        """The part of this box that lies on a page of that size (maybe of no area)."""
        return BBox(
            min(max(self.left, 0), width),
            min(max(self.top, 0), height),
            min(max(self.right, 0), width),
            min(max(self.bottom, 0), height),
        )

    def padded(self, by: int) -> BBox:
        """The box grown by ``by`` pixels on each side."""
        return BBox(self.left - by, self.top - by, self.right + by, self.bottom + by)


def union_all(boxes: Iterable[BBox]) -> BBox:
    """The smallest box that holds all; a box of no area at the origin for none."""
    found = list(boxes)
    if not found:
        return BBox(0, 0, 0, 0)
    return BBox(
        min(box.left for box in found),
        min(box.top for box in found),
        max(box.right for box in found),
        max(box.bottom for box in found),
    )


@dataclass(frozen=True, slots=True)
class Transform:
    """A plane projective map (3 x 3, row-major), from one pixel space to another.

    Affine maps have the last row ``0 0 1``. ``a.then(b)`` first applies ``a``, then ``b``.
    """

    matrix: tuple[float, float, float, float, float, float, float, float, float] = (
        1.0, 0.0, 0.0,
        0.0, 1.0, 0.0,
        0.0, 0.0, 1.0,
    )  # fmt: skip

    @classmethod
    def affine(  # noqa: PLR0913, PLR0917 (the six numbers of the formula)
        cls, a: float, b: float, c: float, d: float, e: float, f: float
    ) -> Self:
        """``x' = a x + b y + c``, ``y' = d x + e y + f``."""
        return cls((a, b, c, d, e, f, 0.0, 0.0, 1.0))

    @classmethod
    def scale(cls, x: float, y: float | None = None) -> Self:
        """Scaling about the origin; the same on both axes unless ``y`` is given."""
        return cls.affine(x, 0.0, 0.0, 0.0, x if y is None else y, 0.0)

    @classmethod
    def shift(cls, x: float, y: float) -> Self:
        return cls.affine(1.0, 0.0, x, 0.0, 1.0, y)

    @property
    def is_identity(self) -> bool:
        return all(abs(a - b) < 1e-12 for a, b in zip(self.matrix, Transform().matrix, strict=True))

    def then(self, after: Transform) -> Transform:
        p, q = after.matrix, self.matrix
        product = tuple(
            sum(p[3 * row + k] * q[3 * k + column] for k in range(3))
            for row in range(3)
            for column in range(3)
        )
        return Transform(product)  # type: ignore[arg-type]

    def inverse(self) -> Transform:
        """The map back; ``ValueError`` for a map that flattens the plane."""
        a, b, c, d, e, f, g, h, i = self.matrix
        adjugate = (
            e * i - f * h, c * h - b * i, b * f - c * e,
            f * g - d * i, a * i - c * g, c * d - a * f,
            d * h - e * g, b * g - a * h, a * e - b * d,
        )  # fmt: skip
        determinant = a * adjugate[0] + b * adjugate[3] + c * adjugate[6]
        if abs(determinant) < 1e-15:
            raise ValueError("the transform has no inverse")
        return Transform(tuple(value / determinant for value in adjugate))  # type: ignore[arg-type]

    def point(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f, g, h, i = self.matrix
        w = g * x + h * y + i
        return (a * x + b * y + c) / w, (d * x + e * y + f) / w

    def bbox(self, box: BBox) -> BBox:
        """The upright box around the mapped corners, rounded to whole pixels."""
        corners = [self.point(x, y) for x in (box.left, box.right) for y in (box.top, box.bottom)]
        xs = [x for x, _ in corners]
        ys = [y for _, y in corners]
        return BBox(round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys)))


def rotation_deg(transform: Transform) -> float:
    """Angle of the map's x axis in degrees, clockwise on the page (y down)."""
    return math.degrees(math.atan2(transform.matrix[3], transform.matrix[0]))

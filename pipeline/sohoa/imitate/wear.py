"""What happens to paper: specks, punch holes, folds, fax streaks, the other side, set-off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sohoa.imitate.degrade import Degradation

    Plane = NDArray[np.float32]


def wear_paper(planes: Plane, how: Degradation, rng: np.random.Generator) -> Plane:
    """All wear of one page (float32, H x W x 1 or 3); the planes given stay as they are."""
    planes = planes.copy()
    if how.bleed:
        planes = _bleed(planes, how.bleed)
    if how.set_off:
        planes = _set_off(planes, how.set_off)
    for _ in range(how.specks):
        _speck(planes, rng)
    for index in range(how.punch_holes):
        _punch(planes, how.dpi, 0.35 + 0.3 * index)
    for _ in range(how.folds):
        _fold(planes, rng)
    for _ in range(how.streaks):
        row = int(rng.integers(planes.shape[0]))
        planes[row : row + int(rng.integers(1, 3))] *= float(rng.choice([0.0, 1.8]))
    return planes


def _bleed(planes: Plane, strength: float) -> Plane:
    """The mirror image of a page, soft and pale, shines through."""
    import cv2
    import numpy as np

    # Its lines fall between ours: the other side was typed on its own.
    mirrored = np.roll(planes[:, ::-1].mean(axis=2), planes.shape[0] // 90, axis=0)
    other = cv2.GaussianBlur(np.ascontiguousarray(mirrored), (0, 0), 2.5)
    darkness = (1.0 - np.clip(other / max(1.0, float(other.max())), 0, 1))[:, :, None]
    result: Plane = planes * (1.0 - strength * darkness)
    return result


def _set_off(planes: Plane, strength: float) -> Plane:
    """Red ink of the facing page, mirrored and pale; grey planes have none."""
    import cv2
    import numpy as np

    if planes.shape[2] < 3:
        return planes
    red = np.clip((planes[:, :, 0] - planes[:, :, 1]) / 255.0, 0, 1)[:, ::-1]
    red = cv2.GaussianBlur(np.ascontiguousarray(red), (0, 0), 1.2)
    result = planes.copy()
    result[:, :, 1] *= 1.0 - strength * red
    result[:, :, 2] *= 1.0 - strength * red
    return result


def _speck(planes: Plane, rng: np.random.Generator) -> None:
    import cv2

    height, width = planes.shape[:2]
    at = (int(rng.integers(width)), int(rng.integers(height)))
    grey = float(rng.uniform(20, 150))
    size = (int(rng.integers(1, 3)), int(rng.integers(1, 3)))
    colour = (grey,) * planes.shape[2]
    cv2.ellipse(planes, at, size, float(rng.uniform(0, 180)), 0, 360, colour, -1)


def _punch(planes: Plane, dpi: int, share: float) -> None:
    """A hole of 6 mm, 12 mm from the left edge, grey lid behind it."""
    import cv2

    center = (round(12 / 25.4 * dpi), round(planes.shape[0] * share))
    cv2.circle(planes, center, round(3 / 25.4 * dpi), (70.0,) * planes.shape[2], -1, cv2.LINE_AA)


def _fold(planes: Plane, rng: np.random.Generator) -> None:
    """A crease over the whole width: a dark line beside a light one."""
    row = int(planes.shape[0] * rng.uniform(0.3, 0.7))
    planes[row : row + 2] *= 0.86
    planes[row + 2 : row + 4] *= 1.05
    planes[row - 6 : row] *= 0.97

"""From clean pixels to a scan: one degrader for samples, pairs, benches and training.

Each step is a function of pixels (uint8, H x W or H x W x 3, RGB), a ``Degradation`` and a
generator; geometric steps also return their transform, so that boxes can follow the ink.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sohoa.geometry import Transform
from sohoa.imitate.wear import wear_paper

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sohoa.model import Pixels

    Plane = NDArray[np.float32]


class ColourMode(StrEnum):
    COLOUR = "colour"
    GREY = "grey"
    BITONAL = "bitonal"  # 1 bit: fax and old office scanners


@dataclass(frozen=True, slots=True)
class Degradation:
    """How good or bad a scan is. Lengths in pixels of the scan, strengths 0..1, greys 0..255."""

    dpi: int = 200
    mode: ColourMode = ColourMode.COLOUR
    skew_deg: float = 0.0
    perspective: float = 0.0  # shift of the page corners, share of the page width
    tint: tuple[int, int, int] = (255, 255, 255)
    shading: float = 0.0
    fade: float = 0.0  # how far black ink is from black
    spread: float = 0.0  # > 0: ink runs, strokes grow; < 0: strokes thin out
    blur_px: float = 0.0
    noise: float = 0.0  # sigma, grey levels
    jpeg_quality: int | None = 80
    threshold: int = 150  # of 1-bit scans
    specks: int = 0
    punch_holes: int = 0
    border_px: int = 0
    folds: int = 0
    streaks: int = 0  # fax lines
    bleed: float = 0.0  # the other side shining through
    quarter_turns: int = 0  # laid on the glass sideways (1, 3) or upside down (2), clockwise
    set_off: float = 0.0  # mirror image of the facing page's seal


GOOD_SCAN = Degradation(
    dpi=200, skew_deg=0.15, tint=(252, 252, 252), shading=0.02, fade=0.10, blur_px=0.45, noise=1.5,
    jpeg_quality=78,
)  # fmt: skip
POOR_SCAN = Degradation(
    dpi=150, mode=ColourMode.GREY, skew_deg=0.9, tint=(236, 234, 228), shading=0.10, fade=0.28,
    spread=0.15, blur_px=0.55, noise=6.0, jpeg_quality=50, specks=25, border_px=6,
)  # fmt: skip
FAX_SCAN = Degradation(
    dpi=200, mode=ColourMode.BITONAL, skew_deg=-0.6, shading=0.06, fade=0.15, blur_px=0.7,
    noise=14.0, jpeg_quality=None, threshold=165, specks=60, border_px=4,
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Degraded:
    """The scan's pixels, the map from the clean page's pixels to them, its JPEG bytes if any."""

    pixels: Pixels
    transform: Transform
    jpeg: bytes | None = None


def draw_degradation(rng: np.random.Generator) -> Degradation:
    """A random scan, between very good and hardly readable, for benches and training."""
    mode = ColourMode(str(rng.choice(["colour", "colour", "grey", "bitonal"])))
    badness = float(rng.beta(1.6, 2.2))
    warm = float(rng.uniform(0, 1))
    white = 255 - 25 * badness
    return Degradation(
        dpi=int(rng.choice([150, 200, 200, 200, 300])),
        mode=mode,
        skew_deg=float(rng.normal(0, 0.3 + badness)),
        perspective=float(rng.uniform(0, 0.02)) if rng.random() < 0.15 * badness else 0.0,
        tint=(round(white), round(white - 3 * warm), round(white - 12 * warm)),
        shading=float(rng.uniform(0, 0.18) * badness),
        fade=float(rng.uniform(0.02, 0.1) + 0.3 * badness * rng.random()),
        spread=float(rng.normal(0, 0.25) * badness),
        blur_px=float(rng.uniform(0.25, 0.5) + 0.7 * badness * rng.random()),
        noise=float(1 + 14 * badness * rng.random()),
        jpeg_quality=None if mode is ColourMode.BITONAL else int(85 - 45 * badness),
        threshold=int(rng.integers(120, 185)),
        specks=int(rng.poisson(40 * badness)),
        punch_holes=2 if rng.random() < 0.15 else 0,
        border_px=int(rng.integers(0, 14)) if rng.random() < 0.4 else 0,
        quarter_turns=int(rng.integers(1, 4)) if rng.random() < 0.04 else 0,
        folds=int(rng.random() < 0.2 * badness),
        streaks=int(rng.poisson(1.5 * badness)) if mode is ColourMode.BITONAL else 0,
        bleed=float(rng.uniform(0, 0.12)) if rng.random() < 0.3 else 0.0,
        set_off=float(rng.uniform(0.05, 0.25)) if rng.random() < 0.15 else 0.0,
    )


def degrade(pixels: Pixels, how: Degradation, rng: np.random.Generator) -> Degraded:
    """The scan of a clean page. The same pixels, degradation and generator state: the same scan.

    Pixels stay at the size given (rendered at ``how.dpi``); grey and 1-bit scans are H x W.
    """
    import numpy as np

    planes = pixels.astype(np.float32)
    if planes.ndim == 2:
        planes = np.repeat(planes[:, :, None], 3, axis=2)
    if how.mode is not ColourMode.COLOUR:
        grey = planes @ np.array([0.30, 0.59, 0.11], dtype=np.float32)
        planes = grey[:, :, None]
    planes = _ink(planes, how)
    planes = wear_paper(planes, how, rng)
    planes, transform = _move(planes, how, rng)
    planes = _optics(planes, how, rng)
    flat = np.clip(planes + 0.5, 0, 255).astype(np.uint8)
    if how.quarter_turns % 4:
        height, width = flat.shape[:2]
        transform = transform.then(_turn(how.quarter_turns % 4, width, height))
        flat = np.ascontiguousarray(np.rot90(flat, -how.quarter_turns))
    if how.mode is ColourMode.BITONAL:
        return Degraded(_bitonal(flat[:, :, 0], how), transform)
    if how.mode is ColourMode.GREY:
        flat = np.ascontiguousarray(flat[:, :, 0])
    return _compressed(flat, how, transform)


def _turn(quarters: int, width: int, height: int) -> Transform:
    """Clockwise turns of a page of that size."""
    if quarters == 1:
        return Transform.affine(0, -1, height, 1, 0, 0)
    if quarters == 2:
        return Transform.affine(-1, 0, width, 0, -1, height)
    return Transform.affine(0, 1, 0, -1, 0, width)


def _ink(planes: Plane, how: Degradation) -> Plane:
    """Strokes grown or thinned; black brought up to the grey of toner on paper; paper tinted."""
    import cv2
    import numpy as np

    if how.spread:
        kernel = np.ones((3, 3), dtype=np.uint8)
        changed = cv2.erode(planes, kernel) if how.spread > 0 else cv2.dilate(planes, kernel)
        amount = min(1.0, abs(how.spread))
        grown = changed.reshape(planes.shape)
        planes = np.asarray(planes * (1 - amount) + grown * amount, dtype=np.float32)
    tint = np.array(how.tint[: planes.shape[2]], dtype=np.float32)
    darkest = 255.0 * how.fade
    return np.asarray(darkest * 0.6 + planes / 255.0 * (tint - darkest * 0.6), dtype=np.float32)


def _move(planes: Plane, how: Degradation, rng: np.random.Generator) -> tuple[Plane, Transform]:
    """Skew about the middle of the page and, for phone photos, perspective."""
    import cv2
    import numpy as np

    height, width = planes.shape[:2]
    angle = math.radians(how.skew_deg)
    cos, sin = math.cos(angle), math.sin(angle)
    x, y = width / 2, height / 2
    transform = Transform.affine(cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y)
    if how.perspective:
        corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
        moved = corners + rng.uniform(0, how.perspective * width, (4, 2)).astype(np.float32) * (
            np.array([[1, 1], [-1, 1], [-1, -1], [1, -1]], dtype=np.float32)
        )
        warp = cv2.getPerspectiveTransform(corners, moved).flatten()
        transform = transform.then(Transform(tuple(float(value) for value in warp)))  # type: ignore[arg-type]
    if transform.is_identity:
        return planes, transform
    matrix = np.array(transform.matrix).reshape(3, 3)
    back = tuple(float(value) for value in planes[2, 2])
    moved_planes = cv2.warpPerspective(
        planes,
        matrix,
        (width, height),
        flags=cv2.INTER_CUBIC,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=back,
    )
    return np.asarray(moved_planes.reshape(planes.shape), dtype=np.float32), transform


def _optics(planes: Plane, how: Degradation, rng: np.random.Generator) -> Plane:
    """Uneven light, soft focus, sensor noise, the dark edge of the lid."""
    import cv2
    import numpy as np

    height, width, depth = planes.shape
    if how.shading:
        field = cv2.resize(
            rng.random((4, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC
        )
        planes = planes * (1.0 - how.shading * field[:, :, None])
    if how.blur_px:
        soft = cv2.GaussianBlur(planes, (0, 0), how.blur_px)
        planes = np.asarray(soft.reshape(planes.shape), dtype=np.float32)
    if how.noise:
        fine = rng.standard_normal((height, width, 1), dtype=np.float32)
        planes = planes + fine * how.noise * 0.8
        if depth == 3:
            planes = planes + rng.standard_normal(planes.shape, dtype=np.float32) * how.noise * 0.5
    if how.border_px:
        planes = planes.copy()
        planes[:, : int(rng.integers(1, how.border_px + 1))] *= 0.35
        planes[height - int(rng.integers(1, how.border_px + 1)) :] *= 0.45
    return planes


def _bitonal(grey: Pixels, how: Degradation) -> Pixels:
    import numpy as np

    return np.where(grey > how.threshold, 255, 0).astype(np.uint8)


def _compressed(flat: Pixels, how: Degradation, transform: Transform) -> Degraded:
    import cv2
    import numpy as np

    if how.jpeg_quality is None:
        return Degraded(flat, transform)
    ordered = flat[:, :, ::-1] if flat.ndim == 3 else flat
    options = [cv2.IMWRITE_JPEG_QUALITY, how.jpeg_quality]
    _, encoded = cv2.imencode(".jpg", np.ascontiguousarray(ordered), options)
    back = np.asarray(cv2.imdecode(encoded, cv2.IMREAD_UNCHANGED))
    decoded = back[:, :, ::-1] if back.ndim == 3 else back
    return Degraded(np.ascontiguousarray(decoded).astype(np.uint8), transform, encoded.tobytes())

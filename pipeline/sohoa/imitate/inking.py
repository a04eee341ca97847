"""Seal, signature and pen onto a rendered page: inks darken the paper, they never lighten it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.imitate.pen import draw_figures, draw_signature
from sohoa.imitate.seal import draw_seal
from sohoa.imitate.sheet import InkKind, InkSpot, SetPage
from sohoa.imitate.stamps import draw_stamp

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from sohoa.model import Pixels

    Mask = NDArray[np.float32]

Colour = tuple[float, float, float]
_REDS: tuple[Colour, ...] = (
    (0.80, 0.12, 0.20),
    (0.86, 0.22, 0.28),
    (0.70, 0.10, 0.16),
    (0.55, 0.12, 0.18),
    (0.84, 0.30, 0.36),
)
_BLUES: tuple[Colour, ...] = ((0.12, 0.18, 0.58), (0.15, 0.25, 0.70), (0.08, 0.10, 0.40))
_STAMPS: tuple[Colour, ...] = ((0.75, 0.15, 0.25), (0.45, 0.15, 0.55), (0.15, 0.2, 0.6))
_BLACK: Colour = (0.08, 0.08, 0.10)


@dataclass(frozen=True, slots=True)
class Inks:
    """The inks of one paper: every page of it was signed and sealed with the same."""

    seal: Colour
    signature: Colour
    pen: Colour
    stamp: Colour


def draw_inks(rng: np.random.Generator) -> Inks:
    """Red for seals, mostly blue for signatures, blue or black for figures."""
    blue = _BLUES[int(rng.integers(len(_BLUES)))]
    return Inks(
        seal=_REDS[int(rng.integers(len(_REDS)))],
        signature=blue if rng.random() < 0.8 else _BLACK,
        pen=blue if rng.random() < 0.55 else _BLACK,
        stamp=_STAMPS[int(rng.integers(len(_STAMPS)))],
    )


def ink_page(
    pixels: Pixels, page: SetPage, dpi: float, inks: Inks, rng: np.random.Generator
) -> Pixels:
    """The page (H x W x 3) with its ink spots on it."""
    import numpy as np

    canvas = pixels.astype(np.float32) / 255.0
    for spot in page.inks:
        _put(canvas, spot, dpi, inks, rng)
    result: Pixels = np.clip(canvas * 255.0 + 0.5, 0, 255).astype(np.uint8)
    return result


def _put(
    canvas: NDArray[np.float32], spot: InkSpot, dpi: float, inks: Inks, rng: np.random.Generator
) -> None:
    left, top, right, bottom = (round(value * dpi / 72) for value in spot.box)
    size = (max(4, right - left), max(4, bottom - top))
    if spot.kind is InkKind.SEAL:
        mask = draw_seal(spot.text, spot.center, size[0], rng)
        colour = inks.seal
    elif spot.kind is InkKind.SIGNATURE:
        mask, colour = draw_signature(size, rng), inks.signature
    elif spot.kind is InkKind.STAMP:
        mask, colour = draw_stamp(spot.center, size, rng), inks.stamp
    else:
        # Pen figures stand taller than print and a little off its line.
        grow = round(size[1] * 0.28)
        size = (size[0], size[1] + 2 * grow)
        top += -grow + round(rng.normal(0, 0.05) * size[1])
        mask, colour = draw_figures(spot.text, size, rng), inks.pen
    _blend(canvas, mask, (left, top), colour)


def _blend(canvas: NDArray[np.float32], mask: Mask, at: tuple[int, int], colour: Colour) -> None:
    """Multiply the ink into the canvas; what falls beside the page is lost."""
    import numpy as np

    left, top = at
    height, width = canvas.shape[:2]
    x0, y0 = max(0, left), max(0, top)
    x1, y1 = min(width, left + mask.shape[1]), min(height, top + mask.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = mask[y0 - top : y1 - top, x0 - left : x1 - left, None]
    tint = np.array(colour, dtype=np.float32)
    canvas[y0:y1, x0:x1] *= 1.0 - part * (1.0 - tint)

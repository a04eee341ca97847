"""Round seals (con dấu) on a page: red and purple ones, and black ones of scans without colour.

Seals of the State and the Party are 27 to 44 mm wide and have two or more circles about one
centre. That is what is looked for; nothing is asked of the words in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.certify.circles import Centre, Range, find_centres, ring_profile
from sohoa.certify.ink import Inks, colour_of, separate_inks
from sohoa.evidence import Seal, SealKind
from sohoa.geometry import BBox
from sohoa.model import PageImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VOTING_MM = (11.0, 20.5, 0.5)  # radii: the inner circles help to find the centre
_OUTER_MM = (13.0, 22.0)
_EDGE_RED = 1.5
_EDGE_DARK = 8.0
_LEAST_RED = 0.16
_LEAST_DARK = 0.33
_LEAST_RING_RED = 0.36
_LEAST_RING_DARK = 0.7
_LEAST_RING_CUT = 0.22
_VISIBLE = 12.0  # of 255: less colour than this nobody sees on paper
_PALE = 55.0
_WHOLE = 0.86
_MARGIN_MM = 24.0


@dataclass(frozen=True, slots=True)
class Ring:
    """A found ring in the pixels of the ink maps; ``coverage`` is its visible share."""

    centre: Centre
    radius: float
    coverage: float

    def mask(self, inks: Inks, share: float = 1.06) -> NDArray[np.bool_]:
        import numpy as np

        rows, columns = np.ogrid[: inks.height, : inks.width]
        distance = (columns - self.centre.x) ** 2 + (rows - self.centre.y) ** 2
        result: NDArray[np.bool_] = distance <= (self.radius * share) ** 2
        return result

    def share_on_page(self, inks: Inks) -> float:
        """Share of the ring's width and height that lies on the page, the smaller of both."""
        across = min(self.centre.x + self.radius, inks.width) - max(self.centre.x - self.radius, 0)
        down = min(self.centre.y + self.radius, inks.height) - max(self.centre.y - self.radius, 0)
        return float(max(0.0, min(across, down)) / (2 * self.radius))


def find_seals(image: PageImage, inks: Inks | None = None) -> tuple[Seal, ...]:
    """The seals of a page, top to bottom; boxes in the pixels of ``image``.

    ``inks``: the page's ink maps, where the caller has them already.

    A pale seal is told as ``faded``; that it is the set-off of another page's seal only the pages
    together can tell (``mark_set_off``).
    """
    inks = inks or separate_inks(image)
    found: list[tuple[Ring, Seal]] = []
    for seal in (*_red_seals(inks, image.number), *_black_seals(inks, image.number)):
        if all(_apart(seal[0], other) for other, _ in found):
            found.append(seal)
    return tuple(sorted((seal for _, seal in found), key=lambda each: each.bbox.top))


def _apart(ring: Ring, other: Ring) -> bool:
    distance = (ring.centre.x - other.centre.x) ** 2 + (ring.centre.y - other.centre.y) ** 2
    return bool(distance > (0.8 * max(ring.radius, other.radius)) ** 2)


def _voting_range(inks: Inks) -> Range:
    smallest, largest, step = _VOTING_MM
    return Range(inks.px(smallest), inks.px(largest), max(inks.px(step), 1.0))


def _red_seals(inks: Inks, page: int) -> Iterator[tuple[Ring, Seal]]:
    if inks.red is None:
        return
    for centre in find_centres(inks.red, _voting_range(inks), _EDGE_RED, _LEAST_RED):
        ring = _outer_ring(inks, inks.red, centre, _EDGE_RED)
        strength = _strength(inks.red, ring.mask(inks))
        if strength < _VISIBLE:
            continue
        cut = _is_cut(ring, inks)
        if ring.coverage < (_LEAST_RING_CUT if cut else _LEAST_RING_RED):
            continue
        kind = SealKind.EDGE if cut else SealKind.ROUND
        yield ring, _seal(inks, page, ring, kind, strength)


def _black_seals(inks: Inks, page: int) -> Iterator[tuple[Ring, Seal]]:
    for centre in find_centres(inks.dark, _voting_range(inks), _EDGE_DARK, _LEAST_DARK):
        ring = _outer_ring(inks, inks.dark, centre, _EDGE_DARK)
        if ring.coverage >= _LEAST_RING_DARK and ring.share_on_page(inks) >= 0.7:
            yield ring, _seal(inks, page, ring, SealKind.ROUND, 255.0)


def _outer_ring(inks: Inks, ink: Any, centre: Centre, edge: float) -> Ring:
    """The outermost circle about the centre that is about as whole as the wholest one."""
    smallest, largest = (round(inks.px(value)) for value in _OUTER_MM)
    profile = ring_profile(ink, centre, largest + 1, edge)[smallest:]
    if not len(profile):
        return Ring(centre, float(smallest), 0.0)
    most = float(profile.max())
    # Of a ring that is cut, the outer circle may show less of itself than the inner one.
    enough = 0.85 if most >= 0.6 else 0.6
    radius = max(index for index, share in enumerate(profile) if share >= enough * most)
    # The profile says "here, or up to two pixels further in".
    return Ring(centre, float(smallest + radius) - 1.5, most)


def _is_cut(ring: Ring, inks: Inks) -> bool:
    """Whether only part of the ring is there, beside a margin of the sheet."""
    if ring.share_on_page(inks) < _WHOLE:
        return True
    near = inks.px(_MARGIN_MM)
    beside = ring.centre.x < near or ring.centre.x > inks.width - near
    return beside and ring.coverage < 0.6


def _strength(ink: Any, where: NDArray[np.bool_]) -> float:
    """How strong the ink is where there is any (0..255)."""
    import numpy as np

    values = ink[where]
    return float(np.percentile(values, 97)) if values.size else 0.0


def _seal(inks: Inks, page: int, ring: Ring, kind: SealKind, strength: float) -> Seal:
    ink = inks.dark if inks.red is None or strength == 255.0 else inks.red
    inside = ring.mask(inks)
    inked = inside & (ink > max(_VISIBLE, 0.4 * min(strength, 200.0)))
    cut = kind is SealKind.EDGE
    box = _ink_box(inks, inked) if cut else _circle_box(inks, ring)
    return Seal(
        page=page,
        bbox=box,
        kind=kind,
        colour=colour_of(inks, inked),
        confidence=round(min(1.0, 0.5 + ring.centre.votes / 2 + (ring.coverage - 0.5) / 2), 2),
        diameter_mm=round(2 * ring.radius * 25.4 / inks.dpi, 1),
        completeness=round(min(1.0, ring.coverage), 2),
        strength=round(min(1.0, strength / 255), 2),
        faded=strength < _PALE,
    )


def _circle_box(inks: Inks, ring: Ring) -> BBox:
    x, y, radius = ring.centre.x, ring.centre.y, ring.radius
    box = inks.page_box(x - radius, y - radius, x + radius, y + radius)
    return box.clipped(round(inks.width / inks.scale), round(inks.height / inks.scale))


def _ink_box(inks: Inks, inked: NDArray[np.bool_]) -> BBox:
    """The box of the ink itself, without a few stray specks at its rim."""
    import numpy as np

    rows, columns = np.nonzero(inked)
    if not len(rows):
        return BBox(0, 0, 0, 0)
    left, right = np.percentile(columns, (0.5, 99.5))
    top, bottom = np.percentile(rows, (0.5, 99.5))
    return inks.page_box(float(left), float(top), float(right) + 1, float(bottom) + 1)

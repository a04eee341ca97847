"""Round seals (con dấu) on a page: red, purple and blue ones, black ones on scans in grey.

Seals of the State and the Party are 27 to 44 mm wide and have two or more circles about one
centre. That is what is looked for; nothing is asked of the words in them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sohoa.certify.circles import Range, find_centres
from sohoa.certify.ink import Inks, colour_of, is_fringe, separate_inks
from sohoa.certify.rings import Ring, find_ring
from sohoa.evidence import Seal, SealKind
from sohoa.geometry import BBox
from sohoa.model import PageImage

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_VOTING_MM = (11.0, 20.5, 0.5)  # radii: the inner circles help to find the centre
_LEAST_ARC_MM, _LEAST_LINE_MM = 20.0, 0.5
_EDGE_RED = 1.5
_EDGE_DARK = 8.0
_LEAST_RED = 0.16
_LEAST_DARK = 0.33
_LEAST_RING_RED = 0.36
_LEAST_RING_DARK = 0.7
_LEAST_RING_CUT = 0.22
_CLEAR = 80.0  # of 255
_LEAST_CLEAR = 0.2
_VISIBLE_BLUE = 40.0
_VISIBLE = 12.0  # of 255: less colour than this nobody sees on paper
_PALE = 55.0
_WHOLE = 0.86
_MARGIN_MM = 24.0


def find_seals(image: PageImage, inks: Inks | None = None) -> tuple[Seal, ...]:
    """The seals of a page, top to bottom; boxes in the pixels of ``image``.

    ``inks``: the page's ink maps, where the caller has them already.

    A pale seal is told as ``faded``; that it is the set-off of another page's seal only the pages
    together can tell (``mark_set_off``).
    """
    inks = inks or separate_inks(image)
    found: list[tuple[Ring, Seal]] = []
    # A very pale red is a seal that faded or rubbed off; a very pale blue is scanners' work.
    coloured = ((inks.red, _VISIBLE), (inks.blue, _VISIBLE_BLUE))
    candidates = [
        seal
        for ink, least in coloured
        if ink is not None and _may_hold_a_ring(inks, ink, least)
        for seal in _coloured_seals(inks, ink, least, image.number)
    ]
    for seal in (*candidates, *_black_seals(inks, image.number)):
        if all(_apart(seal[0], other) for other, _ in found):
            found.append(seal)
    return tuple(sorted((seal for _, seal in found), key=lambda each: each.bbox.top))


def _apart(ring: Ring, other: Ring) -> bool:
    distance = (ring.centre.x - other.centre.x) ** 2 + (ring.centre.y - other.centre.y) ** 2
    return bool(distance > (0.8 * max(ring.radius, other.radius)) ** 2)


def _voting_range(inks: Inks) -> Range:
    smallest, largest, step = _VOTING_MM
    return Range(inks.px(smallest), inks.px(largest), max(inks.px(step), 1.0))


def _may_hold_a_ring(inks: Inks, ink: Any, least: float) -> bool:
    """Whether there is as much ink as a piece of a ring has: most pages have none of its colour."""
    import numpy as np

    return int(np.count_nonzero(ink > least)) > inks.px(_LEAST_ARC_MM) * inks.px(_LEAST_LINE_MM)


def _coloured_seals(inks: Inks, ink: Any, least: float, page: int) -> Iterator[tuple[Ring, Seal]]:
    for centre in find_centres(ink, _voting_range(inks), _EDGE_RED, _LEAST_RED):
        ring = find_ring(inks, ink, centre, _EDGE_RED)
        strength = _strength(ink, ring.mask(inks))
        if strength < least or not _is_convincing(ring, strength):
            continue
        cut = _is_cut(ring, inks)
        if ring.coverage < (_LEAST_RING_CUT if cut else _LEAST_RING_RED):
            continue
        if is_fringe(inks, ring.mask(inks) & (ink > max(_VISIBLE, 0.4 * min(strength, 200.0)))):
            continue
        kind = SealKind.EDGE if cut else SealKind.ROUND
        yield ring, _seal(inks, ink, ring, (page, kind, strength))


def _is_convincing(ring: Ring, strength: float) -> bool:
    """Letters between two circles; and clear ink draws a clear circle."""
    return ring.is_lettered and (
        strength < _CLEAR or ring.coverage > 0.7 or ring.centre.votes > _LEAST_CLEAR
    )


def _black_seals(inks: Inks, page: int) -> Iterator[tuple[Ring, Seal]]:
    for centre in find_centres(inks.dark, _voting_range(inks), _EDGE_DARK, _LEAST_DARK):
        ring = find_ring(inks, inks.dark, centre, _EDGE_DARK)
        if not ring.is_lettered or ring.share_on_page(inks) < 0.25:
            continue
        if ring.coverage >= _LEAST_RING_DARK and ring.share_on_page(inks) >= 0.7:
            yield ring, _seal(inks, inks.dark, ring, (page, SealKind.ROUND, 255.0))
        elif ring.share_on_page(inks) < _WHOLE and ring.coverage >= _LEAST_RING_DARK * ring.arc:
            yield ring, _seal(inks, inks.dark, ring, (page, SealKind.EDGE, 255.0))


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


def _seal(inks: Inks, ink: Any, ring: Ring, facts: tuple[int, SealKind, float]) -> Seal:
    page, kind, strength = facts
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

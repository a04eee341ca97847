"""Rubber stamps that are no round seals: urgency, secrecy, incoming and name stamps in colour.

Only coloured stamps are told from print here; a black one on a scan without colour is not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sohoa.certify.ink import Inks, colour_of, is_fringe, separate_inks
from sohoa.certify.ring import ReadStrips
from sohoa.evidence import InkColour, Seal, SealKind, Stamp, StampKind
from sohoa.geometry import BBox
from sohoa.model import PageImage
from sohoa.vietnamese import strip_marks

_INK = 40.0
_JOIN_MM = 4.0
_LEAST_MM = (12.0, 4.0)
_LARGEST_MM = (110.0, 70.0)
_FILLED = (0.04, 0.7)
# What a stamp is, by its words without marks; the first that is found decides.
_WORDS = (
    (StampKind.SECRECY, r"\b(TUYET|TOI)?\s*MAT\b"),
    (StampKind.URGENCY, r"\b(THUONG\s+KHAN|HOA\s+TOC|KHAN)\b"),
    (StampKind.COPY, r"\b(SAO\s+Y|SAO\s+LUC|TRICH\s+SAO|BAN\s+CHINH)\b"),
    (StampKind.INCOMING, r"\b(DEN|CONG\s+VAN\s+DEN)\b"),
)


def find_stamps(
    image: PageImage,
    seals: Sequence[Seal],
    read_strips: ReadStrips | None = None,
    inks: Inks | None = None,
) -> tuple[Stamp, ...]:
    """Coloured stamps, top to bottom; boxes in the pixels of ``image``.

    ``read_strips`` reads cut-outs of the stamp's own ink; without it the kind stays OTHER, but for
    a name stamp, which stands at the foot of a seal.
    """
    import cv2
    import numpy as np

    inks = inks or separate_inks(image)
    found: list[Stamp] = []
    for colour_map in (inks.red, inks.blue):
        if colour_map is None:
            continue
        ink = (colour_map > _INK).astype(np.uint8)
        _erase_seals(ink, inks, seals)
        size = max(round(inks.px(_JOIN_MM)), 3)
        joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((size // 2, size), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
        for label in range(1, count):
            left, top, width, height, _ = (int(value) for value in stats[label])
            where = (labels == label) & (ink > 0)
            box = BBox(left, top, left + width, top + height)
            if _is_stamp_like(inks, box, int(where.sum())) and not is_fringe(inks, where):
                found.append(_stamp(image, inks, box, where, (seals, read_strips)))
    # A blue group without words that are a stamp's is a pen's.
    kept = [each for each in found if each.colour is not InkColour.BLUE or each.kind in _NAMED]
    return tuple(sorted(kept, key=lambda each: each.bbox.top))


_NAMED = frozenset(kind for kind, _ in _WORDS)


def _erase_seals(ink: Any, inks: Inks, seals: Sequence[Seal]) -> None:
    import cv2

    for seal in seals:
        if seal.kind is SealKind.EDGE:
            near = seal.bbox.padded(round(inks.px(8) / inks.scale))
            left, top, right, bottom = (
                round(max(value, 0) * inks.scale)
                for value in (near.left, near.top, near.right, near.bottom)
            )
            ink[top:bottom, left:right] = 0
            continue
        x, y = seal.bbox.center_x * inks.scale, seal.bbox.center_y * inks.scale
        half = max(seal.bbox.width, seal.bbox.height) * inks.scale / 2
        cv2.circle(ink, (round(x), round(y)), round(half * 1.08), 0, -1)


def _is_stamp_like(inks: Inks, box: BBox, pixels: int) -> bool:
    width, height = box.width / inks.px(1), box.height / inks.px(1)
    sized = _LEAST_MM[0] <= width <= _LARGEST_MM[0] and _LEAST_MM[1] <= height <= _LARGEST_MM[1]
    return sized and _FILLED[0] <= pixels / max(box.area, 1) <= _FILLED[1]


def _stamp(
    image: PageImage,
    inks: Inks,
    box: BBox,
    where: Any,
    reading: tuple[Sequence[Seal], ReadStrips | None],
) -> Stamp:
    seals, read_strips = reading
    bbox = inks.page_box(box.left, box.top, box.right, box.bottom)
    bbox = bbox.clipped(image.width, image.height)
    text = None
    if read_strips is not None:
        part = image.pixels[bbox.top : bbox.bottom, bbox.left : bbox.right]
        text = " ".join(read_strips((PageImage(image.number, part, image.dpi),))[0].split()) or None
    kind = stamp_kind(text or "")
    if kind is StampKind.OTHER and any(_at_foot(bbox, seal) for seal in seals):
        kind = StampKind.NAME
    confidence = 0.8 if kind is not StampKind.OTHER else 0.5
    return Stamp(image.number, bbox, kind, colour_of(inks, where), confidence, text)


def stamp_kind(text: str) -> StampKind:
    """The kind of stamp that has such words; OTHER for none that is known."""
    flat = " ".join(strip_marks(text).upper().split())
    for kind, pattern in _WORDS:
        if re.search(pattern, flat):
            return kind
    return StampKind.OTHER


def _at_foot(box: BBox, seal: Seal) -> bool:
    """Whether the box stands at the lower right of a seal, where the signer's name does."""
    below = 0.2 * seal.bbox.height < box.center_y - seal.bbox.center_y < seal.bbox.height
    beside = seal.bbox.left < box.center_x < seal.bbox.right + 1.2 * seal.bbox.width
    return below and beside

"""Rubber stamps that are no round seals: urgency, secrecy, incoming, copy and name stamps.

Coloured ones are told from print by their ink. A black one is told by its frame and its words: a
frame that holds no words of a stamp is a drawing or a table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sohoa.certify.frames import find_frames
from sohoa.certify.ink import Inks, colour_of, is_fringe, separate_inks
from sohoa.certify.ring import ReadStrips
from sohoa.certify.rows import split_rows
from sohoa.evidence import InkColour, Seal, SealKind, Stamp, StampKind
from sohoa.geometry import BBox
from sohoa.model import Line, PageImage
from sohoa.vietnamese import strip_marks

_INK = 28.0
_JOIN_MM = 4.0
_LEAST_MM = (12.0, 4.0)
_LARGEST_MM = (110.0, 70.0)
_FILLED = (0.04, 0.7)
_MOST_FRAMES = 4  # a page of small boxes is a form
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
    reading: StampReading | None = None,
    inks: Inks | None = None,
) -> tuple[Stamp, ...]:
    """The stamps of a page, top to bottom; boxes in the pixels of ``image``.

    ``reading`` gives their words; without it the kind stays OTHER, but for a name stamp, which
    stands at the foot of a seal, and only coloured ones are found.
    """
    inks = inks or separate_inks(image)
    reading = reading or StampReading()
    found: list[Stamp] = []
    for ink in (inks.red, inks.blue, inks.dark):
        if ink is None:
            continue
        framed = [box for box in find_frames(inks, ink) if _is_apart(inks, box, found)]
        framed = framed[:_MOST_FRAMES]
        pieces = [] if ink is inks.dark else _pieces(inks, ink, seals, framed)
        for box, where in (*((box, _inked(ink, box)) for box in framed), *pieces):
            if not _is_apart(inks, box, found) or is_fringe(inks, where):
                continue
            stamp = _stamp(image, inks, (box, where), (seals, reading))
            if _is_kept(stamp, box in framed):
                found.append(stamp)
    return tuple(sorted(found, key=lambda each: each.bbox.top))


@dataclass(frozen=True, slots=True)
class StampReading:
    """How the words of a stamp come to be known: ``lines`` were read on the page already."""

    read_strips: ReadStrips | None = None
    lines: tuple[Line, ...] = ()

    def texts_in(self, box: BBox) -> list[str]:
        """The words read inside a box of the page, line by line."""
        rows = [
            " ".join(word.text for word in line.words if word.bbox.share_inside(box) > 0.6)
            for line in self.lines
        ]
        return [row for row in rows if row]

    def read(self, part: PageImage) -> list[str]:
        if self.read_strips is None:
            return []
        return [" ".join(text.split()) for text in self.read_strips(split_rows(part)[:8])]


def _inked(ink: Any, box: BBox) -> Any:
    import numpy as np

    where = np.zeros(ink.shape, bool)
    inside = (slice(box.top, box.bottom), slice(box.left, box.right))
    where[inside] = ink[inside] > _INK
    return where


def _is_apart(inks: Inks, box: BBox, found: Sequence[Stamp]) -> bool:
    """Whether no stamp that was found already takes this place."""
    page = inks.page_box(box.left, box.top, box.right, box.bottom)
    return not any(
        page.share_inside(each.bbox) > 0.5 or each.bbox.share_inside(page) > 0.5 for each in found
    )


def _pieces(
    inks: Inks, ink: Any, seals: Sequence[Seal], framed: Sequence[BBox]
) -> list[tuple[BBox, Any]]:
    """Groups of coloured ink outside seals and frames, of a stamp's size, with their ink."""
    import cv2
    import numpy as np

    inked = (ink > _INK).astype(np.uint8)
    _erase_seals(inked, inks, seals)
    for box in framed:
        inked[box.top : box.bottom, box.left : box.right] = 0
    size = max(round(inks.px(_JOIN_MM)), 3)
    joined = cv2.morphologyEx(inked, cv2.MORPH_CLOSE, np.ones((size // 2, size), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = []
    for label in range(1, count):
        left, top, width, height, _ = (int(value) for value in stats[label])
        where = (labels == label) & (inked > 0)
        box = BBox(left, top, left + width, top + height)
        if _is_stamp_like(inks, box, int(where.sum())):
            found.append((box, where))
    return found


def _is_kept(stamp: Stamp, framed: bool) -> bool:
    """A coloured frame is a stamp; blue ink without a frame, and black, need a stamp's words."""
    if stamp.kind in _NAMED:
        return True
    if stamp.colour is InkColour.BLACK:
        return False
    return framed or stamp.colour is not InkColour.BLUE


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
        cv2.circle(ink, (round(x), round(y)), round(half * (1.25 if seal.faded else 1.08)), 0, -1)


def _is_stamp_like(inks: Inks, box: BBox, pixels: int) -> bool:
    width, height = box.width / inks.px(1), box.height / inks.px(1)
    sized = _LEAST_MM[0] <= width <= _LARGEST_MM[0] and _LEAST_MM[1] <= height <= _LARGEST_MM[1]
    return sized and _FILLED[0] <= pixels / max(box.area, 1) <= _FILLED[1]


def _stamp(
    image: PageImage,
    inks: Inks,
    spot: tuple[BBox, Any],
    context: tuple[Sequence[Seal], StampReading],
) -> Stamp:
    (box, where), (seals, reading) = spot, context
    bbox = inks.page_box(box.left, box.top, box.right, box.bottom)
    bbox = bbox.clipped(image.width, image.height)
    rows = reading.texts_in(bbox)
    kind = stamp_kind(" ".join(rows))
    if kind is StampKind.OTHER:
        read = reading.read(_own_ink(image, bbox, colour_of(inks, where)))
        kind = stamp_kind(" ".join(read))
        rows = read if kind is not StampKind.OTHER or not rows else rows
    if kind is StampKind.OTHER and any(_at_foot(bbox, seal) for seal in seals):
        kind = StampKind.NAME
    confidence = 0.8 if kind is not StampKind.OTHER else 0.5
    text = "\n".join(row for row in rows if row) or None
    stamp = Stamp(image.number, bbox, kind, colour_of(inks, where), confidence, text)
    if kind is StampKind.INCOMING and text:
        return replace(stamp, number=_number(text), date=_date(text))
    return stamp


def _own_ink(image: PageImage, box: BBox, colour: InkColour) -> PageImage:
    """The stamp cut out, dark on white; of a coloured one only its own ink, not the print below."""
    import cv2
    import numpy as np

    part: Any = image.pixels[box.top : box.bottom, box.left : box.right]
    if part.ndim == 2 or colour is InkColour.BLACK or not part.size:
        return PageImage(image.number, part, image.dpi)
    red, green, blue = cv2.split(part.astype(np.int16))
    ink = blue - red if colour is InkColour.BLUE else np.maximum(red, blue) - green
    low, high = np.percentile(ink, (40, 98))
    spread = np.clip((ink - low) / max(float(high - low), 8.0), 0, 1)
    return PageImage(image.number, (255 - 255 * spread).astype(np.uint8), image.dpi)


def _number(text: str) -> str | None:
    """The number that the receiving office wrote into its stamp."""
    flat = strip_marks(text).upper()
    match = re.search(r"\bSO\b[^\d\n]{0,12}(\d{1,6})(?![\d/.-])", flat)
    return match[1] if match else None


def _date(text: str) -> str | None:
    """The day of arrival, ISO 8601; None for one that is no day of the calendar."""
    match = re.search(r"(?<!\d)(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4}|\d{2})(?!\d)", text)
    if match is None:
        return None
    year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
    try:
        return date(year, int(match[2]), int(match[1])).isoformat()
    except ValueError:
        return None


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

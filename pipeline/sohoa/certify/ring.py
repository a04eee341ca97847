"""The words on a seal: the ring unrolled to a strip, read, and matched with known names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sohoa.certify.ink import believable_dpi
from sohoa.certify.rows import split_rows
from sohoa.evidence import InkColour, Seal, SealKind
from sohoa.model import PageImage
from sohoa.vietnamese import strip_marks

if TYPE_CHECKING:
    from sohoa.model import Pixels

# Reads images of one line each, all in one call; one text an image.
ReadStrips = Callable[[Sequence[PageImage]], Sequence[str]]

_BAND = (0.66, 0.93)  # of the radius: between the inner and the outer circle
_CENTRE = 0.62
_STRIP_DPI = 300.0
_LEAST_MATCH = 72.0
# SỞ Y TẾ is found in much that is not read well: short names must be read as they are.
_SHORTEST, _SHORT = 5, 8
_LEAST_MATCH_SHORT = 95.0
# A body that the paper does not name must be read much better than one that it names.
_LEAST_STRANGER = 92.0
_BETTER = 8.0
_AS_GOOD = 2.0
_MOST_ROWS = 4


def unroll_ring(image: PageImage, seal: Seal, *, foot: bool = False) -> PageImage:
    """The band of letters as a straight strip, dark on white, letters upright.

    It begins at the foot of the seal and goes round clockwise; its height is the band's, at about
    300 dpi. ``foot``: letters along the foot of the seal are upright (some seals have words of
    their own there), so it begins at the top and goes round the other way.
    """
    import cv2
    import numpy as np

    ink = _seal_ink(image, seal)
    radius = seal.bbox.width / 2
    zoom = _STRIP_DPI / believable_dpi(image)
    length = round(2 * np.pi * radius * 0.8 * zoom)
    depth = round(radius * zoom)
    centre = (seal.bbox.center_x - ink[1], seal.bbox.center_y - ink[2])
    polar = cv2.warpPolar(ink[0], (depth, length), centre, radius, cv2.INTER_CUBIC)
    band = polar[:, round(_BAND[0] * depth) : round(_BAND[1] * depth)]
    # Rows are angles, clockwise from the right; the foot is a quarter further.
    turns = 3 if foot else 1
    strip = np.roll(cv2.rotate(band, cv2.ROTATE_90_COUNTERCLOCKWISE), -(turns * length // 4), 1)
    strip = strip[::-1, ::-1].copy() if foot else strip
    return PageImage(image.number, _framed(_without_lines(strip)), _STRIP_DPI)


def _without_lines(strip: Any) -> Any:
    """The strip without what is left of the circles: thin runs much longer than a letter."""
    import cv2
    import numpy as np

    ink = 255 - strip
    longest = max(3 * strip.shape[0] // 4, 9)
    lines = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((1, 2 * longest), np.uint8))
    lines = cv2.dilate(lines, np.ones((5, 5), np.uint8))
    return 255 - cv2.subtract(ink, lines)


def cut_centre(image: PageImage, seal: Seal) -> PageImage:
    """What stands inside the inner circle, dark on white, at about 300 dpi."""
    import cv2

    ink, left, top = _seal_ink(image, seal)
    half = _CENTRE * seal.bbox.width / 2
    x, y = seal.bbox.center_x - left, seal.bbox.center_y - top
    part = ink[max(0, round(y - half)) : round(y + half), max(0, round(x - half)) : round(x + half)]
    zoom = _STRIP_DPI / believable_dpi(image)
    bigger = cv2.resize(part, None, fx=zoom, fy=zoom, interpolation=cv2.INTER_CUBIC)
    return PageImage(image.number, _framed(bigger), _STRIP_DPI)


def _seal_ink(image: PageImage, seal: Seal) -> tuple[Any, int, int]:
    """The seal's own ink, dark on white, with the position of its left top corner."""
    import numpy as np

    box = seal.bbox.padded(4).clipped(image.width, image.height)
    part: Any = image.pixels[box.top : box.bottom, box.left : box.right].astype(np.float32)
    if part.ndim == 2:
        return part.astype(np.uint8), box.left, box.top
    if seal.colour is InkColour.BLACK:
        return part.mean(axis=2).astype(np.uint8), box.left, box.top
    ink = part[..., 0] - part[..., 1]
    low, high = np.percentile(ink, (30, 98))
    spread = np.clip((ink - low) / max(float(high - low), 8.0), 0, 1)
    return (255 - 255 * spread).astype(np.uint8), box.left, box.top


def _framed(pixels: Any) -> Pixels:
    import cv2

    framed: Pixels = cv2.copyMakeBorder(
        pixels, 24, 24, 24, 24, cv2.BORDER_CONSTANT, value=(255, 255, 255)
    )
    return framed


@dataclass(frozen=True, slots=True)
class Match:
    """The known name that a reading agrees with best, and how well (0..100)."""

    name: str | None
    score: float


def match_name(reading: str, names: Sequence[str]) -> Match:
    """The best of ``names``, compared without marks, case and spaces; None below a fair likeness.

    Names of sister bodies differ in one word (Quảng Nam, Quảng Ngãi): give them all, so that the
    best one is the right one. A ring has no beginning: the reading is taken twice over, so that a
    name may run across the place where it was cut.
    """
    from rapidfuzz import fuzz

    flat = _flat(reading)
    best = Match(None, 0.0)
    for name in names:
        wanted = _flat(name)
        if len(wanted) < _SHORTEST or len(flat) < _SHORTEST:
            continue
        score = fuzz.partial_ratio(wanted, flat + flat)
        if len(wanted) > len(flat):
            score = fuzz.ratio(wanted, flat)
        if len(wanted) < _SHORT and score < _LEAST_MATCH_SHORT:
            continue
        if score > best.score:
            best = Match(name, round(float(score), 1))
    return best if best.score >= _LEAST_MATCH else Match(None, best.score)


def _score(match: Match) -> float:
    return match.score


def _flat(text: str) -> str:
    return "".join(each for each in strip_marks(text).upper() if each.isalnum())


@dataclass(frozen=True, slots=True)
class SealReading:
    """What was read on one seal: the ring (letters upright at the head, then at the foot)."""

    seal: Seal
    ring: tuple[str, ...]
    centre: str


def read_rings(
    image: PageImage, seals: Sequence[Seal], read_strips: ReadStrips | None
) -> tuple[SealReading, ...]:
    """The words of all whole seals of a page, in one call of the reader.

    Nothing is read on set-offs and on pieces of a seal, nor without a reader.
    """
    rounds = [seal for seal in seals if seal.kind is SealKind.ROUND]
    if read_strips is None or not rounds:
        return ()
    middles = [split_rows(cut_centre(image, seal))[:_MOST_ROWS] for seal in rounds]
    strips = [
        strip
        for seal, rows in zip(rounds, middles, strict=True)
        for strip in (unroll_ring(image, seal), unroll_ring(image, seal, foot=True), *rows)
    ]
    texts = iter([" ".join(text.split()) for text in read_strips(strips)])
    return tuple(
        SealReading(seal, (next(texts), next(texts)), " ".join(next(texts) for _ in rows).strip())
        for seal, rows in zip(rounds, middles, strict=True)
    )


def name_seal(reading: SealReading, names: Sequence[str], strangers: Sequence[str] = ()) -> Seal:
    """The seal with its words, and the name that they agree with.

    ``names``: the bodies that the paper names. ``strangers``: others of whom the seal might be; one
    of them is taken only where it was read clearly, and clearly better than every name.
    """
    head, foot = reading.ring
    # The body's name may stand in the middle and go on along the foot (TỈNH UỶ / ĐÔNG SƠN).
    whole = (head, foot, reading.centre, f"{reading.centre} {foot}", f"{foot} {reading.centre}")
    match = max((match_name(each, names) for each in whole), key=_score)
    other = max((match_name(each, strangers) for each in whole), key=_score)
    if other.score >= max(_LEAST_STRANGER, match.score + _BETTER):
        match = other
    elif other.score > match.score + _AS_GOOD:
        match = Match(None, match.score)  # it might be either of the two
    ring = max(reading.ring, key=lambda each: match_name(each, names).score)
    return replace(
        reading.seal, text=ring or None, centre_text=reading.centre or None, matched=match.name
    )

"""A round seal as an ink mask: double ring, text along it, star, arms or text in the middle."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

from sohoa.imitate.fonts import Face, font_path

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image, ImageDraw
    from PIL.ImageFont import FreeTypeFont

    Mask = NDArray[np.float32]

_DRAWN = 900  # pixels: the seal is drawn at this size once, then scaled


def draw_seal(ring: str, center: str, size: int, rng: np.random.Generator) -> Mask:
    """The ink (float32 0..1) of one impression, ``size`` x ``size`` pixels.

    Turned by a few degrees, pressed unevenly, with grain where the paper took no ink.
    """
    import cv2
    import numpy as np

    clean = _clean_seal(ring, center)
    turn = cv2.getRotationMatrix2D((_DRAWN / 2, _DRAWN / 2), rng.uniform(-25, 25), 1.0)
    turned = cv2.warpAffine(clean, turn, (_DRAWN, _DRAWN), flags=cv2.INTER_LINEAR)
    small = cv2.resize(turned, (size, size), interpolation=cv2.INTER_AREA)
    mask: Mask = (small / 255).astype(np.float32) * _pressure(size, rng)
    return mask


def _pressure(size: int, rng: np.random.Generator) -> Mask:
    """How much ink came off at each point: slow waves, a weak side, fine grain."""
    import cv2
    import numpy as np

    slow = cv2.resize(rng.random((5, 5)).astype(np.float32), (size, size))
    grain = cv2.resize(rng.random((size // 2, size // 2)).astype(np.float32), (size, size))
    angle = rng.uniform(0, 2 * math.pi)
    y, x = np.mgrid[-1 : 1 : size * 1j, -1 : 1 : size * 1j]
    side = (x * math.cos(angle) + y * math.sin(angle)) * rng.uniform(0.0, 0.25)
    load = rng.uniform(0.72, 1.0) + 0.3 * (slow - 0.5) + side
    dry = np.where(grain < rng.uniform(0.05, 0.25), rng.uniform(0.4, 0.8), 1.0)
    result: Mask = np.clip(load * dry, 0.1, 1.0).astype(np.float32)
    return result


@cache
def _clean_seal(ring: str, center: str) -> NDArray[np.uint8]:
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    image = Image.new("L", (_DRAWN, _DRAWN), 0)
    pen = ImageDraw.Draw(image)
    middle = _DRAWN / 2
    for radius, width in ((middle - 8, 12), (middle - 28, 5), (middle * 0.62, 6)):
        box = (middle - radius, middle - radius, middle + radius, middle + radius)
        pen.ellipse(box, outline=255, width=width)
    font = ImageFont.truetype(str(font_path(Face.SANS_BOLD)), 74)
    party = ring.startswith("ĐẢNG")
    if party:
        lower, inner = _split_center(center)
        _arc_text(image, ring, font, (middle * 0.79, -90.0, 165.0), inward=False)
        _arc_text(image, lower, font, (middle * 0.79, 90.0, 125.0), inward=True)
        _star(pen, (middle - middle * 0.79 * 0.97, middle + 62), 24)
        _star(pen, (middle + middle * 0.79 * 0.97, middle + 62), 24)
        _center_text(pen, inner or "★", middle)
    else:
        _arc_text(image, ring, font, (middle * 0.79, -90.0, 310.0), inward=False)
        _star(pen, (middle, middle + middle * 0.79), 34)
        if center:
            _center_text(pen, center, middle)
        else:
            _arms(pen, middle)
    return np.asarray(image)


def _split_center(center: str) -> tuple[str, str]:
    """``BAN TỔ CHỨC TỈNH UỶ X`` -> lower ring ``TỈNH UỶ X``, middle ``BAN TỔ CHỨC``."""
    for head in ("TỈNH U", "TỈNH Ủ", "THÀNH U", "THÀNH Ủ"):
        at = center.find(head)
        if at > 0:
            return center[at:], center[:at].strip()
        if at == 0:
            return center.split(" ", 2)[-1], " ".join(center.split(" ", 2)[:2])
    return "", center


def _arc_text(
    image: Image.Image,
    text: str,
    font: FreeTypeFont,
    arc: tuple[float, float, float],
    *,
    inward: bool,
) -> None:
    """Text along a circle: ``arc`` is radius, middle angle and widest span (degrees, 0 is east)."""
    from PIL import Image as Images
    from PIL import ImageDraw

    radius, at, most = arc
    gap = 10.0
    widths = [font.getlength(character) + gap for character in text]
    per_degree = radius * math.pi / 180
    squeeze = min(1.0, most * per_degree / max(1.0, sum(widths)))
    direction = -1 if inward else 1
    angle = at - direction * sum(widths) * squeeze / per_degree / 2
    for character, width in zip(text, widths, strict=True):
        step = width * squeeze / per_degree
        turn = angle + direction * step / 2
        glyph = Images.new("L", (150, 150), 0)
        ImageDraw.Draw(glyph).text((75, 75), character, font=font, fill=255, anchor="mm")
        if squeeze < 1.0:
            glyph = glyph.resize((max(1, round(150 * squeeze)), 150))
        upright = 90 - turn if inward else -(turn + 90)
        glyph = glyph.rotate(upright, expand=True, resample=Images.Resampling.BICUBIC)
        x = image.width / 2 + radius * math.cos(math.radians(turn)) - glyph.width / 2
        y = image.height / 2 + radius * math.sin(math.radians(turn)) - glyph.height / 2
        image.paste(255, (round(x), round(y)), glyph)
        angle += direction * step


def _star(pen: ImageDraw.ImageDraw, at: tuple[float, float], radius: float) -> None:
    points = []
    for index in range(10):
        r = radius if index % 2 == 0 else radius * 0.4
        angle = math.radians(index * 36 - 90)
        points.append((at[0] + r * math.cos(angle), at[1] + r * math.sin(angle)))
    pen.polygon(points, fill=255)


def _center_text(pen: ImageDraw.ImageDraw, text: str, middle: float) -> None:
    from PIL import ImageFont

    if text == "★":
        _star(pen, (middle, middle), middle * 0.4)
        return
    words = text.split()
    count = 1 if len(words) < 2 else (2 if len(words) < 5 else 3)
    per_line = -(-len(words) // count)
    lines = [" ".join(words[i : i + per_line]) for i in range(0, len(words), per_line)]
    size = 96
    while size > 30:
        font = ImageFont.truetype(str(font_path(Face.SANS_BOLD)), size)
        if max(font.getlength(line) for line in lines) < middle * 1.05:
            break
        size -= 4
    for index, line in enumerate(lines):
        y = middle + (index - (len(lines) - 1) / 2) * size * 1.3
        pen.text((middle, y), line, font=font, fill=255, anchor="mm")


def _arms(pen: ImageDraw.ImageDraw, middle: float) -> None:
    """Something like a coat of arms: a star over a wheel between two ears of rice."""
    radius = middle * 0.5
    box = (middle - radius, middle - radius, middle + radius, middle + radius)
    pen.ellipse(box, outline=255, width=5)
    _star(pen, (middle, middle - radius * 0.25), radius * 0.36)
    for side in (-1, 1):
        for index in range(11):
            angle = math.radians(90 - side * (20 + index * 13))
            x = middle + radius * 0.84 * math.cos(angle)
            y = middle + radius * 0.84 * math.sin(angle)
            pen.ellipse((x - 17, y - 9, x + 17, y + 9), fill=255)
    for tooth in range(9):
        angle = math.radians(180 + tooth * 22.5)
        x = middle + radius * 0.3 * math.cos(angle)
        y = middle + radius * 0.62 + radius * 0.3 * math.sin(angle)
        pen.rectangle((x - 8, y - 8, x + 8, y + 8), fill=255)
    bar = (middle - radius * 0.4, middle + radius * 0.66, middle + radius * 0.4)
    pen.rectangle((bar[0], bar[1], bar[2], bar[1] + radius * 0.16), fill=255)

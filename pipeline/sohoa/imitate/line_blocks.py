"""A few printed lines on paper, with the place of each character: what a recognizer learns from."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from sohoa.geometry import Transform
from sohoa.imitate.degrade import ColourMode, Degradation, degrade, draw_degradation
from sohoa.imitate.line_texts import LineTexts
from sohoa.imitate.pen import draw_signature
from sohoa.imitate.seal import draw_seal

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PIL.ImageFont import FreeTypeFont

    from sohoa.model import Pixels

_SHARP = 3  # letters are drawn this much larger and then shrunk
_REDS = ((0.80, 0.12, 0.20), (0.86, 0.22, 0.28), (0.70, 0.10, 0.16), (0.84, 0.30, 0.36))
_BLUES = ((0.12, 0.18, 0.58), (0.15, 0.25, 0.70), (0.1, 0.1, 0.1))
# A family: its files for regular, bold, italic and bold italic.
Family = tuple[Path, Path, Path, Path]


@dataclass(frozen=True, slots=True)
class Placed:
    """A character and where it stands: the middle of its width, on the level of its line, px."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A scan of a few lines (H x W or H x W x 3) at ``dpi``, and its characters line by line."""

    pixels: Pixels
    dpi: int
    lines: tuple[tuple[Placed, ...], ...]


@cache
def _font(path: Path, size_px: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(str(path), size_px, layout_engine=ImageFont.Layout.BASIC)


@cache
def _advance(path: Path, character: str) -> float:
    """Width of a character as a share of the size of its font."""
    return float(_font(path, 1000).getlength(character)) / 1000


def make_block(texts: LineTexts, families: tuple[Family, ...], seed: int) -> Block:
    """Print and scan a few lines. The same arguments give the same pixels."""
    chance = random.Random(seed)  # noqa: S311 (made pages, no secrets)
    rng = np.random.default_rng(seed)
    how = _scan_of_a_block(rng)
    clean, lines = _printed(texts, chance.choice(families), chance, how.dpi)
    inked = _with_strokes(clean, chance, rng, how.dpi)
    scan = degrade(inked, how, rng)
    moved = tuple(
        tuple(Placed(each.text, *scan.transform.point(each.x, each.y)) for each in line)
        for line in lines
    )
    return Block(scan.pixels, how.dpi, moved)


def _scan_of_a_block(rng: np.random.Generator) -> Degradation:
    """A scan as of a page, made a little worse: real ones are worse than made ones look."""
    how = draw_degradation(rng)
    sizes = [130, 150, 150, 200, 200, 200, 200, 240, 300, 300]
    how = replace(
        how, dpi=int(rng.choice(sizes)), quarter_turns=0, perspective=0.0, punch_holes=0,
        border_px=0, set_off=0.0, specks=round(how.specks / 6), skew_deg=float(rng.normal(0, 0.5)),
        folds=int(rng.random() < 0.03), spread=float(np.clip(rng.normal(0.05, 0.4), -0.7, 1.0)),
    )  # fmt: skip
    if how.mode is ColourMode.BITONAL:
        # 1-bit scanners follow the paper: too light or too dark only by chance.
        how = replace(how, threshold=int(rng.integers(110, 195)), noise=how.noise * 0.7)
    if how.mode is ColourMode.COLOUR:
        how = replace(how, mode=ColourMode.GREY if rng.random() < 0.6 else how.mode)
    return how


def _printed(
    texts: LineTexts, family: Family, chance: random.Random, dpi: int
) -> tuple[Pixels, list[list[Placed]]]:
    """Clean pixels (RGB) at ``dpi``, and the characters of each line."""
    import cv2
    from PIL import Image, ImageDraw

    size_pt = chance.choice((13, 13, 13.5, 14, 14, 14, 14, 12, 12, 11, 10, 15))
    size = size_pt * dpi / 72 * _SHARP
    lead = size * chance.uniform(1.12, 1.55)
    count = chance.randint(4, 7)
    width = chance.uniform(60, 165) / 25.4 * dpi * _SHARP
    margin = 1.2 * size
    canvas = Image.new("L", (round(width + 2 * margin), round(count * lead + 1.6 * size)), 255)
    pen = ImageDraw.Draw(canvas)
    lines: list[list[Placed]] = []
    text, style = "", 0
    for index in range(count):
        if not text:
            text = texts.draw(chance)
            style = chance.choices((0, 1, 2, 3), (60, 20, 15, 5))[0]
        y = margin + size + index * lead
        text, line = _set_line(pen, text, family[style], (margin, y, width, size), chance)
        lines.append(line)
        if line and chance.random() < 0.06:
            ends = (line[0].x, line[-1].x)
            depth = y + size * chance.uniform(0.08, 0.3)
            pen.line((ends[0], depth, ends[1], depth), fill=20, width=max(2, round(size / 18)))
    small = cv2.resize(
        np.asarray(canvas), None, fx=1 / _SHARP, fy=1 / _SHARP, interpolation=cv2.INTER_AREA
    )
    back = Transform.scale(1 / _SHARP)
    shrunk = [[Placed(each.text, *back.point(each.x, each.y)) for each in line] for line in lines]
    return np.repeat(np.asarray(small, dtype=np.uint8)[:, :, None], 3, axis=2), shrunk


def _set_line(
    pen: object, text: str, path: Path, place: tuple[float, float, float, float],
    chance: random.Random,
) -> tuple[str, list[Placed]]:  # fmt: skip
    """Set as many words as the line holds; what is left of the text, and what was set."""
    left, y, width, size = place
    words = text.split()
    taken, length = 0, 0.0
    space = _advance(path, " ") * size
    tight = chance.gauss(0, 0.012) * size if chance.random() < 0.3 else 0.0
    while taken < len(words):
        more = sum(_advance(path, c) * size + tight for c in words[taken])
        if taken and length + space + more > width:
            break
        length += more + (space if taken else 0)
        taken += 1
    rest = words[taken:]
    x = left
    if rest and chance.random() < 0.75 and taken > 1:  # set flush on both sides
        space += min(1.6 * size, max(0.0, width - length) / (taken - 1))
    elif length < width and chance.random() < 0.5:
        x += chance.uniform(0, width - length)
    font = _font(path, max(8, round(size)))
    line = []
    for index, word in enumerate(words[:taken]):
        if index:
            line.append(Placed(" ", x + space / 2, y))
            x += space
        for character in word:
            advance = _advance(path, character) * size + tight
            pen.text((x, y), character, fill=0, font=font, anchor="ls")  # type: ignore[attr-defined]
            line.append(Placed(character, x + advance / 2, y))
            x += advance
    return " ".join(rest), line


def _with_strokes(
    pixels: Pixels, chance: random.Random, rng: np.random.Generator, dpi: int
) -> Pixels:
    """Now and then a seal or a signature lies over the print."""
    kind = chance.random()
    if kind > 0.16:
        return pixels
    if kind < 0.10:
        size = round(36 / 25.4 * dpi)
        mask = draw_seal("UỶ BAN NHÂN DÂN TỈNH QUẢNG AN", "", size, rng)
        colour = chance.choice(_REDS)
    else:
        mask = draw_signature((round(40 / 25.4 * dpi), round(20 / 25.4 * dpi)), rng)
        colour = chance.choice(_BLUES)
    canvas = pixels.astype(np.float32)
    height, width = canvas.shape[:2]
    top = chance.randint(-mask.shape[0] // 2, height - mask.shape[0] // 2)
    left = chance.randint(-mask.shape[1] // 2, width - mask.shape[1] // 2)
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(height, top + mask.shape[0]), min(width, left + mask.shape[1])
    part: NDArray[np.float32] = mask[y0 - top : y1 - top, x0 - left : x1 - left, None]
    canvas[y0:y1, x0:x1] *= 1.0 - part * (1.0 - np.array(colour, dtype=np.float32))
    return np.asarray(canvas, dtype=np.uint8)

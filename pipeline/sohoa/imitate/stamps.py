"""Rubber stamps: the box of the office that received a paper (dấu đến)."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from sohoa.imitate.draft import Incoming
from sohoa.imitate.fonts import Face, font_path
from sohoa.imitate.names import short_date
from sohoa.imitate.sheet import MM, InkKind, InkSpot, Sheets

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Mask = NDArray[np.float32]

_WIDTH_MM, _HEIGHT_MM = 50.0, 30.0
_ROWS = ("ĐẾN", "Số:", "Ngày:", "Chuyển:")


def set_incoming(sheets: Sheets, incoming: Incoming, seed: int) -> None:
    """Stamp the first page left of the title, perhaps over its text; number and day by pen."""
    rng = random.Random(f"{seed}/incoming")  # noqa: S311 (layout, no secrets)
    left = sheets.left + rng.uniform(-40, 0)
    top = sheets.y + rng.uniform(-6, 30)
    width, height = _WIDTH_MM * MM, _HEIGHT_MM * MM
    written = short_date(incoming.date)
    text = f"{incoming.body}\nĐẾN Số: {incoming.number} Ngày: {written} Chuyển:"
    box = (left, top, left + width, top + height)
    sheets.add_ink(InkSpot(InkKind.STAMP, box, text, incoming.body))
    row = height / 4
    for index, figures in ((1, incoming.number), (2, written)):
        x = left + width * 0.52
        y = top + row * index + row * 0.28
        size = row * 0.62
        pen = (x, y, x + size * 0.62 * len(figures), y + size)
        sheets.add_ink(InkSpot(InkKind.PEN, pen, figures))


def draw_stamp(body: str, size: tuple[int, int], rng: np.random.Generator) -> Mask:
    """The stamp's ink (float32 0..1): a frame, the body's name, ``ĐẾN`` and its dotted rows."""
    import cv2
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    width, height = size[0] * 3, size[1] * 3
    image = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(image)
    line = max(3, height // 70)
    pen.rectangle((line, line, width - line, height - line), outline=255, width=line)
    row = height / 4
    pen.line((0, row, width, row), fill=255, width=line)
    pen.line((width * 0.3, row, width * 0.3, height), fill=255, width=line)
    path = str(font_path(Face.SANS_BOLD))
    letters = round(row * 0.5)
    while ImageFont.truetype(path, letters).getlength(body) > width * 0.92 and letters > 8:
        letters -= 2
    name = ImageFont.truetype(path, letters)
    pen.text((width / 2, row / 2), body, font=name, fill=255, anchor="mm")
    big = ImageFont.truetype(path, round(row * 0.75))
    pen.text((width * 0.15, row * 2.5), _ROWS[0], font=big, fill=255, anchor="mm")
    small = ImageFont.truetype(path, round(row * 0.42))
    for index, label in enumerate(_ROWS[1:], start=1):
        y = row * (index + 0.55)
        pen.text((width * 0.33, y), label, font=small, fill=255, anchor="lm")
        start = width * 0.36 + small.getlength(label)
        pen.text((start, y), "." * 40, font=small, fill=255, anchor="lm")
    pen.rectangle((width - line * 2, 0, width, height), fill=0)
    pen.line((width - line, 0, width - line, height), fill=255, width=line)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), float(rng.normal(0, 1.2)), 0.97)
    turned = cv2.warpAffine(np.asarray(image), turn, (width, height))
    mask = cv2.resize(turned, size, interpolation=cv2.INTER_AREA)
    grain = cv2.resize(rng.random((size[1] // 2, size[0] // 2)).astype(np.float32), size)
    load = np.where(grain < 0.15, 0.45, 0.9)
    result: Mask = (mask / 255 * load).astype(np.float32)
    return result

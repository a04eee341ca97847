"""Pieces of embedded text: runs of glyphs without white space, in points of the shown page."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sohoa.vietnamese import nfc

# Gaps and overlaps as shares of the font size. A blank is 0.25 of it in Times, stretched by
# justification and squeezed by no more than a third.
_GAP = 0.17
_BACKWARD = 0.8
_DOUBLE = 0.12
_NOT_MAPPED = "\ufffd"


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of glyphs as the file draws them one after another.

    ``left … bottom`` in points, origin top left of the shown page, y down. ``order`` counts pieces
    in the order of drawing. ``turn``: the reading direction, in degrees clockwise from left to
    right (0, 90, 180, 270). ``owner``: -1 for the page itself, else the index of the appearance.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    order: int
    turn: int = 0
    owner: int = -1
    blank_before: bool = False


def pieces_of(chars: Iterable[dict[str, Any]], *, owner: int = -1) -> tuple[Piece, ...]:
    """Join pdfplumber's chars, in the order of drawing, to pieces; doubled glyphs count once."""
    runs: list[list[dict[str, Any]]] = []
    blanks: list[bool] = []
    current: list[dict[str, Any]] = []
    blank = False
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for char in chars:
        text = str(char["text"])
        if not text.strip():
            if current:
                runs.append(current)
                current = []
            blank = True
            continue
        if _doubled(char, seen):
            continue
        if current and _breaks(current[-1], char):
            runs.append(current)
            current = []
        if not current:
            blanks.append(blank)
        current.append(char)
        blank = False
    if current:
        runs.append(current)
    found = []
    for order, (run, before) in enumerate(zip(runs, blanks, strict=True)):
        text = _text_of(run)
        if text:
            found.append(_piece(run, text, order, owner=owner, blank_before=before))
    return tuple(found)


def _doubled(char: dict[str, Any], seen: dict[tuple[str, int, int], tuple[float, float]]) -> bool:
    """Whether the same glyph was drawn at (nearly) the same place: bold made by printing twice."""
    slack = max(0.3, _DOUBLE * _size(char))
    x, y = float(char["x0"]), float(char["top"])
    column, row = round(x / 2), round(y / 2)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            place = seen.get((char["text"], column + dx, row + dy))
            if place and abs(place[0] - x) < slack and abs(place[1] - y) < slack:
                return True
    seen[char["text"], column, row] = (x, y)
    return False


def turn_of(char: dict[str, Any]) -> int:
    """Reading direction of a glyph, to the nearest quarter turn, clockwise."""
    a, b = char["matrix"][0], char["matrix"][1]
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 180
    # PDF's y runs upward: b > 0 is text that climbs the page.
    return 270 if b > 0 else 90


def along(turn: int, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """The box seen in the reading direction: start, upper side, end, lower side."""
    left, top, right, bottom = box
    return {
        0: (left, top, right, bottom),
        90: (top, -right, bottom, -left),
        180: (-right, -bottom, -left, -top),
        270: (-bottom, left, -top, right),
    }[turn]


def _box(char: dict[str, Any]) -> tuple[float, float, float, float]:
    return float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"])


def _size(char: dict[str, Any]) -> float:
    """Font size as drawn; pdfminer's own ``size`` is the advance where text stands upright."""
    _, top, _, bottom = along(turn_of(char), _box(char))
    return bottom - top


def _breaks(before: dict[str, Any], after: dict[str, Any]) -> bool:
    turn = turn_of(before)
    if turn != turn_of(after):
        return True
    _, top_a, end, bottom_a = along(turn, _box(before))
    start, top_b, _, bottom_b = along(turn, _box(after))
    size = max(bottom_a - top_a, bottom_b - top_b, 0.1)
    overlap = min(bottom_a, bottom_b) - max(top_a, top_b)
    if overlap < 0.4 * min(bottom_a - top_a, bottom_b - top_b):
        return True
    # Combining marks are drawn back over their letter; they stay with it.
    if unicodedata.combining(str(after["text"])[0]):
        return False
    return start - end > _GAP * size or end - start > _BACKWARD * size


def _text_of(run: Sequence[dict[str, Any]]) -> str:
    raw = "".join(
        _NOT_MAPPED if str(char["text"]).startswith("(cid:") else str(char["text"]) for char in run
    )
    kept = "".join(c for c in nfc(raw) if unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return nfc("".join(kept.split()))


def _piece(
    run: Sequence[dict[str, Any]], text: str, order: int, *, owner: int, blank_before: bool
) -> Piece:
    boxes = [_box(char) for char in run]
    return Piece(
        text=text,
        left=min(box[0] for box in boxes),
        top=min(box[1] for box in boxes),
        right=max(box[2] for box in boxes),
        bottom=max(box[3] for box in boxes),
        size=max(_size(char) for char in run),
        order=order,
        turn=turn_of(run[0]),
        owner=owner,
        blank_before=blank_before,
    )

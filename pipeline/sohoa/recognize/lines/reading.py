"""From the chances of characters along a frame to words with confidences and other readings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sohoa.geometry import BBox
from sohoa.model import Alternative
from sohoa.recognize.hocr import Choices, other_readings
from sohoa.recognize.lines.alphabet import BLANK, CHARACTERS
from sohoa.recognize.lines.framing import Frame
from sohoa.recognize.lines.network import STRIDE
from sohoa.vietnamese import nfc

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

_WEIGHED = 4  # characters that are weighed at one place


@dataclass(frozen=True, slots=True)
class ReadCharacter:
    """A character, the middle of its place across the frame (px), and what else it may be."""

    text: str
    x: float
    choices: tuple[tuple[str, float], ...]

    @property
    def chance(self) -> float:
        return self.choices[0][1]


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word in the pixels of the image that the frame was cut from."""

    text: str
    bbox: BBox
    confidence: float
    alternatives: tuple[Alternative, ...]


def read_characters(chances: Floats) -> tuple[ReadCharacter, ...]:
    """The characters along a frame, by CTC's rule: the likeliest at each place, repeats as one.

    ``chances``: places x classes. What stands at a character's clearest place is what is weighed.
    """
    best = chances.argmax(axis=1)
    found = []
    start = 0
    for place in range(1, len(best) + 1):
        if place < len(best) and best[place] == best[start]:
            continue
        if best[start] != BLANK:
            run = chances[start:place]
            peak = start + int(run[:, best[start]].argmax())
            found.append(_character(chances[peak], int(best[start]), (start + place) / 2))
        start = place
    return tuple(found)


def _character(chances: Floats, code: int, middle: float) -> ReadCharacter:
    others = [
        int(other)
        for other in np.argsort(chances)[::-1][: _WEIGHED + 1]
        if other not in (code, BLANK) and CHARACTERS[int(other) - 1] != " "
    ]
    choices = tuple(
        (CHARACTERS[each - 1], float(chances[each])) for each in (code, *others[: _WEIGHED - 1])
    )
    return ReadCharacter(CHARACTERS[code - 1], middle * STRIDE, choices)


def read_words(frame: Frame, chances: Floats) -> tuple[ReadWord, ...]:
    """Words of a frame, left to right; each has the box of its ink on the image."""
    words: list[list[ReadCharacter]] = [[]]
    edges = [0.0]
    for character in read_characters(chances):
        if character.text == " ":
            words.append([])
            edges.append(character.x)
        else:
            words[-1].append(character)
    edges.append(float(frame.width))
    return tuple(
        _word(frame, word, (edges[index], edges[index + 1]))
        for index, word in enumerate(words)
        if word
    )


def _word(frame: Frame, characters: list[ReadCharacter], span: tuple[float, float]) -> ReadWord:
    text = nfc("".join(each.text for each in characters))
    glyphs: list[Choices] = [list(each.choices) for each in characters]
    sure = float(np.prod([each.chance for each in characters]))
    return ReadWord(text, _bbox(frame, characters, span), confidence_of(sure),
                    other_readings(text, glyphs))  # fmt: skip


def confidence_of(chance: float) -> float:
    """How often a word of which the network is so sure is right, 0..1."""
    return round(float(np.clip(chance, 0.0, 0.99)), 4)


def _bbox(frame: Frame, characters: list[ReadCharacter], span: tuple[float, float]) -> BBox:
    """The box of the marks of ink between the spaces before and after the word."""
    row = frame.row
    left, right = frame.x_on_image(span[0]), frame.x_on_image(span[1])
    middles = (row.boxes[:, 0] + row.boxes[:, 2]) / 2
    inside = row.boxes[(middles >= left) & (middles <= right)]
    if len(inside):
        return BBox(
            int(inside[:, 0].min()), int(inside[:, 1].min()),
            int(inside[:, 2].max()), int(inside[:, 3].max()),
        )  # fmt: skip
    half = 0.35 * row.tall
    first, last = (frame.x_on_image(characters[end].x) for end in (0, -1))
    level = row.level(first)
    return BBox(
        max(0, round(first - half)), max(0, round(level - row.tall)),
        max(0, round(last + half)), max(0, round(level)),
    )  # fmt: skip

"""Pieces of printed rows, each brought to one size and one level: what the network reads.

In a frame letters stand on row ``BASE``, tall ones reach ``TALL`` pixels up from it, and across
the print is narrowed by ``NARROW``: marks need height, letters can do with less width.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.recognize.lines.rows import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sohoa.model import Pixels

HEIGHT = 40
BASE = 31
TALL = 21.0
NARROW = 0.8
# A row longer than this (frame px) is cut at a gap between words, so that each piece has its level.
LONGEST = 480
_EDGE = 0.35  # of paper at both ends, in heights of tall letters
_FEW = 5  # letters that a piece needs to have a level of its own
_SOFT = 2  # frames are drawn this much larger and then shrunk: thin strokes stay


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A piece of a row as the network sees it: ``pixels`` (HEIGHT x width, 0 paper .. 255 ink).

    ``row``: the row, with the piece's own level; ``left``: x on the image of the frame's left edge.
    """

    pixels: NDArray[np.uint8]
    row: Row
    left: float

    @property
    def width(self) -> int:
        return int(self.pixels.shape[1])

    @property
    def scale(self) -> float:
        """Frame pixels across for one pixel of the image."""
        return NARROW * TALL / self.row.tall

    def x_on_image(self, x: float) -> float:
        return self.left + x / self.scale

    def x_in_frame(self, x: float) -> float:
        return (x - self.left) * self.scale


def frame_rows(grey: Pixels, rows: tuple[Row, ...]) -> tuple[Frame, ...]:
    """Frames of all rows, in their order, each row from left to right."""
    return tuple(frame_row(grey, piece) for row in rows for piece in cut(row))


def cut(row: Row) -> tuple[Row, ...]:
    """The row in pieces of at most about ``LONGEST`` frame pixels, cut in the widest gaps."""
    longest = LONGEST / (NARROW * TALL / row.tall)
    pieces = [row.boxes]
    done = []
    while pieces:
        boxes = pieces.pop()
        left, right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
        place = _place_to_cut(boxes, longest, row.tall) if right - left > longest else None
        if place is None:
            done.append(_levelled(row, boxes))
        else:
            pieces += [boxes[:place], boxes[place:]]
    return tuple(sorted(done, key=lambda piece: piece.left))


def _place_to_cut(boxes: NDArray[np.int64], longest: float, tall: float) -> int | None:
    """Index of the mark that begins the second part: after the widest gap near an even share."""
    reach = np.maximum.accumulate(boxes[:, 2])
    gaps = (boxes[1:, 0] - reach[:-1]).astype(np.float64)
    left, right = float(boxes[0, 0]), float(reach[-1])
    count = int(np.ceil((right - left) / longest))
    wanted = left + (right - left) / count
    away = np.abs(boxes[1:, 0] - wanted) / longest
    worth = np.minimum(gaps, 0.6 * tall) / tall - 0.6 * away
    worth[gaps < 0.12 * tall] = -np.inf
    best = int(np.argmax(worth)) if len(worth) else 0
    if not len(worth) or not np.isfinite(worth[best]):
        return None
    return best + 1


def _levelled(row: Row, boxes: NDArray[np.int64]) -> Row:
    """A part of a row with its own level where it has letters enough to tell it."""
    left, right = int(boxes[:, 0].min()), int(boxes[:, 2].max())
    rest = boxes[:, 3] - row.slope * (boxes[:, 0] + boxes[:, 2]) / 2 - row.offset
    stands = (np.abs(rest) <= 0.2 * row.tall) & (boxes[:, 3] - boxes[:, 1] >= 0.5 * row.tall)
    offset = row.offset
    if stands.sum() >= _FEW:
        offset += float(np.median(rest[stands]))
    return Row(left, right, row.slope, offset, row.tall, boxes)


def frame_row(grey: Pixels, row: Row) -> Frame:
    across, down = NARROW * TALL / row.tall, TALL / row.tall
    edge = _EDGE * row.tall
    left = row.left - edge
    width = max(8, int(np.ceil((row.right + edge - left) * across)))
    # From a pixel of the (enlarged) frame to the pixel of the image that it shows.
    matrix = np.array(
        [
            [1 / (_SOFT * across), 0.0, left],
            [row.slope / (_SOFT * across), 1 / (_SOFT * down), row.level(left) - BASE / down],
        ]
    )
    large = cv2.warpAffine(
        grey,
        matrix,
        (_SOFT * width, _SOFT * HEIGHT),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    small = cv2.resize(large, (width, HEIGHT), interpolation=cv2.INTER_AREA)
    return Frame(_contrasted(np.asarray(small, dtype=np.uint8)), row, left)


def _contrasted(pixels: Pixels) -> NDArray[np.uint8]:
    """Paper to 0 and the darkest ink to 255, whatever the scan's own light."""
    paper, ink = float(np.percentile(pixels, 80)), float(np.percentile(pixels, 1))
    spread = max(30.0, paper - ink)
    return np.asarray(
        np.clip((paper - pixels.astype(np.float32)) * (255 / spread), 0, 255), dtype=np.uint8
    )

"""Figures by pen, read one by one: pieces of ink, every way to part them, the likeliest row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np

from sohoa.geometry import BBox
from sohoa.look.pen_figures import CLASSES, figure_features, read_figure_network

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sohoa.look.pen_figures import Floats
    from sohoa.look.pen_spots import PenSpot
    from sohoa.model import Pixels

# In heights of the printed row: smaller ink is dots and dust; a figure is no wider than this.
_DUST = 0.24
_WIDEST = 1.7
_MARGIN = 0.7
_MOST_PIECES = 14
_BEAM = 40
# What it costs, in log probability, to leave ink out: for pieces as high as the row.
_LEFT_OUT = 6.0
_WORST = -25.0


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A row of figures and its share (0..1) among the readings that the ink allows.

    ``certainty`` is how well its worst figure is known by itself, 0..1.
    """

    text: str
    share: float
    certainty: float


@dataclass(frozen=True, slots=True)
class _Path:
    text: str
    score: float
    worst: float


def read_pen_figures(pixels: Pixels, spot: PenSpot) -> tuple[FigureReading, ...]:
    """Readings of the ink in a spot of a grey page, likeliest first; none where none is there.

    Ink of the print beside the spot is left out.
    """
    height = spot.bbox.height / 2
    ink, left = _ink(pixels, spot, height)
    pieces = _pieces(ink, spot, left, height)
    if not pieces:
        return ()
    paths = [p for p in _paths(ink, pieces, height, spot.most) if _fits(p.text, spot.highest)]
    best: dict[str, _Path] = {}
    for path in paths:
        if path.text not in best or path.score > best[path.text].score:
            best[path.text] = path
    ranked = sorted(best.values(), key=lambda path: (-path.score, path.text))[:6]
    if not ranked or ranked[0].score < _WORST:
        return ()
    shares = np.exp([path.score - ranked[0].score for path in ranked])
    shares /= shares.sum()
    return tuple(
        FigureReading(path.text, float(share), float(np.exp(path.worst)))
        for path, share in zip(ranked, shares, strict=True)
        if share > 0.01
    )


def _fits(text: str, highest: int) -> bool:
    return bool(text) and int(text) > 0 and (not highest or int(text) <= highest)


def _ink(pixels: Pixels, spot: PenSpot, height: float) -> tuple[Floats, int]:
    """The ink around the spot, 0 for paper .. 1, and the column where it begins."""
    margin = round(_MARGIN * height)
    start = spot.bbox.left - margin
    if spot.label is not None:
        start = min(start, max(spot.label.left - 2, spot.bbox.left - round(8 * height)))
    box = BBox(start, spot.bbox.top, spot.bbox.right + margin, spot.bbox.bottom)
    box = box.clipped(pixels.shape[1], pixels.shape[0])
    part = pixels[box.top : box.bottom, box.left : box.right]
    if not part.size:
        return np.zeros((1, 1), dtype=np.float32), box.left
    dark = float(np.percentile(part, 1.0))
    paper = float(np.percentile(part, 90.0))
    if paper - dark < 40:
        return np.zeros(part.shape, dtype=np.float32), box.left
    return np.clip((paper - part.astype(np.float32)) / (paper - dark), 0, 1), box.left


def _pieces(
    ink: Floats, spot: PenSpot, start: int, height: float
) -> list[tuple[int, NDArray[np.intp]]]:
    """Masks of the pieces of ink in the spot, left to right, wide ones parted at thin places.

    ``start``: the page's column where ``ink`` begins.
    """
    binary = (ink > 0.42).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(binary, connectivity=8)
    found: list[_Piece] = []
    for number in range(1, count):
        x, y, width, tall, _ = (int(value) for value in stats[number])
        if max(width, tall) < _DUST * height or (tall < 0.35 * height and width > 1.2 * height):
            continue
        if (y == 0 or y + tall == ink.shape[0]) and tall < 0.6 * height:
            continue  # it comes from the row above or below
        if width > 2.5 * height and tall < 0.75 * height:
            continue  # a rule
        found.append(_Piece(labels == number, x, x + width, tall))
    joined = _joined(found)
    left = _end_of_label(joined, spot, spot.bbox.left - start, height)
    right = _start_of_symbol(joined, spot, spot.bbox.right - start, height)
    inside = []
    for piece in joined:
        covered = min(piece.right, right) - max(piece.left, left)
        middle = (piece.left + piece.right) / 2
        if left <= middle <= right and covered >= 0.5 * (piece.right - piece.left):
            inside.append(piece.mask)
    return _parted(inside, height)


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    mask: NDArray[np.bool_]
    left: int
    right: int
    tall: int


def _end_of_label(pieces: list[_Piece], spot: PenSpot, left: int, height: float) -> int:
    """Where the print of the label ends, by its letters; ``left`` where they cannot be told apart.

    A box that an engine gives to a label often takes in the first pen stroke.
    """
    letters = [piece for piece in pieces if piece.tall > 0.45 * height]
    if not 0 < spot.letters < len(letters):
        return left
    end = letters[spot.letters - 1].right
    # Slanting letters of "ngày" touch each other and count as one; those of "Số" do not.
    reach = (0.35 if spot.highest else 1.0) * height if spot.head else 0.0
    return end if left - 1.2 * height <= end <= left + reach else left


def _start_of_symbol(pieces: list[_Piece], spot: PenSpot, right: int, height: float) -> int:
    """Where the slash of a symbol glued to the figures stands; ``right`` where none is seen."""
    if not spot.tail or spot.highest:
        return right
    for piece in reversed(pieces):
        near = abs((piece.left + piece.right) / 2 - right) < 1.2 * height
        if near and piece.tall > 0.7 * height and piece.right - piece.left < 0.7 * piece.tall:
            rows, columns = np.nonzero(piece.mask)
            if columns.std() > 0.5 and np.corrcoef(rows, columns)[0, 1] < -0.93:
                return piece.left
    return right


def _joined(pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that stand over one another are one: the bar of a 5, the halves of a broken 0."""
    joined: list[_Piece] = []
    for piece in sorted(pieces, key=lambda each: each.left):
        if joined:
            last = joined[-1]
            shared = min(last.right, piece.right) - max(last.left, piece.left)
            if shared > 0.6 * min(last.right - last.left, piece.right - piece.left):
                joined[-1] = _Piece(
                    last.mask | piece.mask,
                    last.left,
                    max(last.right, piece.right),
                    max(last.tall, piece.tall),
                )
                continue
        joined.append(piece)
    return joined


def _parted(masks: list[NDArray[np.bool_]], height: float) -> list[tuple[int, NDArray[np.intp]]]:
    pieces: list[tuple[int, NDArray[np.intp]]] = []
    for mask in masks:
        columns = np.flatnonzero(mask.any(axis=0))
        start, end = int(columns[0]), int(columns[-1]) + 1
        cuts = _thin_places(mask[:, start:end], height) if end - start > 0.6 * height else []
        edges = [start, *(start + cut for cut in cuts), end]
        for a, b in pairwise(edges):
            part = np.zeros_like(mask)
            part[:, a:b] = mask[:, a:b]
            if part.any():
                pieces.append((a, np.argwhere(part)))
    return pieces[:_MOST_PIECES]


def _thin_places(mask: NDArray[np.bool_], height: float) -> list[int]:
    """Columns where little ink joins what lies left and right of them; at most four."""
    profile = np.convolve(mask.sum(axis=0).astype(np.float32), np.ones(3) / 3, mode="same")
    found: list[int] = []
    for column in np.argsort(profile, kind="stable"):
        far = min(column, mask.shape[1] - column) > 0.18 * height
        if (
            far
            and profile[column] < 0.45 * height
            and all(abs(column - other) > 0.16 * height for other in found)
        ):
            found.append(int(column))
        if len(found) == 4:
            break
    return sorted(found)


def _paths(
    ink: Floats, pieces: list[tuple[int, NDArray[np.intp]]], height: float, most: int
) -> Iterator[_Path]:
    """Every way to read the pieces in order, the likeliest few of each beginning."""
    edges = _edges(ink, pieces, height)
    beams: list[list[_Path]] = [[_Path("", 0.0, 0.0)], *([] for _ in pieces)]
    for place in range(len(pieces)):
        beam = sorted(beams[place], key=lambda path: -path.score)[:_BEAM]
        skip = _cost_of_leaving(pieces[place][1], height)
        for path in beam:
            beams[place + 1].append(_Path(path.text, path.score - skip, path.worst))
            for end, scores in edges[place]:
                for figure in np.argsort(-scores[:10])[:3]:
                    if len(path.text) < most:
                        score = float(scores[figure])
                        beams[end].append(
                            _Path(
                                path.text + CLASSES[figure],
                                path.score + score,
                                min(path.worst, score),
                            )
                        )
                if end == len(pieces) and path.text:  # the slash of the symbol
                    slash = float(scores[CLASSES.index("/")])
                    beams[end].append(_Path(path.text, path.score + slash - 0.5, path.worst))
    yield from beams[-1]


def _edges(
    ink: Floats, pieces: list[tuple[int, NDArray[np.intp]]], height: float
) -> list[list[tuple[int, Floats]]]:
    """For each piece the runs that begin with it and may be one figure: their end and scores."""
    runs: list[tuple[int, int]] = []
    features: list[Floats] = []
    for start in range(len(pieces)):
        for end in range(start + 1, min(start + 5, len(pieces)) + 1):
            points = np.concatenate([points for _, points in pieces[start:end]])
            (top, left), (bottom, right) = points.min(axis=0), points.max(axis=0) + 1
            if right - left > _WIDEST * height:
                break
            if bottom - top < 0.4 * height:
                continue
            part = np.zeros((bottom - top, right - left), dtype=np.float32)
            rows, columns = points[:, 0], points[:, 1]
            part[rows - top, columns - left] = ink[rows, columns]
            runs.append((start, end))
            features.append(figure_features(part))
    edges: list[list[tuple[int, Floats]]] = [[] for _ in pieces]
    if runs:
        scores = read_figure_network().scores(np.stack(features))
        for (start, end), row in zip(runs, scores, strict=True):
            edges[start].append((end, row))
    return edges


def _cost_of_leaving(points: NDArray[np.intp], height: float) -> float:
    (top, left), (bottom, right) = points.min(axis=0), points.max(axis=0) + 1
    size = max(bottom - top, right - left) / height
    return _LEFT_OUT * float(min(size, 1.2)) ** 2

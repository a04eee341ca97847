"""Rows of print by their ink, and frames of them: level, size and every letter must stay."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.imitate.fonts import Face, font_path
from sohoa.recognize.lines.framing import BASE, HEIGHT, LONGEST, TALL, cut, frame_row, frame_rows
from sohoa.recognize.lines.rows import find_rows_of_print

if TYPE_CHECKING:
    from sohoa.model import Pixels

TEXT = "Thực hiện nhiệm vụ được giao, báo cáo kết quả trước ngày 15"


def printed(*lines: str, size: int = 40, turn_deg: float = 0.0, lead: float = 1.5) -> Pixels:
    """Lines of print, black on white, turned clockwise about the middle."""
    from PIL import Image, ImageDraw, ImageFont

    font = ImageFont.truetype(str(font_path(Face.REGULAR)), size)
    width = max(round(font.getlength(line)) for line in lines) + 4 * size
    image = Image.new("L", (width, round(len(lines) * lead * size) + 4 * size), 255)
    pen = ImageDraw.Draw(image)
    for index, line in enumerate(lines):
        pen.text((2 * size, 2 * size + index * lead * size), line, font=font, fill=0, anchor="ls")
    pixels = np.asarray(image, dtype=np.uint8)
    if turn_deg:
        middle = (pixels.shape[1] / 2, pixels.shape[0] / 2)
        matrix = cv2.getRotationMatrix2D(middle, -turn_deg, 1.0)
        size_px = (pixels.shape[1], pixels.shape[0])
        pixels = np.asarray(
            cv2.warpAffine(pixels, matrix, size_px, borderValue=(255,)), dtype=np.uint8
        )
    return pixels


@pytest.mark.parametrize("shape", [(3, 3), (300, 400), (40, 2000)])
def test_blank_paper_has_no_rows(shape: tuple[int, int]) -> None:
    assert find_rows_of_print(np.full(shape, 255, dtype=np.uint8), 200.0) == ()


def test_a_rule_alone_is_no_row() -> None:
    pixels = np.full((200, 900), 255, dtype=np.uint8)
    pixels[100:103, 50:850] = 0
    assert find_rows_of_print(pixels, 200.0) == ()


def test_marks_of_quite_different_sizes_break_nothing() -> None:
    pixels = np.full((300, 400), 255, dtype=np.uint8)
    pixels[20:26, 20:26] = 0
    pixels[60:260, 100:104] = 0
    pixels[60:260, 100:180:8] = 0
    for row in find_rows_of_print(pixels, 200.0):
        assert row.tall > 0


@given(st.integers(0, 2**32 - 1), st.floats(0.0005, 0.3))
@settings(max_examples=25, deadline=None)
def test_specks_break_nothing(seed: int, share: float) -> None:
    noise = np.random.default_rng(seed).random((120, 200))
    pixels = np.where(noise < share, 0, 255).astype(np.uint8)
    for row in find_rows_of_print(pixels, 200.0):
        assert 0 <= row.left < row.right <= 200
        assert math.isfinite(row.slope)
        assert frame_row(pixels, row).pixels.shape[0] == HEIGHT


def test_marks_over_letters_are_no_row_of_their_own() -> None:
    pixels = printed("ế ề ổ ỗ ẫ ậ ể ễ ố ộ ấ", size=60)
    assert len(find_rows_of_print(pixels, 300.0)) == 1


def test_each_line_is_a_row_at_its_level() -> None:
    rows = find_rows_of_print(printed(TEXT, "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA", TEXT), 200.0)
    assert [round(row.offset / 20) * 20 for row in rows] == [80, 140, 200]
    # Capitals, figures and ascenders are alike: a line of capitals is no larger print.
    assert max(row.tall for row in rows) / min(row.tall for row in rows) < 1.15


def test_an_underlined_word_keeps_its_letters() -> None:
    pixels = printed(TEXT).copy()
    pixels[86:88, 90:600] = 0
    (row,) = find_rows_of_print(pixels, 200.0)
    (plain,) = find_rows_of_print(printed(TEXT), 200.0)
    assert abs(row.left - plain.left) <= 2
    assert abs(row.right - plain.right) <= 2


@given(angle=st.floats(-1.2, 1.2), size=st.integers(24, 64))
@settings(max_examples=25, deadline=None)
def test_a_slope_is_followed_and_the_size_brought_to_one(angle: float, size: int) -> None:
    rows = find_rows_of_print(printed(TEXT, size=size, turn_deg=angle), 200.0)
    row = max(rows, key=lambda each: each.right - each.left)
    assert math.degrees(math.atan(row.slope)) == pytest.approx(angle, abs=0.25)
    assert row.tall == pytest.approx(0.676 * size, rel=0.12)


@given(angle=st.floats(-1.0, 1.0))
@settings(max_examples=10, deadline=None)
def test_frames_stand_level_on_their_base(angle: float) -> None:
    pixels = printed("nnnn nhnh hnhn nnnn hhhh nnnn", turn_deg=angle)
    for frame in frame_rows(pixels, find_rows_of_print(pixels, 200.0)):
        assert frame.pixels.shape[0] == HEIGHT
        ink = (frame.pixels > 128).sum(axis=1)
        # Letters end at the base, and the tall ones begin TALL pixels above it.
        assert ink[BASE + 2 :].sum() <= 0.03 * ink.sum()
        assert ink[: BASE - round(TALL) - 2].sum() <= 0.03 * ink.sum()


def test_long_rows_are_cut_between_words_and_nothing_is_lost() -> None:
    (row,) = find_rows_of_print(printed(f"{TEXT} {TEXT} {TEXT}"), 200.0)
    pieces = cut(row)
    assert len(pieces) > 2
    assert sum(len(piece.boxes) for piece in pieces) == len(row.boxes)
    for before, after in pairwise(pieces):
        assert after.left - before.right > 0.12 * row.tall
    pixels = printed(f"{TEXT} {TEXT} {TEXT}")
    assert all(frame_row(pixels, piece).width < 1.3 * LONGEST for piece in pieces)


def test_places_go_to_the_image_and_back() -> None:
    pixels = printed(TEXT)
    (row,) = find_rows_of_print(pixels, 200.0)
    frame = frame_row(pixels, row)
    assert frame.x_in_frame(frame.x_on_image(33.0)) == pytest.approx(33.0)
    assert frame.x_on_image(0.0) < row.left
    assert frame.x_on_image(frame.width) > row.right

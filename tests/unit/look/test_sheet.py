"""Sheets on dark ground, negatives and false resolutions; first what must stay as it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.look.letters import measure_letters, without_specks
from sohoa.look.sheet import find_sheet, has_marks, is_dark, present
from sohoa.model import PageImage

Make = Callable[..., PageImage]


def on_desk(page: PageImage, corners: list[list[int]], *, desk: int = 60) -> PageImage:
    """The page as a camera sees it: its corners there, on a desk of 1500 x 1500 px."""
    size = page.width
    square = np.array([[0, 0], [size, 0], [size, size], [0, size]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(square, np.array(corners, dtype=np.float32))
    seen = cv2.warpPerspective(page.pixels, matrix, (1500, 1500), borderValue=(desk,))
    return PageImage(1, np.asarray(seen, dtype=np.uint8), 150.0)


def test_an_ordinary_page_is_the_same_object(printed_page: Make) -> None:
    for page in (printed_page(), printed_page(angle_deg=4), printed_page(colour=True)):
        assert present(page) is page


def test_a_shadow_at_one_edge_and_dark_pictures_are_no_desk(printed_page: Make) -> None:
    page = printed_page()
    pixels = page.pixels.copy()
    pixels[:, :14] = 40
    pixels[-30:] //= 2
    pixels[300:700, 300:800] = 30
    page = replace(page, pixels=pixels)
    thumb = cv2.resize(pixels, (500, 500), interpolation=cv2.INTER_AREA)
    assert find_sheet(np.asarray(thumb, dtype=np.uint8)) is None
    assert present(page) is page


@given(st.integers(1, 200), st.integers(1, 200), st.integers(0, 255), st.integers(0, 99))
def test_any_page_is_taken(height: int, width: int, value: int, seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 60, (height, width))
    pixels = np.clip(noise + value - 30, 0, 255).astype(np.uint8)
    shown = present(PageImage(1, pixels, 200.0))
    assert shown.pixels.dtype == np.uint8
    assert shown.dpi > 0
    has_marks(shown.pixels)


@pytest.mark.parametrize("desk", [10, 60, 150])
@pytest.mark.parametrize(
    "corners",
    [
        [[150, 150], [1350, 150], [1350, 1350], [150, 1350]],
        [[200, 120], [1330, 190], [1400, 1420], [90, 1330]],
        [[330, 60], [1440, 330], [1170, 1440], [60, 1170]],
    ],
)
def test_a_sheet_on_a_desk_is_cut_out_and_squared(
    printed_page: Make, corners: list[list[int]], desk: int
) -> None:
    photo = on_desk(printed_page(), corners, desk=desk)
    sheet = present(photo)
    assert sheet.pixels[5:-5, 5:-5].min(axis=0).size < photo.width
    rim = np.concatenate([sheet.pixels[:8].ravel(), sheet.pixels[-8:].ravel()])
    assert np.median(rim) > 240
    found = [sheet.to_page.point(x, y) for x in (0, sheet.width) for y in (0, sheet.height)]
    for corner in corners:
        nearest = min(np.hypot(x - corner[0], y - corner[1]) for x, y in found)
        assert nearest < 14, corner


def test_a_mark_on_the_sheet_is_found_back_in_the_photo(printed_page: Make) -> None:
    page = printed_page()
    marked = replace(page, pixels=np.full_like(page.pixels, 255))
    cv2.circle(marked.pixels, (420, 870), 15, 0, -1)
    photo = on_desk(marked, [[200, 120], [1330, 190], [1400, 1420], [90, 1330]], desk=140)
    sheet = present(photo)
    y, x = np.argwhere(sheet.pixels < 60).mean(axis=0)
    back_x, back_y = sheet.to_page.point(float(x), float(y))
    seen_y, seen_x = np.argwhere(photo.pixels < 60).mean(axis=0)
    assert (back_x, back_y) == pytest.approx((seen_x, seen_y), abs=1.5)


def test_light_print_on_black_is_turned_and_a_black_page_is_not(printed_page: Make) -> None:
    page = printed_page()
    negative = replace(page, pixels=np.asarray(255 - page.pixels, dtype=np.uint8))
    assert np.array_equal(present(negative).pixels, page.pixels)
    black = replace(page, pixels=np.full_like(page.pixels, 12))
    labelled = black.pixels.copy()
    labelled[500:580, 400:800] = 240
    assert present(black) is black
    assert is_dark(present(replace(page, pixels=labelled)).pixels)
    assert not is_dark(page.pixels)


@pytest.mark.parametrize("false_dpi", [60.0, 75.0])
def test_a_resolution_that_the_letters_deny_is_not_believed(
    printed_page: Make, false_dpi: float
) -> None:
    page = printed_page(size=1800)
    assert present(page).dpi == page.dpi
    assert present(replace(page, dpi=false_dpi)).dpi > 1.7 * false_dpi


def test_blank_paper_has_no_marks_and_a_line_of_print_has(printed_page: Make) -> None:
    rng = np.random.default_rng(3)
    blank = np.clip(rng.normal(240, 3, (1200, 900)), 0, 255).astype(np.uint8)
    assert not has_marks(blank)
    assert has_marks(printed_page().pixels)
    cv2.circle(blank, (40, 600), 20, 0, -1)  # a punch hole
    assert not has_marks(blank)


def test_specks_go_and_letters_with_their_marks_stay(printed_page: Make) -> None:
    page = printed_page(size=1600)
    clean = page.pixels.copy()
    top, left = (int(value) for value in np.argwhere(clean < 60)[0])
    cv2.circle(clean, (left, top - 7), 3, 0, -1)  # a mark over the first letter
    assert measure_letters(clean).specks < 1000
    dirty = clean.copy()
    rng = np.random.default_rng(5)
    for x, y in rng.integers(0, 1598, (9000, 2)):
        dirty[y : y + 2, x : x + 2] = 40
    letters = measure_letters(dirty)
    assert letters.specks > 5000
    after = without_specks(dirty, letters.height_px or 20.0)
    assert after[clean < 60].mean() < 70
    assert (after[clean > 200] < 128).mean() < 0.3 * (dirty[clean > 200] < 128).mean()
    assert after[top - 8 : top - 5, left - 1 : left + 2].max() < 60

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.geometry import BBox
from sohoa.look.level import level, measure_skew, runs_sideways, scaled, turn
from sohoa.model import PageImage

Make = Callable[..., PageImage]


def test_a_blank_page_has_no_skew() -> None:
    assert measure_skew(np.full((900, 700), 255, dtype=np.uint8)) == 0.0
    assert measure_skew(np.zeros((1, 1), dtype=np.uint8)) == 0.0
    assert not runs_sideways(np.full((900, 700), 255, dtype=np.uint8))


def test_a_level_page_is_left_as_it_is(printed_page: Make) -> None:
    page = printed_page()
    assert abs(measure_skew(page.pixels)) < 0.1
    assert level(page, 0.04) is page
    assert turn(page, 0) is page


@pytest.mark.parametrize("angle", [-3.3, -1.0, -0.2, 0.3, 0.75, 2.5, 5.0, -8.5, 12.0, 14.4])
def test_skew_is_measured_to_a_tenth(printed_page: Make, angle: float) -> None:
    page = printed_page(angle_deg=angle)
    assert measure_skew(page.pixels) == pytest.approx(angle, abs=0.1)
    assert abs(measure_skew(level(page, angle).pixels)) < 0.1


def test_rows_that_run_up_the_page(printed_page: Make) -> None:
    upright = printed_page().pixels
    assert not runs_sideways(upright)
    assert runs_sideways(np.ascontiguousarray(np.rot90(upright)))
    assert not runs_sideways(np.ascontiguousarray(np.rot90(upright, 2)))


@pytest.mark.parametrize("angle", [-12.0, 5.0])
def test_a_steep_slope_is_no_sideways_page_and_loses_no_corner(
    printed_page: Make, angle: float
) -> None:
    page = printed_page(angle_deg=angle)
    assert not runs_sideways(page.pixels)
    assert runs_sideways(np.ascontiguousarray(np.rot90(page.pixels)))
    levelled = level(page, angle)
    corners = [(1.0, 1.0), (1199.0, 1.0), (1199.0, 1199.0), (1.0, 1199.0)]
    for x, y in (levelled.to_page.inverse().point(*corner) for corner in corners):
        assert 0 <= x <= levelled.width
        assert 0 <= y <= levelled.height


@given(
    st.integers(0, 99), st.integers(0, 79), st.sampled_from([90, 180, 270]),
    st.floats(-6, 6), st.sampled_from([1.0, 1.5, 2.0]),
)  # fmt: skip
def test_a_mark_is_found_back_where_it_was(
    x: int, y: int, quarter: int, angle: float, factor: float
) -> None:
    pixels = np.full((80, 100), 255, dtype=np.uint8)
    cv2.circle(pixels, (x, y), 3, 0, -1)
    page = PageImage(1, pixels, 100.0)
    changed = scaled(level(turn(page, quarter), angle), factor)
    dark = np.argwhere(changed.pixels < 100)
    if len(dark) == 0:  # turned off the canvas
        return
    inside = (3 <= x < 97) and (3 <= y < 77)
    middle_y, middle_x = dark.mean(axis=0)
    found = changed.to_page.point(middle_x + 0.5, middle_y + 0.5)
    if inside and len(dark) > 20 * factor * factor:
        assert found == pytest.approx((x + 0.5, y + 0.5), abs=1.5)


def test_boxes_follow_a_quarter_turn() -> None:
    page = PageImage(1, np.zeros((80, 100), dtype=np.uint8), 100.0)
    turned = turn(page, 90)
    assert turned.pixels.shape == (100, 80)
    # The top left corner of the turned page is the bottom left corner of the page.
    assert turned.to_page.bbox(BBox(0, 0, 10, 20)) == BBox(0, 70, 20, 80)

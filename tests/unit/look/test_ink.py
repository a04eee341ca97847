from __future__ import annotations

import cv2
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sohoa.look.ink import flatten_paper, grey_of, redness, without_red


def page_with_seal(seal: tuple[int, int, int]) -> tuple[np.ndarray, np.ndarray]:
    """A line of print with a seal laid over it (ink over ink), and the print alone."""
    printed = np.full((400, 400), 255, dtype=np.uint8)
    cv2.putText(printed, "CHU TICH", (40, 210), cv2.FONT_HERSHEY_COMPLEX, 2.0, 20, 4)
    mask = np.zeros((400, 400), dtype=np.uint8)
    cv2.circle(mask, (200, 200), 150, 255, 10)
    cv2.circle(mask, (200, 200), 120, 255, 4)
    colour = np.repeat(printed[:, :, None], 3, axis=2).astype(np.float32)
    ink = np.array(seal, dtype=np.float32) / 255.0
    colour[mask > 0] *= ink
    return colour.astype(np.uint8), printed


def test_a_page_without_red_is_its_luminance() -> None:
    page = np.random.default_rng(1).integers(0, 256, (50, 50), dtype=np.uint8)
    assert np.array_equal(without_red(page, 200.0), page)
    grey3 = np.repeat(page[:, :, None], 3, axis=2)
    assert np.array_equal(without_red(grey3, 200.0), grey_of(grey3))
    assert not redness(grey3).any()


def test_blue_pen_and_black_print_are_no_seal() -> None:
    page = np.full((20, 20, 3), 255, dtype=np.uint8)
    page[5:10] = (40, 60, 160)
    page[12:15] = (30, 28, 33)
    assert not redness(page).any()


def test_a_seal_goes_and_the_print_under_it_stays() -> None:
    for seal in ((220, 40, 50), (150, 25, 35), (190, 60, 120)):
        page, printed = page_with_seal(seal)
        cleaned = without_red(page, 200.0)
        print_ink = printed < 128
        assert (cleaned[print_ink] < 140).mean() > 0.97, seal
        assert (cleaned[~print_ink] > 180).mean() > 0.97, seal


def test_red_stamps_stay_to_be_read() -> None:
    page = np.full((600, 900, 3), 255, dtype=np.uint8)
    red = (210, 40, 50)
    cv2.rectangle(page, (50, 50), (290, 120), red, 4)  # a boxed secrecy mark, 30 x 9 mm
    cv2.putText(page, "MAT", (100, 110), cv2.FONT_HERSHEY_COMPLEX, 1.8, red, 5)
    cv2.putText(page, "Tran Van Mau", (420, 560), cv2.FONT_HERSHEY_SCRIPT_COMPLEX, 1.5, red, 3)
    stamped = without_red(page, 200.0)
    assert np.array_equal(stamped, grey_of(page))
    cv2.circle(page, (250, 380), 140, red, 5)
    for angle in range(0, 360, 30):
        x, y = 250 + 112 * np.cos(np.radians(angle)), 380 + 112 * np.sin(np.radians(angle))
        cv2.putText(page, "B", (int(x) - 8, int(y) + 8), cv2.FONT_HERSHEY_COMPLEX, 0.8, red, 2)
    sealed = without_red(page, 200.0)
    assert np.array_equal(sealed[:200], stamped[:200])
    assert np.array_equal(sealed[500:, 420:], stamped[500:, 420:])
    assert (sealed[230:530, 100:400] > 180).mean() > 0.99


def test_uneven_paper_becomes_white_and_print_stays_dark() -> None:
    page = np.full((400, 600), 255, dtype=np.uint8)
    cv2.putText(page, "van ban", (50, 200), cv2.FONT_HERSHEY_COMPLEX, 3, 0, 5)
    shade = np.linspace(0.6, 1.0, 600)[None, :]
    shaded = (page * shade).astype(np.uint8)
    flat = flatten_paper(shaded)
    paper = flat[page == 255]
    assert np.percentile(paper, 5) > 225
    assert flat[page < 10].max() < 80


@given(st.integers(1, 130), st.integers(1, 130), st.integers(0, 255))
def test_any_even_page_is_taken(height: int, width: int, value: int) -> None:
    page = np.full((height, width), value, dtype=np.uint8)
    assert flatten_paper(page).shape == page.shape
    colour = np.full((height, width, 3), (value, 20, 20), dtype=np.uint8)
    assert without_red(colour, 200.0).shape == page.shape

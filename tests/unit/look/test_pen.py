"""Figures by pen: where a form leaves room for them, and what is read there."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.geometry import BBox
from sohoa.imitate.pen import draw_figures
from sohoa.look.pen import read_pen_figures
from sohoa.look.pen_spots import PenSpot, find_pen_spots
from sohoa.look.pen_words import read_pen_spots
from sohoa.model import Line, PageImage, Word

SPOT = BBox(200, 40, 300, 100)


def row(*parts: tuple[str, int, int, float], top: int = 55) -> Line:
    """A printed row of words: text, left, right, confidence."""
    words = tuple(
        Word(f"x{left}", BBox(left, top, right, top + 30), text, sure)
        for text, left, right, sure in parts
    )
    return Line(BBox(parts[0][1], top, parts[-1][2], top + 30), words)


def page_with(figures: str, left: int = 205, top: int = 50, seed: int = 1) -> PageImage:
    pixels = np.full((200, 700), 255, dtype=np.uint8)
    if figures:
        width = 26 * len(figures)
        mask = draw_figures(figures, (width, 38), np.random.default_rng(seed))
        pixels[top : top + 38, left : left + width] = 255 - np.round(mask * 235)
    return PageImage(1, pixels, 200.0)


NUMBER = row(("Số:", 100, 195, 0.96), ("4@", 205, 290, 0.3), ("/QĐ-UBND", 305, 450, 0.95))


@pytest.mark.parametrize(
    "line",
    [
        row(("Số:", 100, 195, 0.96), ("47", 205, 290, 0.96), ("/QĐ-UBND", 305, 450, 0.95)),
        row(("Số:", 100, 195, 0.96), ("47/QĐ-UBND", 205, 450, 0.95)),
        row(("Số", 100, 195, 0.96), ("lượng", 205, 290, 0.3), ("lớn", 305, 450, 0.95)),
        row(("ngày", 100, 195, 0.96), ("càng", 205, 290, 0.3), ("nhiều", 305, 450, 0.95)),
    ],
    ids=["sure figures", "sure and glued", "no symbol", "no date"],
)
def test_print_is_left_alone(line: Line) -> None:
    assert read_pen_spots(page_with("93"), (line,)) == (line,)


@pytest.mark.parametrize(
    "line",
    [
        row(
            ("02/TT-VPCP", 5, 95, 0.9), ("ngày", 100, 195, 0.96), ("31", 205, 290, 0.5),
            ("tháng", 305, 400, 0.95), ("10", 410, 440, 0.95), ("năm", 450, 520, 0.95),
        ),
        row(
            ("QĐ/TW,", 5, 95, 0.9), ("ngày", 100, 195, 0.96), ("31", 205, 290, 0.5),
            ("tháng", 305, 400, 0.95), ("10", 410, 440, 0.95), ("năm", 450, 520, 0.95),
        ),
        row(
            ("ngày", 100, 195, 0.96), ("31", 205, 290, 0.5), ("tháng", 305, 400, 0.95),
            ("10", 410, 440, 0.95), ("năm", 450, 520, 0.95), ("2017", 530, 600, 0.95),
        ),
        row(("số", 100, 195, 0.96), ("31", 205, 290, 0.5), ("/QĐ-UBND", 305, 450, 0.95)),
    ],
    ids=["after a symbol", "after a symbol and a comma", "at the start of a row", "small letters"],
)  # fmt: skip
def test_figures_of_running_text_are_print_however_unsure(line: Line) -> None:
    assert read_pen_spots(page_with("4"), (line,)) == (line,)


def test_a_party_symbol_in_one_word_keeps_its_type() -> None:
    line = row(("Số", 100, 195, 0.96), ("4@-HD/BTCTU", 205, 450, 0.4))
    (spot,) = find_pen_spots((line,))
    assert spot.tail == len("-HD/BTCTU")
    (read,) = read_pen_spots(page_with("93"), (line,))
    assert "-HD/BTCTU" in read.text


@pytest.mark.parametrize("type_word", ["4@-HD", "4@-CT", "-BS", "4@-CTr/"])
def test_the_type_code_of_a_party_symbol_is_no_pen_figure(type_word: str) -> None:
    line = row(("Số", 100, 195, 0.96), (type_word, 205, 330, 0.4), ("/BTCTU", 345, 450, 0.95))
    (spot,) = find_pen_spots((line,)) or (None,)
    code = type_word[type_word.index("-") :]
    assert spot is not None
    assert spot.tail == (len(code) if spot.words else 0)
    (read,) = read_pen_spots(page_with("93"), (line,))
    assert code in read.text


def test_a_blank_without_ink_stays_blank() -> None:
    line = row(("Số:", 100, 195, 0.96), ("/QĐ-UBND", 305, 450, 0.95))
    assert read_pen_spots(page_with(""), (line,)) == (line,)


@pytest.mark.parametrize("figures", ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
def test_single_figures_are_read(figures: str) -> None:
    """Drawn by strokes that the network never saw; most hands must be read."""
    pages = [page_with("1" + figures, seed=seed) for seed in range(8)]
    readings = [read_pen_figures(page.pixels, PenSpot(SPOT, ())) for page in pages]
    assert sum(bool(r) and r[0].text == "1" + figures for r in readings) >= 5


def test_pen_figures_become_a_word_that_is_not_sure() -> None:
    (line,) = read_pen_spots(page_with("47"), (NUMBER,))
    label, figures, symbol = line.words
    assert (label, symbol) == (NUMBER.words[0], NUMBER.words[2])
    assert figures.text == "47"
    assert figures.recognized == "4@"
    assert figures.confidence <= 0.45


def test_glued_words_are_set_free() -> None:
    line = row(("Số:4@/QĐ-UBND", 100, 450, 0.4))
    (spot,) = find_pen_spots((line,))
    assert (spot.head, spot.tail) == (3, 8)
    (read,) = read_pen_spots(page_with("47", left=spot.bbox.left + 4), (line,))
    assert read.words[0].text == "Số:"
    assert read.words[-1].text == "/QĐ-UBND"


def test_day_and_month_have_spots_of_their_own() -> None:
    line = row(
        ("ngày@Štháng", 100, 300, 0.2), ("|Ö", 310, 350, 0.4), ("năm", 360, 420, 0.9),
        ("2025", 430, 500, 0.9),
    )  # fmt: skip
    day, month = find_pen_spots((line,))
    assert (day.highest, month.highest) == (31, 12)
    assert (day.head, day.tail) == (4, 5)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.tuples(*[st.integers(-50, 260)] * 2, *[st.integers(0, 200)] * 2),
    st.sampled_from([0, 12, 31]),
)
def test_any_ink_gives_readings_in_order(
    seed: int, place: tuple[int, int, int, int], highest: int
) -> None:
    rng = np.random.default_rng(seed)
    pixels = rng.choice(np.array([20, 255], dtype=np.uint8), (120, 240), p=[0.2, 0.8])
    left, top, width, height = place
    spot = PenSpot(BBox(left, top, left + width, top + height), (), highest=highest)
    found = read_pen_figures(pixels, spot)
    assert [each.share for each in found] == sorted((e.share for e in found), reverse=True)
    for each in found:
        assert each.text.isdigit()
        assert not highest or 1 <= int(each.text) <= highest

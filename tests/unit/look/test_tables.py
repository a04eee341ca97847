from __future__ import annotations

import cv2
import numpy as np

from sohoa.geometry import Transform
from sohoa.look.tables import find_grids, find_rules, find_separators, wall_rules, without_ink
from sohoa.model import PageImage


def ruled(xs: list[int], ys: list[int], *, gaps: list[tuple[int, int, int, int]]) -> np.ndarray:
    """A table with rules there; ``gaps`` (left, top, right, bottom) are wiped out again."""
    page = np.full((1000, 800), 255, dtype=np.uint8)
    for x in xs:
        cv2.line(page, (x, ys[0]), (x, ys[-1]), 0, 2)
    for y in ys:
        cv2.line(page, (xs[0], y), (xs[-1], y), 0, 2)
    for left, top, right, bottom in gaps:
        page[top:bottom, left:right] = 255
    return page


def test_print_and_underlines_are_no_table() -> None:
    page = np.full((1000, 800), 255, dtype=np.uint8)
    for row in range(100, 900, 40):
        cv2.putText(
            page, "Dieu 1. Pham vi dieu chinh", (60, row), cv2.FONT_HERSHEY_COMPLEX, 1, 0, 2
        )
    cv2.line(page, (300, 120), (520, 120), 0, 2)
    cv2.line(page, (60, 0), (60, 999), 0, 3)
    rules = find_rules(page)
    assert find_grids(rules) == ()
    assert not wall_rules(rules, ()).any()


def test_a_plain_grid() -> None:
    page = ruled([100, 200, 500, 700], [300, 360, 420, 520], gaps=[])
    (grid,) = find_grids(find_rules(page))
    assert [(cell.row, cell.column) for cell in grid.cells] == [
        (row, column) for row in range(3) for column in range(3)
    ]
    first = grid.cells[0].bbox
    assert abs(first.left - 100) <= 3
    assert abs(first.bottom - 360) <= 3


def test_a_joined_cell_spans() -> None:
    page = ruled([100, 200, 500, 700], [300, 360, 420, 520], gaps=[(190, 305, 210, 355)])
    (grid,) = find_grids(find_rules(page))
    head = grid.cells[0]
    assert (head.row, head.column, head.column_span, head.row_span) == (0, 0, 2, 1)
    assert len(grid.cells) == 8


def test_rules_of_a_table_go_and_its_print_stays() -> None:
    page = ruled([100, 300, 700], [300, 400, 500], gaps=[])
    cv2.putText(page, "STT", (120, 360), cv2.FONT_HERSHEY_COMPLEX, 0.8, 0, 1)
    printed = page.copy()
    rules = find_rules(page)
    mask = wall_rules(rules, find_grids(rules))
    cleaned = without_ink(PageImage(1, page, 200.0), mask, Transform()).pixels
    assert cleaned[300:500, 95:105].min() > 200
    assert np.array_equal(cleaned[325:365, 118:220], printed[325:365, 118:220])


def test_tiny_and_solid_pages_are_taken() -> None:
    for page in (np.zeros((1, 1), np.uint8), np.zeros((300, 300), np.uint8)):
        assert find_grids(find_rules(page)) == ()


def test_separators_are_long_rules_outside_tables() -> None:
    page = ruled([100, 300, 700], [300, 400, 500], gaps=[])
    cv2.line(page, (80, 700), (720, 701), 0, 2)
    cv2.line(page, (300, 800), (500, 800), 0, 2)
    cv2.line(page, (0, 4), (799, 4), 0, 4)
    rules = find_rules(page)
    (y,) = find_separators(rules, find_grids(rules))
    assert abs(y - 700) <= 3


def test_ink_is_taken_out_where_the_mask_lies_on_the_page() -> None:
    pixels = np.zeros((100, 100), dtype=np.uint8)
    mask = np.zeros((100, 100), dtype=np.uint8)
    mask[40:50, 60:80] = 255
    cleaned = without_ink(PageImage(1, pixels, 200.0), mask, Transform.shift(20, 10)).pixels
    assert cleaned[30:40, 40:60].min() == 255
    assert int((cleaned > 0).sum()) == 200

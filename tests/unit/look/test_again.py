from __future__ import annotations

import cv2
import numpy as np

from sohoa.geometry import BBox, union_all
from sohoa.look.again import find_again
from sohoa.look.second_look import SecondLook
from sohoa.model import Line, PageImage, Word


def printed(text: str, top: int, confidence: float = 0.95, page: int = 0) -> Line:
    words = tuple(
        Word(f"w{top}.{n}", BBox(60 + 90 * n, top, 130 + 90 * n, top + 26), each, confidence)
        for n, each in enumerate(text.split())
    )
    return Line(BBox(60, top, words[-1].bbox.right, top + 26), words)


def page_of(*lines: Line) -> PageImage:
    pixels = np.full((900, 800), 255, dtype=np.uint8)
    for line in lines:
        for word in line.words:
            at = (word.bbox.left, word.bbox.bottom - 4)
            cv2.putText(pixels, "xodac", at, cv2.FONT_HERSHEY_COMPLEX, 0.75, 0, 2)
    return PageImage(1, pixels, 200.0)


SURE = printed("Quyết định này có hiệu lực", 100)
DOUBTFUL = printed("Chủ tịch", 160, 0.5)
PASSED_OVER = printed("Chánh Văn phòng và thủ trưởng", 300)


def test_a_page_read_surely_and_wholly_is_not_read_again() -> None:
    again = find_again(page_of(SURE), (SURE,), (), SecondLook())
    assert again.boxes == ()
    assert again.take(()) == ((SURE,), ())


def test_doubtful_lines_and_rows_without_words_are_read_in_one_go() -> None:
    lines = (SURE, DOUBTFUL)
    again = find_again(page_of(SURE, DOUBTFUL, PASSED_OVER), lines, (), SecondLook())
    assert len(again.boxes) == 2
    surer = tuple(each for each in printed("Chủ tịch", 160, 0.9).words)
    read, unread = again.take((surer, PASSED_OVER.words))
    assert [line.text for line in read] == [SURE.text, DOUBTFUL.text, PASSED_OVER.text]
    assert read[1].words[0].confidence > 0.7
    assert unread == ()


def test_a_row_that_stays_unread_is_told_and_one_that_was_read_beside_is_not_doubled() -> None:
    again = find_again(page_of(SURE, PASSED_OVER), (SURE,), (), SecondLook())
    (box,) = again.boxes
    assert again.take(((),)) == ((SURE,), (box,))
    known = find_again(page_of(SURE, PASSED_OVER), (SURE,), (box,), SecondLook())
    read, unread = known.take(tuple(PASSED_OVER.words for _ in known.boxes))
    assert [line.text for line in read] == [SURE.text, PASSED_OVER.text]
    assert unread == ()


def test_a_guess_gives_way_to_the_print_that_was_under_it() -> None:
    small_print = printed("Chánh Văn phòng", 300)
    guess = printed("Tn đi", 300, 0.1).words
    far = tuple(
        Word(f"f{number}", BBox(560 + 90 * number, 300, 630 + 90 * number, 326), text, 0.95)
        for number, text in enumerate(("KT.", "CHÁNH"))
    )
    run_together = Line(union_all(word.bbox for word in (*guess, *far)), (*guess, *far))
    page = page_of(SURE, small_print, Line(run_together.bbox, far))
    again = find_again(page, (SURE, run_together), (), SecondLook())
    found = dict.fromkeys(again.unread, small_print.words)
    assert found
    read, unread = again.take(tuple(found.get(box, ()) for box in again.boxes))
    assert [line.text for line in read] == [SURE.text, "KT. CHÁNH", small_print.text]
    assert unread == ()

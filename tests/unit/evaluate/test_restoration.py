from __future__ import annotations

import pytest

from sohoa.evaluate.alignment import tokens_of
from sohoa.evaluate.calibration import add_bins, calibration_error, measure_calibration
from sohoa.evaluate.restoration import add_restoration, measure_restoration
from sohoa.geometry import BBox
from sohoa.model import Block, Edit, Line, LineKind, Page, Word

BOX = BBox(0, 0, 10, 10)


def word(text: str, before: str | None = None, confidence: float = 0.97) -> Word:
    edits = () if before is None else (Edit("test", before, text, 0.9, "made up"),)
    return Word("w", BOX, text, confidence, edits=edits)


def page(*words: Word, kind: LineKind = LineKind.TEXT) -> Page:
    return Page(1, 100, 100, 100.0, (Block(BOX, (Line(BOX, words, kind),)),))


def test_words_left_alone_are_never_harmed() -> None:
    counts = measure_restoration(tokens_of("một hai"), page(word("một"), word("hại")))
    assert (counts.words, counts.edited, counts.mended, counts.harmed) == (2, 0, 0, 0)


def test_mended_harmed_and_neither() -> None:
    made = page(word("tổ", "tô"), word("chúc", "chức"), word("ngày", "ngay"), word("x", "y"))
    counts = measure_restoration(tokens_of("tổ chức ngày mai"), made)
    assert (counts.edited, counts.mended, counts.harmed, counts.numbers_harmed) == (4, 2, 1, 0)
    assert counts.harmed_words == ("chức -> chúc",)


def test_a_number_that_was_right_and_is_wrong() -> None:
    made = page(word("ngày"), word("31/5/2019.", "31/3/2019."), word("số"), word("1O", "10"))
    counts = measure_restoration(tokens_of("ngày 31/3/2019. số 10"), made)
    assert (counts.harmed, counts.numbers_harmed) == (2, 2)


def test_a_change_of_style_alone_harms_nothing() -> None:
    counts = measure_restoration(tokens_of("hoà –"), page(word("hòa", "hoà"), word("-", "–")))
    assert (counts.edited, counts.mended, counts.harmed) == (2, 0, 0)


def test_words_that_became_one() -> None:
    counts = measure_restoration(tokens_of("12.500 đồng"), page(word("12.500", "12. 500")))
    assert (counts.mended, counts.harmed) == (1, 0)
    counts = measure_restoration(tokens_of("12. 500"), page(word("12.500", "12. 500")))
    assert (counts.mended, counts.numbers_harmed) == (0, 1)


def test_handwriting_is_not_judged() -> None:
    counts = measure_restoration(tokens_of("Số [[hw:12]] a"), page(word("Số"), word("13", "12")))
    assert (counts.edited, counts.harmed) == (1, 0)


def test_what_is_not_printed_text_is_left_out() -> None:
    made = page(word("2", "z"), kind=LineKind.FOLIO)
    assert measure_restoration(tokens_of("a"), made).words == 0


def test_sums_keep_the_examples() -> None:
    one = measure_restoration(tokens_of("a"), page(word("b", "a")))
    assert add_restoration([one, one]).harmed_words == ("a -> b", "a -> b")


def test_confidence_against_what_is_right() -> None:
    made = page(word("a", confidence=0.96), word("b", confidence=0.97), word("c", confidence=0.1))
    bins = measure_calibration(tokens_of("a x c"), made)
    filled = {each.start: (each.words, each.right) for each in bins if each.words}
    assert filled == {0.0: (1, 1), 0.95: (2, 1)}
    assert calibration_error(bins) == pytest.approx((0.9 + 0.93) / 3)
    assert sum(each.words for each in add_bins([bins, bins])) == 6
    assert calibration_error(add_bins([])) == 0.0

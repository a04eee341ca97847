"""What a person should look at first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sohoa.directive import Leaf, Mark, MarkKind
from sohoa.geometry import BBox
from sohoa.model import Alternative, Finding, Line, Severity, Word
from sohoa.record import Record
from sohoa.review.doubt import doubts_of, find_doubts, measure_doubt
from sohoa.review.fields import check_value
from sohoa.review.risk import is_secret, measure_risk

Make = Callable[..., Record]


def word(text: str, confidence: float = 0.95, *alternatives: Alternative, left: int = 0) -> Word:
    return Word("w", BBox(left, 0, left + 40, 20), text, confidence, alternatives)


def test_what_a_person_wrote_is_not_in_doubt() -> None:
    corrected = word("sia", 0.2).edited("review", "sai", confidence=1.0, reason="An")
    assert measure_doubt(corrected) == 0.0


def test_embedded_text_is_not_in_doubt() -> None:
    assert measure_doubt(word("xyzzy", 1.0)) == 0.0


@pytest.mark.parametrize(
    ("less", "more"),
    [
        (word("chữ"), word("chữ", 0.6)),
        (word("chữ"), word("chxữ")),
        (word("chữ"), word("chữ", 0.95, Alternative("chứ", 0.8))),
        (word("chữ"), word("chứ").edited("language", "chữ", confidence=0.6, reason="")),
        (word("-"), word(".")),
    ],
)
def test_doubt_grows(less: Word, more: Word) -> None:
    assert measure_doubt(less) < measure_doubt(more)


def test_words_that_touch_may_be_one() -> None:
    apart = Line(BBox(0, 0, 200, 20), (word("201"), word("7", left=80)))
    touching = Line(BBox(0, 0, 200, 20), (word("201"), word("7", left=41)))
    assert doubts_of(touching) > doubts_of(apart)


def test_words_above_one_another_do_not_touch() -> None:
    upwards = Line(BBox(0, 0, 40, 200), (word("a"), word("b")))
    alone = [doubts_of(Line(BBox(0, 0, 40, 20), (each,)))[0] for each in upwards.words]
    assert list(doubts_of(upwards)) == alone


def test_doubts_come_in_reading_order(record: Record) -> None:
    every = find_doubts(record.pages, least=0.0)
    assert [each.word.id for each in every] == [word.id for word in record.pages[0].words()]


def with_finding(record: Record, code: str, severity: Severity = Severity.WARNING) -> Record:
    return replace(record, findings=(*record.findings, Finding(code, severity, "", 1)))


def test_risk_grows_with_what_is_wrong(record: Record) -> None:
    plain = measure_risk(record)
    failed = measure_risk(with_finding(record, "page-unreadable", Severity.ERROR))
    assert failed.score > plain.score
    assert "page-failed" in failed.reasons
    assert "contradiction" in measure_risk(with_finding(record, "numbering-gap")).reasons


def test_a_field_that_a_person_set_is_no_risk(record: Record) -> None:
    guess = replace(record.directive, signer=Leaf("A", 0.3, handwritten=True))
    known = replace(record.directive, signer=Leaf("A", 1.0, "review", handwritten=True))
    risk = measure_risk(replace(record, directive=guess))
    assert "handwritten" in risk.reasons
    assert measure_risk(replace(record, directive=known)).score < risk.score


def test_every_way_to_be_secret_counts(record: Record) -> None:
    assert not is_secret(record)
    assert is_secret(with_finding(record, "secrecy-mark", Severity.INFO))
    mark = Mark(MarkKind.SECRECY, Leaf("MẬT", 0.2), 1)
    marked = replace(record, directive=replace(record.directive, marks=(mark,)))
    assert is_secret(marked)
    assert "secrecy" in measure_risk(marked).reasons


@pytest.mark.parametrize(
    ("path", "value", "kept"),
    [
        ("date", "5/3/2025", "2025-03-05"),
        ("date", "2025-03-05", "2025-03-05"),
        ("date", " ", ""),
        ("copy_block.date", "31.12.1999", "1999-12-31"),
        ("family", "party", "party"),
        ("title", "  hai   từ ", "hai từ"),
    ],
)
def test_values_are_kept_in_one_form(path: str, value: str, kept: str) -> None:
    assert check_value(path, value) == kept


@pytest.mark.parametrize(
    ("path", "value"),
    [("date", "31/2/2025"), ("date", "hôm nay"), ("date", "1/1/25"), ("family", "church"),
     ("title", "x" * 5000)],
)  # fmt: skip
def test_values_that_cannot_be_are_refused(path: str, value: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        check_value(path, value)

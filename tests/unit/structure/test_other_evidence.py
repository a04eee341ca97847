"""Signature times and mentions of the paper itself: what they may change, and what never."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from sohoa.directive import Directive, Leaf
from sohoa.geometry import BBox, union_all
from sohoa.model import LineKind, Word
from sohoa.structure.draft import Draft, StructureSettings
from sohoa.structure.other_evidence import weigh_other_evidence
from sohoa.structure.rows import Role, Row

PEN = Leaf("2024-03-07", 0.4, "date-row", ("w",), candidates=("2024-03-01",), handwritten=True)
UNREAD = Leaf(found_by="date-row", candidates=("2024-03",), handwritten=True, reason="blank")
NUMBER = Leaf("12", 0.4, "number-row", ("n",), candidates=("17",), handwritten=True)


def weighed(
    texts: Sequence[str],
    date: Leaf = PEN,
    number: Leaf = NUMBER,
    kind: LineKind = LineKind.ESIGN,
    confidence: float = 0.95,
) -> Draft:
    rows = []
    for index, text in enumerate(texts):
        words = tuple(
            Word(f"r{index}.{n}", BBox(60 * n, 0, 60 * n + 50, 20), part, confidence)
            for n, part in enumerate(text.split())
        )
        box = union_all(word.bbox for word in words)
        rows.append(Row(index, 1, box, words, (0, index), kind=kind, role=Role.BODY))
    directive = Directive(number=number, symbol=Leaf("QĐ-UBND", 0.9, "number-row"), date=date)
    return weigh_other_evidence(Draft(tuple(rows), (), StructureSettings(), directive))


def test_a_sure_day_is_never_changed() -> None:
    sure = Leaf("2024-03-07", 0.95, "date-row", ("w",))
    assert weighed(["Thời gian ký: 01/03/2024 08:00:00"], date=sure).directive.date == sure


def test_a_day_that_is_not_there_stays_so() -> None:
    missing = Leaf(reason="no date row in the letterhead")
    assert weighed(["Thời gian ký: 07/03/2024"], date=missing).directive.date == missing


def test_a_time_outside_a_signature_says_nothing() -> None:
    draft = weighed(["Thời gian ký: 08/03/2024 08:00:00"], kind=LineKind.TEXT)
    assert draft.directive.date == PEN


@pytest.mark.parametrize("time", ["07/03/2024 17:06:30", "08.03.2024 07:37:07 +07:00"])
def test_a_signature_the_same_or_the_next_day_agrees(time: str) -> None:
    date = weighed([f"Thời gian ký: {time}"]).directive.date
    assert (date.value, date.confidence) == ("2024-03-07", 0.6)
    assert date.found_by == "date-row+signature-time"
    assert date.handwritten


def test_a_reading_after_the_signature_gives_way_to_one_before_and_stays_unsure() -> None:
    date = weighed(["Thời gian ký: 02/03/2024 10:00:00"]).directive.date
    assert date.value == "2024-03-01"
    assert "2024-03-07" in date.candidates
    assert date.confidence < 0.5


def test_a_contradiction_is_told_and_nothing_chosen() -> None:
    draft = weighed(["Thời gian ký: 20/02/2024 10:00:00"])
    assert draft.directive.date == PEN
    assert [finding.code for finding in draft.findings] == ["date-unsure"]


def test_an_unread_day_gets_candidates_and_no_value() -> None:
    date = weighed(["Thời gian ký: 08/03/2024 10:00:00"], date=UNREAD).directive.date
    assert date.value is None
    assert date.candidates == ("2024-03-08", "2024-03-07")
    assert "signed digitally" in (date.reason or "")


def test_another_month_says_nothing_about_an_unread_day() -> None:
    assert weighed(["Thời gian ký: 08/04/2024"], date=UNREAD).directive.date == UNREAD


ANNEX = "(Kèm theo Quyết định số {}/QĐ-UBND ngày 07/3/2024 của UBND tỉnh)"


def test_an_annex_in_print_settles_the_number() -> None:
    number = weighed([ANNEX.format(17)], kind=LineKind.TEXT).directive.number
    assert (number.value, number.confidence) == ("17", 0.6)
    assert number.found_by == "number-row+own-mention"
    assert number.candidates == ("12",)


def test_an_annex_that_contradicts_is_told() -> None:
    draft = weighed([ANNEX.format(99)], kind=LineKind.TEXT)
    assert draft.directive.number.value == "12"
    assert draft.directive.number.candidates[0] == "99"
    assert "number-unsure" in [finding.code for finding in draft.findings]


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        (ANNEX.format(17), 0.6),
        ("(Kèm theo Quyết định số 17/QĐ-TTg ngày 07/3/2024)", 0.95),
        ("Theo Quyết định số 17/QĐ-UBND ngày 07/3/2024", 0.95),
        ("quy chế ban hành kèm theo Quyết định số 17/QĐ-UBND ngày 07/3/2021", 0.95),
    ],
    ids=["read unsurely", "another paper", "not its own", "another annex"],
)
def test_other_mentions_say_nothing(text: str, confidence: float) -> None:
    draft = weighed([text], kind=LineKind.TEXT, confidence=confidence)
    assert draft.directive.number == NUMBER

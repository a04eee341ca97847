from __future__ import annotations

import pytest

from sohoa.directive import CopyBlock, Directive, Leaf
from sohoa.evaluate.fields import FieldResult, Outcome, compare_fields


@pytest.mark.parametrize(
    ("truth", "value", "outcome"),
    [
        (None, None, Outcome.ABSENT),
        ("a", None, Outcome.MISSED),
        (None, "a", Outcome.INVENTED),
        ("05", "5", Outcome.WRONG),
        ("Tổ", "Tô", Outcome.WRONG),
        ("QĐ-UBND", "QD-UBND", Outcome.WRONG),
        ("Hà  Nội", "Hà Nội", Outcome.EXACT),
        ("a\nb", "a b", Outcome.EXACT),
        ("UỶ BAN – “X”", 'Ủy ban - "x"', Outcome.FOLDED),
        ("Đảng", "Ðảng", Outcome.FOLDED),
    ],
)
def test_outcomes(truth: str | None, value: str | None, outcome: Outcome) -> None:
    assert FieldResult("f", truth, value, 0.9).outcome is outcome


def test_a_key_that_nobody_looked_at_is_not_judged() -> None:
    assert compare_fields({"doc": "x"}, Directive(number=Leaf("1"))) == ()


def test_handwriting_read_wrong_must_say_so() -> None:
    truth = {"number": "154", "number_handwritten": True, "date": None}
    honest, _ = compare_fields(truth, Directive(number=Leaf("7", 0.2)))
    sure, date = compare_fields(truth, Directive(number=Leaf("7", 0.5)))
    right, _ = compare_fields(truth, Directive(number=Leaf("154", 0.2)))
    assert honest.handwritten
    assert (honest.is_sure_and_wrong, sure.is_sure_and_wrong) == (False, True)
    assert (right.is_right, right.is_sure_and_wrong) == (True, False)
    assert date.outcome is Outcome.ABSENT


def test_authority_is_a_list_in_printed_order() -> None:
    truth = {"authority": ["TL. CHỦ TỊCH", "KT. CHÁNH VĂN PHÒNG"]}
    found = Leaf("TL. CHỦ TỊCH", 0.9), Leaf("KT. CHÁNH VĂN PHÒNG", 0.6)
    (result,) = compare_fields(truth, Directive(authority=found))
    assert (result.outcome, result.confidence) == (Outcome.EXACT, 0.6)
    (turned,) = compare_fields(truth, Directive(authority=found[::-1]))
    assert turned.outcome is Outcome.WRONG
    (absent,) = compare_fields({"authority": []}, Directive())
    assert absent.outcome is Outcome.ABSENT


def test_the_copy_block_has_fields_of_its_own() -> None:
    truth = {"number": "52", "copy_block": {"number": "7", "kind": "SAO Y"}}
    block = CopyBlock(number=Leaf("7", 0.9))
    results = compare_fields(truth, Directive(number=Leaf("7", 0.9), copy_block=block))
    assert [(result.name, result.outcome) for result in results] == [
        ("number", Outcome.WRONG),
        ("copy_block", Outcome.EXACT),
        ("copy_block.kind", Outcome.MISSED),
        ("copy_block.number", Outcome.EXACT),
    ]


def test_a_copy_block_where_none_is() -> None:
    (result,) = compare_fields({"copy_block": None}, Directive(copy_block=CopyBlock()))
    assert result.outcome is Outcome.INVENTED
    missed = compare_fields({"copy_block": {"number": "7"}}, Directive())
    assert {result.outcome for result in missed} == {Outcome.MISSED}

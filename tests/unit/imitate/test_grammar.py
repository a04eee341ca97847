from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from sohoa.imitate.grammar import Grammar, capitalized, old_tones

_CASES = json.loads(
    (Path(__file__).parents[2] / "cases" / "imitate_old_tones.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("text", "wanted"), [(case["text"], case["becomes"]) for case in _CASES])
def test_old_tones(text: str, wanted: str) -> None:
    assert old_tones(text) == wanted


def test_text_without_choices_stays() -> None:
    assert Grammar(random.Random(1)).expand("Điều 1. Không có gì để chọn.") == (
        "Điều 1. Không có gì để chọn."
    )


def test_choices_nest_and_slots_are_filled() -> None:
    grammar = Grammar(random.Random(1), {"work": "công tác lưu trữ", "n": lambda: "07"})
    drawn = {grammar.expand("[a|b[c|d]|] {work} {n} .") for _ in range(60)}
    assert drawn == {f"{head}công tác lưu trữ 07." for head in ("a ", "bc ", "bd ", "")}


def test_an_unknown_slot_is_an_error() -> None:
    with pytest.raises(KeyError):
        Grammar(random.Random(1)).expand("{unknown}")


def test_only_the_first_letter_grows() -> None:
    assert capitalized("đẩy mạnh OCOP") == "Đẩy mạnh OCOP"
    assert capitalized("") == ""

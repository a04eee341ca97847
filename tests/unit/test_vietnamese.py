from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.vietnamese import (
    Tone,
    fold_for_search,
    fold_look_alikes,
    fold_tone_style,
    is_syllable,
    parse_syllable,
    share_of_syllables,
    strip_marks,
    strip_tone,
)

CASES = json.loads(
    (Path(__file__).parents[1] / "cases" / "vietnamese.json").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("word", CASES["not_syllables"])
def test_not_a_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("word", CASES["syllables"])
def test_a_syllable(word: str) -> None:
    assert is_syllable(word)
    assert is_syllable(word.upper())


@pytest.mark.parametrize("text", CASES["style_unchanged"])
def test_tone_style_leaves_alone(text: str) -> None:
    assert fold_tone_style(text) == text


@pytest.mark.parametrize(("old", "new"), CASES["style"])
def test_tone_style_is_folded(old: str, new: str) -> None:
    assert fold_tone_style(old) == new


def test_parts_of_a_syllable() -> None:
    parsed = parse_syllable("GIẾNG")
    assert parsed is not None
    assert (parsed.onset, parsed.rime, parsed.tone) == ("gi", "iêng", Tone.RISING)


def test_marks_and_look_alikes() -> None:
    assert strip_marks("Điều ước") == "Dieu uoc"
    assert fold_for_search("ĐẢNG UỶ") == "dang uy"
    assert fold_look_alikes("Ðảng\u00a0uỷ\u00ad") == "Đảng uỷ"
    assert fold_look_alikes("dấu – gạch") == "dấu – gạch"


def test_share_counts_letter_tokens_only() -> None:
    assert share_of_syllables([]) == 0.0
    assert share_of_syllables(["52-CT/TW", "10", "/"]) == 0.0
    assert share_of_syllables(["bảo", "hiém"]) == 0.5


@given(st.text(max_size=12))
def test_any_text_is_judged(text: str) -> None:
    is_syllable(text)
    folded = fold_look_alikes(text)
    assert unicodedata.is_normalized("NFC", folded)
    assert fold_look_alikes(folded) == folded
    assert strip_marks(strip_marks(text)) == strip_marks(text)


@given(st.sampled_from(CASES["syllables"]))
def test_tone_comes_off_and_only_the_tone(word: str) -> None:
    bare, _ = strip_tone(word)
    assert strip_tone(bare) == (bare, Tone.LEVEL)
    assert len(bare) == len(word)

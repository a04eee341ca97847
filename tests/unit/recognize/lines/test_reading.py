"""From chances to characters, words and other readings, by CTC's rule."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from sohoa.recognize.lines.alphabet import BLANK, CHARACTERS, CLASSES, decode, encode
from sohoa.recognize.lines.framing import HEIGHT, Frame
from sohoa.recognize.lines.reading import read_characters, read_words
from sohoa.recognize.lines.rows import Row


def chances(*places: dict[str, float]) -> NDArray[np.float32]:
    """One row a place; what is not named is blank."""
    found = np.zeros((len(places), CLASSES), dtype=np.float32)
    for place, weighed in enumerate(places):
        for character, chance in weighed.items():
            found[place, CHARACTERS.index(character) + 1] = chance
        found[place, BLANK] = 1.0 - sum(weighed.values())
    return found


def frame(width: int) -> Frame:
    row = Row(0, width, 0.0, 30.0, 21.0, np.array([[1, 10, 8, 30]], dtype=np.int64))
    return Frame(np.zeros((HEIGHT, width), dtype=np.uint8), row, 0.0)


def test_characters_are_known_once_each() -> None:
    assert len(set(CHARACTERS)) == len(CHARACTERS) == CLASSES - 1


@given(st.text(alphabet=CHARACTERS, max_size=30))
def test_text_comes_back_from_its_classes(text: str) -> None:
    codes = encode(text)
    assert codes is not None
    assert decode(codes) == text


def test_a_strange_character_has_no_class() -> None:
    assert encode("汉") is None


def test_blank_places_read_as_nothing() -> None:
    assert read_characters(chances({}, {}, {})) == ()
    assert read_words(frame(12), chances({}, {}, {})) == ()


def test_repeats_are_one_and_a_blank_parts_two() -> None:
    read = read_characters(chances({"l": 0.9}, {"l": 0.8}, {}, {"l": 0.7}))
    assert [each.text for each in read] == ["l", "l"]
    assert read[0].chance == pytest.approx(0.9)
    assert read[0].x < read[1].x


def test_spaces_part_words_and_doubts_are_told() -> None:
    words = read_words(
        frame(24),
        chances({"c": 0.99}, {"á": 0.6, "à": 0.3}, {" ": 0.9}, {"b": 0.99}, {"a": 0.99}, {}),
    )
    assert [word.text for word in words] == ["cá", "ba"]
    assert [each.text for each in words[0].alternatives] == ["cà"]
    assert words[0].confidence < words[1].confidence
    assert words[1].alternatives == ()
    assert words[0].bbox.right <= words[1].bbox.right


def test_a_space_at_the_edge_makes_no_empty_word() -> None:
    words = read_words(frame(12), chances({" ": 0.9}, {"a": 0.9}, {" ": 0.9}))
    assert [word.text for word in words] == ["a"]

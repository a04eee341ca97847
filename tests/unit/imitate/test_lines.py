"""Made lines: exact truth, as the recognizer will see it, and the same from the same seed."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from sohoa.errors import SettingsError
from sohoa.imitate.fonts import Face, font_path
from sohoa.imitate.line_blocks import Family, make_block
from sohoa.imitate.line_texts import LineTexts
from sohoa.imitate.lines import families, make_part, samples_of
from sohoa.recognize.lines.alphabet import decode, encode
from sohoa.recognize.lines.framing import HEIGHT

TEXTS = LineTexts(
    (
        "Uỷ ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ được giao trong quý này",
        "Các cơ quan, đơn vị căn cứ chức năng của mình xây dựng kế hoạch chi tiết",
    )
)


def liberation() -> Family:
    faces = (Face.REGULAR, Face.BOLD, Face.ITALIC, Face.BOLD_ITALIC)
    regular, bold, italic, both = (font_path(face) for face in faces)
    return regular, bold, italic, both


def test_a_family_that_is_not_installed_is_named(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="FreeSerif"):
        families(test=True, roots=(tmp_path,))


def test_texts_hold_what_the_recognizer_knows() -> None:
    rng = random.Random(3)
    texts = [TEXTS.draw(rng) for _ in range(400)]
    assert all(texts)
    assert sum(encode(text) is not None for text in texts) >= 0.97 * len(texts)
    assert any(text.isupper() for text in texts)
    assert any(any(c.isdigit() for c in text) for text in texts)


def test_the_same_seed_makes_the_same_block() -> None:
    one, two = (make_block(TEXTS, (liberation(),), 5) for _ in range(2))
    assert np.array_equal(one.pixels, two.pixels)
    assert one.lines == two.lines


def test_samples_tell_truly_what_stands_in_them() -> None:
    printed = kept = 0
    for seed in range(8):
        block = make_block(TEXTS, (liberation(),), seed)
        lines = ["".join(each.text for each in line) for line in block.lines]
        printed += sum(map(len, lines))
        for sample in samples_of(block):
            kept += len(sample.text)
            assert any(sample.text in line for line in lines)
            assert sample.frame.pixels.shape[0] == HEIGHT
            assert list(sample.places) == sorted(sample.places)
            assert 0 < sample.places[0] <= sample.places[-1] < sample.frame.width
    assert kept > 0.8 * printed


def test_a_part_holds_what_its_samples_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sohoa.imitate.lines._BLOCKS", 2)
    part = make_part(TEXTS, (liberation(),), 1)
    widths, lengths, codes = (np.asarray(part[name]) for name in ("widths", "lengths", "codes"))
    assert np.asarray(part["pixels"]).shape == (HEIGHT, widths.sum())
    assert len(codes) == lengths.sum() == len(np.asarray(part["places"]))
    assert decode(tuple(int(code) for code in codes)).strip()

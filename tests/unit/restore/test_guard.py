from __future__ import annotations

import pytest

from sohoa.lexicon import read_lexicon
from sohoa.restore.guard import is_fixed, name_spans, place_spans


@pytest.mark.parametrize(
    "token",
    ["2024", "05/3/2024", "12.500.000", "97,5%", "07-CT/TU", "số1", "a@b.vn", "https://x.vn",
     "example.com", "UBND", "HĐND", "GD&ĐT", "TTg", "KTTHh", "PowerPoint", "QĐ-UBND", "BTCTU"],
)  # fmt: skip
def test_fixed_tokens(token: str) -> None:
    assert is_fixed(token)


@pytest.mark.parametrize("token", ["tổ", "Tổ", "TỔ", "QUYÉT", "triên,", "(nêu", "thực/hiện"])
def test_plain_words_are_not_fixed(token: str) -> None:
    assert not is_fixed(token)


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("đồng chí Nguyễn Văn Mẫn và", ((2, 5),)),
        ("Trần Mẫn", ((0, 2),)),
        ("ngày 02 tháng 9 tại Hà Nội và Lâm Đồng", ()),
        ("Ban Thường vụ Tỉnh uỷ", ()),
        ("Lê Thị Mận, Phó Chủ tịch", ((0, 3),)),
    ],
)
def test_names_of_people(line: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert name_spans(line.split(), read_lexicon()) == spans


@pytest.mark.parametrize(
    ("line", "spans"),
    [
        ("quận Ninh Kiều, thành phố Cần Thơ", ((1, 3), (5, 7))),
        ("Ninh, Kiều và Lâm Đông", ()),
        ("ninh kiều", ()),
    ],
)
def test_names_of_places(line: str, spans: tuple[tuple[int, int], ...]) -> None:
    assert place_spans(line.split(), read_lexicon()) == spans

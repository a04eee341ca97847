from __future__ import annotations

import pytest

from sohoa.restore import restore_text
from sohoa.restore.legacy import convert_legacy, find_encoding


@pytest.mark.parametrize(
    "text",
    ["Uỷ ban nhân dân tỉnh", "Ủy ban nhân dân", "§ 5 of the law © 2020", "naïve café à la carte",
     "", "12 µm ± 3", "Độc lập - Tự do - Hạnh phúc"],
)  # fmt: skip
def test_unicode_stays(text: str) -> None:
    assert find_encoding(text) is None
    assert convert_legacy(text) == text


def test_tcvn3_is_proven_and_read() -> None:
    assert convert_legacy("Uû ban nh©n d©n tØnh Th¸i Nguyªn") == "Uỷ ban nhân dân tỉnh Thái Nguyên"
    assert restore_text("Héi ®ång nh©n d©n tØnh").startswith("Hội đồng nhân dân tỉnh")


def test_vni_is_proven_and_read() -> None:
    assert convert_legacy("Uyû ban nhaân daân tænh") == "Uyủ ban nhân dân tỉnh".replace("Uyủ", "Uỷ")

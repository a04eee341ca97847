"""Text without marks, text layers without Vietnamese, and telling them apart."""

from __future__ import annotations

import pytest

from sohoa.restore import Channel, RestoreSettings, restore_text
from sohoa.restore.foreign import is_fixed_in_layer
from sohoa.restore.kinds import find_channel
from sohoa.vietnamese import strip_marks

GOOD = (
    "Ban Thường vụ yêu cầu các cấp uỷ, tổ chức đảng tiếp tục lãnh đạo, chỉ đạo thực hiện "
    "có hiệu quả các nhiệm vụ trọng tâm; thường xuyên kiểm tra, giám sát việc thực hiện."
)
BROKEN = (
    "Ban Thu@ng vu yéu cdu cac cap uy, t6 chirc dang tiép tuc lanh dao, chi dao thuc hién "
    "c6 hiéu qua cdc nhiém vu trong tam; thu@ng xuyén kiém tra, gidm sat viéc thurc hién."
)


@pytest.mark.parametrize(
    ("text", "channel"),
    [
        (GOOD, Channel.TESSERACT_VIE),
        (strip_marks(GOOD), Channel.STRIPPED),
        (BROKEN, Channel.FOREIGN),
        ("Uỷ ban nhân dân", Channel.CLEAN),
        ("The committee has read all papers and found that nothing more should be done", "clean"),
    ],
)
def test_the_channel_is_found(text: str, channel: Channel) -> None:
    assert find_channel(text.split()) is Channel(channel)


def test_good_text_stays() -> None:
    assert restore_text(GOOD) == GOOD


def test_marks_come_back() -> None:
    assert restore_text(strip_marks(GOOD)) == GOOD


def test_a_broken_layer_is_read() -> None:
    restored = restore_text(BROKEN).split()
    right = sum(a == b for a, b in zip(restored, GOOD.split(), strict=True))
    assert right >= 0.9 * len(restored)


@pytest.mark.parametrize(
    "core", ["28/5/2025", "2016", "52-CT/TW", "8h00", "a@tdu.edu.vn", "UBND", "33-NQ/TW", "5a"]
)
def test_numbers_and_codes_of_a_layer_stay(core: str) -> None:
    from sohoa.lexicon import read_lexicon

    assert is_fixed_in_layer(core, read_lexicon(), capital_line=False)
    text = f"{BROKEN} {core} {BROKEN}"
    assert core in restore_text(text, RestoreSettings(engine=Channel.FOREIGN)).split()


def test_the_bar_of_a_symbol_comes_back_where_the_table_proves_it() -> None:
    settings = RestoreSettings(engine=Channel.STRIPPED)
    text = "Can cu Quyet dinh so 12/QD-UBND cua Uy ban nhan dan tinh"
    assert "12/QĐ-UBND" in restore_text(text, settings)

"""The verdict on embedded text, from its words and a few facts about the page."""

from __future__ import annotations

import pytest

from sohoa.model import LayerVerdict
from sohoa.read.legacy import LegacyEncoding, find_legacy_encoding
from sohoa.read.verdict import PageFacts, judge, measure_tokens

COMPOSED = PageFacts(is_picture=False, hidden=0.0, coverage=0.99)
SCAN = PageFacts(is_picture=True, hidden=1.0, coverage=0.95)
GOOD = (
    "Các phòng chuyên môn rà soát toàn bộ hồ sơ đang lưu giữ, lập danh mục theo từng năm và gửi "
    "về Văn phòng UBND trước ngày 15/9/2025 theo Kế hoạch số 12/KH-UBM, QĐ số 27/QĐ-TTg của đơn vị"
)
BARE = "bao hiem y te va cong nghe thong tin cua nha nuoc theo luong thang nam nay trong dia ban"
OCR = "CQNG HOA XA HQI CHiJ NGHiA VI$T NAM D9c l4p - Ty do - Hqnh phric nghi6m tr'ic thlrc hi€n"
TCVN3 = "Uû ban nh©n d©n tØnh ®· häp phiªn th­êng kú vµ quyÕt ®Þnh c¸c vÊn ®Ò quan träng"
VNI = (
    "Uyû ban nhaân daân tænh ñaõ hoïp phieân thöôøng kyø vaø quyeát ñònh caùc vaán ñeà quan troïng"
)
ENGLISH = "The parties to this agreement shall act in good faith and for the benefit of the project"


def verdict(text: str, facts: PageFacts = COMPOSED) -> LayerVerdict:
    return judge(text.split(), facts, text).verdict


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (GOOD, LayerVerdict.GOOD),
        (GOOD.upper(), LayerVerdict.GOOD),
        ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH Nguyễn Văn Mẫu", LayerVerdict.GOOD),
        ("1 25 30,5 12% 2025 4.500.000 7", LayerVerdict.GOOD),
        ("R&D, AT&T và Sở GD&ĐT, Bộ TN&MT cùng thực hiện", LayerVerdict.GOOD),
        (ENGLISH, LayerVerdict.GOOD),
        (BARE, LayerVerdict.FOREIGN),
        (OCR, LayerVerdict.FOREIGN),
        (TCVN3, LayerVerdict.FOREIGN),
        (VNI, LayerVerdict.FOREIGN),
        (GOOD.replace("ậ", "\ufffd").replace("ồ", "\ufffd"), LayerVerdict.FOREIGN),
        ("", LayerVerdict.NONE),
    ],
)
def test_words_decide(text: str, expected: LayerVerdict) -> None:
    assert verdict(text) is expected


def test_hidden_text_over_a_scan_must_be_nearly_flawless() -> None:
    assert verdict(GOOD, SCAN) is LayerVerdict.GOOD
    assert verdict(GOOD + " Nguyền Vãn Mầu thưc hiộn điẻu nầv", SCAN) is LayerVerdict.FOREIGN
    poor = PageFacts(is_picture=True, hidden=1.0, coverage=0.7)
    assert verdict(GOOD, poor) is LayerVerdict.FOREIGN


def test_text_that_leaves_ink_uncovered_is_not_enough() -> None:
    half = PageFacts(is_picture=False, hidden=0.0, coverage=0.4)
    layer = judge(GOOD.split(), half, GOOD)
    assert layer.verdict is LayerVerdict.FOREIGN
    assert "40%" in layer.reason


def test_stamps() -> None:
    assert judge([], PageFacts(True, 0.0, 0.0, drawn_text=True), "").verdict is LayerVerdict.STAMP
    pressed = PageFacts(is_picture=True, hidden=0.0, coverage=0.02)
    assert verdict("Công văn đến số 15", pressed) is LayerVerdict.STAMP


def test_reasons_name_what_is_wrong() -> None:
    for text, word in ((BARE, "marks"), (TCVN3, "TCVN3"), (VNI, "VNI"), (OCR, "symbols")):
        assert word in judge(text.split(), COMPOSED, text).reason


def test_legacy_encodings() -> None:
    assert find_legacy_encoding(GOOD.split()) is None
    assert find_legacy_encoding(GOOD.upper().split()) is None
    assert find_legacy_encoding("hoá hoà toá loè quốc xoá hoá khoá hoạ".split()) is None
    assert find_legacy_encoding("où élève français naïve garçon".split()) is None
    assert find_legacy_encoding(TCVN3.split()) is LegacyEncoding.TCVN3
    assert find_legacy_encoding(VNI.split()) is LegacyEncoding.VNI


def test_numbers_and_codes_are_not_words() -> None:
    measures = measure_tokens(["12/KH-UBM", "a@b.vn", "2025", "và", "UBND"])
    assert (measures.letters, measures.syllables, measures.symbols_inside) == (1, 1.0, 0.0)

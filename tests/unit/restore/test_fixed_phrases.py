from __future__ import annotations

from collections.abc import Callable

import pytest

from sohoa.model import Page, TextSource
from sohoa.restore.fixed_phrases import FixedPhrases

PageOf = Callable[..., Page]


def lines(page: Page) -> list[str]:
    return [line.text for line in page.lines()]


@pytest.mark.parametrize(
    "text",
    [
        "KT. CHÁNH VĂN PHÒNG",  # the State's form of a phrase that the Party writes K/T
        "K/T TRƯỞNG BAN",
        "TM. ỦY BAN NHÂN DÂN",
        "Nơi nhận: như trên",
        "Quyết định này có hiệu lực kể từ ngày ký.",
        "Số 52-CT/TW",
    ],
)
def test_what_is_right_or_is_no_phrase_stays(page_of: PageOf, text: str) -> None:
    (page,) = FixedPhrases()((page_of(text),))
    assert lines(page) == [text]


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("CỘNG HÒA XÃ HỌI CHÚ NGHĨA VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("CỌNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("Noi nhận:", "Nơi nhận:"),
    ],
)
def test_a_misread_phrase_is_mended_with_an_edit(page_of: PageOf, read: str, printed: str) -> None:
    (page,) = FixedPhrases()((page_of(read),))
    assert lines(page) == [printed]
    edited = [word for word in page.words() if word.edits]
    assert edited
    assert all(word.edits[0].stage == "fixed-phrases" for word in edited)


def test_good_embedded_text_is_left_alone(page_of: PageOf) -> None:
    page = page_of("QUYÉT ĐỊNH", source=TextSource.EMBEDDED)
    assert FixedPhrases()((page,)) == (page,)

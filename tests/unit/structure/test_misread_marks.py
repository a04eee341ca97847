"""Lists and paragraphs whose label or punctuation was lost in reading."""

from __future__ import annotations

from collections.abc import Callable

from sohoa.model import Page
from sohoa.structure import understand

Sheet = Callable[..., tuple[Page, ...]]
Plain = Callable[[str], tuple[Page, ...]]

_TOP = (
    (0.1, 0, "UBND TỈNH HẢI SƠN"), (0.5, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.1, 1, "SỞ NỘI VỤ"), (0.55, 1, "Độc lập - Tự do - Hạnh phúc"),
    (0.1, 2, "Số: 12/BC-SNV"), (0.5, 2, "Hải Sơn, ngày 07 tháng 3 năm 2024"),
    (0.4, 4, "BÁO CÁO"), (0.3, 5, "Về công tác văn thư"),
    (0.1, 7, "Sở Nội vụ báo cáo công tác văn thư của tỉnh trong quý I, mọi đơn vị đã nộp đủ"),
)  # fmt: skip


def test_a_dash_list_in_the_body_is_no_recipient(sheet: Sheet) -> None:
    rows = (*_TOP, (0.1, 9, "- Như trên đã nói, việc này đã xong;"), (0.1, 10, "- Việc khác."))
    assert understand(sheet(rows)).directive.recipients == ()


def test_recipients_whose_label_was_lost(sheet: Sheet) -> None:
    rows = (
        *_TOP,
        (0.1, 10, "4 ng"), (0.6, 10, "GIÁM ĐỐC"),
        (0.1, 11, "- Như trên;"), (0.1, 12, "- Sở Tài chính;"), (0.1, 13, "- Lưu: VT, CCHC."),
        (0.6, 15, "Trần Văn Lâm"),
    )  # fmt: skip
    paper = understand(sheet(rows)).directive
    assert [leaf.value for leaf in paper.recipients] == [
        "Như trên;", "Sở Tài chính;", "Lưu: VT, CCHC.",
    ]  # fmt: skip
    assert paper.signer.value == "Trần Văn Lâm"


def test_a_comma_for_a_semicolon_parts_two_bases(plain: Plain) -> None:
    text = """QUYẾT ĐỊNH
Về việc ban hành danh mục
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011,
Căn cứ Luật Đầu tư công ngày 13 tháng 6 năm 2019;
Điều 1. Ban hành danh mục."""
    assert len(understand(plain(text)).directive.legal_bases) == 2


def test_letters_alike_in_a_list_of_points(plain: Plain) -> None:
    points = "\n".join(f"{letter}) Chi việc này;" for letter in "abcdđeghik")
    text = f"1. Các khoản chi:\n{points}\nl) Chi việc khác;\nm) Chi việc cuối.\n2. Các khoản thu."
    first, second = understand(plain(text)).directive.body
    assert [unit.label for unit in first.children][-2:] == ["l)", "m)"]
    assert second.label == "2."

"""Names against the tables: never changed, doubted where misread, linked to what they became."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sohoa.model import Page
from sohoa.structure import understand

Plain = Callable[[str], tuple[Page, ...]]
Sheet = Callable[..., tuple[Page, ...]]

_PAPER = """{issuer}
Số: {number}/QĐ-{code}
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
{place}, ngày 07 tháng 3 năm 2024
QUYẾT ĐỊNH
Về việc ban hành danh mục
Điều 1. Ban hành kèm theo Quyết định này danh mục tài liệu.
Điều 2. Quyết định này có hiệu lực kể từ ngày ký.
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Trần Văn Lâm
{annex}"""


def _text(issuer: str, place: str = "Mẫu", code: str = "UBND", annex: str = "") -> str:
    return _PAPER.format(issuer=issuer, place=place, code=code, annex=annex, number=12)


@pytest.mark.parametrize(
    ("issuer", "candidates"),
    [
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG", ()),
        ("UỶ BAN NHÂN DÂN TỈNH THANH HÓA", ()),
        ("ỦY BAN NHÂN DÂN TỈNH HẢI SƠN", ()),  # no province: nothing is known of its spelling
        ("BỘ KHOA HỌC VÀ CÔNG NGHỆ", ()),
        ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐÔNG", ("ỦY BAN NHÂN DÂN TỈNH LÂM ĐỒNG",)),
        ("BỘ KHOA HỌC VÀ CÔNG NGHẸ", ("BỘ KHOA HỌC VÀ CÔNG NGHỆ",)),
    ],
)
def test_a_misread_name_is_doubted_and_not_changed(
    plain: Plain, issuer: str, candidates: tuple[str, ...]
) -> None:
    found = understand(plain(_text(issuer))).directive.issuer
    assert found.value == issuer
    assert found.candidates == candidates
    assert (found.confidence >= 0.5) == (not candidates)


def test_a_province_that_is_no_more_leads_to_what_it_became(plain: Plain) -> None:
    paper = understand(plain(_text("ỦY BAN NHÂN DÂN TỈNH HÀ GIANG", "Hà Giang"))).directive
    assert [(i.field, i.name, i.valid_until, i.successor) for i in paper.identities] == [
        ("issuer", "Hà Giang", "2025-06-30", "Tuyên Quang"),
        ("place", "Hà Giang", "2025-06-30", "Tuyên Quang"),
    ]
    (issuer, _) = understand(
        plain(_text("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", "Lai Châu"))
    ).directive.identities
    assert (issuer.valid_until, issuer.successor) == (None, None)


@pytest.mark.parametrize(("number", "codes"), [("12", []), ("14", ["number-conflict"])])
def test_an_annex_that_names_its_paper_otherwise(
    plain: Plain, number: str, codes: list[str]
) -> None:
    annex = (
        f"\fPHỤ LỤC\nDANH MỤC TÀI LIỆU\n(Kèm theo Quyết định số {number}/QĐ-UBND ngày 07/3/2024)"
    )
    found = understand(plain(_text("ỦY BAN NHÂN DÂN TỈNH LAI CHÂU", annex=annex)))
    assert found.directive.number.value == "12"
    assert [f.code for f in found.findings if f.code.endswith("-conflict")] == codes


_TOP = (
    (0.1, 0, "SỞ NỘI VỤ - SỞ TÀI CHÍNH"), (0.5, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    (0.1, 1, "Số: 12/HDLT-NV-TC"), (0.55, 1, "Độc lập - Tự do - Hạnh phúc"),
    (0.5, 2, "Hải Sơn, ngày 07 tháng 3 năm 2024"),
    (0.35, 4, "HƯỚNG DẪN LIÊN TỊCH"), (0.3, 5, "Về công tác văn thư"),
    (0.1, 7, "Sở Nội vụ và Sở Tài chính hướng dẫn công tác văn thư của các cơ quan trong tỉnh:"),
    (0.1, 8, "1. Các cơ quan lập hồ sơ công việc, nộp lưu trữ cơ quan đúng thời hạn quy định."),
    (0.1, 9, "2. Các cơ quan bố trí kinh phí cho việc chỉnh lý tài liệu theo quy định hiện hành."),
)  # fmt: skip


def test_two_signatures_side_by_side(sheet: Sheet) -> None:
    rows = (
        *_TOP,
        (0.1, 11, "KT. GIÁM ĐỐC SỞ TÀI CHÍNH"), (0.6, 11, "GIÁM ĐỐC SỞ NỘI VỤ"),
        (0.14, 12, "PHÓ GIÁM ĐỐC"),
        (0.14, 15, "Lê Văn Ví"), (0.63, 15, "Trần Văn Lâm"),
        (0.1, 17, "Nơi nhận:"), (0.1, 18, "- Các sở, ban, ngành;"), (0.1, 19, "- Lưu: VT."),
    )  # fmt: skip
    left, right = understand(sheet(rows)).directive.signatures
    assert (left.position.value, left.signer.value) == ("PHÓ GIÁM ĐỐC", "Lê Văn Ví")
    assert (right.position.value, right.signer.value) == ("GIÁM ĐỐC SỞ NỘI VỤ", "Trần Văn Lâm")


def test_one_signature_is_not_several(sheet: Sheet) -> None:
    rows = (
        *_TOP,
        (0.1, 11, "Nơi nhận:"), (0.6, 11, "GIÁM ĐỐC"),
        (0.1, 12, "- Các sở, ban, ngành;"), (0.1, 13, "- Lưu: VT."), (0.6, 15, "Trần Văn Lâm"),
    )  # fmt: skip
    paper = understand(sheet(rows)).directive
    assert paper.signatures == ()
    assert paper.signer.value == "Trần Văn Lâm"

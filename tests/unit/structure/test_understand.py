"""Whole papers of both families, as plain text and laid out on a sheet."""

from __future__ import annotations

from collections.abc import Callable

from sohoa.directive import Family, Leaf, MarkKind, UnitKind
from sohoa.model import LineKind, Page, Severity
from sohoa.structure import understand

Plain = Callable[[str], tuple[Page, ...]]
Sheet = Callable[..., tuple[Page, ...]]

_DECREE = "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ về công tác văn thư"
_DECISION = """ỦY BAN NHÂN DÂN
TỈNH HẢI SƠN
Số: 12/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Sơn, ngày 07 tháng 3 năm 2024
QUYẾT ĐỊNH
Về việc ban hành Danh mục tài liệu
nộp lưu của tỉnh
CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HẢI SƠN
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ
về công tác văn thư;
Theo đề nghị của Giám đốc Sở Nội vụ.
QUYẾT ĐỊNH:
Điều 1. Ban hành kèm theo Quyết định này Danh mục tài liệu nộp lưu.
Điều 2. Tổ chức thực hiện
1. Sở Nội vụ hướng dẫn các đơn vị.
2. Sở Tài chính bố trí kinh phí, gồm:
a) Kinh phí chỉnh lý;
b) Kinh phí số hóa.
2
Điều 3. Quyết định này có hiệu lực kể từ ngày ký./.
Nơi nhận:
- Như Điều 3;
- Các sở, ban, ngành
cấp tỉnh;
- Lưu: VT, NC.
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn Lâm"""


def test_decision_as_plain_text(plain: Plain) -> None:
    paper = understand(plain(_DECISION)).directive
    assert paper.family.value == Family.STATE
    assert paper.superior.value is None
    assert paper.superior.reason
    assert paper.issuer.value == "ỦY BAN NHÂN DÂN TỈNH HẢI SƠN"
    assert (paper.number.value, paper.symbol.value) == ("12", "QĐ-UBND")
    assert paper.symbol.printed == "12/QĐ-UBND"
    assert (paper.place.value, paper.date.value) == ("Hải Sơn", "2024-03-07")
    assert paper.type.value == "Quyết định"
    assert paper.title.value == "Về việc ban hành Danh mục tài liệu nộp lưu của tỉnh"
    assert [leaf.value for leaf in paper.legal_bases] == [
        "Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;",
        f"Căn cứ {_DECREE};",
    ]
    assert [leaf.value for leaf in paper.recipients] == [
        "Như Điều 3;", "Các sở, ban, ngành cấp tỉnh;", "Lưu: VT, NC.",
    ]  # fmt: skip
    assert [leaf.value for leaf in paper.authority] == ["KT. CHỦ TỊCH"]
    assert (paper.position.value, paper.signer.value) == ("PHÓ CHỦ TỊCH", "Trần Văn Lâm")
    labels = [(u.label, u.kind) for top in paper.body for u in top.walk() if u.label]
    assert labels == [
        ("Điều 1.", UnitKind.ARTICLE), ("Điều 2.", UnitKind.ARTICLE),
        ("1.", UnitKind.PARAGRAPH), ("2.", UnitKind.PARAGRAPH),
        ("a)", UnitKind.POINT), ("b)", UnitKind.POINT), ("Điều 3.", UnitKind.ARTICLE),
    ]  # fmt: skip


def test_letterhead_in_two_columns_and_merged(sheet: Sheet) -> None:
    """Columns that stand apart, and one line that runs across both of them."""
    pages = sheet(
        [
            (0.16, 0, "UBND TỈNH HẢI SƠN"), (0.46, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            (0.16, 1, "SỞ THÔNG TIN" + " " * 18 + "Độc lập - Tự do - Hạnh phúc"),
            (0.16, 2, "VÀ TRUYỀN THÔNG"), (0.52, 3, "Hải Sơn, ngày 16 tháng 12 năm 2011"),
            (0.16, 3, "Số: 275/STTTT-CNTT"), (0.14, 4, "V/v đăng ký danh sách"),
            (0.14, 5, "dự hội thi"),
            (0.30, 8, "Kính gửi:"), (0.40, 9, "- Các đơn vị trực thuộc;"),
            (0.40, 10, "- Các cơ quan báo chí."),
            (0.18, 12, "Thực hiện Kế hoạch số 25/KH-STTTT ngày 6 tháng 12 năm 2011 về tổ chức hội"),
            (0.12, 13, "thi, đề nghị các đơn vị gửi danh sách trước ngày 22/12/2011 để tổng hợp"),
            (0.12, 14, "lãnh đạo xem xét."),
            (0.12, 17, "Nơi nhận:"), (0.60, 17, "KT. GIÁM ĐỐC"),
            (0.12, 18, "- Như trên;"), (0.59, 18, "PHÓ GIÁM ĐỐC"),
            (0.12, 19, "- Lưu: VT."), (0.60, 23, "Nguyễn Hữu Vĩnh"),
        ]
    )  # fmt: skip
    paper = understand(pages).directive
    assert paper.superior.value == "UBND TỈNH HẢI SƠN"
    assert paper.issuer.value == "SỞ THÔNG TIN VÀ TRUYỀN THÔNG"
    assert (paper.number.value, paper.symbol.value) == ("275", "STTTT-CNTT")
    assert paper.date.value == "2011-12-16"
    assert paper.type.value == "Công văn"
    assert paper.title.value == "V/v đăng ký danh sách dự hội thi"
    assert [leaf.value for leaf in paper.addressees] == [
        "Các đơn vị trực thuộc;", "Các cơ quan báo chí.",
    ]  # fmt: skip
    assert [leaf.value for leaf in paper.recipients] == ["Như trên;", "Lưu: VT."]
    assert [leaf.value for leaf in paper.authority] == ["KT. GIÁM ĐỐC"]
    assert (paper.position.value, paper.signer.value) == ("PHÓ GIÁM ĐỐC", "Nguyễn Hữu Vĩnh")
    assert len(paper.body) == 1


_PARTY = """BAN CHẤP HÀNH TRUNG ƯƠNG
*
Số 99-CT/TW
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 03 tháng 10 năm 2025
CHỈ THỊ
CỦA BAN BÍ THƯ
về tăng cường công tác lưu trữ
-----
Công tác lưu trữ thời gian qua có nhiều tiến bộ. Ban Bí thư yêu cầu:
1. Nâng cao nhận thức.
2. Hoàn thiện chính sách.
Tài liệu này thuộc sở hữu của các cơ quan Đảng. Việc phát tán, sử dụng trái phép bị nghiêm cấm
\f2
3. Tổ chức thực hiện
- Đảng uỷ Chính phủ chỉ đạo.
- Văn phòng Trung ương Đảng theo dõi.
Nơi nhận:
- Các tỉnh uỷ, thành uỷ,
- Lưu Văn phòng Trung ương Đảng.
T/M BAN BÍ THƯ
Trần Văn Minh
TỈNH UỶ HẢI SƠN
*
Số 05-BS/TU
SAO Y
Hải Sơn, ngày 14 tháng 10 năm 2025
Nơi nhận:
- Các đảng uỷ trực thuộc,
- Lưu Văn phòng Tỉnh uỷ.
T/L BAN THƯỜNG VỤ
CHÁNH VĂN PHÒNG
Lê Thị Hoa
(Sao y Chỉ thị số 99-CT/TW, ngày 03/10/2025 của Ban Bí thư)"""


def test_certified_copy_is_a_paper_of_its_own(plain: Plain) -> None:
    found = understand(plain(_PARTY))
    paper = found.directive
    assert paper.family.value == Family.PARTY
    assert (paper.number.value, paper.symbol.value) == ("99", "CT/TW")
    assert paper.date.value == "2025-10-03"
    assert paper.type.value == "Chỉ thị"
    assert paper.title.value == "về tăng cường công tác lưu trữ"
    assert paper.signer.value == "Trần Văn Minh"
    assert paper.position.value is None
    assert [leaf.value for leaf in paper.authority] == ["T/M BAN BÍ THƯ"]
    assert len(paper.recipients) == 2
    copy = paper.copy_block
    assert copy is not None
    assert (copy.kind.value, copy.issuer.value) == ("SAO Y", "TỈNH UỶ HẢI SƠN")
    assert (copy.number.value, copy.symbol.value) == ("05", "BS/TU")
    assert copy.date.value == "2025-10-14"
    assert (copy.position.value, copy.signer.value) == ("CHÁNH VĂN PHÒNG", "Lê Thị Hoa")
    assert len(copy.recipients) == 2
    assert copy.statement.value is not None
    assert [mark.kind for mark in paper.marks] == [MarkKind.OWNERSHIP]
    kinds = {line.text[:12]: line.kind for page in found.pages for line in page.lines()}
    assert kinds["Tài liệu này"] is LineKind.OWNERSHIP
    assert kinds["2"] is LineKind.FOLIO
    assert not found.findings


def test_running_text_and_names_are_no_secrecy_mark(plain: Plain) -> None:
    text = _DECISION.replace("hướng dẫn các đơn vị.", "bảo vệ tài liệu MẬT và TỐI MẬT.")
    text = text.replace("Trần Văn Lâm", "Trần Văn Mật")
    assert not [f for f in understand(plain(text)).findings if f.code == "secrecy-mark"]


def test_secrecy_mark_in_its_place_is_an_error(plain: Plain) -> None:
    text = _DECISION.replace("Số: 12/QĐ-UBND\n", "Số: 12/QĐ-UBND\nTỐI MẬT\n")
    found = understand(plain(text))
    (finding,) = [f for f in found.findings if f.code == "secrecy-mark"]
    assert finding.severity is Severity.ERROR
    assert [m.value.value for m in found.directive.marks] == ["TỐI MẬT"]
    assert found.directive.number.value == "12"


def test_blank_number_and_day_stay_unknown(plain: Plain) -> None:
    text = _DECISION.replace("Số: 12/", "Số: /").replace("ngày 07 tháng", "ngày tháng")
    found = understand(plain(text))
    assert found.directive.number.value is None
    assert found.directive.number.reason
    assert found.directive.symbol.value == "QĐ-UBND"
    assert found.directive.date.value is None
    assert found.directive.date.candidates == ("2024-03",)
    assert {f.code for f in found.findings} == {"number-unread", "date-unread"}


def test_pen_written_number_is_never_sure(sheet: Sheet) -> None:
    rows = [
        (0.16, 0, "UBND TỈNH HẢI SƠN"), (0.46, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (0.16, 1, "SỞ Y TẾ"), (0.50, 1, "Độc lập - Tự do - Hạnh phúc"),
        (0.16, 3, "Số: 4Z /GM-SYT"), (0.50, 3, "Hải Sơn, ngày 5 tháng 9 năm 2017"),
        (0.40, 6, "GIẤY MỜI"),
    ]  # fmt: skip
    paper = understand(sheet(rows, confidence=0.6)).directive
    assert paper.number.handwritten
    assert paper.number.confidence < 0.5
    assert paper.date.handwritten
    assert paper.date.confidence < 0.5


def test_lone_digits_fall_into_the_blank_of_their_row(sheet: Sheet) -> None:
    rows = [
        (0.16, 0, "THÀNH UỶ HẢI SƠN"), (0.50, 0, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (0.16, 1, "BAN TỔ CHỨC"), (0.18, 2, "*"),
        (0.16, 3, "Số       -HD/BTCTU"), (0.20, 3, "21"),
        (0.50, 3, "Hải Sơn, ngày      tháng 8 năm 2025"), (0.59, 3, "21"),
        (0.40, 6, "HƯỚNG DẪN"), (0.35, 7, "về công tác lưu trữ"),
    ]  # fmt: skip
    paper = understand(sheet(rows)).directive
    assert (paper.number.value, paper.symbol.value) == ("21", "HD/BTCTU")
    assert paper.date.value == "2025-08-21"


def test_type_conflict_is_a_finding(plain: Plain) -> None:
    text = _DECISION.replace("12/QĐ-UBND", "12/KH-UBND")
    found = understand(plain(text))
    assert found.directive.type.value == "Quyết định"
    assert "type-conflict" in {f.code for f in found.findings}


def test_no_pages_and_no_letterhead(plain: Plain) -> None:
    assert understand(()).directive.number.value is None
    found = understand(plain("một dòng chữ\nhai dòng chữ"))
    assert found.directive.family.value is None
    assert [u.text for u in found.directive.body]
    assert "no-letterhead" in {f.code for f in found.findings}


def test_summary_beside_a_note_stays_whole(sheet: Sheet) -> None:
    """A routing note laid over the right column ends neither the letterhead nor the summary."""
    rows = [
        (0.14, 0, "UBND THÀNH PHỐ HẢI SƠN"), (0.46, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (0.14, 1, "SỞ GIÁO DỤC VÀ ĐÀO TẠO"), (0.54, 1, "Độc lập - Tự do - Hạnh phúc"),
        (0.16, 2, "Số: 95/SGDĐT-VP"), (0.50, 2, "Hải Sơn, ngày 31 tháng 5 năm 2019"),
        (0.15, 3, "V/v bảo đảm an toàn trong"), (0.70, 4, "1. Gửi các phòng"),
        (0.16, 4, "dịp nghỉ hè năm 2019"), (0.20, 7, "Kính gửi:"), (0.32, 8, "- Các trường."),
    ]  # fmt: skip
    paper = understand(sheet(rows)).directive
    assert paper.title.value == "V/v bảo đảm an toàn trong dịp nghỉ hè năm 2019"


_RESOLUTION = """HỘI ĐỒNG NHÂN DÂN
TỈNH HẢI SƠN
Số: 15/2022/NQ-HĐND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Sơn, ngày 09 tháng 12 năm 2022
NGHỊ QUYẾT
QUY ĐỊNH MỨC CHI SỐ HÓA TÀI LIỆU
TRÊN ĐỊA BÀN TỈNH HẢI SƠN
HỘI ĐỒNG NHÂN DÂN TỈNH HẢI SƠN
Căn cứ Luật Lưu trữ ngày 11 tháng 11 năm 2011;
QUYẾT NGHỊ:
Điều 1. Quy định mức chi./.
Nơi nhận:
CHỦ TỊCH
- Chính phủ;
- Lưu: VT.
Trần Thị Mai"""


def test_capital_title_ends_where_the_issuer_is_named(plain: Plain) -> None:
    paper = understand(plain(_RESOLUTION)).directive
    assert paper.title.value == "QUY ĐỊNH MỨC CHI SỐ HÓA TÀI LIỆU TRÊN ĐỊA BÀN TỈNH HẢI SƠN"
    assert (paper.number.value, paper.symbol.value) == ("15", "2022/NQ-HĐND")
    assert [leaf.value for leaf in paper.recipients] == ["Chính phủ;", "Lưu: VT."]
    assert (paper.position.value, paper.signer.value) == ("CHỦ TỊCH", "Trần Thị Mai")


def test_older_type_row_in_small_letters(plain: Plain) -> None:
    text = _DECISION.replace(
        "QUYẾT ĐỊNH\nVề việc", "Quyết định của Ủy ban nhân dân tỉnh\nVề việc", 1
    )
    paper = understand(plain(text)).directive
    assert paper.type.value == "Quyết định"
    assert paper.title.value == "Về việc ban hành Danh mục tài liệu nộp lưu của tỉnh"


def test_joint_paper_is_issued_by_all(plain: Plain) -> None:
    text = _DECISION.replace(
        "ỦY BAN NHÂN DÂN\nTỈNH HẢI SƠN\nSố: 12/QĐ-UBND",
        "BỘ NỘI VỤ\nBỘ TÀI CHÍNH\nSố: 05/2013/TTLT-BNV-BTC",
        1,
    ).replace("QUYẾT ĐỊNH\nVề", "THÔNG TƯ LIÊN TỊCH\nVề", 1)
    paper = understand(plain(text)).directive
    assert paper.superior.value is None
    assert paper.issuer.value == "BỘ NỘI VỤ BỘ TÀI CHÍNH"
    assert paper.type.value == "Thông tư liên tịch"


def test_a_stroke_read_as_a_slash_is_never_sure(sheet: Sheet) -> None:
    rows = [
        (0.16, 0, "UBND TỈNH HẢI SƠN"), (0.46, 0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        (0.16, 2, "Số: 5/42 /QĐ-UBND"), (0.50, 2, "Hải Sơn, ngày 20 tháng 02 năm 2025"),
        (0.40, 5, "QUYẾT ĐỊNH"),
    ]  # fmt: skip
    paper = understand(sheet(rows)).directive
    assert paper.symbol.value == "QĐ-UBND"
    assert paper.number.handwritten
    assert paper.number.confidence < 0.5


def test_a_head_never_signs_for_himself(sheet: Sheet) -> None:
    """Under KT. stands a deputy: what reads like the head has lost its first word to the seal."""

    def position_of(text: str) -> Leaf:
        rows = [
            (0.12, 15, "Trên đây là báo cáo của đơn vị, kính gửi cấp trên xem xét, cho ý kiến./."),
            (0.12, 17, "Nơi nhận:"), (0.60, 17, "KT. GIÁM ĐỐC"),
            (0.12, 18, "- Như trên;"), (0.60, 18, text),
            (0.12, 19, "- Lưu: VT."), (0.60, 24, "Nguyễn Văn An"),
        ]  # fmt: skip
        return understand(sheet(rows)).directive.position

    sure, doubted = position_of("PHÓ GIÁM ĐỐC"), position_of("GIÁM ĐỐC")
    assert sure.confidence > 0.8
    assert not sure.candidates
    assert doubted.value == "GIÁM ĐỐC"
    assert doubted.confidence <= 0.4
    assert doubted.candidates[0] == "PHÓ GIÁM ĐỐC"
    assert doubted.reason

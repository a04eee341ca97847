"""The tree: labels decided by their sequence, nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.directive import Unit
from sohoa.model import Page
from sohoa.structure import understand
from sohoa.structure.paragraphs import paragraphs_of
from sohoa.structure.rows import rows_of, sheets_of
from sohoa.structure.tree import build_tree

Plain = Callable[[str], tuple[Page, ...]]
Sheet = Callable[..., tuple[Page, ...]]


def _labels(units: tuple[Unit, ...], level: int = 1) -> list[tuple[str, int]]:
    found = []
    for unit in units:
        if unit.label:
            found.append((unit.label, level))
        found += _labels(unit.children, level + bool(unit.label))
    return found


def _tree(pages: tuple[Page, ...]) -> tuple[tuple[Unit, ...], list[str]]:
    rows = rows_of(pages)
    sheets = {sheet.page: sheet for sheet in sheets_of(pages, rows)}
    units, findings = build_tree(paragraphs_of(rows, sheets))
    return units, [finding.code for finding in findings]


def test_text_that_only_looks_like_labels_stays_text(plain: Plain) -> None:
    units, codes = _tree(
        plain("Kinh phí thực hiện trong năm\n2025. Các đơn vị báo cáo.\n7. không có gì")
    )
    assert _labels(units) == []
    assert not codes


def test_quoted_amendments_do_not_break_the_tree(plain: Plain) -> None:
    units, _ = _tree(
        plain(
            "Điều 1. Sửa đổi Điều 5 như sau:\n“Điều 5. Thời hạn\n1. Thời hạn là 10 năm.\n"
            "2. Trường hợp khác.”\nĐiều 2. Hiệu lực thi hành."
        )
    )
    assert _labels(units) == [("Điều 1.", 1), ("Điều 2.", 1)]


def test_sequence_decides_between_look_alikes(plain: Plain) -> None:
    text = "1. Gồm:\na) Một;\nb) Hai;\nc) Ba;\nd) Bốn;\nd) Năm;\ne) Sáu."
    units, codes = _tree(plain(text))
    labels = [label for label, _ in _labels(units)]
    assert labels == ["1.", "a)", "b)", "c)", "d)", "đ)", "e)"]
    assert not codes


def test_misread_glyphs_give_way_to_the_numbers_around(sheet: Sheet) -> None:
    rows = [
        (0.12, 0, "I. MỤC ĐÍCH, YÊU CẦU"), (0.18, 1, "1. Tuyên truyền rộng rãi."),
        (0.18, 2, ". Bảo đảm tiến độ."), (0.18, 3, "3. Tiết kiệm."),
        (0.12, 4, "H. NỘI DUNG"), (0.18, 5, "S. Không đứng đầu."),
        (0.12, 6, "II. TỔ CHỨC THỰC HIỆN"), (0.12, 7, "IV. KINH PHÍ"),
    ]  # fmt: skip
    units, _ = _tree(sheet(rows))
    assert _labels(units) == [
        ("I.", 1), ("1.", 2), ("2.", 2), ("3.", 2), ("II.", 1), ("III.", 1), ("IV.", 1),
    ]  # fmt: skip


def test_a_speck_before_an_article_is_no_dash(sheet: Sheet) -> None:
    rows = [
        (0.18, 0, "Điều 1. Ban hành Danh mục tài liệu nộp lưu."),
        (0.18, 1, "- Điều 2. Chánh Văn phòng chịu trách nhiệm thi hành."),
    ]
    units, _ = _tree(sheet(rows))
    assert _labels(units) == [("Điều 1.", 1), ("Điều 2.", 1)]


def test_a_gap_is_a_finding_and_stays_as_printed(plain: Plain) -> None:
    units, codes = _tree(plain("Điều 1. Một.\nĐiều 2. Hai.\nĐiều 4. Bốn."))
    assert [label for label, _ in _labels(units)] == ["Điều 1.", "Điều 2.", "Điều 4."]
    assert codes == ["numbering-gap"]


def test_headings_stand_under_their_label(plain: Plain) -> None:
    units, _ = _tree(
        plain(
            "Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Một.\nChương II\nTỔ CHỨC\nĐiều 2. Hai."
        )
    )
    assert [(u.label, u.heading) for u in units] == [
        ("Chương I", "QUY ĐỊNH CHUNG"), ("Chương II", "TỔ CHỨC"),
    ]  # fmt: skip
    assert units[0].children[0].heading == "Phạm vi"


def test_rows_join_across_pages_and_inside_tokens(sheet: Sheet) -> None:
    first = [
        (0.18, n, "Thực hiện nội dung chỉ đạo của Ủy ban nhân dân tỉnh tại Công văn số 143/STC-")
        for n in (0,)
    ]
    second = [
        (0.12, 0, "HCSN ngày 15 tháng 01 năm 2025 về việc giao dự toán ngân sách năm 2025 cho đơn")
    ]
    units, _ = _tree(sheet(first, second))
    assert len(units) == 1
    assert "143/STC-HCSN ngày" in units[0].text


_LINES = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "Điều 1. Một",
                "Điều 3.",
                "Chương I",
                "I. A",
                "1. x",
                "2. y",
                "a) z",
                "đ) t",
                "- gạch",
                "+ cộng",
                "(1) mục",
                "1.1. sâu",
                "Nơi nhận:",
                "- Lưu: VT.",
                "TM. ỦY BAN NHÂN DÂN",
                "CHỦ TỊCH",
                "Nguyễn Văn An",
                "PHỤ LỤC",
                "QUYẾT ĐỊNH",
                "Số: 1/QĐ-UBND",
                "Hà Nội, ngày 1 tháng 2 năm 2024",
                "Kính gửi: Sở Nội vụ;",
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "SAO Y",
                "Số 5-BS/TU",
                "“Điều 5. Trích",
                "Căn cứ Luật Lưu trữ;",
                "MẬT",
                "*",
                "-----",
                "2",
            ]
        ),
        st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=30),
    ),
    max_size=25,
)


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(lines=_LINES)
def test_any_text_gives_a_paper_and_every_word_has_one_place(
    plain: Plain, lines: list[str]
) -> None:
    text = "\n".join(" ".join(line.split()) for line in lines)
    pages = plain(text)
    found = understand(pages)
    assert [w.id for p in found.pages for w in p.words()] == [
        w.id for p in pages for w in p.words()
    ]
    paper = found.directive
    tops = [*paper.body, *(unit for part in paper.attachments for unit in part.body)]
    ids = [i for top in tops for unit in top.walk() for i in unit.words]
    assert len(ids) == len(set(ids))
    place = {word.id: n for n, word in enumerate(w for p in pages for w in p.words())}
    body = [place[i] for top in paper.body for unit in top.walk() for i in unit.words]
    assert body == sorted(body)


@settings(
    max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(lines=_LINES)
def test_the_tree_holds_all_rows_once_and_in_order(plain: Plain, lines: list[str]) -> None:
    pages = plain("\n".join(" ".join(line.split()) for line in lines))
    units, _ = _tree(pages)
    ids = [i for top in units for unit in top.walk() for i in unit.words]
    assert ids == [word.id for page in pages for word in page.words()]

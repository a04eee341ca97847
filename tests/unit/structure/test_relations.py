"""Citations in whole papers: where they stand, what is done with them, which paper they mean."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.addresses import PaperName, addressed_units, paper_uri
from sohoa.directive import Citation, Directive, Relation
from sohoa.model import Page
from sohoa.structure import understand
from sohoa.structure.mentions import mentions

Plain = Callable[[str], tuple[Page, ...]]

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH HẢI SƠN
Số: 12/QĐ-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Sơn, ngày 07 tháng 3 năm 2024
QUYẾT ĐỊNH
{title}
Căn cứ Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020 của Chính phủ sửa đổi Nghị định số
110/2004/NĐ-CP ngày 08 tháng 4 năm 2004 về công tác văn thư;
QUYẾT ĐỊNH:
{body}
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Trần Văn Lâm"""


def _paper(plain: Plain, body: str, title: str = "Về việc ban hành danh mục") -> Directive:
    return understand(plain(_HEAD.format(title=title, body=body))).directive


def _relations(directive: Directive) -> dict[str, str]:
    return {f"{c.number}/{c.symbol}": c.relation.value for c in directive.citations}


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        # what must not change: another paper does it, or it is only asked for
        ("Theo Nghị định số 9/2021/NĐ-CP sửa đổi Nghị định số 5/2020/NĐ-CP.", Relation.MENTIONS),
        ("Đề nghị Bộ Nội vụ bãi bỏ Quyết định số 5/2020/NĐ-CP.", Relation.MENTIONS),
        ("Sở Nội vụ thực hiện Nghị định số 5/2020/NĐ-CP.", Relation.MENTIONS),
        ("Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 5/2020/NĐ-CP.",
         Relation.REPLACES),
        ("Thay thế 3 thủ tục tại Danh mục kèm theo Nghị định số 5/2020/NĐ-CP.", Relation.AMENDS),
        ("Bãi bỏ Nghị định số 5/2020/NĐ-CP ngày 01/02/2020.", Relation.REPEALS),
        ("Sửa đổi, bổ sung khoản 2 Điều 5 của Nghị định số 5/2020/NĐ-CP như sau:",
         Relation.AMENDS),
        ("Nghị định số 5/2020/NĐ-CP hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
         Relation.REPEALS),
    ],
)  # fmt: skip
def test_relation(plain: Plain, sentence: str, relation: Relation) -> None:
    paper = _paper(plain, f"Điều 1. {sentence}\nĐiều 2. Giao Sở Nội vụ thực hiện.")
    assert _relations(paper)["5/2020/NĐ-CP"] == relation


def test_a_basis_is_the_paper_that_it_names_first(plain: Plain) -> None:
    found = _relations(_paper(plain, "Điều 1. Giao Sở Nội vụ thực hiện."))
    assert found == {"30/2020/NĐ-CP": "basis", "110/2004/NĐ-CP": "mentions"}


def test_a_list_under_a_verb(plain: Plain) -> None:
    body = """Điều 1. Bãi bỏ các văn bản sau:
1. Quyết định số 7/QĐ-UBND ngày 01/02/2020;
2. Quyết định số 8/QĐ-UBND ngày 01/02/2020."""
    found = _relations(_paper(plain, body))
    assert (found["7/QĐ-UBND"], found["8/QĐ-UBND"]) == ("repeals", "repeals")


def test_a_list_in_one_sentence(plain: Plain) -> None:
    body = """Điều 1. Quyết định này bãi bỏ các Quyết định: Quyết định số 7/QĐ-UBND ngày
01/02/2020 về cây xanh; Quyết định số 8/QĐ-UBND ngày 01/02/2020 về việc khác.
Điều 2. Sở Nội vụ theo dõi Quyết định số 9/QĐ-UBND ngày 01/02/2020."""
    found = _relations(_paper(plain, body))
    assert (found["7/QĐ-UBND"], found["8/QĐ-UBND"]) == ("repeals", "repeals")
    assert found["9/QĐ-UBND"] == "mentions"


def test_a_mention_without_its_day_is_the_same_paper(plain: Plain) -> None:
    body = """Điều 1. Theo Quy định số 5-QĐ/TW ngày 01/02/2020 và Luật Lưu trữ năm 2011.
Điều 2. Thực hiện Quy định số 5-QĐ/TW và Luật Lưu trữ."""
    uris = [each.uri for each in _paper(plain, body).citations[-4:]]
    assert uris[:2] == uris[2:]
    assert None not in uris


def test_the_title_amends(plain: Plain) -> None:
    title = "Sửa đổi, bổ sung một số điều của Quyết định số 5/QĐ-UBND ngày 02/3/2021"
    (first, *_) = _paper(plain, "Điều 1. Giao Sở Nội vụ.", title).citations
    assert (first.unit, first.relation, first.number) == ("title", Relation.AMENDS, "5")


def test_short_names_and_addresses(plain: Plain) -> None:
    body = """Điều 1. Thực hiện điểm a khoản 2 Điều 5 Chỉ thị số 38-CT/TW ngày 30/7/2024.
Điều 2. Sở Nội vụ theo dõi việc thực hiện Chỉ thị số 38."""
    paper = _paper(plain, body)
    full, short = paper.citations[-2:]
    assert full.pinpoint == "điểm a khoản 2 Điều 5"
    assert (short.symbol, short.short_for) == ("CT/TW", len(paper.citations) - 2)
    assert full.uri == short.uri == "/akn/vn/doc/chi-thi/2024/38-ct-tw"
    assert paper.uri == "/akn/vn/doc/quyet-dinh/ubnd-tinh-hai-son/2024/12-qd-ubnd"


@pytest.mark.parametrize(
    ("text", "symbols"),
    [
        ("theo quy định của Nghị định số 61/⁄2018/NĐ-CP", ["2018/NĐ-CP"]),
        ("Thông tư số 48/201 1/TT-BYT ngày 21 tháng 12 năm 201 1", ["2011/TT-BYT"]),
        ("Thông tư số 04/2020TT-BTP", ["2020/TT-BTP"]),
        ("Chỉ thị số 52- CTI/TW", ["CT/TW"]),
        ("Quy định số 06-QĐi/TW", ["QĐi/TW"]),
        ("Nghị định số 96/2023/NĐ-CP - Thông tư", ["2023/NĐ-CP"]),
        ("giai đoạn 2021 - 2025 tại 12/34 TP", []),
    ],
)
def test_what_an_engine_tore_apart(text: str, symbols: list[str]) -> None:
    assert [span.citation.symbol for span in mentions(text)] == symbols


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        (PaperName("Chỉ thị", "52", "CT/TW"), None),
        (PaperName("Quyết định", "5", "QĐ-UBND"), None),
        (PaperName("Quyết định", None, "QĐ-UBND", "2021-02-03"), None),
        (PaperName("Nghị định", "030", "2020/NĐ-CP"), "/akn/vn/act/nghi-dinh/2020/30-2020-nd-cp"),
        (PaperName("Quyết định", "5", "QĐ-UBND", "2021-02-03"),
         "/akn/vn/doc/quyet-dinh/2021-02-03/5-qd-ubnd"),
        (PaperName("Quyết định", "5", "QĐ-UBND", "2021-02-03", issuer="Chủ tịch UBND tỉnh Hải Sơn"),
         "/akn/vn/doc/quyet-dinh/ubnd-tinh-hai-son/2021/5-qd-ubnd"),
        (PaperName("Quyết định", "5", "QĐ-UBND", "2021-02-03",
                   issuer="ỦY BAN NHÂN DÂN TỈNH HẢI SƠN"),
         "/akn/vn/doc/quyet-dinh/ubnd-tinh-hai-son/2021/5-qd-ubnd"),
        (PaperName("Luật", title="Lưu trữ", date="2011-11-11"), "/akn/vn/act/luat/2011/luu-tru"),
        (PaperName("Luật", title="Lưu trữ", year="2011"), "/akn/vn/act/luat/2011/luu-tru"),
    ],
)  # fmt: skip
def test_address_of_a_paper(name: PaperName, uri: str | None) -> None:
    found, reason = paper_uri(name)
    assert found == uri
    assert (reason is None) == (uri is not None)


@pytest.mark.parametrize(
    ("sentence", "effective", "expiry", "reason"),
    [
        ("Giao Sở Nội vụ thực hiện.", None, None, "does not say"),
        ("Nghị định có hiệu lực từ ngày 01/7/2020 được áp dụng.", None, None, "does not say"),
        ("Quyết định này có hiệu lực thi hành kể từ ngày ký.", "2024-03-07", None, None),
        ("Quyết định này có hiệu lực thi hành từ ngày 15 tháng 4 năm 2024.", "2024-04-15", None,
         None),
        ("Quyết định này có hiệu lực sau 10 ngày kể từ ngày ký.", "2024-03-17", None, None),
        ("Quyết định này có hiệu lực sau 45 ngày kể từ ngày đăng Công báo.", None, None,
         "does not name"),
        ("Quyết định này có hiệu lực từ ngày 15/4/2024 và hết hiệu lực từ ngày 31/12/2025.",
         "2024-04-15", "2025-12-31", None),
    ],
)  # fmt: skip
def test_days_of_force(
    plain: Plain, sentence: str, effective: str | None, expiry: str | None, reason: str | None
) -> None:
    paper = _paper(plain, f"Điều 1. Ban hành danh mục.\nĐiều 2. {sentence}")
    assert (paper.effective.value, paper.expiry.value) == (effective, expiry)
    if reason:
        assert reason in (paper.effective.reason or "")


_PIECES = st.sampled_from(
    "Điều 1. |Căn cứ |Chỉ thị số 38|Nghị định số 30/2020/NĐ-CP |ngày 05/3/2020 |của Chính phủ |"
    "bãi bỏ |Luật Lưu trữ |năm 2011|; |và |. |\n|1. |a) |- |này có hiệu lực |từ ngày 31/2/2020 |“|"
    "số 5, 7/QĐ-UBND |1. |Kính gửi: |Nơi nhận:\n|quy định tại khoản 2 |52- CTI/TW |99".split("|")
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_PIECES, max_size=30))
def test_offsets_point_where_they_say(plain: Plain, pieces: list[str]) -> None:
    paper = understand(plain("".join(pieces))).directive
    wordings = {each.address: each.unit.wording for each in addressed_units(paper)}
    wordings["title"] = paper.title.value or ""
    for citation in paper.citations:
        _check(citation, wordings)


def _check(citation: Citation, wordings: dict[str, str]) -> None:
    assert citation.unit is not None
    assert citation.start is not None
    said = wordings[citation.unit][citation.start : citation.end]
    assert said
    assert said.startswith(citation.raw[:6])
    assert (citation.uri is None) == (citation.uri_reason is not None)

"""The publication gate: what must pass, what must not, and what the public gets of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sohoa.directive import Leaf, Mark, MarkKind
from sohoa.errors import SettingsError, StorageError
from sohoa.search import Audience, Entry, Index, Query, open_collection, refresh, search
from sohoa.search.audience import projections, whole_document
from sohoa.search.feed import changes_since
from sohoa.search.gate import find_blocks
from sohoa.search.personal import find_personal
from sohoa.search.publication import FILE, Decision, Verb, add_decisions, read_decisions
from sohoa.search.reading import read_entries
from sohoa.search.redaction import HIDDEN

MakeEntry = Callable[..., Entry]


@pytest.mark.parametrize(
    "text",
    [
        "Điện thoại: 0243.8043.100 Fax: 0243.8043.200",
        "Địa chỉ: số 12 đường Lê Lợi, phường Bến Nghé, thành phố Hồ Chí Minh",
        "Đường dây nóng của Sở Y tế: 0912 345 678",
        "Mọi chi tiết xin liên hệ đồng chí Trần Mẫu, chuyên viên Phòng Tổng hợp, số 0912.345.678",
        "Chủ tịch Uỷ ban nhân dân tỉnh Nguyễn Văn Mẫu ký quyết định số 123456789/QĐ-UBND",
        "kinh phí 123.456.789 đồng; mã số 1.000562.000.00.00.H48",
        "tổng số tiền: 001 200 345 678 đồng, bằng 12 tỉ",
        "mã định danh văn bản 000.00.12.H48",
        "người dân mở tài khoản ngân hàng, cung cấp số căn cước công dân khi đăng ký thường trú",
        "đăng ký thường trú tại xã, phường, thị trấn nơi cư trú theo quy định của pháp luật",
        "chuyển về tài khoản số 3949.0.1053456 tại Kho bạc Nhà nước tỉnh",
        "Số tài khoản: 1234567890, chủ tài khoản: Uỷ ban Mặt trận Tổ quốc tỉnh",
        "Luật Căn cước số 26/2023/QH15 ngày 27/11/2023",
        "thời hạn 2019 2020 2021 2022, giai đoạn 2021-2025",
        "Nghị định 154/2024/NĐ-CP quy định chi tiết Luật Cư trú",
        "tháng 03/2025, số 0912/QĐ, 0123.456.789.012 là số lượt truy cập",
        "",
    ],
)
def test_what_is_no_private_data_passes(text: str) -> None:
    assert find_personal(text.split()) == ()


@pytest.mark.parametrize(
    ("text", "code", "hidden"),
    [
        ("sinh năm 1988, CCCD số 001088012345 cấp ngày", "personal-id-number", "001088012345"),
        ("số CMND: 123 456 789, nơi cấp", "personal-id-number", "123 456 789,"),
        ("Chứng minh nhân dân số 123456789", "personal-id-number", "123456789"),
        ("căn cước công dân: 079 088 012 345.", "personal-id-number", "079 088 012 345."),
        ("hộ chiếu B1234567", "personal-id-number", "B1234567"),
        ("Nguyễn Thị Mẫu 001188012345 Hà Nội", "personal-id-number", "001188012345"),
        ("ông Trần Văn Thử, số điện thoại 0912 345 678,", "personal-phone", "0912 345 678,"),
        ("sđt: 0987.654.321", "personal-phone", "0987.654.321"),
        ("di động +84 912345678", "personal-phone", "+84 912345678"),
        ("thường trú tại thôn Đông, xã Minh Tân, huyện Vụ Bản; nghề nghiệp: làm ruộng",
         "personal-address", "thôn Đông, xã Minh Tân, huyện Vụ Bản;"),
        ("Nơi ở hiện nay: số 5 ngõ 12 đường Láng, phường Láng Thượng, Hà Nội. Nghề nghiệp",
         "personal-address", "số 5 ngõ 12 đường Láng, phường Láng Thượng, Hà Nội."),
        ("Số tài khoản: 19031234567890 tại Ngân hàng, chủ tài khoản: Nguyễn Văn Thử",
         "personal-bank-account", "19031234567890"),
        ("STK 0011001234567 Vietcombank", "personal-bank-account", "0011001234567"),
        # Marks lost in reading change nothing.
        ("so can cuoc cong dan 001088012345", "personal-id-number", "001088012345"),
    ],
)  # fmt: skip
def test_private_data_is_found(text: str, code: str, hidden: str) -> None:
    words = text.split()
    (span,) = find_personal(words)
    assert span.code == code
    assert " ".join(words[span.first : span.last]) == hidden
    assert span.trigger
    assert not any(figure in span.trigger for figure in hidden.split() if figure.isdigit())


SECRET = Mark(MarkKind.SECRECY, Leaf("MẬT", 0.9), 1)
OWNED = Mark(MarkKind.OWNERSHIP, Leaf("Tài liệu này thuộc sở hữu của các cơ quan Đảng", 0.9), 1)


def codes(entry: Entry) -> list[str]:
    return [block.code for block in find_blocks(entry)]


def test_a_plain_paper_is_not_blocked_and_yet_not_published(entry: MakeEntry) -> None:
    plain = entry("a.pdf")
    assert codes(plain) == []
    assert set(projections(plain, None)) == {Audience.OFFICE, Audience.ALL}


def test_marks_and_notices_block(entry: MakeEntry) -> None:
    assert codes(entry("a.pdf", marks=(SECRET, OWNED))) == ["secrecy-mark", "ownership-notice"]
    # Where the structure did not see it, the print tells, a misread letter notwithstanding.
    (block,) = find_blocks(
        entry("b.pdf", lines=("Tài liệu này thuộc sơ hữu của các cơ quan Đàng.",))
    )
    assert (block.code, block.page) == ("ownership-notice", 1)
    assert block.bbox is not None


@pytest.mark.parametrize(
    "line",
    ["quyền sở hữu của các cơ quan, tổ chức", "các cơ quan Đảng ở trung ương và địa phương"],
)
def test_what_only_speaks_of_bodies_or_ownership_is_no_notice(entry: MakeEntry, line: str) -> None:
    assert codes(entry("a.pdf", lines=(line,))) == []


def decided(verb: Verb, *despite: str) -> Decision:
    return Decision("a.pdf", verb, "Người Duyệt", "2025-01-01T00:00:00+00:00", despite)


def test_a_secret_paper_is_never_published(entry: MakeEntry) -> None:
    secret = entry("a.pdf", marks=(SECRET,))
    assert set(projections(secret, decided(Verb.PUBLISH))) == {Audience.ALL}
    with pytest.raises(SettingsError):
        decided(Verb.PUBLISH, "secrecy-mark")


def test_a_decision_covers_what_it_names_and_nothing_new(entry: MakeEntry) -> None:
    owned = entry("a.pdf", marks=(OWNED,))
    assert Audience.PUBLIC not in projections(owned, decided(Verb.PUBLISH))
    assert Audience.PUBLIC in projections(owned, decided(Verb.PUBLISH, "ownership-notice"))
    worse = entry("a.pdf", marks=(OWNED,), lines=("CCCD số 001088012345",))
    assert Audience.PUBLIC not in projections(worse, decided(Verb.PUBLISH, "ownership-notice"))


PRIVATE = ("Ông Trần Văn Thử, CCCD số 001088012345, thường trú tại thôn Đông, xã Minh Tân;",
           "số di động 0912 345 678 được hỗ trợ")  # fmt: skip


def test_what_is_redacted_is_nowhere(entry: MakeEntry, index: Index) -> None:
    private = entry("a.pdf", lines=PRIVATE, title="về hỗ trợ ông Thử, CCCD số 001088012345")
    with index.writing() as writer:
        writer.put(private, decided(Verb.PUBLISH_REDACTED))
    with index.reading() as db:
        (public,) = read_entries(db, Audience.PUBLIC)
        (office,) = read_entries(db, Audience.OFFICE)
    told = str(whole_document(public))
    for gone in ("001088012345", "0912", "345 678", "Minh Tân", "publication", "a.pdf'"):
        assert gone not in told.replace(f"'id': '{public.key}'", "")
        assert gone in str(whole_document(office))
    assert HIDDEN in told
    assert "Trần Văn Thử" in told
    # The boxes stay, so that the place can be seen.
    assert public.pages[0].edges == office.pages[0].edges
    for asked in ("001088012345", "0912 345 678", "Minh Tân"):
        assert search(index, Query(asked), Audience.PUBLIC).total == 0
        assert search(index, Query(asked), Audience.OFFICE).total == 1
    assert search(index, Query("trần văn thử"), Audience.PUBLIC).total == 1


def test_a_finding_tells_what_triggered_it_but_not_the_data(entry: MakeEntry) -> None:
    told = str([block.to_json() for block in find_blocks(entry("a.pdf", lines=PRIVATE))])
    assert "cccd" in told
    assert "001088012345" not in told
    assert "Minh Tân" not in told


# Decisions


def test_decisions_are_kept_and_the_last_one_holds(results: Path, index: Index) -> None:
    assert read_decisions(results) == {}
    add_decisions(results, [decided(Verb.PUBLISH)])
    list(refresh(index, open_collection(results)))
    with index.reading() as db:
        assert [entry.folder for entry in read_entries(db, Audience.PUBLIC)] == ["a.pdf"]
    cursor = changes_since(index, "", Audience.PUBLIC).cursor
    add_decisions(results, [decided(Verb.WITHHOLD)])
    list(refresh(index, open_collection(results)))
    assert [each.kind for each in changes_since(index, cursor, Audience.PUBLIC).changes] == [
        "delete"
    ]
    assert len((results / FILE).read_text().splitlines()) == 2


def test_a_line_cut_short_by_a_crash_was_no_decision(results: Path) -> None:
    add_decisions(results, [decided(Verb.PUBLISH)])
    with (results / FILE).open("a") as file:
        file.write('{"format": "sohoa-publi')
    assert read_decisions(results)["a.pdf"].verb is Verb.PUBLISH


def test_a_damaged_line_is_told(results: Path) -> None:
    (results / FILE).parent.mkdir()
    (results / FILE).write_text("x\n{}\n")
    with pytest.raises(StorageError, match="line 1"):
        read_decisions(results)


def test_nobody_decides_nothing() -> None:
    with pytest.raises(SettingsError):
        Decision("a.pdf", Verb.PUBLISH, "  ", "2025")
    with pytest.raises(SettingsError):
        decided(Verb.PUBLISH, "no-such-code")


@pytest.mark.scans
def test_no_official_paper_of_the_development_set_holds_private_data(shared: Path) -> None:
    pages = sorted((shared / "scans" / "truth").glob("*.txt"))
    assert pages
    for page in pages:
        assert find_personal(page.read_text(encoding="utf-8").split()) == (), page.name

"""What a paper orders: precision first, and every row in doubt says why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.addresses import addressed_units
from sohoa.directive import Quote, Task
from sohoa.model import Page
from sohoa.structure import understand
from sohoa.structure.task_words import deadlines, targets

Plain = Callable[[str], tuple[Page, ...]]

_HEAD = """ỦY BAN NHÂN DÂN
TỈNH HẢI SƠN
Số: 12/{code}-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Hải Sơn, ngày 07 tháng 3 năm 2024
{kind}
Về việc chăm sóc cây xanh
{body}
Nơi nhận:
- Lưu: VT.
CHỦ TỊCH
Trần Văn Lâm"""


def _tasks(plain: Plain, body: str, kind: str = "CHỈ THỊ", code: str = "CT") -> tuple[Task, ...]:
    return understand(plain(_HEAD.format(kind=kind, code=code, body=body))).directive.tasks


def _bodies(task: Task) -> list[str]:
    return [quote.text for quote in task.bodies]


def test_what_orders_nothing(plain: Plain) -> None:
    told = "1. Sở Nội vụ đã tổ chức trồng 500 cây.\n2. Tiếp tục chăm sóc cây trong năm 2025."
    assert _tasks(plain, told, "BÁO CÁO", "BC") == ()
    assert _tasks(plain, "1. Cây xanh là tài sản chung.\n2. Cây xanh cần nước.") == ()
    assert _tasks(plain, "Thực hiện Kế hoạch số 7/KH-UBND ngày 01/02/2024.\n1. Cây cần nước.") == ()


def test_body_action_deadline_and_target_in_one_sentence(plain: Plain) -> None:
    (task,) = _tasks(
        plain,
        "1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính trồng cây, đến hết năm 2026 trên 95% số"
        " đường có cây; báo cáo trước ngày 15/12/2025.",
    )
    assert _bodies(task) == ["Sở Xây dựng"]
    assert task.action.text.startswith("chủ trì, phối hợp với Sở Tài chính")
    assert [quote.text for quote in task.deadlines] == ["đến hết năm 2026", "trước ngày 15/12/2025"]
    assert task.due == "2026-12-31"
    assert [quote.text for quote in task.targets] == ["trên 95% số đường có cây"]
    assert (task.unit, task.doubt) == ("para_1", None)


def test_a_heading_names_the_body_of_the_list_below(plain: Plain) -> None:
    first, second = _tasks(
        plain, "1. Cục Thuế tỉnh:\n- Rà soát hồ sơ.\n- Tổ chức tập huấn.\n2. Cây cần nước."
    )
    assert _bodies(first) == _bodies(second) == ["Cục Thuế tỉnh"]
    assert (first.bodies_unit, first.unit, first.doubt) == ("para_1", "para_1__indent_1", None)


def test_several_bodies(plain: Plain) -> None:
    (task,) = _tasks(
        plain,
        "Điều 1. Chánh Văn phòng UBND tỉnh, Giám đốc các Sở: Nội vụ, Tài chính và các tổ chức, cá"
        " nhân có liên quan chịu trách nhiệm thi hành Quyết định này.",
        "QUYẾT ĐỊNH", "QĐ",
    )  # fmt: skip
    assert _bodies(task) == [
        "Chánh Văn phòng UBND tỉnh", "Giám đốc các Sở: Nội vụ, Tài chính",
        "các tổ chức, cá nhân có liên quan",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "doubt"),
    [
        ("1. Tăng cường chăm sóc cây xanh.\n2. Cây cần nước.", "no body"),
        ("1. Miền Nam Xanh chủ trì trồng cây.\n2. Cây cần nước.", "may be more"),
        ("Yêu cầu các sở, ban, ngành thực hiện tốt các việc sau:\n1. Đẩy mạnh trồng cây.",
         "once, for the whole"),
    ],
)  # fmt: skip
def test_a_row_in_doubt_says_why(plain: Plain, body: str, doubt: str) -> None:
    tasks = _tasks(plain, body)
    assert tasks
    assert all(task.doubt and doubt in task.doubt and task.confidence < 0.7 for task in tasks)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("theo Nghị định ban hành ngày 05/3/2020", []),
        ("đến nay đã trồng 20 cây", []),
        ("hoàn thành trước ngày 30 tháng 6 năm 2025", ["2025-06-30"]),
        ("trước ngày 31/02/2025", [None]),
        ("chậm nhất là ngày 15/12 hằng năm", [None, None]),
        ("trong quý III/2025", ["2025-09-30"]),
        ("đến tháng 02/2024", ["2024-02-29"]),
        ("đến năm 2030", ["2030-12-31"]),
        ("định kỳ 6 tháng báo cáo", [None]),
    ],
)
def test_deadlines(text: str, due: list[str | None]) -> None:
    assert [day for _, _, day in deadlines(text)] == due


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("trong 3 năm qua", []),
        ("đạt tỷ lệ trên 95% dân số, tăng 5%", ["đạt tỷ lệ trên 95% dân số", "tăng 5%"]),
        ("giám sát ít nhất 09 đơn vị; chấn chỉnh", ["ít nhất 09 đơn vị"]),
    ],
)
def test_targets(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in targets(text)] == found


_PIECES = st.sampled_from(
    "1. |Sở Nội vụ |chủ trì |:|; |. |\n|- |và |, |các sở, ban, ngành |tổ chức |"
    "trước ngày 1/1/2025 |trên 9% dân số |Giao |Yêu cầu |(|)|thực hiện các việc sau:\n|"
    "Điều 2. |tổ chức thực hiện".split("|")
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(_PIECES, max_size=30))
def test_quotes_are_what_stands_there(plain: Plain, pieces: list[str]) -> None:
    text = _HEAD.format(kind="CHỈ THỊ", code="CT", body="".join(pieces))
    paper = understand(plain(text)).directive
    wordings = {each.address: each.unit.wording for each in addressed_units(paper)}
    for task in paper.tasks:
        quotes: list[tuple[str | None, Quote]] = [(task.unit, task.action)]
        quotes += [(task.unit, quote) for quote in (*task.deadlines, *task.targets)]
        quotes += [(task.bodies_unit, quote) for quote in task.bodies]
        for unit, quote in quotes:
            assert unit is not None
            assert wordings[unit][quote.start : quote.end] == quote.text
        assert (task.doubt is None) or task.confidence < 1

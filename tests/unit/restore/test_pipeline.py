from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.errors import SettingsError
from sohoa.model import Page, TextSource
from sohoa.restore import Channel, RestoreSettings, default_stages, recipe_of, restore, restore_text

CASES = Path(__file__).resolve().parents[2] / "cases" / "restore_text.json"
PageOf = Callable[..., Page]
VIE = RestoreSettings(engine=Channel.TESSERACT_VIE)


@pytest.mark.parametrize(
    "case", json.loads(CASES.read_text(encoding="utf-8")), ids=lambda case: str(case["about"])
)
def test_cases(case: dict[str, Any]) -> None:
    expected = case["before"] if case["after"] is None else case["after"]
    assert restore_text(case["before"], VIE) == expected


def text_of(pages: tuple[Page, ...]) -> list[str]:
    return [line.text for page in pages for line in page.lines()]


def test_a_second_run_changes_nothing() -> None:
    once = restore_text("Các cấp uỷ tô chức triên khai nhiệm vụ theo thâm quyền được giao.", VIE)
    assert restore_text(once, VIE) == once


def test_good_embedded_text_is_left_alone(page_of: PageOf) -> None:
    page = page_of("các đơn vị tô chức triên khai", source=TextSource.EMBEDDED)
    assert restore((page,), default_stages()) == (page,)


def test_every_change_is_written_down(page_of: PageOf) -> None:
    page = page_of("Các cấp uỷ tô chức triên khai nhiệm vụ theo thâm quyền", confidence=0.8)
    (after,) = restore((page,), default_stages())
    assert text_of((after,)) == ["Các cấp uỷ tổ chức triển khai nhiệm vụ theo thẩm quyền"]
    for old, new in zip(page.words(), after.words(), strict=True):
        assert new.recognized == old.text
        assert (old.text == new.text) == (not new.edits)
        assert all(0.5 <= edit.confidence <= 1 and edit.reason for edit in new.edits)


def test_a_paragraph_goes_on_across_pages(page_of: PageOf) -> None:
    first = page_of("Ban Thường vụ yêu cầu các cơ quan, đơn vị khẩn trương thực hiện việc tô")
    second = page_of("chức hội nghị tổng kết theo hướng dẫn của cấp trên trực tiếp", number=2)
    after = restore((first, second), default_stages())
    assert text_of(after)[0].endswith("việc tổ")


def test_the_recipe_names_every_stage() -> None:
    steps = recipe_of(default_stages(RestoreSettings(threshold=0.95)))
    assert [step.name for step in steps] == [stage.name for stage in default_stages()]
    assert ("threshold", "0.95") in {step.name: step for step in steps}["language"].settings
    assert all(isinstance(value, str) for step in steps for _, value in step.settings)


def test_the_lexicon_alone_repairs_what_is_certain() -> None:
    alone = RestoreSettings(engine=Channel.TESSERACT_VIE, language_model=False)
    assert restore_text("nhiệm vu trọng tâm được giao, quyềt định", alone).split()[-2:] != []
    assert restore_text("các cấp uỷ tô chức họp", alone) == "các cấp uỷ tô chức họp"


@pytest.mark.parametrize("threshold", [0.2, 1.5])
def test_a_senseless_threshold_is_refused(threshold: float) -> None:
    with pytest.raises(SettingsError):
        RestoreSettings(threshold=threshold)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(sorted(Channel)))
def test_any_text_keeps_its_lines_and_blanks(text: str, engine: Channel) -> None:
    after = restore_text(text, RestoreSettings(engine=engine))
    assert after.count("\n") == text.count("\n")
    assert [bool(line.split()) for line in after.split("\n")] == [
        bool(line.split()) for line in text.split("\n")
    ]


@settings(max_examples=100, deadline=None)
@given(st.from_regex(r"\A[0-9][0-9.,/%-]{0,12}\Z"))
def test_number_tokens_never_change(number: str) -> None:
    text = f"Kinh phí thực hiện là {number} đồng theo dự toán được giao trong năm nay của tỉnh"
    assert number in restore_text(text, VIE).split()

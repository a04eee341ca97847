"""The whole way: folders in, a report out, and the three ways to show it."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from sohoa.directive import Directive, Leaf
from sohoa.errors import SourceBroken, SourceMissing
from sohoa.evaluate import Report, evaluate, render_tables, to_html, to_json
from sohoa.geometry import BBox
from sohoa.model import Block, Edit, Line, Page, TextSource, Word
from sohoa.record import Record, SourceInfo

if TYPE_CHECKING:
    from tests.unit.evaluate.conftest import Folders

HOSTILE = "<script>alert(1)</script>"
BOX = BBox(0, 0, 10, 10)


@pytest.fixture
def record() -> Record:
    edit = Edit("test", "12", "13", 0.9, "made up")
    words = (Word("w1", BOX, "Số", 0.9), Word("w2", BOX, "13", 0.9, edits=(edit,)))
    page = Page(1, 9, 9, 99.0, (Block(BOX, (Line(BOX, words),)),), TextSource.OCR)
    source = SourceInfo("a.pdf", "0" * 64, "application/pdf", 1, 1)
    directive = Directive(number=Leaf("13", 0.9), title=Leaf(HOSTILE, 0.9))
    return Record("r", source, (), (page,), directive)


@pytest.fixture
def report(folders: Folders, record: Record) -> Report:
    fields = {
        "number": "12",
        "title": HOSTILE,
        "recipients": [HOSTILE],
        "outline": [],
        "citations": [],
    }
    folders.add_truth("a", {1: "Số 12", 2: "hai"}, fields)
    folders.add_truth("b", {1: "một hai ba"}, {"number": "5"})
    folders.add_truth("c", {}, {"number": None})
    folders.add_result("deep/er/a.pdf", f"Số 13\n\fhai {HOSTILE}\n", record)
    folders.add_result("c.jpg", "chữ\n", None)
    folders.add_result("z.pdf", "x\n", None)
    return evaluate(folders.truth, folders.out)


def test_a_truth_without_a_result_counts_as_nothing_read(report: Report) -> None:
    assert report.missing == ("b",)
    assert "b: no result" in report.problems
    missing = report.documents[1]
    assert (missing.pages[0].folded.recall, missing.pages[0].folded.wer) == (0.0, 1.0)
    assert missing.fields[0].outcome.value == "missed"
    assert report.text(folded=True).words == 6
    assert report.text(folded=True).hits == 2


def test_a_result_that_is_not_whole_is_told(report: Report) -> None:
    assert [problem for problem in report.problems if problem.startswith("c: record.json")]
    assert report.without_truth == ("z.pdf",)


def test_numbers_harmed_by_restoration_are_found(report: Report) -> None:
    counts = report.restoration()
    assert (counts.numbers_harmed, counts.harmed_words) == (1, ("12 -> 13",))
    (row, *_) = report.field_rows()
    assert (row.name, row.on_paper, row.sure_and_wrong) == ("number", 2, 1)


def test_several_results_of_one_document_are_all_measured(folders: Folders) -> None:
    folders.add_truth("a", {1: "một"}, None)
    folders.add_result("x/a.pdf", "một\n", None)
    folders.add_result("y/a.jpg", "mot\n", None)
    report = evaluate(folders.truth, folders.out)
    assert [each.output for each in report.documents] == ["x/a.pdf", "y/a.jpg"]


def test_a_page_that_is_missing_is_told(folders: Folders) -> None:
    folders.add_truth("a", {3: "ba"}, None)
    folders.add_result("a.pdf", "một\n\fhai\n", None)
    report = evaluate(folders.truth, folders.out)
    assert report.documents[0].pages[0].problem
    assert report.text(folded=True).recall == 0.0


def test_what_cannot_be_measured_is_refused(folders: Folders) -> None:
    with pytest.raises(SourceMissing, match="No truth"):
        evaluate(folders.truth, folders.out)
    with pytest.raises(SourceMissing):
        evaluate(folders.truth / "nowhere", folders.out)
    folders.add_truth("a", {1: "x"}, None)
    with pytest.raises(SourceMissing):
        evaluate(folders.truth, folders.out / "nowhere")
    (folders.truth / "a.json").write_text("[1]")
    with pytest.raises(SourceBroken):
        evaluate(folders.truth, folders.out)
    (folders.truth / "a.json").write_text("{")
    with pytest.raises(SourceBroken):
        evaluate(folders.truth, folders.out)


def test_json_says_it_all(report: Report) -> None:
    value = json.loads(to_json(report))
    assert value["missing"] == ["b"]
    assert value["text"]["folded"]["recall"] == round(2 / 6, 4)
    assert value["restoration"]["numbers_harmed"] == 1
    assert {row["name"] for row in value["lists"]} == {"recipients", "outline", "citations"}
    assert to_json(report) == to_json(report)


def test_html_escapes_what_was_read(report: Report) -> None:
    page = to_html(report).decode()
    assert HOSTILE not in page
    assert page.count("&lt;script&gt;") >= 3
    assert "http" not in page
    assert "<del>12</del><ins>13</ins>" in page


def test_tables_name_every_page_and_problem(report: Report) -> None:
    console = Console(file=io.StringIO(), width=160)
    for table in render_tables(report):
        console.print(table)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    for part in ("a p1", "a p2", "b p1", "all pages", "number", "b: no result", "numbers harmed"):
        assert part in text


def test_boxes_beside_the_truth_are_no_document(folders: Folders) -> None:
    folders.add_truth("a", {1: "x"}, {"number": None})
    (folders.truth / "a.boxes.json").write_text("{}")
    assert [each.name for each in evaluate(folders.truth, folders.out).documents] == ["a"]

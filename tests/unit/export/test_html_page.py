"""The page to read: whole, without script, hostile text as text, anchors that are there."""

from __future__ import annotations

from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.directive import Citation, Directive, Leaf, Quote, Task, Unit, UnitKind
from sohoa.export import fields_table, html_page, tasks_table
from sohoa.record import Record, SourceInfo

_VOID = {"meta", "br"}


class _Reader(HTMLParser):
    """Tags, anchors and text; complains where elements do not close in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.attributes: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [name for name, _ in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] != ["style"]:
            self.text += data


def _read(record: Record) -> _Reader:
    reader = _Reader()
    reader.feed(html_page.export(record).decode())
    reader.close()
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert {link.removeprefix("#") for link in reader.links} <= set(reader.ids)
    return reader


def _record(directive: Directive, name: str = "a.pdf") -> Record:
    return Record("x", SourceInfo(name, "0" * 64, "text/plain", 1, 1), (), (), directive)


@pytest.mark.parametrize("name", ["party_copy", "state_decision", "nothing_read"])
def test_whole_and_without_script(name: str, made_up_records: dict[str, Record]) -> None:
    reader = _read(made_up_records[name])
    assert not {"script", "img", "link", "iframe", "form"} & set(reader.tags)


def test_anchors_for_units_and_pages(state_decision: Record) -> None:
    ids = _read(state_decision).ids
    assert {"art_1__para_1__point_a", "page-2", "att_1"} <= set(ids)


@given(st.text(max_size=40), st.text(max_size=12))
def test_what_was_read_never_becomes_markup(text: str, label: str) -> None:
    hostile = f"<img src=x onerror=alert(1)>'\"&{text}"
    unit = Unit(
        UnitKind.PARAGRAPH, f"{label}<b>", hostile, hostile, (Unit(UnitKind.TEXT, text="x"),)
    )
    quote = Quote(hostile, 0, 1)
    task = Task("para_b", quote, (quote,), targets=(quote,), doubt="why")
    directive = Directive(
        type=Leaf(hostile, 0.1, candidates=(hostile,)), title=Leaf(hostile, 0.9),
        issuer=Leaf(hostile, 0.9), signer=Leaf(hostile, 0.2), recipients=(Leaf(hostile, 0.9),),
        body=(unit,), tasks=(task,) if not label.strip() else (),
        citations=(Citation("x", unit="para_b", start=1, end=9, uri=hostile),),
    )  # fmt: skip
    reader = _read(_record(directive, hostile))
    assert "img" not in reader.tags
    assert "b" not in reader.tags
    assert "onerror" not in reader.attributes
    assert "<img src=x onerror=alert(1)>" in reader.text


def test_doubt_is_shown(party_copy: Record) -> None:
    directive = replace(party_copy.directive, number=Leaf("91", 0.3, candidates=("97",)))
    page = html_page.export(replace(party_copy, directive=directive)).decode()
    assert "class='unsure'" in page
    assert "97" in page


def test_fields_are_one_row_for_each_document(
    party_copy: Record, state_decision: Record, nothing_read: Record
) -> None:
    table = fields_table.to_csv((party_copy, state_decision, nothing_read)).decode("utf-8-sig")
    header, *rows = table.splitlines()
    assert len(rows) == 3
    assert header.startswith("source,sha256,id,uri,family,type,number,number_confidence")
    assert "Sở Nông nghiệp; Sở Tài chính" in rows[1]
    lines = fields_table.to_jsonl((party_copy, nothing_read)).decode().splitlines()
    assert len(lines) == 2
    assert '"number": "91"' in lines[0]
    assert '"number": null' in lines[1]


def test_no_cell_is_a_formula(nothing_read: Record) -> None:
    directive = Directive(title=Leaf("=cmd|' /C calc'!A0", 0.9), signer=Leaf("@x\r\n=1+1", 0.9))
    table = fields_table.to_csv((replace(nothing_read, directive=directive),)).decode("utf-8-sig")
    assert "'=cmd" in table
    assert "'@x =1+1" in table


def test_tasks_are_rows(nothing_read: Record) -> None:
    body, action = Quote("Sở Nội vụ", 0, 9), Quote("-chủ trì", 10, 18)
    task = Task("para_1", action, (body,), "para_1", due="2025-01-01", confidence=0.5, doubt="why")
    record = replace(nothing_read, directive=Directive(tasks=(task,)))
    header, row = tasks_table.export(record).decode("utf-8-sig").splitlines()
    assert header.split(",")[1:4] == ["unit", "bodies", "action"]
    assert row == "mau.pdf,para_1,Sở Nội vụ,'-chủ trì,,2025-01-01,,0.50,why"

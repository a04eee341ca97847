from __future__ import annotations

import io
import itertools
from dataclasses import replace

import pdfplumber
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sohoa.imitate import DocumentKind, Writing, draft, page_text, to_pdf, typeset
from sohoa.imitate.fonts import Face
from sohoa.imitate.sheet import Align, Setting, break_lines, place_line, tokens
from sohoa.model import LineKind

kinds = st.sampled_from(list(DocumentKind))


@settings(max_examples=40, deadline=None)
@given(kinds, st.integers(0, 10**5))
def test_every_word_lies_on_its_page(kind: DocumentKind, seed: int) -> None:
    paper = typeset(draft(kind, seed))
    for page in paper.pages:
        width, height = page.size_pt
        for word in (word for line in page.lines for word in line.words):
            left, top, right, bottom = word.box
            assert 0 <= left < right <= width
            assert 0 <= top < bottom <= height


@settings(max_examples=20, deadline=None)
@given(kinds, st.integers(0, 10**5))
def test_words_of_a_line_do_not_touch(kind: DocumentKind, seed: int) -> None:
    for page in typeset(draft(kind, seed)).pages:
        for line in page.lines:
            for before, after in itertools.pairwise(line.words):
                if before.cell == after.cell and before.baseline == after.baseline:
                    assert before.box[2] < after.box[0]


@settings(max_examples=20, deadline=None)
@given(kinds, st.integers(0, 10**5))
def test_the_whole_body_is_printed(kind: DocumentKind, seed: int) -> None:
    made = draft(kind, seed)
    printed = "".join(
        line.text for page in typeset(made).pages for line in page.lines if line.role == "body"
    )
    wanted = "".join(
        f"{unit.label}{unit.heading}{unit.text}" for top in made.body for unit in top.walk()
    )
    assert printed.replace(" ", "") == wanted.replace(" ", "")


@pytest.mark.parametrize("kind", [DocumentKind.PARTY_COPY, DocumentKind.STATE_DECISION])
def test_the_pdf_says_what_the_truth_says(kind: DocumentKind) -> None:
    made = draft(kind, 5)
    style = replace(made.style, number=Writing.TYPED, day=Writing.TYPED)
    paper = typeset(replace(made, style=style, urgency=""))
    with pdfplumber.open(io.BytesIO(to_pdf(paper))) as document:
        for page, read in zip(paper.pages, document.pages, strict=True):
            printed = page_text(page, inked=False).replace("[[folio:", "").replace("]]", "")
            truth = sorted(printed.split())
            assert sorted(word["text"] for word in read.extract_words()) == truth


def test_the_left_block_comes_before_the_right() -> None:
    paper = typeset(draft(DocumentKind.STATE_LETTER, 3))
    roles = [line.role for line in paper.pages[0].lines]
    assert (
        roles.index("issuer") < roles.index("number") < roles.index("motto") < roles.index("date")
    )
    closing = [line.role for page in paper.pages for line in page.lines]
    assert closing.index("recipient") < closing.index("position") < closing.index("signer")


def test_table_rows_are_one_line_with_tabs() -> None:
    paper = typeset(draft(DocumentKind.STATE_DECISION, 2))
    rows = [line.text for page in paper.pages for line in page.lines if line.role == "table-row"]
    assert all(row.count("\t") == 4 for row in rows)
    assert rows[0].startswith("TT\tĐơn vị\t")


def test_pen_words_are_marked_only_on_inked_pages() -> None:
    made = draft(DocumentKind.STATE_LETTER, 3)
    made = replace(made, style=replace(made.style, number=Writing.PEN))
    page = typeset(made).pages[0]
    assert f"[[hw:{made.number}]] /{made.symbol}" in page_text(page, inked=True)
    assert "[[hw:" not in page_text(page, inked=False)


def test_folio_and_ownership_are_furniture() -> None:
    paper = typeset(draft(DocumentKind.PARTY_COPY, 1))
    kinds_met = [{line.kind for line in page.lines} for page in paper.pages]
    assert LineKind.FOLIO not in kinds_met[0]
    assert all(LineKind.FOLIO in kinds for kinds in kinds_met[1:])
    assert all(LineKind.OWNERSHIP in kinds for kinds in kinds_met)
    assert "[[folio:2]]" in page_text(paper.pages[1], inked=False)


def test_the_same_paper_is_the_same_file() -> None:
    paper = typeset(draft(DocumentKind.PARTY_NOTICE, 8))
    assert to_pdf(paper) == to_pdf(paper)


def test_a_short_line_is_not_stretched_and_a_long_word_sticks_out() -> None:
    setting = Setting(10, 120, 12, "body", Align.JUSTIFY)
    lines = break_lines(tokens("một hai ba bốn năm sáu bảy tám chín mười"), setting)
    placed = place_line(lines[0], setting, 0, last=False)
    assert placed[-1].box[2] == pytest.approx(130)
    assert place_line(lines[-1], setting, 0)[-1].box[2] < 130
    assert [len(line) for line in break_lines(tokens("x" * 60, Face.BOLD), setting)] == [1]


def test_a_symbol_breaks_after_its_hyphen() -> None:
    setting = Setting(0, 70, 12, "body", Align.LEFT)
    lines = break_lines(tokens("số 15/2025/NĐ-CP"), setting)
    assert [[word.text for word in line] for line in lines] == [
        ["số"],
        ["15/2025/NĐ-"],
        ["CP"],
    ] or [[word.text for word in line] for line in lines] == [["số", "15/2025/NĐ-"], ["CP"]]

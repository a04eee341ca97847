"""Checked with a real CommonMark parser: text in, the same text out, never markup."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sohoa.export.markdown_text import inline, paragraph, strong, table
from sohoa.export.plain_text import printable

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
HOSTILE = [
    "<script>alert(1)</script>",
    "[x](javascript:alert(1)) ![y](z) <http://a> [^1] `a` ~~b~~ $c$",
    "# không phải tiêu đề ##",
    "1. không phải danh sách",
    "1) cũng không",
    "- gạch",
    "+ cộng",
    "* sao *",
    "---",
    "===",
    "> trích",
    "    thụt vào",
    "&lt;b&gt; &amp; R&D",
    "a | b | c",
    "\\",
    "**",
    "~~~",
]


def text_of(markdown: str, kind: str = "paragraph_open") -> str:
    tokens = PARSER.parse(markdown)
    assert [token.type for token in tokens[:1]] == [kind]
    assert len(tokens) == 3
    children = tokens[1].children or []
    assert all(child.type == "text" for child in children)
    return "".join(child.content for child in children)


@pytest.mark.parametrize("text", ["Điều 1. Trồng cây", "a) điểm", "12/2024/QĐ-UBND", "R&D: 5%!"])
def test_plain_words_are_left_alone(text: str) -> None:
    assert paragraph(text) == text


@given(st.text())
@example("1.")
@example("\u00a0#")
def test_any_text_stays_itself(text: str) -> None:
    flat = " ".join(printable(text).split())
    if not flat:
        assert not paragraph(text)
        return
    assert text_of(paragraph(text)) == flat
    assert text_of("# " + inline(text), "heading_open") == flat


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_stays_itself(text: str) -> None:
    flat = " ".join(text.split())
    assert text_of(paragraph(text)) == flat
    tokens = PARSER.parse(strong(text))
    children = tokens[1].children or []
    assert [child.type for child in children if child.type != "text"] == [
        "strong_open",
        "strong_close",
    ]
    assert "".join(child.content for child in children) == flat


@given(st.lists(st.tuples(st.text(), st.text()), min_size=1, max_size=4))
def test_a_table_keeps_its_cells(rows: list[tuple[str, str]]) -> None:
    cells = [tuple(" ".join(printable(cell).split()) for cell in row) for row in rows]
    tokens = PARSER.parse(table(tuple(tuple(inline(cell) for cell in row) for row in rows)))
    found = [
        "".join(child.content for child in token.children or [])
        for token in tokens
        if token.type == "inline"
    ]
    assert found == [cell for row in cells for cell in row]

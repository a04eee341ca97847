from __future__ import annotations

from sohoa.export.explanation import explain_as_html
from sohoa.geometry import BBox
from sohoa.model import Alternative, Block, Line, Page, TextSource, Word

BOX = BBox(0, 0, 10, 10)


def explained(*words: Word) -> str:
    line = Line(BOX, words)
    page = Page(1, 100, 100, 96.0, (Block(BOX, (line,)),), TextSource.PLAIN)
    return explain_as_html("<b>name</b>", page).decode()


def test_text_is_never_markup() -> None:
    evil = '<script>"&'
    changed = Word("w1", BOX, evil, 1.0).edited("language", evil + "'", confidence=0.9, reason=evil)
    doubted = Word("w2", BOX, evil, 1.0, (Alternative('"><img>', 0.4),))
    html = explained(changed, doubted)
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>name" not in html
    assert html.count("&lt;script&gt;") >= 4


def test_lines_that_did_not_change_are_left_out() -> None:
    assert "<table>" not in explained(Word("w1", BOX, "giữ", 1.0), Word("w2", BOX, "nguyên", 1.0))


def test_changes_and_doubts_are_told() -> None:
    changed = Word("w1", BOX, "tô", 1.0).edited("language", "tổ", confidence=0.97, reason="marks")
    doubted = Word("w2", BOX, "chỉ", 1.0, (Alternative("chi", 0.4),))
    html = explained(changed, doubted)
    assert "<del>tô</del>" in html
    assert '<ins title="marks (0.97)">tổ</ins>' in html
    assert '<mark title="chi (0.40)">chỉ</mark>' in html
    assert "2 words, 1 changed, 1 in doubt" in html

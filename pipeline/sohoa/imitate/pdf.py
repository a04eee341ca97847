"""A set paper as PDF: born-digital, with true text; and PDFs made of page images."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from sohoa.imitate.draft import Writing
from sohoa.imitate.fonts import registered
from sohoa.imitate.typeset import Typeset

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

    from sohoa.imitate.sheet import Rule, SetPage, SetWord

_RED = (0.78, 0.1, 0.15)


def to_pdf(paper: Typeset) -> bytes:
    """PDF bytes: text and rules, without ink; pen-written words are left blank.

    The bytes hold no clock: the same paper gives the same file.
    """
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=paper.pages[0].size_pt, invariant=True)
    canvas.setTitle(" ".join((paper.draft.type_name, *paper.draft.title)))
    canvas.setProducer("sohoa imitate")
    for page in paper.pages:
        canvas.setPageSize(page.size_pt)
        _draw_page(canvas, page)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw_page(canvas: Canvas, page: SetPage) -> None:
    height = page.size_pt[1]
    for rule in page.rules:
        _draw_rule(canvas, rule, height)
    for line in page.lines:
        canvas.setFillColorRGB(*(_RED if line.red else (0.0, 0.0, 0.0)))
        for word in line.words:
            if word.writing is Writing.TYPED:
                _draw_word(canvas, word, height)


def _draw_rule(canvas: Canvas, rule: Rule, height: float) -> None:
    canvas.setLineWidth(rule.width_pt)
    canvas.setStrokeColorRGB(*(_RED if rule.red else (0.0, 0.0, 0.0)))
    canvas.line(rule.start[0], height - rule.start[1], rule.end[0], height - rule.end[1])


def _draw_word(canvas: Canvas, word: SetWord, height: float) -> None:
    canvas.setFont(registered(word.face), word.size_pt)
    canvas.drawString(word.box[0], height - word.baseline, word.text + " ")

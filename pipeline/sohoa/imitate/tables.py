"""An annex (phụ lục) with a ruled table."""

from __future__ import annotations

from dataclasses import replace

from sohoa.imitate.closing import SEAL_MM
from sohoa.imitate.draft import Annex, Draft
from sohoa.imitate.fonts import Face
from sohoa.imitate.sheet import (
    MM,
    Align,
    InkKind,
    InkSpot,
    Rule,
    SetLine,
    Setting,
    SetWord,
    Sheets,
    break_lines,
    place_line,
    tokens,
)

_SIZE = 12.0
_PAD = 4.0


def set_annex(sheets: Sheets, annex: Annex, draft: Draft) -> None:
    """The annex on a page of its own: label, title, reference, table with its header row."""
    sheets.new_page()
    centred = Setting(sheets.left, sheets.width, 14.0, "annex-label", Align.CENTER)
    if draft.seed % 3 != 1:
        # The seal of an annex lies over part of its heading (Nghị định 30/2020, Điều 33).
        left, top, side = sheets.left + 20 + draft.seed % 60, sheets.y - 26, SEAL_MM * MM
        box = (left, top, left + side, top + side)
        sheets.add_ink(InkSpot(InkKind.SEAL, box, *draft.seal_text))
    sheets.paragraph(tokens(annex.label, Face.BOLD), centred)
    for line in annex.title:
        sheets.paragraph(tokens(line, Face.BOLD), replace(centred, role="annex-title"))
    reference = replace(centred, size_pt=13.0, role="annex-reference", after=10.0)
    sheets.paragraph(tokens(annex.reference, Face.ITALIC), reference)
    _set_row(sheets, annex, annex.header, head=True)
    for row in annex.rows:
        _set_row(sheets, annex, row, head=False)


def _set_row(sheets: Sheets, annex: Annex, row: tuple[str, ...], *, head: bool) -> None:
    face = Face.BOLD if head else Face.REGULAR
    left = sheets.left
    cells = []
    for index, (text, share) in enumerate(zip(row, annex.widths, strict=True)):
        width = share * sheets.width
        align = Align.LEFT if index == 1 and not head else Align.CENTER
        setting = Setting(left + _PAD, width - 2 * _PAD, _SIZE, "table-row", align)
        cells.append((setting, break_lines(tokens(text, face), setting)))
        left += width
    height = max(len(lines) for _, lines in cells) * _SIZE * 1.15 + 2 * _PAD
    sheets.need(height)
    words: list[SetWord] = []
    for index, (setting, lines) in enumerate(cells):
        top = sheets.y + (height - len(lines) * setting.line_height) / 2
        for line in lines:
            placed = place_line(line, setting, top)
            words.extend(replace(word, cell=index) for word in placed)
            top += setting.line_height
    sheets.add_line(SetLine(tuple(words), "table-row"))
    _rule_row(sheets, annex, height)
    sheets.y += height


def _rule_row(sheets: Sheets, annex: Annex, height: float) -> None:
    top, bottom = sheets.y, sheets.y + height
    right = sheets.left + sum(annex.widths) * sheets.width
    sheets.add_rule(Rule((sheets.left, top), (right, top), 0.6))
    sheets.add_rule(Rule((sheets.left, bottom), (right, bottom), 0.6))
    x = sheets.left
    for share in (0.0, *annex.widths):
        x += share * sheets.width
        sheets.add_rule(Rule((x, top), (x, bottom), 0.6))

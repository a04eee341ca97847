"""The letterhead in two columns: issuer and number left, motto and date right."""

from __future__ import annotations

from itertools import pairwise

from sohoa.directive import Family
from sohoa.imitate.draft import Draft, Writing
from sohoa.imitate.fonts import Face, measure_width
from sohoa.imitate.names import month_of
from sohoa.imitate.sheet import (
    Align,
    Rule,
    SetLine,
    Setting,
    Sheets,
    Token,
    place_line,
    tokens,
)

PARTY_TITLE = "ĐẢNG CỘNG SẢN VIỆT NAM"
STATE_TITLE = "CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"
STATE_MOTTO = "Độc lập - Tự do - Hạnh phúc"


def set_letterhead(sheets: Sheets, draft: Draft) -> None:
    """Set both columns; afterwards ``sheets.y`` stands below them."""
    style = draft.style
    share = style.head_share * sheets.width
    left = Setting(sheets.left, share, style.head_size_pt, "superior", Align.CENTER)
    right_left = sheets.left + share + 6
    right = Setting(
        right_left, sheets.right - right_left, style.head_size_pt, "motto", Align.CENTER
    )
    left_end = _set_issuer(sheets, draft, left)
    right_end = _motto_end(draft, right, sheets.top)
    number_top = max(left_end, right_end) + 4
    if draft.family is Family.PARTY:
        number_top = left_end
    below = sheets.column(number_tokens(draft), _with(left, "number", 13.5), number_top)
    below = _set_under_number(sheets, draft, left, below)
    _set_motto(sheets, draft, right)
    words = date_tokens(draft.place, draft.date.day, month_of(draft.date), draft.date.year, draft)
    date_setting = _fitted(_with(right, "date", 13.5), [words])
    end = sheets.column(words, date_setting, number_top)
    sheets.y = max(below, end) + (22 if draft.addressees else 16)


def _with(setting: Setting, role: str, size_pt: float) -> Setting:
    return Setting(setting.left, setting.width, size_pt, role, setting.align)


def _fitted(setting: Setting, lines: list[tuple[Token, ...]]) -> Setting:
    """The setting with the size brought down so that the widest line fits its column."""
    size = setting.size_pt
    for words in lines:
        width = sum(word.width(size) for word in words)
        width += measure_width(" ", Face.REGULAR, size) * (len(words) - 1)
        if width > setting.width:
            size *= setting.width / width * 0.995
    return _with(setting, setting.role, size)


def _set_issuer(sheets: Sheets, draft: Draft, setting: Setting) -> float:
    top = sheets.top
    lines = [tokens(line) for line in draft.superior]
    lines += [tokens(line, Face.BOLD) for line in draft.issuer]
    fitted = _fitted(setting, lines)
    for index, words in enumerate(lines):
        role = "superior" if index < len(draft.superior) else "issuer"
        top = sheets.column(words, _with(fitted, role, fitted.size_pt), top)
    if draft.family is Family.PARTY:
        return sheets.column(tokens("*", Face.BOLD), _with(fitted, "ornament", 13.0), top)
    width = measure_width(draft.issuer[-1], Face.BOLD, fitted.size_pt) * draft.style.rule_share
    middle = setting.left + setting.width / 2
    sheets.add_rule(Rule((middle - width / 2, top + 2.5), (middle + width / 2, top + 2.5)))
    return top + 6


def _motto_lines(draft: Draft) -> list[tuple[str, float]]:
    size = draft.style.head_size_pt
    if draft.family is Family.PARTY:
        return [(PARTY_TITLE, 15.0)]
    title = STATE_TITLE.replace("HOÀ", "HÒA") if draft.style.old_tones else STATE_TITLE
    motto = STATE_MOTTO.replace(" - ", " – ") if draft.style.en_dash else STATE_MOTTO
    return [(title, size), (motto, size + 1)]


def _motto_end(draft: Draft, setting: Setting, top: float) -> float:
    for text, size in _motto_lines(draft):
        fitted = _fitted(_with(setting, "motto", size), [tokens(text, Face.BOLD)])
        top += fitted.line_height
    return top + 6


def _set_motto(sheets: Sheets, draft: Draft, setting: Setting) -> None:
    top = sheets.top
    width = 0.0
    for text, size in _motto_lines(draft):
        words = tokens(text, Face.BOLD)
        fitted = _fitted(_with(setting, "motto", size), [words])
        width = measure_width(text, Face.BOLD, fitted.size_pt)
        top = sheets.column(words, fitted, top)
    middle = setting.left + setting.width / 2
    sheets.add_rule(Rule((middle - width / 2, top + 2.5), (middle + width / 2, top + 2.5)))


def number_tokens(draft: Draft) -> tuple[Token, ...]:
    """``Số 52-CT/TW`` or ``Số: 15/QĐ-UBND``; a pen-written number stands apart."""
    word, joint = ("Số", "-") if draft.family is Family.PARTY else ("Số:", "/")
    if draft.style.number is Writing.PEN:
        pen = Token(draft.number, Face.REGULAR, Writing.PEN)
        return (*tokens(word), pen, *tokens(joint + draft.symbol))
    return tokens(f"{word} {draft.full_number}")


def date_tokens(place: str, day: int, month: str, year: int, draft: Draft) -> tuple[Token, ...]:
    """``Hà Nội, ngày 03 tháng 4 năm 2018``; the day by pen where the style says so."""
    if draft.style.day is Writing.PEN:
        pen = Token(f"{day:02d}", Face.ITALIC, Writing.PEN)
        head = tokens(f"{place}, ngày", Face.ITALIC)
        return (*head, pen, *tokens(f"tháng {month} năm {year}", Face.ITALIC))
    return tokens(f"{place}, ngày {day:02d} tháng {month} năm {year}", Face.ITALIC)


def _set_under_number(sheets: Sheets, draft: Draft, setting: Setting, top: float) -> float:
    """Title of a letter (V/v …), urgency and secrecy marks: they stand below the number."""
    if draft.type_name == "Công văn":
        for line in draft.title:
            face = Face.ITALIC if draft.style.italic_summary else Face.REGULAR
            top = sheets.column(tokens(line, face), _with(setting, "title", 12.0), top)
    for mark, role in ((draft.secrecy, "secrecy"), (draft.urgency, "urgency")):
        if not mark:
            continue
        boxed = _with(setting, role, 14.0)
        words = place_line(tokens(mark, Face.BOLD), boxed, top + 8)
        sheets.add_line(SetLine(words, role, red=True))
        x0, x1 = words[0].box[0] - 8, words[-1].box[2] + 8
        y0, y1 = words[0].box[1] - 5, words[0].box[3] + 5
        corners = [(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)]
        for start, end in pairwise(corners):
            sheets.add_rule(Rule(start, end, 1.2, red=True))
        top = y1 + 4
    return top

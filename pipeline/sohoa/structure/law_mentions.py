"""Laws cited by their title, with number, day or year where these are given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Citation
from sohoa.structure.mention_parts import (
    DATE,
    PINPOINT,
    SYMBOL,
    Span,
    clean,
    date_of,
    iso,
    joined_figures,
    pinpoint_of,
)
from sohoa.structure.number import parse_number
from sohoa.structure.rows import fold

_LAW = re.compile(r"\b(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh|Hiến pháp|Điều lệ)(?=\s)")
_LAW_END = re.compile(
    rf"(?P<number>\s+số\s*:?\s*(?P<symbol>{SYMBOL}))?(?P<when>{DATE}|"
    r"\s+(?P<bare>\d{1,2}/\d{1,2}/(?:19|20)\d\d)|,?\s+năm\s+(?P<year>(?:19|20)\d\d))?"
)
_STOP = re.compile(
    r"[;:.()“”\"]|,|\s+(?:và|của|được|về|quy định|theo|thì|có|trong|tại|do|các|để|ngày|năm|số|cho|"
    r"đã|là|này|với|như|khi|cùng|hoặc|những|nêu|đối|vào|từ|đến|hiện|nhằm|bằng|trên|phải|không|"
    r"chủ|làm|khi|gồm|mà|nếu)(?=\s|$)"
)


@cache
def _law_titles() -> tuple[str, ...]:
    titles = {fold(title) for title in read_table("law_titles").column("title")}
    return tuple(sorted(titles, key=lambda title: (-len(title), title)))


def law_mentions(text: str) -> Iterator[Span]:
    """Laws cited by their title, with number or date where given."""
    folded = fold(text)
    done = 0
    for match in _LAW.finditer(text):
        if match.start() < done:
            continue
        end = _title_end(text, folded, match.end())
        if end is None:
            continue
        tail = _LAW_END.match(text, end)
        stop = tail.end() if tail else end
        symbol = (
            parse_number(f"Số {joined_figures(tail['symbol'])}", party=False)
            if tail and tail["symbol"]
            else None
        )
        date = date_of(tail) if tail else None
        if tail and tail["bare"]:
            day, month, year = (int(part) for part in tail["bare"].split("/"))
            date = iso(day, month, year)
        point = PINPOINT.search(text[max(0, match.start() - 60) : match.start()])
        stop = match.start() + len(text[match.start() : stop].rstrip(" ,;."))
        yield Span(
            match.start(), stop,
            Citation(
                raw=text[match.start() : stop], type=match["kind"].capitalize(),
                number=symbol.number if symbol else None, symbol=symbol.symbol if symbol else None,
                date=date, pinpoint=pinpoint_of(point),
                title=clean(text[match.end() : end].strip()) or None,
                year=tail["year"] if tail else None,
            ),
        )  # fmt: skip
        done = stop


def _title_end(text: str, folded: str, start: int) -> int | None:
    """Where the title of the law ends that begins at ``start``; None where none follows."""
    rest = folded[start:]
    amends = re.match(
        r"\s+(?:sua doi(?:, bo sung)?|bo sung)[^;.:()]*?(?:\bcua\s+)"
        r"(?=(?:cac\s+)?(?:bo )?luat\b|phap lenh\b)",
        rest,
    )
    if amends:
        return _amended_end(text, folded, start + amends.end())
    body = rest.lstrip()
    offset = start + len(rest) - len(body)
    about = re.match(
        r"ve [^,;.:()\"“”]{4,90}?(?=\s+(?:va cac|cua|so|ngay|nam)\b|[,;.:()\"“”]|$)", body
    )
    if about:  # Pháp lệnh về tổ chức và hoạt động hoà giải ở cơ sở
        return offset + about.end() if folded[:start].endswith("phap lenh") else None
    for title in _law_titles():
        if body.startswith(title) and not body[len(title) : len(title) + 1].isalpha():
            longer = re.match(r"[^;:.()]{0,90}?\s+(?:so\s*:?\s*\d|ngay \d)", body[len(title) :])
            plain = longer and re.fullmatch(
                r"[\s,\w]{0,20}?\s+(?:so\s*:?\s*\d|ngay \d)", longer.group()
            )
            if not longer or plain or _STOP.match(text, offset + len(title)):
                return offset + len(title)
    dated = re.match(r"([^;:.()\"“”]{3,110}?)(?=,?\s+(?:so\s*:?\s*\d|ngay \d|nam \d{4}))", body)
    if dated and text[offset].isupper() and len(dated[1].split()) <= 18:
        return offset + len(dated[1].rstrip(" ,"))
    if not text[offset : offset + 1].isupper():
        return None
    stop = _STOP.search(text, offset + 1)
    end = stop.start() if stop else len(text)
    return end if 1 <= len(text[offset:end].split()) <= 8 else None


def _amended_end(text: str, folded: str, start: int) -> int:
    """The end of ``Luật A và Luật B`` after ``sửa đổi, bổ sung một số điều của``."""
    end = start
    while True:
        match = re.compile(r"(?:cac\s+)?(?:bo )?luat|phap lenh").match(folded, end)
        if match is None:
            return end
        inner = _title_end(text, folded, match.end())
        if inner is None:
            return match.end()
        joined = re.compile(r"(?:\s+va|,)\s+(?=(?:bo )?luat\b)").match(folded, inner)
        if joined is None:
            return inner
        end = joined.end()

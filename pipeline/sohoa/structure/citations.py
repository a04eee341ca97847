"""Mentions of other documents in the title, the body and the annexes."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Citation, Directive, Unit
from sohoa.structure.draft import Draft
from sohoa.structure.number import parse_number
from sohoa.structure.rows import fold
from sohoa.structure.short_names import resolved, short_mentions
from sohoa.structure.types import type_names

_SYMBOL = (
    r"\d{1,5}[a-zđ]?\s?(?:/\s?(?:19|20)\d{2}\s?)?[/–-]\s?[A-ZĐ][\wđ&]*\.?"
    r"(?:,(?=[A-ZĐ]{1,4}\b))?(?:\s?[/–-]\s?[A-ZĐ][\wđ&]*|(?<=,)[A-ZĐ]+)*"
)
_DATE = (
    r"(?:,?\s*(?:ban hành\s+)?ngày\s+(?P<day>\d{1,2})\s*"
    r"(?:[/.\-]\s?(?P<m1>\d{1,2})\s?[/.\-]\s?(?P<y1>(?:19|20)\d\d)"
    r"|tháng\s+(?P<m2>\d{1,2})\s+năm\s+(?P<y2>(?:19|20)\d\d)))"
)
_ISSUER = (
    r"(?:,?\s+của\s+(?P<issuer>(?:Ban|Bộ|Chính phủ|Thủ tướng|Quốc hội|UBND|Ủy ban|Uỷ ban|HĐND|"
    r"Hội đồng|Sở|Thành [uủ]|Tỉnh [uủ]|Đảng [uủ]|Văn phòng|Cục|Tổng|Chủ tịch|Giám đốc|Trung ương|"
    r"Bảo hiểm|Trường|Hiệu trưởng|Viện|Tòa án|Toà án|Thanh tra|Ngân hàng|Kho bạc|Huyện|Quận)"
    r"[^;.:,()“”\"]{0,60}?)(?=\s+(?:về|v/v|V/v|quy định|hướng dẫn|phê duyệt|ban hành|sửa đổi|"
    r"Về|Ban hành|Quy định|ngày|và|tại|trong|giao|công bố|thông qua|bãi bỏ)\b|[;.:,()“”\"]|$))?"
)
_NUMBERED = re.compile(
    rf"(?:(?P<number_word>[Ss]ố)\s*:?\s+|(?<![\w./-]))(?P<symbol>{_SYMBOL}){_DATE}?{_ISSUER}"
)
_PINPOINT = re.compile(
    r"(?:(?:các\s+)?(?:điểm|khoản|Điều|điều|Điểm|Khoản|Chương|Mục|tiết|Phụ lục)\s+"
    r"(?:[a-zđ\d]{1,4}|[IVX]+)(?:\s*,\s*(?:[a-zđ]|\d{1,3}|[IVX]+)\b|\s+và\s+(?:[a-zđ]|\d{1,3})\b)*"
    r"[,\s]+(?:của\s+)?)+$"
)
_LAW = re.compile(r"\b(?P<kind>Bộ [Ll]uật|Luật|Pháp lệnh|Hiến pháp|Điều lệ)(?=\s)")
_LAW_END = re.compile(
    rf"(?P<number>\s+số\s*:?\s*(?P<symbol>{_SYMBOL}))?(?P<when>{_DATE}|"
    r"\s+(?P<bare>\d{1,2}/\d{1,2}/(?:19|20)\d\d)|,?\s+năm\s+(?P<year>(?:19|20)\d\d))?"
)
_STOP = re.compile(
    r"[;:.()“”\"]|,|\s+(?:và|của|được|về|quy định|theo|thì|có|trong|tại|do|các|để|ngày|năm|số|cho|"
    r"đã|là|này|với|như|khi|cùng|hoặc|những|nêu|đối|vào|từ|đến|hiện|nhằm|bằng|trên|phải|không|"
    r"chủ|làm|khi|gồm|mà|nếu)(?=\s|$)"
)
# 460/QĐ-UBND ngày …; 213/QĐ-UBND ngày …: a list goes on without saying "Quyết định số" again.
_LISTED = re.compile(r"[^;.]{0,80}[;,]?\s*(?:và\s+)?")
_OPENING = re.compile(r"(?:kem theo|ban hanh kem theo)\s*(?:\w+\s+){0,4}$")


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    citation: Citation


def find_citations(draft: Draft) -> Draft:
    """Set ``citations``: every mention in reading order, the paper's own number left out."""
    texts = {word.id: word.text for row in draft.rows for word in row.words}
    own = draft.directive
    found: list[Citation] = []
    if own.title.value:
        found += [span.citation for span in mentions(own.title.value)]
    units = [*own.body, *(unit for part in own.attachments for unit in part.body)]
    for top in units:
        for unit in top.walk():
            text = unit.text or unit.heading
            ids = _places(unit, text, texts)
            for span in mentions(text):
                if _is_own(span, text, own):
                    continue
                words = tuple(i for place, i in ids if span.start <= place < span.end)
                found.append(_with_words(span.citation, words))
    return draft.found(citations=resolved(found))


def _with_words(citation: Citation, words: tuple[str, ...]) -> Citation:
    return Citation(
        citation.raw, citation.type, citation.number, citation.symbol, citation.date,
        citation.issuer, citation.pinpoint, words,
    )  # fmt: skip


def _places(unit: Unit, text: str, texts: dict[str, str]) -> list[tuple[int, str]]:
    """Where each word of the unit begins in its text."""
    places: list[tuple[int, str]] = []
    start = 0
    for word in unit.words:
        place = text.find(texts.get(word, "\0"), start)
        if 0 <= place <= start + 2:
            places.append((place, word))
            start = place + len(texts[word])
    return places


def _is_own(span: _Span, text: str, own: Directive) -> bool:
    """Whether the mention is of this very paper: its number, or ``kèm theo …`` with its symbol."""
    if span.citation.symbol is None or span.citation.symbol != own.symbol.value:
        return False
    if span.citation.number == own.number.value:
        return True
    before = fold(text[max(0, span.start - 40) : span.start])
    return bool(_OPENING.search(before)) and len(text) < 300


def mentions(text: str) -> tuple[_Span, ...]:
    """All mentions of documents in a text, in order, none inside another."""
    spans = sorted(
        (*_numbered(text), *_laws(text), *_short(text)),
        key=lambda span: (span.start, span.start - span.end),
    )
    kept: list[_Span] = []
    for span in spans:
        listed = bool(kept) and (span.start, span.end) == (kept[-1].start, kept[-1].end)
        if not kept or span.start >= kept[-1].end or listed:
            kept.append(span)
        elif (
            kept[-1].citation.symbol is None and span.citation.symbol and (span.end > kept[-1].end)
        ):
            kept[-1] = span
    return tuple(kept)


@cache
def _type_pattern() -> re.Pattern[str]:
    names = {name for _, name in type_names()} | {"Công văn", "Văn bản", "Đề án", "Tờ trình"}
    longest = sorted(names, key=lambda name: (-len(name), name))
    body = "|".join(re.escape(name) for name in longest)
    return re.compile(
        rf"(?:các\s+)?(?P<type>{body})(?:\s+của\s+[^;.:]{{2,40}})?[:\s,]*$", re.IGNORECASE
    )


def _numbered(text: str) -> Iterator[_Span]:
    last_type: str | None = None
    last_end = -1000
    for match in _NUMBERED.finditer(text):
        symbol = match["symbol"].rstrip(".,")
        party = bool(re.match(r"\d{1,5}[a-zđ]?\s?[–-]", symbol))
        parsed = parse_number(f"Số {symbol}", party=party)
        if parsed is None or parsed.number is None or not _is_symbol(parsed.symbol):
            continue
        before = text[max(0, match.start() - 70) : match.start()]
        typed = _type_pattern().search(before)
        start = match.start()
        kind = None
        if typed:
            kind = typed["type"][0].upper() + typed["type"][1:]
            start -= len(before) - typed.start("type")
        elif "/" not in symbol:
            continue  # a form or a model (Mẫu 2-KNĐ), unless its type is named
        elif _LISTED.fullmatch(text[last_end : match.start()] if last_end >= 0 else "") or (
            match["number_word"] and match.start() - last_end < 250
        ):
            kind = last_type
        elif not match["number_word"]:
            continue
        point = _PINPOINT.search(text[max(0, start - 60) : start])
        yield _Span(
            start, match.end(),
            Citation(
                raw=text[start : match.end()].strip(" ,;"), type=kind, number=parsed.number,
                symbol=parsed.symbol, date=_date(match), issuer=_clean(match["issuer"]),
                pinpoint=_clean(point.group()) if point else None,
            ),
        )  # fmt: skip
        last_type, last_end = kind or last_type, match.end()


def _short(text: str) -> Iterator[_Span]:
    for start, end, citation in short_mentions(text):
        yield _Span(start, end, citation)


def _is_symbol(symbol: str) -> bool:
    """Letters enough for a symbol: no model number, no clause of a contract."""
    letters = [c for c in symbol if c.isalpha()]
    return len(letters) >= 2 and letters[0].isupper()


def _date(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    day, month = groups.get("day"), groups.get("m1") or groups.get("m2")
    year = groups.get("y1") or groups.get("y2")
    if not (day and month and year):
        return None
    return _iso(int(day), int(month), int(year))


def _iso(day: int, month: int, year: int) -> str | None:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return None


def _clean(text: str | None) -> str | None:
    return text.strip(" ,;") if text else None


@cache
def _law_titles() -> tuple[str, ...]:
    titles = {fold(title) for title in read_table("law_titles").column("title")}
    return tuple(sorted(titles, key=lambda title: (-len(title), title)))


def _laws(text: str) -> Iterator[_Span]:
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
            parse_number(f"Số {tail['symbol']}", party=False) if tail and tail["symbol"] else None
        )
        date = _date(tail) if tail else None
        if tail and tail["bare"]:
            day, month, year = (int(part) for part in tail["bare"].split("/"))
            date = _iso(day, month, year)
        point = _PINPOINT.search(text[max(0, match.start() - 60) : match.start()])
        yield _Span(
            match.start(), stop,
            Citation(
                raw=text[match.start() : stop].strip(" ,;"), type=match["kind"].capitalize(),
                number=symbol.number if symbol else None, symbol=symbol.symbol if symbol else None,
                date=date, pinpoint=_clean(point.group()) if point else None,
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

"""Mentions of other papers in a text: by number, by title, by short name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from rapidfuzz.distance import Levenshtein

from sohoa.directive import Citation
from sohoa.structure.law_mentions import law_mentions
from sohoa.structure.mention_parts import (
    DATE,
    ISSUER,
    PINPOINT,
    SYMBOL,
    Span,
    clean,
    date_of,
    is_symbol,
    joined_figures,
    pinpoint_of,
    plain_signs,
)
from sohoa.structure.number import parse_number
from sohoa.structure.short_names import short_mentions
from sohoa.structure.types import codes_of_type, known_codes, type_names

_NUMBERED = re.compile(
    rf"(?:(?P<number_word>[Ss]ố)\s*:?\s+|(?<![\w./-]))(?P<symbol>{SYMBOL}){DATE}?{ISSUER}"
)
# 460/QĐ-UBND ngày …; 213/QĐ-UBND ngày …: a list goes on without saying "Quyết định số" again.
_LISTED = re.compile(r"[^;.]{0,80}[;,]?\s*(?:và\s+)?")


def mentions(text: str) -> tuple[Span, ...]:
    """All mentions of documents in a text, in order, none inside another."""
    plain = plain_signs(text)
    spans = sorted(
        (*_numbered(plain), *law_mentions(plain), *_short(plain)),
        key=lambda span: (span.start, span.start - span.end),
    )
    kept: list[Span] = []
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
    # "quy định của Nghị định số": what stands nearest names the paper.
    return re.compile(
        rf"(?:các\s+)?\b(?P<type>{body})(?:(?=[:\s,]*$)|\s+của\s+(?!.*\b(?:{body})[:\s,]*$)"
        rf"[^;.:]{{2,40}})[:\s,]*$",
        re.IGNORECASE,
    )


def _numbered(text: str) -> Iterator[Span]:
    last_type: str | None = None
    last_end = -1000
    for match in _NUMBERED.finditer(text):
        symbol = match["symbol"].rstrip(".,")
        party = bool(re.match(r"\d{1,5}[a-zđ]?\s?[–-]", symbol))
        parsed = parse_number(f"Số {joined_figures(symbol)}", party=party)
        if parsed is None or parsed.number is None or not is_symbol(parsed.symbol):
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
        elif "-" not in parsed.symbol and date_of(match) is None:
            continue  # a form (tờ khai số 03/TNDN)
        point = PINPOINT.search(text[max(0, start - 60) : start])
        end = start + len(text[start : match.end()].rstrip(" ,;."))
        yield Span(
            start, end,
            Citation(
                raw=text[start:end], type=kind, number=parsed.number,
                symbol=_mended(parsed.symbol, kind, party=party), date=date_of(match),
                issuer=clean(match["issuer"]),
                pinpoint=pinpoint_of(point),
            ),
        )  # fmt: skip
        last_type, last_end = kind or last_type, match.end()


def _mended(symbol: str, kind: str | None, *, party: bool) -> str:
    """The symbol with the code of the type that is named before it, where one letter was misread
    (``Chỉ thị số 52-CTI/TW``); a code that is known stays.
    """
    code, stroke, rest = symbol.partition("/" if party else "-")
    year, _, code = code.rpartition("/")
    codes = codes_of_type(kind or "", party=party)
    if not stroke or not code.isupper() or code in (*codes, *known_codes(party=party)):
        return symbol
    near = [each for each in codes if Levenshtein.distance(code, each) == 1 and len(each) > 1]
    if len(near) != 1:
        return symbol
    return f"{year}/{near[0]}{stroke}{rest}" if year else f"{near[0]}{stroke}{rest}"


def _short(text: str) -> Iterator[Span]:
    for start, end, citation in short_mentions(text):
        yield Span(start, end, citation)

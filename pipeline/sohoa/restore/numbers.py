"""Stage: repairs inside numbers, where a grammar proves them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import ClassVar

from sohoa.dictionaries import read_table
from sohoa.model import Edit, Line, Page, Word
from sohoa.restore.joining import joined
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines
from sohoa.vietnamese import strip_marks

_DIGIT_SHAPES = str.maketrans("IlOoÒ", "11000")
_LETTERED_DAY = re.compile(r"^[0-3IlOo]?[0-9IlOoÒ]$")
_LETTERED_YEAR = re.compile(r"^(?:[12Il])[0-9IlOoÒ]{3}(?=[;,.:]?$)")
_NUMBER_PART = re.compile(r"^\d{1,5}[-–/]$")
_SYMBOL_PART = re.compile(r"^([A-ZĐ][A-Za-zĐđ]*)([-/])([A-ZĐ][A-Za-zĐđ-]+)[,.;:)”\"]*$")
_SYMBOL = re.compile(r"^\d{1,5}(?:/\d{4})?[-/]([A-ZĐ][A-Za-zĐđ0-9/-]*)[,.;:)”\"]*$")


@cache
def _types() -> frozenset[str]:
    return frozenset(read_table("document_types").column("abbreviation")) - {""}


@cache
def _barred() -> dict[str, str]:
    """Abbreviations that lost the bar of their Đ, where no other abbreviation looks like that."""
    names = set(_types())
    for table in ("party_bodies", "state_bodies", "abbreviations"):
        names.update(read_table(table).column("abbreviation"))
    return {strip_marks(n): n for n in sorted(names) if "Đ" in n and strip_marks(n) not in names}


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """After this: letters that stand for digits in a date written with ngày, tháng, năm are digits;
    a number cut from its symbol (52- CT/TW) is one word where the type is in the table; in a layer
    without Vietnamese a symbol has the bar of its Đ back where only that abbreviation exists.

    Left alone: every digit, and every number that no grammar proves.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "number-grammar"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(self._page(page) for page in pages)

    def _page(self, page: Page) -> Page:
        channel = channel_of(page, self.engine)
        if channel is Channel.CLEAN:
            return page
        page = map_lines(page, self._line)
        broken = channel in (Channel.STRIPPED, Channel.FOREIGN)
        return map_lines(page, self._barred_line) if broken else page

    def _line(self, line: Line) -> Line:
        words = list(self._dates(line.words))
        place = 0
        while place + 1 < len(words):
            whole = self._joined(words[place], words[place + 1])
            if whole is not None:
                words[place : place + 2] = [whole]
            place += 1
        return replace(line, words=tuple(words))

    def _dates(self, words: tuple[Word, ...]) -> tuple[Word, ...]:
        texts = [strip_marks(word.text).lower() for word in words]
        result = list(words)
        for place in range(1, len(words)):
            before = texts[place - 1]
            after = texts[place + 1] if place + 1 < len(words) else ""
            day = before.endswith("ngay") and after.startswith("thang")
            month = before.endswith("thang") and after.startswith("nam")
            if day or month:
                result[place] = self._digits(words[place], _LETTERED_DAY, 31 if day else 12)
            elif before == "nam" and "thang" in texts[max(0, place - 3) : place]:
                result[place] = self._digits(words[place], _LETTERED_YEAR, 2100)
        return tuple(result)

    def _digits(self, word: Word, shape: re.Pattern[str], most: int) -> Word:
        match = shape.match(word.text)
        if match is None or match[0].isdigit() or not any(c.isdigit() for c in match[0]):
            return word
        digits = match[0].translate(_DIGIT_SHAPES)
        if not digits.isdigit() or not 1 <= int(digits) <= most:
            return word
        after = digits + word.text[match.end() :]
        return word.edited(self.name, after, confidence=0.97, reason="a letter inside a date")

    def _joined(self, first: Word, second: Word) -> Word | None:
        symbol = _SYMBOL_PART.match(second.text)
        if not _NUMBER_PART.match(first.text) or symbol is None or symbol[1] not in _types():
            return None
        before = f"{first.recognized} {second.recognized}"
        reason = "a number cut from its symbol"
        return joined(
            first, second, Edit(self.name, before, first.text + second.text, 0.95, reason)
        )

    def _barred_line(self, line: Line) -> Line:
        return replace(line, words=tuple(map(self._with_bars, line.words)))

    def _with_bars(self, word: Word) -> Word:
        match = _SYMBOL.match(word.text)
        if match is None:
            return word
        parts = re.split(r"([-/])", match[1])
        barred = "".join(_barred().get(part, part) for part in parts)
        if barred == match[1]:
            return word
        after = word.text[: match.start(1)] + barred + word.text[match.end(1) :]
        return word.edited(self.name, after, confidence=0.9, reason="an abbreviation of the tables")

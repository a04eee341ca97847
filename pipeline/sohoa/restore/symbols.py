"""Stage: numbers and symbols (số, ký hiệu) that were cut or misread, where tables prove it."""

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

_BEHIND = r"[,.;:)”\"]*"
_NUMBER_PART = re.compile(r"^\d{1,5}[-–/]$")
_SYMBOL_PART = re.compile(rf"^([A-ZĐ][A-Za-zĐđ]*)([-/])([A-ZĐ][A-Za-zĐđ-]+){_BEHIND}$")
_SYMBOL = re.compile(rf"^\d{{1,5}}(?:/\d{{4}})?[-/]([A-ZĐ][A-Za-zĐđ0-9/-]*){_BEHIND}$")
# A blank inside the year or right after it: 48/201 1/TT-BYT.
_YEAR_HEAD = re.compile(r"^\d{1,5}/[12]\d{0,3}$")
_YEAR_SYMBOL = re.compile(rf"^\d{{1,5}}/(19[4-9]\d|20\d\d)/([A-ZĐ][A-Za-zĐđ]*)-?[A-ZĐ].*{_BEHIND}$")
# The slash before the body, read as a letter or doubled by one: 33-NQITW, 52-CTI/TW.
_LETTERED_SLASH = re.compile(r"^(\d{1,5}[-/])([A-ZĐ][A-Za-zĐđ]*?)[Il1|]/?([A-ZĐ]{2,}\d{0,2})(\W*)$")


@cache
def _types() -> frozenset[str]:
    return frozenset(read_table("document_types").column("abbreviation")) - {""}


@cache
def _bodies() -> frozenset[str]:
    names = {*read_table("party_bodies").column("abbreviation")}
    return frozenset(names | {*read_table("state_bodies").column("abbreviation")}) - {""}


@cache
def _barred() -> dict[str, str]:
    """Abbreviations that lost the bar of their Đ, where no other abbreviation looks like that."""
    names = {*_types(), *_bodies(), *read_table("abbreviations").column("abbreviation")}
    return {strip_marks(n): n for n in sorted(names) if "Đ" in n and strip_marks(n) not in names}


@dataclass(frozen=True, slots=True)
class SymbolGrammar:
    """After this: a number cut from its symbol (52- CT/TW) or inside its year (48/201 1/TT-BYT) is
    one word, where the type is in the table; a letter that stands for the slash before the body
    (33-NQITW) is a slash, where the tables have both type and body; in a layer without Vietnamese
    an abbreviation has the bar of its Đ back where only that one exists.

    Left alone: every digit, and every symbol that the tables do not prove.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "symbol-grammar"
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
        words = list(line.words)
        place = 0
        while place + 1 < len(words):
            if is_cut(words[place].text, words[place + 1].text):
                words[place : place + 2] = [self._joined(words[place], words[place + 1])]
            place += 1
        return replace(line, words=tuple(map(self._with_slash, words)))

    def _joined(self, first: Word, second: Word) -> Word:
        before = f"{first.recognized} {second.recognized}"
        edit = Edit(
            self.name, before, first.text + second.text, 0.95, "a number cut from its symbol"
        )
        return joined(first, second, edit)

    def _with_slash(self, word: Word) -> Word:
        match = _LETTERED_SLASH.match(word.text)
        if match is None or match[2] not in _types() or match[3] not in _bodies():
            return word
        after = f"{match[1]}{match[2]}/{match[3]}{match[4]}"
        return word.edited(self.name, after, confidence=0.95, reason="a slash read as a letter")

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


def is_cut(first: str, second: str) -> bool:
    """Whether two words are the two parts of one number with its symbol, by grammar and tables."""
    symbol = _SYMBOL_PART.match(second)
    if _NUMBER_PART.match(first) and symbol is not None:
        return symbol[1] in _types()
    whole = _YEAR_SYMBOL.match(first + second) if _YEAR_HEAD.match(first) else None
    return whole is not None and whole[2] in _types()

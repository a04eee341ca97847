"""Stage: repairs inside numbers, where a grammar proves them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.model import Edit, Line, Page, Word
from sohoa.restore.joining import joined
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines
from sohoa.vietnamese import strip_marks

_DIGIT_SHAPES = str.maketrans("IlOoÒ", "11000")
_LETTERED_DAY = re.compile(r"^[0-3IlOo]?[0-9IlOoÒ]$")
_LETTERED_YEAR = re.compile(r"^(?:[12Il])[0-9IlOoÒ]{3}(?=[;,.:]?$)")
_SHORT_YEAR = re.compile(r"^(?:19|20)\d$")
_LAST_DIGIT = re.compile(r"^\d[;,.:)]?$")


@dataclass(frozen=True, slots=True)
class NumberGrammar:
    """After this: letters that stand for digits in a date written with ngày, tháng, năm are digits;
    a year cut before its last digit (năm 201 7) is one word.

    Left alone: every digit, and every number that no grammar proves.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "number-grammar"
    version: ClassVar[str] = "2"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(self._page(page) for page in pages)

    def _page(self, page: Page) -> Page:
        if channel_of(page, self.engine) is Channel.CLEAN:
            return page
        return map_lines(page, self._line)

    def _line(self, line: Line) -> Line:
        words = list(self._dates(line.words))
        for place in range(len(words) - 2, 0, -1):
            if strip_marks(words[place - 1].text).lower() == "nam":
                words[place : place + 2] = self._year(words[place], words[place + 1])
        return replace(line, words=tuple(words))

    def _year(self, first: Word, second: Word) -> tuple[Word, ...]:
        if not _SHORT_YEAR.match(first.text) or not _LAST_DIGIT.match(second.text):
            return first, second
        before = f"{first.recognized} {second.recognized}"
        edit = Edit(self.name, before, first.text + second.text, 0.95, "a year cut in two")
        return (joined(first, second, edit),)

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

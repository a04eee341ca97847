"""Stage: habits of the engine with signs that are no letters."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.model import Line, Page, Word
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines

# What Tesseract makes of the dash that opens an item of a list.
_DASH_SHAPES = frozenset({"~", "_", "—~", "~-", "-~", "-_", "_-", "¬", "=-", "-=", "->"})
_TWO_QUOTES = re.compile(r'^(["“])(["“”])(?=\w)')


@dataclass(frozen=True, slots=True)
class EngineHabits:
    """After this: an item of a list opens with "-" where the engine saw another short stroke; one
    quotation mark that was read twice ("“Thực) stands once.

    Left alone: strokes inside a line, long dashes, bullets, and lines of fewer than two words after
    the stroke; a quotation that opens and closes with nothing between.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "engine-habits"
    version: ClassVar[str] = "2"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if channel_of(page, self.engine) is Channel.TESSERACT_VIE
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        line = replace(line, words=tuple(map(self._quoted_once, line.words)))
        first, rest = line.words[0], line.words[1:]
        if first.text not in _DASH_SHAPES or len(rest) < 2 or not _opens_item(rest[0]):
            return line
        dash = first.edited(self.name, "-", confidence=0.95, reason="a dash that opens an item")
        return replace(line, words=(dash, *rest))

    def _quoted_once(self, word: Word) -> Word:
        match = _TWO_QUOTES.match(word.text)
        if match is None:
            return word
        # Of a straight mark and a curled one the curled one is what is printed.
        mark = match[2] if match[1] == '"' else match[1]
        after = mark + word.text[match.end() :]
        return word.edited(self.name, after, confidence=0.9, reason="a quotation mark read twice")


def _opens_item(word: Word) -> bool:
    return any(character.isalpha() for character in word.text) or word.text[0] in '“"('

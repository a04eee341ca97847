"""Stage: habits of the engine with signs that are no letters."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.model import Line, Page, Word
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines

# What Tesseract makes of the dash that opens an item of a list.
_DASH_SHAPES = frozenset({"~", "_", "—~", "~-", "-~", "-_", "_-", "¬", "=-", "-=", "->"})


@dataclass(frozen=True, slots=True)
class EngineHabits:
    """After this: an item of a list opens with "-" where the engine saw another short stroke.

    Left alone: strokes inside a line, long dashes, bullets, and lines of fewer than two words after
    the stroke.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "engine-habits"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if channel_of(page, self.engine) is Channel.TESSERACT_VIE
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        first, rest = line.words[0], line.words[1:]
        if first.text not in _DASH_SHAPES or len(rest) < 2 or not _opens_item(rest[0]):
            return line
        dash = first.edited(self.name, "-", confidence=0.95, reason="a dash that opens an item")
        return replace(line, words=(dash, *rest))


def _opens_item(word: Word) -> bool:
    return any(character.isalpha() for character in word.text) or word.text[0] in '“"('

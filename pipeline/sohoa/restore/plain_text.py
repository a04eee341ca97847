"""Plain text as pages, and back: boxes are made up, the layout of blanks is kept."""

from __future__ import annotations

import re

from sohoa.geometry import BBox, union_all
from sohoa.model import Block, Line, Page, TextSource, Word
from sohoa.vietnamese import nfc

_WORD = re.compile(r"\S+")
# Only these end a line here: what other systems call line ends may stand inside a line.
_LINE_END = re.compile(r"(\r\n|\n|\r|\f)")
_CHARACTER_PX, _LINE_PX = 10, 20


def page_of_text(text: str) -> Page:
    """One page with the words of the text, a block for each run of lines without an empty one."""
    blocks: list[Block] = []
    lines: list[Line] = []
    width = 1
    rows = _LINE_END.split(text)[::2]
    for number, row in enumerate(rows):
        words = []
        for match in _WORD.finditer(row):
            composed = nfc(match[0])
            box = BBox(
                match.start() * _CHARACTER_PX,
                number * _LINE_PX,
                match.end() * _CHARACTER_PX,
                (number + 1) * _LINE_PX,
            )
            # Composition can leave a blank where a strange sign was; such a word stays apart.
            if composed and not any(character.isspace() for character in composed):
                words.append(Word(f"l{number}c{match.start()}", box, composed, 1.0))
        if words:
            box = union_all(word.bbox for word in words)
            lines.append(Line(box, tuple(words)))
            width = max(width, box.right)
        if (not words or number == len(rows) - 1) and lines:
            blocks.append(Block(union_all(line.bbox for line in lines), tuple(lines)))
            lines = []
    height = max(1, len(rows) * _LINE_PX)
    return Page(1, width, height, 96.0, tuple(blocks), TextSource.PLAIN)


def text_of_page(text: str, page: Page) -> str:
    """``text`` with the words of ``page`` (made by ``page_of_text``) in their places.

    The same number of lines, the same blanks; only words differ. Where two words became one, the
    blank between them goes; where one became two, there is one more.
    """
    changed: dict[str, list[str]] = {}
    for word in page.words():
        changed.setdefault(word.id.partition("-")[0], []).append(word.text)
    made = {word.id for word in page_of_text(text).words()}
    pieces = _LINE_END.split(text)
    for number, row in enumerate(pieces[::2]):
        written, place = "", 0
        for match in _WORD.finditer(row):
            id_ = f"l{number}c{match.start()}"
            if id_ not in made:
                written += row[place : match.end()]
            elif id_ in changed:
                written += row[place : match.start()] + " ".join(changed[id_])
            place = match.end()
        pieces[2 * number] = written + row[place:]
    return "".join(pieces)

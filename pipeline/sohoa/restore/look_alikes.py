"""Stage: letters that only look like the right ones."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.model import Line, Page, Word
from sohoa.restore.stage import map_lines
from sohoa.vietnamese import fold_look_alikes

# Cyrillic and Greek letters that a keyboard or an engine puts among Latin ones.
_FOREIGN_SHAPES = str.maketrans(
    "АВЕКМНОРСТХаеорсухіѕΑΒΕΖΗΙΚΜΝΟΡΤΧο",
    "ABEKMHOPCTXaeopcyxisABEZHIKMNOPTXo",
)
_LATIN = re.compile(r"[A-Za-zÀ-ỹĐđ]")
_FRACTION = re.compile(r"(?<=\w)[\u2044\u2215](?=\w)")
# Tesseract writes the barred D twice, once in each code point.
_DOUBLE_D = re.compile("ĐÐ|ÐĐ|đð|ðđ")


def plain_letters(text: str) -> str:
    """The text with look-alikes made plain; blanks and lines stay where they are."""
    if text.isascii():
        return text
    if "Ð" in text or "ð" in text:
        text = _DOUBLE_D.sub(lambda match: "đ" if match[0][0] in "đð" else "Đ", text)
    text = _FRACTION.sub("/", fold_look_alikes(text))
    return " ".join(_one_script(word) for word in text.split(" "))


def _one_script(word: str) -> str:
    """Foreign letters that look Latin become Latin, in a word that has Latin letters too."""
    return word.translate(_FOREIGN_SHAPES) if _LATIN.search(word) else word


@dataclass(frozen=True, slots=True)
class LookAlikes:
    """After this: NFC; Đ and đ are U+0110/U+0111; no ligatures, invisible signs, odd blanks, no
    Cyrillic or Greek letters inside Latin words, no fraction slash between letters or digits.

    Left alone: long dashes, quotes, tone placement, i/y, and whole words in another script.
    """

    name: ClassVar[str] = "look-alikes"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(map_lines(page, self._line) for page in pages)

    def _line(self, line: Line) -> Line:
        return replace(line, words=tuple(map(self._word, line.words)))

    def _word(self, word: Word) -> Word:
        if word.text.isascii():
            return word
        after = "".join(plain_letters(word.text).split())
        if not after or after == word.text:
            return word
        return word.edited(self.name, after, confidence=0.99, reason="look-alike letters")

"""Stage: the fixed phrases that stand alone on a line of official papers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import ClassVar

from sohoa.dictionaries import read_table
from sohoa.model import Line, Page, Word
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines
from sohoa.vietnamese import fold_tone_style, strip_marks

_SHORT_STROKES = ("~", "_", "=", "¬")
_OUTER = ".,:;*\"'“”()…-–—_~"


@dataclass(frozen=True, slots=True)
class Phrase:
    kind: str
    words: tuple[str, ...]
    bare: str  # letters without marks, lower case, words apart


@cache
def _phrases() -> tuple[Phrase, ...]:
    return tuple(
        Phrase(row["kind"], tuple(row["text"].split()), _bare(row["text"]))
        for row in read_table("phrases").records()
    )


def _bare(text: str) -> str:
    kept = "".join(c if c.isalnum() else " " for c in strip_marks(text).lower())
    return " ".join(kept.split())


@lru_cache(maxsize=8192)
def find_phrase(text: str) -> tuple[Phrase, float] | None:
    """The phrase that this whole line is, with the likeness 0..1 of its letters without marks.

    Short phrases must agree in all letters; longer ones may differ in one letter of eight. Where
    two phrases with the same letters exist (in other marks), none is chosen.
    """
    from rapidfuzz import fuzz, process

    bare = _bare(text)
    if len(bare) < 4:
        return None
    choices = [phrase.bare for phrase in _phrases()]
    found = process.extract(bare, choices, scorer=fuzz.ratio, limit=2, score_cutoff=80)
    if not found:
        return None
    choice, score, index = found[0]
    phrase = _phrases()[index]
    if len(found) > 1 and found[1][0] == choice and _phrases()[found[1][2]].words != phrase.words:
        return None
    needed = 100.0 if len(choice) < 16 else 100 - 100 / 8
    upper = text.upper() == text
    printed_upper = all(word.upper() == word for word in phrase.words)
    if score < needed or upper != printed_upper:
        return None
    return phrase, score / 100


@cache
def _mottos() -> tuple[Phrase, ...]:
    return tuple(phrase for phrase in _phrases() if phrase.kind == "motto")


def _windows(texts: tuple[str, ...]) -> list[tuple[int, int]]:
    """Spans of words that may be a phrase: the whole line, and each motto beside other text.

    Engines often read the two columns of a letterhead as one line.
    """
    spans = [(0, len(texts))]
    bare = [_bare(text) for text in texts]
    for motto in _mottos():
        first, last = motto.bare.split()[0], motto.bare.split()[-1]
        size = len(motto.words)
        spans.extend(
            (start, start + size)
            for start in range(len(texts) - size + 1)
            if size < len(texts) and bare[start] == first and bare[start + size - 1] == last
        )
    return spans


@dataclass(frozen=True, slots=True)
class FixedPhrases:
    """After this: a line that is one of the fixed phrases (mottos, type names, labels, marks of
    authority and copy, the ownership notice) has the phrase's letters and marks.

    Words are compared one by one: tone placement stays as printed, outer punctuation stays, no word
    is added or taken away. Left alone: lines that hold anything else, and pages with good text.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "fixed-phrases"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            page if channel_of(page, self.engine) is Channel.CLEAN else map_lines(page, self._line)
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        words = line.words
        for start, end in _windows(tuple(word.text for word in words)):
            found = find_phrase(" ".join(word.text for word in words[start:end]))
            if found is not None and len(found[0].words) == end - start:
                pairs = zip(words[start:end], found[0].words, strict=True)
                changed = tuple(self._word(w, p, found[0].kind, found[1]) for w, p in pairs)
                words = (*words[:start], *changed, *words[end:])
        return line if words is line.words else replace(line, words=words)

    def _word(self, word: Word, printed: str, kind: str, likeness: float) -> Word:
        after = in_shape_of(word.text, printed)
        if after == word.text:
            return word
        return word.edited(
            self.name, after, confidence=round(0.9 + 0.09 * likeness, 3), reason=f"phrase: {kind}"
        )


def _letters(word: str) -> str:
    return fold_tone_style("".join(character for character in word if character.isalnum()))


def in_shape_of(read: str, printed: str) -> str:
    """``printed`` with the outer signs of ``read``; ``read`` where only the style differs."""
    if fold_tone_style(read) == fold_tone_style(printed):
        return read
    if not any(character.isalnum() for character in read):
        return printed if read in _SHORT_STROKES and printed == "-" else read
    core, goal = read.strip(_OUTER), printed.strip(_OUTER)
    # KT. of the State and K/T of the Party are both right, in their own papers.
    if _letters(core) == _letters(goal):
        return read
    if any(character.isdigit() for character in read):
        return read
    start = read.index(core)
    return read[:start] + goal + read[start + len(core) :]

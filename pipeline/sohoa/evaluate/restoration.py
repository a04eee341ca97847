"""What restoration did to the words of a page: mended, harmed, and the numbers among the harmed.

A word is harmed where what the engine read was on the paper and what stands now is not; a number
token is one that holds a digit. Handwritten words are not judged: the truth has no print for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sohoa.evaluate.alignment import Token, judge_words
from sohoa.model import LineKind, Page, Word

# As in text.txt: what the truth of a page holds as printed.
_PRINTED = frozenset({LineKind.TEXT, LineKind.OWNERSHIP})


@dataclass(frozen=True, slots=True)
class RestorationCounts:
    """Edited words of one page, or of many added up; examples read ``before -> after``."""

    words: int = 0
    edited: int = 0
    mended: int = 0
    harmed: int = 0
    numbers_harmed: int = 0
    harmed_words: tuple[str, ...] = ()


def measure_restoration(truth: Sequence[Token], page: Page) -> RestorationCounts:
    """Judge the engine's reading and the final text of each edited word against the truth."""
    words = printed_words(page)
    readings = [word.recognized.split() for word in words]
    before = judge_words(truth, [token for reading in readings for token in reading])
    after = judge_words(truth, [word.text for word in words])
    mended, harmed, at = 0, [], 0
    for word, reading, now in zip(words, readings, after, strict=True):
        verdicts = before[at : at + len(reading)]
        at += len(reading)
        if not word.edits or now is None or None in verdicts:
            continue
        was = bool(verdicts) and all(verdicts)
        mended += now and not was
        if was and not now:
            harmed.append(word)
    return RestorationCounts(
        words=len(words),
        edited=sum(1 for word in words if word.edits),
        mended=mended,
        harmed=len(harmed),
        numbers_harmed=sum(1 for word in harmed if _is_number(word.recognized)),
        harmed_words=tuple(f"{word.recognized} -> {word.text}" for word in harmed),
    )


def add_restoration(counts: Iterable[RestorationCounts]) -> RestorationCounts:
    """The sum of many, with all examples."""
    listed = list(counts)
    return RestorationCounts(
        sum(each.words for each in listed),
        sum(each.edited for each in listed),
        sum(each.mended for each in listed),
        sum(each.harmed for each in listed),
        sum(each.numbers_harmed for each in listed),
        tuple(example for each in listed for example in each.harmed_words),
    )


def printed_words(page: Page) -> tuple[Word, ...]:
    """The words of the page's printed lines, in reading order."""
    return tuple(word for line in page.lines() if line.kind in _PRINTED for word in line.words)


def _is_number(text: str) -> bool:
    return any(character.isdigit() for character in text)

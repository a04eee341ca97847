"""From pages to the row of tokens that the search runs over: paragraphs across lines and pages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sohoa.lexicon import Lexicon, fold_key
from sohoa.model import Line, Page, Word
from sohoa.restore.guard import has_digit, is_fixed, name_spans, place_spans
from sohoa.restore.stage import language_lines
from sohoa.restore.tokens import BREAK, NUMBER

_RUN = re.compile(r"[^\W\d_]+")
_ENDS = re.compile(r"[.;:!?]")
_ROMAN = re.compile(r"^[IVXLC]+$")
_FULL_LINE = 0.85  # a line that reaches this far into its column goes on in the next one


@dataclass(frozen=True, slots=True)
class Token:
    """A run of letters inside a word (``word`` and ``start``/``end`` say where), or a sign.

    ``key`` is the model's word; ``fixed`` tokens are context only and never change;
    ``capital`` tokens stand in a line of capitals.
    """

    word: int
    start: int
    end: int
    text: str
    key: str
    fixed: bool
    capital: bool = False


def all_words(pages: Sequence[Page]) -> tuple[Word, ...]:
    """All words that carry printed language, in reading order."""
    return tuple(word for page in pages for line in language_lines(page) for word in line.words)


def tokens_of(pages: Sequence[Page], lexicon: Lexicon) -> tuple[Token, ...]:
    """The tokens of a whole document in reading order, with a break where a paragraph ends."""
    tokens: list[Token] = []
    number = 0
    before: Line | None = None
    # Names of places run on from line to line, unlike names of people.
    texts = [word.text for word in all_words(pages)]
    placed = {index for span in place_spans(texts, lexicon) for index in range(*span)}
    for page in pages:
        widths = _column_edges(page)
        for line in language_lines(page):
            if before is not None and _starts_paragraph(before, line, widths):
                _add_break(tokens)
            tokens.extend(_line_tokens(line, number, placed, lexicon))
            number += len(line.words)
            before = line
    return tuple(tokens)


def _add_break(tokens: list[Token]) -> None:
    if tokens and tokens[-1].key != BREAK:
        tokens.append(Token(-1, 0, 0, "", BREAK, True))


def _column_edges(page: Page) -> dict[int, tuple[int, int]]:
    """Left and right edge of the block of each line (by the line's identity)."""
    return {
        id(line): (block.bbox.left, block.bbox.right)
        for block in page.blocks
        for line in block.all_lines()
    }


def _starts_paragraph(before: Line, line: Line, edges: dict[int, tuple[int, int]]) -> bool:
    first = line.words[0].text
    if first[0].islower():
        return False
    if before.text.isupper() and line.text.isupper():
        return False
    left, right = edges.get(id(before), (before.bbox.left, before.bbox.right))
    reach = (before.bbox.right - left) / max(1, right - left)
    return reach < _FULL_LINE or not first[0].isalpha() or before.text.isupper()


def _line_tokens(line: Line, number: int, placed: set[int], lexicon: Lexicon) -> Iterator[Token]:
    texts = [word.text for word in line.words]
    named = {index for span in name_spans(texts, lexicon) for index in range(*span)}
    for index, text in enumerate(texts):
        fixed = number + index in placed or index in named or is_fixed(text)
        yield from word_tokens(text, number + index, fixed=fixed)


def word_tokens(text: str, word: int, *, fixed: bool) -> Iterator[Token]:
    """The tokens of one word: its runs of letters, a number for one with digits, its breaks."""
    if has_digit(text):
        yield Token(word, 0, len(text), text, NUMBER, True)
        if _ENDS.search(text[-1]):
            yield Token(word, len(text), len(text), "", BREAK, True)
        return
    place = 0
    for match in _RUN.finditer(text):
        if _ENDS.search(text[place : match.start()]) and place:
            yield Token(word, place, place, "", BREAK, True)
        run = match[0]
        short = len(run) == 1 or bool(_ROMAN.match(run))
        yield Token(word, match.start(), match.end(), run, fold_key(run), fixed or short)
        place = match.end()
    if place and _ENDS.search(text[place:]):
        yield Token(word, place, place, "", BREAK, True)

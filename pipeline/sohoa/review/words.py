"""Corrections of words laid over pages: each becomes an ``Edit`` of stage ``review``."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sohoa.geometry import BBox, union_all
from sohoa.model import Block, Edit, Line, LineKind, Page, Word
from sohoa.review.correction import STAGE, Correction, Kind
from sohoa.review.placing import find_word


@dataclass(frozen=True, slots=True)
class CorrectedPages:
    """The pages, the ids of words that a person vouches for, and what found no place (and why)."""

    pages: tuple[Page, ...]
    locked: frozenset[str]
    unplaced: tuple[tuple[Correction, str], ...]


def correct_words(pages: tuple[Page, ...], corrections: Sequence[Correction]) -> CorrectedPages:
    """Pages with the corrections of words in them, one after the other.

    After it: a corrected word ends in an edit of stage ``review`` and has confidence 1; a word that
    was corrected to several stands as several, which share its box; a word that is no text lies in
    a line of kind ``NOISE`` behind its own line. All else is as it was, and the very pages come
    back where there is nothing to do.
    """
    desk = _Desk(pages)
    unplaced = []
    for each in corrections:
        if each.kind in {Kind.WORD, Kind.CONFIRM}:
            reason = desk.lay(each)
            if reason:
                unplaced.append((each, reason))
    return CorrectedPages(desk.pages(), frozenset(desk.locked), tuple(unplaced))


class _Desk:
    """The words while they are being corrected; lives inside one call."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._pages = pages
        self._by_number = {page.number: page for page in pages}
        self._now: dict[int, dict[str, Word]] = {}
        self._parts: dict[str, tuple[str, ...]] = {}
        self._changed: set[int] = set()
        self._noise: set[str] = set()
        self.locked: set[str] = set()

    def lay(self, correction: Correction) -> str:
        """Put one correction in its place; the reason where that cannot be done."""
        place = correction.place
        page = self._by_number.get(place.page) if place else None
        if place is None or page is None:
            return "the page is not there"
        words = self._now.setdefault(page.number, {word.id: word for word in page.words()})
        after = correction.before if correction.kind is Kind.CONFIRM else correction.after
        pieces = after.split()
        ends = (pieces[0] if pieces else "", pieces[-1] if pieces else "")
        word = find_word(place, page, words.values(), (correction.before, after or ends[0]))
        if word is None:
            return "no such word at this place"
        self._changed.add(page.number)
        if not pieces:
            self._noise.add(word.id)
            self.locked.add(word.id)
            return ""
        self._noise.discard(word.id)
        why = correction.why or f"by {correction.who}"
        made = _pieces(word, pieces, why, taken=words)
        if len(made) == 1:
            words[word.id] = made[0]
        else:
            _put_in(words, word.id, made)
        self._parts[self._origin(word.id)] = tuple(
            part
            for old in self._parts_of(self._origin(word.id))
            for part in ([each.id for each in made] if old == word.id else [old])
        )
        self.locked.update(each.id for each in made)
        return ""

    def _origin(self, word_id: str) -> str:
        for origin, parts in self._parts.items():
            if word_id in parts:
                return origin
        return word_id

    def _parts_of(self, origin: str) -> tuple[str, ...]:
        return self._parts.get(origin, (origin,))

    def pages(self) -> tuple[Page, ...]:
        if not self._changed:
            return self._pages
        return tuple(
            self._page(page) if page.number in self._changed else page for page in self._pages
        )

    def _page(self, page: Page) -> Page:
        words = self._now[page.number]

        def lines(old: tuple[Line, ...]) -> tuple[Line, ...]:
            return tuple(new for line in old for new in self._lines(line, words))

        def block(old: Block) -> Block:
            cells = tuple(replace(cell, lines=lines(cell.lines)) for cell in old.cells)
            return replace(old, lines=lines(old.lines), cells=cells)

        return replace(page, blocks=tuple(block(each) for each in page.blocks))

    def _lines(self, line: Line, words: dict[str, Word]) -> Iterator[Line]:
        parts = [part for word in line.words for part in self._parts_of(word.id)]
        kept = tuple(words[part] for part in parts if part not in self._noise)
        noise = tuple(words[part] for part in parts if part in self._noise)
        if kept or not noise:
            yield line if kept == line.words else replace(line, words=kept)
        if noise:
            box = union_all(word.bbox for word in noise)
            yield Line(box, noise, LineKind.NOISE)


def _put_in(words: dict[str, Word], place: str, made: tuple[Word, ...]) -> None:
    """Words in the place of one, all others behind them as they were."""
    position = list(words)
    followers = {key: words.pop(key) for key in position[position.index(place) :]}
    del followers[place]
    for each in (*made, *followers.values()):
        words[each.id] = each


def _pieces(word: Word, texts: list[str], why: str, taken: dict[str, Word]) -> tuple[Word, ...]:
    """The word as the words it should have been, its box shared out by their letters."""
    if len(texts) == 1:
        return (_read_as(word, texts[0], why),)
    total = sum(len(text) for text in texts) + len(texts) - 1
    numbers = itertools.count(2)
    made: list[Word] = []
    start = 0
    for text in texts:
        left = word.bbox.left + word.bbox.width * start // total
        right = word.bbox.left + word.bbox.width * (start + len(text)) // total
        box = BBox(left, word.bbox.top, max(left, right), word.bbox.bottom)
        piece = replace(_read_as(word, text, why), bbox=box, alternatives=())
        if made:
            name = next(f"{word.id}.{n}" for n in numbers if f"{word.id}.{n}" not in taken)
            piece = replace(piece, id=name)
        made.append(piece)
        start += len(text) + 1
    return tuple(made)


def _read_as(word: Word, text: str, why: str) -> Word:
    if word.text == text:
        return replace(word, confidence=1.0)
    edit = Edit(STAGE, word.text, text, 1.0, why)
    return replace(word, text=text, confidence=1.0, edits=(*word.edits, edit))

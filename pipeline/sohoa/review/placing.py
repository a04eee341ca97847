"""Finding the word of a correction again, also on a page that was read anew."""

from __future__ import annotations

from collections.abc import Iterable

from sohoa.geometry import BBox
from sohoa.model import Page, Word
from sohoa.review.correction import Place

# Two boxes are of the same ink where they share at least this part of what both cover.
_SAME_PLACE = 0.4
_SURE_PLACE = 0.75
# Two readings of the same ink share at least this much of their letters.
_ALIKE = 0.5


def on_page(place: Place, page: Page) -> BBox:
    """The box of the place in the pixels of ``page``, whatever size it was rendered at."""
    if (place.width, place.height) == (page.width, page.height):
        return place.bbox
    x = page.width / place.width if place.width else 1.0
    y = page.height / place.height if place.height else 1.0
    box = place.bbox
    return BBox(
        round(box.left * x), round(box.top * y), round(box.right * x), round(box.bottom * y)
    )


def find_word(
    place: Place, page: Page, words: Iterable[Word], texts: tuple[str, str]
) -> Word | None:
    """The word among ``words`` (of ``page``) that stands at ``place``; None where none does.

    ``texts`` are the reading before and after the correction. The word of that id counts where it
    still reads one of them and its ink is there; else the word with the most ink in common, where
    it reads one of them or something alike. Another word at the place is not the one that was
    corrected.
    """
    box = on_page(place, page)
    known = tuple(words)
    for word in known:
        if word.id == place.word and word.text in texts and _shared(word.bbox, box) > 0:
            return word
    best = max(known, key=lambda word: _shared(word.bbox, box), default=None)
    if best is None:
        return None
    shared = _shared(best.bbox, box)
    if shared < _SAME_PLACE:
        return None
    if {best.text, best.recognized} & set(texts):
        return best
    alike = max(likeness(best.text, text) for text in texts)
    return best if alike >= (_ALIKE if shared < _SURE_PLACE else _ALIKE / 2) else None


def likeness(one: str, other: str) -> float:
    """How much of their letters two readings share, 0..1; marks and case count for little."""
    from rapidfuzz.fuzz import ratio

    from sohoa.vietnamese import strip_marks

    bare = ratio(strip_marks(one).casefold(), strip_marks(other).casefold())
    return float(max(bare, ratio(one, other))) / 100


def _shared(one: BBox, other: BBox) -> float:
    """Shared area over the area that both cover, 0..1."""
    shared = one.intersection_area(other)
    covered = one.area + other.area - shared
    return shared / covered if covered else float(one == other)

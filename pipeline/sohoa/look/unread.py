"""Rows of print that the engine passed over: found by their ink, read alone, or told.

An engine's own layout drops rows that stand beside a seal, near a second column or under a stroke.
What is lost there is lost without a trace, unless the page is asked where letters stand that no
word covers.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from statistics import fmean

from sohoa.geometry import BBox, union_all
from sohoa.look.closing import find_signature_area
from sohoa.look.letter_rows import find_rows_of_letters, framed
from sohoa.look.rows import typical_height
from sohoa.look.second_look import accept
from sohoa.model import Line, PageImage, Word

_LEAST_LETTERS = 8
_MOST_ROWS = 16
_COVER = 0.12  # of a line height: how far around a word its ink may reach
_WHITE = 255
_LEAST_READ = 6  # letters
_LEAST_SHARE = 0.7  # of the letters read
# Words this far (line heights) from the rest of their line stand in another column; the engine
# guessed them where it is no surer of any, and less so of most.
_APART = 2.5
_GUESSED, _MOSTLY_GUESSED = 0.5, 0.3


def find_unread_rows(lines: tuple[Line, ...], page: PageImage) -> tuple[BBox, ...]:
    """Boxes of rows of letters that no word covers, top to bottom, in pixels of ``page``.

    Rubbish covers nothing: where an engine ran rows of two columns together, it is all that was
    read of the smaller print.
    The signature block is left to ``find_signature_rows``, which knows what may stand there.
    """
    words = [word for line in lines for word in line.words]
    if not words:
        return ()
    height = typical_height(words)
    guessed = {word.id for line in lines for word in find_rubbish(line, height)}
    words = [word for word in words if word.id not in guessed]
    pixels = page.pixels.copy()
    for word in words:
        box = word.bbox.padded(round(_COVER * height)).clipped(page.width, page.height)
        pixels[box.top : box.bottom, box.left : box.right] = _WHITE
    if area := find_signature_area(lines, page):
        pixels[area.top : area.bottom, area.left : area.right] = _WHITE
    found = find_rows_of_letters(pixels, height)
    boxes = (framed(row.bbox, page, height) for row in found if row.letters >= _LEAST_LETTERS)
    return tuple(boxes)[:_MOST_ROWS]


def find_rubbish(line: Line, height: float) -> tuple[Word, ...]:
    """Words of a line that stand apart from the others and of which the engine is sure of none.

    ``height``: typical word height, in the pixels of the boxes.
    """
    groups: list[list[Word]] = []
    for word in line.words:
        if groups and word.bbox.left - groups[-1][-1].bbox.right < _APART * height:
            groups[-1].append(word)
        else:
            groups.append([word])
    return tuple(
        word
        for group in groups
        if max(each.confidence for each in group) < _GUESSED
        and fmean(each.confidence for each in group) < _MOSTLY_GUESSED
        for word in group
    )


def take_unread_row(words: tuple[Word, ...], number: int) -> tuple[Line, ...]:
    """What was read in such a row as a line, where it can be believed; nothing otherwise.

    ``number`` makes the ids unique.
    """
    believed = accept(words)
    kept = [word for line in believed for word in line.words]
    if _letters(kept) < max(_LEAST_READ, _LEAST_SHARE * _letters(words)):
        return ()
    if kept[0] != words[0] and _letters(words[:1]):
        return ()  # half a row says something else: (CHÁ)NH THANH TRA
    named = tuple(replace(word, id=f"u{number}.{i}") for i, word in enumerate(kept))
    return (Line(union_all(word.bbox for word in named), named),)


def _letters(words: Iterable[Word]) -> int:
    return sum(character.isalnum() for word in words for character in word.text)

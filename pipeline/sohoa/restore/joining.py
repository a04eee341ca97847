"""One word out of two, two words out of one: ids, boxes and edits kept in order."""

from __future__ import annotations

from dataclasses import replace

from sohoa.geometry import BBox
from sohoa.model import Edit, Word


def joined(first: Word, second: Word, edit: Edit) -> Word:
    """The word that both stand for, under the first one's id.

    ``edit.before`` holds the engine's two readings with a space between them.
    """
    return Word(
        id=first.id,
        bbox=first.bbox.union(second.bbox),
        text=edit.after,
        confidence=min(first.confidence, second.confidence),
        edits=(edit,),
    )


def split(word: Word, parts: tuple[str, ...], edit: Edit) -> tuple[Word, ...]:
    """The words that one reading stands for; the box is shared out by the number of letters.

    The first keeps the id, the others get it with their number behind; each carries an edit from
    the whole reading to its part.
    """
    total = sum(map(len, parts))
    left, words = word.bbox.left, []
    done = 0
    for number, part in enumerate(parts, start=1):
        done += len(part)
        right = word.bbox.left + round(word.bbox.width * done / total)
        words.append(
            replace(
                word,
                id=word.id if number == 1 else f"{word.id}-{number}",
                bbox=BBox(left, word.bbox.top, right, word.bbox.bottom),
                text=part,
                alternatives=(),
                edits=(replace(edit, before=word.recognized, after=part),),
            )
        )
        left = right
    return tuple(words)

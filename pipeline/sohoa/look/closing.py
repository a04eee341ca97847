"""The signature block read row by row: position and name stand under a seal and a hand signature.

An engine that reads the whole page gives up there: ring, pen strokes and print run together. Rows
of letters are found by their size, cut out alone, and read as single lines; what then reads as a
position, a mark of authority or a person's name is taken.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from sohoa.dictionaries import read_table
from sohoa.geometry import BBox, union_all
from sohoa.lexicon import fold_key, read_lexicon
from sohoa.look.letter_rows import find_rows_of_letters, framed
from sohoa.look.rows import lies_on, typical_height, without_words
from sohoa.model import Line, PageImage, Word
from sohoa.vietnamese import fold_for_search

_LABEL = re.compile(r"^\W*noi nhan\b")
# The block, in line heights: it begins a little above the label of the recipients (nơi nhận).
_ABOVE, _BELOW = 5.0, 22.0
_LEFTMOST = 0.38  # of the page's width
_RIGHTMOST = 0.985
_GAP = 2.0
_LEAST_LETTERS = 5
_BESIDE = 3.0  # line heights
_MOST_ROWS = 12
_MOST_NAME_WORDS = 5
_LEAST_CONFIDENCE = 0.3
_HALF_A_NAME = 0.4


def find_signature_rows(lines: tuple[Line, ...], page: PageImage) -> tuple[BBox, ...]:
    """Boxes of rows of letters in the signature block, top to bottom, in pixels of ``page``.

    None where the page has no such block, or where its position and name were read already.
    """
    area = find_signature_area(lines, page)
    if area is None:
        return ()
    rows = [_inside(line, area) for line in lines]
    if any(map(_is_position, rows)) and any(map(is_name, rows)):
        return ()
    height = typical_height(word for line in lines for word in line.words)
    found = find_rows_of_letters(
        page.pixels[area.top : area.bottom, area.left : area.right], height
    )
    boxes = (row.bbox for row in found if row.letters >= _LEAST_LETTERS)
    return tuple(
        framed(
            BBox(b.left + area.left, b.top + area.top, b.right + area.left, b.bottom + area.top),
            page,
            height,
        )
        for b in boxes
    )[:_MOST_ROWS]


def find_signature_area(lines: tuple[Line, ...], page: PageImage) -> BBox | None:
    """Where position and name stand: beside and below the label of the recipients.

    ``lines`` and the box are in pixels of ``page``. None where no line opens with the label, or no
    room is left beside it.
    """
    labels = [line for line in lines if _LABEL.match(fold_for_search(line.text))]
    if not labels:
        return None
    label = labels[-1]
    height = typical_height(word for line in lines for word in line.words)
    words = [word for line in lines for word in line.words]
    beside = _left_column(words, label, height, page.width)
    left = max(_LEFTMOST * page.width, beside + 0.5 * height)
    middle = label.words[0].bbox.center_y
    across = [line.bbox for line in lines if _spans(line, left, height)]
    above = [box.bottom for box in across if box.bottom < middle - 0.5 * height]
    below = [box.top for box in across if box.top > middle + 2 * height]
    top = max([*above, middle - _ABOVE * height])
    bottom = min([*below, middle + _BELOW * height])
    area = BBox(round(left), round(top), round(_RIGHTMOST * page.width), round(bottom))
    area = area.clipped(page.width, page.height)
    return area if min(area.width, area.height) > 3 * height else None


def _left_column(words: list[Word], label: Line, height: float, width: int) -> float:
    """The right edge of the recipients: words that follow one another from the left margin."""
    box = label.words[0].bbox
    right = float(box.right)
    for word in sorted(words, key=lambda word: word.bbox.left):
        inside = box.top - height <= word.bbox.center_y <= box.bottom + _BELOW * height
        near = word.bbox.left <= right + 1.5 * height and word.bbox.right < 0.6 * width
        if inside and near and word.bbox.left >= box.left - 2 * height:
            right = max(right, float(word.bbox.right))
    return right


def _spans(line: Line, left: float, height: float) -> bool:
    """Whether a line of running text lies over both columns without a gap between them."""
    at = [word.bbox for word in line.words]
    crosses = line.bbox.left < left - 2 * height and line.bbox.right > left + 4 * height
    return crosses and not any(b.left - a.right > 2 * height for a, b in pairwise(at))


def take_signature_rows(
    lines: tuple[Line, ...], readings: tuple[tuple[Word, ...], ...]
) -> tuple[Line, ...]:
    """The lines with what the rows of the signature block say, where that is an office or a name.

    What stood there and is neither gives way; what is one already stays. Words outside of the rows
    are left alone.
    """
    for number, reading in enumerate(readings):
        words = _believed(reading)
        if not _is_either(words):
            continue
        box = union_all(word.bbox for word in words)
        pieces = [_piece(line, box) for line in lines]
        if any(_stays(piece, words) for piece in pieces):
            continue
        # Strokes right before the row go with it; words of the column beside it do not.
        left = box.left - _BESIDE * box.height
        standing = tuple(w for piece in pieces for w in piece if w.bbox.left >= left)
        name = standing[0].id if standing else f"s{number}"
        row = tuple(replace(word, id=f"{name}.{i}") for i, word in enumerate(words))
        lines = (*without_words(lines, {word.id for word in standing}), Line(box, row))
    return lines


def _is_either(words: tuple[Word, ...]) -> bool:
    return is_office(words) or is_name(words)


def _stays(piece: tuple[Word, ...], words: tuple[Word, ...]) -> bool:
    """Whether what stands there is an office or a name, and at least as good as the new reading."""
    office = _capitals(piece)
    if _is_exact(office) and not _is_part(office, words):
        return True
    clearer = _is_exact(words) and not _is_exact(piece)
    return _is_either(piece) and not clearer and not _is_part(piece, words)


def _capitals(piece: tuple[Word, ...]) -> tuple[Word, ...]:
    """The longest run of words in capitals: an office between strokes of the pen."""
    runs: list[list[Word]] = [[]]
    for word in piece:
        if word.text.isupper() and _is_print(word):
            runs[-1].append(word)
        else:
            runs.append([])
    longest = max(runs, key=len)
    return tuple(longest)


def _is_exact(words: tuple[Word, ...]) -> bool:
    """Whether the words are a position of the table, and no stroke besides."""
    return bool(words) and _is_position(words) and _folded(words) in _offices()


def _is_part(piece: tuple[Word, ...], words: tuple[Word, ...]) -> bool:
    """Whether the words say what the piece says, and more: PHÓ CHỦ and PHÓ CHỦ TỊCH."""
    return len(piece) < len(words) and f" {_folded(piece)} " in f" {_folded(words)} "


def _piece(line: Line, box: BBox) -> tuple[Word, ...]:
    """The words of a line that lie on the box, with those beside them without a wide gap."""
    kept: list[Word] = []
    for word in line.words:
        if kept and word.bbox.left - kept[-1].bbox.right > _GAP * word.bbox.height:
            if any(lies_on(each, box) for each in kept):
                break
            kept = []
        kept.append(word)
    return tuple(kept) if any(lies_on(word, box) for word in kept) else ()


def _inside(line: Line, area: BBox) -> tuple[Word, ...]:
    return tuple(word for word in line.words if word.bbox.share_inside(area) > 0.5)


def _cleared(words: tuple[Word, ...]) -> tuple[Word, ...]:
    """The reading without strokes of ring and pen at its two ends."""
    kept = list(words)
    while kept and not _is_print(kept[0]):
        kept.pop(0)
    while kept and not _is_print(kept[-1]):
        kept.pop()
    return tuple(kept)


def _believed(reading: tuple[Word, ...]) -> tuple[Word, ...]:
    """The reading without strokes; what is left of a name behind strokes may lack its surname."""
    words = _cleared(reading)
    if words and words[0] is not reading[0] and is_name(words):
        return tuple(replace(w, confidence=min(w.confidence, _HALF_A_NAME)) for w in words)
    return words


def _is_print(word: Word) -> bool:
    letters = sum(character.isalpha() for character in word.text)
    return letters >= 2 and 2 * letters > len(word.text) and word.confidence >= _LEAST_CONFIDENCE


@cache
def _offices() -> tuple[str, ...]:
    return tuple(sorted({fold_for_search(text) for text in read_table("positions").column("text")}))


@cache
def _marks_of_authority() -> frozenset[str]:
    prefixes = read_table("authority_prefixes").column("prefix")
    return frozenset(re.sub(r"\W", "", prefix).lower() for prefix in prefixes) - {"q"}


def is_office(words: tuple[Word, ...]) -> bool:
    """Whether words in capitals are a position (GIÁM ĐỐC), alone or after a mark (KT., TM.)."""
    if not words or not all(word.text.isupper() for word in words):
        return False
    head, _, rest = _folded(words).partition(" ")
    return (head in _marks_of_authority() and len(rest) >= 4) or _is_position(words)


def _is_position(words: tuple[Word, ...]) -> bool:
    return all(word.text.isupper() for word in words) and _folded(words).startswith(_offices())


def _folded(words: tuple[Word, ...]) -> str:
    text = fold_for_search(" ".join(word.text for word in words))
    return re.sub(r"[\W_]+", " ", text).strip()


def is_name(words: tuple[Word, ...]) -> bool:
    """Whether words are a person's name: a surname first, each word with its capital."""
    if not 2 <= len(words) <= _MOST_NAME_WORDS:
        return False
    texts = [word.text.strip(".,") for word in words]
    shaped = all(text.isalpha() and text[0].isupper() and text[1:].islower() for text in texts)
    return shaped and fold_key(texts[0]) in _surnames()


@cache
def _surnames() -> frozenset[str]:
    return frozenset(map(fold_key, read_lexicon().surnames))

"""Where a form leaves room for figures by pen: after ``Số``, after ``ngày``, after ``tháng``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sohoa.geometry import BBox
from sohoa.look.rows import typical_height
from sohoa.model import Line, Word
from sohoa.vietnamese import strip_marks

# Room above and below the print that pen strokes take, in heights of the printed row.
_ABOVE, _BELOW = 0.55, 0.45
_MOST_WORDS = 4
_NUMBER_LABEL = re.compile(r"^\W?s[o06]{1,2}[.,]?[:;]?(?P<rest>[^:;]*)$")
_SYMBOL = re.compile(r"^(?P<rest>[^/]*)/\W?(?:(?:19|20)\d\d/)?[A-ZĐa-zđ]{1,5}\W?[-–/&A-ZĐa-zđ]")
_PARTY = re.compile(r"^(?P<rest>[^/-]*)[-–][A-ZĐ]{2,3}r?/[A-ZĐ]")
# The Party's type code where an engine parted it from the body: "02-HD" before "/BTCTU".
_PARTY_TYPE = re.compile(r"^(?P<rest>[^/-]*)[-–][A-ZĐ][A-Za-zĐđ]{1,2}/?$")
_DAY_LABEL = re.compile(r"^ngay(?P<rest>.{0,5})$")
_DAY_AND_MONTH = re.compile(r"^ngay(?P<rest>.{1,5})thang$")
_MONTH_LABEL = re.compile(r"^(?P<before>.{0,4})thang(?P<rest>.{0,4})$")
_YEAR_LABEL = re.compile(r"^(?P<before>.{0,3})nam(?:\W?(?:(?:19|20)\d{0,2})?\W?)$")


@dataclass(frozen=True, slots=True)
class PenSpot:
    """A place for ``least`` .. ``most`` figures between printed words.

    ``bbox`` has room for high strokes; ``words`` are the words read in the spot, left to right, one
    of which may be glued to the label before (``head``: how much of its text is print) or to the
    symbol after (``tail``). ``label`` is the box of the label before the spot, whose print has that
    many ``letters``: boxes of labels are inexact where pen strokes touch them. ``highest``: no
    figure is larger (31 days, 12 months), or 0. ``in_text``: the label stands in running text,
    where figures are printed, and not in the row of a number or of a place and date.
    """

    bbox: BBox
    words: tuple[Word, ...]
    head: int = 0
    tail: int = 0
    most: int = 5
    highest: int = 0
    label: BBox | None = None
    letters: int = 0
    in_text: bool = False


def find_pen_spots(lines: tuple[Line, ...]) -> tuple[PenSpot, ...]:
    """The spots of number rows and of date rows, whatever was read in them; none overlaps."""
    words = sorted((w for line in lines for w in line.words), key=lambda word: word.bbox.left)
    starts = {line.words[0].id for line in lines if line.words}
    found: list[PenSpot] = []
    running = False
    for word in words:
        folded = _fold(word.text)
        spots: list[PenSpot] = []
        if word.id in starts and (label := _NUMBER_LABEL.match(folded)):
            spots += _number_spot(word, label, words)
            running = word.text.islower()
        elif whole := _DAY_AND_MONTH.match(folded):
            head, tail = whole.start("rest"), len(folded) - whole.end("rest")
            row = list(_to_the_right(word, words, 6.0))
            spots += _spot(word, word, [word], head, tail, most=2, highest=31)
            spots += _month_spot(word, row, [], 0)
            running = not _follows_place(word, words)
        elif label := _DAY_LABEL.match(folded):
            spots += _date_spots(word, label, words)
            running = not _follows_place(word, words)
        found += [replace(spot, in_text=running) for spot in spots]
    usual = typical_height(words)
    return tuple(_trimmed(spot, 1.15 * usual) for spot in found)


def _follows_place(label: Word, words: list[Word]) -> bool:
    """Whether the name of a place and a comma stand before ``ngày`` on its row (Hà Nội, ngày …)."""
    height = label.bbox.height
    before = [
        word
        for word in words
        if label.bbox.left - 3 * height < word.bbox.right <= label.bbox.center_x
        and word.bbox.vertical_overlap(label.bbox) > 0.4
        and word.id != label.id
    ]
    if not before:
        return False
    text = max(before, key=lambda word: word.bbox.right).text.lstrip("(“\"'")
    named = text[:1].isupper() and text[-1] in ",.;:"
    return named and not any(sign.isdigit() or sign == "/" for sign in text)


def _trimmed(spot: PenSpot, height: float) -> PenSpot:
    """The spot no higher than print of the page's usual height asks for.

    Boxes of glued words take in pen strokes and the row above.
    """
    most = round((1 + _ABOVE + _BELOW) * height)
    if spot.bbox.height <= most:
        return spot
    top = spot.bbox.top + (spot.bbox.height - most) // 2
    return replace(spot, bbox=replace(spot.bbox, top=top, bottom=top + most))


def _fold(text: str) -> str:
    folded = strip_marks(text).lower()
    return folded if len(folded) == len(text) else text.lower()


def _to_the_right(word: Word, words: list[Word], reach: float) -> Iterator[Word]:
    """Words of the same printed row to the right, left to right, each near the one before."""
    last = word
    for other in words:
        if other.bbox.left < last.bbox.center_x or other.id == last.id:
            continue
        if other.bbox.left - last.bbox.right > reach * word.bbox.height:
            return
        inner = 0.08 * word.bbox.height
        level = word.bbox.top + inner < other.bbox.center_y < word.bbox.bottom - inner
        if level and other.bbox.vertical_overlap(word.bbox) > 0.4:
            yield other
            last = other


def _number_spot(label: Word, match: re.Match[str], words: list[Word]) -> Iterator[PenSpot]:
    inside = [label] if match["rest"] else []
    head = match.start("rest") if inside else 0
    if inside and (whole := _symbol_of(label.text)):
        yield from _spot(label, label, inside, head, len(label.text) - whole.end("rest"))
        return
    for word in _to_the_right(label, words, 8.0):
        symbol = _symbol_of(word.text)
        if symbol:
            glued = bool(symbol["rest"])
            tail = len(word.text) - len(symbol["rest"]) if glued else 0
            yield from _spot(label, word, [*inside, word] if glued else inside, head, tail)
            return
        inside.append(word)
        if len(inside) > _MOST_WORDS:
            return


def _symbol_of(text: str) -> re.Match[str] | None:
    """The symbol that begins in this word; its ``rest`` is what stands before it.

    The Party's form first: its slash would pass for the State's, with the type among the figures.
    """
    return _PARTY.match(text) or _PARTY_TYPE.match(text) or _SYMBOL.match(text)


def _date_spots(label: Word, match: re.Match[str], words: list[Word]) -> Iterator[PenSpot]:
    row = list(_to_the_right(label, words, 6.0))
    month = _first(_MONTH_LABEL, row)
    if month is None:
        return
    at, found = month
    inside = [label] if match["rest"] else []
    inside += row[:at]
    tail = 0
    if found["before"]:
        inside.append(row[at])
        tail = len(row[at].text) - len(found["before"])
    head = match.start("rest") if match["rest"] else 0
    rest = row[at + 1 :]
    glued = [row[at]] if found["rest"] else []
    months = list(_month_spot(row[at], rest, glued, found.start("rest") if glued else 0))
    if months or _first(_YEAR_LABEL, rest):
        yield from _spot(label, row[at], inside, head, tail, most=2, highest=31)
        yield from months


def _month_spot(label: Word, row: list[Word], glued: list[Word], head: int) -> Iterator[PenSpot]:
    year = _first(_YEAR_LABEL, row)
    if year is None:
        return
    at, found = year
    inside = [*glued, *row[:at]]
    tail = 0
    if found["before"]:
        inside.append(row[at])
        tail = len(row[at].text) - len(found["before"])
    yield from _spot(label, row[at], inside, head, tail, most=2, highest=12)


def _first(pattern: re.Pattern[str], row: list[Word]) -> tuple[int, re.Match[str]] | None:
    for place, word in enumerate(row[: _MOST_WORDS + 1]):
        if match := pattern.match(_fold(word.text)):
            return place, match
    return None


def _spot(  # noqa: PLR0913 (two ends, what lies between, and its kind)
    before: Word, after: Word, inside: list[Word], head: int, tail: int, *,
    most: int = 5, highest: int = 0,
) -> Iterator[PenSpot]:  # fmt: skip
    """The spot between two printed words; ends of glued words are set by their share of letters."""
    left, right = before.bbox.right, after.bbox.left
    if inside and inside[0] is before:
        left = before.bbox.left + round(before.bbox.width * head / len(before.text))
    elif inside:  # boxes of neighbours may overlap where pen strokes touch the print
        left = min(left, inside[0].bbox.left)
    if inside and inside[-1] is after:
        right = after.bbox.right - round(after.bbox.width * tail / len(after.text))
    elif inside:
        right = max(right, inside[-1].bbox.right)
    height = min(before.bbox.height, after.bbox.height)
    if right - left < 0.3 * height:
        return
    middle = min((before.bbox, after.bbox), key=lambda box: box.height).center_y
    box = BBox(
        left,
        max(0, round(middle - (0.5 + _ABOVE) * height)),
        right,
        round(middle + (0.5 + _BELOW) * height),
    )
    printed = before.text[:head] if inside and inside[0] is before else before.text
    letters = sum(c.isalpha() for c in printed)
    yield PenSpot(box, tuple(inside), head, tail, most, highest, before.bbox, letters)

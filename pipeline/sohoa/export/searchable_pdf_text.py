"""The words of a page as invisible text over its ink, in reading order."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from sohoa.export.plain_text import printable
from sohoa.export.searchable_pdf_font import UNITS, GlyphlessFont, Reach, text_width
from sohoa.geometry import BBox
from sohoa.model import Line, LineKind, Page

_BELOW_LETTERS = frozenset("gjpqyQ,;()[]/|@_“„")
_DOT_BELOW = "\u0323"
# Readers believe no font that reaches further than this above and below its baseline.
_MOST_ABOVE, _MOST_BELOW = 1.04, 0.39
_LOWEST = 0.05
# Readers see a space only where the gap is this wide (shares of the size), whatever is set in it.
_GAP = 0.16


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page of the PDF, in points, upright, origin bottom left; ``page`` gives its pixels."""

    width_pt: float
    height_pt: float
    page: Page

    @property
    def x(self) -> float:
        """Points for a pixel, across."""
        return self.width_pt / max(self.page.width, 1)

    @property
    def y(self) -> float:
        """Points for a pixel, down."""
        return self.height_pt / max(self.page.height, 1)


@dataclass(frozen=True, slots=True)
class Axes:
    """The way text runs on the page (``along``) and the way its letters stand (``up``)."""

    along: tuple[int, int]
    up: tuple[int, int]

    def span(self, sheet: Sheet, box: BBox) -> Span:
        """A box of the page's pixels on these axes, in points."""
        xs = (box.left * sheet.x, box.right * sheet.x)
        ys = (sheet.height_pt - box.bottom * sheet.y, sheet.height_pt - box.top * sheet.y)
        corners = [(x, y) for x in xs for y in ys]
        alongs = [x * self.along[0] + y * self.along[1] for x, y in corners]
        ups = [x * self.up[0] + y * self.up[1] for x, y in corners]
        return Span(min(alongs), max(alongs), min(ups), max(ups))

    def matrix(self, squeeze: float, size: float, start: float, base: float) -> tuple[float, ...]:
        (a, b), (c, d) = self.along, self.up
        return (
            squeeze * a, squeeze * b, size * c, size * d,
            start * a + base * c, start * b + base * d,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """A box along its text: from where to where it runs, and how low and high it reaches."""

    start: float
    end: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Set:
    """A text as it is set: its axes, the span it fills and its type size (points), its reach."""

    text: str
    axes: Axes
    span: Span
    size: float
    reach: Reach


RIGHT = Axes((1, 0), (0, 1))
DOWN = Axes((0, -1), (1, 0))
LEFT = Axes((-1, 0), (0, -1))
UP = Axes((0, 1), (-1, 0))


def text_lines(page: Page) -> tuple[Line, ...]:
    """The lines that go into the text layer: all that was read, without specks read as signs."""
    return tuple(line for line in page.lines() if line.kind is not LineKind.NOISE)


def words_of(line: Line) -> tuple[tuple[str, BBox], ...]:
    """Texts and boxes of the words that hold something printable."""
    return tuple((text, word.bbox) for word in line.words if (text := printable(word.text)))


def set_page(sheet: Sheet) -> tuple[Set, ...]:
    """All texts of a page as they are to be set, in reading order.

    After it: each word runs exactly over its box; within a line all words have one size and stand
    on the line's baseline, so that readers see one line; how far a word's ink reaches above and
    below is told by the font it is set in. Gaps between words of a line are wide enough to be seen.
    """
    axes = _axes(sheet.page)
    return tuple(each for line in text_lines(sheet.page) for each in _set_line(sheet, line, axes))


def text_content(texts: Iterable[Set], font: GlyphlessFont) -> bytes:
    """A content stream that sets the texts invisibly; empty where there are none.

    A space ends each text: without it a text of one letter is passed over by some readers.
    """
    parts: list[str] = []
    face = ""
    known: dict[Reach, tuple[str, Reach]] = {}
    for each in texts:
        if each.reach not in known:
            known[each.reach] = font.nearest(each.reach)
        name, reach = known[each.reach]
        if name != face:
            face = name
            parts.append(f"/{face} 1 Tf\n")
        span = each.span
        squeeze = (span.end - span.start) / (text_width(each.text) / UNITS)
        # The middle of what the font tells lies on the middle of the ink.
        lift = each.size * (reach.above - reach.below) / (2 * UNITS)
        base = (span.low + span.high) / 2 - lift
        matrix = each.axes.matrix(squeeze, each.size, span.start, base)
        numbers = " ".join(_number(value) for value in matrix)
        parts.append(f"{numbers} Tm{font.encode(each.text + ' ')}Tj\n")
    return ("BT 3 Tr\n" + "".join(parts) + "ET\n").encode() if parts else b""


def _axes(page: Page) -> Axes:
    """The way most lines of the page run, from the places of their words."""
    votes: Counter[Axes] = Counter()
    for line in page.lines():
        if len(line.words) < 2:
            continue
        first, last = line.words[0].bbox, line.words[-1].bbox
        across = last.center_x - first.center_x
        down = last.center_y - first.center_y
        if abs(across) >= abs(down):
            votes[RIGHT if across >= 0 else LEFT] += len(line.words)
        else:
            votes[DOWN if down > 0 else UP] += len(line.words)
    return votes.most_common(1)[0][0] if votes else RIGHT


def _set_line(sheet: Sheet, line: Line, axes: Axes) -> list[Set]:
    words = words_of(line)
    spans = [axes.span(sheet, box) for _, box in words]
    texts = [text for text, _ in words]
    if not words:
        return []
    bases = _bases(texts, spans)
    size = _size(spans, bases)
    runs = _parted([(span.start, span.end) for span in spans], _GAP * size)
    result: list[Set] = []
    for index, (text, span) in enumerate(zip(texts, spans, strict=True)):
        start, end = runs[index]
        reach = Reach.of((span.high - span.low) / size, (bases[index] - span.low) / size)
        result.append(Set(text, axes, Span(start, end, span.low, span.high), size, reach))
    return result


def _parted(runs: list[tuple[float, float]], gap: float) -> list[tuple[float, float]]:
    """The runs with at least ``gap`` between neighbours, both giving way by half."""
    result = list(runs)
    for index in range(len(result) - 1):
        (start, end), (after, last) = result[index], result[index + 1]
        if after - end < gap:
            middle = (end + after) / 2
            middle = max(middle, start + 0.3 * (end - start) + gap / 2)
            end, after = max(middle - gap / 2, start + _LOWEST), middle + gap / 2
            last = max(last, after + 0.3 * (last - result[index + 1][0]))
        result[index] = (start, max(end, start + _LOWEST))
        result[index + 1] = (after, max(last, after + _LOWEST))
    return [(start, max(end, start + _LOWEST)) for start, end in result]


def _bases(texts: list[str], spans: list[Span]) -> list[float]:
    """The baseline under each word: a straight, maybe sloping, line through what stands on it."""
    standing = [span for text, span in zip(texts, spans, strict=True) if not _goes_below(text)]
    if not standing:
        standing = [
            Span(span.start, span.end, span.low + 0.22 * (span.high - span.low), span.high)
            for span in spans
        ]
    middles = [(span.start + span.end) / 2 for span in standing]
    lows = [span.low for span in standing]
    slope = _slope(middles, lows)
    level = median(low - slope * middle for middle, low in zip(middles, lows, strict=True))
    bases = [level + slope * (span.start + span.end) / 2 for span in spans]
    # A word that stands off the line (a box read too high or low) keeps its own.
    return [
        base if span.low - 0.2 * height <= base <= span.low + 0.6 * height else span.low
        for base, span in zip(bases, spans, strict=True)
        for height in [span.high - span.low]
    ]


def _slope(xs: list[float], ys: list[float]) -> float:
    """The middle one of all slopes between neighbours far enough apart; 0 for a short line."""
    pairs = list(zip(xs, ys, strict=True))
    half = len(pairs) // 2
    slopes = [
        (second[1] - first[1]) / (second[0] - first[0])
        for first, second in zip(pairs[:half], pairs[len(pairs) - half :], strict=True)
        if second[0] - first[0] > 20
    ]
    return median(slopes) if len(slopes) >= 2 else 0.0


def _size(spans: list[Span], bases: list[float]) -> float:
    """The smallest type size of a line that still reaches as far as each of its words."""
    needed = [
        max((span.high - base) / _MOST_ABOVE, (base - span.low) / _MOST_BELOW)
        for span, base in zip(spans, bases, strict=True)
    ]
    return max(*needed, _LOWEST)


def _goes_below(text: str) -> bool:
    parts = unicodedata.normalize("NFD", text)
    return any(letter in _BELOW_LETTERS or letter == _DOT_BELOW for letter in parts)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if abs(value) >= 0.005 else "0"

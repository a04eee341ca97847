"""Set pages: words with boxes in points, rules, and places for ink; and the builder of them.

Points, origin top left, y down. Lines are kept in reading order (left block before right block).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum

from sohoa.imitate.draft import Writing
from sohoa.imitate.fonts import Face, measure_extent, measure_width
from sohoa.model import LineKind

A4_PT = (595.28, 841.89)
MM = 72 / 25.4
LINE_FACTOR = 1.15  # height of a single line of Times New Roman, in font sizes
Box = tuple[float, float, float, float]


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    JUSTIFY = "justify"


class InkKind(StrEnum):
    SEAL = "seal"
    SIGNATURE = "signature"
    PEN = "pen"
    STAMP = "stamp"


@dataclass(frozen=True, slots=True)
class SetWord:
    """A printed (or pen-written) word: its ink box and baseline in points.

    ``cell`` counts the table cells of its row; 0 outside of tables.
    """

    text: str
    box: Box
    baseline: float
    face: Face
    size_pt: float
    writing: Writing = Writing.TYPED
    cell: int = 0


@dataclass(frozen=True, slots=True)
class SetLine:
    """Words of one printed line (of a table: of one row), and what the line is to the paper."""

    words: tuple[SetWord, ...]
    role: str
    kind: LineKind = LineKind.TEXT
    red: bool = False

    @property
    def text(self) -> str:
        """The words joined by blanks, table cells by tabs."""
        parts = [self.words[0].text]
        for before, word in zip(self.words, self.words[1:], strict=False):
            parts.append(("\t" if word.cell != before.cell else " ") + word.text)
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight printed line."""

    start: tuple[float, float]
    end: tuple[float, float]
    width_pt: float = 0.7
    red: bool = False


@dataclass(frozen=True, slots=True)
class InkSpot:
    """A place where ink comes onto the paper after printing; ``center`` is used by seals."""

    kind: InkKind
    box: Box
    text: str = ""
    center: str = ""


@dataclass(frozen=True, slots=True)
class SetPage:
    """One set page."""

    number: int
    size_pt: tuple[float, float] = A4_PT
    lines: tuple[SetLine, ...] = ()
    rules: tuple[Rule, ...] = ()
    inks: tuple[InkSpot, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word before it is placed."""

    text: str
    face: Face
    writing: Writing = Writing.TYPED

    def width(self, size_pt: float) -> float:
        if self.writing is Writing.PEN:
            return (len(self.text) * 0.62 + 0.5) * size_pt
        return measure_width(self.text, self.face, size_pt)


def tokens(text: str, face: Face = Face.REGULAR) -> tuple[Token, ...]:
    """The words of a text in one face."""
    return tuple(Token(word, face) for word in text.split())


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph is set; lengths in points."""

    left: float
    width: float
    size_pt: float
    role: str
    align: Align = Align.JUSTIFY
    indent: float = 0.0
    spacing: float = 1.0
    after: float = 0.0

    @property
    def line_height(self) -> float:
        return self.size_pt * LINE_FACTOR * self.spacing


def break_lines(words: tuple[Token, ...], setting: Setting) -> list[tuple[Token, ...]]:
    """Fill lines greedily, as word processors do; break after a hyphen inside a word if need be."""
    space = measure_width(" ", Face.REGULAR, setting.size_pt)
    lines: list[tuple[Token, ...]] = []
    line: list[Token] = []
    room = setting.width - setting.indent
    waiting = list(reversed(words))
    while waiting:
        word = waiting.pop()
        need = word.width(setting.size_pt) + (space if line else 0.0)
        if need <= room:
            line.append(word)
            room -= need
            continue
        head, tail = _split_at_hyphen(word, room - (space if line else 0.0), setting.size_pt)
        if head is not None:
            line.append(head)
            waiting.append(tail)
        elif line:
            waiting.append(word)
        else:
            line.append(word)  # wider than the column: it sticks out
        lines.append(tuple(line))
        line, room = [], setting.width
    if line:
        lines.append(tuple(line))
    return lines


def _split_at_hyphen(word: Token, room: float, size_pt: float) -> tuple[Token | None, Token]:
    text = word.text
    for index in range(len(text) - 1, 1, -1):
        if text[index - 1] == "-" and text[index - 2].isalpha():
            head = replace(word, text=text[:index])
            if head.width(size_pt) <= room:
                return head, replace(word, text=text[index:])
    return None, word


def place_line(
    words: tuple[Token, ...], setting: Setting, top: float, *, last: bool = True, first: bool = True
) -> tuple[SetWord, ...]:
    """Words of one line at their places; ``last`` lines of justified text are not stretched."""
    size = setting.size_pt
    space = measure_width(" ", Face.REGULAR, size)
    widths = [word.width(size) for word in words]
    indent = setting.indent if first else 0.0
    total = sum(widths) + space * (len(words) - 1)
    left = setting.left + indent
    if setting.align is Align.CENTER:
        left = setting.left + (setting.width - total) / 2
    elif setting.align is Align.JUSTIFY and not last and len(words) > 1:
        space += (setting.width - indent - total) / (len(words) - 1)
    baseline = top + setting.line_height - size * 0.25
    placed = []
    for word, width in zip(words, widths, strict=True):
        above, below = measure_extent(word.text, word.face, size)
        box = (left, baseline - above, left + width, baseline + below)
        placed.append(SetWord(word.text, box, baseline, word.face, size, word.writing))
        left += width + space
    return tuple(placed)


@dataclass(slots=True)
class Sheets:
    """Pages under the typist's hands; ``y`` is where the next line of the running text begins."""

    left: float
    right: float
    top: float
    bottom: float
    pages: list[SetPage] = field(default_factory=lambda: [SetPage(1)])
    y: float = 0.0

    def __post_init__(self) -> None:
        self.y = self.top

    @property
    def width(self) -> float:
        return self.right - self.left

    def new_page(self) -> None:
        self.pages.append(SetPage(len(self.pages) + 1))
        self.y = self.top

    def need(self, height: float) -> None:
        """Begin a new page unless that much still fits on this one."""
        if self.y + height > self.bottom and self.y > self.top:
            self.new_page()

    def add_line(self, line: SetLine) -> None:
        page = self.pages[-1]
        self.pages[-1] = replace(page, lines=(*page.lines, line))

    def add_rule(self, rule: Rule) -> None:
        page = self.pages[-1]
        self.pages[-1] = replace(page, rules=(*page.rules, rule))

    def add_ink(self, spot: InkSpot) -> None:
        page = self.pages[-1]
        self.pages[-1] = replace(page, inks=(*page.inks, spot))

    def paragraph(self, words: tuple[Token, ...], setting: Setting) -> None:
        """Set a paragraph into the running text, over page ends."""
        lines = break_lines(words, setting)
        for index, line in enumerate(lines):
            self.need(setting.line_height)
            last = index == len(lines) - 1
            placed = place_line(line, setting, self.y, last=last, first=index == 0)
            self.add_line(SetLine(placed, setting.role))
            self.y += setting.line_height
        self.y += setting.after

    def column(self, words: tuple[Token, ...], setting: Setting, top: float) -> float:
        """Set a paragraph at a fixed place of this page; the y where it ends."""
        lines = break_lines(words, setting)
        for index, line in enumerate(lines):
            last = index == len(lines) - 1
            placed = place_line(line, setting, top, last=last, first=index == 0)
            self.add_line(SetLine(placed, setting.role))
            for word in placed:
                if word.writing is Writing.PEN:
                    self.add_ink(InkSpot(InkKind.PEN, word.box, word.text))
            top += setting.line_height
        return top + setting.after

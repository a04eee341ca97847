"""The tree of units (phần, chương, mục, điều, khoản, điểm …) of a run of paragraphs.

A label is decided by the sequence it stands in, not by its glyph: after ``c)`` a ``d)`` is d,
after ``d)`` it is đ. Every paragraph ends up in exactly one unit, in reading order.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from sohoa.directive import Unit, UnitKind
from sohoa.model import Finding, Severity
from sohoa.structure.labels import (
    LETTERS,
    Label,
    Style,
    label_text,
    read_blurred,
    read_label,
)
from sohoa.structure.paragraphs import Paragraph

_KINDS = {
    Style.PART: UnitKind.PART,
    Style.CHAPTER: UnitKind.CHAPTER,
    Style.SECTION: UnitKind.SECTION,
    Style.SUBSECTION: UnitKind.SUBSECTION,
    Style.ARTICLE: UnitKind.ARTICLE,
    Style.CAPITAL: UnitKind.CHAPTER,
    Style.ROMAN: UnitKind.SECTION,
    Style.DECIMAL: UnitKind.PARAGRAPH,
    Style.DECIMAL_2: UnitKind.SUBPARAGRAPH,
    Style.DECIMAL_3: UnitKind.SUBPARAGRAPH,
    Style.DECIMAL_4: UnitKind.SUBPARAGRAPH,
    Style.DECIMAL_5: UnitKind.SUBPARAGRAPH,
    Style.LETTER: UnitKind.POINT,
    Style.NUMBER_BRACKET: UnitKind.POINT,
    Style.BRACKETS: UnitKind.POINT,
    Style.ROMAN_SMALL: UnitKind.POINT,
    Style.DASH: UnitKind.INDENT,
    Style.PLUS: UnitKind.INDENT,
    Style.STAR: UnitKind.INDENT,
}
_BULLETS = (Style.DASH, Style.PLUS, Style.STAR)
_NARROW = (Style.LETTER, Style.NUMBER_BRACKET, Style.BRACKETS, Style.ROMAN_SMALL)
_FLEXIBLE = (_NARROW, _BULLETS, (Style.CAPITAL, Style.ROMAN))
_NAMED = (Style.CAPITAL, Style.ROMAN, Style.DECIMAL)
_LETTER = re.compile(r"[^\W\d_]")
_HEADED = (Style.PART, Style.CHAPTER, Style.SECTION, Style.SUBSECTION)
# Text that came with the file is read with full confidence; its labels are as they stand.
_CLEAN = 0.995
_CLOSING = re.compile(
    r"^\W*(?:tren day la|yeu cau |de nghi |nhan duoc |trong qua trinh|qua trinh thuc hien|"
    r"(?:chi thi|quyet dinh|ke hoach|huong dan|thong bao|ket luan|nghi quyet|cong van|"
    r"quy dinh) nay|"
    r"tran trong|rat mong|vay |can cu (?:ke hoach|chi thi|huong dan) nay|noi nhan|kinh de nghi|"
    r"kinh mong|thua lenh|van phong .{0,60}(?:theo doi|don doc))"
)


@dataclass(slots=True)
class _Node:
    """A unit while it is being built."""

    style: Style | None
    kind: UnitKind
    label: str = ""
    path: tuple[int, ...] = ()
    suffix: str = ""
    heading: str = ""
    text: str = ""
    words: list[str] = field(default_factory=list)
    page: int | None = None
    children: list[_Node] = field(default_factory=list)

    def frozen(self) -> Unit:
        return Unit(
            self.kind, self.label, self.heading, self.text,
            tuple(child.frozen() for child in self.children), tuple(self.words), "", self.page,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reading:
    """One way to read a label, and how well it fits the sequence (0: not at all)."""

    style: Style
    path: tuple[int, ...]
    printed: str
    fit: float
    suffix: str = ""


class _Builder:
    """Walks the paragraphs once and keeps the stack of open units."""

    def __init__(self) -> None:
        self.root = _Node(None, UnitKind.TEXT)
        self.stack: list[_Node] = [self.root]
        self.parents: set[tuple[Style, Style]] = set()
        self.findings: list[Finding] = []
        self.quoted = 0

    def add(self, paragraph: Paragraph, upcoming: Sequence[Label] = ()) -> None:
        """Take the next paragraph; ``upcoming`` are the labels of the paragraphs after it."""
        if paragraph.table:
            self._attach_text(_table_node(paragraph))
            return
        text = paragraph.text
        unsure = paragraph.rows[0].words[0].confidence < _CLEAN
        label = None if self._in_quotation(text) else read_label(text)
        if label is None and unsure and not self.quoted:
            label = read_blurred(text)
        if label is not None and label.style in _NAMED and not _LETTER.search(text, label.length):
            label = None  # a number alone names nothing
        reading = self._decide(label, upcoming, unsure=unsure) if label is not None else None
        if label is None or reading is None:
            if not self._as_heading(paragraph):
                self._attach_text(_text_node(paragraph))
            return
        self._open(reading, label, paragraph)

    def _in_quotation(self, text: str) -> bool:
        """Whether the paragraph is part of quoted new wording of another document."""
        opens, closes = text.count("“"), text.count("”")
        inside = self.quoted > 0
        starts = text.startswith("“") and read_label(text[1:]) is not None
        if starts or inside:
            self.quoted = max(0, self.quoted + opens - closes)
            if inside and self.quoted:
                self.quoted_rows -= 1
                if self.quoted_rows <= 0:
                    self.quoted = 0
            elif starts:
                self.quoted_rows = 60
        return inside or starts

    quoted_rows = 0

    def _decide(self, label: Label, upcoming: Sequence[Label], *, unsure: bool) -> _Reading | None:
        """The best reading of the label in its sequence; None where it is no label at all.

        ``unsure``: the glyphs came from an engine, so the numbers around may overrule them.
        """
        if label.style in _BULLETS:
            return _Reading(label.style, label.path, label.printed, 1.0)
        readings = [
            _Reading(label.style, label.path, label.printed, 0, label.suffix),
            *(_Reading(style, path, printed, 0) for style, path, printed in label.others),
        ]
        if label.style is Style.UNREAD:
            readings.pop(0)
        rated = [
            (self._fit(reading) + _goes_on(reading, upcoming), -place, reading)
            for place, reading in enumerate(readings)
        ]
        fit, _, best = max(rated, default=(0.0, 0, None), key=lambda item: (item[0], item[1]))
        if unsure and fit < 2.0:
            expected = self._expected(label, upcoming) or self._lost_stroke(label)
            if expected is not None:
                return expected
        if best is None or (label.style is Style.UNREAD and fit < 3.0):
            return None
        if fit <= 0 and not label.strong:
            return None
        return _Reading(best.style, best.path, _as_decided(label, best), fit, best.suffix)

    def _expected(self, label: Label, upcoming: Sequence[Label]) -> _Reading | None:
        """The label that must stand here, where the next one of its list is two further on."""
        close = label.printed[-1:]
        for node in reversed(self.stack):
            if node.style is None or node.style in _BULLETS or not node.path:
                continue
            if label.style not in (Style.UNREAD, node.style):
                continue
            if (node.style in _NARROW) != (close == ")"):
                continue
            path = (*node.path[:-1], node.path[-1] + 1)
            reading = _Reading(node.style, path, label_text(node.style, path, label.printed), 2.5)
            if path[-1] < 30 and _goes_on(reading, upcoming):
                return reading
        return None

    def _lost_stroke(self, label: Label) -> _Reading | None:
        """``II.`` over a heading right after ``II.``: a III that lost a stroke."""
        last = self._open_of(Style.ROMAN)
        if label.style is not Style.ROMAN or not label.strong or last is None:
            return None
        path = (label.path[-1] + 1,)
        printed = label_text(Style.ROMAN, path, label.printed)
        glyphs = label.printed.rstrip(" .-–/:")
        if label.path != last.path or printed.rstrip(".-–/:") != f"{glyphs}I":
            return None
        return _Reading(Style.ROMAN, path, printed, 2.0)

    def _fit(self, reading: _Reading) -> float:
        """3 next in an open list, 2 opens a list, 1.5 starts one again, 1 leaves a small gap."""
        if not reading.path or reading.path[-1] <= 0:
            return 0.0
        last = self._open_of(reading.style)
        ordinal = reading.path[-1]
        if last is None:
            if Style.DECIMAL_2 <= reading.style <= Style.DECIMAL_5:
                parent = self._open_of(Style(reading.style - 1))
                fits = parent is None or parent.path == reading.path[:-1]
                return 2.0 if fits and ordinal == 1 else 1.0 if fits else 0.4
            return 2.0 if ordinal == 1 else 0.8 if ordinal <= 3 else 0.0
        if reading.path[:-1] != last.path[:-1]:
            parent = self._open_of(Style(reading.style - 1))
            fits = parent is not None and parent.path == reading.path[:-1]
            return (2.0 if ordinal == 1 else 1.0) if fits else 0.5
        step = ordinal - last.path[-1]
        if step == 1 or (step == 0 and reading.suffix and reading.suffix != last.suffix):
            return 3.0
        if ordinal == 1:
            return 1.5 if last.path[-1] > 1 else 0.5
        return 1.0 if 1 < step <= 3 else 0.3 if step == 0 else 0.0

    def _open_of(self, style: Style) -> _Node | None:
        return next((node for node in reversed(self.stack) if node.style is style), None)

    def _open(self, reading: _Reading, label: Label, paragraph: Paragraph) -> None:
        self._note_gap(reading, paragraph)
        self._close_for(reading.style, first=bool(reading.path) and reading.path[-1] == 1)
        parent = self.stack[-1]
        node = _Node(
            reading.style, _KINDS[reading.style], reading.printed, reading.path, reading.suffix,
            text=paragraph.text[label.length :].strip(), words=list(paragraph.ids),
            page=paragraph.rows[0].page,
        )  # fmt: skip
        parent.children.append(node)
        if parent.style is not None:
            self.parents.add((parent.style, reading.style))
        self.stack.append(node)

    def _close_for(self, style: Style, *, first: bool) -> None:
        """Close the open units that cannot hold one of this style."""
        if self._open_of(style) is not None:
            while self.stack[-1].style is not style:
                self.stack.pop()
            self.stack.pop()
            return
        while len(self.stack) > 1:
            top = self.stack[-1].style
            if top is None or self._may_hold(top, style, first=first):
                return
            self.stack.pop()

    def _may_hold(self, top: Style, style: Style, *, first: bool) -> bool:
        for group in _FLEXIBLE:
            if top in group and style in group:
                return (first and (style, top) not in self.parents) or style in _BULLETS
        return top < style

    def _attach_text(self, node: _Node) -> None:
        while self.stack[-1].style in _BULLETS:
            self.stack.pop()
        self.stack[-1].children.append(node)

    def _as_heading(self, paragraph: Paragraph) -> bool:
        """A row under ``Chương I`` that is its name."""
        top = self.stack[-1]
        if top.style not in _HEADED or top.children or top.text or top.heading:
            return False
        text = paragraph.text
        if len(paragraph.rows) > 4 or (text.endswith((".", ";", ":")) and not text.isupper()):
            return False
        top.heading = text
        top.words.extend(paragraph.ids)
        return True

    def _note_gap(self, reading: _Reading, paragraph: Paragraph) -> None:
        if reading.style in _BULLETS:
            return
        last = self._open_of(reading.style)
        same = last is not None and reading.path[:-1] == last.path[:-1]
        before = last.path[-1] if last is not None and same else 0
        step = reading.path[-1] - before
        if step == 1 or (step == 0 and reading.suffix) or reading.path[-1] == 1:
            return
        row = paragraph.rows[0]
        code = "numbering-gap" if step > 1 else "numbering-repeat"
        self.findings.append(
            Finding(
                code, Severity.WARNING,
                f"{reading.printed} does not follow {last.label if last else 'anything'}.",
                row.page, row.bbox,
            )
        )  # fmt: skip


def _goes_on(reading: _Reading, upcoming: Sequence[Label]) -> float:
    """A bonus where the next label of this style is the next number: 1. … 2. before any 1."""
    if not reading.path:
        return 0.0
    following = (*reading.path[:-1], reading.path[-1] + 1)
    for label in upcoming:
        readings = [(label.style, label.path), *((style, path) for style, path, _ in label.others)]
        if (reading.style, reading.path) in readings:
            return 0.0
        if (reading.style, following) in readings:
            return 0.6
        if label.style is reading.style and label.path[:-1] == reading.path[:-1]:
            return 0.0
        if label.style < reading.style and reading.style < Style.DASH:
            return 0.0  # a wider unit begins first: the list has ended
    return 0.0


def _as_decided(label: Label, best: _Reading) -> str:
    """The label as printed, with the letter that the sequence decided."""
    if best.style is label.style and best.path == label.path:
        return label.printed
    if best.style is Style.LETTER and best.printed[:1].isdigit():
        return LETTERS[best.path[-1] - 1] + best.printed[1:]
    return best.printed


def _text_node(paragraph: Paragraph) -> _Node:
    return _Node(
        None, UnitKind.TEXT, text=paragraph.text, words=list(paragraph.ids),
        page=paragraph.rows[0].page,
    )  # fmt: skip


def _table_node(paragraph: Paragraph) -> _Node:
    """A table as one unit: a line for each row, cells parted by tabs."""
    grid: dict[int, dict[int, list[str]]] = {}
    for row in paragraph.rows:
        if row.cell is not None:
            grid.setdefault(row.cell[1], {}).setdefault(row.cell[2], []).append(row.text)
    lines = [
        "\t".join(" ".join(cells[column]) for column in sorted(cells))
        for _, cells in sorted(grid.items())
    ]
    return _Node(
        None, UnitKind.TABLE, text="\n".join(lines), words=list(paragraph.ids),
        page=paragraph.rows[0].page,
    )  # fmt: skip


def build_tree(paragraphs: Sequence[Paragraph]) -> tuple[tuple[Unit, ...], tuple[Finding, ...]]:
    """Units of these paragraphs, and findings about their numbering.

    Any text gives a tree; the words of all units, walked in order, are those of the paragraphs.
    """
    builder = _Builder()
    last = len(paragraphs)
    labels = [None if p.table else read_label(p.text) for p in paragraphs]
    closing = _closing_start(paragraphs, labels)
    for place, paragraph in enumerate(paragraphs):
        if place == closing and place < last:
            builder.stack = [builder.root]
        builder.add(paragraph, tuple(label for label in labels[place + 1 : place + 60] if label))
    units = tuple(_with_heading(node) for node in builder.root.children)
    return units, tuple(builder.findings)


def _closing_start(paragraphs: Sequence[Paragraph], labels: Sequence[Label | None]) -> int:
    """Where the unlabelled paragraphs begin that close the whole paper, not its last unit.

    In a paper of articles everything belongs to an article.
    """
    place = len(paragraphs)
    if any(label is not None and label.style is Style.ARTICLE for label in labels):
        return place
    while (
        place and not paragraphs[place - 1].table and read_label(paragraphs[place - 1].text) is None
    ):
        place -= 1
    for start in range(place, len(paragraphs)):
        if _CLOSING.match(paragraphs[start].rows[0].folded):
            return start
    return (
        len(paragraphs) - 1
        if place < len(paragraphs) and paragraphs[-1].text.rstrip().endswith("./.")
        else len(paragraphs)
    )


_ENDS = re.compile(r"[.;:,]\W*$")


def _with_heading(node: _Node) -> Unit:
    """The node frozen, with text that is a title taken as its heading."""
    children = tuple(_with_heading(child) for child in node.children)
    heading, text = node.heading, node.text
    titled = node.kind not in (UnitKind.TEXT, UnitKind.TABLE, UnitKind.INDENT)
    if (
        titled
        and text
        and not heading
        and (text.isupper() or (children and not _ENDS.search(text) and len(text.split()) <= 40))
    ):
        heading, text = text, ""
    return Unit(node.kind, node.label, heading, text, children, tuple(node.words), "", node.page)

"""One PDF page: its picture, its words, what its fields draw, and the verdict on its text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sohoa.model import (
    EmbeddedLayer,
    Finding,
    LayerVerdict,
    Line,
    LineKind,
    PageImage,
    Severity,
)
from sohoa.read.esign import find_signature_lines, reads_as_signature
from sohoa.read.ink import measure_coverage
from sohoa.read.lines import Frame, build_lines
from sohoa.read.pages import Appearance, AppearanceKind, SourcePage
from sohoa.read.pdf_boxes import rotation_of, shown_box, shown_rect, user_unit
from sohoa.read.pdf_guard import TooMuchDataError, see_through_sizes
from sohoa.read.pdf_render import plan_render, render, set_frame, shrunk_finding
from sohoa.read.pdf_survey import Survey, survey_page
from sohoa.read.pdf_text import Drawn, PageText, read_text
from sohoa.read.pieces import Piece
from sohoa.read.settings import ReadSettings
from sohoa.read.verdict import PageFacts, judge

if TYPE_CHECKING:
    from sohoa.model import Pixels

# A picture of a number or a day is about as high as a line of 14 pt; a seal or a hand is higher.
_NUMBER_HIGH_PT = 30.0
# A note with more words than this is not something typed into a gap of the text.
_SHORT_NOTE_WORDS = 4
_WITNESS_CONFIDENCE = 0.5


def read_pdf_page(
    pike: Any, document: Any, index: int, number: int, settings: ReadSettings
) -> SourcePage:
    """Read one page; raises whatever a broken page makes the libraries raise."""
    source = pike.pages[index]
    findings: list[Finding] = []
    try:
        text = read_text(source, settings)
    except TooMuchDataError:
        raise
    except Exception as error:
        text = None
        why = " ".join(str(error).split())[:120] or type(error).__name__
        findings.append(
            Finding(
                "text-layer-unreadable",
                Severity.WARNING,
                f"The embedded text of page {number} cannot be read ({why}).",
                number,
            )
        )
    page = document[index]
    try:
        box = shown_box(source)
        survey = survey_page(page, box, see_through_sizes(source))
        shape = replace(set_frame(page, survey.frame(box)), unit=user_unit(source))
        plan = plan_render(shape, rotation_of(source), survey, settings)
        image = PageImage(number, render(document, page, plan), round(plan.dpi, 2))
        covered = survey.is_picture and text is not None and text.drawn
        bare = render(document, page, plan, with_fields=False) if covered else None
    finally:
        page.close()
    findings.extend(shrunk_finding(plan.shrunk, number, settings))
    if text is None:
        layer = EmbeddedLayer(LayerVerdict.NONE, reason="the embedded text cannot be read")
        return _page(image, layer, (), (), findings)
    shown = shown_rect(survey.frame(box), box, rotation_of(source))
    frame = Frame(
        page=number,
        shown=shown,
        width=plan.width,
        height=plan.height,
        rules=() if survey.is_picture else text.rules,
    )
    found = _with_text(image, frame, survey, text, findings)
    return found if bare is None else _with_bare(found, bare)


def _with_bare(page: SourcePage, bare: Pixels) -> SourcePage:
    """The page with what lies beneath each of its fields and notes."""
    appearances = tuple(
        replace(each, beneath=bare[box.top : box.bottom, box.left : box.right].copy())
        for each in page.appearances
        for box in (each.bbox.clipped(page.width, page.height),)
    )
    return replace(page, appearances=appearances)


def _page(
    image: PageImage,
    layer: EmbeddedLayer,
    lines: tuple[Line, ...],
    appearances: tuple[Appearance, ...],
    findings: list[Finding],
) -> SourcePage:
    return SourcePage(
        number=image.number,
        image=image,
        layer=layer,
        lines=lines,
        appearances=appearances,
        findings=tuple(findings),
        width=image.width,
        height=image.height,
        dpi=image.dpi,
    )


def _with_text(
    image: PageImage, frame: Frame, survey: Survey, text: PageText, findings: list[Finding]
) -> SourcePage:
    appearances = tuple(_appearance(drawn, frame) for drawn in text.drawn)
    kinds = [
        _kind_of(drawn, appearance, text.pieces)
        for drawn, appearance in zip(text.drawn, appearances, strict=True)
    ]

    def kind_of(owner: int) -> LineKind:
        return LineKind.TEXT if owner < 0 else kinds[owner]

    pieces = [*text.pieces, *(piece for drawn in text.drawn for piece in drawn.pieces)]
    lines = _marked(build_lines(pieces, frame, kind_of, 1.0))
    own = [line for line in lines if line.kind is LineKind.TEXT]
    tokens = [word.text for line in own for word in line.words] if text.pieces else []
    coverage = 0.0
    if tokens:
        coverage, _ = measure_coverage(
            image,
            (word.bbox for line in own for word in line.words),
            (appearance.bbox for appearance in appearances),
        )
    facts = PageFacts(
        is_picture=survey.is_picture,
        hidden=survey.hidden,
        coverage=coverage,
        drawn_text=len(own) < len(lines) or any(drawn.pieces for drawn in text.drawn),
    )
    layer = judge(tokens, facts, "\n".join(line.text for line in lines))
    if layer.verdict is not LayerVerdict.GOOD:
        lines = tuple(_witness(line) for line in lines)
    return _page(image, layer, lines, appearances, findings)


def _appearance(drawn: Drawn, frame: Frame) -> Appearance:
    left, top, right, bottom = drawn.rect
    text = "\n".join(
        line.text for line in build_lines(drawn.pieces, frame, lambda _: LineKind.TEXT, 1.0)
    )
    is_signature = drawn.is_signature
    if text:
        signs = reads_as_signature(text)
    else:
        height = min(drawn.picture_height, bottom - top)
        signs = is_signature and height > _NUMBER_HIGH_PT
    return Appearance(
        name=drawn.name or drawn.subtype,
        kind=AppearanceKind.SIGNATURE if is_signature else AppearanceKind.OTHER,
        bbox=frame.bbox(left, top, right, bottom),
        text=text,
        has_picture=drawn.picture_height > 0,
        reads_as_signature=signs,
    )


def _kind_of(drawn: Drawn, appearance: Appearance, pieces: tuple[Piece, ...]) -> LineKind:
    """Whether what a field draws is the document's own text, a signature's, or a stamp's."""
    if appearance.reads_as_signature:
        return LineKind.ESIGN
    if drawn.is_signature or drawn.subtype == "Widget":
        return LineKind.TEXT
    typed_in = len(drawn.pieces) <= _SHORT_NOTE_WORDS and any(
        min(own.bottom, piece.bottom) - max(own.top, piece.top) > 0.5 * own.size
        for own in drawn.pieces
        for piece in pieces
    )
    return LineKind.TEXT if typed_in else LineKind.STAMP


def _marked(lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Signature text that was pressed into the page's own content is marked too."""
    found = find_signature_lines([line.text for line in lines])
    return tuple(
        replace(line, kind=LineKind.ESIGN)
        if index in found and line.kind is LineKind.TEXT
        else line
        for index, line in enumerate(lines)
    )


def _witness(line: Line) -> Line:
    if line.kind is not LineKind.TEXT:
        return line
    words = tuple(replace(word, confidence=_WITNESS_CONFIDENCE) for word in line.words)
    return replace(line, words=words)

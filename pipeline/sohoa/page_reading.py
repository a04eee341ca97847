"""One page from what the file gives to blocks of words, by way of look and recognize."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sohoa.certify import PageInk
from sohoa.errors import EngineError
from sohoa.geometry import BBox, Transform, rotation_deg, union_all
from sohoa.look import (
    CleanPage,
    LookSettings,
    SecondLook,
    arrange,
    clean,
    find_again,
    find_grids,
    find_rules,
    find_separators,
    grey_of,
    has_marks,
    is_dark,
    present,
    read_pen_spots,
    runs_sideways,
    set_capitals,
    turn,
    without_doubles,
)
from sohoa.model import (
    Block,
    Finding,
    LayerVerdict,
    Line,
    LineKind,
    Page,
    PageImage,
    Severity,
    TextSource,
    Word,
    map_boxes,
    numbered,
)
from sohoa.read import Appearance, SourcePage
from sohoa.recognize import Engine
from sohoa.vietnamese import is_syllable, strip_marks

# A page read this badly, with this many words, may stand on its head.
_POOR = 0.45
_ENOUGH_WORDS = 12
# Read worse than this it is a hand, a picture, or a script that the engine does not know.
_RUBBISH = 0.2
# Two ways up that read this nearly alike leave it open which is the right one.
_NEARLY_ALIKE = 0.12
_SURE = 0.7
# The height of one written or stamped line, in millimetres: a field drawn as a picture of a
# number or a day is no taller, a seal or a hand signature is.
_LINE_MM = 11.0


@dataclass(frozen=True, slots=True)
class PageReading:
    """A page and what must be told about it; ``ink`` is what vouches on a picture of paper."""

    page: Page
    findings: tuple[Finding, ...]
    ink: PageInk | None = None


def read_page(source: SourcePage, engine: Engine, look: LookSettings) -> PageReading:
    """Words of one page in reading order: the embedded text where it is good, the ink otherwise.

    After it: boxes lie in the page's pixels; ids are ``p<page>w<n>`` in reading order; visible text
    of digital signatures is marked as such. A page that cannot be read comes back empty, with an
    ERROR finding: it never ends the document.
    """
    if source.image is None:
        return _without_image(source)
    if source.layer.verdict is LayerVerdict.GOOD:
        return _embedded(source, source.image, engine)
    try:
        return _from_ink(source, source.image, engine, look)
    except EngineError as error:
        finding = Finding("page-unreadable", Severity.ERROR, str(error), source.number)
        return PageReading(_page(source, (), TextSource.NOTHING), (*source.findings, finding))


def _without_image(source: SourcePage) -> PageReading:
    """A page of a text file, or one that the file could not give."""
    if not source.lines:
        return PageReading(_page(source, (), TextSource.NOTHING), source.findings)
    blocks = numbered(arrange(source.lines), source.number)
    return PageReading(_page(source, blocks, TextSource.PLAIN), source.findings)


def _embedded(source: SourcePage, image: PageImage, engine: Engine) -> PageReading:
    drawn: list[Line] = []
    findings = source.findings
    try:
        for each in source.appearances:
            drawn += _drawn_text(each, image, engine)
    except EngineError as error:
        findings = (*findings, _cut_short(source, error))
    rules = find_rules(grey_of(image.pixels))
    grids = find_grids(rules)
    printed = [line for line in source.lines if not _is_laid_over(line)]
    blocks = arrange((*printed, *drawn), grids, find_separators(rules, grids))
    blocks = numbered((*blocks, *_laid_over(source)), source.number)
    return PageReading(_page(source, blocks, TextSource.EMBEDDED), findings)


def _from_ink(
    source: SourcePage, image: PageImage, engine: Engine, look: LookSettings
) -> PageReading:
    findings = list(source.findings)
    presented = present(_uncovered(source, image))
    upright = _recognize_upright(presented, engine, look)
    page, lines, turned = upright.page, upright.lines, upright.turned
    if upright.is_unsure:
        message = "It could not be told for sure which way up the page stands: look at it by eye."
        findings.append(Finding("orientation-unsure", Severity.WARNING, message, source.number))
    if _quality(lines) < _POOR:
        marked = is_dark(grey_of(presented.pixels)) or has_marks(page.image.pixels)
        findings += _verdict(source, lines, marked=marked)
    try:
        lines, unread = _looked_at_again(page, lines, engine, look.second_look)
        findings += [_unread_ink(page.image, box, source.number) for box in unread[:1]]
    except EngineError as error:
        findings.append(_cut_short(source, error))
    lines = set_capitals(page.image, without_doubles(lines))
    if look.pen:
        lines = read_pen_spots(page.image, lines)

    back = page.levelling.inverse().then(page.image.to_page)

    def to_page(box: BBox) -> BBox:
        # A turn pushes the corners of the page over its edge: boxes are cut there.
        return back.bbox(box).clipped(image.width, image.height)

    level_lines = map_boxes(Block(BBox(0, 0, 0, 0), lines), page.levelling.bbox).lines
    arranged = arrange(level_lines, page.grids, page.separators)
    blocks = tuple(map_boxes(block, to_page) for block in arranged)
    blocks = numbered((*blocks, *_laid_over(source)), source.number)
    result = _page(source, blocks, TextSource.OCR)
    result = replace(
        result,
        angle_deg=round(turned + page.angle_deg + rotation_deg(presented.to_page), 2),
        orientation_confidence=round(_quality(lines), 3) if lines else None,
    )
    return PageReading(result, tuple(findings))


def _verdict(source: SourcePage, lines: tuple[Line, ...], *, marked: bool) -> tuple[Finding, ...]:
    """What a person must know of a page that was read badly, or not at all.

    An ERROR is a page with something on it (``marked``) of which nothing could be read.
    """
    words = [word for line in lines for word in line.words]
    quality = _quality(lines)
    code, severity = "poor-reading", Severity.WARNING
    message = "Little of what was read is Vietnamese: check the page by eye."
    if not words and not marked:
        code, severity, message = "blank-page", Severity.INFO, "No text was found."
    elif not words:
        code, severity = "page-unreadable", Severity.ERROR
        message = "There is something on the page, but no text was found: look at it by eye."
    elif _is_other_language(words):
        code, message = "other-language", "The text does not look Vietnamese: check it by eye."
    elif quality < _RUBBISH and (marked or len(words) >= _ENOUGH_WORDS):
        code, severity = "page-unreadable", Severity.ERROR
        message = "What was read makes no sense: a hand, a picture, a script that is not known?"
    return (Finding(code, severity, message, source.number),)


def _is_other_language(words: list[Word]) -> bool:
    """Whether most words were clearly seen and could be spoken, in a language of Latin script."""
    clear = [word for word in words if word.confidence >= _SURE and len(word.text) > 1]
    spoken = [word for word in clear if set(strip_marks(word.text).lower()) & set("aeiouy")]
    return len(words) >= _ENOUGH_WORDS and len(spoken) > 0.5 * len(words)


def _cut_short(source: SourcePage, error: EngineError) -> Finding:
    message = f"What was read so far is kept; a part was not read. {error}"
    return Finding("reading-cut-short", Severity.WARNING, message, source.number)


@dataclass(frozen=True, slots=True)
class _Upright:
    """A page read one way up: the quarter turn (degrees, clockwise) it took, how certain it reads.

    ``rival``: how certain the next best way reads; None where the first was good enough.
    """

    page: CleanPage
    lines: tuple[Line, ...]
    turned: int
    certainty: float
    rival: float | None = None

    @property
    def is_unsure(self) -> bool:
        words = sum(len(line.words) for line in self.lines)
        if self.rival is None or words < _ENOUGH_WORDS:
            return False
        return self.certainty - self.rival < _NEARLY_ALIKE


def _recognize_upright(image: PageImage, engine: Engine, look: LookSettings) -> _Upright:
    """The page read the right way up, as far as that can be told."""
    quarters = [90, 270, 0] if runs_sideways(grey_of(image.pixels)) else [0, 180]
    tries: list[_Upright] = []
    while quarters:
        quarter = quarters.pop(0)
        page = clean(turn(image, quarter), look)
        try:
            lines = engine.recognize(page.image)
        except EngineError:
            if not tries:
                raise
            break
        # An engine that turns the text itself reads it well, but its lines run up the page.
        sideways = _runs_up_the_page(lines)
        tries.append(_Upright(page, lines, quarter, 0.0 if sideways else _certainty(lines)))
        words = [word for line in lines for word in line.words]
        if sideways:
            first = quarter == 0 and all(each.turned != 90 for each in tries)
            quarters = [90, 270] if first else quarters
        elif _quality(lines) >= _POOR or len(words) < _ENOUGH_WORDS or _is_other_language(words):
            return max(tries, key=lambda each: each.certainty)
    best, *others = sorted(tries, key=lambda each: -each.certainty)
    return replace(best, rival=others[0].certainty) if others else best


def _runs_up_the_page(lines: tuple[Line, ...]) -> bool:
    """Whether most words of four letters or more stand higher than wide."""
    long = [word.bbox for line in lines for word in line.words if len(word.text) >= 4]
    return len(long) >= _ENOUGH_WORDS and sum(b.height > b.width for b in long) > 0.5 * len(long)


def _looked_at_again(
    page: CleanPage, lines: tuple[Line, ...], engine: Engine, look: SecondLook
) -> tuple[tuple[Line, ...], tuple[BBox, ...]]:
    """The lines after a second look, by one call of the engine, and the print still unread."""
    back = page.levelling.inverse()
    walls = tuple(back.bbox(cell.bbox) for grid in page.grids for cell in grid.cells)
    again = find_again(page.image, lines, walls, look)
    crops = [look.crop(page.image, box) for box in again.boxes]
    found = zip(crops, engine.recognize_lines(crops), strict=True)
    return again.take(tuple(_words_on_page(crop, read) for crop, read in found))


def _unread_ink(image: PageImage, box: BBox, number: int) -> Finding:
    message = "There is ink here that looks like print, and could not be read: look at it by eye."
    return Finding("unread-ink", Severity.INFO, message, number, image.to_page.bbox(box))


def _words_on_page(crop: PageImage, found: tuple[Line, ...]) -> tuple[Word, ...]:
    """Words read in a crop, with their boxes on the page."""
    block = map_boxes(Block(BBox(0, 0, 0, 0), found), crop.to_page.bbox)
    return tuple(word for line in block.lines for word in line.words)


def _quality(lines: tuple[Line, ...]) -> float:
    """Share of words read as Vietnamese syllables or numbers, weighed by confidence; 0..1."""
    words = [word for line in lines for word in line.words]
    if not words:
        return 0.0
    return sum(word.confidence for word in words if _plausible(word)) / len(words)


def _certainty(lines: tuple[Line, ...]) -> float:
    """What tells print that stands upright from print on its head, in any language."""
    words = [word for line in lines for word in line.words]
    return _quality(lines) + sum(word.confidence for word in words) / max(1, len(words))


def _plausible(word: Word) -> bool:
    bare = word.text.strip(".,;:!?()[]\"'“”/-")
    return is_syllable(bare) or any(character.isdigit() for character in bare)


def _uncovered(source: SourcePage, image: PageImage) -> PageImage:
    """The page without what was laid over it and is no print: signatures' stamps, notes.

    What lies beneath shows again where the file tells it; else their place turns white.
    """
    laid_over = [line.bbox for line in source.lines if _is_laid_over(line)]
    if not laid_over and not source.appearances:
        return image
    pixels = image.pixels.copy()
    for field in source.appearances:
        box = field.bbox.clipped(image.width, image.height)
        has_note = any(each.share_inside(box) > 0.5 for each in laid_over)
        if not field.reads_as_signature and not (has_note and field.beneath is not None):
            continue
        laid_over = [each for each in laid_over if each.share_inside(box) <= 0.5]
        pixels[box.top : box.bottom, box.left : box.right] = _beneath(field, pixels.ndim)
    for line in laid_over:
        box = line.padded(2).clipped(image.width, image.height)
        pixels[box.top : box.bottom, box.left : box.right] = 255
    return replace(image, pixels=pixels)


def _beneath(field: Appearance, dimensions: int) -> np.ndarray | int:
    """What lies beneath a field, as grey (2 dimensions) or colour (3), or white."""
    if field.beneath is None:
        return 255
    grey = grey_of(field.beneath)
    if dimensions == 2:
        return grey
    return field.beneath if field.beneath.ndim == 3 else grey[:, :, None]


def _drawn_text(field: Appearance, image: PageImage, engine: Engine) -> tuple[Line, ...]:
    """The number or day that a form field draws as a picture, read from its ink.

    Pictures that read as anything but figures are initials and signatures, not text.
    """
    if not field.has_picture or field.reads_as_signature or field.text.strip():
        return ()
    box = field.bbox.clipped(image.width, image.height)
    if not box.area or box.height > _LINE_MM / 25.4 * image.dpi:
        return ()
    margin = 12
    crop = image.pixels[box.top : box.bottom, box.left : box.right]
    shape = (box.height + 2 * margin, box.width + 2 * margin, *crop.shape[2:])
    canvas = np.full(shape, 255, dtype=np.uint8)
    canvas[margin : margin + box.height, margin : margin + box.width] = crop
    part = replace(
        image,
        pixels=canvas,
        to_page=Transform.shift(box.left - margin, box.top - margin).then(image.to_page),
    )
    (lines,) = engine.recognize_lines((part,))
    if not any(word.text.strip(".,/").isdigit() for line in lines for word in line.words):
        return ()
    # These lie in the page's own pixels again: the embedded words beside them do.
    block = map_boxes(Block(box, lines), part.to_page.bbox)
    return block.lines


def _is_laid_over(line: Line) -> bool:
    return line.kind in (LineKind.ESIGN, LineKind.STAMP)


def _laid_over(source: SourcePage) -> tuple[Block, ...]:
    """What was laid over the page, signatures' visible text and notes, behind the page's print."""
    blocks = []
    for kind in (LineKind.ESIGN, LineKind.STAMP):
        lines = tuple(line for line in source.lines if line.kind is kind)
        if lines:
            blocks.append(Block(union_all(line.bbox for line in lines), lines))
    return tuple(blocks)


def _page(source: SourcePage, blocks: tuple[Block, ...], text_source: TextSource) -> Page:
    if source.image is not None:
        width, height, dpi = source.image.width, source.image.height, source.image.dpi
    else:
        width = max((line.bbox.right for line in source.lines), default=0)
        height = max((line.bbox.bottom for line in source.lines), default=0)
        dpi = 0.0
    return Page(source.number, width, height, round(dpi, 1), blocks, text_source, source.layer)

"""hOCR as Tesseract writes it, with ``lstm_choice_mode=2``: words, confidences, alternatives.

Format: http://kba.github.io/hocr-spec/1.2/ (``ocr_line``, ``ocrx_word`` with ``bbox`` and
``x_wconf``); the nested ``ocrx_cinfo`` spans hold, for each glyph, the choices with ``x_confs``.
"""

from __future__ import annotations

import re
from itertools import product

from lxml import etree

from sohoa.geometry import BBox
from sohoa.model import Alternative, Line, Word
from sohoa.vietnamese import fold_look_alikes, nfc

_BBOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_WORD_CONFIDENCE = re.compile(r"x_wconf (\d+(?:\.\d+)?)")
_GLYPH_CONFIDENCE = re.compile(r"x_confs (\d+(?:\.\d+)?)")
_LINE_CLASSES = frozenset({"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"})
_MOST_ALTERNATIVES = 5
# A choice under this share (0..1) is noise of the network's soft-max.
_LEAST_CHOICE = 0.01
_MOST_DOUBTFUL_GLYPHS = 4

Choices = list[tuple[str, float]]


def parse_hocr(data: bytes) -> tuple[tuple[Line, ...], ...]:
    """Lines of each page, boxes in the recognized image's pixels; lines without words are left.

    Word ids are unique in one page. Raises ``lxml.etree.XMLSyntaxError`` for what is no XML.
    """
    # A control byte that the engine read out of noise would break the whole page.
    clean = re.sub(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]", b"", data)
    root = etree.fromstring(clean, etree.XMLParser(huge_tree=True, resolve_entities=False))
    pages = (each for each in root.iter("{*}div") if each.get("class") == "ocr_page")
    return tuple(_lines(page) for page in pages)


def _lines(page: etree._Element) -> tuple[Line, ...]:
    lines = []
    count = 0
    for element in page.iter("{*}span"):
        if element.get("class") not in _LINE_CLASSES:
            continue
        words = []
        for span in element.iter("{*}span"):
            if span.get("class") == "ocrx_word":
                word = _word(span, f"w{count}")
                if word is not None:
                    words.append(word)
                    count += 1
        if words:
            lines.append(Line(_bbox(element), tuple(words)))
    return tuple(lines)


def _bbox(element: etree._Element) -> BBox:
    match = _BBOX.search(element.get("title") or "")
    if match is None:
        return BBox(0, 0, 0, 0)
    left, top, right, bottom = (int(value) for value in match.groups())
    return BBox(min(left, right), min(top, bottom), max(left, right), max(top, bottom))


def _word(span: etree._Element, id_: str) -> Word | None:
    text = nfc("".join((_own_text(span)).split()))
    if not text:
        return None
    match = _WORD_CONFIDENCE.search(span.get("title") or "")
    confidence = min(1.0, float(match.group(1)) / 100) if match else 0.0
    return Word(id_, _bbox(span), text, confidence, other_readings(text, _glyph_choices(span)))


def _own_text(span: etree._Element) -> str:
    """Text of the word without that of its glyph choices (which are nested spans)."""
    parts = [span.text or ""]
    for child in span:
        if child.get("class") != "ocrx_cinfo":
            parts.extend(str(text) for text in child.itertext())
        parts.append(child.tail or "")
    return "".join(parts)


def _glyph_choices(span: etree._Element) -> list[Choices]:
    """For each glyph its choices (text, confidence 0..1), the one that was read first."""
    glyphs = []
    for group in span:
        if group.get("class") != "ocrx_cinfo" or not (group.get("id") or "").startswith("lstm"):
            continue
        choices: Choices = []
        for choice in group:
            match = _GLYPH_CONFIDENCE.search(choice.get("title") or "")
            text = nfc((choice.text or "").strip())
            if match and text:
                choices.append((text, min(1.0, float(match.group(1)) / 100)))
        if choices:
            # The network's favourite is not always what the search through the line took.
            glyphs.append([choices[0], *sorted(choices[1:], key=lambda item: -item[1])])
    return glyphs


def other_readings(text: str, glyphs: list[Choices]) -> tuple[Alternative, ...]:
    """Other readings of the word, best first, with the product of their glyphs' confidences.

    Empty where the choices do not spell the word (Tesseract merges or drops some glyphs): then
    nothing can be said of which glyph an alternative belongs to.
    """
    if nfc("".join(choices[0][0] for choices in glyphs)) != text:
        glyphs = [sorted(choices, key=lambda item: -item[1]) for choices in glyphs]
        if nfc("".join(choices[0][0] for choices in glyphs)) != text:
            return ()
    doubtful = [
        index
        for index, choices in enumerate(glyphs)
        if len(choices) > 1 and choices[1][1] >= _LEAST_CHOICE
    ]
    doubtful.sort(key=lambda index: -glyphs[index][1][1])
    options = [
        [choice for choice in choices[:3] if choice[1] >= _LEAST_CHOICE]
        if index in doubtful[:_MOST_DOUBTFUL_GLYPHS]
        else choices[:1]
        for index, choices in enumerate(glyphs)
    ]
    found: dict[str, float] = {}
    for combination in product(*options):
        reading = fold_look_alikes("".join(glyph for glyph, _ in combination))
        if not reading or reading == text or any(c.isspace() for c in reading):
            continue
        confidence = 1.0
        for _, share in combination:
            confidence *= share
        found[reading] = max(found.get(reading, 0.0), confidence)
    best = sorted(found.items(), key=lambda item: (-item[1], item[0]))[:_MOST_ALTERNATIVES]
    return tuple(Alternative(reading, round(share, 4)) for reading, share in best if share > 0)

"""``alto-0001.xml`` …: words of one page with their boxes, after ALTO 4.4, in pixels of the page.

``WC`` is the confidence of a word; ``ALTERNATIVE`` gives other readings with theirs, and what the
engine read first where a stage changed it. The recipe's steps are ``Processing`` elements. Lines
that are no print of the document (seals, handwriting, …) carry a tag that says what they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sohoa.export.plain_text import printable
from sohoa.geometry import BBox
from sohoa.model import Block, BlockKind, Line, LineKind, Page, Word
from sohoa.record import Record, Step

if TYPE_CHECKING:
    from lxml.etree import _Element

NAMESPACE = "http://www.loc.gov/standards/alto/ns-v4#"
VERSION = "4.4"
_SCHEMA = "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_GENERATING = frozenset({"read", "tesseract", "recognize"})


def export(record: Record, page: Page) -> bytes:
    """UTF-8 XML of one page; the same record gives the same bytes."""
    from lxml import etree

    root = etree.Element(_name("alto"), nsmap={None: NAMESPACE, "xsi": _XSI})  # type: ignore[dict-item]
    root.set("SCHEMAVERSION", VERSION)
    root.set(f"{{{_XSI}}}schemaLocation", f"{NAMESPACE} {_SCHEMA}")
    _description(root, record, page)
    tags = _add(root, "Tags")
    for kind in LineKind:
        _add(tags, "OtherTag", ID=_tag(kind), TYPE="line-kind", LABEL=kind.value)
    layout = _add(root, "Layout")
    body = _add(
        layout,
        "Page",
        ID=f"p{page.number}",
        PHYSICAL_IMG_NR=str(page.number),
        HEIGHT=str(page.height),
        WIDTH=str(page.width),
        LANG="vi",
    )
    space = _add(body, "PrintSpace", HPOS="0", VPOS="0")
    space.set("WIDTH", str(page.width))
    space.set("HEIGHT", str(page.height))
    for number, block in enumerate(page.blocks, start=1):
        _block(space, block, f"p{page.number}b{number}")
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _description(root: _Element, record: Record, page: Page) -> None:
    description = _add(root, "Description")
    _add(description, "MeasurementUnit").text = "pixel"
    source = _add(description, "sourceImageInformation")
    _add(source, "fileName").text = _text(record.source.name)
    identifier = _add(source, "fileIdentifier", fileIdentifierLocation="SHA-256")
    identifier.text = record.source.sha256
    _add(source, "documentIdentifier").text = f"{record.id}#page={page.number}"
    for number, step in enumerate(record.recipe, start=1):
        _processing(description, step, number)


def _processing(description: _Element, step: Step, number: int) -> None:
    processing = _add(description, "Processing", ID=f"step{number}")
    category = "contentGeneration" if step.name in _GENERATING else "contentModification"
    _add(processing, "processingCategory").text = category
    _add(processing, "processingStepDescription").text = step.name
    settings = "; ".join(f"{key}={value}" for key, value in step.settings)
    if settings:
        _add(processing, "processingStepSettings").text = _text(settings)
    software = _add(processing, "processingSoftware")
    _add(software, "softwareName").text = step.name
    _add(software, "softwareVersion").text = _text(step.version)


def _block(space: _Element, block: Block, ident: str) -> None:
    if block.kind is not BlockKind.TABLE:
        _lines(space, block.lines, ident, block.bbox)
        return
    table = _add(space, "ComposedBlock", ID=ident, TYPE="table")
    _place(table, block.bbox)
    for cell in block.cells:
        name = f"{ident}r{cell.row + 1}c{cell.column + 1}"
        _lines(table, cell.lines, name, cell.bbox)


def _lines(parent: _Element, lines: tuple[Line, ...], ident: str, box: BBox) -> None:
    told = [(line, words) for line in lines if (words := tuple(_words(line)))]
    block = _add(parent, "TextBlock", ID=ident)
    _place(block, box)
    for number, (line, words) in enumerate(told, start=1):
        element = _add(block, "TextLine", ID=f"{ident}l{number}", TAGREFS=_tag(line.kind))
        _place(element, line.bbox)
        for index, (word, text) in enumerate(words):
            if index:
                _space(element, words[index - 1][0].bbox, word.bbox)
            _string(element, word, text)


def _words(line: Line) -> Iterator[tuple[Word, str]]:
    for word in line.words:
        if text := printable(word.text):
            yield word, text


def _string(line: _Element, word: Word, text: str) -> None:
    string = _add(line, "String", ID=word.id or None)
    _place(string, word.bbox)
    string.set("CONTENT", text)
    string.set("WC", f"{word.confidence:.3f}")
    for other in word.alternatives:
        alternative = _add(string, "ALTERNATIVE", PURPOSE=f"reading {other.confidence:.3f}")
        alternative.text = _text(other.text)
    if word.recognized != word.text:
        _add(string, "ALTERNATIVE", PURPOSE="recognized").text = _text(word.recognized)


def _space(line: _Element, before: BBox, after: BBox) -> None:
    space = _add(line, "SP", HPOS=str(before.right), VPOS=str(before.top))
    space.set("WIDTH", str(max(0, after.left - before.right)))


def _place(element: _Element, box: BBox) -> None:
    element.set("HPOS", str(box.left))
    element.set("VPOS", str(box.top))
    element.set("WIDTH", str(box.width))
    element.set("HEIGHT", str(box.height))


def _add(parent: _Element, name: str, **attributes: str | None) -> _Element:
    from lxml import etree

    element = etree.SubElement(parent, _name(name))
    for key, value in attributes.items():
        if value is not None:
            element.set(key, value)
    return element


def _name(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _tag(kind: LineKind) -> str:
    return f"kind-{kind.value}"


def _text(text: str) -> str:
    return printable(text).replace("\ufffe", "").replace("\uffff", "")

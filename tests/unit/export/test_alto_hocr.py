"""ALTO and hOCR: every word once, with its box, in reading order."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree

from sohoa.export import alto, hocr
from sohoa.model import Alternative, Block
from sohoa.record import Record

NS = {"a": alto.NAMESPACE}
XHTML = {"h": "http://www.w3.org/1999/xhtml"}
# What ALTO 4.4 says each element may hold, of those that are written here.
CHILDREN = {
    "alto": ["Description", "Tags", "Layout"],
    "Description": ["MeasurementUnit", "sourceImageInformation", "Processing"],
    "Page": ["PrintSpace"],
    "TextBlock": ["TextLine"],
    "String": ["ALTERNATIVE"],
    "TextLine": ["String", "SP"],
    "ComposedBlock": ["TextBlock"],
}


@pytest.mark.parametrize("name", ["party_copy", "state_decision"])
def test_alto_holds_each_word_once_in_order(name: str, made_up_records: dict[str, Record]) -> None:
    record = made_up_records[name]
    for page in record.pages:
        root = etree.fromstring(alto.export(record, page))
        strings = root.findall(".//a:String", NS)
        assert [each.get("CONTENT") for each in strings] == [word.text for word in page.words()]
        assert [each.get("HPOS") for each in strings] == [
            str(word.bbox.left) for word in page.words()
        ]


def test_alto_ids_are_unique_and_its_references_lead_somewhere(state_decision: Record) -> None:
    for page in state_decision.pages:
        root = etree.fromstring(alto.export(state_decision, page))
        ids = [each.get("ID") for each in root.iter() if each.get("ID")]
        assert len(set(ids)) == len(ids)
        named = {name for each in root.iter() for name in (each.get("TAGREFS") or "").split()}
        assert named
        assert named <= set(ids)


def test_alto_elements_stand_where_the_standard_puts_them(state_decision: Record) -> None:
    for page in state_decision.pages:
        root = etree.fromstring(alto.export(state_decision, page))
        for element in root.iter():
            name = etree.QName(element).localname
            if name in CHILDREN:
                order = CHILDREN[name]
                inside = [etree.QName(child).localname for child in element]
                assert set(inside) <= set(order)
                if name != "TextLine":
                    assert inside == sorted(inside, key=order.index)
        for line in root.findall(".//a:TextLine", NS):
            assert etree.QName(line[0]).localname == "String"


def test_other_readings_are_told(party_copy: Record) -> None:
    page = party_copy.pages[0]
    line = page.blocks[0].lines[0]
    word = replace(line.words[0], alternatives=(Alternative("BÀN", 0.4),))
    word = word.edited("made-up", "BAN.", confidence=0.9, reason="test")
    block = Block(line.bbox, (replace(line, words=(word,)),))
    root = etree.fromstring(alto.export(party_copy, replace(page, blocks=(block,))))
    told = {each.get("PURPOSE"): each.text for each in root.findall(".//a:ALTERNATIVE", NS)}
    assert told == {"reading 0.400": "BÀN", "recognized": "BAN"}
    body = hocr.export(replace(party_copy, pages=(replace(page, blocks=(block,)),))).decode()
    assert "x_recognized &quot;BAN&quot;" in body


@pytest.mark.parametrize("name", ["party_copy", "state_decision", "nothing_read"])
def test_hocr_opens_in_another_reader(
    name: str, made_up_records: dict[str, Record], tmp_path: Path
) -> None:
    from ocrmypdf.hocrtransform import HocrParser

    record = made_up_records[name]
    if not record.pages:
        assert hocr.export(record).endswith(b"</html>\n")
        return
    first = replace(record, pages=record.pages[:1])
    path = tmp_path / "a.hocr"
    path.write_bytes(hocr.export(first))
    read = HocrParser(path).parse()
    words = [each.text for each in read.iter_by_class("ocrx_word")]
    assert words == [word.text for word in first.pages[0].words()]


def test_hocr_escapes_what_would_break_it(party_copy: Record) -> None:
    source = replace(party_copy.source, name='a"b<c>&.pdf')
    root = etree.fromstring(hocr.export(replace(party_copy, source=source)))
    assert root.find(".//h:div[@class='ocr_page']", XHTML) is not None

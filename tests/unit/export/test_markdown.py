from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sohoa.directive import Directive, Leaf, SignatureBlock, Unit, UnitKind
from sohoa.export import markdown
from sohoa.record import Record, SourceInfo

PARSER = MarkdownIt("commonmark").enable("table")


def export(record: Record) -> str:
    return markdown.export(record).decode()


def bare(directive: Directive) -> Record:
    return Record("r", SourceInfo("x.pdf", "0", "x", 1, 0), (), (), directive)


def test_furniture_stays_out(party_copy: Record) -> None:
    text = export(party_copy)
    assert "sở hữu" not in text
    assert "\n2\n" not in text


def test_without_a_body_the_printed_lines_stand(state_decision: Record) -> None:
    text = export(replace(state_decision, directive=Directive()))
    assert "Điều 1. Trồng cây 1. Mỗi trường 10 cây. a) Cây bàng;" in text
    assert "| 1 | Bàng lá nhỏ | 1.250 |" in text
    assert "CÔNG VĂN ĐẾN" not in text


def test_the_number_of_each_family_in_its_own_form() -> None:
    number = Leaf("5", 0.9)
    party = Directive(family=Leaf("party"), number=number, symbol=Leaf("CT/TU", 0.9))
    state = Directive(family=Leaf("state"), number=number, symbol=Leaf("CT-UBND", 0.9))
    assert "| Số 5-CT/TU |" in export(bare(party))
    assert "| Số: 5/CT-UBND |" in export(bare(state))
    assert "Số: …/CT-UBND" in export(bare(replace(state, number=Leaf())))
    assert "Số" not in export(bare(Directive(family=Leaf("state"))))


def test_a_doubtful_reading_is_said_to_be_so() -> None:
    day = Leaf(None, 0.2, printed="ngày 1 † tháng 7 năm 2025", reason="no such day")
    text = export(bare(Directive(number=Leaf("5", 0.2), symbol=Leaf("CT-UBND", 0.9), date=day)))
    assert "5/CT-UBND (?)" in text
    assert "ngày 1 † tháng 7 năm 2025 (?)" in text


def test_legal_bases_that_stand_in_the_body_are_not_said_twice() -> None:
    base = Leaf("Căn cứ Luật Giá;", 0.9, words=("p1w1", "p1w2"))
    unit = Unit(UnitKind.TEXT, text="Căn cứ Luật Giá;", words=("p1w1", "p1w2"))
    assert export(bare(Directive(legal_bases=(base,), body=(unit,)))).count("Luật Giá") == 1
    assert export(bare(Directive(legal_bases=(base,)))).count("Luật Giá") == 1


KINDS = st.sampled_from([kind for kind in UnitKind if kind is not UnitKind.TABLE])
LABELS = st.sampled_from(["", "1.", "a)", "-", "+", "I.", "Điều 2.", "1.1."])
TEXTS = st.text(alphabet="ab1.-+# \n*|<&", max_size=12)
UNITS = st.recursive(
    st.builds(Unit, KINDS, LABELS, TEXTS, TEXTS),
    lambda inner: st.builds(
        Unit, KINDS, LABELS, TEXTS, TEXTS, st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)


@given(st.lists(UNITS, max_size=3).map(tuple))
def test_all_text_of_the_tree_is_there_once_and_in_order(body: tuple[Unit, ...]) -> None:
    record = bare(Directive(type=Leaf("Chỉ thị", 0.9), body=body))
    tokens = PARSER.parse(export(record))
    children = [child for token in tokens for child in token.children or []]
    found = "".join(child.content for child in children).removeprefix("Chỉ thị")
    wanted = "".join(
        # The sign of a dash item has become the sign of a list item.
        ("" if unit.kind is UnitKind.INDENT else unit.label) + unit.heading + unit.text
        for top in body
        for unit in top.walk()
    )
    assert "".join(found.split()) == "".join(wanted.split())
    assert not [child for child in children if child.type in ("html_inline", "link_open", "image")]
    assert not [token for token in tokens if token.type in ("html_block", "code_block", "fence")]


def test_each_of_several_signers_is_named() -> None:
    blocks = tuple(
        SignatureBlock(position=Leaf(p, 0.9), signer=Leaf(s, 0.9))
        for p, s in (("PHÓ GIÁM ĐỐC", "Lê Văn Ví"), ("GIÁM ĐỐC", "Trần Văn Lâm"))
    )
    paper = Directive(
        position=Leaf("GIÁM ĐỐC", 0.9), signer=Leaf("Trần Văn Lâm", 0.9), signatures=blocks
    )
    text = export(bare(paper))
    assert text.count("Trần Văn Lâm") == 1
    assert "**PHÓ GIÁM ĐỐC**\\\n**Lê Văn Ví**" in text

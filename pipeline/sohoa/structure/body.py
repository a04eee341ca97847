"""The body of the paper as a tree, and its legal bases (căn cứ)."""

from __future__ import annotations

import re

from sohoa.directive import Leaf, Unit, UnitKind
from sohoa.structure.draft import Draft
from sohoa.structure.paragraphs import paragraphs_of
from sohoa.structure.rows import fold
from sohoa.structure.tree import build_tree


def build_body(draft: Draft) -> Draft:
    """Set ``body``: every row that no other rule claimed, once and in order.

    The preamble (căn cứ, the enacting formula) is part of it.
    """
    units, findings = build_tree(
        paragraphs_of(draft.free(), {sheet.page: sheet for sheet in draft.sheets})
    )
    return draft.found(body=units).report(*findings)


_BASIS = re.compile(r"^\W*can cu\b")
_OWN_PAPER = re.compile(
    r"^\W*can cu (?:vao )?(?:noi dung |cac noi dung |tinh hinh )?"
    r"(?:chi thi|quyet dinh|ke hoach|huong dan|thong bao|ket luan|nghi quyet|cong van|quy dinh|"
    r"chuong trinh) nay\b"
)
_SENTENCE = re.compile(r"(?:[^\W\d_]{3}|\d{4}|[\"”’)])[.]\s+(?=[A-ZĐÀ-Ỹ])(?!Số \d)")


def find_legal_bases(draft: Draft) -> Draft:
    """Set ``legal_bases``: paragraphs of the preamble that begin with ``Căn cứ``.

    They stay in the body too; the leaf points to the same words. In a paper without numbered units
    such a paragraph counts wherever it stands.
    """
    words = {word.id: word.confidence for row in draft.rows for word in row.words}
    found: list[Leaf] = []
    for unit in draft.directive.body:
        if unit.kind not in (UnitKind.TEXT, UnitKind.INDENT):
            break
        text = fold(unit.text)
        if _BASIS.match(text) and not _OWN_PAPER.match(text):
            found.append(_basis(unit, words))
    return draft.found(legal_bases=tuple(found))


def _basis(unit: Unit, confidence: dict[str, float]) -> Leaf:
    """The first sentence of the paragraph: what follows it is no basis any more."""
    text = unit.text
    end = _SENTENCE.search(text)
    value = text[: end.end()] if end else text
    ids = unit.words[: len(value.split()) + (1 if unit.label else 0)]
    sure = sum(confidence.get(i, 0.0) for i in ids) / max(1, len(ids))
    return Leaf(
        value.strip(), round(min(0.96, 0.24 + 0.72 * sure), 3), "basis-paragraph", tuple(ids)
    )

"""Several signatures side by side, as joint papers bear them."""

from __future__ import annotations

from collections.abc import Sequence

from sohoa.directive import SignatureBlock
from sohoa.structure.closing import is_signer
from sohoa.structure.draft import Draft
from sohoa.structure.rows import Role, Row
from sohoa.structure.signature import read_signature


def find_several_signers(draft: Draft) -> Draft:
    """Set ``signatures`` where two or more names stand side by side; else it stays empty.

    Rows of the signature are given to the name below them whose axis is nearest. A block counts
    only with an authority or a position over its name.
    """
    rows = [row for row in draft.with_role(Role.SIGNATURE) if row.cell is None]
    names = [row for row in rows if is_signer(row) and not row.is_caps]
    level = _level_names(names)
    if len(level) < 2 or draft.sheet(level[0].page).plain:
        return draft
    blocks = tuple(_block(name, level, rows) for name in level)
    if any(not (block.authority or block.position.value) for block in blocks):
        return draft
    return draft.found(signatures=blocks)


def _level_names(names: Sequence[Row]) -> list[Row]:
    """The lowest names that stand on one level of one page, left to right."""
    if not names:
        return []
    last = max(names, key=lambda row: (row.page, row.bbox.center_y))
    level = [
        row
        for row in names
        if row.page == last.page
        and abs(row.bbox.center_y - last.bbox.center_y) < 2 * last.bbox.height
    ]
    return sorted(level, key=lambda row: row.bbox.left)


def _block(name: Row, level: Sequence[Row], rows: Sequence[Row]) -> SignatureBlock:
    def nearest(row: Row) -> Row:
        return min(level, key=lambda other: abs(other.bbox.center_x - row.bbox.center_x))

    own = [
        row for row in rows if row.page == name.page and row not in level and nearest(row) is name
    ]
    own.sort(key=lambda row: row.bbox.top)
    signed = read_signature([*own, name])
    return SignatureBlock(signed.authority, signed.position, signed.signer)

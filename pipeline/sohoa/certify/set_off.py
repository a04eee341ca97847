"""Pale mirror images of a seal that rubbed off on the sheet that lay on it (vết hằn)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sohoa.evidence import Seal, SealKind

_SHIFT = 0.35  # of the seal's width: sheets are not scanned at quite the same spot
_PALER = 0.75


@dataclass(frozen=True, slots=True)
class SealedPage:
    """A page's number, its width in pixels, and the seals on it."""

    number: int
    width: int
    seals: tuple[Seal, ...]


def mark_set_off(pages: Sequence[SealedPage]) -> tuple[Seal, ...]:
    """All seals of the pages, in order, with the mirror images told apart.

    A seal is a set-off where a page next to it has a stronger one at the mirrored spot: as far
    from its right edge as this one is from the left, and as far down. Widths are compared as
    shares, so pages of two resolutions can be compared.
    """
    return tuple(
        replace(seal, kind=SealKind.SET_OFF) if _is_set_off(seal, page, pages) else seal
        for page in pages
        for seal in page.seals
    )


def _is_set_off(seal: Seal, page: SealedPage, pages: Sequence[SealedPage]) -> bool:
    if seal.kind is not SealKind.ROUND:
        return False
    return any(
        _mirrored(seal, page, other, beside)
        for beside in pages
        if abs(beside.number - page.number) == 1
        for other in beside.seals
        if other.kind is SealKind.ROUND and seal.strength < _PALER * other.strength
    )


def _mirrored(seal: Seal, page: SealedPage, other: Seal, beside: SealedPage) -> bool:
    near = _SHIFT * seal.bbox.width / page.width
    across = seal.bbox.center_x / page.width + other.bbox.center_x / beside.width - 1
    down = (seal.bbox.center_y / page.width) - (other.bbox.center_y / beside.width)
    return abs(across) < near and abs(down) < near

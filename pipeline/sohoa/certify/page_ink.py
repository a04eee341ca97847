"""Seals, stamps and signatures by hand of one page, found together: the inks are parted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sohoa.certify.handwriting import find_handwriting
from sohoa.certify.ink import separate_inks
from sohoa.certify.ring import SealReading, read_rings
from sohoa.certify.seals import find_seals
from sohoa.certify.stamps import StampReading, find_stamps
from sohoa.evidence import Handwriting, Seal, Stamp
from sohoa.geometry import BBox
from sohoa.model import PageImage


@dataclass(frozen=True, slots=True)
class PageInk:
    """What vouches on one page, in the pixels of its image; ``width`` is that image's.

    ``readings`` are those of the seals that could be read, for ``name_seals``.
    """

    number: int
    width: int
    seals: tuple[Seal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    readings: tuple[SealReading, ...] = ()


def find_page_ink(
    image: PageImage, reading: StampReading | None = None, hidden: Sequence[BBox] = ()
) -> PageInk:
    """All ink of the page that vouches for it.

    ``reading`` reads cut-outs of one line each, and knows the lines that were read on the page;
    without it nothing is read. What lies in ``hidden`` (pictures that form fields draw over the
    page) is no ink and is left out.
    """
    inks = separate_inks(image)
    seals = tuple(each for each in find_seals(image, inks) if not _in_any(each.bbox, hidden))
    stamps = find_stamps(image, seals, reading, inks)
    hands = find_handwriting(image, seals, inks)
    return PageInk(
        image.number,
        image.width,
        seals,
        tuple(each for each in stamps if not _in_any(each.bbox, hidden)),
        tuple(each for each in hands if not _in_any(each.bbox, hidden)),
        read_rings(image, seals, reading.read_strips if reading else None),
    )


def _in_any(box: BBox, hidden: Sequence[BBox]) -> bool:
    return any(box.share_inside(each) > 0.5 for each in hidden)

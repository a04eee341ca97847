"""A set paper as a scan: page images, with the truth in their pixels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.geometry import BBox, Transform
from sohoa.imitate.degrade import Degradation, degrade
from sohoa.imitate.inking import draw_inks, ink_page
from sohoa.imitate.pdf import to_pdf
from sohoa.imitate.sheet import Box, InkSpot, SetPage
from sohoa.imitate.typeset import Typeset

if TYPE_CHECKING:
    from sohoa.model import Pixels


@dataclass(frozen=True, slots=True)
class TrueWord:
    """A word as printed (or pen-written), and where its ink lies in the scan's pixels."""

    text: str
    bbox: BBox
    line: int  # index of its line on the page
    by_pen: bool = False


@dataclass(frozen=True, slots=True)
class TrueInk:
    """A seal, signature or pen spot, in the scan's pixels."""

    spot: InkSpot
    bbox: BBox


@dataclass(frozen=True, slots=True, eq=False)
class ScannedPage:
    """One page of a scan; ``to_pixels`` maps points of the set page to pixels of the scan."""

    page: SetPage
    pixels: Pixels
    dpi: int
    to_pixels: Transform
    words: tuple[TrueWord, ...]
    inks: tuple[TrueInk, ...]
    jpeg: bytes | None = None


def scan(paper: Typeset, how: Degradation, seed: int) -> tuple[ScannedPage, ...]:
    """Print, sign, seal and scan a paper. The same arguments give the same pixels."""
    import numpy as np

    inks = draw_inks(np.random.default_rng((seed, 0)))
    scanned = []
    for page, pixels in zip(paper.pages, render(paper, how.dpi), strict=True):
        rng = np.random.default_rng((seed, page.number))
        inked = ink_page(pixels, page, how.dpi, inks, rng)
        scanned.append(_scan_page(page, inked, how, rng))
    return tuple(scanned)


def render(paper: Typeset, dpi: int) -> list[Pixels]:
    """The printed pages without ink, RGB at that resolution."""
    import numpy as np
    import pypdfium2

    with pypdfium2.PdfDocument(to_pdf(paper)) as document:
        return [
            np.ascontiguousarray(
                document[index].render(scale=dpi / 72, rev_byteorder=True).to_numpy()[:, :, :3]
            )
            for index in range(len(document))
        ]


def _scan_page(
    page: SetPage, inked: Pixels, how: Degradation, rng: np.random.Generator
) -> ScannedPage:
    degraded = degrade(inked, how, rng)
    to_pixels = Transform.scale(how.dpi / 72).then(degraded.transform)
    words = tuple(
        TrueWord(word.text, _pixel_box(word.box, to_pixels), index, word.writing.value == "pen")
        for index, line in enumerate(page.lines)
        for word in line.words
    )
    inks = tuple(TrueInk(spot, _pixel_box(spot.box, to_pixels)) for spot in page.inks)
    return ScannedPage(page, degraded.pixels, how.dpi, to_pixels, words, inks, degraded.jpeg)


def _pixel_box(box: Box, to_pixels: Transform) -> BBox:
    left, top, right, bottom = box
    corners = [to_pixels.point(x, y) for x in (left, right) for y in (top, bottom)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return BBox(round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys)))


if TYPE_CHECKING:
    import numpy as np

"""What the clean-up does to ink: ``python tests/bench/ink.py [papers]`` (24 without a number).

On made papers, whose words and ink are known:

- **seals**: a seal is laid over the running text of each paper, with and without its removal in the
  same run; of the words under its ring (that a ring crosses) the share that is read, exactly;
- **marks**: of the ink of separate diacritics (acute, grave, hook, circumflex, dot below) that the
  scan shows, the share that the clean-up turned to paper.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from sohoa.geometry import BBox
from sohoa.imitate import (
    FAX_SCAN,
    GOOD_SCAN,
    POOR_SCAN,
    ColourMode,
    Degradation,
    DocumentKind,
    ScannedPage,
    draft,
    render,
    scan,
    typeset,
)
from sohoa.imitate.sheet import MM, InkKind, InkSpot, SetPage
from sohoa.look import LookSettings, clean, present
from sohoa.model import PageImage
from sohoa.page_reading import read_page
from sohoa.read import SourcePage
from sohoa.recognize import Engine, TesseractEngine

if TYPE_CHECKING:
    import numpy as np

    from sohoa.model import Pixels

_SEAL_MM = 38.0
_RING = (0.55, 1.0)  # of the radius: where ring and its text lie
_KINDS = (
    DocumentKind.STATE_LETTER,
    DocumentKind.STATE_REPORT,
    DocumentKind.PARTY_PLAN,
    DocumentKind.STATE_PLAN,
)
_COLOUR_POOR = replace(POOR_SCAN, dpi=200, mode=ColourMode.COLOUR, skew_deg=0.4)
_SEALED = {"good": GOOD_SCAN, "poor": _COLOUR_POOR}
_MARKED = {
    "good": GOOD_SCAN,
    "poor": replace(POOR_SCAN, dpi=200),
    "fax": FAX_SCAN,
    "speckled fax": replace(FAX_SCAN, specks=9000),
}
_DARK, _GONE = 140, 200


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int = 0
    whole: int = 0

    def plus(self, part: int, whole: int) -> Share:
        return Share(self.part + part, self.whole + whole)

    def __str__(self) -> str:
        return f"{self.part / max(1, self.whole):.4f} ({self.part} of {self.whole})"


def sealed_page(number: int, how: Degradation) -> tuple[ScannedPage, BBox]:
    """The first page of a made paper with one more seal over its running text, and that seal."""
    paper = typeset(draft(_KINDS[number % len(_KINDS)], 900 + number))
    page = paper.pages[0]
    body = [line for line in page.lines if line.role == "body"] or list(page.lines)
    words = body[len(body) // 2].words
    x = words[len(words) // 2].box[0]
    y = words[0].box[1]
    half = _SEAL_MM * MM / 2
    x = min(max(x, half + 20), page.size_pt[0] - half - 20)
    spot = InkSpot(
        InkKind.SEAL, (x - half, y - half, x + half, y + half), "UỶ BAN NHÂN DÂN TỈNH BÌNH AN", ""
    )
    changed: SetPage = replace(page, inks=(*page.inks, spot))
    (scanned, *_) = scan(replace(paper, pages=(changed, *paper.pages[1:])), how, number)
    (ink,) = [each for each in scanned.inks if each.spot == spot]
    return scanned, ink.bbox


def measure_seal(scanned: ScannedPage, seal: BBox, engine: Engine, *, remove: bool) -> Share:
    """Words that the ring crosses, and how many of them are read as printed."""
    under = [word for word in scanned.words if not word.by_pen and _on_ring(word.bbox, seal)]
    image = PageImage(1, scanned.pixels, float(scanned.dpi))
    look = LookSettings(remove_red=remove)
    read = [
        word
        for word in read_page(SourcePage(1, image), engine, look).page.words()
        if seal.intersection_area(word.bbox)
    ]
    found = sum(
        any(each.text == word.text and _same_place(each.bbox, word.bbox) for each in read)
        for word in under
    )
    return Share(found, len(under))


def _on_ring(box: BBox, seal: BBox) -> bool:
    """Whether a word lies mostly between the inner and the outer circle."""
    radius = seal.width / 2
    steps = [(i / 8, j / 4) for i in range(9) for j in range(5)]
    inside = 0
    for across, down in steps:
        x = box.left + across * box.width - seal.center_x
        y = box.top + down * box.height - seal.center_y
        inside += _RING[0] <= (x * x + y * y) ** 0.5 / radius <= _RING[1]
    return inside > 0.4 * len(steps)


def _same_place(a: BBox, b: BBox) -> bool:
    near = a.padded(8)  # a dash has hardly any height
    return near.left <= b.center_x <= near.right and near.top <= b.center_y <= near.bottom


def marks_of(printed: Pixels) -> np.ndarray:
    """Ink (bool) of the separate marks of letters on a clean page: small, and near a letter."""
    import cv2
    import numpy as np

    grey = np.asarray(cv2.cvtColor(printed, cv2.COLOR_RGB2GRAY))
    ink = np.asarray(grey < 128, dtype=np.uint8)
    _, names, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights, areas = stats[:, cv2.CC_STAT_HEIGHT], stats[:, cv2.CC_STAT_AREA]
    letters = heights[1:][heights[1:] > 8]
    tall = float(np.median(letters))
    small = (heights < 0.55 * tall) & (stats[:, cv2.CC_STAT_WIDTH] < 0.8 * tall) & (areas > 1)
    small[0] = False
    big = np.asarray((heights >= 0.55 * tall)[names] & (ink > 0), dtype=np.uint8)
    reach = 2 * round(0.3 * tall) + 1
    near = cv2.dilate(big, np.ones((reach, 3), np.uint8)) > 0
    touching = np.unique(names[near & (ink > 0)])
    is_mark = np.zeros(len(heights), dtype=bool)
    is_mark[touching] = True
    result: np.ndarray = (is_mark & small)[names]
    return result


def measure_marks(number: int, how: Degradation) -> Share:
    """Pixels of marks that the scan shows dark, and how many of them the clean-up made paper."""
    import cv2
    import numpy as np

    paper = typeset(draft(_KINDS[number % len(_KINDS)], 950 + number))
    still = replace(how, skew_deg=0.0, border_px=0)  # pixels of print, scan and clean page agree
    scanned = scan(paper, still, number)[0]
    marks = marks_of(render(paper, still.dpi)[0])
    image = PageImage(1, scanned.pixels, float(scanned.dpi))
    cleaned = clean(present(image), LookSettings(level=False)).image
    if cleaned.pixels.shape != marks.shape:
        raise SystemExit("The clean-up changed the size of the page: nothing can be compared.")
    grey = scanned.pixels
    if grey.ndim == 3:
        grey = np.asarray(cv2.cvtColor(grey, cv2.COLOR_RGB2GRAY), dtype=np.uint8)
    shown = marks & (grey < _DARK)
    return Share(int((shown & (cleaned.pixels > _GONE)).sum()), int(shown.sum()))


def rows(papers: int) -> Iterator[tuple[str, str]]:
    """Each measure with its result, as it comes."""
    engine = TesseractEngine()
    for name, how in _SEALED.items():
        totals = {True: Share(), False: Share()}
        for number in range(papers):
            scanned, seal = sealed_page(number, how)
            for remove, total in totals.items():
                found = measure_seal(scanned, seal, engine, remove=remove)
                totals[remove] = total.plus(found.part, found.whole)
        yield f"words under a seal's ring read, {name} scan", str(totals[True])
        yield "  the same with the seal left in", str(totals[False])
    for name, how in _MARKED.items():
        lost = Share()
        for number in range(papers):
            found = measure_marks(number, how)
            lost = lost.plus(found.part, found.whole)
        yield f"ink of marks lost by the clean-up, {name} scan", str(lost)


def main(papers: int) -> None:
    table = Table("measure", "result", title=f"{papers} made papers")
    for name, result in rows(papers):
        table.add_row(name, result)
    Console(width=110).print(table)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 24)

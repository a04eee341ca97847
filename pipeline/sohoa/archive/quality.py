"""How well pages were captured, measured against rules that are data (``capture_rules.tsv``)."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sohoa.dictionaries import read_table
from sohoa.export import Original
from sohoa.export.searchable_pdf_pages import picture_page
from sohoa.model import LineKind, Page, TextSource
from sohoa.record import Record

if TYPE_CHECKING:
    from sohoa.model import PageImage, Pixels

_THUMB = 48
_CHANNELS = {"/DeviceRGB": 3, "/CalRGB": 3, "/DeviceGray": 1, "/CalGray": 1, "/DeviceCMYK": 4}
_WORKING_DPI = 150.0


@dataclass(frozen=True, slots=True)
class Capture:
    """What was measured of one page.

    ``bits``: of one pixel as captured (1, 8, 24); ``paper``: brightness of the sheet (0..255);
    ``ink``: share of dark pixels; ``sharpness``: mean steepness at the edges of letters;
    ``edge_mm``: least distance of a word from the edge of the page, None without words;
    ``born_digital``: the page was never scanned.
    """

    number: int
    dpi: float
    bits: int
    colour: bool
    skew_deg: float
    paper: float
    ink: float
    sharpness: float
    edge_mm: float | None
    born_digital: bool
    thumbnail: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Flaw:
    """A rule that a page breaks: the rule, what was measured, what the rule asks."""

    document: str
    page: int
    rule: str
    measured: str
    asked: str


@dataclass(frozen=True, slots=True)
class DocumentQuality:
    """One document: its pages as measured, and what is wrong with them."""

    name: str
    record_id: str
    captures: tuple[Capture, ...]
    flaws: tuple[Flaw, ...]


def rules_of(profiles: Sequence[str] = ("tt05", "own")) -> dict[str, float]:
    """The limits of these profiles, later ones over earlier ones."""
    return {
        row["rule"]: float(row["limit"])
        for profile in profiles
        for row in read_table("capture_rules").records()
        if row["profile"] == profile
    }


def measure_document(
    record: Record, original: Original, rules: dict[str, float]
) -> DocumentQuality:
    """Measure every page that can be drawn; flaws in page order."""
    captures = []
    flaws: list[Flaw] = []
    name = record.source.name
    depths = _Depths(original)
    for page in record.pages:
        image = original.draw(page.number)
        if image is None:
            flaws.append(Flaw(name, page.number, "unreadable", "-", "-"))
            continue
        capture = measure_page(page, image, depths.of(page.number))
        captures.append(capture)
        flaws += _flaws(name, capture, rules)
        flaws += _poor_reading(name, page, rules)
    flaws += _page_gaps(name, record.pages)
    return DocumentQuality(name, record.id, tuple(captures), tuple(flaws))


def find_twins(documents: Sequence[DocumentQuality], rules: dict[str, float]) -> tuple[Flaw, ...]:
    """Pages that look the same, in one document or in two: captured twice, it seems."""
    import numpy as np

    places = [
        (document.name, capture)
        for document in documents
        for capture in document.captures
        if capture.ink > rules["blank-ink"]
    ]
    if len(places) < 2:
        return ()
    thumbs = np.array([capture.thumbnail for _, capture in places])
    found = []
    for index, (name, capture) in enumerate(places[1:], start=1):
        likeness = thumbs[:index] @ thumbs[index]
        twin = int(likeness.argmax())
        if likeness[twin] >= rules["same-page"]:
            other, page = places[twin]
            said = f"{other}, trang {page.number}"
            found.append(Flaw(name, capture.number, "same-page", said, "-"))
    return tuple(found)


def measure_page(page: Page, image: PageImage, depth: tuple[int, bool] | None) -> Capture:
    """Measure one page as drawn; ``depth``: bits and colour as captured, None where unknown."""
    import cv2
    import numpy as np

    pixels = image.pixels
    grey = pixels if pixels.ndim == 2 else cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    if depth is None:
        two = grey.size and bool(np.isin(grey[::7, ::7], (0, 255)).all())
        depth = (24, True) if pixels.ndim == 3 else ((1, False) if two else (8, False))
    scale = min(1.0, _WORKING_DPI / max(image.dpi, 1.0))
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    paper = float(np.percentile(small, 80))
    dark = small < 0.6 * paper
    return Capture(
        number=page.number,
        dpi=image.dpi,
        bits=depth[0],
        colour=depth[1],
        skew_deg=(page.angle_deg + 45) % 90 - 45,
        paper=paper,
        ink=float(dark.mean()),
        sharpness=_sharpness(np.asarray(small, np.uint8), paper),
        edge_mm=_edge_mm(page),
        born_digital=page.source is TextSource.EMBEDDED,
        thumbnail=_thumbnail(np.asarray(grey, np.uint8)),
    )


def _sharpness(grey: Pixels, paper: float) -> float:
    """Steepness where ink meets paper, as a share of the step between them; 0 without ink."""
    import cv2
    import numpy as np

    across = cv2.Sobel(grey, cv2.CV_32F, 1, 0, ksize=3)
    down = cv2.Sobel(grey, cv2.CV_32F, 0, 1, ksize=3)
    steep = np.hypot(across, down) / (4 * max(paper, 1.0))
    edges = steep[steep > 0.1]
    if edges.size < 200:
        return 0.0
    return float(np.percentile(edges, 90))


def _edge_mm(page: Page) -> float | None:
    boxes = [
        word.bbox for line in page.lines() if line.kind is LineKind.TEXT for word in line.words
    ]
    if not boxes or not page.dpi:
        return None
    nearest = min(
        min(box.left, box.top, page.width - box.right, page.height - box.bottom) for box in boxes
    )
    return nearest / page.dpi * 25.4


def _thumbnail(grey: Pixels) -> tuple[float, ...]:
    """The page in little, without its mean, of length 1: two such multiply to their likeness."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, (_THUMB, _THUMB), interpolation=cv2.INTER_AREA).astype(np.float64)
    flat = (small - small.mean()).ravel()
    length = float(np.linalg.norm(flat))
    return tuple((flat / length).tolist()) if length > 1e-6 else tuple([0.0] * flat.size)


def _flaws(name: str, capture: Capture, rules: dict[str, float]) -> Iterable[Flaw]:
    number = capture.number
    if capture.ink <= rules["blank-ink"]:
        # Nothing else can be said of an empty page.
        yield Flaw(name, number, "blank", f"{capture.ink:.2%}", f"> {rules['blank-ink']:.2%}")
        return
    if not capture.born_digital:
        # A pixel is lost to rounding when a page is cut to whole points.
        if capture.dpi < rules.get("min-dpi", 0) - 2:
            asked = f">= {rules['min-dpi']:g} dpi"
            yield Flaw(name, number, "min-dpi", f"{capture.dpi:.0f} dpi", asked)
        if capture.bits < rules.get("min-bits", 0):
            asked = f">= {rules['min-bits']:g} bit"
            yield Flaw(name, number, "min-bits", f"{capture.bits} bit", asked)
        if rules.get("colour") and not capture.colour:
            yield Flaw(name, number, "colour", f"{capture.bits} bit", "màu")
    checks = (
        ("max-skew-deg", abs(capture.skew_deg), "<=", "°"),
        ("min-paper", capture.paper, ">=", ""),
        ("min-sharpness", capture.sharpness, ">=", ""),
        ("edge-mm", capture.edge_mm, ">=", " mm"),
    )
    for rule, value, sign, unit in checks:
        limit = rules.get(rule)
        if limit is None or value is None:
            continue
        if (value > limit) if sign == "<=" else (value < limit):
            yield Flaw(name, number, rule, f"{value:.2f}{unit}", f"{sign} {limit:g}{unit}")


def _poor_reading(name: str, page: Page, rules: dict[str, float]) -> Iterable[Flaw]:
    quality = page.orientation_confidence
    limit = rules.get("min-reading")
    if quality is not None and limit is not None and quality < limit:
        yield Flaw(name, page.number, "min-reading", f"{quality:.2f}", f">= {limit:g}")


def _page_gaps(name: str, pages: Sequence[Page]) -> Iterable[Flaw]:
    """Printed page numbers that jump: a sheet was left out, or stands in another place."""
    before: tuple[int, int] | None = None
    for page in pages:
        folio = _folio(page)
        if folio is None:
            continue
        if before is not None:
            step, pages_on = folio - before[0], page.number - before[1]
            # Pages without a number are common, and an annex begins anew at 1 or 2: no gaps.
            if step > pages_on or (step <= 0 and folio > 2):
                said = f"số trang in {folio} sau {before[0]}"
                yield Flaw(name, page.number, "page-gap", said, "-")
        before = (folio, page.number)


def _folio(page: Page) -> int | None:
    for line in page.lines():
        text = line.text.strip(" -–.")
        if line.kind is LineKind.FOLIO and text.isdecimal() and len(text) <= 3:
            return int(text)
    return None


class _Depths:
    """Bits of a pixel and colour of each page as captured, from the original's own pictures."""

    def __init__(self, original: Original) -> None:
        self._original = original
        self._opened: dict[int, Any] = {}

    def of(self, number: int) -> tuple[int, bool] | None:
        place = self._original.place(number)
        if place is None:
            return None
        file, index = place
        try:
            opened = self._open(id(file), file.read)
            return _depth_of_pdf(opened, index) if not isinstance(opened, tuple) else opened
        except Exception:
            return None

    def _open(self, key: int, read: Any) -> Any:
        import pikepdf
        from PIL import Image

        if key not in self._opened:
            data = read()
            start = data[:1024].find(b"%PDF-")
            if start >= 0:
                self._opened[key] = pikepdf.open(io.BytesIO(data[start:]), suppress_warnings=True)
            else:
                with Image.open(io.BytesIO(data)) as image:
                    bits = {"1": 1, "L": 8, "P": 8}.get(image.mode, 24)
                    self._opened[key] = (bits, bits == 24)
        return self._opened[key]


def _depth_of_pdf(pdf: Any, index: int) -> tuple[int, bool] | None:
    layout = picture_page(pdf.pages[index])
    if layout is None:
        return None
    depths = [_depth(each.stream) for each in layout.pictures]
    return max(depths)


def _depth(stream: Any) -> tuple[int, bool]:
    import pikepdf

    bits = int(stream.get("/BitsPerComponent", 1))
    space = stream.get("/ColorSpace")
    if space is None:
        return (1, False) if stream.get("/ImageMask", False) else (24, True)
    if isinstance(space, pikepdf.Name):
        channels = _CHANNELS.get(str(space), 3)
    elif str(space[0]) == "/ICCBased":
        channels = int(space[1].get("/N", 3))
    elif str(space[0]) == "/Indexed":
        channels = 3 if bits == 8 else 1
    else:
        channels = _CHANNELS.get(str(space[0]), 3)
    return bits * channels, channels >= 3

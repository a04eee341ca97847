"""A page on which the engine fails is told and does not end the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from sohoa.errors import EngineError
from sohoa.geometry import BBox
from sohoa.look import LookSettings
from sohoa.model import (
    EmbeddedLayer,
    LayerVerdict,
    Line,
    LineKind,
    PageImage,
    Severity,
    TextSource,
    Word,
)
from sohoa.page_reading import read_page
from sohoa.read import SourcePage

IMAGE = PageImage(3, np.full((900, 700, 3), 255, dtype=np.uint8), 200.0)


@dataclass
class FakeEngine:
    """Answers with the given lines, or fails; remembers what it was shown."""

    lines: tuple[Line, ...] = ()
    fails: bool = False
    shown: list[PageImage] = field(default_factory=list)
    name: str = "fake"

    def version(self) -> str:
        return "1"

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        self.shown.append(image)
        if self.fails:
            raise EngineError(f"Page {image.number}: out of luck.")
        return self.lines

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        return tuple(() for _ in images)


def source(
    *lines: Line, verdict: LayerVerdict = LayerVerdict.NONE, image: PageImage | None = IMAGE
) -> SourcePage:
    return SourcePage(3, image, EmbeddedLayer(verdict), lines, (), ())


def line(text: str, top: int, kind: LineKind = LineKind.TEXT) -> Line:
    words = tuple(
        Word(f"x{i}", BBox(60 + 80 * i, top, 130 + 80 * i, top + 24), part, 0.9)
        for i, part in enumerate(text.split())
    )
    return Line(BBox(60, top, 60 + 80 * len(words), top + 24), words, kind)


def test_an_engine_that_fails_leaves_an_error_and_an_empty_page() -> None:
    reading = read_page(source(), FakeEngine(fails=True), LookSettings())
    assert reading.page.blocks == ()
    assert reading.page.source is TextSource.NOTHING
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.page) == (
        "page-unreadable", Severity.ERROR, 3,
    )  # fmt: skip


def test_a_page_without_text_is_told() -> None:
    reading = read_page(source(), FakeEngine(), LookSettings())
    assert [each.code for each in reading.findings] == ["blank-page"]


def test_rubbish_is_read_upside_down_too_and_told() -> None:
    engine = FakeEngine(lines=tuple(line("qxz wvk zzt", 60 + 40 * n) for n in range(5)))
    reading = read_page(source(), engine, LookSettings())
    assert [each.code for each in reading.findings] == ["poor-reading"]
    assert len(engine.shown) == 2


def test_good_embedded_text_needs_no_engine() -> None:
    engine = FakeEngine(fails=True)
    page = read_page(
        source(line("Điều 1.", 60), verdict=LayerVerdict.GOOD), engine, LookSettings()
    ).page
    assert page.source is TextSource.EMBEDDED
    assert [word.id for word in page.words()] == ["p3w1", "p3w2"]
    assert engine.shown == []


def test_a_signature_stamp_is_hidden_from_the_engine_and_kept_in_the_record() -> None:
    stamp = line("Ký bởi: Sở Nội vụ", 100, LineKind.ESIGN)
    dark = PageImage(3, np.zeros((900, 700), dtype=np.uint8), 200.0)
    engine = FakeEngine(lines=(line("Kính gửi: Sở Tài chính", 300),))
    page = read_page(source(stamp, image=dark), engine, LookSettings(flatten=False)).page
    shown = engine.shown[0].pixels
    assert shown[105:120, 70:200].min() == 255
    assert shown[400:500].max() == 0
    assert [each.kind for each in page.lines()] == [LineKind.TEXT, LineKind.ESIGN]

"""A page on which the engine fails is told and does not end the document."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from dataclasses import field as field_of

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
from sohoa.read import Appearance, AppearanceKind, SourcePage
from sohoa.recognize import PatientEngine

IMAGE = PageImage(3, np.full((900, 700, 3), 255, dtype=np.uint8), 200.0)


@dataclass
class FakeEngine:
    """Answers with the given lines, or fails; remembers what it was shown."""

    lines: tuple[Line, ...] = ()
    fails: bool = False
    shown: list[PageImage] = field_of(default_factory=list)
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
    unsure, unread = reading.findings
    assert (unsure.code, unsure.severity) == ("orientation-unsure", Severity.WARNING)
    assert (unread.code, unread.severity) == ("page-unreadable", Severity.ERROR)
    assert len(engine.shown) == 2
    assert len(list(reading.page.words())) == 15


def test_a_way_up_that_reads_clearly_better_is_not_doubted() -> None:
    class Turned(FakeEngine):
        def recognize(self, image: PageImage) -> tuple[Line, ...]:
            self.shown.append(image)
            text = "qxz wvk zzt" if len(self.shown) == 1 else "Quyết định này có hiệu lực"
            return tuple(line(text, 60 + 40 * n) for n in range(5))

    reading = read_page(source(), Turned(), LookSettings())
    assert reading.findings == ()
    assert abs(reading.page.angle_deg) == 180


def test_another_language_is_told_but_not_lost() -> None:
    english = "therefore the contractor shall deliver these goods within thirty days"
    engine = FakeEngine(lines=tuple(line(english, 60 + 40 * n) for n in range(5)))
    reading = read_page(source(), engine, LookSettings())
    (finding,) = reading.findings
    assert (finding.code, finding.severity) == ("other-language", Severity.WARNING)
    assert len(list(reading.page.words())) == 50


def test_a_page_with_ink_and_no_words_is_no_blank_page() -> None:
    pixels = IMAGE.pixels.copy()
    pixels[200:600:20, 100:600] = 0
    for inked in (pixels, np.full_like(pixels, 9)):
        page = PageImage(3, inked, 200.0)
        (finding,) = read_page(source(image=page), FakeEngine(), LookSettings()).findings
        assert (finding.code, finding.severity) == ("page-unreadable", Severity.ERROR)


def test_time_that_runs_out_keeps_what_was_read() -> None:
    class Tired(FakeEngine):
        def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
            raise EngineError("Page 3: it was not done in 1 s.")

    engine = Tired(lines=(line("Kính gửi: Sở Tài chính", 300),))
    reading = read_page(source(), engine, LookSettings())
    assert [each.code for each in reading.findings] == ["reading-cut-short"]
    assert [each.text for each in reading.page.lines()] == ["Kính gửi: Sở Tài chính"]
    assert reading.page.source is TextSource.OCR


def test_no_call_is_begun_for_a_page_whose_time_is_spent() -> None:
    engine = PatientEngine(FakeEngine(), limit_s=-1.0)
    (finding,) = read_page(source(), engine, LookSettings()).findings
    assert (finding.code, finding.severity) == ("page-unreadable", Severity.ERROR)
    patient = PatientEngine(FakeEngine(), limit_s=60.0)
    assert patient.recognize(IMAGE) == ()
    assert patient.name == "fake"


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


def test_print_beneath_a_signature_stamp_is_shown_to_the_engine() -> None:
    box = BBox(60, 100, 300, 180)
    beneath = np.full((80, 240), 255, dtype=np.uint8)
    beneath[30:50] = 10  # a line of print under the stamp
    field = Appearance("Signature1", AppearanceKind.SIGNATURE, box, "Ký bởi", False, True, beneath)
    stamped = PageImage(3, np.full((900, 700, 3), 255, dtype=np.uint8), 200.0)
    stamped.pixels[100:180, 60:300] = 90
    page = replace(source(line("Ký bởi", 105, LineKind.ESIGN), image=stamped), appearances=(field,))
    engine = FakeEngine(lines=(line("Kính gửi: Sở Tài chính", 300),))
    read_page(page, engine, LookSettings(flatten=False))
    shown = engine.shown[0].pixels
    assert shown[132:148, 70:290].max() < 30
    assert shown[105:125, 70:290].min() == 255

"""Quality of the capture by rules, and documents found in one file."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image

from sohoa.archive.parts import Part, find_parts, join_pictures, split_record
from sohoa.archive.quality import (
    DocumentQuality,
    Flaw,
    find_twins,
    measure_document,
    rules_of,
)
from sohoa.archive.quality_report import draw_sample, report_csv, report_html, sample_size
from sohoa.directive import Directive
from sohoa.export import Original, OriginalFile
from sohoa.geometry import BBox
from sohoa.model import Block, Line, LineKind, Page, PageImage, TextSource, Word
from sohoa.read import FoundSource
from sohoa.record import Record

from .conftest import leaf, make_record

RULES = rules_of()


def sheet(*, seed: int = 1, ink: bool = True) -> np.ndarray:
    """A colour page of 200 dpi, 800 x 1000, with lines of letters."""
    pixels = np.full((1000, 800, 3), (252, 250, 244), np.uint8)
    if ink:
        rng = np.random.default_rng(seed)
        for top in range(100, 900, 40):
            text = "".join(chr(97 + int(each)) for each in rng.integers(0, 26, 28))
            cv2.putText(pixels, text, (80, top), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (20, 20, 30), 2)
    return pixels


def page_of(number: int = 1, **more: object) -> Page:
    words = (Word(f"p{number}w1", BBox(80, 80, 700, 110), "chữ", 0.9),)
    line = Line(words[0].bbox, words)
    page = Page(number, 800, 1000, 200.0, (Block(line.bbox, (line,)),), TextSource.OCR)
    return replace(page, **more)  # type: ignore[arg-type]


def quality_of(
    pixels: np.ndarray, page: Page | None = None, name: str = "a.png"
) -> DocumentQuality:
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "PNG")
    own = page or page_of()
    image = PageImage(own.number, pixels, own.dpi)
    file = OriginalFile(name, 1, data.getvalue)
    record = make_record(1)
    record = replace(record, pages=(own,), source=replace(record.source, name=name))
    return measure_document(record, Original((file,), lambda number: image), RULES)


def rules_broken(quality: DocumentQuality) -> set[str]:
    return {each.rule for each in quality.flaws}


def test_a_good_page_breaks_no_rule() -> None:
    assert rules_broken(quality_of(sheet())) == set()


def test_a_page_born_digital_is_not_asked_how_it_was_scanned() -> None:
    grey = cv2.cvtColor(sheet(), cv2.COLOR_RGB2GRAY)
    page = page_of(source=TextSource.EMBEDDED, dpi=96.0)
    assert rules_broken(quality_of(grey, page)) == set()


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        (lambda pixels: cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), {"colour", "min-bits"}),
        (lambda pixels: cv2.GaussianBlur(pixels, (0, 0), 4), {"min-sharpness"}),
        (lambda pixels: (pixels * 0.45).astype(np.uint8), {"min-paper"}),
        (lambda pixels: np.full_like(pixels, 250), {"blank"}),
    ],
)
def test_a_bad_page_is_named(change, rules: set[str]) -> None:  # type: ignore[no-untyped-def]
    assert rules_broken(quality_of(change(sheet()))) == rules


def test_low_resolution_slope_cut_edges_and_poor_reading_are_named() -> None:
    word = Word("p1w1", BBox(2, 300, 90, 330), "chữ", 0.9)
    line = Line(word.bbox, (word,))
    page = page_of(
        dpi=150.0, angle_deg=3.5, orientation_confidence=0.2, blocks=(Block(line.bbox, (line,)),)
    )
    assert rules_broken(quality_of(sheet(), page)) == {
        "min-dpi", "max-skew-deg", "edge-mm", "min-reading",
    }  # fmt: skip


def test_the_same_page_twice_is_found_and_two_pages_are_not_one() -> None:
    first, second = quality_of(sheet(), name="a.png"), quality_of(sheet(seed=2), name="b.png")
    again = quality_of(cv2.GaussianBlur(sheet(), (0, 0), 0.6), name="c.png")
    assert find_twins([first, second], RULES) == ()
    (twin,) = find_twins([first, second, again], RULES)
    assert (twin.document, twin.measured) == ("c.png", "a.png, trang 1")


def folio(number: int, shown: str) -> Page:
    word = Word(f"p{number}w1", BBox(390, 30, 410, 50), shown, 0.9)
    line = Line(word.bbox, (word,), LineKind.FOLIO)
    return page_of(number, blocks=(Block(line.bbox, (line,)),))


@pytest.mark.parametrize(
    ("folios", "gaps"),
    [(["2", "3", "4"], 0), (["2", "3", "1", "2"], 0), (["2", "4"], 1), (["2", "5", "4"], 2)],
)
def test_page_numbers_that_jump_are_told(folios: list[str], gaps: int) -> None:
    pages = tuple(folio(number, shown) for number, shown in enumerate(folios, start=2))
    image = PageImage(1, sheet(), 200.0)
    record = replace(make_record(1), pages=pages)
    quality = measure_document(record, Original((), lambda number: image), RULES)
    assert sum(each.rule == "page-gap" for each in quality.flaws) == gaps


def test_the_sample_follows_the_size_of_the_batch_and_is_drawn_alike() -> None:
    assert [sample_size(pages) for pages in (0, 1, 8, 9, 100, 10_000)] == [0, 1, 2, 3, 20, 200]
    documents = [quality_of(sheet(), name=f"{number}.png") for number in range(12)]
    assert draw_sample(documents) == draw_sample(documents)
    assert len(draw_sample(documents)) == 3


def test_the_report_names_pages_and_escapes_names() -> None:
    quality = quality_of(np.full_like(sheet(), 250), name="<a>.png")
    page = report_html([quality], quality.flaws, {"<a>.png": "file:///a"}).decode()
    assert "&lt;a&gt;.png" in page
    assert "trang trắng" in page
    assert "<a>.png" not in page
    rows = report_csv([quality], quality.flaws).decode("utf-8-sig").splitlines()
    assert rows[1].endswith("trang trắng")
    assert report_html([], [Flaw("a", 1, "blank", "", "")], {})


def paper(number: int, *texts: str) -> Page:
    lines = []
    for index, text in enumerate(texts):
        words, left = [], 60
        for count, each in enumerate(text.split()):
            box = BBox(left, 60 + 30 * index, left + 50, 80 + 30 * index)
            words.append(Word(f"p{number}w{index}x{count}", box, each, 0.9))
            left += 60
        lines.append(Line(words[0].bbox.union(words[-1].bbox), tuple(words)))
    return page_of(number, blocks=(Block(lines[0].bbox, tuple(lines)),))


STATE = ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/QĐ-UBND",
         "Mẫu, ngày 01 tháng 02 năm 2024", "QUYẾT ĐỊNH")  # fmt: skip
PARTY = ("TỈNH UỶ MẪU", "ĐẢNG CỘNG SẢN VIỆT NAM", "Số 91-CT/TU", "Mẫu, ngày 05 tháng 3 năm 2024")


def test_one_document_is_not_parted() -> None:
    pages = (paper(1, *STATE), paper(2, "2. Tưới cây mỗi ngày."), paper(3, "Nơi nhận:"))
    assert [(each.first, each.last) for each in find_parts(pages)] == [(1, 3)]


@pytest.mark.parametrize(
    "texts",
    [
        ("PHỤ LỤC I", "(Kèm theo Quyết định số 15/QĐ-UBND ngày 01 tháng 02 năm 2024)"),
        ("SAO Y", "Số: 7-BS/TU", "Mẫu, ngày 20 tháng 3 năm 2024"),
        ("Căn cứ Nghị định số 63/2010/NĐ-CP ngày 08 tháng 6 năm 2010;",),
    ],
)
def test_annexes_copy_blocks_and_citations_begin_no_document(texts: tuple[str, ...]) -> None:
    assert len(find_parts((paper(1, *STATE), paper(2, *texts)))) == 1


def test_letterheads_part_a_file() -> None:
    pages = (paper(1, *STATE), paper(2, "tiếp theo"), paper(3, *PARTY), paper(4, *STATE))
    parts = find_parts(pages)
    assert [(each.first, each.last) for each in parts] == [(1, 2), (3, 3), (4, 4)]
    assert all(each.confidence >= 0.9 for each in parts)


def test_a_split_keeps_words_and_page_numbers() -> None:
    pages = (paper(1, *STATE), paper(2, *PARTY))
    record = replace(make_record(1), pages=pages)

    def understand(own: tuple[Page, ...]) -> tuple[tuple[Page, ...], Directive, tuple[()]]:
        return own, Directive(number=leaf(str(own[0].number))), ()

    first, second = split_record(record, find_parts(pages), understand)
    assert (first.pages, second.pages) == ((pages[0],), (pages[1],))
    assert first.id == record.id != second.id
    assert second.directive.number.value == "2"
    assert split_record(record, [Part(1, 2, 1.0, "")], understand) == (record,)


def names_of(found: tuple[FoundSource, ...]) -> list[tuple[str, int]]:
    return [(str(each.relative), len(each.paths)) for each in found]


def sources(*names: str) -> list[FoundSource]:
    return [FoundSource((Path(name),), Path(name)) for name in names]


@pytest.mark.parametrize(
    "names",
    [
        ("a.pdf", "b.pdf"),
        ("x1.pdf", "x2.pdf"),  # PDF files are whole documents
        ("x_1.jpg", "x_3.jpg"),  # a gap
        ("1.jpg", "2.jpg"),  # no name to go by
        ("x_2.jpg", "x_3.jpg"),  # does not begin
        ("a/x_1.jpg", "b/x_2.jpg"),
        ("x_1.jpg", "x_2.png"),
    ],
)
def test_what_is_no_series_stays(names: tuple[str, ...]) -> None:
    assert names_of(join_pictures(sources(*names))) == [(name, 1) for name in names]


def test_a_series_of_pictures_is_one_document() -> None:
    found = join_pictures(sources("a.pdf", "x_p10.jpg", *(f"x_p{n}.jpg" for n in range(1, 10))))
    assert names_of(found) == [("a.pdf", 1), ("x.jpg", 10)]
    assert [path.name for path in found[1].paths][-1] == "x_p10.jpg"


def test_records_of_the_samples_are_made_up(unsure: Record) -> None:
    assert unsure.source.name.startswith("văn bản")

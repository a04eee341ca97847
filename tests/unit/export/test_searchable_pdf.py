"""The searchable PDF: the scan's own pictures, the record's words over their ink, PDF/A-2b."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from sohoa.directive import Directive, Unit, UnitKind
from sohoa.export import Original, OriginalFile, searchable_pdf
from sohoa.export.searchable_pdf_compare import compare
from sohoa.export.searchable_pdf_font import GlyphlessFont, Reach, text_width
from sohoa.export.searchable_pdf_images import pixel_picture, upright_matrix
from sohoa.export.searchable_pdf_pages import picture_page
from sohoa.geometry import BBox
from sohoa.model import Block, Line, LineKind, Page, PageImage, TextSource, Word
from sohoa.record import Record, SourceInfo, Step

from .conftest import leaf

WORDS = ("Chỉ", "thị", "về", "Đường", "ưỡn", "Ỷ", "-", "CT/TW")


def scan_pixels() -> np.ndarray[Any, np.dtype[np.uint8]]:
    """A grey page of 600 x 800 with a black block where each word stands."""
    image = Image.new("RGB", (600, 800), (250, 248, 240))
    draw = ImageDraw.Draw(image)
    for left, top, right, bottom in boxes():
        draw.rectangle((left, top, right - 1, bottom - 1), fill=(20, 20, 30))
    return np.asarray(image)


def boxes() -> list[tuple[int, int, int, int]]:
    found, left = [], 40
    for index, text in enumerate(WORDS):
        width = 14 * len(text) + 4
        found.append((left, 100 - (6 if index % 2 else 0), left + width, 122))
        left += width + 12
    return found


def page_of(number: int = 1) -> Page:
    words = tuple(
        Word(f"p{number}w{index}", BBox(*box), text, 0.9)
        for index, (text, box) in enumerate(zip(WORDS, boxes(), strict=True), start=1)
    )
    line = Line(words[0].bbox.union(words[-1].bbox), words)
    speck = Line(BBox(5, 5, 9, 9), (Word("p1w99", BBox(5, 5, 9, 9), "~|", 0.1),), LineKind.NOISE)
    blocks = (Block(line.bbox, (line,)), Block(speck.bbox, (speck,)))
    return Page(number, 600, 800, 72.0, blocks, TextSource.OCR)


def record_of(*pages: Page) -> Record:
    body = (Unit(UnitKind.ARTICLE, "Điều 1.", "Mở đầu", words=("p1w1",), page=1),)
    directive = Directive(title=leaf("về đường ưỡn & <nét>"), issuer=leaf("Ban Mẫu"), body=body)
    source = SourceInfo("mau.pdf", "a" * 64, "application/pdf", 10, len(pages))
    return Record("mau-1", source, (Step("made-up", "1"),), pages, directive)


def jpeg(pixels: Any, **more: Any) -> bytes:
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "JPEG", quality=92, **more)
    return data.getvalue()


def pdf_with(picture: bytes, *, rotate: int = 0, extra: bytes = b"", filters: str = "") -> bytes:
    """A PDF of one page under a JPEG, maybe with more drawn on it."""
    pdf = pikepdf.new()
    image = pikepdf.Stream(pdf, picture)
    image.Type, image.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    image.Width, image.Height = 600, 800
    image.BitsPerComponent, image.ColorSpace = 8, pikepdf.Name.DeviceRGB
    image.Filter = pikepdf.Name("/DCTDecode")
    pdf.add_blank_page(page_size=(600, 800))
    page = pdf.pages[0]
    page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.obj.Contents = pdf.make_stream(b"q 600 0 0 800 0 0 cm /Im0 Do Q\n" + extra)
    if rotate:
        page.obj.Rotate = rotate
    data = io.BytesIO()
    pdf.save(data)
    return data.getvalue()


def original_of(data: bytes, *, name: str = "mau.pdf") -> Original:
    """The original with its page drawn as a viewer draws it."""

    def draw(number: int) -> PageImage | None:
        if data.startswith(b"%PDF"):
            document = pdfium.PdfDocument(data)
            pixels = document[0].render(scale=1).to_numpy()[:, :, ::-1].copy()
            document.close()
        else:
            pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
        return PageImage(number, pixels, 72.0)

    return Original((OriginalFile(name, 1, lambda: data),), draw)


def largest_picture(data: bytes) -> bytes:
    """The bytes of the largest picture as they stand in the file."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = [
            (int(each.Width) * int(each.Height), bytes(each.read_raw_bytes()))
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
    return max(found)[1]


def text_of(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    try:
        return str(document[0].get_textpage().get_text_range())
    finally:
        document.close()


def test_the_bytes_of_the_picture_do_not_change() -> None:
    picture = jpeg(scan_pixels())
    made = searchable_pdf.make(record_of(page_of()), original_of(pdf_with(picture)))
    assert largest_picture(made.data) == picture
    assert made.findings == ()


@pytest.mark.parametrize(
    ("extra", "alone"),
    [
        (b"", True),
        (b"BT 3 Tr /F0 12 Tf (unseen) Tj ET", True),
        (b"BT /F0 12 Tf (seen) Tj ET", False),
        (b"BT 3 Tr ET q BT 0 Tr /F0 12 Tf (seen) Tj ET Q", False),
        (b"0 0 100 100 re f", False),
        (b"q 600 0 0 800 300 0 cm /Im0 Do Q", False),
        (b"/OC /hidden BDC EMC", False),
    ],
)
def test_a_page_is_a_picture_alone_only_where_nothing_else_is_seen(
    extra: bytes, alone: bool
) -> None:
    with pikepdf.open(io.BytesIO(pdf_with(jpeg(scan_pixels()), extra=extra))) as pdf:
        layout = picture_page(pdf.pages[0])
    assert layout is not None
    assert layout.alone is alone


def test_a_page_with_a_note_is_no_picture_alone() -> None:
    with pikepdf.open(io.BytesIO(pdf_with(jpeg(scan_pixels())))) as pdf:
        pdf.pages[0].obj.Annots = pikepdf.Array([pikepdf.Dictionary(Subtype=pikepdf.Name.Stamp)])
        layout = picture_page(pdf.pages[0])
    assert layout is not None
    assert not layout.alone


def test_a_picture_file_keeps_its_bytes_and_stands_as_its_exif_says() -> None:
    lying = jpeg(np.rot90(scan_pixels(), 1).copy(), exif=_exif(6))
    upright = np.asarray(Image.fromarray(np.rot90(scan_pixels(), 1)).rotate(-90, expand=True))
    original = Original(
        (OriginalFile("mau.jpg", 1, lambda: lying),),
        lambda number: PageImage(number, upright, 72.0),
    )
    made = searchable_pdf.make(record_of(page_of()), original)
    assert largest_picture(made.data) == lying
    shown = pdfium.PdfDocument(made.data)[0].render(scale=1).to_numpy()[:, :, ::-1]
    assert np.abs(shown.astype(int) - upright).mean() < 4


def _exif(orientation: int) -> Any:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


def test_the_same_record_gives_the_same_bytes() -> None:
    original = original_of(pdf_with(jpeg(scan_pixels())))
    first = searchable_pdf.export(record_of(page_of()), original)
    assert first == searchable_pdf.export(record_of(page_of()), original)


def test_it_is_pdf_a_2b_and_says_so_and_what_it_is() -> None:
    made = searchable_pdf.make(record_of(page_of()), original_of(pdf_with(jpeg(scan_pixels()))))
    assert searchable_pdf.check_pdfa(made.data) == ""
    pdf = pikepdf.open(io.BytesIO(made.data))
    xmp = pdf.Root.Metadata.read_bytes().decode()
    for expected in ("<pdfaid:part>2<", "urn:sha256:" + "a" * 64, "made-up 1", "&amp; &lt;nét&gt;"):
        assert expected in xmp
    assert str(pdf.Root.Lang) == "vi"
    assert str(pdf.docinfo["/Author"]) == "Ban Mẫu"
    with pdf.open_outline() as outline:
        assert [item.title for item in outline.root] == ["Điều 1. Mở đầu"]


def test_words_are_found_with_their_marks_and_specks_are_not() -> None:
    data = searchable_pdf.export(record_of(page_of()), original_of(pdf_with(jpeg(scan_pixels()))))
    assert text_of(data).split() == list(WORDS)
    page = pdfium.PdfDocument(data)[0]
    assert page.get_textpage().search("về Đường ưỡn Ỷ - CT/TW", match_case=True).get_next()


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext (poppler-utils)")
def test_word_boxes_lie_on_the_ink_within_two_pixels(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(
        searchable_pdf.export(record_of(page_of()), original_of(pdf_with(jpeg(scan_pixels()))))
    )
    out = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, check=True).stdout
    rows = [line for line in out.decode().splitlines() if "<word" in line]
    told = [
        [float(row.split(f'{key}="')[1].split('"')[0]) for key in ("xMin", "yMin", "xMax", "yMax")]
        for row in rows
    ]
    assert len(told) == len(WORDS)
    for got, want in zip(told, boxes(), strict=True):
        assert max(abs(a - b) for a, b in zip(got, want, strict=True)) <= 2.0


def test_what_lies_over_the_scan_is_drawn_into_it_and_told() -> None:
    extra = b"q 0 0 1 rg 300 300 120 60 re f Q"
    made = searchable_pdf.make(
        record_of(page_of()), original_of(pdf_with(jpeg(scan_pixels()), extra=extra))
    )
    assert [each.code for each in made.findings] == ["marks-flattened"]
    shown = pdfium.PdfDocument(made.data)[0].render(scale=1).to_numpy()[:, :, ::-1]
    assert tuple(shown[800 - 330, 360]) == (0, 0, 255)
    assert searchable_pdf.check_pdfa(made.data) == ""


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_shows_as_the_original_does(rotate: int) -> None:
    original = original_of(pdf_with(jpeg(scan_pixels()), rotate=rotate))
    drawn = original.draw(1)
    assert drawn is not None
    height, width = drawn.pixels.shape[:2]
    page = Page(1, width, height, 72.0)
    made = searchable_pdf.make(record_of(page), original)
    shown = pdfium.PdfDocument(made.data)[0].render(scale=1).to_numpy()[:, :, ::-1]
    assert shown.shape == drawn.pixels.shape
    assert np.abs(shown.astype(int) - drawn.pixels).mean() < 1
    assert made.findings == ()


def test_a_page_that_cannot_be_taken_over_is_drawn_without_loss() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(600, 800))
    # A printer's colours: only its own profile could say what they are.
    pdf.pages[0].obj.Contents = pdf.make_stream(b"0.9 0 0.8 0 k 100 100 200 200 re f")
    data = io.BytesIO()
    pdf.save(data)
    original = original_of(data.getvalue())
    made = searchable_pdf.make(record_of(page_of()), original)
    assert [each.code for each in made.findings] == ["page-drawn-anew"]
    drawn = original.draw(1)
    assert drawn is not None
    shown = pdfium.PdfDocument(made.data)[0].render(scale=1).to_numpy()[:, :, ::-1]
    assert np.array_equal(shown, drawn.pixels)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7 rubbish", b"not a picture"])
def test_an_original_that_cannot_be_read_still_gives_the_words(data: bytes) -> None:
    original = Original((OriginalFile("x", 1, lambda: data),), lambda number: None)
    made = searchable_pdf.make(record_of(page_of()), original)
    assert [each.code for each in made.findings] == ["page-without-picture"]
    assert text_of(made.data).split() == list(WORDS)


def test_colours_of_the_press_are_not_copied_into_a_pdf_a() -> None:
    data = io.BytesIO()
    Image.fromarray(scan_pixels()).convert("CMYK").save(data, "JPEG")
    pdf = pikepdf.open(io.BytesIO(pdf_with(data.getvalue())))
    pdf.pages[0].obj.Resources.XObject.Im0.ColorSpace = pikepdf.Name.DeviceCMYK
    out = io.BytesIO()
    pdf.save(out)
    made = searchable_pdf.make(record_of(page_of()), original_of(out.getvalue()))
    assert [each.code for each in made.findings] == ["page-drawn-anew"]
    assert searchable_pdf.check_pdfa(made.data) == ""


def test_a_claim_that_does_not_hold_is_withdrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(searchable_pdf, "check_pdfa", lambda data: "a reason")
    made = searchable_pdf.make(record_of(page_of()), original_of(pdf_with(jpeg(scan_pixels()))))
    assert [each.code for each in made.findings] == ["pdfa-not-claimed"]
    assert b"pdfaid:part" not in pikepdf.open(io.BytesIO(made.data)).Root.Metadata.read_bytes()


def test_pixels_come_back_as_they_went_in() -> None:
    rng = np.random.default_rng(5)
    noise = rng.integers(0, 256, (37, 41, 3), dtype=np.uint8)
    few = rng.integers(0, 2, (37, 41, 3), dtype=np.uint8) * 200
    grey = rng.integers(0, 256, (37, 41), dtype=np.uint8)
    black = (rng.integers(0, 2, (37, 41), dtype=np.uint8) * 255).astype(np.uint8)
    for pixels in (noise, few, grey, black):
        pdf = pikepdf.new()
        image = pikepdf.PdfImage(pixel_picture(pdf, pixels)).as_pil_image()
        assert np.array_equal(np.asarray(image.convert("RGB" if pixels.ndim == 3 else "L")), pixels)


def test_unlike_pages_are_not_taken_for_each_other() -> None:
    white = np.full((100, 100), 255, np.uint8)
    other = white.copy()
    other[:, :50] = 0
    assert not compare(white, other).understood
    assert compare(white, white).overlays == ()


def test_orientations_keep_the_page_covered() -> None:
    for orientation in range(1, 9):
        a, b, c, d, e, f = upright_matrix(orientation, 30, 40)
        corners = {(a * u + c * v + e, b * u + d * v + f) for u in (0, 1) for v in (0, 1)}
        assert corners == {(0, 0), (30, 0), (0, 40), (30, 40)}


def test_the_font_tells_the_nearest_reach_and_holds_every_sign() -> None:
    font = GlyphlessFont.for_text(["Ẵ", "𠀀", "a"], [Reach(700, 1)])
    assert font.nearest(Reach(1000, 380)) == ("F0", Reach(700, 1))
    assert text_width("") == 0
    assert len({font.encode(each) for each in "Ẵ𠀀a "}) == 4


def test_a_page_without_pictures_is_no_picture_page() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert picture_page(pdf.pages[0]) is None

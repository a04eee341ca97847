"""Composed pages stay as they were drawn; only the record's words are read from them."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest

from sohoa.export import Exported, Original, searchable_pdf
from sohoa.export.searchable_pdf_carried import ComposedFile
from sohoa.export.searchable_pdf_images import UnfitPictureError
from sohoa.model import Page
from sohoa.originals import original_of
from sohoa.read import open_source
from sohoa.record import Record

from .test_searchable_pdf import WORDS, page_of, record_of

SAMPLE = Path(__file__).parents[3] / "samples" / "cong_van_clean.pdf"


def made_of(path: Path) -> tuple[Exported, Original, Record]:
    with open_source([path]) as source:
        image = source.page(1).image
        assert image is not None
        page: Page = replace(page_of(), width=image.width, height=image.height, dpi=image.dpi)
        record = record_of(page)
        original = original_of(source, [path])
        return searchable_pdf.make(record, original), original, record


def drawn(data: bytes, scale: float = 1.5) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    document = pdfium.PdfDocument(data)
    try:
        return np.asarray(document[0].render(scale=scale).to_numpy()).copy()
    finally:
        document.close()


def words_of(data: bytes) -> list[str]:
    document = pdfium.PdfDocument(data)
    try:
        return str(document[0].get_textpage().get_text_range()).split()
    finally:
        document.close()


def changed(path: Path, **fonts: str) -> None:
    """Write the sample with its fonts taken out of the file (``lost``) or as it is."""
    with pikepdf.open(SAMPLE) as pdf:
        for each in pdf.objects:
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
                for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                    if key in each and fonts.get("programs") == "lost":
                        del each[key]
        pdf.save(path)


def test_a_composed_page_keeps_its_look_and_gives_the_words_of_the_record_alone() -> None:
    made, _, _ = made_of(SAMPLE)
    codes = {each.code for each in made.findings}
    assert codes <= {"marks-flattened"}
    assert not searchable_pdf.check_pdfa(made.data)
    before, after = drawn(SAMPLE.read_bytes()), drawn(made.data)
    assert before.shape == after.shape
    assert np.abs(before.astype(int) - after).mean() < 2
    assert words_of(made.data) == list(WORDS)


def test_a_composed_page_is_not_turned_into_pixels() -> None:
    made, _, _ = made_of(SAMPLE)
    with pikepdf.open(io.BytesIO(made.data)) as pdf:
        resources = pdf.pages[0].obj.Resources.XObject
        kinds = [str(each.Subtype) for each in resources.values()]
    assert kinds[0] == "/Form"
    assert len(made.data) <= 1.1 * SAMPLE.stat().st_size + 15_000


def test_a_page_whose_font_is_not_in_the_file_is_drawn(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    changed(path, programs="lost")
    composed = ComposedFile.of(path.read_bytes())
    with pytest.raises(UnfitPictureError), pikepdf.new() as pdf:
        composed.take(pdf, 0)
    composed.close()
    made, _, _ = made_of(path)
    assert "page-drawn-anew" in {each.code for each in made.findings}
    assert not searchable_pdf.check_pdfa(made.data)


def test_parts_that_can_be_switched_off_are_not_taken_over() -> None:
    with pikepdf.open(SAMPLE) as pdf:
        page = pdf.pages[0]
        page.contents_add(b"/OC /Layer BDC EMC")
        data = io.BytesIO()
        pdf.save(data)
    with pytest.raises(UnfitPictureError):
        ComposedFile.of(data.getvalue())


def test_the_same_file_gives_the_same_bytes() -> None:
    assert made_of(SAMPLE)[0].data == made_of(SAMPLE)[0].data

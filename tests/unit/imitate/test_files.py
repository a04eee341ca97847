from __future__ import annotations

import io
import json
import shutil
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pytest
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from sohoa.geometry import BBox
from sohoa.imitate import (
    FAX_SCAN,
    GOOD_SCAN,
    DocumentKind,
    LayerWord,
    SignatureFacts,
    draft,
    fields_of,
    root_pem,
    scan,
    sign_pdf,
    to_image_pdf,
    to_pdf,
    typeset,
)
from sohoa.imitate.samples import SAMPLES, paper_of

PAPER = typeset(draft(DocumentKind.PARTY_LETTER, 7))
FACTS = SignatureFacts(
    "Tỉnh uỷ Thử Nghiệm",
    "Tỉnh uỷ Thử Nghiệm ký số bản sao văn bản điện tử!",
    "Thử Nghiệm",
    "Email: thu-nghiem@example.org",
    datetime(2025, 10, 16, 9, 27, 37, tzinfo=timezone(timedelta(hours=7))),
)
SAMPLES_FOLDER = Path(__file__).resolve().parents[3] / "samples"


def test_signing_leaves_the_original_bytes_in_front() -> None:
    data = to_pdf(PAPER)
    assert sign_pdf(data, FACTS).startswith(data)


def test_signing_twice_gives_the_same_file() -> None:
    data = to_pdf(PAPER)
    assert sign_pdf(data, FACTS) == sign_pdf(data, FACTS)


def test_the_signature_is_valid_under_the_test_root() -> None:
    reader = PdfFileReader(io.BytesIO(sign_pdf(to_pdf(PAPER), FACTS)))
    (signature,) = reader.embedded_signatures
    root = x509.Certificate.load(pem.unarmor(root_pem())[2])
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[root]))
    assert status.bottom_line
    said = signature.sig_object
    assert (said["/Name"], said["/Location"]) == (FACTS.organ, FACTS.location)
    assert (said["/Reason"], said["/ContactInfo"]) == (FACTS.reason, FACTS.contact)
    assert said["/M"] == "D:20251016092737+07'00'"


def test_the_appearance_is_drawn_at_the_top_right() -> None:
    def corner(data: bytes) -> int:
        with pypdfium2.PdfDocument(data) as document:
            document.init_forms()
            pixels = document[0].render(scale=1, may_draw_forms=True).to_numpy()
        return int((pixels[: pixels.shape[0] // 18, pixels.shape[1] * 2 // 3 :] < 128).sum())

    data = to_pdf(PAPER)
    assert corner(sign_pdf(data, FACTS)) > corner(data) + 100


@pytest.mark.parametrize("how", [replace(GOOD_SCAN, dpi=100), replace(FAX_SCAN, dpi=100)])
def test_image_pdf_shows_the_scan(how: object) -> None:
    pages = scan(PAPER, how, 1)  # type: ignore[arg-type]
    data = to_image_pdf(pages)
    assert data == to_image_pdf(pages)
    with pypdfium2.PdfDocument(data) as document:
        assert len(document) == len(pages)
        assert document[0].get_textpage().get_text_range() == ""
    with pikepdf.open(io.BytesIO(data)) as written:
        for page, made in zip(written.pages, pages, strict=True):
            stream = page.obj.Resources.XObject.Im0
            assert isinstance(stream, pikepdf.Stream)
            image = pikepdf.PdfImage(stream).as_pil_image()
            inside = np.asarray(image.convert("L" if made.pixels.ndim == 2 else "RGB"))
            assert np.abs(inside.astype(int) - made.pixels).max() <= 2


def test_a_layer_is_text_that_nobody_sees() -> None:
    pages = scan(PAPER, replace(GOOD_SCAN, dpi=100), 1)[:1]
    layer = (
        LayerWord("C6NG", BBox(100, 100, 180, 120)),
        LayerWord("d€n", BBox(190, 100, 240, 120)),
    )
    plain, layered = to_image_pdf(pages), to_image_pdf(pages, (layer,))
    with pypdfium2.PdfDocument(plain) as first, pypdfium2.PdfDocument(layered) as second:
        assert second[0].get_textpage().get_text_range().split() == ["C6NG", "d€n"]
        same = first[0].render().to_numpy() == second[0].render().to_numpy()
    assert same.all()


def test_fields_say_what_the_draft_says() -> None:
    made = draft(DocumentKind.PARTY_COPY, 3)
    fields = fields_of("x", typeset(made))
    assert fields["full_number"] == made.full_number
    assert fields["outline"][0]["label"] == "1."
    assert fields["outline"][0]["level"] == 1
    assert len(fields["outline"][0]["text_start"].split()) == 8
    assert fields["copy_block"]["kind"] == "SAO Y"
    assert fields["seals"] == []
    json.dumps(fields)


def test_seals_are_placed_in_shares_of_the_page() -> None:
    pages = scan(PAPER, replace(GOOD_SCAN, dpi=60), 1)
    fields = fields_of("x", PAPER, pages)
    boxes = [seal["bbox"] for seal in fields["seals"]]
    assert boxes
    assert all(0 <= share <= 1 for box in boxes for share in box)
    assert fields["handwritten_signature"]["page"] == len(pages)


@pytest.mark.skipif(not SAMPLES_FOLDER.is_dir(), reason="the samples are not in this checkout")
@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.stem)
def test_the_committed_samples_are_those_that_would_be_made(sample: object) -> None:
    """The clean truth in the checkout is the truth of today's generator."""
    paper = typeset(paper_of(sample, by_pen=False))  # type: ignore[arg-type]
    stem = f"{sample.stem}_clean"  # type: ignore[attr-defined]
    written = json.loads((SAMPLES_FOLDER / "truth" / f"{stem}.json").read_text(encoding="utf-8"))
    made = fields_of(stem, paper)
    assert {**written, "esign": None} == {**made, "esign": None}


@pytest.mark.skipif(not SAMPLES_FOLDER.is_dir(), reason="the samples are not in this checkout")
def test_the_samples_are_small() -> None:
    files = [path for path in SAMPLES_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 15 * 2**20
    assert max(path.stat().st_size for path in files) < 2 * 2**20


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
def test_a_missing_model_is_said_with_its_remedy() -> None:
    import pytesseract

    from sohoa.errors import EngineError
    from sohoa.imitate.foreign import read_foreign

    page = scan(PAPER, replace(GOOD_SCAN, dpi=100), 1)[0]
    page = replace(page, pixels=page.pixels[:160])
    if "eng" in pytesseract.get_languages():
        assert read_foreign(page)
    else:
        with pytest.raises(EngineError, match="tesseract-ocr-eng"):
            read_foreign(page)

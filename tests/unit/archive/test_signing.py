"""A derived file signed with a throw-away key: valid, visible as the rules ask, PDF/A still."""

from __future__ import annotations

import io
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12

from sohoa.archive.signing import FIELD, Signing, sign_pdf
from sohoa.directive import Directive
from sohoa.errors import SettingsError, SourceBroken
from sohoa.export import Original, searchable_pdf
from sohoa.imitate.authority import intermediate, organ, root
from sohoa.record import Record, SourceInfo

from .conftest import make_record

BODY = "Kho lưu trữ thử nghiệm 100%"
AT = datetime(2026, 1, 2, 9, 30, 5, tzinfo=timezone(timedelta(hours=7)))


@pytest.fixture
def signing(tmp_path: Path) -> Signing:
    holder = organ(BODY)
    data = pkcs12.serialize_key_and_certificates(
        b"key", holder.key, holder.certificate,
        [intermediate().certificate, root().certificate], BestAvailableEncryption(b"secret"),
    )  # fmt: skip
    path = tmp_path / "key.p12"
    path.write_bytes(data)
    return Signing(path, "secret", AT)


@pytest.fixture
def derived() -> bytes:
    record = make_record(1)
    return searchable_pdf.export(record, Original((), lambda number: None))


def test_the_bytes_before_do_not_change_and_the_signature_holds(
    derived: bytes, signing: Signing
) -> None:
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko_certvalidator import ValidationContext

    signed = sign_pdf(derived, signing)
    assert signed.startswith(derived)
    reader = PdfFileReader(io.BytesIO(signed))
    (signature,) = reader.embedded_signatures
    status = validate_pdf_signature(signature, ValidationContext(trust_roots=[]))
    assert signature.field_name == FIELD
    assert status.intact
    assert status.valid


def test_the_visible_line_is_body_and_time_at_the_top_right(
    derived: bytes, signing: Signing
) -> None:
    signed = sign_pdf(derived, signing)
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (note,) = pdf.pages[0].obj.Annots
        left, bottom, right, top = (float(value) for value in note.Rect)
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
    assert left > width / 2 - 60
    assert right > width - 30
    assert top > height - 30
    assert bottom > height - 80
    document = pdfium.PdfDocument(signed)
    document.init_forms()
    shown = document[0].render(scale=2, may_draw_forms=True).to_numpy()
    corner = shown[: int(2 * (height - bottom)), int(2 * left) :].astype(int)
    assert corner.max(axis=2).min() < 60
    # Text alone: no picture of a seal.
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        streams = [each for each in pdf.objects if isinstance(each, pikepdf.Stream)]
        pictures = [each for each in streams if each.get("/Subtype") == "/Image"]
        assert pictures == []
    words = subprocess.run(
        ["pdftotext", "-", "-"], input=signed, capture_output=True, check=True
    ).stdout.decode()
    assert BODY in " ".join(words.split())
    assert "2026-01-02T09:30:05+07:00" in words


def test_the_line_gives_way_to_what_stands_there(derived: bytes, signing: Signing) -> None:
    with pikepdf.open(io.BytesIO(derived)) as pdf:
        width, height = (float(value) for value in pdf.pages[0].mediabox[2:])
        taken = f"0 g {width - 300} {height - 60} 300 60 re f".encode()
        pdf.pages[0].contents_add(taken)
        out = io.BytesIO()
        pdf.save(out)
    with pikepdf.open(io.BytesIO(sign_pdf(out.getvalue(), signing))) as pdf:
        assert float(pdf.pages[0].obj.Annots[0].Rect[3]) <= height - 59


def test_it_says_what_it_said_and_only_the_form_is_new_to_the_check(
    derived: bytes, signing: Signing
) -> None:
    assert searchable_pdf.check_pdfa(derived) == ""
    signed = sign_pdf(derived, signing)
    # The validator looks at no forms at all; of everything else it finds nothing.
    why = searchable_pdf.check_pdfa(signed)
    assert why.count("pikepdf:") == 1
    assert "AcroForm" in why
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        (note,) = pdf.pages[0].obj.Annots
        assert int(note.F) & 4  # it is printed


def test_a_signed_file_is_not_signed_over(derived: bytes, signing: Signing) -> None:
    with pytest.raises(SourceBroken, match="signed already"):
        sign_pdf(sign_pdf(derived, signing), signing)


def test_wrong_keys_fonts_and_files_are_told(
    derived: bytes, signing: Signing, tmp_path: Path
) -> None:
    with pytest.raises(SettingsError, match="cannot be opened"):
        sign_pdf(derived, Signing(signing.key, "wrong", AT))
    with pytest.raises(SettingsError, match="no key"):
        sign_pdf(derived, Signing(tmp_path / "none.p12", "", AT))
    with pytest.raises(SettingsError, match="font"):
        sign_pdf(derived, Signing(signing.key, "secret", AT, font=tmp_path / "none.ttf"))
    with pytest.raises(SourceBroken, match="no sound PDF"):
        sign_pdf(b"not a PDF", signing)


def test_a_record_without_pages_makes_no_pdf_to_sign() -> None:
    record = Record("x", SourceInfo("x", "0" * 64, "text/plain", 1, 0), (), (), Directive())
    data = searchable_pdf.export(record, Original((), lambda number: None))
    assert data.startswith(b"%PDF")

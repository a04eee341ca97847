"""Clean signatures are clean; and facts are told as they stand in the file."""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pydantic import TypeAdapter
from pyhanko.pdf_utils.crypt import StandardSecurityHandler
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from sohoa.certify import CertifySettings, find_signatures
from sohoa.errors import SettingsError
from sohoa.evidence import Changes, Coverage, DigitalSignature, SignatureKind, Trust, Verdict


def check(data: bytes, office: Any, **options: Any) -> tuple[DigitalSignature, ...]:
    return find_signatures(data, CertifySettings(office.folder, **options)).signatures


def test_papers_without_signature_have_none(paper: bytes) -> None:
    assert find_signatures(paper, CertifySettings()).signatures == ()
    assert find_signatures(b"not a PDF at all", CertifySettings()).findings == ()


def test_words_about_byte_ranges_are_no_signature(paper: bytes) -> None:
    data = paper + b"% /ByteRange [0 10 20 30]\n"
    assert find_signatures(data, CertifySettings()).signatures == ()


CLEAN: dict[str, Any] = {
    "plain": lambda o, p: o.sign(p),
    "invisible": lambda o, p: o.sign(p, box=None),
    "cades": lambda o, p: o.sign(p, subfilter=SigSeedSubFilter.PADES),
    "ecdsa": lambda o, p: o.sign(p, by=o.extra["elliptic"]),
    "nameless": lambda o, p: o.sign(p, by=o.extra["nameless"]),
    "sha512": lambda o, p: o.sign(p, md_algorithm="sha512"),
    "time-stamp": lambda o, p: o.sign(p, timestamp=True),
    "two": lambda o, p: o.sign(o.sign(p, by=o.extra["officer"]), "Signature2"),
    "certified, then sealed": lambda o, p: o.sign(
        o.sign(p, certify=True, docmdp_permissions=MDPPerm.FILL_FORMS), "Signature2"
    ),
    "object streams": lambda o, p: o.sign(
        o.make_paper(object_stream_mode=pikepdf.ObjectStreamMode.generate)
    ),
    "blank lines after": lambda o, p: o.sign(p) + b"\r\n\n",
    "junk before header": lambda o, p: b"X-Header: junk\r\n\r\n" + o.sign(p),
    "encrypted, empty password": lambda o, p: o.sign(encrypt(p)),
    "sixteen": lambda o, p: sign_often(o, p, 16),
}


def encrypt(data: bytes) -> bytes:
    writer: Any = copy_into_new_writer(PdfFileReader(io.BytesIO(data)))
    handler = StandardSecurityHandler.build_from_pw("owner", "")
    writer.security_handler = handler
    writer._encrypt = writer.add_object(handler.as_pdf_object())
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def sign_often(office: Any, data: bytes, times: int) -> bytes:
    for count in range(times):
        data = office.sign(data, f"Signature{count}", box=(20, 20 + count, 40, 40 + count))
    return data


@pytest.mark.parametrize("kind", CLEAN)
def test_clean_ones_pass(kind: str, office: Any, paper: bytes) -> None:
    signatures = check(CLEAN[kind](office, paper), office)
    assert signatures
    assert [each.problems for each in signatures] == [()] * len(signatures)
    assert {each.verdict for each in signatures} == {Verdict.PASSED}


def test_facts_are_told(office: Any, paper: bytes) -> None:
    (found,) = check(office.sign(paper, timestamp=True, contact_info="024"), office)
    assert found.kind is SignatureKind.SIGNATURE
    assert (found.field, found.page) == ("Signature1", 1)
    assert found.box is not None
    assert found.box.left == pytest.approx(350 / 595, abs=1e-3)
    assert found.box.top == pytest.approx(12 / 842, abs=1e-3)
    assert found.signer == office.name
    assert found.certificate is not None
    assert found.certificate.organization == "Tỉnh Thử nghiệm"
    assert found.certificate.chain == ("Cơ quan cấp thử nghiệm", "Gốc thử nghiệm")
    assert found.signed_at is not None
    assert found.signed_at.startswith("2025-06-02T08:30:00")
    assert found.timestamp_time == "2025-06-02T08:30:00Z"
    assert found.timestamp_authority == "Dấu thời gian thử"
    assert found.timestamp_intact is True
    assert (found.reason, found.location, found.contact) == ("Thử", "Hà Nội", "024")
    assert found.sub_filter == "adbe.pkcs7.detached"
    assert (found.digest_algorithm, found.signature_algorithm) == ("sha256", "rsa")
    assert found.key == "RSA 2048"
    assert found.coverage is Coverage.WHOLE_FILE
    assert found.trusted is True


def test_a_holder_without_common_name_is_told_by_organization(office: Any, paper: bytes) -> None:
    (found,) = check(office.sign(paper, by=office.extra["nameless"]), office)
    assert found.certificate is not None
    assert found.certificate.common_name is None
    assert found.signer == "Tỉnh Thử nghiệm"


def test_the_first_of_two_covers_its_revision(office: Any, paper: bytes) -> None:
    first, second = check(CLEAN["two"](office, paper), office)
    assert first.signer == "Nguyễn Văn Thử"
    assert (first.coverage, first.modified_after) == (Coverage.REVISION, Changes.SIGNATURES)
    assert first.changed_fields == ("Signature2",)
    assert (second.coverage, second.modified_after) == (Coverage.WHOLE_FILE, Changes.NONE)


def test_without_roots_nobody_can_tell(office: Any, signed: bytes) -> None:
    report = find_signatures(signed, CertifySettings())
    (found,) = report.signatures
    assert (found.intact, found.trusted, found.trust) == (True, None, Trust.NO_ROOTS)
    assert found.verdict is Verdict.INDETERMINATE
    assert [each.code for each in report.findings] == ["signature-indeterminate"]


def test_intermediate_certificates_of_the_operator_help(
    office: Any, paper: bytes, tmp_path: Path
) -> None:
    from pyhanko.sign import signers

    class Bare(signers.SimpleSigner):  # as tools in use do: only the signer's own certificate
        pass

    bare = office.extra["officer"].__class__(office.organ.certificate, office.organ.key, None)
    data = office.sign(paper, by=bare)
    (found,) = check(data, office)
    assert found.trust is Trust.NO_PATH
    for name, identity in (("root", office.root), ("middle", office.middle)):
        (tmp_path / f"{name}.cer").write_bytes(identity.der.dump())
    (found,) = find_signatures(data, CertifySettings(tmp_path)).signatures
    assert found.verdict is Verdict.PASSED
    assert found.certificate is not None
    assert found.certificate.chain == ("Cơ quan cấp thử nghiệm", "Gốc thử nghiệm")


def test_old_digests_are_a_doubt(office: Any, paper: bytes) -> None:
    (found,) = check(office.sign(paper, md_algorithm="sha1"), office)
    assert (found.intact, found.trusted) == (True, True)
    assert found.weak == ("digest-sha1",)
    assert found.verdict is Verdict.INDETERMINATE


def test_revocation_can_be_asked_for(office: Any, signed: bytes) -> None:
    (found,) = check(signed, office, require_revocation=True)
    assert found.problems == ("cannot-tell-trust",)


def test_another_moment_can_be_asked_for(office: Any, signed: bytes) -> None:
    (found,) = check(signed, office, moment="2039-01-01T00:00:00+07:00")
    assert found.problems == ("no-trusted-path",)


def test_fields_that_were_never_signed_are_no_signatures(office: Any, paper: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import append_signature_field

    writer: Any = IncrementalPdfFileWriter(io.BytesIO(paper))
    append_signature_field(writer, SigFieldSpec("Chờ ký"))
    buffer = io.BytesIO()
    writer.write(buffer)
    report = find_signatures(buffer.getvalue(), CertifySettings())
    assert report.signatures == ()
    assert [each.code for each in report.findings] == ["empty-signature-field"]


def test_files_that_cannot_be_opened_are_never_unsigned(office: Any, signed: bytes) -> None:
    ruined = re.sub(rb"\d+ 0 obj", b"x x xxx", signed).replace(b"trailer", b"xxxxxxx")
    report = find_signatures(ruined, CertifySettings(office.folder))
    assert not report.readable or report.signatures
    assert "signatures-unreadable" in {each.code for each in report.findings} or report.signatures
    assert all(each.verdict is not Verdict.PASSED for each in report.signatures)


def test_locked_files_say_so_and_show_what_can_be_seen(office: Any, paper: bytes) -> None:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        pdf.save(buffer, encryption=pikepdf.Encryption(owner="a", user="b"))
    report = find_signatures(buffer.getvalue(), CertifySettings(office.folder))
    assert not report.readable
    assert report.findings[0].code == "signatures-locked"


@pytest.mark.parametrize("cut", [1500, 4000, -300])
def test_truncated_files_never_pass(cut: int, office: Any, signed: bytes) -> None:
    report = find_signatures(signed[:cut], CertifySettings(office.folder))
    assert all(each.verdict is not Verdict.PASSED for each in report.signatures)


def test_the_old_kind_with_a_digest_inside_is_checked(office: Any, paper: bytes) -> None:
    """adbe.pkcs7.sha1: the signed content is the SHA-1 of the byte ranges."""
    from pyhanko.sign import signers

    blank = office.sign(paper).replace(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.sha1    ")
    place = re.search(rb"/Contents <([0-9A-Fa-f]+)>", blank)
    assert place is not None
    signed_bytes = blank[: place.start(1) - 1] + blank[place.end(1) + 1 :]
    signer = signers.SimpleSigner(
        signing_cert=office.organ.der,
        signing_key=office.organ.private,
        cert_registry=office.registry(office.organ),
    )
    digest = hashlib.sha1(signed_bytes).digest()
    signing = signer.async_sign_general_data(digest, "sha256", detached=False)
    container = asyncio.run(signing).dump()
    digits = container.hex().encode().ljust(len(place[1]), b"0")
    data = blank.replace(place[1], digits)
    (found,) = check(data, office)
    assert (found.sub_filter, found.intact) == ("adbe.pkcs7.sha1", True)
    assert found.problems == ("weak-algorithm",)
    (found,) = check(data.replace(b"Pay 100", b"Pay 900"), office)
    assert found.intact is False


def test_signatures_of_the_samples_hold(samples: Path, tmp_path: Path) -> None:
    shutil.copy(samples / "truth" / "root_ca.pem", tmp_path)
    signed = [path for path in sorted(samples.glob("*.pdf")) if b"/ByteRange" in path.read_bytes()]
    if not signed:
        pytest.skip("the samples are not built yet: make samples")
    for path in signed:
        found = find_signatures(path.read_bytes(), CertifySettings(tmp_path)).signatures
        assert [each.verdict for each in found] == [Verdict.PASSED], path.name
        assert all(each.page == 1 and each.appearance_text for each in found)


def test_unknown_kinds_are_cannot_tell(office: Any, signed: bytes) -> None:
    data = signed.replace(b"/adbe.pkcs7.detached", b"/adbe.x509.rsa_sha1a")
    (found,) = check(data, office)
    assert found.intact is None
    assert found.verdict is not Verdict.PASSED


def test_reports_hold_no_clock_and_survive_json(office: Any, signed: bytes) -> None:
    first, second = check(signed, office), check(signed, office)
    adapter = TypeAdapter(tuple[DigitalSignature, ...])
    assert adapter.dump_json(first) == adapter.dump_json(second)
    assert adapter.validate_json(adapter.dump_json(first)) == first
    assert "verdict" not in json.loads(adapter.dump_json(first))[0]


def test_bad_folders_of_roots_are_refused(tmp_path: Path, signed: bytes) -> None:
    with pytest.raises(SettingsError):
        find_signatures(signed, CertifySettings(tmp_path / "none"))
    (tmp_path / "root.pem").write_bytes(b"not a certificate")
    with pytest.raises(SettingsError):
        find_signatures(signed, CertifySettings(tmp_path))


def test_document_time_stamps_vouch_for_a_time(office: Any, signed: bytes) -> None:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.signers import PdfTimeStamper
    from pyhanko.sign.timestamps import DummyTimeStamper

    stamper = DummyTimeStamper(
        office.stamper.der,
        office.stamper.private,
        certs_to_embed=None,
        fixed_dt=office.signed_at + office.day,
    )
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(signed))
    data = PdfTimeStamper(stamper).timestamp_pdf(writer, "sha256", None).getvalue()
    signature, stamp = check(data, office)
    assert signature.problems == ()
    assert stamp.kind is SignatureKind.TIMESTAMP
    assert stamp.intact is True
    assert stamp.timestamp_time == "2025-06-03T08:30:00Z"
    changed = data.replace(b"Pay 100", b"Pay 900")
    assert [each.intact for each in check(changed, office)] == [False, False]

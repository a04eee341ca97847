"""Forgeries and damage: none of them is clean."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from asn1crypto import crl as asn1_crl
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation.dss import DocumentSecurityStore

from sohoa.certify import CertifySettings, find_signatures
from sohoa.evidence import Changes, Coverage, DigitalSignature, Trust, Verdict

Name = generic.NameObject
Whole: Any = generic.NumberObject
Dictionary: Any = generic.DictionaryObject
Stream: Any = generic.StreamObject
List: Any = generic.ArrayObject


def check(data: bytes, office: Any) -> tuple[DigitalSignature, ...]:
    return find_signatures(data, CertifySettings(office.folder)).signatures


def update(data: bytes, change: Callable[[Any], None]) -> bytes:
    """The file with an incremental update, as an attacker would add it."""
    writer: Any = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def pages(writer: Any) -> Any:
    return writer.root["/Pages"]


def edit(writer: Any, thing: Any) -> None:
    writer.update_container(thing)


def same_length(data: bytes, pattern: bytes, replacement: bytes) -> bytes:
    """The last match replaced by something shorter, filled up with spaces."""
    match = list(re.finditer(pattern, data, re.DOTALL))[-1]
    assert len(replacement) <= len(match[0])
    filled = replacement.ljust(len(match[0]))
    return data[: match.start()] + filled + data[match.end() :]


def add_text(writer: Any) -> None:
    page = pages(writer)["/Kids"][0]
    stream = Stream(stream_data=b"BT /F1 18 Tf 72 400 Td (Added) Tj ET")
    page["/Contents"] = List([page.raw_get("/Contents"), writer.add_object(stream)])
    edit(writer, page)


def swap_pages(writer: Any) -> None:
    kids = pages(writer)["/Kids"]
    kids[:] = [kids.raw_get(1), kids.raw_get(0)]
    edit(writer, pages(writer))


def replace_page(writer: Any) -> None:
    page = pages(writer)["/Kids"][0]
    stream = Stream(stream_data=b"BT /F1 18 Tf 72 700 Td (Pay 900) Tj ET")
    page["/Contents"] = writer.add_object(stream)
    edit(writer, page)


def uncover(writer: Any) -> None:
    """Shadow attack, hide: what covered the text is emptied."""
    cover = pages(writer)["/Kids"][0]["/Resources"]["/XObject"]["/X1"]
    cover._data = b""
    cover._encoded_data = None
    edit(writer, cover)


def other_font(writer: Any) -> None:
    """Shadow attack, replace: the same codes draw other glyphs."""
    font = pages(writer)["/Kids"][0]["/Resources"]["/Font"]["/F1"]
    font[Name("/BaseFont")] = Name("/Symbol")
    edit(writer, font)


def other_value(writer: Any) -> None:
    """Shadow attack, replace: a text field shows another amount."""
    field = field_named(writer, "amount")
    look = Stream(stream_data=b"BT /F1 12 Tf (900) Tj ET")
    look[Name("/Type")], look[Name("/Subtype")] = Name("/XObject"), Name("/Form")
    look[Name("/BBox")] = List([Whole(n) for n in (0, 0, 100, 20)])
    field[Name("/V")] = generic.TextStringObject("900")
    field[Name("/AP")] = Dictionary({Name("/N"): writer.add_object(look)})
    edit(writer, field)


def field_named(writer: Any, name: str) -> Any:
    fields = [each.get_object() for each in writer.root["/AcroForm"]["/Fields"]]
    return next(each for each in fields if each["/T"] == name)


def cut_from_form(writer: Any) -> None:
    form = writer.root["/AcroForm"]
    form[Name("/Fields")] = List()
    edit(writer, form)


def empty_field(writer: Any) -> None:
    field = field_named(writer, "Signature1")
    del field["/V"]
    edit(writer, field)


def rewrite_reason(writer: Any) -> None:
    value = field_named(writer, "Signature1")["/V"]
    value[Name("/Reason")] = generic.TextStringObject("Đã duyệt")
    edit(writer, value)


def lay_a_field_over(writer: Any) -> None:
    """A signature field without a signature, drawn over the text."""
    from pyhanko.sign.fields import SigFieldSpec, append_signature_field

    append_signature_field(writer, SigFieldSpec("Cover", box=(60, 690, 300, 720)))
    field = field_named(writer, "Cover")
    look = Stream(stream_data=b"1 g 0 0 240 30 re f")
    look[Name("/Type")], look[Name("/Subtype")] = Name("/XObject"), Name("/Form")
    look[Name("/BBox")] = List([Whole(n) for n in (0, 0, 240, 30)])
    field[Name("/AP")] = Dictionary({Name("/N"): writer.add_object(look)})


def pointed_elsewhere(data: bytes, number: int, offset: int) -> bytes:
    """Only a new cross-reference is added: one object is now read from another place."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        size, root = int(pdf.trailer["/Size"]), pdf.Root.objgen[0]
    previous = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    table = f"xref\n0 1\n0000000000 65535 f \n{number} 1\n{offset:010d} 00000 n \n"
    trailer = f"trailer\n<</Size {size}/Root {root} 0 R/Prev {previous}>>\n"
    return data + f"{table}{trailer}startxref\n{len(data)}\n%%EOF\n".encode()


def test_shadow_hide_and_replace_fails(office: Any, paper: bytes) -> None:
    """The signed file holds the page's text twice; the attacker lets the other one be read."""

    def write(text: bytes) -> Callable[[Any], None]:
        def change(writer: Any) -> None:
            stream = pages(writer)["/Kids"][0]["/Contents"]
            stream._data, stream._encoded_data = b"BT /F1 18 Tf 72 700 Td (%s) Tj ET" % text, None
            edit(writer, stream)

        return change

    prepared = office.sign(update(update(paper, write(b"Pay 900")), write(b"Pay 100")))
    (clean,) = check(prepared, office)
    assert clean.verdict is Verdict.PASSED
    with pikepdf.open(io.BytesIO(prepared)) as pdf:
        number = pdf.pages[0].obj["/Contents"].objgen[0]
    other = prepared.rindex(b"\n%d 0 obj" % number, 0, prepared.rindex(b"Pay 900"))
    attacked = pointed_elsewhere(prepared, number, other + 1)
    with pikepdf.open(io.BytesIO(attacked)) as pdf:
        assert b"Pay 900" in pdf.pages[0].obj["/Contents"].read_bytes()
    (found,) = check(attacked, office)
    assert (found.modified_after, found.verdict) == (Changes.OTHER, Verdict.FAILED)


def wrap(data: bytes) -> bytes:
    """Signature wrapping: the second signed range moves to the end, new objects come before it."""
    numbers = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", data)[-1]
    _, before, after, length = (int(number) for number in numbers)
    start = re.search(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?/ByteRange", data, re.DOTALL)
    assert start is not None
    dictionary = data[data.rindex(b" 0 obj", 0, before) - 4 : before]
    body = data[before:after]
    forged = b"\n99 0 obj\n<</Type /Sig /Contents " + body + b"/ByteRange [0 %d %s %d]>>\nendobj\n"
    shift = 40 + len(forged) + len(dictionary)
    moved = b"%-10d" % (after + shift)
    middle = (forged % (before, moved, length)).ljust(shift)
    return data[:after] + middle + data[after:]


CHANGED: dict[str, Callable[[bytes], bytes]] = {
    "bytes flipped": lambda data: data.replace(b"Pay 100", b"Pay 900"),
    "bytes appended": lambda data: data + b"Added after signing\n",
    "text added": lambda data: update(data, add_text),
    "pages swapped": lambda data: update(data, swap_pages),
    "page replaced": lambda data: update(data, replace_page),
    "shadow hide": lambda data: update(data, uncover),
    "shadow replace, font": lambda data: update(data, other_font),
    "cut from the form": lambda data: update(data, cut_from_form),
    "reason rewritten": lambda data: update(data, rewrite_reason),
    "wrapped": wrap,
    "contents emptied": lambda data: same_length(
        data, rb"/Contents <[0-9A-Fa-f]+>", b"/Contents <>"
    ),
    "contents nulled": lambda data: same_length(
        data, rb"/Contents <[0-9A-Fa-f]+>", b"/Contents null"
    ),
    "contents zeroed": lambda data: re.sub(
        rb"(?<=/Contents <)[0-9A-Fa-f]+", lambda m: b"0" * len(m[0]), data
    ),
    "byte range missing": lambda data: data.replace(b"/ByteRange", b"/Bytesrang"),
    "byte range null": lambda data: same_length(data, rb"/ByteRange \[[^]]*\]", b"/ByteRange null"),
    "byte range of nothing": lambda data: same_length(
        data, rb"/ByteRange \[[^]]*\]", b"/ByteRange [0 0 0 0]"
    ),
    "byte range too long": lambda data: same_length(
        data, rb"/ByteRange \[[^]]*\]", b"/ByteRange [0 9 9 9999999]"
    ),
    "byte range of words": lambda data: same_length(
        data, rb"/ByteRange \[[^]]*\]", b"/ByteRange [/A (b) 1 2]"
    ),
}


@pytest.mark.parametrize("attack", CHANGED)
def test_changed_files_fail(attack: str, office: Any, signed: bytes) -> None:
    attacked = CHANGED[attack](signed)
    assert attacked != signed
    found = check(attacked, office)
    assert found, "a forged signature is never 'unsigned'"
    assert {each.verdict for each in found} == {Verdict.FAILED}, [each.problems for each in found]


DOUBTFUL: dict[str, Callable[[bytes], bytes]] = {
    "shadow replace, field": lambda data: update(data, other_value),
    "field laid over": lambda data: update(data, lay_a_field_over),
    "field emptied": lambda data: update(data, empty_field),
    "object of another number": lambda data: pointed_elsewhere(data, 9, data.index(b"4 0 obj")),
    "dictionary lost": lambda data: re.sub(rb"/Type\s*/Sig\b", b"/Type /Sag", data),
}


@pytest.mark.parametrize("attack", DOUBTFUL)
def test_other_changes_never_pass(attack: str, office: Any, signed: bytes) -> None:
    found = check(DOUBTFUL[attack](signed), office)
    assert found
    assert all(each.verdict is not Verdict.PASSED for each in found)


def test_form_filling_is_told_as_such(office: Any, signed: bytes) -> None:
    (found,) = check(update(signed, other_value), office)
    assert found.modified_after is Changes.FORM_FILLING
    assert found.intact is True


def test_a_certification_that_allows_nothing_is_kept(office: Any, paper: bytes) -> None:
    locked = office.sign(paper, certify=True, docmdp_permissions=MDPPerm.NO_CHANGES)
    (clean,) = check(locked, office)
    assert (clean.certified, clean.verdict) == (1, Verdict.PASSED)
    (found,) = check(update(locked, other_value), office)
    assert (found.modified_after, found.verdict) == (Changes.OTHER, Verdict.FAILED)


def test_a_signature_moved_to_another_file_fails(office: Any, signed: bytes) -> None:
    with (
        pikepdf.open(io.BytesIO(office.make_paper())) as other,
        pikepdf.open(io.BytesIO(signed)) as source,
    ):
        value = next(f for f in source.Root.AcroForm.Fields if str(f.T) == "Signature1").V
        field = pikepdf.Dictionary(FT=pikepdf.Name.Sig, T="Signature1", V=other.copy_foreign(value))
        other.Root.AcroForm.Fields.append(other.make_indirect(field))
        other.pages[0].obj["/Contents"] = other.make_stream(b"BT (another paper) Tj ET")
        buffer = io.BytesIO()
        other.save(buffer)
    (found,) = check(buffer.getvalue(), office)
    assert found.signer == office.name
    assert found.verdict is Verdict.FAILED


def test_only_part_of_the_file_is_not_enough(office: Any, signed: bytes) -> None:
    """Coverage is judged by the bytes, whatever the signature itself says of them."""
    numbers = re.findall(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+)\s*\]", signed)[-1]
    _, before, after, length = (int(number) for number in numbers)
    shorter = b"/ByteRange [0 %d %d %d]" % (before, after, length - 40)
    (found,) = check(same_length(signed, rb"/ByteRange \[[^]]*\]", shorter), office)
    assert found.coverage is not Coverage.WHOLE_FILE
    assert found.verdict is Verdict.FAILED


WRONG_HOLDERS = {
    "self-signed": Trust.SELF_SIGNED,
    "expired": Trust.NOT_VALID_THEN,
    "future": Trust.NOT_VALID_THEN,
    "other-root": Trust.NO_PATH,
}


@pytest.mark.parametrize("holder", WRONG_HOLDERS)
def test_the_right_name_on_a_wrong_certificate_never_passes(
    holder: str, office: Any, paper: bytes
) -> None:
    (found,) = check(office.sign(paper, by=office.extra[holder]), office)
    assert found.signer == office.name
    assert found.intact is True
    assert found.trust is WRONG_HOLDERS[holder]
    assert found.trusted is False
    assert found.verdict is not Verdict.PASSED


def test_a_clock_before_the_certificate_fails(office: Any, paper: bytes) -> None:
    (found,) = check(office.sign(paper, at=office.signed_at - 400 * office.day), office)
    assert found.trust is Trust.NOT_VALID_THEN
    assert found.verdict is Verdict.FAILED


def revocation_list(office: Any, serials: tuple[int, ...], days: int) -> bytes:
    builder = (
        x509.CertificateRevocationListBuilder()
        .issuer_name(office.middle.certificate.subject)
        .last_update(office.signed_at + office.day)
        .next_update(office.signed_at + 40 * office.day)
    )
    for serial in serials:
        entry = x509.RevokedCertificateBuilder().serial_number(serial)
        builder = builder.add_revoked_certificate(
            entry.revocation_date(office.signed_at + days * office.day).build()
        )
    signed = builder.sign(office.middle.key, hashes.SHA256())
    return signed.public_bytes(serialization.Encoding.DER)


def with_store(data: bytes, crls: list[bytes]) -> bytes:
    buffer = io.BytesIO(data)
    contents = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", data)[-1]
    DocumentSecurityStore.add_dss(
        buffer, contents, crls=[asn1_crl.CertificateList.load(each) for each in crls]
    )
    return buffer.getvalue()


@pytest.mark.parametrize(("days", "verdict"), [(-5, Verdict.FAILED), (5, Verdict.PASSED)])
def test_embedded_revocation_lists_are_heeded(
    days: int, verdict: Verdict, office: Any, signed: bytes
) -> None:
    serial = office.organ.certificate.serial_number
    data = with_store(signed, [revocation_list(office, (serial,), days)])
    (found,) = check(data, office)
    assert found.modified_after is Changes.SIGNATURES
    assert found.verdict is verdict, found.problems


def test_a_time_stamp_of_another_signature_fails(office: Any, paper: bytes) -> None:
    from asn1crypto import cms

    data = office.sign(paper, timestamp=True)
    other = office.sign(paper, timestamp=True, reason="Khác")

    def contents(each: bytes) -> tuple[bytes, cms.ContentInfo]:
        digits = re.findall(rb"/Contents <([0-9A-Fa-f]+)>", each)[-1]
        return digits, cms.ContentInfo.load(bytes.fromhex(digits.decode()))

    digits, mine = contents(data)
    _, theirs = contents(other)
    mine["content"]["signer_infos"][0]["unsigned_attrs"] = theirs["content"]["signer_infos"][0][
        "unsigned_attrs"
    ].copy()
    forged = mine.dump(force=True).hex().encode().ljust(len(digits), b"0")
    (found,) = check(data.replace(digits, forged), office)
    assert found.timestamp_intact is False
    assert found.verdict is Verdict.FAILED


@given(at=st.floats(0, 1), bit=st.integers(0, 7))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_flipped_bit_of_the_signed_bytes_goes_unseen(
    at: float, bit: int, office: Any, signed: bytes
) -> None:
    """All bytes but the value itself, which also carries certificates that nothing rests on."""
    value = re.search(rb"<[0-9A-Fa-f]{2000,}>", signed)
    assert value is not None
    places = [*range(value.start()), *range(value.end(), len(signed))]
    damaged = bytearray(signed)
    damaged[places[int(at * (len(places) - 1))]] ^= 1 << bit
    found = check(bytes(damaged), office)
    assert all(each.verdict is not Verdict.PASSED for each in found)

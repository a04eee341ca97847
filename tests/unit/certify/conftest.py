"""A small certification authority and papers signed by it, made anew for each run of the tests."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

SIGNED_AT = datetime(2025, 6, 2, 8, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ORGAN = "Văn phòng Thử nghiệm"


@dataclass(frozen=True, repr=False)
class Identity:
    """A certificate with its key, and the one that issued it (None: itself)."""

    certificate: x509.Certificate
    key: Any
    issuer: Identity | None = None

    @property
    def der(self) -> asn1_x509.Certificate:
        encoded = self.certificate.public_bytes(serialization.Encoding.DER)
        return asn1_x509.Certificate.load(encoded)

    @property
    def private(self) -> asn1_keys.PrivateKeyInfo:
        encoded = self.key.private_bytes(
            serialization.Encoding.DER,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        return asn1_keys.PrivateKeyInfo.load(encoded)


@cache
def rsa_key(name: str) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def issue(
    name: str | None,
    issuer: Identity | None,
    *,
    key: Any = None,
    days: tuple[datetime, datetime] = (SIGNED_AT - 300 * DAY, SIGNED_AT + 300 * DAY),
    authority: bool = False,
    usage: x509.ObjectIdentifier | None = None,
) -> Identity:
    """A certificate for ``name`` (None: a null common name, only an organization)."""
    key = key or rsa_key(f"{name}-{authority}")
    parts = [x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")]
    parts.append(x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Tỉnh Thử nghiệm"))
    if name is not None:
        parts.append(x509.NameAttribute(NameOID.COMMON_NAME, name))
    subject = x509.Name(parts)
    builder = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(days[0])
        .not_valid_after(days[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not authority,
                content_commitment=not authority,
                key_encipherment=False,
                data_encipherment=False,
                key_agreement=False,
                key_cert_sign=authority,
                crl_sign=authority,
                encipher_only=False,
                decipher_only=False,
            ),
            critical=True,
        )
    )
    if usage:
        builder = builder.add_extension(x509.ExtendedKeyUsage([usage]), critical=True)
    signing_key = issuer.key if issuer else key
    return Identity(builder.sign(signing_key, hashes.SHA256()), key, issuer)


def page_content(text: str) -> bytes:
    return f"BT /F1 18 Tf 72 700 Td ({text}) Tj ET".encode()


def make_paper(**save: Any) -> bytes:
    """Two pages of text, a picture laid over the first, a text field, and an unused page."""
    with pikepdf.new() as pdf:
        font = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
            )
        )
        cover = pdf.make_stream(b"1 g 72 600 200 30 re f")
        cover["/Type"], cover["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        cover["/BBox"] = pikepdf.Array([0, 0, 600, 850])
        cover = pdf.make_indirect(cover)
        for text in ("Pay 100", "Second page"):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj["/Contents"] = pdf.make_stream(page_content(text) + b" /X1 Do")
            page.obj["/Resources"] = pikepdf.Dictionary(
                Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(X1=cover)
            )
        look = pdf.make_stream(b"BT /F1 12 Tf (100) Tj ET")
        look["/Type"], look["/Subtype"] = pikepdf.Name.XObject, pikepdf.Name.Form
        look["/BBox"] = pikepdf.Array([0, 0, 100, 20])
        amount = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("amount"),
                V=pikepdf.String("100"),
                Rect=pikepdf.Array([72, 500, 172, 520]),
                F=4,
                AP=pikepdf.Dictionary(N=pdf.make_indirect(look)),
            )
        )
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([amount])
        pdf.Root["/AcroForm"] = pdf.make_indirect(
            pikepdf.Dictionary(Fields=pdf.make_indirect(pikepdf.Array([amount])))
        )
        hidden = pdf.make_stream(page_content("Pay 900"))
        pdf.Root["/PieceInfo"] = pikepdf.Dictionary(Spare=pdf.make_indirect(hidden))
        buffer = io.BytesIO()
        options = {
            "object_stream_mode": pikepdf.ObjectStreamMode.disable,
            "compress_streams": False,
            "static_id": True,
            **save,
        }
        pdf.save(buffer, **options)
    return buffer.getvalue()


@dataclass(repr=False)
class Office:
    """Who signs, the folder of roots that an operator would trust, and blank papers."""

    name = ORGAN
    signed_at = SIGNED_AT
    day = DAY
    make_paper = staticmethod(make_paper)

    root: Identity
    middle: Identity
    organ: Identity
    stamper: Identity
    folder: Path
    extra: dict[str, Identity] = field(default_factory=dict)

    @staticmethod
    def registry(holder: Identity) -> Any:
        store: Any = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        above = holder.issuer
        while above is not None:
            store.register(above.der)
            above = above.issuer
        return store

    def sign(
        self,
        data: bytes,
        name: str = "Signature1",
        *,
        by: Identity | None = None,
        at: datetime = SIGNED_AT,
        box: tuple[int, int, int, int] | None = (350, 780, 580, 830),
        timestamp: bool = False,
        **metadata: Any,
    ) -> bytes:
        by = by or self.organ
        store = self.registry(by)
        signer = signers.SimpleSigner(
            signing_cert=by.der, signing_key=by.private, cert_registry=store
        )
        options = {"md_algorithm": "sha256", "reason": "Thử", "location": "Hà Nội", **metadata}
        stamper = self.stamper
        timestamper = (
            DummyTimeStamper(stamper.der, stamper.private, fixed_dt=at) if timestamp else None
        )
        pdf_signer = _TimedSigner(
            signers.PdfSignatureMetadata(field_name=name, **options),
            signer=signer,
            timestamper=timestamper,
        )
        pdf_signer.moment = at
        writer: Any = IncrementalPdfFileWriter(io.BytesIO(data), strict=False)
        if writer.prev.encrypted:
            writer.encrypt(b"")
        if box is not None:
            fields.append_signature_field(writer, fields.SigFieldSpec(name, box=box))
        signed: bytes = pdf_signer.sign_pdf(writer).getvalue()
        return signed


class _TimedSigner(signers.PdfSigner):
    moment = SIGNED_AT

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    root = issue("Gốc thử nghiệm", None, authority=True)
    middle = issue("Cơ quan cấp thử nghiệm", root, authority=True)
    folder = tmp_path_factory.mktemp("roots")
    pem = root.certificate.public_bytes(serialization.Encoding.PEM)
    (folder / "root.pem").write_bytes(pem)
    organ = issue(ORGAN, middle)
    stamper = issue("Dấu thời gian thử", middle, usage=ExtendedKeyUsageOID.TIME_STAMPING)
    extra = {
        "officer": issue("Nguyễn Văn Thử", middle),
        "elliptic": issue(ORGAN, middle, key=ec.generate_private_key(ec.SECP256R1())),
        "expired": issue(ORGAN, middle, days=(SIGNED_AT - 9 * DAY, SIGNED_AT - DAY)),
        "future": issue(ORGAN, middle, days=(SIGNED_AT + DAY, SIGNED_AT + 9 * DAY)),
        "self-signed": issue(ORGAN, None),
        "other-root": issue(ORGAN, issue("Gốc thử nghiệm", None, key=rsa_key("x"), authority=True)),
        "nameless": issue(None, middle),
    }
    return Office(root, middle, organ, stamper, folder, extra)


@pytest.fixture(scope="session")
def paper() -> bytes:
    return make_paper()


@pytest.fixture(scope="session")
def signed(office: Office, paper: bytes) -> bytes:
    return office.sign(paper)

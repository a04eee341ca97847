"""A real digital signature with a visible appearance at the top right of page 1."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sohoa.imitate.authority import Identity, intermediate, organ, root
from sohoa.imitate.fonts import Face, registered

if TYPE_CHECKING:
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.sign.signers import PdfSigner, SimpleSigner

_SIZE_PT = (170.0, 40.0)
FIELD = "Signature1"


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """What the signature dictionary says, and when; ``signed_at`` carries its time zone."""

    organ: str
    reason: str
    location: str
    contact: str
    signed_at: datetime
    heading: str = "SAO Y"

    @property
    def visible_lines(self) -> tuple[str, ...]:
        """The appearance, in the form of Nghị định 30/2020 for electronic copies."""
        written = self.signed_at.strftime("%d/%m/%Y %H:%M:%S")
        zone = self.signed_at.strftime("%z")
        return (
            self.heading,
            f"Cơ quan: {self.organ}",
            f"Thời gian ký: {written} {zone[:3]}:{zone[3:]}",
        )


def sign_pdf(data: bytes, facts: SignatureFacts) -> bytes:
    """The PDF with the organ's signature added; the bytes given stay as a prefix of the result.

    The same bytes and facts give the same file: keys are fixed, the time is a fact.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import fields

    class ClocklessWriter(IncrementalPdfFileWriter):
        """Leaves the modification date of the document alone."""

        def _update_meta(self) -> None:
            return

    writer = ClocklessWriter(io.BytesIO(data))
    _fix_file_id(writer, data)
    width, height = _page_size(data)
    box = (width - _SIZE_PT[0] - 6, height - _SIZE_PT[1] - 4, width - 6, height - 4)
    spec = fields.SigFieldSpec(FIELD, on_page=0, box=tuple(round(value) for value in box))  # type: ignore[arg-type]
    fields.append_signature_field(writer, spec)
    buffer = io.BytesIO()
    _signer(facts).sign_pdf(writer, output=buffer)
    return buffer.getvalue()


def _fix_file_id(writer: Any, data: bytes) -> None:
    """The second half of a file id is drawn by chance; here it is a digest of the file."""
    import hashlib

    from pyhanko.pdf_utils import generic

    digest = hashlib.sha256(data).digest()[:16]
    first = writer._document_id[0]  # noqa: SLF001 (no public way to set it)
    writer._document_id = generic.ArrayObject([first, generic.ByteStringObject(digest)])  # noqa: SLF001


def _page_size(data: bytes) -> tuple[float, float]:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        width, height = document[0].get_size()
    return float(width), float(height)


def _signer(facts: SignatureFacts) -> PdfSigner:
    from pyhanko.sign import signers
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.stamp import StaticStampStyle

    class TimedSigner(signers.PdfSigner):
        """Signs at the time that is given, not at the time of the machine."""

        def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
            session = super().init_signing_session(*args, **kwargs)
            session.system_time = facts.signed_at
            return session

    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        name=facts.organ,
        reason=facts.reason,
        location=facts.location,
        contact_info=facts.contact,
        subfilter=SigSeedSubFilter.PADES,
    )
    style = StaticStampStyle(background=_imported(_appearance(facts)), border_width=0)
    return TimedSigner(metadata, signer=_key_holder(facts.organ), stamp_style=style)


def _imported(page: bytes) -> PdfContent:
    """A one-page PDF as content; pyHanko's own import names it by chance, this one does not."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Appearance(PdfContent):
        def render(self) -> bytes:
            reader = PdfFileReader(io.BytesIO(page))
            form = self._ensure_writer.import_page_as_xobject(reader)
            self.resources.xobject["/Appearance"] = form
            self.box = BoxConstraints(width=_SIZE_PT[0], height=_SIZE_PT[1])
            return b"/Appearance Do"

    return Appearance()


def _key_holder(name: str) -> SimpleSigner:
    from asn1crypto import keys, x509
    from cryptography.hazmat.primitives import serialization
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    def certificate(identity: Identity) -> x509.Certificate:
        encoded = identity.certificate.public_bytes(serialization.Encoding.DER)
        return x509.Certificate.load(encoded)

    holder = organ(name)
    encoded_key = holder.key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([certificate(intermediate()), certificate(root())])
    return SimpleSigner(
        signing_cert=certificate(holder),
        signing_key=keys.PrivateKeyInfo.load(encoded_key),
        cert_registry=store,
    )


def _appearance(facts: SignatureFacts) -> bytes:
    """The visible text as a small PDF page."""
    from reportlab.pdfgen.canvas import Canvas

    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=_SIZE_PT, invariant=True)
    size = 9.0
    for line in facts.visible_lines:
        width = canvas.stringWidth(line, registered(Face.REGULAR), size)
        size = min(size, size * (_SIZE_PT[0] - 8) / width)
    canvas.setFont(registered(Face.REGULAR), size)
    for index, line in enumerate(facts.visible_lines):
        canvas.drawString(4, _SIZE_PT[1] - 12 - index * 12, line)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def root_pem() -> bytes:
    """The root certificate, for those who want to check the samples' signatures against it."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return root().certificate.public_bytes(Encoding.PEM)

"""Signing a derived file with the office's own certificate, as the rules on electronic copies ask.

The visible line stands at the top right of page 1: the name of the body and the time with its zone
(ISO 8601), upright, 10 pt, black, without the picture of a seal (Thông tư 05/2025/TT-BNV Điều 8;
Nghị định 30/2020/NĐ-CP). Signing is the last thing that is done to a file; only derived files are
signed, never an original.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sohoa.archive.lettering import draw_lines
from sohoa.archive.token_signing import Token, token_signer
from sohoa.errors import SettingsError, SourceBroken

FIELD = "SohoaSignature"
_SIZE_PT, _MARGIN_PT = 10.0, 18.0
# Ink of a scan's background and specks: so much may lie under the lines.
_FREE = 0.004
# Times New Roman by the rule; Liberation Serif has its metrics, DejaVu Serif its letters.
_FONTS = (
    "C:/Windows/Fonts/times.ttf",
    "/usr/share/fonts/truetype/msttcorefonts/Times_New_Roman.ttf",
    "/Library/Fonts/Times New Roman.ttf",
    "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/liberation-serif/LiberationSerif-Regular.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf",
)


@dataclass(frozen=True, slots=True)
class Signing:
    """The key with its password, the body's name, when it signs, and the font.

    ``key``: a PKCS#12 file, or a token of which ``password`` is the PIN.

    ``body``: empty for the name in the certificate. ``font``: None for the first that is found.
    """

    key: Path | Token
    password: str
    signed_at: datetime
    body: str = ""
    font: Path | None = None


def sign_pdf(data: bytes, signing: Signing) -> bytes:
    """The file with the signature added behind its last byte; the bytes before do not change.

    ``SettingsError`` for a key or a font that cannot be used, ``SourceBroken`` for a file that is
    no PDF, or is signed already.
    """
    if isinstance(signing.key, Token):
        with token_signer(signing.key, signing.password) as signer:
            return _signed(data, signing, signer)
    return _signed(data, signing, _signer(signing.key, signing.password))


def _signed(data: bytes, signing: Signing, signer: Any) -> bytes:
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.sign import PdfSignatureMetadata, PdfSigner
    from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
    from pyhanko.stamp import StaticStampStyle

    body = signing.body or signer.signing_cert.subject.native.get("common_name", "")
    lines = (body, signing.signed_at.replace(microsecond=0).isoformat())
    appearance, size = draw_lines(lines, _font(signing.font), _SIZE_PT)
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        signed = list(writer.prev.embedded_signatures)
        box = _box(data, size)
    except (PdfError, ValueError, KeyError, OSError) as error:
        raise SourceBroken(f"The file cannot be signed: it is no sound PDF ({error}).") from error
    if signed:
        raise SourceBroken(
            "The file is signed already; a signed file is not signed over.",
            remedy="Make the searchable PDF anew and sign that.",
        )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        name=body,
        reason="Số hoá từ bản giấy",
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    spec = SigFieldSpec(FIELD, on_page=0, box=box)
    out = io.BytesIO()
    style = StaticStampStyle(background=_imported(appearance, size), border_width=0)
    PdfSigner(metadata, signer, stamp_style=style, new_field_spec=spec).sign_pdf(writer, output=out)
    return out.getvalue()


def _signer(key: Path, password: str) -> Any:
    from pyhanko.sign.signers import SimpleSigner

    if not key.is_file():
        raise SettingsError(f"There is no key {key}.")
    loaded: Any = SimpleSigner
    signer = loaded.load_pkcs12(str(key), passphrase=password.encode() or None)
    if signer is None:
        raise SettingsError(f"{key} cannot be opened.", remedy="Check the file and its password.")
    return signer


def _imported(page: bytes, size: tuple[float, float]) -> Any:
    """A one-page PDF as the appearance of the signature."""
    from pyhanko.pdf_utils.content import PdfContent
    from pyhanko.pdf_utils.layout import BoxConstraints
    from pyhanko.pdf_utils.reader import PdfFileReader

    class Appearance(PdfContent):
        def render(self) -> bytes:
            reader = PdfFileReader(io.BytesIO(page))
            form = self._ensure_writer.import_page_as_xobject(reader)
            self.resources.xobject["/Appearance"] = form
            self.box = BoxConstraints(width=size[0], height=size[1])
            return b"/Appearance Do"

    return Appearance()


def _box(data: bytes, size: tuple[float, float]) -> tuple[int, int, int, int]:
    """Where the visible lines stand: at the top right of page 1, below what stands there already.

    Where all of the upper right is taken, they stand in the corner whatever is below them.
    """
    import numpy as np
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        width, height = document[0].get_size()
        shown = document[0].render(scale=1).to_numpy().min(axis=2)
    right, top = width - _MARGIN_PT, height - _MARGIN_PT
    left = max(right - size[0], _MARGIN_PT)
    best = top
    for high in np.arange(top, 0.75 * height, -4.0):
        rows = shown[max(0, round(height - high)) : round(height - high + size[1])]
        if float((rows[:, round(left) : round(right)] < 160).mean()) < _FREE:
            best = float(high)
            break
    return round(left), round(best - size[1]), round(right), round(best)


def _font(path: Path | None) -> Path:
    found = path or next((each for name in _FONTS if (each := Path(name)).is_file()), None)
    if found is None or not found.is_file():
        raise SettingsError(
            "No font with Vietnamese letters was found for the visible line.",
            remedy="Name one (--font FILE.ttf), or install fonts-liberation2.",
        )
    return found

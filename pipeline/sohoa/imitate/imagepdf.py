"""PDFs made of page images, as scanners write them; with a foreign text layer where asked."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.geometry import BBox
from sohoa.imitate.scan import ScannedPage

if TYPE_CHECKING:
    import pikepdf


@dataclass(frozen=True, slots=True)
class LayerWord:
    """A word of a text layer with its box in pixels of the page image."""

    text: str
    bbox: BBox


def to_image_pdf(
    pages: tuple[ScannedPage, ...], layers: tuple[tuple[LayerWord, ...], ...] = ()
) -> bytes:
    """One image a page: JPEG as it is, 1-bit as CCITT G4. ``layers`` become invisible text.

    The same pages give the same bytes.
    """
    import pikepdf

    with pikepdf.new() as document:
        for index, page in enumerate(pages):
            _add_page(document, page, layers[index] if layers else ())
        document.docinfo["/Producer"] = "sohoa imitate"
        buffer = io.BytesIO()
        document.save(buffer, deterministic_id=True, min_version="1.5")
    return buffer.getvalue()


def _add_page(document: pikepdf.Pdf, page: ScannedPage, layer: tuple[LayerWord, ...]) -> None:
    import pikepdf

    height, width = page.pixels.shape[:2]
    scale = 72 / page.dpi
    page_width, page_height = width * scale, height * scale
    content = f"q {page_width:.3f} 0 0 {page_height:.3f} 0 0 cm /Im0 Do Q\n".encode()
    if layer:
        content += _invisible(layer, scale, page_height)
    resources = pikepdf.Dictionary(
        XObject=pikepdf.Dictionary(Im0=_image(document, page)),
        Font=pikepdf.Dictionary(
            F0=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.Type1,
                BaseFont=pikepdf.Name.Helvetica,
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        ),
    )
    added = document.add_blank_page(page_size=(page_width, page_height))
    added.obj.Resources = resources
    added.obj.Contents = document.make_stream(content)


def _image(document: pikepdf.Pdf, page: ScannedPage) -> pikepdf.Stream:
    import pikepdf

    height, width = page.pixels.shape[:2]
    common = {
        "Type": pikepdf.Name.XObject,
        "Subtype": pikepdf.Name.Image,
        "Width": width,
        "Height": height,
    }
    if page.jpeg is not None:
        space = pikepdf.Name.DeviceGray if page.pixels.ndim == 2 else pikepdf.Name.DeviceRGB
        return pikepdf.Stream(
            document,
            page.jpeg,
            **common,
            ColorSpace=space,
            BitsPerComponent=8,
            Filter=pikepdf.Name.DCTDecode,
        )
    return pikepdf.Stream(
        document,
        _group4(page),
        **common,
        ColorSpace=pikepdf.Name.DeviceGray,
        BitsPerComponent=1,
        Filter=pikepdf.Name.CCITTFaxDecode,
        DecodeParms=pikepdf.Dictionary(K=-1, Columns=width, Rows=height),
    )


def _group4(page: ScannedPage) -> bytes:
    """The CCITT G4 strip of a 1-bit page (taken out of the TIFF that Pillow writes)."""
    from PIL import Image

    buffer = io.BytesIO()
    image = Image.fromarray(page.pixels).convert("1", dither=Image.Dither.NONE)
    # One strip, black is 0 bits: what CCITTFaxDecode expects without BlackIs1.
    image.save(buffer, "TIFF", compression="group4", tiffinfo={278: page.pixels.shape[0], 262: 0})
    buffer.seek(0)
    with Image.open(buffer) as written:
        offset = written.tag_v2[273][0]  # type: ignore[attr-defined]
        length = written.tag_v2[279][0]  # type: ignore[attr-defined]
    return buffer.getvalue()[offset : offset + length]


def _invisible(layer: tuple[LayerWord, ...], scale: float, page_height: float) -> bytes:
    """Text in render mode 3 over its ink, stretched to the box; WinAnsi, the rest is lost."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    parts = ["BT 3 Tr"]
    for word in layer:
        size = max(4.0, word.bbox.height * scale)
        natural = max(0.1, stringWidth(word.text, "Helvetica", size))
        stretch = word.bbox.width * scale / natural * 100
        x, y = word.bbox.left * scale, page_height - word.bbox.bottom * scale
        encoded = word.text.encode("cp1252", "replace").hex()
        place = f"{stretch:.1f} Tz 1 0 0 1 {x:.2f} {y:.2f} Tm"
        parts.append(f"/F0 {size:.2f} Tf {place} <{encoded}20> Tj")
    return ("\n".join(parts) + "\nET\n").encode("ascii")

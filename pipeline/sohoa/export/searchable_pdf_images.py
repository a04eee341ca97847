"""Pictures as streams of the new PDF: copied where PDF/A lets them be, else without loss."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING, Any

from sohoa.export.searchable_pdf_pages import Matrix

if TYPE_CHECKING:
    import pikepdf

    from sohoa.model import Pixels

# LZW and encryption have no place in PDF/A.
_FILTERS = frozenset(
    "/DCTDecode /CCITTFaxDecode /JBIG2Decode /FlateDecode /RunLengthDecode /JPXDecode "
    "/ASCII85Decode /ASCIIHexDecode".split()
)
_KEYS = ("/Width", "/Height", "/BitsPerComponent", "/ImageMask", "/Decode")
# Colours that the output intent (sRGB) speaks for, or that say themselves what they are.
_SPACES = frozenset("/DeviceRGB /DeviceGray /CalRGB /CalGray /Lab /ICCBased /Indexed".split())


class UnfitPictureError(Exception):
    """A picture that cannot stand in a PDF/A as it is; its page is drawn instead."""


def copy_picture(pdf: pikepdf.Pdf, source: pikepdf.Pdf, stream: Any) -> Any:
    """The picture as a stream of ``pdf``, its bytes unchanged wherever that is allowed.

    Raises ``UnfitPictureError`` for colours that only a printer's profile could tell.
    """
    import pikepdf

    keys: tuple[str, ...] = _KEYS
    if set(_names(stream.get("/Filter"))) <= _FILTERS:
        copy = pikepdf.Stream(pdf, stream.read_raw_bytes())
        keys = ("/Filter", "/DecodeParms", *_KEYS)
    else:
        copy = pikepdf.Stream(pdf, stream.read_bytes())
    copy.Type, copy.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    for key in keys:
        if key in stream:
            copy[key] = _direct(pdf, stream[key])
    space = stream.get("/ColorSpace")
    if space is not None:
        if _family(space) not in _SPACES:
            raise UnfitPictureError(f"colours of the kind {_family(space)}")
        copy.ColorSpace = _foreign(pdf, source, space)
    for key in ("/SMask", "/Mask"):
        mask = stream.get(key)
        if isinstance(mask, pikepdf.Stream):
            if key == "/SMask" and mask.get("/ColorSpace") != "/DeviceGray":
                raise UnfitPictureError("a soft mask that is not plain grey")
            copy[key] = copy_picture(pdf, source, mask)
        elif mask is not None:
            copy[key] = _foreign(pdf, source, mask)
    return pdf.make_indirect(copy)


def _names(filters: Any) -> list[str]:
    if filters is None:
        return []
    try:
        return [str(name) for name in filters]
    except TypeError:
        return [str(filters)]


def _family(space: Any) -> str:
    import pikepdf

    if isinstance(space, pikepdf.Name):
        return str(space)
    family = str(space[0])
    if family == "/Indexed":
        return _family(space[1]) if _family(space[1]) not in _SPACES else family
    if family == "/ICCBased" and int(space[1].get("/N", 0)) not in (1, 3):
        return "/ICCBased with four channels"
    return family


def _direct(pdf: pikepdf.Pdf, value: Any) -> Any:
    """The value written in place: PDF/A allows no references among what describes a stream."""
    import pikepdf

    if isinstance(value, pikepdf.Stream):  # the dictionary that JBIG2 pictures share
        return pdf.copy_foreign(value)
    if isinstance(value, pikepdf.Array):
        return pikepdf.Array([_direct(pdf, each) for each in value])
    if isinstance(value, pikepdf.Dictionary):
        return pikepdf.Dictionary({key: _direct(pdf, each) for key, each in value.items()})
    if isinstance(value, pikepdf.Name):
        return pikepdf.Name(str(value))
    return value


def _foreign(pdf: pikepdf.Pdf, source: pikepdf.Pdf, value: Any) -> Any:
    import pikepdf

    if isinstance(value, pikepdf.Name):
        return pikepdf.Name(str(value))
    if not isinstance(value, pikepdf.Object):
        return value
    return pdf.copy_foreign(value if value.is_indirect else source.make_indirect(value))


def jpeg_picture(pdf: pikepdf.Pdf, data: bytes) -> tuple[Any, int] | None:
    """A JPEG file as a stream, byte for byte, and its EXIF orientation; None if it will not do."""
    import pikepdf
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        if image.format not in ("JPEG", "MPO") or image.mode not in ("L", "RGB"):
            return None
        copy = pikepdf.Stream(pdf, data)
        copy.Type, copy.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
        copy.Width, copy.Height = image.size
        copy.BitsPerComponent = 8
        copy.ColorSpace = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
        copy.Filter = pikepdf.Name.DCTDecode
        return pdf.make_indirect(copy), int(image.getexif().get(0x0112, 1) or 1)


def upright_matrix(orientation: int, width: float, height: float) -> Matrix:
    """Where the unit square of a picture goes so that it stands as its EXIF orientation says."""
    known: dict[int, Matrix] = {
        2: (-width, 0.0, 0.0, height, width, 0.0),
        3: (-width, 0.0, 0.0, -height, width, height),
        4: (width, 0.0, 0.0, -height, 0.0, height),
        5: (0.0, -height, -width, 0.0, width, height),
        6: (0.0, -height, width, 0.0, 0.0, height),
        7: (0.0, height, width, 0.0, 0.0, 0.0),
        8: (0.0, height, -width, 0.0, width, 0.0),
    }
    return known.get(orientation, (width, 0.0, 0.0, height, 0.0, 0.0))


def pixel_picture(pdf: pikepdf.Pdf, pixels: Pixels, mask: Pixels | None = None) -> Any:
    """Pixels as a lossless stream: fax coding for black and white, else as PNG packs them.

    ``mask`` (bool, H x W): only these pixels are shown.
    """
    import numpy as np
    from PIL import Image

    image = Image.fromarray(pixels)
    if pixels.ndim == 2 and bool(np.isin(pixels, (0, 255)).all()):
        return _fax(pdf, image.convert("1"))
    stream = _packed(pdf, image)
    if mask is not None:
        # In a stencil mask ink hides: what is black there is not painted.
        stencil = _fax(pdf, Image.fromarray(np.where(mask, 0, 255).astype(np.uint8)).convert("1"))
        del stencil.ColorSpace
        stencil.ImageMask = True
        stencil.Decode = [0, 1]
        stream.Mask = stencil
    return stream


def _packed(pdf: pikepdf.Pdf, image: Any) -> Any:
    """Grey, a table of at most 256 colours, or RGB: without loss, the smaller way of packing."""
    import pikepdf

    table = image.getcolors(256) if image.mode == "RGB" else None
    space: Any = pikepdf.Name.DeviceGray if image.mode == "L" else pikepdf.Name.DeviceRGB
    if table is not None:
        colours = sorted(colour for _, colour in table)
        image = _indexes(image, colours)
        lookup = bytes(value for colour in colours for value in colour)
        space = pikepdf.Array(
            [pikepdf.Name.Indexed, pikepdf.Name.DeviceRGB, len(colours) - 1, pikepdf.String(lookup)]
        )
    plain = zlib.compress(image.tobytes(), 9)
    data = io.BytesIO()
    image.save(data, "PNG", compress_level=9)
    predicted = _idat(data.getvalue())
    copy = _picture(pdf, min(plain, predicted, key=len), image.size)
    copy.BitsPerComponent = 8
    copy.ColorSpace = space
    copy.Filter = pikepdf.Name.FlateDecode
    if len(predicted) < len(plain):
        copy.DecodeParms = pikepdf.Dictionary(
            Predictor=15, Colors=len(image.getbands()), BitsPerComponent=8, Columns=image.width
        )
    return copy


def _indexes(image: Any, colours: list[tuple[int, int, int]]) -> Any:
    """The picture as places in the table of its colours, 8 bits each."""
    import numpy as np
    from PIL import Image

    weights = np.array([65536, 256, 1], np.int64)
    keys = np.array(colours, np.int64) @ weights
    places = np.searchsorted(keys, np.asarray(image, np.int64) @ weights)
    return Image.fromarray(places.astype(np.uint8))


def _idat(png: bytes) -> bytes:
    """The packed rows of a PNG: PDF reads them as they are."""
    parts, place = [], 8
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        if png[place + 4 : place + 8] == b"IDAT":
            parts.append(png[place + 8 : place + 8 + length])
        place += 12 + length
    return b"".join(parts)


def _fax(pdf: pikepdf.Pdf, image: Any) -> Any:
    import pikepdf
    from PIL import Image, TiffImagePlugin

    data = io.BytesIO()
    info = TiffImagePlugin.ImageFileDirectory_v2()
    info[278] = image.height  # one strip
    image.save(data, "TIFF", compression="group4", tiffinfo=info)
    with Image.open(io.BytesIO(data.getvalue())) as tiff:
        tags = tiff.tag_v2  # type: ignore[attr-defined]
        starts, lengths = tags[273], tags[279]
        white_is_zero = tags[262] == 0
    if len(starts) != 1:
        return _packed(pdf, image.convert("L"))
    raw = data.getvalue()[starts[0] : starts[0] + lengths[0]]
    copy = _picture(pdf, raw, image.size)
    copy.BitsPerComponent = 1
    copy.ColorSpace = pikepdf.Name.DeviceGray
    copy.Filter = pikepdf.Name.CCITTFaxDecode
    copy.DecodeParms = pikepdf.Dictionary(
        K=-1, Columns=image.width, Rows=image.height, BlackIs1=not white_is_zero
    )
    return copy


def _picture(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int]) -> Any:
    import pikepdf

    copy = pikepdf.Stream(pdf, data)
    copy.Type, copy.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
    copy.Width, copy.Height = size
    return pdf.make_indirect(copy)

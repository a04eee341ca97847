"""A few lines of real text as a small PDF page, its font embedded with just the letters in use."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sohoa.errors import SettingsError

if TYPE_CHECKING:
    import pikepdf

_LEADING = 1.3


def draw_lines(
    lines: Sequence[str], font: Path, size_pt: float
) -> tuple[bytes, tuple[float, float]]:
    """A page that just holds the lines, right aligned, black; its width and height in points.

    ``SettingsError`` where the font lacks a letter, or is none.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    letters = _Letters(font, "".join(lines))
    widths = [letters.width(line) * size_pt for line in lines]
    width, height = max(widths) + 2, size_pt * _LEADING * len(lines)
    parts = [f"BT 0 g /F0 {size_pt} Tf"]
    for number, (line, own) in enumerate(zip(lines, widths, strict=True)):
        base = height - size_pt * (_LEADING * number + 1.0)
        parts.append(f"1 0 0 1 {width - own - 1:.2f} {base:.2f} Tm <{letters.encode(line)}> Tj")
    with pikepdf.new() as pdf:
        page = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(width, 2), round(height, 2)]),
            Resources=Dictionary(Font=Dictionary(F0=letters.embed(pdf))),
            Contents=pdf.make_stream(" ".join([*parts, "ET"]).encode()),
        )
        pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
    return out.getvalue(), (width, height)


class _Letters:
    """The letters of a text in a TrueType font: their glyphs, their widths."""

    def __init__(self, path: Path, text: str) -> None:
        from fontTools import subset
        from fontTools.ttLib import TTFont, TTLibError

        try:
            font = TTFont(path, lazy=True)
            known = font.getBestCmap() or {}
        except (TTLibError, OSError) as error:
            raise SettingsError(f"{path} is no font that can be used: {error}.") from error
        lacking = sorted({each for each in text if ord(each) not in known})
        if lacking:
            raise SettingsError(
                f"The font {path.name} has no letters {' '.join(lacking)}.",
                remedy="Name another font (--font FILE.ttf).",
            )
        options = subset.Options(
            layout_features=[], hinting=False, drop_tables=["FFTM", "GSUB", "GPOS", "GDEF", "kern"]
        )
        options.recalc_timestamp = False
        cutter = subset.Subsetter(options)
        cutter.populate(text=text)
        cutter.subset(font)
        self._font: Any = font
        self._cmap: dict[int, str] = font.getBestCmap() or {}
        self._units = int(font["head"].unitsPerEm)

    def encode(self, text: str) -> str:
        return "".join(f"{self._glyph(each):04X}" for each in text)

    def width(self, text: str) -> float:
        """Width in shares of the type's size."""
        metrics = self._font["hmtx"]
        advances = [int(metrics[self._cmap[ord(each)]][0]) for each in text]
        return sum(advances) / self._units

    def _glyph(self, letter: str) -> int:
        return int(self._font.getGlyphID(self._cmap[ord(letter)]))

    def embed(self, pdf: pikepdf.Pdf) -> Any:
        from pikepdf import Array, Dictionary, Name

        data = io.BytesIO()
        self._font.save(data)
        program = pdf.make_stream(data.getvalue())
        program.Length1 = len(data.getvalue())
        scale = 1000 / self._units
        head, across = self._font["head"], self._font["hhea"]
        name = Name("/SOHOAB+" + (self._font["name"].getDebugName(6) or "Font").replace(" ", ""))
        box = [round(getattr(head, key) * scale) for key in ("xMin", "yMin", "xMax", "yMax")]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=4,
            FontBBox=Array(box),
            ItalicAngle=0,
            Ascent=round(across.ascent * scale),
            Descent=round(across.descent * scale),
            CapHeight=round(0.66 * 1000),
            StemV=80,
            FontFile2=program,
        )
        pairs = sorted((self._glyph(chr(code)), code) for code in self._cmap)
        widths = Array([])
        for glyph, code in pairs:
            widths.append(glyph)
            widths.append(Array([round(self.width(chr(code)) * 1000, 2)]))
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
            FontDescriptor=pdf.make_indirect(descriptor),
            W=widths,
            CIDToGIDMap=Name.Identity,
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=name,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(descendant)]),
                ToUnicode=pdf.make_stream(_to_unicode(pairs)),
            )
        )


def _to_unicode(pairs: Sequence[tuple[int, int]]) -> bytes:
    lines = "\n".join(
        f"<{glyph:04X}> <{chr(code).encode('utf-16-be').hex().upper()}>" for glyph, code in pairs
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{len(pairs)} beginbfchar\n{lines}\nendbfchar\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()

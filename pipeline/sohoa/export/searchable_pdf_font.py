"""A font without ink: what carries text that is searched and copied, but not seen.

PDF/A wants every font embedded, the invisible ones too. This one is made for each file: an empty
glyph for each character in use, as wide as that character is in a book face, so that a part of a
word can be marked with the mouse where it stands. The idea is that of Tesseract's glyphless font.
"""

from __future__ import annotations

import io
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pikepdf

UNITS = 1000
# How finely a font tells its reach, in shares of its size.
_STEP = 0.05
# What fonts tell of letters below the baseline; readers believe none above that height.
_BELOW = (1, 200, 380)
_HIGHEST = 1050
# So many different reaches a file may tell: each is a font more to keep and to check.
_MOST_REACHES = 32
# 2000-01-01 in seconds since 1904, as fonts count.
_EPOCH = 3_029_529_600
_NAME = "SohoaGlyphless"
# Advance widths in thousandths of the size, of a book face; marks do not change them.
_NARROW, _THIN, _ROUND, _WIDE, _BROAD = 278, 350, 500, 722, 850
_CLASSES = (
    ("ijltfrI.,;:!'’‘|()[]/\\ ", _NARROW),
    ('J"“”*-s°', _THIN),
    ("ABCDEFGHKLNOPQRSTUVXYZwĐ&", _WIDE),
    ("mMW%@…—", _BROAD),
)
_WIDTHS = {character: width for characters, width in _CLASSES for character in characters}


def width_of(character: str) -> int:
    """Advance of a character in thousandths of the font size."""
    base = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(base, _ROUND)


def text_width(text: str) -> int:
    """Advance of a text in thousandths of the font size."""
    return sum(width_of(character) for character in text)


@dataclass(frozen=True, slots=True, order=True)
class Reach:
    """How far ink goes above and below the baseline, in thousandths of the type's size."""

    above: int
    below: int

    @classmethod
    def of(cls, height: float, below: float) -> Reach:
        """A reach that a font can tell, for ink so high that goes so far below (shares of size).

        The height is told finely, the part below the baseline coarsely. Readers take zero for
        "unknown" and put their own number in its place.
        """
        low = min(_BELOW, key=lambda told: abs(told - below * UNITS))
        whole = round(round(height / _STEP) * _STEP * UNITS)
        return cls(min(max(whole - low, 40), _HIGHEST), low)


@dataclass(frozen=True, slots=True)
class GlyphlessFont:
    """Characters in use, sorted; a character's code is its place among them, from 1.

    One font program serves several font objects that tell a different ``Reach``: readers take the
    height of a word from there, so each word is as high as its ink.
    """

    codes: dict[str, int]
    reaches: tuple[Reach, ...]

    @classmethod
    def for_text(cls, texts: Iterable[str], reaches: Iterable[Reach]) -> GlyphlessFont:
        """The font for these texts; of the reaches the most common are told."""
        used = sorted({character for text in texts for character in text} | {" "})
        codes = {character: code for code, character in enumerate(used, start=1)}
        counts = Counter(reaches)
        common = sorted(counts, key=lambda reach: (-counts[reach], reach))[:_MOST_REACHES]
        return cls(codes, tuple(sorted(common)))

    def nearest(self, reach: Reach) -> tuple[str, Reach]:
        """The font that tells this reach, or the nearest to it: its name on pages, what it tells.

        Height counts before where the baseline lies in it.
        """

        def far(told: Reach) -> tuple[int, int]:
            height = abs(told.above + told.below - reach.above - reach.below)
            return height, abs(told.below - reach.below)

        best = min(self.reaches, key=far)
        return f"F{self.reaches.index(best)}", best

    def encode(self, text: str) -> str:
        """The text as a PDF hexadecimal string."""
        return "<" + "".join(f"{self.codes[each]:04X}" for each in text) + ">"

    def embed(self, pdf: pikepdf.Pdf) -> Any:
        """The fonts as objects of ``pdf``, by name: a dictionary for the resources of pages."""
        from pikepdf import Array, Dictionary, Name

        program = pdf.make_stream(self._program())
        program.Length1 = len(program.read_bytes())
        unicode = pdf.make_stream(self._to_unicode())
        widths = pdf.make_indirect(
            Array([1, Array([width_of(character) for character in self.codes])])
        )
        fonts = Dictionary()
        for reach in self.reaches:
            descriptor = Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/" + _NAME),
                Flags=4,
                FontBBox=Array([0, -reach.below, UNITS, reach.above]),
                ItalicAngle=0,
                Ascent=reach.above,
                Descent=-reach.below,
                CapHeight=reach.above,
                StemV=80,
                FontFile2=program,
            )
            descendant = Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType2,
                BaseFont=Name("/" + _NAME),
                CIDSystemInfo=Dictionary(Registry=b"Adobe", Ordering=b"Identity", Supplement=0),
                FontDescriptor=pdf.make_indirect(descriptor),
                DW=_ROUND,
                W=widths,
                CIDToGIDMap=Name.Identity,
            )
            fonts[f"/F{self.reaches.index(reach)}"] = pdf.make_indirect(
                Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=Name("/" + _NAME),
                    Encoding=Name("/Identity-H"),
                    DescendantFonts=Array([pdf.make_indirect(descendant)]),
                    ToUnicode=unicode,
                )
            )
        return pdf.make_indirect(fonts)

    def _program(self) -> bytes:
        from fontTools.fontBuilder import FontBuilder
        from fontTools.ttLib.tables._g_l_y_f import Glyph

        names = [".notdef", *(f"g{code}" for code in self.codes.values())]
        widths = [_ROUND, *(width_of(character) for character in self.codes)]
        builder = FontBuilder(UNITS, isTTF=True)
        builder.setupGlyphOrder(names)
        builder.setupCharacterMap(
            {ord(character): f"g{code}" for character, code in self.codes.items()}
        )
        builder.setupGlyf({name: Glyph() for name in names})
        builder.setupHorizontalMetrics(
            {name: (width, 0) for name, width in zip(names, widths, strict=True)}
        )
        builder.setupHorizontalHeader(ascent=UNITS, descent=-1)
        builder.setupNameTable({"familyName": "SohoaGlyphless", "styleName": "Regular"})
        builder.setupOS2(sTypoAscender=UNITS, sTypoDescender=-1, usWinAscent=UNITS)
        builder.setupPost(keepGlyphNames=False)
        font = builder.font
        font.recalcTimestamp = False
        # Without a clock: the same text gives the same bytes.
        font["head"].created = font["head"].modified = _EPOCH
        data = io.BytesIO()
        font.save(data)
        return data.getvalue()

    def _to_unicode(self) -> bytes:
        pairs = [
            f"<{code:04X}> <{character.encode('utf-16-be').hex().upper()}>"
            for character, code in self.codes.items()
        ]
        # A section holds a hundred lines at most.
        sections = [pairs[start : start + 100] for start in range(0, len(pairs), 100)]
        body = "\n".join(
            f"{len(section)} beginbfchar\n" + "\n".join(section) + "\nendbfchar"
            for section in sections
        )
        return (
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
            "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
            "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
            f"{body}\n"
            "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
        ).encode()

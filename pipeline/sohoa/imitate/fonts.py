"""Fonts for setting: Liberation Serif, which has the metrics of Times New Roman.

The older package ``fonts-liberation`` lacks Vietnamese glyphs, so a font counts only if it has
them.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

from sohoa.errors import SettingsError

_FOLDERS = (
    "/usr/share/fonts/truetype/liberation2",
    "/usr/share/fonts/liberation-serif",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
)
_NEEDED = "ếựẴỹ"


class Face(StrEnum):
    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"
    SANS_BOLD = "SansBold"  # seals and stamps


@cache
def font_path(face: Face) -> Path:
    """The font file of a face; ``SettingsError`` where none with Vietnamese glyphs is installed."""
    name = (
        "LiberationSans-Bold.ttf" if face is Face.SANS_BOLD else f"LiberationSerif-{face.value}.ttf"
    )
    for folder in _FOLDERS:
        for path in sorted(Path(folder).rglob(name)):
            if _has_vietnamese(path):
                return path
    raise SettingsError(
        f"The font {name} (version 2, with Vietnamese glyphs) is not installed.",
        remedy="Install it: apt-get install fonts-liberation2.",
    )


def _has_vietnamese(path: Path) -> bool:
    from reportlab.pdfbase.ttfonts import TTFontFile

    glyphs = TTFontFile(str(path)).charToGlyph
    return all(ord(character) in glyphs for character in _NEEDED)


@cache
def registered(face: Face) -> str:
    """The name under which the PDF writer knows the face."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    name = f"sohoa-{face.value}"
    pdfmetrics.registerFont(TTFont(name, str(font_path(face))))
    return name


def measure_width(text: str, face: Face, size_pt: float) -> float:
    """Width in points of the text as it will be printed (no kerning, like a word processor)."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(text, registered(face), size_pt))


@cache
def _extent_of(character: str, face: Face) -> tuple[float, float]:
    from PIL import ImageFont

    font = ImageFont.truetype(str(font_path(face)), 1000, layout_engine=ImageFont.Layout.BASIC)
    _, top, _, bottom = font.getbbox(character, anchor="ls")
    return -top / 1000, bottom / 1000


def measure_extent(text: str, face: Face, size_pt: float) -> tuple[float, float]:
    """Ink above and below the baseline, in points."""
    extents = [_extent_of(character, face) for character in text]
    above = max(above for above, _ in extents)
    below = max(below for _, below in extents)
    return above * size_pt, below * size_pt

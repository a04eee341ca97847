"""Pages that were composed, not scanned, taken over as they are drawn: lines, letters, pictures.

The page becomes one form of the new file: nothing is turned into pixels, so it stays as sharp and
as small as it was. What its fields and notes show becomes part of it. Its letters are still drawn
by its own fonts, but no longer tell what they mean (each tells a space): what is searched and
copied is the record's text alone, which is laid over the page as over any scan. Whether the page
still looks the same, and whether PDF/A lets it stand, is for the caller to check.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from sohoa.export.searchable_pdf_images import UnfitPictureError
from sohoa.export.searchable_pdf_pages import page_frame

_MARKS = frozenset("BMC BDC EMC MP DP".split())
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))
_TWO_BYTES = frozenset(("/Identity-H", "/Identity-V"))
# What says nothing about how a thing looks, and has no place in PDF/A or in another file.
_STRAY = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents",
          "/Alternates", "/OPI", "/Interpolate", "/Ref")  # fmt: skip
# Lists of what a font holds; allowed to be absent, often wrong.
_LISTS = ("/CIDSet", "/CharSet")
_DEEPEST = 8
_MOST_CODES = 100  # lines in a section of a mapping


@dataclass(slots=True, eq=False)
class ComposedFile:
    """A copy of an original, held in memory, of which pages can be taken over."""

    pdf: pikepdf.Pdf
    _codes: dict[tuple[int, int], set[int]] = field(default_factory=dict)
    _shown: set[tuple[int, int]] = field(default_factory=set)
    _unfit: list[bool] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    @classmethod
    def of(cls, data: bytes) -> ComposedFile:
        """Open the copy and make its pages ready.

        Raises ``UnfitPictureError`` where a font's codes cannot be told, and what pikepdf raises.
        """
        opened = cls(pikepdf.open(io.BytesIO(data), suppress_warnings=True))
        for page in opened.pdf.pages:
            opened._shown = set()
            content = opened._bare(page, page.get("/Resources"), 0)
            page.Contents = opened.pdf.make_stream(content)
            opened._unfit.append(any(map(opened._lacks_program, opened._shown)))
        opened._silence()
        opened._clean()
        return opened

    def close(self) -> None:
        self.pdf.close()

    def take(self, pdf: pikepdf.Pdf, index: int) -> tuple[Any, float, float]:
        """The page as a form of ``pdf`` that stands upright from (0, 0); its width and height.

        Raises ``UnfitPictureError`` where a font that it shows is not in the file.
        """
        if self._unfit[index]:
            raise UnfitPictureError("a font that is not in the file")
        page = self.pdf.pages[index]
        box, upright, width, height = page_frame(page)
        form = pikepdf.Stream(self.pdf, page.Contents.read_bytes())
        form.Type, form.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        form.BBox = pikepdf.Array([round(value, 4) for value in box])
        form.Matrix = pikepdf.Array([round(value, 6) for value in upright])
        form.Resources = self._used(page.get("/Resources", pikepdf.Dictionary()))
        if "/Group" in page:
            form.Group = page.Group
        return pdf.copy_foreign(self.pdf.make_indirect(form)), width, height

    def _bare(self, holder: Any, resources: Any, depth: int) -> bytes:
        """The content without marks around parts of it; codes that it shows are kept in mind."""
        kept: list[Any] = []
        fonts: list[tuple[Any, Any]] = [(None, None)]  # the font, and its order still to be given
        instructions: Any = pikepdf.parse_content_stream(holder)
        for each in instructions:
            name = str(each.operator)
            if name in _MARKS:
                if name == "BDC" and str(each.operands[0]) == "/OC":
                    raise UnfitPictureError("parts that can be switched off")
                continue
            if name == "Tf":
                fonts[-1] = (self._font(resources, str(each.operands[0])), each)
                continue
            if name == "q":
                fonts.append(fonts[-1])
            elif name == "Q" and len(fonts) > 1:
                fonts.pop()
            elif name in _SHOWING:
                font, order = fonts[-1]
                if order is not None:  # a font that shows nothing is not asked for
                    kept.append(order)
                    fonts[-1] = (font, None)
                if font is not None:
                    self._shown.add(font)
                    self._codes.setdefault(font, set()).update(_codes(each.operands[-1]))
            kept.append(each)
        self._forms(resources, depth)
        return pikepdf.unparse_content_stream(kept)

    def _used(self, resources: Any) -> Any:
        """Resources without the fonts that nothing is shown in."""
        held = resources.get("/Font")
        if held is None:
            return resources
        fonts = {name: font for name, font in held.items() if font.objgen in self._codes}
        told = {key: value for key, value in resources.items() if key != "/Font"}
        return pikepdf.Dictionary({**told, "/Font": pikepdf.Dictionary(fonts)})

    def _lacks_program(self, place: tuple[int, int]) -> bool:
        font = self.pdf.get_object(place)
        if font.get("/Subtype") == "/Type3":
            return False
        if font.get("/Subtype") == "/Type0":
            font = font.DescendantFonts[0]
        descriptor = font.get("/FontDescriptor", pikepdf.Dictionary())
        return not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))

    def _forms(self, resources: Any, depth: int) -> None:
        held = resources.get("/XObject") if resources is not None else None
        for form in () if held is None else tuple(held.values()):
            if form.get("/Subtype") != "/Form" or form.objgen in self._seen:
                continue
            if depth >= _DEEPEST:
                raise UnfitPictureError("forms within forms without end")
            self._seen.add(form.objgen)
            own = form.get("/Resources", resources)
            form.write(self._bare(form, own, depth + 1))

    def _font(self, resources: Any, name: str) -> tuple[int, int] | None:
        fonts = resources.get("/Font") if resources is not None else None
        if fonts is None or name not in fonts:
            return None
        if not fonts[name].is_indirect:
            fonts[name] = self.pdf.make_indirect(fonts[name])
        font = fonts[name]
        if font.get("/Subtype") == "/Type0" and str(font.get("/Encoding")) not in _TWO_BYTES:
            raise UnfitPictureError("a font with codes of its own")
        place: tuple[int, int] = font.objgen
        return place

    def _silence(self) -> None:
        """Let every font in use say of each of its codes that it means a space."""
        simple = self.pdf.make_stream(_mapping(range(256), 1))
        for place, codes in self._codes.items():
            font = self.pdf.get_object(place)
            if font.get("/Subtype") == "/Type0":
                font.ToUnicode = self.pdf.make_stream(_mapping(sorted(codes), 2))
            else:
                font.ToUnicode = simple

    def _clean(self) -> None:
        for each in self.pdf.objects:
            if not isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                continue
            if each.get("/Type") == "/FontDescriptor":
                stray: tuple[str, ...] = _LISTS
            elif each.get("/Subtype") == "/CIDFontType2" and "/CIDToGIDMap" not in each:
                each.CIDToGIDMap = pikepdf.Name.Identity  # what its absence means
                continue
            elif each.get("/Subtype") in ("/Image", "/Form"):
                stray = _STRAY
            else:
                continue
            for key in stray:
                if key in each:
                    del each[key]


def _codes(shown: Any) -> Iterator[int]:
    """Codes of two bytes in what a text operator shows (for simple fonts they mean nothing)."""
    parts = shown if isinstance(shown, pikepdf.Array) else (shown,)
    for part in parts:
        if isinstance(part, pikepdf.String):
            data = bytes(part)
            yield from (
                int.from_bytes(data[place : place + 2], "big") for place in range(0, len(data), 2)
            )


def _mapping(codes: Any, size: int) -> bytes:
    lines = [f"<{code:0{2 * size}X}> <0020>" for code in codes]
    sections = [lines[start : start + _MOST_CODES] for start in range(0, len(lines), _MOST_CODES)]
    body = "\n".join(
        f"{len(each)} beginbfchar\n" + "\n".join(each) + "\nendbfchar" for each in sections
    )
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n1 begincodespacerange\n"
        f"<{'00' * size}> <{'FF' * size}>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode()

"""Small documents made on the spot: PDFs by pikepdf, pictures by Pillow. The text is our own."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

PROSE = (
    "Để chuẩn bị tốt cho đợt số hoá tài liệu của cơ quan, các phòng chuyên môn rà soát",
    "toàn bộ hồ sơ đang lưu giữ, lập danh mục theo từng năm và gửi về Văn phòng trước",
    "ngày 15 tháng 9 năm 2025. Những hồ sơ đã hư hỏng cần được tu bổ trước khi quét;",
    "việc giao nhận phải có biên bản, ghi rõ số lượng trang và tình trạng của tài liệu.",
    "Lãnh đạo từng phòng chịu trách nhiệm về tính đầy đủ và chính xác của danh mục.",
    "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc, đề nghị phản ánh kịp thời",
    "để được hướng dẫn; kết quả thực hiện là căn cứ đánh giá cuối năm của từng đơn vị.",
)


def simple_font(pdf: pikepdf.Pdf, characters: str) -> tuple[Any, dict[str, int]]:
    """A one-byte font, not embedded, that names its glyphs by code point; and its encoding."""
    codes = {character: 33 + i for i, character in enumerate(dict.fromkeys(characters))}
    assert len(codes) < 220
    names = [Name(f"/uni{ord(character):04X}") for character in codes]
    descriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor, FontName=Name.SohoaTest, Flags=34, ItalicAngle=0,
            Ascent=890, Descent=-216, CapHeight=660, StemV=80,
            FontBBox=Array([-168, -218, 1000, 898]),
        )
    )  # fmt: skip
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.SohoaTest, FirstChar=33,
        LastChar=32 + len(codes), Widths=Array([500] * len(codes)), FontDescriptor=descriptor,
        Encoding=Dictionary(Type=Name.Encoding, Differences=Array([33, *names])),
    )  # fmt: skip
    return pdf.make_indirect(font), codes


@dataclass
class Text:
    """A line of text at a place (points, origin bottom left); ``mode`` 3 is invisible."""

    x: float
    y: float
    text: str
    size: float = 13.0
    mode: int = 0
    matrix: str = "1 0 0 1"


def prose(top: float = 760, *, mode: int = 0, lines: Sequence[str] = PROSE) -> list[Text]:
    return [Text(60, top - 22 * row, line, 11, mode) for row, line in enumerate(lines)]


def scan_picture(width: int = 827, height: int = 1169, *, rows: int = 30) -> Any:
    """A grey picture of a page: bars of specks where lines of text would be."""
    from PIL import Image, ImageDraw

    image = Image.new("L", (width, height), 250)
    draw = ImageDraw.Draw(image)
    for row in range(rows):
        top = height // 12 + row * (height // (rows + 8))
        for left in range(width // 8, width - width // 8, max(8, width // 60)):
            draw.rectangle((left, top, left + width // 120, top + height // 90), fill=20)
    return image


@dataclass
class PdfMaker:
    """Builds one PDF; sizes in points."""

    pdf: pikepdf.Pdf = field(default_factory=pikepdf.new)
    line = staticmethod(Text)
    prose = staticmethod(prose)
    scan = staticmethod(scan_picture)

    def page(
        self,
        texts: Sequence[Text] = (),
        *,
        box: Sequence[float] = (0, 0, 595, 842),
        image: tuple[Any, Sequence[float]] | None = None,
        **keys: Any,
    ) -> Any:
        """A page with text and maybe a picture below it; ``keys`` go into the page."""
        content, resources = self.content(texts)
        if image is not None:
            picture, (left, bottom, width, height) = image
            resources["/XObject"] = Dictionary(Im0=self.picture(picture))
            content = f"q {width} 0 0 {height} {left} {bottom} cm /Im0 Do Q\n".encode() + content
        page = Dictionary(
            Type=Name.Page, MediaBox=Array(list(box)), Resources=resources,
            Contents=self.pdf.make_stream(content), **keys,
        )  # fmt: skip
        self.pdf.pages.append(pikepdf.Page(self.pdf.make_indirect(page)))
        return self.pdf.pages[-1]

    def content(self, texts: Sequence[Text]) -> tuple[bytes, Any]:
        font, codes = simple_font(self.pdf, "".join(t.text.replace(" ", "") for t in texts) or "x")
        parts = []
        for item in texts:
            parts.append(f"BT /F0 {item.size} Tf {item.mode} Tr {item.matrix} {item.x} {item.y} Tm")
            for token in item.text.split(" "):
                shown = bytes(codes[character] for character in token).hex()
                parts.append(f"<{shown}> Tj {0.5 * item.size * len(token) + 0.3 * item.size} 0 Td")
            parts.append("ET")
        return "\n".join(parts).encode(), Dictionary(Font=Dictionary(F0=font))

    def picture(self, image: Any) -> Any:
        colours = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB}[image.mode]
        return self.pdf.make_stream(
            image.tobytes(), Type=Name.XObject, Subtype=Name.Image, Width=image.width,
            Height=image.height, ColorSpace=colours, BitsPerComponent=8,
        )  # fmt: skip

    def field(
        self,
        page: Any,
        rect: Sequence[float],
        *,
        texts: Sequence[Text] = (),
        image: Any = None,
        name: str = "Signature1",
        subtype: str = "/Widget",
    ) -> None:
        """Lay a form field (or a note) on the page, with its appearance."""
        width, height = rect[2] - rect[0], rect[3] - rect[1]
        content, resources = self.content(texts)
        if image is not None:
            resources["/XObject"] = Dictionary(Im0=self.picture(image))
            content += f"\nq {width} 0 0 {height} 0 0 cm /Im0 Do Q".encode()
        appearance = self.pdf.make_stream(
            content, Type=Name.XObject, Subtype=Name.Form, BBox=Array([0, 0, width, height]),
            Resources=resources,
        )  # fmt: skip
        note = Dictionary(
            Type=Name.Annot, Subtype=Name(subtype), Rect=Array(list(rect)), F=4,
            AP=Dictionary(N=appearance),
        )  # fmt: skip
        if subtype == "/Widget":
            note["/FT"], note["/T"] = Name.Sig, name
        if "/Annots" not in page.obj:
            page.obj["/Annots"] = Array()
        placed = self.pdf.make_indirect(note)
        page.obj["/Annots"].append(placed)
        if subtype == "/Widget":
            if "/AcroForm" not in self.pdf.Root:
                self.pdf.Root["/AcroForm"] = Dictionary(Fields=Array(), SigFlags=3)
            self.pdf.Root["/AcroForm"]["/Fields"].append(placed)

    def save(self, path: Path, **keys: Any) -> Path:
        self.pdf.save(path, **keys)
        return path

    def bytes(self, **keys: Any) -> bytes:
        buffer = io.BytesIO()
        self.pdf.save(buffer, **keys)
        return buffer.getvalue()


@pytest.fixture
def maker() -> PdfMaker:
    return PdfMaker()


@pytest.fixture(scope="session")
def scans() -> Path:
    folder = Path(__file__).resolve().parents[3].parent / "shared" / "scans"
    if not folder.is_dir():
        pytest.skip("the real scans do not lie beside the project")
    return folder

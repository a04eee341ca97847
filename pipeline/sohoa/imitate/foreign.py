"""The text layer of an OCR that knows no Vietnamese: Tesseract with its English model."""

from __future__ import annotations

from sohoa.errors import EngineError
from sohoa.geometry import BBox
from sohoa.imitate.imagepdf import LayerWord
from sohoa.imitate.scan import ScannedPage


def read_foreign(page: ScannedPage) -> tuple[LayerWord, ...]:
    """The page's words as the English model reads them; ``EngineError`` where it is missing."""
    import pytesseract

    try:
        table = pytesseract.image_to_data(
            page.pixels,
            lang="eng",
            config=f"--dpi {page.dpi}",
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, pytesseract.TesseractNotFoundError) as error:
        raise EngineError(
            f"Tesseract cannot make the foreign text layer: {error}.",
            remedy="Install it: apt-get install tesseract-ocr tesseract-ocr-eng.",
        ) from error
    columns = (table["text"], table["left"], table["top"], table["width"], table["height"])
    return tuple(
        LayerWord(text.strip(), BBox(left, top, left + width, top + height))
        for text, left, top, width, height in zip(*columns, strict=True)
        if text.strip()
    )

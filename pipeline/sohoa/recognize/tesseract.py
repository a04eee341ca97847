"""Tesseract 5 through pytesseract: hOCR with the alternatives that its network weighed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import cv2
from lxml.etree import XMLSyntaxError

from sohoa.errors import EngineError
from sohoa.model import Line, PageImage
from sohoa.recognize.hocr import parse_hocr
from sohoa.recognize.settings import RecognizeSettings

_ONE_LINE = 7  # Tesseract's page mode for an image of a single line
_INSTALL = "Install it: apt-get install tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd."


class TesseractEngine:
    """Reads one image by one call of the ``tesseract`` program, on one thread."""

    name = "tesseract"

    def __init__(self, settings: RecognizeSettings | None = None) -> None:
        self.settings = settings or RecognizeSettings()

    def version(self) -> str:
        return f"{_program_version()}+{_model_fingerprint(self.settings.languages)}"

    def recognize(self, image: PageImage) -> tuple[Line, ...]:
        """Lines of the whole image; see ``Engine.recognize`` for what holds after it."""
        (lines,) = self._read((image,), self.settings.page_mode)
        return lines

    def recognize_lines(self, images: Sequence[PageImage]) -> tuple[tuple[Line, ...], ...]:
        """See ``Engine.recognize_lines``; a call for each would load the model each time."""
        return self._read(images, _ONE_LINE) if images else ()

    def _read(self, images: Sequence[PageImage], page_mode: int) -> tuple[tuple[Line, ...], ...]:
        page = images[0].number
        config = f"--dpi {round(images[0].dpi)} --psm {page_mode}"
        if self.settings.alternatives and page_mode == _ONE_LINE:
            config += " -c lstm_choice_mode=2"
        try:
            found = parse_hocr(self._hocr(images, config))
        except (XMLSyntaxError, ValueError) as error:
            raise EngineError(
                f"Page {page}: what Tesseract wrote is no hOCR: {error}.",
                remedy="Run it by hand on this page; the installation may be damaged.",
            ) from error
        if len(found) != len(images):
            raise EngineError(
                f"Page {page}: Tesseract read {len(found)} of {len(images)} images.",
                remedy="Run it by hand on this page; the installation may be damaged.",
            )
        return found

    def _hocr(self, images: Sequence[PageImage], config: str) -> bytes:
        pytesseract = _pytesseract()
        page = images[0].number
        with tempfile.TemporaryDirectory(prefix="sohoa-") as folder:
            given = _write_images(images, Path(folder))
            try:
                return bytes(
                    pytesseract.image_to_pdf_or_hocr(
                        str(given),
                        lang=self.settings.languages,
                        config=config,
                        extension="hocr",
                        timeout=self.settings.timeout_s,
                    )
                )
            except pytesseract.TesseractNotFoundError as error:
                raise EngineError("Tesseract is not installed.", remedy=_INSTALL) from error
            except pytesseract.TesseractError as error:
                raise EngineError(
                    f"Page {page}: Tesseract failed: {str(error.message)[:300]}",
                    remedy=f"Check its models ({self.settings.languages}). {_INSTALL}",
                ) from error
            except RuntimeError as error:
                raise EngineError(
                    f"Page {page}: Tesseract gave no answer in "
                    f"{self.settings.timeout_s:g} s and was stopped.",
                    remedy="Raise [recognize] timeout_s, or look at the page by hand.",
                ) from error


def _write_images(images: Sequence[PageImage], folder: Path) -> Path:
    """The images as uncompressed TIFF: unpacking a PNG costs a tenth of reading the page.

    Returns what Tesseract is given: the one file, or a list of them.
    """
    paths = []
    for index, image in enumerate(images):
        path = folder / f"{index}.tif"
        pixels = image.pixels[..., ::-1] if image.pixels.ndim == 3 else image.pixels
        if not cv2.imwrite(str(path), pixels, [cv2.IMWRITE_TIFF_COMPRESSION, 1]):
            raise EngineError(f"Page {image.number}: the image could not be written.")
        paths.append(path)
    if len(paths) == 1:
        return paths[0]
    listing = folder / "images.txt"
    listing.write_text("".join(f"{path}\n" for path in paths))
    return listing


def _pytesseract() -> Any:
    # One page, one thread: pages and documents run side by side instead.
    os.environ["OMP_THREAD_LIMIT"] = "1"
    import pytesseract

    return pytesseract


@cache
def _program_version() -> str:
    pytesseract = _pytesseract()
    try:
        return str(pytesseract.get_tesseract_version())
    except pytesseract.TesseractNotFoundError as error:
        raise EngineError("Tesseract is not installed.", remedy=_INSTALL) from error


@cache
def _model_fingerprint(languages: str) -> str:
    """A short hash of the model files: Debian's and a user's own ``vie`` read differently."""
    import hashlib

    digest = hashlib.sha256()
    for language in languages.split("+"):
        path = _model_path(language)
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _model_path(language: str) -> Path:
    import subprocess

    folders = [os.environ.get("TESSDATA_PREFIX", "")]
    listing = subprocess.run(
        [_pytesseract().pytesseract.tesseract_cmd, "--list-langs"],
        capture_output=True,
        text=True,
        check=False,
    )
    head = (listing.stdout or listing.stderr).splitlines()[:1]
    if head and '"' in head[0]:
        folders.append(head[0].split('"')[1])
    for folder in folders:
        path = Path(folder) / f"{language}.traineddata"
        if folder and path.is_file():
            return path
    raise EngineError(f"Tesseract has no model {language!r}.", remedy=_INSTALL)

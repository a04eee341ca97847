"""PDF files: opened carefully, read page by page."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sohoa.errors import SourceBroken, SourceEmpty, SourceEncrypted
from sohoa.model import Finding, Severity
from sohoa.read.pages import SourcePage, broken_page
from sohoa.read.pdf_page import read_pdf_page
from sohoa.read.pdf_salvage import lost_parts, with_new_ending
from sohoa.read.settings import ReadSettings
from sohoa.read.sniff import HEAD_BYTES, pdf_offset

_DAMAGE = ("damaged", "recover", "reconstruct", "xref", "expected endstream", "can't find", "EOF")


@dataclass(slots=True)
class PdfPart:
    """One open PDF. ``page`` reads one page at a time; ``close`` lets go of the file."""

    name: str
    settings: ReadSettings
    page_count: int
    findings: tuple[Finding, ...]
    _damaged: bool
    _pike: Any
    _pdfium: Any
    _stream: BinaryIO

    def page(self, index: int, number: int) -> SourcePage:
        """Read the page at ``index`` (from 0) as page ``number`` of the source.

        A page that cannot be read comes back without an image, with a finding ``page-broken``.
        """
        try:
            lost = self._damaged and lost_parts(self._pike.pages[index])
            if lost:
                return broken_page(self.name, number, lost)
            return read_pdf_page(self._pike, self._pdfium, index, number, self.settings)
        except Exception as error:
            return broken_page(self.name, number, str(error) or type(error).__name__)

    def close(self) -> None:
        with suppress(Exception):
            self._pdfium.close()
        with suppress(Exception):
            self._pike.close()
        self._stream.close()


def open_pdf(path: Path, name: str, settings: ReadSettings) -> PdfPart:
    """Open a PDF, with what was odd about it as findings.

    Junk before the header is skipped, a damaged file is repaired in memory, an empty password is
    tried. ``SourceEncrypted``, ``SourceBroken`` and ``SourceEmpty`` where that is not enough.
    """
    findings: list[Finding] = []
    stream: BinaryIO = path.open("rb")
    try:
        offset = pdf_offset(stream.read(HEAD_BYTES)) or 0
        stream.seek(offset)
        if offset:
            # Offsets in the file count from its header; so does a copy that begins there.
            rest = io.BytesIO(stream.read())
            stream.close()
            stream = rest
            findings.append(
                Finding(
                    "junk-before-header",
                    Severity.INFO,
                    f"{name} has {offset} bytes before its PDF header; they were skipped.",
                )
            )
        try:
            pike = _open_pike(stream, name)
        except SourceBroken:
            stream.seek(0)
            data = with_new_ending(stream.read())
            if data is None:
                raise
            stream.close()
            stream = io.BytesIO(data)
            pike = _open_pike(stream, name)
        damaged, pdfium = _open_pdfium(stream, pike, name)
    except BaseException:
        stream.close()
        raise
    if damaged:
        findings.append(
            Finding(
                "damaged-pdf-repaired",
                Severity.WARNING,
                f"{name} is damaged and was repaired in memory; pages or parts may be missing.",
            )
        )
    if pike.is_encrypted:
        findings.append(
            Finding(
                "encrypted-without-password",
                Severity.INFO,
                f"{name} is encrypted, but opens without a password.",
            )
        )
    return PdfPart(name, settings, len(pike.pages), tuple(findings), damaged, pike, pdfium, stream)


def _open_pike(stream: BinaryIO, name: str) -> Any:
    import pikepdf

    try:
        pike = pikepdf.open(stream, suppress_warnings=True)
    except pikepdf.PasswordError:
        raise SourceEncrypted(
            f"{name} is locked with a password.",
            remedy="Save a copy without the password, or ask its owner for one.",
        ) from None
    except pikepdf.PdfError as error:
        if "encrypt" in str(error).lower():
            raise SourceEncrypted(
                f"{name} is encrypted in a way that needs more than a password.",
                remedy="Save a copy without protection, or ask its owner for one.",
            ) from None
        raise _broken(name) from error
    except (ValueError, TypeError, RecursionError, MemoryError, OSError) as error:
        raise _broken(name) from error
    try:
        pages = len(pike.pages)
    except Exception as error:
        pike.close()
        raise _broken(name) from error
    if not pages:
        damaged = _is_damaged(pike.get_warnings())
        pike.close()
        if damaged:
            raise _broken(name)
        raise SourceEmpty(f"{name} is a PDF without pages.", remedy="Scan or export it again.")
    return pike


def _open_pdfium(stream: BinaryIO, pike: Any, name: str) -> tuple[bool, Any]:
    """Whether the file is damaged, and the file in pdfium; if need be from a repaired copy."""
    import pypdfium2

    damaged = _is_damaged(pike.get_warnings())
    document = None
    if not damaged:
        stream.seek(0)
        with suppress(pypdfium2.PdfiumError):
            document = pypdfium2.PdfDocument(stream)
        if document is not None and len(document) != len(pike.pages):
            document.close()
            document = None
    if document is None:
        damaged = True
        copy = io.BytesIO()
        try:
            pike.save(copy)
            copy.seek(0)
            document = pypdfium2.PdfDocument(copy)
        except Exception as error:
            pike.close()
            raise _broken(name) from error
    with suppress(Exception):
        document.init_forms()
    return damaged, document


def _is_damaged(warnings: Sequence[Any]) -> bool:
    return any(word in str(warning) for warning in warnings for word in _DAMAGE)


def _broken(name: str) -> SourceBroken:
    return SourceBroken(
        f"{name} is damaged and cannot be repaired.",
        remedy="Fetch the file again from where it came, or scan the paper again.",
    )

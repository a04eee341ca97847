"""What kind of file it is, told by its first bytes; the suffix only decides about text."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

HEAD_BYTES = 4096
# Readers accept a header within the first kilobyte (PDF 32000-1, annex H.3, note 13).
_PDF_WITHIN = 1024


class FileKind(StrEnum):
    """The kinds that are read here; the value is the media type."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TIFF = "image/tiff"
    TEXT = "text/plain"


SUFFIXES = {
    ".pdf": FileKind.PDF,
    ".jpg": FileKind.JPEG,
    ".jpeg": FileKind.JPEG,
    ".jpe": FileKind.JPEG,
    ".jfif": FileKind.JPEG,
    ".png": FileKind.PNG,
    ".tif": FileKind.TIFF,
    ".tiff": FileKind.TIFF,
    ".txt": FileKind.TEXT,
    ".text": FileKind.TEXT,
}

_MAGIC = (
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"II*\x00", FileKind.TIFF),
    (b"MM\x00*", FileKind.TIFF),
    (b"II+\x00", FileKind.TIFF),
    (b"MM\x00+", FileKind.TIFF),
)
_FOREIGN_MAGIC = (
    (b"PK\x03\x04", "a zip archive or an Office file (docx, xlsx, odt)"),
    (b"\xd0\xcf\x11\xe0", "an old Office file (doc, xls)"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"GIF8", "a GIF picture"),
    (b"BM", "a BMP picture"),
    (b"RIFF", "a WebP picture or another RIFF file"),
    (b"\x00\x00\x00\x0cjP  ", "a JPEG 2000 picture"),
    (b"\xff\x4f\xff\x51", "a JPEG 2000 picture"),
    (b"AT&TFORM", "a DjVu file"),
    (b"%!PS", "a PostScript file"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"<?xml", "an XML file"),
    (b"<!DOCTYPE html", "a web page"),
    (b"<html", "a web page"),
)
# What kind of thing each of them is, by a word of the above: see ``sohoa.explain``.
_FOREIGN_CODES = (
    ("Office", "skipped-office"),
    ("rich text", "skipped-office"),
    ("picture", "skipped-picture"),
    ("DjVu", "skipped-picture"),
    ("archive", "skipped-archive"),
)
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def sniff(head: bytes) -> FileKind | None:
    """The kind by content; TEXT for anything without control bytes; None for other kinds."""
    if pdf_offset(head) is not None:
        return FileKind.PDF
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if foreign_kind(head):
        return None
    if head.startswith(_UTF16):
        return FileKind.TEXT
    return FileKind.TEXT if head and not _has_controls(head) else None


def pdf_offset(head: bytes) -> int | None:
    """Where ``%PDF-`` stands in the first kilobyte; None where it does not."""
    offset = head[: _PDF_WITHIN + 5].find(b"%PDF-")
    return None if offset < 0 else offset


def foreign_kind(head: bytes) -> str:
    """What a file is that is not read here, in words; empty where it is not known."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:64].lower()
    if head[4:8] == b"ftyp":
        return "a HEIC picture or a film"
    for magic, words in _FOREIGN_MAGIC:
        if magic.startswith(b"<"):
            if start.startswith(magic.lower()):
                return words
        # A plain text may begin with BM or RIFF too, but it has no control bytes.
        elif head.startswith(magic) and (_has_controls(head) or magic[:1] in b"{%"):
            return words
    return ""


def foreign_code(head: bytes) -> str:
    """The code for a file that is not read here; empty where its kind is not known."""
    words = foreign_kind(head)
    if not words:
        return ""
    return next((code for word, code in _FOREIGN_CODES if word in words), "skipped-markup")


def _has_controls(head: bytes) -> bool:
    return any(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in head)


def suffix_kind(path: Path) -> FileKind | None:
    return SUFFIXES.get(path.suffix.lower())

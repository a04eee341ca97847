"""Twenty kinds of files that no program should stumble over."""

from __future__ import annotations

import os
import struct
import unicodedata
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pikepdf
from PIL import Image


def _page(pdf: pikepdf.Pdf, width: float = 595, height: float = 842) -> None:
    pdf.add_blank_page(page_size=(width, height))


def empty(path: Path) -> None:
    path.write_bytes(b"")


def truncated(path: Path) -> None:
    whole = path.with_name("whole.pdf")
    with pikepdf.new() as pdf:
        _page(pdf)
        pdf.save(whole)
    path.write_bytes(whole.read_bytes()[:200])
    whole.unlink()


def encrypted(path: Path) -> None:
    with pikepdf.new() as pdf:
        _page(pdf)
        pdf.save(path, encryption=pikepdf.Encryption(owner="o", user="u"))


def pixel_bomb(path: Path) -> None:
    """A picture of 3.6 gigapixels in a few bytes."""
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 60001)), (b"IEND", b""))
    data = b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks
    )
    path.with_suffix(".png").write_bytes(b"\x89PNG\r\n\x1a\n" + data)


def page_bomb(path: Path) -> None:
    with pikepdf.new() as pdf:
        _page(pdf)
        page = pdf.pages[0].obj
        pdf.Root.Pages.Kids = pikepdf.Array([page] * 200_000)
        pdf.Root.Pages.Count = 200_000
        pdf.save(path)


def deflate_bomb(path: Path) -> None:
    """Page content that unpacks to a gigabyte."""
    with pikepdf.new() as pdf:
        _page(pdf)
        packed = zlib.compress(b"q Q " * (256 << 20 >> 2), 9)
        stream = pikepdf.Stream(pdf, b"")
        stream.write(packed, filter=pikepdf.Name.FlateDecode)
        pdf.pages[0].obj.Contents = stream
        pdf.save(path, stream_decode_level=pikepdf.StreamDecodeLevel.none, compress_streams=False)


def object_loop(path: Path) -> None:
    """A tree of pages that holds itself."""
    path.write_bytes(
        b"%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n"
        b"2 0 obj <</Type/Pages/Count 2/Kids[2 0 R 2 0 R]>> endobj\n"
        b"trailer <</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )


def form_loop(path: Path) -> None:
    """A form that draws itself."""
    with pikepdf.new() as pdf:
        _page(pdf)
        form = pdf.make_stream(
            b"/F Do", Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=[0, 0, 9, 9]
        )
        form.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=form))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")
        pdf.save(path)


def office_file(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04\x14\0\x06\0" + b"[Content_Types].xml word/document.xml" * 9)


def web_page(path: Path) -> None:
    path.write_bytes(b"<!doctype html><html><body>404 Not Found</body></html>")


def folder(path: Path) -> None:
    path.mkdir()


def dangling(path: Path) -> None:
    path.symlink_to("/no/such/place/at/all.pdf")


def forbidden(path: Path) -> None:
    """Not readable, but for root."""
    path.write_bytes(b"%PDF-1.7\n")
    path.chmod(0)


def newline_name(path: Path) -> None:
    path.with_name(f"{path.stem}\nhai dòng.pdf").write_bytes(b"%PDF-1.7\n")


def longest_name(path: Path) -> None:
    """255 bytes of Vietnamese letters with their marks apart (NFD)."""
    stem = unicodedata.normalize("NFD", path.stem + "-" + "ề" * 120)
    stem = stem.encode()[: 255 - 4].decode(errors="ignore")
    path.with_name(f"{stem}.pdf").write_bytes(b"%PDF-1.7\n")


def stray_bytes_name(path: Path) -> None:
    name = os.fsdecode(os.fsencode(path.stem) + b"\xff\xfe.pdf")
    path.with_name(name).write_bytes(b"%PDF-1.7\n")


def noise(path: Path) -> None:
    path.write_bytes(np.random.default_rng(len(path.name)).bytes(50_000))


def no_pages(path: Path) -> None:
    with pikepdf.new() as pdf:
        pdf.save(path)


def vast_page(path: Path) -> None:
    """One page of five metres by five."""
    with pikepdf.new() as pdf:
        _page(pdf, 14400, 14400)
        pdf.save(path)


def broken_picture(path: Path) -> None:
    place = path.with_suffix(".jpg")
    Image.fromarray(np.full((900, 700), 200, np.uint8)).save(place, "JPEG")
    place.write_bytes(place.read_bytes()[:400])


KINDS: tuple[Callable[[Path], None], ...] = (
    empty, truncated, encrypted, pixel_bomb, page_bomb, deflate_bomb, object_loop, form_loop,
    office_file, web_page, folder, dangling, forbidden, newline_name, longest_name,
    stray_bytes_name, noise, no_pages, vast_page, broken_picture,
)  # fmt: skip


def write_bad_files(place: Path, count: int) -> None:
    """``count`` of them, each kind in turn."""
    place.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        kind = KINDS[number % len(KINDS)]
        kind(place / f"{kind.__name__}-{number:03}.pdf")

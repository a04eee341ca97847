"""Opening sources: every odd file has its own clear answer."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pytest

from sohoa.errors import (
    SourceBroken,
    SourceEmpty,
    SourceEncrypted,
    SourceError,
    SourceMissing,
    SourceUnsupported,
)
from sohoa.read import ReadSettings, open_source

if TYPE_CHECKING:
    from tests.unit.read.conftest import PdfMaker


def codes(path: Path) -> list[str]:
    with open_source([path]) as source:
        assert source.page(1).image is not None or source.is_plain_text
        return [finding.code for finding in source.findings]


def test_an_ordinary_file_has_no_findings_and_is_not_touched(
    maker: PdfMaker, tmp_path: Path
) -> None:
    maker.page(maker.prose())
    path = maker.save(tmp_path / "a.pdf")
    before = path.read_bytes(), path.stat().st_mtime_ns
    with open_source([path]) as source:
        source.page(1)
        assert source.sha256 == hashlib.sha256(before[0]).hexdigest()
        assert (source.name, source.media_type) == ("a.pdf", "application/pdf")
        assert source.size_bytes == len(before[0])
        assert source.findings == ()
        assert not source.is_plain_text
        with pytest.raises(IndexError):
            source.page(2)
        with pytest.raises(IndexError):
            source.page(0)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_junk_before_the_header_is_skipped(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    path = tmp_path / "a.pdf"
    path.write_bytes(b"\r\nHTTP/1.1 200 OK\r\n\r\n" + maker.bytes())
    assert codes(path) == ["junk-before-header"]


def test_empty_password_opens_and_a_real_one_does_not(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    free = maker.save(tmp_path / "free.pdf", encryption=pikepdf.Encryption(owner="x", user=""))
    assert codes(free) == ["encrypted-without-password"]
    locked = maker.save(tmp_path / "locked.pdf", encryption=pikepdf.Encryption(owner="x", user="y"))
    with pytest.raises(SourceEncrypted, match=r"locked\.pdf") as caught:
        open_source([locked])
    assert caught.value.remedy


def test_truncated_pdf_is_repaired_where_that_is_possible(maker: PdfMaker, tmp_path: Path) -> None:
    for _ in range(3):
        maker.page(maker.prose())
    whole = maker.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[: whole.rindex(b"xref") - 40])
    assert codes(path) == ["damaged-pdf-repaired"]
    path.write_bytes(whole[:120])
    with pytest.raises(SourceBroken, match=r"a\.pdf"):
        open_source([path])


def test_wrong_cross_references_are_repaired(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    path = tmp_path / "a.pdf"
    data = maker.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path.write_bytes(data.replace(b"startxref\n", b"startxref\n9"))
    assert codes(path) == ["damaged-pdf-repaired"]


def test_pdf_without_pages_and_files_without_bytes(maker: PdfMaker, tmp_path: Path) -> None:
    with pytest.raises(SourceEmpty, match="without pages"):
        open_source([maker.save(tmp_path / "a.pdf")])
    (tmp_path / "b.pdf").touch()
    with pytest.raises(SourceEmpty, match="0 bytes"):
        open_source([tmp_path / "b.pdf"])
    (tmp_path / "c.txt").write_text(" \n\f\n")
    with pytest.raises(SourceEmpty, match="white space"):
        open_source([tmp_path / "c.txt"])
    with pytest.raises(SourceEmpty):
        open_source([])


def test_content_decides_what_a_file_is(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    assert codes(maker.save(tmp_path / "a.jpg")) == ["wrong-suffix"]
    maker.scan(200, 300).save(tmp_path / "b.pdf", format="PNG")
    assert codes(tmp_path / "b.pdf") == ["wrong-suffix"]
    maker.scan(200, 300).save(tmp_path / "nameless", format="TIFF")
    assert codes(tmp_path / "nameless") == []


@pytest.mark.parametrize(
    ("name", "data", "error"),
    [
        ("a.pdf", b"this was never a PDF", SourceBroken),
        ("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, SourceBroken),
        ("a.jpg", b"\xff\xd8\xff\xe0" + b"\0" * 40, SourceBroken),
        ("a.tif", b"II*\0" + b"\xff" * 40, SourceBroken),
        ("a.pdf", b"%PDF-1.7\n" + b"\0" * 400, SourceBroken),
        ("a.docx", b"PK\x03\x04" + b"\0" * 40, SourceUnsupported),
        ("a.pdf", b"PK\x03\x04" + b"\0" * 40, SourceUnsupported),
        ("a.doc", b"\xd0\xcf\x11\xe0" + b"\0" * 40, SourceUnsupported),
        ("a.bin", b"\0\1\2\3" * 20, SourceUnsupported),
        ("a.txt", "Uû ban nh©n d©n tØnh häp phiªn nhÊt".encode("cp1252"), SourceUnsupported),
    ],
)  # fmt: skip
def test_files_that_cannot_be_read_say_so(
    tmp_path: Path, name: str, data: bytes, error: type[SourceError]
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(error) as caught:
        open_source([path])
    assert name in caught.value.message
    assert caught.value.remedy


def test_legacy_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "cu.txt"
    path.write_bytes(("Uû ban nh©n d©n tØnh ®\u00b7 häp phiªn thø nhÊt " * 5).encode("cp1252"))
    with pytest.raises(SourceUnsupported, match="TCVN3"):
        open_source([path])


def test_folders_links_and_missing_files(tmp_path: Path) -> None:
    with pytest.raises(SourceUnsupported, match="folder"):
        open_source([tmp_path])
    with pytest.raises(SourceMissing, match=r"khong\.pdf"):
        open_source([tmp_path / "khong.pdf"])
    (tmp_path / "link.pdf").symlink_to(tmp_path / "khong.pdf")
    with pytest.raises(SourceMissing, match="link"):
        open_source([tmp_path / "link.pdf"])
    os.mkfifo(tmp_path / "pipe.pdf")
    with pytest.raises(SourceUnsupported, match="ordinary"):
        open_source([tmp_path / "pipe.pdf"])


def test_a_pdf_that_lost_its_page_tree_keeps_its_pages(maker: PdfMaker, tmp_path: Path) -> None:
    for _ in range(3):
        maker.page(maker.prose())
    whole = maker.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    lost = whole.replace(b"/Type /Catalog", b"/Typo /Catalog").replace(b"/Type /Pages", b"/Typo /P")
    path = tmp_path / "a.pdf"
    path.write_bytes(lost[: lost.rindex(b"xref")])
    with open_source([path]) as source:
        assert source.page_count == 3
        assert [len(source.page(number).lines) for number in (1, 2, 3)] == [7, 7, 7]
        assert [finding.code for finding in source.findings] == ["damaged-pdf-repaired"]


def test_pages_whose_content_was_cut_off_are_not_blank(maker: PdfMaker, tmp_path: Path) -> None:
    for _ in range(3):
        maker.page(maker.prose())
    whole = maker.bytes(object_stream_mode=pikepdf.ObjectStreamMode.disable)
    path = tmp_path / "a.pdf"
    path.write_bytes(whole[: len(whole) // 2])
    with open_source([path]) as source:
        last = source.page(source.page_count)
    assert last.image is None
    assert [finding.code for finding in last.findings] == ["page-broken"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page()
    path = maker.save(tmp_path / "a.pdf")
    path.chmod(0)
    with pytest.raises(SourceMissing, match="may not be read"):
        open_source([path])


def test_names_that_are_no_utf8(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    path = tmp_path / os.fsdecode(b"c\xf4ng v\xe3n.pdf")
    try:
        path.write_bytes(maker.bytes())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    with open_source([path]) as source:
        assert source.name == "c\ufffdng v\ufffdn.pdf"
        assert source.page(1).image is not None


def test_several_files_are_one_source_in_the_order_given(maker: PdfMaker, tmp_path: Path) -> None:
    maker.scan(300, 424).save(tmp_path / "2.png")
    maker.scan(400, 566).save(tmp_path / "1.png")
    paths = [tmp_path / "2.png", tmp_path / "1.png"]
    with open_source(paths, name="ho so") as source:
        assert (source.name, source.page_count, source.media_type) == ("ho so", 2, "image/png")
        assert [source.page(number).width for number in (1, 2)] == [300, 400]
        assert source.page(2).number == 2
        hashes = "".join(hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
        assert source.sha256 == hashlib.sha256(hashes.encode()).hexdigest()
        assert source.size_bytes == sum(path.stat().st_size for path in paths)


def test_the_same_file_gives_the_same_page_twice(maker: PdfMaker, tmp_path: Path) -> None:
    maker.page(maker.prose())
    with open_source([maker.save(tmp_path / "a.pdf")]) as source:
        first, second = source.page(1), source.page(1)
    assert first.lines == second.lines
    assert first.layer == second.layer


def test_settings_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="resolutions"):
        ReadSettings(min_dpi=500)
    with pytest.raises(ValueError, match="limits"):
        ReadSettings(max_megapixels=0)

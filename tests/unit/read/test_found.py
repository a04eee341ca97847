"""Finding documents: nothing is passed over without a word."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa.explain import CODES
from sohoa.read import find_sources
from sohoa.read.resolution import scan_dpi
from sohoa.read.sniff import FileKind, sniff

PDF, PNG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n"


def write(path: Path, data: bytes = PDF) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_files_given_by_name_come_as_they_are(tmp_path: Path) -> None:
    odd = write(tmp_path / "a.docx", b"PK\x03\x04")
    gone = tmp_path / "gone.pdf"
    found = find_sources([odd, gone])
    assert [(f.paths, f.relative, f.skipped) for f in found] == [
        ((odd,), Path("a.docx"), ""),
        ((gone,), Path("gone.pdf"), ""),
    ]


def test_folders_are_walked_in_order(tmp_path: Path) -> None:
    write(tmp_path / "b.pdf")
    write(tmp_path / "a" / "y.PNG", PNG)
    write(tmp_path / "a" / "x.txt", "chữ".encode())
    write(tmp_path / "a" / "nameless", PDF)
    write(tmp_path / ".hidden.pdf")
    write(tmp_path / ".git" / "c.pdf")
    found = find_sources([tmp_path])
    assert [str(f.relative) for f in found] == ["b.pdf", "a/nameless", "a/x.txt", "a/y.PNG"]
    assert not any(f.skipped for f in found)


def test_what_is_no_document_is_listed_with_a_reason(tmp_path: Path) -> None:
    write(tmp_path / "a.docx", b"PK\x03\x04" + b"\0" * 9)
    write(tmp_path / "b.json", b"{}")
    write(tmp_path / "c.bin", b"\0\1\2")
    write(tmp_path / "d.pdf", b"never a PDF")
    (tmp_path / "e.pdf").symlink_to(tmp_path / "none.pdf")
    (tmp_path / "f").mkdir()
    (tmp_path / "f" / "loop").symlink_to(tmp_path)
    found = {str(f.relative): f.skipped for f in find_sources([tmp_path])}
    assert found["d.pdf"] == ""  # it claims to be one: opening it says what is wrong
    assert found["a.docx"] == "skipped-office"
    assert found["b.json"] == "skipped-text"
    assert found["c.bin"] == "skipped-unknown"
    assert found["e.pdf"] == "skipped-dangling-link"
    assert found["f/loop"] == "skipped-folder-link"
    assert {code for code in found.values() if code} <= set(CODES)


def test_an_empty_folder_is_told(tmp_path: Path) -> None:
    (found,) = find_sources([tmp_path])
    assert found.skipped == "skipped-folder-empty"


def test_names_do_not_collide_and_files_come_once(tmp_path: Path) -> None:
    first, second = write(tmp_path / "a" / "x.pdf"), write(tmp_path / "b" / "x.pdf")
    third = write(tmp_path / "c" / "b" / "x.pdf")
    found = find_sources([first, second, first, third, tmp_path / "a"])
    assert [str(f.relative) for f in found] == ["x.pdf", "b/x.pdf", "x-2.pdf"]


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Bộ Mẫu: BM-01".encode(), FileKind.TEXT),
        (b"BM la bieu mau", FileKind.TEXT),
        (b"BM\x10\0\0\0\0\0", None),
        (b"junk %PDF-1.4", FileKind.PDF),
        (b"x" * 2000 + b"%PDF-1.4", FileKind.TEXT),
        (b"II*\0", FileKind.TIFF),
        (b"\xff\xd8\xff\xdb", FileKind.JPEG),
        (b"<html><body>", None),
        (b"  <?XML version", None),
        (b"\xff\xfea\0", FileKind.TEXT),
        (b"", None),
    ],
)
def test_kinds_by_content(head: bytes, kind: FileKind | None) -> None:
    assert sniff(head) is kind


@given(
    st.integers(1, 20_000),
    st.integers(1, 20_000),
    st.one_of(st.none(), st.floats(allow_nan=True, allow_infinity=True)),
)
def test_a_resolution_always_gives_a_sheet(width: int, height: int, stated: float | None) -> None:
    dpi = scan_dpi(width, height, stated)
    assert dpi >= 1.0
    assert min(width, height) / dpi <= 12.01

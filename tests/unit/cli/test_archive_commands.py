"""The archive's commands on results that are there already: nothing is recognized here."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner

from sohoa.cli.app import build_app
from sohoa.directive import Directive, Leaf
from sohoa.errors import SettingsError, SourceEmpty, StorageError
from sohoa.export import export_all, export_result
from sohoa.export.searchable_pdf import check_pdfa
from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, TextSource, Word
from sohoa.originals import original_of
from sohoa.read import open_source
from sohoa.record import Record, SourceInfo, Step, from_json
from sohoa.review import Correction, Kind
from sohoa.review.correction import to_dict
from sohoa.review.exchange import parse_lines


def leaf(value: str) -> Leaf:
    return Leaf(value, 0.95, "line", ("p1w1",))


def put_result(top: Path, number: int) -> None:
    """A scan (one picture) and its result, as ``sohoa digitize`` leaves them."""
    pixels = np.full((400, 300, 3), 250, np.uint8)
    pixels[50 + number : 70, 40:200] = (20, 20, 120)
    data = io.BytesIO()
    Image.fromarray(pixels).save(data, "JPEG", dpi=(200, 200))
    scan = top / "scans" / f"scan{number}x.jpg"
    scan.parent.mkdir(parents=True, exist_ok=True)
    scan.write_bytes(data.getvalue())
    words = (Word("p1w1", BBox(40, 50, 200, 70), "Chỉ", 0.9),)
    line = Line(words[0].bbox, words)
    page = Page(1, 300, 400, 36.3, (Block(line.bbox, (line,)),), TextSource.OCR)
    digest = hashlib.sha256(scan.read_bytes()).hexdigest()
    source = SourceInfo(scan.name, digest, "image/jpeg", len(data.getvalue()), 1)
    directive = Directive(
        number=leaf(str(number)), symbol=replace(leaf("CT/TW"), printed=f"{number:02}-CT/TW"),
        date=leaf(f"2024-03-{number:02}"), type=leaf("Chỉ thị"), title=leaf("về cây"),
        issuer=leaf("BAN MẪU"),
    )  # fmt: skip
    record = Record(f"id-{number}", source, (Step("read", "1"),), (page,), directive)
    folder = top / "out" / scan.name
    folder.mkdir(parents=True)
    for name, content in export_all(record).items():
        (folder / name).write_bytes(content)


@pytest.fixture
def batch(tmp_path: Path) -> Path:
    for number in (1, 2):
        put_result(tmp_path, number)
    (tmp_path / "meta.toml").write_text('fileCode = "G09.1"\nmode = "01"\n', encoding="utf-8")
    return tmp_path


def call(*arguments: Any) -> Any:
    result = CliRunner().invoke(build_app(), [str(each) for each in arguments])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def test_from_results_to_a_package_that_is_intact(batch: Path) -> None:
    scans = {path.name: path.read_bytes() for path in (batch / "scans").iterdir()}
    made = call(
        "package", batch / "scans", "--results", batch / "out", "--out", batch / "packages",
        "--metadata", batch / "meta.toml",
    )  # fmt: skip
    assert made.exit_code == 0
    (package,) = (batch / "packages").glob("*.zip")
    assert call("check-package", package).exit_code == 0
    assert {path.name: path.read_bytes() for path in (batch / "scans").iterdir()} == scans
    assert not [path for path in (batch / "packages").iterdir() if path.is_dir()]
    data = bytearray(package.read_bytes())
    data[len(data) // 3] ^= 1
    package.write_bytes(data)
    assert call("check-package", package).exit_code == 1


def test_one_package_a_document_and_kinds_that_exist(batch: Path) -> None:
    common = ("package", batch / "scans", "--results", batch / "out", "--out", batch / "packages")
    told = ("--metadata", batch / "meta.toml", "--kind")
    assert call(*common, *told, "SIP_tailieu").exit_code == 0
    assert len(list((batch / "packages").glob("*.zip"))) == 2
    with pytest.raises(SettingsError, match="AIP_hoso"):
        call(*common, *told, "box")
    with pytest.raises(StorageError, match="there already"):
        call(*common, *told, "SIP_tailieu")


def test_a_register_written_corrected_and_taken_back(batch: Path) -> None:
    register = batch / "register.xlsx"
    assert call("register", batch / "out", "--out", register).exit_code == 0
    book = load_workbook(register)
    book.worksheets[0]["B2"] = "7-CT/TW"
    book.save(register)
    done = call("register", batch / "out", "--apply", register, "--who", "Chị An")
    assert done.exit_code == 0
    record = from_json((batch / "out" / "scan1x.jpg" / "record.json").read_bytes())
    assert record.directive.number.value == "7"
    assert record.directive.number.found_by == "review"
    assert "7" in (batch / "out" / "scan1x.jpg" / "text.md").read_text(encoding="utf-8")
    other = from_json((batch / "out" / "scan2x.jpg" / "record.json").read_bytes())
    assert other.directive.number.value == "2"


def test_a_register_wants_one_thing_and_a_name(batch: Path) -> None:
    with pytest.raises(SettingsError):
        call("register", batch / "out")
    with pytest.raises(SettingsError):
        call("register", batch / "out", "--apply", batch / "register.xlsx")
    with pytest.raises(SourceEmpty):
        call("register", batch / "scans", "--out", batch / "a.csv")


def test_a_register_compared(batch: Path) -> None:
    register = batch / "theirs.csv"
    register.write_text("Số, ký hiệu;Trích yếu\n01-CT/TW;về cây\n02-CT/TW;về cây\n", "utf-8")
    same = call("register", batch / "out", "--compare", register)
    assert same.exit_code == 0
    register.write_text("Số, ký hiệu;Trích yếu\n09-CT/TW;chuyện khác hẳn\n", "utf-8")
    assert call("register", batch / "out", "--compare", register).exit_code == 1


def test_quality_and_parts_are_told(batch: Path) -> None:
    told = call("quality", batch / "scans", "--results", batch / "out", "--out", batch / "report")
    assert told.exit_code == 1
    assert "scan1x.jpg" in (batch / "report" / "quality.html").read_text(encoding="utf-8")
    assert "scan1x.jpg" in call("split", batch / "out").output
    with pytest.raises(SettingsError, match="tt05"):
        call("quality", batch / "scans", "--results", batch / "out", "--out", batch, "--rules", "x")


def test_formats_that_do_not_exist_stop_the_run_before_it_begins(batch: Path) -> None:
    with pytest.raises(SettingsError, match="no format 'docx'"):
        call("digitize", batch / "scans", "--out", batch / "new", "--formats", "pdf,docx")
    assert not (batch / "new").exists()


def test_a_register_taken_back_makes_all_formats_of_the_result_anew(batch: Path) -> None:
    folder = batch / "out" / "scan1x.jpg"
    scan = batch / "scans" / "scan1x.jpg"
    record = from_json((folder / "record.json").read_bytes())
    with open_source([scan]) as source:
        _, files = export_result(record, original_of(source, [scan]), ("pdf", "alto", "hocr"))
    for name, content in files.items():
        (folder / name).write_bytes(content)
    register = batch / "register.xlsx"
    call("register", batch / "out", "--out", register)
    book = load_workbook(register)
    row = [cell.value for cell in book.worksheets[0][2]]
    title = next(index for index, value in enumerate(row, 1) if "về cây" in str(value))
    book.worksheets[0].cell(2, title).value = f"{row[title - 1]} xanh"
    book.save(register)
    assert call("register", batch / "out", "--apply", register, "--who", "Chị An").exit_code == 0
    made = (folder / "searchable.pdf").read_bytes()
    with (
        pikepdf.open(io.BytesIO(made)) as pdf,
        pikepdf.open(io.BytesIO(files["searchable.pdf"])) as old,
    ):
        assert "xanh" in str(pdf.docinfo["/Title"])
        assert "xanh" not in str(old.docinfo["/Title"])
        assert contents_of(pdf) == contents_of(old)
    assert not check_pdfa(made)
    assert "xanh" in (folder / "text.hocr").read_text(encoding="utf-8")
    assert (folder / "alto-0001.xml").is_file()
    (line,) = parse_lines((folder / "corrections.jsonl").read_text(encoding="utf-8").splitlines())
    assert line.correction.who == "Chị An"


def contents_of(pdf: pikepdf.Pdf) -> list[bytes]:
    parts: Any = pdf.pages[0].obj.Contents
    return [each.read_bytes() for each in parts]


def test_who_corrected_and_when_stands_in_the_package(batch: Path) -> None:
    register = batch / "register.xlsx"
    call("register", batch / "out", "--out", register)
    book = load_workbook(register)
    book.worksheets[0]["B2"] = "7-CT/TW"
    book.save(register)
    call("register", batch / "out", "--apply", register, "--who", "Chị An")
    folder = batch / "out" / "scan1x.jpg"
    lines = (folder / "corrections.jsonl").read_text(encoding="utf-8")
    value = json.loads(lines.splitlines()[0])
    signed = Correction(Kind.SIGN_OFF, "Anh Bình", "2026-01-02T03:04:05+00:00")
    value["correction"] = to_dict(signed)
    (folder / "corrections.jsonl").write_text(
        lines + json.dumps(value, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    call(
        "package", batch / "scans", "--results", batch / "out", "--out", batch / "packages",
        "--metadata", batch / "meta.toml",
    )  # fmt: skip
    (package,) = (batch / "packages").glob("*.zip")
    told = b""
    with zipfile.ZipFile(package) as archive:
        for name in archive.namelist():
            if "PREMIS" in name:
                told += archive.read(name)
    text = told.decode()
    assert "Chị An" in text
    assert "Anh Bình" in text
    assert "<eventDateTime>2026-01-02T03:04:05+00:00</eventDateTime>" in text
    assert "person" in text


def test_parts_of_a_file_get_their_pages_as_a_pdf(tmp_path: Path) -> None:
    sample = Path(__file__).parents[3] / "samples" / "cong_van_clean.pdf"
    scan = tmp_path / "scans" / "both.pdf"
    scan.parent.mkdir()
    with pikepdf.open(sample) as pdf:
        pdf.pages.append(pdf.pages[0])
        pdf.save(scan)
    with open_source([scan]) as source:
        pages = []
        for number in (1, 2):
            image = source.page(number).image
            assert image is not None
            texts = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"Số: {number}/CV-BM")
            lines = tuple(
                Line(box, (Word(f"p{number}w{at}", box, text.replace(" ", "_"), 0.9),))
                for at, text in enumerate(texts, start=1)
                for box in (BBox(100, 100 * at, 900, 100 * at + 40),)
            )
            spaced = tuple(_spaced(line, number * 10 + at) for at, line in enumerate(lines))
            block = Block(BBox(100, 100, 900, 240), spaced)
            pages.append(Page(number, image.width, image.height, image.dpi, (block,)))
    info = SourceInfo(
        scan.name, hashlib.sha256(scan.read_bytes()).hexdigest(), "application/pdf",
        scan.stat().st_size, 2,
    )  # fmt: skip
    record = Record("two", info, (Step("read", "1"),), tuple(pages), Directive())
    folder = tmp_path / "out" / "both.pdf"
    folder.mkdir(parents=True)
    for name, content in export_all(record).items():
        (folder / name).write_bytes(content)
    call("split", tmp_path / "out", "--write", "--originals", scan.parent)
    for number in (1, 2):
        part = folder.with_name(f"both.pdf.{number}") / "searchable.pdf"
        document = pdfium.PdfDocument(part.read_bytes())
        assert len(document) == 1
        assert f"{number}/CV-BM" in document[0].get_textpage().get_text_range()
        document.close()
        assert not check_pdfa(part.read_bytes())


def _spaced(line: Line, start: int) -> Line:
    """The line with its one word parted where an underscore stands."""
    (word,) = line.words
    texts = word.text.split("_")
    step = line.bbox.width // len(texts)
    words = tuple(
        Word(
            f"{word.id}{start}{at}",
            BBox(line.bbox.left + at * step, line.bbox.top, line.bbox.left + at * step + step - 20,
                 line.bbox.bottom),
            text,
            0.9,
        )
        for at, text in enumerate(texts)
    )  # fmt: skip
    return Line(line.bbox, words)


def test_pictures_of_a_series_are_only_proposed_without_a_place_for_them(tmp_path: Path) -> None:
    for name in ("a_p1.png", "a_p2.png", "b.png"):
        Image.fromarray(np.full((60, 60), 255, np.uint8)).save(tmp_path / name)
    before = sorted(path.name for path in tmp_path.iterdir())
    told = call("join", tmp_path)
    assert told.exit_code == 0
    assert "a_p1.png, a_p2.png" in told.output
    assert "b.png" not in told.output
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert call("join", tmp_path / "b.png").exit_code == 1


def test_a_series_becomes_one_result(tmp_path: Path) -> None:
    for name in ("a_p1.png", "a_p2.png"):
        Image.fromarray(np.full((300, 200), 255, np.uint8)).save(tmp_path / name, dpi=(100, 100))
    call("join", tmp_path, "--out", tmp_path / "out", "--formats", "pdf")
    (found,) = (tmp_path / "out").rglob("record.json")
    assert len(from_json(found.read_bytes()).pages) == 2
    with pikepdf.open(found.with_name("searchable.pdf")) as pdf:
        assert len(pdf.pages) == 2

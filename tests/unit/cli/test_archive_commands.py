"""The archive's commands on results that are there already: nothing is recognized here."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from openpyxl import load_workbook
from PIL import Image
from typer.testing import CliRunner

from sohoa.cli.app import build_app
from sohoa.directive import Directive, Leaf
from sohoa.errors import SettingsError, SourceEmpty, StorageError
from sohoa.export import export_all
from sohoa.geometry import BBox
from sohoa.model import Block, Line, Page, TextSource, Word
from sohoa.record import Record, SourceInfo, Step, from_json


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

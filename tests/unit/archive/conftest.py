"""A batch of made-up papers for packages and registers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from sohoa.archive import OperatorMetadata, PackageDocument, PackageKind, PackageOrder
from sohoa.directive import Directive, Leaf
from sohoa.geometry import BBox
from sohoa.model import Block, Finding, Line, Page, Severity, TextSource, Word
from sohoa.record import Record, SourceInfo, Step

HANOI = timezone(timedelta(hours=7))
NOON = datetime(2026, 1, 2, 12, 0, tzinfo=HANOI)


def leaf(value: str, confidence: float = 0.95, printed: str | None = None) -> Leaf:
    return Leaf(value, confidence, "line", ("p1w1",), printed)


def make_record(number: int) -> Record:
    word = Word("p1w1", BBox(10, 10, 60, 30), "Chỉ", 0.9)
    line = Line(word.bbox, (word,))
    page = Page(1, 600, 800, 200.0, (Block(line.bbox, (line,)),), TextSource.OCR)
    directive = Directive(
        number=leaf(str(number)),
        symbol=leaf("CT/TW", printed=f"{number:02}-CT/TW"),
        date=leaf(f"2024-03-{number:02}"),
        type=leaf("Chỉ thị"),
        title=leaf(f"về việc thứ {number}"),
        issuer=leaf("BAN CHẤP HÀNH MẪU"),
    )
    source = SourceInfo(f"văn bản {number}.pdf", f"{number:064x}", "application/pdf", 10, 1)
    steps = (
        Step("sohoa", "0.1"), Step("read", "0.1"),
        Step("tesseract", "5.3", (("engine", "tesseract"),)), Step("spacing", "1"),
    )  # fmt: skip
    return Record(f"record-{number}", source, steps, (page,), directive)


def make_document(number: int, folder: Path) -> PackageDocument:
    folder.mkdir(parents=True, exist_ok=True)
    scan = folder / f"văn bản {number}.pdf"
    scan.write_bytes(b"%PDF-1.4 scan " + bytes([number]) * 50)
    return PackageDocument(
        record=make_record(number),
        pdf=b"%PDF-1.7 searchable " + bytes([number]) * 90,
        derived={"record.json": b"{}\n", "text.txt": "Chỉ\n".encode(), "alto-0001.xml": b"<a/>"},
        originals=(scan,),
        digitized_at="2025-12-30T08:00:00+07:00",
        processed_at="2026-01-01T09:00:00+07:00",
    )


@pytest.fixture
def operator() -> OperatorMetadata:
    common = {
        "fileCode": "G09.1.2024", "title": "Hồ sơ mẫu", "fonds": "PH01", "agency": "Kho Mẫu",
        "mode": "01", "maintenance": "01",
    }  # fmt: skip
    return OperatorMetadata(common, {"văn bản 2.pdf": {"keyword": "cây;hoa"}})


@pytest.fixture
def ten(tmp_path: Path) -> tuple[PackageDocument, ...]:
    return tuple(make_document(number, tmp_path / "scans") for number in range(1, 11))


@pytest.fixture
def order(operator: OperatorMetadata) -> PackageOrder:
    return PackageOrder(PackageKind.AIP_FILE, operator, NOON)


@pytest.fixture
def unsure() -> Record:
    record = make_record(3)
    findings = (Finding("date-unsure", Severity.WARNING, "The date is a guess.", 1),)
    directive = replace(record.directive, date=leaf("2024-03-03", 0.4), signer=Leaf(reason="none"))
    return replace(record, directive=directive, findings=findings)

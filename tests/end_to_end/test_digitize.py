"""The main job through the real program: samples in, results out, nothing lost, nothing hidden."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import jsonschema
import numpy as np
import pypdfium2
import pytest

from sohoa.evaluate import evaluate
from sohoa.imitate import DocumentKind, draft, marked_secret, to_pdf, typeset
from sohoa.record import json_schema

DOCUMENTS = ("cong_van_clean", "cong_van_good_scan", "huong_dan_poor_scan")


@dataclass(frozen=True)
class Run:
    """One call of the command: its folder of results, its exit code, its JSON lines by name."""

    out: Path
    code: int
    lines: dict[str, dict[str, Any]]
    errors: str


def digitize(out: Path, *sources: Path, settings: Path | None = None) -> Run:
    command = [sys.executable, "-m", "sohoa.cli.main", "digitize", *map(str, sources)]
    command += ["--out", str(out), "--json", "--jobs", "1"]
    command += ["--settings", str(settings)] if settings else []
    done = subprocess.run(
        command, capture_output=True, encoding="utf-8", check=False, env=dict(os.environ)
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    return Run(out, done.returncode, {line["name"]: line for line in lines}, done.stderr)


@pytest.fixture(scope="module")
def sources(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copies of a few samples, two broken files beside them, and a page turned on its head."""
    folder = tmp_path_factory.mktemp("scans")
    for name in DOCUMENTS:
        (folder / f"{name}.pdf").write_bytes((samples / f"{name}.pdf").read_bytes())
    (folder / "sub").mkdir()
    (folder / "sub" / "empty.pdf").write_bytes(b"")
    (folder / "sub" / "hỏng.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    page = pypdfium2.PdfDocument(samples / "cong_van_good_scan.pdf")[0].render(scale=150 / 72)
    pixels = np.ascontiguousarray(np.rot90(page.to_numpy(), 2))
    cv2.imwrite(str(folder / "turned.png"), pixels)
    return folder


@pytest.fixture(scope="module")
def run(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return digitize(tmp_path_factory.mktemp("out"), sources)


def record(run: Run, name: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads((run.out / name / "record.json").read_bytes())
    return value


def test_each_source_is_told_and_failures_end_with_1(run: Run) -> None:
    assert run.code == 1
    status = {name: line["status"] for name, line in run.lines.items()}
    assert status == {
        **{f"{name}.pdf": "done" for name in DOCUMENTS},
        "turned.png": "done",
        "sub/empty.pdf": "failed",
        "sub/hỏng.pdf": "failed",
    }
    assert run.lines["sub/empty.pdf"]["code"] == "source-empty"
    assert run.lines["sub/hỏng.pdf"]["code"] == "source-broken"
    assert "hỏng.pdf" in run.errors
    assert not (run.out / "sub").exists()


def test_originals_are_not_touched(run: Run, sources: Path, samples: Path) -> None:
    assert run.lines
    for name in DOCUMENTS:
        before = hashlib.sha256((samples / f"{name}.pdf").read_bytes()).hexdigest()
        assert hashlib.sha256((sources / f"{name}.pdf").read_bytes()).hexdigest() == before
        assert record(run, f"{name}.pdf")["source"]["sha256"] == before


@pytest.mark.parametrize("name", DOCUMENTS)
def test_records_follow_the_schema_and_hold_no_path(run: Run, name: str, sources: Path) -> None:
    folder = run.out / f"{name}.pdf"
    names = {path.name for path in folder.iterdir()}
    assert names == {"record.json", "text.txt", "text.md", "text.html", "document.xml"}
    jsonschema.validate(record(run, f"{name}.pdf"), json_schema())
    assert str(sources).encode() not in (folder / "record.json").read_bytes()


def test_the_text_is_what_the_paper_says(run: Run, samples: Path) -> None:
    report = evaluate(samples / "truth", run.out)
    pages = [page for each in report.documents if each.output for page in each.pages]
    assert len(pages) == 4
    for page in pages:
        assert page.folded.recall > 0.93, page.number
    assert report.restoration().numbers_harmed == 0


def test_good_embedded_text_is_used_as_it_is(run: Run) -> None:
    (page,) = record(run, "cong_van_clean.pdf")["pages"]
    assert (page["source"], page["layer"]["verdict"]) == ("embedded", "good")
    assert not any(
        word["edits"]
        for block in page["blocks"]
        for line in block["lines"]
        for word in line["words"]
    )


def test_fields_are_found_with_the_words_they_came_from(run: Run) -> None:
    directive = record(run, "cong_van_clean.pdf")["directive"]
    words = {
        word["id"]: word["text"]
        for page in record(run, "cong_van_clean.pdf")["pages"]
        for block in page["blocks"]
        for line in block["lines"]
        for word in line["words"]
    }
    assert directive["type"]["value"] == "Công văn"
    for name in ("issuer", "symbol", "place", "signer"):
        leaf = directive[name]
        assert leaf["value"], name
        assert leaf["confidence"] > 0.5, name
        printed = " ".join(words[each] for each in leaf["words"])
        assert leaf["value"].split()[0].casefold() in printed.casefold()


def test_a_page_upside_down_is_read_and_its_boxes_lead_to_the_ink(run: Run, sources: Path) -> None:
    (page,) = record(run, "turned.png")["pages"]
    assert abs(page["angle_deg"] - 180) < 2
    pixels = cv2.imread(str(sources / "turned.png"), cv2.IMREAD_GRAYSCALE)
    assert pixels is not None
    assert (page["width"], page["height"]) == (pixels.shape[1], pixels.shape[0])
    words = [w for b in page["blocks"] for line in b["lines"] for w in line["words"]]
    assert len(words) > 100
    inked = 0
    for word in words:
        box = word["bbox"]
        part = pixels[box["top"] : box["bottom"], box["left"] : box["right"]]
        inked += part.size > 0 and part.min() < 128
    assert inked / len(words) > 0.98


def test_the_same_source_gives_the_same_bytes(run: Run, sources: Path, tmp_path: Path) -> None:
    again = digitize(tmp_path / "again", sources / "cong_van_good_scan.pdf")
    assert again.code == 0
    for name in ("record.json", "text.txt", "text.md"):
        first = (run.out / "cong_van_good_scan.pdf" / name).read_bytes()
        assert (again.out / "cong_van_good_scan.pdf" / name).read_bytes() == first


def test_a_secret_paper_is_set_aside(tmp_path: Path) -> None:
    paper = marked_secret(draft(DocumentKind.STATE_LETTER, 3))
    (tmp_path / "mat.pdf").write_bytes(to_pdf(typeset(paper)))
    refused = digitize(tmp_path / "out", tmp_path / "mat.pdf")
    assert refused.code == 1
    assert refused.lines["mat.pdf"]["code"] == "secret-document"
    assert not (tmp_path / "out" / "mat.pdf").exists()
    leave = tmp_path / "leave.toml"
    leave.write_text("[output]\nallow_secret = true\n")
    allowed = digitize(tmp_path / "out", tmp_path / "mat.pdf", settings=leave)
    marks = record(allowed, "mat.pdf")["directive"]["marks"]
    assert [(mark["kind"], mark["value"]["value"]) for mark in marks] == [("secrecy", "MẬT")]


def test_two_sources_of_one_name_have_a_folder_each(tmp_path: Path, samples: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        data = (samples / "cong_van_clean.pdf").read_bytes()
        (tmp_path / name / "x.pdf").write_bytes(data + name.encode())
    result = digitize(tmp_path / "out", tmp_path / "a" / "x.pdf", tmp_path / "b" / "x.pdf")
    assert result.code == 0
    assert len({line["folder"] for line in result.lines.values()}) == 2

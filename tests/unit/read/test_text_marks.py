"""Lines that are not the document's own: signatures' text, an extractor's, a portal's."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from sohoa.model import LineKind
from sohoa.read.esign import find_signature_lines, reads_as_signature
from sohoa.read.extracted import kinds_of_lines

CASES = Path(__file__).resolve().parents[2] / "cases"


def cases(name: str) -> list[Any]:
    loaded = json.loads((CASES / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["what"]) for case in loaded]


@pytest.mark.parametrize("case", cases("read_signature_lines.json"))
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_signature_lines(case: dict[str, Any], form: Any) -> None:
    lines = [unicodedata.normalize(form, line) for line in case["lines"]]
    assert sorted(find_signature_lines(lines)) == case["esign"]


@pytest.mark.parametrize("case", cases("read_extracted_text.json"))
def test_extracted_text(case: dict[str, Any]) -> None:
    kinds = [kind for page in kinds_of_lines(case["pages"]) for kind in page]
    assert [i for i, kind in enumerate(kinds) if kind is LineKind.ESIGN] == case["esign"]
    assert [i for i, kind in enumerate(kinds) if kind is LineKind.PORTAL] == case["portal"]


@pytest.mark.parametrize("text", ["27", "05", "27-CT/TU", "Nguyễn Văn Mẫu", "KT. CHỦ TỊCH", ""])
def test_what_fields_draw_for_the_document(text: str) -> None:
    assert not reads_as_signature(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ký bởi: Uỷ ban",
        "TRUNG TÂM MẪU\nmau@vidu.gov.vn\n09.01.2025 10:21:11 +07:00",
        "Người ký: Sở Mẫu",
        "SAO Y; UỶ BAN MẪU;\nThời gian ký: 19/02/2025 08:34:29",
        "Digitally signed by A",
    ],
)
def test_what_fields_draw_for_the_signature(text: str) -> None:
    assert reads_as_signature(text)

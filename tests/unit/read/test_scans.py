"""Verdicts on the real scans beside the project: each is what its list says it is."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from sohoa.model import LayerVerdict
from sohoa.read import open_source

pytestmark = pytest.mark.scans

EXPECTED = {
    "no": {LayerVerdict.NONE},
    "stamp-only": {LayerVerdict.STAMP, LayerVerdict.NONE},
    "foreign_layer": {LayerVerdict.FOREIGN},
    "born_digital": {LayerVerdict.GOOD, LayerVerdict.NONE},
}


def test_every_page_gets_the_verdict_that_the_list_says(scans: Path) -> None:
    wrong = []
    with (scans / "MANIFEST.tsv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream, delimiter="\t"))
    for row in rows:
        folder = row["file"].split("/")[0]
        said = row["embedded text"].split("(")[0].split(";")[0]
        expected = EXPECTED.get(folder) or EXPECTED[said]
        with open_source([scans / row["file"]]) as source:
            assert source.page_count == int(row["pages"])
            pages = [source.page(number) for number in range(1, min(source.page_count, 2) + 1)]
        wrong += [
            (row["file"], page.number, page.layer)
            for page in pages
            if page.layer.verdict not in expected or page.image is None
        ]
        if LayerVerdict.NONE not in (verdicts := {page.layer.verdict for page in pages[:1]}):
            assert verdicts <= expected
    assert wrong == []

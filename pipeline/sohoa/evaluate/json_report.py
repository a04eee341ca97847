"""The evaluation as JSON: totals first, then each document; no page texts."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sohoa.evaluate.calibration import Bin, calibration_error
from sohoa.evaluate.fields import Outcome
from sohoa.evaluate.items import ItemCounts, ListResult
from sohoa.evaluate.report import DocumentReport, FieldRow, Report
from sohoa.evaluate.text_measures import TextCounts


def to_json(report: Report) -> bytes:
    """UTF-8 JSON with one trailing newline; rates are rounded to four places."""
    value = {
        "documents_with_truth": len(report.documents),
        "missing": list(report.missing),
        "problems": list(report.problems),
        "without_truth": list(report.without_truth),
        "text": {
            "pages": sum(1 for _ in report.pages()),
            "folded": _text(report.text(folded=True)),
            "unfolded": _text(report.text(folded=False)),
            "by_kind": {
                kind or "unknown": _text(report.text(folded=True, kind=kind))
                for kind in report.kinds()
            },
        },
        "fields": [_field_row(row) for row in report.field_rows()],
        "lists": [
            {"name": name, "matched_by": way, **_items(counts)}
            for name, way, counts in report.list_rows()
        ],
        "restoration": asdict(report.restoration()),
        "calibration": _calibration(report.calibration()),
        "documents": [_document(document) for document in report.documents],
    }
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def _text(counts: TextCounts) -> dict[str, Any]:
    rates = {
        name: round(getattr(counts, name), 4) for name in ("wer", "cer", "recall", "precision")
    }
    return {**rates, **asdict(counts)}


def _items(counts: ItemCounts) -> dict[str, Any]:
    rates = {name: round(getattr(counts, name), 4) for name in ("f1", "precision", "recall")}
    return {**rates, **asdict(counts)}


def _field_row(row: FieldRow) -> dict[str, Any]:
    return {
        "name": row.name,
        "handwritten": row.handwritten,
        "on_paper": row.on_paper,
        "exact": round(row.exact, 4),
        "folded": round(row.folded, 4),
        **{f"count_{outcome.value}": row.count(outcome) for outcome in Outcome},
        "sure_and_wrong": row.sure_and_wrong,
    }


def _calibration(bins: Sequence[Bin]) -> dict[str, Any]:
    return {
        "expected_error": round(calibration_error(bins), 4),
        "bins": [
            {
                "from": each.start,
                "words": each.words,
                "mean_confidence": round(each.mean_confidence, 4),
                "share_right": round(each.share_right, 4),
            }
            for each in bins
        ],
    }


def _list(result: ListResult) -> dict[str, Any]:
    return {
        "name": result.name,
        **{variant: _items(counts) for variant, counts in result.variants},
        "missed": list(result.missed),
        "extra": list(result.extra),
    }


def _document(document: DocumentReport) -> dict[str, Any]:
    return {
        "name": document.name,
        "output": document.output,
        "problems": list(document.problems),
        "pages": [
            {
                "number": page.number,
                "kind": page.kind,
                "problem": page.problem,
                "folded": _text(page.folded),
                "unfolded": _text(page.strict),
                "restoration": asdict(page.restoration) if page.restoration else None,
            }
            for page in document.pages
        ],
        "fields": [{**asdict(field), "outcome": field.outcome.value} for field in document.fields],
        "lists": [_list(result) for result in document.lists],
    }

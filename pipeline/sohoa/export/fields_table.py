"""``fields.csv`` and ``fields.jsonl``: the fields of papers, one row a document.

The same columns for every document, so that many files become one table by putting them one below
the other (``to_csv`` and ``to_jsonl`` take many records at once). A number is a guess where
``number_confidence`` is below 0.5; the date likewise.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping

from sohoa.directive import Leaf
from sohoa.export.plain_text import printable
from sohoa.record import Record

_FIELDS = (
    "family", "type", "number", "symbol", "date", "place", "superior", "issuer", "title",
    "position", "signer", "effective", "expiry",
)  # fmt: skip
_LISTS = ("addressees", "legal_bases", "authority", "recipients")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_csv(record: Record) -> bytes:
    """A header and one row."""
    return to_csv((record,))


def export_jsonl(record: Record) -> bytes:
    """One JSON object on one line."""
    return to_jsonl((record,))


def to_csv(records: Iterable[Record]) -> bytes:
    """UTF-8 with a byte order mark, for spreadsheets; lists are joined with ``; ``.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it: OCR text is
    foreign input.
    """
    rows = [row_of(record) for record in records]
    columns = list(row_of(None))
    return table((columns, *([_cell(row[name]) for name in columns] for row in rows)))


def to_jsonl(records: Iterable[Record]) -> bytes:
    """UTF-8, an object a line; an unknown field is null."""
    lines = (json.dumps(row_of(record), ensure_ascii=False) for record in records)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", errors="replace")


def table(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of cells as CSV, safe to open in a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + buffer.getvalue()).encode("utf-8", errors="replace")


def row_of(record: Record | None) -> Mapping[str, object]:
    """The row of a document; of None: the columns alone."""
    from sohoa.directive import Directive

    paper = record.directive if record else Directive()
    row: dict[str, object] = {
        "source": record.source.name if record else None,
        "sha256": record.source.sha256 if record else None,
        "id": record.id if record else None,
        "uri": paper.uri,
    }
    for name in _FIELDS:
        leaf: Leaf = getattr(paper, name)
        row[name] = leaf.value
        if name in ("number", "date"):
            row[f"{name}_confidence"] = leaf.confidence
    for name in _LISTS:
        row[name] = [leaf.value for leaf in getattr(paper, name) if leaf.value]
    block = paper.copy_block
    row["copy_kind"] = block.kind.value if block else None
    row["copy_number"] = (block.symbol.printed or block.number.value) if block else None
    row["copy_date"] = block.date.value if block else None
    row["copy_issuer"] = block.issuer.value if block else None
    row["citations"] = [each.uri or each.raw for each in paper.citations]
    row["tasks"] = len(paper.tasks)
    row["findings"] = sorted({finding.code for finding in record.findings}) if record else []
    return row


def _cell(value: object) -> str:
    if isinstance(value, list):
        return "; ".join(str(each) for each in value)
    return "" if value is None else str(value)


def _plain(cell: str) -> str:
    text = " ".join(printable(cell).split())
    return f"'{text}" if text.startswith(_FORMULA) else text

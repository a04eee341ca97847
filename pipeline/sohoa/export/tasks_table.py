"""``tasks.csv``: what a paper orders, a row a task: a table that an office can work from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sohoa.directive import Quote
from sohoa.export.fields_table import table
from sohoa.record import Record

_COLUMNS = (
    "paper", "unit", "bodies", "action", "deadline", "due", "target", "confidence", "check",
)  # fmt: skip


def export(record: Record) -> bytes:
    """A header and a row for each task; ``check`` says why a row must be checked, empty if not."""
    return to_csv((record,))


def to_csv(records: Iterable[Record]) -> bytes:
    """The tasks of many papers in one table."""
    return table((_COLUMNS, *(row for record in records for row in _rows(record))))


def _rows(record: Record) -> Iterator[tuple[str, ...]]:
    paper = record.directive
    name = paper.uri or paper.symbol.printed or record.source.name
    for task in paper.tasks:
        yield (
            name, task.unit, _joined(task.bodies), task.action.text, _joined(task.deadlines),
            task.due or "", _joined(task.targets), f"{task.confidence:.2f}", task.doubt or "",
        )  # fmt: skip


def _joined(quotes: tuple[Quote, ...]) -> str:
    return "; ".join(quote.text for quote in quotes)

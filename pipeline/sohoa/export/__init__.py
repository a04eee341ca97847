"""From a record to files: one module for each format, one table, one way to write.

A format is a pure function from a record to bytes, without a clock: the same record gives the same
bytes. To add one, write a module with ``export(record) -> bytes`` and add a line to ``FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sohoa.export import markdown, plain_text, record_json
from sohoa.export.storage import write_atomically, write_result
from sohoa.record import Record

__all__ = ["FORMATS", "Format", "export_all", "write_atomically", "write_result"]


@dataclass(frozen=True, slots=True)
class Format:
    """An export: its short name, the file it becomes in a result folder, and how it is made."""

    name: str
    file_name: str
    export: Callable[[Record], bytes]


FORMATS: tuple[Format, ...] = (
    Format("json", "record.json", record_json.export),
    Format("text", "text.txt", plain_text.export),
    Format("markdown", "text.md", markdown.export),
)


def export_all(record: Record, formats: tuple[Format, ...] = FORMATS) -> dict[str, bytes]:
    """All files of a result folder, by file name."""
    return {each.file_name: each.export(record) for each in formats}

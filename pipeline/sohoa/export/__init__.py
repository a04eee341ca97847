"""From a record to files: one module for each format, one line in a table, one way to write.

A format is a pure function, without a clock: the same record (and original) gives the same bytes.
To add one that needs the record alone, write a module with ``export(record) -> bytes`` and add a
line to ``FORMATS``; one file a page: ``export(record, page)`` and ``PAGE_FORMATS``; one that needs
the original's pictures too: ``make(record, original)`` and ``PICTURE_FORMATS``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace

from sohoa.errors import SettingsError
from sohoa.export import (
    akoma_ntoso,
    alto,
    fields_table,
    hocr,
    html_page,
    markdown,
    plain_text,
    record_json,
    searchable_pdf,
    tasks_table,
)
from sohoa.export.original import Exported, Original, OriginalFile
from sohoa.export.storage import write_atomically, write_result
from sohoa.model import Page
from sohoa.record import Record

__all__ = [
    "FORMATS",
    "PAGE_FORMATS",
    "PICTURE_FORMATS",
    "Exported",
    "Format",
    "Original",
    "OriginalFile",
    "PageFormat",
    "PictureFormat",
    "export_all",
    "export_result",
    "format_names",
    "formats_among",
    "write_atomically",
    "write_result",
]


@dataclass(frozen=True, slots=True)
class Format:
    """An export: its short name, the file it becomes in a result folder, and how it is made.

    ``by_default``: made where nobody names formats.
    """

    name: str
    file_name: str
    export: Callable[[Record], bytes]
    by_default: bool = True


@dataclass(frozen=True, slots=True)
class PageFormat:
    """An export of one file a page; ``{page}`` in ``file_name`` is the page's number."""

    name: str
    file_name: str
    export: Callable[[Record, Page], bytes]


@dataclass(frozen=True, slots=True)
class PictureFormat:
    """An export that needs the original's page pictures."""

    name: str
    file_name: str
    make: Callable[[Record, Original], Exported]


FORMATS: tuple[Format, ...] = (
    Format("json", "record.json", record_json.export),
    Format("text", "text.txt", plain_text.export),
    Format("markdown", "text.md", markdown.export),
    Format("akn", "document.xml", akoma_ntoso.export),
    Format("html", "text.html", html_page.export),
    Format("tasks", "tasks.csv", tasks_table.export, by_default=False),
    Format("csv", "fields.csv", fields_table.export_csv, by_default=False),
    Format("jsonl", "fields.jsonl", fields_table.export_jsonl, by_default=False),
    Format("hocr", "text.hocr", hocr.export, by_default=False),
)
PAGE_FORMATS: tuple[PageFormat, ...] = (PageFormat("alto", "alto-{page:04}.xml", alto.export),)
PICTURE_FORMATS: tuple[PictureFormat, ...] = (
    PictureFormat("pdf", "searchable.pdf", searchable_pdf.make),
)


def format_names() -> tuple[str, ...]:
    """Short names of all formats, in the order of the tables."""
    paged = (each.name for each in PAGE_FORMATS)
    pictured = (each.name for each in PICTURE_FORMATS)
    return (*(each.name for each in FORMATS), *paged, *pictured)


def formats_among(files: Collection[str]) -> tuple[str, ...]:
    """Formats of which the files of a result folder are made, by the files' names."""
    told = [(each.name, each.file_name) for each in FORMATS]
    told += [(each.name, each.file_name.format(page=1)) for each in PAGE_FORMATS]
    told += [(each.name, each.file_name) for each in PICTURE_FORMATS]
    return tuple(name for name, file in told if file in files)


def export_all(record: Record, formats: tuple[Format, ...] | None = None) -> dict[str, bytes]:
    """Files that need the record alone, by file name; the default ones where none is named."""
    chosen = formats or tuple(each for each in FORMATS if each.by_default)
    return {each.file_name: each.export(record) for each in chosen}


def export_result(
    record: Record, original: Original | None, names: Sequence[str] = ()
) -> tuple[Record, dict[str, bytes]]:
    """All files of a result folder, and the record with what the exports found added to it.

    ``names``: formats to make; none: the default ones. The record's own JSON is always made: it is
    what a result folder is known by. ``SettingsError`` for a name that is no format.
    """
    check_names(names)
    files: dict[str, bytes] = {}
    for form in PICTURE_FORMATS:
        if form.name in names and original is not None:
            made = form.make(record, original)
            files[form.file_name] = made.data
            record = replace(record, findings=(*record.findings, *made.findings))
    for paged in PAGE_FORMATS:
        if paged.name in names:
            for page in record.pages:
                files[paged.file_name.format(page=page.number)] = paged.export(record, page)
    text = tuple(
        each
        for each in FORMATS
        if each.name in names or each.name == "json" or (not names and each.by_default)
    )
    return record, {**export_all(record, text), **files}


def check_names(names: Sequence[str]) -> None:
    """Raise ``SettingsError`` for a name that is no format."""
    for name in names:
        if name not in format_names():
            raise SettingsError(
                f"There is no format {name!r}.", remedy=f"Known: {', '.join(format_names())}."
            )

"""What the operator says of a batch: from TOML, CSV or XLSX.

TOML: keys at the top hold for all documents, ``[documents."name.pdf"]`` for one. CSV and XLSX: a
row a document, found by the column ``file`` (tệp), other columns named by field or by its
Vietnamese name; a row without a file holds for all.
"""

from __future__ import annotations

import io
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sohoa.archive.csv_reading import csv_rows
from sohoa.archive.fields import Level, profile
from sohoa.errors import SettingsError

_FILE_COLUMNS = frozenset({"file", "tệp", "tên tệp", "tệp gốc"})
# Said by the operator about the work itself, beside the fields of the profile.
_OWN = ("fileCode", "fonds", "fondsName", "agency", "digitizedAt", "digitizedBy", "ordinal")


@dataclass(frozen=True, slots=True)
class OperatorMetadata:
    """Values by field name: for all documents, and for single ones by the name of their file."""

    common: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def of(self, name: str) -> dict[str, str]:
        """What holds for the document of this file: its own values over the common ones."""
        own = self.documents.get(unicodedata.normalize("NFC", name), {})
        return {**self.common, **own}


def read_operator_metadata(path: Path) -> OperatorMetadata:
    """Read such a file; ``SettingsError`` names what is wrong with it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}).") from error
    suffix = path.suffix.lower()
    try:
        if suffix == ".toml":
            return _from_toml(data, path)
        rows = _xlsx_rows(data) if suffix == ".xlsx" else csv_rows(data)
    except (ValueError, KeyError, OSError) as error:
        raise SettingsError(f"{path}: cannot be understood: {error}.") from error
    return _from_rows(rows, path)


def _from_toml(data: bytes, path: Path) -> OperatorMetadata:
    values = tomllib.loads(data.decode("utf-8"))
    documents = values.pop("documents", {})
    if not isinstance(documents, dict):
        raise SettingsError(f'{path}: documents is a section: write [documents."name.pdf"].')
    return OperatorMetadata(
        {_field(key, path): _text(value) for key, value in values.items()},
        {
            unicodedata.normalize("NFC", name): {
                _field(key, path): _text(value) for key, value in own.items()
            }
            for name, own in documents.items()
        },
    )


def _from_rows(rows: Iterable[list[object]], path: Path) -> OperatorMetadata:
    lines = [row for row in rows if any(_text(cell) for cell in row)]
    if not lines:
        raise SettingsError(f"{path}: there is nothing in it.")
    heads = [_text(cell) for cell in lines[0]]
    names = ["" if _is_file(head) else _field(head, path) if head else "?" for head in heads]
    if "" not in names:
        raise SettingsError(f"{path}: no column says which file a row is about.", remedy="file")
    common: dict[str, str] = {}
    documents: dict[str, Mapping[str, str]] = {}
    for row in lines[1:]:
        cells = [_text(cell) for cell in row] + [""] * len(names)
        own = {
            name: cell
            for name, cell in zip(names, cells, strict=False)
            if name not in ("", "?") and cell
        }
        file = unicodedata.normalize("NFC", cells[names.index("")])
        if file:
            documents[file] = own
        else:
            common |= own
    return OperatorMetadata(common, documents)


def _is_file(head: str) -> bool:
    return head.casefold() in _FILE_COLUMNS


def _field(name: str, path: Path) -> str:
    """A field's name, from itself or from its Vietnamese name."""
    known = {each: each for each in _OWN}
    for level in Level:
        for each in profile(level):
            known.setdefault(each.name, each.name)
            known.setdefault(each.label.casefold(), each.name)
    found = known.get(name) or known.get(unicodedata.normalize("NFC", name).casefold())
    if found is None:
        fields = sorted(set(known.values()))
        raise SettingsError(
            f"{path}: there is no field {name!r}.", remedy=f"Known: {', '.join(fields)}."
        )
    return found


def _text(value: object) -> str:
    import datetime

    if value is None:
        return ""
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        value = value.date()
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, list):
        return ";".join(_text(each) for each in value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return unicodedata.normalize("NFC", " ".join(str(value).split()))


def _xlsx_rows(data: bytes) -> list[list[object]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile) as error:
        raise ValueError(str(error)) from error
    sheet = book.worksheets[0]
    return [list(row) for row in sheet.iter_rows(values_only=True)]

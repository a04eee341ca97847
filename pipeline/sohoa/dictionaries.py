"""Where the dictionaries lie, and how a table is read.

A table is a ``.tsv`` (UTF-8, NFC): first a header of ``# key: value`` lines (title, source,
licence, columns, version, built), then one row a line. In a checkout they are read from
``dictionaries/``, in an installed wheel from ``sohoa/_dictionaries``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sohoa.errors import DictionaryError

_REQUIRED = ("title", "source", "licence", "columns", "version", "built")


@dataclass(frozen=True, slots=True)
class Table:
    """A dictionary table: its header, its column names, its rows."""

    name: str
    header: tuple[tuple[str, str], ...]
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> tuple[str, ...]:
        """All values of one column; ``DictionaryError`` for a column that is not there."""
        if name not in self.columns:
            raise DictionaryError(f"{self.name} has no column {name!r}: {', '.join(self.columns)}.")
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)

    def records(self) -> tuple[dict[str, str], ...]:
        return tuple(dict(zip(self.columns, row, strict=True)) for row in self.rows)


@cache
def dictionaries_folder() -> Path:
    """The folder of the shipped dictionaries; the checkout's own comes first."""
    package = Path(__file__).resolve().parent
    for folder in (package.parent.parent / "dictionaries", package / "_dictionaries"):
        if folder.is_dir() and any(folder.iterdir()):
            return folder
    raise DictionaryError(
        f"No dictionaries beside {package}.",
        remedy="Install the package again: pip install --force-reinstall sohoa.",
    )


def dictionary_path(name: str) -> Path:
    """The path of one dictionary file; ``DictionaryError`` where it is missing."""
    path = dictionaries_folder() / name
    if not path.is_file():
        raise DictionaryError(
            f"The dictionary {name} is missing in {path.parent}.",
            remedy="Install the package again, or build it: make dictionaries CORPUS=folder.",
        )
    return path


@cache
def read_table(name: str) -> Table:
    """Read ``<name>.tsv``; ``DictionaryError`` where it breaks the promise of its header."""
    path = dictionary_path(f"{name}.tsv")
    header: list[tuple[str, str]] = []
    rows: list[tuple[str, ...]] = []
    columns: tuple[str, ...] = ()
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("# ") and not rows:
            key, _, value = line[2:].partition(":")
            header.append((key.strip(), value.strip()))
            if key.strip() == "columns":
                columns = tuple(value.split())
            continue
        row = tuple(line.split("\t"))
        if len(row) != len(columns):
            raise DictionaryError(
                f"{path.name}, line {number}: {len(row)} columns, {len(columns)} promised."
            )
        rows.append(row)
    missing = [key for key in _REQUIRED if key not in dict(header)]
    if missing:
        raise DictionaryError(f"{path.name}: the header lacks {', '.join(missing)}.")
    return Table(name, tuple(header), columns, tuple(rows))

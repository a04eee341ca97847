"""The table of what engines without Vietnamese make of each letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sohoa.build.channels import pair_files, read_pairs
from sohoa.build.tables import TableHeader, write_table
from sohoa.restore.confusion_learning import learn_confusions

_LEAST_COUNT = 3


def build_foreign_confusions(corpus: Path, folder: Path) -> None:
    """Learn ``foreign_confusions.tsv`` from the corpus folder's pairs; without any it stays."""
    files = pair_files(corpus, foreign=True)
    if files:
        names = ", ".join(path.name for path in files)
        write_confusions(learn_confusions(read_pairs(files)), folder, f"aligned words of {names}")


def write_confusions(counts: Counter[tuple[str, str]], folder: Path, source: str) -> None:
    """Write the counts as a table; rare ones are left out."""
    header = TableHeader(
        title="What engines without Vietnamese read for each printed letter",
        source=source,
        columns=("letter", "read", "count"),
        built="python -m sohoa.build (pairs/*foreign*.tsv); read signs as code points",
    )
    rows: list[Sequence[str]] = [
        (letter, " ".join(f"U+{ord(sign):04X}" for sign in read) or "-", str(count))
        for (letter, read), count in sorted(counts.items())
        if count >= _LEAST_COUNT
    ]
    write_table(folder / "foreign_confusions.tsv", header, rows)

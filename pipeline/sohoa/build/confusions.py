"""The table of what engines without Vietnamese make of each letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from sohoa.build.tables import TableHeader, write_table
from sohoa.restore.confusion_learning import learn_confusions

_LEAST_COUNT = 3


def build_confusions(pairs: Sequence[tuple[str, str]], folder: Path, source: str) -> None:
    """Learn from (printed, read) words and write ``foreign_confusions.tsv``."""
    write_confusions(learn_confusions(pairs), folder / "foreign_confusions.tsv", source)


def write_confusions(counts: Counter[tuple[str, str]], path: Path, source: str) -> None:
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
    write_table(path, header, rows)

"""How often an engine reads other marks on a letter, counted over aligned readings.

The counts are printed, not written: the shipped rates (``mark_confusions.tsv``) are rounded by hand
between what clean scans show and what real ones do, since clean pages under-rate lost tones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sohoa.lexicon import fold_key
from sohoa.restore.channel import change_of, kind_of
from sohoa.vietnamese import nfc, strip_marks

_OUTER = '.,;:()"“”!?'
_REPEATS = 5  # one confusion of one word says no more after this many sightings


def pair_files(corpus: Path, *, foreign: bool) -> tuple[Path, ...]:
    """The files of aligned readings in a corpus folder's ``pairs``; a file name with ``foreign`` in
    it holds what an engine without Vietnamese read.
    """
    found = sorted((corpus / "pairs").glob("*.tsv"))
    return tuple(path for path in found if ("foreign" in path.name) is foreign)


def read_pairs(files: tuple[Path, ...]) -> Iterator[tuple[str, str]]:
    """(printed, read) words of the files, whose columns are position, read, printed."""
    for path in files:
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            cells = line.split("\t")
            if len(cells) == 3:
                yield nfc(cells[2]), nfc(cells[1])


def count_changes(pairs: Iterator[tuple[str, str]]) -> dict[tuple[str, str], tuple[int, int]]:
    """For each (kind of letter, kind of change): how often it happened, of how many letters."""
    letters: Counter[str] = Counter()
    changes: Counter[tuple[str, str]] = Counter()
    seen: Counter[tuple[str, str]] = Counter()
    for printed_word, read_word in pairs:
        printed, read = printed_word.strip(_OUTER), read_word.strip(_OUTER)
        if not printed.isalpha() or strip_marks(printed.lower()) != strip_marks(read.lower()):
            continue
        seen[printed, read] += 1
        if printed != read and seen[printed, read] > _REPEATS:
            continue
        for one, other in zip(fold_key(printed), fold_key(read), strict=True):
            letters[kind_of(one)] += 1
            if one != other:
                changes[change_of(one, other)] += 1
    return {key: (count, letters[key[0]]) for key, count in sorted(changes.items())}


def report_channels(corpus: Path) -> None:
    """Print the rates found in the corpus folder's ``pairs``, if it has any."""
    files = pair_files(corpus, foreign=False)
    if not files:
        return
    print("changes of marks in the aligned readings:")
    for (kind, change), (count, total) in count_changes(read_pairs(files)).items():
        print(f"  {kind}: {change}: {count} of {total} ({count / total:.5f})")

"""What an engine without Vietnamese makes of a syllable: log P(read | printed) for all at once.

Each printed letter gives none to three read signs (learned counts, see
``sohoa.build.confusions``); what was never seen has a price by the kind of letter. All syllables of
the lexicon are scored together along a trie of their letters.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from sohoa.dictionaries import read_table
from sohoa.vietnamese import strip_marks

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Logs = NDArray[np.float32]
    Ids = NDArray[np.int64]

_LONGEST = 3
_OWN_WEIGHT = 3.0  # sightings that the general prices count for
_NEVER = -1e9
_BEAM = 12.0  # prefixes this far (nats) behind the best of the same length are dropped
Counts = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True, eq=False)
class Level:
    """The nodes of one depth: their letter and the syllable that ends there (-1 for none), and for
    each node of the depth above where its children begin and how many there are.
    """

    signs: Ids
    syllables: Ids
    child_starts: Ids
    child_counts: Ids


@dataclass(frozen=True, slots=True, eq=False)
class Trie:
    """The letters of all syllables, depth by depth."""

    syllables: tuple[str, ...]
    letters: tuple[str, ...]
    levels: tuple[Level, ...]


@cache
def syllable_trie() -> Trie:
    """The trie of the shipped lexicon's syllables."""
    import numpy as np

    rows = read_table("words").records()
    syllables = tuple(row["word"] for row in rows if row["kind"] == "syllable")
    letters = tuple(sorted({letter for syllable in syllables for letter in syllable}))
    number = {letter: index for index, letter in enumerate(letters)}
    place = {syllable: index for index, syllable in enumerate(syllables)}
    above, levels = {"": 0}, []
    for depth in range(1, max(map(len, syllables)) + 1):
        prefixes = sorted({s[:depth] for s in syllables if len(s) >= depth})
        parents = np.asarray([above[prefix[:-1]] for prefix in prefixes], dtype=np.int64)
        counts = np.bincount(parents, minlength=len(above))
        levels.append(
            Level(
                np.asarray([number[prefix[-1]] for prefix in prefixes], dtype=np.int64),
                np.asarray([place.get(prefix, -1) for prefix in prefixes], dtype=np.int64),
                np.cumsum(counts) - counts,
                counts,
            )
        )
        above = {prefix: index for index, prefix in enumerate(prefixes)}
    return Trie(syllables, letters, tuple(levels))


def _general_prices(read: str, letters: tuple[str, ...]) -> Logs:
    """Log P(read | letter) before anything was counted, by the kind of letter and of sign."""
    import numpy as np

    bare, marked = _bare_letters(letters)
    if not read:
        return np.full(len(letters), math.log(0.01), dtype=np.float32)
    base = strip_marks(read.lower())
    if len(read) > 1:
        rest = np.where(bare == base[:1], 0.03, 0.002)
        return (np.log(0.02 * rest) - 3.0 * (len(read) - 2)).astype(np.float32)
    plain = read.isalpha() and read.islower()
    prices = np.where(marked, 0.004 if plain else 0.01, 0.0006)
    prices = np.where(bare == base, np.where(marked, 0.4, 0.03), prices)
    same = np.asarray([letter == read for letter in letters])
    return np.log(np.where(same, np.where(marked, 0.3, 0.9), prices)).astype(np.float32)


@cache
def _bare_letters(letters: tuple[str, ...]) -> tuple[NDArray[np.str_], NDArray[np.bool_]]:
    import numpy as np

    bare = np.asarray([strip_marks(letter) for letter in letters])
    return bare, bare != np.asarray(letters)


@dataclass(frozen=True, slots=True, eq=False)
class ForeignChannel:
    """Confusions of one kind of engine; ``counts`` hold (letter, read signs)."""

    counts: Counts
    totals: Mapping[str, float]


def channel_from(counts: Counts) -> ForeignChannel:
    totals: dict[str, float] = {}
    for (letter, _), count in counts.items():
        totals[letter] = totals.get(letter, 0.0) + count
    return ForeignChannel(counts, totals)


@cache
def shipped_counts() -> Counts:
    """The shipped counts of engines without Vietnamese."""
    return {
        (
            row["letter"],
            "" if row["read"] == "-" else "".join(chr(int(u[2:], 16)) for u in row["read"].split()),
        ): float(row["count"])
        for row in read_table("foreign_confusions").records()
    }


class SyllableScorer:
    """Scores of all syllables for read tokens, under one channel (answers are remembered)."""

    def __init__(self, channel: ForeignChannel) -> None:
        import numpy as np

        self.trie = syllable_trie()
        letters = self.trie.letters
        number = {letter: index for index, letter in enumerate(letters)}
        self._totals = np.asarray([channel.totals.get(x, 0.0) for x in letters]) + _OWN_WEIGHT
        self._counted: dict[str, list[tuple[int, float]]] = {}
        for (letter, read), count in channel.counts.items():
            if letter in number:
                self._counted.setdefault(read, []).append((number[letter], count))
        self._emission = lru_cache(maxsize=65536)(self._emission_of)

    def _emission_of(self, read: str) -> Logs:
        """Log P(read | letter) for all letters."""
        import numpy as np

        weights = _OWN_WEIGHT * np.exp(_general_prices(read, self.trie.letters))
        for place, count in self._counted.get(read, ()):
            weights[place] += count
        return np.log(weights / self._totals).astype(np.float32)

    def prefix_scores(self, read: str) -> Logs:
        """Log P(prefix of ``read`` | syllable): one row a syllable, one column a prefix length.

        Syllables that fall far behind on the way have minus a billion.
        """
        import numpy as np

        columns = len(read) + 1
        parts = [
            np.stack([self._emission(read[j : j + size]) for j in range(columns - size)], axis=1)
            if size
            else self._emission("")[:, None]
            for size in range(min(_LONGEST, len(read)) + 1)
        ]
        result = np.full((len(self.trie.syllables), columns), _NEVER, dtype=np.float32)
        before = np.full((1, columns), _NEVER, dtype=np.float32)
        before[0, 0] = 0.0
        open_nodes = np.zeros(1, dtype=np.int64)
        for level in self.trie.levels:
            counts = level.child_counts[open_nodes]
            above = np.repeat(before, counts, axis=0)
            nodes = _ranges(level.child_starts[open_nodes], counts)
            sign = level.signs[nodes]
            now = above + parts[0][sign]
            for size in range(1, len(parts)):
                step = above[:, : columns - size] + parts[size][sign]
                np.maximum(now[:, size:], step, out=now[:, size:])
            keep = (now >= now.max(axis=0, initial=_NEVER) - _BEAM).any(axis=1)
            before, open_nodes = now[keep], nodes[keep]
            places = level.syllables[open_nodes]
            result[places[places >= 0]] = before[places >= 0]
        return result

    def pair_scores(self, reads: Sequence[str], rows: Ids, syllables: Ids) -> Logs:
        """Log P(reads[row] | syllable) for pairs of a row and a syllable, all at once."""
        import numpy as np

        letters, lengths = _letter_matrix()
        columns = max(map(len, reads)) + 1
        tables = self._tables(reads, columns)
        every = np.arange(columns)
        scores = np.full((len(rows), columns), _NEVER, dtype=np.float32)
        scores[:, 0] = 0.0
        for depth in range(letters.shape[1]):
            letter = letters[syllables, depth]
            now = scores + self._emission("")[letter][:, None]
            for size, table in enumerate(tables, start=1):
                step = scores + table[rows[:, None], every, letter[:, None]]
                np.maximum(now[:, size:], step[:, : columns - size], out=now[:, size:])
            scores = np.where((lengths[syllables] > depth)[:, None], now, scores)
        ends = np.asarray([len(read) for read in reads])
        result: Logs = scores[np.arange(len(rows)), ends[rows]]
        return result

    def _tables(self, reads: Sequence[str], columns: int) -> list[Logs]:
        """For each size the emissions [read, place, letter] of the signs that begin there."""
        import numpy as np

        tables = []
        for size in range(1, _LONGEST + 1):
            shape = (len(reads), columns, len(self.trie.letters))
            table = np.full(shape, _NEVER, dtype=np.float32)
            for row, read in enumerate(reads):
                for place in range(len(read) - size + 1):
                    table[row, place] = self._emission(read[place : place + size])
            tables.append(table)
        return tables


@cache
def _letter_matrix() -> tuple[Ids, Ids]:
    """Letters of each syllable by number (0 behind its end), and its length."""
    import numpy as np

    trie = syllable_trie()
    number = {letter: index for index, letter in enumerate(trie.letters)}
    lengths = np.asarray([len(syllable) for syllable in trie.syllables], dtype=np.int64)
    matrix = np.zeros((len(trie.syllables), int(lengths.max())), dtype=np.int64)
    for row, syllable in enumerate(trie.syllables):
        matrix[row, : len(syllable)] = [number[letter] for letter in syllable]
    return matrix, lengths


def _ranges(starts: Ids, counts: Ids) -> Ids:
    """The concatenation of ``range(start, start + count)``."""
    import numpy as np

    offsets = np.repeat(starts - np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)
    ranges: Ids = np.arange(int(counts.sum()), dtype=np.int64) + offsets
    return ranges

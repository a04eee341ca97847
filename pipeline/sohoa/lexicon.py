"""Syllables, terms and names: what the dictionaries say a word can be.

A *syllable* (tiếng) is what stands between blanks; a *term* has several. Both ways to place a tone
mark (hoà / hòa) and both spellings with i and y are known words: variants, never errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from types import MappingProxyType

from sohoa.dictionaries import read_table
from sohoa.vietnamese import fold_tone_style, strip_marks

LONGEST_PLACE = 4  # syllables
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Known syllables with their counts, surnames, abbreviations of official papers, and names of
    places (as keys of their syllables).

    ``counts`` is keyed by lower-case syllables in the newer tone style (``fold_key``).
    """

    counts: Mapping[str, int]
    surnames: frozenset[str]
    name_parts: frozenset[str]
    abbreviations: frozenset[str]
    places: frozenset[tuple[str, ...]] = frozenset()

    def count(self, syllable: str) -> int:
        """How often the corpus has it, in any case and tone style; 0 where it is unknown."""
        return self.counts.get(fold_key(syllable), 0)

    def knows(self, syllable: str) -> bool:
        return fold_key(syllable) in self.counts


@lru_cache(maxsize=262144)
def fold_key(syllable: str) -> str:
    """The key under which variants of a syllable meet: lower case, newer tone style."""
    return fold_tone_style(syllable.lower())


def letter_runs(text: str) -> list[str]:
    """The runs of letters in a text, in order."""
    return _LETTERS.findall(text)


@cache
def read_lexicon() -> Lexicon:
    """The shipped lexicon (read once a process); ``DictionaryError`` where a table is broken."""
    counts: dict[str, int] = {}
    for record in read_table("words").records():
        key = fold_key(record["word"])
        counts[key] = counts.get(key, 0) + int(record["count"])
    names = read_table("name_parts").records()
    surnames = {row["syllable"] for row in names if row["part"] == "surname"}
    parts = {row["syllable"] for row in names}
    abbreviations = {row["abbreviation"] for row in read_table("abbreviations").records()}
    for table in ("document_types", "party_bodies", "state_bodies"):
        abbreviations |= {row["abbreviation"] for row in read_table(table).records()}
    return Lexicon(
        MappingProxyType(counts),
        frozenset(surnames),
        frozenset(parts),
        frozenset(abbreviations - {""}),
        _places(),
    )


def _places() -> frozenset[tuple[str, ...]]:
    """Names of places of two to four syllables, old and new."""
    tables = ("communes", "districts_before_2025", "provinces", "provinces_before_2025")
    names = (name for table in tables for name in read_table(table).column("name"))
    keys = (tuple(map(fold_key, letter_runs(name))) for name in names)
    return frozenset(key for key in keys if 2 <= len(key) <= LONGEST_PLACE)


@cache
def syllables_by_letters() -> Mapping[str, tuple[str, ...]]:
    """Known syllables (newer tone style) grouped by their bare letters, most frequent first."""
    groups: dict[str, list[str]] = {}
    counts = read_lexicon().counts
    for syllable in sorted(counts, key=lambda key: (-counts[key], key)):
        groups.setdefault(strip_marks(syllable), []).append(syllable)
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})

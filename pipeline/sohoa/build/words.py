"""The table of words: the vocabulary of the language model, with counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sohoa.build.counting import choose_vocabulary
from sohoa.build.tables import TableHeader, write_table
from sohoa.dictionaries import read_table
from sohoa.lexicon import fold_key
from sohoa.restore.tokens import SPECIAL
from sohoa.vietnamese import is_syllable

_PLACES = ("communes", "districts_before_2025", "provinces", "provinces_before_2025")


def syllables_of_names() -> frozenset[str]:
    """Syllables of place names and of personal names: words even where the corpus lacks them."""
    parts = set(read_table("name_parts").column("syllable"))
    for table in _PLACES:
        for name in read_table(table).column("name"):
            parts.update(name.split())
    keys = {fold_key(part) for part in parts}
    return frozenset(key for key in keys if is_syllable(key))


def build_words(counts: Counter[str], registers: tuple[str, ...], folder: Path) -> tuple[str, ...]:
    """Write ``words.tsv`` and return the whole vocabulary, special tokens first."""
    vocabulary = choose_vocabulary(counts, syllables_of_names())
    header = TableHeader(
        title="Words of official papers: syllables by rule and by evidence, and frequent others",
        source=f"counts over the corpus ({', '.join(registers)}), place and name tables",
        columns=("word", "count", "kind"),
        built="python -m sohoa.build; lower case, newer tone style, order is the model's",
    )
    rows = (
        (word, str(counts[word]), "syllable" if is_syllable(word) else "other")
        for word in vocabulary[len(SPECIAL) :]
    )
    write_table(folder / "words.tsv", header, rows)
    return vocabulary

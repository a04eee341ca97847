"""The table of words: the vocabulary of the language model, with counts."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sohoa.build.counting import choose_vocabulary
from sohoa.build.tables import TableHeader, write_table
from sohoa.dictionaries import read_table
from sohoa.lexicon import fold_key
from sohoa.restore.tokens import SPECIAL, model_tokens
from sohoa.vietnamese import is_syllable

_BODIES = ("document_types", "party_bodies", "state_bodies")
# Years of the sixty-year cycle (can chi): Tết papers name them, law texts hardly ever.
_STEMS = "Giáp Ất Bính Đinh Mậu Kỷ Canh Tân Nhâm Quý".split()
_BRANCHES = "Tý Sửu Dần Mão Thìn Tỵ Ngọ Mùi Thân Dậu Tuất Hợi".split()
_FRAMES_OF_YEARS = (
    "năm {}",
    "năm {} 1",
    "Xuân {}",
    "Xuân {} năm 1",
    "Tết Nguyên đán {}",
    "Tết Nguyên đán {} năm 1",
    "Tết Nguyên đán {} 1",
    "Tết Nguyên đán {} trên địa bàn",
    "Tết {} cho",
)
_PLACES = ("communes", "districts_before_2025", "provinces", "provinces_before_2025")


def names_of_years() -> tuple[str, ...]:
    """The sixty names of years (Giáp Tý, Ất Sửu …); stem and branch step on together."""
    return tuple(f"{_STEMS[year % 10]} {_BRANCHES[year % 12]}" for year in range(60))


def syllables_of_names() -> frozenset[str]:
    """Syllables of names of places, persons and years: words even where the corpus lacks them."""
    parts = set(read_table("name_parts").column("syllable")) | {*_STEMS, *_BRANCHES}
    for table in _PLACES:
        for name in read_table(table).column("name"):
            parts.update(name.split())
    keys = {fold_key(part) for part in parts}
    return frozenset(key for key in keys if is_syllable(key))


def names_as_lines() -> tuple[tuple[str, ...], ...]:
    """Names of places, bodies and years as token lines: the corpus has few of them.

    A place stands with its kind before it (phường Ba Đình), as in running text.
    """
    texts = [text for table in _BODIES for text in read_table(table).column("name")]
    texts.extend(read_table("phrases").column("text"))
    for year in names_of_years():
        texts.extend(frame.format(year) for frame in _FRAMES_OF_YEARS)
    for table in _PLACES:
        for row in read_table(table).records():
            kind = row["kind"].removesuffix(" trực thuộc trung ương")
            texts.append(f"{kind} {row['name']}")
    lines = {tuple(model_tokens(text)) for text in texts}
    return tuple(sorted(lines))


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

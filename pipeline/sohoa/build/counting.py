"""From cleaned lines to token ids: vocabulary, duplicates, and what is nearly test text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sohoa.build.corpus import CorpusLine
from sohoa.restore.tokens import BREAK, NUMBER, SPECIAL, UNKNOWN, model_tokens
from sohoa.vietnamese import is_syllable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]

_SHINGLE = 8  # tokens; a line most of whose 8-grams stand in test text is nearly test text
_MIN_COUNT_SYLLABLE = 2
_MIN_COUNT_OTHER = 30


@dataclass(frozen=True, slots=True)
class Tokens:
    """The corpus as token lists, each with its register; test lines apart."""

    train: tuple[tuple[str, tuple[str, ...]], ...]
    held_out: tuple[tuple[str, tuple[str, ...]], ...]


def tokenize(lines: Iterable[CorpusLine]) -> Tokens:
    """Tokens of all distinct lines; a training line equal to a test line is left out."""
    train: dict[tuple[str, ...], str] = {}
    held_out: dict[tuple[str, ...], str] = {}
    for line in lines:
        tokens = tuple(model_tokens(line.text))
        if sum(token not in SPECIAL for token in tokens) == 0:
            continue
        (held_out if line.held_out else train).setdefault(tokens, line.register)
    kept = _without_near_copies(train, held_out)
    return Tokens(kept, tuple((register, tokens) for tokens, register in held_out.items()))


def _without_near_copies(
    train: dict[tuple[str, ...], str], held_out: dict[tuple[str, ...], str]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    shingles = {
        hash(tokens[start : start + _SHINGLE])
        for tokens in held_out
        for start in range(max(1, len(tokens) - _SHINGLE + 1))
    }
    kept = []
    for tokens, register in train.items():
        starts = range(max(1, len(tokens) - _SHINGLE + 1))
        shared = sum(hash(tokens[start : start + _SHINGLE]) in shingles for start in starts)
        if shared * 2 <= len(starts):
            kept.append((register, tokens))
    return tuple(kept)


def count_words(tokens: Tokens) -> Counter[str]:
    """How often each word stands in the training text (duplicates counted once)."""
    counts: Counter[str] = Counter()
    for _, line in tokens.train:
        counts.update(line)
    return counts


def choose_vocabulary(counts: Counter[str], trusted: frozenset[str]) -> tuple[str, ...]:
    """The words of the model, special tokens first, then by count and spelling.

    Syllables need two sightings (one where ``trusted`` knows them), other words thirty.
    """
    kept = [
        word
        for word, count in counts.items()
        if word not in SPECIAL
        and (
            (is_syllable(word) and (count >= _MIN_COUNT_SYLLABLE or word in trusted))
            or count >= _MIN_COUNT_OTHER
        )
    ]
    kept.extend(word for word in trusted if word not in counts)
    kept.sort(key=lambda word: (-counts[word], word))
    return (*SPECIAL, *kept)


def encode(lines: Iterable[tuple[str, ...]], vocabulary: tuple[str, ...]) -> Ids:
    """One stream of ids, a break before, between and after the lines."""
    import numpy as np

    index = {word: number for number, word in enumerate(vocabulary)}
    unknown, stop = index[UNKNOWN], index[BREAK]
    stream = [stop]
    for line in lines:
        stream.extend(index.get(token, unknown) for token in line)
        if stream[-1] != stop:
            stream.append(stop)
    return np.asarray(stream, dtype=np.int64)


__all__ = ["NUMBER", "Tokens", "choose_vocabulary", "count_words", "encode", "tokenize"]

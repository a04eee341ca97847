"""The shipped language model: how likely a syllable is after the two before it.

Stored as a trie in flat arrays (memory-mapped, shared between workers): each word has a run of
bigrams, each bigram a run of trigrams; probabilities are natural logs in steps of 1/12.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from sohoa.dictionaries import dictionary_path, read_table
from sohoa.errors import DictionaryError
from sohoa.restore.tokens import SPECIAL

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Logs = NDArray[np.float32]

FOLDER = "language_model"
STEPS = 12.0  # quantization steps for one nat
BACKOFF_TOP = 4.0  # the largest log weight of a shorter context that can be stored
ARRAYS = (
    "unigram_values",
    "bigram_counts",
    "bigram_second",
    "bigram_values",
    "trigram_counts",
    "trigram_third",
    "trigram_values",
)


@dataclass(frozen=True, slots=True, eq=False)
class LanguageModel:
    """Syllable trigrams; words are ids (``ids``), 0 is the unknown word."""

    ids: Mapping[str, int]
    words: tuple[str, ...]
    unigram: Logs
    unigram_backoff: Logs
    bigram_keys: NDArray[np.uint32]
    bigram_values: NDArray[np.uint8]
    trigram_keys: NDArray[np.uint64]
    trigram_values: NDArray[np.uint8]

    def identify(self, word: str) -> int:
        return self.ids.get(word, 0)

    def score(self, first: Ids, second: Ids, third: Ids) -> Logs:
        """Natural log of P(third | first second), for whole arrays at once."""
        import numpy as np

        context, has_context = self._find_bigrams(first, second)
        lower = self.score_pairs(second, third)
        weight = BACKOFF_TOP + _logs(self.bigram_values[context, 1])
        result = np.where(has_context, weight + lower, lower).astype(np.float32)
        keys = (context.astype(np.uint64) << np.uint64(16)) | third.astype(np.uint64)
        place = np.searchsorted(self.trigram_keys, keys)
        place = np.minimum(place, len(self.trigram_keys) - 1)
        found = has_context & (self.trigram_keys[place] == keys)
        return np.where(found, _logs(self.trigram_values[place]), result).astype(np.float32)

    def _find_bigrams(self, first: Ids, second: Ids) -> tuple[Ids, NDArray[np.bool_]]:
        import numpy as np

        keys = ((first << 16) | second).astype(np.uint32)
        place = np.minimum(np.searchsorted(self.bigram_keys, keys), len(self.bigram_keys) - 1)
        return place, self.bigram_keys[place] == keys

    def score_pairs(self, first: Ids, second: Ids) -> Logs:
        """Natural log of P(second | first), for whole arrays at once."""
        import numpy as np

        place, found = self._find_bigrams(first, second)
        direct = _logs(self.bigram_values[place, 0])
        backed_off = self.unigram_backoff[first] + self.unigram[second]
        return np.where(found, direct, backed_off).astype(np.float32)


def _logs(stored: NDArray[np.uint8]) -> Logs:
    import numpy as np

    return stored.astype(np.float32) * np.float32(-1 / STEPS)


@cache
def read_language_model() -> LanguageModel:
    """The shipped model, read once a process; ``DictionaryError`` where a part is missing."""
    words = (*SPECIAL, *read_table("words").column("word"))
    return load(dictionary_path(f"{FOLDER}/{ARRAYS[0]}.npy").parent, words)


def load(folder: Path, words: tuple[str, ...]) -> LanguageModel:
    """The model whose arrays lie in ``folder``."""
    import numpy as np

    part = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in ARRAYS}
    if len(part["unigram_values"]) != len(words):
        raise DictionaryError(
            f"{folder} was built for other words than words.tsv.",
            remedy="Build both again: make dictionaries CORPUS=folder.",
        )
    first = np.repeat(np.arange(len(words), dtype=np.uint32), part["bigram_counts"])
    bigram_keys = (first << np.uint32(16)) | part["bigram_second"].astype(np.uint32)
    context = np.repeat(np.arange(len(bigram_keys), dtype=np.uint64), part["trigram_counts"])
    trigram_keys = (context << np.uint64(16)) | part["trigram_third"].astype(np.uint64)
    return LanguageModel(
        ids=MappingProxyType({word: number for number, word in enumerate(words)}),
        words=words,
        unigram=_logs(part["unigram_values"][:, 0]),
        unigram_backoff=_logs(part["unigram_values"][:, 1]) + np.float32(BACKOFF_TOP),
        bigram_keys=bigram_keys,
        bigram_values=part["bigram_values"],
        trigram_keys=trigram_keys,
        trigram_values=part["trigram_values"],
    )

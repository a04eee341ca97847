"""An office's own text beside the shipped language model: its names and its turns of phrase.

Counts of the own text c sharpen the shipped P by a Dirichlet prior (MacKay and Peto 1995):

    P(w | h) = (c(h w) + m P(w | h)) / (c(h) + m)

for one and for two words of context h; where the own text says nothing, P stays as it is. Nothing
of the shipped model is built again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, fields
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.errors import SettingsError
from sohoa.restore.language_model import LanguageModel, read_language_model
from sohoa.restore.tokens import BREAK, SPECIAL, model_tokens

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ids = NDArray[np.int64]
    Logs = NDArray[np.float32]

_WEIGHT_OF_SHIPPED = 20.0  # m: sightings that the shipped model counts for in each context
_NAME_COUNT = 3  # sightings after which an unknown word is a name of the office
_REMEDY = "Give a folder with .txt files (UTF-8) as own_text under [restore]."


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Sightings of runs of words, by the run's key (sorted) and how often it stands."""

    keys: Ids
    counts: Ids

    @classmethod
    def of(cls, counted: Counter[int]) -> Counts:
        import numpy as np

        keys = np.asarray(sorted(counted), dtype=np.int64)
        return cls(keys, np.asarray([counted[int(key)] for key in keys], dtype=np.int64))

    def find(self, wanted: Ids) -> Ids:
        """How often each run stands in the text."""
        import numpy as np

        if not len(self.keys):
            return np.zeros(wanted.shape, dtype=np.int64)
        place = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[place] == wanted, self.counts[place], 0)


@dataclass(frozen=True, slots=True, eq=False)
class AdaptedModel(LanguageModel):
    """The shipped model with the counts of an office's own text in it.

    ``names`` are words of the own text that the shipped model does not know: they stay as read.
    """

    singles: Counts
    pairs: Counts
    triples: Counts
    names: frozenset[str]

    def score_pairs(self, first: Ids, second: Ids) -> Logs:
        shipped = LanguageModel.score_pairs(self, first, second)
        return _mixed(shipped, self.pairs.find(_key(first, second)), self.singles.find(first))

    def score(self, first: Ids, second: Ids, third: Ids) -> Logs:
        shipped = LanguageModel.score(self, first, second, third)
        seen = self.triples.find(_key(_key(first, second), third))
        return _mixed(shipped, seen, self.pairs.find(_key(first, second)))


def _key(context: Ids, word: Ids) -> Ids:
    return (context << 16) | word


def _mixed(shipped: Logs, seen: Ids, context: Ids) -> Logs:
    import numpy as np

    share = (seen + _WEIGHT_OF_SHIPPED * np.exp(shipped)) / (context + _WEIGHT_OF_SHIPPED)
    return np.asarray(np.log(share), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class OwnText:
    """A folder of own text and what was in it: the hash makes it part of the recipe."""

    folder: Path
    sha256: str

    def __str__(self) -> str:
        return self.sha256


def find_own_text(folder: Path) -> OwnText:
    """The own text of a folder; ``SettingsError`` where there is none."""
    digest = hashlib.sha256()
    for path in _files(folder):
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return OwnText(folder, digest.hexdigest())


def _files(folder: Path) -> tuple[Path, ...]:
    found = tuple(sorted(path for path in folder.rglob("*.txt") if path.is_file()))
    if not found:
        raise SettingsError(f"own_text: there is no .txt file below {folder}.", remedy=_REMEDY)
    return found


@lru_cache(maxsize=4)
def adapted_model(own: OwnText | None) -> LanguageModel:
    """The model to read with: the shipped one, or the shipped one with the own text in it."""
    shipped = read_language_model()
    if own is None:
        return shipped
    unknown: Counter[str] = Counter()
    stream = [shipped.identify(BREAK)]
    for path in _files(own.folder):
        for line in _lines(path):
            tokens = [*model_tokens(line), BREAK]
            unknown.update(t for t in tokens if t not in SPECIAL and t not in shipped.ids)
            stream.extend(map(shipped.identify, tokens))
    pairs = [(first << 16) | second for first, second in pairwise(stream)]
    triples = [(pair << 16) | third for pair, third in zip(pairs, stream[2:], strict=False)]
    parts = {item.name: getattr(shipped, item.name) for item in fields(shipped)}
    return AdaptedModel(
        **parts,
        singles=Counts.of(Counter(stream)),
        pairs=Counts.of(Counter(pairs)),
        triples=Counts.of(Counter(triples)),
        names=frozenset(word for word, count in unknown.items() if count >= _NAME_COUNT),
    )


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise SettingsError(f"own_text: {path} is not UTF-8 text.", remedy=_REMEDY) from error

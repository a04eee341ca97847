"""Stage: words that an engine without Vietnamese ran together."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import ClassVar

from sohoa.lexicon import read_lexicon
from sohoa.model import Edit, Line, Page, Word
from sohoa.restore.foreign import LayerReader, is_capital, layer_core, shipped_reader
from sohoa.restore.joining import split
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines

_SHORTEST = 5  # signs; what is shorter is one word
_LEAST_PART = 2
_SUSPECT = -1.3  # log P of a sign, under which one syllable does not explain a token
_GAIN = 4.0  # nats by which two syllables must explain it better
_TYPICAL_UNIGRAM = -7.0
_GOOD = -2.2  # log P of a sign that two syllables must reach


@dataclass(frozen=True, slots=True)
class LayerSpacing:
    """After this: in a layer made without Vietnamese, a token that no syllable explains and that
    two or three explain well is as many words, still in the engine's signs.

    Left alone: tokens that one syllable explains, and whatever the guard of such layers names.
    """

    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "layer-spacing"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if channel_of(page, self.engine) is Channel.FOREIGN
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        capital = is_capital(line.text)
        words = tuple(part for word in line.words for part in self._parts(word, capital))
        return line if len(words) == len(line.words) else replace(line, words=words)

    def _parts(self, word: Word, capital: bool) -> tuple[Word, ...]:
        start, end, key, fixed = layer_core(word.text, read_lexicon(), capital)
        if fixed or end - start < _SHORTEST:
            return (word,)
        places = find_places(key, shipped_reader())
        if not places:
            return (word,)
        cuts = [0, *(start + place for place in places), len(word.text)]
        parts = tuple(word.text[a:b] for a, b in pairwise(cuts))
        edit = Edit(self.name, word.recognized, parts[0], 0.8, "words run together")
        return split(word, parts, edit)


def find_places(key: str, reader: LayerReader, depth: int = 2) -> tuple[int, ...]:
    """Where to cut a token into syllables; empty where it is one, or nothing explains it."""
    import numpy as np

    if len(key) < _SHORTEST or depth == 0 or key in reader.model.ids:
        return ()
    if key in reader.memory and reader.memory[key][1].max() > _SUSPECT * len(key):
        return ()
    prefixes = reader.prefixes(key)
    single = float((prefixes[:, -1] + reader.unigram).max())
    if prefixes[:, -1].max() > _SUSPECT * len(key):
        return ()
    heads = (prefixes + reader.unigram[:, None]).max(axis=0)
    best, at = -np.inf, 0
    for place in range(_LEAST_PART, len(key) - _LEAST_PART + 1):
        if heads[place] > best:
            log = float(heads[place]) + reader.best_log(key[place:])
            if log > best:
                best, at = log, place
    if best < single + _GAIN or best < _GOOD * len(key) + 2 * _TYPICAL_UNIGRAM:
        rest = find_places(key[at:], reader, depth - 1) if at else ()
        return (at, *(at + place for place in rest)) if rest and best > single else ()
    rest = find_places(key[at:], reader, depth - 1)
    return (at, *(at + place for place in rest))

"""Stage: specks that were read as full stops in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.lexicon import fold_key
from sohoa.model import Line, Page, TextSource, Word
from sohoa.restore.guard import is_plain_syllable
from sohoa.restore.kinds import channel_of
from sohoa.restore.language_model import read_language_model
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines
from sohoa.restore.tokens import BREAK

_OUTER = ".,;:!?()[]“”\"'…"
_SURE = 0.92  # a word with its sign that the engine is as sure of as this stays


@dataclass(frozen=True, slots=True)
class StraySigns:
    """After this: a full stop goes that an engine, in doubt, read between two words of a sentence
    that belong together: small letters on both sides, and a pair that is frequent in the language.

    Left alone: stops before a capital or a line end, after abbreviations, and words that the engine
    is sure of.
    """

    engine: Channel = Channel.AUTO
    margin: float = 0.0
    name: ClassVar[str] = "stray-signs"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if page.source is TextSource.OCR
            and channel_of(page, self.engine) is Channel.TESSERACT_VIE
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        words = list(line.words)
        for place in range(len(words) - 1):
            if self._may_be_stray(words[place], words[place + 1].text):
                texts = [word.text for word in words[max(0, place - 1) : place + 3]]
                if place == 0:
                    texts.insert(0, BREAK)
                if log_gain_without_break(texts) >= self.margin:
                    reason = "a speck read as a full stop"
                    core = words[place].text[:-1]
                    words[place] = words[place].edited(
                        self.name, core, confidence=0.9, reason=reason
                    )
        return replace(line, words=tuple(words))

    @staticmethod
    def _may_be_stray(word: Word, following: str) -> bool:
        core, first = word.text[:-1], following.rstrip(",.;:")
        return (
            word.text.endswith(".")
            and word.confidence < _SURE
            and len(core) > 1
            and core.islower()
            and first.islower()
            and is_plain_syllable(core)
            and is_plain_syllable(first)
        )


def log_gain_without_break(texts: Sequence[str]) -> float:
    """How much likelier the words are (natural log) when no break stands after the second.

    ``texts``: the word before, the word, and one or two words after it.
    """
    import numpy as np

    model = read_language_model()
    ids = [model.identify(fold_key(text.strip(_OUTER)) or BREAK) for text in texts]
    stop = model.identify(BREAK)
    without = [*ids, *([stop] if len(ids) == 3 else [])]
    broken = [*without[:2], stop, *without[2:]]

    def log_probability(row: list[int]) -> float:
        array = np.asarray(row, dtype=np.int64)
        return float(model.score(array[:-2], array[1:-1], array[2:]).sum())

    return log_probability(without) - log_probability(broken)

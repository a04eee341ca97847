"""Stage: the lexicon alone, for those who want no language model."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import ClassVar

from sohoa.lexicon import fold_key, read_lexicon
from sohoa.model import Line, Page, Word
from sohoa.restore.candidates import find_candidates, in_case_of
from sohoa.restore.guard import is_fixed, name_spans
from sohoa.restore.kinds import channel_of
from sohoa.restore.settings import Channel
from sohoa.restore.stage import map_lines


@dataclass(frozen=True, slots=True)
class Spelling:
    """After this: a word that is no known syllable, and that one known syllable explains far better
    than all others (by the engine's confusions and by count), reads as that syllable.

    Left alone: known words, whatever the guard names, and pages that no engine read.
    """

    threshold: float = 0.9
    engine: Channel = Channel.AUTO
    name: ClassVar[str] = "spelling"
    version: ClassVar[str] = "1"

    def __call__(self, pages: tuple[Page, ...]) -> tuple[Page, ...]:
        return tuple(
            map_lines(page, self._line)
            if channel_of(page, self.engine) is Channel.TESSERACT_VIE
            else page
            for page in pages
        )

    def _line(self, line: Line) -> Line:
        lexicon = read_lexicon()
        texts = [word.text for word in line.words]
        named = {index for span in name_spans(texts, lexicon) for index in range(*span)}
        words = (
            word if index in named else self._word(word) for index, word in enumerate(line.words)
        )
        return replace(line, words=tuple(words))

    def _word(self, word: Word) -> Word:
        lexicon = read_lexicon()
        core = word.text.strip(".,;:!?()[]“”\"'…-")
        if not core.isalpha() or lexicon.knows(core) or is_fixed(word.text):
            return word
        found = find_candidates(fold_key(core), core.isupper(), False)
        weighed = [(math.exp(c.weight) * (lexicon.count(c.syllable) + 0.5), c) for c in found]
        best = max(weighed, key=lambda item: item[0])
        share = best[0] / sum(weight for weight, _ in weighed)
        if share < self.threshold or best[1] is found[0]:
            return word
        after = word.text.replace(core, in_case_of(core, best[1].syllable), 1)
        reason = "the only known syllable like it"
        return word.edited(self.name, after, confidence=round(share, 4), reason=reason)

"""Which words of an output are right, and how two readings of a page differ.

Words are aligned in reading order by edit distance; what stands elsewhere on the page (a column
read before its time) is then found among the words that were left over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from sohoa.evaluate.folding import UNPRINTED, fold_text, without_markers
from sohoa.vietnamese import nfc


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a page: as it stands, as it is compared, and its line (from 0)."""

    text: str
    folded: str
    line: int

    @property
    def is_printed(self) -> bool:
        """Whether all of it is print; false where the truth marks handwriting in it."""
        return UNPRINTED not in self.text


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an alignment: ``equal``, ``replace``, ``delete`` (truth only) or ``insert``."""

    kind: str
    truth: tuple[int, ...]
    output: tuple[int, ...]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The words of a page, markers made ``UNPRINTED``."""
    return tuple(
        Token(word, fold_text(word), number)
        for number, line in enumerate(without_markers(text).split("\n"))
        for word in line.split()
    )


def align(truth: Sequence[str], output: Sequence[str]) -> tuple[Step, ...]:
    """The shortest way from truth to output, word by word, as indexes into both."""
    from rapidfuzz.distance import Levenshtein

    return tuple(
        Step(
            code.tag,
            tuple(range(code.src_start, code.src_end)),
            tuple(range(code.dest_start, code.dest_end)),
        )
        for code in Levenshtein.opcodes(truth, output)
    )


def judge_words(truth: Sequence[Token], output: Sequence[str]) -> tuple[bool | None, ...]:
    """For each word of the output whether the paper has it; None where the truth cannot say.

    It cannot where handwriting stands in the truth's word.
    """
    folded = [fold_text(nfc(word)) for word in output]
    verdicts: list[bool | None] = [False] * len(folded)
    left_over: Counter[str] = Counter()
    for step in align([token.folded for token in truth], folded):
        if step.kind == "equal":
            for index in step.output:
                verdicts[index] = True
            continue
        missed = [truth[index] for index in step.truth]
        left_over.update(token.folded for token in missed if token.is_printed)
        for index, token in zip(step.output, missed, strict=False):
            if not token.is_printed:
                verdicts[index] = None
    for index, word in enumerate(folded):
        if verdicts[index] is False and left_over[word] > 0:
            left_over[word] -= 1
            verdicts[index] = True
    return tuple(verdicts)

"""Measures of a page's text: error rates in reading order, and recall and precision without order.

CER is counted over grapheme clusters (what a person calls a letter, marks included), WER over words
between white space; both are edits divided by the truth's length, so they can pass 1. Recall and
precision compare bags of words and forgive any order. Truth words in which handwriting stands are
left out of the truth; what was read for them counts against precision.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, fields

from sohoa.evaluate.folding import UNPRINTED, fold_text, without_markers


@dataclass(frozen=True, slots=True)
class TextCounts:
    """Counts of one page, or of many added up."""

    words: int = 0
    letters: int = 0
    word_errors: int = 0
    letter_errors: int = 0
    hits: int = 0
    output_words: int = 0

    @property
    def wer(self) -> float:
        return self.word_errors / self.words if self.words else float(self.output_words > 0)

    @property
    def cer(self) -> float:
        return self.letter_errors / self.letters if self.letters else float(self.output_words > 0)

    @property
    def recall(self) -> float:
        return self.hits / self.words if self.words else 1.0

    @property
    def precision(self) -> float:
        return self.hits / max(1, self.output_words)


def measure_text(truth: str, output: str, *, folded: bool) -> TextCounts:
    """Compare two texts of a page, with or without the folding of ``fold_text``."""
    import regex  # type: ignore[import-untyped]
    from rapidfuzz.distance import Levenshtein

    truth_words = [word for word in _words(truth, folded=folded) if UNPRINTED not in word]
    output_words = _words(output, folded=folded)
    truth_letters = regex.findall(r"\X", " ".join(truth_words))
    output_letters = regex.findall(r"\X", " ".join(output_words))
    return TextCounts(
        words=len(truth_words),
        letters=len(truth_letters),
        word_errors=Levenshtein.distance(truth_words, output_words),
        letter_errors=Levenshtein.distance(truth_letters, output_letters),
        hits=sum((Counter(truth_words) & Counter(output_words)).values()),
        output_words=len(output_words),
    )


def total(counts: Iterable[TextCounts]) -> TextCounts:
    """The sum of many; rates of the sum weigh each word the same."""
    listed = list(counts)
    names = [field.name for field in fields(TextCounts)]
    return TextCounts(**{name: sum(getattr(each, name) for each in listed) for name in names})


def _words(text: str, *, folded: bool) -> list[str]:
    plain = without_markers(text)
    return (fold_text(plain) if folded else plain).split()

"""The differences of a page, word by word, as spans to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sohoa.evaluate.alignment import Token, align, tokens_of


class Kind(StrEnum):
    """What a span says of the output."""

    EQUAL = "equal"
    STYLE = "style"  # the same but for tone placement, quotes or dashes
    CHANGED = "changed"
    MISSED = "missed"  # in the truth only
    EXTRA = "extra"  # in the output only
    MOVED = "moved"  # in both, in another place (reading order)
    UNPRINTED = "unprinted"  # handwriting in the truth: not judged


@dataclass(frozen=True, slots=True)
class Span:
    """A word or a pair of words; ``line`` is the truth's line (from 0) where it stands."""

    kind: Kind
    truth: str
    output: str
    line: int


def find_differences(truth: str, output: str) -> tuple[Span, ...]:
    """All words of both texts, once, in the truth's order."""
    spans = list(_spans(tokens_of(truth), tokens_of(output)))
    return tuple(_mark_moved(spans))


def _spans(truth: Sequence[Token], output: Sequence[Token]) -> Iterator[Span]:
    line = 0
    for step in align([token.folded for token in truth], [token.folded for token in output]):
        for at in range(max(len(step.truth), len(step.output))):
            wanted = truth[step.truth[at]] if at < len(step.truth) else None
            found = output[step.output[at]] if at < len(step.output) else None
            line = wanted.line if wanted else line
            yield _span(wanted, found, line)


def _span(wanted: Token | None, found: Token | None, line: int) -> Span:
    truth, output = wanted.text if wanted else "", found.text if found else ""
    if wanted and not wanted.is_printed:
        return Span(Kind.UNPRINTED, truth, output, line)
    if wanted and found:
        if wanted.folded != found.folded:
            return Span(Kind.CHANGED, truth, output, line)
        return Span(Kind.EQUAL if truth == output else Kind.STYLE, truth, output, line)
    return Span(Kind.MISSED if wanted else Kind.EXTRA, truth, output, line)


def _mark_moved(spans: Sequence[Span]) -> Iterator[Span]:
    """Words that are missed at one place and extra at another have moved."""
    loose = (Kind.CHANGED, Kind.MISSED, Kind.EXTRA)
    truth = Counter(span.truth for span in spans if span.kind in loose and span.truth)
    output = Counter(span.output for span in spans if span.kind in loose and span.output)
    moved_truth, moved_output = truth & output, truth & output
    for span in spans:
        if span.kind not in loose:
            yield span
            continue
        from_here = moved_truth[span.truth] > 0
        to_here = moved_output[span.output] > 0
        moved_truth[span.truth] -= from_here
        moved_output[span.output] -= to_here
        if not from_here and not to_here:
            yield span
            continue
        if span.truth:
            kind = Kind.MOVED if from_here else Kind.MISSED
            yield replace(span, kind=kind, output="")
        if span.output:
            kind = Kind.MOVED if to_here else Kind.EXTRA
            yield replace(span, kind=kind, truth="")

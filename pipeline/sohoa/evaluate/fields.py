"""Exactness of the fields of a document, each in one of six outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sohoa.directive import CopyBlock, Directive, Leaf
from sohoa.evaluate.folding import fold_field, strict_field

FIELDS = (
    "family", "superior", "issuer", "number", "symbol", "place", "date", "type", "title",
    "authority", "position", "signer",
)  # fmt: skip
COPY_FIELDS = (
    "kind", "superior", "issuer", "number", "symbol", "place", "date", "authority", "position",
    "signer", "statement",
)  # fmt: skip

# A wrong reading of handwriting is honest where the record trusts it less than this.
HONEST_BELOW = 0.5


class Outcome(StrEnum):
    """How a field came out against its truth."""

    EXACT = "exact"
    FOLDED = "folded"  # equal but for case, tone placement, quotes, dashes
    WRONG = "wrong"
    MISSED = "missed"  # on the paper, not in the output
    INVENTED = "invented"  # in the output, not on the paper
    ABSENT = "absent"  # on neither


@dataclass(frozen=True, slots=True)
class FieldResult:
    """One field of one document; ``handwritten`` is what the truth says."""

    name: str
    truth: str | None
    value: str | None
    confidence: float
    handwritten: bool = False

    @property
    def outcome(self) -> Outcome:
        if self.truth is None:
            return Outcome.ABSENT if self.value is None else Outcome.INVENTED
        if self.value is None:
            return Outcome.MISSED
        if strict_field(self.truth) == strict_field(self.value):
            return Outcome.EXACT
        same = fold_field(self.truth) == fold_field(self.value)
        return Outcome.FOLDED if same else Outcome.WRONG

    @property
    def is_right(self) -> bool:
        return self.outcome in (Outcome.EXACT, Outcome.FOLDED, Outcome.ABSENT)

    @property
    def is_sure_and_wrong(self) -> bool:
        """Whether a wrong value is put forward as if it were certain."""
        wrong = self.outcome in (Outcome.WRONG, Outcome.INVENTED)
        return wrong and self.confidence >= HONEST_BELOW


def compare_fields(truth: Mapping[str, Any], directive: Directive) -> tuple[FieldResult, ...]:
    """All fields that the truth speaks of, those of the copy block as ``copy_block.number``."""
    return (*_compare(FIELDS, "", truth, directive), *_compare_copy(truth, directive.copy_block))


def _compare(
    names: Sequence[str], prefix: str, truth: Mapping[str, Any], paper: Directive | CopyBlock
) -> Iterator[FieldResult]:
    for name in names:
        if name in truth:
            value, confidence = _value(getattr(paper, name))
            handwritten = truth.get(f"{name}_handwritten") is True
            yield FieldResult(prefix + name, _text(truth[name]), value, confidence, handwritten)


def _compare_copy(truth: Mapping[str, Any], block: CopyBlock | None) -> Iterator[FieldResult]:
    if "copy_block" not in truth:
        return
    wanted = truth["copy_block"]
    there = None if block is None else "present"
    yield FieldResult("copy_block", "present" if wanted else None, there, 1.0)
    if isinstance(wanted, Mapping):
        yield from _compare(COPY_FIELDS, "copy_block.", wanted, block or CopyBlock())


def _value(found: Leaf | tuple[Leaf, ...]) -> tuple[str | None, float]:
    leaves = found if isinstance(found, tuple) else (found,)
    values = [leaf.value for leaf in leaves if leaf.value]
    confidence = min((leaf.confidence for leaf in leaves if leaf.value), default=0.0)
    return "\n".join(values) or None, confidence


def _text(value: object) -> str | None:
    if isinstance(value, list):
        return "\n".join(str(each) for each in value) or None
    return None if value in (None, "") else str(value)

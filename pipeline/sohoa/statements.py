"""What is said of a paper's evidence: statements with their standing, and what they amount to.

The statements never say that a paper is authentic: they say what was seen, what was inferred, what
is missing and what contradicts what.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sohoa.evidence import FractionBox
from sohoa.geometry import BBox
from sohoa.wording import word


class Standing(StrEnum):
    """How a statement stands: đã thấy / suy ra / thiếu / mâu thuẫn."""

    SEEN = "seen"
    INFERRED = "inferred"
    MISSING = "missing"
    CONTRADICTED = "contradicted"


class Event(StrEnum):
    """What a statement is about; ``ORDER`` joins the other three."""

    ORIGINAL = "original"
    COPY = "copy"
    DIGITIZATION = "digitization"
    ORDER = "order"


class Outcome(StrEnum):
    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a statement can be checked: words of the record, or a place on a page.

    ``bbox`` is in page pixels (seals, stamps, handwriting), ``box`` in shares of the page as shown
    (digital signatures); ``field`` names the form field of a digital signature.
    """

    words: tuple[str, ...] = ()
    page: int | None = None
    bbox: BBox | None = None
    box: FractionBox | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: a stable code, how it stands, what it says, and its witnesses.

    ``sentence`` and ``values`` are the key and the parts of what it says (``sohoa.wording``);
    ``message`` is that in English. ``value`` is the field or the verdict itself.
    """

    event: Event
    code: str
    standing: Standing
    message: str
    value: str | None = None
    witnesses: tuple[Witness, ...] = ()
    sentence: str = ""
    values: tuple[tuple[str, str], ...] = ()

    def told(self, language: str) -> str:
        """What it says in ``vi`` or ``en``."""
        return word(self.sentence, dict(self.values), language) if self.sentence else self.message


def state(event: Event, code: str, standing: Standing, sentence: str, **values: str) -> Statement:
    """A statement in the words of the catalogue."""
    message = word(sentence, values, "en")
    return Statement(
        event, code, standing, message, sentence=sentence, values=tuple(values.items())
    )


@dataclass(frozen=True, slots=True)
class AuthenticityReport:
    """The statements, in the order original, copy, digitization, and then their order in time."""

    statements: tuple[Statement, ...] = ()
    signatures: int = 0
    signatures_passed: int = 0

    @property
    def outcome(self) -> Outcome:
        """CONSISTENT only where nothing contradicts and every signature holds, and there is one."""
        if any(each.standing is Standing.CONTRADICTED for each in self.statements):
            return Outcome.CONTRADICTED
        held = self.signatures > 0 and self.signatures == self.signatures_passed
        return Outcome.CONSISTENT if held else Outcome.CANNOT_TELL

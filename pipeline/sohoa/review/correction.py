"""What a person changed, as values: one correction after another, nothing ever taken away."""

from __future__ import annotations

import dataclasses
import json
import secrets
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any

from sohoa.geometry import BBox

if TYPE_CHECKING:
    from pydantic import TypeAdapter

STAGE = "review"
FORMAT = "sohoa-correction/1"


class Kind(StrEnum):
    """What a person did."""

    WORD = "word"  # a word reads otherwise; empty ``after``: it is no text
    CONFIRM = "confirm"  # a word was looked at and stands as it is
    FIELD = "field"  # a field of the document has another value, or the same one, looked at
    OUTLINE = "outline"  # a unit of the body stands on another level, or is of another kind
    UNDO = "undo"  # an earlier correction is taken back
    SIGN_OFF = "sign-off"  # the document is right, says ``who``
    REOPEN = "reopen"  # it is worked on again


@dataclass(frozen=True, slots=True)
class Place:
    """Where a word stands: its id, its page (from 1), its box in the pixels of that page.

    ``width`` and ``height`` are the page's size in the same pixels, so that the place is found
    again on a page that was rendered at another size.
    """

    word: str
    page: int
    bbox: BBox
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Correction:
    """One act of a person upon one document.

    ``field`` names a field (``number``, ``recipients.2``, ``copy_block.signer``) or a unit
    (``body.0.3``, ``attachments.1.0``); ``place`` a word. ``undoes`` is the id of what an ``UNDO``
    takes back. ``when`` is ISO 8601 in UTC. Texts are NFC.
    """

    kind: Kind
    who: str
    when: str
    before: str = ""
    after: str = ""
    why: str = ""
    place: Place | None = None
    field: str | None = None
    undoes: str | None = None
    id: str = dataclasses.field(default_factory=lambda: secrets.token_hex(12))
    stage: str = STAGE

    def __post_init__(self) -> None:
        if self.kind in {Kind.WORD, Kind.CONFIRM} and self.place is None:
            raise ValueError(f"a {self.kind} correction names no word")
        if self.kind in {Kind.FIELD, Kind.OUTLINE} and not self.field:
            raise ValueError(f"a {self.kind} correction names no place")
        if self.kind is Kind.UNDO and not self.undoes:
            raise ValueError("an undo names no correction")
        if self.kind is Kind.WORD and self.before == self.after:
            raise ValueError(f"a correction that changes nothing: {self.before!r}")
        if not self.who.strip():
            raise ValueError("nobody's correction")
        for text in (self.before, self.after, self.why):
            if not unicodedata.is_normalized("NFC", text):
                raise ValueError(f"not NFC: {text!r}")

    @property
    def target(self) -> str:
        """What two people must not change at once without knowing of each other."""
        if self.place is not None:
            return f"word:{self.place.word}"
        if self.field is not None:
            return f"field:{self.field}"
        return f"document:{self.undoes or ''}"


def now() -> str:
    """The time of a correction: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def active(corrections: Sequence[Correction]) -> tuple[Correction, ...]:
    """Those that hold, in their order: without what was undone, and without the undoings.

    An undo that was itself undone has no effect.
    """
    dead: set[str] = set()
    for each in reversed(corrections):
        if each.kind is Kind.UNDO and each.id not in dead and each.undoes:
            dead.add(each.undoes)
    return tuple(each for each in corrections if each.id not in dead and each.kind != Kind.UNDO)


def sign_off_of(corrections: Sequence[Correction]) -> Correction | None:
    """The sign-off that stands, None where there is none or the document was reopened since."""
    standing = None
    for each in active(corrections):
        if each.kind is Kind.SIGN_OFF:
            standing = each
        elif each.kind is Kind.REOPEN:
            standing = None
    return standing


@cache
def _adapter() -> TypeAdapter[Correction]:
    from pydantic import TypeAdapter

    return TypeAdapter(Correction)


def to_dict(correction: Correction) -> dict[str, Any]:
    value: dict[str, Any] = _adapter().dump_python(correction, mode="json")
    return value


def from_dict(value: object) -> Correction:
    """The correction of such a value; ``ValueError`` (pydantic's is one) for anything else."""
    return _adapter().validate_python(value)


def to_text(correction: Correction) -> str:
    return json.dumps(to_dict(correction), ensure_ascii=False)


def from_text(text: str) -> Correction:
    return _adapter().validate_json(text)


def history(corrections: Iterable[Correction]) -> tuple[tuple[Correction, bool], ...]:
    """Every act with whether it still holds, for a list that a person reads."""
    known = tuple(corrections)
    standing = {each.id for each in active(known)}
    dead_undos = {
        each.undoes for each in known if each.kind is Kind.UNDO and each.undoes is not None
    }
    return tuple(
        (each, each.id in standing or (each.kind is Kind.UNDO and each.id not in dead_undos))
        for each in known
    )

"""The fields that an archive asks for, filled from a record and from what the operator says.

Which fields there are is data (``dictionaries/archive_fields.tsv``). What nobody said is missing
and listed as such; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sohoa.dictionaries import read_table
from sohoa.directive import Leaf
from sohoa.evidence import HandwritingKind
from sohoa.model import TextSource
from sohoa.record import Record

_OTHER_TYPE = "32"
_SURE = 0.7


class Level(StrEnum):
    """Of what a field speaks."""

    FILE = "file"  # hồ sơ
    AIP_DOCUMENT = "aip-document"  # tài liệu trong AIP
    SIP_DOCUMENT = "sip-document"  # tài liệu trong SIP
    SINGLE = "single"  # gói SIP_tailieu


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a profile: its name, its Vietnamese name, type, longest length, when it is due.

    ``required``: always, if-any (where the paper has it) or no.
    """

    name: str
    label: str
    type: str
    length: int | None
    required: str


class Origin(StrEnum):
    """Who said it."""

    RECORD = "record"
    OPERATOR = "operator"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with its value (empty where there is none), who said it, and how sure (0..1).

    ``problem``: missing, unsure, too-long, not-a-code, or empty.
    """

    field: Field
    value: str
    origin: Origin
    confidence: float = 1.0
    problem: str = ""


def profile(level: Level, scheme: str = "tt05") -> tuple[Field, ...]:
    """The fields of a level, in the order of the rule."""
    return tuple(
        Field(
            row["field"],
            row["name"],
            row["type"],
            int(row["length"]) if row["length"].isdigit() else None,
            row["required"],
        )
        for row in read_table("archive_fields").records()
        if row["scheme"] == scheme and row["level"] == level
    )


def codes(name: str) -> dict[str, str]:
    """A list of codes: code to label."""
    return {
        row["code"]: row["label"]
        for row in read_table("archive_codes").records()
        if row["list"] == name
    }


def fill_document(
    record: Record, operator: Mapping[str, str], level: Level = Level.AIP_DOCUMENT
) -> tuple[Filled, ...]:
    """All fields of a document; the operator's word comes before the record's."""
    found = record_values(record)
    return tuple(_filled(field, found, operator) for field in profile(level))


def fill(
    level: Level, found: Mapping[str, tuple[str, float]], operator: Mapping[str, str]
) -> tuple[Filled, ...]:
    """All fields of a level from values with their confidence, and the operator's."""
    return tuple(_filled(field, found, operator) for field in profile(level))


def missing(fields: tuple[Filled, ...]) -> tuple[Filled, ...]:
    """Those that the rule asks for and nobody said."""
    return tuple(each for each in fields if each.problem == "missing")


def record_values(record: Record) -> dict[str, tuple[str, float]]:
    """What the record says of the fields, by name, with its confidence; no empty ones."""
    directive = record.directive
    sources = {page.source for page in record.pages}
    born_digital = sources == {TextSource.EMBEDDED}
    handwriting = [
        each.text for each in record.handwriting if each.kind is HandwritingKind.NOTE and each.text
    ]
    values: dict[str, tuple[str, float]] = {
        "typeName": _type_code(directive.type),
        "codeNumber": (directive.number.value or "", directive.number.confidence),
        "codeNotation": (directive.symbol.value or "", directive.symbol.confidence),
        "issuedDate": (_day(directive.date.value), directive.date.confidence),
        "organName": (_one_line(directive.issuer.value), directive.issuer.confidence),
        "subject": (_one_line(directive.title.value), directive.title.confidence),
        "numberOfPage": (str(len(record.pages)), 1.0),
        "confidenceLevel": ("01" if born_digital else "02", 1.0),
        "autograph": ("; ".join(handwriting), 0.5),
    }
    words = sum(1 for page in record.pages for _ in page.words())
    other = any(each.code == "other-language" for each in record.findings)
    if words and not other:
        values["language"] = ("01", 0.9)
    return {name: value for name, value in values.items() if value[0]}


def _filled(
    field: Field, found: Mapping[str, tuple[str, float]], operator: Mapping[str, str]
) -> Filled:
    told = operator.get(field.name, "").strip()
    if told:
        return Filled(field, told, Origin.OPERATOR, 1.0, _problem(field, told, 1.0))
    value, confidence = found.get(field.name, ("", 0.0))
    if value:
        problem = _problem(field, value, confidence)
        return Filled(field, value, Origin.RECORD, confidence, problem)
    return Filled(field, "", Origin.NOBODY, 0.0, "missing" if field.required == "always" else "")


def _problem(field: Field, value: str, confidence: float) -> str:
    known = codes(field.name)
    if known and any(part.strip() not in known for part in value.split(";")):
        return "not-a-code"
    if field.length is not None and len(value) > field.length:
        return "too-long"
    return "unsure" if confidence < _SURE else ""


def _type_code(leaf: Leaf) -> tuple[str, float]:
    if not leaf.value:
        return "", 0.0
    wanted = leaf.value.casefold()
    by_label = {label.casefold(): code for code, label in codes("typeName").items()}
    return by_label.get(wanted, _OTHER_TYPE), leaf.confidence


def _day(value: str | None) -> str:
    """ISO 8601 to DD/MM/YYYY; empty for what is no day."""
    try:
        day = date.fromisoformat(value or "")
    except ValueError:
        return ""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def _one_line(value: str | None) -> str:
    return " ".join((value or "").split())

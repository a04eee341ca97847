"""Everything found about one document, with JSON both ways and a published JSON Schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any

from sohoa.directive import Directive
from sohoa.evidence import DigitalSignature, Handwriting, Seal, Stamp
from sohoa.model import Finding, Page
from sohoa.statements import AuthenticityReport

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA_VERSION = "1.1"


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """The file (or files) that the document was read from; never its path, which may change."""

    name: str
    sha256: str
    media_type: str
    size_bytes: int
    pages: int


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of the recipe: its name, version and settings (JSON values as text)."""

    name: str
    version: str
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Record:
    """One document: where it came from, how it was made, what was found.

    It holds no clock and no path: the same source and recipe give the same bytes.
    ``id`` derives from the source's hash, the recipe and the first page of the document.
    ``seals``, ``stamps`` and ``handwriting`` lie on its pages, ``signatures`` are those of its
    files; ``authenticity`` joins them, None where there was nothing to look at (a text file).
    """

    id: str
    source: SourceInfo
    recipe: tuple[Step, ...]
    pages: tuple[Page, ...]
    directive: Directive
    findings: tuple[Finding, ...] = ()
    schema_version: str = field(default=SCHEMA_VERSION)
    seals: tuple[Seal, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    handwriting: tuple[Handwriting, ...] = ()
    signatures: tuple[DigitalSignature, ...] = ()
    authenticity: AuthenticityReport | None = None


@cache
def _adapter() -> TypeAdapter[Record]:
    from pydantic import TypeAdapter

    return TypeAdapter(Record)


def to_json(record: Record) -> bytes:
    """UTF-8 JSON, keys in the order of the schema, one trailing newline."""
    value: Mapping[str, Any] = _adapter().dump_python(record, mode="json")
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def from_json(data: bytes) -> Record:
    """The record of such bytes; ``pydantic.ValidationError`` for anything else."""
    return _adapter().validate_json(data)


def json_schema() -> dict[str, Any]:
    """JSON Schema (draft 2020-12) of a record as written."""
    schema = _adapter().json_schema(mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}

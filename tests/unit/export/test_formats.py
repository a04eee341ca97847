"""Every format in the table: the same bytes each time, as in the golden files."""

from __future__ import annotations

import json
import os
from pathlib import Path

import jsonschema
import pytest

from sohoa.export import FORMATS, Format, export_all
from sohoa.export.record_json import schema
from sohoa.record import Record, from_json, json_schema

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "export"
NAMES = ("party_copy", "state_decision", "nothing_read")


def test_no_two_formats_share_a_name_or_a_file() -> None:
    assert len({each.name for each in FORMATS}) == len(FORMATS)
    assert len({each.file_name for each in FORMATS}) == len(FORMATS)


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
@pytest.mark.parametrize("name", NAMES)
def test_as_in_the_golden_file(name: str, form: Format, made_up_records: dict[str, Record]) -> None:
    """Set SOHOA_REWRITE_GOLDEN=1 to write the files anew, then look at what changed."""
    record = made_up_records[name]
    data = form.export(record)
    path = GOLDEN / name / form.file_name
    if os.environ.get("SOHOA_REWRITE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert data.decode() == path.read_bytes().decode()
    assert data == form.export(record)


@pytest.mark.parametrize("name", NAMES)
def test_the_record_fits_its_schema_and_comes_back(
    name: str, made_up_records: dict[str, Record]
) -> None:
    record = made_up_records[name]
    data = export_all(record)["record.json"]
    jsonschema.Draft202012Validator(json_schema()).validate(json.loads(data))
    assert from_json(data) == record


def test_the_published_schema_is_current() -> None:
    """Set SOHOA_REWRITE_GOLDEN=1 to publish it anew."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    path = ROOT / "docs" / "record.schema.json"
    if os.environ.get("SOHOA_REWRITE_GOLDEN"):
        path.write_bytes(schema())
    assert path.read_bytes() == schema()


def test_the_documentation_names_every_file_and_key(state_decision: Record) -> None:
    text = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    for form in FORMATS:
        assert f"`{form.file_name}`" in text
    value = json.loads(export_all(state_decision)["record.json"])
    for key in (*value, *value["directive"]):
        assert f"`{key}`" in text

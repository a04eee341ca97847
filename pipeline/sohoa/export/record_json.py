"""``record.json``: the whole record, with the way back to the ink for every word and field."""

from __future__ import annotations

import json

from sohoa.record import Record, json_schema, to_json


def export(record: Record) -> bytes:
    """UTF-8 JSON after the published schema, one trailing newline."""
    return to_json(record)


def schema() -> bytes:
    """The JSON Schema as published in ``docs/record.schema.json``, one trailing newline."""
    return (json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n").encode()

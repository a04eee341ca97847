"""Many documents as lines: JSONL, and the bulk format of OpenSearch. Pure, without a clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sohoa.search.audience import whole_document
from sohoa.search.legislation import legislation
from sohoa.search.rows import Entry

OPENSEARCH_INDEX = "sohoa"

# What was misread may be long: a keyword of more than 32,766 bytes would cost the whole document.
_NAME = {"type": "keyword", "ignore_above": 512}
# The analyzer drops marks and turns đ into d (asciifolding does both); ``marked`` keeps them.
OPENSEARCH_MAPPING: dict[str, Any] = {
    "settings": {
        "analysis": {
            "analyzer": {
                "folded": {"tokenizer": "standard", "filter": ["lowercase", "asciifolding"]},
                "marked": {"tokenizer": "standard", "filter": ["lowercase"]},
            }
        }
    },
    "mappings": {
        "dynamic": False,
        "properties": {
            "id": {"type": "keyword"},
            "uri": _NAME,
            "record": {"type": "keyword"},
            "fields": {
                "properties": {
                    **{
                        name: {
                            "type": "text",
                            "analyzer": "folded",
                            "fields": {"marked": {"type": "text", "analyzer": "marked"},
                                       "raw": _NAME},
                        }
                        for name in ("type", "issuer", "superior", "title", "signer", "place",
                                     "full_number")
                    },
                    "number": _NAME,
                    "symbol": _NAME,
                    "date": {"type": "date", "format": "strict_date", "ignore_malformed": True},
                }
            },
            "pages": {
                "properties": {
                    "number": {"type": "integer"},
                    "text": {
                        "type": "text",
                        "analyzer": "folded",
                        "fields": {"marked": {"type": "text", "analyzer": "marked"}},
                    },
                }
            },
            "citations": {
                "properties": {
                    "uri": _NAME,
                    "relation": {"type": "keyword"},
                    "raw": {"type": "text", "analyzer": "folded"},
                }
            },
        },
    },
}  # fmt: skip


def json_line(value: object) -> bytes:
    """One line of UTF-8 JSON, keys in order: equal values, equal bytes."""
    return (json.dumps(value, ensure_ascii=False, sort_keys=True) + "\n").encode()


def jsonl(entries: Iterable[Entry]) -> Iterator[bytes]:
    """A line a document."""
    return (json_line(whole_document(entry)) for entry in entries)


def opensearch(entries: Iterable[Entry]) -> Iterator[bytes]:
    """Two lines a document: what to do (put it under its id), and the document."""
    for entry in entries:
        action = {"index": {"_index": OPENSEARCH_INDEX, "_id": entry.key}}
        yield json_line(action) + json_line(whole_document(entry))


def legislation_lines(entries: Iterable[Entry], base: str = "") -> Iterator[bytes]:
    """A line of JSON-LD a document."""
    return (json_line(legislation(entry.document, base)) for entry in entries)

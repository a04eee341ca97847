"""A collection as tables of PostgreSQL: SQL and tab-separated files that ``psql`` loads.

No driver is needed: ``cd FOLDER && psql DATABASE -f load.sql``. The load replaces the rows of the
schema ``sohoa`` in one transaction. The view ``sohoa.document_json`` gives back every document as
it was exported.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from sohoa.search.audience import whole_document
from sohoa.search.rows import Entry
from sohoa.vietnamese import strip_marks

TABLES = ("document", "page", "unit", "citation")
_LETTERS = "aăâeêioôơuưy"
_TONES = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")


def _marked_letters() -> str:
    small = "".join(
        unicodedata.normalize("NFC", letter + tone) for letter in _LETTERS for tone in _TONES
    )
    return "".join(sorted({*small, "đ"} - set("aeiouy")))


def schema_sql() -> str:
    """Tables, a fold for marks (đ too), full-text indexes and the view, made where they are not."""
    marked = _marked_letters()
    both = marked + marked.upper()
    plain = strip_marks(marked)
    return _SCHEMA.format(marked=both, plain=plain + plain)


_SCHEMA = """\
-- A collection of sohoa: made once, kept by later loads.
CREATE SCHEMA IF NOT EXISTS sohoa;

-- Text as it is searched: without marks and case, figures without the zeros before them.
CREATE OR REPLACE FUNCTION sohoa.fold(t text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT regexp_replace(regexp_replace(
        lower(translate(normalize(t, NFC), '{marked}', '{plain}')),
        '[^[:alnum:]]+', ' ', 'g'), '\\m0+(?=[0-9])', '', 'g')
$$;

CREATE TABLE IF NOT EXISTS sohoa.document (
    id text PRIMARY KEY, uri text, type text, full_number text, issuer text, title text,
    signer text, date date, value jsonb NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, sohoa.fold(
        coalesce(type, '') || ' ' || coalesce(full_number, '') || ' ' || coalesce(title, '') || ' '
        || coalesce(issuer, '') || ' ' || coalesce(signer, '')))) STORED
);
CREATE TABLE IF NOT EXISTS sohoa.page (
    document text NOT NULL REFERENCES sohoa.document ON DELETE CASCADE, number integer NOT NULL,
    width integer NOT NULL, height integer NOT NULL, text text NOT NULL,
    search tsvector GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, sohoa.fold(text))) STORED,
    PRIMARY KEY (document, number)
);
CREATE TABLE IF NOT EXISTS sohoa.unit (
    document text NOT NULL REFERENCES sohoa.document ON DELETE CASCADE, place integer NOT NULL,
    address text NOT NULL, kind text NOT NULL, value jsonb NOT NULL,
    PRIMARY KEY (document, place)
);
CREATE TABLE IF NOT EXISTS sohoa.citation (
    document text NOT NULL REFERENCES sohoa.document ON DELETE CASCADE, place integer NOT NULL,
    relation text NOT NULL, uri text, raw text NOT NULL, value jsonb NOT NULL,
    PRIMARY KEY (document, place)
);
CREATE INDEX IF NOT EXISTS document_search ON sohoa.document USING gin (search);
CREATE INDEX IF NOT EXISTS document_uri ON sohoa.document (uri);
CREATE INDEX IF NOT EXISTS document_date ON sohoa.document (date);
CREATE INDEX IF NOT EXISTS page_search ON sohoa.page USING gin (search);
CREATE INDEX IF NOT EXISTS citation_uri ON sohoa.citation (uri);

-- SELECT * FROM sohoa.find('chi thi 52'): documents whose head or one page holds all the words.
CREATE OR REPLACE FUNCTION sohoa.find(words text) RETURNS SETOF sohoa.document
LANGUAGE sql STABLE AS $$
    SELECT d.* FROM sohoa.document d
    WHERE d.search @@ plainto_tsquery('simple', sohoa.fold(words)) OR EXISTS (
        SELECT FROM sohoa.page p
        WHERE p.document = d.id AND p.search @@ plainto_tsquery('simple', sohoa.fold(words)))
    ORDER BY d.search @@ plainto_tsquery('simple', sohoa.fold(words)) DESC, d.date DESC, d.id
$$;

CREATE OR REPLACE VIEW sohoa.document_json AS
SELECT id, value || jsonb_build_object(
    'pages', coalesce((SELECT jsonb_agg(jsonb_build_object('number', number, 'width', width,
        'height', height, 'text', text) ORDER BY number)
        FROM sohoa.page p WHERE p.document = d.id), '[]'),
    'units', coalesce((SELECT jsonb_agg(u.value ORDER BY place)
        FROM sohoa.unit u WHERE u.document = d.id), '[]'),
    'citations', coalesce((SELECT jsonb_agg(c.value ORDER BY place)
        FROM sohoa.citation c WHERE c.document = d.id), '[]')) AS document
FROM sohoa.document d;
"""

LOAD_SQL = """\
-- cd to this folder, then: psql DATABASE -f load.sql
\\set ON_ERROR_STOP on
SET client_encoding = 'UTF8';
BEGIN;
\\ir schema.sql
TRUNCATE sohoa.document, sohoa.page, sohoa.unit, sohoa.citation;
\\copy sohoa.document (id, uri, type, full_number, issuer, title, signer, date, value) from 'document.tsv'
\\copy sohoa.page (document, number, width, height, text) from 'page.tsv'
\\copy sohoa.unit (document, place, address, kind, value) from 'unit.tsv'
\\copy sohoa.citation (document, place, relation, uri, raw, value) from 'citation.tsv'
COMMIT;
ANALYZE sohoa.document, sohoa.page, sohoa.unit, sohoa.citation;
"""  # noqa: E501 (psql takes \copy on one line only)


def table_rows(entries: Iterable[Entry]) -> Iterator[tuple[str, bytes]]:
    """Lines of COPY's text format, each with the table that it goes into."""
    for entry in entries:
        document = whole_document(entry)
        units, citations = document.pop("units"), document.pop("citations")
        pages = document.pop("pages")
        values = document["fields"]
        yield "document", _line(
            entry.key, document["uri"], values["type"], values["full_number"], values["issuer"],
            values["title"], values["signer"], _day(values["date"]), document,
        )  # fmt: skip
        for page in pages:
            yield (
                "page",
                _line(entry.key, page["number"], page["width"], page["height"], page["text"]),
            )
        for place, unit in enumerate(units):
            yield "unit", _line(entry.key, place, unit["address"], unit["kind"], unit)
        for place, each in enumerate(citations):
            yield (
                "citation",
                _line(entry.key, place, each["relation"], each["uri"], each["raw"], each),
            )


def _line(*values: Any) -> bytes:
    return ("\t".join(_field(value) for value in values) + "\n").encode()


def _field(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, dict):
        value = json.dumps(value, ensure_ascii=False, sort_keys=True)
    text = str(value).replace("\\", "\\\\")
    return text.replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _day(text: str | None) -> str | None:
    """A whole day; None for what a column of days cannot take (the value itself keeps it)."""
    try:
        return date.fromisoformat(text).isoformat() if text and len(text) == 10 else None
    except ValueError:
        return None

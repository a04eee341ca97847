"""The tables of the review store. Corrections can be added to, never changed or taken away."""

from __future__ import annotations

SCHEMA_VERSION = 1

TABLES = """
CREATE TABLE IF NOT EXISTS documents (
    key TEXT PRIMARY KEY,
    folder TEXT NOT NULL UNIQUE,      -- below the folder of results, with /
    name TEXT NOT NULL,
    source_sha256 TEXT NOT NULL,
    source_size INTEGER NOT NULL,
    stamp TEXT NOT NULL,              -- of record.json as it was when it was looked at
    pages INTEGER NOT NULL,
    words INTEGER NOT NULL,
    doubtful INTEGER NOT NULL,
    summary TEXT NOT NULL,            -- JSON: what a list shows
    search TEXT NOT NULL,             -- the summary without marks and case
    risk REAL NOT NULL,
    reasons TEXT NOT NULL,            -- codes, each with a space on both sides
    secret INTEGER NOT NULL,
    gone INTEGER NOT NULL DEFAULT 0,
    state TEXT NOT NULL DEFAULT 'new',
    version INTEGER NOT NULL DEFAULT 0,
    signed_by TEXT NOT NULL DEFAULT '',
    signed_at TEXT NOT NULL DEFAULT '',
    exported INTEGER NOT NULL DEFAULT 0   -- version whose exports were written
);
CREATE INDEX IF NOT EXISTS documents_in_turn
    ON documents (gone, state = 'signed', risk DESC, folder, secret);
CREATE INDEX IF NOT EXISTS documents_by_state ON documents (gone, state, secret, doubtful);
CREATE INDEX IF NOT EXISTS documents_by_source ON documents (source_sha256);
CREATE TABLE IF NOT EXISTS corrections (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL,
    version INTEGER NOT NULL,         -- of the document, once this was added
    id TEXT NOT NULL UNIQUE,
    value TEXT NOT NULL               -- the correction as JSON
);
CREATE INDEX IF NOT EXISTS corrections_by_document ON corrections (document, seq);
CREATE TABLE IF NOT EXISTS signed_records (
    document TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    data BLOB NOT NULL                -- the record under the sign-off, as JSON, zlib
);
CREATE TRIGGER IF NOT EXISTS corrections_stay BEFORE UPDATE ON corrections
    BEGIN SELECT RAISE(ABORT, 'corrections are never changed'); END;
CREATE TRIGGER IF NOT EXISTS corrections_remain BEFORE DELETE ON corrections
    BEGIN SELECT RAISE(ABORT, 'corrections are never taken away'); END;
"""

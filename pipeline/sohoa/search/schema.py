"""The tables of the index.

``document`` holds each document as the office sees it; ``standing`` what each audience was last
told of it; ``change`` the feed. A row of ``folded`` and ``marked`` is one document as one or more
audiences see it: row ``2 n`` as the office does, ``2 n + 1`` as the public does where that differs
(redacted). They hold no text of their own: it is made again from the document when it is deleted.
"""

from __future__ import annotations

# Columns of the full-text tables, in their order.
COLUMNS = ("number", "type", "issuer", "signer", "cited", "day", "leave", "head", "body")
# The heads alone again, so that what stands in a head is found without passing by all bodies.
HEADS = {"folded": "folded_head", "marked": "marked_head"}
HEAD_COLUMNS = COLUMNS[:-1]
TEXT_TABLES = ("folded", "marked", "folded_head", "marked_head")
# What the tokens of a field begin with: so they are lists of their own, short ones, and no word of
# a body is taken for a field.
LETTERS = {"number": "0n", "type": "0t", "issuer": "0i", "signer": "0s", "cited": "0c"}
# Tokens that nobody writes: a phrase does not run over the one, the other marks published rows.
SEPARATOR, PUBLISHED = "0x0", "0xpublic"

_FULL_TEXT = """
CREATE VIRTUAL TABLE {name} USING fts5(
    {columns}, content='', columnsize=0, tokenize="unicode61 remove_diacritics {diacritics}"
);
INSERT INTO {name} ({name}, rank) VALUES ('hashsize', 33554432);
"""
ALL_TABLES = (
    *TEXT_TABLES, "document", "content", "page", "citation", "standing", "change", "meta",
)  # fmt: skip
TABLES = (
    """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE document (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    folder TEXT NOT NULL UNIQUE,
    stamp TEXT NOT NULL,
    uri TEXT,
    number TEXT,               -- tokens of the full number
    public INTEGER NOT NULL,   -- 0 not published, 1 published, 2 published with parts hidden
    secret INTEGER NOT NULL,
    type TEXT, issuer TEXT, family TEXT, year TEXT, date TEXT,   -- for facets and order
    decision TEXT
);
-- JSON (zlib); apart from the above, so that counting runs over small rows.
CREATE TABLE content (document INTEGER PRIMARY KEY, value BLOB NOT NULL);
CREATE INDEX document_uri ON document (uri) WHERE uri IS NOT NULL;
CREATE INDEX document_number ON document (number) WHERE number IS NOT NULL;
CREATE TABLE page (
    document INTEGER NOT NULL, number INTEGER NOT NULL, width INTEGER NOT NULL,
    height INTEGER NOT NULL, words BLOB NOT NULL, boxes BLOB NOT NULL,
    PRIMARY KEY (document, number)
) WITHOUT ROWID;
CREATE TABLE citation (
    document INTEGER NOT NULL, place INTEGER NOT NULL, relation TEXT NOT NULL, uri TEXT,
    number TEXT, PRIMARY KEY (document, place)
) WITHOUT ROWID;
CREATE INDEX citation_uri ON citation (uri) WHERE uri IS NOT NULL;
CREATE INDEX citation_number ON citation (number) WHERE uri IS NULL AND number IS NOT NULL;
CREATE TABLE standing (
    audience TEXT NOT NULL, key TEXT NOT NULL, digest TEXT NOT NULL, since INTEGER NOT NULL,
    PRIMARY KEY (audience, key)
) WITHOUT ROWID;
CREATE TABLE change (
    seq INTEGER PRIMARY KEY AUTOINCREMENT, audience TEXT NOT NULL, key TEXT NOT NULL,
    first INTEGER NOT NULL,    -- the change that brought the document to the audience; 0: deleted
    UNIQUE (audience, key)
);
CREATE INDEX change_audience ON change (audience, seq);
"""
    + _FULL_TEXT.format(name="folded", columns=", ".join(COLUMNS), diacritics=2)
    + _FULL_TEXT.format(name="marked", columns=", ".join(COLUMNS), diacritics=0)
    + _FULL_TEXT.format(name="folded_head", columns=", ".join(HEAD_COLUMNS), diacritics=2)
    + _FULL_TEXT.format(name="marked_head", columns=", ".join(HEAD_COLUMNS), diacritics=0)
)

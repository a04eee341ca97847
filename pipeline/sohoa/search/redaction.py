"""Personal data made unreadable, wherever it stands in a document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sohoa.search.gate import Block
from sohoa.search.personal import CODES, find_personal
from sohoa.search.rows import Entry, PageWords

HIDDEN = "▇▇▇"


def redact(entry: Entry, blocks: Sequence[Block]) -> Entry:
    """The entry without the personal data of ``blocks``, on its pages and in every text of it.

    The words keep their place and box, so that what is hidden can be seen on the page.
    """
    personal = [block for block in blocks if block.code in CODES]
    hidden = _hidden_texts(entry, personal)
    pages = tuple(
        _page(page, [block for block in personal if block.page == page.number])
        for page in entry.pages
    )
    return replace(entry, document=_value(entry.document, hidden), pages=pages)


def _hidden_texts(entry: Entry, personal: Sequence[Block]) -> tuple[re.Pattern[str], ...]:
    """Patterns of what is hidden: it stands in fields and units too, broken otherwise."""
    texts = {
        tuple(page.words[block.first : block.last])
        for page in entry.pages
        for block in personal
        if block.page == page.number
    }
    longest_first = sorted(texts, key=lambda words: (-len(" ".join(words)), words))
    return tuple(
        re.compile(r"\s*".join(re.escape(word.strip(".,;:()")) for word in words))
        for words in longest_first
    )


def _page(page: PageWords, blocks: Sequence[Block]) -> PageWords:
    hidden = {place for block in blocks for place in range(block.first, block.last)}
    words = tuple(HIDDEN if place in hidden else word for place, word in enumerate(page.words))
    return replace(page, words=words)


def _value(value: Any, hidden: Sequence[re.Pattern[str]]) -> Any:
    """The same JSON value with its texts redacted; keys and numbers stay."""
    if isinstance(value, str):
        return _text(value, hidden)
    if isinstance(value, dict):
        kept = (
            "format",
            "id",
            "record",
            "sha256",
            "media_type",
            "uri",
            "kind",
            "address",
            "parent",
        )
        return {
            name: each if name in kept else _value(each, hidden) for name, each in value.items()
        }
    if isinstance(value, list):
        return [_value(each, hidden) for each in value]
    return value


def _text(text: str, hidden: Sequence[re.Pattern[str]]) -> str:
    for pattern in hidden:
        text = pattern.sub(HIDDEN, text)
    words = text.split(" ")
    spans = find_personal(words)
    if not spans:
        return text
    gone = {place for span in spans for place in range(span.first, span.last)}
    return " ".join(HIDDEN if place in gone else word for place, word in enumerate(words))

"""For whom: what the public, the office, and those with leave for secrets may see of a document."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from sohoa.search.gate import SECRECY, Block, find_blocks
from sohoa.search.publication import Decision, Verb, missing_leave
from sohoa.search.redaction import redact
from sohoa.search.rows import Entry


class Audience(StrEnum):
    """``PUBLIC``: what was marked publishable. ``OFFICE``: all but secret papers. ``ALL``."""

    PUBLIC = "public"
    OFFICE = "office"
    ALL = "all"


def projections(entry: Entry, decision: Decision | None) -> Mapping[Audience, Entry]:
    """The entry as each audience sees it; an audience that may not see it is left out.

    What the public gets tells nothing of the office's own: no reasons of the gate, no file name.
    """
    blocks = find_blocks(entry)
    missing = missing_leave(blocks, decision)
    office = _with(entry, publication=_publication(blocks, decision, missing))
    found = {Audience.ALL: office}
    if all(block.code != SECRECY for block in blocks):
        found[Audience.OFFICE] = office
    if decision is not None and decision.verb is not Verb.WITHHOLD and not missing:
        wanted = decision.verb is Verb.PUBLISH_REDACTED
        shown = redact(entry, blocks) if wanted else entry
        source = {
            name: shown.document["source"][name] for name in ("sha256", "media_type", "pages")
        }
        found[Audience.PUBLIC] = _with(shown, source=source)
    return found


def _publication(
    blocks: Sequence[Block], decision: Decision | None, missing: tuple[str, ...]
) -> dict[str, Any]:
    published = decision is not None and decision.verb is not Verb.WITHHOLD and not missing
    return {
        "publishable": published,
        "decision": str(decision.verb) if decision else None,
        "missing_leave": list(missing),
        "blocks": [block.to_json() for block in blocks],
    }


def _with(entry: Entry, **values: object) -> Entry:
    from dataclasses import replace

    return replace(entry, document={**entry.document, **values})


def whole_document(entry: Entry) -> dict[str, Any]:
    """The document with the text of its pages: what exports and feeds carry."""
    pages = [
        {"number": page.number, "width": page.width, "height": page.height, "text": page.text}
        for page in entry.pages
    ]
    return {**entry.document, "pages": pages}


def digests_of(shown: Mapping[Audience, Entry]) -> dict[Audience, str]:
    """The digest for each audience; those who see the same entry have the same one."""
    found: dict[int, str] = {}
    for entry in shown.values():
        if id(entry) not in found:
            found[id(entry)] = digest_of(entry)
    return {who: found[id(entry)] for who, entry in shown.items()}


def digest_of(entry: Entry) -> str:
    """Changes when anything that the audience can see changes; also the document's ETag."""
    value = json.dumps(entry.document, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(value.encode())
    for page in entry.pages:
        digest.update(f"\f{page.number} {page.width} {page.height}\n{page.text}".encode())
        digest.update(page.edges.tobytes())
    return digest.hexdigest()[:32]

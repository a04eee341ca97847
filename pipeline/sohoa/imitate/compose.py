"""From a kind and a seed to a draft: the one place where kinds are mapped to their makers."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from datetime import timedelta
from typing import Any

from sohoa.imitate.draft import DocumentKind, Draft, Incoming
from sohoa.imitate.grammar import old_tones
from sohoa.imitate.party import draft_certified_copy, draft_provincial
from sohoa.imitate.state import draft_state

_MAKERS: dict[DocumentKind, Callable[[DocumentKind, int], Draft]] = {
    DocumentKind.PARTY_COPY: draft_certified_copy,
    DocumentKind.PARTY_DIRECTIVE: draft_provincial,
    DocumentKind.PARTY_GUIDANCE: draft_provincial,
    DocumentKind.PARTY_NOTICE: draft_provincial,
    DocumentKind.PARTY_PLAN: draft_provincial,
    DocumentKind.PARTY_REPORT: draft_provincial,
    DocumentKind.PARTY_LETTER: draft_provincial,
    DocumentKind.STATE_DECISION: draft_state,
    DocumentKind.STATE_DIRECTIVE: draft_state,
    DocumentKind.STATE_LETTER: draft_state,
    DocumentKind.STATE_NOTICE: draft_state,
    DocumentKind.STATE_PLAN: draft_state,
    DocumentKind.STATE_REPORT: draft_state,
    DocumentKind.STATE_PROPOSAL: draft_state,
}


def draft(kind: DocumentKind, seed: int) -> Draft:
    """One paper: its content and its typist's choices. The same seed gives the same paper."""
    made = _marked(_MAKERS[kind](kind, seed))
    return with_old_tones(made) if made.style.old_tones else made


def _marked(paper: Draft) -> Draft:
    """Some papers are urgent, some carry the receiver's stamp, some a seal over the edges."""
    rng = random.Random(f"{paper.kind.value}/{paper.seed}/marks")  # noqa: S311 (no secrets)
    urgency = rng.choice(("KHẨN", "THƯỢNG KHẨN", "HOẢ TỐC")) if rng.random() < 0.06 else ""
    incoming = received(paper) if rng.random() < 0.12 else None
    return replace(paper, urgency=urgency, incoming=incoming, edge_seal=rng.random() < 0.1)


def received(paper: Draft) -> Incoming:
    """The stamp of an office that got the paper some days after it was signed."""
    rng = random.Random(f"{paper.kind.value}/{paper.seed}/received")  # noqa: S311 (no secrets)
    body = rng.choice(("VĂN PHÒNG TỈNH UỶ", "SỞ NỘI VỤ", "UBND XÃ TÂN LẬP", "VĂN PHÒNG UBND TỈNH"))
    day = paper.date + timedelta(days=rng.randint(1, 9))
    return Incoming(body, str(rng.randint(11, 4800)), day)


def marked_secret(paper: Draft, mark: str = "MẬT") -> Draft:
    """The paper with a secrecy mark in its place: for tests of setting such papers aside."""
    return replace(paper, secrecy=mark)


def with_old_tones(paper: Draft) -> Draft:
    """The paper with every text in the old tone placement (hòa, ủy)."""
    changed: Draft = _map_text(paper)
    return changed


def _map_text(value: Any) -> Any:
    if isinstance(value, str):
        # Enumerations are strings too; their values are no printed text.
        return old_tones(value) if type(value) is str else value
    if isinstance(value, tuple):
        return tuple(_map_text(item) for item in value)
    if is_dataclass(value) and not isinstance(value, type):
        changes = {item.name: _map_text(getattr(value, item.name)) for item in fields(value)}
        return replace(value, **changes)
    return value

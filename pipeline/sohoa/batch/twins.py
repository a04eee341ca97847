"""The same paper scanned twice: linked in the ledger, never merged."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from sohoa.batch.job import Outcome, Paper

SAME_BYTES, SAME_PAPER = "same-bytes", "same-paper"
# Two readings of one paper share far more, two papers of one number and day far less.
_NEAR = 0.8
_MOST_CANDIDATES = 20
_MOST_CHARACTERS = 20_000
_TEXT = "text.txt"


def find_twin(
    base: sqlite3.Connection, attempt: int, outcome: Outcome
) -> tuple[int, str, float] | None:
    """The earliest attempt on another source that holds the same paper: its number, how it is the
    same, and how near the texts are (0..1).

    Same bytes; or same number and day, type and issuing body alike where both were read, and
    near-equal text of what both results hold.
    """
    same = base.execute(
        "SELECT s.written FROM source s WHERE s.sha256 = ? AND s.written IS NOT NULL"
        " AND s.id <> (SELECT source FROM attempt WHERE id = ?) AND s.written < ?"
        " ORDER BY s.written LIMIT 1",
        (outcome.sha256, attempt, attempt),
    ).fetchone()
    if same is not None:
        return int(same[0]), SAME_BYTES, 1.0
    paper = outcome.paper
    if paper.number is None or paper.date is None:
        return None
    text = _text(Path(outcome.folder))
    rows = base.execute(
        "SELECT o.attempt, o.type, o.number, o.issuer, o.date, s.folder FROM outcome o"
        " JOIN source s ON s.written = o.attempt WHERE o.number = ? AND o.date = ?"
        " AND o.attempt < ? ORDER BY o.attempt LIMIT ?",
        (paper.number, paper.date, attempt, _MOST_CANDIDATES),
    ).fetchall()
    for other, kind, number, issuer, date, folder in rows:
        if not _agree(paper, Paper(kind, number, issuer, date)):
            continue
        similarity = _similarity(text, _text(Path(os.fsdecode(folder))))
        if similarity >= _NEAR:
            return int(other), SAME_PAPER, similarity
    return None


def _agree(one: Paper, other: Paper) -> bool:
    pairs = ((one.type, other.type), (one.issuer, other.issuer))
    return all(not a or not b or _similarity(a, b) >= _NEAR for a, b in pairs)


def _similarity(one: str, other: str) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other)) / 100 if one and other else 0.0


def _text(folder: Path) -> str:
    """Letters and figures of a result, without marks, case and spaces; empty where it is gone."""
    from sohoa.vietnamese import strip_marks

    try:
        text = (folder / _TEXT).read_text(encoding="utf-8")
    except OSError:
        return ""
    return "".join(each for each in strip_marks(text).casefold() if each.isalnum())[
        :_MOST_CHARACTERS
    ]

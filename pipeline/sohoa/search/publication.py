"""What people decided about publishing: kept beside the results, a line a decision, never changed.

The index can be lost and built again; a decision cannot. So it lies in a file of its own,
``OUT/.sohoa/publication.jsonl``.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from sohoa.errors import SettingsError, StorageError
from sohoa.search.gate import CODES, SECRECY, Block
from sohoa.search.personal import CODES as PERSONAL

FILE = Path(".sohoa", "publication.jsonl")
FORMAT = "sohoa-publication/1"


class Verb(StrEnum):
    """What was decided."""

    PUBLISH = "publish"
    PUBLISH_REDACTED = "publish-redacted"  # with the personal data made unreadable
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class Decision:
    """Somebody's decision about one document, of a folder below the folder of results.

    ``despite``: codes of the gate that the person knew of and set aside. ``when``: ISO 8601, UTC.
    A decision holds for what the gate found then: a new finding asks for a new decision.
    """

    folder: str
    verb: Verb
    who: str
    when: str
    despite: tuple[str, ...] = ()
    why: str = ""

    def __post_init__(self) -> None:
        if not self.who.strip():
            raise SettingsError("Nobody's decision.", remedy="Say who decides: --by NAME.")
        unknown = set(self.despite) - set(CODES)
        if unknown:
            raise SettingsError(
                f"The gate has no {', '.join(sorted(unknown))}.",
                remedy=f"Known: {', '.join(CODES)}.",
            )
        if SECRECY in self.despite:
            raise SettingsError(
                "A paper with a secrecy mark is never published.",
                remedy="Declassify it first: a copy without the mark is another paper.",
            )


def missing_leave(blocks: Sequence[Block], decision: Decision | None) -> tuple[str, ...]:
    """Codes that still stand in the way of publishing, in the order of the gate."""
    given = set(decision.despite) if decision else set()
    if decision and decision.verb is Verb.PUBLISH_REDACTED:
        given |= set(PERSONAL)
    standing = {block.code for block in blocks} - given
    return tuple(code for code in CODES if code in standing)


def now() -> str:
    return datetime.now(UTC).replace(microsecond=0).isoformat()


def read_decisions(root: Path) -> dict[str, Decision]:
    """The last decision about each folder; ``StorageError`` names a line that is none."""
    path = root / FILE
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise StorageError(f"{path} cannot be read: {error}.") from error
    found: dict[str, Decision] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            decision = _parse(line)
        except (ValueError, KeyError, TypeError, SettingsError) as error:
            if number == len(lines):
                continue  # the program was killed as it wrote: that decision was never confirmed
            raise StorageError(
                f"{path}, line {number}: no decision ({error}).", remedy="Correct that line."
            ) from error
        found[decision.folder] = decision
    return found


def _parse(line: str) -> Decision:
    value = json.loads(line)
    if value.pop("format") != FORMAT:
        raise ValueError("another format")
    return Decision(**{**value, "verb": Verb(value["verb"]), "despite": tuple(value["despite"])})


def add_decisions(root: Path, decisions: Iterable[Decision]) -> None:
    """Write decisions down; when this returns, they are on the disk."""
    path = root / FILE
    lines = "".join(
        json.dumps({"format": FORMAT, **asdict(each)}, ensure_ascii=False) + "\n"
        for each in decisions
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            end = file.seek(0, os.SEEK_END)
            if end and (file.seek(end - 1), file.read(1))[1] != b"\n":
                file.write(b"\n")  # a line that a crash cut short stays alone
            file.write(lines.encode())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error}.") from error

"""What the ledger knows of one source."""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass

from sohoa.batch.job import Signature


@dataclass(frozen=True, slots=True)
class Known:
    """What the ledger knows of a source. ``state``: a ``Status``, or running, skipped, pending.

    ``digest`` is that of the result that its folder holds, empty where there is none; ``origin``
    the absolute path of the (first) file that it was made from, empty where that is not known.
    """

    state: str
    code: str
    sha256: str
    recipe: str
    signature: Signature
    folder: bytes
    digest: str
    origin: bytes


def find_known(base: sqlite3.Connection, name: str) -> Known | None:
    """What is known of the source of this name; None for one that was never seen."""
    row = base.execute(
        "SELECT s.state, s.code, s.sha256, s.recipe, s.size_bytes, s.modified_ns,"
        " s.changed_ns, s.folder, coalesce(o.digest, ''), s.origin FROM source s"
        " LEFT JOIN outcome o ON o.attempt = s.written WHERE s.path = ?",
        (os.fsencode(name),),
    ).fetchone()
    if row is None:
        return None
    state, code, sha256, recipe, *times, folder, digest, origin = row
    return Known(state, code, sha256, recipe, Signature(*times), folder, digest, origin)

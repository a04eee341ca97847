"""``sohoa export`` and ``publish``: hand a collection on, and decide what the public gets."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sohoa.cli.messages import language, say
from sohoa.cli.search import open_index
from sohoa.errors import SettingsError
from sohoa.explain import explain
from sohoa.search.exporting import Wish, export_collection
from sohoa.search.index import Index
from sohoa.search.publication import Decision, Verb, add_decisions, now
from sohoa.search.reading import unpacked


def run(root: Path, target: Path, wish: Wish) -> int:
    """Write the files; 1 where nothing was there to be written."""
    index, _ = open_index(root)
    written = export_collection(index, wish, target)
    if not written.documents:
        print(say("export.none"), file=sys.stderr)
    told = say("export.done", count=written.documents, files=len(written.files), out=target)
    print(told)
    return 0 if written.documents else 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """A decision to be made about some documents, or about all that nothing blocks."""

    papers: tuple[str, ...] = ()
    all_clear: bool = False
    verb: Verb = Verb.PUBLISH
    by: str = ""
    despite: tuple[str, ...] = ()
    why: str = ""


def publish(root: Path, wanted: Wanted) -> int:
    """Without documents, list how each stands; else decide. 1 where something stays blocked."""
    index, _ = open_index(root)
    rows = _rows(index)
    if not wanted.papers and not wanted.all_clear:
        _print(rows)
        return 0
    chosen = _chosen(rows, wanted)
    decisions = [
        Decision(row["folder"], wanted.verb, wanted.by, now(), wanted.despite, wanted.why)
        for row in chosen
    ]
    add_decisions(root, decisions)
    index, _ = open_index(root)
    print(say("publish.done", count=len(decisions)))
    if wanted.verb is Verb.WITHHOLD:
        return 0
    names = {row["folder"] for row in chosen}
    still = [row for row in _rows(index) if row["folder"] in names and row["missing"]]
    for row in still:
        codes = ", ".join(row["missing"])
        print(say("publish.still", name=row["folder"], codes=codes), file=sys.stderr)
    return 1 if still else 0


def _chosen(rows: Sequence[dict[str, Any]], wanted: Wanted) -> list[dict[str, Any]]:
    if wanted.all_clear:
        return [row for row in rows if not row["missing"] and row["decision"] is None]
    known = {row["folder"]: row for row in rows} | {row["key"]: row for row in rows}
    for name in wanted.papers:
        if name.rstrip("/") not in known:
            raise SettingsError(say("publish.unknown", name=name))
    return [known[name.rstrip("/")] for name in wanted.papers]


def _rows(index: Index) -> list[dict[str, Any]]:
    with index.reading() as db:
        found = db.execute(
            "SELECT key, folder, public, value FROM document JOIN content ON document = id"
            " ORDER BY folder"
        ).fetchall()
    rows = []
    for key, folder, public, value in found:
        document = unpacked(value)
        told = document["publication"]
        rows.append({
            "key": key, "folder": folder, "public": public, "decision": told["decision"],
            "missing": told["missing_leave"], "blocks": told["blocks"],
            "number": document["fields"]["full_number"],
        })  # fmt: skip
    return rows


def _state(row: dict[str, Any]) -> str:
    if row["public"]:
        return "redacted" if row["decision"] == Verb.PUBLISH_REDACTED else "public"
    if row["decision"] == Verb.WITHHOLD:
        return "withheld"
    return "blocked" if row["missing"] else "open"


_STYLES = {"public": "green", "redacted": "green", "withheld": "dim", "blocked": "red"}


def _print(rows: Sequence[dict[str, Any]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(header_style="bold")
    keys = ("publish.col.paper", "col.number", "publish.col.state", "publish.col.reasons")
    for key in keys:
        table.add_column(say(key), overflow="fold")
    for row in rows:
        state = _state(row)
        reasons = []
        for block in row["blocks"]:
            page = f", {say('search.page', page=block['page'])}" if block["page"] else ""
            line = f"{explain(block['code'], language())} ({block['trigger']}{page})"
            if line not in reasons:
                reasons.append(line)
        shown = reasons[:4] + (["…"] if len(reasons) > 4 else [])
        table.add_row(
            Text(row["folder"]), Text(row["number"] or ""),
            Text(say(f"publish.state.{state}"), style=_STYLES.get(state, "")),
            Text("\n".join(shown)),
        )  # fmt: skip
    Console().print(table)

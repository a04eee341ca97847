"""``sohoa search`` and ``changes``: find papers, and follow what becomes of them."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.cli.messages import say
from sohoa.search.audience import Audience, whole_document
from sohoa.search.feed import changes_since
from sohoa.search.find import Hit, Results, search
from sohoa.search.index import FILE, Index
from sohoa.search.query import Query
from sohoa.search.reading import read_entry
from sohoa.search.refresh import Collection, open_collection, rebuild, refresh

if TYPE_CHECKING:
    from rich.console import Console


def open_index(root: Path, *, anew: bool = False) -> tuple[Index, Collection]:
    """The index of a folder of results, brought up to it; what cannot be read is told."""
    from rich.console import Console
    from rich.progress import Progress

    collection = open_collection(root)
    index = Index(root / FILE)
    console = Console(stderr=True)
    unreadable: tuple[str, ...] = ()
    with Progress(console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task(say("search.indexing"), total=None)
        for each in (rebuild if anew else refresh)(index, collection):
            shown.update(task, total=each.total, completed=each.done)
            unreadable = each.unreadable
    for name in unreadable:
        console.print(say("search.unreadable", name=name), style="yellow", markup=False)
    return index, collection


def run(root: Path, query: Query, audience: Audience, *, as_json: bool, anew: bool) -> int:
    """Search and print; 0 where something was found, 1 where nothing was."""
    from rich.console import Console

    index, _ = open_index(root, anew=anew)
    results = search(index, query, audience)
    if as_json:
        sys.stdout.write(json.dumps(results_json(results), ensure_ascii=False) + "\n")
    else:
        _print(results, Console())
    return 0 if results.hits else 1


def results_json(results: Results) -> dict[str, object]:
    return {
        "total": results.total,
        "more": results.more,
        "facets": {name: dict(counts) for name, counts in results.facets.items()},
        "hits": [_hit_json(hit) for hit in results.hits],
    }


def _hit_json(hit: Hit) -> dict[str, object]:
    value = asdict(hit)
    value["snippet"] = {
        "page": hit.snippet.page,
        "pieces": [{"text": text, "hit": found} for text, found in hit.snippet.pieces],
    }
    return value


def _print(results: Results, console: Console) -> None:
    from rich.text import Text

    for hit in results.hits:
        fields = hit.fields
        number = say("search.number", number=fields["full_number"]) if fields["full_number"] else ""
        head = " ".join(filter(None, (fields["type"], number)))
        line = Text.assemble((head or hit.folder, "bold"), f"  {fields['title'] or ''}")
        console.print(line, highlight=False)
        told = " · ".join(filter(None, (fields["issuer"], fields["date"], hit.folder)))
        console.print(Text(f"  {told}", style="dim"), highlight=False)
        if hit.snippet.pieces:
            shown = Text("  ")
            if hit.snippet.page is not None:
                shown.append(f"{say('search.page', page=hit.snippet.page)}: ", "cyan")
            for text, found in hit.snippet.pieces:
                shown.append(text, "bold yellow" if found else "")
            console.print(shown, highlight=False)
    more = "+" if results.more else ""
    console.print(say("search.found", total=results.total, more=more), highlight=False)


def follow(root: Path, since: str, audience: Audience, *, with_documents: bool) -> None:
    """Print every change since the cursor; the last line holds the cursor to go on from."""
    index, _ = open_index(root)
    reset, cursor = False, since
    while True:
        batch = changes_since(index, cursor, audience)
        reset, cursor = reset or batch.reset, batch.cursor
        for change in batch.changes:
            line: dict[str, object] = {
                "cursor": change.cursor, "kind": change.kind, "id": change.key,
                "digest": change.digest,
            }  # fmt: skip
            if with_documents and change.digest:
                with index.reading() as db:
                    entry = read_entry(db, change.key, audience)
                line["document"] = whole_document(entry) if entry else None
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
        if not batch.more:
            break
    sys.stdout.write(json.dumps({"cursor": cursor, "reset": reset}) + "\n")

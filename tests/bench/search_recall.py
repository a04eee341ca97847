"""Mark-less recall: ``python tests/bench/search_recall.py RESULTS [TRUTH]``.

Every number and every title of the results, stripped of its marks, is searched for; counted is
whether its own document comes among the first ten, and whether it comes first. With a folder of
truth (``NAME.json``) the numbers and titles are those of the paper, not those that were read.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from sohoa.search import Audience, Entry, Index, Query, open_collection, refresh, search
from sohoa.search.query import MOST_TERMS
from sohoa.search.reading import read_entries
from sohoa.vietnamese import strip_marks


def asked(entry: Entry, truth: Path | None) -> Iterator[tuple[str, str]]:
    fields = dict(entry.document["fields"])
    if truth is not None:
        path = truth / f"{Path(entry.folder).stem}.json"
        if not path.is_file():
            return
        known = json.loads(path.read_text(encoding="utf-8"))
        fields = {"full_number": known.get("full_number"), "title": known.get("title")}
    for name in ("full_number", "title"):
        text = " ".join(strip_marks(fields[name] or "").split()[:MOST_TERMS])
        if any(sign.isalnum() for sign in text):
            yield name, text


def main() -> None:
    results = Path(sys.argv[1])
    truth = Path(sys.argv[2]) if len(sys.argv) > 2 else None
    with tempfile.TemporaryDirectory() as folder:
        index = Index(Path(folder) / "search.db")
        list(refresh(index, open_collection(results)))
        counts: Counter[str] = Counter()
        with index.reading() as db:
            entries = list(read_entries(db, Audience.ALL))
        for entry in entries:
            for name, text in asked(entry, truth):
                keys = [hit.key for hit in search(index, Query(text), Audience.ALL).hits]
                counts[f"{name} asked"] += 1
                counts[f"{name} found"] += entry.key in keys
                counts[f"{name} first"] += keys[:1] == [entry.key]
                if entry.key not in keys:
                    print(f"not found: {entry.folder}: {name}", file=sys.stderr)
        index.close()
    print(json.dumps(dict(counts), indent=1))


if __name__ == "__main__":
    main()

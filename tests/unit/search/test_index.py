"""The index in step with its folder, and the feed that tells of it."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sohoa.record import Record, from_json
from sohoa.review import Correction, Kind
from sohoa.review.shelf import Shelf, key_of
from sohoa.review.shelf import refresh as refresh_store
from sohoa.review.store import ReviewStore
from sohoa.search import Audience, Entry, Index, Query, open_collection, rebuild, refresh, search
from sohoa.search import index as index_module
from sohoa.search.audience import whole_document
from sohoa.search.feed import changes_since
from sohoa.search.follow import Copy
from sohoa.search.index import dump
from sohoa.search.publication import Decision, Verb
from sohoa.search.reading import read_entries, read_entry
from sohoa.search.schema import TEXT_TABLES

Make = Callable[..., Record]
Put = Callable[[Path, str, Record], None]


def bring_up(index: Index, root: Path) -> tuple[str, ...]:
    return list(refresh(index, open_collection(root)))[-1].unreadable


def state(index: Index) -> str:
    with index.reading() as db:
        found = dump(db)
    integrity(index.db)
    return found


def integrity(db: sqlite3.Connection) -> None:
    for table in TEXT_TABLES:
        db.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")


def anew(root: Path, path: Path) -> str:
    """What a new index of the folder holds."""
    index = Index(path)
    bring_up(index, root)
    found = state(index)
    index.close()
    return found


def test_what_did_not_change_is_not_told(index: Index, results: Path, put_result: Put) -> None:
    bring_up(index, results)
    cursor = changes_since(index, "", Audience.ALL).cursor
    record = from_json((results / "a.pdf" / "record.json").read_bytes())
    put_result(results, "a.pdf", record)  # written anew, with the same content
    bring_up(index, results)
    assert changes_since(index, cursor, Audience.ALL).changes == ()


def test_an_index_kept_in_step_equals_one_built_anew(
    index: Index, results: Path, paper: Make, put_result: Put, tmp_path: Path
) -> None:
    bring_up(index, results)
    put_result(results, "a.pdf", paper("a.pdf", title="một trích yếu khác"))
    put_result(results, "d/e.pdf", paper("e.pdf", number="9", lines=("Dòng mới",)))
    shutil.rmtree(results / "c.pdf")
    bring_up(index, results)
    (results / "d" / "e.pdf" / "record.json").write_bytes(b"{")  # damaged on the disk
    assert bring_up(index, results) == ("d/e.pdf",)
    kept = state(index)
    assert kept == anew(results, tmp_path / "new" / "search.db")
    list(rebuild(index, open_collection(results)))
    assert state(index) == kept
    assert search(index, Query("trich yeu khac"), Audience.ALL).total == 1
    assert search(index, Query("phong chong tham nhung"), Audience.ALL).total == 0


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from("xyz-"), st.booleans()), max_size=12))
def test_any_run_of_changes_ends_in_the_same_index(
    tmp_path_factory: pytest.TempPathFactory,
    entry: Callable[..., Entry],
    changes: list[tuple[int, str, bool]],
) -> None:
    folder = tmp_path_factory.mktemp("run")
    step, fresh = Index(folder / "step.db"), Index(folder / "new.db")
    last: dict[str, tuple[Entry, Decision | None]] = {}
    for number, title, published in changes:
        key = f"{number:020x}"
        with step.writing() as writer:
            if title == "-":
                writer.delete(key)
                last.pop(key, None)
                continue
            made = entry(key, title=f"trích yếu {title}")
            decision = Decision(key, Verb.PUBLISH, "ai", "2025") if published else None
            last[key] = (made, decision)
            writer.put(made, decision)
    with fresh.writing() as writer:
        for made, decision in last.values():
            writer.put(made, decision)
    assert state(step) == state(fresh)
    step.close()
    fresh.close()


def test_corrections_of_people_reach_the_index(index: Index, results: Path) -> None:
    bring_up(index, results)
    store = ReviewStore(Shelf(results).store_path)
    list(refresh_store(Shelf(results), store))
    made = Correction(Kind.FIELD, "Người soát", "2025-01-01T00:00:00+00:00", before="x",
                      after="về chuyển đổi số", field="title")  # fmt: skip
    document = store.get(key_of("a.pdf"))
    assert document is not None
    store.append(key_of("a.pdf"), document.version, (made,))
    bring_up(index, results)
    found = search(index, Query("chuyen doi so"), Audience.ALL)
    assert [hit.folder for hit in found.hits] == ["a.pdf"]
    collection = open_collection(results)
    assert [each["after"] for each in collection.corrections(key_of("a.pdf"))] == [
        "về chuyển đổi số"
    ]


def test_an_index_of_another_version_is_built_anew_and_the_feed_goes_on(
    results: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "search.db"
    index = Index(path)
    bring_up(index, results)
    cursor = changes_since(index, "", Audience.ALL).cursor
    index.close()
    shutil.rmtree(results / "c.pdf")
    monkeypatch.setattr(index_module, "VERSION", "another")
    index = Index(path)
    assert search(index, Query("52"), Audience.ALL).total == 0
    bring_up(index, results)
    batch = changes_since(index, cursor, Audience.ALL)
    assert [(each.kind, each.key) for each in batch.changes] == [("delete", key_of("c.pdf"))]
    assert not batch.reset
    index.close()


# The feed


def fetch_from(index: Index, count: int) -> Callable[[str], dict[str, Any]]:
    """The feed as the interface gives it, in small batches."""

    def fetch(cursor: str) -> dict[str, Any]:
        with index.reading() as db:
            batch = changes_since(index, cursor, Audience.OFFICE, count)
            changes = []
            for each in batch.changes:
                entry = read_entry(db, each.key, Audience.OFFICE)
                changes.append({
                    "kind": each.kind, "id": each.key, "digest": each.digest,
                    "document": whole_document(entry) if entry else None,
                })  # fmt: skip
        return {"changes": changes, "cursor": batch.cursor, "more": batch.more,
                "reset": batch.reset}  # fmt: skip

    return fetch


def source_of(index: Index) -> dict[str, dict[str, Any]]:
    with index.reading() as db:
        return {entry.key: whole_document(entry) for entry in read_entries(db, Audience.OFFICE)}


class Killed(BaseException):
    """Stands for the end of the process."""


@pytest.mark.parametrize("seed", range(12))
def test_a_consumer_killed_at_any_point_ends_equal(
    index: Index, entry: Callable[..., Entry], tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    fetch = fetch_from(index, 3)

    def deadly(cursor: str) -> dict[str, Any]:
        batch = fetch(cursor)
        if chance.random() < 0.3:
            raise Killed
        if chance.random() < 0.3:  # in the middle of applying it
            batch["changes"].insert(chance.randrange(len(batch["changes"]) + 1), Bomb())
        return batch

    for _ in range(25):
        with index.writing() as writer:
            for _ in range(chance.randrange(4)):
                name = f"{chance.randrange(8)}.pdf"
                if chance.random() < 0.3:
                    writer.delete(name)
                else:
                    writer.put(entry(name, title=f"bản {chance.randrange(50)}"))
        copy = Copy(tmp_path / "copy.db")
        with suppress(Killed):
            copy.pull(deadly)
        copy.close()
    copy = Copy(tmp_path / "copy.db")
    copy.pull(fetch)
    assert copy.documents() == source_of(index)
    copy.close()


class Bomb(dict[str, Any]):
    """A change at which the consumer dies."""

    def get(self, key: str, default: object = None) -> object:
        raise Killed

    def __getitem__(self, key: str) -> object:
        raise Killed


def test_a_process_killed_while_it_follows_ends_equal(
    index: Index, results: Path, tmp_path: Path
) -> None:
    bring_up(index, results)
    script = (
        "import os, sys, json\n"
        "from pathlib import Path\n"
        "from sohoa.search.follow import Copy\n"
        "batches = json.loads(Path(sys.argv[2]).read_text())\n"
        "left = [2]\n"
        "def fetch(cursor):\n"
        "    left[0] -= 1\n"
        "    if left[0] < 0: os.kill(os.getpid(), 9)\n"
        "    return batches[cursor]\n"
        "Copy(Path(sys.argv[1])).pull(fetch)\n"
    )
    batches, cursor = {}, ""
    while True:
        batch = fetch_from(index, 1)(cursor)
        batches[cursor], cursor = batch, batch["cursor"]
        if not batch["more"]:
            batches[cursor] = {"changes": [], "cursor": cursor, "more": False, "reset": False}
            break
    told = tmp_path / "batches.json"
    told.write_text(json.dumps(batches))
    codes = [
        subprocess.run(
            [sys.executable, "-c", script, str(tmp_path / "copy.db"), str(told)], check=False
        ).returncode
        for _ in range(3)
    ]
    assert codes[0] == -9
    assert codes[-1] == 0
    copy = Copy(tmp_path / "copy.db")
    assert copy.documents() == source_of(index)
    copy.close()


def test_a_lost_index_is_told_and_ends_equal(
    results: Path, paper: Make, put_result: Put, tmp_path: Path
) -> None:
    copy = Copy(tmp_path / "copy.db")
    index = Index(tmp_path / "one" / "search.db")
    bring_up(index, results)
    copy.pull(fetch_from(index, 2))
    index.close()
    shutil.rmtree(tmp_path / "one")
    shutil.rmtree(results / "a.pdf")
    put_result(results, "z.pdf", paper("z.pdf", number="77"))
    index = Index(tmp_path / "one" / "search.db")
    bring_up(index, results)
    copy.pull(fetch_from(index, 1))
    assert copy.documents() == source_of(index)
    index.close()
    copy.close()


@pytest.mark.parametrize("cursor", ["x", "0" * 12 + "-1", "' OR 1", "9" * 60, "\x00"])
def test_a_foreign_cursor_begins_anew(index: Index, results: Path, cursor: str) -> None:
    bring_up(index, results)
    batch = changes_since(index, cursor, Audience.ALL)
    assert batch.reset
    assert len(batch.changes) == 3


def test_the_feed_holds_one_line_a_document(index: Index, entry: Callable[..., Entry]) -> None:
    for number in range(20):
        with index.writing() as writer:
            writer.put(entry("a.pdf", title=f"bản {number}"))
    batch = changes_since(index, "", Audience.OFFICE)
    assert [each.kind for each in batch.changes] == ["insert"]

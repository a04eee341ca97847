"""The store: nothing is overwritten in silence, nothing acknowledged is lost."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sohoa.errors import SourceBroken, StorageError
from sohoa.export import export_all, write_result
from sohoa.record import Record, to_json
from sohoa.review import Correction, Kind, now, sign_off_of
from sohoa.review.exchange import back_up, bring_back, parse_lines, read_into, write_lines
from sohoa.review.shelf import Shelf, entry_of, key_of, refresh
from sohoa.review.store import Conflict, Document, ReviewStore, SignedOff, Wanted

Make = Callable[..., Record]


@pytest.fixture
def shelf(tmp_path: Path, make_record: Make) -> Shelf:
    root = tmp_path / "out"
    for folder, sha256 in (("a/x.pdf", "aa" * 32), ("b.pdf", "bb" * 32)):
        write_result(root / folder, export_all(make_record(sha256=sha256)))
    return Shelf(root)


@pytest.fixture
def store(shelf: Shelf) -> ReviewStore:
    made = ReviewStore(shelf.store_path)
    assert [each.done for each in refresh(shelf, made)] == [2]
    return made


KEY = key_of("b.pdf")


def get(store: ReviewStore, key: str = KEY) -> Document:
    found = store.get(key)
    assert found is not None
    return found


def act(after: str = "1", kind: Kind = Kind.FIELD) -> Correction:
    field = "number" if kind is Kind.FIELD else None
    return Correction(kind, "An", now(), after=after if field else "", field=field)


def test_looking_again_changes_nothing(shelf: Shelf, store: ReviewStore) -> None:
    before = store.find(Wanted(secret=True))
    assert list(refresh(shelf, store)) == []
    assert store.find(Wanted(secret=True)) == before


def test_a_new_result_is_a_new_version_and_a_lost_one_is_gone(
    shelf: Shelf, store: ReviewStore, make_record: Make
) -> None:
    write_result(shelf.root / "b.pdf", export_all(make_record(sha256="bb" * 32, scale=1.5)))
    list(refresh(shelf, store))
    assert get(store).version == 1
    (shelf.root / "b.pdf" / "record.json").unlink()
    list(refresh(shelf, store))
    assert store.get(KEY) is None
    assert store.get(key_of("a/x.pdf")) is not None


def test_a_broken_result_is_named(shelf: Shelf) -> None:
    (shelf.root / "b.pdf" / "record.json").write_bytes(b"{")
    (progress,) = refresh(shelf, ReviewStore(shelf.store_path))
    assert progress.unreadable == ("b.pdf",)


def test_what_was_added_is_there_also_for_another_reader(store: ReviewStore) -> None:
    made = act()
    assert store.append(KEY, 0, (made,)) == 1
    assert ReviewStore(store.path).corrections(KEY) == (made,)
    assert get(store).state == "working"


def test_the_same_call_twice_adds_once(store: ReviewStore) -> None:
    made = act()
    store.append(KEY, 0, (made,))
    assert store.append(KEY, 0, (made,)) == 1
    assert store.corrections(KEY) == (made,)


def test_an_old_version_is_told_what_it_missed(store: ReviewStore) -> None:
    first = act("1")
    store.append(KEY, 0, (first,))
    with pytest.raises(Conflict) as told:
        store.append(KEY, 0, (act("2"),))
    assert told.value.version == 1
    assert told.value.changes == (first,)
    assert store.corrections(KEY) == (first,)


def test_of_many_at_once_each_version_is_taken_once(store: ReviewStore) -> None:
    taken: list[int] = []

    def work(number: int) -> None:
        own = ReviewStore(store.path)
        for attempt in range(200):
            try:
                version = get(own).version
                taken.append(own.append(KEY, version, (act(f"{number}.{attempt}"),)))
                break
            except Conflict:
                continue
        own.close()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == [1, 2, 3, 4, 5, 6]
    assert len(store.corrections(KEY)) == 6


def test_all_or_nothing(store: ReviewStore) -> None:
    bad = replace(act(), id="x")
    with pytest.raises(sqlite3.IntegrityError):
        store.append(KEY, 0, (bad, replace(bad, after="2")))
    assert store.corrections(KEY) == ()
    assert get(store).version == 0


def test_a_signed_document_must_be_reopened(store: ReviewStore, make_record: Make) -> None:
    data = to_json(make_record())
    store.append(KEY, 0, (act(kind=Kind.SIGN_OFF),), data)
    assert store.signed_record(KEY) == data
    assert [each.entry.key for each in store.not_exported()] == [KEY]
    with pytest.raises(SignedOff):
        store.append(KEY, 1, (act(),))
    store.append(KEY, 1, (act(kind=Kind.REOPEN),))
    store.append(KEY, 2, (act(),))
    assert sign_off_of(store.corrections(KEY)) is None


@pytest.mark.parametrize(
    "statement", ["UPDATE corrections SET value = '{}'", "DELETE FROM corrections"]
)
def test_corrections_cannot_be_changed_even_by_hand(store: ReviewStore, statement: str) -> None:
    store.append(KEY, 0, (act(),))
    with sqlite3.connect(store.path) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute(statement)


def test_the_queue_narrows_and_hides(store: ReviewStore, make_record: Make) -> None:
    entry = entry_of("geheim.pdf", "1", make_record())
    store.put((replace(entry, secret=True),))
    assert store.find(Wanted())[1] == 2
    assert store.find(Wanted(secret=True))[1] == 3
    assert store.find(Wanted(text="uy ban thu nghiem"))[1] == 2
    assert store.find(Wanted(text="100%_"))[1] == 0
    assert store.find(Wanted(state="signed"))[1] == 0
    assert (
        store.find(Wanted(count=1))[0][0].entry.risk >= store.find(Wanted(count=2))[0][1].entry.risk
    )


def test_lines_go_out_and_in_again(shelf: Shelf, store: ReviewStore, tmp_path: Path) -> None:
    store.append(KEY, 0, (act("1"), act("2")))
    lines = list(write_lines(store))
    fresh = ReviewStore(tmp_path / "fresh.sqlite")
    list(refresh(shelf, fresh))
    added, homeless = read_into(fresh, parse_lines(lines))
    assert (added, homeless) == (2, ())
    assert fresh.corrections(KEY) == store.corrections(KEY)
    assert read_into(fresh, parse_lines(lines)) == (0, ())


def test_lines_of_a_paper_that_is_not_here_are_told(store: ReviewStore) -> None:
    store.append(KEY, 0, (act(),))
    (line,) = (each.replace("bb" * 32, "cc" * 32) for each in write_lines(store))
    added, homeless = read_into(store, parse_lines([line]))
    assert added == 0
    assert [each.folder for each in homeless] == ["b.pdf"]


@pytest.mark.parametrize("line", ["{", "[]", '{"format": "other/1"}', '{"format": 1}', "nothing"])
def test_a_line_that_is_no_correction_is_named(line: str) -> None:
    with pytest.raises(SourceBroken, match="Line 2"):
        list(parse_lines(["", line]))


def test_a_backup_is_whole_and_comes_back_while_in_use(store: ReviewStore, tmp_path: Path) -> None:
    kept = act("kept")
    store.append(KEY, 0, (kept,))
    back_up(store.path, tmp_path / "copy.sqlite")
    store.append(KEY, 1, (act("later"),))
    bring_back(tmp_path / "copy.sqlite", store.path)
    assert store.corrections(KEY) == (kept,)
    # Whoever still shows what came later must not be able to write on it.
    assert get(store).version > 2


def test_a_damaged_backup_is_refused(store: ReviewStore, tmp_path: Path) -> None:
    made = act()
    store.append(KEY, 0, (made,))
    bad = tmp_path / "bad.sqlite"
    bad.write_bytes(b"no database at all, but long enough to look at" * 50)
    with pytest.raises(StorageError):
        bring_back(bad, store.path)
    assert store.corrections(KEY) == (made,)
    with pytest.raises(StorageError):
        bring_back(tmp_path / "none.sqlite", store.path)
    with pytest.raises(StorageError):
        back_up(tmp_path / "none.sqlite", tmp_path / "copy.sqlite")


def test_a_folder_that_takes_no_store_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="cannot be opened"):
        ReviewStore(tmp_path / "file" / "review.sqlite")


def test_originals_are_known_by_their_bytes(tmp_path: Path) -> None:
    import hashlib

    scans = tmp_path / "scans"
    (scans / "a").mkdir(parents=True)
    (scans / "a" / "x.pdf").write_bytes(b"right")
    (scans / "x.pdf").write_bytes(b"wrong")
    shelf = Shelf(tmp_path / "out", (scans,))
    digest = hashlib.sha256(b"right").hexdigest()
    assert shelf.find_originals("a/x.pdf", digest, 5) == (scans / "a" / "x.pdf",)
    assert shelf.find_originals("x.pdf", digest, 5) == (scans / "a" / "x.pdf",)
    (scans / "a" / "x.pdf").write_bytes(b"wrung")
    assert shelf.find_originals("a/x.pdf", digest, 5) == ()


def test_a_paper_of_several_files_is_found_where_they_lie_side_by_side(tmp_path: Path) -> None:
    import hashlib

    scans = tmp_path / "scans"
    (scans / "paper").mkdir(parents=True)
    parts = {"0.txt": b"other", "1.png": b"first", "2.png": b"2nd", "3.png": b"", "4.png": b"last"}
    for name, data in parts.items():
        (scans / "paper" / name).write_bytes(data)
    used = ("1.png", "2.png", "3.png", "4.png")
    hashes = "".join(hashlib.sha256(parts[name]).hexdigest() for name in used)
    digest = hashlib.sha256(hashes.encode()).hexdigest()
    shelf = Shelf(tmp_path / "out", (scans,))
    wanted = tuple(scans / "paper" / name for name in used)
    for folder in ("paper", "paper/1.png", "paper.pdf"):
        assert shelf.find_originals(folder, digest, 12) == wanted
    assert shelf.find_originals("elsewhere/x.pdf", digest, 12) == ()
    assert shelf.find_originals("paper", digest, 13) == ()
    (scans / "paper" / "2.png").write_bytes(b"2nt")
    assert shelf.find_originals("paper", digest, 12) == ()

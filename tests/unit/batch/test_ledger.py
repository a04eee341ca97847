"""The ledger: what must never change, who may write, and what is left after a kill."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from sohoa.batch.job import Job, Outcome, PageOutcome, PageState, Paper, Signature, Status
from sohoa.batch.ledger import Ledger, RunInfo, ledger_path
from sohoa.batch.ledger_reading import open_reading, read_runs, read_sources, read_standing
from sohoa.batch.ledger_schema import MIGRATIONS
from sohoa.errors import SettingsError, StorageError

INFO = RunInfo("recipe-1", 2, 1)
SEEN = Signature(10, 20, 30)


def job(out: Path, name: str = "a/x.pdf") -> Job:
    return Job(name, (Path("/in") / name,), out / name)


def outcome(each: Job, status: Status = Status.DONE, code: str = "") -> Outcome:
    pages = (PageOutcome(1, PageState.OK, 300, 0.9), PageOutcome(2, PageState.DEGRADED))
    made = Outcome(each.name, str(each.folder), status, 2, 1.5, code, "", sha256="ab" * 32)
    return replace(made, digest="d1", page_outcomes=pages, paper=Paper(number="5-CT/TW"))


def test_history_is_never_changed_nor_removed(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        attempt = ledger.start(job(tmp_path), "recipe-1")
        ledger.finish(attempt, outcome(job(tmp_path)), SEEN)
        other = ledger.start(job(tmp_path, "b.pdf"), "recipe-1")
        ledger.link(other, attempt, "same-paper", 0.97)
        ledger.end_run("done")
        base = ledger.connection()
        for table in ("run", "run_end", "attempt", "outcome", "page", "link"):
            (column,) = base.execute(f"SELECT name FROM pragma_table_info('{table}')").fetchone()
            for change in (f"UPDATE {table} SET {column} = {column}", f"DELETE FROM {table}"):
                with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
                    base.execute(change)


def test_a_second_writer_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from sohoa.batch.ledger import Ledger\n"
        "Ledger(Path(sys.argv[1]))"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    look = "from sohoa.batch.ledger import is_held; print(is_held(Path(sys.argv[1])))"
    looks = [sys.executable, "-c", f"{script.partition(chr(10))[0]}; {look}", str(tmp_path)]
    with Ledger(tmp_path):
        assert subprocess.run(looks, capture_output=True, check=True).stdout == b"True\n"
        second = subprocess.run(command, capture_output=True, text=True, check=False)
        assert second.returncode != 0
        assert f"in use by another run ({os.uname().nodename}, process {os.getpid()})" in (
            second.stderr
        )
    assert subprocess.run(command, check=False).returncode == 0
    assert subprocess.run(looks, capture_output=True, check=True).stdout == b"False\n"


def test_what_is_known_of_a_source_follows_its_latest_attempt(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        assert ledger.known("a/x.pdf") is None
        first = ledger.start(job(tmp_path), "recipe-1")
        ledger.finish(first, outcome(job(tmp_path)), SEEN)
        known = ledger.known("a/x.pdf")
        assert known is not None
        assert (known.state, known.recipe, known.signature) == ("done", "recipe-1", SEEN)
        second = ledger.start(job(tmp_path), "recipe-2")
        bad = replace(outcome(job(tmp_path), Status.FAILED, "source-broken"), digest="")
        ledger.finish(second, bad, SEEN)
        known = ledger.known("a/x.pdf")
        assert known is not None
        assert (known.state, known.code, known.recipe) == ("failed", "source-broken", "recipe-2")
        # The old result stays in its folder until a new one is whole, and the ledger knows it.
        assert known.digest == "d1"
        (attempts,) = ledger.connection().execute("SELECT count(*) FROM attempt").fetchone()
        assert attempts == 2


def test_a_killed_run_leaves_an_interrupted_attempt_and_a_pending_source(tmp_path: Path) -> None:
    script = (
        "import os, sys, signal; from pathlib import Path\n"
        "from sohoa.batch.ledger import Ledger, RunInfo; from sohoa.batch.job import Job\n"
        "out = Path(sys.argv[1]); ledger = Ledger(out); ledger.begin_run(RunInfo('r', 1, 1))\n"
        "ledger.start(Job('a.pdf', (Path('a.pdf'),), out / 'a.pdf'), 'r')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with open_reading(tmp_path) as base:
        assert read_standing(base).running == ("a.pdf",)
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        known = ledger.known("a.pdf")
        assert known is not None
        assert known.state == "pending"
        rows = ledger.connection().execute("SELECT status FROM outcome").fetchall()
        assert rows == [("interrupted",)]


def test_names_of_any_bytes_are_kept_apart(tmp_path: Path) -> None:
    names = ["một\nhai.pdf", os.fsdecode(b"\xff\xfe.pdf"), os.fsdecode(b"\xff\xfd.pdf"), "é.pdf"]
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        ledger.add_pending(names)
        ledger.add_skipped("thumbs.db", "not a kind of file that is read here")
        for name in names:
            ledger.finish(
                ledger.start(job(tmp_path, name), "r"), outcome(job(tmp_path, name)), SEEN
            )
    with open_reading(tmp_path) as base:
        rows = list(read_sources(base))
        standing = read_standing(base)
    assert len(rows) == 5
    assert standing.sources("done") == 4
    assert standing.sources("skipped") == 1
    assert standing.pages == 8
    assert all(row.attempts == 1 for row in rows if row.state == "done")


def test_it_can_be_read_while_a_run_writes(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        run = ledger.begin_run(INFO)
        attempt = ledger.start(job(tmp_path), "r")
        with open_reading(tmp_path) as base:
            assert read_standing(base).running == ("a/x.pdf",)
            ledger.finish(attempt, outcome(job(tmp_path)), SEEN)
            assert read_standing(base).running == ()
            assert read_runs(base, latest=5)[0].number == run
            with pytest.raises(sqlite3.OperationalError):
                base.execute("UPDATE source SET state = 'x'")
        ledger.end_run("done")


def test_a_newer_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        assert ledger.connection().execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        ledger.connection().execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StorageError, match="newer program"):
        Ledger(tmp_path)


def make_first_ledger(out: Path) -> Path:
    """The ledger of the first version, with one source that is done."""
    path = ledger_path(out)
    path.parent.mkdir()
    base = sqlite3.connect(path)
    base.executescript(MIGRATIONS[0])
    base.execute("PRAGMA user_version = 1")
    base.execute("INSERT INTO source (path, name, state) VALUES (x'61', 'a', 'done')")
    base.commit()
    base.close()
    return path


def test_an_older_ledger_is_brought_up_and_keeps_what_it_holds(tmp_path: Path) -> None:
    make_first_ledger(tmp_path)
    with Ledger(tmp_path) as ledger:
        assert ledger.connection().execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
        known = ledger.known("a")
        assert known is not None
        assert (known.state, known.origin) == ("done", b"")


def test_an_older_ledger_is_read_as_it_would_become_and_left_as_it_is(tmp_path: Path) -> None:
    path = make_first_ledger(tmp_path)
    before = path.read_bytes()
    with open_reading(tmp_path) as reading:
        assert read_standing(reading).sources("done") == 1
        assert [each.name for each in read_sources(reading)] == ["a"]
        with pytest.raises(sqlite3.OperationalError):
            reading.execute("UPDATE source SET state = 'x'")
    assert path.read_bytes() == before


def test_what_vouches_for_a_paper_is_told_of_the_result_that_is_there(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        for name, said in (("a", ""), ("b", "cannot-tell"), ("c", "contradicted")):
            each = job(tmp_path, name)
            made = replace(outcome(each), authenticity=said)
            ledger.finish(ledger.start(each, "r"), made, SEEN)
        # A later attempt that wrote nothing leaves the result, and what is known of it.
        each = job(tmp_path, "c")
        ledger.finish(ledger.start(each, "r2"), outcome(each, Status.FAILED, "error"), SEEN)
    with open_reading(tmp_path) as base:
        assert read_standing(base).authenticity == (("cannot-tell", 1), ("contradicted", 1))
        assert [each.authenticity for each in read_sources(base)] == [
            "", "cannot-tell", "contradicted",
        ]  # fmt: skip


def test_a_damaged_ledger_says_what_to_do(tmp_path: Path) -> None:
    path = ledger_path(tmp_path)
    path.parent.mkdir()
    path.write_bytes(b"no database at all, but long enough to look like a header" * 40)
    with pytest.raises(StorageError, match="move it away"):
        Ledger(tmp_path)


def test_a_full_disk_is_a_storage_error_and_the_ledger_stays_whole(tmp_path: Path) -> None:
    with Ledger(tmp_path) as ledger:
        ledger.begin_run(INFO)
        base = ledger.connection()
        (pages,) = base.execute("PRAGMA page_count").fetchone()
        base.execute(f"PRAGMA max_page_count = {pages + 1}")
        with pytest.raises(StorageError, match="full"):
            ledger.add_pending([f"{n:09}.pdf" for n in range(9999)])
        base.execute("PRAGMA max_page_count = 1000000")
        assert base.execute("SELECT count(*) FROM source").fetchone() == (0,)
        ledger.add_pending(["a.pdf"])
        assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_a_folder_without_a_ledger_is_a_bad_call(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="holds no ledger"), open_reading(tmp_path):
        pass

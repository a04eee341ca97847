"""Runs over folders: what is done once, what again, what stays, and what the ledger says of it."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sohoa.batch import Stop
from sohoa.batch.check import find_disagreements
from sohoa.batch.drive import BatchEvent, Found, Halted, Request, Verdict, run_batch
from sohoa.batch.job import Status
from sohoa.batch.ledger import FOLDER
from sohoa.batch.ledger_reading import open_reading, read_sources, read_standing
from sohoa.batch.plan import make_plan
from sohoa.batch.report import REPORTS, read_report, to_html
from sohoa.batch.runner import Ended
from sohoa.errors import SettingsError
from sohoa.restore import RestoreSettings
from sohoa.settings import Settings

LETTER = """TỈNH ỦY BẮC NINH
*
Số 0{number}-CT/TU
Bắc Ninh, ngày 05 tháng 3 năm 2025
CHỈ THỊ
về tăng cường công tác văn thư, lưu trữ
1. Các cấp uỷ, tổ chức đảng thực hiện nghiêm quy định về công tác văn thư, lưu trữ.
2. Văn phòng Tỉnh uỷ theo dõi, đôn đốc việc thực hiện Chỉ thị này.
"""
ROOMY = Settings()
ROOMY = replace(ROOMY, batch=replace(ROOMY.batch, min_free_megabytes=0))


def store(folder: Path, count: int = 2) -> Path:
    place = folder / "in"
    (place / "sub").mkdir(parents=True)
    for number in range(1, count + 1):
        (place / f"{number}.txt").write_text(LETTER.format(number=number), encoding="utf-8")
    return place


def request(place: Path, using: Settings = ROOMY, *, retry: bool = False) -> Request:
    return Request((place,), place.parent / "out", using, 2, retry=retry)


def run(asked: Request, stop: Callable[[], Stop] = lambda: Stop.GO) -> list[BatchEvent]:
    return list(run_batch(asked, stop))


def done(events: list[BatchEvent]) -> dict[str, Status]:
    return {each.job.name: each.outcome.status for each in events if isinstance(each, Ended)}


def found(events: list[BatchEvent]) -> dict[Verdict, int]:
    (one,) = (each for each in events if isinstance(each, Found))
    return {verdict: count for verdict, count in one.verdicts if count}


def files(out: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(out)): path.read_bytes()
        for path in sorted(out.rglob("*"))
        if path.is_file() and FOLDER not in path.parts
    }


def disagreements(out: Path, *, deep: bool = True) -> list[tuple[str, str]]:
    with open_reading(out) as base:
        return [(each.kind, each.name) for each in find_disagreements(base, out, deep=deep)]


def test_what_is_done_is_left_alone_and_what_changed_is_done_again(tmp_path: Path) -> None:
    place = store(tmp_path)
    out = tmp_path / "out"
    assert found(run(request(place))) == {Verdict.NEW: 2}
    before = files(out)
    assert disagreements(out) == []

    os.utime(place / "1.txt")  # touched, not changed
    again = run(request(place))
    assert found(again) == {Verdict.DONE: 2}
    assert done(again) == {}
    assert files(out) == before

    (place / "2.txt").write_text(LETTER.format(number=7), encoding="utf-8")
    assert done(run(request(place))) == {"2.txt": Status.DONE}
    after = files(out)
    assert {name for name in after if after[name] != before[name]} >= {"2.txt/record.json"}
    assert after["1.txt/record.json"] == before["1.txt/record.json"]

    other = replace(ROOMY, restore=RestoreSettings(threshold=0.95))
    assert found(run(request(place, other))) == {Verdict.CHANGED: 2}
    assert disagreements(out) == []


def test_a_failure_is_known_until_it_may_go_away(tmp_path: Path) -> None:
    place = store(tmp_path, 1)
    (place / "bad.pdf").write_bytes(b"%PDF-1.7\nnothing more")
    assert done(run(request(place))) == {"1.txt": Status.DONE, "bad.pdf": Status.FAILED}
    assert found(run(request(place))) == {Verdict.DONE: 1, Verdict.KNOWN_FAILURE: 1}
    assert done(run(request(place, retry=True))) == {"bad.pdf": Status.FAILED}
    shutil.copyfile(place / "1.txt", place / "bad.pdf")
    assert done(run(request(place)))["bad.pdf"] is Status.FAILED
    with open_reading(tmp_path / "out") as base:
        attempts = {row.name: row.attempts for row in read_sources(base)}
    assert attempts == {"1.txt": 1, "bad.pdf": 3}


def test_the_old_result_stays_where_the_new_one_fails(tmp_path: Path) -> None:
    place = store(tmp_path, 1)
    run(request(place))
    before = files(tmp_path / "out")
    (place / "1.txt").write_bytes(b"")
    assert done(run(request(place))) == {"1.txt": Status.FAILED}
    assert files(tmp_path / "out") == before
    assert disagreements(tmp_path / "out") == []


def test_everything_in_the_folder_is_accounted_for_once(tmp_path: Path) -> None:
    place = store(tmp_path, 1)
    long = ("văn bản " * 40)[:100]
    odd = ["một\nhai.txt", os.fsdecode(b"\xff\xfe.txt"), f"{long}.txt"]
    for name in odd:
        shutil.copyfile(place / "1.txt", place / name)
    (place / "dir.pdf").mkdir()
    (place / "dangling.pdf").symlink_to("/no/such/file.pdf")
    (place / "thumbs.db").write_bytes(b"\0\1\2")
    events = run(request(place))
    assert set(done(events)) == {"1.txt", *odd}
    assert set(done(events).values()) == {Status.DONE}
    with open_reading(tmp_path / "out") as base:
        standing = read_standing(base)
    assert (standing.sources("done"), standing.sources("skipped")) == (4, 3)
    assert standing.sources() == 7
    assert found(run(request(place))) == {Verdict.DONE: 4}


def test_two_files_of_one_name_never_share_a_result(tmp_path: Path) -> None:
    place = store(tmp_path, 1)
    run(request(place))
    before = files(tmp_path / "out")
    other = tmp_path / "other"
    other.mkdir()
    (other / "1.txt").write_text(LETTER.format(number=8), encoding="utf-8")
    stranger = replace(request(place), sources=(other,))
    with pytest.raises(SettingsError, match="the result of another file"):
        run(stranger)
    assert files(tmp_path / "out") == before
    # The folder of scans was moved: that is no other file.
    shutil.rmtree(other)
    place.rename(other)
    assert found(run(stranger)) == {Verdict.DONE: 1}


def test_results_below_the_sources_are_no_sources(tmp_path: Path) -> None:
    place = store(tmp_path)
    asked = Request((place,), place / "out", ROOMY, 1)
    assert len(done(run(asked))) == 2
    assert found(run(asked)) == {Verdict.DONE: 2}


def test_a_result_that_was_lost_or_spoilt_is_told_and_made_again(tmp_path: Path) -> None:
    place, out = store(tmp_path), tmp_path / "out"
    run(request(place))
    before = files(out)
    shutil.rmtree(out / "1.txt")
    (out / "2.txt" / "text.txt").write_bytes(b"spoilt")
    (out / "stranger").mkdir()
    (out / "stranger" / "record.json").write_bytes(b"{}")
    assert disagreements(out, deep=False) == [("missing", "1.txt"), ("unknown", "stranger")]
    assert ("changed", "2.txt") in disagreements(out)
    assert done(run(request(place))) == {"1.txt": Status.DONE}
    assert files(out)["1.txt/record.json"] == before["1.txt/record.json"]


def test_the_same_paper_twice_is_linked_and_both_are_kept(tmp_path: Path) -> None:
    place = store(tmp_path, 2)
    shutil.copyfile(place / "1.txt", place / "sub" / "copy.txt")
    text = LETTER.format(number=1).replace("theo dõi, đôn đốc", "theo dỗi đôn dốc")
    (place / "sub" / "rescan.txt").write_text(text, encoding="utf-8")
    events = run(replace(request(place), workers=1))
    assert len(done(events)) == 4
    with open_reading(tmp_path / "out") as base:
        twins = {(one, other): kind for one, other, kind, _ in read_report(base).twins}
    assert twins == {
        ("sub/copy.txt", "1.txt"): "same-bytes",
        ("sub/rescan.txt", "1.txt"): "same-paper",
    }
    assert len([name for name in files(tmp_path / "out") if name.endswith("record.json")]) == 4


def test_asked_to_stop_it_says_so_and_the_next_call_goes_on(tmp_path: Path) -> None:
    place = store(tmp_path, 4)
    asked = replace(request(place), workers=1)
    flag = [Stop.GO]
    events = []
    for event in run_batch(asked, lambda: flag[0]):
        events.append(event)
        if isinstance(event, Ended):
            flag[0] = Stop.FINISH
    assert isinstance(events[-1], Halted)
    assert events[-1].reason == "interrupted"
    assert len(done(events)) == 1
    assert len(done(run(asked))) == 3
    assert disagreements(tmp_path / "out") == []


def test_no_room_stops_the_run_before_work_is_lost(tmp_path: Path) -> None:
    place = store(tmp_path)
    free = shutil.disk_usage(tmp_path).free >> 20
    greedy = replace(ROOMY, batch=replace(ROOMY.batch, min_free_megabytes=2 * free))
    events = run(request(place, greedy))
    assert isinstance(events[-1], Halted)
    assert events[-1].reason == "no-room"
    assert done(events) == {}
    assert len(done(run(request(place)))) == 2


def test_a_plan_tells_what_a_run_would_do_and_changes_nothing(tmp_path: Path) -> None:
    place, out = store(tmp_path), tmp_path / "out"
    (place / "bad.pdf").write_bytes(b"")
    plan = make_plan(request(place))
    assert not out.exists()
    assert (plan.documents, plan.pages, plan.unreadable, plan.measured) == (3, 2, 1, False)
    run(request(place))
    (place / "1.txt").write_text(LETTER.format(number=9), encoding="utf-8")
    before = files(out)
    plan = make_plan(request(place))
    counts = {verdict: count for verdict, count in plan.verdicts if count}
    assert counts == {Verdict.DONE: 1, Verdict.CHANGED: 1, Verdict.KNOWN_FAILURE: 1}
    assert (plan.documents, plan.measured) == (1, True)
    assert files(out) == before


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_report_tells_every_source_and_runs_no_script(tmp_path: Path, language: str) -> None:
    place = store(tmp_path)
    (place / "<b>&.pdf").write_bytes(b"")
    (place / "=SUM(A1).pdf").write_bytes(b"")
    (place / os.fsdecode(b"\xff.pdf")).write_bytes(b"")
    run(request(place))
    with open_reading(tmp_path / "out") as base:
        report = read_report(base)
    made = {name: render(report, language) for name, render in REPORTS.items()}
    page = made["report.html"].decode()
    assert "&lt;b&gt;&amp;.pdf" in page
    assert "<b>&" not in page
    assert "<script" not in page
    assert page.count("<svg") == 3
    assert f'lang="{language}"' in page
    assert "'=SUM(A1).pdf" in made["report.csv"].decode("utf-8-sig")
    value = json.loads(made["report.json"])
    assert {row["name"]: row["state"] for row in value["sources"]} == {
        "1.txt": "done", "2.txt": "done", "<b>&.pdf": "failed", "=SUM(A1).pdf": "failed",
        "\ufffd.pdf": "failed",
    }  # fmt: skip
    assert sum(report.throughput) == sum(report.confidences) == 2


@pytest.mark.parametrize(("language", "words"), [("vi", "mâu thuẫn"), ("en", "contradicts")])
def test_a_paper_that_is_contradicted_is_to_be_looked_at(
    tmp_path: Path, language: str, words: str
) -> None:
    run(request(store(tmp_path)))
    with open_reading(tmp_path / "out") as base:
        report = read_report(base)
    assert "1.txt" not in to_html(report, language).decode()
    first, second = report.sources
    said = replace(
        report,
        sources=(replace(first, authenticity="contradicted"), second),
        standing=replace(report.standing, authenticity=(("contradicted", 1),)),
    )
    page = to_html(said, language).decode()
    assert page.count("<svg") == 4
    assert page.count("1.txt") == 1
    assert "2.txt" not in page
    assert words in page


def test_the_store_of_the_review_pages_is_no_stranger(tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(request(store(tmp_path)))
    kept = out / ".review"
    kept.mkdir()
    (kept / "review.sqlite").write_bytes(b"x")
    (kept / "record.json").write_bytes(b"{}")
    (out / "by hand").mkdir()
    (out / "by hand" / "record.json").write_bytes(b"{}")
    with open_reading(out) as base:
        found = [(each.kind, each.name) for each in find_disagreements(base, out, deep=True)]
    assert found == [("unknown", "by hand")]

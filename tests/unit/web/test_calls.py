"""The calls of the pages, their words in two languages, and the commands around them."""

from __future__ import annotations

import ast
import json
import queue
import re
import string
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sohoa import web
from sohoa.cli.serve import back_up, corrections, recover
from sohoa.errors import StorageError
from sohoa.record import Record, SourceInfo
from sohoa.review import Correction, Kind, Place
from sohoa.review.shelf import STORE, key_of
from sohoa.review.store import Document, Entry
from sohoa.review.words import correct_words
from sohoa.web.errands import Errands
from sohoa.web.messages import LOGGED, MESSAGES, REASONS, pick_language, told_day
from sohoa.web.page_words import PageWords
from sohoa.web.pictures import Pictures
from sohoa.web.reasons import VIETNAMESE, told_reason
from sohoa.web.wording_review import REVIEW
from sohoa.wording import TERMS

Serve = Callable[..., Any]
OPEN = key_of("mo.pdf")
HERE = Path(web.__file__).parent


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", MESSAGES)
def test_both_languages_say_the_same_things(key: str) -> None:
    vietnamese, english = MESSAGES[key]
    assert vietnamese.strip()
    assert english.strip()
    assert fields(vietnamese) == fields(english)


def test_every_message_that_a_page_or_script_names_exists() -> None:
    for path in HERE.glob("templates/*.html"):
        for key in re.findall(r"\bt\('([a-z][\w.-]*)'[,)]", path.read_text(encoding="utf-8")):
            assert key in MESSAGES, f"{path.name}: {key}"
    for path in HERE.glob("static/*.js"):
        for key in re.findall(r"\bsay\(\"([a-z][\w.-]*)\"", path.read_text(encoding="utf-8")):
            assert key in REVIEW, f"{path.name}: {key}"
    for reason in REASONS:
        assert f"reason.{reason}" in MESSAGES
    for act in LOGGED:
        assert f"log.{act}" in MESSAGES


def reasons_of(room: str) -> set[str]:
    """Reasons that a room's stages write down: of fields that are absent, of words they change."""
    found = set()
    for path in (HERE.parent / room).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = [*node.args, *(each.value for each in node.keywords)]
                if name in {"absent", "edited", "Edit"}:
                    found |= {
                        str(each.value)
                        for each in given
                        if isinstance(each, ast.Constant) and " " in str(each.value)
                    }
    return found


@pytest.mark.parametrize("room", ["structure", "restore"])
def test_every_reason_of_the_stages_is_known_in_vietnamese(room: str) -> None:
    reasons = reasons_of(room)
    assert reasons
    assert reasons <= set(VIETNAMESE)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("", ""),
        ("an engine's own words", "an engine's own words"),
        ("no letterhead", "không thấy phần đầu văn bản"),
        ("phrase: motto", "cụm từ cố định: quốc hiệu, tiêu ngữ"),
        ("the number reads 'JÁ{}': no digits", "số đọc ra 'JÁ{}': không có chữ số"),
        ("31/2: no such day; signed digitally on 2025-03-01, so that day or shortly before",
         "31/2: không có ngày này; ký số ngày 2025-03-01, vậy là ngày đó hoặc trước đó ít lâu"),
    ],
)  # fmt: skip
def test_reasons_are_told_in_vietnamese_and_as_they_are_in_english(reason: str, told: str) -> None:
    assert told_reason(reason, "vi") == told
    assert told_reason(reason, "en") == reason


def test_one_word_for_one_thing() -> None:
    for key in ("outcome.consistent", "verdict.failed", "standing.seen", "seal.round"):
        assert MESSAGES[key] == TERMS[key]
    assert told_day("2025-07-17") == "17/07/2025"
    assert [told_day(day) for day in ("2025-07", "2025", "", None)] == ["07/2025", "2025", "", ""]


def test_what_cannot_be_is_told_in_the_language_of_the_page(serve: Serve) -> None:
    client = serve().enter()
    wish = {"kind": "field", "field": "date", "after": "hôm qua"}
    for language, told in (("vi", "ngày viết"), ("en", "a day is written")):
        client.cookies.set("sohoa_language", language)
        assert told in client.correct(wish).json()["error"]


def test_nothing_is_fetched_from_elsewhere() -> None:
    for path in (*HERE.glob("templates/*.html"), *HERE.glob("static/*")):
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"(https?:)?//[a-z]+\.", text), path.name
        assert "innerHTML" not in text
        assert not re.search(r"<script(?![^>]* src=)|\son\w+=|style=\"", text), path.name


@pytest.mark.parametrize(
    ("chosen", "accepted", "expected"),
    [
        ("", "", "vi"),
        ("", "fr-FR,fr", "vi"),
        ("", "en-GB,en;q=0.9", "en"),
        ("", "en;q=0.3,vi;q=0.8", "vi"),
        ("", "en;q=x,;;;", "vi"),
        ("en", "vi", "en"),
        ("xx", "en", "en"),
    ],
)
def test_the_language(chosen: str, accepted: str, expected: str) -> None:
    assert pick_language(chosen, accepted) == expected


def test_a_correction_an_undo_and_the_page_in_between(serve: Serve) -> None:
    client = serve().enter()
    first = client.correct({"kind": "word", "word": "p1w1", "after": "hai từ"}).json()
    texts = [word["text"] for word in first["pages"][0]["blocks"][0]["lines"][0]["words"]]
    assert texts[:2] == ["hai", "từ"]
    undone = client.correct({"id": "b" * 24, "kind": "undo", "undoes": "a" * 24}, first["version"])
    words = undone.json()["pages"][0]["blocks"][0]["lines"][0]["words"]
    assert words[0]["text"] == "chữ1"


@given(
    st.lists(
        st.tuples(st.integers(1, 5), st.sampled_from(["chữ1", "hai từ", "", "khác", "<b>\u2028"])),
        max_size=6,
    )
)
def test_a_page_written_in_parts_is_the_page_written_anew(
    record: Record, done: list[tuple[int, str]]
) -> None:
    """Lines that were written before a correction are used again only where nothing changed."""
    line = record.pages[0].blocks[0].lines[0]
    words = {word.id: word for word in line.words}
    kept, made = PageWords(record.pages), []
    for number, after in [(0, ""), *done]:
        if number:
            word = words[f"p1w{number}"]
            kind = Kind.CONFIRM if after == word.text else Kind.WORD
            place = Place(word.id, 1, word.bbox, 1000, 1400)
            made.append(Correction(kind, "An", "2025", word.text, after, place=place))
        now = correct_words(record.pages, made)
        for _ in range(2):
            text = kept.write(now.pages[0], len(made), now.locked)
            assert text == PageWords(()).write(now.pages[0], len(made), now.locked)
        page = json.loads(text)
        shown = [
            each for block in page["blocks"] for row in block["lines"] for each in row["words"]
        ]
        assert [each["text"] for each in shown] == [word.text for word in now.pages[0].words()]
        assert {each["id"] for each in shown if each.get("locked")} == set(now.locked)


def test_the_queue_hears_of_a_document_once_it_is_quiet_and_at_the_end() -> None:
    heard: list[int] = []
    errands = Errands("test", lambda each: heard.append(each.version), quiet_s=3600, finish=True)
    entry = Entry("k", "k", "k", "", 1, "", 1, 1, 0, (), 0.0, (), False)
    errands.start()
    for version in range(5):
        errands.add(Document(entry, "working", version, "", "", 0))
    assert heard == []
    errands.stop()
    assert heard == [4]


def test_a_document_that_is_left_is_told_at_once() -> None:
    heard: queue.Queue[int] = queue.Queue()
    errands = Errands("test", lambda each: heard.put(each.version), quiet_s=3600)
    entry = Entry("k", "k", "k", "", 1, "", 1, 1, 0, (), 0.0, (), False)
    errands.start()
    errands.hurry("k")
    errands.add(Document(entry, "working", 7, "", "", 0))
    errands.hurry("k")
    assert heard.get(timeout=30) == 7
    errands.stop()


@pytest.mark.parametrize(
    "wish",
    [
        {"kind": "word", "word": "p9w9", "after": "x"},
        {"kind": "word", "word": "p1w1", "after": "a\u202eb"},
        {"kind": "field", "field": "date", "after": "hôm qua"},
        {"kind": "field", "after": "x"},
        {"kind": "undo", "undoes": "f" * 24},
        {"kind": "outline", "field": "body.0", "after": "sideways"},
        {"kind": "word", "word": "p1w1", "after": "x", "id": "../../etc"},
        {"kind": "nothing"},
        {},
    ],
)
def test_what_makes_no_sense_is_refused(serve: Serve, wish: dict[str, object]) -> None:
    client = serve().enter()
    assert client.correct(wish).status_code == 422
    assert client.get(f"/api/documents/{OPEN}").json()["version"] == 0


def test_a_signed_document_refuses_until_reopened(serve: Serve, root: Path) -> None:
    client = serve().enter()
    assert client.correct({"kind": "sign-off", "why": "xong"}).json()["state"] == "signed"
    word = {"id": "b" * 24, "kind": "word", "word": "p1w1", "after": "x"}
    assert client.correct(word, 1).status_code == 409
    assert client.correct({"id": "c" * 24, "kind": "reopen"}, 1).status_code == 200
    assert client.correct(word, 2).status_code == 200


def test_without_the_original_there_is_no_picture_and_the_text_is_there(serve: Serve) -> None:
    client = serve().enter()
    document = client.get(f"/api/documents/{OPEN}").json()
    assert document["original"] is False
    assert client.get(f"/api/documents/{OPEN}/pages/1/preview.jpg").status_code == 404
    assert client.get(f"/api/documents/{OPEN}/pages/1").json()["blocks"]
    assert client.get(f"/api/documents/{OPEN}/pages/2").status_code == 404


def test_a_page_is_drawn_once_and_cut_into_tiles(samples: Path, tmp_path: Path) -> None:
    import cv2

    pictures = Pictures(tmp_path)
    source = samples / "cong_van_clean.pdf"
    asked: list[int] = []

    def original() -> tuple[Path, ...]:
        asked.append(1)
        return (source,)

    try:
        preview = pictures.preview("../../x", 1, original)
        tile = pictures.tile("../../x", 1, original, (0, 0))
        assert pictures.tile("../../x", 1, original, (99, 99)) is None
        assert pictures.preview("y", 99, original) is None
        assert pictures.preview("z", 1, lambda: ()) is None
    finally:
        pictures.close()
    assert preview is not None
    assert tile is not None
    assert tmp_path in preview.parents
    small, whole = cv2.imread(str(preview)), cv2.imread(str(tile))
    assert small is not None
    assert whole is not None
    assert small.shape[1] <= 1240
    assert whole.shape == (512, 512, 3)
    assert len(asked) == 2  # once for the page, once for the page that is not there


def test_a_paper_of_several_pictures_has_them_all(serve: Serve, root: Path, record: Record) -> None:
    import cv2
    import numpy as np

    from sohoa.export import export_all, write_result
    from sohoa.read import open_source

    scans = root.parent / "scans" / "giấy"
    scans.mkdir(parents=True)
    for number in (1, 2):
        pixels = np.full((300, 200), 100 * number, np.uint8)
        cv2.imencode(".png", pixels)[1].tofile(scans / f"{number}.png")
    with open_source(sorted(scans.iterdir())) as source:
        info = SourceInfo(source.name, source.sha256, source.media_type, source.size_bytes, 2)
    write_result(root / "giấy", export_all(replace(record, source=info)))
    client = serve(originals=(scans.parent,)).enter()
    key = key_of("giấy")
    assert client.get(f"/api/documents/{key}").json()["original"] is True
    for number in (1, 2):
        answer = client.get(f"/api/documents/{key}/pages/{number}/preview.jpg")
        shown = cv2.imdecode(np.frombuffer(answer.content, np.uint8), cv2.IMREAD_GRAYSCALE)
        assert shown is not None
        assert shown.shape == (300, 200)
        assert abs(float(shown.mean()) - 100 * number) < 3
    assert client.get(f"/api/documents/{key}/pages/3/preview.jpg").status_code == 404


def test_backup_and_recovery_of_all_stores(
    serve: Serve, root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    client = serve().enter()
    client.correct({"kind": "word", "word": "p1w1", "after": "giữ"})
    back_up(root, tmp_path / "kept")
    assert {path.name for path in (tmp_path / "kept").iterdir()} == {
        "review.sqlite",
        "accounts.sqlite",
    }
    client.correct({"id": "b" * 24, "kind": "word", "word": "p1w2", "after": "bỏ"}, 1)
    recover(root, tmp_path / "kept")
    document = client.get(f"/api/documents/{OPEN}").json()
    assert [act["after"] for act in document["history"]] == ["giữ"]
    capsys.readouterr()
    assert corrections(root, None) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["correction"]["after"] for line in lines] == ["giữ"]
    (tmp_path / "lines").write_text("\n".join(lines), encoding="utf-8")
    assert corrections(root, tmp_path / "lines") == 0
    changed = (tmp_path / "lines").read_text(encoding="utf-8").replace("a" * 24, "d" * 24)
    changed = changed.replace("chữ1", "khác hẳn").replace('"giữ"', '"xyz"')
    (tmp_path / "lines").write_text(changed, encoding="utf-8")
    assert corrections(root, tmp_path / "lines") == 1
    assert "mo.pdf" in capsys.readouterr().err
    with pytest.raises(StorageError):
        recover(root, tmp_path)
    assert (root / STORE).is_file()

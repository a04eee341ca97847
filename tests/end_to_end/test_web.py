"""The review pages in a real browser: what a person does, with keys and with two browsers."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from sohoa.digitize import digitize
from sohoa.export import export_all, write_result
from sohoa.read import open_source
from sohoa.recognize import make_engine
from sohoa.record import Record, from_json
from sohoa.settings import Settings

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (apt install chromium)")

Page = Any
# Each test has a paper of its own on the one server.
ROOT = Path(__file__).resolve().parents[2]
PICTURES = ("queue", "review", "fields")
PAPERS = ("journey", "conflict", "peace", "keys", "screens-1366", "screens-390", "pictures")
SCAN = "cong_van_good_scan.pdf"
HOSTILE = "<img/src=x/onerror=window.hurt=1>"


@dataclass(frozen=True)
class Served:
    """A server over a folder of results."""

    address: str
    root: Path

    @property
    def reviewed(self) -> Path:
        return self.root.with_name(f"{self.root.name}-reviewed")


@pytest.fixture(scope="module")
def results(samples: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One scan read for real, and a paper whose text and name try to be markup."""
    root = tmp_path_factory.mktemp("review") / "out"
    source = samples / SCAN
    settings = Settings()
    with open_source([source]) as opened:
        (record,) = digitize(opened, settings, make_engine(settings.recognize))
    for name in PAPERS:
        write_result(root / name / source.name, export_all(record))
    write_result(root / '"><script>window.hurt=1<' / "b.pdf", export_all(hostile(record)))
    return root


def hostile(record: Record) -> Record:
    """The record with markup in place of words, title, issuer, file name and findings."""
    page = record.pages[0]
    block = page.blocks[0]
    line = block.lines[0]
    word = replace(line.words[0], text=HOSTILE, edits=(), confidence=0.3)
    line = replace(line, words=(word, *line.words[1:]))
    block = replace(block, lines=(line, *block.lines[1:]))
    page = replace(page, blocks=(block, *page.blocks[1:]))
    leaf = replace(record.directive.title, value=f'"><script>window.hurt=1</script>{HOSTILE}')
    directive = replace(record.directive, title=leaf, issuer=leaf, symbol=leaf)
    source = replace(record.source, name=f"</script><script>window.hurt=1</script>{HOSTILE}")
    return replace(
        record, pages=(page, *record.pages[1:]), directive=directive, source=source
    )  # fmt: skip


@pytest.fixture(scope="module")
def served(results: Path, samples: Path) -> Iterator[Served]:
    """The results, served by the real program."""
    with serving(results, samples) as found:
        yield found


@contextmanager
def serving(root: Path, samples: Path) -> Iterator[Served]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "sohoa.cli.main", "serve", str(root), "--port", str(port)]
    command += ["--originals", str(samples), "--name", "Trần Thị Kiểm"]
    process = subprocess.Popen(command, env={**os.environ, "LC_ALL": "C.UTF-8"})
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(port, process)
        yield Served(address, root)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until the server listens, or ends."""
    while process.poll() is None:
        with socket.socket() as probe:
            probe.settimeout(5)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
    raise AssertionError("the server ended at once")


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def visit(browser: Any, width: int = 1366, height: int = 768, locale: str = "vi-VN") -> Page:
    """A page of a fresh browser whose script errors and policy violations fail the test."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale=locale)
    page = context.new_page()
    page.problems = []
    page.on("pageerror", lambda error: page.problems.append(str(error)))
    page.on(
        "console",
        lambda told: page.problems.append(told.text) if "Content Security" in told.text else None,
    )
    page.on("dialog", lambda dialog: (page.problems.append("dialog"), dialog.dismiss()))
    return page


def open_paper(page: Page, served: Served, paper: str) -> None:
    page.goto(f"{served.address}/?q={paper}")
    page.locator("tr", has_text=f"{paper}/").locator("a").click()
    page.wait_for_selector("body.ready")


def record_of(served: Served) -> Record:
    return from_json((served.reviewed / "journey" / SCAN / "record.json").read_bytes())


def doubtful_left(page: Page) -> int:
    return int(re.sub(r"\D", "", page.inner_text("#left")))


def until_left(page: Page, count: int) -> None:
    """Wait for the count; a script that looks for it would be against the pages' own policy."""
    page.locator("#left", has_text=re.compile(rf"\b{count}\b")).wait_for()


def pick_word(page: Page, text: str) -> None:
    page.locator(f"#panel-text .w:text-is('{text}')").first.click()


def test_a_word_a_field_an_undo_a_sign_off_and_the_results(browser: Any, served: Served) -> None:
    page = visit(browser)
    open_paper(page, served, "journey")
    page.locator(".view .message").wait_for(state="hidden")
    left = doubtful_left(page)
    assert left > 0

    page.keyboard.press("ArrowDown")
    first = page.inner_text(".facts b")
    page.keyboard.press("F2")
    page.keyboard.type("đãsửa")
    page.keyboard.press("Enter")
    until_left(page, left - 1)
    page.locator("#panel-text .w.locked:text-is('đãsửa')").wait_for()

    page.click("#tab-fields")
    field = page.locator("[data-path=number]")
    field.locator(".crop").wait_for()
    field.locator("input").fill("987")
    page.keyboard.press("Enter")
    page.locator("[data-path=number].locked").wait_for()

    page.locator("[data-path=date] input").fill("không phải ngày")
    page.keyboard.press("Enter")
    page.locator("[data-path=date] .problem:not(:empty)").wait_for()

    page.click("#tab-text")
    page.keyboard.press("ArrowDown")
    second = page.inner_text(".facts b")
    page.keyboard.press("Delete")
    until_left(page, left - 2)
    page.locator("#saved:text-is('Đã lưu')").wait_for()
    page.keyboard.press("Control+z")
    until_left(page, left - 1)

    page.click("#sign")
    page.fill("#sign-note", "đối chiếu với bản giấy")
    page.click("dialog .main")
    page.locator("#results a").wait_for(timeout=60_000)

    record = record_of(served)
    words = [word for each in record.pages for word in each.words()]
    corrected = next(word for word in words if word.text == "đãsửa")
    assert corrected.recognized
    assert corrected.edits[-1].stage == "review"
    assert corrected.edits[-1].before == first
    assert any(word.text == second for word in words)
    assert record.directive.number.value == "987"
    assert record.directive.number.found_by == "review"
    folder = served.reviewed / "journey" / SCAN
    assert "đãsửa" in (folder / "text.txt").read_text(encoding="utf-8")
    signed = json.loads((folder / "review.json").read_bytes())["signed_off"]
    assert signed["who"] == "Trần Thị Kiểm"
    assert signed["note"] == "đối chiếu với bản giấy"
    untouched = served.root / "journey" / SCAN / "text.txt"
    assert "đãsửa" not in untouched.read_text(encoding="utf-8")
    assert page.problems == []


def test_two_browsers_on_the_same_word_must_decide(browser: Any, served: Served) -> None:
    one, other = visit(browser), visit(browser)
    open_paper(one, served, "conflict")
    open_paper(other, served, "conflict")
    target = one.locator("#panel-text .w").nth(3).inner_text()
    for page in (one, other):
        pick_word(page, target)
    one.fill(".typed", "một")
    one.keyboard.press("Enter")
    one.locator("#saved:text-is('Đã lưu')").wait_for()
    other.fill(".typed", "hai")
    other.keyboard.press("Enter")
    other.locator("dialog[open]").wait_for()
    assert "“một”" in other.inner_text("dialog")
    assert "“hai”" in other.inner_text("dialog")
    other.click("dialog .main")
    other.locator("#panel-text .w:text-is('hai')").wait_for()

    other.click("#tab-history")
    other.locator("#panel-history li").first.wait_for()
    history = other.inner_text("#panel-history")
    assert "một" in history
    assert "hai" in history
    assert one.problems == other.problems == []


def test_two_browsers_on_different_words_need_not_be_asked(browser: Any, served: Served) -> None:
    one, other = visit(browser), visit(browser)
    open_paper(one, served, "peace")
    open_paper(other, served, "peace")
    words = one.locator("#panel-text .w").all_inner_texts()
    once = [text for text in words if words.count(text) == 1 and text.isalpha()]
    for page, target, text in ((one, once[0], "ALPHA"), (other, once[1], "BETA")):
        pick_word(page, target)
        page.fill(".typed", text)
        page.keyboard.press("Enter")
        page.locator(f"#panel-text .w:text-is('{text}')").wait_for()
    other.locator("#panel-text .w:text-is('ALPHA')").wait_for()
    assert other.locator("dialog[open]").count() == 0


def test_all_of_it_with_the_keyboard_alone(browser: Any, served: Served) -> None:
    page = visit(browser)
    page.goto(served.address)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('tr')?.innerText.includes('keys/')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("body.ready")
    left = doubtful_left(page)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    until_left(page, left - 1)
    page.keyboard.type("x")
    assert page.evaluate("document.activeElement.className") == "typed"
    page.keyboard.press("Escape")
    page.locator("#tab-text").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.id") == "tab-fields"
    page.locator("#field-number").wait_for()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") != "tab-fields"
    page.locator("#sign").focus()
    page.keyboard.press("Enter")
    page.locator("dialog[open]").wait_for()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    page.keyboard.press("Escape")
    assert page.locator("dialog[open]").count() == 0
    assert page.problems == []


def test_markup_in_what_was_read_stays_text(browser: Any, served: Served) -> None:
    page = visit(browser)
    page.goto(served.address)
    assert HOSTILE in page.inner_text("main")
    page.locator("tr", has_text="b.pdf").locator("a").click()
    page.wait_for_selector("body.ready")
    page.locator("#panel-text .w", has_text="onerror").click()
    assert page.input_value(".typed") == HOSTILE
    page.fill(".typed", f"{HOSTILE}1")
    page.keyboard.press("Enter")
    page.locator("#saved:text-is('Đã lưu')").wait_for()
    for tab in ("fields", "outline", "edits", "evidence", "history"):
        page.click(f"#tab-{tab}")
        page.locator(f"#panel-{tab} > *").first.wait_for()
    assert page.evaluate("window.hurt") is None
    assert page.locator("img[src=x]").count() == 0
    assert page.problems == []


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_every_screen_fits_and_can_be_told_by_ear(
    browser: Any, served: Served, width: int, height: int
) -> None:
    page = visit(browser, width, height)
    page.goto(served.address)
    assert audit(page) == []
    page.goto(f"{served.address}/help")
    assert audit(page) == []
    open_paper(page, served, f"screens-{width}")
    page.locator("#card .main").click()
    page.locator("#card .typed").wait_for()
    assert audit(page) == []
    for tab in ("fields", "outline", "edits", "evidence", "history"):
        page.click(f"#tab-{tab}")
        page.locator(f"#panel-{tab} > *").first.wait_for()
        assert audit(page) == [], tab
    page.click("#sign")
    assert audit(page) == []


def test_logging_in_and_out_as_a_browser_does(browser: Any, tmp_path: Path) -> None:
    """A browser sends more than a form's fields: its origin, which must be known as our own."""
    root = tmp_path / "out"
    root.mkdir()
    command = [sys.executable, "-m", "sohoa.cli.main", "account", str(root), "quan"]
    command += ["--role", "admin", "--name", "Lê Văn Quản"]
    password = "một câu rất dài"
    subprocess.run(command, input=f"{password}\n", text=True, check=True)
    with serving(root, tmp_path) as served:
        page = visit(browser)
        page.goto(served.address)
        page.fill("input[name=name]", "quan")
        page.fill("input[name=password]", "một câu khác hẳn")
        page.click("main button")
        assert page.inner_text("[role=alert]") == "Tên hoặc mật khẩu không đúng."
        assert page.input_value("input[name=name]") == "quan"
        page.fill("input[name=password]", password)
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Lê Văn Quản")
        page.goto(f"{served.address}/accounts")
        page.fill("input[name=name]", "lan")
        page.fill("input[name=password]", password)
        page.click("main button")
        page.wait_for_selector("td:has-text('lan')")
        page.goto(f"{served.address}/log")
        assert "đăng nhập sai" in page.inner_text("table")
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 844})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.click("text=Đăng xuất")
        page.wait_for_selector("input[name=password]")
        page.goto(f"{served.address}/log")
        page.wait_for_selector("input[name=password]")
        assert page.problems == []


def test_the_pages_speak_the_language_that_is_asked_for(browser: Any, served: Served) -> None:
    page = visit(browser, locale="en-GB")
    page.goto(served.address)
    assert page.inner_text("h1") == "Documents to check"
    page.click("a[href^='/language/vi']")
    assert page.inner_text("h1") == "Văn bản cần xem"


def audit(page: Page) -> list[str]:
    """What a person who cannot see, or sees little, would stumble over; empty: nothing."""
    script = Path(__file__).with_name("web_audit.js").read_text(encoding="utf-8")
    found: list[str] = page.evaluate(script)
    return found


def take(page: Page, path: Path) -> None:
    page.screenshot(path=path, type="jpeg", quality=50)


def test_pictures_for_the_guide(browser: Any, served: Served, tmp_path: Path) -> None:
    """The pictures in docs/: made anew where SOHOA_PICTURES names a folder for them."""
    folder = Path(os.environ.get("SOHOA_PICTURES", tmp_path))
    folder.mkdir(exist_ok=True)
    for language, locale in (("vi", "vi-VN"), ("en", "en-GB")):
        page = visit(browser, 1180, 664, locale)
        page.goto(f"{served.address}/?q=screens")
        take(page, folder / f"queue.{language}.jpg")
        open_paper(page, served, "pictures")
        page.locator(".view .message").wait_for(state="hidden")
        page.keyboard.press("ArrowDown")
        page.locator("#card .crop").wait_for()
        page.wait_for_load_state("networkidle")
        take(page, folder / f"review.{language}.jpg")
        page.click("#tab-fields")
        page.locator("#panel-fields .crop").first.wait_for()
        page.wait_for_load_state("networkidle")
        take(page, folder / f"fields.{language}.jpg")
    made = {path.name for path in folder.iterdir()}
    shown = {path.name for path in (ROOT / "docs" / "pictures").glob("*.jpg")}
    assert made == {f"{name}.{each}.jpg" for name in PICTURES for each in ("vi", "en")}
    assert made <= shown

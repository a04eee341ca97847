"""``sohoa restore``: text in, restored text out, line for line; files, folders, standard input."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sohoa.cli.messages import say
from sohoa.errors import SettingsError, SourceMissing, SourceUnsupported
from sohoa.settings import Settings, load_settings

if TYPE_CHECKING:
    from sohoa.model import Page

_STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class _Text:
    """A text to restore: what people call it, and where its result lies below the out folder."""

    name: str
    path: Path | None
    result: Path


def run(sources: list[str], out: Path | None, settings_file: Path | None, *, explain: bool) -> None:
    """Restore the sources to standard output, or each to its file below ``out``.

    With ``explain`` the changes come too: coloured on the terminal (standard error), or as an HTML
    page beside each file. Inputs are never written over: ``SettingsError`` where they would be.
    """
    from sohoa.restore import restore_as_page, text_of_page

    settings = load_settings(settings_file) if settings_file else Settings()
    texts = tuple(_texts(sources))
    if out is None and len(texts) > 1:
        raise SettingsError(say("restore.many"), remedy=say("restore.many.remedy"))
    for each in texts:
        text = _read(each)
        page = restore_as_page(text, settings.restore)
        restored = text_of_page(text, page)
        if out is None:
            sys.stdout.write(restored)
            if explain:
                _show(page)
        else:
            _write(each, out, restored, page if explain else None)


def _texts(sources: list[str]) -> list[_Text]:
    texts = []
    for source in sources:
        path = Path(source)
        if source == _STANDARD_INPUT:
            texts.append(_Text("standard input", None, Path("standard-input.txt")))
        elif path.is_dir():
            found = sorted(p for p in path.rglob("*.txt") if p.is_file())
            texts.extend(_Text(str(p), p, p.relative_to(path)) for p in found)
        else:
            texts.append(_Text(source, path, Path(path.name)))
    if not texts:
        raise SourceMissing(say("nothing"))
    return texts


def _read(text: _Text) -> str:
    try:
        data = sys.stdin.buffer.read() if text.path is None else text.path.read_bytes()
    except OSError as error:
        raise SourceMissing(
            f"{text.name}: cannot be read ({error.strerror}).", remedy="Check the path."
        ) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceUnsupported(
            f"{text.name}: not UTF-8 text (byte {error.start}).",
            remedy="Convert it with iconv first.",
        ) from error


def _write(text: _Text, out: Path, restored: str, explained: Page | None) -> None:
    from sohoa.export import write_atomically
    from sohoa.export.explanation import explain_as_html

    path = out / text.result
    if text.path is not None and path.resolve() == text.path.resolve():
        raise SettingsError(
            say("restore.onto-itself", name=text.name), remedy=say("restore.onto-itself.remedy")
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, restored.encode())
    if explained is not None:
        page = explain_as_html(text.result.name, explained)
        write_atomically(path.with_name(path.name + ".html"), page)


def _show(page: Page) -> None:
    """Each changed line on standard error: what was read struck out, what stands now beside it."""
    from rich.console import Console
    from rich.text import Text

    console = Console(stderr=True)
    for number, line in enumerate(page.lines(), start=1):
        if not any(word.edits for word in line.words):
            continue
        shown = Text(f"{number:>5}  ", style="dim")
        for word in line.words:
            if word.edits:
                shown.append(word.recognized, style="red strike").append(" ")
                shown.append(word.text, style="green")
                shown.append(f" ({word.edits[-1].confidence:.2f}) ", style="dim")
            else:
                shown.append(word.text + " ")
        console.print(shown, highlight=False, soft_wrap=True)

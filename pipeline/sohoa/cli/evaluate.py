"""``sohoa evaluate``: results against truth, as tables, JSON or a page."""

from __future__ import annotations

import sys
from pathlib import Path

from sohoa.errors import SettingsError


def run(truth: Path, results: Path, *, as_json: bool, html: Path | None) -> None:
    """Measure, print, and write the page if asked for; a folder that is not there is a bad call."""
    from sohoa.evaluate import evaluate, render_tables, to_html, to_json
    from sohoa.export import write_atomically

    for folder in (truth, results):
        if not folder.is_dir():
            raise SettingsError(f"{folder} is not a folder.")
    report = evaluate(truth, results)
    if html is not None:
        html.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(html, to_html(report))
    if as_json:
        sys.stdout.buffer.write(to_json(report))
        sys.stdout.buffer.flush()
        return
    from rich.console import Console

    console = Console()
    for table in render_tables(report):
        console.print(table)

"""All our exports against OCRmyPDF's searchable PDF/A: ``python tests/bench/exports.py FILE…``.

Both read the same files with their own recognition, in turns, in one run: one process, one thread.
OCRmyPDF is asked for PDF/A-2 (``--output-type pdfa``, by its own means, without Ghostscript);
sohoa for all its formats, and once more for the usual ones, which tells what the others cost. A
file that OCRmyPDF refuses as it stands (signed, with text of its own) is given to it again with
leave to break the signature and to draw the pages anew. Printed: CPU seconds of the whole tree of
processes, a page; and whether pikepdf's validator accepts what was made as PDF/A-2b.

Without files: the samples that look like scans.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from compare import (  # type: ignore[import-not-found]
    _environment,
    _ocrmypdf,
    measure,
)
from rich.console import Console
from rich.table import Table

SAMPLES = Path(__file__).parents[2] / "samples"
_ROUNDS = 2
_ALL, _USUAL, _THEIRS = "sohoa, all formats", "sohoa, usual formats", "ocrmypdf, PDF/A"


@dataclass(frozen=True, slots=True)
class Made:
    """What a tool took (CPU seconds, the least of the rounds) and whether its PDF/A holds."""

    cpu_s: float
    pdfa: bool | None


def main(paths: Sequence[Path]) -> int:
    """Measure and print; 1 where all our formats take more than OCRmyPDF over all files."""
    if not _ocrmypdf():
        raise SystemExit("ocrmypdf is not installed here.")
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
        work = Path(folder)
        _ours(paths[0], work / "warm", ["--formats", "all"])  # compiles; not measured
        rows = [(path, _pages(path), _measured(path, work)) for path in paths]
    return _print(rows)


def _measured(path: Path, work: Path) -> dict[str, Made]:
    costs: dict[str, list[float]] = {}
    pdfa: dict[str, bool | None] = {_USUAL: None}
    for number in range(_ROUNDS):
        ours, usual = work / f"{path.name}.{number}", work / f"{path.name}.{number}.usual"
        theirs = work / f"{path.stem}.{number}.pdf"
        tools: dict[str, Callable[[], object]] = {
            _THEIRS: lambda theirs=theirs: _theirs(path, theirs),  # type: ignore[misc]
            _ALL: lambda ours=ours: _ours(path, ours, ["--formats", "all"]),  # type: ignore[misc]
            _USUAL: lambda usual=usual: _ours(path, usual, []),  # type: ignore[misc]
        }
        for name, tool in tools.items():
            costs.setdefault(name, []).append(measure(tool).cpu_s)
        pdfa[_THEIRS] = _is_pdfa(theirs)
        pdfa[_ALL] = _is_pdfa(ours / path.name / "searchable.pdf")
    return {name: Made(min(found), pdfa[name]) for name, found in costs.items()}


def _ours(path: Path, out: Path, more: list[str]) -> None:
    command = [sys.executable, "-m", "sohoa.cli.main", "digitize", "--jobs", "1", "--out", str(out)]
    _run([*command, *more, str(path)])


def _theirs(path: Path, out: Path) -> None:
    command = [_ocrmypdf(), "-q", "-l", "vie", "--output-type", "pdfa", "--pdfa-backend",
               "internal", "--jobs", "1", "--image-dpi", "200"]  # fmt: skip
    if _run([*command, str(path), str(out)]):
        leave = ["--force-ocr", "--invalidate-digital-signatures"]
        _run([*command, *leave, str(path), str(out)])


def _run(command: list[str]) -> int:
    environment = {**_environment(), "LC_ALL": os.environ.get("LC_ALL", "C.UTF-8")}
    return subprocess.run(command, capture_output=True, check=False, env=environment).returncode


def _is_pdfa(path: Path) -> bool:
    from pikepdf import pdfa

    if not path.is_file():
        return False
    with path.open("rb") as file:
        return bool(pdfa.validate_written(file, "2b").passed)


def _pages(path: Path) -> int:
    try:
        with pikepdf.open(path) as pdf:
            return len(pdf.pages)
    except pikepdf.PdfError:
        return 1


def _print(rows: list[tuple[Path, int, dict[str, Made]]]) -> int:
    table = Table(title="CPU seconds a page; in brackets: PDF/A-2b by pikepdf's validator")
    for head in ("file", "pages", _THEIRS, _ALL, "ratio", _USUAL):
        table.add_column(head, justify="left" if head == "file" else "right")
    totals = dict.fromkeys((_THEIRS, _ALL, _USUAL), 0.0)
    for path, pages, made in rows:
        for name, each in made.items():
            totals[name] += each.cpu_s
        table.add_row(
            path.name,
            str(pages),
            _cell(made[_THEIRS], pages),
            _cell(made[_ALL], pages),
            f"{made[_ALL].cpu_s / made[_THEIRS].cpu_s:.2f}",
            _cell(made[_USUAL], pages),
        )
    count = sum(pages for _, pages, _ in rows)
    ratio = totals[_ALL] / totals[_THEIRS]
    table.add_row(
        "all", str(count), f"{totals[_THEIRS] / count:.2f}", f"{totals[_ALL] / count:.2f}",
        f"{ratio:.2f}", f"{totals[_USUAL] / count:.2f}",
    )  # fmt: skip
    Console(width=max(110, Console().width)).print(table)
    return 1 if ratio > 1 else 0


def _cell(made: Made, pages: int) -> str:
    told = "" if made.pdfa is None else " (yes)" if made.pdfa else " (no)"
    return f"{made.cpu_s / pages:.2f}{told}"


if __name__ == "__main__":
    given = [Path(each) for each in sys.argv[1:]]
    sys.exit(main(given or sorted(SAMPLES.glob("*_good_scan.pdf"))))

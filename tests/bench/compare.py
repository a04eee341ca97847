"""Plain Tesseract, OCRmyPDF and sohoa, with each of its engines, on the same scans in one run.

``make bench SCANS=folder``: it holds documents anywhere below it and ``truth/<doc>.p<N>.txt``; each
document with such a page is read whole by each tool, one process, one thread. Documents are
measured in groups, by what their first page is; tools take turns, so that a busy machine is busy
for all. Printed: seconds of wall and CPU a page, as ratios to plain Tesseract; peak memory; recall,
precision and WER over the pages with truth, by kind and in all; and on how many pages our reading
of the ink, before any restoration, is better or worse than Tesseract's.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from sohoa.evaluate import evaluate
from sohoa.evaluate.text_measures import TextCounts, total
from sohoa.model import LayerVerdict, LineKind
from sohoa.read import open_source
from sohoa.record import from_json

PLAIN, OURS = "tesseract -l vie", "sohoa"
LINES = "sohoa-lines"  # with the recognizer of our own
BEFORE = "sohoa, before restoration"
_PLAIN_DPI = 200.0
_COARSE_DPI = 150.0
_A_LITTLE = 0.005


@dataclass(frozen=True, slots=True)
class Cost:
    """What running the programs cost: seconds, and the largest of them in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


@dataclass(frozen=True, slots=True)
class Row:
    """One tool on one group of documents; ``texts``: what its pages with truth are worth."""

    name: str
    pages: int
    cost: Cost | None
    texts: dict[str, TextCounts]


def documents(scans: Path) -> list[Path]:
    """Documents that have a page of truth, by name."""
    names = {path.name.split(".p")[0] for path in (scans / "truth").glob("*.p*.txt")}
    found = [
        path
        for path in scans.rglob("*")
        if path.is_file() and "truth" not in path.parts and path.stem in names
    ]
    return sorted(found)


def measure(work: Callable[[], object]) -> Cost:
    """Cost of the processes that ``work`` starts, those that they leave behind included."""
    _adopt()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    work()
    wall = perf_counter() - started
    with suppress(ChildProcessError):
        while True:  # workers end a moment after the program that started them
            os.waitpid(-1, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


@cache
def _adopt() -> None:
    """Become the parent of processes whose own has ended: their cost is counted when they end."""
    import ctypes

    pr_set_child_subreaper = 36
    if ctypes.CDLL(None).prctl(pr_set_child_subreaper, 1, 0, 0, 0):
        raise SystemExit("The cost of worker processes can be counted on Linux only.")


def render(document: Path, folder: Path) -> list[Path]:
    """The pages as pictures at 200 dpi, as a person would hand them to Tesseract; not timed."""
    import cv2

    pages = []
    with open_source([document]) as source:
        for number in range(1, source.page_count + 1):
            image = source.page(number).image
            if image is None:
                continue
            pixels = image.pixels[..., ::-1] if image.pixels.ndim == 3 else image.pixels
            factor = min(1.0, _PLAIN_DPI / image.dpi)
            size = (round(image.width * factor), round(image.height * factor))
            picture = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
            path = folder / f"{document.stem}.{number}.png"
            cv2.imwrite(str(path), picture)
            pages.append(path)
    return pages


def run_plain(documents_pages: dict[Path, list[Path]], out: Path) -> None:
    for document, pages in documents_pages.items():
        texts = [
            _output(["tesseract", str(page), "-", "-l", "vie", "--dpi", "200"]) for page in pages
        ]
        _put(out, document, "\f".join(text.replace("\f", "") for text in texts))


def run_ocrmypdf(paths: Sequence[Path], out: Path) -> None:
    for document in paths:
        sidecar = out / f"{document.name}.sidecar"
        _output(
            [_ocrmypdf(), "-q", "--force-ocr", "-l", "vie", "--jobs", "1", "--output-type", "pdf",
             "--image-dpi", "200", "--sidecar", str(sidecar), str(document), str(out / "x.pdf")]
        )  # fmt: skip
        _put(out, document, sidecar.read_text(encoding="utf-8") if sidecar.exists() else "")


@cache
def _ocrmypdf() -> str:
    """The program, beside this Python or on the path; empty where there is none."""
    beside = Path(sys.executable).with_name("ocrmypdf")
    return str(beside) if beside.exists() else shutil.which("ocrmypdf") or ""


def run_sohoa(paths: Sequence[Path], out: Path, engine: str = "tesseract") -> None:
    command = [sys.executable, "-m", "sohoa.cli.main", "digitize", "--jobs", "1", "--json"]
    command += ["--engine", engine]
    _output([*command, "--out", str(out), *map(str, paths)])


def kind_of(document: Path) -> str:
    """What the first page is: its resolution, its colours, and whether it brings its text along."""
    import numpy as np

    with open_source([document]) as source:
        page = source.page(1)
    if page.layer.verdict is LayerVerdict.GOOD:
        return "with good text"
    if page.image is None:
        return "no picture"
    if page.image.dpi < _COARSE_DPI:
        return f"under {_COARSE_DPI:.0f} dpi"
    pixels = page.image.pixels
    if pixels.ndim == 3:
        return "colour"
    return "1-bit" if np.isin(pixels, (0, 255)).mean() > 0.99 else "grey"


def put_unrestored(results: Path, out: Path) -> None:
    """The texts of our results as the engine read them, before restoration."""
    for record_file in results.glob("*/record.json"):
        record = from_json(record_file.read_bytes())
        pages = (
            "\n".join(
                " ".join(word.recognized for word in line.words)
                for line in page.lines()
                if line.kind is LineKind.TEXT
            )
            for page in record.pages
        )
        folder = out / record_file.parent.name
        folder.mkdir(parents=True)
        (folder / "text.txt").write_text("\f".join(pages), encoding="utf-8")


def _output(command: list[str]) -> str:
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env=_environment()
    ).stdout


@cache
def _environment() -> dict[str, str]:
    """One thread; and Python keeps what it compiled, as in any installed program."""
    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(Path(tempfile.gettempdir()) / "sohoa-bench-compiled")
    return environment


def _put(out: Path, document: Path, text: str) -> None:
    folder = out / document.name
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")


def main(scans: Path) -> None:
    """Run all and print the tables."""
    found = documents(scans)
    if not found:
        raise SystemExit(f"No documents with truth/<doc>.p<N>.txt below {scans}.")
    groups: dict[str, list[Path]] = {}
    for document in found:
        groups.setdefault(kind_of(document), []).append(document)
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
        work = Path(folder)
        run_sohoa(found[:1], work / "warm")  # compiles; not measured
        rows = {
            kind: _measure_group(group, scans / "truth", work / f"{index}")
            for index, (kind, group) in enumerate(sorted(groups.items()))
        }
    for kind, group_rows in rows.items():
        _print(kind, group_rows)
    if len(rows) > 1:
        _print("all", [_together(each) for each in zip(*rows.values(), strict=True)])
    if not _ocrmypdf():
        print("ocrmypdf is not installed here; with it on the path it is compared, too.")


def _measure_group(paths: list[Path], truth: Path, work: Path) -> list[Row]:
    pictures = work / "pictures"
    pictures.mkdir(parents=True)
    rendered = {document: render(document, pictures) for document in paths}
    pages = sum(len(each) for each in rendered.values())
    tools: dict[str, Callable[[Path], None]] = {
        PLAIN: lambda out: run_plain(rendered, out),
        OURS: lambda out: run_sohoa(paths, out),
        LINES: lambda out: run_sohoa(paths, out, "lines"),
    }
    if _ocrmypdf():
        tools["ocrmypdf"] = lambda out: run_ocrmypdf(paths, out)
    rows = []
    for name, tool in tools.items():
        out = work / name.split()[0]
        out.mkdir()
        cost = measure(lambda tool=tool, out=out: tool(out))  # type: ignore[misc]
        rows.append(Row(name, pages, cost, _pages(truth, out, paths)))
    for place, name in ((2, OURS), (4, LINES)):
        raw = work / f"raw-{name}"
        put_unrestored(work / name, raw)
        title = BEFORE if name == OURS else f"{name}, before restoration"
        rows.insert(place, Row(title, pages, None, _pages(truth, raw, paths)))
    return rows


def _pages(truth: Path, out: Path, paths: list[Path]) -> dict[str, TextCounts]:
    names = {path.stem for path in paths}
    return {
        f"{document.name} p{page.number}": page.folded
        for document, page in evaluate(truth, out).pages()
        if document.name in names
    }


def _together(rows: tuple[Row, ...]) -> Row:
    costs = [row.cost for row in rows if row.cost is not None]
    cost = Cost(
        sum(each.wall_s for each in costs),
        sum(each.cpu_s for each in costs),
        max((each.peak_mb for each in costs), default=0.0),
    )
    texts = {name: counts for row in rows for name, counts in row.texts.items()}
    return Row(rows[0].name, sum(row.pages for row in rows), cost if costs else None, texts)


def _print(kind: str, rows: list[Row]) -> None:
    base = rows[0].cost
    pages = rows[0].pages
    table = Table(title=f"{kind}: {pages} pages, {len(rows[0].texts)} with truth")
    for head in ("tool", "wall s/page", "ratio", "CPU s/page", "ratio", "peak MB", "recall",
                 "precision", "WER"):  # fmt: skip
        table.add_column(head, justify="left" if head == "tool" else "right")
    for row in rows:
        cost = ["", "", "", "", ""]
        if row.cost is not None and base is not None:
            cost = [
                f"{row.cost.wall_s / pages:.2f}",
                f"{row.cost.wall_s / base.wall_s:.2f}",
                f"{row.cost.cpu_s / pages:.2f}",
                f"{row.cost.cpu_s / base.cpu_s:.2f}",
                f"{row.cost.peak_mb:.0f}",
            ]
        text = total(row.texts.values())
        table.add_row(
            row.name, *cost, f"{text.recall:.4f}", f"{text.precision:.4f}", f"{text.wer:.4f}"
        )
    console = Console(width=max(110, Console().width))
    console.print(table)
    console.print(_pages_compared(rows[0], next(row for row in rows if row.name == BEFORE)))


def _pages_compared(plain: Row, ours: Row) -> str:
    """On how many pages we read more of the words, and which lose more than half a point."""
    gains = {name: ours.texts[name].recall - counts.recall for name, counts in plain.texts.items()}
    worse = [f"{name} ({gain:+.3f})" for name, gain in gains.items() if gain < -_A_LITTLE]
    better = sum(gain > 0 for gain in gains.values())
    equal = sum(gain == 0 for gain in gains.values())
    return (
        f"recall before restoration: better than Tesseract on {better} of {len(gains)} pages, "
        f"equal on {equal}; worse by more than half a point: {', '.join(worse) or 'none'}\n"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/scans"))

"""Plain Tesseract, OCRmyPDF and sohoa on the same scans in one run: ``make bench SCANS=folder``.

The folder holds documents anywhere below it and ``truth/<doc>.p<N>.txt``; each document with such a
page is read whole by each tool, one process, one thread. Printed: seconds of wall and CPU a page,
as ratios to plain Tesseract; peak memory; recall, precision and WER over the pages with truth.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from sohoa.evaluate import Report, evaluate
from sohoa.read import open_source

_PLAIN_DPI = 200.0


@dataclass(frozen=True, slots=True)
class Cost:
    """What running the programs cost: seconds, and the largest of them in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


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
    """Cost of the child processes that ``work`` starts."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = perf_counter()
    work()
    wall = perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, after.ru_maxrss / 1024)


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
            ["ocrmypdf", "-q", "--force-ocr", "-l", "vie", "--jobs", "1", "--output-type", "pdf",
             "--image-dpi", "200", "--sidecar", str(sidecar), str(document), str(out / "x.pdf")]
        )  # fmt: skip
        _put(out, document, sidecar.read_text(encoding="utf-8") if sidecar.exists() else "")


def run_sohoa(paths: Sequence[Path], out: Path) -> None:
    command = [sys.executable, "-m", "sohoa.cli.main", "digitize", "--jobs", "1", "--json"]
    _output([*command, "--out", str(out), *map(str, paths)])


def _output(command: list[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def _put(out: Path, document: Path, text: str) -> None:
    folder = out / document.name
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(text, encoding="utf-8")


def main(scans: Path) -> None:
    """Run all three and print the table."""
    found = documents(scans)
    if not found:
        raise SystemExit(f"No documents with truth/<doc>.p<N>.txt below {scans}.")
    with tempfile.TemporaryDirectory(prefix="sohoa-bench-") as folder:
        work = Path(folder)
        pictures = work / "pictures"
        pictures.mkdir()
        rendered = {document: render(document, pictures) for document in found}
        tools: dict[str, Callable[[Path], None]] = {
            "tesseract -l vie": lambda out: run_plain(rendered, out),
            "sohoa": lambda out: run_sohoa(found, out),
        }
        if shutil.which("ocrmypdf"):
            tools["ocrmypdf"] = lambda out: run_ocrmypdf(found, out)
        rows = {}
        for name, tool in tools.items():
            out = work / name.split()[0]
            out.mkdir()
            cost = measure(lambda tool=tool, out=out: tool(out))  # type: ignore[misc]
            rows[name] = cost, evaluate(scans / "truth", out)
    _print(rows, sum(len(pages) for pages in rendered.values()))
    if "ocrmypdf" not in rows:
        print("ocrmypdf is not installed here; with it on the path it is compared, too.")


def _print(rows: dict[str, tuple[Cost, Report]], pages: int) -> None:
    base = rows["tesseract -l vie"][0]
    table = Table(title=f"{pages} pages")
    for head in ("tool", "wall s/page", "ratio", "CPU s/page", "ratio", "peak MB", "recall",
                 "precision", "WER"):  # fmt: skip
        table.add_column(head, justify="left" if head == "tool" else "right")
    for name, (cost, report) in rows.items():
        text = report.text(folded=True)
        table.add_row(
            name,
            f"{cost.wall_s / pages:.2f}",
            f"{cost.wall_s / base.wall_s:.2f}",
            f"{cost.cpu_s / pages:.2f}",
            f"{cost.cpu_s / base.cpu_s:.2f}",
            f"{cost.peak_mb:.0f}",
            f"{text.recall:.4f}",
            f"{text.precision:.4f}",
            f"{text.wer:.4f}",
        )
    Console().print(table)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/scans"))

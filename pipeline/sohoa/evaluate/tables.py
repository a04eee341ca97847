"""The evaluation as tables for a terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sohoa.evaluate.calibration import calibration_error
from sohoa.evaluate.fields import Outcome
from sohoa.evaluate.report import Report
from sohoa.evaluate.text_measures import TextCounts

if TYPE_CHECKING:
    from rich.table import Table


def render_tables(report: Report) -> tuple[Table, ...]:
    """Text, fields, lists, restoration and confidence, and what could not be measured."""
    made = [_text_table(report), _fields_table(report), _lists_table(report)]
    made += [_restoration_table(report), _calibration_table(report), _problems_table(report)]
    return tuple(table for table in made if table.row_count)


def _text_table(report: Report) -> Table:
    from rich.markup import escape

    columns = ("words", "WER", "CER", "recall", "precision", "WER unfolded", "recall unfolded")
    table = _table("Text of pages with truth", "page", *columns)
    for document, page in report.pages():
        name = f"{escape(document.name)} p{page.number}"
        style = "red" if page.problem or document.output is None else None
        table.add_row(name, *_text_cells(page.folded, page.strict), style=style)
    if table.row_count:
        table.add_section()
        all_pages = report.text(folded=True), report.text(folded=False)
        table.add_row("all pages", *_text_cells(*all_pages), style="bold")
    return table


def _text_cells(folded: TextCounts, strict: TextCounts) -> list[str]:
    rates = (folded.wer, folded.cer, folded.recall, folded.precision, strict.wer, strict.recall)
    return [f"{folded.words:,}", *(f"{rate:.3f}" for rate in rates)]


def _fields_table(report: Report) -> Table:
    columns = ("on paper", "exact", "folded", "wrong", "missed", "invented", "sure and wrong")
    table = _table("Fields", "field", *columns)
    for row in report.field_rows():
        counts = [str(row.count(o)) for o in (Outcome.WRONG, Outcome.MISSED, Outcome.INVENTED)]
        table.add_row(
            row.name + (" (handwritten)" if row.handwritten else ""),
            str(row.on_paper),
            f"{row.exact:.3f}",
            f"{row.folded:.3f}",
            *counts,
            str(row.sure_and_wrong),
        )
    return table


def _lists_table(report: Report) -> Table:
    columns = ("matched by", "in truth", "in output", "precision", "recall", "F1")
    table = _table("Lists", "list", *columns)
    for name, way, counts in report.list_rows():
        rates = (f"{rate:.3f}" for rate in (counts.precision, counts.recall, counts.f1))
        table.add_row(name, way, str(counts.in_truth), str(counts.in_output), *rates)
    return table


def _restoration_table(report: Report) -> Table:
    counts = report.restoration()
    table = _table("Restoration", "words", "edited", "mended", "harmed", "numbers harmed")
    if counts.words:
        numbers = (counts.edited, counts.mended, counts.harmed, counts.numbers_harmed)
        table.add_row(f"{counts.words:,}", *map(str, numbers))
    return table


def _calibration_table(report: Report) -> Table:
    bins = report.calibration()
    title = f"Confidence of words (expected error {calibration_error(bins):.3f})"
    table = _table(title, "from", "words", "mean confidence", "share right")
    for each in bins:
        if each.words:
            means = f"{each.mean_confidence:.3f}", f"{each.share_right:.3f}"
            table.add_row(f"{each.start:.2f}", f"{each.words:,}", *means)
    return table


def _problems_table(report: Report) -> Table:
    from rich.markup import escape

    table = _table("Not measured", "problem")
    for line in report.problems:
        table.add_row(escape(line), style="red")
    if report.without_truth:
        table.add_row(f"{len(report.without_truth)} results without truth")
    return table


def _table(title: str, first: str, *columns: str) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    table = Table(title=title, title_justify="left", title_style="bold", box=SIMPLE_HEAD)
    table.add_column(first)
    for column in columns:
        table.add_column(column, justify="left" if column == "matched by" else "right")
    return table

"""The summary of a folder of results: as a page with plots, as a table, as JSON."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from dataclasses import asdict, dataclass
from html import escape

from sohoa.batch.job import printable
from sohoa.batch.ledger_reading import (
    RunRow,
    SourceRow,
    Standing,
    read_runs,
    read_sources,
    read_standing,
)
from sohoa.batch.plots import bars, columns, line
from sohoa.explain import CODES, explain

_BINS = 20
_SLOTS = 60
_ROWS_SHOWN = 500
_CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class BatchReport:
    """``throughput``: pages of equal slices of the time from ``first_s`` to ``last_s`` (seconds
    since the epoch); ``confidences``: pages by mean confidence, in 20 equal steps of 0..1;
    ``page_states``: pages by state. All over the latest attempt of each source.
    """

    standing: Standing
    runs: tuple[RunRow, ...]
    sources: tuple[SourceRow, ...]
    first_s: float
    last_s: float
    throughput: tuple[int, ...]
    confidences: tuple[int, ...]
    page_states: tuple[tuple[str, int], ...]
    twins: tuple[tuple[str, str, str, float], ...]


def read_report(base: sqlite3.Connection) -> BatchReport:
    """Everything that a report tells, from the ledger."""
    first, last = base.execute(
        "SELECT coalesce(min(a.started), 0), coalesce(max(o.ended), 0) FROM outcome o"
        " JOIN attempt a ON a.id = o.attempt"
    ).fetchone()
    slot = max(0.001, (last - first) / _SLOTS)
    slots = [0] * _SLOTS
    for ended, pages in base.execute("SELECT ended, pages FROM outcome WHERE pages > 0"):
        slots[min(_SLOTS - 1, int((ended - first) / slot))] += pages
    bins = [0] * _BINS
    for step, count in base.execute(
        "SELECT min(?, cast(confidence * ? AS INTEGER)), count(*) FROM page p"
        " JOIN source s ON s.latest = p.attempt WHERE confidence IS NOT NULL GROUP BY 1",
        (_BINS - 1, _BINS),
    ):
        bins[step] = count
    states = base.execute(
        "SELECT p.state, count(*) FROM page p JOIN source s ON s.latest = p.attempt"
        " GROUP BY p.state ORDER BY p.state"
    ).fetchall()
    twins = base.execute(
        "SELECT s.name, t.name, l.kind, l.similarity FROM link l"
        " JOIN source s ON s.written = l.attempt JOIN attempt a ON a.id = l.other"
        " JOIN source t ON t.id = a.source ORDER BY s.path"
    ).fetchall()
    return BatchReport(
        read_standing(base),
        read_runs(base, latest=20),
        tuple(read_sources(base)),
        first,
        last,
        tuple(slots),
        tuple(bins),
        tuple((state, count) for state, count in states),
        tuple((one, other, kind, near) for one, other, kind, near in twins),
    )


def to_json(report: BatchReport, language: str) -> bytes:
    """The whole report; the same in all languages."""
    del language
    value = asdict(report)
    for row in value["sources"]:
        row["folder"] = printable(row["folder"])
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()


def to_csv(report: BatchReport, language: str) -> bytes:
    """One row a source, as spreadsheets take it (UTF-8 with its mark)."""
    text = io.StringIO()
    writer = csv.writer(text)
    heads = ("name", "state", "code", "reason", "message", "pages", "seconds", "attempts")
    writer.writerow([*heads, "authenticity"])
    for each in report.sources:
        row = [each.name, each.state, each.code, _reason(each.code, language), each.message]
        # A name that begins like a formula must stay a name.
        safe = [f"'{cell}" if cell[:1] in "=+-@\t\r" and cell else cell for cell in row]
        writer.writerow([*safe, each.pages, each.seconds, each.attempts, each.authenticity])
    return text.getvalue().encode("utf-8-sig")


def to_html(report: BatchReport, language: str) -> bytes:
    """A page of its own, nothing fetched from elsewhere, in ``vi`` or ``en``."""

    def say(key: str) -> str:
        return _TEXTS[key][0 if language == "vi" else 1]

    tiles = [
        (say("sources"), report.standing.sources()),
        (say("done"), report.standing.sources("done")),
        (say("partial"), report.standing.sources("partial")),
        (say("failed"), report.standing.sources("failed", "quarantined")),
        (say("waiting"), report.standing.sources("pending", "running")),
        (say("pages"), report.standing.pages),
    ]
    hours = (report.last_s - report.first_s) / 3600
    failures = [
        (_reason(each.code, language), each.sources)
        for each in report.standing.reasons
        if each.state in ("failed", "quarantined", "partial", "skipped")
    ]
    labels = tuple(f"{step / _BINS:.2f}" for step in range(_BINS))
    body = [
        f"<h1>{say('title')}</h1>",
        '<div class="tiles">',
        *(f"<div><b>{count}</b>{escape(name)}</div>" for name, count in tiles),
        "</div>",
        f"<section><h2>{say('throughput')}</h2>",
        line(report.throughput, f"{hours:.2f} h"),
        f"</section><section><h2>{say('confidence')}</h2>",
        columns(labels, report.confidences),
        f"</section><section><h2>{say('failures')}</h2>",
        bars(tuple(failures)),
        "</section>",
        *_vouched(report, say),
        *_sources_table(report, language, say),
        *_twins_table(report, say),
    ]
    head = (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{say('title')}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
    )
    return (head + "\n".join(body) + "\n</body>\n</html>\n").encode("utf-8", errors="replace")


def _vouched(report: BatchReport, say: Callable[[str], str]) -> list[str]:
    """What vouches for the papers: of how many it agrees."""
    rows = tuple((say(outcome), count) for outcome, count in report.standing.authenticity)
    return [f"<section><h2>{say('vouched')}</h2>", bars(rows), "</section>"] if rows else []


def _sources_table(report: BatchReport, language: str, say: Callable[[str], str]) -> list[str]:
    wrong = [
        each
        for each in report.sources
        if each.state != "done" or each.authenticity == _CONTRADICTED
    ]
    if not wrong:
        return [f"<section><p>{say('all-done')}</p></section>"]
    rows = [
        f"<tr><td>{escape(each.name)}</td><td>{escape(_why(each, language, say))}</td>"
        f"<td>{escape(each.message)}</td><td class=n>{each.attempts}</td></tr>"
        for each in wrong[:_ROWS_SHOWN]
    ]
    more = (
        f"<p>{say('more').format(count=len(wrong) - _ROWS_SHOWN)}</p>"
        if (len(wrong) > _ROWS_SHOWN)
        else ""
    )
    heads = "".join(f"<th>{say(key)}</th>" for key in ("name", "reason", "message", "attempts"))
    return [
        f"<section><h2>{say('to-see')}</h2><table><tr>{heads}</tr>",
        *rows,
        f"</table>{more}</section>",
    ]


def _twins_table(report: BatchReport, say: Callable[[str], str]) -> list[str]:
    if not report.twins:
        return []
    rows = [
        f"<tr><td>{escape(one)}</td><td>{escape(other)}</td><td class=n>{near:.0%}</td></tr>"
        for one, other, _, near in report.twins[:_ROWS_SHOWN]
    ]
    heads = "".join(f"<th>{say(key)}</th>" for key in ("name", "same-as", "similarity"))
    return [
        f"<section><h2>{say('twins')}</h2><table><tr>{heads}</tr>",
        *rows,
        "</table></section>",
    ]


def _why(source: SourceRow, language: str, say: Callable[[str], str]) -> str:
    """What a person must look at in this source."""
    reasons = []
    if source.state != "done":
        waiting = source.state in ("pending", "running")
        reasons.append(say("waiting") if waiting else _reason(source.code, language))
    if source.authenticity == _CONTRADICTED:
        reasons.append(say(_CONTRADICTED))
    return "; ".join(reasons)


def _reason(code: str, language: str) -> str:
    return explain(code, language) if code in CODES else code


REPORTS: dict[str, Callable[[BatchReport, str], bytes]] = {
    "report.html": to_html,
    "report.csv": to_csv,
    "report.json": to_json,
}

# key: (Vietnamese, English)
_TEXTS: dict[str, tuple[str, str]] = {
    "title": ("Báo cáo số hoá", "Digitization report"),
    "sources": ("mục trong thư mục", "things in the folders"),
    "done": ("xong", "done"),
    "partial": ("thiếu trang", "partial"),
    "failed": ("lỗi hoặc để riêng", "failed or set aside"),
    "waiting": ("còn chờ", "waiting"),
    "pages": ("trang", "pages"),
    "throughput": ("Số trang theo thời gian", "Pages over time"),
    "confidence": ("Trang theo độ tin cậy trung bình", "Pages by mean confidence"),
    "failures": ("Lý do", "Reasons"),
    "vouched": ("Dấu, chữ ký và khối sao y", "Seals, signatures and copy blocks"),
    "consistent": ("nhất quán", "consistent"),
    "contradicted": ("dấu, chữ ký hoặc khối sao y mâu thuẫn", "what vouches for it contradicts"),
    "cannot-tell": ("không kết luận được", "cannot tell"),
    "to-see": ("Cần xem", "To look at"),
    "all-done": ("Mọi tài liệu đã xong.", "Every document is done."),
    "name": ("Tên", "Name"),
    "reason": ("Lý do", "Reason"),
    "message": ("Chi tiết", "Details"),
    "attempts": ("Số lần thử", "Attempts"),
    "more": ("… và {count} mục nữa, xem report.csv.", "… and {count} more, see report.csv."),
    "twins": ("Cùng một văn bản", "The same paper"),
    "same-as": ("Trùng với", "Same as"),
    "similarity": ("Giống", "Similarity"),
}

_STYLE = """
:root { --ink: #1c2430; --soft: #667085; --line: #d9dee7; --bar: #3565b5; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1000px; padding: 28px 24px 80px; color: var(--ink);
  background: #f5f6f9; font: 16px/1.55 "Noto Sans", "DejaVu Sans", "Liberation Sans", sans-serif; }
h1 { font-size: 28px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 14px 0 8px; }
section, .tiles > div { background: #fff; border: 1px solid var(--line); border-radius: 8px; }
section { padding: 4px 20px 18px; margin: 14px 0; overflow-x: auto; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(140px, 1fr)); gap: 10px;
  margin: 20px 0; }
.tiles > div { padding: 12px 14px; color: var(--soft); }
.tiles b { display: block; color: var(--ink); font-size: 26px; font-variant-numeric: tabular-nums; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 5px 9px; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; overflow-wrap: anywhere; white-space: pre-wrap; }
th { color: var(--soft); font-weight: 600; }
td:first-child { min-width: 170px; }
.n { text-align: right; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; font: 12px "Noto Sans", "DejaVu Sans", sans-serif; }
svg text { fill: var(--soft); } svg .bar { fill: var(--bar); } svg .axis { stroke: var(--line); }
svg .line { fill: none; stroke: var(--bar); stroke-width: 2; }
"""

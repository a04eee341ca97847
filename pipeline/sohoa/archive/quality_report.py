"""A report for acceptance: what breaks the rules, and a random sample to check by eye."""

from __future__ import annotations

import csv
import hashlib
import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from sohoa.archive.quality import DocumentQuality, Flaw
from sohoa.dictionaries import read_table

# Size of the sample by the number of pages: ISO 2859-1, general inspection level II.
_SAMPLE = (
    (8, 2), (15, 3), (25, 5), (50, 8), (90, 13), (150, 20), (280, 32), (500, 50), (1200, 80),
    (3200, 125), (10000, 200), (35000, 315), (150000, 500), (500000, 800),
)  # fmt: skip
_LARGEST = 1250
_OWN_NAMES = {
    "blank": "trang trắng",
    "unreadable": "không vẽ được trang",
    "page-gap": "số trang in không liền nhau (thiếu trang?)",
}
_STYLE = (
    "body{font:15px/1.45 system-ui,sans-serif;margin:2rem;max-width:70rem}"
    "table{border-collapse:collapse;margin:.5rem 0 1.5rem}"
    "td,th{border:1px solid #bbb;padding:.25rem .6rem;text-align:left;vertical-align:top}"
    "th{background:#eef2f7}"
    ".box{width:1.1em;height:1.1em;border:1px solid #555;display:inline-block}"
)


@dataclass(frozen=True, slots=True)
class Sampled:
    """A page to check by eye."""

    document: str
    page: int


def sample_size(pages: int) -> int:
    """How many pages of so many are checked by eye; all of them where there are fewer."""
    wanted = next((size for most, size in _SAMPLE if pages <= most), _LARGEST)
    return min(pages, wanted)


def draw_sample(documents: Sequence[DocumentQuality]) -> tuple[Sampled, ...]:
    """Pages drawn at random; the same batch gives the same sample, so that it can be repeated."""
    pages = [
        Sampled(document.name, capture.number)
        for document in documents
        for capture in document.captures
    ]
    seed = hashlib.sha256("|".join(each.record_id for each in documents).encode()).digest()
    chosen = random.Random(seed).sample(range(len(pages)), sample_size(len(pages)))  # noqa: S311
    return tuple(pages[index] for index in sorted(chosen))


def rule_name(rule: str) -> str:
    """The rule in Vietnamese, as people read it."""
    table = {row["rule"]: row["name_vi"] for row in read_table("capture_rules").records()}
    return _OWN_NAMES.get(rule) or table.get(rule, rule)


def report_csv(documents: Sequence[DocumentQuality], flaws: Sequence[Flaw]) -> bytes:
    """One row a page: what was measured, and which rules it breaks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        [
            "Tệp", "Trang", "dpi", "bit", "Màu", "Nghiêng (độ)", "Nền giấy", "Mực", "Độ nét",
            "Cách mép (mm)", "Sinh ra số", "Không đạt",
        ]
    )  # fmt: skip
    broken: dict[tuple[str, int], list[str]] = {}
    for flaw in flaws:
        broken.setdefault((flaw.document, flaw.page), []).append(rule_name(flaw.rule))
    for document in documents:
        for each in document.captures:
            name = f"'{document.name}" if document.name[:1] in "=+-@" else document.name
            colour = "có" if each.colour else "không"
            edge = "" if each.edge_mm is None else f"{each.edge_mm:.1f}"
            writer.writerow(
                [
                    name, each.number, f"{each.dpi:.0f}", each.bits, colour,
                    f"{each.skew_deg:.2f}", f"{each.paper:.0f}", f"{each.ink:.4f}",
                    f"{each.sharpness:.2f}", edge,
                    "có" if each.born_digital else "không",
                    "; ".join(broken.get((document.name, each.number), [])),
                ]
            )  # fmt: skip
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def report_html(
    documents: Sequence[DocumentQuality], flaws: Sequence[Flaw], links: dict[str, str]
) -> bytes:
    """The report as a page to read, to print and to sign."""
    pages = sum(len(each.captures) for each in documents)
    bad = {(flaw.document, flaw.page) for flaw in flaws}
    counts: dict[str, int] = {}
    for flaw in flaws:
        counts[flaw.rule] = counts.get(flaw.rule, 0) + 1
    summary = "".join(
        f"<tr><td>{escape(rule_name(rule))}</td><td>{count}</td></tr>"
        for rule, count in sorted(counts.items(), key=lambda item: -item[1])
    )
    rows = "".join(
        f"<tr><td>{_linked(flaw.document, links)}</td><td>{flaw.page}</td>"
        f"<td>{escape(rule_name(flaw.rule))}</td><td>{escape(flaw.measured)}</td>"
        f"<td>{escape(flaw.asked)}</td></tr>"
        for flaw in flaws
    )
    sample = "".join(
        f"<tr><td>{_linked(each.document, links)}</td><td>{each.page}</td>"
        '<td><span class="box"></span> đạt</td><td><span class="box"></span> không đạt</td>'
        "<td></td></tr>"
        for each in draw_sample(documents)
    )
    body = (
        "<h1>Chất lượng ảnh số hoá</h1>"
        f"<p>{len(documents)} văn bản, {pages} trang; {len(bad)} trang có điều không đạt.</p>"
        f"<table><tr><th>Quy tắc</th><th>Số trang</th></tr>{summary}</table>"
        "<h2>Trang không đạt</h2><table><tr><th>Tệp</th><th>Trang</th><th>Quy tắc</th>"
        f"<th>Đo được</th><th>Yêu cầu</th></tr>{rows}</table>"
        "<h2>Mẫu ngẫu nhiên để xem bằng mắt</h2>"
        f"<p>Cỡ mẫu {sample_size(pages)} trên {pages} trang (ISO 2859-1, mức II).</p>"
        "<table><tr><th>Tệp</th><th>Trang</th><th></th><th></th><th>Nhận xét</th></tr>"
        f"{sample}</table>"
        "<p>Người kiểm tra: ……………………… Ngày: ………………</p>"
    )
    head = (
        '<!doctype html><html lang="vi"><meta charset="utf-8"><title>Chất lượng ảnh số hoá</title>'
    )
    return f"{head}<style>{_STYLE}</style><body>{body}</body></html>\n".encode()


def _linked(name: str, links: dict[str, str]) -> str:
    link = links.get(name)
    return f'<a href="{escape(link)}">{escape(name)}</a>' if link else escape(name)

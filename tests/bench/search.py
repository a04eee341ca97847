"""The index at size: ``python tests/bench/search.py [--documents 100000] [--folder DIR]``.

Makes synthetic papers (words of the project's own tables, drawn as words are used: few often, many
seldom), indexes them, and asks field, phrase and mark-less queries. Prints the rate, the size and
the times as JSON; nothing of it is a test, since times depend on the machine.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import tempfile
from array import array
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from time import perf_counter, process_time

from sohoa.dictionaries import read_table
from sohoa.search import Audience, Entry, Index, Query, search
from sohoa.search.rows import FORMAT, LISTS, SINGLE, PageWords
from sohoa.vietnamese import strip_marks

TYPES = (("Quyết định", "QĐ"), ("Chỉ thị", "CT"), ("Công văn", "CV"),
         ("Thông báo", "TB"),
         ("Kế hoạch", "KH"), ("Báo cáo", "BC"), ("Nghị quyết", "NQ"), ("Hướng dẫn", "HD"),
         )  # fmt: skip
BODIES = (("Uỷ ban nhân dân tỉnh", "UBND"), ("Sở Nội vụ tỉnh", "SNV"), ("Tỉnh uỷ", "TU"),
          ("Ban Tổ chức Tỉnh uỷ", "BTCTU"), ("Sở Y tế tỉnh", "SYT"))  # fmt: skip
PHRASES = ("uỷ ban nhân dân", "căn cứ luật tổ chức chính quyền địa phương",
           "tổ chức thực hiện",
           "chịu trách nhiệm thi hành", "cải cách hành chính", "chuyển đổi số",
           "thủ trưởng các đơn vị",
           "phòng chống tham nhũng", "ngân sách nhà nước",
           "cán bộ công chức viên chức")  # fmt: skip


class Papers:
    """Synthetic papers, the same ones for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        table = [
            (row["word"], int(row["count"]))
            for row in read_table("words").records()
            if row["word"].isalpha()
        ]
        self.words = [word for word, _ in table]
        self.places = [str(name) for name in read_table("provinces").column("name")]
        self.cumulative = list(accumulate(count for _, count in table))

    def text(self, count: int) -> list[str]:
        words = self.random.choices(self.words, cum_weights=self.cumulative, k=count)
        for _ in range(count // 60):
            spot = self.random.randrange(len(words))
            words[spot:spot] = self.random.choice(PHRASES).split()
        return words

    def paper(self, number: int) -> Entry:
        kind, code = self.random.choice(TYPES)
        body, short = self.random.choice(BODIES)
        year = self.random.randint(1990, 2025)
        day = f"{year}-{self.random.randint(1, 12):02d}-{self.random.randint(1, 28):02d}"
        full = f"{self.random.randint(1, 4000)}/{code}-{short}"
        title = " ".join(self.text(14))
        place = self.random.choice(self.places)
        fields: dict[str, object] = dict.fromkeys(SINGLE)
        fields |= {name: [] for name in LISTS}
        fields |= {
            "family": "state", "type": kind, "full_number": full, "number": full.partition("/")[0],
            "symbol": full.partition("/")[2], "issuer": f"{body} {place}", "date": day,
            "place": place,
            "title": title, "signer": " ".join(word.title() for word in self.text(3)[:3]),
        }  # fmt: skip
        pages = tuple(self._page(each, full, title) for each in (1, 2))
        document: dict[str, object] = {
            "format": FORMAT, "id": f"{number:020x}", "uri": None, "record": f"{number:032x}",
            "source": {"name": f"{number}.pdf", "sha256": f"{number:064x}",
                       "media_type": "application/pdf", "pages": 2},
            "fields": fields, "confidence": {}, "marks": [], "citations": [], "units": [],
            "findings": [], "authenticity": None,
        }  # fmt: skip
        return Entry(f"{number:020x}", f"{number}.pdf", document, pages)

    def _page(self, number: int, full: str, title: str) -> PageWords:
        words = ("Số:", full, *title.split(), *self.text(330))
        edges = array("i")
        for place, word in enumerate(words):
            left, top = 150 + 90 * (place % 12), 120 + 40 * (place // 12)
            edges.extend((left, top, left + 20 + 9 * len(word), top + 30))
        return PageWords(number, 1654, 2339, words, edges, tuple(range(0, len(words), 12)))


def queries(papers: Papers, entries: list[Entry], count: int) -> Iterator[tuple[str, Query]]:
    """Questions about papers that are there, as people put them."""
    for _ in range(count):
        entry = papers.random.choice(entries)
        fields = entry.document["fields"]
        words = entry.pages[0].words
        start = papers.random.randrange(20, len(words) - 10)
        some = " ".join(words[start : start + papers.random.randint(1, 4)])
        yield "field: number", Query(number=fields["full_number"])
        yield (
            "field: issuer + years",
            Query(issuer=fields["issuer"], first_day=fields["date"], last_day="2025-12-31"),
        )
        yield "field: type + signer", Query(type=fields["type"], signer=fields["signer"])
        yield "field: type alone", Query(type=fields["type"])
        yield "phrase: title", Query(f'"{fields["title"]}"')
        yield "phrase: common", Query(f'"{papers.random.choice(PHRASES)}"')
        yield (
            "mark-less: name of the paper",
            Query(strip_marks(f"{fields['type']} {fields['full_number']}")),
        )
        yield "mark-less: words", Query(strip_marks(some))
        yield "mark-less: common phrase", Query(strip_marks(papers.random.choice(PHRASES)))
        yield "marked: words + type", Query(some, type=fields["type"])


def build(index: Index, papers: Papers, documents: int) -> tuple[float, float]:
    """Index so many papers; the seconds (wall, processor) that it took without making them."""
    wall = processor = 0.0
    first = index.db.execute("SELECT count(*) FROM document").fetchone()[0]
    for start in range(first, documents, 500):
        papers.random.seed(start)
        batch = [papers.paper(n) for n in range(start, min(start + 500, documents))]
        before, before_cpu = perf_counter(), process_time()
        with index.writing() as writer:
            for entry in batch:
                writer.put(entry)
        wall += perf_counter() - before
        processor += process_time() - before_cpu
    before, before_cpu = perf_counter(), process_time()
    with index.writing() as writer:
        writer.optimize()
    wall += perf_counter() - before
    processor += process_time() - before_cpu
    return wall, processor


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure(index: Index, asked: Iterator[tuple[str, Query]]) -> dict[str, dict[str, float]]:
    times: dict[str, list[tuple[float, float]]] = {}
    for kind, query in asked:
        before, before_cpu = perf_counter(), process_time()
        search(index, query, Audience.ALL)
        spent = (perf_counter() - before, process_time() - before_cpu)
        for name in (kind, "all"):
            times.setdefault(name, []).append(spent)
    return {
        kind: {
            "queries": len(found),
            "p50_ms": round(1000 * percentile([wall for wall, _ in found], 0.5), 1),
            "p95_ms": round(1000 * percentile([wall for wall, _ in found], 0.95), 1),
            "p95_processor_ms": round(1000 * percentile([cpu for _, cpu in found], 0.95), 1),
        }
        for kind, found in times.items()
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=50, help="of each kind")
    parser.add_argument("--folder", type=Path, help="kept afterwards; what is there goes on")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp(prefix="sohoa-bench-"))
    try:
        path = folder / "search.db"
        papers = Papers()
        report: dict[str, object] = {"documents": given.documents}
        index = Index(path)
        held = index.db.execute("SELECT count(*) FROM document").fetchone()[0]
        if held < given.documents:
            wall, processor = build(index, papers, given.documents)
            report |= {
                "documents_per_second": round((given.documents - held) / wall),
                "documents_per_processor_second": round((given.documents - held) / processor),
            }
        papers.random.seed(0)
        entries = [papers.paper(number) for number in range(500)]
        report["bytes_per_document"] = path.stat().st_size // given.documents
        report["times"] = measure(index, queries(papers, entries, given.queries))
        print(json.dumps(report, ensure_ascii=False, indent=1))
        index.close()
    finally:
        if given.folder is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()

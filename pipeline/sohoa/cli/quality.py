"""``sohoa quality``: the capture of each page against the rules."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sohoa.archive.quality import find_twins, measure_document, rules_of
from sohoa.archive.quality_report import draw_sample, report_csv, report_html
from sohoa.cli.messages import say
from sohoa.cli.results import match_sources
from sohoa.errors import SettingsError, SourceEmpty

_RULES = ("tt05", "nd30")


def run(sources: Sequence[Path], results: Path, out: Path, rules: str) -> int:
    """Write the report; 0 where every page holds to the rules, 1 where some do not."""
    from sohoa.export import write_atomically
    from sohoa.originals import original_of
    from sohoa.read import open_source

    if rules not in _RULES:
        raise SettingsError(f"There are no rules {rules!r}.", remedy=f"Known: {', '.join(_RULES)}.")
    matched, _ = match_sources(sources, results)
    if not matched:
        raise SourceEmpty(say("no-results", path=results))
    limits = rules_of((rules, "own"))
    documents, links = [], {}
    for each in matched:
        record = each.result.record
        with open_source(each.paths, name=record.source.name) as source:
            documents.append(measure_document(record, original_of(source, each.paths), limits))
        links[record.source.name] = each.paths[0].resolve().as_uri()
    flaws = tuple(flaw for each in documents for flaw in each.flaws)
    flaws = (*flaws, *find_twins(documents, limits))
    out.mkdir(parents=True, exist_ok=True)
    path = out / "quality.html"
    write_atomically(path, report_html(documents, flaws, links))
    write_atomically(out / "quality.csv", report_csv(documents, flaws))
    pages = sum(len(each.captures) for each in documents)
    flawed = len({(flaw.document, flaw.page) for flaw in flaws})
    sample = len(draw_sample(documents))
    told = {"documents": len(documents), "pages": pages, "flawed": flawed, "sample": sample}
    print(say("quality-told", path=path, **told))
    return 1 if flaws else 0

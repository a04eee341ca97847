"""Truth against results, document by document; what is missing counts as nothing read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sohoa.directive import Directive, Leaf
from sohoa.evaluate.alignment import tokens_of
from sohoa.evaluate.calibration import measure_calibration
from sohoa.evaluate.citations import compare_citations
from sohoa.evaluate.fields import compare_fields
from sohoa.evaluate.items import ListResult, compare_items
from sohoa.evaluate.outline import compare_outlines
from sohoa.evaluate.outputs import OutputDocument, find_results, read_result
from sohoa.evaluate.report import DocumentReport, PageReport, Report
from sohoa.evaluate.restoration import measure_restoration
from sohoa.evaluate.text_measures import measure_text
from sohoa.evaluate.truth import TruthDocument, read_truth

_LISTS = ("addressees", "legal_bases", "recipients")


def evaluate(truth_dir: Path, out_dir: Path) -> Report:
    """Measure the results below ``out_dir`` against the truth in ``truth_dir``.

    The result of ``<doc>`` is a folder named ``<doc>.<suffix>`` at any depth; where there are
    several, each is measured. A document without a result is measured as if nothing had been read.
    ``SourceMissing`` for a folder that is not there or holds no truth, ``SourceBroken`` for truth
    that cannot be read.
    """
    truths = read_truth(truth_dir)
    results = find_results(out_dir)
    documents = []
    for truth in truths:
        paths = results.pop(truth.name, ())
        if not paths:
            documents.append(compare_document(truth, None))
        documents += [compare_document(truth, read_result(path, out_dir)) for path in paths]
    unused = sorted(str(path.relative_to(out_dir)) for paths in results.values() for path in paths)
    return Report(tuple(documents), tuple(unused))


def compare_document(truth: TruthDocument, output: OutputDocument | None) -> DocumentReport:
    """One document against its result, or against nothing."""
    found = output or OutputDocument("", problems=("no result",))
    directive = found.record.directive if found.record else Directive()
    return DocumentReport(
        truth.name,
        output.folder if output else None,
        tuple(_compare_page(number, text, found) for number, text in truth.pages),
        () if truth.fields is None else compare_fields(truth.fields, directive),
        () if truth.fields is None else _compare_lists(truth.fields, directive),
        found.problems,
    )


def _compare_page(number: int, truth: str, found: OutputDocument) -> PageReport:
    there = 0 < number <= len(found.pages)
    output = found.pages[number - 1] if there else ""
    problem = "" if there else "no such page in the result"
    pages = found.record.pages if found.record else ()
    page = next((each for each in pages if each.number == number), None)
    tokens = tokens_of(truth)
    return PageReport(
        number,
        truth,
        output,
        measure_text(truth, output, folded=True),
        measure_text(truth, output, folded=False),
        kind=page.source.value if page else "",
        problem=problem,
        restoration=measure_restoration(tokens, page) if page else None,
        calibration=measure_calibration(tokens, page) if page else (),
    )


def _compare_lists(truth: Mapping[str, Any], directive: Directive) -> tuple[ListResult, ...]:
    results = []
    for name in _LISTS:
        if name in truth:
            leaves: tuple[Leaf, ...] = getattr(directive, name)
            values = [leaf.value for leaf in leaves if leaf.value]
            results.append(compare_items(name, truth[name] or [], values))
    if "outline" in truth:
        results.append(compare_outlines(truth["outline"] or [], directive))
    if "citations" in truth:
        results.append(compare_citations(truth["citations"] or [], directive.citations))
    return tuple(results)

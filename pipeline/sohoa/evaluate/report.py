"""What an evaluation found: values by page, by document and in all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sohoa.evaluate.calibration import Bin, add_bins
from sohoa.evaluate.fields import FieldResult, Outcome
from sohoa.evaluate.items import ItemCounts, ListResult, add
from sohoa.evaluate.restoration import RestorationCounts, add_restoration
from sohoa.evaluate.text_measures import TextCounts, total


@dataclass(frozen=True, slots=True)
class PageReport:
    """One page with truth.

    ``kind`` is where the words came from (ocr, embedded, …); ``problem`` says why there is no
    output. ``truth`` and ``output`` are the two texts, to show their differences.
    """

    number: int
    truth: str
    output: str
    folded: TextCounts
    strict: TextCounts
    kind: str = ""
    problem: str = ""
    restoration: RestorationCounts | None = None
    calibration: tuple[Bin, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """One document with truth against one result; ``output`` is None where there is none."""

    name: str
    output: str | None
    pages: tuple[PageReport, ...] = ()
    fields: tuple[FieldResult, ...] = ()
    lists: tuple[ListResult, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FieldRow:
    """How one field came out over all documents, print and handwriting told apart."""

    name: str
    handwritten: bool
    results: tuple[FieldResult, ...]

    def count(self, outcome: Outcome) -> int:
        return sum(1 for result in self.results if result.outcome is outcome)

    @property
    def on_paper(self) -> int:
        """Documents that carry the field."""
        return sum(1 for result in self.results if result.truth is not None)

    @property
    def exact(self) -> float:
        return self.count(Outcome.EXACT) / self.on_paper if self.on_paper else 1.0

    @property
    def folded(self) -> float:
        right = self.count(Outcome.EXACT) + self.count(Outcome.FOLDED)
        return right / self.on_paper if self.on_paper else 1.0

    @property
    def sure_and_wrong(self) -> int:
        return sum(1 for result in self.results if result.is_sure_and_wrong)


@dataclass(frozen=True, slots=True)
class Report:
    """The whole evaluation; ``without_truth`` are results that nothing was measured on."""

    documents: tuple[DocumentReport, ...]
    without_truth: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """Documents with truth for which there is no result."""
        return tuple(each.name for each in self.documents if each.output is None)

    @property
    def problems(self) -> tuple[str, ...]:
        """Everything that kept something from being measured, a line each."""
        lines = []
        for each in self.documents:
            lines += [f"{each.name}: {problem}" for problem in each.problems]
            lines += [
                f"{each.name} p{page.number}: {page.problem}" for page in each.pages if page.problem
            ]
        return tuple(lines)

    def pages(self) -> Iterator[tuple[DocumentReport, PageReport]]:
        for document in self.documents:
            for page in document.pages:
                yield document, page

    def text(self, *, folded: bool, kind: str | None = None) -> TextCounts:
        """Counts over all pages, or over those of one kind."""
        pages = [page for _, page in self.pages() if kind is None or page.kind == kind]
        return total(page.folded if folded else page.strict for page in pages)

    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({page.kind for _, page in self.pages()}))

    def field_rows(self) -> tuple[FieldRow, ...]:
        """A row for each field, two where some papers carry it in handwriting."""
        found: dict[tuple[str, bool], list[FieldResult]] = {}
        for document in self.documents:
            for result in document.fields:
                found.setdefault((result.name, result.handwritten), []).append(result)
        order = list(dict.fromkeys(name for name, _ in found))
        keys = sorted(found, key=lambda key: (order.index(key[0]), key[1]))
        return tuple(FieldRow(name, by_hand, tuple(found[name, by_hand])) for name, by_hand in keys)

    def list_rows(self) -> tuple[tuple[str, str, ItemCounts], ...]:
        """Name, way of matching, counts over all documents."""
        found: dict[tuple[str, str], list[ItemCounts]] = {}
        for document in self.documents:
            for result in document.lists:
                for variant, counts in result.variants:
                    found.setdefault((result.name, variant), []).append(counts)
        return tuple((*key, add(counts)) for key, counts in found.items())

    def restoration(self) -> RestorationCounts:
        return add_restoration(page.restoration for _, page in self.pages() if page.restoration)

    def calibration(self) -> tuple[Bin, ...]:
        return add_bins(page.calibration for _, page in self.pages() if page.calibration)

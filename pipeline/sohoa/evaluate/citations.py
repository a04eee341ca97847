"""Citations of other documents, matched on their normalized symbol and date.

A document counts once however often it is cited: a mention without date falls to the one with it, a
short name (Quy định 367) to the full mention. Where the truth names no date, any date is right: the
paper may name it elsewhere. Laws and others cited without a number are matched by their title.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sohoa.directive import Citation
from sohoa.evaluate.folding import fold_field
from sohoa.evaluate.items import ItemCounts, ListResult, pair_similar
from sohoa.vietnamese import nfc

_SYMBOL = re.compile(
    r"(?<![\w/.-])\d{1,5}[a-zđ]?\s*(?:/\s*(?:19|20)\d{2}\s*)?[/–-]\s*[A-ZĐ][\w&,.]*"
    r"(?:\s*[/–-]\s*[A-ZĐ][\w&,.]*)*"
)
_LONG_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_SHORT_DATE = re.compile(r"(?<!\d)(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*((?:19|20)\d{2})(?!\d)")
_DAY = re.compile(r",?\s*ngày\s*$", re.IGNORECASE)
_PINPOINT = re.compile(r"\b(?:điểm|khoản|điều)\s+[\wđ]{1,4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Cited:
    """One cited document: folded symbol or title, ISO date where given, and as it stands."""

    symbol: str
    title: str
    date: str | None
    raw: str


def compare_citations(truth: Sequence[str], found: Sequence[Citation]) -> ListResult:
    """By symbol (or title) and date, and by symbol (or title) alone."""
    wanted = _once(parse_citation(raw) for raw in truth)
    output = _once(_of_citation(citation) for citation in found if citation.short_for is None)
    dated = _pairs(wanted, output, with_date=True)
    bare = _pairs(wanted, output, with_date=False)
    hit_truth, hit_output = {i for i, _ in dated}, {j for _, j in dated}

    def counts(pairs: Sequence[tuple[int, int]]) -> ItemCounts:
        return ItemCounts(len(pairs), len(wanted), len(output))

    return ListResult(
        "citations",
        (("symbol+date", counts(dated)), ("symbol", counts(bare))),
        tuple(each.raw for i, each in enumerate(wanted) if i not in hit_truth),
        tuple(each.raw for j, each in enumerate(output) if j not in hit_output),
    )


def parse_citation(raw: str) -> Cited:
    """Take a printed mention apart."""
    text = " ".join(nfc(raw).split())
    date = None
    rest = text
    for pattern in (_LONG_DATE, _SHORT_DATE):
        if match := pattern.search(text):
            day, month, year = (int(part) for part in match.groups())
            date = f"{year:04}-{month:02}-{day:02}"
            rest = _DAY.sub("", text[: match.start()])
            break
    symbol = _SYMBOL.search(text)
    title = fold_field(_PINPOINT.sub("", rest)).strip(" ,.;:").replace(",", "")
    title = title.replace("điều lệ đảng cộng sản việt nam", "điều lệ đảng")  # one paper
    return Cited(_normal(symbol.group()) if symbol else "", title, date, text)


def _of_citation(citation: Citation) -> Cited:
    """The fields that structure found go before what the raw span says."""
    parsed = parse_citation(citation.raw)
    symbol = parsed.symbol
    if citation.number and citation.symbol:
        # Party papers put a hyphen between number and type, State papers a slash.
        between = "-" if re.match(r"[^/]*-", parsed.symbol) else "/"
        symbol = _normal(f"{citation.number}{between}{citation.symbol}")
    return Cited(symbol, parsed.title, citation.date or parsed.date, parsed.raw)


def _normal(symbol: str) -> str:
    return re.sub(r"\s", "", fold_field(symbol)).rstrip(".,")


def _once(cited: Iterable[Cited]) -> tuple[Cited, ...]:
    listed = list(dict.fromkeys(cited))
    listed = [each for each in listed if not _is_short_for(each, listed)]
    kept: dict[tuple[str, str | None], Cited] = {}
    dated = {each.symbol or each.title for each in listed if each.date}
    for each in listed:
        name = each.symbol or each.title
        if each.date or name not in dated:
            kept.setdefault((name, each.date), each)
    return tuple(kept.values())


_SHORT = re.compile(r"(?P<type>[^\W\d]+(?: [^\W\d]+)*) (?:số )?(?P<number>\d{1,4})")


def _is_short_for(each: Cited, others: Sequence[Cited]) -> bool:
    """Whether it names type and number only, and another mention gives the whole symbol."""
    short = _SHORT.fullmatch(fold_field(each.raw))
    if each.symbol or short is None:
        return False
    return any(
        re.match(rf"{short['number']}[-/]", other.symbol)
        and fold_field(other.raw).startswith(short["type"])
        for other in others
    )


def _pairs(
    truth: Sequence[Cited], output: Sequence[Cited], *, with_date: bool
) -> tuple[tuple[int, int], ...]:
    """Those with a symbol must have it alike to the letter; titles may differ by a misread mark."""
    pairs: list[tuple[int, int]] = []
    free = set(range(len(output)))
    for i, wanted in enumerate(truth):
        for j in sorted(free):
            found = output[j]
            if wanted.symbol != found.symbol or (
                with_date and wanted.date is not None and wanted.date != found.date
            ):
                continue
            if wanted.symbol or pair_similar([wanted.title], [found.title]):
                pairs.append((i, j))
                free.remove(j)
                break
    return tuple(pairs)

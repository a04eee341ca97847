"""What a person asks for, and how it is put to the full-text tables.

What was typed is never syntax: it is cut into tokens, and only tokens between quotes reach SQLite.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sohoa.errors import SettingsError
from sohoa.search.audience import Audience
from sohoa.search.folding import folded_tokens, has_marks, marked_tokens
from sohoa.search.schema import HEADS, LETTERS, PUBLISHED

MOST_CHARACTERS = 400
MOST_TERMS = 24
MOST_RESULTS = 200  # further results than these nobody reads: the feed gives all documents
_QUOTED = re.compile(r'"([^"]*)"|[“”]([^“”]*)[“”]|(\S+)')


@dataclass(frozen=True, slots=True)
class Query:
    """``text`` is free, with phrases in quotes; the others narrow it down, each where not empty.

    ``first_day`` and ``last_day`` are ISO 8601, both included. ``start`` counts from 0.
    """

    text: str = ""
    number: str = ""
    type: str = ""
    issuer: str = ""
    signer: str = ""
    cited: str = ""
    first_day: str = ""
    last_day: str = ""
    start: int = 0
    count: int = 10

    def __post_init__(self) -> None:
        texts = (self.text, self.number, self.type, self.issuer, self.signer, self.cited)
        if max(map(len, texts)) > MOST_CHARACTERS:
            raise SettingsError(f"A query has at most {MOST_CHARACTERS} characters.")
        if sum(1 for _ in _terms(self.text)) > MOST_TERMS:
            raise SettingsError(f"A query has at most {MOST_TERMS} words or phrases.")
        if not 0 <= self.start <= MOST_RESULTS or not 1 <= self.count <= 100:
            raise SettingsError(f"start is at most {MOST_RESULTS}, count from 1 to 100.")
        for day in (self.first_day, self.last_day):
            if day:
                _day(day)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingsError(f"{text!r} is no day.", remedy="Write 2025-03-05.") from error


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase as tokens, with its marks and without."""

    marked: tuple[str, ...]
    folded: tuple[str, ...]


def terms_of(text: str) -> tuple[Term, ...]:
    """The terms of a text; what holds no letter or figure is no term."""
    return tuple(_terms(text))


def _terms(text: str) -> Iterator[Term]:
    for match in _QUOTED.finditer(text):
        part = next((group for group in match.groups() if group), "")
        words = part.split()
        marked = tuple(token for word in words for token in marked_tokens(word))
        if marked:
            yield Term(marked, tuple(token for word in words for token in folded_tokens(word)))


@dataclass(frozen=True, slots=True)
class Attempt:
    """One way to meet the query: ``text`` in a full-text table, narrowed down by ``narrow``.

    ``exact``: with the marks. ``phrase``: the tokens, where the text is nothing but one phrase that
    may stand anywhere in a document. Both parts empty: everything matches.
    """

    table: str
    narrow: str
    text: str = ""
    exact: bool = False
    phrase: tuple[str, ...] = ()

    @property
    def expression(self) -> str:
        return self.narrowed(self.text)

    def narrowed(self, text: str) -> str:
        """The expression with another text."""
        return " AND ".join(filter(None, (self.narrow, text)))


@dataclass(frozen=True, slots=True)
class Plan:
    """Ways to meet the query, the best first; ``broad`` finds all that any of them finds."""

    broad: Attempt
    better: tuple[Attempt, ...] = ()


def plan_of(query: Query, audience: Audience) -> Plan | None:
    """How the query is put to the tables; None where it holds nothing but signs.

    Where the text bears marks they were meant: what bears the same ones comes first. A text without
    any mark asks for all spellings alike. What stands in the head of a paper (number, type, title,
    bodies, signer) comes before what stands in its body, and terms side by side before terms apart.
    """
    terms = terms_of(query.text)
    narrow = _narrow(query, audience)
    if not terms:
        return None if query.text.strip() else Plan(Attempt("folded_head", narrow))
    folded = _attempts("folded", narrow, [term.folded for term in terms])
    if not has_marks(query.text):
        return Plan(folded[-1], folded[:-1])
    marked = _attempts("marked", narrow, [term.marked for term in terms])
    return Plan(folded[-1], (*marked, *folded[:-1]))


def _attempts(table: str, narrow: str, words: list[tuple[str, ...]]) -> tuple[Attempt, ...]:
    """Ways through one table: the heads first, and first what stands side by side.

    Of whole documents all columns are searched, which is quicker: the tokens of what narrows a
    search down are nobody's words.
    """
    exact = table == "marked"
    each = " AND ".join(_quoted(tokens) for tokens in words)
    together = tuple(token for tokens in words for token in tokens)
    found = []
    for name, columns in ((HEADS[table], "head : "), (table, "")):
        phrase = () if columns else together
        if len(words) > 1:
            found.append(Attempt(name, narrow, columns + _quoted(together), exact, phrase))
        only = phrase if len(words) == 1 else ()
        found.append(Attempt(name, narrow, f"{columns}({each})", exact, only))
    return tuple(found)


def _narrow(query: Query, audience: Audience) -> str:
    # Who works in the office is told by rows, see ``matching``; the public sees few of them.
    parts = [_quoted((PUBLISHED,))] if audience is Audience.PUBLIC else []
    for name, letters in LETTERS.items():
        for term in terms_of(getattr(query, name)):
            parts.append(_quoted(tuple(letters + token for token in term.folded)))  # noqa: PERF401 (two loops deep)
    if query.first_day or query.last_day:
        days = " OR ".join(f'"0{token}"' for token in span_tokens(query.first_day, query.last_day))
        parts.append(f"({days})" if days else '"0xnone"')
    return " AND ".join(parts)


def _quoted(tokens: tuple[str, ...]) -> str:
    # Tokens hold letters and figures only, so nothing in them can end the quotes.
    return '"' + " ".join(tokens) + '"'


_EARLIEST, _LATEST = date(1900, 1, 1), date(2199, 12, 31)


def span_tokens(first: str, last: str) -> tuple[str, ...]:
    """The fewest years, months and days that make up a span; empty for one that ends too soon."""
    start = max(_day(first), _EARLIEST) if first else _EARLIEST
    end = min(_day(last), _LATEST) if last else _LATEST
    found = []
    while start <= end:
        year_end = date(start.year, 12, 31)
        month_end = _month_end(start)
        if start.month == 1 and start.day == 1 and year_end <= end:
            found.append(f"y{start.year}")
            start = year_end + timedelta(1)
        elif start.day == 1 and month_end <= end:
            found.append(f"m{start:%Y%m}")
            start = month_end + timedelta(1)
        else:
            found.append(f"d{start:%Y%m%d}")
            start += timedelta(1)
    return tuple(found)


def _month_end(day: date) -> date:
    following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
    return following - timedelta(1)

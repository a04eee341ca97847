"""From an entry to the rows of the full-text tables: a pure function."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from sohoa.search.audience import Audience
from sohoa.search.folding import folded, folded_tokens, marked
from sohoa.search.rows import Entry
from sohoa.search.schema import LETTERS, PUBLISHED, SEPARATOR

Tokens = Callable[[Iterable[str]], str]


def text_rows(entry: Entry, leave: Collection[Audience]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Values of ``COLUMNS`` for the table without marks and for the one with them.

    The columns that narrow a search down (number, type, issuer, signer, cited) are without marks in
    both: only what is searched as text tells them apart.
    """
    values = entry.document["fields"]
    fixed = (
        _field("number", [values["full_number"]]),
        _field("type", [values["type"]]),
        _field("issuer", [values["issuer"], values["superior"]]),
        _field("signer", [values["signer"]]),
        _field("cited", _cited(entry)),
        day_tokens(values["date"]),
        PUBLISHED if Audience.PUBLIC in leave else "",
    )
    head = (values["type"], "số", values["full_number"], values["title"], values["issuer"],
            values["superior"], values["signer"])  # fmt: skip
    body = [word for page in entry.pages for word in page.words]
    return (
        (*fixed, _parts(head, folded), folded(body)),
        (*fixed, _parts(head, marked), marked(body)),
    )


def number_tokens(entry: Entry) -> str:
    """The full number as tokens: ``05/CT-UBND`` gives ``5 ct ubnd``."""
    return folded([entry.document["fields"]["full_number"] or ""])


def _cited(entry: Entry) -> Iterable[str]:
    for each in entry.document["citations"]:
        yield each["raw"]
        if each["number"] or each["symbol"]:
            yield "/".join(filter(None, (each["number"], each["symbol"])))


def _parts(parts: Sequence[str | None] | Iterable[str | None], tokens: Tokens) -> str:
    return f" {SEPARATOR} ".join(tokens([part]) for part in parts if part)


def _field(name: str, parts: Iterable[str | None]) -> str:
    letters = LETTERS[name]
    return f" {SEPARATOR} ".join(
        " ".join(letters + token for token in folded_tokens(part)) for part in parts if part
    )


def day_tokens(day: str | None) -> str:
    """``2020-04-15`` gives 0y2020 0m202004 0d20200415: a span of days is a choice of few tokens."""
    parts = (day or "").split("-")
    if not all(part.isdigit() for part in parts):
        return ""
    letters = zip(("0y", "0m", "0d"), range(1, len(parts) + 1), strict=False)
    return " ".join(letter + "".join(parts[:count]) for letter, count in letters)

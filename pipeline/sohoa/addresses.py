"""Addresses that stay: of the units inside a paper (eId), and of a paper as a work (URI).

Both after the naming convention of Akoma Ntoso 1.0 (OASIS, 2019): ``art_5__para_2__point_a`` and
``/akn/vn/act/nghi-dinh/2020/30-2020-nd-cp``. Exports, search, feeds and graphs of citations use
these functions, so that all of them name one thing alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from sohoa.dictionaries import read_table
from sohoa.directive import Directive, Family, Unit, UnitKind
from sohoa.vietnamese import strip_marks

TITLE = "title"  # where a citation stands in the paper's title

ELEMENTS: dict[UnitKind, tuple[str, str]] = {
    UnitKind.PART: ("part", "part"),
    UnitKind.CHAPTER: ("chapter", "chp"),
    UnitKind.SECTION: ("section", "sec"),
    UnitKind.SUBSECTION: ("subsection", "subsec"),
    UnitKind.ARTICLE: ("article", "art"),
    UnitKind.PARAGRAPH: ("paragraph", "para"),
    UnitKind.SUBPARAGRAPH: ("subparagraph", "subpara"),
    UnitKind.POINT: ("point", "point"),
    UnitKind.INDENT: ("indent", "indent"),
    UnitKind.TEXT: ("alinea", "al"),
    UnitKind.TABLE: ("alinea", "al"),
}
_WORD = re.compile(r"^(?:phần|chương|tiểu mục|mục|điều)\s+(?:thứ\s+)?", re.IGNORECASE)
_FORMULA = re.compile(r"^\W*(?:theo de nghi|xet de nghi|xet to trinh|sau khi|tren co so)\b")


@dataclass(frozen=True, slots=True)
class Addressed:
    """A unit with its address and that of the unit it stands in ("" at the top)."""

    address: str
    unit: Unit
    parent: str = ""


def addressed_units(directive: Directive) -> Iterator[Addressed]:
    """Every unit of the body, then of the attachments, in order; addresses are unique."""
    opening = preamble_length(directive)
    yield from _preamble(directive, opening)
    yield from _below(directive.body[opening:], "")
    for number, attachment in enumerate(directive.attachments, start=1):
        yield from _below(attachment.body, attachment_address(number))


def attachment_address(number: int) -> str:
    """The address of the attachment with that number, from 1."""
    return f"att_{number}"


def preamble_length(directive: Directive) -> int:
    """How many units at the start of the body are the preamble: the legal bases and what leads
    from them to the first unit ("Theo đề nghị của …", "QUYẾT ĐỊNH:").

    0 for a paper without legal bases, and where nothing but a preamble was made out.
    """
    bases = {word for leaf in directive.legal_bases for word in leaf.words}
    length = 0
    for place, unit in enumerate(directive.body):
        if unit.kind not in (UnitKind.TEXT, UnitKind.INDENT):
            break
        if bases.intersection(unit.words) or (length and length == place and _is_formula(unit)):
            length = place + 1
    return length if length < len(directive.body) else 0


def is_basis(directive: Directive, unit: Unit) -> bool:
    """Whether the unit of the preamble states a legal basis."""
    words = set(unit.words)
    return any(words.intersection(leaf.words) for leaf in directive.legal_bases)


def _is_formula(unit: Unit) -> bool:
    text = unit.wording.strip()
    short = len(text.split()) <= 6 and text.isupper()
    return short or bool(_FORMULA.match(strip_marks(text).lower()))


def _preamble(directive: Directive, length: int) -> Iterator[Addressed]:
    counts = {"cit": 0, "p": 0}
    for unit in directive.body[:length]:
        kind = "cit" if is_basis(directive, unit) else "p"
        counts[kind] += 1
        address = f"preamble__{kind}_{counts[kind]}"
        yield Addressed(address, unit, "preamble")
        yield from _below(unit.children, address)


def _below(units: tuple[Unit, ...], parent: str) -> Iterator[Addressed]:
    taken: set[str] = set()
    counts: dict[str, int] = {}
    for unit in units:
        _, short = ELEMENTS[unit.kind]
        number = number_of(unit)
        if not number:
            counts[short] = counts.get(short, 0) + 1
            number = str(counts[short])
        step = f"{short}_{number}"
        again = 1
        while step in taken:  # a label that stands twice (a numbering-repeat)
            again += 1
            step = f"{short}_{number}_{again}"
        taken.add(step)
        address = f"{parent}__{step}" if parent else step
        yield Addressed(address, unit, parent)
        yield from _below(unit.children, address)


def number_of(unit: Unit) -> str:
    """The number in the unit's label, fit for an address; "" for a dash or no label.

    ``Điều 5a.`` 5a, ``1.2.`` 1-2, ``đ)`` dd (ASCII, and not the d of ``d)``).
    """
    label = _WORD.sub("", unit.label.strip()).replace("đ", "dd").replace("Đ", "DD")
    return re.sub(r"[^0-9A-Za-z]+", "-", strip_marks(label)).strip("-")


@dataclass(frozen=True, slots=True)
class PaperName:
    """What is known of a paper's name: enough of it gives an address."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    date: str | None = None
    year: str | None = None
    issuer: str | None = None
    title: str | None = None


_ALWAYS_ACTS = frozenset(
    "hien-phap bo-luat luat phap-lenh nghi-dinh thong-tu thong-tu-lien-tich dieu-le quy-dinh "
    "nghi-quyet-lien-tich van-ban-hop-nhat".split()
)
_ACTS_WITH_YEAR = frozenset(("nghi-quyet", "quyet-dinh", "lenh", "chi-thi"))
_LAWS = frozenset(("hien-phap", "bo-luat", "luat", "phap-lenh"))
_YEAR_IN_SYMBOL = re.compile(r"^((?:19|20)\d\d)/")


def paper_uri(paper: PaperName) -> tuple[str | None, str | None]:
    """The paper's address as a work, or None and the reason.

    ``/akn/vn/<act|doc>/<type>[/<body>]/<year>/<number>``. Numbers start anew each year, so number
    and year tell papers of one body apart. A symbol that names a central body (CP, TTg, QH15, TW)
    needs no body; a local one (QĐ-UBND) takes the issuer, and where a citation does not name it the
    whole date stands for the year. Laws are known by title and year, since papers cite them so.
    """
    kind = slug(paper.type or "") or "van-ban"
    form = "act" if is_normative(kind, paper.symbol) else "doc"
    if kind == "dieu-le" and slug(paper.title or "") in ("dang", "dang-cong-san-viet-nam"):
        return "/akn/vn/act/dieu-le/dang-cong-san-viet-nam", None  # the statutes of the Party
    year = _year(paper)
    if kind in _LAWS and (paper.title or kind == "hien-phap") and year:
        title = slug(paper.title or "")
        return "/".join(filter(None, ("/akn/vn", form, kind, year, title))), None
    if not paper.number or not paper.symbol:
        return None, "no number" if not paper.number else "no symbol"
    if not year:
        return None, "no year"
    number = slug(f"{paper.number.lstrip('0') or '0'}-{paper.symbol}")
    if is_central(paper.symbol):
        return f"/akn/vn/{form}/{kind}/{year}/{number}", None
    body = slug_of_body(paper.issuer or "")
    if body:
        return f"/akn/vn/{form}/{kind}/{body}/{year}/{number}", None
    if not paper.date:
        return None, "a local number without issuer or date"
    return f"/akn/vn/{form}/{kind}/{paper.date}/{number}", None


def name_of(directive: Directive) -> PaperName:
    """The paper's own name, from its fields; an unsure number or day is not used."""
    number, date = directive.number, directive.date
    issuer = " ".join(
        leaf.value for leaf in (directive.issuer, directive.superior) if leaf.value
    ) or None  # fmt: skip
    return PaperName(
        directive.type.value,
        number.value if number.confidence >= 0.5 else None,
        directive.symbol.value,
        date.value if date.confidence >= 0.5 else None,
        issuer=issuer if directive.family.value != Family.PARTY else directive.issuer.value,
        title=directive.title.value,
    )


def is_normative(kind: str, symbol: str | None) -> bool:
    """Whether papers of that type (as a slug) are acts: always, or where the symbol has a year."""
    dated = bool(_YEAR_IN_SYMBOL.match(symbol or "")) or bool(re.search(r"/QH\d", f"/{symbol}"))
    return kind in _ALWAYS_ACTS or (kind in _ACTS_WITH_YEAR and dated)


def _year(paper: PaperName) -> str | None:
    in_symbol = _YEAR_IN_SYMBOL.match(paper.symbol or "")
    if in_symbol:
        return in_symbol[1]
    return paper.date[:4] if paper.date else paper.year


_LOCAL_CODES = frozenset(("UBND", "HĐND", "MTTQ"))  # every province and commune has one


@cache
def _central_codes() -> frozenset[str]:
    state = set(read_table("state_bodies").column("abbreviation")) - _LOCAL_CODES
    party = [
        row["abbreviation"]
        for row in read_table("party_bodies").records()
        if row["level"] == "central"
    ]
    return frozenset(slug(code) for code in (*state, *party))


def is_central(symbol: str) -> bool:
    """Whether the symbol alone tells the body: its last part names a central one."""
    last = re.split(r"[-/]", symbol)[-1]
    folded = slug(last)
    return folded in _central_codes() or bool(re.fullmatch(r"(?:ub?tv)?qh\d{1,2}", folded))


_SHORT_FORMS = (
    (r"^chu-tich-(?=ubnd|uy-ban)", ""), ("uy-ban-nhan-dan", "ubnd"), ("hoi-dong-nhan-dan", "hdnd"),
    (r"-tp-", "-thanh-pho-"), (r"^ban-thuong-vu-", ""), (r"^ban-chap-hanh-(?=dang-bo)", ""),
)  # fmt: skip


def slug_of_body(name: str) -> str:
    """A body's name for an address: ``UBND tỉnh X`` and ``Uỷ ban nhân dân tỉnh X`` are one."""
    found = slug(name)
    for pattern, short in _SHORT_FORMS:
        found = re.sub(pattern, short, found)
    return found


def slug(text: str) -> str:
    """Lower case ASCII letters and digits with hyphens between; đ is d, as in search."""
    return re.sub(r"[^0-9a-z]+", "-", strip_marks(text).lower()).strip("-")

"""Setting a draft: letterhead, title, body, closing, copy block, annex, furniture."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

from sohoa.directive import Family, Unit, UnitKind
from sohoa.imitate.closing import SEAL_MM, set_closing, set_copy_block
from sohoa.imitate.draft import Draft, FolioPlace
from sohoa.imitate.fonts import Face, measure_width
from sohoa.imitate.letterhead import set_letterhead
from sohoa.imitate.sheet import (
    A4_PT,
    MM,
    Align,
    InkKind,
    InkSpot,
    Rule,
    SetLine,
    SetPage,
    Setting,
    Sheets,
    Token,
    place_line,
    tokens,
)
from sohoa.imitate.stamps import set_incoming
from sohoa.imitate.tables import set_annex
from sohoa.model import LineKind

_OWN_LINE = (UnitKind.SECTION, UnitKind.CHAPTER, UnitKind.PART)


@dataclass(frozen=True, slots=True)
class Typeset:
    """A set paper: its draft, and its pages with every word in its place."""

    draft: Draft
    pages: tuple[SetPage, ...]


def typeset(draft: Draft) -> Typeset:
    """Set the draft; the same draft gives the same pages."""
    style = draft.style
    sheets = Sheets(
        left=style.left_mm * MM,
        right=A4_PT[0] - style.right_mm * MM,
        top=style.top_mm * MM,
        bottom=A4_PT[1] - (style.bottom_mm + (6 if draft.ownership_notice else 0)) * MM,
    )
    set_letterhead(sheets, draft)
    if draft.incoming is not None:
        set_incoming(sheets, draft.incoming, draft.seed)
    _set_title(sheets, draft)
    _set_addressees(sheets, draft)
    _set_preamble(sheets, draft)
    for unit in draft.body:
        _set_unit(sheets, draft, unit)
    set_closing(sheets, draft)
    if draft.copy is not None:
        set_copy_block(sheets, draft.copy, draft)
    if draft.annex is not None:
        set_annex(sheets, draft.annex, draft)
    pages = tuple(_furnished(page, draft) for page in sheets.pages)
    if draft.edge_seal and len(pages) > 1:
        pages = tuple(_with_edge_seal(page, draft.seal_text) for page in pages)
    return Typeset(draft, pages)


def _body_setting(sheets: Sheets, draft: Draft, role: str = "body") -> Setting:
    style = draft.style
    return Setting(
        left=sheets.left,
        width=sheets.width,
        size_pt=style.size_pt,
        role=role,
        indent=style.indent_mm * MM,
        spacing=style.spacing,
        after=style.gap_pt,
    )


def _centred(sheets: Sheets, text: str, role: str, **more: float) -> None:
    """One centred bold line of the running text."""
    setting = Setting(
        sheets.left,
        sheets.width,
        more.get("size_pt", 14.0),
        role,
        Align.CENTER,
        after=more.get("after", 0.0),
    )
    sheets.paragraph(tokens(text, Face.BOLD), setting)


def _set_title(sheets: Sheets, draft: Draft) -> None:
    if draft.type_name == "Công văn":
        return
    rng = random.Random(draft.seed)  # noqa: S311 (layout, no secrets)
    size = 15.0 if draft.family is Family.PARTY and rng.random() < 0.5 else 14.0
    _centred(sheets, draft.type_name.upper(), "type", size_pt=size)
    if draft.type_suffix:
        _centred(sheets, draft.type_suffix, "type-suffix", size_pt=14.0)
    for line in draft.title:
        _centred(sheets, line, "title", size_pt=14.0)
    if draft.family is Family.PARTY:
        _centred(sheets, "-----", "ornament", after=rng.choice((4.0, 8.0, 12.0)))
        return
    widest = measure_width(draft.title[-1], Face.BOLD, 14.0)
    length = max(60.0, widest * draft.style.rule_share)
    middle = sheets.left + sheets.width / 2
    y = sheets.y + rng.uniform(1.5, 6.0)
    sheets.add_rule(Rule((middle - length / 2, y), (middle + length / 2, y)))
    sheets.y += rng.choice((12.0, 16.0, 22.0))


def _set_addressees(sheets: Sheets, draft: Draft) -> None:
    if not draft.addressees:
        return
    size = draft.style.size_pt
    if len(draft.addressees) == 1:
        setting = Setting(sheets.left, sheets.width, size, "addressee", Align.CENTER, after=12.0)
        sheets.paragraph(tokens(f"Kính gửi: {draft.addressees[0]}"), setting)
        return
    left = sheets.left + sheets.width * 0.22
    label = Setting(left - 30, sheets.width * 0.7, size, "addressee-label", Align.LEFT)
    sheets.paragraph(tokens("Kính gửi:"), label)
    for index, addressee in enumerate(draft.addressees):
        last = index == len(draft.addressees) - 1
        item = Setting(left, sheets.right - left, size, "addressee", Align.LEFT)
        sheets.paragraph(tokens(f"- {addressee}"), replace(item, after=12.0 if last else 0.0))


def _set_preamble(sheets: Sheets, draft: Draft) -> None:
    if draft.acting:
        _centred(sheets, draft.acting, "acting", after=8.0)
    face = Face.ITALIC if draft.seed % 3 else Face.REGULAR
    for role, texts in (("legal-basis", draft.legal_bases), ("preamble", draft.preamble)):
        for text in texts:
            sheets.paragraph(tokens(text, face), _body_setting(sheets, draft, role))
    if draft.enacting:
        _centred(sheets, draft.enacting, "enacting", after=6.0)


def _set_unit(sheets: Sheets, draft: Draft, unit: Unit) -> None:
    """A unit and its children: label and heading bold, text after or below them."""
    for words in _paragraphs_of(unit):
        setting = _body_setting(sheets, draft)
        if unit.kind in _OWN_LINE or (unit.heading and words[-1].face is Face.BOLD):
            sheets.need(setting.line_height * 2)  # a heading never stands alone at the foot
        sheets.paragraph(words, setting)
    for child in unit.children:
        _set_unit(sheets, draft, child)


def _paragraphs_of(unit: Unit) -> list[tuple[Token, ...]]:
    bold = unit.heading or unit.kind is UnitKind.ARTICLE
    label = tokens(unit.label, Face.BOLD if bold else Face.REGULAR)
    heading = tokens(unit.heading, Face.BOLD)
    text = tokens(unit.text)
    if unit.heading and not unit.heading.endswith("."):
        return [part for part in (label + heading, text) if part]
    return [label + heading + text]


def _with_edge_seal(page: SetPage, seal_text: tuple[str, str]) -> SetPage:
    """A slice of the seal at the right edge (dấu giáp lai), as it falls on each sheet."""
    diameter = SEAL_MM * MM
    width, height = page.size_pt
    left = width - diameter * (0.28 + 0.06 * (page.number % 4))
    top = height * 0.45
    box = (left, top, left + diameter, top + diameter)
    return replace(page, inks=(*page.inks, InkSpot(InkKind.SEAL, box, *seal_text)))


def _furnished(page: SetPage, draft: Draft) -> SetPage:
    """The page with its folio and, at the foot, the ownership notice."""
    style = draft.style
    width, height = page.size_pt
    lines = page.lines
    setting = Setting(0.0, width, 13.0, "folio", Align.CENTER)
    if page.number > 1 and style.folio is not FolioPlace.NONE:
        top = 9.0 * MM if style.folio is FolioPlace.TOP else height - 15.0 * MM
        words = place_line(tokens(str(page.number)), setting, top)
        folio = SetLine(words, "folio", LineKind.FOLIO)
        lines = (folio, *lines) if style.folio is FolioPlace.TOP else (*lines, folio)
    if draft.ownership_notice:
        foot = replace(setting, size_pt=10.0, role="ownership")
        face = Face.ITALIC
        words = place_line(tokens(draft.ownership_notice, face), foot, height - 11.0 * MM)
        lines = (*lines, SetLine(words, "ownership", LineKind.OWNERSHIP))
    return replace(page, lines=lines)

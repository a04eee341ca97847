"""The truth of a made paper: printed lines page by page, fields, units, boxes.

Text: one line for each printed line, left block before right block, table cells by tab; pen-written
words as ``[[hw:…]]``, folios as ``[[folio:…]]``, seals as ``[[seal:…]]``, the visible text of a
digital signature as ``[[esign:…]]``.
"""

from __future__ import annotations

import json
from typing import Any

from sohoa.directive import Unit, UnitKind
from sohoa.imitate.draft import CopyPart, Draft, Writing
from sohoa.imitate.scan import ScannedPage
from sohoa.imitate.sheet import InkKind, InkSpot, SetLine, SetPage
from sohoa.imitate.typeset import Typeset
from sohoa.model import LineKind

Json = dict[str, Any]
_UNLABELLED = (UnitKind.TEXT, UnitKind.INDENT, UnitKind.TABLE)


def page_text(page: SetPage, *, inked: bool, esign: str = "") -> str:
    """The truth text of one page, with a newline at its end."""
    lines = [_line_text(line, inked=inked) for line in page.lines]
    if inked:
        lines += [mark for spot in page.inks if (mark := _mark(spot, page))]
    if esign and page.number == 1:
        lines.append(f"[[esign:{esign}]]")
    return "\n".join(lines) + "\n"


def _line_text(line: SetLine, *, inked: bool) -> str:
    if line.kind is LineKind.FOLIO:
        return f"[[folio:{line.text}]]"
    if line.red:
        return f"[[stamp:{line.text}]]"
    parts = []
    for index, word in enumerate(line.words):
        if index:
            parts.append("\t" if word.cell != line.words[index - 1].cell else " ")
        pen = word.writing is Writing.PEN and inked
        parts.append(f"[[hw:{word.text}]]" if pen else word.text)
    return "".join(parts)


def _mark(spot: InkSpot, page: SetPage) -> str:
    if spot.kind is InkKind.STAMP:
        return f"[[stamp:{' '.join(spot.text.split())}]]"
    if spot.kind is not InkKind.SEAL:
        return ""
    if spot.box[2] > page.size_pt[0]:
        return "[[seal:red partial-edge (dấu giáp lai)]]"
    return f"[[seal:red round, {spot.text} {spot.center or '★'}]]"


def fields_of(doc: str, paper: Typeset, scanned: tuple[ScannedPage, ...] = ()) -> Json:
    """All fields of the paper as JSON values; with scanned pages, the places of its inks too."""
    draft = paper.draft
    return {
        "doc": doc,
        "pages": len(paper.pages),
        "family": draft.family.value,
        "superior": " ".join(draft.superior) or None,
        "issuer": " ".join(draft.issuer),
        "number": draft.number,
        "symbol": draft.symbol,
        "full_number": draft.full_number,
        "number_handwritten": draft.style.number is Writing.PEN,
        "place": draft.place,
        "date": draft.date.isoformat(),
        "date_handwritten": draft.style.day is Writing.PEN,
        "type": draft.type_name,
        "title": " ".join(draft.title),
        "addressees": list(draft.addressees),
        "legal_bases": list(draft.legal_bases),
        "outline": _outline(draft.body),
        "recipients": list(draft.recipients),
        "authority": list(draft.signing.authority) or None,
        "position": draft.signing.position or None,
        "signer": draft.signing.signer,
        "seals": _places(scanned, InkKind.SEAL),
        "handwritten_signature": next(iter(_places(scanned, InkKind.SIGNATURE)), None),
        "stamps": _places(scanned, InkKind.STAMP),
        "citations": list(draft.citations),
        "copy_block": _copy_block(draft.copy) if draft.copy else None,
        "esign": {"fields": 0, "visible_text": None},
        "marks": {
            "secrecy": draft.secrecy or None,
            "urgency": draft.urgency or None,
            "ownership_notice": bool(draft.ownership_notice),
        },
        "acting_body": draft.type_suffix or draft.acting or None,
        "units": [_unit(unit) for unit in draft.body],
        "annex": _annex(draft),
        "notes": f"Made by sohoa imitate: kind {draft.kind.value}, seed {draft.seed}.",
        "sensitive": False,
    }


def _outline(body: tuple[Unit, ...], level: int = 1) -> list[Json]:
    found: list[Json] = []
    for unit in body:
        if unit.kind in _UNLABELLED:
            continue
        start = " ".join(f"{unit.heading} {unit.text}".split()[:8])
        found.append({"label": unit.label, "level": level, "text_start": start})
        found.extend(_outline(unit.children, level + 1))
    return found


def _unit(unit: Unit) -> Json:
    value: Json = {"kind": unit.kind.value, "label": unit.label}
    if unit.heading:
        value["heading"] = unit.heading
    value["text"] = unit.text
    if unit.children:
        value["children"] = [_unit(child) for child in unit.children]
    return value


def _annex(draft: Draft) -> Json | None:
    if draft.annex is None:
        return None
    annex = draft.annex
    return {
        "label": annex.label,
        "title": " ".join(annex.title),
        "reference": annex.reference,
        "rows": [list(annex.header), *(list(row) for row in annex.rows)],
    }


def _copy_block(part: CopyPart) -> Json:
    return {
        "kind": part.kind,
        "superior": None,
        "issuer": " ".join(part.issuer),
        "number": part.number,
        "symbol": part.symbol,
        "full_number": f"{part.number}-{part.symbol}",
        "place": part.place,
        "date": part.date.isoformat(),
        "recipients": list(part.recipients),
        "authority": list(part.signing.authority) or None,
        "position": part.signing.position or None,
        "signer": part.signing.signer,
        "statement": part.statement,
    }


def _places(scanned: tuple[ScannedPage, ...], kind: InkKind) -> list[Json]:
    """Page and box (fractions of the page) of each ink spot of a kind, and what it says."""
    found: list[Json] = []
    for page in scanned:
        height, width = page.pixels.shape[:2]
        for ink in page.inks:
            if ink.spot.kind is not kind:
                continue
            box = ink.bbox.clipped(width, height)
            shares = (box.left / width, box.top / height, box.right / width, box.bottom / height)
            place: Json = {"page": page.page.number, "bbox": [round(share, 4) for share in shares]}
            place.update(_said(ink.spot, page))
            found.append(place)
    return found


def _said(spot: InkSpot, page: ScannedPage) -> Json:
    if spot.kind is InkKind.STAMP:
        return {"kind": "incoming", "text": " ".join(spot.text.split())}
    if spot.kind is not InkKind.SEAL:
        return {}
    partial = spot.box[2] > page.page.size_pt[0]
    return {
        "shape": "round",
        "colour": "red" if page.pixels.ndim == 3 else "black",
        "text": None if partial else f"{spot.text} {spot.center or '★'}",
    }


def boxes_of(scanned: tuple[ScannedPage, ...]) -> Json:
    """Every word's box in pixels: ``[text, left, top, right, bottom, line, by_pen]``."""
    return {
        "columns": ["text", "left", "top", "right", "bottom", "line", "by_pen"],
        "pages": [
            {
                "number": page.page.number,
                "width": int(page.pixels.shape[1]),
                "height": int(page.pixels.shape[0]),
                "dpi": page.dpi,
                "words": [
                    [
                        word.text,
                        word.bbox.left,
                        word.bbox.top,
                        word.bbox.right,
                        word.bbox.bottom,
                        word.line,
                        int(word.by_pen),
                    ]
                    for word in page.words
                ],
            }
            for page in scanned
        ],
    }


def to_json(value: Json, *, compact: bool = False) -> str:
    """JSON text with a newline at its end; compact for boxes."""
    if compact:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"

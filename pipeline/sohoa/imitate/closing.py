"""The foot of a paper: recipients left, authority, seal, signature and name right; copy block."""

from __future__ import annotations

import random
from dataclasses import replace

from sohoa.imitate.draft import CopyPart, Draft, Signing
from sohoa.imitate.fonts import Face, measure_width
from sohoa.imitate.letterhead import date_tokens, number_tokens
from sohoa.imitate.names import month_of
from sohoa.imitate.sheet import (
    LINE_FACTOR,
    MM,
    Align,
    InkKind,
    InkSpot,
    Rule,
    Setting,
    Sheets,
    tokens,
)

SEAL_MM = 36.0
_SIGNING_GAP = 78.0  # points between position and name, for the signature


def set_closing(sheets: Sheets, draft: Draft) -> None:
    """Recipients and signing side by side, never torn apart by a page end."""
    sheets.need(_height(draft.recipients, draft.signing))
    sheets.y += 6
    _set_pair(sheets, draft, draft.recipients, draft.signing, "")


def set_copy_block(sheets: Sheets, part: CopyPart, draft: Draft) -> None:
    """The copy block below a rule over the whole text width."""
    sheets.need(_height(part.recipients, part.signing) + 110)
    sheets.y += 8
    sheets.add_rule(Rule((sheets.left, sheets.y), (sheets.right, sheets.y), 0.9))
    top = sheets.y + 8
    share = draft.style.head_share * sheets.width
    left = Setting(sheets.left, share, 13.0, "copy-issuer", Align.CENTER)
    right_left = sheets.left + share + 6
    right = replace(left, left=right_left, width=sheets.right - right_left, role="copy-kind")
    end = top
    for line in part.issuer:
        end = sheets.column(tokens(line, Face.BOLD), left, end)
    end = sheets.column(tokens("*", Face.BOLD), replace(left, role="ornament"), end)
    numbered = replace(draft, number=part.number, symbol=part.symbol)
    end = sheets.column(number_tokens(numbered), replace(left, role="copy-number"), end)
    sheets.column(tokens(part.kind, Face.BOLD), replace(right, size_pt=14.0), top)
    day = part.date
    words = date_tokens(part.place, day.day, month_of(day), day.year, draft)
    sheets.column(words, replace(right, role="copy-date"), end - left.line_height)
    sheets.y = end + 10
    copied = replace(draft, seal_text=part.seal_text)
    _set_pair(sheets, copied, part.recipients, part.signing, "copy-")
    statement = Setting(sheets.left, sheets.width, 12.0, "copy-statement", Align.CENTER)
    sheets.y += 4
    sheets.paragraph(tokens(part.statement, Face.ITALIC), statement)


def _height(recipients: tuple[str, ...], signing: Signing) -> float:
    items = 16 + 11.5 * LINE_FACTOR * (len(recipients) + 2)
    lines = len(signing.authority) + 2
    return max(items, 14 * LINE_FACTOR * lines + _SIGNING_GAP) + 10


def _set_pair(
    sheets: Sheets, draft: Draft, recipients: tuple[str, ...], signing: Signing, prefix: str
) -> None:
    top = sheets.y
    split = sheets.left + sheets.width * 0.5
    left_end = _set_recipients(sheets, draft, recipients, split, prefix)
    right_end = _set_signing(sheets, draft, signing, split, prefix)
    sheets.y = max(top, left_end, right_end) + 4


def _set_recipients(
    sheets: Sheets, draft: Draft, recipients: tuple[str, ...], split: float, prefix: str
) -> float:
    top = sheets.y
    width = split - sheets.left - 10
    if draft.style.underlined_label:
        label = Setting(sheets.left, width, 13.0, f"{prefix}recipients-label", Align.LEFT)
        end = sheets.column(tokens("Nơi nhận:"), label, top)
        length = measure_width("Nơi nhận:", Face.REGULAR, 13.0)
        sheets.add_rule(Rule((sheets.left, end - 1), (sheets.left + length, end - 1), 0.6))
    else:
        label = Setting(sheets.left, width, 12.0, f"{prefix}recipients-label", Align.LEFT)
        end = sheets.column(tokens("Nơi nhận:", Face.BOLD_ITALIC), label, top)
    item = Setting(sheets.left, width, 11.0, f"{prefix}recipient", Align.LEFT)
    for recipient in recipients:
        end = sheets.column(tokens(f"- {recipient}"), item, end)
    return end


def _set_signing(
    sheets: Sheets, draft: Draft, signing: Signing, split: float, prefix: str
) -> float:
    rng = random.Random(f"{draft.seed}{prefix}")  # noqa: S311 (layout, no secrets)
    end = sheets.y
    setting = Setting(split, sheets.right - split, 14.0, f"{prefix}authority", Align.CENTER)
    for line in signing.authority:
        end = sheets.column(tokens(line, Face.BOLD), setting, end)
    if signing.position:
        bold = draft.style.bold_position or not signing.authority
        face = Face.BOLD if bold else Face.REGULAR
        position = replace(setting, role=f"{prefix}position")
        end = sheets.column(tokens(signing.position, face), position, end)
    gap = _SIGNING_GAP * rng.uniform(0.9, 1.1)
    name_width = measure_width(signing.signer, Face.BOLD, 14.0)
    middle = (split + sheets.right) / 2
    _add_inks(sheets, draft, (middle, end, name_width, gap), rng)
    name = replace(setting, role=f"{prefix}signer")
    return sheets.column(tokens(signing.signer, Face.BOLD), name, end + gap)


def _add_inks(
    sheets: Sheets, draft: Draft, spot: tuple[float, float, float, float], rng: random.Random
) -> None:
    """Signature in the gap; the seal over its left third (Nghị định 30/2020, Điều 33)."""
    middle, top, name_width, gap = spot
    width = max(110.0, name_width * rng.uniform(0.95, 1.3))
    left = middle - width / 2 + rng.uniform(-8, 12)
    box = (left, top + gap * 0.08, left + width, top + gap * rng.uniform(0.85, 1.05))
    sheets.add_ink(InkSpot(InkKind.SIGNATURE, box))
    radius = SEAL_MM * MM / 2
    x = left + width / 3 - radius + rng.uniform(-8, 8)
    y = top + gap / 2 + rng.uniform(-12, 12)
    ring, center = draft.seal_text
    sheets.add_ink(
        InkSpot(InkKind.SEAL, (x - radius, y - radius, x + radius, y + radius), ring, center)
    )

"""Made papers: drafted, typeset, signed, sealed and scanned, with their truth.

One generator for samples, restoration pairs, benches and training. Nothing in a made paper is
real but the names of places.
"""

from __future__ import annotations

from sohoa.imitate.compose import draft, marked_secret
from sohoa.imitate.degrade import (
    FAX_SCAN,
    GOOD_SCAN,
    POOR_SCAN,
    ColourMode,
    Degradation,
    Degraded,
    degrade,
    draw_degradation,
)
from sohoa.imitate.draft import DocumentKind, Draft, Style, Writing
from sohoa.imitate.imagepdf import LayerWord, to_image_pdf
from sohoa.imitate.pdf import to_pdf
from sohoa.imitate.samples import write_samples
from sohoa.imitate.scan import ScannedPage, TrueInk, TrueWord, render, scan
from sohoa.imitate.signing import SignatureFacts, root_pem, sign_pdf
from sohoa.imitate.truth import boxes_of, fields_of, page_text
from sohoa.imitate.typeset import Typeset, typeset

__all__ = [
    "FAX_SCAN",
    "GOOD_SCAN",
    "POOR_SCAN",
    "ColourMode",
    "Degradation",
    "Degraded",
    "DocumentKind",
    "Draft",
    "LayerWord",
    "ScannedPage",
    "SignatureFacts",
    "Style",
    "TrueInk",
    "TrueWord",
    "Typeset",
    "Writing",
    "boxes_of",
    "degrade",
    "draft",
    "draw_degradation",
    "fields_of",
    "marked_secret",
    "page_text",
    "render",
    "root_pem",
    "scan",
    "sign_pdf",
    "to_image_pdf",
    "to_pdf",
    "typeset",
    "write_samples",
]

"""What counts as the same: the foldings that make two spellings of one thing equal.

The text folding is that of the scorer the project is measured with: NFC, the two ways to place a
tone mark (hoà / hòa), quotes and dashes made one. Truth markers ``[[kind:…]]`` (handwriting,
stamps, seals, folios, signature appearances) are no printed text. Only to compare, never to store.
"""

from __future__ import annotations

import re
import unicodedata

from sohoa.vietnamese import fold_look_alikes, nfc

# Stands in a truth word for what was not printed there (a pen-written number, an unread spot).
UNPRINTED = "\ufffc"

_MARKER = re.compile(r"\[\[[^\]]*\]\]")
_MARKER_LINE = re.compile(r"\s*(\[\[[^\]]*\]\]\s*)+")
_DOUBLE_QUOTES = re.compile("[“”„«»]")
_SINGLE_QUOTES = re.compile("[‘’]")
_DASHES = re.compile("[–—−]")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _tone_styles() -> dict[str, str]:
    """Old tone placement to new, in three ways of capitals: ``òa`` to ``oà``."""
    styles: dict[str, str] = {}
    for first, second in ("oa", "oe", "uy"):
        for tone in _TONES:
            old, new = nfc(first + tone) + second, first + nfc(second + tone)
            styles |= {old: new, old.upper(): new.upper(), old.capitalize(): new.capitalize()}
    return styles


_STYLES = _tone_styles()
_STYLE = re.compile("|".join(_STYLES))


def without_markers(text: str) -> str:
    """NFC text; a marker alone on its line is gone, one inside a line leaves ``UNPRINTED``."""
    lines = unicodedata.normalize("NFC", text).split("\n")
    kept = "\n".join("" if _MARKER_LINE.fullmatch(line) else line for line in lines)
    return _MARKER.sub(UNPRINTED, kept)


def fold_text(text: str) -> str:
    """Tone placement, quotes and dashes made one; the text must be NFC."""
    text = _STYLE.sub(lambda match: _STYLES[match.group()], text)
    text = _DOUBLE_QUOTES.sub('"', text)
    text = _SINGLE_QUOTES.sub("'", text)
    return _DASHES.sub("-", text)


def fold_field(text: str) -> str:
    """A field's value as it is compared: also without case, look-alikes and double spaces."""
    return " ".join(fold_text(fold_look_alikes(text)).casefold().split())


def fold_item(text: str) -> str:
    """An item of a list: also without its dash and the punctuation after it."""
    return fold_field(text).strip("-+•*;,. ")


def strict_field(text: str) -> str:
    """A field's value compared strictly: NFC, lines and spaces made one."""
    return " ".join(nfc(text).split())

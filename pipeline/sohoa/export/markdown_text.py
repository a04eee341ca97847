"""Text that stays text in Markdown: what the ink says must never become markup.

After CommonMark 0.31 with the table and strikethrough extensions of GitHub. OCR text is foreign
input: a paper can hold ``<script>`` or ``[x](javascript:…)``, and a speck can be a ``#``.
"""

from __future__ import annotations

import re

from sohoa.export.plain_text import printable

_INLINE = re.compile(r"[\\`*_\[\]|~$#]")
# An ampersand is itself unless it could begin an entity.
_ENTITY = re.compile(r"&(?=#?\w+;)")
# What would open a list item, a rule or a setext underline at the start of a paragraph.
_BLOCK = re.compile(r"\d{1,9}(?P<dot>[.)])(?=\s|$)|[+=:-]")


def inline(text: str) -> str:
    """The text on one line with every special sign escaped; for use inside a paragraph or cell."""
    flat = " ".join(printable(text).split())
    safe = _INLINE.sub(lambda match: "\\" + match.group(), flat)
    safe = _ENTITY.sub("&amp;", safe)
    return safe.replace("<", "&lt;").replace(">", "&gt;")


def paragraph(text: str) -> str:
    """The text as one paragraph of one line, whatever it begins with."""
    safe = inline(text)
    match = _BLOCK.match(safe)
    if match is None:
        return safe
    at = match.start("dot") if match["dot"] else 0
    return safe[:at] + "\\" + safe[at:]


def strong(text: str) -> str:
    """The text in bold, or nothing for no text."""
    safe = inline(text)
    return f"**{safe}**" if safe else ""


def table(rows: tuple[tuple[str, ...], ...]) -> str:
    """A table of cells that are already escaped; the first row becomes the header."""
    if not rows:
        return ""
    columns = max(len(row) for row in rows)
    filled = [[*row, *[""] * (columns - len(row))] for row in rows]
    lines = ["| " + " | ".join(row) + " |" for row in filled]
    lines.insert(1, "|" + " --- |" * columns)
    return "\n".join(lines)

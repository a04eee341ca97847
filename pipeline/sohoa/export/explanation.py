"""What restoration did to a text, side by side, as one HTML page (Vietnamese and English)."""

from __future__ import annotations

from collections import Counter
from html import escape

from sohoa.model import Line, Page, Word

_STYLE = """
:root { color-scheme: light; }
body { margin: 0 auto; max-width: 1280px; padding: 24px; color: #1c2430; background: #f5f6f9;
  font: 16px/1.5 "Noto Sans", "DejaVu Sans", "Liberation Sans", sans-serif; }
h1 { font-size: 24px; margin: 0 0 4px; overflow-wrap: anywhere; }
p { color: #475467; margin: 4px 0 16px; }
table { border-collapse: collapse; width: 100%; table-layout: fixed; background: #fff; }
th, td { padding: 4px 10px; border: 1px solid #d9dee7; text-align: left; vertical-align: top;
  overflow-wrap: anywhere; }
td { font: 16px/1.6 "Liberation Serif", "DejaVu Serif", serif; }
th:first-child, td:first-child { width: 4em; text-align: right; color: #667085;
  font: 13px/1.9 "Liberation Sans", sans-serif; }
del { background: #ffd9d6; color: #8f1d14; text-decoration: line-through; }
ins { background: #d3f2d8; color: #0b5a25; text-decoration: underline; }
mark { background: #fff1c2; color: #6a4300; border-bottom: 2px dotted #b7791f; }
"""


def explain_as_html(name: str, page: Page) -> bytes:
    """One self-contained page: each line that changed or is in doubt, before and after.

    Every change shows its reason and posterior, every doubt its candidates, as tooltips and for
    screen readers. The text is hostile input: all of it is escaped. ``page`` is what
    ``sohoa.restore.restore_as_page`` gave; a line's number counts the lines that hold words.
    """
    rows = [
        f"<tr><td>{number}</td><td>{_before(line)}</td><td>{_after(line)}</td></tr>"
        for number, line in enumerate(page.lines(), start=1)
        if any(word.edits or _is_doubted(word) for word in line.words)
    ]
    words = [word for line in page.lines() for word in line.words]
    changed = [word for word in words if word.edits]
    doubted = sum(_is_doubted(word) for word in words)
    reasons = Counter(word.edits[-1].reason for word in changed)
    listed = "; ".join(f"{escape(reason)}: {count}" for reason, count in reasons.most_common())
    head = (
        f"<h1>{escape(name)}</h1>"
        f"<p>{len(words)} từ, {len(changed)} từ được sửa, {doubted} từ còn ngờ. "
        f"<span lang=en>{len(words)} words, {len(changed)} changed, {doubted} in doubt.</span>"
        f"{'<br>' + listed if listed else ''}</p>"
    )
    table = (
        "<table><thead><tr><th>Dòng<br><span lang=en>Line</span></th>"
        "<th>Trước <span lang=en>(before)</span></th>"
        "<th>Sau <span lang=en>(after)</span></th></tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8">'
        f"<title>{escape(name)}</title><style>{_STYLE}</style></head>"
        f"<body>{head}{table if rows else ''}</body></html>\n"
    ).encode()


def _is_doubted(word: Word) -> bool:
    """Whether restoration left the reading and noted other candidates."""
    return not word.edits and bool(word.alternatives)


def _before(line: Line) -> str:
    return " ".join(
        f"<del>{escape(word.recognized)}</del>" if word.edits else escape(word.text)
        for word in line.words
    )


def _after(line: Line) -> str:
    return " ".join(map(_word, line.words))


def _word(word: Word) -> str:
    if word.edits:
        why = "; ".join(f"{edit.reason} ({edit.confidence:.2f})" for edit in word.edits)
        return f'<ins title="{escape(why)}">{escape(word.text)}</ins>'
    if _is_doubted(word):
        others = ", ".join(f"{item.text} ({item.confidence:.2f})" for item in word.alternatives)
        return f'<mark title="{escape(others)}">{escape(word.text)}</mark>'
    return escape(word.text)

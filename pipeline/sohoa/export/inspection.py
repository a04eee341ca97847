"""A page to look at what was found: every scan with its words, lines and marks drawn over it.

Self-contained HTML (no script, no network): the pictures are inside. Boxes are SVG in the page's
own pixels; hovering a word tells what the engine read, what stands now, and how sure.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from html import escape

from sohoa.geometry import BBox
from sohoa.model import BlockKind, LineKind, Page, Word
from sohoa.record import Record

Picture = Callable[[int], bytes]

_STYLE = """
body { font: 15px/1.4 system-ui, sans-serif; margin: 1.5rem; background: #f3f3f3; color: #222; }
h1 { font-size: 1.2rem; } h2 { font-size: 1rem; margin: 2rem 0 .3rem; }
.page { position: relative; max-width: 1100px; background: #fff; box-shadow: 0 1px 6px #0004; }
.page img, .page svg { display: block; width: 100%; height: auto; }
.page svg { position: absolute; inset: 0; height: 100%; }
rect { fill-opacity: .14; stroke-width: 1.5; vector-effect: non-scaling-stroke; }
.sure { fill: #1a7f37; stroke: none; fill-opacity: .05; }
.fair { fill: #bf8700; stroke: #bf8700; }
.poor { fill: #cf222e; stroke: #cf222e; }
.edited { stroke: #0969da; stroke-width: 2.5; }
.block { fill: none; stroke: #8250df; stroke-dasharray: 6 4; }
.cell { fill: none; stroke: #8250df; }
.other { fill: #57606a; stroke: #57606a; fill-opacity: .25; }
.legend span { display: inline-block; margin-right: 1.2rem; }
.legend i { display: inline-block; width: 1em; height: 1em; margin-right: .3em;
  vertical-align: -.15em; border: 2px solid; }
ul { margin: .3rem 0; padding-left: 1.2rem; }
"""
_LEGEND = (
    ("#1a7f37", "chắc ≥ 0,9 / sure ≥ 0.9"),
    ("#bf8700", "0,6 – 0,9"),
    ("#cf222e", "< 0,6"),
    ("#0969da", "đã sửa / changed"),
    ("#8250df", "khối, ô / block, cell"),
    ("#57606a", "không phải lời văn / not the document's text"),
)


def to_html(record: Record, picture: Picture) -> bytes:
    """The page; ``picture(number)`` gives the JPEG bytes of a page at its own aspect."""
    return "\n".join(_parts(record, picture)).encode()


def _parts(record: Record, picture: Picture) -> Iterator[str]:
    name = escape(record.source.name)
    yield "<!doctype html><html lang='vi'><head><meta charset='utf-8'>"
    yield f"<title>{name}</title><style>{_STYLE}</style></head><body><h1>{name}</h1>"
    yield "<p class='legend'>"
    for colour, label in _LEGEND:
        yield f"<span><i style='border-color:{colour};background:{colour}33'></i>{label}</span>"
    yield "</p>"
    for page in record.pages:
        yield from _page(page, record, picture)
    yield "</body></html>"


def _page(page: Page, record: Record, picture: Picture) -> Iterator[str]:
    layer = page.layer.verdict
    yield (
        f"<h2>Trang / page {page.number}: {page.width} × {page.height} px, {page.dpi:g} dpi, "
        f"{page.source}, lớp chữ / text layer: {layer}, {page.angle_deg:g}°</h2>"
    )
    findings = [each for each in record.findings if each.page == page.number]
    if findings:
        items = "".join(
            f"<li>{escape(each.code)}: {escape(each.message)}</li>" for each in findings
        )
        yield f"<ul>{items}</ul>"
    data = picture(page.number)
    if data:
        encoded = base64.b64encode(data).decode()
        yield f"<div class='page'><img alt='' src='data:image/jpeg;base64,{encoded}'>"
    else:
        yield f"<div class='page' style='aspect-ratio:{page.width or 1}/{page.height or 1}'>"
    yield f"<svg viewBox='0 0 {page.width or 1} {page.height or 1}' preserveAspectRatio='none'>"
    for block in page.blocks:
        yield _rect(block.bbox, "block", str(block.kind))
        if block.kind is BlockKind.TABLE:
            for cell in block.cells:
                yield _rect(cell.bbox, "cell", f"{cell.row + 1}, {cell.column + 1}")
        for line in block.all_lines():
            if line.kind is not LineKind.TEXT:
                yield _rect(line.bbox, "other", f"{line.kind}: {line.text}")
                continue
            for word in line.words:
                yield _rect(word.bbox, _class_of(word), _told(word))
    yield "</svg></div>"


def _rect(box: BBox, kind: str, title: str) -> str:
    return (
        f"<rect class='{kind}' x='{box.left}' y='{box.top}' width='{box.width}' "
        f"height='{box.height}'><title>{escape(title)}</title></rect>"
    )


def _class_of(word: Word) -> str:
    kind = "sure" if word.confidence >= 0.9 else "fair" if word.confidence >= 0.6 else "poor"
    return f"{kind} edited" if word.edits else kind


def _told(word: Word) -> str:
    lines = [f"{word.text}  ({word.confidence:.2f})"]
    lines += [
        f"{edit.before} → {edit.after}  ({edit.stage}, {edit.confidence:.2f}: {edit.reason})"
        for edit in word.edits
    ]
    if word.alternatives:
        lines.append("? " + ", ".join(each.text for each in word.alternatives))
    return "\n".join(lines)

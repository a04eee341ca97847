"""The frame of the HTML report: style, labels in Vietnamese and English, tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

_STYLE = """
:root { color-scheme: light; --ink: #1c2430; --soft: #667085; --line: #d9dee7; --paper: #fff; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1160px; padding: 28px 24px 80px; color: var(--ink);
  background: #f5f6f9; font: 16px/1.55 "Noto Sans", "DejaVu Sans", "Liberation Sans", sans-serif; }
h1 { font-size: 28px; margin: 0 0 4px; }
h2 { font-size: 20px; margin: 40px 0 12px; }
h3 { font-size: 17px; margin: 24px 0 8px; overflow-wrap: anywhere; }
small { color: var(--soft); font-weight: normal; font-size: .8em; }
section, .tiles > div { background: var(--paper); border: 1px solid var(--line);
  border-radius: 8px; }
section { padding: 4px 20px 18px; margin: 14px 0; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 10px;
  margin: 20px 0; }
.tiles > div { padding: 12px 14px; }
.tiles b { display: block; font-size: 26px; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 14px; }
th, td { padding: 5px 9px; border-bottom: 1px solid var(--line); text-align: left;
  vertical-align: top; }
th { color: var(--soft); font-weight: 600; border-bottom: 2px solid var(--line); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tr.bad td { background: #fdecec; }
tr.fair td { background: #fff7e0; }
td:first-child { min-width: 130px; }
td:first-child small { display: block; }
.page { font: 16px/1.9 "Liberation Serif", "Noto Serif", "DejaVu Serif", serif; padding: 14px 18px;
  border: 1px solid var(--line); border-radius: 6px; background: #fffefb; overflow-wrap: anywhere; }
del, ins, .style, .unprinted { border-radius: 3px; padding: 0 2px; text-decoration-thickness: 1px; }
del { background: #ffd9d6; color: #8f1d14; text-decoration: line-through; }
ins { background: #d3f2d8; color: #0b5a25; text-decoration: underline; }
.changed del + ins { margin-left: 2px; background: #ffe7b3; color: #6a4300; }
del.moved, ins.moved { background: #dbe8ff; color: #173f8a; }
.style { background: #eceff4; }
.unprinted { background: #efe3fb; color: #5b2a8c; }
.legend > * { margin-right: 14px; white-space: nowrap; display: inline-block; }
summary { cursor: pointer; font-weight: 600; padding: 6px 0; }
"""


_NAMES = {
    "family": "Hệ thống",
    "superior": "Cơ quan chủ quản",
    "issuer": "Cơ quan ban hành",
    "number": "Số",
    "symbol": "Ký hiệu",
    "place": "Địa danh",
    "date": "Ngày",
    "type": "Loại văn bản",
    "title": "Trích yếu",
    "authority": "Quyền hạn ký",
    "position": "Chức vụ",
    "signer": "Người ký",
    "copy_block": "Phần sao y",
    "kind": "Hình thức sao",
    "statement": "Lời sao",
    "addressees": "Kính gửi",
    "legal_bases": "Căn cứ",
    "recipients": "Nơi nhận",
    "outline": "Bố cục",
    "citations": "Viện dẫn",
}


def document(title: str, body: Iterable[str]) -> bytes:
    """A whole page, without anything fetched from elsewhere."""
    return (
        '<!doctype html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    ).encode("utf-8", errors="replace")


def label(vietnamese: str, english: str) -> str:
    """A label in both languages."""
    return f'{escape(vietnamese)} <small lang="en">{escape(english)}</small>'


def field_label(name: str, *, handwritten: bool = False) -> str:
    """The name of a field or list in both languages; ``copy_block.x`` is that of the copy."""
    short = name.removeprefix("copy_block.")
    vietnamese = _NAMES.get(short, short) + (" (bản sao)" if short != name else "")
    hand = " ✎ viết tay" if handwritten else ""
    return label(vietnamese + hand, name + (", handwritten" if handwritten else ""))


def tile(value: str, name: str) -> str:
    """A number with its label (HTML)."""
    return f"<div><b>{escape(value)}</b>{name}</div>"


def table(
    headings: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], words: int = 1
) -> str:
    """A table; the first ``words`` columns are text, the others numbers.

    ``headings`` and the first cell of a row are HTML, the other cells are text and are escaped
    here; a row comes with its class, which may be empty.
    """
    lines = ['<div class="scroll"><table><thead><tr>']
    for at, heading in enumerate(headings):
        lines.append(f"<th{_number(at, words)}>{heading}</th>")
    lines.append("</tr></thead><tbody>")
    for kind, cells in rows:
        lines.append(f'<tr class="{escape(kind)}">' if kind else "<tr>")
        for at, cell in enumerate(cells):
            shown = escape(cell) if at else cell
            lines.append(f"<td{_number(at, words)}>{shown}</td>")
        lines.append("</tr>")
    lines.append("</tbody></table></div>")
    return "".join(lines)


def _number(at: int, words: int) -> str:
    return ' class="number"' if at >= words else ""

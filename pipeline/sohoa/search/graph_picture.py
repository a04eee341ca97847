"""The citation graph as a picture (SVG).

The papers of the collection stand at the left, those that they cite and that are missing at the
right; papers of the collection that cite each other are joined by arcs at the left edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from sohoa.search.graph import Edge, Graph, Node

MOST = 120  # papers in one picture; beyond, the most connected ones
_COLUMN, _ROW, _BOX, _HIGH, _TOP, _MARGIN, _SIDE = 620, 28, 300, 22, 96, 30, 110
_COLOURS = {
    "basis": "#3b6ea5", "amends": "#b8860b", "replaces": "#b03030", "repeals": "#b03030",
    "guides": "#3d8b56", "mentions": "#9aa0a6",
}  # fmt: skip
_WORDS = {
    "vi": {"basis": "căn cứ", "amends": "sửa đổi", "replaces": "thay thế", "repeals": "bãi bỏ",
           "guides": "hướng dẫn, thực hiện", "mentions": "nhắc đến", "missing": "chưa có",
           "present": "trong tập văn bản", "title": "Quan hệ giữa các văn bản",
           "cut": "{shown} trong {all} văn bản"},
    "en": {"basis": "based on", "amends": "amends", "replaces": "replaces", "repeals": "repeals",
           "guides": "guides", "mentions": "mentions", "missing": "missing",
           "present": "in the collection", "title": "Papers and what they cite",
           "cut": "{shown} of {all} papers"},
}  # fmt: skip


def to_svg(graph: Graph, language: str = "vi") -> bytes:
    """The picture: missing papers with a broken border, arrows from the citing to the cited."""
    words = _WORDS["vi" if language == "vi" else "en"]
    nodes = sorted(graph.nodes, key=lambda node: (-(node.cited + node.cites), node.id))[:MOST]
    names = {node.id for node in nodes}
    edges = [each for each in graph.edges if each.source in names and each.target in names]
    places = _places(nodes, edges)
    width = _MARGIN * 2 + _SIDE + _COLUMN + _BOX
    rows = max((row for _, row in places.values()), default=0) + 1
    height = round(_TOP + rows * _ROW + _MARGIN)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" font-family="sans-serif" font-size="12">'
    )
    parts = [
        head,
        f"<title>{escape(words['title'])}</title>",
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        *_legend(words, edges, shown=len(nodes), whole=len(graph.nodes)),
    ]
    for column, key in enumerate(("present", "missing")):
        parts.append(
            f'<text x="{_left(column)}" y="{_TOP - 14}" font-weight="bold" fill="#444">'
            f"{escape(words[key])}</text>"
        )
    parts += [_arc(edge, places) for edge in edges]
    parts += [_box(node, places[node.id], words["missing"]) for node in nodes]
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()


def _left(column: int) -> int:
    return _MARGIN + _SIDE + column * _COLUMN


def _places(nodes: list[Node], edges: list[Edge]) -> dict[str, tuple[int, float]]:
    """Column (0: present) and row of each node; rows follow the middle of a node's neighbours."""
    columns: dict[int, list[str]] = {0: [], 1: []}
    for node in sorted(nodes, key=lambda node: (node.date or "", node.id)):
        columns[0 if node.present else 1].append(node.id)
    beside: dict[str, list[str]] = {node.id: [] for node in nodes}
    for edge in edges:
        beside[edge.source].append(edge.target)
        beside[edge.target].append(edge.source)
    rows = {name: row for names in columns.values() for row, name in enumerate(names)}
    for _ in range(6):
        for names in columns.values():
            middle = {
                name: sum(rows[each] for each in beside[name]) / len(beside[name])
                if beside[name]
                else rows[name]
                for name in names
            }
            names.sort(key=lambda name: (middle[name], name))
            rows.update((name, row) for row, name in enumerate(names))
    # The shorter column is spread over the height of the longer one.
    longest = max(map(len, columns.values()))
    return {
        name: (column, row * longest / len(names))
        for column, names in columns.items()
        for row, name in enumerate(names)
    }


def _legend(words: Mapping[str, str], edges: list[Edge], *, shown: int, whole: int) -> list[str]:
    title = escape(words["title"])
    if shown < whole:
        title += " · " + escape(words["cut"].format(shown=shown, all=whole))
    parts = [f'<text x="{_MARGIN}" y="30" font-size="16" font-weight="bold">{title}</text>']
    x = _MARGIN
    for relation, colour in _COLOURS.items():
        if any(edge.relation == relation for edge in edges):
            text = escape(words[relation])
            parts.append(
                f'<path d="M{x} 50h24" stroke="{colour}" stroke-width="2"/>'
                f'<text x="{x + 30}" y="54">{text}</text>'
            )
            x += 50 + 8 * len(words[relation])
    return parts


def _arc(edge: Edge, places: Mapping[str, tuple[int, float]]) -> str:
    (from_column, from_row), (to_column, to_row) = places[edge.source], places[edge.target]
    y1, y2 = (round(_TOP + row * _ROW + _HIGH / 2, 1) for row in (from_row, to_row))
    x1 = _left(from_column) + (_BOX if from_column < to_column else 0)
    x2 = _left(to_column)
    if from_column == to_column:
        bend = min(20 + abs(y2 - y1) / 3, _SIDE)
        curve = f"M{x1} {y1}C{x1 - bend:.0f} {y1} {x2 - bend:.0f} {y2} {x2} {y2}"
    else:
        bend = (x2 - x1) / 2
        curve = f"M{x1} {y1}C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    colour = _COLOURS[edge.relation]
    return (
        f'<path d="{curve}" fill="none" stroke="{colour}" stroke-opacity="0.7" '
        f'stroke-width="{min(1 + edge.mentions * 0.4, 4):.1f}"/>'
        f'<circle cx="{x2}" cy="{y2}" r="3" fill="{colour}"/>'
    )


def _box(node: Node, place: tuple[int, float], missing: str) -> str:
    x, y = _left(place[0]), round(_TOP + place[1] * _ROW, 1)
    style = (
        'fill="#eef3fa" stroke="#3b6ea5"'
        if node.present
        else ('fill="#ffffff" stroke="#9aa0a6" stroke-dasharray="4 3"')
    )
    year = f" ({node.date[:4]})" if node.date and node.date[:4] not in node.label else ""
    label = " ".join(filter(None, (node.type, node.label)))
    label = (label if len(label) <= 38 else label[:37] + "…") + year
    told = " ".join(filter(None, (node.type, node.label, node.date, node.title)))
    if not node.present:
        told += f" ({missing})"
    return (
        f'<g><title>{escape(told)}</title><rect x="{x}" y="{y}" width="{_BOX}" height="{_HIGH}" '
        f'rx="4" {style}/><text x="{x + 8}" y="{y + 15:.1f}">{escape(label)}</text></g>'
    )

"""Three small plots as SVG text: no script, nothing fetched."""

from __future__ import annotations

from html import escape

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 900, 180, 46, 22


def line(values: tuple[int, ...], end: str) -> str:
    """Values over equal steps; ``end`` is written at the right end of the axis."""
    top = max(values, default=0) or 1
    step = (_WIDTH - _LEFT) / max(1, len(values) - 1)
    room = _HEIGHT - _BOTTOM - 8
    points = " ".join(
        f"{_LEFT + n * step:.1f},{8 + room * (1 - value / top):.1f}"
        for n, value in enumerate(values)
    )
    return _svg(
        _HEIGHT,
        f'<polyline class="line" points="{points}"/>'
        f'<text x="0" y="16">{top}</text><text x="{_LEFT}" y="{_HEIGHT - 4}">0</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT - 4}" text-anchor="end">{escape(end)}</text>',
    )


def columns(labels: tuple[str, ...], values: tuple[int, ...]) -> str:
    """A column for each value, its label under every fourth."""
    top = max(values, default=0) or 1
    step = (_WIDTH - _LEFT) / max(1, len(values))
    room = _HEIGHT - _BOTTOM - 8
    parts = [f'<text x="0" y="16">{top}</text>']
    for n, (label, value) in enumerate(zip(labels, values, strict=True)):
        left, height = _LEFT + n * step, room * value / top
        parts.append(
            f'<rect class="bar" x="{left + 2:.1f}" y="{8 + room - height:.1f}" '
            f'width="{step - 4:.1f}" height="{height:.1f}"><title>{escape(label)}: {value}'
            "</title></rect>"
        )
        if n % 4 == 0:
            parts.append(f'<text x="{left:.1f}" y="{_HEIGHT - 4}">{escape(label)}</text>')
    return _svg(_HEIGHT, "".join(parts))


def bars(rows: tuple[tuple[str, int], ...]) -> str:
    """A bar for each row with its name and number, the largest first."""
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
    top = max((count for _, count in ordered), default=0) or 1
    split, height = 420, 24
    parts = []
    for n, (name, count) in enumerate(ordered):
        y = n * height
        width = (_WIDTH - split - 60) * count / top
        shown = name if len(name) <= 62 else f"{name[:61]}…"
        parts.append(
            f'<text x="{split - 8}" y="{y + 16}" text-anchor="end">{escape(shown)}</text>'
            f'<rect class="bar" x="{split}" y="{y + 4}" width="{max(1, width):.1f}" height="16"/>'
            f'<text x="{split + max(1, width) + 6:.1f}" y="{y + 16}">{count}</text>'
        )
    return _svg(max(1, len(ordered)) * height, "".join(parts), axis=False)


def _svg(height: int, inside: str, *, axis: bool = True) -> str:
    base = (
        f'<line class="axis" x1="{_LEFT}" y1="{height - _BOTTOM}" x2="{_WIDTH}" '
        f'y2="{height - _BOTTOM}"/>'
        if axis
        else ""
    )
    return f'<svg viewBox="0 0 {_WIDTH} {height}" role="img">{base}{inside}</svg>'

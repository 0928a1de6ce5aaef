"""How is a figure drawn? As SVG within a page, coloured by the page's style, with words that can be read out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_ROW, _BAR, _LEFT, _RIGHT, _WIDTH = 15, 11, 250, 70, 900
_PLOT = _WIDTH - _LEFT - _RIGHT
_HEIGHT, _PAD = 180, 34


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a bar chart: its name, the parts from the left, each with a style's name, and what stands behind."""

    name: str
    parts: Sequence[tuple[str, float]]
    words: str

    @property
    def total(self) -> float:
        return sum(size for _, size in self.parts)


def bars(title: str, rows: Sequence[Bar], *, lines: Sequence[float] = (), cut: float | None = None) -> str:
    """Draw bars below each other.

    Args:
        title: what is shown, for who cannot see it, too.
        rows: from the top.
        lines: where upright lines stand: limits.
        cut: bars that are longer end there; their words say how long they are.
    """
    most = max([row.total for row in rows] + [line * 1.1 for line in lines])
    scale = _PLOT / (min(most, cut) if cut else most)
    drawn = [_bar(row, at, scale) for at, row in enumerate(rows)]
    height = len(rows) * _ROW + 4
    drawn += [
        f'<line class="limit" x1="{_LEFT + line * scale:.1f}" x2="{_LEFT + line * scale:.1f}" y1="0" y2="{height}"/>'
        for line in lines
    ]
    return _figure(title, drawn, height)


def _bar(row: Bar, at: int, scale: float) -> str:
    y = at * _ROW
    drawn = [f'<text class="name" x="{_LEFT - 6}" y="{y + _BAR}">{escape(row.name)}</text>']
    x = 0.0
    for style, size in row.parts:
        width = min(size * scale, _PLOT - x)
        drawn.append(
            f'<rect class="{style}" x="{_LEFT + x:.1f}" y="{y + 1}" width="{max(width, 0):.1f}" height="{_BAR}"/>'
        )
        x = min(x + width, _PLOT)
    drawn.append(f'<text x="{_LEFT + x + 4:.1f}" y="{y + _BAR}">{escape(row.words)}</text>')
    return "".join(drawn)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a chart over time: a style's name, and its points in seconds and whatever."""

    name: str
    style: str
    points: Sequence[tuple[float, float]]


def lines(title: str, drawn: Sequence[Line], *, unit: str) -> str:
    """Draw values over time, from zero."""
    points = [point for line in drawn for point in line.points]
    last, most = max(x for x, _ in points) or 1.0, max(y for _, y in points) or 1.0
    step = 10 ** math.floor(math.log10(most))
    across, up = (_WIDTH - 2 * _PAD) / last, (_HEIGHT - _PAD - 10) / most
    base = _HEIGHT - _PAD + 10
    out = []
    for number in range(int(most / step) + 1):
        y = base - number * step * up
        out.append(f'<line class="grid" x1="{_PAD}" x2="{_WIDTH - _PAD}" y1="{y:.1f}" y2="{y:.1f}"/>')
        out.append(f'<text x="0" y="{y:.1f}">{number * step:g}</text>')
    for at, line in enumerate(drawn):
        path = " ".join(f"{_PAD + x * across:.1f},{base - y * up:.1f}" for x, y in line.points)
        out.append(f'<polyline class="{line.style}" points="{path}"/>')
        out.append(f'<text class="{line.style}" x="{_PAD + at * 200}" y="{_HEIGHT}">{escape(line.name)}</text>')
    out.append(f'<text class="name" x="{_WIDTH - _PAD}" y="{_HEIGHT}">{unit}, over {last:.0f} s</text>')
    return _figure(title, out, _HEIGHT + 4)


def _figure(title: str, drawn: Sequence[str], height: int) -> str:
    inner = "\n".join(drawn)
    words = escape(title)
    box = f'viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{words}"'
    return f"<figure><figcaption>{words}</figcaption><svg {box}>\n{inner}\n</svg></figure>"

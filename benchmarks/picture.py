"""Draw a chart of times against sizes as SVG, both axes logarithmic."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

_WIDTH, _HEIGHT = 860, 520
_LEFT, _RIGHT, _TOP, _BOTTOM = 70, 260, 56, 56
_COLOURS = (
    "#1f5fa8", "#c2571a", "#2b8a3e", "#8a3ffc", "#b02a5b", "#00798c",
    "#7a5c00", "#5c6b7a", "#d1495b", "#3d5a80", "#6a994e", "#9c6644",
)  # fmt: skip
_LABEL_GAP = 17


@dataclass(frozen=True)
class Line:
    """One line of the chart: one time in milliseconds per size."""

    name: str
    milliseconds: Sequence[float]
    dashed: bool = False


def picture(title: str, sizes: Sequence[int], lines: Sequence[Line], budget: float) -> str:
    """Return the chart as SVG. The budget, in milliseconds, is a line with the area above it shaded."""
    return "\n".join(_elements(title, sizes, lines, budget)) + "\n"


class _Plane:
    """Maps sizes and times to coordinates in the picture."""

    def __init__(self, sizes: Sequence[int], times: Sequence[float]) -> None:
        self._from_size, self._to_size = log10(sizes[0]), log10(sizes[-1])
        self.decades = range(floor(log10(min(times))), ceil(log10(max(times))) + 1)

    def x(self, size: float) -> float:
        part = (log10(size) - self._from_size) / (self._to_size - self._from_size)
        return _LEFT + part * (_WIDTH - _LEFT - _RIGHT)

    def y(self, time: float) -> float:
        part = (log10(time) - self.decades[0]) / (self.decades[-1] - self.decades[0])
        return _HEIGHT - _BOTTOM - part * (_HEIGHT - _TOP - _BOTTOM)


def _elements(title: str, sizes: Sequence[int], lines: Sequence[Line], budget: float) -> Iterator[str]:
    plane = _Plane(sizes, [budget, *(time for line in lines for time in line.milliseconds)])
    right, bottom = _WIDTH - _RIGHT, _HEIGHT - _BOTTOM
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="13" fill="#1d2733">'
    )
    yield f"<title>{escape(title)}</title>"
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#ffffff"/>'
    yield f'<text x="{_LEFT}" y="28" font-size="17" font-weight="bold">{escape(title)}</text>'
    for decade in plane.decades:
        y = plane.y(10**decade)
        yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#e3e7ec"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{10**decade:g} ms</text>'
    for size in sizes:
        x = plane.x(size)
        yield f'<path d="M{x:.1f} {_TOP}V{bottom}" stroke="#e3e7ec"/>'
        yield f'<text x="{x:.1f}" y="{bottom + 20}" text-anchor="middle">{size:,}</text>'
    yield f'<text x="{(_LEFT + right) / 2:.0f}" y="{bottom + 42}" text-anchor="middle">entries</text>'
    y = plane.y(budget)
    yield f'<rect x="{_LEFT}" y="{_TOP}" width="{right - _LEFT}" height="{y - _TOP:.1f}" fill="#fbeceb"/>'
    yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#b3261e" stroke-width="1.5"/>'
    yield f'<text x="{_LEFT + 8}" y="{y - 6:.1f}" fill="#b3261e">budget {budget:g} ms</text>'
    label = float(_HEIGHT)
    by_end = sorted(enumerate(lines), key=lambda numbered: numbered[1].milliseconds[-1])
    for number, line in by_end:
        colour = "#1d2733" if line.dashed else _COLOURS[number % len(_COLOURS)]
        points = [(plane.x(size), plane.y(t)) for size, t in zip(sizes, line.milliseconds, strict=True)]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
        dashes = ' stroke-dasharray="6 4"' if line.dashed else ""
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"{dashes}/>'
        for x, y in points:
            yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
        # From the lowest line upwards, so that labels do not overlap.
        label = min(points[-1][1], label - _LABEL_GAP)
        yield (
            f'<path d="M{right + 5} {points[-1][1]:.1f}L{right + 18} {label:.1f}"'
            f' fill="none" stroke="{colour}" stroke-width="0.75"/>'
        )
        words = f"{escape(line.name)}: {line.milliseconds[-1]:.2g} ms"
        yield f'<text x="{right + 22}" y="{label + 4:.1f}" fill="{colour}">{words}</text>'
    yield "</svg>"

"""The curve of the published setting: log p(x) against passes, as a picture of the page (SVG)."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from benchmarks.family.cells import Same, mean
from benchmarks.family.jobs import BURDA, PUBLISHED_NATS, Values
from benchmarks.family.page import by_model

WIDTH, HEIGHT, LEFT, RIGHT, ABOVE, BELOW = 640, 300, 56, 150, 30, 40
TOP, FOOT, STEP = -80, -130, 10  # nats
INK, COLOURS = "#808080", ("#2a78b5", "#d1700f", "#3a923a")  # seen on white and on black


def svg(rows: Same) -> str:
    """A line a model, with a bar from the lower to the upper bound; dashed: what is published."""
    some = by_model([row for row in rows if BURDA in row["row"]])
    names = list(dict.fromkeys(str(same[0]["row"]) for same in some))
    passes = [int(same[0]["epochs"]) for same in some]
    ends = min(passes), max(*passes, 2 * min(passes))
    parts = [*_axes(ends, sorted(set(passes)))]
    for name, colour in zip(names, COLOURS, strict=False):
        parts += _line([same for same in some if same[0]["row"] == name], ends, colour)
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    style = 'font-family="sans-serif" font-size="12"'
    body = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{body}\n</svg>\n'


def _x(passes: int, ends: tuple[int, int]) -> float:
    share = math.log(passes / ends[0]) / math.log(ends[1] / ends[0])
    return LEFT + 12 + share * (WIDTH - LEFT - RIGHT - 24)


def _y(nats: float) -> float:
    return ABOVE + (TOP - nats) / (TOP - FOOT) * (HEIGHT - ABOVE - BELOW)


def _axes(ends: tuple[int, int], passes: Sequence[int]) -> Iterator[str]:
    right = WIDTH - RIGHT
    for nats in range(FOOT, TOP + 1, STEP):
        y = _y(nats)
        yield f'<path d="M{LEFT} {y:.1f}H{right}" stroke="{INK}" stroke-opacity=".3"/>'
        yield _text(LEFT - 6, y + 4, f"{nats}", "end")
    for count in passes:
        yield _text(_x(count, ends), HEIGHT - BELOW + 18, f"{count}", "middle")
    yield _text((LEFT + right) / 2, HEIGHT - 6, "passes over 9,000 pictures", "middle")
    yield _text(LEFT - 6, ABOVE - 14, "log p(x)", "end")
    yield _text(right + 8, _y(max(PUBLISHED_NATS.values())) + 8, "published", "start")


def _line(some: Sequence[Same], ends: tuple[int, int], colour: str) -> Iterator[str]:
    """Of one model, which is named at its end, and what was published of it."""
    at = [(_x(int(same[0]["epochs"]), ends), *_bounds(same)) for same in some]
    steps = "L".join(f"{x:.1f} {_y(low):.1f}" for x, low, _ in at)
    yield f'<path d="M{steps}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, low, high in at:
        yield f'<path d="M{x:.1f} {_y(low):.1f}V{_y(high):.1f}" stroke="{colour}"/>'
        yield f'<circle cx="{x:.1f}" cy="{_y(low):.1f}" r="3" fill="{colour}"/>'
    row: Values = some[0][0]
    name = str(row["row"]).removesuffix(f", {BURDA}")
    last, low, _ = at[-1]
    yield _text(last + 10, _y(low) + 4, name, "start", colour)
    y = _y(PUBLISHED_NATS[str(row["row"])])
    yield f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="{colour}" stroke-dasharray="5 4"/>'


def _bounds(same: Same) -> tuple[float, float]:
    low, high = mean(same, "log_likelihood"), mean(same, "log_likelihood_upper")
    assert low is not None
    return low, low if high is None else high


def _text(x: float, y: float, words: str, anchor: str, colour: str = INK) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{colour}">{words}</text>'

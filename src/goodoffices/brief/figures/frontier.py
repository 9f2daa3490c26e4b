"""The frontier of two parties at a time: what can be had, and where no agreement is worth more."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.svg import SIZE, WIDTH, Scale, drawing, label, width_of, wrapped
from goodoffices.deals.results import FrontierPoint

__all__ = ["Flag", "Pane", "draw_frontier"]

HEIGHT = 300.0
LEFT, RIGHT, TOP, BOTTOM = 34.0, WIDTH - 8, 20.0, HEIGHT - 38
DRAWN = 400
"""At most so many points are drawn; more could not be told apart."""
FEW = 60
"""More points than this are drawn smaller."""

_AROUND = [
    (distance * math.cos(turn * math.pi / 4), -distance * math.sin(turn * math.pi / 4))
    for distance in (16, 26, 38, 52, 70)
    for turn in (1, 0, 2, 7, 3, 4, 5, 6)
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A package marked by a letter or number."""

    label: str
    x: float
    y: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Pane:
    """What one drawing shows: two parties, their walk-aways, the points and the flags."""

    anchor: str
    title: str
    description: str
    names: tuple[str, str]
    axes: tuple[int, int]
    walk_aways: tuple[float | None, float | None]
    points: Sequence[FrontierPoint]
    flags: tuple[Flag, ...]


def draw_frontier(pane: Pane) -> Element:
    """Draw the values of packages to two parties, each on its own scale."""
    i, j = pane.axes
    x, y = _scales(pane)
    every = max(1, math.ceil(len(pane.points) / DRAWN))
    size = 3.0 if len(pane.points) <= FEW else 2.0
    places = [(x(p.values[i]), y(p.values[j]), bool(p.breaks)) for p in pane.points[::every]]
    return drawing(
        pane.anchor,
        pane.title,
        pane.description,
        HEIGHT,
        *_zone(pane, x, y),
        *_axes(pane, x, y),
        *_walk_aways(pane, x, y),
        *(_point(*place, size) for place in sorted(places, reverse=True)),
        *_flags(pane.flags, x, y),
        class_="frontier",
    )


def _scales(pane: Pane) -> tuple[Scale, Scale]:
    i, j = pane.axes
    xs = [p.values[i] for p in pane.points] + [f.x for f in pane.flags]
    ys = [p.values[j] for p in pane.points] + [f.y for f in pane.flags]
    return (
        Scale(low=_low(xs), high=_high(xs), start=LEFT, end=RIGHT),
        Scale(low=_low(ys), high=_high(ys), start=BOTTOM, end=TOP),
    )


def _low(values: list[float]) -> float:
    return min(0.0, 10 * math.floor(min(values, default=0) / 10))


def _high(values: list[float]) -> float:
    return max(100.0, 10 * math.ceil(max(values, default=100) / 10))


def _zone(pane: Pane, x: Scale, y: Scale) -> list[Element]:
    """Shade where both have at least what no agreement is worth to them."""
    left, bottom = (
        s.start if floor is None else s(floor)
        for s, floor in zip((x, y), pane.walk_aways, strict=True)
    )
    return [
        el("rect", x=left, y=TOP, width=RIGHT - left, height=bottom - TOP, class_="zone"),
        label(RIGHT - 4, TOP + SIZE + 1, "both above their walk-away", "tick", "end"),
    ]


def _axes(pane: Pane, x: Scale, y: Scale) -> list[Element]:
    shapes = [el("path", d=f"M{LEFT} {TOP}V{BOTTOM}H{RIGHT}", class_="axis")]
    for at in (0, 25, 50, 75, 100):
        shapes += [
            el("line", x1=x(at), x2=x(at), y1=BOTTOM, y2=BOTTOM + 4, class_="axis"),
            el("line", x1=LEFT - 4, x2=LEFT, y1=y(at), y2=y(at), class_="axis"),
            label(x(at), BOTTOM + 16, str(at), "tick", "end" if at == 100 else "middle"),
            label(LEFT - 7, y(at) + 4, str(at), "tick", "end"),
        ]
    across, up = (_short(name, 220) for name in pane.names)
    return [
        *shapes,
        label(RIGHT, HEIGHT - 7, f"Value to {across} →", "strong", "end"),
        label(0, TOP - 9, f"↑ Value to {up}", "strong"),
    ]


def _short(name: str, width: float) -> str:
    return "".join(wrapped(name, width, 1))


def _walk_aways(pane: Pane, x: Scale, y: Scale) -> list[Element]:
    across, up = pane.walk_aways
    shapes = []
    if across is not None:
        shapes.append(el("line", x1=x(across), x2=x(across), y1=TOP, y2=BOTTOM, class_="walk-away"))
    if up is not None:
        shapes.append(el("line", x1=LEFT, x2=RIGHT, y1=y(up), y2=y(up), class_="walk-away"))
    return shapes


def _point(x: float, y: float, breaks: bool, size: float) -> Element:
    return el("circle", cx=x, cy=y, r=size, class_="point hollow" if breaks else "point")


def _flags(flags: tuple[Flag, ...], x: Scale, y: Scale) -> list[Element]:
    """Mark packages; each letter stands in the nearest place where it covers no other."""
    shapes: list[Element] = []
    taken: list[tuple[float, float]] = [(x(f.x), y(f.y)) for f in flags]
    for flag in flags:
        at = (x(flag.x), y(flag.y))
        to = _free(at, taken, width_of(flag.label))
        taken.append(to)
        shapes += [
            el("line", x1=at[0], y1=at[1], x2=to[0], y2=to[1], class_="leader"),
            el("rect", x=at[0] - 3.5, y=at[1] - 3.5, width=7, height=7, class_="flag"),
            el("circle", cx=to[0], cy=to[1], r=8.5, class_="badge"),
            label(to[0], to[1] + 4, flag.label, "on-badge", "middle"),
        ]
    return shapes


def _free(
    at: tuple[float, float], taken: list[tuple[float, float]], width: float
) -> tuple[float, float]:
    room = 10 + width / 2
    places = [(at[0] + dx, at[1] + dy) for dx, dy in _AROUND]
    inside = [p for p in places if LEFT + 9 < p[0] < RIGHT - 9 and TOP + 22 < p[1] < BOTTOM - 9]
    free = (p for p in inside if _clear(p, taken) > room)
    # Where none is free, the one farthest from the others covers least.
    return next(free, max(inside, key=lambda p: _clear(p, taken), default=at))


def _clear(place: tuple[float, float], taken: list[tuple[float, float]]) -> float:
    return min((math.dist(place, other) for other in taken), default=math.inf)

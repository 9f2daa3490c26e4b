"""Where the states of a graph stand in a drawing, and how an arrow gets past those between."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from goodoffices.brief.figures.svg import WIDTH

__all__ = ["FEW", "RADIUS", "Place", "Route", "place_spots", "route"]

RADIUS = 11.0
"""Of a state's circle, in units."""
PITCH, CLOSE, NAMED = 64.0, 42.0, 34.0
"""From one row of states to the next: with few states, and with many; more where one is named."""
FEW = 16
TOP = 32.0
ABREAST, MOST_ABREAST = 6, 7
MARGIN = 6.0
"""What an arrow keeps from the edges."""

_BULGES = (0.0, 14.0, -14.0, 28.0, -28.0, 44.0, -44.0, 64.0, -64.0)
_TIMES = tuple(n / 12 for n in range(1, 12))

Place = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """An arc from one circle to another: a parabola with one control point."""

    start: Place
    control: Place
    end: Place

    def at(self, time: float) -> Place:
        """Return the place on the arc at a time from 0 to 1."""
        a, b, c = (1 - time) ** 2, 2 * time * (1 - time), time**2
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.control, self.end
        return a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2

    def heading(self, time: float) -> Place:
        """Return the direction of the arc at a time, of length 1."""
        (x0, y0), (x1, y1), (x2, y2) = self.start, self.control, self.end
        dx = (1 - time) * (x1 - x0) + time * (x2 - x1)
        dy = (1 - time) * (y1 - y0) + time * (y2 - y1)
        length = math.hypot(dx, dy) or 1.0
        return dx / length, dy / length


def place_spots(
    named: Sequence[bool], pairs: Iterable[tuple[int, int]]
) -> tuple[tuple[Place, ...], float]:
    """Return where each of the states stands, and how high the drawing of them is.

    `named` says which have a name below them. The first state stands at the top; below it, row by
    row, those that are one arrow away, two arrows, and so on, whichever way the arrows point.
    States that no arrow joins stand last.
    """
    count = len(named)
    beside: dict[int, set[int]] = {n: set() for n in range(count)}
    for a, b in pairs:
        beside[a].add(b)
        beside[b].add(a)
    found: dict[int, Place] = {}
    few, y = count <= FEW, TOP
    for layer in _layers(count, beside):
        ordered = sorted(layer, key=lambda n: (_middle(beside[n], found), n))
        for part in _rows(ordered, ABREAST if few else MOST_ABREAST):
            for place, n in enumerate(part):
                found[n] = (WIDTH * (place + 0.5) / len(part), y)
            below = any(named[n] for n in part if n)
            step = PITCH if few else CLOSE + NAMED * below
            y += step
    return tuple(found[n] for n in range(count)), y - step + RADIUS + (38 if below else 10)


def _layers(count: int, beside: Mapping[int, set[int]]) -> list[list[int]]:
    layers, seen = [[0]], {0}
    while True:
        following = sorted({b for a in layers[-1] for b in beside[a]} - seen)
        if not following:
            break
        layers.append(following)
        seen.update(following)
    alone = [n for n in range(count) if n not in seen]
    return [*layers, alone] if alone else layers


def _middle(neighbours: Iterable[int], found: Mapping[int, Place]) -> float:
    """Return where on the line the neighbours that have a place already stand on average."""
    known = [found[n][0] for n in neighbours if n in found]
    return sum(known) / len(known) if known else WIDTH / 2


def _rows(ordered: Sequence[int], most: int) -> list[Sequence[int]]:
    """Break a layer into rows of about the same length."""
    rows = max(1, math.ceil(len(ordered) / most))
    size = math.ceil(len(ordered) / rows)
    return [ordered[k : k + size] for k in range(0, len(ordered), size)]


def route(source: int, target: int, places: Sequence[Place], taken: Sequence[Route]) -> Route:
    """Return the arc with the least bend that passes no other state and lies on no other arc."""
    tries = [_bent(places[source], places[target], bulge) for bulge in _BULGES]
    others = [p for n, p in enumerate(places) if n not in (source, target)]
    middles = [arc.at(0.5) for arc in taken]

    def cost(arc: Route) -> float:
        on_way = [arc.at(time) for time in _TIMES]
        hits = sum(any(math.dist(p, q) < RADIUS + 4 for q in on_way) for p in others)
        near = sum(math.dist(m, on_way[5]) < 9 for m in middles)
        out = sum(not MARGIN < x < WIDTH - MARGIN or y < MARGIN for x, y in on_way)
        return 3 * hits + 2 * near + 20 * out

    return min(tries, key=cost)


def _bent(source: Place, target: Place, bulge: float) -> Route:
    """Return an arc between the rims of two circles that bends to its left by so many units."""
    (x0, y0), (x1, y1) = source, target
    length = math.hypot(x1 - x0, y1 - y0) or 1.0
    across = ((y1 - y0) / length, (x0 - x1) / length)
    control = ((x0 + x1) / 2 + 2 * bulge * across[0], (y0 + y1) / 2 + 2 * bulge * across[1])
    return Route(start=_rim(source, control), control=control, end=_rim(target, control))


def _rim(centre: Place, towards: Place) -> Place:
    """Return the point of a circle, and a little outside it, that faces a place."""
    away = math.dist(centre, towards) or 1.0
    share = (RADIUS + 2) / away
    return (
        centre[0] + share * (towards[0] - centre[0]),
        centre[1] + share * (towards[1] - centre[1]),
    )

"""The moves between states as a drawing: circles, and an arrow for every move."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from goodoffices.brief.elements import Element, el
from goodoffices.brief.figures.routes import FEW, RADIUS, Place, Route, place_spots, route
from goodoffices.brief.figures.svg import WIDTH, block, drawing, label, width_of, wrapped

__all__ = ["Arrow", "Graph", "Spot", "draw_graph"]

SMALL = 10.5
"""Height of the letters beside states and arrows."""
LEGEND_ROW, NAMED = 17.0, 66.0
_DASHES = (None, "7 3", "1.5 2.5", "9 3 2 3", "4 2", "13 4", "9 3 2 3 2 3", "2 5")
_TIMES = (0.42, 0.3, 0.55, 0.68, 0.2, 0.8)


@dataclass(frozen=True, kw_only=True, slots=True)
class Spot:
    """A state in the drawing."""

    number: int
    name: str = ""
    """Stands below it; above the status quo."""
    rests: bool = False
    """Whether everybody would stay, in one sense or another."""
    best: bool = False
    """Whether nobody could gain by leaving it."""
    harm: bool = False
    """Whether something marked as harm is done in it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrow:
    """A move in the drawing; states and decision makers go by their place in the graph."""

    source: int
    target: int
    by: int
    pays: bool = True
    bars: int = 0
    """2 where an answer that pays takes the gain back, 1 where one may, 0 where none can."""
    by_whom: tuple[int, ...] = ()
    """Who would answer."""
    strong: bool = True
    """Whether it is labelled; the others stay in the background."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Graph:
    """What one drawing shows. The first state is the status quo."""

    spots: tuple[Spot, ...]
    arrows: tuple[Arrow, ...]
    makers: tuple[tuple[str, str], ...]
    """Per decision maker a short sign, and its name."""


def draw_graph(anchor: str, title: str, description: str, graph: Graph) -> Element:
    """Draw the status quo at the top, and below it where moves lead.

    Every decision maker has dashes and a sign of its own. Bars across an arrow say that the move is
    deterred, the sign in brackets by whom; a hollow head says that the move doesn't pay.
    """
    places, height = place_spots(
        [bool(spot.name) for spot in graph.spots], [(a.source, a.target) for a in graph.arrows]
    )
    # Those in the background come first, so that they lie below.
    ordered = sorted(graph.arrows, key=lambda arrow: arrow.strong)
    routes = _routed(ordered, places)
    shapes: list[Element] = []
    for arrow, way in zip(ordered, routes, strict=True):
        shapes += _arrow(arrow, way)
    for n, (spot, place) in enumerate(zip(graph.spots, places, strict=True)):
        shapes += _spot(spot, place)
        shapes += _name(spot, place, len(graph.spots)) if n else _first_name(spot, place)
    signed = [(a, way) for a, way in zip(ordered, routes, strict=True) if a.strong]
    shapes += _signs(graph, signed, places)
    legend = list(_legend(graph, height))
    whole = height + LEGEND_ROW * math.ceil(len(graph.makers) / _abreast(graph)) + 6
    return drawing(anchor, title, description, whole, *shapes, *legend, class_="moves")


def _routed(arrows: Sequence[Arrow], places: Sequence[Place]) -> list[Route]:
    taken: list[Route] = []
    for arrow in arrows:
        taken.append(route(arrow.source, arrow.target, places, taken))
    return taken


def _arrow(arrow: Arrow, way: Route) -> list[Element]:
    kind = "strong" if arrow.strong else "faint"
    x0, y0, x1, y1, x2, y2 = (round(v, 1) for v in (*way.start, *way.control, *way.end))
    line = el(
        "path",
        d=f"M{x0:g} {y0:g}Q{x1:g} {y1:g} {x2:g} {y2:g}",
        class_=f"move {kind}",
        stroke_dasharray=_DASHES[arrow.by % len(_DASHES)],
    )
    return [line, _head(way, kind, arrow.pays), *_bars(arrow, way, kind)]


def _head(way: Route, kind: str, pays: bool) -> Element:
    (x, y), (dx, dy) = way.end, way.heading(1.0)
    long, wide = 7.5, 3.4
    corners = (
        (x, y),
        (x - long * dx - wide * dy, y - long * dy + wide * dx),
        (x - long * dx + wide * dy, y - long * dy - wide * dx),
    )
    outline = "L".join(f"{round(px, 1):g} {round(py, 1):g}" for px, py in corners)
    return el("path", d=f"M{outline}Z", class_=f"head {kind}{'' if pays else ' hollow'}")


def _bars(arrow: Arrow, way: Route, kind: str) -> list[Element]:
    """Draw strokes across the arrow, a little before its head."""
    length = math.dist(way.start, way.end) or 1.0
    found = []
    for n in range(arrow.bars):
        time = 1 - (15 + 4 * n) / max(length, 30)
        (x, y), (dx, dy) = way.at(time), way.heading(time)
        found.append(
            el("line", x1=x - 5 * dy, y1=y + 5 * dx, x2=x + 5 * dy, y2=y - 5 * dx,
               class_=f"bar-across {kind}")
        )  # fmt: skip
    return found


def _spot(spot: Spot, place: Place) -> list[Element]:
    x, y = place
    kinds = ["state", *(["rests"] if spot.rests else []), *(["harm"] if spot.harm else [])]
    shapes = [el("circle", cx=x, cy=y, r=RADIUS, class_=" ".join(kinds))]
    if spot.best:
        shapes.append(el("circle", cx=x, cy=y, r=RADIUS - 2.5, class_="ring"))
    return [*shapes, label(x, y + 4, str(spot.number), "on-state", "middle")]


def _first_name(spot: Spot, place: Place) -> Iterator[Element]:
    """Write the name of the status quo above it, where no arrow leaves."""
    for line in wrapped(spot.name, WIDTH, 1, SMALL):
        yield label(place[0], place[1] - RADIUS - 6, line, "halo name", "middle")


def _name(spot: Spot, place: Place, count: int) -> Iterator[Element]:
    x, y = place
    room = WIDTH / 6 + 14 if count > 12 else WIDTH / 4 + 14
    lines = 2 if count <= FEW else 3
    for n, line in enumerate(wrapped(spot.name, min(room, 2 * x, 2 * (WIDTH - x)), lines, SMALL)):
        yield label(x, y + RADIUS + 11 + 11 * n, line, "halo name", "middle")


def _signs(
    graph: Graph, arrows: Sequence[tuple[Arrow, Route]], places: Sequence[Place]
) -> Iterator[Element]:
    """Write who makes each move, and in brackets who deters it, where there is most room."""
    taken = [(place, 2 * RADIUS) for place in places]
    for arrow, way in arrows:
        text = graph.makers[arrow.by][0]
        if arrow.by_whom:
            text += f" ({'+'.join(graph.makers[n][0] for n in arrow.by_whom)})"
        width = width_of(text, SMALL)
        (x, y) = max(
            (way.at(time) for time in _TIMES),
            key=lambda at: min(_gap(at, other, (width + size) / 2) for other, size in taken),
        )
        x = min(max(x, width / 2 + 2), WIDTH - width / 2 - 2)
        taken.append(((x, y), width))
        yield label(x, y + 3.5, text, "halo sign", "middle")


def _gap(one: Place, other: Place, width: float) -> float:
    """Return how far two labels are from touching, at most so much that it makes no difference."""
    return min(6.0, max(abs(one[0] - other[0]) - width, abs(one[1] - other[1]) - 12))


def _legend(graph: Graph, top: float) -> Iterator[Element]:
    abreast = _abreast(graph)
    room = WIDTH / abreast
    for n, (sign, name) in enumerate(graph.makers):
        x, y = room * (n % abreast), top + LEGEND_ROW * (n // abreast) + 8
        way = Route(start=(x + 2, y), control=(x + 19, y), end=(x + 36, y))
        yield from _arrow(Arrow(source=0, target=0, by=n), way)
        yield label(x + 42, y + 4, sign, "sign")
        yield from block(x + NAMED, y + 4, wrapped(name, room - NAMED - 4, 1, SMALL), "quiet")


def _abreast(graph: Graph) -> int:
    """Return how many names stand side by side in the legend: two if all of them fit."""
    longest = max((width_of(name, SMALL) for _, name in graph.makers), default=0.0)
    return 2 if longest < WIDTH / 2 - NAMED - 4 else 1

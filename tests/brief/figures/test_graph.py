"""Circles and arrows: each is drawn once, means what it says, and nothing leaves its frame."""

import itertools
import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.graph import Arrow, Graph, Spot, draw_graph
from goodoffices.brief.figures.routes import RADIUS
from goodoffices.brief.figures.svg import WIDTH, width_of
from tests.brief.cases import words


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    count = draw(st.integers(1, 40))
    spots = tuple(
        Spot(
            number=n + 1,
            name=draw(st.sampled_from(["", "", "An agreement", "x" * 90])),
            rests=draw(st.booleans()),
            harm=draw(st.booleans()),
        )
        for n in range(count)
    )
    places = st.integers(0, count - 1)
    pairs = draw(st.lists(st.tuples(places, places, st.integers(0, 8)), max_size=50))
    arrows = tuple(
        Arrow(source=a, target=b, by=by, bars=by % 3, by_whom=(0,) * (by % 2), strong=by % 2 == 0)
        for a, b, by in pairs
        if a != b
    )
    makers = tuple((f"M{n}", draw(st.sampled_from(["West", "y" * 80]))) for n in range(9))
    return Graph(spots=spots, arrows=arrows, makers=makers)


def drawn(graph: Graph) -> Element:
    return draw_graph("f", "t", "d", graph)


@given(graphs())
def test_no_graph_leaves_its_frame(graph: Graph) -> None:
    drawing = drawn(graph)
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    for shape in drawing.children:
        assert isinstance(shape, Element)
        for name, value in shape.attributes:
            if name in ("x", "cx", "x1", "x2"):
                assert 0 <= float(value) <= WIDTH
            elif name in ("y", "cy", "y1", "y2"):
                assert 0 <= float(value) <= height


@given(graphs())
def test_every_state_and_every_arrow_is_drawn_once(graph: Graph) -> None:
    kinds = [dict(s.attributes).get("class", "").split() for s in drawn(graph).children
             if isinstance(s, Element)]  # fmt: skip
    assert sum("state" in kind for kind in kinds) == len(graph.spots)
    assert sum("head" in kind for kind in kinds) == len(graph.arrows) + len(graph.makers)


def test_every_decision_maker_has_its_own_dashes_and_its_own_line_in_the_legend() -> None:
    makers = tuple((f"M{n}", f"Maker {n}") for n in range(6))
    arrows = tuple(Arrow(source=0, target=1, by=n) for n in range(6))
    drawing = drawn(Graph(spots=(Spot(number=1), Spot(number=2)), arrows=arrows, makers=makers))
    lines = [s for s in drawing.children if isinstance(s, Element)
             and "move" in dict(s.attributes).get("class", "").split()]  # fmt: skip
    dashes = {dict(s.attributes).get("stroke-dasharray", "none") for s in lines}
    assert len(dashes) == 6
    texts = [words(s.children) for s in drawing.children if isinstance(s, Element)]
    assert all(name in texts for _, name in makers)


def test_a_long_name_is_cut_and_a_short_one_is_not() -> None:
    spots = (Spot(number=1, name="Status quo"), Spot(number=2, name="A long name " * 9))
    drawing = drawn(Graph(spots=spots, arrows=(), makers=(("W", "West"),)))
    texts = [words(s.children) for s in drawing.children if isinstance(s, Element)]
    assert "Status quo" in texts
    assert any(re.search("…$", text) for text in texts)


MAKERS = (("W", "West"), ("E", "East"), ("N", "Norway"))
TWO = (Spot(number=1), Spot(number=2))


def shapes(drawing: Element, class_: str) -> list[dict[str, str]]:
    """Return the attributes of the shapes of a class, in the order of drawing."""
    every = [dict(s.attributes) for s in drawing.children if isinstance(s, Element)]
    return [a for a in every if class_ in a.get("class", "").split()]


def labels(drawing: Element, class_: str) -> list[tuple[str, float, float]]:
    """Return the words of a class with the place of each."""
    return [
        (words(s.children), float(dict(s.attributes)["x"]), float(dict(s.attributes)["y"]))
        for s in drawing.children
        if isinstance(s, Element)
        and s.tag == "text"
        and class_ in dict(s.attributes).get("class", "").split()
    ]


def one_arrow(arrow: Arrow) -> Element:
    return drawn(Graph(spots=TWO, arrows=(arrow,), makers=MAKERS))


@pytest.mark.parametrize(
    ("spot", "classes", "ring"),
    [
        (Spot(number=2), "state", 0),
        (Spot(number=2, rests=True), "state rests", 0),
        (Spot(number=2, rests=True, best=True), "state rests", 1),
        (Spot(number=2, harm=True), "state harm", 0),
        (Spot(number=2, rests=True, harm=True), "state rests harm", 0),
    ],
)
def test_what_holds_of_a_state_is_seen_at_its_circle(spot: Spot, classes: str, ring: int) -> None:
    drawing = drawn(Graph(spots=(Spot(number=1), spot), arrows=(), makers=MAKERS))
    first, second = shapes(drawing, "state")
    assert first["class"] == "state"
    assert second["class"] == classes
    rings = shapes(drawing, "ring")
    assert len(rings) == ring
    assert all((r["cx"], r["cy"]) == (second["cx"], second["cy"]) for r in rings)
    assert all(float(r["r"]) < float(second["r"]) for r in rings)


def test_every_number_stands_in_its_own_circle() -> None:
    spots = tuple(Spot(number=n) for n in (7, 3, 12))
    drawing = drawn(Graph(spots=spots, arrows=(), makers=MAKERS))
    circles, numbers = shapes(drawing, "state"), labels(drawing, "on-state")
    assert [text for text, *_ in numbers] == ["7", "3", "12"]
    for circle, (_, x, y) in zip(circles, numbers, strict=True):
        assert (x, y) == (float(circle["cx"]), float(circle["cy"]) + 4)


@pytest.mark.parametrize("bars", [0, 1, 2])
def test_bars_across_an_arrow_say_how_it_is_deterred(bars: int) -> None:
    strokes = shapes(one_arrow(Arrow(source=0, target=1, by=0, bars=bars)), "bar-across")
    assert len(strokes) == bars
    for stroke in strokes:
        # The arrow runs straight down, so its bars lie level, ten units wide, over it.
        assert stroke["y1"] == stroke["y2"]
        assert {float(stroke["x1"]), float(stroke["x2"])} == {WIDTH / 2 - 5, WIDTH / 2 + 5}
        assert 32 + RADIUS < float(stroke["y1"]) < 96 - RADIUS - 8
    assert len({stroke["y1"] for stroke in strokes}) == bars


@pytest.mark.parametrize("pays", [True, False])
def test_the_head_of_a_move_that_does_not_pay_is_hollow(pays: bool) -> None:
    heads = shapes(one_arrow(Arrow(source=0, target=1, by=0, pays=pays)), "head")
    # One of the move, and one in the legend for each decision maker: those pay.
    assert ["hollow" in head["class"].split() for head in heads] == [not pays, *[False] * 3]


def test_the_head_points_at_the_state_that_the_move_leads_to() -> None:
    head = shapes(one_arrow(Arrow(source=0, target=1, by=0)), "head")[0]["d"]
    (x, y), *corners = [tuple(map(float, part.split())) for part in head.strip("MZ").split("L")]
    _, second = shapes(one_arrow(Arrow(source=0, target=1, by=0)), "state")
    assert x == float(second["cx"])
    assert float(second["cy"]) - y == RADIUS + 2
    # Both corners lie behind the tip, one on each side.
    assert all(below == pytest.approx(y - 7.5) for _, below in corners)
    assert sorted(side - x for side, _ in corners) == pytest.approx([-3.4, 3.4])


@pytest.mark.parametrize(
    ("by", "by_whom", "sign"),
    [(0, (), "W"), (1, (0,), "E (W)"), (2, (0, 1), "N (W+E)"), (0, (2, 1), "W (N+E)")],
)
def test_a_sign_says_who_moves_and_in_brackets_who_deters_it(
    by: int, by_whom: tuple[int, ...], sign: str
) -> None:
    drawing = one_arrow(Arrow(source=0, target=1, by=by, by_whom=by_whom, bars=1))
    signs = [text for text, *_ in labels(drawing, "sign")]
    assert signs == [sign, "W", "E", "N"]  # The legend explains each of them.


def test_moves_in_the_background_lie_below_and_have_no_sign() -> None:
    arrows = (
        Arrow(source=0, target=1, by=0),
        Arrow(source=1, target=0, by=1, strong=False),
        Arrow(source=0, target=1, by=2, strong=False),
    )
    drawing = drawn(Graph(spots=TWO, arrows=arrows, makers=MAKERS))
    moves = [a["class"].split()[1] for a in shapes(drawing, "move")]
    assert moves == ["faint", "faint", "strong", *["strong"] * 3]  # The legend's lines come last.
    assert [text for text, *_ in labels(drawing, "halo") if text] == ["W"]


def test_states_lie_over_arrows() -> None:
    drawing = one_arrow(Arrow(source=0, target=1, by=0))
    kinds = [dict(s.attributes).get("class", "").split() for s in drawing.children
             if isinstance(s, Element)]  # fmt: skip
    first_state = next(n for n, kind in enumerate(kinds) if "state" in kind)
    assert next(n for n, kind in enumerate(kinds) if "head" in kind) < first_state


def test_the_status_quo_is_named_above_it_and_other_states_below() -> None:
    spots = (Spot(number=1, name="As it is"), Spot(number=2, name="A quiet strip"))
    drawing = drawn(Graph(spots=spots, arrows=(), makers=MAKERS))
    (first, _, above), (second, _, below) = labels(drawing, "name")
    top, bottom = (float(a["cy"]) for a in shapes(drawing, "state"))
    assert (first, second) == ("As it is", "A quiet strip")
    assert above < top - RADIUS
    assert below > bottom + RADIUS


@pytest.mark.parametrize(("count", "lines"), [(3, 2), (20, 3)])
def test_a_name_has_so_many_lines_below_its_state(count: int, lines: int) -> None:
    spots = [Spot(number=n + 1) for n in range(count)]
    spots[1] = Spot(number=2, name="a word and " * 20)
    found = labels(drawn(Graph(spots=tuple(spots), arrows=(), makers=MAKERS)), "name")
    assert len(found) == lines
    assert found[-1][0].endswith("…")
    assert [b[2] - a[2] for a, b in itertools.pairwise(found)] == [11] * (lines - 1)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 2)), max_size=12))
def test_no_sign_leaves_the_sides_of_its_frame(moves: list[tuple[int, int, int]]) -> None:
    arrows = tuple(
        Arrow(source=a, target=b, by=by, by_whom=(0, 1, 2)) for a, b, by in moves if a != b
    )
    spots = tuple(Spot(number=n + 1) for n in range(6))
    drawing = drawn(Graph(spots=spots, arrows=arrows, makers=MAKERS))
    for text, x, _ in labels(drawing, "halo"):
        half = width_of(text, 10.5) / 2
        assert half <= x <= WIDTH - half


def test_a_sign_keeps_clear_of_circles_where_there_is_room() -> None:
    drawing = one_arrow(Arrow(source=0, target=1, by=0))
    ((_, x, y),) = labels(drawing, "halo")
    for circle in shapes(drawing, "state"):
        assert math.dist((x, y - 3.5), (float(circle["cx"]), float(circle["cy"]))) > RADIUS + 6


@pytest.mark.parametrize(
    ("names", "abreast"),
    [
        (("West", "East", "Norway"), 2),
        (("x" * 18, "East", "Norway"), 2),
        (("x" * 19, "East", "Norway"), 1),
        (("West", "A name that would not fit half the width", "Norway"), 1),
    ],
)
def test_the_legend_has_two_names_abreast_where_all_of_them_fit(
    names: tuple[str, ...], abreast: int
) -> None:
    makers = tuple((name[0], name) for name in names)
    drawing = drawn(Graph(spots=TWO, arrows=(), makers=makers))
    found = labels(drawing, "quiet")
    assert [text for text, *_ in found] == list(names)
    rows = [y for *_, y in found]
    assert [round((y - rows[0]) / 17) for y in rows] == [n // abreast for n in range(3)]
    assert [x for _, x, _ in found] == [66 + WIDTH / abreast * (n % abreast) for n in range(3)]
    height = float(dict(drawing.attributes)["viewBox"].split()[3])
    assert rows[-1] < height <= rows[-1] + 17


def test_the_legend_shows_the_dashes_of_each_decision_maker() -> None:
    arrows = tuple(Arrow(source=n % 2, target=1 - n % 2, by=n) for n in range(3))
    drawing = drawn(Graph(spots=TWO, arrows=arrows, makers=MAKERS))
    dashes = [a.get("stroke-dasharray") for a in shapes(drawing, "move")]
    assert dashes[:3] == dashes[3:]
    assert len(set(dashes)) == 3

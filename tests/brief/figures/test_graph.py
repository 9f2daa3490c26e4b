"""Circles and arrows: each is drawn once, and nothing leaves its frame."""

import re

from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.graph import Arrow, Graph, Spot, draw_graph
from goodoffices.brief.figures.svg import WIDTH
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

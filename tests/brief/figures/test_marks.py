"""The small marks of the matrix, and the frontier's flags."""

import math

import pytest

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.frontier import Flag, Pane, draw_frontier
from goodoffices.brief.figures.matrix import draw_range
from goodoffices.case.quantity import Value
from goodoffices.deals.results import FrontierPoint
from tests.brief.cases import words


def classes(drawing: Element) -> list[str]:
    return [dict(s.attributes).get("class", "") for s in drawing.children if isinstance(s, Element)]


@pytest.mark.parametrize(
    ("given", "shapes"),
    [
        ("30..50", ["track", "range", "tick"]),
        ("30..40..55", ["track", "range", "tick"]),
        ("40", ["track", "dot"]),
        (None, ["blank"]),
    ],
)
def test_each_kind_of_value_has_a_mark_of_its_own(given: str | None, shapes: list[str]) -> None:
    drawing = draw_range(Value.parse(given))
    assert classes(drawing) == shapes
    assert dict(drawing.attributes)["aria-hidden"] == "true"


def test_a_range_runs_from_its_lowest_to_its_highest_value() -> None:
    range_ = draw_range(Value.parse("30..40..55")).children[1]
    assert isinstance(range_, Element)
    assert (dict(range_.attributes)["x"], dict(range_.attributes)["width"]) == ("30", "25")


def pane(points: list[tuple[float, float, bool]], flags: list[tuple[float, float]]) -> Pane:
    return Pane(
        anchor="f",
        title="t",
        description="d",
        names=("West", "East"),
        axes=(0, 1),
        walk_aways=(40.0, 30.0),
        points=[
            FrontierPoint(picks={}, values=(x, y), ties=1, breaks=("a",) * broken)
            for x, y, broken in points
        ],
        flags=tuple(Flag(label="ABCDEFGH"[n], x=x, y=y) for n, (x, y) in enumerate(flags)),
    )


def circles(drawing: Element, class_: str) -> list[tuple[float, float]]:
    return [
        (float(dict(s.attributes)["cx"]), float(dict(s.attributes)["cy"]))
        for s in drawing.children
        if isinstance(s, Element) and class_ in dict(s.attributes).get("class", "").split()
    ]


def test_points_that_break_a_demand_are_hollow() -> None:
    drawing = draw_frontier(pane([(50, 50, True), (60, 40, False)], []))
    assert len(circles(drawing, "point")) == 2
    assert len(circles(drawing, "hollow")) == 1


def test_more_value_lies_further_right_and_further_up() -> None:
    drawing = draw_frontier(pane([(20, 80, False), (80, 20, False)], []))
    (x1, y1), (x2, y2) = sorted(circles(drawing, "point"))
    assert x1 < x2
    assert y1 < y2


def test_flags_on_one_place_do_not_cover_each_other() -> None:
    drawing = draw_frontier(pane([(50, 50, False)], [(50, 50)] * 6))
    badges = circles(drawing, "badge")
    assert len(badges) == 6
    assert all(math.dist(a, b) > 12 for n, a in enumerate(badges) for b in badges[:n])


def test_flags_in_a_corner_stay_inside_the_frame() -> None:
    for corner in ((0, 0), (100, 100), (0, 100), (100, 0)):
        for x, y in circles(draw_frontier(pane([(50, 50, False)], [corner] * 3)), "badge"):
            assert 34 < x < 352
            assert 20 < y < 262


def test_a_value_beyond_the_scale_widens_it() -> None:
    drawing = draw_frontier(pane([(120, -15, False), (50, 50, False)], []))
    assert len(set(circles(drawing, "point"))) == 2


def test_both_axes_are_named() -> None:
    drawing = draw_frontier(pane([(50, 50, False)], []))
    shown = [words(s.children) for s in drawing.children if isinstance(s, Element)]
    assert "Value to West →" in shown
    assert "↑ Value to East" in shown

"""The frontier's drawing: what stands where, read back from the drawing itself."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.frontier import DRAWN, FEW, Flag, Pane, _free, draw_frontier
from goodoffices.brief.figures.svg import WIDTH, width_of
from goodoffices.deals.results import FrontierPoint
from tests.brief.cases import words

FRAME = {"left": 34.0, "right": 352.0, "top": 20.0, "bottom": 262.0}
LETTERS = "ABCDEFGHIJ"
ROUNDED = 0.05 + 1e-9
"""A place in a drawing is written in tenths of a unit."""

Pair = tuple[float, float]
shares = st.floats(0, 100)
pairs = st.tuples(shares, shares)


def point(x: float, y: float, *breaks: str) -> FrontierPoint:
    return FrontierPoint(picks={}, values=(x, y), ties=1, breaks=breaks)


def pane(
    *points: FrontierPoint,
    flags: tuple[Pair, ...] = (),
    walk_aways: tuple[float | None, float | None] = (40.0, 25.0),
) -> Pane:
    return Pane(
        anchor="f",
        title="What packages are worth",
        description="Three packages.",
        names=("West", "East"),
        axes=(0, 1),
        walk_aways=walk_aways,
        points=points,
        flags=tuple(Flag(label=LETTERS[n], x=x, y=y) for n, (x, y) in enumerate(flags)),
    )


def found(drawing: Element, class_: str, tag: str = "") -> list[dict[str, str]]:
    """Return the attributes of the shapes of a class, in the order of drawing."""
    every = [s for s in drawing.children if isinstance(s, Element)]
    known = [(s.tag, dict(s.attributes)) for s in every]
    return [
        attributes
        for name, attributes in known
        if class_ in attributes.get("class", "").split() and tag in ("", name)
    ]


def place(attributes: dict[str, str]) -> Pair:
    return float(attributes["cx"]), float(attributes["cy"])


def said(drawing: Element) -> dict[str, dict[str, str]]:
    """Return the words of the drawing, each with its attributes; a tick's number stands twice."""
    return {
        words(s.children): dict(s.attributes)
        for s in drawing.children
        if isinstance(s, Element) and s.tag == "text"
    }


def ticks(drawing: Element, across: bool) -> dict[int, float]:
    """Return where the numbers of a scale stand, by their own words."""
    return {
        int(words(s.children)): float(dict(s.attributes)["x" if across else "y"])
        for s in drawing.children
        if isinstance(s, Element)
        and s.tag == "text"
        and words(s.children).isdigit()
        and (float(dict(s.attributes)["y"]) > FRAME["bottom"] + 5) == across
    }


@given(pairs)
def test_a_point_can_be_read_off_the_scales(values: Pair) -> None:
    """On scales from 0 to 100 the place is linear in the value, and up is more."""
    drawing = draw_frontier(pane(point(*values)))
    x, y = place(found(drawing, "point")[0])
    wide, high = FRAME["right"] - FRAME["left"], FRAME["bottom"] - FRAME["top"]
    assert abs(x - (FRAME["left"] + wide * values[0] / 100)) <= ROUNDED
    assert abs(y - (FRAME["bottom"] - high * values[1] / 100)) <= ROUNDED


def test_the_numbers_of_a_scale_stand_where_points_of_that_value_would() -> None:
    steps = (0, 25, 50, 75, 100)
    drawing = draw_frontier(pane(*(point(n, n) for n in steps)))
    spots = sorted(place(a) for a in found(drawing, "point"))
    across, up = ticks(drawing, across=True), ticks(drawing, across=False)
    assert tuple(across) == tuple(up) == steps
    for (x, y), n in zip(spots, steps, strict=True):
        assert across[n] == x
        # Letters are 8 units high over their line, so the line lies 4 below the middle.
        assert up[n] == pytest.approx(y + 4)


def test_each_number_has_a_stroke_at_the_axis() -> None:
    drawing = draw_frontier(pane(point(50, 50)))
    strokes = found(drawing, "axis", "line")
    assert len(strokes) == 10
    downward = [s for s in strokes if s["x1"] == s["x2"]]
    leftward = [s for s in strokes if s["y1"] == s["y2"]]
    assert {(s["y1"], s["y2"]) for s in downward} == {("262", "266")}
    assert {(s["x1"], s["x2"]) for s in leftward} == {("30", "34")}
    (axis,) = found(drawing, "axis", "path")
    assert axis["d"] == "M34.0 20.0V262.0H352.0"


@pytest.mark.parametrize(
    ("lowest", "highest", "start", "end"),
    [
        (0, 100, 0, 100),
        (30, 60, 0, 100),
        (-0.5, 100, -10, 100),
        (-10, 100, -10, 100),
        (0, 100.5, 0, 110),
        (0, 110, 0, 110),
        (-25, 131, -30, 140),
    ],
)
def test_a_scale_holds_0_to_100_and_widens_by_tens(
    lowest: float, highest: float, start: float, end: float
) -> None:
    drawing = draw_frontier(pane(point(lowest, 50), point(highest, 50)))
    across = ticks(drawing, across=True)
    unit = (FRAME["right"] - FRAME["left"]) / (end - start)
    assert across[0] == pytest.approx(FRAME["left"] + unit * (0 - start), abs=ROUNDED)
    assert across[100] == pytest.approx(FRAME["left"] + unit * (100 - start), abs=ROUNDED)


def test_a_marked_package_widens_the_scale_too() -> None:
    drawing = draw_frontier(pane(point(50, 50), flags=((130.0, -20.0),)))
    assert ticks(drawing, across=True)[100] < FRAME["right"] - 50
    assert ticks(drawing, across=False)[0] < FRAME["bottom"] - 20


def test_values_are_taken_from_the_axes_that_the_pane_names() -> None:
    many = FrontierPoint(picks={}, values=(10.0, 0.0, 90.0), ties=1, breaks=())
    drawing = draw_frontier(replace(pane(many), axes=(2, 0)))
    (x, y) = place(found(drawing, "point")[0])
    assert x == pytest.approx(34 + 318 * 0.9, abs=ROUNDED)
    assert y == pytest.approx(262 - 242 * 0.1, abs=ROUNDED)


@given(pairs, pairs)
def test_a_point_lies_in_the_shaded_part_exactly_if_both_have_their_walk_away(
    values: Pair, floors: Pair
) -> None:
    assume(all(abs(v - f) > 0.1 for v, f in zip(values, floors, strict=True)))
    drawing = draw_frontier(pane(point(*values), walk_aways=floors))
    (zone,) = found(drawing, "zone")
    left, top = float(zone["x"]), float(zone["y"])
    right, bottom = left + float(zone["width"]), top + float(zone["height"])
    x, y = place(found(drawing, "point")[0])
    inside = left <= x <= right + 2 * ROUNDED and top <= y <= bottom + 2 * ROUNDED
    assert inside == all(v > f for v, f in zip(values, floors, strict=True))


@pytest.mark.parametrize(
    ("walk_aways", "lines", "shaded"),
    [
        ((40.0, 25.0), 2, ("161.2", "20", "190.8", "181.5")),
        ((None, 25.0), 1, ("34", "20", "318", "181.5")),
        ((40.0, None), 1, ("161.2", "20", "190.8", "242")),
        ((None, None), 0, ("34", "20", "318", "242")),
        ((0.0, 0.0), 2, ("34", "20", "318", "242")),
    ],
)
def test_a_walk_away_that_nobody_gave_is_no_line_and_leaves_nothing_out(
    walk_aways: tuple[float | None, float | None], lines: int, shaded: tuple[str, ...]
) -> None:
    drawing = draw_frontier(pane(point(50, 50), walk_aways=walk_aways))
    assert len(found(drawing, "walk-away")) == lines
    (zone,) = found(drawing, "zone")
    assert tuple(zone[k] for k in ("x", "y", "width", "height")) == shaded


def test_each_walk_away_runs_along_the_edge_of_what_is_shaded() -> None:
    drawing = draw_frontier(pane(point(50, 50)))
    (zone,) = found(drawing, "zone")
    across, up = found(drawing, "walk-away")
    assert (across["x1"], across["x2"], across["y1"], across["y2"]) == (
        zone["x"],
        zone["x"],
        "20",
        "262",
    )
    edge = float(zone["y"]) + float(zone["height"])
    assert (up["x1"], up["x2"]) == ("34", "352")
    assert float(up["y1"]) == float(up["y2"]) == edge


@pytest.mark.parametrize(("count", "size"), [(1, "3"), (FEW, "3"), (FEW + 1, "2"), (DRAWN, "2")])
def test_many_points_are_drawn_smaller(count: int, size: str) -> None:
    drawing = draw_frontier(pane(*(point(n / 10, 50) for n in range(count))))
    drawn = found(drawing, "point")
    assert len(drawn) == count
    assert {a["r"] for a in drawn} == {size}


@pytest.mark.parametrize("count", [DRAWN + 1, 2 * DRAWN, 2 * DRAWN + 1, 5000])
def test_of_very_many_points_an_even_part_is_drawn(count: int) -> None:
    drawing = draw_frontier(pane(*(point(100 * n / count, 0) for n in range(count))))
    drawn = sorted(place(a)[0] for a in found(drawing, "point"))
    assert DRAWN / 2 <= len(drawn) <= DRAWN
    steps = [b - a for a, b in itertools.pairwise(drawn)]
    # Both ends of a step are written in tenths.
    assert max(steps) - min(steps) <= 4 * ROUNDED
    assert drawn[0] == FRAME["left"]
    assert drawn[-1] > FRAME["right"] - 2 * max(steps)


@given(st.lists(st.tuples(shares, shares, st.booleans()), max_size=20))
def test_a_demand_that_is_broken_makes_a_point_hollow_and_nothing_else_does(
    given_points: list[tuple[float, float, bool]],
) -> None:
    drawing = draw_frontier(pane(*(point(x, y, *["d"] * broken) for x, y, broken in given_points)))
    assert len(found(drawing, "hollow")) == sum(broken for *_, broken in given_points)
    assert len(found(drawing, "point")) == len(given_points)


def test_without_points_there_are_still_axes_and_walk_aways() -> None:
    drawing = draw_frontier(pane())
    assert found(drawing, "point") == []
    assert len(found(drawing, "walk-away")) == 2
    assert tuple(ticks(drawing, across=True)) == (0, 25, 50, 75, 100)


@given(st.lists(pairs, min_size=1, max_size=10))
def test_a_flag_marks_its_package_and_its_letter_stands_beside(flags: list[Pair]) -> None:
    drawing = draw_frontier(pane(point(50, 50), flags=tuple(flags)))
    marks, badges = found(drawing, "flag"), found(drawing, "badge")
    leaders, letters = found(drawing, "leader"), found(drawing, "on-badge")
    assert len(marks) == len(badges) == len(leaders) == len(letters) == len(flags)
    for (x, y), mark, badge, leader, letter in zip(
        flags, marks, badges, leaders, letters, strict=True
    ):
        at = (34 + 318 * x / 100, 262 - 242 * y / 100)
        middle = (float(mark["x"]) + 3.5, float(mark["y"]) + 3.5)
        assert math.dist(middle, at) <= 2 * ROUNDED
        assert math.dist((float(leader["x1"]), float(leader["y1"])), at) <= 2 * ROUNDED
        assert (leader["x2"], leader["y2"]) == (badge["cx"], badge["cy"])
        assert letter["x"] == badge["cx"]
        assert float(letter["y"]) == pytest.approx(float(badge["cy"]) + 4, abs=2 * ROUNDED)


@given(st.lists(pairs, min_size=1, max_size=10))
def test_no_letter_of_a_flag_leaves_the_axes(flags: list[Pair]) -> None:
    drawing = draw_frontier(pane(point(50, 50), flags=tuple(flags)))
    for badge in found(drawing, "badge"):
        x, y = place(badge)
        assert FRAME["left"] + 8.5 < x < FRAME["right"] - 8.5
        assert FRAME["top"] + 21 < y < FRAME["bottom"] - 8.5


@given(st.lists(st.tuples(st.floats(20, 80), st.floats(35, 65)), min_size=2, max_size=4))
def test_letters_of_four_flags_cover_neither_each_other_nor_a_mark(flags: list[Pair]) -> None:
    """Away from the edges that is certain: of the eight places 52 units from a mark all lie inside.

    They are 39.8 units apart and a letter or mark takes 13.4 around it, so each takes one at most;
    four flags have three other marks and three other letters.
    """
    drawing = draw_frontier(pane(point(50, 50), flags=tuple(flags)))
    badges = [place(a) for a in found(drawing, "badge")]
    marks = [(float(a["x"]) + 3.5, float(a["y"]) + 3.5) for a in found(drawing, "flag")]
    room = 10 + width_of("A") / 2 - 4 * ROUNDED
    for n, badge in enumerate(badges):
        assert all(math.dist(badge, other) > room for other in [*badges[:n], *marks])


def test_a_lone_letter_stands_up_and_to_the_right_if_it_can() -> None:
    drawing = draw_frontier(pane(point(50, 50), flags=((50.0, 50.0),)))
    (badge,) = found(drawing, "badge")
    x, y = place(badge)
    assert [x - 193, y - 141] == pytest.approx([11.3, -11.3], abs=0.1)


def test_names_of_parties_that_are_too_long_are_cut_and_stay_inside() -> None:
    drawing = draw_frontier(replace(pane(point(50, 50)), names=("W" * 90, "E " * 90)))
    shown = [text for text in said(drawing) if "Value to" in text]
    assert len(shown) == 2
    assert all("…" in text or len(text) < 60 for text in shown)
    assert all(width_of(text) < WIDTH for text in shown)


def test_the_axis_of_the_first_name_lies_below_and_that_of_the_second_at_the_side() -> None:
    shown = said(draw_frontier(pane(point(50, 50))))
    across, up = shown["Value to West →"], shown["↑ Value to East"]
    assert float(across["y"]) > FRAME["bottom"]
    assert (across["x"], across["text-anchor"]) == ("352", "end")
    assert float(up["y"]) < FRAME["top"]
    assert "text-anchor" not in up


def test_what_is_shaded_is_said_in_words() -> None:
    assert "both above their walk-away" in said(draw_frontier(pane(point(50, 50))))


def test_points_lie_over_the_shade_and_flags_over_points() -> None:
    drawing = draw_frontier(pane(point(50, 50), flags=((60.0, 60.0),)))
    classes = [dict(s.attributes).get("class", "") for s in drawing.children
               if isinstance(s, Element)]  # fmt: skip
    assert classes.index("zone") < classes.index("point") < classes.index("leader")


def test_where_no_place_is_free_the_one_farthest_from_the_others_is_taken() -> None:
    at = (190.0, 140.0)
    crowd = [
        (x, y) for x in range(100, 290, 14) for y in range(50, 230, 14) if (x, y) != (240, 204)
    ]
    near = _free(at, [(float(x), float(y)) for x, y in crowd], 40.0)
    alone = min(math.dist(near, other) for other in crowd)
    offered = [
        (at[0] + r * math.cos(n * math.pi / 4), at[1] - r * math.sin(n * math.pi / 4))
        for r in (16, 26, 38, 52, 70)
        for n in range(8)
    ]
    assert alone == max(min(math.dist(p, other) for other in crowd) for p in offered)

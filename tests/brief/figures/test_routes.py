"""Where states stand, and how arrows get past them."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodoffices.brief.figures.routes import FEW, RADIUS, Place, Route, place_spots, route
from goodoffices.brief.figures.svg import WIDTH


@given(st.lists(st.booleans(), min_size=1, max_size=60), st.data())
def test_no_state_covers_another(named: list[bool], data: st.DataObject) -> None:
    places = st.integers(0, len(named) - 1)
    pairs = data.draw(st.lists(st.tuples(places, places), max_size=80))
    spots, height = place_spots(named, pairs)
    for n, one in enumerate(spots):
        assert RADIUS <= one[0] <= WIDTH - RADIUS
        assert RADIUS <= one[1] <= height - RADIUS
        assert all(math.dist(one, other) >= 2 * RADIUS + 4 for other in spots[:n])


def test_the_status_quo_stands_at_the_top_and_what_it_leads_to_below() -> None:
    (first, *rest), _ = place_spots([False] * 4, [(0, 1), (2, 1), (2, 3)])
    heights = [y for _, y in rest]
    assert first[1] < min(heights)
    assert heights == sorted(heights)


def test_states_that_no_arrow_joins_stand_last() -> None:
    spots, _ = place_spots([False] * 3, [(0, 2)])
    assert spots[1][1] > spots[2][1]


def test_an_arrow_bends_around_a_state_that_stands_between() -> None:
    places = [(180.0, 30.0), (180.0, 90.0), (180.0, 150.0)]
    way = route(0, 2, places, [])
    assert all(math.dist(way.at(n / 20), places[1]) > RADIUS for n in range(21))
    assert route(0, 1, places, []).control[0] == 180.0


def test_two_arrows_between_the_same_states_do_not_lie_on_each_other() -> None:
    places = [(60.0, 60.0), (300.0, 60.0)]
    there = route(0, 1, places, [])
    back = route(1, 0, places, [there])
    assert math.dist(there.at(0.5), back.at(0.5)) > 8


def test_an_arrow_starts_and_ends_at_the_rims() -> None:
    places = [(60.0, 60.0), (300.0, 60.0)]
    way = route(0, 1, places, [])
    assert math.dist(way.start, places[0]) == pytest.approx(RADIUS + 2)
    assert math.dist(way.end, places[1]) == pytest.approx(RADIUS + 2)


numbers = st.floats(-100, 100)
places = st.tuples(numbers, numbers)
routes = st.builds(Route, start=places, control=places, end=places)


@given(routes, st.floats(0, 1))
def test_an_arc_is_the_parabola_through_its_control_point(way: Route, time: float) -> None:
    """By de Casteljau: between the points that lie so far along both legs, so far again."""

    def between(a: Place, b: Place) -> Place:
        return a[0] + time * (b[0] - a[0]), a[1] + time * (b[1] - a[1])

    there = between(between(way.start, way.control), between(way.control, way.end))
    assert way.at(time) == pytest.approx(there, abs=1e-9)
    assert way.at(0) == way.start
    assert way.at(1) == way.end


@given(routes, st.floats(0.05, 0.95))
def test_an_arc_heads_where_it_goes_next(way: Route, time: float) -> None:
    step = 1e-4
    (x0, y0), (x1, y1) = way.at(time - step), way.at(time + step)
    moved = math.hypot(x1 - x0, y1 - y0)
    assume(moved > 1e-3)
    heading = way.heading(time)
    assert math.hypot(*heading) == pytest.approx(1)
    # On a parabola the chord around a time has exactly the direction at that time.
    assert heading == pytest.approx(((x1 - x0) / moved, (y1 - y0) / moved), abs=1e-6)


def test_an_arc_that_goes_nowhere_has_a_heading_of_nothing_and_no_fault() -> None:
    still = Route(start=(1.0, 2.0), control=(1.0, 2.0), end=(1.0, 2.0))
    assert still.heading(0.5) == (0.0, 0.0)


def steps_from_first(count: int, pairs: list[tuple[int, int]]) -> list[float]:
    """Return how many arrows away from the first each state is: Floyd and Warshall's algorithm."""
    away = [[0.0 if a == b else math.inf for b in range(count)] for a in range(count)]
    for a, b in pairs:
        if a != b:
            away[a][b] = away[b][a] = 1.0
    for k in range(count):
        for a in range(count):
            for b in range(count):
                away[a][b] = min(away[a][b], away[a][k] + away[k][b])
    return away[0]


@given(st.integers(1, 22), st.data())
def test_states_further_away_stand_lower_and_no_row_is_too_long(
    count: int, data: st.DataObject
) -> None:
    ends = st.integers(0, count - 1)
    pairs = data.draw(st.lists(st.tuples(ends, ends), max_size=30))
    spots, height = place_spots([False] * count, pairs)
    away = steps_from_first(count, pairs)
    for a in range(count):
        for b in range(count):
            if away[a] < away[b]:
                assert spots[a][1] < spots[b][1]
    rows = [[x for x, y in spots if y == level] for level in {y for _, y in spots}]
    assert max(map(len, rows)) <= (6 if count <= FEW else 7)
    for row in rows:
        # Evenly over the width, half a gap at each end.
        assert sorted(row) == pytest.approx([WIDTH * (n + 0.5) / len(row) for n in range(len(row))])
    assert spots[0] == (WIDTH / 2, 32.0)
    assert max(y for _, y in spots) < height


@pytest.mark.parametrize(
    ("layer", "lengths"), [(6, [6]), (7, [4, 3]), (12, [6, 6]), (13, [5, 5, 3]), (15, [5, 5, 5])]
)
def test_a_layer_that_is_too_long_is_broken_into_rows_of_about_the_same_length(
    layer: int, lengths: list[int]
) -> None:
    spots, _ = place_spots([False] * (layer + 1), [(0, n) for n in range(1, layer + 1)])
    levels = sorted({y for _, y in spots[1:]})
    assert [sum(y == level for _, y in spots) for level in levels] == lengths


def test_few_states_stand_further_apart_than_many() -> None:
    few, _ = place_spots([False] * FEW, [])
    many, _ = place_spots([False] * (FEW + 1), [])
    assert few[1][1] - few[0][1] == 64
    assert many[1][1] - many[0][1] == 42


def test_among_many_states_a_name_makes_room_below_its_row_only() -> None:
    named = [False] * 20
    named[3] = True
    (first, *rest), height = place_spots(named, [(0, n) for n in range(1, 20)])
    levels = sorted({y for _, y in rest})
    assert levels[0] - first[1] == 42
    assert levels[1] - levels[0] == 42 + 34
    assert levels[2] - levels[1] == 42
    # A name in the last row leaves room for its lines below it.
    named[19] = True
    assert place_spots(named, [(0, n) for n in range(1, 20)])[1] == height + 28


def test_the_name_of_the_status_quo_stands_above_it_and_needs_no_room_below() -> None:
    unnamed = place_spots([False] * 20, [])
    assert place_spots([True] + [False] * 19, []) == unnamed


def test_a_state_stands_below_those_it_is_joined_to() -> None:
    """Of the second row, the first state is joined to the right one of those above it."""
    spots, _ = place_spots([False] * 5, [(0, 1), (0, 2), (2, 3), (1, 4)])
    assert spots[1][0] < spots[2][0]
    assert spots[3][0] > spots[4][0]


def blocked(way: Route, others: list[Place]) -> bool:
    return any(math.dist(way.at(n / 12), p) < RADIUS + 4 for p in others for n in range(1, 12))


@given(st.lists(st.tuples(st.integers(1, 8), st.integers(1, 8)), min_size=2, max_size=9))
def test_an_arrow_is_straight_wherever_nothing_stands_in_its_way(
    grid: list[tuple[int, int]],
) -> None:
    places = [(40.0 * x, 40.0 * y) for x, y in dict.fromkeys(grid)]
    assume(len(places) > 1)
    way = route(0, 1, places, [])
    middle = tuple((a + b) / 2 for a, b in zip(places[0], places[1], strict=True))
    straight = Route(start=way.start, control=(middle[0], middle[1]), end=way.end)
    toward = Route(start=places[0], control=(middle[0], middle[1]), end=places[1])
    if not blocked(toward, places[2:]) and not blocked(straight, places[2:]):
        assert way.control == pytest.approx(middle)


@pytest.mark.parametrize(("x", "side"), [(8.0, 1), (352.0, -1)])
def test_an_arrow_at_the_edge_bends_away_from_it(x: float, side: int) -> None:
    places = [(x, 30.0), (x, 90.0), (x, 150.0)]
    way = route(0, 2, places, [])
    assert side * (way.at(0.5)[0] - x) > RADIUS
    assert all(0 < way.at(n / 20)[0] < WIDTH for n in range(21))


def test_an_arrow_at_the_top_bends_down() -> None:
    places = [(60.0, 20.0), (180.0, 20.0), (300.0, 20.0)]
    assert route(0, 2, places, []).at(0.5)[1] > 20 + RADIUS


def test_many_arrows_between_the_same_states_all_lie_apart() -> None:
    places = [(60.0, 100.0), (300.0, 100.0)]
    taken: list[Route] = []
    for _ in range(5):
        taken.append(route(0, 1, places, taken))
    middles = [way.at(0.5) for way in taken]
    assert all(math.dist(a, b) >= 9 for n, a in enumerate(middles) for b in middles[:n])
    # The least bend first, and by turns to either side.
    assert [way.control for way in taken] == [(180, 100 + bend) for bend in (0, -28, 28, -56, 56)]

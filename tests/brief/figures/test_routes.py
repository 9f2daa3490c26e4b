"""Where states stand, and how arrows get past them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.brief.figures.routes import RADIUS, place_spots, route
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

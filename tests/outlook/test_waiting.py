from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodoffices.deals.share import Share, exact, share
from goodoffices.errors import ModelError
from goodoffices.outlook.bands import Band
from goodoffices.outlook.waiting import (
    Fading,
    Opening,
    Pressure,
    arrival,
    eased,
    fade,
    opening,
    waiting,
)

Floats = NDArray[np.float64]


# What fades.


def test_half_is_left_after_a_half_life_and_a_quarter_after_two() -> None:
    found = fade(Fading(what="stocks", amount=800, half_life=4, unit="t"), weeks=8)
    assert found.left.central[[0, 4, 8]].tolist() == [800.0, 400.0, 200.0]
    assert (found.what, found.unit) == ("stocks", "t")


def test_the_coming_week_takes_the_most() -> None:
    found = fade(Fading(what="stocks", amount=100, half_life=1), weeks=3)
    assert found.this_week == Band(low=50.0, central=50.0, high=50.0)
    assert np.diff(found.left.central).tolist() == [-50.0, -25.0, -12.5]


def test_what_does_not_fade_costs_nothing() -> None:
    found = fade(Fading(what="title", amount=1, half_life=math.inf, worth=30), weeks=4)
    assert found.left.central.tolist() == [1.0] * 5
    assert found.lost is not None
    assert found.lost.central.tolist() == [0.0] * 5


def test_points_are_lost_in_step_with_what_is_gone() -> None:
    found = fade(Fading(what="harvest", amount=1, half_life=2, worth=20), weeks=4)
    assert found.lost is not None
    assert found.lost.central[[0, 2, 4]].tolist() == [0.0, 10.0, 15.0]


def test_what_has_no_worth_costs_no_points() -> None:
    assert fade(Fading(what="harvest", amount=1, half_life=2), weeks=1).lost is None


def test_people_have_no_worth() -> None:
    with pytest.raises(ModelError, match="hostages: harm to people has no price"):
        Fading(what="hostages", amount=60, half_life=30, worth=10, of_people=True)


def test_of_people_only_the_number_left_is_shown() -> None:
    found = fade(Fading(what="hostages", amount=64, half_life=8, of_people=True), weeks=8)
    assert found.of_people
    assert found.lost is None
    assert found.left.central[-1] == 32.0


def test_uncertain_half_lives_give_a_band() -> None:
    """Left after 4 weeks: 2^(-4/h), in the order of the half-lives."""
    halves = np.linspace(2, 8, 101)
    found = fade(Fading(what="stocks", amount=1, half_life=halves), weeks=4)
    expected = np.quantile(2 ** (-4 / halves), [0.05, 0.5, 0.95])
    left = found.left
    np.testing.assert_allclose([left.low[4], left.central[4], left.high[4]], expected)
    assert found.left.low[0] == found.left.high[0] == 1.0


@pytest.mark.parametrize(
    ("amount", "half_life"), [(-1.0, 4.0), (1.0, 0.0), (1.0, -2.0), ([1.0, -1.0], [2.0, 2.0])]
)
def test_amounts_and_half_lives_that_make_no_sense_are_refused(
    amount: float, half_life: float
) -> None:
    with pytest.raises(ValueError, match="stocks: an amount of 0 or more and a half-life above 0"):
        fade(Fading(what="stocks", amount=amount, half_life=half_life), weeks=1)


def test_no_time_is_no_wait() -> None:
    with pytest.raises(ValueError, match="0 weeks are no time to wait"):
        fade(Fading(what="stocks", amount=1, half_life=1), weeks=0)


# Pressure.


def test_a_walk_away_falls_with_the_weeks_up_to_a_bound() -> None:
    found = eased([Pressure(by="families", on="west", per_week=2, most=5)], weeks=4)
    assert found["west"].tolist() == [[0.0, 2.0, 4.0, 5.0, 5.0]]


def test_pressure_may_begin_later() -> None:
    found = eased([Pressure(by="families", on="west", per_week=2, first_week=2)], weeks=4)
    assert found["west"].tolist() == [[0.0, 0.0, 0.0, 2.0, 4.0]]


def test_a_constituency_may_press_its_side_to_hold_out() -> None:
    found = eased([Pressure(by="settlers", on="west", per_week=-1, most=2)], weeks=4)
    assert found["west"].tolist() == [[0.0, -1.0, -2.0, -2.0, -2.0]]


def test_pressures_on_one_party_add_up_and_parties_are_kept_apart() -> None:
    found = eased(
        [
            Pressure(by="families", on="west", per_week=3),
            Pressure(by="settlers", on="west", per_week=-1),
            Pressure(by="traders", on="east", per_week=0.5),
        ],
        weeks=2,
    )
    assert found["west"].tolist() == [[0.0, 2.0, 4.0]]
    assert found["east"].tolist() == [[0.0, 0.5, 1.0]]


def test_the_same_constituency_may_press_two_parties() -> None:
    found = eased([Pressure(by="traders", on=who, per_week=1) for who in ("a", "b")], weeks=1)
    assert found["a"].tolist() == found["b"].tolist() == [[0.0, 1.0]]


def test_uncertain_pressure_moves_each_draw_on_its_own() -> None:
    found = eased([Pressure(by="x", on="w", per_week=[0.0, 1.0], most=[9.0, 1.5])], weeks=2)
    assert found["w"].tolist() == [[0.0, 0.0, 0.0], [0.0, 1.0, 1.5]]


def test_without_pressure_no_walk_away_moves() -> None:
    assert eased([], weeks=3) == {}


def test_a_bound_below_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="families: a bound on its pressure is 0 or more"):
        eased([Pressure(by="families", on="west", per_week=1, most=-1)], weeks=1)


def test_draws_that_do_not_fit_name_the_constituency() -> None:
    pressures = [
        Pressure(by="families", on="west", per_week=[1.0, 2.0]),
        Pressure(by="traders", on="west", per_week=[1.0, 2.0, 3.0]),
    ]
    with pytest.raises(ValueError, match="families"):
        eased(pressures, weeks=1)


def test_waiting_shows_everything_week_by_week_in_its_own_unit() -> None:
    found = waiting(
        [Fading(what="aid", amount=8, half_life=1), Fading(what="trust", amount=1, half_life=2)],
        [Pressure(by="families", on="west", per_week=2)],
        weeks=2,
    )
    assert [one.what for one in found.fades] == ["aid", "trust"]
    assert found.fades[0].left.central.tolist() == [8.0, 4.0, 2.0]
    assert found.eased["west"].central.tolist() == [0.0, 2.0, 4.0]
    assert found.weeks == 2


# When pressure arrives.


def test_pressure_arrives_in_the_first_week_in_which_it_is_enough() -> None:
    falls = eased([Pressure(by="x", on="w", per_week=2)], weeks=10)["w"]
    assert [arrival(shift, falls).weeks.central for shift in (4.0, 4.1, 20.0)] == [2.0, 3.0, 10.0]


def test_no_shift_is_needed_now() -> None:
    assert arrival(0.0, np.zeros((4, 3))).weeks == Band(low=0.0, central=0.0, high=0.0)


def test_pressure_that_never_arrives_says_so() -> None:
    falls = eased([Pressure(by="x", on="w", per_week=[0.0] * 6 + [1.0] * 4)], weeks=8)["w"]
    found = arrival(5.0, falls)
    assert found.reached == share(4, 10)
    assert found.weeks.low == 5.0
    assert found.weeks.central == found.weeks.high == math.inf
    assert (found.shift, found.within) == (5.0, 8)


def test_a_tenth_of_a_point_ten_times_is_a_point() -> None:
    """0.1 ten times adds up to a little less than 1 in binary arithmetic."""
    falls = np.concatenate(([0.0], np.cumsum(np.full(10, 0.1))))
    assert falls[-1] < 1
    assert arrival(1.0, falls).weeks.central == 10.0


# How much pressure opens a zone.


def line(per_point: float) -> Callable[[float], Share]:
    return lambda d: exact(min(per_point * d, 1.0))


def test_the_smallest_fall_that_opens_a_zone_is_found() -> None:
    found = opening(line(1 / 32), target=0.5, most=64, step=0.5)
    assert (found.shift, found.low, found.high) == (16.0, 16.0, 16.0)
    assert (found.now.value, found.then.value) == (0.0, 0.5)


def test_a_fall_between_two_steps_is_rounded_up() -> None:
    found = opening(line(1 / 32), target=0.51, most=64, step=0.5)
    assert found.shift == 16.5
    assert found.then.value >= 0.51


def test_a_zone_that_is_open_already_needs_no_fall() -> None:
    found = opening(lambda d: exact(0.7), target=0.5)
    assert found.shift == 0.0
    assert found.now == found.then


def test_what_no_fall_opens_says_how_far_it_gets() -> None:
    found = opening(line(1 / 1000), target=0.5, most=100)
    assert found.shift is None
    assert (found.low, found.high) == (None, None)
    assert found.then.value == pytest.approx(0.1)


def test_most_is_no_further_than_the_steps_reach() -> None:
    assert opening(line(1.0), target=1.0, most=2.9, step=0.5).most == 2.5


def sampled(needs: Floats) -> Callable[[float], Share]:
    """Return P(zone) over draws that need so many points each."""
    return lambda d: share(int((needs <= d).sum()), len(needs))


def test_an_error_of_the_zone_is_an_interval_of_the_fall() -> None:
    """400 draws need 0 to 40 points, spread evenly: the median is 20, known to about 2 points."""
    found = opening(sampled(np.linspace(0, 40, 400)), target=0.5, most=50, step=0.5)
    assert found.low is not None
    assert found.shift == pytest.approx(20, abs=0.5)
    assert found.high is not None
    assert found.low == pytest.approx(18, abs=0.6)
    assert found.high == pytest.approx(22, abs=0.6)


def test_the_upper_end_may_stay_out_of_reach() -> None:
    found = opening(sampled(np.linspace(0, 40, 50)), target=0.95, most=39, step=1)
    assert found.low is not None
    assert found.shift is not None
    assert found.high is None


def by_scanning(zone: Callable[[float], Share], found: Opening) -> list[float | None]:
    """Return shift, low and high by looking at every step in turn."""
    steps = [k * found.step for k in range(round(found.most / found.step) + 1)]
    reaches: list[Callable[[Share], float]] = [
        lambda s: s.value,
        lambda s: s.high,
        lambda s: s.low,
    ]
    return [next((d for d in steps if r(zone(d)) >= found.target), None) for r in reaches]


@given(
    st.lists(st.floats(0, 60), min_size=5, max_size=40),
    st.floats(0.05, 0.95),
    st.sampled_from([0.5, 1.0, 7.0]),
)
def test_the_search_agrees_with_looking_at_every_step(
    needs: list[float], target: float, step: float
) -> None:
    zone = sampled(np.array(needs))
    found = opening(zone, target=target, most=50, step=step)
    assert [found.shift, found.low, found.high] == by_scanning(zone, found)


def test_no_fall_is_asked_for_twice() -> None:
    asked: list[float] = []

    def zone(d: float) -> Share:
        asked.append(d)
        return share(int(8 * d), 1000)

    opening(zone, target=0.5, most=100, step=0.5)
    assert len(asked) == len(set(asked))
    assert len(asked) <= 3 * math.ceil(math.log2(201)) + 2


def test_a_zone_that_shrinks_is_a_contradiction() -> None:
    with pytest.raises(ModelError, match=r"P\(zone\) falls from 0.9 to 0.6 as the walk-away falls"):
        opening(lambda d: exact(0.6 if d > 50 else 0.9), target=0.95)


def test_noise_within_the_error_is_no_contradiction() -> None:
    found = opening(lambda d: share(50 - int(d > 50), 100), target=0.9)
    assert found.shift is None


@pytest.mark.parametrize(
    ("target", "most", "step"), [(0.0, 10, 1), (1.5, 10, 1), (0.5, 10, 0), (0.5, 1, 2)]
)
def test_searches_that_make_no_sense_are_refused(target: float, most: float, step: float) -> None:
    with pytest.raises(ValueError, match="makes no search"):
        opening(line(1.0), target=target, most=most, step=step)

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.errors import ModelError
from goodoffices.outlook.scale import (
    NEAR,
    Blend,
    Distribution,
    Interval,
    compromise,
    concentration,
    positions_held,
    predict,
    spaced,
    within_range,
)

Floats = NDArray[np.float64]

ONLY_SETTLED = Blend(within=0.0, anywhere=0.0)
ONLY_WITHIN = Blend(within=1.0, anywhere=0.0)
ONLY_ANYWHERE = Blend(within=0.0, anywhere=1.0)


def distribution(grid: list[float], pmf: list[float]) -> Distribution:
    return Distribution(grid=np.array(grid), pmf=np.array(pmf))


# How concentrated the positions are.


def test_concentration_is_the_chance_that_two_parts_of_the_salience_stand_together() -> None:
    """Shares of 1/2, 1/4 and 1/4 at three places far apart: 1/4 + 1/16 + 1/16."""
    assert concentration([0, 50, 100], [2, 1, 1]).tolist() == [0.375]


def test_actors_in_one_place_count_as_one() -> None:
    apart = concentration([0, 100, 100], [2, 1, 1])
    assert apart.tolist() == concentration([0, 100], [1, 1]).tolist() == [0.5]


def test_agreement_is_full_concentration() -> None:
    assert concentration([70, 70, 70], [1, 2, 1]).tolist() == [1.0]


@pytest.mark.parametrize(("apart", "expected"), [(0, 1.0), (5, 0.75), (NEAR, 0.5), (40, 0.5)])
def test_neighbours_count_as_together_in_part(apart: float, expected: float) -> None:
    """Two alike: C = 1/2 + (1 - apart / 10) / 2, and 1/2 from 10 points on."""
    assert concentration([20, 20 + apart], [1, 1]).tolist() == [expected]


def test_concentration_of_each_draw_is_its_own() -> None:
    assert concentration([[0, 100], [50, 50]], [1, 1]).tolist() == [0.5, 1.0]


# Compromise.


def test_a_compromise_is_as_likely_below_its_centre_as_above() -> None:
    """Mean 25, middle of the range 50: pulled halfway, to 37.5."""
    assert compromise([0, 100], [75, 25], [37.5], pull=0.5, width=0.1).tolist() == [[0.5]]


@pytest.mark.parametrize(("pull", "centre"), [(0.0, 25.0), (1.0, 50.0)])
def test_the_pull_leads_from_the_weighted_mean_to_the_middle_of_the_range(
    pull: float, centre: float
) -> None:
    assert compromise([0, 100], [75, 25], [centre], pull=pull, width=0.1).tolist() == [[0.5]]


def test_a_compromise_is_logistic_around_its_centre() -> None:
    """Centre 50, scale 0.1 times the range of 100: 1 / (1 + e^-t) at t spreads."""
    found = compromise([0, 100], [1, 1], [30, 60, 80], pull=0.5, width=0.1)
    expected = [1 / (1 + math.exp(-t)) for t in (-2, 1, 3)]
    np.testing.assert_allclose(found[0], expected, atol=1e-15)


def test_a_compromise_is_as_wide_as_the_positions_lie_apart() -> None:
    near = compromise([40, 60], [1, 1], [55], pull=0.5, width=0.1)
    far = compromise([0, 100], [1, 1], [75], pull=0.5, width=0.1)
    assert near[0, 0] == pytest.approx(far[0, 0])


def test_positions_that_agree_still_leave_a_least_width() -> None:
    found = compromise([50, 50], [1, 1], [50 + NEAR / 10], pull=0.5, width=0.1)
    assert found[0, 0] == pytest.approx(1 / (1 + math.exp(-1)))


def test_who_does_not_care_does_not_stretch_the_range() -> None:
    with_it = compromise([0, 40, 100], [1, 1, 0], [30], pull=1.0, width=0.1)
    assert with_it.tolist() == compromise([0, 40], [1, 1], [30], pull=1.0, width=0.1).tolist()


def test_a_compromise_far_from_an_edge_overflows_nowhere() -> None:
    found = compromise([50], [1], [0.5, 99.5], pull=0.0, width=1e-6)
    assert found.tolist() == [[0.0, 1.0]]


# Positions held, and the range between them.


def test_each_position_counts_by_its_share_of_the_salience() -> None:
    found = positions_held([0, 50, 50, 100], [40, 20, 10, 10], [25, 75])
    assert found.tolist() == [[0.5, 0.875]]


def test_a_position_on_an_edge_counts_half_for_each_side() -> None:
    assert positions_held([25, 100], [1, 1], [25, 75]).tolist() == [[0.25, 0.5]]


def test_the_range_is_spread_evenly_between_the_outermost_positions() -> None:
    assert within_range([20, 60, 50], [1, 1, 1], [10, 30, 50, 70]).tolist() == [[0, 0.25, 0.75, 1]]


def test_an_empty_range_is_still_some_points_wide() -> None:
    assert within_range([40, 40], [1, 2], [30, 37.5, 40, 50]).tolist() == [[0.0, 0.25, 0.5, 1.0]]


# The numbers of the blend.


def test_the_shipped_numbers_are_round() -> None:
    blend = Blend()
    assert (blend.pull, blend.width, blend.within, blend.anywhere) == (0.5, 0.1, 0.15, 0.05)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"pull": -0.1}, "pull -0.1 is a share of 0 to 1"),
        ({"pull": 1.5}, "pull 1.5 is a share of 0 to 1"),
        ({"pull": math.nan}, "pull nan is a share of 0 to 1"),
        ({"width": 0.0}, "width 0.0 above 0"),
        ({"width": math.inf}, "width inf above 0"),
        ({"within": -0.1}, "are not shares of a whole"),
        ({"within": 0.9, "anywhere": 0.2}, "add up to no more than 1"),
        ({"anywhere": math.nan}, "add up to no more than 1"),
    ],
)
def test_numbers_that_make_no_blend_are_refused(wrong: dict[str, float], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Blend(**wrong)


# Predicting, part by part.


def test_what_is_left_to_chance_gives_each_place_all_that_lies_nearest_to_it() -> None:
    found = predict([40, 60], [1, 1], blend=ONLY_ANYWHERE, grid=[0, 50, 100])
    assert found.pmf.tolist() == [0.25, 0.5, 0.25]


def test_what_is_spread_within_the_range_leaves_the_places_beyond_it_out() -> None:
    found = predict([40, 60], [1, 1], blend=ONLY_WITHIN, grid=[0, 40, 60, 100])
    assert found.pmf.tolist() == [0.0, 0.5, 0.5, 0.0]


def test_two_camps_of_equal_weight_share_with_the_compromise_by_halves() -> None:
    """C is 1/2: a quarter at each end, and half around 50, of which 1 / (1 + e^2.5) below 25."""
    found = predict([0, 100], [1, 1], blend=ONLY_SETTLED, grid=[0, 50, 100])
    below = 1 / (1 + math.exp(2.5))
    expected = [0.25 + below / 2, (1 - 2 * below) / 2, 0.25 + below / 2]
    np.testing.assert_allclose(found.pmf, expected, atol=1e-15)


def test_many_places_leave_little_for_each_of_them() -> None:
    few = predict([0, 100], [1, 1], blend=ONLY_SETTLED)
    many = predict(np.linspace(0, 100, 11), [1] * 11, blend=ONLY_SETTLED)
    assert few.pmf[0] > 0.25
    assert many.pmf[0] < 0.02


def test_the_blend_is_the_formula_of_its_docstring() -> None:
    x, s, e = [0, 30, 100], [60, 20, 40], np.arange(100) + 0.5
    blend = Blend(pull=0.2, width=0.3, within=0.25, anywhere=0.125)
    c = concentration(x, s)[0]
    settled = (1 - c) * compromise(x, s, e, pull=0.2, width=0.3) + c * positions_held(x, s, e)
    expected = 0.625 * settled[0] + 0.25 * within_range(x, s, e)[0] + 0.125 * e / 100
    np.testing.assert_allclose(predict(x, s, blend=blend).cdf[:-1], expected, atol=1e-14)


# Predicting, as a whole.


def test_a_prediction_is_never_a_bare_point_even_where_all_agree() -> None:
    """The place takes 80 %, a tenth of the 15 % spread around it, and a hundredth of the rest."""
    found = predict([80, 80, 80], [100, 100, 100])
    assert found.pmf.max() == pytest.approx(0.8155)
    assert (found.pmf > 0).all()
    assert found.interval(0.9).high - found.interval(0.9).low >= 5


def test_a_lone_actor_is_no_certainty_either() -> None:
    assert predict([100], [50]).cdf[-2] == pytest.approx(0.15 * 0.45 + 0.05 * 0.995)


def test_the_default_grid_is_every_whole_point_of_the_scale() -> None:
    found = predict([0, 100], [1, 1])
    assert found.grid.tolist() == list(range(101))
    assert found.pmf.sum() == pytest.approx(1.0, abs=1e-12)


def test_a_grid_of_the_options_says_the_same_as_counting_places_for_options() -> None:
    x, s, options = [0, 25, 100], [50, 30, 20], [0.0, 20.0, 60.0, 100.0]
    direct = predict(x, s, grid=options)
    fine = predict(x, s, grid=np.linspace(0, 100, 2001))
    np.testing.assert_allclose(fine.over(options), direct.pmf, atol=2e-4)


def test_draws_of_uncertain_positions_are_averaged() -> None:
    one, other = predict([0, 100], [1, 1]), predict([50, 100], [1, 1])
    both = predict([[0, 100], [50, 100]], [1, 1])
    np.testing.assert_allclose(both.pmf, (one.pmf + other.pmf) / 2, atol=1e-15)


def test_draws_of_uncertain_saliences_are_averaged() -> None:
    one, other = predict([0, 100], [1, 3]), predict([0, 100], [2, 0])
    both = predict([0, 100], [[1, 3], [2, 0]])
    np.testing.assert_allclose(both.pmf, (one.pmf + other.pmf) / 2, atol=1e-15)


def test_who_does_not_care_does_not_count() -> None:
    with_it = predict([0, 100, 50], [20, 10, 0])
    without = predict([0, 100], [20, 10])
    np.testing.assert_allclose(with_it.pmf, without.pmf, atol=1e-15)


def test_what_more_salience_stands_behind_becomes_more_probable() -> None:
    means = [predict([0, 100], [50, s]).mean for s in (10, 50, 90)]
    assert means == sorted(means)
    assert means[1] == pytest.approx(50.0)


# What can't be predicted from.


@pytest.mark.parametrize(
    ("positions", "saliences", "message"),
    [
        ([0, 101], [1, 1], "a position is a number from 0 to 100"),
        ([-1, 50], [1, 1], "a position is a number from 0 to 100"),
        ([0, math.nan], [1, 1], "leave out who has none"),
        ([0, 100], [1, -1], "a salience is a number at or above 0"),
        ([0, 100], [1, math.nan], "a salience is a number at or above 0"),
        ([0, 100], [1, math.inf], "a salience is a number at or above 0"),
        ([0, 100], [1, 1, 1], "don't fit each other"),
        ([[0, 1], [2, 3]], [[1, 1]] * 3, "don't fit each other"),
        ([[[0, 1]]], [1, 1], "don't fit each other"),
        (["a", "b"], [1, 1], "could not convert"),
    ],
)
def test_positions_and_saliences_that_make_no_sense_are_refused(
    positions: object, saliences: object, message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        predict(positions, saliences)  # type: ignore[arg-type]


@pytest.mark.parametrize(("positions", "saliences"), [([0, 100], [0, 0]), ([], [])])
def test_an_issue_that_nobody_cares_about_has_no_prediction(
    positions: list[float], saliences: list[float]
) -> None:
    with pytest.raises(ModelError, match="nobody with a position cares about the issue"):
        predict(positions, saliences)


@pytest.mark.parametrize("grid", [[50], [0, 0, 100], [100, 0], [-1, 100], [0, 101], [[0, 100]]])
def test_places_that_are_no_scale_are_refused(grid: list[float]) -> None:
    with pytest.raises(ValueError, match="at least two numbers from 0 to 100, ascending"):
        predict([0, 100], [1, 1], grid=grid)


# What a distribution says.


def test_the_mean_weighs_places_by_their_probability() -> None:
    assert distribution([0, 50, 100], [0.25, 0.25, 0.5]).mean == 62.5


def test_the_distribution_function_ends_at_one() -> None:
    assert distribution([0, 50, 100], [0.25, 0.25, 0.5]).cdf.tolist() == [0.25, 0.5, 1.0]


def test_an_interval_is_the_shortest_that_holds_enough() -> None:
    found = distribution([0, 10, 50, 100], [0.4, 0.4, 0.1, 0.1]).interval(0.8)
    assert found == Interval(level=0.8, low=0.0, high=10.0, mass=0.8)


def test_an_interval_need_not_take_in_both_ends() -> None:
    """A central interval would run from 0 to 100, where all of the probability is."""
    found = distribution([0, 50, 100], [0.45, 0.4, 0.15]).interval(0.8)
    assert (found.low, found.high) == (0.0, 50.0)
    assert found.mass == pytest.approx(0.85)


def test_among_equally_short_intervals_the_more_probable_one_is_named() -> None:
    found = distribution([0, 50, 100], [0.2, 0.5, 0.3]).interval(0.6)
    assert (found.low, found.high) == (50.0, 100.0)


def test_among_intervals_that_tie_altogether_the_lowest_is_named() -> None:
    found = distribution([0, 50, 100], [0.25, 0.5, 0.25]).interval(0.7)
    assert (found.low, found.high) == (0.0, 50.0)


def test_one_place_may_be_an_interval() -> None:
    found = distribution([0, 50, 100], [0.1, 0.85, 0.05]).interval(0.8)
    assert found == Interval(level=0.8, low=50.0, high=50.0, mass=0.85)


def test_places_without_probability_are_no_part_of_an_interval() -> None:
    found = distribution([0, 25, 50, 75, 100], [0.0, 0.5, 0.5, 0.0, 0.0]).interval(0.99)
    assert (found.low, found.high) == (25.0, 50.0)


def shortest_by_hand(found: Distribution, level: float) -> float:
    """Return the width of the shortest interval, looking at every pair of places."""
    widths = [
        found.grid[j] - found.grid[i]
        for i in range(len(found.grid))
        for j in range(i, len(found.grid))
        if found.pmf[i : j + 1].sum() >= level - 1e-9
    ]
    return float(min(widths))


@pytest.mark.parametrize("level", [0.1, 0.5, 0.8, 0.9, 0.99])
@pytest.mark.parametrize("positions", [[0, 100], [20, 25, 90], [50, 50]])
def test_the_shortest_interval_agrees_with_looking_at_every_pair(
    positions: list[float], level: float
) -> None:
    found = predict(positions, [30] * len(positions), grid=np.linspace(0, 100, 41))
    interval = found.interval(level)
    assert interval.high - interval.low == shortest_by_hand(found, level)
    inside = (found.grid >= interval.low) & (found.grid <= interval.high)
    assert interval.mass == pytest.approx(found.pmf[inside].sum())


@pytest.mark.parametrize("level", [0.0, 1.0, -0.5, 80])
def test_a_level_is_a_probability(level: float) -> None:
    with pytest.raises(ValueError, match="is not between 0 and 1"):
        predict([0, 100], [1, 1]).interval(level)


# Scores.


def test_a_bare_point_scores_its_distance() -> None:
    point = distribution([0, 40, 100], [0.0, 1.0, 0.0])
    assert [point.crps(y) for y in (40, 0, 100, 47.5)] == [0.0, 40.0, 60.0, 7.5]


@pytest.mark.parametrize(("end", "expected"), [(0, 100 / 3), (50, 25 / 3), (100, 100 / 3)])
def test_an_even_prediction_scores_its_closed_form(end: float, expected: float) -> None:
    """CRPS of a uniform distribution on 0..100 is (y³ + (100 - y)³) / 30000."""
    even = predict([0, 100], [1, 1], blend=ONLY_ANYWHERE, grid=np.linspace(0, 100, 10_001))
    assert even.crps(end) == pytest.approx(expected, abs=1e-6)


def test_a_normal_prediction_scores_its_closed_form() -> None:
    """For a standard normal and y = z sd: sd (z (2 Φ(z) - 1) + 2 φ(z) - 1/sqrt(π))."""
    grid, sd, y = np.linspace(0, 100, 10_001), 5.0, 53.0
    density = np.exp(-(((grid - 50) / sd) ** 2) / 2)
    normal = Distribution(grid=grid, pmf=density / density.sum())
    z = (y - 50) / sd
    phi = math.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    expected = sd * (z * math.erf(z / math.sqrt(2)) + 2 * phi - 1 / math.sqrt(math.pi))
    assert normal.crps(y) == pytest.approx(expected, abs=1e-5)


def crps_by_hand(found: Distribution, end: float) -> float:
    """Return the integral of the squared difference of two step functions, step by step."""
    ends = sorted({*found.grid.tolist(), end})
    total = 0.0
    for low, high in itertools.pairwise(ends):
        below = sum(p for g, p in zip(found.grid, found.pmf, strict=True) if g <= low)
        total += (below - (end <= low)) ** 2 * (high - low)
    return total


@pytest.mark.parametrize("end", [0.0, 12.5, 33.3, 50.0, 99.0, 100.0])
def test_scores_agree_with_the_integral_step_by_step(end: float) -> None:
    found = predict([10, 80], [70, 30], grid=[0, 5, 30, 55, 100])
    assert found.crps(end) == pytest.approx(crps_by_hand(found, end), abs=1e-12)


def test_the_score_of_a_prediction_is_least_on_average_for_what_it_says() -> None:
    """The score is proper: drawing ends from p, no other prediction does better."""
    truth = predict([0, 60, 100], [20, 50, 10], grid=spaced(5))
    others = [predict([0, 100], [1, s], grid=spaced(5)) for s in (1, 2, 5)]

    def expected(said: Distribution) -> float:
        return float(truth.pmf @ [said.crps(place) for place in truth.grid])

    assert all(expected(truth) < expected(other) for other in others)


def test_the_transform_of_what_happened_spans_the_probability_of_its_place() -> None:
    found = distribution([0, 50, 100], [0.25, 0.25, 0.5])
    assert [found.pit(y) for y in (0, 50, 100, 60)] == [
        (0.0, 0.25),
        (0.25, 0.5),
        (0.5, 1.0),
        (0.5, 0.5),
    ]


# Options.


def test_every_place_counts_for_its_nearest_option() -> None:
    found = distribution([0, 30, 70, 100], [0.1, 0.2, 0.3, 0.4]).over([0, 50, 100])
    np.testing.assert_allclose(found, [0.1, 0.5, 0.4])


def test_a_place_between_two_options_counts_half_for_each() -> None:
    found = distribution([0, 25, 100], [0.5, 0.25, 0.25]).over([0, 50, 100])
    assert found.tolist() == [0.625, 0.125, 0.25]


def test_options_that_lie_close_together_share_what_lies_there() -> None:
    found = predict([0, 100], [1, 1]).over([0, 98, 100])
    assert found.sum() == pytest.approx(1.0)
    assert found[0] > found[2] > 0.2


def test_options_that_nobody_placed_are_spaced_evenly() -> None:
    assert spaced(2).tolist() == [0.0, 100.0]
    assert spaced(5).tolist() == [0.0, 25.0, 50.0, 75.0, 100.0]


@pytest.mark.parametrize("options", [0, 1])
def test_fewer_than_two_options_leave_nothing_to_predict(options: int) -> None:
    with pytest.raises(ModelError, match=f"an issue with {options} options has no scale"):
        spaced(options)


# Calibration on made-up issues that the model describes.


def ends_of(issue: Distribution, rng: np.random.Generator, draws: int) -> Floats:
    return rng.choice(issue.grid, size=draws, p=issue.pmf / issue.pmf.sum())


@pytest.mark.parametrize(
    "make",
    [lambda rng: rng.integers(0, 101, 4), lambda rng: rng.choice([0, 50, 100], 6)],
    ids=["anywhere", "three options"],
)
def test_intervals_hold_what_they_promise_where_the_model_is_right(
    make: Callable[[np.random.Generator], Floats],
) -> None:
    """2,000 issues: the share that an interval holds is its mass, give or take 3 errors."""
    rng = np.random.default_rng(7)
    held, promised = 0, 0.0
    for _ in range(100):
        x = make(rng)
        issue = predict(x, rng.uniform(1, 100, len(x)))
        interval = issue.interval(0.8)
        y = ends_of(issue, rng, 20)
        held += int(((interval.low <= y) & (y <= interval.high)).sum())
        promised += 20 * interval.mass
    assert abs(held - promised) / 2000 < 3 * math.sqrt(0.8 * 0.2 / 2000)

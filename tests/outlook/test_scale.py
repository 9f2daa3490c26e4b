from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.errors import ModelError
from goodoffices.outlook.scale import (
    LEAST_SPREAD,
    RESIDUALS,
    Blend,
    Distribution,
    Interval,
    centre_and_spread,
    parts,
    predict,
    residual_cdf,
    residual_quantiles,
    spaced,
)

Floats = NDArray[np.float64]

ONLY_RESIDUALS = Blend(residuals=1.0, positions=0.0, even=0.0)
ONLY_POSITIONS = Blend(residuals=0.0, positions=1.0, even=0.0)
ONLY_EVEN = Blend(residuals=0.0, positions=0.0, even=1.0)
NEVER_OFF = (0.0, 1e-9)


def distribution(grid: list[float], pmf: list[float]) -> Distribution:
    return Distribution(grid=np.array(grid), pmf=np.array(pmf))


# Centre and spread.


def test_the_centre_is_the_mean_of_the_positions_weighted_by_salience() -> None:
    m, d = centre_and_spread([0, 100, 40], [50, 25, 25])
    assert m.tolist() == [35.0]
    assert d[0] == pytest.approx(math.sqrt(0.5 * 35**2 + 0.25 * 65**2 + 0.25 * 5**2))


def test_positions_that_agree_still_leave_a_least_spread() -> None:
    m, d = centre_and_spread([70, 70], [10, 20])
    assert (m.tolist(), d.tolist()) == ([70.0], [LEAST_SPREAD])


def test_each_draw_has_its_own_centre_and_spread() -> None:
    m, d = centre_and_spread([[0, 100], [50, 50]], [1, 1])
    assert m.tolist() == [50.0, 50.0]
    assert d.tolist() == [50.0, LEAST_SPREAD]


# Residuals.


def test_residuals_are_as_often_above_as_below() -> None:
    t = np.linspace(-5, 5, 41)
    found = residual_cdf(t, RESIDUALS)
    np.testing.assert_allclose(found + found[::-1], 1.0, atol=1e-15)
    assert found[20] == 0.5


def test_residuals_are_read_along_straight_lines_between_their_quantiles() -> None:
    """Sizes at 0, 50 and 100 % are 0, 1 and 3: a size of 2 is the 75 % quantile."""
    found = residual_cdf(np.array([-3.0, -2.0, -1.0, 1.0, 2.0, 3.0, 9.0]), (0.0, 1.0, 3.0))
    assert found.tolist() == [0.0, 0.125, 0.25, 0.75, 0.875, 1.0, 1.0]


def test_no_residual_is_smaller_than_the_smallest_size() -> None:
    found = residual_cdf(np.array([-0.5, 0.0, 0.5]), (1.0, 2.0))
    assert found.tolist() == [0.5, 0.5, 0.5]


def test_quantiles_do_not_ask_in_which_direction_residuals_go() -> None:
    assert residual_quantiles([-1, 2, -3, 4]) == residual_quantiles([1, -2, 3, -4])


def test_quantiles_of_predictions_that_were_never_off_still_leave_some_doubt() -> None:
    quantiles = residual_quantiles([0.0, 0.0])
    assert quantiles[:-1] == (0.0,) * 20
    assert quantiles[-1] > 0


def test_the_shipped_residuals_rise_from_almost_nothing_to_several_spreads() -> None:
    assert len(RESIDUALS) == 21
    assert list(RESIDUALS) == sorted(set(RESIDUALS))
    assert RESIDUALS[0] < 0.05
    assert 3 < RESIDUALS[-1] < 5


# Weights.


def test_the_shipped_weights_are_parts_of_a_whole() -> None:
    blend = Blend()
    assert (blend.residuals, blend.positions, blend.even) == (0.65, 0.15, 0.20)


@pytest.mark.parametrize("shares", [(0.5, 0.5, 0.5), (1.5, -0.5, 0.0), (0.3, 0.3, 0.3)])
def test_weights_that_are_no_parts_of_a_whole_are_refused(
    shares: tuple[float, float, float],
) -> None:
    residuals, positions, even = shares
    with pytest.raises(ValueError, match="let them add up to 1"):
        Blend(residuals=residuals, positions=positions, even=even)


# Predicting, part by part.


def test_the_even_part_gives_each_place_all_that_lies_nearest_to_it() -> None:
    found = predict([0, 100], [1, 1], weights=ONLY_EVEN, grid=[0, 50, 100])
    assert found.pmf.tolist() == [0.25, 0.5, 0.25]


def test_the_position_part_gives_each_place_its_share_of_the_salience() -> None:
    found = predict([0, 50, 50, 100], [40, 20, 10, 10], weights=ONLY_POSITIONS, grid=[0, 50, 100])
    assert found.pmf.tolist() == [0.5, 0.375, 0.125]


def test_a_position_between_two_places_counts_half_for_each() -> None:
    found = predict([25, 100], [1, 1], weights=ONLY_POSITIONS, grid=[0, 50, 100])
    assert found.pmf.tolist() == [0.25, 0.25, 0.5]


def test_residuals_beyond_the_ends_of_the_scale_count_for_the_ends() -> None:
    """Sizes spread evenly from 0 to 4, centre 50, spread 50: from -150 to 250."""
    found = predict(
        [0, 100], [1, 1], weights=ONLY_RESIDUALS, grid=[0, 50, 100], residuals=(0.0, 4.0)
    )
    assert found.pmf.tolist() == [0.4375, 0.125, 0.4375]


def test_residuals_are_scaled_by_how_far_the_positions_lie_apart() -> None:
    near = predict([40, 60], [1, 1], weights=ONLY_RESIDUALS)
    far = predict([0, 100], [1, 1], weights=ONLY_RESIDUALS)
    assert near.interval(0.8).high - near.interval(0.8).low < 30
    assert far.interval(0.8).high - far.interval(0.8).low > 70


def test_the_blend_is_the_weighted_sum_of_its_parts() -> None:
    x, s = [0, 30, 100], [60, 20, 40]
    shares = (0.5, 0.25, 0.25)
    alone = [predict(x, s, weights=w).pmf for w in (ONLY_RESIDUALS, ONLY_POSITIONS, ONLY_EVEN)]
    blended = predict(x, s, weights=Blend(residuals=0.5, positions=0.25, even=0.25))
    expected = sum(share * pmf for share, pmf in zip(shares, alone, strict=True))
    np.testing.assert_allclose(blended.pmf, expected, atol=1e-15)


def test_the_parts_are_distribution_functions_at_the_edges() -> None:
    found = parts([0, 100], [3, 1], [25, 50, 75], residuals=(0.0, 2.0))
    assert found.shape == (3, 3)
    assert found[0, 0] == 0.5
    assert found[1].tolist() == [0.75, 0.75, 0.75]
    assert found[2].tolist() == [0.25, 0.5, 0.75]


# Predicting, as a whole.


def test_a_prediction_is_never_a_bare_point_even_where_all_agree() -> None:
    found = predict([80, 80, 80], [100, 100, 100])
    assert found.pmf.max() < 0.35
    assert found.interval(0.8).high > found.interval(0.8).low
    assert (found.pmf > 0).all()


def test_a_lone_actor_is_no_certainty_either() -> None:
    assert predict([100], [50]).cdf[-2] > 0.2


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
    even = predict([0, 100], [1, 1], weights=ONLY_EVEN, grid=np.linspace(0, 100, 10_001))
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
    assert found[2] > found[1] / 10


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

import math

import numpy as np
import pytest

from goodoffices.case.quantity import Probability
from goodoffices.errors import ModelError
from goodoffices.outlook.logodds import (
    LEVELS,
    combine,
    exact,
    normal,
    of_draws,
    of_quantity,
)

LN2 = math.log(2)


def test_an_exact_probability_is_its_own_median_and_has_no_spread() -> None:
    found = exact(0.2)
    assert found.centre == pytest.approx(math.log(0.25), abs=1e-15)
    assert found.central == pytest.approx(0.2, abs=1e-15)
    assert (found.band.low, found.band.high) == (found.central, found.central)


def test_certainty_is_moved_in_by_half_a_per_cent() -> None:
    assert exact(0.0).central == pytest.approx(0.005, abs=1e-12)
    assert exact(1.0).central == pytest.approx(0.995, abs=1e-12)


@pytest.mark.parametrize("probability", [-0.1, 1.1, math.nan])
def test_what_is_no_probability_is_an_error(probability: float) -> None:
    with pytest.raises(ModelError, match="is not a probability between 0 and 1"):
        exact(probability)


@pytest.mark.parametrize(("mean", "sd"), [(math.nan, 1.0), (0.0, -1.0), (math.inf, 1.0)])
def test_what_is_no_distribution_is_an_error(mean: float, sd: float) -> None:
    with pytest.raises(ModelError, match="are no distribution"):
        normal(mean, sd)


def test_normal_log_odds_have_the_quantiles_of_the_normal_distribution() -> None:
    """The 97.5 % point of the standard normal distribution is 1.959964."""
    low, middle, high = normal(1.0, 2.0).quantiles([0.025, 0.5, 0.975])
    assert math.log(middle / (1 - middle)) == pytest.approx(1.0, abs=1e-9)
    assert math.log(high / (1 - high)) == pytest.approx(1.0 + 2 * 1.959964, abs=1e-5)
    assert math.log(low / (1 - low)) == pytest.approx(1.0 - 2 * 1.959964, abs=1e-5)


def test_extreme_log_odds_do_not_overflow() -> None:
    assert normal(800.0, 0.0).central == 1.0
    assert normal(-800.0, 0.0).central == 0.0


def test_a_phrase_keeps_the_readers_own_distribution() -> None:
    found = of_quantity(Probability.parse("unlikely"))
    assert (found.centre, found.sd, found.away) == (-1.682, 0.899, None)


def test_a_phrase_and_its_quantity_have_the_same_quantiles() -> None:
    unlikely = Probability.parse("unlikely")
    u = np.linspace(0.01, 0.99, 25)
    assert of_quantity(unlikely).quantiles(u) == pytest.approx(unlikely.quantiles(u), abs=1e-12)


@pytest.mark.parametrize("text", ["20..30%", "0.2..0.3..0.7", "unlikely (UK)"])
def test_a_range_keeps_its_quantiles(text: str) -> None:
    quantity = Probability.parse(text)
    u = np.linspace(0.001, 0.999, 333)
    assert of_quantity(quantity).quantiles(u) == pytest.approx(quantity.quantiles(u), abs=1e-5)


def test_an_exact_quantity_is_exact() -> None:
    assert of_quantity(Probability.parse("25%")).sd == 0.0


def test_who_does_not_know_is_left_out_and_not_read_as_even_odds() -> None:
    with pytest.raises(ModelError, match="an unknown probability is no estimate; leave it out"):
        of_quantity(Probability.parse("unknown"))


def test_draws_keep_their_quantiles() -> None:
    draws = np.random.default_rng(3).beta(2.0, 5.0, size=20_000)
    found = of_draws(draws)
    u = np.array([0.05, 0.25, 0.5, 0.75, 0.95])
    assert found.quantiles(u) == pytest.approx(np.quantile(draws, u), abs=1e-3)
    assert found.central == pytest.approx(float(np.median(draws)), abs=1e-9)


def test_draws_of_a_normal_spread_as_the_normal_does() -> None:
    draws = normal(-1.0, 0.5).quantiles(np.random.default_rng(3).random(50_000))
    assert of_draws(draws).sd == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize("draws", [[], [1.2], [math.nan], [[0.5]]])
def test_draws_that_are_no_probabilities_are_an_error(draws: list[float]) -> None:
    with pytest.raises(ModelError, match="draws of a probability are numbers from 0 to 1"):
        of_draws(draws)


def test_an_unsure_distribution_has_its_band_around_its_median() -> None:
    band = of_quantity(Probability.parse("20..40%")).band
    assert (band.low, band.central, band.high) == pytest.approx((0.21, 0.3, 0.39), abs=1e-5)


# Pools.


def test_the_odds_of_a_pool_are_the_geometric_mean_of_the_odds() -> None:
    """By hand: odds of 1/4 and 4 and 1 have the product 1."""
    assert combine([exact(0.2), exact(0.8), exact(0.5)], [1, 1, 1]).central == pytest.approx(
        0.5, abs=1e-12
    )


def test_weights_are_exponents_of_the_odds() -> None:
    """By hand: odds 1 with weight 3/4, odds 16 with weight 1/4, pooled odds 16^(1/4) = 2."""
    pooled = combine([exact(1 / 2), exact(16 / 17)], [3, 1])
    assert pooled.centre == pytest.approx(LN2, abs=1e-12)


def test_the_exponent_moves_a_pool_away_from_its_anchor() -> None:
    parts = [exact(1 / 3), exact(1 / 3)]
    assert combine(parts, [1, 1], exponent=2.0).centre == pytest.approx(-2 * LN2, abs=1e-12)
    # From odds of 1/4 (-2 ln 2), odds of 1/2 lie ln 2 upwards: twice that is even.
    assert combine(parts, [1, 1], exponent=2.0, anchor=0.2).centre == pytest.approx(0.0, abs=1e-12)


def test_what_each_leaves_open_adds_up_as_if_all_erred_alike() -> None:
    pooled = combine([normal(0.0, 1.0), normal(0.0, 3.0)], [1, 1])
    assert (pooled.centre, pooled.sd) == (0.0, 2.0)


def test_disagreement_widens_a_pool() -> None:
    """By hand: log-odds -1 and 1, equal weights: s² = 1 / (1 - 1/2) = 2, e² = 2 · 1/2 = 1: the
    standard error of a mean of two numbers with standard deviation sqrt(2).
    """
    parts = [normal(-1.0, 0.0), normal(1.0, 0.0)]
    assert combine(parts, [1, 1]).sd == pytest.approx(1.0, abs=1e-12)
    assert combine(parts, [1, 1], exponent=1.5).sd == pytest.approx(1.5, abs=1e-12)
    assert combine(parts, [1, 1], disagreement=False).sd == 0.0


def test_disagreement_and_what_is_left_open_add_up_as_squares() -> None:
    parts = [normal(-3.0, 4.0), normal(3.0, 4.0)]
    assert combine(parts, [1, 1]).sd == pytest.approx(5.0, abs=1e-12)


def test_a_normal_part_and_its_quantiles_give_the_same_pool() -> None:
    u = LEVELS
    draws = normal(-1.0, 0.7).quantiles(np.arange(0.5, 20_000) / 20_000)
    other = normal(0.5, 0.3)
    closed = combine([normal(-1.0, 0.7), other], [2, 1], exponent=1.2)
    by_quantiles = combine([of_draws(draws), other], [2, 1], exponent=1.2)
    assert by_quantiles.quantiles(u) == pytest.approx(closed.quantiles(u), abs=2e-4)


def test_a_part_with_all_the_weight_is_the_pool() -> None:
    pooled = combine([normal(-1.0, 0.5), normal(3.0, 2.0)], [1, 0])
    assert (pooled.centre, pooled.sd) == (-1.0, 0.5)


def test_the_pool_of_ranges_spreads_upwards_over_the_levels() -> None:
    parts = [of_quantity(Probability.parse(text)) for text in ("5..10%", "40..80%", "unlikely")]
    found = combine(parts, [1, 1, 1]).quantiles(LEVELS)
    assert np.all(np.diff(found) >= 0)


@pytest.mark.parametrize(
    "weights", [[], [1.0], [1.0, -1.0], [0.0, 0.0], [math.nan, 1.0], [math.inf, 1.0]]
)
def test_weights_that_cannot_be_used_are_an_error(weights: list[float]) -> None:
    with pytest.raises(ModelError, match="a pool needs parts, and a weight for each"):
        combine([exact(0.5), exact(0.6)], weights)


def test_a_pool_of_nothing_is_an_error() -> None:
    with pytest.raises(ModelError, match="a pool needs parts"):
        combine([], [])


@pytest.mark.parametrize("exponent", [0.0, -1.0, math.inf, math.nan])
def test_an_exponent_that_cannot_be_used_is_an_error(exponent: float) -> None:
    with pytest.raises(ModelError, match="is not above 0"):
        combine([exact(0.5)], [1], exponent=exponent)

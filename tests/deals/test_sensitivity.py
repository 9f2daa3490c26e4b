from __future__ import annotations

import math
import tracemalloc
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.deals.sensitivity import FirstOrder, first_order
from goodoffices.errors import ModelError

Draws = NDArray[np.float64]


def rng(seed: int = 20240901) -> np.random.Generator:
    return np.random.default_rng(seed)


def uniform(draws: int, inputs: int, seed: int = 20240901) -> Draws:
    return rng(seed).random((draws, inputs))


def coins(draws: int, inputs: int, seed: int = 20240901) -> NDArray[np.bool_]:
    return uniform(draws, inputs, seed) < 0.5


def assert_near(found: FirstOrder, share: float, errors: float = 3.0) -> None:
    assert abs(found.share - share) <= errors * found.error


# Closed forms.


@pytest.mark.parametrize("threshold", [0.5, 0.337, 0.9, 0.03])
def test_an_input_that_decides_alone_has_all_of_the_variance(threshold: float) -> None:
    """Y = 1{X > a}: E[Y | X] = Y, so S = 1."""
    x = uniform(10_000, 2)
    for yes in (x[:, 0] > threshold, x[:, 0] < threshold):
        decides, idle = first_order(x, yes)
        assert decides.share == 1.0
        assert_near(idle, 0.0)


def sum_share(c: float) -> float:
    """Return S of Y = 1{X1 + X2 > c} for X1, X2 uniform between 0 and 1, 0 < c <= 1.

    E[Y | x] = 1 - max(c - x, 0), so Var(E[Y | X]) = c³/3 - c⁴/4 and E[Y] = 1 - c²/2.
    """
    return (c**3 / 3 - c**4 / 4) / (c**2 / 2 * (1 - c**2 / 2))


@pytest.mark.parametrize("c", [0.25, 0.5, 0.75, 1.0])
def test_a_sum_above_a_threshold_shares_the_variance_equally(c: float) -> None:
    x = uniform(20_000, 3)
    first, second, idle = first_order(x, x[:, 0] + x[:, 1] > c)
    assert sum_share(1.0) == pytest.approx(1 / 3)
    assert_near(first, sum_share(c))
    assert_near(second, sum_share(c))
    assert_near(idle, 0.0)


def test_both_of_two_coins() -> None:
    """Y = X1 and X2: E[Y | X1] = X1 / 2, so S = (1/16) / (3/16)."""
    x = coins(20_000, 2)
    for found in first_order(x, x[:, 0] & x[:, 1]):
        assert_near(found, 1 / 3)


def test_the_majority_of_three_coins() -> None:
    """E[Y | X1] = 1/4 or 3/4, so S = (1/16) / (1/4)."""
    x = coins(20_000, 3)
    for found in first_order(x, x.sum(axis=1) >= 2):
        assert_near(found, 1 / 4)


def test_exactly_one_of_two_coins_has_no_first_order_share() -> None:
    x = coins(20_000, 2)
    for found in first_order(x, x[:, 0] ^ x[:, 1]):
        assert_near(found, 0.0)
        assert found.share < 0.001


def test_exactly_one_of_two_conditions_has_no_first_order_share() -> None:
    x = uniform(20_000, 2)
    for found in first_order(x, (x[:, 0] > 0.5) ^ (x[:, 1] > 0.5)):
        assert_near(found, 0.0)


def test_two_groups_by_hand() -> None:
    """n = 16: 2 of 8 and 6 of 8 yes. between = 1, within = 3, w = 3/14: S = (11/14) / (59/14)."""
    x = np.repeat([0, 1], 8)
    yes = np.array([1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0], dtype=bool)
    assert first_order([x], yes)[0].share == pytest.approx(11 / 59, rel=1e-12)


def test_a_rare_answer_is_not_lost_among_the_others() -> None:
    """1 in 500: the 20 yes of 10,000 draws lie at one end of the input that decides."""
    x = uniform(10_000, 2)
    decides, idle = first_order(x, x[:, 0] > np.sort(x[:, 0])[-21])
    assert decides.share == 1.0
    assert_near(idle, 0.0)


def test_a_rare_answer_that_is_half_decided() -> None:
    """Y = 1{X > 1 - 2 p} and a coin: Var(E[Y | X]) = p/2 - p², so S = (1/2 - p) / (1 - p)."""
    p, x = 0.005, uniform(40_000, 2)
    found = first_order(x[:, :1], (x[:, 0] > 1 - 2 * p) & (x[:, 1] < 0.5))[0]
    assert_near(found, (0.5 - p) / (1 - p))


def test_an_input_that_does_not_vary_has_no_share_and_no_error() -> None:
    assert first_order([np.full(100, 7.0)], coins(100, 1)[:, 0]) == (FirstOrder(0.0, 0.0),)


# The error.


def test_inputs_without_influence_are_within_three_errors_of_nothing() -> None:
    found = first_order(uniform(2000, 400), uniform(2000, 1, seed=1)[:, 0] < 0.3)
    assert sum(one.share > 3 * one.error for one in found) <= 4
    assert np.mean([one.share for one in found]) < 0.6 * np.mean([one.error for one in found])


def test_the_error_of_an_input_without_influence_is_that_of_chi_squared() -> None:
    """S n is then nearly chi squared with B - 1 degrees of freedom, less these B - 1."""
    draws, values = 2000, 20
    x = np.floor(values * uniform(draws, 200))
    errors = np.array(first_order(x, uniform(draws, 1, seed=1)[:, 0] < 0.3))[:, 1]
    ratio = math.sqrt(np.mean(errors**2)) / (math.sqrt(2 * (values - 1)) / draws)
    assert 0.95 <= ratio <= 1.2


def coverage(
    model: Callable[[Draws], NDArray[np.bool_]], true: float, times: int = 300, draws: int = 1000
) -> tuple[float, float, float]:
    """How often the truth is within 2 and within 3 errors, and errors over the actual spread."""
    found = []
    for seed in range(times):
        x = uniform(draws, 2, seed=seed)
        found.append(first_order([x[:, 0]], model(x))[0])
    shares, errors = np.array(found).T
    away = np.abs(shares - true)
    ratio = math.sqrt(np.mean(errors**2)) / np.std(shares)
    return float(np.mean(away <= 2 * errors)), float(np.mean(away <= 3 * errors)), ratio


def test_the_error_covers_as_often_as_it_should_for_a_strong_input() -> None:
    two, three, ratio = coverage(lambda x: x[:, 0] + x[:, 1] > 1, 1 / 3)
    assert two >= 0.9
    assert three >= 0.97
    assert 0.85 <= ratio <= 1.2


def test_the_error_covers_as_often_as_it_should_for_a_weak_input() -> None:
    """P(Y | x) = 0.4 + 0.2 x: S = (0.04 / 12) / 0.25."""
    two, three, _ = coverage(lambda x: x[:, 1] < 0.4 + 0.2 * x[:, 0], 0.04 / 12 / 0.25)
    assert two >= 0.9
    assert three >= 0.97


def test_the_error_covers_as_often_as_it_should_for_a_yes_or_no_input() -> None:
    """P(Y | X) = 0.3 or 0.8 with equal chances: S = 0.0625 / (0.55 x 0.45)."""

    def model(x: Draws) -> NDArray[np.bool_]:
        x[:, 0] = x[:, 0] < 0.5
        return x[:, 1] < 0.3 + 0.5 * x[:, 0]

    two, three, ratio = coverage(model, 0.0625 / (0.55 * 0.45))
    assert two >= 0.9
    assert three >= 0.97
    assert 0.85 <= ratio <= 1.2


def test_the_error_agrees_with_leaving_out_one_draw_after_the_other() -> None:
    """The jackknife: (n - 1)/n times the sum of squared deviations of the n leave-one-out S."""
    draws = 400
    x = uniform(draws, 2)
    answer = x[:, 1] < 0.05 + 0.4 * (x[:, 0] < 0.3)
    column = x[:, 0] < 0.3
    kept = ~np.eye(draws, dtype=bool)
    left = np.array([first_order([column[k]], answer[k])[0].share for k in kept])
    jackknife = math.sqrt((draws - 1) / draws * np.sum((left - left.mean()) ** 2))
    assert first_order([column], answer)[0].error == pytest.approx(jackknife, rel=0.05)


def test_four_times_the_draws_halve_the_error() -> None:
    few, many = uniform(5000, 2), uniform(20_000, 2)
    one = first_order(few, few.sum(axis=1) > 1)[0]
    other = first_order(many, many.sum(axis=1) > 1)[0]
    assert one.error / other.error == pytest.approx(2, rel=0.1)


def test_even_an_input_that_decides_alone_is_not_without_error() -> None:
    """One more draw that answers unlike its group: S falls by 1 / (n V + 1), with V = 1/4 here."""
    x = np.arange(1000.0)
    assert first_order([x], x >= 500)[0].error == pytest.approx(1 / 251)


# What may be given.


def test_columns_may_come_one_at_a_time_and_stand_in_any_order_of_memory() -> None:
    x = uniform(500, 7)
    yes = x[:, 2] + x[:, 5] > 0.8
    expected = first_order(x, yes)
    assert first_order(np.asfortranarray(x), yes) == expected
    assert first_order((column for column in x.T), yes) == expected
    assert first_order([list(column) for column in x.T], list(yes)) == expected
    assert first_order(dict(enumerate(x.T)).values(), yes) == expected


def test_numbers_and_truth_values_of_any_kind_are_the_same_input() -> None:
    x = coins(300, 1)[:, 0]
    yes = x ^ (uniform(300, 1, seed=3)[:, 0] < 0.2)
    kinds = (np.bool_, np.int8, np.uint16, np.int64, np.float32, np.float64)
    assert len({first_order([x.astype(kind)], yes) for kind in kinds}) == 1


def test_infinite_values_are_only_the_largest() -> None:
    x = uniform(200, 1)[:, 0]
    yes = x > 0.4
    assert first_order([np.where(x == x.max(), np.inf, x)], yes) == first_order([x], yes)


def test_no_inputs_give_no_answer() -> None:
    assert first_order([], coins(100, 1)[:, 0]) == ()


def test_a_thousand_columns_need_the_memory_of_a_few() -> None:
    draws, inputs = 1000, 1000
    random = rng()
    yes = random.random(draws) < 0.5

    def columns() -> Iterator[Draws]:
        for _ in range(inputs):
            yield random.random(draws)

    tracemalloc.start()
    try:
        assert len(first_order(columns(), yes)) == inputs
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 0.1 * draws * inputs * 8


def test_the_inputs_are_left_as_they_are() -> None:
    x = uniform(100, 3)
    yes = x[:, 0] > 0.5
    before = x.copy(), yes.copy()
    first_order(x, yes)
    assert np.array_equal(x, before[0])
    assert np.array_equal(yes, before[1])


def test_the_numbers_are_plain_python_numbers() -> None:
    found = first_order(uniform(100, 1), coins(100, 1)[:, 0])[0]
    assert (type(found.share), type(found.error)) == (float, float)


# What is refused.


@pytest.mark.parametrize(("constant", "word"), [(True, "yes"), (False, "no")])
def test_an_answer_that_does_not_vary_is_moved_by_nothing(constant: bool, word: str) -> None:
    with pytest.raises(ModelError) as caught:
        first_order(uniform(2000, 2), np.full(2000, constant))
    assert str(caught.value) == (
        f"the answer does not vary: it is {word} in all 2,000 draws, "
        "so no input can be said to move it"
    )


def test_a_handful_of_draws_is_too_few() -> None:
    with pytest.raises(ModelError, match=r"15 draws are too few .* take at least 16"):
        first_order(uniform(15, 2), np.arange(15) > 7)
    assert len(first_order(uniform(16, 2), np.arange(16) > 7)) == 2


def test_an_answer_must_be_true_or_false_for_each_draw() -> None:
    x = uniform(100, 2)
    with pytest.raises(ValueError, match=r"the answer is float64 of shape \(100,\), not boolean"):
        first_order(x, x[:, 0])
    with pytest.raises(ValueError, match=r"the answer is bool of shape \(100, 2\)"):
        first_order(x, x > 0.5)


def test_inputs_must_fit_the_answer() -> None:
    x = uniform(100, 2)
    yes = x[:, 0] > 0.5
    with pytest.raises(ValueError, match=r"inputs of shape \(100,\) are not \(draws, inputs\)"):
        first_order(x[:, 0], yes)
    with pytest.raises(ValueError, match=r"input 1 is float64 of shape \(99,\), not one number"):
        first_order([x[:, 0], x[1:, 1]], yes)
    with pytest.raises(ValueError, match=r"input 0 is <U1 of shape \(100,\), not one number"):
        first_order([["a"] * 100], yes)


def test_what_is_not_a_number_is_refused_by_its_place() -> None:
    x = uniform(100, 3)
    yes = x[:, 0] > 0.5
    x[40, 2] = np.nan
    with pytest.raises(ValueError, match=r"input 2 holds what is not a number \(NaN\)"):
        first_order(x, yes)

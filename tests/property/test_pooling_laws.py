from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodoffices.case.quantity import Probability
from goodoffices.outlook.logodds import (
    LEVELS,
    LogOdds,
    combine,
    exact,
    normal,
    of_draws,
    of_quantity,
)
from goodoffices.outlook.pooling import MOST_EXTREME, Estimate, pool

TODAY = date(2024, 9, 7)

CENTRES = st.floats(-6, 6)
SPREADS = st.floats(0, 3)
WEIGHTS = st.floats(0.01, 100)


def ranges() -> st.SearchStrategy[LogOdds]:
    """Distributions that are not normal: ranges, and draws."""
    two = st.tuples(st.integers(1, 99), st.integers(1, 99))
    bounds = two.filter(lambda ends: ends[0] != ends[1]).map(sorted)
    stated = bounds.map(lambda ends: of_quantity(Probability.parse(f"{ends[0]}..{ends[1]}%")))
    drawn = st.lists(st.floats(0, 1), min_size=1, max_size=20).map(of_draws)
    return stated | drawn


def log_odds() -> st.SearchStrategy[LogOdds]:
    return st.builds(normal, CENTRES, SPREADS) | ranges()


@st.composite
def pools(draw: st.DrawFn, *, most: int = 6) -> tuple[list[LogOdds], list[float]]:
    parts = draw(st.lists(log_odds(), min_size=1, max_size=most))
    return parts, draw(st.lists(WEIGHTS, min_size=len(parts), max_size=len(parts)))


def same(one: LogOdds, other: LogOdds, tolerance: float = 1e-9) -> bool:
    return one.centre == pytest.approx(other.centre, abs=tolerance) and one.quantiles(
        LEVELS
    ) == pytest.approx(other.quantiles(LEVELS), abs=tolerance)


@given(log_odds(), st.lists(WEIGHTS, min_size=1, max_size=6))
def test_the_pool_of_identical_distributions_is_that_distribution(
    one: LogOdds, weights: list[float]
) -> None:
    assert same(combine([one] * len(weights), weights), one, tolerance=1e-7)


@given(pools(), st.randoms(use_true_random=False), st.floats(0.5, 3))
def test_the_order_of_the_parts_does_not_matter(
    given_: tuple[list[LogOdds], list[float]], random: Random, exponent: float
) -> None:
    parts, weights = given_
    order = list(range(len(parts)))
    random.shuffle(order)
    shuffled = combine([parts[i] for i in order], [weights[i] for i in order], exponent=exponent)
    assert same(combine(parts, weights, exponent=exponent), shuffled)


@given(pools(), st.floats(0.01, 100))
def test_only_the_ratio_of_weights_matters(
    given_: tuple[list[LogOdds], list[float]], factor: float
) -> None:
    parts, weights = given_
    assert same(combine(parts, weights), combine(parts, [factor * w for w in weights]))


@given(st.lists(st.floats(0.01, 0.99), min_size=1, max_size=8))
def test_an_equal_pool_without_exponent_is_the_geometric_mean_of_the_odds(
    probabilities: list[float],
) -> None:
    odds = math.prod(p / (1 - p) for p in probabilities) ** (1 / len(probabilities))
    pooled = combine([exact(p) for p in probabilities], [1] * len(probabilities))
    assert pooled.central == pytest.approx(odds / (1 + odds), abs=1e-9)


@given(pools())
def test_a_pool_without_exponent_lies_within_its_parts(
    given_: tuple[list[LogOdds], list[float]],
) -> None:
    parts, weights = given_
    centres = [part.centre for part in parts]
    assert min(centres) - 1e-9 <= combine(parts, weights).centre <= max(centres) + 1e-9


@given(pools(), st.floats(1, 3), st.floats(0.05, 0.95))
def test_a_larger_exponent_moves_a_pool_away_from_its_anchor_and_never_across(
    given_: tuple[list[LogOdds], list[float]], exponent: float, anchor: float
) -> None:
    parts, weights = given_
    start = exact(anchor).centre
    plain = combine(parts, weights, anchor=anchor).centre - start
    moved = combine(parts, weights, exponent=exponent, anchor=anchor).centre - start
    assert moved == pytest.approx(exponent * plain, abs=1e-9)


@given(pools())
def test_yes_and_no_are_pooled_alike(given_: tuple[list[LogOdds], list[float]]) -> None:
    """The pool of P(no deal) is one minus the pool of P(deal)."""
    parts, weights = given_
    turned = [
        LogOdds(
            centre=-part.centre,
            sd=part.sd,
            away=None if part.away is None else -part.away[::-1],
        )
        for part in parts
    ]
    yes = combine(parts, weights, exponent=1.3).quantiles(LEVELS)
    no = combine(turned, weights, exponent=1.3).quantiles(1 - LEVELS)
    assert yes == pytest.approx(1 - no, abs=1e-9)


@given(pools(), st.floats(0.5, 2))
def test_the_quantiles_of_a_pool_ascend_and_its_median_is_its_centre(
    given_: tuple[list[LogOdds], list[float]], exponent: float
) -> None:
    pooled = combine(*given_, exponent=exponent)
    quantiles = pooled.quantiles(LEVELS)
    assert np.all(np.diff(quantiles) >= -1e-12)
    assert pooled.quantiles([0.5])[0] == pytest.approx(pooled.central, abs=1e-9)


# Estimates with dates, groups and camps.


@st.composite
def estimates(draw: st.DrawFn) -> list[Estimate]:
    found = []
    for number in range(draw(st.integers(1, 6))):
        found.append(
            Estimate(
                question="deal",
                speaker=f"speaker {number}",
                made=TODAY - timedelta(days=draw(st.integers(0, 400))),
                says=normal(draw(CENTRES), draw(SPREADS)),
                group=draw(st.sampled_from(["", "", "wire", "agency"])),
                camp=draw(st.sampled_from(["", "west", "east"])),
            )
        )
    return found


@given(estimates(), st.floats(1, 1000))
def test_the_weights_of_a_pool_add_up_to_one(given_: list[Estimate], half_life: float) -> None:
    found = pool(given_, on=TODAY, half_life=half_life)
    assert math.fsum(each.weight for each in found.weights) == pytest.approx(1.0, abs=1e-12)
    assert math.fsum(found.camps.values()) == pytest.approx(1.0, abs=1e-12)
    assert all(each.weight >= 0 for each in found.weights)


@given(estimates(), st.floats(1, 1000))
def test_the_pool_is_the_weighted_mean_times_the_exponent(
    given_: list[Estimate], half_life: float
) -> None:
    found = pool(given_, on=TODAY, half_life=half_life)
    mean = math.fsum(each.weight * each.estimate.says.centre for each in found.weights)
    assert found.distribution.centre == pytest.approx(found.exponent * mean, abs=1e-9)
    assert 1.0 - 1e-12 <= found.exponent <= MOST_EXTREME


@given(estimates(), st.integers(0, 5), st.integers(1, 4))
def test_copies_of_an_estimate_that_stands_alone_change_nothing(
    given_: list[Estimate], which: int, copies: int
) -> None:
    assume(which < len(given_) and not given_[which].group)
    grouped = [*given_]
    grouped[which] = replace(given_[which], group="copied")
    more = [replace(grouped[which], speaker=f"copy {n}") for n in range(copies)]
    alone = pool(given_, on=TODAY, half_life=60)
    copied = pool([*grouped, *more], on=TODAY, half_life=60)
    assert same(alone.distribution, copied.distribution)
    assert copied.fresh == pytest.approx(alone.fresh, abs=1e-12)
    assert copied.disagreement.spread == pytest.approx(alone.disagreement.spread, abs=1e-6)


@given(estimates(), st.integers(2, 3))
def test_copies_of_every_member_of_a_group_change_nothing(
    given_: list[Estimate], times: int
) -> None:
    for_group = [replace(each, group=each.group or each.speaker) for each in given_]
    copies = [
        replace(each, speaker=f"{each.speaker}, copy {n}")
        for each in for_group
        for n in range(1, times)
    ]
    once = pool(for_group, on=TODAY, half_life=60)
    again = pool([*for_group, *copies], on=TODAY, half_life=60)
    assert again.central == pytest.approx(once.central, abs=1e-9)
    assert again.exponent == pytest.approx(once.exponent, abs=1e-9)


@given(estimates(), st.randoms(use_true_random=False))
def test_the_order_of_the_estimates_does_not_matter(given_: list[Estimate], random: Random) -> None:
    shuffled = [*given_]
    random.shuffle(shuffled)
    one, other = (pool(each, on=TODAY, half_life=60) for each in (given_, shuffled))
    assert same(one.distribution, other.distribution)


@given(estimates(), st.integers(0, 1000), st.floats(1, 1000))
def test_waiting_changes_no_pool_but_makes_it_staler(
    given_: list[Estimate], days: int, half_life: float
) -> None:
    now = pool(given_, on=TODAY, half_life=half_life)
    later = pool(given_, on=TODAY + timedelta(days=days), half_life=half_life)
    assert same(now.distribution, later.distribution)
    assert later.fresh == pytest.approx(now.fresh * 2 ** (-days / half_life), abs=1e-12)

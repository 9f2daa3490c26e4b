from __future__ import annotations

import math

import numpy as np
import pytest

from goodoffices.outlook.validation.resample import measures


def test_a_measure_is_the_mean_with_an_interval_around_it() -> None:
    """Of 400 independent values of 0 or 1 the interval is about 1.96 standard errors each way."""
    column = np.arange(400) % 2
    (found,) = measures({"half": column}, np.arange(400), resamples=4000, seed=1)
    error = math.sqrt(0.25 / 400)
    assert (found.name, found.value) == ("half", 0.5)
    assert found.low == pytest.approx(0.5 - 1.96 * error, abs=0.006)
    assert found.high == pytest.approx(0.5 + 1.96 * error, abs=0.006)


def test_groups_that_resemble_each_other_widen_the_interval() -> None:
    """With 20 equal members each, 20 groups of 0 or 1 are 20 observations, not 400."""
    column = np.repeat(np.arange(20) % 2, 20)
    single = measures({"share": column}, np.arange(400), resamples=2000, seed=1)[0]
    grouped = measures({"share": column}, np.repeat(np.arange(20), 20), resamples=2000, seed=1)[0]
    ratio = (grouped.high - grouped.low) / (single.high - single.low)
    assert ratio == pytest.approx(math.sqrt(20), rel=0.15)


def test_groups_of_different_sizes_count_by_their_members() -> None:
    found = measures({"share": [1, 1, 1, 0]}, ["a", "a", "a", "b"], resamples=500, seed=1)[0]
    assert (found.value, found.low, found.high) == (0.75, 0.0, 1.0)


def test_one_group_alone_says_nothing_of_how_far_groups_differ() -> None:
    found = measures({"mean": [1.0, 3.0]}, [7, 7], resamples=10, seed=1)[0]
    assert (found.value, found.low, found.high) == (2.0, 2.0, 2.0)


def test_columns_see_the_same_draws_so_that_differences_have_an_interval_of_their_own() -> None:
    one = np.random.default_rng(1).normal(size=60)
    found = {
        m.name: m
        for m in measures(
            {"one": one, "other": one + 1, "difference": (one + 1) - one},
            np.arange(60),
            resamples=300,
            seed=3,
        )
    }
    assert found["other"].low == pytest.approx(found["one"].low + 1)
    assert found["difference"].low == pytest.approx(found["difference"].high)


def test_the_same_seed_gives_the_same_interval() -> None:
    column, groups = np.arange(30.0), np.arange(30)
    again = [measures({"x": column}, groups, resamples=50, seed=seed) for seed in (5, 5, 6)]
    assert again[0] == again[1] != again[2]

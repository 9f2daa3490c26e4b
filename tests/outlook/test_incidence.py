from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.outlook.incidence import Incidence, clustered, incidence

Cases = list[tuple[int, int]]
"""Time and event of each, 0 for none."""

CASES = st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=25)


def estimate(cases: Cases, at: Sequence[float] | None = None, kinds: int = 3) -> Incidence:
    return incidence(*zip(*cases, strict=True), kinds=kinds, at=at)


def by_hand(cases: Cases, kinds: int, when: float) -> tuple[Fraction, list[Fraction]]:
    """Return S and the F of each kind at a time, as the definition says, in exact fractions."""
    still_open, met = Fraction(1), [Fraction(0)] * kinds
    for t in sorted({time for time, event in cases if event}):
        if t > when:
            break
        at_risk = sum(time >= t for time, _ in cases)
        here = [event for time, event in cases if time == t and event]
        met = [
            share + still_open * Fraction(here.count(k + 1), at_risk) for k, share in enumerate(met)
        ]
        still_open *= 1 - Fraction(len(here), at_risk)
    return still_open, met


def sum_of_gaynor(cases: Cases, k: int, when: float) -> Fraction:
    """Return Var F_k as the delta method's sum over the times at which something happened.

    Gaynor et al. (1993), section 2: sum of (F - F_j)² d / (n (n - d)) + S² d_k (n - d_k) / n³
    - 2 (F - F_j) S d_k / n², where all that are at risk may not meet an event before the last time.
    """
    total = Fraction(0)
    last = by_hand(cases, 3, when)[1][k]
    for t in sorted({time for time, event in cases if event and time <= when}):
        n = sum(time >= t for time, _ in cases)
        d = sum(time == t and event > 0 for time, event in cases)
        d_k = sum((time, event) == (t, k + 1) for time, event in cases)
        before, away = by_hand(cases, 3, t - 0.5)[0], last - by_hand(cases, 3, t)[1][k]
        if n > d:
            total += away**2 * Fraction(d, n * (n - d))
        total += before**2 * Fraction(d_k * (n - d_k), n**3)
        total -= 2 * away * before * Fraction(d_k, n**2)
    return total


# Tables worked by hand.


def test_a_table_with_ties_of_both_kinds_and_with_those_last_seen_then() -> None:
    """Eight observations, worked by hand.

    t   at risk   A   B   last seen     S before    F_A              F_B              S
    1      8      1   1       1           1         1/8              1/8              3/4
    2      5      2   0       0          3/4        1/8 + 3/10       1/8              9/20
    3      3      0   0       1          9/20
    4      2      0   1       0          9/20       17/40            1/8 + 9/40       9/40
    5      1      0   0       1          9/40       17/40            7/20             9/40
    """
    cases = [(1, 1), (1, 2), (1, 0), (2, 1), (2, 1), (3, 0), (4, 2), (5, 0)]
    found = estimate(cases, kinds=2)
    assert found.times.tolist() == [1, 2, 4]
    assert found.at_risk.tolist() == [8, 5, 2]
    assert found.still_open == pytest.approx([3 / 4, 9 / 20, 9 / 40], abs=1e-15)
    assert found.met[:, 0] == pytest.approx([1 / 8, 17 / 40, 17 / 40], abs=1e-15)
    assert found.met[:, 1] == pytest.approx([1 / 8, 1 / 8, 7 / 20], abs=1e-15)


def test_who_is_last_seen_when_others_meet_an_event_was_still_at_risk_then() -> None:
    """Two of three at risk at 1 are last seen there: the third's event counts a third."""
    found = estimate([(1, 1), (1, 0), (1, 0)], kinds=1)
    assert found.still_open == pytest.approx([2 / 3], abs=1e-15)


def test_events_on_the_first_day_count() -> None:
    found = estimate([(0, 1), (0, 2), (0, 0), (3, 0)], kinds=2, at=[0])
    assert found.met.tolist() == [[0.25, 0.25]]
    assert found.still_open.tolist() == [0.5]


def test_one_kind_of_event_is_the_estimate_of_kaplan_and_meier() -> None:
    """Remission under 6-mercaptopurine: Freireich et al. (1963); table of Kalbfleisch & Prentice.

    Survival and Greenwood's standard errors as printed in textbooks since Cox & Oakes (1984).
    """
    happened = [6, 6, 6, 7, 10, 13, 16, 22, 23]
    seen = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
    found = estimate([(t, 1) for t in happened] + [(t, 0) for t in seen], kinds=1)
    assert found.times.tolist() == [6, 7, 10, 13, 16, 22, 23]
    survival = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    errors = [0.0764, 0.0869, 0.0963, 0.1068, 0.1141, 0.1282, 0.1346]
    assert found.still_open == pytest.approx(survival, abs=5e-5)
    assert np.sqrt(found.open_variance) == pytest.approx(errors, abs=5e-5)
    assert found.variance[:, 0] == pytest.approx(found.open_variance, abs=1e-15)


def test_with_all_followed_to_the_end_shares_and_variances_are_a_counts() -> None:
    cases = [(1, 1)] * 2 + [(2, 2)] * 3 + [(3, 1)] * 3
    found = estimate(cases, kinds=2)
    for t, row in enumerate(found.met):
        for k, share in enumerate(row):
            count = sum(time <= found.times[t] and event == k + 1 for time, event in cases)
            assert share == pytest.approx(count / 8, abs=1e-15)
            assert found.variance[t, k] == pytest.approx(share * (1 - share) / 8, abs=1e-15)


# Oracles.


@given(CASES, st.lists(st.integers(-1, 8), min_size=1, max_size=5))
def test_the_estimate_agrees_with_exact_fractions(cases: Cases, at: list[int]) -> None:
    found = estimate(cases, at=at)
    for t, when in enumerate(at):
        still_open, met = by_hand(cases, 3, when)
        assert found.still_open[t] == pytest.approx(float(still_open), abs=1e-12)
        assert found.met[t] == pytest.approx([float(share) for share in met], abs=1e-12)
        assert found.at_risk[t] == sum(time >= when for time, _ in cases)


@given(CASES, st.integers(0, 6), st.integers(0, 2))
def test_the_variance_is_the_published_sum(cases: Cases, when: int, k: int) -> None:
    found = estimate(cases, at=[when])
    expected = float(sum_of_gaynor(cases, k, when))
    assert found.variance[0, k] == pytest.approx(expected, abs=1e-12)


# Laws.


@given(CASES, st.lists(st.floats(-1, 10), min_size=1, max_size=5))
def test_what_is_open_and_what_happened_add_up_to_one(cases: Cases, at: list[float]) -> None:
    found = estimate(cases, at=at)
    assert found.still_open + found.met.sum(axis=1) == pytest.approx(1.0, abs=1e-12)


@given(CASES)
def test_shares_never_fall_with_time(cases: Cases) -> None:
    found = estimate(cases, at=range(8))
    assert (np.diff(found.met, axis=0) >= 0).all()
    assert (np.diff(found.still_open) <= 1e-15).all()


@given(CASES)
def test_nothing_is_ever_not_a_number_and_no_variance_is_negative(cases: Cases) -> None:
    found = estimate(cases, at=[-math.inf, -1, 0, 0.5, 3, 100, math.inf])
    for column in (found.still_open, found.met, found.open_variance, found.variance):
        assert np.isfinite(column).all()
    assert (found.variance >= -1e-12).all()
    assert (found.open_variance >= 0).all()


@given(CASES, st.randoms(use_true_random=False))
def test_the_order_of_observations_does_not_matter(cases: Cases, random: object) -> None:
    mixed = list(cases)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one, other = estimate(cases, at=range(7)), estimate(mixed, at=range(7))
    assert one.met.tolist() == other.met.tolist()
    assert one.variance.tolist() == other.variance.tolist()


@given(CASES)
def test_kinds_taken_together_have_the_sum_of_their_shares(cases: Cases) -> None:
    merged = [(time, min(event, 1)) for time, event in cases]
    together, apart = estimate(merged, at=range(7), kinds=1), estimate(cases, at=range(7))
    assert together.met[:, 0] == pytest.approx(apart.met.sum(axis=1), abs=1e-12)
    assert together.variance[:, 0] == pytest.approx(apart.open_variance, abs=1e-12)


@given(CASES, st.integers(2, 4))
def test_repeating_every_observation_keeps_shares_and_divides_variances(
    cases: Cases, times: int
) -> None:
    once, often = estimate(cases, at=range(7)), estimate(cases * times, at=range(7))
    assert often.met == pytest.approx(once.met, abs=1e-12)
    assert often.variance == pytest.approx(once.variance / times, abs=1e-12)


def test_times_asked_for_may_stand_in_any_order_and_repeat() -> None:
    cases = [(1, 1), (2, 2), (3, 0), (4, 1)]
    asked = estimate(cases, at=[4, 1, 1, 2])
    sorted_ = estimate(cases, at=[1, 2, 4])
    assert asked.met.tolist() == sorted_.met[[2, 0, 0, 1]].tolist()


def test_after_the_last_one_was_seen_the_estimate_stands_and_says_nobody_is_at_risk() -> None:
    found = estimate([(1, 1), (2, 0)], at=[2, 3], kinds=1)
    assert found.met[:, 0].tolist() == [0.5, 0.5]
    assert found.at_risk.tolist() == [1, 0]


def test_where_nothing_happened_all_are_open() -> None:
    found = estimate([(1, 0), (2, 0)], at=[0, 5])
    assert found.still_open.tolist() == [1, 1]
    assert not found.met.any()
    assert not found.variance.any()
    assert estimate([(1, 0), (2, 0)]).times.tolist() == []


# Clusters.


def without_each(cases: Cases, clusters: Sequence[int], when: float, k: int) -> float:
    """Return the jackknife's variance of F_k by its definition."""
    names = sorted(set(clusters))
    shares = []
    for name in names:
        left = [case for case, cluster in zip(cases, clusters, strict=True) if cluster != name]
        shares.append(float(by_hand(left, 3, when)[1][k]))
    return (len(names) - 1) * float(np.var(shares))


@given(CASES.filter(lambda cases: len(cases) > 2), st.data())
def test_the_variance_by_cluster_is_the_jackknifes(cases: Cases, data: st.DataObject) -> None:
    names = st.integers(1, 4)
    clusters = data.draw(
        st.lists(names, min_size=len(cases), max_size=len(cases)).filter(
            lambda found: len(set(found)) > 1
        )
    )
    found = clustered(*zip(*cases, strict=True), clusters, kinds=3, at=[1, 4])
    for t, when in enumerate([1, 4]):
        for k in range(3):
            expected = without_each(cases, clusters, when, k)
            assert found.variance[t, k] == pytest.approx(expected, abs=1e-12)


def test_shares_are_the_same_with_clusters() -> None:
    cases = [(1, 1), (1, 2), (2, 0), (3, 1), (5, 2), (5, 0)]
    alone = estimate(cases, at=[1, 4])
    found = clustered(*zip(*cases, strict=True), list("aabbcc"), kinds=3, at=[1, 4])
    assert found.met.tolist() == alone.met.tolist()
    assert found.still_open.tolist() == alone.still_open.tolist()


def test_observations_that_repeat_within_a_cluster_add_no_knowledge() -> None:
    days, events = [1, 2, 3, 4, 5, 6], [1, 0, 1, 2, 0, 1]
    once = clustered(days, events, range(6), kinds=2, at=[4])
    often = clustered(days * 5, events * 5, list(range(6)) * 5, kinds=2, at=[4])
    assert often.variance == pytest.approx(once.variance, abs=1e-12)


def test_a_single_cluster_says_nothing_about_others() -> None:
    found = clustered([1, 2, 3], [1, 0, 1], ["a", "a", "a"], kinds=1, at=[2])
    assert math.isinf(found.variance[0, 0])
    assert math.isinf(found.open_variance[0])
    assert found.met[0, 0] == pytest.approx(1 / 3)


def test_without_likeness_the_two_variances_agree_on_many_observations() -> None:
    rng = np.random.default_rng(5)
    days, events = rng.exponential(5, 600), rng.integers(0, 3, 600)
    alone = incidence(days, events, kinds=2, at=[3, 8])
    apart = clustered(days, events, np.arange(600), kinds=2, at=[3, 8])
    assert np.sqrt(apart.variance) == pytest.approx(np.sqrt(alone.variance), rel=0.03)


def test_intervals_from_the_variance_hold_the_truth_as_often_as_they_say() -> None:
    """Exponential events at rates 1 and 2, seen until a uniform time: F_1(t) = (1 - e^-3t) / 3."""
    rng = np.random.default_rng(11)
    truth, hits, runs = (1 - math.exp(-1.5)) / 3, 0, 400
    for _ in range(runs):
        when, seen = rng.exponential(1 / 3, 120), rng.uniform(0, 2, 120)
        what = np.where(seen < when, 0, np.where(rng.random(120) < 1 / 3, 1, 2))
        found = incidence(np.minimum(when, seen), what, kinds=2, at=[0.5])
        hits += abs(found.met[0, 0] - truth) <= 1.96 * math.sqrt(found.variance[0, 0])
    # 95 %, within three standard errors of a share of 400 runs.
    assert abs(hits / runs - 0.95) <= 3 * math.sqrt(0.95 * 0.05 / runs)


# Faults.


@pytest.mark.parametrize(
    ("days", "events", "message"),
    [
        ([], [], "not one of each"),
        ([1, 2], [1], "not one of each"),
        ([[1.0]], [[1]], "not one of each"),
        ([-1, 2], [0, 1], "negative or not a number"),
        ([math.nan], [1], "negative or not a number"),
        ([math.inf], [1], "negative or not a number"),
        ([1], [3], "whole number from 0 to 2"),
        ([1], [-1], "whole number from 0 to 2"),
        ([1], [1.0], "whole number from 0 to 2"),
    ],
)
def test_observations_that_are_none_are_refused(
    days: list[float], events: list[float], message: str
) -> None:
    with pytest.raises(ValueError, match=message):
        incidence(days, events, kinds=2)
    with pytest.raises(ValueError, match=message):
        clustered(days, events, ["a"] * len(days), kinds=2, at=[1])


def test_times_asked_for_must_be_numbers() -> None:
    with pytest.raises(ValueError, match="not a list of numbers"):
        incidence([1], [1], kinds=1, at=[math.nan])
    with pytest.raises(ValueError, match="not a list of numbers"):
        incidence([1], [1], kinds=1, at=3.0)


def test_clusters_must_be_as_many_as_the_observations() -> None:
    with pytest.raises(ValueError, match="2 clusters for 3 observations"):
        clustered([1, 2, 3], [1, 0, 1], ["a", "b"], kinds=1, at=[1])

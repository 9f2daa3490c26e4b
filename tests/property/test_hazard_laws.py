from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodoffices.outlook.hazards import (
    HazardPrior,
    Multiplier,
    accumulate,
    by_week,
    condition,
    expected,
    fan,
    fit,
)

Floats = NDArray[np.float64]

PRIORS = st.builds(HazardPrior, shape=st.floats(0.01, 30), rate=st.floats(0.1, 5_000))


@st.composite
def hazards(draw: st.DrawFn, *, kinds: int | None = None) -> Floats:
    """Hazards (K, W, D) from nothing at all to some that nobody outlives a week."""
    shape = (
        kinds or draw(st.integers(1, 4)),
        draw(st.integers(1, 12)),
        draw(st.integers(1, 5)),
    )
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    values = random.gamma(0.3, 1.0, shape) * draw(st.sampled_from([1e-9, 0.01, 1.0, 30.0]))
    values[random.random(shape) < draw(st.sampled_from([0.0, 0.3]))] = 0.0
    return values


@st.composite
def multipliers(draw: st.DrawFn, risks: tuple[str, ...]) -> Multiplier:
    return Multiplier(
        risk=draw(st.sampled_from(risks)),
        factor=draw(st.floats(0.1, 10)),
        week=draw(st.integers(-5, 15)),
        half_life=draw(st.none() | st.floats(0.5, 50)),
    )


@given(hazards())
def test_what_happened_and_what_is_open_add_up_to_one(values: Floats) -> None:
    met, still_open = accumulate(values)
    assert met.sum(axis=0) + still_open == pytest.approx(1.0, abs=1e-12)


@given(hazards())
def test_probabilities_are_probabilities_and_never_fall(values: Floats) -> None:
    met, still_open = accumulate(values)
    assert (met >= 0).all()
    assert (met <= 1 + 1e-12).all()
    assert (np.diff(met, axis=1) >= 0).all()
    assert (np.diff(still_open, axis=0) <= 0).all()


@given(hazards(), st.integers(2, 5))
def test_splitting_every_week_changes_nothing(values: Floats, parts: int) -> None:
    met, still_open = accumulate(values)
    finer, open_finer = accumulate(np.repeat(values, parts, axis=1), 1 / parts)
    assert finer[:, ::parts] == pytest.approx(met, abs=1e-12)
    assert open_finer[::parts] == pytest.approx(still_open, abs=1e-12)


@given(hazards(), st.floats(0.01, 0.99))
def test_splitting_one_week_anywhere_changes_nothing_later(values: Floats, where: float) -> None:
    met, still_open = accumulate(values)
    parted = np.concatenate((values[:, :1], values), axis=1)
    lengths = np.ones(parted.shape[1])
    lengths[:2] = where, 1 - where
    finer, open_finer = accumulate(parted, lengths)
    assert finer[:, 2:] == pytest.approx(met[:, 1:], abs=1e-12)
    assert open_finer[2:] == pytest.approx(still_open[1:], abs=1e-12)


@given(hazards(), st.floats(0.1, 10))
def test_another_unit_of_time_changes_nothing(values: Floats, unit: float) -> None:
    met, _ = accumulate(values)
    scaled, _ = accumulate(values / unit, unit)
    assert scaled == pytest.approx(met, abs=1e-12)


@given(hazards(), st.randoms(use_true_random=False))
def test_risks_in_another_order_have_the_same_probabilities(values: Floats, random: object) -> None:
    order = list(range(len(values)))
    random.shuffle(order)  # type: ignore[attr-defined]
    met, still_open = accumulate(values)
    moved, open_moved = accumulate(values[order])
    assert moved == pytest.approx(met[order], abs=1e-12)
    assert open_moved == pytest.approx(still_open, abs=1e-12)


@given(hazards(kinds=3))
def test_two_risks_taken_as_one_have_their_sum(values: Floats) -> None:
    met, still_open = accumulate(values)
    together, open_together = accumulate(np.stack((values[0] + values[1], values[2])))
    assert together[0] == pytest.approx(met[0] + met[1], abs=1e-12)
    assert together[1] == pytest.approx(met[2], abs=1e-12)
    assert open_together == pytest.approx(still_open, abs=1e-12)


@given(hazards(kinds=2), st.floats(1, 20))
def test_a_risk_that_grows_happens_more_and_leaves_less_for_others(
    values: Floats, factor: float
) -> None:
    met, still_open = accumulate(values)
    values = values.copy()
    values[0] *= factor
    more, open_more = accumulate(values)
    assert (more[0] >= met[0] - 1e-12).all()
    assert (more[1] <= met[1] + 1e-12).all()
    assert (open_more <= still_open + 1e-12).all()


@given(hazards())
def test_draws_do_not_touch_each_other(values: Floats) -> None:
    met, still_open = accumulate(values)
    for d in range(values.shape[-1]):
        alone, open_alone = accumulate(values[..., d : d + 1])
        assert alone[..., 0] == pytest.approx(met[..., d], abs=1e-15)
        assert open_alone[..., 0] == pytest.approx(still_open[..., d], abs=1e-15)


@given(hazards(), st.integers(0, 12))
def test_going_on_from_a_week_is_the_same_as_going_through(values: Floats, week: int) -> None:
    week = min(week, values.shape[1])
    met, still_open = accumulate(values)
    before, open_before = accumulate(values[:, :week])
    after, open_after = accumulate(values[:, week:])
    assert met[:, -1] == pytest.approx(before[:, -1] + open_before[-1] * after[:, -1], abs=1e-12)
    assert still_open[-1] == pytest.approx(open_before[-1] * open_after[-1], abs=1e-12)


@given(st.lists(multipliers(("deal", "collapse")), max_size=4), st.integers(1, 12))
def test_the_order_of_multipliers_does_not_matter(rules: list[Multiplier], weeks: int) -> None:
    base = {"deal": np.array([0.1, 0.2]), "collapse": np.array([0.01, 0.3])}
    one = by_week(base, rules, weeks=weeks).values
    other = by_week(base, rules[::-1], weeks=weeks).values
    assert one == pytest.approx(other, rel=1e-12)


@given(st.lists(multipliers(("deal",)), max_size=4))
def test_more_weeks_leave_the_first_ones_as_they_were(rules: list[Multiplier]) -> None:
    base = {"deal": np.array([0.1, 0.2])}
    short, long = by_week(base, rules, weeks=5).values, by_week(base, rules, weeks=12).values
    assert long[:, :5].tolist() == short.tolist()


@given(multipliers(("deal",)), st.integers(1, 5))
def test_a_later_start_moves_the_effect_and_nothing_else(rule: Multiplier, weeks: int) -> None:
    base = {"deal": np.ones(1)}
    begun = Multiplier(risk="deal", factor=rule.factor, week=0, half_life=rule.half_life)
    later = Multiplier(risk="deal", factor=rule.factor, week=weeks, half_life=rule.half_life)
    now = by_week(base, [begun], weeks=10).values[0]
    moved = by_week(base, [later], weeks=10 + weeks).values[0]
    assert (moved[:weeks] == 1).all()
    assert moved[weeks:] == pytest.approx(now, rel=1e-12)


@given(hazards())
def test_a_fans_rows_add_up_and_its_bands_are_nested(values: Floats) -> None:
    base = {str(k): rows[0] for k, rows in enumerate(values)}
    found = fan(by_week(base, [], weeks=6))
    assert found.probability.sum(axis=0) == pytest.approx(1.0, abs=1e-12)
    lowest, highest = found.band80
    lower, upper = found.band50
    for below, above in (
        (lowest, lower),
        (lower, found.median),
        (found.median, upper),
        (upper, highest),
    ):
        assert (below <= above + 1e-15).all()


@given(st.lists(PRIORS, min_size=1, max_size=4), st.floats(0.1, 500))
def test_what_priors_expect_is_what_does_not_outlive_them(
    priors: list[HazardPrior], weeks: float
) -> None:
    """sum F_k = 1 - prod (1 + t / b_k)^(-a_k)."""
    lasting = np.prod([(1 + weeks / prior.rate) ** -prior.shape for prior in priors])
    found = expected(priors, [weeks])[0]
    assert found.sum() == pytest.approx(1 - lasting, abs=1e-9)
    assert (found >= 0).all()


@given(PRIORS, st.floats(0, 300), st.floats(0, 300))
def test_waiting_twice_is_waiting_for_the_sum(prior: HazardPrior, one: float, other: float) -> None:
    twice = condition(condition(prior, weeks=one), weeks=other)
    once = condition(prior, weeks=one + other)
    assert twice.rate == pytest.approx(once.rate, rel=1e-12)
    assert once.mean <= prior.mean


@given(
    st.lists(st.tuples(st.integers(0, 300), st.booleans()), min_size=2, max_size=30).filter(
        lambda cases: any(happened for _, happened in cases)
    ),
    st.integers(1, 20),
)
def test_a_fit_has_at_most_the_shape_that_it_may_and_ignores_the_order(
    cases: list[tuple[int, bool]], most: int
) -> None:
    found = fit(*zip(*cases, strict=True), most=most)
    assert 0 < found.shape <= most
    again = fit(*zip(*cases[::-1], strict=True), most=most)
    assert again.rate == pytest.approx(found.rate, rel=1e-9)

from __future__ import annotations

import math
import tracemalloc
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from goodoffices.outlook import hazards as module
from goodoffices.outlook.hazards import (
    Fan,
    HazardPrior,
    Hazards,
    Multiplier,
    accumulate,
    by_week,
    condition,
    draw,
    expected,
    fan,
    first_by,
    fit,
    from_probability,
)

Floats = NDArray[np.float64]


def rng(seed: int = 20240901) -> np.random.Generator:
    return np.random.default_rng(seed)


def steady(*hazards: float, weeks: int = 10) -> Floats:
    """Constant hazards in a single draw, shape (K, W, 1)."""
    return np.tile(np.array(hazards)[:, None, None], (1, weeks, 1))


def multiplied(factor: Floats | float, **rule: float) -> Floats:
    """What a hazard of 1 becomes in six weeks, shape (6, draws)."""
    draws = np.atleast_1d(np.asarray(factor)).shape
    each = Multiplier(risk="deal", factor=factor, **rule)  # type: ignore[arg-type]
    return by_week({"deal": np.ones(draws)}, [each], weeks=6).values[0]


# Closed forms.


@pytest.mark.parametrize("hazard", [0.0, 1e-12, 0.01, 0.7, 40.0])
def test_one_constant_hazard_is_an_exponential_time(hazard: float) -> None:
    """F(T) = 1 - exp(-h T)."""
    met, still_open = accumulate(steady(hazard))
    for week in range(11):
        assert met[0, week, 0] == pytest.approx(-math.expm1(-hazard * week), rel=1e-12)
        assert still_open[week, 0] == pytest.approx(math.exp(-hazard * week), rel=1e-12)


def test_two_constant_hazards_share_what_happens_in_their_proportion() -> None:
    """F_k(T) = h_k / (h_1 + h_2) (1 - exp(-(h_1 + h_2) T))."""
    met, still_open = accumulate(steady(0.03, 0.01))
    for week in range(11):
        happened = -math.expm1(-0.04 * week)
        assert met[:, week, 0] == pytest.approx([0.75 * happened, 0.25 * happened], rel=1e-12)
        assert still_open[week, 0] == pytest.approx(1 - happened, rel=1e-12)


def test_a_hazard_that_changes_is_exact_in_every_week() -> None:
    """Two weeks of 0.1 and 0.2 beside 0.3 and 0: the integral, worked out week by week."""
    values = np.array([[[0.1], [0.3]], [[0.2], [0.0]]])
    met, still_open = accumulate(values)
    first, after = -math.expm1(-0.3), math.exp(-0.3)
    assert met[0, :, 0] == pytest.approx([0, first / 3, first / 3 + after * -math.expm1(-0.3)])
    assert met[1, :, 0] == pytest.approx([0, 2 * first / 3, 2 * first / 3])
    assert still_open[:, 0] == pytest.approx([1, after, math.exp(-0.6)])


def test_tiny_hazards_keep_all_their_digits() -> None:
    met, _ = accumulate(steady(1e-14, 3e-14, weeks=1))
    assert met[:, 1, 0] == pytest.approx([1e-14, 3e-14], rel=1e-12)


def test_where_nothing_can_happen_nothing_does() -> None:
    met, still_open = accumulate(steady(0.0, 0.0))
    assert not met.any()
    assert (still_open == 1).all()


def integrated(hazards: Floats, steps: int) -> tuple[Floats, float]:
    """Return F and S at the end of hazards (K, W) by many small steps of the definition."""
    still_open, met = 1.0, np.zeros(len(hazards))
    for week in hazards.T:
        for _ in range(steps):
            met += still_open * week / steps
            still_open *= 1 - float(week.sum()) / steps
    return met, still_open


def test_small_steps_of_the_definition_come_to_the_same() -> None:
    hazards = rng().gamma(0.5, 0.2, size=(4, 8))
    met, still_open = accumulate(hazards[:, :, None])
    about, left = integrated(hazards, steps=20_000)
    assert met[:, -1, 0] == pytest.approx(about, abs=1e-4)
    assert still_open[-1, 0] == pytest.approx(left, abs=1e-4)


def test_widths_are_lengths_of_the_steps() -> None:
    values = np.array([[[0.2], [0.1]]])
    _, still_open = accumulate(values, [0.5, 3])
    assert still_open[:, 0] == pytest.approx([1, math.exp(-0.1), math.exp(-0.4)])


# Priors.


def test_a_prior_has_the_mean_and_the_spread_that_it_says() -> None:
    prior = HazardPrior(shape=4.0, rate=200.0)
    drawn = draw(prior, 200_000, rng())
    assert drawn.mean() == pytest.approx(prior.mean, rel=0.01)
    assert drawn.std() == pytest.approx(prior.mean / 2, rel=0.01)


@pytest.mark.parametrize(("shape", "rate"), [(0, 1), (1, 0), (-1, 1), (math.inf, 1), (1, math.nan)])
def test_a_prior_without_a_mean_is_refused(shape: float, rate: float) -> None:
    with pytest.raises(ValueError, match="not both above 0"):
        HazardPrior(shape=shape, rate=rate)


def test_waiting_without_an_event_lowers_the_hazard_as_bayes_says() -> None:
    """Weighing draws by their chance to last so long, exp(-h t), gives the same mean."""
    prior, weeks = HazardPrior(shape=0.7, rate=30.0), 45.0
    drawn = draw(prior, 400_000, rng())
    weight = np.exp(-drawn * weeks)
    lasting = condition(prior, weeks=weeks)
    assert lasting == HazardPrior(shape=0.7, rate=75.0)
    assert lasting.mean == pytest.approx(float(drawn @ weight / weight.sum()), rel=0.02)


def test_an_event_that_did_not_end_the_case_counts_as_one_more() -> None:
    found = condition(HazardPrior(shape=2.0, rate=50.0), weeks=10, times=3)
    assert (found.shape, found.rate) == (5.0, 60.0)


@pytest.mark.parametrize(("weeks", "times"), [(-1.0, 0), (math.inf, 0), (1.0, -1)])
def test_what_cannot_have_been_observed_is_refused(weeks: float, times: int) -> None:
    with pytest.raises(ValueError, match="can't have been observed"):
        condition(HazardPrior(shape=1, rate=1), weeks=weeks, times=times)


def test_a_probability_by_a_date_becomes_the_hazard_that_gives_it() -> None:
    hazards = from_probability([0.0, 0.25, 0.9], weeks=26)
    met, _ = accumulate(np.tile(hazards, (1, 26, 1)))
    assert met[0, -1] == pytest.approx([0.0, 0.25, 0.9], abs=1e-12)


@pytest.mark.parametrize("probability", [1.0, -0.1, math.nan])
def test_no_hazard_makes_anything_certain(probability: float) -> None:
    with pytest.raises(ValueError, match="from 0 to below 1"):
        from_probability(probability, weeks=26)
    with pytest.raises(ValueError, match="from 0 to below 1"):
        from_probability(0.5, weeks=0)


def test_one_prior_expects_a_lomax_time() -> None:
    """F(t) = 1 - (1 + t / b)^-a."""
    prior = HazardPrior(shape=0.3, rate=20.0)
    weeks = np.array([0.0, 1.0, 13.0, 52.0, 260.0])
    assert expected([prior], weeks)[:, 0] == pytest.approx(1 - (1 + weeks / 20) ** -0.3, abs=1e-6)


def test_priors_alike_expect_equal_shares() -> None:
    """With a = a_1 + a_2 and one b the whole is Lomax, and each has half of it."""
    prior = HazardPrior(shape=0.4, rate=9.0)
    found = expected([prior, prior], [30.0])[0]
    assert found == pytest.approx([(1 - (1 + 30 / 9) ** -0.8) / 2] * 2, abs=1e-5)


def test_what_priors_expect_is_the_mean_over_their_draws() -> None:
    priors = [HazardPrior(shape=a, rate=b) for a, b in ((0.15, 1.0), (0.6, 80.0), (20.0, 4000.0))]
    base = {str(k): draw(prior, 100_000, rng(k)) for k, prior in enumerate(priors)}
    found = fan(by_week(base, [], weeks=52))
    likely = expected(priors, [13.0, 52.0])
    for t, week in enumerate((13, 52)):
        assert (abs(found.probability[:3, week] - likely[t]) <= 4 * found.error[:3, week]).all()


def test_the_fit_finds_the_prior_that_cases_were_drawn_from() -> None:
    """20,000 cases with two competing risks, followed for five years at most."""
    one, other = HazardPrior(shape=0.5, rate=60.0), HazardPrior(shape=0.3, rate=15.0)
    source = rng(3)
    hazards = np.array([draw(prior, 20_000, source) for prior in (one, other)])
    times = source.exponential(1.0, hazards.shape) / np.maximum(hazards, 1e-300)
    weeks, first = np.minimum(times.min(axis=0), 260.0), times.argmin(axis=0)
    for k, prior in enumerate((one, other)):
        found = fit(weeks, (first == k) & (weeks < 260), most=10_000)
        assert found.shape == pytest.approx(prior.shape, rel=0.08)
        assert found.rate == pytest.approx(prior.rate, rel=0.15)


def test_cases_that_are_alike_have_a_prior_no_tighter_than_they_can_tell() -> None:
    weeks = rng(4).exponential(50.0, 5_000)
    found = fit(weeks, np.ones(5_000, dtype=bool), most=40)
    assert found.shape == 40
    assert found.mean == pytest.approx(1 / 50, rel=0.05)


def test_the_fit_is_the_likeliest_of_its_grid() -> None:
    """The log-likelihood d log a - d log b - sum_yes log(1 + t/b) - a sum log(1 + t/b)."""
    weeks = np.array([0.2, 1.7, 3.1, 9.4, 30.0, 80.5, 200.0, 200.0])
    yes = np.array([True, True, True, True, False, True, False, False])
    t = np.floor(weeks) + 0.5

    def likelihood(a: float, b: float) -> float:
        logs = np.log1p(t / b)
        return float(yes.sum() * math.log(a / b) - logs[yes].sum() - a * logs.sum())

    found = fit(weeks, yes, most=100)
    best = likelihood(found.shape, found.rate)
    for a in found.shape * np.array([0.5, 0.9, 0.99, 1.01, 1.1, 2]):
        assert likelihood(a, found.rate) < best
    for b in found.rate * np.array([0.1, 0.8, 1.25, 10]):
        a = yes.sum() / np.log1p(t / b).sum()
        assert likelihood(a, b) < best


def test_what_never_happened_has_no_prior() -> None:
    with pytest.raises(ValueError, match="never happened"):
        fit([1.0, 2.0], [False, False], most=3)


# Multipliers.


def test_a_multiplier_counts_from_its_week_on() -> None:
    assert multiplied(3.0, week=2)[:, 0].tolist() == [1, 1, 3, 3, 3, 3]


def test_half_of_the_effect_is_left_after_a_half_life_in_logs() -> None:
    assert multiplied(16.0, week=1, half_life=2.0)[:, 0] == pytest.approx(
        [1, 16, 16**0.5**0.5, 4, 16**0.5**1.5, 2]
    )


def test_a_factor_and_its_inverse_cancel_in_every_week() -> None:
    rules = [Multiplier(risk="deal", factor=factor, week=1, half_life=3.0) for factor in (5.0, 0.2)]
    values = by_week({"deal": np.ones(1)}, rules, weeks=6).values
    assert values == pytest.approx(1.0, rel=1e-12)


def test_an_event_of_the_past_has_faded_by_now() -> None:
    past, now = multiplied(16.0, week=-2, half_life=2.0), multiplied(4.0, week=0, half_life=2.0)
    assert past == pytest.approx(now)
    assert multiplied(3.0, week=-2).tolist() == multiplied(3.0).tolist()


def test_each_draw_may_have_a_factor_of_its_own() -> None:
    values = multiplied(np.array([1.0, 2.0, 0.5]), week=5)
    assert values[4].tolist() == [1, 1, 1]
    assert values[5].tolist() == [1, 2, 0.5]


def test_a_multiplier_touches_its_own_risk_only() -> None:
    base = {"deal": np.array([0.1]), "collapse": np.array([0.2])}
    found = by_week(base, [Multiplier(risk="collapse", factor=2.0)], weeks=2)
    assert found.risks == ("deal", "collapse")
    assert found.values[:, 0, 0].tolist() == [0.1, 0.4]


def test_a_multiplier_beyond_the_last_week_changes_nothing() -> None:
    assert (multiplied(5.0, week=6) == 1).all()


def test_a_factor_of_nothing_closes_a_risk() -> None:
    assert multiplied(0.0, week=3)[:, 0].tolist() == [1, 1, 1, 0, 0, 0]


@pytest.mark.parametrize("factor", [-1.0, math.nan, math.inf, np.array([1.0, -2.0])])
def test_a_factor_that_is_none_is_refused(factor: Floats | float) -> None:
    with pytest.raises(ValueError, match="not a number above 0"):
        multiplied(factor)


def test_a_closed_risk_has_no_half_life_to_come_back_by() -> None:
    with pytest.raises(ValueError, match="not a number above 0"):
        multiplied(0.0, half_life=2.0)


@pytest.mark.parametrize("half_life", [0.0, -1.0, math.nan])
def test_a_half_life_is_above_nothing(half_life: float) -> None:
    with pytest.raises(ValueError, match="half-life"):
        multiplied(2.0, half_life=half_life)


def test_an_unknown_risk_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(ValueError, match='"peace" is none of the risks deal, collapse'):
        by_week(
            {"deal": np.ones(1), "collapse": np.ones(1)},
            [Multiplier(risk="peace", factor=2.0)],
            weeks=1,
        )


@pytest.mark.parametrize(
    ("base", "weeks"),
    [({"deal": np.array([-0.1])}, 3), ({"deal": np.array([np.nan])}, 3), ({"deal": np.ones(1)}, 0)],
)
def test_hazards_that_are_none_are_refused(base: dict[str, Floats], weeks: int) -> None:
    with pytest.raises(ValueError, match="numbers of 0 or more"):
        by_week(base, [], weeks=weeks)


# Fans.


def drawn_fan(draws: int = 2_000, weeks: int = 12) -> tuple[Hazards, Fan]:
    base = {
        "deal": draw(HazardPrior(shape=0.4, rate=20.0), draws, rng(1)),
        "escalation": draw(HazardPrior(shape=2.0, rate=100.0), draws, rng(2)),
    }
    push = Multiplier(risk="deal", factor=rng(3).lognormal(0.5, 0.3, draws), week=4, half_life=6.0)
    hazards = by_week(base, [push], weeks=weeks)
    return hazards, fan(hazards)


def test_a_fan_holds_means_medians_and_bands_of_the_draws() -> None:
    hazards, found = drawn_fan()
    met, still_open = accumulate(hazards.values)
    every = np.concatenate((met, still_open[None]))
    assert found.probability == pytest.approx(every.mean(axis=-1))
    assert found.error == pytest.approx(every.std(axis=-1) / math.sqrt(2_000))
    for band, levels in ((found.band50, (0.25, 0.75)), (found.band80, (0.1, 0.9))):
        assert band == pytest.approx(np.quantile(every, levels, axis=-1), abs=1e-12)
    assert found.median == pytest.approx(np.quantile(every, 0.5, axis=-1), abs=1e-12)
    assert (found.risks, found.draws) == (("deal", "escalation"), 2_000)


def test_a_fan_begins_with_certainty_that_nothing_has_happened() -> None:
    _, found = drawn_fan()
    assert found.probability[:, 0].tolist() == [0, 0, 1]
    assert found.band80[:, :, 0].tolist() == [[0, 0, 1], [0, 0, 1]]


def test_a_fan_of_draws_that_agree_has_no_width() -> None:
    found = fan(by_week({"deal": np.full(50, 0.1)}, [], weeks=5))
    assert found.band80[0] == pytest.approx(found.band80[1])
    assert found.error == pytest.approx(0.0, abs=1e-12)


def test_a_single_draw_makes_a_fan() -> None:
    found = fan(by_week({"deal": np.array([0.1])}, [], weeks=2))
    assert found.median.tolist() == found.probability.tolist()


def test_a_fan_leaves_the_hazards_as_they_were() -> None:
    hazards, _ = drawn_fan()
    before = hazards.values.copy()
    fan(hazards)
    assert (hazards.values == before).all()


# Calibration on simulated cases.


def test_forecasts_come_true_as_often_as_they_say() -> None:
    """Cases drawn from the priors and lived through: shares by week against the fan's means."""
    priors = {
        "deal": HazardPrior(shape=0.4, rate=30.0),
        "escalation": HazardPrior(shape=1.0, rate=150.0),
        "collapse": HazardPrior(shape=3.0, rate=400.0),
    }
    forecast = fan(
        by_week(
            {k: draw(p, 20_000, rng(i)) for i, (k, p) in enumerate(priors.items())}, [], weeks=52
        )
    )
    cases, source = 20_000, rng(77)
    hazards = np.array([draw(prior, cases, source) for prior in priors.values()])
    times = source.exponential(1.0, hazards.shape) / np.maximum(hazards, 1e-300)
    first, when = times.argmin(axis=0), times.min(axis=0)
    for week in (4, 26, 52):
        for k in range(3):
            share = float(np.mean((first == k) & (when <= week)))
            likely = forecast.probability[k, week]
            error = math.hypot(math.sqrt(likely * (1 - likely) / cases), forecast.error[k, week])
            assert abs(share - likely) <= 4 * error


def test_bands_hold_a_cases_own_probability_as_often_as_they_say() -> None:
    """Each simulated case has hazards of its own; its true F_k(T) lies in the bands 50 and 80 %."""
    prior = HazardPrior(shape=0.8, rate=40.0)
    found = fan(by_week({"deal": draw(prior, 20_000, rng(5))}, [], weeks=30))
    own = -np.expm1(-draw(prior, 20_000, rng(6)) * 30)
    for band, level in ((found.band50, 0.5), (found.band80, 0.8)):
        low, high = band[:, 0, 30]
        share = float(np.mean((own >= low) & (own <= high)))
        # Error of the share, and of the two drawn ends of the band.
        assert abs(share - level) <= 4 * math.sqrt(3 * level * (1 - level) / 20_000)


def test_a_case_that_is_still_open_is_forecast_right_from_then_on() -> None:
    """Of those still open after 20 weeks, the share that ends within 10 more."""
    prior, source = HazardPrior(shape=0.5, rate=10.0), rng(8)
    when = source.exponential(1.0, 200_000) / np.maximum(draw(prior, 200_000, source), 1e-300)
    later = float(np.mean(when[when > 20] <= 30))
    likely = expected([condition(prior, weeks=20)], [10.0])[0, 0]
    assert likely == pytest.approx(float(1 - Fraction(3, 4) ** Fraction(1, 2)), abs=1e-5)
    assert later == pytest.approx(likely, abs=0.006)


# First by some weeks.


def uneven(draws: int = 300, weeks: int = 20) -> Hazards:
    values = rng(11).gamma(0.5, 0.1, size=(3, weeks, draws))
    return Hazards(risks=("deal", "escalation", "collapse"), values=values)


@pytest.mark.parametrize("weeks", [0, 1, 7, 20, 35])
def test_what_came_first_by_whole_weeks_is_what_accumulates(weeks: int) -> None:
    hazards = uneven()
    met, _ = accumulate(hazards.values)
    found = first_by(hazards, weeks)
    for k, risk in enumerate(hazards.risks):
        np.testing.assert_allclose(found[risk], met[k, min(weeks, 20)], atol=1e-14)


def test_within_a_week_the_closed_form_holds() -> None:
    """Two constant hazards a, b: F_a(T) = a / (a + b) (1 - exp(-(a + b) T))."""
    a, b, t = 0.03, 0.05, 6.3
    found = first_by(by_week({"a": np.array([a]), "b": np.array([b])}, [], weeks=10), t)
    assert found["a"].item() == pytest.approx(a / (a + b) * -math.expm1(-(a + b) * t), abs=1e-15)


def test_factors_are_hazards_that_were_multiplied() -> None:
    hazards = uneven()
    times = rng(12).uniform(0, 4, 300)
    by_hand = hazards.values.copy()
    by_hand[1] *= times
    by_hand[2] *= 0.5
    plain = first_by(Hazards(risks=hazards.risks, values=by_hand), 12.5)
    found = first_by(hazards, 12.5, {"escalation": times, "collapse": 0.5})
    for risk in hazards.risks:
        np.testing.assert_allclose(found[risk], plain[risk], atol=1e-14)
    assert (hazards.values == uneven().values).all()


def test_the_draws_are_the_same_however_many_are_looked_at_in_one_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hazards = uneven()
    whole = first_by(hazards, 9.5)
    for chunk in (1, 7, 299, 300, 10_000):
        monkeypatch.setattr(module, "CHUNK", chunk)
        for risk, met in first_by(hazards, 9.5).items():
            np.testing.assert_allclose(met, whole[risk], atol=1e-14)


def test_a_closed_risk_and_a_case_without_hazards_stay_open() -> None:
    none = first_by(Hazards(risks=("deal",), values=np.zeros((1, 5, 4))), 5)
    assert none["deal"].tolist() == [0.0] * 4
    closed = first_by(uneven(), 20, {"deal": 0.0})
    assert (closed["deal"] == 0).all()
    assert (closed["collapse"] >= first_by(uneven(), 20)["collapse"]).all()


def test_a_factor_on_no_risk_is_an_error() -> None:
    with pytest.raises(ValueError, match='"peace" is none of the risks deal, escalation, collapse'):
        first_by(uneven(), 5, {"peace": 2.0})


def test_hazards_that_are_huge_close_the_matter_at_once_in_their_shares() -> None:
    values = np.full((2, 3, 1), 1e6)
    values[1] *= 3
    found = first_by(Hazards(risks=("a", "b"), values=values), 3)
    assert (found["a"].item(), found["b"].item()) == pytest.approx((0.25, 0.75))


def test_the_fan_keeps_little_beside_the_hazards() -> None:
    """104 weeks, 3 risks, 5,000 draws are 12.5 MB of hazards: the fan adds less than four kinds."""
    hazards = Hazards(risks=("a", "b", "c"), values=rng(1).gamma(0.5, 0.01, size=(3, 104, 5_000)))
    tracemalloc.start()
    fan(hazards)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 4.5 * hazards.values.nbytes / 3

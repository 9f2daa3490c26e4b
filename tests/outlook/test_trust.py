import math
from math import comb

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodoffices.errors import ModelError
from goodoffices.outlook.trust import Record, beta_cdf, beta_quantiles, trust


def record(kept: int, broken: int, day: float = 0.0) -> list[Record]:
    return [Record(day=day, kept=1.0)] * kept + [Record(day=day, kept=0.0)] * broken


def test_without_a_record_trust_is_the_base_rate() -> None:
    found = trust([], mean=0.25)
    assert (found.a, found.b, found.next) == (5.0, 15.0, 0.25)


def test_each_promise_counts_as_one_beside_twenty() -> None:
    found = trust(record(kept=3, broken=1), mean=0.5)
    assert (found.a, found.b) == (13.0, 11.0)
    assert (found.kept, found.broken) == (3.0, 1.0)
    assert found.next == pytest.approx(13 / 24, abs=1e-15)


def test_two_broken_promises_are_no_verdict() -> None:
    """With strength 20 and a base rate of one half they leave 10 in 22."""
    assert trust(record(kept=0, broken=2), mean=0.5).next == pytest.approx(10 / 22, abs=1e-15)


def test_a_stated_strength_holds() -> None:
    assert trust(record(kept=1, broken=0), mean=0.5, strength=2.0).next == pytest.approx(2 / 3)


def test_a_promise_kept_in_part_counts_in_part() -> None:
    found = trust([Record(day=0.0, kept=0.25)], mean=0.5)
    assert (found.kept, found.broken) == (0.25, 0.75)


def test_old_promises_fade_by_half_after_each_half_life() -> None:
    found = trust(record(kept=4, broken=0, day=-365.0), mean=0.5, day=365.0, half_life=365.0)
    assert found.kept == 1.0
    assert found.next == pytest.approx(11 / 21, abs=1e-15)


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.05, 0.95), st.floats(1, 100))
def test_the_next_promise_lies_between_the_base_rate_and_the_record(
    kept: int, broken: int, mean: float, strength: float
) -> None:
    found = trust(record(kept, broken), mean=mean, strength=strength)
    share = kept / (kept + broken) if kept + broken else mean
    assert min(mean, share) - 1e-12 <= found.next <= max(mean, share) + 1e-12


@given(st.integers(0, 30), st.integers(0, 30))
def test_the_probability_is_the_share_of_prior_and_record_together(kept: int, broken: int) -> None:
    """The closed form (s m + kept) / (s + kept + broken)."""
    found = trust(record(kept, broken), mean=0.25)
    assert found.next == pytest.approx((5 + kept) / (20 + kept + broken), abs=1e-12)


def test_one_promise_after_the_other_gives_the_same_trust_as_all_at_once() -> None:
    once = trust(record(kept=3, broken=2), mean=0.4)
    step = trust(record(kept=3, broken=0), mean=0.4)
    after = trust(record(kept=0, broken=2), mean=step.next, strength=step.a + step.b)
    assert (after.a, after.b) == pytest.approx((once.a, once.b), abs=1e-12)


def test_the_band_narrows_as_the_record_grows() -> None:
    few, many = (trust(record(n, n), mean=0.5).band for n in (1, 100))
    assert few.low < many.low < many.central < many.high < few.high
    assert many.central == pytest.approx(0.5, abs=1e-12)


def test_draws_have_the_distribution_of_trust() -> None:
    found = trust(record(kept=2, broken=8), mean=0.5)
    draws = found.draws(20_000, np.random.default_rng(5))
    assert draws.shape == (20_000,)
    # The standard error of the mean is below 0.001, of the quantiles about 0.002.
    assert draws.mean() == pytest.approx(found.next, abs=0.004)
    band = found.band
    assert np.quantile(draws, [0.05, 0.5, 0.95]) == pytest.approx(
        [band.low, band.central, band.high], abs=0.008
    )


def test_quantiles_at_random_levels_are_draws() -> None:
    found = trust(record(kept=2, broken=8), mean=0.5)
    draws = found.quantiles(np.random.default_rng(5).random(5_000))
    assert draws.mean() == pytest.approx(found.next, abs=0.008)


def test_the_same_seed_gives_the_same_draws() -> None:
    found = trust([], mean=0.5)
    one, other = (found.draws(5, np.random.default_rng(1)).tolist() for _ in range(2))
    assert one == other


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"mean": 0.0}, "trust starts from a mean between 0 and 1"),
        ({"mean": 1.0}, "trust starts from a mean between 0 and 1"),
        ({"mean": math.nan}, "trust starts from a mean between 0 and 1"),
        ({"mean": 0.5, "strength": 0.0}, "a strength above 0"),
        ({"mean": 0.5, "half_life": 30.0}, "a record fades from a day on"),
        ({"mean": 0.5, "half_life": 0.0, "day": 0.0}, "with a half-life above 0 days"),
        ({"mean": 0.5, "day": -1.0}, "a promise of day 0 is not known on day -1"),
    ],
)
def test_what_is_no_trust_is_an_error(options: dict[str, float], message: str) -> None:
    with pytest.raises(ModelError) as raised:
        trust(record(1, 1), **options)
    assert message in str(raised.value)


def test_a_promise_cannot_be_more_than_kept() -> None:
    with pytest.raises(ModelError, match="a promise is kept to a share of 0 to 1, not 2"):
        trust([Record(day=0.0, kept=2)], mean=0.5)


# The Beta distribution.


def binomial_tail(a: int, b: int, x: float) -> float:
    """P(Beta(a, b) <= x) for whole a and b: at least a successes in a + b - 1 trials."""
    n = a + b - 1
    return math.fsum(comb(n, k) * x**k * (1 - x) ** (n - k) for k in range(a, n + 1))


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0, 1))
def test_the_beta_distribution_is_a_tail_of_the_binomial(a: int, b: int, x: float) -> None:
    """Abramowitz and Stegun (1964), 26.5.24."""
    assert beta_cdf(a, b, [x])[0] == pytest.approx(binomial_tail(a, b, x), abs=1e-10)


@pytest.mark.parametrize("x", [0.0, 0.1, 0.5, 0.9, 1.0])
def test_the_arcsine_law_is_met(x: float) -> None:
    """Beta(1/2, 1/2) has the distribution function (2 / pi) arcsin(sqrt(x))."""
    assert beta_cdf(0.5, 0.5, [x])[0] == pytest.approx(
        2 / math.pi * math.asin(math.sqrt(x)), abs=1e-12
    )


@given(st.floats(1, 500), st.floats(1, 500), st.floats(0.001, 0.999))
def test_a_quantile_is_where_the_distribution_reaches_its_level(
    a: float, b: float, u: float
) -> None:
    x = beta_quantiles(a, b, [u])
    assert beta_cdf(a, b, x)[0] == pytest.approx(u, abs=1e-8)


@given(st.floats(0.5, 200), st.floats(0.5, 200), st.floats(0.01, 0.99))
def test_the_beta_distribution_turned_round_is_its_mirror(a: float, b: float, x: float) -> None:
    assert beta_cdf(a, b, [x])[0] == pytest.approx(1 - beta_cdf(b, a, [1 - x])[0], abs=1e-10)

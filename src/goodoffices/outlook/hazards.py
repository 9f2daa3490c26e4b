"""Which of several things happens first, by week: competing hazards that change over time.

A hazard h_k is the rate, per week, at which k happens while nothing else has. How high it is in
one case nobody knows: it is drawn from a Gamma prior. Events and scenarios multiply it from some
week on. Within a week it is constant, so that in each draw, with H = sum_k h_k and D the length
of the week in weeks, nothing is approximated:

    S <- S exp(-H D)
    F_k <- F_k + S (h_k / H) (1 - exp(-H D))

A Gamma prior of shape a and rate b (in weeks) is a spread among cases: seen over many of them, the
hazard is a / (b + t), falling with time t, because the quick ones go first. A case that is still
open after t weeks has the prior (a, b + t). The same times would also come from hazards that fall
in each case: what is left of the two, spread or fall, no data of this kind can tell.

References: Kalbfleisch & Prentice (2002), The Statistical Analysis of Failure Time Data, chapter 8
(competing risks); Lomax (1954), Business failures (the Gamma mixture of exponential times);
Abbring & van den Berg (2003), The identifiability of the mixed proportional hazards competing
risks model.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = [
    "Fan",
    "HazardPrior",
    "Hazards",
    "Multiplier",
    "accumulate",
    "by_week",
    "condition",
    "draw",
    "expected",
    "fan",
    "first_by",
    "fit",
    "from_probability",
]

Floats = NDArray[np.float64]

QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)
"""Ends of the 80 % band, of the 50 % band, and the median between."""

CHUNK = 2_000
"""Draws that are looked at in one go where not all are needed at once."""

_SCALES = np.geomspace(0.01, 1e6, 801)
_STEPS = 2_000


@dataclass(frozen=True, kw_only=True, slots=True)
class HazardPrior:
    """A Gamma distribution of a hazard per week."""

    shape: float
    """Above 0; small where cases differ much: the spread is 1 / sqrt(shape) of the mean."""
    rate: float
    """In weeks, above 0."""

    def __post_init__(self) -> None:
        if not (0 < self.shape < math.inf and 0 < self.rate < math.inf):
            raise ValueError(f"shape {self.shape} and rate {self.rate} are not both above 0")

    @property
    def mean(self) -> float:
        """The mean hazard per week."""
        return self.shape / self.rate


@dataclass(frozen=True, kw_only=True, slots=True)
class Multiplier:
    """What an event or a scenario does to a hazard from some week on."""

    risk: str
    factor: Floats | float
    """By how much the hazard is multiplied: one number, or one for each draw."""
    week: int = 0
    """The first week, counted from 0, in which it does so."""
    half_life: float | None = None
    """Weeks after which half of the effect is left, in logs: a factor of 4 is 2 by then. None: it
    stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Hazards:
    """Hazards of K risks in W weeks and D draws."""

    risks: tuple[str, ...]
    values: Floats
    """Shape (K, W, D), per week."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fan:
    """What has happened first by the end of each week, and how far the draws differ."""

    risks: tuple[str, ...]
    """Names of the K risks; the last row of the arrays, after theirs, is that nothing has."""
    draws: int
    probability: Floats
    """Shape (K + 1, W + 1): mean over the draws, from now (0) to the end of the last week. The
    rows add up to 1."""
    error: Floats
    """Its standard error, from the number of draws alone."""
    median: Floats
    band50: Floats
    """Shape (2, K + 1, W + 1): the lower and the upper end that hold half of the draws."""
    band80: Floats
    """The same, for 80 % of the draws."""


def condition(prior: HazardPrior, *, weeks: float, times: int = 0) -> HazardPrior:
    """Return the prior of a case that has been open for so many weeks.

    Gamma(a, b) becomes Gamma(a + n, b + t), where it happened n times, without ending the case.

    >>> condition(HazardPrior(shape=0.5, rate=50), weeks=50).mean
    0.005
    """
    if not (0 <= weeks < math.inf) or times < 0:
        raise ValueError(f"{times} times in {weeks} weeks can't have been observed")
    return HazardPrior(shape=prior.shape + times, rate=prior.rate + weeks)


def draw(prior: HazardPrior, draws: int, rng: np.random.Generator) -> Floats:
    """Return draws of the hazard per week, shape (draws,).

    >>> draw(HazardPrior(shape=2, rate=100), 3, np.random.default_rng(1)).shape
    (3,)
    """
    return rng.gamma(prior.shape, 1.0 / prior.rate, size=draws)


def from_probability(probability: ArrayLike, *, weeks: float) -> Floats:
    """Return the hazard with which it happens within so many weeks, if nothing else can.

    h = -log(1 - p) / T. For p = 1 no hazard is high enough: ValueError.

    >>> round(from_probability(0.5, weeks=10).item(), 4)
    0.0693
    """
    p = np.asarray(probability, dtype=np.float64)
    if not ((p >= 0) & (p < 1)).all() or not 0 < weeks < math.inf:
        raise ValueError(f"a probability from 0 to below 1 within weeks, not {p} in {weeks}")
    return np.asarray(-np.log1p(-p) / weeks)


def fit(weeks: ArrayLike, happened: ArrayLike, *, most: float) -> HazardPrior:
    """Estimate the prior from cases of a reference class, for one of its competing risks.

    `weeks` (n,) is how long each case was followed, `happened` (n,) whether that ended with this
    risk; another risk ends a case as if it had been followed no longer. Times are counted in whole
    weeks and stand at their middle. For rate b the likeliest shape is

        a(b) = d / sum log(1 + t / b)          d: how often it happened

    and b is the likeliest of 801 from 0.01 to 1,000,000 weeks, spaced evenly in logs. The shape is
    at most `most` (how many independent cases had the event: the hazard isn't known better than
    they tell). Beyond it the hazards look alike, and the prior has that shape and the mean d / sum
    t. Raises ValueError if it never happened.

    >>> prior = fit([1, 2, 3, 40, 80, 80], [True, True, True, False, False, False], most=3)
    >>> round(prior.shape, 2), round(prior.rate, 1)
    (0.19, 1.0)
    """
    t = np.floor(np.asarray(weeks, dtype=np.float64)) + 0.5
    yes = np.asarray(happened, dtype=np.bool_)
    d = int(yes.sum())
    if not d:
        raise ValueError("what never happened in the reference class has no rate")
    logs = np.log1p(t[:, None] / _SCALES)
    shapes = d / logs.sum(axis=0)
    best = int(np.argmax(d * np.log(shapes / _SCALES) - logs[yes].sum(axis=0)))
    shape, rate = float(shapes[best]), float(_SCALES[best])
    if shape > most:
        shape, rate = float(most), most * float(t.sum()) / d
    return HazardPrior(shape=shape, rate=rate)


def expected(priors: Sequence[HazardPrior], weeks: ArrayLike) -> Floats:
    """Return how probable it is that each risk has come first by some weeks from now.

    Shape (T, K), for constant hazards drawn from the K priors, without any draws:

        F_k(T) = integral 0..T  a_k / (b_k + t)  prod_l (1 + t / b_l)^(-a_l)  dt

    by steps within which the hazards keep their proportions; the error is below 1e-4.

    >>> one = HazardPrior(shape=1, rate=10)
    >>> expected([one], [10]).round(3).tolist()
    [[0.5]]
    """
    when = np.asarray(weeks, dtype=np.float64)
    a = np.array([prior.shape for prior in priors])
    b = np.array([prior.rate for prior in priors])
    end = max(float(when.max()), 1e-9)
    grid = np.concatenate(([0.0], np.geomspace(min(b.min(), end) * 1e-4, end, _STEPS)))
    still_open = np.exp(-(a * np.log1p(grid[:, None] / b)).sum(axis=1))
    rising = a * np.diff(np.log1p(grid[:, None] / b), axis=0)
    steps = -np.diff(still_open)[:, None] * rising / rising.sum(axis=1, keepdims=True)
    met = np.concatenate((np.zeros((1, len(a))), np.cumsum(steps, axis=0)))
    return np.column_stack([np.interp(when, grid, column) for column in met.T])


def by_week(
    base: Mapping[str, Floats], multipliers: Sequence[Multiplier], *, weeks: int
) -> Hazards:
    """Return each risk's hazard in each week.

    `base` names the risks and gives each one's hazard per week now, shape (draws,). In week w a
    multiplier counts with factor^(2^(-(w - its first week) / its half-life)), and several of them
    multiply each other.

    Raises ValueError for a multiplier of no known risk, or one that is not above 0 (without a
    half-life, 0 is allowed: it closes the risk).

    >>> peace = Multiplier(risk="deal", factor=4.0, week=1, half_life=1.0)
    >>> by_week({"deal": np.array([0.01])}, [peace], weeks=3).values[0, :, 0].tolist()
    [0.01, 0.04, 0.02]
    """
    risks = tuple(base)
    now = np.array([base[risk] for risk in risks], dtype=np.float64)
    if weeks < 1 or now.ndim != 2 or not (np.isfinite(now).all() and (now >= 0).all()):
        raise ValueError("hazards are numbers of 0 or more, one for each draw, over some weeks")
    values = np.repeat(now[:, None, :], weeks, axis=1)
    for each in multipliers:
        if each.risk not in base:
            raise ValueError(f'"{each.risk}" is none of the risks {", ".join(risks)}')
        first = max(each.week, 0)
        if first < weeks:
            values[risks.index(each.risk), first:] *= _factors(each, weeks - first)
    return Hazards(risks=risks, values=values)


def _factors(each: Multiplier, weeks: int) -> Floats:
    """Return what a multiplier amounts to in the weeks from its first one that is to come."""
    factor = np.atleast_1d(np.asarray(each.factor, dtype=np.float64))
    lowest = 0.0 if each.half_life is None else np.nextafter(0.0, 1.0)
    if not (np.isfinite(factor).all() and (factor >= lowest).all()):
        raise ValueError(f'a factor on "{each.risk}" is not a number above 0')
    if each.half_life is None:
        return factor[None, :]
    if not each.half_life > 0:
        raise ValueError(f'the half-life of a factor on "{each.risk}" is not above 0')
    # An event of the past has faded by now.
    age = np.arange(weeks) - min(each.week, 0)
    return np.asarray(np.exp(np.outer(2.0 ** (-age / each.half_life), np.log(factor))))


def accumulate(values: Floats, widths: ArrayLike = 1.0) -> tuple[Floats, Floats]:
    """Return how probable each has come first, and that none has, at the end of each week.

    `values` (K, W, D) are hazards per week, constant within each of W steps whose lengths `widths`
    are in weeks (one for all, or W). Returns F (K, W + 1, D) and S (W + 1, D), from now on.

    >>> met, still_open = accumulate(np.full((2, 1, 1), np.log(2) / 2))
    >>> met[:, 1, 0].round(9).tolist(), still_open[1, 0].round(9).item()
    ([0.25, 0.25], 0.5)
    """
    still_open, per_hazard = _open_and_closing(values, widths)
    return np.stack([_met(one, per_hazard) for one in values]), still_open


def _open_and_closing(values: Floats, widths: ArrayLike) -> tuple[Floats, Floats]:
    """Return what is open by week (W + 1, D), and what of it closes per unit of hazard (W, D)."""
    _, weeks, draws = values.shape
    length = np.broadcast_to(np.asarray(widths, dtype=np.float64), (weeks,))
    total = values.sum(axis=0)
    passed = total * length[:, None]
    still_open = np.empty((weeks + 1, draws))
    still_open[0] = 1.0
    np.cumsum(passed, axis=0, out=still_open[1:])
    np.exp(-still_open[1:], out=still_open[1:])
    closing = np.expm1(-passed, out=passed)
    closing *= -still_open[:-1]
    # Where nothing can happen nothing closes, whatever it is divided by.
    return still_open, np.divide(closing, total, out=closing, where=total > 0)


def _met(hazard: Floats, per_hazard: Floats) -> Floats:
    met = np.zeros((len(hazard) + 1, hazard.shape[1]))
    np.multiply(hazard, per_hazard, out=met[1:])
    np.cumsum(met, axis=0, out=met)
    return met


def fan(hazards: Hazards) -> Fan:
    """Return the probabilities by week, with bands that hold 50 and 80 % of the draws.

    >>> certain = by_week({"deal": np.array([0.1, 0.1])}, [], weeks=10)
    >>> fan(certain).probability[:, 10].round(3).tolist()
    [0.632, 0.368]
    """
    still_open, per_hazard = _open_and_closing(hazards.values, 1.0)
    kinds, weeks, draws = hazards.values.shape
    shape = (kinds + 1, weeks + 1)
    probability, error = np.empty(shape), np.empty(shape)
    quantiles = np.empty((len(QUANTILES), *shape))
    # One kind at a time: each is as large as a kind's hazards, and is sorted in place.
    for k in range(kinds + 1):
        one = still_open if k == kinds else _met(hazards.values[k], per_hazard)
        probability[k] = one.mean(axis=-1)
        error[k] = one.std(axis=-1) / math.sqrt(draws)
        one.sort(axis=-1)
        quantiles[:, k] = [_sorted_quantile(one, q) for q in QUANTILES]
    lowest, lower, median, upper, highest = quantiles
    return Fan(
        risks=hazards.risks,
        draws=draws,
        probability=probability,
        error=error,
        median=median,
        band50=np.stack((lower, upper)),
        band80=np.stack((lowest, highest)),
    )


def first_by(
    hazards: Hazards, weeks: float, factors: Mapping[str, ArrayLike] | None = None
) -> dict[str, Floats]:
    """Return how probable each risk is to have come first within so many weeks from now, (n,).

    `factors` multiply hazards from now on, a number or (n,) for each risk named. Beyond the weeks
    that the hazards hold, what there is by their end is returned. Raises ValueError for a factor
    on no risk.

    >>> even = by_week({"deal": np.array([0.1]), "collapse": np.array([0.1])}, [], weeks=10)
    >>> first_by(even, 2.5, {"collapse": 3.0})["deal"].round(4).tolist()
    [0.158]
    """
    kinds, held, draws = hazards.values.shape
    steps = min(math.ceil(weeks), held)
    widths = np.minimum(weeks - np.arange(steps), 1.0)
    scale = np.ones((kinds, 1, draws))
    for risk, factor in (factors or {}).items():
        if risk not in hazards.risks:
            raise ValueError(f'"{risk}" is none of the risks {", ".join(hazards.risks)}')
        scale[hazards.risks.index(risk)] *= np.asarray(factor, dtype=np.float64)
    found = np.zeros((kinds, draws))
    for start in range(0, draws if steps else 0, CHUNK):
        part = slice(start, start + CHUNK)
        values = hazards.values[:, :steps, part] * scale[:, :, part]
        _, per_hazard = _open_and_closing(values, widths)
        found[:, part] = np.einsum("kwn,wn->kn", values, per_hazard)
    return dict(zip(hazards.risks, found, strict=True))


def _sorted_quantile(every: Floats, q: float) -> Floats:
    """Return a quantile of draws in ascending order along the last axis (linear between them)."""
    place = q * (every.shape[-1] - 1)
    low = int(place)
    high = min(low + 1, every.shape[-1] - 1)
    return np.asarray(every[..., low] + (place - low) * (every[..., high] - every[..., low]))

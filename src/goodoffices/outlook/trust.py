"""How likely a promise is to be kept, from the record of promises kept and broken.

Trust is a Beta distribution. It starts as the base rate m says, with the weight of 20 promises, and
each promise kept or broken counts as one:

    P(kept) ~ Beta(s m + kept, s (1 - m) + broken),  s = 20

The weight of 20 is deliberate: what was learned from broken agreements alone predicted later ones
worse than a constant did, so a short record may move trust only a little. The mean of this
distribution is the probability that the next promise is kept; its interval says how well the
long-run share is known. With a half-life, old promises count for less: by half after each one.

Reference: Gelman, Carlin, Stern, Dunson, Vehtari and Rubin (2013), Bayesian Data Analysis, section
2.4; the incomplete Beta function by its continued fraction, Abramowitz and Stegun (1964), 26.5.8.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.outlook.bands import Band

__all__ = ["STRENGTH", "Kept", "Record", "beta_cdf", "beta_quantiles", "trust"]

Floats = NDArray[np.float64]

STRENGTH = 20.0
"""How many promises the base rate is worth."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One promise of the past."""

    day: float
    """Days from any day that the whole record shares: when it was seen to be kept or broken."""
    kept: float
    """1 kept, 0 broken; between them where it was kept in part."""
    name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kept:
    """The probability that a promise is kept, as a Beta distribution."""

    a: float
    b: float
    mean: float
    """Before the record: the base rate, or what was elicited."""
    strength: float
    kept: float
    """How many promises of the record were kept, faded ones in part."""
    broken: float

    @property
    def next(self) -> float:
        """The probability that the next promise is kept: a / (a + b)."""
        return self.a / (self.a + self.b)

    @property
    def band(self) -> Band:
        """Where the long-run share of kept promises lies with 90 %, and its median."""
        low, central, high = beta_quantiles(self.a, self.b, [0.05, 0.5, 0.95]).tolist()
        return Band(low=low, central=central, high=high)

    def draws(self, n: int, rng: np.random.Generator) -> Floats:
        """Return draws (n,) of the probability, for promises of the deals lens."""
        return rng.beta(self.a, self.b, size=n)

    def quantiles(self, u: ArrayLike) -> Floats:
        """Return the quantiles at `u` (shape (n,), each in [0, 1]), as a quantity gives them."""
        return beta_quantiles(self.a, self.b, u)


def trust(
    record: Iterable[Record],
    *,
    mean: float,
    strength: float = STRENGTH,
    day: float | None = None,
    half_life: float = math.inf,
) -> Kept:
    """Return the probability that the next promise is kept, as a distribution.

    `mean` is the base rate of the reference class, or what people who know the party say before
    its record is looked at. A promise that is t days old on `day` counts 2^(-t / half_life).

    Raises ModelError for a mean that is not between 0 and 1, a strength that is not above 0, a
    share kept outside 0 to 1, a half-life without a day, or a promise after that day.

    >>> kept = trust([Record(day=0, kept=1)] * 5, mean=0.5)
    >>> kept.a, kept.b, kept.next
    (15.0, 10.0, 0.6)
    """
    if not 0 < mean < 1 or not 0 < strength < math.inf:
        raise ModelError(
            "trust starts from a mean between 0 and 1, both excluded, and a strength above 0"
        )
    if not half_life > 0 or (day is None and half_life < math.inf):
        raise ModelError("a record fades from a day on, with a half-life above 0 days")
    kept, broken = [], []
    for each in record:
        if not 0 <= each.kept <= 1:
            raise ModelError(f"a promise is kept to a share of 0 to 1, not {each.kept}")
        if day is not None and each.day > day:
            raise ModelError(f"a promise of day {each.day:g} is not known on day {day:g}")
        left = 1.0 if day is None else 2.0 ** (-(day - each.day) / half_life)
        kept.append(left * each.kept)
        broken.append(left * (1 - each.kept))
    yes, no = math.fsum(kept), math.fsum(broken)
    return Kept(
        a=strength * mean + yes,
        b=strength * (1 - mean) + no,
        mean=mean,
        strength=strength,
        kept=yes,
        broken=no,
    )


def beta_cdf(a: float, b: float, x: ArrayLike) -> Floats:
    """Return P(X <= x) for X ~ Beta(a, b) at each of x (n,); the incomplete Beta function.

    The continued fraction is taken on the side of the mean where it is quick, by Lentz's method.

    >>> beta_cdf(1.0, 1.0, [0.25]).round(12).tolist(), beta_cdf(2.0, 1.0, [0.5]).round(12).tolist()
    ([0.25], [0.25])
    """
    at = np.asarray(x, dtype=np.float64)
    turned = at > (a + 1) / (a + b + 2)
    p, q = np.where(turned, b, a), np.where(turned, a, b)
    y = np.clip(np.where(turned, 1 - at, at), 0.0, 1.0)
    inside = np.clip(y, 1e-300, 1 - 1e-16)
    scale = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b)
    front = np.exp(scale + p * np.log(inside) + q * np.log1p(-inside)) / p
    share = np.where(y <= 0, 0.0, front * _fraction(p, q, inside))
    return np.asarray(np.clip(np.where(turned, 1 - share, share), 0.0, 1.0))


def beta_quantiles(a: float, b: float, u: ArrayLike) -> Floats:
    """Return the quantiles of Beta(a, b) at each of u (n,), by halving, to 1e-12.

    >>> beta_quantiles(1.0, 1.0, [0.0, 0.25, 1.0]).round(9).tolist()
    [0.0, 0.25, 1.0]
    """
    at = np.asarray(u, dtype=np.float64)
    low, high = np.zeros(at.shape), np.ones(at.shape)
    for _ in range(40):
        middle = (low + high) / 2
        below = beta_cdf(a, b, middle) < at
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return np.where(at >= 1, 1.0, np.where(at <= 0, 0.0, (low + high) / 2))


def _fraction(p: Floats, q: Floats, x: Floats) -> Floats:
    """Return 1 / (1 + d_1 / (1 + d_2 / ...)), with the d of Abramowitz and Stegun 26.5.8.

    d_2m = m (q - m) x / ((p + 2m - 1) (p + 2m))
    d_2m+1 = - (p + m) (p + q + m) x / ((p + 2m) (p + 2m + 1))
    """
    tiny = 1e-300
    c = np.ones_like(x)
    d = 1 / _away_from_zero(1 - (p + q) * x / (p + 1), tiny)
    value = d
    for m in range(1, 500):
        even = m * (q - m) * x / ((p + 2 * m - 1) * (p + 2 * m))
        odd = -(p + m) * (p + q + m) * x / ((p + 2 * m) * (p + 2 * m + 1))
        for term in (even, odd):
            d = 1 / _away_from_zero(1 + term * d, tiny)
            c = _away_from_zero(1 + term / c, tiny)
            value = value * d * c
        if np.all(np.abs(d * c - 1) < 1e-15):
            break
    return value


def _away_from_zero(x: Floats, tiny: float) -> Floats:
    return np.where(np.abs(x) < tiny, tiny, x)

"""Where on the scale: a predictive distribution over the options of one open issue, never a point.

The options of the issue lie on a scale from 0 to 100; each actor has a position x on it and a
salience s, how much the issue counts for it. Three parts are blended:

- residuals: the salience-weighted mean, off by as much as it was off on past issues, measured in
  units of how far the positions lie apart;
- positions: the issue ends at one of the positions, each as likely as its share of the salience;
- even: anything on the scale alike.

The numbers shipped here are derived from 196 issues of "Decision-making in the EU II" (Thomson et
al. 2012, Journal of European Public Policy 19:604): legislation among governments that must
agree in the end, not talks between enemies. `goodoffices.outlook.validation.deu2` computes them
anew from a copy of the data, and says how far they can be trusted.

Legend: x positions, s saliences, y where the issue ended; m weighted mean, d spread; g grid,
e edges between grid points.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError

__all__ = [
    "CAVEAT",
    "LEAST_SPREAD",
    "RESIDUALS",
    "Blend",
    "Distribution",
    "Interval",
    "centre_and_spread",
    "parts",
    "predict",
    "residual_cdf",
    "residual_quantiles",
    "spaced",
]

Floats = NDArray[np.float64]

TOP = 100.0
"""The scale runs from 0 to this."""
LEAST_SPREAD = 10.0
"""Positions count as no closer together than this: agreement on paper is still not certainty."""
CAVEAT = (
    "How far off such predictions are was learned from laws among governments that had to agree in "
    "the end. Whether these talks end in an agreement at all is another question."
)
"""What must stand beside every prediction on the scale."""
SLACK = 1e-9
"""Rounding noise that an interval's probability may miss its level by."""

# fmt: off
RESIDUALS: tuple[float, ...] = (
    0.011, 0.089, 0.163, 0.207, 0.243, 0.302, 0.327, 0.374, 0.445, 0.499, 0.558,
    0.608, 0.645, 0.759, 0.850, 0.939, 1.005, 1.148, 1.437, 1.805, 3.703,
)
# fmt: on
"""Quantiles at 0, 5, ..., 100 % of |y - m| / d over past issues, both directions taken
together, since which end of a scale is called 0 means nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blend:
    """How much each part counts; the three add up to 1.

    Scores hardly differ around these numbers, which are round on purpose: they were chosen on the
    same issues, so that an 80 % interval holds 80 %. The validation says what that may hide.
    """

    residuals: float = 0.65
    positions: float = 0.15
    even: float = 0.20

    def __post_init__(self) -> None:
        shares = (self.residuals, self.positions, self.even)
        if min(shares) < 0 or not math.isclose(sum(shares), 1.0, abs_tol=1e-9):
            raise ValueError(f"shares of {shares} are not parts of a whole; let them add up to 1")


SHIPPED = Blend()


@dataclass(frozen=True, kw_only=True, slots=True)
class Interval:
    """Where the issue ends with a stated probability."""

    level: float
    """The probability that was asked for."""
    low: float
    high: float
    mass: float
    """The probability that the prediction gives it: `level`, or more where options are few."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Distribution:
    """Probabilities of the places of a grid on the scale, which add up to 1."""

    grid: Floats
    """Shape (g,): places from 0 to 100, ascending."""
    pmf: Floats
    """Shape (g,): the probability that the issue ends nearest to this place."""

    @property
    def cdf(self) -> Floats:
        """Probability of an end at or below each place, shape (g,)."""
        return np.minimum(np.cumsum(self.pmf), 1.0)

    @property
    def mean(self) -> float:
        """The mean; half the story at best."""
        return float(self.pmf @ self.grid)

    def interval(self, level: float = 0.8) -> Interval:
        """Return the shortest interval that holds at least the level's probability.

        Shortest, not central: much of the probability sits on single places, often the two ends,
        and a central "80 %" interval that must take in both ends really holds about 90 %. Among
        equally short ones, that with most probability; then the lowest.

        Raises ValueError unless 0 < level < 1.

        >>> Distribution(grid=np.array([0.0, 50, 100]), pmf=np.array([0.5, 0.3, 0.2])).interval(0.7)
        Interval(level=0.7, low=0.0, high=50.0, mass=0.8)
        """
        if not 0 < level < 1:
            raise ValueError(f"a level of {level} is not between 0 and 1")
        upto = np.concatenate(([0.0], np.cumsum(self.pmf)))
        last = np.searchsorted(upto, upto[:-1] + level - SLACK) - 1
        first = np.flatnonzero(last < len(self.grid))
        last = np.maximum(last[first], first)
        width, mass = self.grid[last] - self.grid[first], upto[last + 1] - upto[first]
        best = np.lexsort((first, -np.round(mass, 9), np.round(width, 9)))[0]
        return Interval(
            level=level,
            low=float(self.grid[first[best]]),
            high=float(self.grid[last[best]]),
            mass=min(float(mass[best]), 1.0),
        )

    def crps(self, y: float) -> float:
        """Return the continuous ranked probability score for the end y, in points; 0 is best.

            CRPS = integral over z of (F(z) - 1{y <= z})² = E|X - y| - E|X - X'| / 2

        A bare point scores its distance, so that the two can be compared.

        Reference: Gneiting and Raftery (2007), Strictly proper scoring rules, JASA 102:359.

        >>> Distribution(grid=np.array([0.0, 100.0]), pmf=np.array([0.5, 0.5])).crps(100)
        25.0
        """
        upto = self.cdf[:-1]
        apart = float((upto * (1 - upto)) @ np.diff(self.grid))
        return max(float(self.pmf @ np.abs(self.grid - y)) - apart, 0.0)

    def pit(self, y: float) -> tuple[float, float]:
        """Return the probability below the end y, and that at or below it.

        Over many calibrated predictions, points taken evenly between the two are even on 0..1.
        """
        below = float(self.pmf[self.grid < y].sum())
        return below, min(below + float(self.pmf[self.grid == y].sum()), 1.0)

    def over(self, places: ArrayLike) -> Floats:
        """Return the probability of each of some ordered options at their places on the scale.

        Every place of the grid counts for the nearest option, half each for two as near.

        >>> even = Distribution(grid=np.arange(5.0) * 25, pmf=np.full(5, 0.2))
        >>> even.over([0, 50, 100]).round(2).tolist()
        [0.3, 0.4, 0.3]
        """
        return _masses(_steps(_edges(_checked_grid(places)), self.grid, self.pmf))


def predict(
    positions: ArrayLike,
    saliences: ArrayLike,
    *,
    weights: Blend = SHIPPED,
    grid: ArrayLike | None = None,
    residuals: Sequence[float] = RESIDUALS,
) -> Distribution:
    """Predict where on the scale an issue ends, from who wants what and how much it matters.

    `positions` (n,) on 0..100 and `saliences` (n,), of any scale, at or above 0; or (draws, n)
    where they are uncertain: then the mean over the draws. Who stands nowhere known is left out by
    the caller; a salience of 0 leaves out too. `grid`: places on the scale, ascending, by default
    0, 1, ..., 100; the options' own places where the issue has ordered options. With F_k the
    distribution functions of `parts` and w_k the weights:

        F(e) = sum_k w_k F_k(e) at the middles e between neighbouring places

    so that each place is given all that lies nearest to it, and the ends what lies beyond.

    Raises ValueError if the arrays don't fit each other or leave the scale, ModelError if nobody
    has a salience above 0.

    >>> end = predict([0, 100, 60], [80, 40, 20], grid=[0, 50, 100])
    >>> end.pmf.round(2).tolist()
    [0.39, 0.42, 0.19]
    """
    g = _checked_grid(np.arange(TOP + 1) if grid is None else grid)
    shares = np.array([weights.residuals, weights.positions, weights.even])
    blended = shares @ parts(positions, saliences, _edges(g), residuals=residuals)
    return Distribution(grid=g, pmf=_masses(blended))


def parts(
    positions: ArrayLike,
    saliences: ArrayLike,
    edges: ArrayLike,
    *,
    residuals: Sequence[float] = RESIDUALS,
) -> Floats:
    """Return the distribution functions of residuals, positions and even, shape (3, edges).

        residuals   R((e - m) / d), see `residual_cdf` and `centre_and_spread`
        positions   sum_i s_i (1{x_i < e} + 1{x_i = e} / 2) / sum_i s_i
        even        e / 100

    Arguments and errors as in `predict`; 0 < e < 100.
    """
    x, s = _checked(positions, saliences)
    e = np.asarray(edges, dtype=np.float64)
    m, d = centre_and_spread(x, s)
    share = s / s.sum(axis=1, keepdims=True) / len(s)
    return np.stack(
        [
            residual_cdf((e - m[:, None]) / d[:, None], residuals).mean(axis=0),
            _steps(e, x.ravel(), share.ravel()),
            e / TOP,
        ]
    )


def centre_and_spread(positions: ArrayLike, saliences: ArrayLike) -> tuple[Floats, Floats]:
    """Return the weighted mean of the positions and how far they lie apart, each (draws,).

        m = sum_i s_i x_i / sum_i s_i,  d = max(10, sqrt(sum_i s_i (x_i - m)² / sum_i s_i))

    >>> [array.tolist() for array in centre_and_spread([0, 100], [75, 25])]
    [[25.0], [43.30127018922193]]
    """
    x, s = _checked(positions, saliences)
    share = s / s.sum(axis=1, keepdims=True)
    m = np.einsum("dn,dn->d", share, x)
    variance = np.einsum("dn,dn->d", share, (x - m[:, None]) ** 2)
    return m, np.maximum(np.sqrt(variance), LEAST_SPREAD)


def residual_quantiles(scaled: ArrayLike) -> tuple[float, ...]:
    """Return quantiles at 0, 5, ..., 100 % of |y - m| / d: what `residuals` are made of.

    They never fall, and the last is at least a thousandth, so that nothing is ever certain.

    >>> residual_quantiles([-1.0, 0.0, 0.5, 1.0])[::5]
    (0.0, 0.375, 0.75, 1.0, 1.0)
    """
    sizes = np.abs(np.asarray(scaled, dtype=np.float64))
    quantiles = np.quantile(sizes, np.linspace(0, 1, len(RESIDUALS)))
    quantiles[-1] = max(quantiles[-1], 1e-3)
    return tuple(float(round(q, 3)) for q in quantiles)


def residual_cdf(t: Floats, residuals: Sequence[float]) -> Floats:
    """Return the probability that a residual is at most t spreads, for any shape of t.

    With Q the quantiles of the residuals' size at evenly spaced levels, read between them along
    straight lines, and residuals as often above as below:

        R(t) = (1 + sign(t) Q⁻¹(|t|)) / 2

    >>> residual_cdf(np.array([-2.0, 0.0, 0.5]), [0.0, 1.0]).tolist()
    [0.0, 0.5, 0.75]
    """
    levels = np.linspace(0, 1, len(residuals))
    within = np.interp(np.abs(t), residuals, levels, left=0.0, right=1.0)
    return np.asarray((1 + np.sign(t) * within) / 2)


def spaced(options: int) -> Floats:
    """Return the places of ordered options that nobody has placed: evenly from 0 to 100.

    Raises ModelError for fewer than two: then there is nothing to predict.

    >>> spaced(3).tolist()
    [0.0, 50.0, 100.0]
    """
    if options < 2:
        raise ModelError(f"an issue with {options} options has no scale; name at least two")
    return np.linspace(0, TOP, options)


def _steps(edges: Floats, places: Floats, masses: Floats) -> Floats:
    """Return the mass below each edge; what lies on an edge counts half."""
    order = np.argsort(places, kind="stable")
    upto = np.concatenate(([0.0], np.cumsum(masses[order])))
    left = np.searchsorted(places[order], edges, side="left")
    right = np.searchsorted(places[order], edges, side="right")
    return np.asarray(np.minimum((upto[left] + upto[right]) / 2, 1.0))


def _masses(cdf: Floats) -> Floats:
    """Return the probability between the edges, from that below each."""
    # A distribution function that is flat between two edges may fall by rounding noise.
    return np.maximum(np.diff(cdf, prepend=0.0, append=1.0), 0.0)


def _edges(grid: Floats) -> Floats:
    return np.asarray((grid[1:] + grid[:-1]) / 2)


def _checked_grid(grid: ArrayLike) -> Floats:
    places = np.asarray(grid, dtype=np.float64)
    fits = places.ndim == 1 and len(places) > 1 and bool((np.diff(places) > 0).all())
    if not fits or places[0] < 0 or places[-1] > TOP:
        raise ValueError("places on the scale are at least two numbers from 0 to 100, ascending")
    return places


def _checked(positions: ArrayLike, saliences: ArrayLike) -> tuple[Floats, Floats]:
    """Return positions and saliences as (draws, n)."""
    x, s = (np.atleast_2d(np.asarray(a, dtype=np.float64)) for a in (positions, saliences))
    if x.ndim > 2 or s.ndim > 2 or x.shape[1] != s.shape[1] or len({1, len(x), len(s)}) > 2:
        raise ValueError(f"positions {x.shape} and saliences {s.shape} don't fit each other")
    x, s = np.broadcast_arrays(x, s)
    if not ((x >= 0) & (x <= TOP)).all():
        raise ValueError("a position is a number from 0 to 100; leave out who has none")
    if not ((s >= 0) & (s < np.inf)).all():
        raise ValueError("a salience is a number at or above 0; leave out who has none")
    if not (s.sum(axis=1) > 0).all():
        raise ModelError("nobody with a position cares about the issue; give a salience above 0")
    return x, s

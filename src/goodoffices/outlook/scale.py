"""Where on the scale: a predictive distribution over the options of one open issue, never a point.

The options of the issue lie on a scale from 0 to 100; each actor has a position x on it and a
salience s, how much the issue counts for it. Three parts are blended:

- compromise: somewhere around a point that lies between the salience-weighted mean and the middle
  of the range of positions, since what is settled lies nearer to that middle than the mean does;
- positions: at one of the positions, each as likely as its share of the salience;
- even: anywhere between the outermost positions alike, and a little anywhere on the scale.

How the first two share what the third leaves is not learned. It is the concentration of the
positions: the chance that two parts of the salience, picked at random, stand in about the same
place. Where there are only two camps, there is little to meet at between them, and one of them
often gets what it wants; where many places are held, few ends are exactly at one of them.

Blending distributions with fixed weights is the linear opinion pool (Gneiting and Ranjan 2013,
Combining predictive distributions, Electronic Journal of Statistics 7:1747). The weighted mean as
the middle is the "compromise model" of Achen (2006), Institutional realism and bargaining models,
in Thomson et al. (eds), The European Union Decides. Weighing the parts by concentration, and the
pull to the middle, are this module's own. Its four numbers are round, and were chosen on 196 issues
of "Decision-making in the EU II" (Thomson et al. 2012, Journal of European Public Policy 19:604):
legislation among governments that must agree in the end, not talks between enemies.
`goodoffices.outlook.validation.deu2` scores them on a copy of the data, next to numbers that are
chosen without knowing the proposal to be predicted, and says how far they can be trusted.

Legend: x positions, s saliences, p their shares; m weighted mean, r range of the positions and h
its middle, C concentration; g grid, e edges between grid points.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError

__all__ = [
    "CAVEAT",
    "NEAR",
    "Blend",
    "Distribution",
    "Interval",
    "compromise",
    "concentration",
    "positions_held",
    "predict",
    "spaced",
    "within_range",
]

Floats = NDArray[np.float64]

TOP = 100.0
"""The scale runs from 0 to this."""
NEAR = 10.0
"""Positions this far apart no longer count as about the same; and a range counts as no shorter:
agreement on paper is still not certainty."""
CAVEAT = (
    "How far off such predictions are was learned from laws among governments that had to agree in "
    "the end. Whether these talks end in an agreement at all is another question."
)
"""What must stand beside every prediction on the scale."""
SLACK = 1e-9
"""Rounding noise that an interval's probability may miss its level by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Blend:
    """The numbers of a prediction: where a compromise lies, how wide, and what is left to chance.

    Scores hardly differ around the shipped ones. That they were chosen on the issues on which they
    are scored may flatter them; the validation says how much.
    """

    pull: float = 0.5
    """How far a compromise is pulled from the weighted mean to the middle of the range, 0 to 1."""
    width: float = 0.1
    """The scale parameter of the logistic distribution around it, in ranges of the positions."""
    within: float = 0.15
    """Probability that is spread evenly between the outermost positions."""
    anywhere: float = 0.05
    """Probability that is spread evenly over the whole scale."""

    def __post_init__(self) -> None:
        if not (0 <= self.pull <= 1 and 0 < self.width < math.inf):
            raise ValueError(
                f"pull {self.pull} is a share of 0 to 1, and width {self.width} above 0"
            )
        if min(self.within, self.anywhere) < 0 or not self.within + self.anywhere <= 1:
            raise ValueError(
                f"{self.within} within the range and {self.anywhere} anywhere are not shares of a "
                "whole; let both be 0 or more, and add up to no more than 1"
            )


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
    blend: Blend = SHIPPED,
    grid: ArrayLike | None = None,
) -> Distribution:
    """Predict where on the scale an issue ends, from who wants what and how much it matters.

    `positions` (n,) on 0..100 and `saliences` (n,), of any scale, at or above 0; or (draws, n)
    where they are uncertain: then the mean over the draws. Who stands nowhere known is left out by
    the caller; a salience of 0 leaves out too. `grid`: places on the scale, ascending, by default
    0, 1, ..., 100; the options' own places where the issue has ordered options. With w within, a
    anywhere, and K, P, W the distribution functions of `compromise`, `positions_held` and
    `within_range`, the probability below the middle e between two neighbouring places is

        F(e) = (1 - w - a) ((1 - C) K(e) + C P(e)) + w W(e) + a e / 100

    so that each place is given all that lies nearest to it, and the ends what lies beyond.

    Raises ValueError if the arrays don't fit each other or leave the scale, ModelError if nobody
    has a salience above 0.

    >>> end = predict([0, 100, 60], [80, 40, 20], grid=[0, 50, 100])
    >>> end.pmf.round(2).tolist()
    [0.31, 0.53, 0.17]
    """
    g = _checked_grid(np.arange(TOP + 1) if grid is None else grid)
    e = _edges(g)
    held = concentration(positions, saliences)[:, None]
    settled = (1 - held) * compromise(
        positions, saliences, e, pull=blend.pull, width=blend.width
    ) + held * positions_held(positions, saliences, e)
    within = within_range(positions, saliences, e)
    rest = 1 - blend.within - blend.anywhere
    cdf = (rest * settled + blend.within * within).mean(axis=0) + blend.anywhere * e / TOP
    return Distribution(grid=g, pmf=_masses(cdf))


def concentration(positions: ArrayLike, saliences: ArrayLike) -> Floats:
    """Return the chance that two parts of the salience stand in about the same place, (draws,).

        C = sum_ij p_i p_j max(0, 1 - |x_i - x_j| / NEAR),  p_i = s_i / sum s

    The index of Herfindahl and Simpson over the places held, counting neighbours in part.

    >>> concentration([0, 100], [75, 25]).tolist()
    [0.625]
    """
    x, p = _checked(positions, saliences)
    apart = np.abs(x[:, :, None] - x[:, None, :])
    alike = np.maximum(1 - apart / NEAR, 0.0)
    return np.asarray(np.einsum("di,dj,dij->d", p, p, alike))


def compromise(
    positions: ArrayLike, saliences: ArrayLike, edges: ArrayLike, *, pull: float, width: float
) -> Floats:
    """Return the probability of a compromise below each edge, shape (draws, edges).

        K(e) = 1 / (1 + exp(-(e - c) / b)),  c = m + pull (h - m),  b = width max(r, NEAR)

    >>> compromise([0, 100], [75, 25], [25, 37.5, 50], pull=0.5, width=0.1).round(3).tolist()
    [[0.223, 0.5, 0.777]]
    """
    x, p = _checked(positions, saliences)
    low, high = _range(x, p)
    m = np.einsum("dn,dn->d", p, x)
    c = m + pull * ((low + high) / 2 - m)
    b = width * np.maximum(high - low, NEAR)
    # tanh is the logistic function that overflows at neither end.
    away = (np.asarray(edges, dtype=np.float64) - c[:, None]) / b[:, None]
    return np.asarray((1 + np.tanh(away / 2)) / 2)


def positions_held(positions: ArrayLike, saliences: ArrayLike, edges: ArrayLike) -> Floats:
    """Return the salience's share that stands below each edge, shape (draws, edges).

        P(e) = sum_i p_i (1{x_i < e} + 1{x_i = e} / 2)

    >>> positions_held([0, 50, 100], [2, 1, 1], [25, 50, 75]).tolist()
    [[0.5, 0.625, 0.75]]
    """
    x, p = _checked(positions, saliences)
    e = np.asarray(edges, dtype=np.float64)
    below = (np.sign(e - x[:, :, None]) + 1) / 2
    return np.asarray(np.einsum("dn,dne->de", p, below))


def within_range(positions: ArrayLike, saliences: ArrayLike, edges: ArrayLike) -> Floats:
    """Return the share of the range of the positions below each edge, shape (draws, edges).

        W(e) = (e - h + r' / 2) / r' between 0 and 1,  r' = max(r, NEAR)

    >>> within_range([20, 60, 100], [1, 1, 0], [10, 30, 70]).tolist()
    [[0.0, 0.25, 1.0]]
    """
    x, p = _checked(positions, saliences)
    low, high = _range(x, p)
    middle, r = ((low + high) / 2)[:, None], np.maximum(high - low, NEAR)[:, None]
    return np.clip((np.asarray(edges, dtype=np.float64) - middle) / r + 0.5, 0.0, 1.0)


def spaced(options: int) -> Floats:
    """Return the places of ordered options that nobody has placed: evenly from 0 to 100.

    Raises ModelError for fewer than two: then there is nothing to predict.

    >>> spaced(3).tolist()
    [0.0, 50.0, 100.0]
    """
    if options < 2:
        raise ModelError(f"an issue with {options} options has no scale; name at least two")
    return np.linspace(0, TOP, options)


def _range(x: Floats, p: Floats) -> tuple[Floats, Floats]:
    """Return the outermost positions of those who count, each (draws,)."""
    low = np.where(p > 0, x, np.inf).min(axis=1)
    return low, np.where(p > 0, x, -np.inf).max(axis=1)


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
    """Return positions, and saliences as shares of their sum, as (draws, n)."""
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
    # Scaled twice, since the sum of large numbers may be endless.
    s = s / s.max(axis=1, keepdims=True)
    return x, s / s.sum(axis=1, keepdims=True)

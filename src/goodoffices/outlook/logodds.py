"""A probability that is itself uncertain, as a distribution of log-odds.

Log-odds are where evidence adds up: ln(p / (1 - p)), 0 for one half, about 2.9 for 95 %. A
distribution is normal there ("logit-normal", as readers read a phrase), or is given by its
quantiles. Certainty has no log-odds: what lies beyond 0.5 and 99.5 % is moved in to there, as it
was for the answers from which the phrases are derived.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.case.quantity import Probability
from goodoffices.errors import ModelError
from goodoffices.outlook.bands import Band

__all__ = ["EDGE", "LEVELS", "LogOdds", "combine", "exact", "normal", "of_draws", "of_quantity"]

Floats = NDArray[np.float64]

EDGE = 0.005
"""Probabilities are moved into EDGE to 1 - EDGE before their odds are taken."""

LEVELS: Floats = np.arange(1, 1000) / 1000
"""The levels at which a distribution that is not normal keeps its quantiles."""

_STANDARD = NormalDist()
_Z: Floats = np.array([_STANDARD.inv_cdf(level) for level in LEVELS.tolist()])
_MIDDLE = len(LEVELS) // 2


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class LogOdds:
    """The distribution of a probability, in log-odds."""

    centre: float
    """The median."""
    sd: float
    """Standard deviation where it is normal, 0 if exact; else half of what the middle 68 % span."""
    away: Floats | None = None
    """Where it is not normal: how far each of its quantiles at `LEVELS` lies from the median."""

    @property
    def central(self) -> float:
        """The median as a probability.

        >>> exact(0.2).central
        0.2
        """
        return _probability(self.centre)

    def quantiles(self, u: ArrayLike) -> Floats:
        """Return the probability's quantiles at `u` (shape (n,), each in [0, 1]); same shape.

        At random `u` they are draws. Beyond the 1st and 999th thousandth a distribution that is
        not normal stays where it is there.

        >>> normal(0.0, 1.0).quantiles([0.5, 0.975]).round(3).tolist()
        [0.5, 0.877]
        """
        at = np.asarray(u, dtype=np.float64)
        if self.away is not None:
            logits = self.centre + np.interp(at, LEVELS, self.away)
        elif self.sd == 0:
            logits = np.full(at.shape, self.centre)
        else:
            inside = np.clip(at, 1e-12, 1 - 1e-12)
            z = np.fromiter(map(_STANDARD.inv_cdf, inside.tolist()), dtype=np.float64)
            logits = self.centre + self.sd * z
        return np.asarray(1 / (1 + np.exp(-logits)))

    @property
    def band(self) -> Band:
        """The middle 90 % as probabilities.

        >>> band = normal(0.0, 1.0).band
        >>> round(band.low, 3), band.central, round(band.high, 3)
        (0.162, 0.5, 0.838)
        """
        low, high = self.quantiles([0.05, 0.95]).tolist()
        return Band(low=low, central=self.central, high=high)


def normal(mean: float, sd: float) -> LogOdds:
    """Return normal log-odds; ModelError where the numbers are not finite or `sd` is negative."""
    if not (math.isfinite(mean) and math.isfinite(sd) and sd >= 0):
        raise ModelError(f"log-odds of mean {mean} and standard deviation {sd} are no distribution")
    return LogOdds(centre=mean, sd=sd)


def exact(probability: float) -> LogOdds:
    """Return the log-odds of a probability that is known.

    >>> exact(0.5).centre
    0.0
    """
    if not 0 <= probability <= 1:
        raise ModelError(f"{probability} is not a probability between 0 and 1")
    inside = min(max(probability, EDGE), 1 - EDGE)
    return LogOdds(centre=math.log(inside / (1 - inside)), sd=0.0)


def of_quantity(quantity: Probability) -> LogOdds:
    """Return the log-odds of a probability as a case states it.

    A phrase on the readers' yardstick is normal; a range or an official band keeps its quantiles.
    Raises ModelError for an unknown one: who says nothing is left out, and not read as even odds.

    >>> of_quantity(Probability.parse("almost no chance"))
    LogOdds(centre=-3.656, sd=0.901, away=None)
    """
    if quantity.shape == "unknown":
        raise ModelError("an unknown probability is no estimate; leave it out")
    if quantity.logit is not None:
        return normal(*quantity.logit)
    if not quantity.uncertain:
        return exact(quantity.central)
    return _of_sorted(quantity.quantiles(LEVELS))


def of_draws(draws: ArrayLike) -> LogOdds:
    """Return the log-odds of a probability given by draws (n,), each in [0, 1].

    >>> of_draws([0.2, 0.5, 0.8]).centre
    0.0
    """
    given = np.asarray(draws, dtype=np.float64)
    if given.ndim != 1 or not len(given) or not np.all((given >= 0) & (given <= 1)):
        raise ModelError("draws of a probability are numbers from 0 to 1, at least one of them")
    return _of_sorted(np.quantile(given, LEVELS))


def combine(
    parts: Sequence[LogOdds],
    weights: ArrayLike,
    *,
    exponent: float = 1.0,
    anchor: float = 0.5,
    disagreement: bool = True,
) -> LogOdds:
    """Pool distributions in log-odds, with weights (n,) that are scaled to add up to 1.

    With medians m_i, deviations d_i(u) of the quantiles from them, weights w_i, exponent a, and c
    the log-odds of the anchor:

        centre  M = c + a (sum w_i m_i - c)
        spread  D(u) = a sqrt((sum w_i d_i(u))² + (e z(u))²), below the centre for u < 1/2
        e² = s² sum w_i²,  s² = sum w_i (m_i - sum w_j m_j)² / (1 - sum w_i²)

    With a = 1 and exact parts, the odds are the weighted geometric mean of the parts' odds. What
    each part leaves open adds up as if all erred alike, so repeating a part does not narrow the
    pool; e is the standard error of the mean for parts that disagree, and can be left out. z is
    the standard normal quantile: normal parts give a normal pool.

    References: Genest and Zidek (1986), Statistical Science 1:114 (logarithmic pools); Satopää,
    Baron, Foster, Mellers, Tetlock and Ungar (2014), International Journal of Forecasting 30:344
    (the exponent); Lichtendahl, Grushka-Cockayne and Winkler (2013), Management Science 59:1594
    (averages of quantiles).

    >>> round(combine([exact(0.2), exact(0.8), exact(0.5)], [1, 1, 1]).central, 9)
    0.5
    """
    w = np.asarray(weights, dtype=np.float64)
    if not len(parts) or w.shape != (len(parts),) or not np.all(w >= 0) or not 0 < w.sum() < np.inf:
        raise ModelError("a pool needs parts, and a weight for each that is not negative")
    if not (math.isfinite(exponent) and exponent > 0):
        raise ModelError(f"an exponent of {exponent} is not above 0")
    w = w / w.sum()
    m = np.array([part.centre for part in parts])
    # Sums that are exact make the pool the same in whatever order its parts come.
    mean = math.fsum((w * m).tolist())
    c = exact(anchor).centre
    centre = c + exponent * (mean - c)
    e = _standard_error(w, m, mean) if disagreement else 0.0
    if all(part.away is None for part in parts):
        own = math.fsum((w * [part.sd for part in parts]).tolist())
        return LogOdds(centre=centre, sd=exponent * math.hypot(own, e))
    deviations = (weight * _away(part) for weight, part in zip(w.tolist(), parts, strict=True))
    d = _exact_sum(deviations)
    return _spread(centre, exponent * np.sign(_Z) * np.hypot(d, e * _Z))


def _standard_error(w: Floats, m: Floats, mean: float) -> float:
    squares = math.fsum((w * w).tolist())
    # A single part, or one that has all the weight, has nobody to disagree with.
    if 1 - squares < 1e-12:
        return 0.0
    variance = math.fsum((w * (m - mean) ** 2).tolist()) / (1 - squares)
    return math.sqrt(variance * squares)


def _exact_sum(rows: Iterable[Floats]) -> Floats:
    # Smallest first in every column, so that the order of the parts does not show in the sum.
    return np.asarray(np.sort(np.stack(list(rows)), axis=0).sum(axis=0))


def _of_sorted(probabilities: Floats) -> LogOdds:
    inside = np.clip(probabilities, EDGE, 1 - EDGE)
    logits = np.log(inside) - np.log1p(-inside)
    return _spread(float(logits[_MIDDLE]), logits - logits[_MIDDLE])


def _spread(centre: float, away: Floats) -> LogOdds:
    low, high = np.interp([0.15865525393145707, 0.8413447460685429], LEVELS, away)
    return LogOdds(centre=centre, sd=float(high - low) / 2, away=away)


def _away(part: LogOdds) -> Floats:
    return part.sd * _Z if part.away is None else part.away


def _probability(logit: float) -> float:
    # Written so that neither end overflows.
    if logit >= 0:
        return 1 / (1 + math.exp(-logit))
    odds = math.exp(logit)
    return odds / (1 + odds)

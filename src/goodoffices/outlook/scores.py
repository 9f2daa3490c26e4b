"""How good forecasts were: proper scores, what they are made of, and how sure the verdict is.

Every score is a cost: lower is better, and saying what one believes is the best policy. A score
alone says little, so it stands beside that of the base rate and of a constant, with the standard
error of the difference, question by question.

The continuous ranked probability score is computed here: a library that has it (scoringrules 0.10)
takes 0.2 s to load and brings 140 MB, for what is a few lines; its figures are in the tests.

References: Brier (1950), Monthly Weather Review 78:1; Good (1952), J. Royal Statistical Society B
14:107 (log score); Murphy (1973), J. Applied Meteorology 12:595, and Stephenson, Coelho and
Jolliffe (2008), Weather and Forecasting 23:752 (decomposition); Gneiting and Raftery (2007), J.
American Statistical Association 102:359 (CRPS); Cameron and Miller (2015), J. Human Resources
50:317 (errors of grouped observations).

Legend: f forecasts, y what happened (1 or 0), n their number.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.deals.share import Share, share
from goodoffices.errors import ModelError

__all__ = [
    "FLOOR",
    "Bin",
    "Comparison",
    "Decomposition",
    "ScoreCard",
    "brier_scores",
    "compare",
    "coverage",
    "crps_discrete",
    "crps_samples",
    "decompose",
    "log_scores",
    "reliability",
    "score_card",
]

Floats = NDArray[np.float64]

FLOOR = 0.001
"""A score card takes log scores of forecasts moved into FLOOR to 1 - FLOOR: one forecast of 0 %
for what happened would otherwise cost more than all others together could earn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comparison:
    """Forecasts against a reference, both on the same questions."""

    score: float
    reference: float
    difference: float
    """Score less reference: below 0 is better than the reference."""
    error: float | None
    """Standard error of the difference, paired; None with fewer than two groups."""
    skill: float | None
    """1 - score / reference: 1 perfect, 0 no better; None where the reference is perfect."""
    skill_error: float | None
    groups: int
    """How many questions, or groups of questions, are taken as independent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decomposition:
    """What a mean Brier score is made of: reliability - resolution + uncertainty + within."""

    brier: float
    reliability: float
    """How far, squared, forecasts lie from what happened in their bin: 0 is best."""
    resolution: float
    """How far, squared, what happened in the bins lies from the base rate: large is best."""
    uncertainty: float
    """The base rate's own score: what the questions leave open."""
    within: float
    """What is lost by putting different forecasts into one bin; 0 if they are the same."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """The forecasts of one range, and what happened."""

    low: float
    high: float
    forecast: float
    """Their mean."""
    happened: Share
    """The share that came true, with its interval."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScoreCard:
    """Everything that is said of a record of forecasts."""

    forecasts: int
    base_rate: float
    """The share that came true. As a reference it has the benefit of hindsight."""
    brier_to_base_rate: Comparison
    brier_to_constant: Comparison
    log_to_base_rate: Comparison
    log_to_constant: Comparison
    decomposition: Decomposition
    bins: tuple[Bin, ...]


def brier_scores(forecasts: ArrayLike, happened: ArrayLike) -> Floats:
    """Return (f - y)² of each forecast (n,): 0 right and sure, 1 wrong and sure.

    >>> brier_scores([0.75, 0.5], [True, False]).tolist()
    [0.0625, 0.25]
    """
    f, y = _pairs(forecasts, happened)
    return (f - y) ** 2


def log_scores(forecasts: ArrayLike, happened: ArrayLike, *, floor: float = 0.0) -> Floats:
    """Return -ln(f) of each forecast (n,) for what happened, -ln(1 - f) for what didn't; in nats.

    0 is right and sure; 0.69 is one half; wrong and sure costs infinity, unless forecasts are moved
    into `floor` to 1 - `floor`.

    >>> log_scores([0.5, 1.0], [True, True]).round(3).tolist()
    [0.693, 0.0]
    """
    f, y = _pairs(forecasts, happened)
    said = np.clip(np.where(y == 1, f, 1 - f), floor, 1 - floor)
    with np.errstate(divide="ignore"):
        return np.asarray(np.abs(np.log(said)))


def compare(
    scores: ArrayLike, reference: ArrayLike, groups: Sequence[Hashable] | None = None
) -> Comparison:
    """Compare the scores (n,) of forecasts with those of a reference on the same questions.

    With D_g the sum over group g of the differences less their mean, the error of the
    mean difference is sqrt(G / (G - 1) sum D_g²) / n for G groups: without `groups` every question
    is one, and it is the standard error of a mean. Forecasts of one question made on several days
    are no independent evidence: give them one group. The skill's error is the delta method's, from
    the influence of each question, (s - (S / R) r) / R.

    Raises ModelError for no scores, or columns of different length.

    >>> found = compare([0.0, 0.25, 0.0, 0.25], [0.25, 0.25, 0.25, 0.25])
    >>> found.difference, round(found.error, 4), found.skill
    (-0.125, 0.0722, 0.5)
    """
    s, r = np.asarray(scores, dtype=np.float64), np.asarray(reference, dtype=np.float64)
    if s.ndim != 1 or s.shape != r.shape or not len(s):
        raise ModelError(f"scores of shape {s.shape} don't compare with scores of {r.shape}")
    if groups is not None and len(groups) != len(s):
        raise ModelError(f"{len(groups)} groups don't fit {len(s)} scores")
    number = np.arange(len(s)) if groups is None else _numbered(groups)
    score, standard = float(s.mean()), float(r.mean())
    skill = skill_error = None
    if standard > 0:
        skill = 1 - score / standard
        skill_error = _error(s / standard - (score / standard) * (r / standard), number)
    return Comparison(
        score=score,
        reference=standard,
        difference=score - standard,
        error=_error(s - r, number),
        skill=skill,
        skill_error=skill_error,
        groups=int(number.max()) + 1,
    )


def decompose(
    forecasts: ArrayLike, happened: ArrayLike, bins: int | ArrayLike = 10
) -> Decomposition:
    """Return what the mean Brier score is made of, exactly, whatever the bins.

    With n_k, f_k and y_k the number and the means of bin k, and y the base rate:

        reliability  sum n_k (f_k - y_k)² / n
        resolution   sum n_k (y_k - y)² / n
        uncertainty  y (1 - y)
        within       sum (f - f_k)² / n - 2 sum (f - f_k) (y - y_k) / n

    `bins` is a number of equal ranges, or their edges from 0 to 1.

    >>> found = decompose([0.25, 0.25, 0.75, 0.75], [0, 1, 1, 1])
    >>> found.reliability, found.resolution, found.uncertainty, found.within
    (0.0625, 0.0625, 0.1875, 0.0)
    """
    f, y = _pairs(forecasts, happened)
    k = _bin_of(f, _edges(bins))
    size = np.bincount(k)
    used = np.maximum(size, 1)
    f_k, y_k = np.bincount(k, weights=f) / used, np.bincount(k, weights=y) / used
    rate = y.mean()
    spread = f - f_k[k]
    return Decomposition(
        brier=float(((f - y) ** 2).mean()),
        reliability=float(size @ (f_k - y_k) ** 2 / len(f)),
        resolution=float(size @ (y_k - rate) ** 2 / len(f)),
        uncertainty=float(rate * (1 - rate)),
        within=float((spread**2).mean() - 2 * (spread * (y - y_k[k])).mean()),
    )


def reliability(
    forecasts: ArrayLike, happened: ArrayLike, bins: int | ArrayLike = 10
) -> tuple[Bin, ...]:
    """Return each bin that holds forecasts: what was said, and the share that came true.

    A bin holds its lower edge and not its upper one, but for the last, which holds 1. Intervals
    take the forecasts as independent.

    >>> [(b.low, b.high, b.forecast, b.happened.value) for b in reliability([0.1, 0.9], [0, 1], 2)]
    [(0.0, 0.5, 0.1, 0.0), (0.5, 1.0, 0.9, 1.0)]
    """
    f, y = _pairs(forecasts, happened)
    edges = _edges(bins)
    k = _bin_of(f, edges)
    return tuple(
        Bin(
            low=float(edges[each]),
            high=float(edges[each + 1]),
            forecast=float(f[k == each].mean()),
            happened=share(int(y[k == each].sum()), int((k == each).sum())),
        )
        for each in np.unique(k).tolist()
    )


def score_card(
    forecasts: ArrayLike,
    happened: ArrayLike,
    *,
    constant: float = 0.5,
    base_rate: ArrayLike | None = None,
    groups: Sequence[Hashable] | None = None,
    bins: int | ArrayLike = 10,
) -> ScoreCard:
    """Score forecasts (n,) against a base rate and a constant, with errors.

    `base_rate` is one for all, or one for each forecast, as it was known before; unless given it is
    the share that came true, which nobody knew. Raises ModelError without forecasts.

    >>> card = score_card([0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0])
    >>> round(card.brier_to_constant.skill, 3), card.forecasts
    (0.9, 4)
    """
    f, y = _pairs(forecasts, happened)
    rate = float(y.mean())
    known = np.broadcast_to(np.asarray(rate if base_rate is None else base_rate, float), f.shape)
    flat = np.full(f.shape, float(constant))
    briers = [brier_scores(each, y) for each in (f, known, flat)]
    logs = [log_scores(each, y, floor=FLOOR) for each in (f, known, flat)]
    return ScoreCard(
        forecasts=len(f),
        base_rate=rate,
        brier_to_base_rate=compare(briers[0], briers[1], groups),
        brier_to_constant=compare(briers[0], briers[2], groups),
        log_to_base_rate=compare(logs[0], logs[1], groups),
        log_to_constant=compare(logs[0], logs[2], groups),
        decomposition=decompose(f, y, bins),
        bins=reliability(f, y, bins),
    )


def crps_samples(draws: ArrayLike, observed: ArrayLike, *, fair: bool = False) -> Floats:
    """Return the CRPS of draws (..., n) for what was observed (...), in the observation's unit.

    E|X - y| - E|X - X'| / 2, over the n draws as a distribution; `fair` divides the second mean by
    n (n - 1), as is right for draws that stand for a distribution from which more could be had.
    For a single draw it is the absolute error.

    >>> float(crps_samples([1.0, 2.0, 4.0, 8.0], 2.5))
    0.8125
    """
    x = np.sort(np.asarray(draws, dtype=np.float64), axis=-1)
    y = np.asarray(observed, dtype=np.float64)
    if x.ndim < 1 or not x.shape[-1] or x.shape[:-1] != y.shape:
        raise ModelError(f"draws of shape {x.shape} don't fit observations of shape {y.shape}")
    n = x.shape[-1]
    # In ascending order draw i is the larger one of i pairs, and the smaller one of n - 1 - i.
    ranks = 2 * np.arange(n) - n + 1
    pairs = n * (n - 1) if fair and n > 1 else n * n
    return np.asarray(np.abs(x - y[..., None]).mean(axis=-1) - (x @ ranks) / pairs)


def crps_discrete(values: ArrayLike, probabilities: ArrayLike, observed: float) -> float:
    """Return the CRPS of a distribution over values (m,), with probabilities (m,) that sum to 1.

    The integral of (F(x) - [x >= y])² over x, which for steps is a finite sum.

    >>> crps_discrete([0.0, 100.0], [0.5, 0.5], 100.0)
    25.0
    """
    x, p = np.asarray(values, dtype=np.float64), np.asarray(probabilities, dtype=np.float64)
    if x.ndim != 1 or x.shape != p.shape or not len(x) or not math.isfinite(observed):
        raise ModelError("a distribution has one probability for each of its values")
    if np.any(p < 0):
        raise ModelError("a probability is not negative")
    if not math.isclose(p.sum(), 1.0, abs_tol=1e-9):
        raise ModelError(f"the probabilities add up to {p.sum():.9g}, not to 1")
    steps = np.append(x, observed)
    order = np.argsort(steps)
    ends = steps[order]
    cumulated = np.cumsum(np.append(p, 0.0)[order])[:-1]
    happened = ends[:-1] >= observed
    return float((cumulated - happened) ** 2 @ np.diff(ends))


def coverage(low: ArrayLike, high: ArrayLike, observed: ArrayLike) -> Share:
    """Return the share of observations (n,) that lie within their intervals, ends included.

    >>> coverage([0, 0, 0, 0], [10, 10, 10, 10], [5, 10, 11, 7]).value
    0.75
    """
    y = np.asarray(observed, dtype=np.float64)
    inside = (np.asarray(low) <= y) & (y <= np.asarray(high))
    return share(int(inside.sum()), inside.size)


def _pairs(forecasts: ArrayLike, happened: ArrayLike) -> tuple[Floats, Floats]:
    f, y = np.asarray(forecasts, dtype=np.float64), np.asarray(happened, dtype=np.float64)
    if f.ndim != 1 or f.shape != y.shape or not len(f):
        raise ModelError(f"{f.size} forecasts don't fit {y.size} questions that were resolved")
    if not np.all((f >= 0) & (f <= 1)):
        raise ModelError("a forecast is a probability from 0 to 1")
    if not np.all((y == 0) | (y == 1)):
        raise ModelError("what was forecast happened (1) or did not (0)")
    return f, y


def _edges(bins: int | ArrayLike) -> Floats:
    edges = np.arange(bins + 1) / bins if isinstance(bins, int) else np.asarray(bins, np.float64)
    if edges.ndim != 1 or len(edges) < 2 or edges[0] != 0 or edges[-1] != 1:
        raise ModelError("bins reach from 0 to 1")
    if not np.all(np.diff(edges) > 0):
        raise ModelError("the edges of bins ascend")
    return edges


def _bin_of(f: Floats, edges: Floats) -> NDArray[np.intp]:
    return np.minimum(np.searchsorted(edges, f, side="right") - 1, len(edges) - 2)


def _numbered(groups: Sequence[Hashable]) -> NDArray[np.intp]:
    number: dict[Hashable, int] = {}
    return np.array([number.setdefault(group, len(number)) for group in groups], dtype=np.intp)


def _error(values: Floats, number: NDArray[np.intp]) -> float | None:
    """Return the standard error of the values' mean, for groups that are independent."""
    groups = int(number.max()) + 1
    if groups < 2:
        return None
    sums = np.bincount(number, weights=values - values.mean())
    return math.sqrt(groups / (groups - 1) * float(sums @ sums)) / len(values)

"""How often each of several competing events has happened by a time, where some were not followed.

The estimate is Aalen and Johansen's. Of those still open just before a time t, n_t, let d_kt meet
event k at t. Events at the same time count as they stand, whatever their number and kind; whoever
was last seen at t was still at risk at t. Over the times s <= t at which something happened:

    S(t)   = prod (1 - d_s / n_s)                    still open; d_s = sum_k d_ks
    F_k(t) = sum  S(s-) d_ks / n_s                   met event k, and no other before it

so that S + sum_k F_k = 1 always. With one kind of event S is Kaplan and Meier's estimate.

References: Aalen & Johansen (1978), An empirical transition matrix for non-homogeneous Markov
chains based on censored observations; Andersen, Borgan, Gill & Keiding (1993), Statistical Models
Based on Counting Processes, section IV.4 (the variance of Greenwood's type); Gaynor et al. (1993),
On the use of cause-specific failure and conditional failure probabilities (the same, as a sum);
Lipsitz, Dear & Zhao (1994), Jackknife estimators of variance for parameter estimates from
estimating equations with applications to clustered survival data.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Incidence", "clustered", "incidence"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True)
class Incidence:
    """Estimates at T times for K kinds of event."""

    times: Floats
    """Shape (T,): when, in the unit of the observations."""
    at_risk: Integers
    """Shape (T,): how many were still open and followed just before. None: the estimate stands
    where it stood when the last one was seen."""
    still_open: Floats
    """Shape (T,): S, the share that has met no event."""
    met: Floats
    """Shape (T, K): F, the share that has met each event first."""
    open_variance: Floats
    """Shape (T,): variance of S."""
    variance: Floats
    """Shape (T, K): variance of F."""


@dataclass(frozen=True, slots=True)
class _Table:
    """Counts at the distinct times at which something happened."""

    times: Floats
    events: Integers
    at_risk: Integers


def incidence(
    times: ArrayLike, events: ArrayLike, *, kinds: int, at: ArrayLike | None = None
) -> Incidence:
    """Estimate the cumulative incidence of competing events, and its variance.

    `times` (n,) is how long each was followed, 0 or more. `events` (n,) says what ended it: 1 to
    `kinds`, or 0 where nothing had happened yet when it was last seen. `at` asks for other times
    than those at which something happened, in any order; the estimate is constant between events
    and after the last one.

    The variance is that of independent observations, by the recursion over the times at which
    something happened, with q = d / n, q_k = d_k / n and all estimates from just before:

        Var S   <- (1 - q)² Var S + S² q (1 - q) / n
        Cov F_k <- (1 - q) (Cov F_k + q_k Var S) - S² q_k (1 - q) / n      (with S)
        Var F_k <- Var F_k + 2 q_k Cov F_k + q_k² Var S + S² q_k (1 - q_k) / n

    With one kind of event it is Greenwood's; with all followed to the end, F (1 - F) / n.

    Raises ValueError for observations that don't fit each other, or times that are no times.

    >>> found = incidence([1, 1, 2, 3], [1, 2, 0, 1], kinds=2, at=[0.5, 1, 5])
    >>> found.still_open.tolist(), found.met[:, 0].tolist()
    ([1.0, 0.5, 0.0], [0.0, 0.25, 0.75])
    """
    table = _table(*_checked(times, events, kinds), kinds)
    when = table.times if at is None else _moments(at)
    place = np.searchsorted(table.times, when, side="right")
    still_open, met = _estimate(table.events, table.at_risk)
    open_variance, variance = _greenwood(table.events, table.at_risk, still_open)
    followed = np.sort(np.asarray(times, dtype=np.float64))
    return Incidence(
        times=when,
        at_risk=len(followed) - np.searchsorted(followed, when, side="left"),
        still_open=still_open[place],
        met=met[place],
        open_variance=open_variance[place],
        variance=variance[place],
    )


def clustered(
    times: ArrayLike, events: ArrayLike, clusters: ArrayLike, *, kinds: int, at: ArrayLike
) -> Incidence:
    """Estimate as `incidence` does, with a variance that allows for likeness within clusters.

    `clusters` (n,) names the cluster of each observation: ceasefires of one war are no independent
    trials. The variance is the jackknife's, over the estimates without each of C clusters in turn:
    (C - 1) / C sum_c (F_(-c) - mean F_(-c))². It is infinite with a single cluster, which says
    nothing about others.

    >>> alone = incidence([1, 2, 3, 4], [1, 1, 0, 0], kinds=1, at=[2])
    >>> twice = clustered([1, 2, 3, 4] * 2, [1, 1, 0, 0] * 2, [1, 2, 3, 4] * 2, kinds=1, at=[2])
    >>> alone.variance.item(), twice.met.item(), round(twice.variance.item(), 4)
    (0.0625, 0.5, 0.0833)
    """
    followed, what = _checked(times, events, kinds)
    names, member = np.unique(np.asarray(clusters), return_inverse=True)
    if member.shape != followed.shape:
        raise ValueError(f"{member.size} clusters for {len(followed)} observations")
    whole = incidence(followed, what, kinds=kinds, at=at)
    if len(names) < 2:
        nothing = np.full(whole.still_open.shape, np.inf)
        return replace(whole, open_variance=nothing, variance=np.full(whole.met.shape, np.inf))
    table = _table(followed, what, kinds)
    place = np.searchsorted(table.times, whole.times, side="right")
    without = [
        _row(_estimate(*_less(table, followed[member == c], what[member == c], kinds)), place)
        for c in range(len(names))
    ]
    spread = (len(names) - 1) * np.var(np.array(without), axis=0)
    return replace(whole, open_variance=spread[:, 0], variance=spread[:, 1:])


def _checked(times: ArrayLike, events: ArrayLike, kinds: int) -> tuple[Floats, Integers]:
    followed = np.asarray(times, dtype=np.float64)
    what = np.asarray(events)
    if followed.ndim != 1 or followed.shape != what.shape or not len(followed):
        raise ValueError(
            f"times of shape {followed.shape} and events of shape {what.shape} are not one of "
            "each for every observation"
        )
    if not (np.isfinite(followed).all() and (followed >= 0).all()):
        raise ValueError("a time is negative or not a number")
    if what.dtype.kind not in "biu" or what.min() < 0 or what.max() > kinds:
        raise ValueError(f"an event is not a whole number from 0 to {kinds}")
    return followed, what.astype(np.int64)


def _moments(at: ArrayLike) -> Floats:
    when = np.asarray(at, dtype=np.float64)
    if when.ndim != 1 or np.isnan(when).any():
        raise ValueError("the times asked for are not a list of numbers")
    return when


def _table(times: Floats, events: Integers, kinds: int) -> _Table:
    moments = np.unique(times[events > 0])
    return _Table(moments, *_counts(moments, times, events, kinds))


def _counts(
    moments: Floats, times: Floats, events: Integers, kinds: int
) -> tuple[Integers, Integers]:
    """Return how many meet each event at each moment, and how many are at risk there."""
    happened = events > 0
    counts = np.zeros((len(moments), kinds), dtype=np.int64)
    places = np.searchsorted(moments, times[happened])
    np.add.at(counts, (places, events[happened] - 1), 1)
    at_risk = len(times) - np.searchsorted(np.sort(times), moments, side="left")
    return counts, at_risk.astype(np.int64)


def _less(table: _Table, times: Floats, events: Integers, kinds: int) -> tuple[Integers, Integers]:
    """Return the table's counts without some of the observations."""
    counts, at_risk = _counts(table.times, times, events, kinds)
    return table.events - counts, table.at_risk - at_risk


def _estimate(events: Integers, at_risk: Integers) -> tuple[Floats, Floats]:
    """Return S (m + 1,) and F (m + 1, K), from before the first moment on."""
    # Where nobody is at risk, nothing happens either: 0 of 1 says so.
    some = np.maximum(at_risk, 1)
    still_open = np.concatenate(([1.0], np.cumprod(1.0 - events.sum(axis=1) / some)))
    steps = still_open[:-1, None] * events / some[:, None]
    met = np.concatenate((np.zeros((1, events.shape[1])), np.cumsum(steps, axis=0)))
    return still_open, met


def _greenwood(events: Integers, at_risk: Integers, still_open: Floats) -> tuple[Floats, Floats]:
    """Return Var S (m + 1,) and Var F (m + 1, K) by the recursion that `incidence` states."""
    m, kinds = events.shape
    open_variance, variance = np.zeros(m + 1), np.zeros((m + 1, kinds))
    covariance = np.zeros(kinds)
    for j in range(m):
        n, s = float(at_risk[j]), still_open[j] ** 2
        q_k = events[j] / n
        q = float(events[j].sum()) / n
        v = open_variance[j]
        variance[j + 1] = variance[j] + 2 * q_k * covariance + q_k**2 * v + s * q_k * (1 - q_k) / n
        covariance = (1 - q) * (covariance + q_k * v - s * q_k / n)
        open_variance[j + 1] = (1 - q) ** 2 * v + s * q * (1 - q) / n
    return open_variance, variance


def _row(estimate: tuple[Floats, Floats], place: NDArray[np.intp]) -> Floats:
    """Return S and the F of each kind side by side, shape (T, 1 + K)."""
    still_open, met = estimate
    return np.column_stack((still_open[place], met[place]))

"""The ladder of concessions: what one change would open, and what it costs the one who makes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.answers import NO, UNDECIDED, YES
from goodoffices.deals.blocks import Pattern
from goodoffices.deals.draws import Sample
from goodoffices.deals.results import Concession, Cost
from goodoffices.deals.zone import STEPS, Survey, samples

__all__ = ["concessions", "spread"]

PRICED = 500
"""Costs are read from so many draws; their spread needs no more."""


def concessions(survey: Survey) -> tuple[Concession, ...]:
    """Return the ladder, what opens a zone most often first.

    A survey without a ladder has nothing to say here. Lifting is judged on the same draws as the
    zone itself, so `opened` is the share of draws that change, not a difference of two estimates.
    """
    parts = [
        _lost(drawn) for drawn in samples(survey.space, min(PRICED, survey.draws), survey.seed)
    ]
    costs = map(spread, np.concatenate(parts, axis=1))
    rungs = [*_lifted(survey, costs), *_lowered(survey)]
    return tuple(sorted(rungs, key=lambda rung: (-rung.zone.value, rung.step, rung.demand)))


def _lifted(survey: Survey, costs: Iterable[Cost]) -> Iterator[Concession]:
    for k, cost in zip(survey.space.blocking, costs, strict=True):
        yield _rung(survey, k, survey.lifted[:, k], cost, None)


def _lowered(survey: Survey) -> Iterator[Concession]:
    for a, walk_away in enumerate(survey.space.walk_aways[: survey.space.deciders]):
        for s, step in enumerate(STEPS) if walk_away is not None else ():
            cost = Cost(low=step, central=step, high=step)
            k = walk_away[0] if walk_away is not None else 0
            yield _rung(survey, k, survey.lowered[:, a, s], cost, step)


def _rung(
    survey: Survey, k: int, answer: NDArray[np.int8], cost: Cost, step: float | None
) -> Concession:
    space, draws = survey.space, survey.draws
    undecided = int((answer == UNDECIDED).sum())
    opened = int(((answer == YES) & (survey.answer == NO)).sum())
    return Concession(
        demand=space.demands[k],
        by=space.demand(k).by,
        kind="lift" if step is None else "lower",
        step=step or 0.0,
        zone=space.share(int((answer == YES).sum()), draws, undecided),
        opened=space.share(opened, draws, undecided),
        cost=cost,
    )


def _lost(drawn: Sample) -> NDArray[np.float64]:
    """Return what lifting each demand that can block costs its bearer, shape (blocking, n)."""
    space = drawn.space
    index = {actor.id: a for a, actor in enumerate(space.actors)}
    lost = np.zeros((len(space.blocking), len(drawn)))
    for row, k in zip(lost, space.blocking, strict=True):
        bearer = index[space.demand(k).by]
        walk_away = space.walk_aways[bearer]
        if walk_away is not None and walk_away[0] == k:
            # Giving up a walk-away altogether costs at most all that no agreement is worth.
            row += drawn.columns[:, walk_away[1]]
        else:
            row += _given_up(drawn, space.refusals[k], bearer)
    return lost


def _given_up(drawn: Sample, patterns: Sequence[Pattern], bearer: int) -> NDArray[np.float64]:
    """Return what the bearer loses if it takes the best of what it refuses, shape (n,).

    Per pattern: its best joint options outside what it refuses, less the best inside, on the
    issues of the pattern alone, and never below 0.
    """
    lost = np.zeros(len(drawn))
    for pattern in patterns:
        best = [_best(drawn, issue, refused, bearer) for issue, refused in pattern.picks]
        inside = sum(within for within, _ in best)
        # Outside takes the best of every issue, but for one on which it takes no refused option.
        top = sum(np.maximum(within, beyond) for within, beyond in best)
        outside = [top - np.maximum(within, beyond) + beyond for within, beyond in best]
        lost += np.maximum(0.0, np.max(outside, axis=0) - inside)
    return lost


def _best(
    drawn: Sample, issue: int, refused: frozenset[int], bearer: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the best value among an issue's refused options and among the others, each (n,)."""
    start, size = drawn.space.offsets[issue], len(drawn.space.options[issue])
    values = drawn.values[:, start : start + size, bearer]
    within = np.isin(np.arange(size), sorted(refused))
    return (
        values[:, within].max(axis=1, initial=-np.inf),
        values[:, ~within].max(axis=1, initial=-np.inf),
    )


def spread(lost: NDArray[np.float64]) -> Cost:
    """Return the 5th percentile, the median and the 95th of some draws."""
    low, central, high = np.percentile(lost, [5, 50, 95])
    return Cost(low=float(low), central=float(central), high=float(high))

"""One probability of an event by a day, from up to three views, with what each of them adds.

    inside      the deals lens: some package is accepted by all, and is found and signed in time
    outside     the base rate of a reference class, and what has happened since
    estimates   what the sources think, pooled

The views are pooled in log-odds with stated weights w. With o the outside view, b the base rate
alone, and m_i the median log-odds of a view:

    M = m_o + sum_i w_i (m_i - m_o)

so the waterfall that begins at the base rate and adds what has happened since (m_o - m_b), then
w_i (m_i - m_o) for each other view, ends exactly at the pooled probability. Which step a shared
movement is booked under depends on that order, which is fixed and stated.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np

from goodoffices.deals.results import Deals
from goodoffices.outlook.logodds import LogOdds, combine, of_draws
from goodoffices.outlook.results import LegReport, PooledReport, Together, WaterfallStep
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.telling import confidence, likelihood

__all__ = ["BEGIN", "View", "inside_view", "put_together", "waterfall"]

Leg = Literal["inside", "outside", "estimates"]
LEGS: tuple[Leg, ...] = ("outside", "inside", "estimates")
"""The order in which the waterfall takes them."""
BEGIN = "where cases of its kind begin"
"""The first step: the base rate of the reference class, or the chance that the case states."""
STEPS: Mapping[Leg, str] = {
    "outside": "what sets this case apart, and what has happened",
    "inside": "inside view: the packages",
    "estimates": "what the sources think",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class View:
    """One view of a question."""

    leg: Leg
    says: LogOdds
    how: str


def inside_view(subject: Subject, deals: Deals, by: date) -> View | None:
    """Return the view of the deals lens; None where the case doesn't say how talks get there.

    P(signed by T) = A (1 - (1 - s)^(T / t)), with s the stated probability that a package which all
    would accept is found and signed within t weeks. A lies between the probability of the most
    acceptable package and P(zone): talks search, but nobody sees all that the draws know.
    """
    given, inputs = subject.outlook.inside, subject.inputs
    if given is None:
        return None
    best = deals.offers[0].all_accept.value if deals.offers else 0.0
    zone = deals.zone.probability.value
    searched = inputs.stream("outlook.inside").random(inputs.draws)
    exists = best + searched * max(zone - best, 0.0)
    signed = inputs.of("outlook.inside.signed", given.signed)
    part = subject.weeks_to(by) / given.within
    reached = 1 - (1 - np.clip(signed, 0, 1)) ** part
    return View(
        leg="inside",
        says=of_draws(np.clip(exists * reached, 0, 1)),
        how=(
            f"a package that all would accept exists with {100 * best:.0f} to {100 * zone:.0f} %, "
            f"and is then signed within {given.within:g} weeks with {given.signed}"
        ),
    )


def put_together(
    subject: Subject,
    what: str,
    by: date,
    views: Sequence[View],
    base: LogOdds | None,
    missing: Sequence[str],
    pooled: PooledReport | None,
) -> Together | None:
    """Return one probability from the views that are there; None if no weight is on any."""
    stated = subject.outlook.weights
    order = sorted(views, key=lambda view: LEGS.index(view.leg))
    raw = [getattr(stated, view.leg) for view in order]
    if not sum(raw):
        return None
    weights = [w / sum(raw) for w in raw]
    found = combine([view.says for view in order], weights)
    legs = tuple(
        LegReport(leg=view.leg, weight=w, probability=view.says.band, how=view.how)
        for view, w in zip(order, weights, strict=True)
    )
    level, words = confidence(subject, legs, missing, pooled)
    return Together(
        probability=found.band,
        legs=legs,
        missing=tuple(missing),
        waterfall=waterfall(order, weights, base),
        likelihood=likelihood(what, by, found.band),
        confidence=words,
        level=level,
    )


def waterfall(
    order: Sequence[View], weights: Sequence[float], base: LogOdds | None
) -> tuple[WaterfallStep, ...]:
    """Return what each view adds, from where the first begins; the last ends at the pool.

    >>> from goodoffices.outlook.logodds import exact
    >>> views = [
    ...     View(leg="outside", says=exact(0.5), how=""),
    ...     View(leg="estimates", says=exact(0.2), how=""),
    ... ]
    >>> [round(step.after, 3) for step in waterfall(views, [0.5, 0.5], exact(0.5))]
    [0.5, 0.5, 0.333]
    """
    first = order[0]
    outside = first.leg == "outside" and base is not None
    start = base.centre if outside and base is not None else first.says.centre
    name = BEGIN if outside else STEPS[first.leg]
    moves = [(name, start)]
    if outside:
        moves.append((STEPS["outside"], first.says.centre - start))
    for view, weight in zip(order[1:], weights[1:], strict=True):
        moves.append((STEPS[view.leg], weight * (view.says.centre - first.says.centre)))
    ends = [_probability(x) for x in itertools.accumulate(move for _, move in moves)]
    return tuple(
        WaterfallStep(name=name, log_odds=move, before=before, after=after)
        for (name, move), before, after in zip(moves, [0.0, *ends], ends, strict=False)
    )


def _probability(logit: float) -> float:
    return 1 / (1 + math.exp(-logit)) if logit > -700 else 0.0

"""Which uncertain input moves the answer most, and on what kind of ground the answer stands."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.draws import Streams
from goodoffices.deals.results import Footing, Unknown
from goodoffices.deals.sensitivity import first_order
from goodoffices.deals.space import Space
from goodoffices.deals.zone import Survey
from goodoffices.errors import ModelError

__all__ = ["footing", "unknowns"]

SURE = 2.0
"""An input counts as moving the answer if its share is more than so many errors above 0."""


def unknowns(survey: Survey) -> tuple[Unknown, ...]:
    """Return every uncertain input with its first-order share of the variance of "a zone exists".

    The largest share first. A demand that may not bind is one input: whether it binds. Empty where
    nothing is uncertain, or where the answer is the same in every draw.
    """
    inputs = list(_uncertain(survey))
    try:
        found = first_order((column for _, column in _columns(survey)), survey.open)
    except ModelError:
        return ()
    rows = [
        Unknown(
            path=path,
            share=order.share,
            error=order.error,
            founded=survey.space.inputs[c].founded,
            blank=survey.space.inputs[c].quantity.shape == "unknown",
        )
        for (path, c), order in zip(inputs, found, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: (-row.share, row.path)))


def _uncertain(survey: Survey) -> Iterator[tuple[str, int]]:
    """Yield path and input column of each uncertain input; firmness stands for "it binds"."""
    space = survey.space
    binding = {space.firmness[k] for k in space.blocking}
    felt = _felt(space)
    for c, given in enumerate(space.inputs):
        doubtful = given.quantity.uncertain or given.quantity.central not in (0.0, 1.0)
        if (c in binding and doubtful) or (c in felt and given.quantity.uncertain):
            yield given.path, c


def _felt(space: Space) -> set[int]:
    """Return the inputs that make up the values and walk-aways of those who decide.

    No other can move the answer, and by chance alone some of many would seem to.
    """
    deciders = space.deciders
    found = {walk[1] for walk in space.walk_aways[:deciders] if walk is not None}
    for stake in itertools.chain(*space.stakes[:deciders]):
        found |= {stake.weight, *stake.values}
    for effect in space.effects:
        if effect.actor < deciders:
            found |= {*itertools.chain(*effect.kept)}
            found |= {effect.bonus} if effect.bonus is not None else set()
    return found


def _columns(survey: Survey) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Yield the draws of each uncertain input, made anew from its stream."""
    space, streams = survey.space, Streams(survey.space, survey.seed)
    demand = {c: k for k, c in enumerate(space.firmness)}
    for path, c in _uncertain(survey):
        column = streams.column(c, survey.draws)
        if c in demand:
            column = (streams.chance(demand[c], survey.draws) < column).astype(np.float64)
        yield path, column


def footing(survey: Survey, found: tuple[Unknown, ...]) -> Footing:
    """Count the numbers that can move the answer by what they rest on, and share out its variance.

    Numbers of those who are only assessed can't move it, and are left out.
    """
    space = survey.space
    counted = _felt(space) | {space.firmness[k] for k in space.blocking}
    inputs = [space.inputs[c] for c in sorted(counted)]
    blank = [given for given in inputs if given.quantity.shape == "unknown"]
    rest = [given for given in inputs if given.quantity.shape != "unknown"]
    moving = [row for row in found if row.share > SURE * row.error]
    total = sum(row.share for row in moving)
    claimed = sum(row.share for row in moving if row.founded == "claimed" and not row.blank)
    return Footing(
        claimed=sum(given.founded == "claimed" for given in rest),
        assumed=sum(given.founded != "claimed" for given in rest),
        unknown=len(blank),
        variance_claimed=claimed / total if total else None,
        variance_assumed=(total - claimed) / total if total else None,
    )

"""Where the status quo could lead: the equilibria, and the way to a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.moves.equilibria import Equilibrium, order_equilibria
from goodoffices.moves.reach import Opening, Reach, explore, open_steps
from goodoffices.moves.results import (
    EquilibriaReport,
    EquilibriumReport,
    FirstStep,
    WayReport,
)
from goodoffices.moves.stability import Stability
from goodoffices.moves.telling import Teller

__all__ = ["equilibria_report", "way_to"]

Int64 = NDArray[np.int64]

THIRD = ("mediator", "guarantor", "bystander")
"""Roles of a third party, whose step may open a way."""
MOST_STEPS = 20
"""So many first steps are told."""


def equilibria_report(teller: Teller, stability: Stability, most: int) -> EquilibriaReport:
    """Return the equilibria in order of interest, each with the way there."""
    near, far = teller.near, teller.far
    ranks = teller.field.ranks
    found = order_equilibria(ranks, stability, near.steps, far.steps, most=most)
    return EquilibriaReport(
        listed=tuple(_equilibrium(teller, one, near, far) for one in found.listed),
        total=found.total,
        counts={c: int(stability.for_all(c).sum()) for c in stability.stable},
    )


def _equilibrium(teller: Teller, one: Equilibrium, near: Reach, far: Reach) -> EquilibriumReport:
    paths = [
        teller.path(reach.path(one.state)) if reach.steps[one.state] >= 0 else None
        for reach in (near, far)
    ]
    return EquilibriumReport(
        state=teller.id(one.state),
        concepts=one.concepts,
        improvements=paths[0],
        moves=paths[1],
        dominated_by=tuple(teller.id(s) for s in one.dominated_by),
    )


def way_to(teller: Teller, targets: Sequence[int] | Int64) -> WayReport:
    """Return how the status quo could lead to one of the targets, which nearest first.

    No way takes an option marked as harm; how many first steps would need one is counted.
    """
    goals, start = np.asarray(targets, np.int64), teller.model.status_quo
    reach = teller.near
    if teller.gentle is not teller.field:
        everybody = range(len(teller.model.actors))
        reach = explore(teller.gentle, start, everybody, improving=True)
    ways = goals[reach.steps[goals] >= 0]
    nearest = int(ways[np.argmin(reach.steps[ways])] if ways.size else goals[0])
    steps: tuple[Opening, ...] = ()
    harmful = 0
    if start not in goals:
        steps = open_steps(teller.gentle, start, goals)
        if teller.gentle is not teller.field:
            known = {opening.step for opening in steps}
            every = open_steps(teller.field, start, goals)
            harmful = sum(opening.step not in known for opening in every)
    return WayReport(
        target=teller.id(nearest),
        compared=_compared(teller, np.array([nearest]) if ways.size else goals),
        path=teller.path(reach.path(nearest)) if ways.size else None,
        first_steps=tuple(_first_step(teller, opening) for opening in steps[:MOST_STEPS]),
        withheld=harmful,
    )


def _compared(
    teller: Teller, targets: Int64
) -> dict[str, Literal["better", "same", "worse", "mixed"]]:
    """Return how the targets compare with the status quo, for each decision maker."""
    here = teller.model.status_quo
    found: dict[str, Literal["better", "same", "worse", "mixed"]] = {}
    for actor, row in zip(teller.model.actors, teller.field.ranks, strict=True):
        gains = np.unique(np.sign(row[targets] - row[here])).astype(int)
        found[actor] = ("same", "better", "worse")[gains[0]] if gains.size == 1 else "mixed"
    return found


def _first_step(teller: Teller, opening: Opening) -> FirstStep:
    move = teller.move(opening.step)
    party = teller.case.party_of(move.by)
    role = teller.case.parties[party].role if party in teller.case.parties else "principal"
    return FirstStep(move=move, third=role in THIRD, path=teller.path(opening.path))

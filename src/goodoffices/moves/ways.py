"""Where the status quo could lead: the equilibria, and the way to a target."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from goodoffices.moves.equilibria import Equilibrium, rank_equilibria
from goodoffices.moves.graph import Graph
from goodoffices.moves.reach import Opening, Reach, opening_steps, reach_from
from goodoffices.moves.results import (
    EquilibriaReport,
    EquilibriumReport,
    FirstStep,
    WayReport,
)
from goodoffices.moves.stability import Stability
from goodoffices.moves.telling import Teller

__all__ = ["equilibria_report", "way_to"]

THIRD = ("mediator", "guarantor", "bystander")
"""Roles of a third party, whose step may open a way."""
MOST_STEPS = 20
"""So many first steps are told."""


def equilibria_report(teller: Teller, stability: Stability, most: int) -> EquilibriaReport:
    """Return the equilibria in order of interest, each with the way there."""
    graph, ranks, start = teller.graph, teller.ranks, teller.model.status_quo
    found = rank_equilibria(graph, ranks, stability, start, most=most)
    near = reach_from(graph, ranks, start, improving=True)
    far = reach_from(graph, ranks, start, improving=False)
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


def way_to(teller: Teller, targets: Sequence[int]) -> WayReport:
    """Return how the status quo could lead to one of the targets, which nearest first.

    No way takes an option marked as harm; how many first steps would need one is counted.
    """
    gentle, start = teller.model.gentle, teller.model.status_quo
    reach = reach_from(gentle, teller.ranks, start, improving=True)
    ways = [t for t in targets if reach.steps[t] >= 0]
    nearest = min(ways, key=lambda t: int(reach.steps[t]), default=targets[0])
    there = start in targets
    steps = [] if there else _openings(teller, gentle, targets)
    known = {opening.step for opening in steps}
    harmful = 0
    if not there and gentle is not teller.graph:
        every = _openings(teller, teller.graph, targets)
        harmful = sum(opening.step not in known for opening in every)
    return WayReport(
        target=teller.id(nearest),
        compared=_compared(teller, [nearest] if ways else targets),
        path=teller.path(reach.path(nearest)) if ways else None,
        first_steps=tuple(_first_step(teller, opening) for opening in steps[:MOST_STEPS]),
        withheld=harmful,
    )


def _compared(
    teller: Teller, targets: Sequence[int]
) -> dict[str, Literal["better", "same", "worse", "mixed"]]:
    """Return how the targets compare with the status quo, for each decision maker."""
    gains = np.sign(teller.ranks[:, targets] - teller.ranks[:, [teller.model.status_quo]])
    found: dict[str, Literal["better", "same", "worse", "mixed"]] = {}
    for actor, row in zip(teller.model.actors, gains.astype(int), strict=True):
        found[actor] = ("same", "better", "worse")[row[0]] if len(set(row)) == 1 else "mixed"
    return found


def _openings(teller: Teller, graph: Graph, targets: Sequence[int]) -> list[Opening]:
    """Return first steps towards any of the targets, each with its shortest way."""
    start = teller.model.status_quo
    best: dict[tuple[int, int], Opening] = {}
    for target in targets:
        for opening in opening_steps(graph, teller.ranks, start, target):
            key = (opening.step.mover, opening.step.target)
            if key not in best or len(opening.path) < len(best[key].path):
                best[key] = opening
    return sorted(best.values(), key=lambda o: (not o.gains, len(o.path), o.step.mover))


def _first_step(teller: Teller, opening: Opening) -> FirstStep:
    move = teller.move(opening.step)
    party = teller.case.party_of(move.by)
    role = teller.case.parties[party].role if party in teller.case.parties else "principal"
    return FirstStep(move=move, third=role in THIRD, path=teller.path(opening.path))

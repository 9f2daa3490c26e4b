"""Which groups could leave the status quo together, and where groups would stay."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import combinations

from goodoffices.deals.results import Method
from goodoffices.moves.coalitions import Gain, JointMove, coalition_stability, joint_moves
from goodoffices.moves.results import CoalitionReport, CoalitionStay, JointLeaving
from goodoffices.moves.stability import Concept
from goodoffices.moves.telling import Teller

__all__ = ["coalition_report"]

GAIN: Gain = "pareto"
CONCEPTS = (Concept.NASH, Concept.SEQ, Concept.SMR, Concept.GMR)
MOST_STATES = 20_000
"""Beyond so many states groups are not looked at."""
MOST_MEMBERS = 3
"""Beyond six decision makers, only groups of so many are looked at."""
MOST_TOLD = 20


def coalition_report(
    teller: Teller, states: Sequence[int], equilibria: Collection[int]
) -> CoalitionReport:
    """Return joint improvements from the status quo, and the stability of the states for groups."""
    count = len(teller.model.actors)
    if teller.graph.n > MOST_STATES:
        note = f"groups were not looked at: more than {MOST_STATES:,} states"
        method = Method(how="bounded", note=note)
        return CoalitionReport(gain=GAIN, leaving=(), total=0, stability=(), method=method)
    largest = count if count <= 6 else MOST_MEMBERS
    start = teller.model.status_quo
    found = joint_moves(teller.graph, teller.ranks, start, gain=GAIN, largest=largest)
    ordered = sorted(
        found,
        key=lambda one: (
            not teller.called(one.target),
            one.target not in equilibria,
            len(one.members),
            len(one.path),
        ),
    )
    whole = Method(how="exact")
    if largest < count:
        note = f"only groups of up to {MOST_MEMBERS} of {count} were looked at"
        whole = Method(how="bounded", note=note)
    return CoalitionReport(
        gain=GAIN,
        leaving=tuple(_leaving(teller, one) for one in ordered[:MOST_TOLD]),
        total=len(found),
        stability=tuple(_stays(teller, states, largest)),
        method=whole,
    )


def _leaving(teller: Teller, one: JointMove) -> JointLeaving:
    path = teller.path(one.path)
    return JointLeaving(
        members=teller.actors(one.members),
        target=teller.id(one.target),
        path=path,
        harm=any(move.harm for move in path),
    )


def _stays(teller: Teller, states: Sequence[int], largest: int) -> Iterator[CoalitionStay]:
    for size in range(2, largest + 1):
        for members in combinations(range(len(teller.model.actors)), size):
            found = coalition_stability(
                teller.graph, teller.ranks, members, gain=GAIN, states=states, concepts=CONCEPTS
            )
            for n, s in enumerate(states):
                yield CoalitionStay(
                    members=teller.actors(members),
                    state=teller.id(s),
                    concepts=tuple(c for c in found.stable if found.stable[c][n]),
                )

"""What groups can do that their members can't do alone: joint improvements and coalition stability.

A coalition H moves from s to any state of R_H(s), by a legal sequence of its members. Such a move
is a joint improvement

- `strict`: if every member prefers the state it ends in over s;
- `pareto`: if no member prefers s, and at least one prefers the state it ends in.

Nobody need gain on the way. State s is for coalition H Nash stable if H has no joint improvement
from s; GMR stable if for each one, to s1, some s2 in R_{N-H}(s1) is no joint improvement over s;
SMR stable if besides no s3 in R_H(s2) is; SEQ and SSEQ stable if the same holds with R+_{N-H}, in
which every single mover gains by its own move. A coalition of one gives the notions of
`goodoffices.moves.stability`.

References: Kilgour, Hipel, Fang and Peng (2001), Group Decision and Negotiation 10;
Inohara and Hipel (2008), Systems Engineering 11, whose SEQ also credits joint improvements
of the opponents, which are not credited here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb
from types import MappingProxyType
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves._search import Field, search, survey
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile
from goodoffices.moves.reach import Step, explore
from goodoffices.moves.stability import Concept

__all__ = ["CoalitionStability", "Gain", "JointMove", "coalition_stability", "joint_moves"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

MOST_COALITIONS = 10_000

Gain = Literal["strict", "pareto"]
"""Whether every member must gain, or no member may lose and one must gain."""


@dataclass(frozen=True, kw_only=True, slots=True)
class JointMove:
    """A joint improvement that no smaller group inside the coalition could make."""

    members: tuple[int, ...]
    target: int
    path: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class CoalitionStability:
    """Where a coalition would stay; exact."""

    members: tuple[int, ...]
    gain: Gain
    states: Int64
    """The states asked about."""
    stable: Mapping[Concept, Bool]
    """Per concept, for each of the states asked about."""


def joint_moves(
    graph: Graph, ranks: ArrayLike, state: int, *, gain: Gain = "strict", largest: int | None = None
) -> tuple[JointMove, ...]:
    """Return which coalitions could leave a state together, and where to.

    Coalitions have at least two members and at most `largest` (by default everybody). One is left
    out for a target to which a smaller group inside it already has a joint improvement. Raises
    `ModelError` for more than ten thousand coalitions.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> [
    ...     (move.members, move.target)
    ...     for move in joint_moves(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], 0)
    ... ]
    [((0, 1), 3)]
    """
    rows = profile(graph, ranks)
    sizes = range(1, min(largest or len(rows), len(rows)) + 1)
    if sum(comb(len(rows), size) for size in sizes) > MOST_COALITIONS:
        raise ModelError(
            f"coalitions: more than {MOST_COALITIONS:,} of {len(rows)} decision makers; "
            "set a smaller largest size"
        )
    field = survey(graph, rows)
    done: list[tuple[set[int], set[int]]] = []
    found = []
    for size in sizes:
        for members in combinations(range(len(rows)), size):
            reach = explore(field, state, members, improving=False)
            better = (reach.steps > 0) & _improvements(rows, members, state, gain)
            targets = set(np.flatnonzero(better).tolist())
            known = [reached for group, reached in done if group < set(members)]
            if size > 1:
                for target in sorted(targets.difference(*known)):
                    found.append(JointMove(members=members, target=target, path=reach.path(target)))
            done.append((set(members), targets))
    return tuple(found)


def coalition_stability(
    graph: Graph,
    ranks: ArrayLike,
    members: Iterable[int],
    *,
    gain: Gain = "strict",
    states: Sequence[int] | None = None,
    concepts: Sequence[Concept] = tuple(Concept),
    progress: Callable[[float], None] | None = None,
) -> CoalitionStability:
    """Return whether a coalition would stay in each of the states (by default in all).

    The work grows with the states asked about times the size of the graph; `progress` is called
    with the share of it done. Raises `ModelError` for an empty coalition.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> coalition_stability(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], [0, 1]).stable[Concept.NASH]
    array([False,  True,  True,  True])
    """
    group = tuple(sorted(set(members)))
    if not group:
        raise ModelError("coalition: it has no members; name at least one")
    rows = profile(graph, ranks)
    field = survey(graph, rows)
    asked = np.arange(graph.n) if states is None else np.asarray(states, np.int64)
    wanted = [concept for concept in Concept if concept in concepts]
    stable = {concept: np.empty(asked.size, np.bool_) for concept in wanted}
    for j, s in enumerate(asked.tolist()):
        better = _improvements(rows, group, s, gain)
        for concept, stays in _stays(field, group, s, better, wanted).items():
            stable[concept][j] = stays
        if progress is not None:
            progress((j + 1) / asked.size)
    return CoalitionStability(
        members=group, gain=gain, states=asked, stable=MappingProxyType(stable)
    )


def _improvements(ranks: Int32, members: Sequence[int], s: int, gain: Gain) -> Bool:
    own = ranks[list(members)]
    here = own[:, s : s + 1]
    if gain == "strict":
        return np.asarray((own > here).all(axis=0))
    return np.asarray((own >= here).all(axis=0) & (own > here).any(axis=0))


def _stays(
    field: Field, group: tuple[int, ...], s: int, better: Bool, concepts: Sequence[Concept]
) -> dict[Concept, bool]:
    reached = search(field, [s], group, improving=False).origin >= 0
    exits = np.flatnonzero(reached & better)
    if exits.size == 0:
        return dict.fromkeys(concepts, True)
    others = [k for k in range(len(field.ranks)) if k not in group]
    stays: dict[Concept, bool] = {}
    # From where the coalition itself could go on to a joint improvement, there is an escape.
    escapes = search(field, np.flatnonzero(better), group, improving=False, backwards=True)
    for concept in concepts:
        if concept is Concept.NASH:
            stays[concept] = False
            continue
        answers = ~better & (escapes.origin < 0) if concept.symmetric else ~better
        seeds = np.flatnonzero(answers)
        back = search(field, seeds, others, improving=concept.credible, backwards=True)
        stays[concept] = bool((back.origin[exits] >= 0).all())
    return stays

"""Which equilibria matter most: by concept, by the way there, by what everybody would prefer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.moves._search import survey
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile
from goodoffices.moves.reach import explore
from goodoffices.moves.stability import Concept, Stability

__all__ = ["Equilibria", "Equilibrium", "order_equilibria", "rank_equilibria"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

NEVER = np.iinfo(np.int32).max


@dataclass(frozen=True, kw_only=True, slots=True)
class Equilibrium:
    """A state that is stable for everybody in at least one sense."""

    state: int
    concepts: tuple[Concept, ...]
    """The senses, the most demanding first."""
    by_improvements: int | None
    """The fewest improvements that lead here from the status quo; `None` if none do."""
    by_moves: int | None
    """The fewest moves of any kind that lead here from the status quo; `None` if none do."""
    dominated_by: tuple[int, ...]
    """Listed equilibria that are better for somebody and worse for nobody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Equilibria:
    """Equilibria in order of interest."""

    listed: tuple[Equilibrium, ...]
    total: int
    """How many there are; more than listed if the list was cut."""


def rank_equilibria(
    graph: Graph, ranks: ArrayLike, stability: Stability, start: int, *, most: int = 1000
) -> Equilibria:
    """Return the equilibria, those first that are hardest to leave and easiest to get to.

    The order is by the most demanding concept that an equilibrium meets (Nash, SSEQ, SEQ, SMR,
    GMR), then by improvements from the status quo `start` (fewest first, then those that only
    other moves reach, fewest first, then the rest), then undominated before dominated. At most
    `most` are listed; dominance is among the listed ones.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> from goodoffices.moves.stability import analyse_stability
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> ranks = [[1, 0, 3, 2], [1, 3, 0, 2]]
    >>> found = rank_equilibria(graph, ranks, analyse_stability(graph, ranks), 3)
    >>> [(e.state, e.concepts[0].value, e.by_improvements, e.dominated_by) for e in found.listed]
    [(0, 'nash', 2, (3,)), (3, 'sseq', 0, ())]
    """
    field, everybody = survey(graph, profile(graph, ranks)), range(len(graph.decision_makers))
    near = explore(field, start, everybody, improving=True).steps
    far = explore(field, start, everybody, improving=False).steps
    return order_equilibria(field.ranks, stability, near, far, most=most)


def order_equilibria(
    rows: Int32, stability: Stability, near: Int32, far: Int32, *, most: int
) -> Equilibria:
    """Do what `rank_equilibria` does.

    `near` and `far` are the steps from the status quo by improvements and by any moves; -1 where
    there is no way.
    """
    held = {
        concept: stability.for_all(concept) for concept in Concept if concept in stability.stable
    }
    level = np.full(rows.shape[1], len(Concept), np.int8)
    for place, concept in reversed(list(enumerate(Concept))):
        if concept in held:
            level[held[concept]] = place
    found = np.flatnonzero(level < len(Concept))
    keys = (np.where(far < 0, NEVER, far), np.where(near < 0, NEVER, near), level)
    order = found[np.lexsort([key[found] for key in keys])][:most]
    dominators = _dominators(rows[:, order])
    listed = [
        Equilibrium(
            state=int(s),
            concepts=tuple(concept for concept in held if held[concept][s]),
            by_improvements=int(near[s]) if near[s] >= 0 else None,
            by_moves=int(far[s]) if far[s] >= 0 else None,
            dominated_by=tuple(int(order[d]) for d in above),
        )
        for s, above in zip(order, dominators, strict=True)
    ]
    places = [
        (*(int(key[e.state]) for key in reversed(keys)), bool(e.dominated_by)) for e in listed
    ]
    final = sorted(range(len(listed)), key=places.__getitem__)
    return Equilibria(listed=tuple(listed[j] for j in final), total=int(found.size))


def _dominators(ranks: Int32) -> list[Int64]:
    """Return, per column, the columns that are nowhere lower and somewhere higher."""
    found = []
    for j in range(ranks.shape[1]):
        own = ranks[:, j : j + 1]
        found.append(np.flatnonzero((ranks >= own).all(axis=0) & (ranks > own).any(axis=0)))
    return found

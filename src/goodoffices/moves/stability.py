"""Where nobody has reason to move: stability of every state for every decision maker.

With R_i(s) the states that i can reach from s by one move, R_H(s) those that the decision makers H
can reach by a legal sequence (nobody moves twice in succession), R_H+(s) the same with every mover
better off than just before its own move, and `>=_i` for "i prefers or is indifferent", state s is
for decision maker i

- Nash stable if no s1 in R_i(s) is better for i than s (an improvement);
- GMR stable (general metarational) if for every improvement s1 the others have an answer: some s2
  in R_{N-i}(s1) with s >=_i s2;
- SMR stable (symmetric metarational) if besides i can't escape: s >=_i s3 for all s3 in R_i(s2);
- SEQ stable (sequential), SSEQ stable (symmetric sequential) if the answers of GMR, of SMR, are
  credible: s2 in R+_{N-i}(s1).

An answer may lead back to s, and may be as good for i as s. An equilibrium is stable for everybody.

References: Fang, Hipel and Kilgour (1993); Xu, Hipel, Kilgour and Fang (2018), chapter 4; Rego and
Vieira (2017), Group Decision and Negotiation, doi:10.1007/s10726-016-9520-8 (symmetric sequential
stability).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.moves._layout import Layout
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile

__all__ = ["Concept", "Stability", "analyse_stability"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


class Concept(StrEnum):
    """A notion of stability, from the most to the least demanding."""

    NASH = "nash"
    SSEQ = "sseq"
    SEQ = "seq"
    SMR = "smr"
    GMR = "gmr"

    @property
    def credible(self) -> bool:
        """Whether an answer counts only if every mover gains by its own move."""
        return self in (Concept.SEQ, Concept.SSEQ)

    @property
    def symmetric(self) -> bool:
        """Whether an answer counts only if the first mover can't escape it."""
        return self in (Concept.SMR, Concept.SSEQ)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Stability:
    """Which states are stable, for whom, in which sense; exact."""

    stable: Mapping[Concept, Bool]
    """Per concept an array (N, n): decision maker by state."""

    def for_all(self, concept: Concept) -> Bool:
        """Return, per state, whether it is an equilibrium."""
        return np.asarray(self.stable[concept].all(axis=0))

    def equilibria(self, concept: Concept) -> Int64:
        """Return the indices of the equilibria, ascending."""
        return np.flatnonzero(self.for_all(concept))


def analyse_stability(
    graph: Graph,
    ranks: ArrayLike,
    concepts: Sequence[Concept] = tuple(Concept),
    progress: Callable[[float], None] | None = None,
) -> Stability:
    """Return the stability of every state for every decision maker.

    `ranks` is a profile (see `goodoffices.moves.preference`). `progress` is called with the share
    of the work done. Time and memory grow with the number of states times decision makers, plus the
    moves that aren't both reversible and transitive; never with the number of sequences.

    What others can do to i after s1 matters only by the lowest value that they can reach, so no set
    R_H is ever built: states are taken in ascending order of their value for i, and each spreads
    backwards, along the moves of the others, to all states not reached yet.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> from goodoffices.moves.preference import ranks_from_ranking
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> rankings = [[2, 3, 0, 1], [1, 3, 0, 2]]  # A prisoner's dilemma.
    >>> ranks = [ranks_from_ranking(ranking, graph.states) for ranking in rankings]
    >>> stability = analyse_stability(graph, ranks)
    >>> stability.equilibria(Concept.NASH), stability.equilibria(Concept.SEQ)
    (array([0]), array([0, 3]))
    """
    rows = profile(graph, ranks)
    wanted = [concept for concept in Concept if concept in concepts]
    stable = {concept: np.empty(rows.shape, np.bool_) for concept in wanted}
    for done, (i, concept, row) in enumerate(_rows(graph.layout, rows, wanted), start=1):
        stable[concept][i] = row
        if progress is not None:
            progress(done / (len(rows) * len(wanted)))
    return Stability(stable=MappingProxyType(stable))


def _rows(
    lay: Layout, ranks: Int32, concepts: list[Concept]
) -> Iterator[tuple[int, Concept, Bool]]:
    from goodoffices.moves import _kernels as kernels

    classes = int(ranks.max()) + 1
    own = kernels.Owned(lay.block, lay.blocks, lay.out_start, lay.out_to)
    arcs = (lay.in_start, lay.in_from)
    loose = kernels.Terrain(ranks, lay.block, lay.start, lay.members.copy(), *arcs)
    rising = loose
    if any(concept.credible for concept in concepts):
        members = kernels.sort_members(lay.block, lay.start, ranks, classes)
        rising = loose._replace(members=members)
    for i, rank in enumerate(ranks):
        for concept in concepts:
            if concept is Concept.NASH:
                yield i, concept, kernels.highest_in_reach(i, rank, own) <= rank
                continue
            terrain = rising if concept.credible else loose
            how = (concept.credible, concept.symmetric, classes)
            yield i, concept, kernels.stable_for(i, *how, own, terrain)

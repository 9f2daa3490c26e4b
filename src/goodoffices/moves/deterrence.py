"""Why a state is left or kept: each improvement of a decision maker, and what answers it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves._search import Field, survey
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile
from goodoffices.moves.reach import Step, explore
from goodoffices.moves.stability import Concept

__all__ = ["Temptation", "answers_to", "tempt", "temptation", "temptations"]

Int32 = NDArray[np.int32]


@dataclass(frozen=True, kw_only=True, slots=True)
class Temptation:
    """A move by which a decision maker would be better off, and the answer that takes that back."""

    step: Step
    answer: tuple[Step, ...] | None
    """A shortest legal sequence of the others to a state that's no better for the mover than where
    it began, the worst one among those equally near; `None` if nothing answers the move."""

    @property
    def deterred(self) -> bool:
        """Whether the others have an answer."""
        return self.answer is not None


def temptations(
    graph: Graph,
    ranks: ArrayLike,
    state: int,
    mover: int,
    concept: Concept,
    *,
    most: int | None = None,
) -> tuple[Temptation, ...]:
    """Return every improvement of a decision maker from a state, with the answer under a concept.

    The state is stable for the mover under that concept if and only if all of them are deterred;
    under Nash nothing counts as an answer. The mover's best improvement comes first, and at most
    `most` are looked at (by default all).

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> [only] = temptations(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], 3, 0, Concept.SEQ)
    >>> only.step.target, [(step.mover, step.target) for step in only.answer]
    (2, [(1, 0)])
    """
    return tempt(survey(graph, profile(graph, ranks)), state, mover, concept, most=most)


def tempt(
    field: Field, state: int, mover: int, concept: Concept, *, most: int | None = None
) -> tuple[Temptation, ...]:
    """Do what `temptations` does, over a field that may serve many questions."""
    rank = field.ranks[mover]
    moves = field.graph.moves(mover, state)
    better = moves[rank[moves] > rank[state]]
    order = np.argsort(-rank[better], kind="stable")[:most]
    return answers_to(field, state, mover, better[order].tolist(), concept)


def temptation(graph: Graph, ranks: ArrayLike, step: Step, concept: Concept) -> Temptation:
    """Return one improvement of a decision maker with the answer under a concept.

    Raises `ModelError` if the step is no move of the mover, or no improvement.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> step = Step(mover=0, source=3, target=2)
    >>> temptation(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], step, Concept.GMR).deterred
    True
    """
    rows = profile(graph, ranks)
    rank = rows[step.mover]
    moves = graph.moves(step.mover, step.source)
    if step.target not in moves or rank[step.target] <= rank[step.source]:
        raise ModelError(f"{step}: not a move by which its mover would gain")
    field = survey(graph, rows)
    [found] = answers_to(field, step.source, step.mover, [step.target], concept)
    return found


def answers_to(
    field: Field, state: int, mover: int, better: Iterable[int], concept: Concept
) -> tuple[Temptation, ...]:
    """Return some improvements of a decision maker from a state, with their answers."""
    rank = field.ranks[mover]
    worth = _worth(field.graph, rank, mover) if concept.symmetric else rank
    others = [k for k in range(len(field.ranks)) if k != mover]
    found = []
    for s1 in better:
        answer = None
        if concept is not Concept.NASH:
            reach = explore(field, s1, others, improving=concept.credible)
            meets = np.flatnonzero((reach.steps > 0) & (worth <= rank[state]))
            if meets.size:
                nearest = np.lexsort((worth[meets], reach.steps[meets]))[0]
                answer = reach.path(int(meets[nearest]))
        step = Step(mover=mover, source=state, target=s1)
        found.append(Temptation(step=step, answer=answer))
    return tuple(found)


def _worth(graph: Graph, rank: Int32, mover: int) -> Int32:
    """Return, per state, the best that the mover has there or one move on."""
    from goodoffices.moves import _kernels as kernels

    lay = graph.layout
    own = kernels.Owned(lay.block, lay.blocks, lay.out_start, lay.out_to)
    return kernels.highest_in_reach(mover, rank, own)

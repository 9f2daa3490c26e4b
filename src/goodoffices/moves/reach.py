"""How one state leads to another: shortest legal sequences of moves, and first steps that open one.

A sequence is legal if nobody moves twice in succession. It is a sequence of improvements if every
mover prefers the state it moves to over the one it moves from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves._search import Field, search, survey
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile

if TYPE_CHECKING:
    from goodoffices.moves._kernels import Trace

__all__ = ["Opening", "Reach", "Step", "explore", "open_steps", "opening_steps", "reach_from"]

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

MOST_APART = 64
"""Targets that are looked at one by one."""
MOST_FLOODED = 4_000_000
"""The same times states."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """One move."""

    mover: int
    source: int
    target: int


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Reach:
    """What can be reached from one state, in how many moves, and how."""

    start: int
    improving: bool
    """Whether every move had to be an improvement for its mover."""
    steps: Int32
    """(n,): the fewest moves to each state; -1 where there is no way."""
    _trace: Trace

    def path(self, target: int) -> tuple[Step, ...]:
        """Return a shortest legal sequence to a state; raises `ModelError` if there is none."""
        if self.steps[target] < 0:
            raise ModelError(f"state {target} can't be reached from state {self.start}")
        path: list[Step] = []
        at, slot = target, 0
        while at != self.start:
            mover = int(self._trace.via[at, slot])
            source = int(self._trace.neighbour[at, slot])
            path.append(Step(mover=mover, source=source, target=at))
            at, slot = source, _other(self._trace, source, mover)
        return tuple(reversed(path))


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """A single move after which improvements alone lead to a target."""

    step: Step
    gains: bool
    """Whether that move is itself an improvement for the one who makes it."""
    path: tuple[Step, ...]
    """The improvements that follow; empty where the move itself ends at the target."""


def reach_from(
    graph: Graph,
    ranks: ArrayLike,
    start: int,
    *,
    improving: bool = True,
    movers: Iterable[int] | None = None,
) -> Reach:
    """Return what the movers (by default everybody) can reach from a state by legal sequences.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> reach = reach_from(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], 3)
    >>> reach.steps
    array([2, 1, 1, 0], dtype=int32)
    >>> [(step.mover, step.target) for step in reach.path(0)]
    [(0, 2), (1, 0)]
    """
    who = range(len(graph.decision_makers)) if movers is None else movers
    return explore(survey(graph, profile(graph, ranks)), start, who, improving=improving)


def explore(field: Field, start: int, movers: Iterable[int], *, improving: bool) -> Reach:
    """Do what `reach_from` does, over a field that may serve many questions."""
    from goodoffices.moves import _kernels as kernels

    trace = search(field, [start], movers, improving=improving)
    steps = kernels.count_steps(start, trace)
    # A path needs the two ways into each state, and none of the rest, which is large.
    none = np.empty(0, np.int32)
    kept = trace._replace(origin=none, entries=none)
    return Reach(start=start, improving=improving, steps=steps, _trace=kept)


def opening_steps(graph: Graph, ranks: ArrayLike, start: int, target: int) -> tuple[Opening, ...]:
    """Return every single move from start after which improvements alone lead to target.

    The move need not be an improvement for its mover; whoever makes it doesn't make the next one.
    First come those that are, then those with the shorter path.

    >>> from goodoffices.moves.graph import from_arcs
    >>> graph = from_arcs(["deadlock", "guarantee", "deal"], {"m": [(0, 1)], "p": [(0, 2), (1, 2)]})
    >>> [
    ...     (o.step.mover, o.gains, len(o.path))
    ...     for o in opening_steps(graph, [[1, 0, 2], [1, 0, 2]], 0, 2)
    ... ]
    [(1, True, 0), (0, False, 1)]
    """
    return open_steps(survey(graph, profile(graph, ranks)), start, [target])


def open_steps(field: Field, start: int, targets: Sequence[int] | Int64) -> tuple[Opening, ...]:
    """Do what `opening_steps` does for any of several targets, each step with its shortest way.

    Of many targets (more than `MOST_APART`, fewer in a large graph) the way to those after the
    first ones need not be the shortest.
    """
    goals = np.asarray(targets, np.int64)
    apart = max(1, min(goals.size, MOST_APART, MOST_FLOODED // field.graph.n))
    groups = [goals[n : n + 1] for n in range(apart)]
    if goals.size > apart:
        groups.append(goals[apart:])
    best: dict[tuple[int, int], Opening] = {}
    for group in groups:
        for found in _open_to(field, start, group):
            key = (found.step.mover, found.step.target)
            if key not in best or len(found.path) < len(best[key].path):
                best[key] = found
    return tuple(sorted(best.values(), key=lambda o: (not o.gains, len(o.path), o.step.mover)))


def _open_to(field: Field, start: int, group: Int64) -> Iterator[Opening]:
    everybody = range(len(field.ranks))
    trace = search(field, group, everybody, improving=True, backwards=True)
    ends = frozenset(group.tolist())
    for k in everybody:
        for s in field.graph.moves(k, start).tolist():
            slot = _other(trace, s, k)
            if s in ends or trace.via[s, slot] >= 0:
                step = Step(mover=k, source=start, target=s)
                path = () if s in ends else _follow(trace, s, slot, ends)
                gains = bool(field.ranks[k, s] > field.ranks[k, start])
                yield Opening(step=step, gains=gains, path=path)


def _other(trace: Trace, s: int, mover: int) -> int:
    """Return the entry into s that somebody else made."""
    return int(trace.via[s, 0] == mover)


def _follow(trace: Trace, s: int, slot: int, ends: frozenset[int]) -> tuple[Step, ...]:
    path = []
    while s not in ends:
        mover, after = int(trace.via[s, slot]), int(trace.neighbour[s, slot])
        path.append(Step(mover=mover, source=s, target=after))
        s, slot = after, _other(trace, after, mover)
    return tuple(path)

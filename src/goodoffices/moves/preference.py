"""Who prefers which state to which: one whole number per state, from whatever form is at hand.

Ranks of one decision maker are whole numbers from 0 (least preferred) without gaps; the higher the
better, and equal ranks are ties. They say nothing of how much better. A profile is the array
(N, n) of the ranks of all N decision makers over all n states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.case.statements import Statement, parse_statement
from goodoffices.errors import ModelError, clip
from goodoffices.moves.graph import Graph

__all__ = [
    "profile",
    "ranking_of",
    "ranks_from_numbers",
    "ranks_from_ranking",
    "ranks_from_statements",
]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]
Ranking = Sequence["int | Sequence[int]"]


def ranks_from_ranking(ranking: Ranking, states: ArrayLike, where: str = "ranking") -> Int32:
    """Return ranks from a ranking, the most preferred state first; a list within it is a tie.

    `states` are the numbers of all states (`Graph.states`), and the ranking holds each once; else
    `ModelError`.

    >>> ranks_from_ranking([2, [0, 3], 1], [0, 1, 2, 3])
    array([1, 0, 2, 1], dtype=int32)
    """
    place = {int(state): s for s, state in enumerate(np.asarray(states))}
    ranks = np.full(len(place), -1, np.int32)
    for level, entry in enumerate(reversed(ranking)):
        for state in [entry] if isinstance(entry, (int, np.integer)) else entry:
            if state not in place:
                raise ModelError(f"{where}: {state} is not a feasible state; take it out")
            if ranks[place[state]] >= 0:
                raise ModelError(f"{where}: state {state} stands there twice; take one out")
            ranks[place[state]] = level
    missing = [state for state, s in place.items() if ranks[s] < 0]
    if missing:
        named = clip(", ".join(map(str, missing)), 80)
        raise ModelError(f"{where}: {len(missing)} states are missing ({named}); rank them too")
    return _without_gaps(ranks)


def ranks_from_numbers(values: ArrayLike, tolerance: float = 0.0, where: str = "numbers") -> Int32:
    """Return ranks from one number per state, the higher the better.

    Neighbouring numbers that differ by no more than `tolerance` are tied. Raises `ModelError` where
    a number isn't finite.

    >>> ranks_from_numbers([0.5, 2.0, 0.5, -1.0])
    array([1, 2, 1, 0], dtype=int32)
    >>> ranks_from_numbers([0.1 + 0.2, 0.3, 1.0], tolerance=1e-9)
    array([0, 0, 1], dtype=int32)
    """
    numbers = np.asarray(values, np.float64)
    if not np.isfinite(numbers).all():
        s = int(np.flatnonzero(~np.isfinite(numbers))[0])
        raise ModelError(f"{where}: state {s} has {numbers[s]}; write a finite number")
    order = np.argsort(numbers, kind="stable")
    ranks = np.empty(numbers.size, np.int32)
    ranks[order] = np.cumsum(np.diff(numbers[order], prepend=numbers[order[:1]]) > tolerance)
    return ranks


def ranks_from_statements(
    statements: Sequence[str | Statement],
    columns: Mapping[str, Bool],
    where: str = "statements",
) -> Int32:
    """Return ranks from statements, the most important first (option prioritisation).

    Of two states the better is the one that meets the first statement on which they differ. Each
    statement splits the ranks found so far, so that any number of them can be told apart.
    `columns` says, per name, in which states it holds (`Graph.columns()`). Raises `ModelError` for
    a statement that can't be read.

    Reference: Fang, Hipel, Kilgour and Peng (2003), IEEE Trans. SMC C 33(1), 42-55.

    >>> a, b = np.array([False, True, False, True]), np.array([False, False, True, True])
    >>> ranks_from_statements(["not a", "b if a"], {"a": a, "b": b})
    array([2, 0, 2, 1], dtype=int32)
    """
    n = next((column.size for column in columns.values()), 1)
    ranks = np.zeros(n, np.int32)
    for j, statement in enumerate(statements):
        if isinstance(statement, str):
            statement = parse_statement(statement, columns, f"{where}.{j + 1}")
        ranks = split(ranks, statement.holds(columns))
    return ranks


def split(ranks: Int32, truth: Bool) -> Int32:
    """Return ranks in which, among equals, those for which a statement holds come first.

    >>> split(np.array([0, 0, 1]), np.array([True, False, True]))
    array([1, 0, 2], dtype=int32)
    """
    return _without_gaps(2 * ranks.astype(np.int64) + truth)


def profile(graph: Graph, ranks: ArrayLike) -> Int32:
    """Return the ranks of all decision makers as an array (N, n), with gaps in the numbers closed.

    Raises `ModelError` if there isn't one whole number per decision maker and state.
    """
    given = np.asarray(ranks)
    wanted = (len(graph.decision_makers), graph.n)
    if given.shape != wanted or given.dtype.kind not in "iu":
        raise ModelError(
            f"preferences: {given.dtype} of shape {given.shape}; give whole numbers of shape "
            f"{wanted}, a row per decision maker and a column per state"
        )
    return np.stack([_without_gaps(row) for row in given])


def ranking_of(ranks: ArrayLike) -> tuple[tuple[int, ...], ...]:
    """Return the states by index, the most preferred first; tied ones stand together.

    >>> ranking_of([1, 0, 2, 1])
    ((2,), (0, 3), (1,))
    """
    given = np.asarray(ranks)
    # A falling order of ranks, which keeps the order of states that are tied.
    order = np.argsort(np.unique(given, return_inverse=True)[1] * -1, kind="stable")
    ends = np.flatnonzero(np.diff(given[order])) + 1
    states = order.tolist()
    bounds = [0, *ends.tolist(), len(states)]
    return tuple(tuple(states[a:b]) for a, b in pairwise(bounds))


def _without_gaps(ranks: NDArray[np.integer]) -> Int32:
    low, high = int(ranks.min()), int(ranks.max())
    if high - low > 4 * ranks.size:
        return np.asarray(np.unique(ranks, return_inverse=True)[1], np.int32)
    # Counting is many times faster than sorting, and most ranks have few gaps.
    used = np.zeros(high - low + 1, np.bool_)
    used[ranks - low] = True
    return np.asarray((np.cumsum(used, dtype=np.int32) - 1)[ranks - low], np.int32)

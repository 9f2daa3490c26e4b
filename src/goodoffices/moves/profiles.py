"""Over many rankings of each decision maker: in which combinations a state is an equilibrium."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations
from math import factorial, prod
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves._layout import runs
from goodoffices.moves._search import all_moves
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import ranking_of
from goodoffices.moves.stability import Concept

if TYPE_CHECKING:
    from goodoffices.moves._kernels import Moves

__all__ = ["ProfileTable", "reorderings", "tabulate_profiles"]

Bool = NDArray[np.bool_]
Int8 = NDArray[np.int8]
Int32 = NDArray[np.int32]

MOST_ORDERS = 1_000_000
MOST_PROFILES = 10_000_000


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class ProfileTable:
    """In which combinations of rankings a state is an equilibrium; exact."""

    target: int
    rankings: tuple[Int32, ...]
    """Per decision maker an array (K_i, n): the ranks of each of its K_i rankings."""
    equilibrium: Mapping[Concept, Bool]
    """Per concept an array (K_1, ..., K_N)."""

    def count(self, concept: Concept) -> int:
        """Return in how many combinations the state is an equilibrium."""
        return int(self.equilibrium[concept].sum())


def reorderings(ranks: ArrayLike, first: int = 0, last: int | None = None) -> Int32:
    """Return the ranks under every order of the places first..last-1 of a ranking.

    Places are counted from 0, the most preferred; tied states share one and stay together. Raises
    `ModelError` where that would be more than a million.

    >>> reorderings([2, 0, 1], 0, 2)
    array([[2, 0, 1],
           [1, 0, 2]], dtype=int32)
    """
    given = np.asarray(ranks)
    classes = ranking_of(given)
    count = len(range(len(classes))[first:last])
    if factorial(min(count, 20)) > MOST_ORDERS:
        raise ModelError(f"{count} places have more than {MOST_ORDERS:,} orders; vary fewer")
    orders = np.tile(np.arange(len(classes)), (factorial(count), 1))
    every = list(permutations(orders[0][first:last].tolist()))
    orders[:, first : first + count] = np.array(every, np.int64).reshape(len(every), count)
    return rows_of(classes, orders, given.size)


def rows_of(classes: Sequence[Sequence[int]], orders: NDArray[np.integer], n: int) -> Int32:
    """Return the ranks over n states when tie classes stand in each of these orders, best first."""
    home = np.empty(n, np.int64)
    for place, states in enumerate(classes):
        home[list(states)] = place
    height = np.empty(orders.shape, np.int32)
    falling = np.arange(len(classes) - 1, -1, -1, dtype=np.int32)
    np.put_along_axis(height, orders, np.broadcast_to(falling, orders.shape), axis=1)
    return np.ascontiguousarray(height[:, home])


def tabulate_profiles(
    graph: Graph,
    target: int,
    rankings: Sequence[ArrayLike],
    concepts: Sequence[Concept] = tuple(Concept),
    *,
    most: int = MOST_PROFILES,
) -> ProfileTable:
    """Return in which combinations of rankings a state is an equilibrium, under each concept.

    `rankings` holds, per decision maker, an array of ranks: a row per ranking, a column per state.
    Under Nash, GMR and SMR a decision maker's own ranking decides alone; under SEQ and SSEQ every
    combination is looked at that these leave open. Raises `ModelError` for more than `most`.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> every = reorderings([0, 1, 2, 3])
    >>> table = tabulate_profiles(graph, 3, [every, every])
    >>> {concept.value: table.count(concept) for concept in Concept}
    {'nash': 144, 'sseq': 169, 'seq': 193, 'smr': 196, 'gmr': 256}
    """
    if len(rankings) != len(graph.decision_makers):
        raise ModelError(
            f"rankings: {len(rankings)} sets for {len(graph.decision_makers)} decision makers"
        )
    rows = tuple(np.atleast_2d(np.asarray(given, np.int32)) for given in rankings)
    shape = tuple(len(part) for part in rows)
    if prod(shape) > most:
        raise ModelError(f"rankings: {prod(shape):,} combinations; at most {most:,}; vary fewer")
    for i, part in enumerate(rows):
        if part.shape[1] != graph.n:
            raise ModelError(f"rankings.{i}: {part.shape[1]} columns for {graph.n} states")
    moves = all_moves(graph)
    wanted = [concept for concept in Concept if concept in concepts]
    found = {
        concept: combinations_that_hold(graph, target, rows, moves, concept).reshape(shape)
        for concept in wanted
    }
    return ProfileTable(target=target, rankings=rows, equilibrium=MappingProxyType(found))


def combinations_that_hold(
    graph: Graph, target: int, rows: Sequence[Int32], moves: Moves, concept: Concept
) -> Bool:
    """Return, per combination of rows (the last decision maker's fastest), whether it holds."""
    from goodoffices.moves import _kernels as kernels

    alone = [stays_alone(graph, i, target, part, moves, concept) for i, part in enumerate(rows)]
    if not concept.credible:
        held = np.ones(1, np.bool_)
        for part in alone:
            held = np.logical_and.outer(held, part).reshape(-1)
        return held
    # Who has no improvement stays in any case; whom nobody can answer at all stays in none.
    known = [
        np.where(stays_alone(graph, i, target, part, moves, Concept.NASH), 1, np.where(may, -1, 0))
        for i, (part, may) in enumerate(zip(rows, alone, strict=True))
    ]
    first = runs(np.array([len(part) for part in rows], np.int64))
    table = kernels.table_of_profiles(
        target,
        np.concatenate(rows),
        first,
        np.concatenate(known).astype(np.int8),
        moves,
        concept.symmetric,
    )
    return table.astype(np.bool_)


def stays_alone(
    graph: Graph, i: int, target: int, rows: Int32, moves: Moves, concept: Concept
) -> Bool:
    """Return, per row of ranks of i, whether i may stay in the target whatever others prefer.

    Exact for Nash, GMR and SMR. For SEQ and SSEQ it is what GMR and SMR say, without which neither
    can hold.
    """
    from goodoffices.moves import _kernels as kernels

    if concept is Concept.NASH:
        better = rows[:, graph.moves(i, target)] > rows[:, target : target + 1]
        return np.asarray(~better.any(axis=1))
    count = len(graph.decision_makers)
    found = kernels.stays_per_row(i, target, rows, count, moves, concept.symmetric)
    return found.astype(np.bool_)

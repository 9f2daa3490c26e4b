"""Where legal sequences lead, forwards and backwards, from single states or sets of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from goodoffices.moves._layout import single_moves
from goodoffices.moves.graph import Graph

if TYPE_CHECKING:
    from goodoffices.moves._kernels import Moves, Terrain, Trace

__all__ = ["Field", "all_moves", "search", "survey"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Field:
    """A graph and a profile, made ready for any number of searches."""

    graph: Graph
    ranks: Int32
    forwards: Terrain
    """Against the arcs of a flood a better state lies lower, so ranks are negated here."""
    backwards: Terrain


def survey(graph: Graph, ranks: Int32, like: Field | None = None) -> Field:
    """Make a graph and a profile ready for searches; `like` has the same profile."""
    from goodoffices.moves import _kernels as kernels

    lay = graph.layout
    top = int(ranks.max())
    falling = top - ranks if like is None else like.forwards.rank
    rising_members = kernels.sort_members(lay.block, lay.start, ranks, top + 1)
    falling_members = kernels.sort_members(lay.block, lay.start, falling, top + 1)
    out, into = (lay.out_start, lay.out_to), (lay.in_start, lay.in_from)
    ahead = kernels.Terrain(falling, lay.block, lay.start, falling_members, *out)
    back = kernels.Terrain(ranks, lay.block, lay.start, rising_members, *into)
    return Field(graph=graph, ranks=ranks, forwards=ahead, backwards=back)


def search(
    field: Field,
    seeds: Iterable[int] | Int64,
    movers: Iterable[int],
    *,
    improving: bool,
    backwards: bool = False,
) -> Trace:
    """Search from the seeds for the states that sequences of these movers join to them."""
    from goodoffices.moves import _kernels as kernels

    terrain = field.backwards if backwards else field.forwards
    if not improving:
        # Such a flood puts the members of blocks into another order.
        terrain = terrain._replace(members=field.graph.layout.members.copy())
    mask = sum(1 << k for k in movers)
    return kernels.flood(np.asarray(seeds, np.int32), mask, improving, terrain)


def all_moves(graph: Graph) -> Moves:
    """Return every single move, per decision maker and state; for graphs of moderate size."""
    return single_moves(graph.layout)

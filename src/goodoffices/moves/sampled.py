"""How often a state is an equilibrium when preferences are uncertain."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile
from goodoffices.moves.stability import Concept, analyse_stability

__all__ = ["Shares", "sample_equilibria"]

Bool = NDArray[np.bool_]
Float = NDArray[np.float64]
Int64 = NDArray[np.int64]

MOST_KEPT = 50_000_000
"""Bytes of profiles whose equilibria are remembered."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Shares:
    """The share of draws in which each state, or one of a set, is an equilibrium; sampled."""

    draws: int
    share: Mapping[Concept, Float]
    """Per concept, and state or set of states."""
    hits: Mapping[Concept, Int64]
    """In how many draws."""
    error: Mapping[Concept, Float]
    """Standard error of each share."""


def sample_equilibria(
    graph: Graph,
    draw: Callable[[np.random.Generator], ArrayLike],
    *,
    draws: int,
    rng: np.random.Generator,
    concepts: Sequence[Concept] = tuple(Concept),
    sets: Sequence[Int64] | None = None,
    progress: Callable[[float], None] | None = None,
) -> Shares:
    """Return how often each state is an equilibrium over profiles drawn one after the other.

    With `sets` of states, by index, how often at least one state of each set is. `draw` returns one
    profile (see `goodoffices.moves.preference`) each time. With k of n draws the share is k/n, and
    its standard error that of the posterior under a flat prior, the root of p (1 - p) / (n + 3)
    with p = (k + 1) / (n + 2): unlike the plain one it isn't 0 where all draws agree.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> graph = from_options(["x"], [Option(name="a", owner="x")])
    >>> coin = lambda rng: [rng.permutation(2)]
    >>> shares = sample_equilibria(graph, coin, draws=100, rng=np.random.default_rng(1))
    >>> float(shares.share[Concept.NASH].sum()), shares.error[Concept.NASH].round(2)
    (1.0, array([0.05, 0.05]))
    """
    if draws < 1:
        raise ModelError(f"draws: {draws}; at least one is needed")
    wanted = [concept for concept in Concept if concept in concepts]
    counts = np.zeros((len(wanted), graph.n if sets is None else len(sets)), np.int64)
    # Preferences are orders, so that many draws give the same ones.
    known: dict[bytes, Bool] = {}
    for done in range(1, draws + 1):
        ranks = profile(graph, draw(rng))
        key = ranks.tobytes()
        found = known.get(key)
        if found is None:
            stability = analyse_stability(graph, ranks, wanted)
            stable = [stability.for_all(concept) for concept in wanted]
            held = [row if sets is None else [row[s].any() for s in sets] for row in stable]
            found = np.array(held, np.bool_).reshape(counts.shape)
            if len(known) * len(key) < MOST_KEPT:
                known[key] = found
        counts += found
        if progress is not None:
            progress(done / draws)
    hits = dict(zip(wanted, counts, strict=True))
    return Shares(
        draws=draws,
        share=MappingProxyType({concept: row / draws for concept, row in hits.items()}),
        hits=MappingProxyType(hits),
        error=MappingProxyType({concept: _error(row, draws) for concept, row in hits.items()}),
    )


def _error(count: Int64, draws: int) -> Float:
    p = (count + 1) / (draws + 2)
    return np.asarray(np.sqrt(p * (1 - p) / (draws + 3)))

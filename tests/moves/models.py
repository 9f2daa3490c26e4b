"""Random models, and the published ones that more than one test uses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from hypothesis import assume
from hypothesis import strategies as st
from numpy.typing import NDArray

from goodoffices.errors import ModelError
from goodoffices.moves.graph import Graph, Option, from_arcs, from_options, merge
from goodoffices.moves.preference import ranks_from_ranking
from tests.moves import oracle

DIRECTIONS = ("both", "fwd", "back")


@dataclass(frozen=True, kw_only=True)
class Model:
    """A graph as the package holds it, the same moves as plain sets, and preferences."""

    graph: Graph
    R: list[list[set[int]]]
    ranks: NDArray[np.int32]


def number(pattern: str) -> int:
    """The state of a pattern such as YNN."""
    return sum(1 << k for k, sign in enumerate(pattern) if sign == "Y")


def fits(state: int, pattern: str) -> bool:
    return all(
        sign == "-" or (sign == "Y") == bool(state >> k & 1) for k, sign in enumerate(pattern)
    )


def option_model(
    owners: Sequence[int],
    directions: Sequence[str] | None = None,
    infeasible: Sequence[str] = (),
    rankings: Sequence[Sequence[int | Sequence[int]]] | None = None,
) -> Model:
    """A model by options; its moves are worked out twice, by the package and by the oracle."""
    directions = directions or ["both"] * len(owners)
    names = [f"dm{i}" for i in range(max(owners) + 1)]
    options = [
        Option(name=f"o{k}", owner=names[owner], direction=direction)
        for k, (owner, direction) in enumerate(zip(owners, directions, strict=True))
    ]
    graph = from_options(names, options, infeasible=infeasible)
    states = [s for s in range(1 << len(owners)) if not any(fits(s, p) for p in infeasible)]
    R = oracle.option_moves(states, owners, directions)
    ranks = np.zeros((len(names), graph.n), np.int32)
    if rankings is not None:
        ranks = np.stack([ranks_from_ranking(ranking, states) for ranking in rankings])
    return Model(graph=graph, R=R, ranks=ranks)


def arc_model(R: Sequence[Sequence[set[int]]], ranks: Sequence[Sequence[int]]) -> Model:
    """A model whose moves are given one by one."""
    n = len(R[0])
    arcs = {f"dm{i}": [(s, t) for s in range(n) for t in sorted(row[s])] for i, row in enumerate(R)}
    graph = from_arcs([f"s{s}" for s in range(n)], arcs)
    return Model(graph=graph, R=[list(row) for row in R], ranks=np.array(ranks, np.int32))


def _ranks(draw: st.DrawFn, count: int, n: int) -> NDArray[np.int32]:
    levels = draw(st.sampled_from([2, 3, n, 4 * n]))
    row = st.lists(st.integers(0, levels - 1), min_size=n, max_size=n)
    return np.array(draw(st.lists(row, min_size=count, max_size=count)), np.int32)


@st.composite
def option_models(draw: st.DrawFn, most_options: int = 5, most: int = 4) -> Model:
    """Two to four decision makers, infeasible patterns, one-way options, ties."""
    count = draw(st.integers(2, most))
    size = draw(st.integers(count, max(most_options, count)))
    rest = draw(st.lists(st.integers(0, count - 1), min_size=size - count, max_size=size - count))
    owners = [*range(count), *rest]
    directions = draw(
        st.one_of(
            st.just(["both"] * size),
            st.lists(st.sampled_from(DIRECTIONS), min_size=size, max_size=size),
        )
    )
    pattern = st.text("YN-", min_size=size, max_size=size)
    infeasible = draw(st.lists(pattern, max_size=4))
    try:
        model = option_model(owners, directions, infeasible)
    except ModelError:
        assume(False)
    ranks = _ranks(draw, count, model.graph.n)
    return Model(graph=model.graph, R=model.R, ranks=ranks)


@st.composite
def arc_models(draw: st.DrawFn, most_states: int = 7, most: int = 4) -> Model:
    """Two to four decision makers whose moves need be neither reversible nor transitive."""
    count, n = draw(st.integers(2, most)), draw(st.integers(2, most_states))
    chosen = st.sets(st.integers(0, n - 1), max_size=3)
    R = [[draw(chosen) - {s} for s in range(n)] for _ in range(count)]
    return arc_model(R, _ranks(draw, count, n).tolist())


def models() -> st.SearchStrategy[Model]:
    """Random models of both kinds."""
    return st.one_of(option_models(), arc_models())


def prisoners() -> Model:
    """The prisoner's dilemma; option k is that side k keeps quiet."""
    return option_model([0, 1], rankings=[[2, 3, 0, 1], [1, 3, 0, 2]])


def chicken() -> Model:
    """The game of chicken; option k is that side k gives way."""
    return option_model([0, 1], rankings=[[2, 3, 1, 0], [1, 3, 2, 0]])


def syria_iraq() -> Model:
    """Euphrates 1975: Syria may release water or escalate, Iraq may attack.

    Rankings as in the GMCR+ guide, table 3.
    """
    rankings = [[0, 2, 6, 1, 4, 5], [1, 4, 6, 0, 5, 2]]
    return option_model([0, 0, 1], infeasible=["YY-"], rankings=rankings)


ELMIRA_OWNERS = [0, 1, 1, 1, 2]
ELMIRA_DIRECTIONS = ["fwd", "back", "both", "fwd", "both"]
ELMIRA_INFEASIBLE = ["-YY--", "-Y-Y-", "--YY-", "-NNN-"]
GONE = [8, 9, 24, 25]
"""The states in which the company has abandoned its plant, which nobody tells apart."""
ELMIRA_RANKINGS = [
    [20, 4, 5, 21, 18, 2, 3, 19, GONE],
    [2, 5, 21, 18, GONE, 3, 4, 20, 19],
    [20, 4, 18, 2, 21, 19, 5, 3, GONE],
]


def elmira() -> Model:
    """Elmira 1991: ministry (modify), company (delay, accept, abandon), local government (insist).

    Hipel, Fang, Kilgour and Haight (1993), "Environmental conflict resolution using the graph
    model"; preferences as in Kilgour, Hipel, Fang and Peng (2001).
    """
    return option_model(ELMIRA_OWNERS, ELMIRA_DIRECTIONS, ELMIRA_INFEASIBLE, ELMIRA_RANKINGS)


ELMIRA_NUMBERS = [2, 3, 4, 5, 18, 19, 20, 21, 8]
"""Published state 1 is pattern 2, and so on; state 9 is that the company has gone."""


def elmira_of_nine() -> tuple[Graph, NDArray[np.int32]]:
    """Elmira with the four states after the company has gone taken as one."""
    graph = merge(elmira().graph, ["---Y-"])
    one = [[state if isinstance(state, int) else 8 for state in row] for row in ELMIRA_RANKINGS]
    return graph, np.stack([ranks_from_ranking(row, graph.states) for row in one])


def cuba() -> Model:
    """Cuba 1962: air strike, blockade (United States); withdraw, escalate (Soviet Union).

    Rankings as in Fraser and Hipel (1984), Conflict Analysis: Models and Resolutions, chapter 1. An
    air strike can't be undone.
    """
    return option_model(
        [0, 0, 1, 1],
        ["fwd", "both", "both", "both"],
        ["--YY"],
        [[4, 6, 5, 7, 2, 1, 3, 0, 11, 9, 10, 8], [0, 4, 6, 2, 5, 1, 7, 3, 11, 9, 10, 8]],
    )

"""Who can move from where to where: the graph of a conflict.

States are counted from 0 in the order of `Graph.states`, and every array over states has that
order. Where a conflict is given by options, a state is a pattern of options taken and left, and its
number in `Graph.states` is the sum of 2^k over the options k taken. Decision makers are counted
from 0 in the order of `Graph.decision_makers`.

References: Fang, Hipel and Kilgour (1993), Interactive Decision Making: The Graph Model for
Conflict Resolution; Xu, Hipel, Kilgour and Fang (2018), Conflict Resolution Using the Graph Model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.statements import Statement, parse_statement
from goodoffices.case.states import (
    MOST_NODES,
    MOST_OPTIONS,
    MOST_STATES,
    columns_of,
    columns_of_nodes,
    feasible_states,
    read_pattern,
)
from goodoffices.errors import ModelError, clip, nearest
from goodoffices.moves._layout import Layout, lay_arcs, lay_options, single_moves

__all__ = ["Direction", "Graph", "Option", "from_arcs", "from_options", "merge", "merge_groups"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

Arcs = Iterable[tuple[int, int]] | Int64
"""Pairs of source and target, or the same as an array (M, 2)."""
Direction = Literal["both", "fwd", "back", "none"]
"""Whether an option can be taken and left again, only taken (fwd), only left (back), or neither."""

DIRECTIONS = ("both", "fwd", "back", "none")
MOST_DECISION_MAKERS = 62
"""A set of decision makers is one signed 64-bit number."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """Something that one decision maker can do or leave undone."""

    name: str
    owner: str
    """The one decision maker who can take it or leave it."""
    direction: Direction = "both"


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Graph:
    """Decision makers, states and the moves between them; made by one of this module's functions.

    >>> water = Option(name="release", owner="syria")
    >>> raid = Option(name="attack", owner="iraq", direction="fwd")
    >>> graph = from_options(["syria", "iraq"], [water, raid])
    >>> [graph.pattern(s) for s in range(graph.n)]
    ['NN', 'YN', 'NY', 'YY']
    >>> graph.moves(1, 0), graph.moves(1, 2)
    (array([2]), array([], dtype=int64))
    """

    decision_makers: tuple[str, ...]
    options: tuple[Option, ...]
    """Empty where moves were given one by one."""
    states: Int64
    """(n,): the pattern of each state as a number, ascending; 0..n-1 where there are no options."""
    labels: tuple[str, ...]
    """A name per state where moves were given one by one; empty otherwise."""
    layout: Layout

    @property
    def n(self) -> int:
        """How many states there are."""
        return int(self.states.size)

    def index(self, state: int) -> int:
        """Return the index of the state with this number; `ModelError` if it's infeasible."""
        at = int(np.searchsorted(self.states, state)) if abs(state) < 1 << 62 else self.n
        if at == self.n or int(self.states[at]) != state:
            raise ModelError(f"state {state}: not a feasible state; there are {self.n}")
        return at

    def decision_maker(self, name: str) -> int:
        """Return the index of a decision maker; raises `ModelError` for an unknown name."""
        return _position(name, self.decision_makers, "decision maker")

    def pattern(self, s: int) -> str:
        """Return Y (taken) or N (left) per option; the label where there are no options."""
        if not self.options:
            return self.labels[s]
        return "".join("NY"[int(self.states[s]) >> k & 1] for k in range(len(self.options)))

    def taken(self, s: int) -> tuple[str, ...]:
        """Return the names of the options taken in a state."""
        state = int(self.states[s])
        return tuple(option.name for k, option in enumerate(self.options) if state >> k & 1)

    def moves(self, mover: int, s: int) -> Int64:
        """Return the states that a decision maker can reach from s by itself, ascending."""
        lay = self.layout
        own = int(lay.block[mover, s])
        arcs = lay.out_to[lay.out_start[own] : lay.out_start[own + 1]]
        parts = [lay.members[lay.start[g] : lay.start[g + 1]] for g in (own, *arcs.tolist())]
        reached = np.concatenate(parts).astype(np.int64)
        return np.sort(reached[reached != s])

    def columns(self) -> dict[str, Bool]:
        """Return, per option, in which states it is taken; per label its own state, without any.

        Raises `ModelError` for more labels than can be told apart that way.
        """
        if self.options:
            return columns_of(self.states, [option.name for option in self.options])
        if self.n > MOST_NODES:
            raise ModelError(f"states: {self.n:,} that stand by themselves; at most {MOST_NODES:,}")
        return columns_of_nodes(self.labels)


def from_options(
    decision_makers: Sequence[str],
    options: Sequence[Option],
    *,
    infeasible: Iterable[str] = (),
    rules: Iterable[str | Statement] = (),
    most_states: int = MOST_STATES,
) -> Graph:
    """Return the graph of a conflict given by options.

    A decision maker moves from a state to any other feasible state that differs only in its own
    options, each changed in a direction that it allows. `infeasible` patterns have one sign per
    option: Y (taken), N (left) or - (either); a state that fits one is left out. `rules` are
    statements (see `goodoffices.case.statements`); a state in which one fails is left out.

    Raises `ModelError` for an unknown or repeated name, a pattern or rule that can't be read, no
    feasible state, or more than `most_states`.

    >>> a, b = Option(name="a", owner="x"), Option(name="b", owner="y")
    >>> from_options(["x", "y"], [a, b], infeasible=["YY"]).states
    array([0, 1, 2])
    >>> from_options(["x", "y"], [a, b], rules=["a iff b"]).states
    array([0, 3])
    """
    dms, opts = tuple(decision_makers), tuple(options)
    names = [option.name for option in opts]
    _check_names(dms, "decision maker", MOST_DECISION_MAKERS)
    _check_names(names, "option", MOST_OPTIONS)
    masks = [[0, 0, 0, 0] for _ in dms]
    for k, option in enumerate(opts):
        owner = _position(option.owner, dms, f"options.{clip(option.name)}: decision maker")
        if option.direction not in DIRECTIONS:
            raise ModelError(
                f'options.{clip(option.name)}: direction "{clip(option.direction)}" is unknown; '
                "write both, fwd (can only be taken) or back (can only be left), or none"
            )
        masks[owner][DIRECTIONS.index(option.direction)] |= 1 << k
    patterns = [read_pattern(text, len(opts)) for text in infeasible]
    parsed = [
        parse_statement(rule, names, f"rules.{j}") if isinstance(rule, str) else rule
        for j, rule in enumerate(rules)
    ]
    states = feasible_states(names, patterns, parsed, most_states)
    states.setflags(write=False)
    layout = lay_options(states, [(both, fwd, back) for both, fwd, back, _ in masks])
    return Graph(decision_makers=dms, options=opts, states=states, labels=(), layout=layout)


def from_arcs(labels: Sequence[str], arcs: Mapping[str, Arcs]) -> Graph:
    """Return the graph of a conflict given by its states and every single move of each side.

    Moves need be neither reversible nor transitive: two moves of one decision maker in a row are
    not taken as one. States are indices into `labels`.

    >>> graph = from_arcs(["calm", "tense", "war"], {"x": [(0, 1), (1, 2)], "y": [(1, 0)]})
    >>> graph.moves(0, 0)
    array([1])
    """
    dms, n = tuple(arcs), len(labels)
    _check_names(dms, "decision maker", MOST_DECISION_MAKERS)
    if n == 0:
        raise ModelError("states: there are none; name at least one")
    lists = []
    for dm in dms:
        given = arcs[dm]
        pairs = np.asarray(given if isinstance(given, np.ndarray) else list(given), np.int64)
        pairs = pairs.reshape(-1, 2)
        bad = (pairs < 0) | (pairs >= n)
        if bad.any():
            raise ModelError(f"moves.{clip(dm)}: state {pairs[bad][0]} is not in 0..{n - 1}")
        source, target = pairs[pairs[:, 0] != pairs[:, 1]].T
        once = np.unique(source * n + target)
        lists.append((once // n, once % n))
    states = np.arange(n, dtype=np.int64)
    states.setflags(write=False)
    return Graph(
        decision_makers=dms,
        options=(),
        states=states,
        labels=tuple(labels),
        layout=lay_arcs(n, lists),
    )


def merge(graph: Graph, patterns: Iterable[str]) -> Graph:
    """Return a graph in which all states that fit a pattern are one state, the lowest of them.

    For states that nobody tells apart, such as all those after a party has left for good. Moves
    become single moves, as in `from_arcs`. Raises `ModelError` if no state fits a pattern.

    >>> a, b = Option(name="a", owner="x"), Option(name="b", owner="y", direction="fwd")
    >>> merge(from_options(["x", "y"], [a, b]), ["-Y"]).states
    array([0, 1, 2])
    """
    groups = []
    for text in patterns:
        care, want = read_pattern(text, len(graph.options))
        groups.append((graph.states & care) == want)
        if not groups[-1].any():
            raise ModelError(f'merged pattern "{clip(text)}": no feasible state fits it')
    return merge_groups(graph, groups)[0]


def merge_groups(graph: Graph, groups: Iterable[Bool]) -> tuple[Graph, Int64]:
    """Do what `merge` does for groups of states; return too where each old state is found now.

    A state may lie in two groups; what either holds together stays together.

    >>> graph = from_options(["x"], [Option(name="a", owner="x"), Option(name="b", owner="x")])
    >>> merge_groups(graph, [np.array([False, True, True, False])])[1]
    array([0, 1, 1, 2])
    """
    lowest = np.arange(graph.n)
    for group in groups:
        same = np.flatnonzero(group)
        if same.size:
            lowest[np.isin(lowest, lowest[same])] = lowest[same].min()
    kept, place = np.unique(lowest, return_inverse=True)
    every = single_moves(graph.layout)
    arcs = {}
    for k, dm in enumerate(graph.decision_makers):
        first = every.start[k * graph.n : (k + 1) * graph.n + 1]
        sources = np.repeat(np.arange(graph.n), np.diff(first))
        arcs[dm] = np.column_stack((place[sources], place[every.to[first[0] : first[-1]]]))
    single = from_arcs([graph.pattern(s) for s in kept], arcs)
    merged = replace(single, options=graph.options, states=graph.states[kept], labels=())
    return merged, place.astype(np.int64)


def _check_names(names: Sequence[str], what: str, most: int) -> None:
    if not names:
        raise ModelError(f"{what}s: there are none; name at least one")
    if len(names) > most:
        raise ModelError(f"{what}s: {len(names)} are too many; at most {most}")
    for j, name in enumerate(names):
        if name in names[:j]:
            raise ModelError(f'{what}s: "{clip(name)}" stands there twice; each has one name')


def _position(name: str, names: Sequence[str], what: str) -> int:
    if name not in names:
        hint = nearest(name, names) or f"known are {clip(', '.join(names), 120)}"
        raise ModelError(f'{what} "{clip(name)}" is unknown; {hint}')
    return names.index(name)

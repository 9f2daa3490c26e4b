"""What would have to change: the least change of preferences that makes a state an equilibrium.

Two kinds of change are counted. Swaps: two neighbouring places of a ranking change about; states
that are tied share a place and stay together. Statements moved: one statement of an ordered list is
taken out and put in elsewhere. Reference for the question: Kinsara, Petersons, Hipel and Kilgour
(2015), Advanced decision support for the graph model for conflict resolution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from math import prod
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.errors import ModelError
from goodoffices.moves._search import all_moves
from goodoffices.moves._variation import (
    Crossings,
    Reorderings,
    Swaps,
    Unchanged,
    Variants,
    Variation,
)
from goodoffices.moves.graph import Graph
from goodoffices.moves.preference import profile, ranking_of
from goodoffices.moves.profiles import combinations_that_hold, stays_alone
from goodoffices.moves.stability import Concept

if TYPE_CHECKING:
    from goodoffices.moves._kernels import Moves

__all__ = ["Change", "Inverse", "fewest_statements_moved", "fewest_swaps"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]

MOST_TRIED = 200_000
MOST_CELLS = 20_000_000
"""Preferences looked at, times states, so that memory stays within a few hundred megabytes."""
MOST_LISTED = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """How one decision maker's preferences would differ from today's."""

    mover: int
    distance: int
    """How many swaps, or how many statements moved."""
    order: tuple[int, ...]
    """Today's places, in their new order: of tie classes (from the best), or of statements."""
    ranking: tuple[tuple[int, ...], ...]
    """The states, the most preferred first; tied ones stand together."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Inverse:
    """The least changes that make a state an equilibrium: exact, or bounded where that is said."""

    target: int
    concept: Concept
    fewest: int | None
    """Swaps or statements moved, all decision makers together; `None` if no change was found."""
    changes: tuple[tuple[Change, ...], ...]
    """Alternatives; each holds one change per decision maker who has to change."""
    count: int
    """How many alternatives there are; more than `changes` if these were cut."""
    exact: bool
    """Whether the search was complete: none takes fewer, and all that take as few were counted (or
    no change at all will do, where `fewest` is `None`)."""
    at_least: int
    """No change with a smaller distance will do."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Question:
    """What is asked, and the preferences among which the answer is looked for."""

    graph: Graph
    target: int
    concept: Concept
    alone: Sequence[Variation]
    """Enough where only a decision maker's own preferences count."""
    joint: Sequence[Variation]
    """All of them, for the concepts under which others' preferences count too."""
    most: int
    """How many preferences of each decision maker, and profiles of all, may be looked at."""
    listed: int
    """How many alternatives are listed."""


def fewest_swaps(
    graph: Graph,
    ranks: ArrayLike,
    target: int,
    concept: Concept,
    *,
    who: Iterable[int] | None = None,
    most: int = MOST_TRIED,
    listed: int = MOST_LISTED,
) -> Inverse:
    """Return all profiles with the fewest swaps in which a state is an equilibrium.

    At most `listed` of them are told and the others counted. Only the rankings of `who` (by default
    everybody) may change. At most about `most` profiles are looked at; then the answer is bounded,
    and its changes, where it has any, make the state even a Nash equilibrium but need not be the
    least.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> both = [Option(name="row quiet", owner="row"), Option(name="column quiet", owner="column")]
    >>> graph = from_options(["row", "column"], both)
    >>> found = fewest_swaps(graph, [[1, 0, 3, 2], [1, 3, 0, 2]], 3, Concept.NASH)
    >>> found.fewest, [[(c.mover, c.ranking) for c in changes] for changes in found.changes]
    (2, [[(0, ((3,), (2,), (0,), (1,))), (1, ((3,), (1,), (0,), (2,)))]])
    """
    rows = profile(graph, ranks)
    chosen = set(range(len(rows)) if who is None else who)
    alone: list[Variation] = [
        Crossings(row, target, graph.moves(i, target)) if i in chosen else Unchanged(row)
        for i, row in enumerate(rows)
    ]
    joint: list[Variation] = [
        Swaps(row) if i in chosen else Unchanged(row) for i, row in enumerate(rows)
    ]
    return _answer(graph, target, concept, alone, joint, most, listed)


def fewest_statements_moved(
    graph: Graph,
    ranks: ArrayLike,
    statements: Mapping[int, Sequence[Bool]],
    target: int,
    concept: Concept,
    *,
    most: int = MOST_TRIED,
    listed: int = MOST_LISTED,
) -> Inverse:
    """Return all orders of statements, with the fewest moved, in which a state is an equilibrium.

    `statements` holds, for each decision maker whose order may change, in which states each of its
    statements holds, the most important first; the others keep their row of `ranks`. Bounded as in
    `fewest_swaps`. Raises `ModelError` if statements in today's order don't give today's ranks.

    >>> from goodoffices.moves.graph import Option, from_options
    >>> graph = from_options(["x"], [Option(name="a", owner="x"), Option(name="b", owner="x")])
    >>> a, b = graph.columns().values()
    >>> asked = {0: [a, ~a & ~b]}
    >>> found = fewest_statements_moved(graph, [[1, 2, 0, 2]], asked, 0, Concept.NASH)
    >>> found.fewest, found.changes[0][0].order
    (1, (1, 0))
    """
    rows = profile(graph, ranks)
    for i, truths in statements.items():
        if not np.array_equal(Reorderings(truths).today, rows[i]):
            raise ModelError(
                f"statements of {graph.decision_makers[i]}: they don't give the ranks given for it"
            )
    ways: list[Variation] = [
        Reorderings(statements[i]) if i in statements else Unchanged(row)
        for i, row in enumerate(rows)
    ]
    return _answer(graph, target, concept, ways, ways, most, listed)


class _Nearest(NamedTuple):
    """The nearest preferences under which one decision maker stays in the target, others aside."""

    distance: int
    """Of these preferences; all that are nearer were looked at."""
    variants: Variants | None
    """`None` if there are none, or if the search was cut short."""
    complete: bool


_Found = tuple[list[tuple[int, Variants]], list[tuple[int, ...]]]
"""Per decision maker a distance and preferences, and which combinations of these hold."""


class _TooMany(Exception):
    """The search was cut short before it came to an end."""


class _Levels:
    """Preferences per decision maker and distance, as far as the question allows to look."""

    def __init__(self, question: _Question, moves: Moves) -> None:
        self.question, self.moves, self.left = question, moves, question.most
        self.known: dict[tuple[int, int], Variants] = {}

    def at(self, i: int, distance: int) -> Variants:
        """Return the preferences of i at a distance under which it may stay in the target."""
        if (i, distance) not in self.known:
            question = self.question
            variants = question.joint[i].at(distance, self.left)
            if variants is None:
                raise _TooMany
            self.spend(len(variants))
            kept = _that_stay(question, i, variants, self.moves, question.concept)
            self.known[i, distance] = kept
        return self.known[i, distance]

    def spend(self, cost: int) -> None:
        """Take note of so many preferences looked at."""
        if cost > self.left:
            raise _TooMany
        self.left -= cost


def _answer(
    graph: Graph,
    target: int,
    concept: Concept,
    alone: Sequence[Variation],
    joint: Sequence[Variation],
    most: int,
    listed: int,
) -> Inverse:
    question = _Question(
        graph=graph,
        target=target,
        concept=concept,
        alone=alone,
        joint=joint,
        most=min(most, MOST_CELLS // graph.n),
        listed=listed,
    )
    moves = all_moves(graph)
    if not concept.credible:
        return _from_alone(question, _search_alone(question, concept, moves))
    # Where nobody can answer at all, nobody can do so credibly: GMR (SMR) bounds from below.
    base = Concept.SMR if concept.symmetric else Concept.GMR
    lower = _search_alone(question, base, moves)
    if any(near.complete and near.variants is None for near in lower):
        return _from_alone(question, lower)
    least = [near.distance for near in lower]
    reached, found = _search_jointly(question, moves, least)
    if found is not None:
        return found
    # Who has no reason to move needs no answer, so any change that does for Nash does here.
    upper = _from_alone(question, _search_alone(question, Concept.NASH, moves))
    return replace(upper, exact=False, at_least=reached)


def _search_alone(question: _Question, concept: Concept, moves: Moves) -> list[_Nearest]:
    return [_nearest(question, i, way, concept, moves) for i, way in enumerate(question.alone)]


def _nearest(
    question: _Question, i: int, way: Variation, concept: Concept, moves: Moves
) -> _Nearest:
    left = question.most
    if concept is Concept.NASH and way.surest is not None:
        return _Nearest(way.deepest, way.surest, complete=True)
    for distance in range(way.deepest + 1):
        variants = way.at(distance, left)
        if variants is None:
            return _Nearest(distance, None, complete=False)
        left -= len(variants)
        kept = _that_stay(question, i, variants, moves, concept)
        if len(kept):
            return _Nearest(distance, kept, complete=True)
    return _Nearest(way.deepest + 1, None, complete=True)


def _that_stay(
    question: _Question, i: int, variants: Variants, moves: Moves, concept: Concept
) -> Variants:
    graph, target = question.graph, question.target
    stays = stays_alone(graph, i, target, variants.rows, moves, concept)
    return variants.only(np.flatnonzero(stays))


def _from_alone(question: _Question, nearest: list[_Nearest]) -> Inverse:
    """Combine what each decision maker would have to change, whatever the others do."""
    impossible = any(near.complete and near.variants is None for near in nearest)
    complete = all(near.complete for near in nearest)
    parts = []
    for near, way in zip(nearest, question.alone, strict=True):
        variants, distance = near.variants, near.distance
        if variants is None and not impossible:
            # The search was cut short: to have no reason to leave will always do.
            variants, distance = way.surest, way.deepest
        parts.append((distance, variants))
    chosen = [(distance, variants) for distance, variants in parts if variants is not None]
    found = len(chosen) == len(parts)
    count = prod(len(variants) for _, variants in chosen) if found else 0
    picks = product(*(range(len(variants)) for _, variants in chosen)) if found else iter(())
    return Inverse(
        target=question.target,
        concept=question.concept,
        fewest=sum(distance for distance, _ in chosen) if found else None,
        changes=tuple(_changes(chosen, pick) for pick in islice(picks, question.listed)),
        count=count,
        exact=impossible or complete,
        at_least=0 if impossible else sum(near.distance for near in nearest),
    )


def _changes(parts: Sequence[tuple[int, Variants]], pick: Sequence[int]) -> tuple[Change, ...]:
    return tuple(
        Change(
            mover=i,
            distance=distance,
            order=tuple(variants.orders[j].tolist()),
            ranking=ranking_of(variants.rows[j]),
        )
        for i, ((distance, variants), j) in enumerate(zip(parts, pick, strict=True))
        if distance > 0
    )


def _search_jointly(
    question: _Question, moves: Moves, least: list[int]
) -> tuple[int, Inverse | None]:
    """Return the distance that the search came to, and what was found unless it was cut short."""
    levels = _Levels(question, moves)
    deepest = [way.deepest for way in question.joint]
    for total in range(sum(least), sum(deepest) + 1):
        try:
            found = list(_at_total(levels, least, deepest, total))
        except _TooMany:
            return total, None
        if found:
            return total, _inverse(question, total, found)
    return sum(deepest), _inverse(question, None, [])


def _inverse(question: _Question, fewest: int | None, found: list[_Found]) -> Inverse:
    every = (_changes(parts, pick) for parts, picks in found for pick in picks)
    return Inverse(
        target=question.target,
        concept=question.concept,
        fewest=fewest,
        changes=tuple(islice(every, question.listed)),
        count=sum(len(picks) for _, picks in found),
        exact=True,
        at_least=fewest or 0,
    )


def _at_total(
    levels: _Levels, least: list[int], deepest: list[int], total: int
) -> Iterator[_Found]:
    """Yield, per way to share out a total distance, the preferences and which of them hold."""
    question = levels.question
    for shares in _shared_out(total, least, deepest):
        parts = [(distance, levels.at(i, distance)) for i, distance in enumerate(shares)]
        sizes = [len(variants) for _, variants in parts]
        if not all(sizes):
            continue
        levels.spend(prod(sizes))
        rows = [variants.rows for _, variants in parts]
        held = combinations_that_hold(
            question.graph, question.target, rows, levels.moves, question.concept
        )
        if held.any():
            places = np.unravel_index(np.flatnonzero(held), sizes)
            yield parts, list(zip(*(place.tolist() for place in places), strict=True))


def _shared_out(total: int, least: list[int], deepest: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to write a total as one number per decision maker within its bounds."""
    if not least:
        if total == 0:
            yield ()
        return
    rest = sum(least[1:])
    for own in range(least[0], min(deepest[0], total - rest) + 1):
        for others in _shared_out(total - own, least[1:], deepest[1:]):
            yield (own, *others)

"""How one decision maker's preferences may change, by how far they get from today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from goodoffices.moves.preference import ranking_of, split
from goodoffices.moves.profiles import rows_of

__all__ = ["Crossings", "Reorderings", "Swaps", "Unchanged", "Variants", "Variation"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Order = tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Variants:
    """Preferences at one distance from today's."""

    rows: Int32
    """(K, n): their ranks."""
    orders: Int32
    """(K, m): per row, today's places of what now stands first, second and so on; places are of tie
    classes of a ranking, or of statements."""

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, which: NDArray[np.integer]) -> Variants:
        """Return some of them, by index."""
        return Variants(self.rows[which], self.orders[which])


class Variation(Protocol):
    """All changes of one decision maker's preferences, by distance."""

    deepest: int
    """The largest distance there is."""
    surest: Variants | None
    """Preferences at that distance under which the target is stable whatever others do, if any."""

    def at(self, distance: int, most: int) -> Variants | None:
        """Return the preferences at a distance, or nothing if there are more than `most`."""


class Unchanged:
    """Preferences that stay as they are."""

    deepest = 0

    def __init__(self, ranks: Int32) -> None:
        self.ranks = ranks
        self.surest: Variants | None = None

    def at(self, distance: int, most: int) -> Variants | None:
        """Return today's preferences."""
        order = np.arange(self.ranks.max() + 1, dtype=np.int32)
        return Variants(self.ranks[None, :], order[None, :])


class Swaps:
    """Every ranking; the distance is the fewest swaps of neighbouring tie classes."""

    def __init__(self, ranks: Int32) -> None:
        self.classes = ranking_of(ranks)
        self.n = ranks.size
        size = len(self.classes)
        self.deepest = size * (size - 1) // 2
        self.surest: Variants | None = None

    def at(self, distance: int, most: int) -> Variants | None:
        """Return the rankings with as many pairs of tie classes the other way round."""
        size = len(self.classes)
        if _count_inversions(size, distance) > most:
            return None
        orders = [_with_jumps(size, jumps) for jumps in _jumps(size, distance)]
        return _variants(self.classes, np.array(orders, np.int32).reshape(-1, size), self.n)


class Crossings:
    """Rankings in which classes above the target's drop below it, everything else in its order.

    Whether a state is stable for a decision maker, others given, depends on its own ranking only by
    which states are better than that one, and the fewer are the more stable it is. So the nearest
    rankings that make a state stable are all of this kind, and there are few: those at distance d
    correspond to ways of writing d as a sum. With q_1 < q_2 < ... the distances above the target of
    the classes that drop, it takes q_j - (j - 1) swaps to bring down the j-th.
    """

    def __init__(self, ranks: Int32, target: int) -> None:
        self.classes = ranking_of(ranks)
        self.n = ranks.size
        self.place = next(p for p, states in enumerate(self.classes) if target in states)
        self.deepest = self.place
        self.surest: Variants | None = self._dropped([range(self.place)])

    def at(self, distance: int, most: int) -> Variants | None:
        """Return the rankings at this many swaps of neighbouring tie classes."""
        drops: list[list[int]] = []
        for parts in _partitions(distance, 1, self.place):
            if len(drops) == most:
                return None
            drops.append([self.place - part - j for j, part in enumerate(parts)])
        return self._dropped(drops)

    def _dropped(self, drops: Sequence[Sequence[int]]) -> Variants:
        """Sort places by their fate: staying above, the target's own, dropping, staying below."""
        fate = np.full((len(drops), len(self.classes)), 3, np.int8)
        fate[:, : self.place] = 0
        fate[:, self.place] = 1
        for row, drop in zip(fate, drops, strict=True):
            row[list(drop)] = 2
        orders = np.argsort(fate, axis=1, kind="stable").astype(np.int32)
        return _variants(self.classes, orders, self.n)


class Reorderings:
    """Every order of statements; the distance is the fewest statements put elsewhere."""

    def __init__(self, truths: Sequence[Bool]) -> None:
        self.truths = truths
        self.deepest = max(len(truths) - 1, 0)
        self.surest: Variants | None = None
        self.levels: list[list[Order]] = [[tuple(range(len(truths)))]]
        self.today = self._ranks(self.levels[0][0])

    def at(self, distance: int, most: int) -> Variants | None:
        """Return the orders in which as many statements have changed places."""
        while len(self.levels) <= distance:
            seen = {order for level in self.levels[-2:] for order in level}
            fresh: list[Order] = []
            for order in self.levels[-1]:
                for moved in _moved_once(order):
                    if moved not in seen:
                        seen.add(moved)
                        fresh.append(moved)
                if len(fresh) > most:
                    return None
            self.levels.append(fresh)
        orders = self.levels[distance]
        rows = np.array([self._ranks(order) for order in orders], np.int32)
        return Variants(rows, np.array(orders, np.int32))

    def _ranks(self, order: Order) -> Int32:
        ranks = np.zeros(self.truths[0].size, np.int32)
        for j in order:
            ranks = split(ranks, self.truths[j])
        return ranks


def _variants(classes: Sequence[Sequence[int]], orders: Int32, n: int) -> Variants:
    return Variants(rows_of(classes, orders, n), orders)


def _count_inversions(size: int, inversions: int) -> int:
    """Return how many orders of `size` things have so many pairs the other way round."""
    counts = [1] + [0] * inversions
    for j in range(1, size):
        sums = [0, *accumulate(counts)]
        counts = [sums[d + 1] - sums[max(0, d - j)] for d in range(inversions + 1)]
    return counts[inversions]


def _jumps(size: int, inversions: int) -> Iterator[tuple[tuple[int, int], ...]]:
    """Yield the ways to reach so many inversions: which things jump over how many before them."""
    if inversions == 0:
        yield ()
    for thing in range(1, size if inversions else 0):
        for jump in range(1, min(thing, inversions) + 1):
            # Those before `thing` can make up for the rest only if there are enough of them.
            if inversions - jump <= thing * (thing - 1) // 2:
                for before in _jumps(thing, inversions - jump):
                    yield (*before, (thing, jump))


def _with_jumps(size: int, jumps: tuple[tuple[int, int], ...]) -> list[int]:
    order = list(range(size))
    for thing, jump in jumps:
        order.insert(thing - jump, order.pop(thing))
    return order


def _partitions(total: int, least: int, room: int) -> Iterator[tuple[int, ...]]:
    """Yield the non-decreasing parts a_1, a_2, ... of a total with a_j + (j - 1) <= room."""
    if total == 0:
        yield ()
        return
    for part in range(least, min(total, room) + 1):
        if part == total or total - part >= part:
            for rest in _partitions(total - part, part, room - 1):
                yield (part, *rest)


def _moved_once(order: Order) -> Iterator[Order]:
    for source in range(len(order)):
        rest = order[:source] + order[source + 1 :]
        for place in range(len(order)):
            if place != source:
                yield (*rest[:place], order[source], *rest[place:])

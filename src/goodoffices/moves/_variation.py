"""How one decision maker's preferences may change, by how far they get from today's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

MOST_AT_ONCE = 62
"""Statements whose weights fit into one whole number."""


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

    `leaving` are the states that the decision maker could move to. If all of these that are better
    drop, it has no reason to leave, whatever others do: no nearest ranking is further away.
    `surest` are all rankings that do so at the least distance, which is `deepest`.
    """

    def __init__(self, ranks: Int32, target: int, leaving: NDArray[np.integer]) -> None:
        self.classes = ranking_of(ranks)
        self.n = ranks.size
        top = int(ranks.max())
        self.place = top - int(ranks[target])
        better = np.unique(top - ranks[leaving[ranks[leaving] > ranks[target]]])
        must = [self.place - int(place) for place in better]
        self.deepest, drops = _cheapest(must, self.place)
        self.surest: Variants | None = self._dropped(
            [[self.place - far for far in drop] for drop in drops]
        )

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
        self.today = self._ranks(range(len(truths)))

    def at(self, distance: int, most: int) -> Variants | None:
        """Return the orders in which as many statements have changed places."""
        # Limits of about the same size share what is remembered.
        orders = _orders_at(len(self.truths), distance, 1 << most.bit_length())
        if orders is None or len(orders) > most:
            return None
        if orders.shape[1] > MOST_AT_ONCE:
            rows = np.array([self._ranks(order) for order in orders.tolist()], np.int32)
            return Variants(rows, orders)
        return Variants(self._all_ranks(orders), orders)

    def _all_ranks(self, orders: Int32) -> Int32:
        """Return the ranks under many orders: each statement outweighs all that follow it."""
        weights = np.empty(orders.shape, np.int64)
        falling = np.int64(1) << np.arange(orders.shape[1] - 1, -1, -1, dtype=np.int64)
        np.put_along_axis(weights, orders, np.broadcast_to(falling, orders.shape), axis=1)
        worth = weights @ np.array(self.truths, np.int64)
        order = np.argsort(worth, axis=1)
        higher = np.diff(np.take_along_axis(worth, order, axis=1), axis=1, prepend=worth[:, :1]) > 0
        # The first column is compared with an unsorted one; the lowest rank is 0 in any case.
        higher[:, 0] = False
        rows = np.empty(worth.shape, np.int32)
        np.put_along_axis(rows, order, np.cumsum(higher, axis=1, dtype=np.int32), axis=1)
        return rows

    def _ranks(self, order: Sequence[int]) -> Int32:
        ranks = np.zeros(self.truths[0].size, np.int32)
        for j in order:
            ranks = split(ranks, self.truths[j])
        return ranks


def _variants(classes: Sequence[Sequence[int]], orders: Int32, n: int) -> Variants:
    return Variants(rows_of(classes, orders, n), orders)


def _cheapest(must: Sequence[int], room: int) -> tuple[int, list[list[int]]]:
    """Return the least cost of sets of distances 1..room that hold these, and all such sets.

    Those q_1 < q_2 < ... cost the sum of q_j - (j - 1), so that to take in a near one can make the
    far ones cheaper. Of sets of one size, that with the nearest others is the cheapest, and alone.

    >>> _cheapest([2, 3, 4], 5), _cheapest([2], 5)
    ((4, [[1, 2, 3, 4]]), (2, [[2], [1, 2]]))
    """
    taken = set(must)
    others = [far for far in range(1, room + 1) if far not in taken]
    size, cost = len(taken), sum(taken) - len(taken) * (len(taken) - 1) // 2
    costs = [cost]
    for far in others:
        cost += far - size
        size += 1
        costs.append(cost)
    least = min(costs)
    picks = (n for n, one in enumerate(costs) if one == least)
    return least, [sorted([*taken, *others[:n]]) for n in picks]


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


@lru_cache(maxsize=128)
def _orders_at(size: int, distance: int, most: int) -> Int32 | None:
    """Return every order of things of which so many must be moved; nothing if more than `most`."""
    if distance == 0:
        return np.arange(size, dtype=np.int32)[None, :]
    before = _orders_at(size, distance - 1, most)
    if before is None:
        return None
    known = before if distance == 1 else np.concatenate([_known(size, distance - 2, most), before])
    seen = set(map(tuple, known.tolist()))
    fresh: list[Order] = []
    for order in before.tolist():
        for moved in _moved_once(tuple(order)):
            if moved not in seen:
                seen.add(moved)
                fresh.append(moved)
        if len(fresh) > most:
            return None
    return np.array(fresh, np.int32).reshape(-1, size)


def _known(size: int, distance: int, most: int) -> Int32:
    found = _orders_at(size, distance, most)
    assert found is not None
    return found


def _moved_once(order: Order) -> Iterator[Order]:
    for source in range(len(order)):
        rest = order[:source] + order[source + 1 :]
        for place in range(len(order)):
            if place != source:
                yield (*rest[:place], order[source], *rest[place:])

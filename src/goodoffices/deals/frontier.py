"""The exact Pareto frontier of packages, and the number of packages that are acceptable to all.

A package takes one option from each block (an issue, or issues that are tied together), and its
value for each party is the sum of what its options are worth to that party. One package
dominates another if no party is worse off with it and at least one is better off.

The frontier is built one block at a time: whatever is added later, a partial package that is
dominated stays dominated, so it is dropped at once. The cost grows with the frontier, not with the
number of packages.

All comparisons follow one rule: values are compared by their keys, `rint(value / TOLERANCE)`. So
0.1 + 0.7 meets a walk-away of 0.8, and noise of 1e-17 does not keep two points apart. Partial
packages are compared in the same way, so packages said to be tied may differ by up to TOLERANCE
for each block.
"""

from __future__ import annotations

import bisect
import math
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["TOLERANCE", "Count", "Frontier", "count_acceptable", "frontier", "keys", "undominated"]

TOLERANCE = 1e-9
"""The unit, in points, in which values are compared."""

_SCALE = 1e9
# Beyond this sum, keys are no longer whole numbers that a float64 holds exactly.
_LARGEST = 2**53 / _SCALE
# Sums made for each block, however little time is left.
_HURRIED = 20_000

Floats = NDArray[np.float64]
Limit = Literal["points", "seconds"]


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Frontier:
    """The undominated packages that meet all floors, one for each vector of values.

    Exact if `complete`. Otherwise bounded: these are packages that meet the floors and do not
    dominate each other, and for every package that clears the floors by at least `gap` there is
    one among them that gives every party at least as much, less `gap`.
    """

    values: Floats
    """Shape (points, parties), in points; rows descend lexicographically."""
    packages: NDArray[np.int32]
    """Shape (points, blocks): row of each table; lexicographically the first of those tied."""
    ties: NDArray[np.int64]
    """Shape (points,): packages with these values, 2**63 - 1 for so many or more. If the
    frontier is bounded, there may be others."""
    limit: Limit | None
    """What cut the search short."""
    gap: float
    """In points; 0 if exact."""
    ceiling: Floats
    """Shape (parties,): the most that any package gives each party, floors not counted."""

    def __post_init__(self) -> None:
        for array in (self.values, self.packages, self.ties, self.ceiling):
            array.flags.writeable = False

    @property
    def complete(self) -> bool:
        """Whether the frontier is exact."""
        return self.limit is None

    def __len__(self) -> int:
        return len(self.values)


@dataclass(frozen=True, kw_only=True, slots=True)
class Count:
    """How many packages meet all floors: exactly, or between two bounds."""

    at_least: int
    at_most: int

    @property
    def complete(self) -> bool:
        """Whether the count is exact."""
        return self.at_least == self.at_most


class _Points(NamedTuple):
    # Partial packages, none of which dominates another; undecided blocks hold zeros.
    values: Floats
    packages: NDArray[np.int32]
    ties: NDArray[np.int64]


def keys(values: ArrayLike) -> Floats:
    """Values in whole units of the tolerance, which are compared in their place.

    >>> bool(keys(0.1 + 0.7) >= keys(0.8)), 0.1 + 0.7 >= 0.8
    (True, False)
    """
    return np.asarray(np.rint(np.asarray(values, dtype=np.float64) * _SCALE))


def undominated(values: ArrayLike) -> NDArray[np.bool_]:
    """Mark the rows that no other row dominates; equal rows stand or fall together.

    `values` has shape (rows, parties). O(n log n) for up to three parties, and a factor log n
    more for each further one (Kung, Luccio, Preparata 1975).

    >>> undominated([[1, 3], [2, 2], [1, 2], [2, 2]]).tolist()
    [True, True, False, True]
    """
    rows = _table(values, "values")
    mask: NDArray[np.bool_] = _kernels().undominated(keys(rows))
    return mask


def frontier(
    tables: Sequence[ArrayLike],
    *,
    floors: ArrayLike | None = None,
    allowed: Sequence[ArrayLike] | None = None,
    budget: int = 1_000_000,
    seconds: float | None = None,
    clock: Callable[[], float] = time.monotonic,
    progress: Callable[[int, int], None] | None = None,
) -> Frontier:
    """Find the undominated packages of blocks whose options are valued in tables.

    `tables[b]` has shape (options of block b, parties), in points; a package's value is the sum
    of the rows it takes. `floors`, shape (parties,), are walk-aways, -inf for none: packages that
    miss one are left out. `allowed[b]` marks the options of block b that may be taken; indices
    count all of them.

    `budget` is the number of sums held at once, at about 200 bytes each. Past it, partial packages
    are thinned out to one in each cell of an even grid, besides the best for each party and the
    best in total, and the answer is bounded. With `seconds`, the grid is made coarser where the
    time would not suffice; without them the clock is not read.
    `progress(done, blocks)` is called after each block.

    >>> found = frontier([[[0, 5], [4, 0]], [[0, 3], [2, 2], [3, 0]]], floors=[3, 2])
    >>> found.values.tolist(), found.packages.tolist(), found.complete
    ([[6.0, 2.0], [4.0, 3.0], [3.0, 5.0]], [[1, 1], [1, 0], [0, 2]], True)

    Reference: H. T. Kung, F. Luccio, F. P. Preparata, On finding the maxima of a set of vectors,
    Journal of the ACM 22 (1975) 469-476.
    """
    blocks, choices = _blocks(tables, allowed)
    needed = _needed(floors, blocks[0].shape[1])
    if budget < 1:
        raise ValueError(f"budget must be at least 1, got {budget}")
    watch = _Watch(seconds, clock)
    best = np.array([block.max(axis=0, initial=-np.inf) for block in blocks])
    parts = _parts(blocks, choices, best, needed)
    # Blocks whose options differ most in what all gain together come first: on most spaces
    # this keeps the frontiers on the way smaller than the given order does.
    order = sorted(range(len(parts)), key=lambda b: -_spread(parts[b]))
    rest = _from_here_on(best[order])
    points, gap = _nothing_decided(len(blocks), needed.size), 0.0
    limit: Limit | None = None
    for done, b in enumerate(order, start=1):
        affordable = watch.affordable(budget)
        room = max(affordable // max(1, parts[b].ties.size), needed.size + 2)
        if points.ties.size > room:
            points, lost = _thinned(points, room)
            gap, limit = gap + lost, "points" if affordable == budget else "seconds"
        watch.starts(points.ties.size * parts[b].ties.size)
        points = _joined(points, parts[b], rest[done], needed, last=done == len(order))
        if progress is not None:
            progress(done, len(order))
    return Frontier(
        values=points.values,
        packages=points.packages,
        ties=points.ties,
        limit=limit,
        gap=gap,
        ceiling=best.sum(axis=0),
    )


def count_acceptable(
    tables: Sequence[ArrayLike],
    floors: ArrayLike,
    *,
    allowed: Sequence[ArrayLike] | None = None,
    limit: int = 20_000_000,
) -> Count:
    """Count the packages that meet every floor; arguments as for `frontier`.

    Partial packages are extended block by block. One that meets the floors even with the worst
    rest counts with all its extensions; one that misses a floor even with the best rest is given
    up. After `limit` partial packages the count is bounded.

    >>> count_acceptable([[[0, 5], [4, 0]], [[0, 3], [2, 2], [3, 0]]], [3, 2])
    Count(at_least=3, at_most=3)
    """
    blocks, _ = _blocks(tables, allowed)
    needed = _needed(floors, blocks[0].shape[1])
    if limit < 1:
        raise ValueError(f"limit must be at least 1, got {limit}")
    if min(map(len, blocks)) == 0:
        return Count(at_least=0, at_most=0)
    # Where options differ most, a choice is most likely to settle the question.
    blocks.sort(key=lambda block: -float(np.ptp(block, axis=0).sum()))
    best, worst = (
        _from_here_on(np.array([extreme(block, axis=0) for block in blocks]))
        for extreme in (np.max, np.min)
    )
    starts = np.cumsum([0, *map(len, blocks)])
    accepted, opened = _kernels().tally(np.vstack(blocks), starts, best, worst, needed, limit)
    extensions = [math.prod(map(len, blocks[depth:])) for depth in range(len(blocks) + 1)]
    at_least, unknown = (
        sum(int(n) * each for n, each in zip(found, extensions, strict=True))
        for found in (accepted, opened)
    )
    return Count(at_least=at_least, at_most=at_least + unknown)


def _kernels() -> ModuleType:
    # Imported late: numba alone takes longer to import than the whole package may.
    from goodoffices.deals import _pareto

    return _pareto


def _table(values: ArrayLike, name: str) -> Floats:
    table = np.array(values, dtype=np.float64, order="C")
    if table.ndim != 2 or table.shape[1] == 0:
        raise ValueError(f"{name}: needs rows with a column for each party, got {table.shape}")
    if not (np.abs(table) < _LARGEST).all():
        raise ValueError(f"{name}: values must be numbers below {_LARGEST:.0f} points")
    return table


def _blocks(
    tables: Sequence[ArrayLike], allowed: Sequence[ArrayLike] | None
) -> tuple[list[Floats], list[NDArray[np.int32]]]:
    # For each block the values of the options that may be taken, and their indices.
    blocks = [_table(table, f"tables[{b}]") for b, table in enumerate(tables)]
    if not blocks:
        raise ValueError("tables: needs at least one block")
    if len({block.shape[1] for block in blocks}) > 1:
        raise ValueError("tables: the blocks differ in their number of parties")
    if allowed is None:
        masks = [np.ones(len(block), dtype=np.bool_) for block in blocks]
    else:
        masks = [np.asarray(mask) for mask in allowed]
    shapes = [(mask.shape, mask.dtype) for mask in masks]
    if shapes != [((len(block),), np.dtype(np.bool_)) for block in blocks]:
        raise ValueError("allowed: needs a boolean for each option of each block")
    if sum(float(np.abs(block).max(initial=0.0)) for block in blocks) > _LARGEST:
        raise ValueError(f"tables: sums must stay below {_LARGEST:.0f} points")
    choices = [np.flatnonzero(mask).astype(np.int32) for mask in masks]
    return [block[mask] for block, mask in zip(blocks, masks, strict=True)], choices


def _needed(floors: ArrayLike | None, parties: int) -> Floats:
    # The keys that a package must reach.
    if floors is None:
        return np.full(parties, -np.inf)
    needed = keys(floors)
    if needed.shape != (parties,) or np.isnan(needed).any():
        raise ValueError(f"floors: needs {parties} numbers, one for each party")
    return needed


class _Watch:
    # How many sums the time left is good for, going by the time that the block before took.

    def __init__(self, seconds: float | None, clock: Callable[[], float]) -> None:
        self._seconds, self._clock = seconds, clock
        self._sums = 0
        if seconds is not None:
            self._last = clock()
            self._end = self._last + seconds

    def affordable(self, budget: int) -> int:
        if self._seconds is None:
            return budget
        now = self._clock()
        left, taken, self._last = self._end - now, now - self._last, now
        if left > 0.0 and (taken <= 0.0 or self._sums == 0):
            return budget
        # Half, because a sum costs more among many sums than among few.
        sums = int(self._sums * left / taken / 2.0) if left > 0.0 else 0
        return min(budget, max(sums, _HURRIED))

    def starts(self, sums: int) -> None:
        self._sums = sums


def _from_here_on(rows: Floats) -> Floats:
    # Row b is the sum of the rows from b on; one more row, of zeros, for the end.
    return np.vstack([np.cumsum(rows[::-1], axis=0)[::-1], np.zeros(rows.shape[1])])


def _nothing_decided(blocks: int, parties: int) -> _Points:
    return _Points(
        np.zeros((1, parties)), np.zeros((1, blocks), np.int32), np.ones(1, dtype=np.int64)
    )


def _parts(
    blocks: list[Floats], choices: list[NDArray[np.int32]], best: Floats, needed: Floats
) -> list[_Points]:
    # The frontier of each block by itself: equal options are counted, dominated ones dropped.
    start = _nothing_decided(len(blocks), needed.size)
    parts = []
    for b, (values, choice) in enumerate(zip(blocks, choices, strict=True)):
        packages = np.zeros((len(values), len(blocks)), np.int32)
        packages[:, b] = choice
        options = _Points(values, packages, np.ones(len(values), np.int64))
        others = np.delete(best, b, axis=0).sum(axis=0)
        parts.append(_joined(start, options, others, needed, last=False))
    return parts


def _spread(points: _Points) -> float:
    return float(np.ptp(points.values.sum(axis=1))) if points.ties.size else math.inf


def _joined(points: _Points, more: _Points, rest: Floats, needed: Floats, *, last: bool) -> _Points:
    # Only whole packages decide where a sum's last digits, which depend on its order, matter.
    slack = 0.0 if last else _kernels().DOUBT
    return _Points(*_kernels().joined(*points, *more, rest, needed, slack))


def _thinned(points: _Points, room: int) -> tuple[_Points, float]:
    # One point in each cell of the finest grid that has room, and what a point that was left
    # out may lose by that. Kept besides: the best for each party and the best in total.
    values = points.values
    extremes = [*values.argmax(axis=0), values.sum(axis=1).argmax()]
    cells = _cells(values, room - len(extremes))
    _, first, cell = np.unique(cells, return_index=True, return_inverse=True)
    kept = np.union1d(first, extremes)
    gap = float((values - values[first][cell]).max())
    return _Points(*(array[kept] for array in points)), gap


def _cells(values: Floats, room: int) -> NDArray[np.int64]:
    # Cubes of equal side, nested, each with a number; as small as leaves at most `room` of them.
    parties = values.shape[1]
    bits = max(1, 62 // parties)
    low, side = values.min(axis=0), float(np.ptp(values, axis=0).max()) / (2**bits - 1)
    places = ((values - low) / side).astype(np.int64)

    def cells(coarser: int) -> NDArray[np.int64]:
        numbers = np.zeros(len(values), dtype=np.int64)
        for column in places.T:
            numbers = (numbers << bits) | (column >> coarser)
        return numbers

    def fits(coarser: int) -> bool:
        return len(np.unique(cells(coarser))) <= room

    return cells(bisect.bisect_left(range(bits), True, key=fits))

"""The frontier and the bargaining solutions of a case at face value."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.blocks import Branch
from goodoffices.deals.draws import Sample, branch_values
from goodoffices.deals.frontier import count_acceptable, frontier, keys, undominated
from goodoffices.deals.results import Bargain, FrontierPoint, FrontierReport, Method
from goodoffices.deals.solutions import solve

__all__ = ["acceptable", "bargain", "efficient", "frontier_report"]

POINTS = (300_000, 300_000, 300_000, 150_000, 40_000, 15_000, 5_000)
"""Budget of a frontier by its number of axes, the last for more: past it, it is bounded and says
so. With every axis a point is dominated less often, and finding out takes longer."""
SHOWN = 400
"""A report lists at most so many frontier points, evenly spread."""
COUNTED = 20_000_000
"""Acceptable packages are counted while the search needs at most so many steps."""

Floats = NDArray[np.float64]


def _tables(
    face: Sample, branch: Branch, axes: Sequence[int], lifted: Iterable[int] | None
) -> tuple[list[Floats], list[NDArray[np.bool_]]]:
    """Return per block its cells' values, shape (cells, axes), and which of them are open.

    Cells that a demand refuses are closed, but for lifted demands; None lifts all.
    """
    values = branch_values(face, branch)[0][:, list(axes)]
    standing = [] if lifted is None else [k for k in face.space.blocking if k not in set(lifted)]
    is_open = np.logical_not(branch.refused[:, standing].any(axis=1))
    blocks = list(itertools.pairwise(branch.offsets))
    return [values[lo:hi] for lo, hi in blocks], [is_open[lo:hi] for lo, hi in blocks]


def _floors(face: Sample, lifted: Iterable[int]) -> Floats:
    return face.lifting(lifted)[1][0, : face.space.deciders]


def frontier_report(face: Sample) -> FrontierReport:
    """Return the frontier over the parties that must accept, whatever demands it breaks."""
    space, axes = face.space, range(face.space.signatories)
    values, packages, ties, complete = _points(face, axes, None, np.full(len(axes), -np.inf))
    shown = np.unique(np.linspace(0, len(values) - 1, min(SHOWN, len(values))).round().astype(int))
    points = tuple(
        FrontierPoint(
            picks=space.picks(packages[n]),
            values=tuple(map(float, values[n])),
            ties=int(ties[n]),
            breaks=_broken(face, packages[n]),
        )
        for n in shown
    )
    note = "" if complete else "more points than the budget holds: real packages, maybe not all"
    walk_aways = [
        None if walk is None else float(face.columns[0, walk[1]])
        for walk in space.walk_aways[: len(axes)]
    ]
    floors = np.array([-np.inf if least is None else least for least in walk_aways])
    return FrontierReport(
        axes=tuple(actor.id for actor in space.actors[: len(axes)]),
        walk_aways=tuple(walk_aways),
        points=points,
        size=len(values),
        within=int((keys(values) >= keys(floors)).all(axis=1).sum()),
        method=Method(how="exact" if complete else "bounded", note=note),
    )


def _broken(face: Sample, package: tuple[int, ...]) -> tuple[str, ...]:
    broken = face.refusals(package)[0]
    return tuple(face.space.demands[k] for k in face.space.blocking if broken[k])


def _points(
    face: Sample, axes: Sequence[int], lifted: Iterable[int] | None, floors: Floats
) -> tuple[Floats, list[tuple[int, ...]], NDArray[np.int64], bool]:
    """Return the frontier of all branches together: values, packages, ties, complete.

    `axes` are indices of actors, with one floor for each.
    """
    values, ties, complete = [np.empty((0, len(axes)))], [np.empty(0, np.int64)], True
    packages: list[tuple[int, ...]] = []
    points, branches = POINTS[min(len(axes), len(POINTS)) - 1], face.space.branches
    for branch in branches:
        tables, allowed = _tables(face, branch, axes, lifted)
        budget = max(2_000, min(points, 4 * points // len(branches)))
        found = frontier(tables, floors=floors, allowed=allowed, budget=budget)
        complete &= found.complete
        values.append(found.values)
        ties.append(found.ties)
        packages += map(branch.package, found.packages)
    every, counts = np.concatenate(values), np.concatenate(ties)
    best = np.flatnonzero(undominated(every)) if len(values) > 2 else np.arange(len(every))
    # Branches may reach the same values by different packages: one point, their ties added up.
    _, first, group = np.unique(keys(every[best]), axis=0, return_index=True, return_inverse=True)
    total = np.zeros(len(first), dtype=np.int64)
    np.add.at(total, group.ravel(), counts[best])
    # A count that no longer fits stays at the largest number that does.
    total[np.bincount(group.ravel(), weights=counts[best]) >= 2.0**63] = np.iinfo(np.int64).max
    # From the largest first value down, as each branch's own points are.
    kept = best[first[::-1]]
    return every[kept], [packages[n] for n in kept], total[::-1], complete


def _agreeable(
    face: Sample, lifted: Iterable[int]
) -> tuple[Floats, list[tuple[int, ...]], NDArray[np.int64], bool]:
    """Return the frontier over the signatories of packages that meet every demand not lifted."""
    space, floors = face.space, _floors(face, lifted)
    seats = space.signatories
    # A faction without a walk-away only closes options; it needs no axis of its own.
    axes = [a for a in range(space.deciders) if a < seats or floors[a] > -np.inf]
    values, packages, ties, complete = _points(face, axes, lifted, floors[axes])
    kept = np.flatnonzero(undominated(values[:, :seats]))
    return values[kept][:, :seats], [packages[n] for n in kept], ties[kept], complete


def bargain(face: Sample, lifted: Iterable[int] = ()) -> tuple[Bargain, ...]:
    """Return the bargaining solutions over packages that meet every demand not lifted.

    Factions with a veto restrict the packages; the solutions weigh the parties that must accept.
    A lifted walk-away still is the no-deal point from which its party's gain is measured; a party
    without one gains over its worst of these packages, the dominated ones left out.
    """
    space, lifted = face.space, tuple(lifted)
    values, packages, ties, complete = _agreeable(face, lifted)
    if not len(values):
        return ()
    walk_aways = np.array(
        [
            values[:, a].min() if walk is None else face.columns[0, walk[1]]
            for a, walk in enumerate(space.walk_aways[: space.signatories])
        ]
    )
    note = "" if complete else "chosen among the points of a frontier that is not complete"
    return tuple(
        Bargain(
            name=solution.name,
            definition=solution.definition,
            packages=tuple(space.picks(packages[n]) for n in solution.points[:10]),
            values=_worth(face, packages[solution.points[0]]),
            ties=sum(int(ties[n]) for n in solution.points),
            method=Method(how="exact" if complete else "bounded", note=note),
        )
        for solution in solve(values, walk_aways)
    )


def _worth(face: Sample, package: tuple[int, ...]) -> dict[str, float]:
    worth = face.worth(package)[0]
    deciders = face.space.actors[: face.space.deciders]
    return {actor.id: float(worth[a]) for a, actor in enumerate(deciders)}


def efficient(face: Sample, most: int) -> list[tuple[int, ...]]:
    """Return undominated packages that meet every demand at face value, evenly spread."""
    _, packages, _, _ = _agreeable(face, ())
    rows = np.linspace(0, len(packages) - 1, min(most, len(packages))).round().astype(int)
    return [packages[n] for n in dict.fromkeys(rows.tolist())]


def acceptable(face: Sample) -> int | None:
    """Return how many packages all deciders accept at face value; None past the budget."""
    total, limit = 0, COUNTED // len(face.space.branches)
    for branch in face.space.branches:
        tables, allowed = _tables(face, branch, range(face.space.deciders), ())
        count = count_acceptable(tables, _floors(face, ()), allowed=allowed, limit=limit)
        if not count.complete:
            return None
        total += count.at_least
    return total

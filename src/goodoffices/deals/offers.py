"""Packages that could be tabled: the most acceptable one, and others nearly as acceptable.

P(all accept x) is the share of draws in which package x meets every binding demand of every party
that must accept and of every faction with a veto. Its maximum over x lies at or below P(zone):
the zone may hold a different package in every draw, but only one can be tabled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.deals.answers import NO
from goodoffices.deals.draws import Sample, branch_values, joined
from goodoffices.deals.frontier import undominated
from goodoffices.deals.space import Space
from goodoffices.deals.zone import Survey, fitting, samples

__all__ = ["Offers", "Tally", "accepted", "most_acceptable", "tally"]

Package = tuple[int, ...]

MOST_COUNTED = 200_000_000
"""Every package is counted in every draw while packages times draws stay below this,"""
MOST_PACKAGES = 5_000_000
"""and the packages below this, since each has a count of its own in memory."""
POOL = 64
"""Beyond it, so many candidates are counted in every draw."""
TRIAL = 400
"""Candidates are improved, one issue at a time, on so many draws that have a zone."""
MOST_NEAR = 1_000
"""So many of the best packages are looked through for different ones, or all that come near."""
NEAR = 0.8
"""A package is nearly as acceptable if its probability is at least so much of the highest."""
FAR = 0.25
"""One by which others give way is offered if its probability is at least so much of the highest."""


@dataclass(frozen=True, kw_only=True)
class Offers:
    """The most acceptable package and different ones that come near it."""

    packages: tuple[Package, ...]
    """The most acceptable first; at most as many as were asked for."""
    exhaustive: bool
    """Whether every package was counted; otherwise a better one may exist, up to P(zone)."""


@dataclass(frozen=True, kw_only=True)
class Tally:
    """In how many draws each actor accepts a package, and which demands stand against it."""

    package: Package
    draws: int
    accepts: NDArray[np.int64]
    """Shape (actors,): draws in which no demand of the actor's own is broken."""
    ratifies: NDArray[np.int64]
    """Shape (signatories,): draws in which the party and all its factions with a veto accept."""
    all_accept: int
    """Draws in which every signatory and every faction with a veto accepts."""
    against: NDArray[np.int64]
    """Shape (demands,): draws in which the demand binds and the package breaks it."""


def most_acceptable(
    survey: Survey, face: Sample, candidates: Iterable[Package] = (), most: int = 3
) -> Offers:
    """Find the package that all accept in most draws, and different ones that come near it.

    `candidates` are looked at besides those found here, each improved without changing who gives
    way. Different means first: others give way (their demands are broken at face value); then:
    other options. Among packages that are accepted equally often, the one whose smallest gain at
    face value is largest comes first; a package that another beats for every party, and in
    acceptance, is not offered.
    """
    space = survey.space
    if not survey.open.any():
        return Offers(packages=(), exhaustive=True)
    exhaustive = space.packages <= min(MOST_PACKAGES, MOST_COUNTED // survey.draws)
    counts = dict(_count_every(survey)) if exhaustive else _count_pool(survey)
    trial = _trial(survey)
    rest = {_climb(trial, p, lambda other: _bearers(face, other)) for p in candidates}
    tallies = tally(space, sorted(rest - counts.keys()), survey.draws, survey.seed)
    counts.update((t.package, t.all_accept) for t in tallies if t.all_accept)
    ranked = _efficient(face, counts)
    return Offers(packages=_different(face, ranked, counts, most), exhaustive=exhaustive)


def _bearers(face: Sample, package: Package) -> frozenset[str]:
    """Return the parties whose demands a package breaks at face value."""
    space, broken = face.space, face.refusals(package)[0]
    return frozenset(space.case.party_of(space.demand(k).by) for k in space.blocking if broken[k])


def _count_every(survey: Survey) -> Iterator[tuple[Package, int]]:
    from goodoffices.deals._zone import count_acceptances

    space = survey.space
    blocking = np.array(space.blocking, dtype=np.int64)
    counts = [np.zeros(branch.packages, dtype=np.int64) for branch in space.branches]
    start = 0
    for drawn in samples(space, survey.draws, survey.seed):
        # In a draw that stayed undecided there may be packages that all accept.
        rows = np.flatnonzero(survey.answer[start : start + len(drawn)] != NO)
        start += len(drawn)
        for branch, count in zip(space.branches, counts, strict=True):
            count_acceptances(
                np.ascontiguousarray(branch_values(drawn, branch)[:, :, : space.deciders]),
                np.ascontiguousarray(branch.refused[:, blocking]),
                np.ascontiguousarray(drawn.binds[:, blocking]),
                np.ascontiguousarray(drawn.floors[:, : space.deciders]),
                branch.offsets,
                rows,
                count,
            )
    # Only packages near the best are ever shown, and the few best where none comes near.
    for branch, count in zip(space.branches, counts, strict=True):
        sizes = [len(cells) for cells in branch.cells]
        best = np.argsort(-count, kind="stable")[:MOST_NEAR]
        for number in best[count[best] > 0]:
            yield branch.package(map(int, np.unravel_index(number, sizes))), int(count[number])


def _count_pool(survey: Survey) -> dict[Package, int]:
    """Count candidates only: packages that all accept in some draw, improved issue by issue."""
    found, times = np.unique(survey.witness[survey.open], axis=0, return_counts=True)
    pool = [tuple(map(int, found[row])) for row in np.argsort(-times, kind="stable")[:POOL]]
    trial = _trial(survey)
    hits = {package: int(accepted(trial, package).sum()) for package in pool}
    starts = sorted(pool, key=lambda package: -hits[package])[:3]
    pool += [_climb(trial, start) for start in starts]
    return {t.package: t.all_accept for t in tally(survey.space, pool, survey.draws, survey.seed)}


def _trial(survey: Survey) -> Sample:
    """Return the first draws with a zone, at most `TRIAL`."""
    parts, start, room = [], 0, min(TRIAL, fitting(survey.space))
    for drawn in samples(survey.space, survey.draws, survey.seed):
        rows = np.flatnonzero(survey.open[start : start + len(drawn)])[:room]
        start, room = start + len(drawn), room - len(rows)
        parts.append(drawn.take(rows))
        if not room:
            break
    return joined(parts)


def _climb(
    trial: Sample, package: Package, kept: Callable[[Package], object] = lambda _: None
) -> Package:
    """Change one issue at a time while that raises the number of draws in which all accept.

    What `kept` says of the package must stay as it is.
    """
    space, same = trial.space, kept(package)
    best = int(accepted(trial, package).sum())
    better = True
    while better:
        better = False
        for issue, options in enumerate(space.options):
            for option in range(len(options)):
                changed = (*package[:issue], option, *package[issue + 1 :])
                if changed == package or not space.possible(changed):
                    continue
                hits = int(accepted(trial, changed).sum())
                if hits > best and kept(changed) == same:
                    package, best, better = changed, hits, True
    return package


def accepted(drawn: Sample, package: Sequence[int]) -> NDArray[np.bool_]:
    """Return in which draws all deciders accept the package, shape (n,)."""
    blocking = list(drawn.space.blocking)
    broken = drawn.refusals(package)[:, blocking] & drawn.binds[:, blocking]
    return np.logical_not(broken.any(axis=1))


def tally(space: Space, packages: Iterable[Package], draws: int, seed: int) -> list[Tally]:
    """Count acceptances of some packages over the draws."""
    wanted = list(dict.fromkeys(packages))
    index = {actor.id: a for a, actor in enumerate(space.actors)}
    owner = np.array([index[space.demand(k).by] for k in range(len(space.demands))], dtype=int)
    owns = owner[None, :] == np.arange(len(space.actors))[:, None]
    # A party together with its factions that have a veto: who must say yes on its side.
    sides = [
        [a for a, other in enumerate(space.actors[: space.deciders]) if other.party == actor.id]
        for actor in space.actors[: space.signatories]
    ]
    accepts = np.zeros((len(wanted), len(space.actors)), dtype=np.int64)
    ratifies = np.zeros((len(wanted), len(sides)), dtype=np.int64)
    together = np.zeros(len(wanted), dtype=np.int64)
    against = np.zeros((len(wanted), len(space.demands)), dtype=np.int64)
    for drawn in samples(space, draws, seed) if wanted else ():
        for x, package in enumerate(wanted):
            broken = drawn.refusals(package) & drawn.binds
            yes = ~((broken.astype(np.int64) @ owns.T) > 0)
            accepts[x] += yes.sum(axis=0)
            ratifies[x] += [int(yes[:, side].all(axis=1).sum()) for side in sides]
            together[x] += int(yes[:, : space.deciders].all(axis=1).sum())
            against[x] += broken.sum(axis=0)
    return [
        Tally(
            package=package,
            draws=draws,
            accepts=accepts[x],
            ratifies=ratifies[x],
            all_accept=int(together[x]),
            against=against[x],
        )
        for x, package in enumerate(wanted)
    ]


def _efficient(face: Sample, counts: Mapping[Package, int]) -> list[Package]:
    """Return the packages that none beats in acceptance and for every party; the best first."""
    space, packages = face.space, [package for package in counts if counts[package]]
    worth = np.array([face.worth(package)[0, : space.signatories] for package in packages])
    gains = worth - np.maximum(face.floors[0, : space.signatories], -1e3)
    table = np.column_stack([worth, [counts[package] for package in packages]])
    kept = np.flatnonzero(undominated(table))
    return [
        packages[n]
        for n in sorted(kept, key=lambda n: (-counts[packages[n]], -gains[n].min(), packages[n]))
    ]


def _different(
    face: Sample, ranked: Sequence[Package], counts: Mapping[Package, int], most: int
) -> tuple[Package, ...]:
    """Return the first package, then ones by which others give way, then those that differ most."""
    top = counts[ranked[0]]
    chosen, seen = [ranked[0]], {_bearers(face, ranked[0])}
    for package in ranked[:MOST_NEAR]:
        bearers = _bearers(face, package)
        if len(chosen) < most and bearers not in seen and counts[package] >= FAR * top:
            chosen.append(package)
            seen.add(bearers)
    near = [package for package in ranked if counts[package] >= NEAR * top]
    # Where too few come near, the next best are shown with the probability that they have.
    near = near if len(near) >= most else list(ranked[:most])
    pool = [*chosen, *near]
    table = np.array(pool, dtype=float)
    table /= np.maximum(np.ptp(table, axis=0), 1)
    apart = np.abs(table[:, None] - table[: len(chosen)]).sum(axis=2).min(axis=1)
    while len(chosen) < most and apart.max() > 0:
        pick = int(np.argmax(apart))
        chosen.append(pool[pick])
        apart = np.minimum(apart, np.abs(table - table[pick]).sum(axis=1))
    return tuple(sorted(chosen, key=ranked.index))

"""What packages are worth and who accepts them, read straight from the case: plain and slow.

A `Draw` holds one number per uncertain or certain input, by its path in the case, and says which
demands bind. Nothing here looks at the compiled space, so the engine can be held against it.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from goodoffices.case.model import Case, Demand
from goodoffices.case.options import select
from goodoffices.deals.draws import Sample

TOLERANCE = 1e-9
Package = dict[str, str]


@dataclass(frozen=True)
class Draw:
    numbers: Mapping[str, float]
    binds: Mapping[str, bool]


def draws_of(sample: Sample) -> list[Draw]:
    """Turn the engine's draws into the oracle's: numbers by path, demands by id."""
    paths = [given.path for given in sample.space.inputs]
    demands = sample.space.demands
    return [
        Draw(
            dict(zip(paths, row.tolist(), strict=True)), dict(zip(demands, b.tolist(), strict=True))
        )
        for row, b in zip(sample.columns, sample.binds, strict=True)
    ]


def options(case: Case, issue: str) -> list[str]:
    agreed = case.issues[issue].agreed
    return [agreed] if agreed is not None else list(case.issues[issue].option_ids)


def takes_all(case: Case, package: Package, picks: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether for each issue named the package takes one of the options named."""
    return all(package[i] in select(case.issues[i], choices) for i, choices in picks.items())


def possible(case: Case, package: Package) -> bool:
    for linkage in case.linkages.values():
        if takes_all(case, package, linkage.when):
            if linkage.excludes and takes_all(case, package, linkage.excludes):
                return False
            if linkage.requires and not takes_all(case, package, linkage.requires):
                return False
    return True


def packages(case: Case) -> list[Package]:
    every = itertools.product(*(options(case, issue) for issue in case.issues))
    found = [dict(zip(case.issues, picked, strict=True)) for picked in every]
    return [package for package in found if possible(case, package)]


def path_of(case: Case, actor: str, issue: str) -> str:
    own = issue in case.positions.get(actor, {})
    return f"positions.{actor if own else case.party_of(actor)}.{issue}"


def weights(case: Case, actor: str, draw: Draw) -> dict[str, float]:
    """Return shares of the actor's concern; how a set that is not exact adds up is defined here."""
    given = {issue: case.position(actor, issue).weight for issue in case.issues}
    drawn = {issue: draw.numbers[f"{path_of(case, actor, issue)}.weight"] for issue in given}
    exact = all(weight.shape == "exact" for weight in given.values())
    if exact and abs(sum(weight.low for weight in given.values()) - 100) <= 1:
        return {issue: number / 100 for issue, number in drawn.items()}
    known = sum(weight.low for weight in given.values() if weight.shape != "unknown")
    left = max(0.0, 100 - known)
    for issue, weight in given.items():
        if weight.shape == "unknown":
            drawn[issue] *= left / 100
    total = sum(drawn.values())
    return {issue: n / total if total > 0 else 1 / len(drawn) for issue, n in drawn.items()}


def option_value(case: Case, actor: str, issue: str, option: str, draw: Draw) -> float:
    """Return an option's value, 0 to 100; between two numbers it lies on the line."""
    path = f"{path_of(case, actor, issue)}.values"
    numbers = case.issues[issue].numbers
    if not numbers:
        return draw.numbers[f"{path}.{option}"]
    given = sorted(case.position(actor, issue).values or [*numbers][:: len(numbers) - 1], key=float)
    x, xs = numbers[option], [float(n) for n in given]
    ys = [draw.numbers[f"{path}.{n}"] for n in given]
    if x <= xs[0] or x >= xs[-1]:
        return ys[0] if x <= xs[0] else ys[-1]
    right = next(n for n, other in enumerate(xs) if other > x)
    part = (x - xs[right - 1]) / (xs[right] - xs[right - 1])
    return ys[right - 1] + part * (ys[right] - ys[right - 1])


def kept(case: Case, actor: str, issue: str, package: Package, draw: Draw) -> float:
    """Return the probability that what the package says on an issue is kept, for a receiver."""
    chance = 1.0
    for key, promise in case.promises.items():
        receives = actor in promise.to or case.party_of(actor) in promise.to
        choices = promise.delivers.get(issue)
        if not receives or choices is None:
            continue
        if package[issue] not in select(case.issues[issue], choices):
            continue
        own = f"promises.{key}.kept" if promise.trust is None else f"trust.{promise.trust}.kept"
        sure = draw.numbers[own]
        if promise.guarantee is not None:
            by, option = promise.guarantee.issue, package[promise.guarantee.issue]
            for words in promise.guarantee.kept:
                if option in select(case.issues[by], [words]):
                    sure = max(sure, draw.numbers[f"promises.{key}.guarantee.kept.{words}"])
        chance *= sure
    return chance


def value(case: Case, actor: str, package: Package, draw: Draw) -> float:
    total = 0.0
    for issue, weight in weights(case, actor, draw).items():
        worth = option_value(case, actor, issue, package[issue], draw)
        total += weight * worth * kept(case, actor, issue, package, draw)
    for key, linkage in case.linkages.items():
        if linkage.bonus and takes_all(case, package, linkage.when):
            for who in {actor, case.party_of(actor)} & set(linkage.bonus):
                total += draw.numbers[f"linkages.{key}.bonus.{who}"]
    return total


def breaks(case: Case, key: str, package: Package, draw: Draw, lowered: float = 0.0) -> bool:
    demand: Demand = case.demands[key]
    if demand.kind == "walk-away":
        least = draw.numbers[f"demands.{key}.value"] - lowered
        return value(case, demand.by, package, draw) < least - TOLERANCE
    refused = bool(demand.refuses) and takes_all(case, package, demand.refuses)
    return refused or not takes_all(case, package, demand.requires)


def accepts(
    case: Case,
    actor: str,
    package: Package,
    draw: Draw,
    lifted: Collection[str] = (),
    **lower: float,
) -> bool:
    """Whether no binding demand of the actor's own is broken; `lower` lowers walk-aways by id."""
    return not any(
        demand.by == actor and draw.binds[key] and key not in lifted
        and breaks(case, key, package, draw, lower.get(key, 0.0))
        for key, demand in case.demands.items()
    )  # fmt: skip


def deciders(case: Case) -> list[str]:
    """Return the parties that must accept and their factions with a veto."""
    signing = list(case.signatories)
    return signing + [
        key
        for home in signing
        for key, faction in case.parties[home].factions.items()
        if faction.veto
    ]


def acceptable(
    case: Case, draw: Draw, lifted: Collection[str] = (), **lower: float
) -> Iterator[Package]:
    """Yield the packages that everybody accepts in a draw."""
    for package in packages(case):
        if all(accepts(case, actor, package, draw, lifted, **lower) for actor in deciders(case)):
            yield package


def zone(case: Case, draw: Draw, lifted: Collection[str] = (), **lower: float) -> bool:
    return any(True for _ in acceptable(case, draw, lifted, **lower))


def blocking(case: Case) -> list[str]:
    return [key for key, demand in case.demands.items() if demand.by in deciders(case)]


def minimal(sets: Collection[frozenset[str]]) -> set[frozenset[str]]:
    return {one for one in sets if not any(other < one for other in sets)}


def all_subsets(keys: list[str]) -> list[frozenset[str]]:
    return [frozenset(c) for n in range(len(keys) + 1) for c in itertools.combinations(keys, n)]


def conflicts(case: Case, draw: Draw) -> set[frozenset[str]]:
    """Return every minimal set of demands that no package can meet together: all subsets, asked."""
    keys = blocking(case)
    return minimal(
        [one for one in all_subsets(keys) if not zone(case, draw, lifted=set(keys) - one)]
    )


def openings(case: Case, draw: Draw) -> set[frozenset[str]]:
    """Return every minimal set of demands whose lifting opens a package."""
    return minimal([one for one in all_subsets(blocking(case)) if zone(case, draw, lifted=one)])


def frontier(points: Collection[tuple[float, ...]]) -> set[tuple[float, ...]]:
    """Return the points, rounded to the tolerance, that no other dominates."""
    rounded = {tuple(round(number, 8) for number in point) for point in points}
    return {
        point
        for point in rounded
        if not any(
            other != point and all(o >= p for o, p in zip(other, point, strict=True))
            for other in rounded
        )
    }


def solutions(points: list[tuple[float, ...]], no_deal: tuple[float, ...]) -> dict[str, set[int]]:
    """Return which points each bargaining solution selects: by its definition, point by point.

    Points meet the no-deal point. Parties that can't gain are left out, as the engine says.
    """
    gains = [tuple(max(u - r, 0) for u, r in zip(point, no_deal, strict=True)) for point in points]
    most = [max(column) for column in zip(*gains, strict=True)]
    able = [p for p, top in enumerate(most) if top > TOLERANCE]
    scores: dict[str, list[tuple[float, ...]]] = {
        "Nash": [(math.prod(g[p] / most[p] for p in able),) for g in gains],
        "Kalai-Smorodinsky": [tuple(sorted(g[p] / most[p] for p in able)) for g in gains],
        "egalitarian": [tuple(sorted(g[p] for p in able)) for g in gains],
        "utilitarian": [(sum(point),) for point in points],
    }
    return {name: _largest(rows) for name, rows in scores.items()}


def _largest(rows: list[tuple[float, ...]]) -> set[int]:
    """Return the lexicographically largest rows; numbers 1e-9 apart are equal."""
    left = set(range(len(rows)))
    for column in range(len(rows[0]) if rows else 0):
        top = max(rows[n][column] for n in left)
        left = {n for n in left if rows[n][column] >= top - TOLERANCE * max(1.0, abs(top))}
    return left

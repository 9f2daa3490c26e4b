"""The space of packages: a case compiled for the engine.

A package picks one option for every issue. What ties options of different issues together is
always a *pattern* (for some issues, some of their options): a linkage forbids one or adds a bonus
to it, a red line refuses one, a guarantee changes the worth of a promise within one. Issues that
share a pattern are merged into one block whose cells are their joint options, so that a package's
value is a plain sum over blocks. Where a merged block would grow too large, the engine conditions
on an issue that ties it together: one branch for each class of its options that all ties treat
alike.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Case, Demand, Issue, Picks, Position
from goodoffices.case.options import select
from goodoffices.case.quantity import Probability, Quantity, Value
from goodoffices.deals.blocks import Branch, Effect, Pattern, split
from goodoffices.deals.share import Share, exact, share
from goodoffices.errors import ModelError, clip

__all__ = [
    "TOLERANCE",
    "Actor",
    "Input",
    "Space",
    "Stake",
    "compile_space",
]

TOLERANCE = 1e-9
"""Values that differ by no more are equal; in points of the 0-100 scale."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Actor:
    """A party or faction whose acceptance is computed."""

    id: str
    party: str
    """The party itself, or the one that the faction belongs to."""
    part: Literal["signatory", "veto", "assessed"]
    """Must accept; must ratify; or is only assessed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Input:
    """One number of the case, and on what it rests."""

    path: str
    quantity: Quantity
    founded: Literal["claimed", "assumed", "unfounded"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Stake:
    """Where an actor's value of an issue comes from: columns of the inputs.

    The value of option o is `weight * (values @ mix)[o] / 100`, in points.
    """

    weight: int
    values: tuple[int, ...]
    mix: NDArray[np.float64]
    """Shape (values, options): the identity, or interpolation between the numbers given."""


@dataclass(frozen=True, kw_only=True)
class Space:
    """All packages of a case, and where every number about them comes from."""

    case: Case
    issues: tuple[str, ...]
    options: tuple[tuple[str, ...], ...]
    actors: tuple[Actor, ...]
    """Signatories first, then factions with a veto, then those who are only assessed."""
    inputs: tuple[Input, ...]
    stakes: tuple[tuple[Stake, ...], ...]
    """Per actor, per issue."""
    effects: tuple[Effect, ...]
    demands: tuple[str, ...]
    refusals: tuple[tuple[Pattern, ...], ...]
    """Per demand, the patterns it refuses; none for a walk-away."""
    walk_aways: tuple[tuple[int, int] | None, ...]
    """Per actor: index of its walk-away among the demands, and the input column of its value."""
    firmness: tuple[int, ...]
    """Per demand, the input column of its firmness."""
    forbidden: tuple[Pattern, ...]
    """Patterns that linkages make impossible."""
    branches: tuple[Branch, ...]

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each issue's options start in the flat list of options."""
        return (0, *itertools.accumulate(len(o) for o in self.options))

    @property
    def signatories(self) -> int:
        """Number of actors who must accept."""
        return sum(actor.part == "signatory" for actor in self.actors)

    @property
    def deciders(self) -> int:
        """Number of actors whose demands can block: signatories and factions with a veto."""
        return sum(actor.part != "assessed" for actor in self.actors)

    @property
    def packages(self) -> int:
        """Number of packages that no linkage forbids."""
        return sum(branch.packages for branch in self.branches)

    @cached_property
    def certain(self) -> bool:
        """Whether no number is uncertain and every demand surely binds or surely does not."""
        sure = all(self.inputs[c].quantity.central in (0.0, 1.0) for c in self.firmness)
        return sure and not any(given.quantity.uncertain for given in self.inputs)

    def share(self, hits: int, draws: int, undecided: int = 0) -> Share:
        """Return a share of draws: exact where one draw is all there is to draw."""
        if self.certain and not undecided:
            return exact(hits / draws)
        return share(hits, draws, undecided)

    @cached_property
    def blocking(self) -> tuple[int, ...]:
        """Indices of the demands that can block: those of the deciders."""
        deciding = {actor.id for actor in self.actors[: self.deciders]}
        return tuple(k for k in range(len(self.demands)) if self.demand(k).by in deciding)

    @cached_property
    def walk_away_of(self) -> dict[int, int]:
        """Index of each walk-away among the demands, to the actor that has it."""
        return {walk[0]: a for a, walk in enumerate(self.walk_aways) if walk is not None}

    def demand(self, index: int) -> Demand:
        """Return the demand with this index."""
        return self.case.demands[self.demands[index]]

    def picks(self, package: Sequence[int]) -> dict[str, str]:
        """Return issue id to option id for a package of option indices."""
        return {
            issue: options[o]
            for issue, options, o in zip(self.issues, self.options, package, strict=True)
        }

    def package(self, picks: dict[str, str]) -> tuple[int, ...]:
        """Return the option index per issue for picks; agreed issues may be left out.

        Raises `ModelError` if an open issue is left out or several of its options are picked.
        """
        found = []
        for key, options in zip(self.issues, self.options, strict=True):
            if len(options) > 1 and key not in picks:
                raise ModelError(f"a package picks no option of {clip(key)}; add one")
            one = len(options) > 1 and _one(self.case.issues[key], picks[key])
            found.append(options.index(one) if one else 0)
        return tuple(found)

    def possible(self, package: Sequence[int]) -> bool:
        """Whether no linkage forbids the package."""
        return not any(pattern.matches(package) for pattern in self.forbidden)


_Level = tuple[tuple[tuple[int, frozenset[int]], ...], tuple[int, ...]]
"""Picks of a guarantee, and the input columns of P(kept) under them; the largest counts."""


def _one(issue: Issue, words: str) -> str:
    """Return the one option that the words pick; `10.0` is the option `10`."""
    found = select(issue, (words,))
    if len(found) > 1:
        raise ModelError(
            f'"{clip(words)}" picks {len(found)} options of {clip(issue.name)}; name one'
        )
    return found[0]


class _Inputs:
    """Collects the numbers of a case, each path once."""

    def __init__(self) -> None:
        self.columns: dict[str, int] = {}
        self.inputs: list[Input] = []

    def add(
        self, path: str, quantity: Quantity, founded: Literal["claimed", "assumed", "unfounded"]
    ) -> int:
        if path not in self.columns:
            self.columns[path] = len(self.inputs)
            self.inputs.append(Input(path=path, quantity=quantity, founded=founded))
        return self.columns[path]


def compile_space(case: Case) -> Space:
    """Compile a checked case.

    Raises `ModelError` if its linkages tie so many options together that no exact answer fits
    into memory, or if it has no issue or nobody who must accept.
    """
    if not case.issues or not case.signatories:
        what = "no issue" if not case.issues else "no party that must accept"
        raise ModelError(f"a case with {what} has no packages to compare; add one")
    inputs = _Inputs()
    issues = tuple(case.issues)
    options = tuple(
        (_one(issue, issue.agreed),) if issue.agreed is not None else issue.option_ids
        for issue in case.issues.values()
    )
    actors = tuple(_actors(case))
    patterns = _Patterns(case, issues, options)
    stakes = tuple(
        tuple(_stake(case, actor.id, i, o, inputs) for i, o in zip(issues, options, strict=True))
        for actor in actors
    )
    index = {actor.id: a for a, actor in enumerate(actors)}
    effects = (*_bonuses(case, index, patterns, inputs), *_promises(case, index, patterns, inputs))
    demands = tuple(k for k, demand in case.demands.items() if demand.by in index)
    refusals = tuple(patterns.of_demand(case.demands[k]) for k in demands)
    forbidden = tuple(patterns.forbidden())
    walk_aways = tuple(_walk_away(case, actor.id, demands, inputs) for actor in actors)
    firmness = tuple(_firmness(case, k, inputs) for k in demands)
    ties = (*forbidden, *itertools.chain(*refusals), *(e.pattern for e in effects))
    return Space(
        case=case,
        issues=issues,
        options=options,
        actors=actors,
        stakes=stakes,
        effects=effects,
        demands=demands,
        refusals=refusals,
        inputs=tuple(inputs.inputs),
        walk_aways=walk_aways,
        firmness=firmness,
        forbidden=forbidden,
        branches=split(options, ties, forbidden, refusals, effects),
    )


def _actors(case: Case) -> Iterator[Actor]:
    factions = case.factions
    veto = [f for f, p in factions.items() if case.parties[p].factions[f].veto]
    vetoes = [f for f in veto if case.parties[factions[f]].signs]
    for key in case.signatories:
        yield Actor(id=key, party=key, part="signatory")
    for key in vetoes:
        yield Actor(id=key, party=factions[key], part="veto")
    speaks = {*case.positions, *(demand.by for demand in case.demands.values())}
    for key in (*case.parties, *factions):
        if key not in case.signatories and key not in vetoes and key in speaks:
            yield Actor(id=key, party=case.party_of(key), part="assessed")


class _Patterns:
    """Turns picks of a case (ids) into patterns (indices)."""

    def __init__(
        self, case: Case, issues: tuple[str, ...], options: tuple[tuple[str, ...], ...]
    ) -> None:
        self.case, self.issues, self.options = case, issues, options

    def of(self, picks: Picks) -> Pattern:
        """Return the pattern; options that an agreed issue no longer offers drop out."""
        pairs = []
        for issue, choices in picks.items():
            i = self.issues.index(issue)
            wanted = select(self.case.issues[issue], choices)
            pairs.append((i, frozenset(n for n, o in enumerate(self.options[i]) if o in wanted)))
        return Pattern(picks=tuple(sorted(pairs, key=lambda pair: pair[0])))

    def without(self, issue: int, taken: frozenset[int]) -> frozenset[int]:
        return frozenset(range(len(self.options[issue]))) - taken

    def of_demand(self, demand: Demand) -> tuple[Pattern, ...]:
        """Return what the demand refuses: its `refuses`, and the rest of each `requires`."""
        found = [self.of(demand.refuses)] if demand.refuses else []
        for i, wanted in self.of(demand.requires).picks:
            found.append(Pattern(picks=((i, self.without(i, wanted)),)))
        return tuple(p for p in found if all(options for _, options in p.picks))

    def forbidden(self) -> Iterator[Pattern]:
        """Yield what linkages exclude, and `when` together with the rest of each `requires`."""
        for linkage in self.case.linkages.values():
            when = self.of(linkage.when).picks
            if linkage.excludes:
                yield Pattern(picks=(*when, *self.of(linkage.excludes).picks))
            for i, wanted in self.of(linkage.requires).picks:
                rest = self.without(i, wanted)
                if rest:
                    yield Pattern(picks=(*when, (i, rest)))


def _stake(case: Case, actor: str, issue: str, options: tuple[str, ...], inputs: _Inputs) -> Stake:
    position = case.position(actor, issue)
    given = issue in case.positions.get(actor, {})
    home = actor if given else case.party_of(actor)
    path = f"positions.{home}.{issue}"
    numbers = case.issues[issue].numbers
    points = _points(position, options, numbers)
    mix = (
        np.eye(len(options))
        if not numbers
        else _interpolation([float(p) for p in points], [numbers[o] for o in options])
    )
    founded = position.founded
    columns = tuple(
        inputs.add(f"{path}.values.{p}", position.values.get(p, Value.parse(None)), founded)
        for p in points
    )
    weight = inputs.add(f"{path}.weight", position.weight, founded)
    return Stake(weight=weight, values=columns, mix=mix)


def _points(
    position: Position, options: tuple[str, ...], numbers: dict[str, float]
) -> tuple[str, ...]:
    """Return the options whose values are inputs: all, or the numbers that a position gives."""
    if not numbers:
        return options
    if position.values:
        return tuple(sorted(position.values, key=float))
    ends = tuple(numbers)
    return (ends[0], ends[-1])


def _interpolation(points: Sequence[float], wanted: Sequence[float]) -> NDArray[np.float64]:
    """Return the matrix (points, wanted) of linear interpolation, constant beyond the ends."""
    return np.array([np.interp(wanted, points, unit) for unit in np.eye(len(points))])


def _bonuses(
    case: Case, index: dict[str, int], patterns: _Patterns, inputs: _Inputs
) -> Iterator[Effect]:
    for key, linkage in case.linkages.items():
        for actor, bonus in linkage.bonus.items():
            column = inputs.add(f"linkages.{key}.bonus.{actor}", bonus, linkage.founded)
            for a in _members(case, actor, index):
                yield Effect(pattern=patterns.of(linkage.when), actor=a, bonus=column)


def _members(case: Case, actor: str, index: dict[str, int]) -> list[int]:
    """Return an actor and, for a party, its factions: what it receives, they receive."""
    return [a for key, a in index.items() if key == actor or case.factions.get(key) == actor]


def _promises(
    case: Case, index: dict[str, int], patterns: _Patterns, inputs: _Inputs
) -> Iterator[Effect]:
    """Yield the doubt about every promised option, for each who receives it.

    An option that several promises deliver is worth its value only if all of them are kept.
    """
    offsets = (0, *itertools.accumulate(map(len, patterns.options)))
    owed: dict[tuple[int, int, int], list[list[_Level]]] = {}
    for key, promise in case.promises.items():
        levels = _levels(case, key, patterns, inputs)
        receivers = dict.fromkeys(a for who in promise.to for a in _members(case, who, index))
        for issue, options in patterns.of(promise.delivers).picks:
            for option, a in itertools.product(sorted(options), receivers):
                owed.setdefault((a, issue, option), []).append(levels)
    for (a, issue, option), promised in owed.items():
        for chosen in itertools.product(*promised):
            under = itertools.chain(*(picks for picks, _ in chosen))
            yield Effect(
                pattern=Pattern(picks=((issue, frozenset({option})), *under)),
                actor=a,
                promised=offsets[issue] + option,
                kept=tuple(columns for _, columns in chosen),
            )


def _levels(case: Case, key: str, patterns: _Patterns, inputs: _Inputs) -> list[_Level]:
    """Return under which options of its guarantee a promise is kept with which probability."""
    promise = case.promises[key]
    path, kept, founded = f"promises.{key}.kept", promise.kept, promise.founded
    if promise.trust is not None:
        trust = case.trust[promise.trust]
        path, kept, founded = f"trust.{promise.trust}.kept", trust.kept, trust.founded
    base = inputs.add(path, kept if kept is not None else Probability.parse(None), founded)
    if promise.guarantee is None:
        return [((), (base,))]
    g = patterns.issues.index(promise.guarantee.issue)
    raised: dict[int, list[int]] = {n: [base] for n in range(len(patterns.options[g]))}
    for words, sure in promise.guarantee.kept.items():
        ((_, picked),) = patterns.of({promise.guarantee.issue: (words,)}).picks
        if picked:
            where = f"promises.{key}.guarantee.kept.{words}"
            column = inputs.add(where, sure, promise.founded)
        for n in picked:
            raised[n].append(column)
    under: dict[tuple[int, ...], set[int]] = {}
    for n, columns in raised.items():
        under.setdefault(tuple(columns), set()).add(n)
    return [(((g, frozenset(some)),), columns) for columns, some in under.items()]


def _walk_away(
    case: Case, actor: str, demands: tuple[str, ...], inputs: _Inputs
) -> tuple[int, int] | None:
    key = case.walk_away(actor)
    if key is None:
        return None
    demand = case.demands[key]
    return demands.index(key), inputs.add(f"demands.{key}.value", demand.worth, demand.founded)


def _firmness(case: Case, key: str, inputs: _Inputs) -> int:
    demand = case.demands[key]
    return inputs.add(f"demands.{key}.firmness", demand.binds, demand.founded)

"""The deals lens: one case in, one frozen result out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from goodoffices.case.drafts import settled
from goodoffices.case.model import Case
from goodoffices.case.scenario import apply_scenario
from goodoffices.deals.answers import UNDECIDED, YES
from goodoffices.deals.concessions import PRICED, concessions
from goodoffices.deals.conflicts import conflicts
from goodoffices.deals.draws import Sample, at_face_value, joined
from goodoffices.deals.offers import Tally, most_acceptable, tally
from goodoffices.deals.progress import interests, overlaps, progress
from goodoffices.deals.promises import promises
from goodoffices.deals.results import (
    Acceptance,
    AssessedPackage,
    Deals,
    FactionAcceptance,
    Method,
    Objection,
    ScenarioReport,
    Zone,
)
from goodoffices.deals.solving import acceptable, bargain, efficient, frontier_report
from goodoffices.deals.space import Space, compile_space
from goodoffices.deals.unknowns import footing, unknowns
from goodoffices.deals.zone import Progress, Survey, decided, fitting, samples, survey
from goodoffices.errors import ModelError

__all__ = ["DRAWS", "assess", "deals"]

DRAWS = 10_000
"""Draws unless stated otherwise: an error of at most half a per cent."""
CANDIDATES = 40
"""So many packages of the frontier at face value are counted as candidates for an offer."""


def deals(
    case: Case,
    *,
    scenario: str | None = None,
    draws: int = DRAWS,
    seed: int = 0,
    compare: bool = True,
    progress_to: Progress | None = None,
) -> Deals:
    """Answer every question of the deals lens about a case, or about one of its scenarios.

    The case must have passed `goodoffices.case.check`. A case without uncertain numbers is answered
    exactly, whatever `draws` says. With `compare`, every scenario of the case is set beside it.
    `progress_to(done, all)` is called as draws are decided.

    Raises `ScenarioError` for an unknown scenario, `ModelError` for a case that has no issue or
    ties too many options together, `ValueError` for fewer than one draw.
    """
    if draws < 1:
        raise ValueError(f"draws must be at least 1, not {draws}")
    case = settled(case)
    subject = apply_scenario(case, scenario) if scenario is not None else case
    if not subject.issues:
        raise ModelError(
            "issues: there is none, so no package can be looked for; add `issues`, "
            "or ask what keeps the status quo: goodoffices moves"
        )
    space = compile_space(subject)
    found = survey(space, _needed(space, draws), seed, progress=progress_to)
    face = at_face_value(space)
    blocked = conflicts(face)
    moving = unknowns(found)
    opened = [space.package(o.package) for o in blocked.openings if o.package is not None]
    offers = most_acceptable(found, face, [*opened, *efficient(face, CANDIDATES)])
    named = [(p.name, space.package(p.picks)) for p in subject.packages.values()]
    offered = [(f"Package {'ABCDEFGH'[n]}", p) for n, p in enumerate(offers.packages)]
    assessed = assess(space, [*offered, *named], found.draws, seed)
    method = _method(found)
    zone = space.share(int(found.open.sum()), found.draws, found.undecided)
    best = assessed[0].all_accept.value if offered else 0.0
    return Deals(
        title=subject.title,
        scenario=scenario,
        zone=Zone(
            probability=zone,
            at_face_value=_holds(face),
            packages=space.packages,
            acceptable=acceptable(face),
            footing=footing(found, moving),
            method=method,
        ),
        conflicts=blocked,
        concessions=concessions(found),
        offers=tuple(assessed[: len(offered)]),
        offers_method=_offers_method(method, exhaustive=offers.exhaustive),
        gap=max(0.0, zone.value - best),
        packages=tuple(assessed[len(offered) :]),
        bargains=bargain(face),
        frontier=frontier_report(face),
        unknowns=moving,
        progress=progress(space, found.draws, seed),
        overlaps=overlaps(face),
        interests=interests(space),
        promises=promises(_first(space, found.draws, seed)),
        scenarios=tuple(_compare(subject, found, draws)) if compare and scenario is None else (),
        method=method,
    )


def _first(space: Space, draws: int, seed: int) -> Sample:
    """Return the first draws, as many as the spread of a cost needs and memory holds."""
    return joined([*samples(space, min(PRICED, draws, fitting(space)), seed)])


def _holds(face: Sample) -> bool | None:
    """Whether a package meets every demand at face value; None if that stays undecided."""
    answer, _ = decided(face)
    return None if answer == UNDECIDED else answer == YES


def _needed(space: Space, draws: int) -> int:
    """One draw is all of them where nothing is uncertain."""
    return 1 if space.certain else draws


def _method(found: Survey) -> Method:
    if found.undecided:
        note = f"{found.undecided} draws stayed undecided within the budget; intervals allow for it"
        return Method(how="bounded", draws=found.draws, seed=found.seed, note=note)
    if found.space.certain:
        return Method(how="exact")
    return Method(how="sampled", draws=found.draws, seed=found.seed)


def _offers_method(method: Method, *, exhaustive: bool) -> Method:
    if exhaustive:
        return method
    note = "only likely candidates were counted; a better package may exist, up to P(zone)"
    return Method(how="bounded", draws=method.draws, seed=method.seed, note=note)


def _compare(case: Case, base: Survey, draws: int) -> Iterable[ScenarioReport]:
    for key in case.scenarios:
        space = compile_space(apply_scenario(case, key))
        other = survey(space, _needed(space, draws), base.seed, ladder=False)
        face = at_face_value(space)
        # Common random numbers: the difference is taken draw by draw, and so is its error. One
        # that is certain has a single draw, which is set against each of the other's.
        change = other.open.astype(float) - base.open.astype(float)
        yield ScenarioReport(
            scenario=key,
            zone=space.share(int(other.open.sum()), other.draws, other.undecided),
            change=float(change.mean()),
            change_error=float(change.std() / np.sqrt(len(change))),
            at_face_value=_holds(face),
            conflicts=len(conflicts(face).conflicts),
        )


def assess(
    space: Space, packages: Sequence[tuple[str, tuple[int, ...]]], draws: int, seed: int
) -> list[AssessedPackage]:
    """Return what named packages are worth, and who accepts them in how many draws."""
    face = at_face_value(space)
    tallies = {t.package: t for t in tally(space, [p for _, p in packages], draws, seed)}
    return [_assessed(face, name, tallies[package]) for name, package in packages]


def _assessed(face: Sample, name: str, counted: Tally) -> AssessedPackage:
    space, package = face.space, counted.package
    worth = face.worth(package)[0]
    broken = face.refusals(package)[0]
    walk_aways = {
        actor.id: face.columns[0, walk[1]]
        for actor, walk in zip(space.actors, space.walk_aways, strict=True)
        if walk is not None
    }
    values = {actor.id: float(worth[a]) for a, actor in enumerate(space.actors)}
    possible = space.possible(package)
    return AssessedPackage(
        name=name,
        picks=space.picks(package),
        values=values,
        gains={key: values[key] - float(least) for key, least in walk_aways.items()},
        breaks=tuple(key for key, out in zip(space.demands, broken, strict=True) if out),
        forbidden=not possible,
        all_accept=space.share(counted.all_accept if possible else 0, counted.draws),
        acceptance=tuple(_acceptance(space, counted, party) for party in _parties(space)),
    )


def _parties(space: Space) -> list[str]:
    return list(dict.fromkeys(actor.party for actor in space.actors))


def _acceptance(space: Space, counted: Tally, party: str) -> Acceptance:
    index = {actor.id: a for a, actor in enumerate(space.actors)}
    draws = counted.draws
    # A party without positions or demands of its own has nothing to object to.
    alone = int(counted.accepts[index[party]]) if party in index else counted.draws
    signs = party in index and space.actors[index[party]].part == "signatory"
    ratified = int(counted.ratifies[index[party]]) if signs else alone
    mine = [
        k for k in range(len(space.demands)) if space.case.party_of(space.demand(k).by) == party
    ]
    against = sorted((k for k in mine if counted.against[k]), key=lambda k: -counted.against[k])
    return Acceptance(
        party=party,
        must_accept=signs,
        alone=space.share(alone, draws),
        ratified=space.share(ratified, draws),
        factions=tuple(
            FactionAcceptance(
                faction=actor.id,
                veto=actor.part == "veto",
                share=space.share(int(counted.accepts[a]), draws),
            )
            for a, actor in enumerate(space.actors)
            if actor.party == party and actor.id != party
        ),
        objections=tuple(
            Objection(demand=space.demands[k], share=space.share(int(counted.against[k]), draws))
            for k in against
        ),
    )

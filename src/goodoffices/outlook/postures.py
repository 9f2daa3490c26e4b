"""Table, hold or contain, from what a case states of the mediator's own view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.check_outlook import BEST, DEAL, OPEN
from goodoffices.case.outlook import Factor
from goodoffices.case.outlook import Tabling as Given
from goodoffices.deals.answers import UNDECIDED, YES
from goodoffices.deals.results import AssessedPackage, Deals
from goodoffices.outlook.hazards import Hazards
from goodoffices.outlook.ratification import Ratified, ratified
from goodoffices.outlook.results import (
    InfluenceReport,
    PostureReport,
    PostureRisk,
    TablingReport,
    ThresholdReport,
)
from goodoffices.outlook.standing import Table
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.tabling import Influence, Posture, Tabling, prospect, weigh

__all__ = ["package_of", "tabling_report"]

Floats = NDArray[np.float64]

WHERE = "outlook.tabling"
MOST = 8
"""Influences that are told."""


def package_of(subject: Subject, deals: Deals) -> tuple[str, AssessedPackage] | None:
    """Return the package that is weighed, and its id; None if no package is accepted at all."""
    given = subject.outlook.tabling
    if given is not None and given.package != BEST:
        named = dict(zip(subject.case.packages, deals.packages, strict=True))
        return given.package, named[given.package]
    return (deals.offers[0].name, deals.offers[0]) if deals.offers else None


def tabling_report(
    subject: Subject, deals: Deals, table: Table, hazards: Hazards
) -> TablingReport | None:
    """Return what tabling is worth next to holding and containing; None without a package.

    Acceptance by each party and each faction with a veto is the deals lens's; how far answers go
    together is stated. A refusal multiplies hazards as stated, and that of a deal by P(zone) with
    the walk-aways that a refusal raises over P(zone) now, see `_drop`.
    """
    given, chosen = subject.outlook.tabling, package_of(subject, deals)
    if given is None or chosen is None:
        return None
    key, package = chosen
    accepted = _accepted(subject, given, package)
    raised = {
        actor: subject.inputs.of(f"{WHERE}.alternatives.{actor}", points)
        for actor, points in given.alternatives.items()
    }
    after = table.zone(raised) if raised else None
    found = _weighed(subject, given, hazards, accepted, _drop(table, raised))
    return TablingReport(
        package=key,
        picks=package.picks,
        accept=found.accept,
        counted=package.all_accept,
        sides={side: float(p.mean()) for side, p in accepted.sides.items()},
        zone_after=after,
        postures=tuple(map(_posture, found.postures)),
        thresholds=tuple(
            ThresholdReport(
                against="hold" if one.against == "hold" else "contain",
                probability=one.probability,
                band=one.band,
                words=one.words,
            )
            for one in found.thresholds
        ),
        above=found.above,
        influences=_influences(found.influences),
        lead=_influences(found.lead),
    )


def _accepted(subject: Subject, given: Given, package: AssessedPackage) -> Ratified:
    sides = {
        one.party: [one.alone.value, *(f.share.value for f in one.factions if f.veto)]
        for one in package.acceptance
        if one.must_accept
    }
    within = subject.inputs.of(f"{WHERE}.together", given.together)
    return ratified(sides, within=within)


def _drop(table: Table, raised: Mapping[str, Floats]) -> Floats:
    """Return by how much a refusal multiplies the chance that a package exists, (n,).

    In a draw there is a zone or there is none, so the chance for some points r_j is fitted: the
    change of P(zone) as sum_j b_j r_j, with b by least squares over the draws; no points change
    nothing. The mean is then that of the draws themselves.
    """
    now = (table.now == YES) + (table.now == UNDECIDED) / 2
    if not raised or not now.any():
        return np.ones(1)
    answers = table.answers(raised)
    after = (answers == YES) + (answers == UNDECIDED) / 2
    points = np.column_stack(list(raised.values()))
    known = np.column_stack([np.resize(column, len(now)) for column in raised.values()])
    slopes = np.linalg.lstsq(known, after - now, rcond=None)[0]
    factor = np.maximum(1 + points @ slopes / now.mean(), 0.0)
    mean = factor[: len(now)].mean()
    return np.asarray(factor * (after.mean() / now.mean() / mean) if mean > 0 else factor)


def _weighed(
    subject: Subject, given: Given, hazards: Hazards, accepted: Ratified, drop: Floats
) -> Tabling:
    inputs = subject.inputs
    lowered = {DEAL: drop} if DEAL in hazards.risks else {}
    return weigh(
        accept=accepted.together,
        package=inputs.of(f"{WHERE}.accepted", given.accepted),
        worth={
            end: inputs.of(f"{WHERE}.worth.{end}", given.worth[end])
            for end in (*hazards.risks, OPEN)
        },
        hold=prospect(hazards),
        refused=prospect(hazards, _factors(subject, "refused", given.refused, lowered)),
        contain=prospect(hazards, _factors(subject, "contain", given.contain, {})),
        lost=inputs.of(f"{WHERE}.lost", given.lost),
        inputs=inputs.drawn,
        harmful=[key for key, risk in subject.outlook.risks.items() if risk.harms],
    )


def _factors(
    subject: Subject, name: str, given: Mapping[str, Factor], more: Mapping[str, Floats]
) -> dict[str, Floats]:
    """Return by what a posture multiplies hazards: what it states, and what follows."""
    drawn = {
        risk: subject.inputs.of(f"{WHERE}.{name}.{risk}", factor) for risk, factor in given.items()
    }
    return drawn | {risk: drawn.get(risk, 1.0) * factor for risk, factor in more.items()}


def _influences(found: Sequence[Influence]) -> tuple[InfluenceReport, ...]:
    return tuple(
        InfluenceReport(path=one.name, share=one.share.share, error=one.share.error)
        for one in found[:MOST]
        # What lies within two of its errors may be chance.
        if one.share.share > 2 * one.share.error
    )


def _posture(found: Posture) -> PostureReport:
    return PostureReport(
        posture=found.name,
        worth=found.worth,
        mean=found.mean,
        ends=dict(found.ends),
        foremost=found.foremost,
        risks=tuple(
            PostureRisk(end=one.end, probability=one.probability, more=one.more, harms=one.harms)
            for one in found.risks
        ),
        harm=found.harm,
    )

"""Beliefs about parties, and trust between them, as a case states them.

A belief starts from its prior, and each event moves it by the likelihood ratio that the event
states for it. Where the belief says what would be different if it were false (`unless`), it acts on
a hazard by the factor

    (b + (1 - b) u) / (b0 + (1 - b0) u)          b now, b0 prior, u the factor of `unless`

so that it changes nothing while nothing is learnt: the hazard from a reference class holds for a
party as it was believed to be before the events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.outlook import Belief
from goodoffices.outlook.bands import Band, band, course
from goodoffices.outlook.beliefs import Moved, beliefs_over_time, event_of_ratio, update
from goodoffices.outlook.results import BeliefMove, BeliefReport, Curve, TrustReport
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.trust import Record, trust

__all__ = ["Believed", "believed", "trust_reports"]

Floats = NDArray[np.float64]

EDGE = 0.001
"""Nothing about a party is held for certain: priors are moved into EDGE to 1 - EDGE."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Believed:
    """A belief, and what it does to hazards."""

    report: BeliefReport
    factors: dict[str, Floats]
    """Risk to factors, shape (weeks, n)."""


def believed(subject: Subject, key: str) -> Believed:
    """Return one belief on its way from the prior to the horizon."""
    given, inputs = subject.outlook.beliefs[key], subject.inputs
    where = f"outlook.beliefs.{key}"
    prior = np.clip(inputs.of(f"{where}.prior", given.prior), EDGE, 1 - EDGE)
    signals = [
        event_of_ratio(name, day.toordinal(), inputs.of(f"outlook.events.{name}.signals.{key}", q))
        for name, event in subject.outlook.events.items()
        if (day := event.date.date) is not None and (q := event.signals.get(key)) is not None
    ]
    start, cap, half_life = np.column_stack([prior, 1 - prior]), given.cap, _days(given)
    today = subject.today.toordinal()
    now = update([key, ""], start, signals, day=today, event_cap=cap, half_life=half_life)
    weeks = today + 7 * np.arange(subject.weeks + 1)
    over = beliefs_over_time(start, signals, weeks, event_cap=cap, half_life=half_life)[:, :, 0]
    over = np.broadcast_to(over, (len(weeks), inputs.draws))
    factors = {
        risk: _factor(over, prior, inputs.of(f"{where}.unless.{risk}", unless))
        for risk, unless in given.unless.items()
    }
    report = BeliefReport(
        belief=key,
        about=given.about,
        prior=band(prior),
        now=band(over[0]),
        moves=tuple(_move(moved) for moved in now.moved),
        course=_curve(over),
        changes={risk: band(factor[0]) for risk, factor in factors.items()},
    )
    return Believed(report=report, factors={r: f[:-1] for r, f in factors.items()})


def _days(given: Belief) -> float:
    return float("inf") if given.half_life is None else 7 * given.half_life


def _factor(over: Floats, prior: Floats, unless: Floats) -> Floats:
    return np.asarray((over + (1 - over) * unless) / (prior + (1 - prior) * unless))


def _move(moved: Moved) -> BeliefMove:
    after: Band = moved.after[0]
    return BeliefMove(
        event=moved.name,
        date=date.fromordinal(int(moved.day)),
        ratio=moved.ratio,
        capped=moved.capped,
        left=moved.left,
        after=after,
    )


def _curve(over: Floats) -> Curve:
    found = course(over.T)
    return Curve(
        low=tuple(found.low.tolist()),
        central=tuple(found.central.tolist()),
        high=tuple(found.high.tolist()),
    )


def trust_reports(subject: Subject) -> tuple[TrustReport, ...]:
    """Return for each record what it makes of the trust level of the same id.

    The middle of the level's own `kept` is the prior mean, worth 20 promises. `written` can be put
    into `kept` of the level: then the deals lens values promises by it. Nothing is put there
    unasked, since a range that somebody wrote down may know more than the record.
    """
    return tuple(_trust(subject, key) for key in subject.outlook.records)


def _trust(subject: Subject, key: str) -> TrustReport:
    given, level = subject.outlook.records[key], subject.case.trust[key]
    prior = min(max(level.kept.central, EDGE), 1 - EDGE)
    # The case counts promises without their days, so none of them fades.
    promises = [Record(day=0, kept=1)] * given.kept + [Record(day=0, kept=0)] * given.broken
    found = trust(promises, mean=prior)
    low, mid, high = (round(100 * p) for p in (found.band.low, found.next, found.band.high))
    return TrustReport(
        trust=key,
        prior=prior,
        kept=given.kept,
        broken=given.broken,
        next=found.next,
        band=found.band,
        written=f"{low}..{mid}..{high}%",
        differs=not found.band.low <= level.kept.central <= found.band.high,
    )

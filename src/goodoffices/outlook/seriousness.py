"""Beliefs about parties, and trust between them, as a case states them.

A belief starts from its prior, and each event moves it by the likelihood ratio that the event
states for it. Where the belief says what would be different if it were false (`unless`), it acts on
a hazard by the factor

    (b + (1 - b) u) / (b0 + (1 - b0) u)          b now, b0 prior, u the factor of `unless`

so that it changes nothing while nothing is learnt: the hazard from a reference class holds for a
party as it was believed to be before the events.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.outlook import Record as Given
from goodoffices.outlook.bands import Band, band, course
from goodoffices.outlook.beliefs import Moved, beliefs_over_time, event_of_ratio, update
from goodoffices.outlook.results import BeliefMove, BeliefReport, Curve, TrustReport
from goodoffices.outlook.subject import Subject
from goodoffices.outlook.trust import Kept, Record, trust

__all__ = ["Believed", "believed", "trust_reports"]

Floats = NDArray[np.float64]

LIVES: Floats = (np.arange(100) + 0.5) / 100
"""Where an uncertain half-life of a record is looked at: the middles of equal parts of it."""
SHARES = 200
"""Draws of the share kept for each of them."""
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
    start, cap = np.column_stack([prior, 1 - prior]), given.cap
    # One number where it is exact: then nothing is spread over the draws that doesn't differ.
    half_life = 7 * inputs.lasting(f"{where}.half_life", given.half_life)
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

    Promises that are listed fade with the record's half-life, by today; those seen later don't
    count yet. Those that are only counted have no day, and don't fade.
    """
    return tuple(_trust(subject, key) for key in subject.outlook.records)


def _trust(subject: Subject, key: str) -> TrustReport:
    given, level = subject.outlook.records[key], subject.case.trust[key]
    prior = min(max(level.kept.central, EDGE), 1 - EDGE)
    seen = list(_seen(subject, given))
    today = subject.today.toordinal()
    each = [trust(seen, mean=prior, day=today, half_life=life) for life in _lives(given)]
    found, band_ = _summed(subject, key, each)
    low, mid, high = (round(100 * p) for p in (band_.low, found, band_.high))
    kept = sum(one.kept > 0 for one in seen)
    return TrustReport(
        trust=key,
        prior=prior,
        kept=kept,
        broken=len(seen) - kept,
        next=found,
        band=band_,
        written=f"{low}..{mid}..{high}%",
        differs=not band_.low <= level.kept.central <= band_.high,
        counted=float(np.mean([one.kept + one.broken for one in each])),
        half_life=None if given.half_life is None else given.half_life.central,
    )


def _lives(given: Given) -> list[float]:
    """Return the half-life in days: once where it is exact, else so that each is as likely."""
    if given.half_life is None:
        return [math.inf]
    if not given.half_life.uncertain:
        return [7 * given.half_life.central]
    return [7 * life for life in given.half_life.quantiles(LIVES).tolist()]


def _seen(subject: Subject, given: Given) -> Iterator[Record]:
    """Yield the promises that were seen to be kept or broken by today."""
    today = subject.today.toordinal()
    yield from [Record(day=today, kept=1)] * given.kept
    yield from [Record(day=today, kept=0)] * given.broken
    for one in given.promises.values():
        day = (one.date.date or subject.today).toordinal()
        if day <= today:
            yield Record(day=day, kept=float(one.kept), name=one.name)


def _summed(subject: Subject, key: str, each: Sequence[Kept]) -> tuple[float, Band]:
    """Return the probability that the next promise is kept, and the band of the long-run share."""
    if len(each) == 1:
        return each[0].next, each[0].band
    a, b = np.array([(one.a, one.b) for one in each]).T
    # Every half-life as often as any other, whatever the number of draws.
    share = subject.inputs.stream(f"outlook.records.{key}").beta(a, b, size=(SHARES, len(a)))
    return float((a / (a + b)).mean()), band(share.ravel())

"""The hazards of a case, week by week: reference classes, chances of its own, and what multiplies.

How fast it goes in cases of a class differs from case to case, as a Gamma distribution says, and
nobody knows where in it this case lies. That spread is averaged out exactly: of a prior (a, b) in
weeks, under factors m(t), the hazard that is left to expect is

    h(t) = a m(t) / (b + M(t)),   M(t) = integral of m from 0 to t

which falls with time, because those that go quickly go first. What the draws differ by is what is
stated as uncertain: factors, likelihood ratios, chances, and the class's rate itself, which is
known no better than its standard error.

Legend: K risks, W weeks, n draws, m factors.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.outlook import Event, Risk
from goodoffices.errors import ModelError
from goodoffices.outlook.bands import band
from goodoffices.outlook.baserates import ReferenceClass, shipped_class
from goodoffices.outlook.hazards import (
    Fan,
    HazardPrior,
    Hazards,
    condition,
    fan,
    first_by,
    from_probability,
)
from goodoffices.outlook.results import Curve, HazardReport, Multiplied, RiskReport, RiskSource
from goodoffices.outlook.seriousness import Believed
from goodoffices.outlook.subject import Subject

__all__ = ["Course", "base_of", "course_of", "hazard_report"]

Floats = NDArray[np.float64]

MOST_ERROR = 1.0
"""A class's rate is taken as no less certain than this relative error."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Course:
    """Hazards with everything that multiplies them."""

    hazards: Hazards
    sources: dict[str, RiskSource]
    multiplied: dict[str, tuple[Multiplied, ...]]


def course_of(subject: Subject, beliefs: tuple[Believed, ...]) -> Course | None:
    """Return the hazards of all risks of a case; None if it names none.

    Raises ModelError for a class whose events no constant hazards fit.
    """
    risks = subject.outlook.risks
    if not risks:
        return None
    sources = {key: _source(subject, risk) for key, risk in risks.items()}
    multiplied: dict[str, tuple[Multiplied, ...]] = {}
    values = np.empty((len(risks), subject.weeks, subject.inputs.draws))
    for k, (key, risk) in enumerate(risks.items()):
        told, factors = _multiplied(subject, key, beliefs)
        factors *= _unsure(subject, key, sources[key])
        multiplied[key], values[k] = tuple(told), _hazard(subject, key, risk, factors)
    hazards = Hazards(risks=tuple(risks), values=values)
    return Course(hazards=hazards, sources=sources, multiplied=multiplied)


def base_of(subject: Subject) -> Hazards:
    """Return the hazards as the base rates alone give them, on the same draws."""
    risks = subject.outlook.risks
    values = np.empty((len(risks), subject.weeks, subject.inputs.draws))
    for k, (key, risk) in enumerate(risks.items()):
        unsure = _unsure(subject, key, _source(subject, risk))
        even = np.broadcast_to(unsure, values.shape[1:])
        values[k] = _hazard(subject, key, risk, even)
    return Hazards(risks=tuple(risks), values=values)


def _hazard(subject: Subject, key: str, risk: Risk, factors: Floats) -> Floats:
    """Return the hazard per week, shape (W, n), under factors of that shape."""
    if risk.chance is not None:
        drawn = subject.inputs.of(f"outlook.risks.{key}.chance", risk.chance)
        # A range may end at what is certain only by a hair; no hazard is endless.
        constant = from_probability(np.minimum(drawn, 0.999), weeks=risk.within)
        return np.asarray(constant[None, :] * factors)
    passed = np.zeros((len(factors) + 1, factors.shape[1]))
    np.cumsum(factors, axis=0, out=passed[1:])
    total = np.zeros(factors.shape)
    for prior in _priors(_class(risk), risk):
        waited = condition(prior, weeks=risk.open_for)
        total += waited.shape * np.diff(np.log1p(passed / waited.rate), axis=0)
    return total


def _class(risk: Risk) -> ReferenceClass:
    return shipped_class(risk.class_ or "")


def _names(found: ReferenceClass, risk: Risk) -> tuple[str, ...]:
    return risk.events or (found.events[0].name,)


def _priors(found: ReferenceClass, risk: Risk) -> Iterator[HazardPrior]:
    for name in _names(found, risk):
        prior = found.event(name).prior
        if prior is None:
            raise ModelError(
                f'the reference class "{found.id}" has no hazard for "{name}": it never happened, '
                "or too unevenly; give the risk a `chance` instead"
            )
        yield prior


def _unsure(subject: Subject, key: str, source: RiskSource) -> Floats:
    """Return factors (n,) of mean 1 that say how well the class's rate is known."""
    s2 = math.log1p(source.relative_error**2)
    noise = subject.inputs.stream(f"outlook.risks.{key}.class").standard_normal(
        subject.inputs.draws
    )
    return np.asarray(np.exp(math.sqrt(s2) * noise - s2 / 2))


def _source(subject: Subject, risk: Risk) -> RiskSource:
    if risk.class_ is None:
        title = f"{risk.chance} within {risk.within:g} weeks"
        return RiskSource(
            reference_class=None,
            title=title,
            events=(),
            n=0,
            conflicts=0,
            first=0,
            last=0,
            caveats=(),
            share=None,
            share_days=0,
            relative_error=0.0,
        )
    found = _class(risk)
    events = [found.event(name) for name in _names(found, risk)]
    days = (subject.by - subject.today).days
    nearest = min((rate.days for rate in events[0].rates), key=lambda d: abs(math.log(d / days)))
    rates = [event.by(nearest) for event in events]
    share = sum(rate.share for rate in rates)
    error = math.hypot(*(rate.error for rate in rates))
    return RiskSource(
        reference_class=found.id,
        title=found.title,
        events=tuple(event.name for event in events),
        n=found.n,
        conflicts=found.conflicts,
        first=found.first,
        last=found.last,
        caveats=found.caveats,
        share=share,
        share_days=nearest,
        relative_error=min(error / share, MOST_ERROR) if share else MOST_ERROR,
    )


def _multiplied(
    subject: Subject, key: str, beliefs: tuple[Believed, ...]
) -> tuple[list[Multiplied], Floats]:
    """Return what multiplies a risk's hazard, and all of it together, shape (W, n)."""
    inputs, outlook = subject.inputs, subject.outlook
    product = np.ones((subject.weeks, inputs.draws))
    told: list[Multiplied] = []

    def put(path: str, name: str, factors: Floats, event: Event | None = None) -> None:
        np.multiply(product, factors, out=product)
        told.append(
            Multiplied(
                path=path,
                name=name,
                factor=band(factors[0] if factors.ndim > 1 else factors),
                since=event.date.date if event else None,
                half_life=event.half_life.central if event and event.half_life else None,
            )
        )

    factor = outlook.risks[key].factor
    if factor is not None:
        path = f"outlook.risks.{key}.factor"
        put(path, "what sets this case apart", inputs.of(path, factor))
    for name, event in outlook.events.items():
        if key in event.multiplies:
            path = f"outlook.events.{name}.multiplies.{key}"
            put(
                path,
                event.name,
                _faded(subject, name, event, inputs.of(path, event.multiplies[key])),
                event,
            )
    for one in beliefs:
        if key in one.factors:
            belief = outlook.beliefs[one.report.belief]
            put(f"outlook.beliefs.{one.report.belief}", belief.name, one.factors[key])
    return told, product


def _faded(subject: Subject, name: str, event: Event, factor: Floats) -> Floats:
    """Return the factor in each week: 1 before the event, and back to 1 as it fades."""
    day = event.date.date or subject.today
    age = np.arange(subject.weeks) - subject.weeks_to(day)
    # An event within a week counts for the share of that week that comes after it.
    share = np.clip(age + 1, 0.0, 1.0)
    half_life = subject.inputs.lasting(f"outlook.events.{name}.half_life", event.half_life)
    left = share[:, None] * 2.0 ** (-np.maximum(age, 0.0)[:, None] / half_life)
    return np.asarray(np.exp(left * np.log(factor)))


def hazard_report(subject: Subject, course: Course) -> HazardReport:
    """Return the probabilities by week, with bands, and what they rest on."""
    found = fan(course.hazards)
    ends = first_by(course.hazards, subject.weeks_to(subject.by))
    return HazardReport(
        risks=tuple(
            _report(subject, course, found, k, ends) for k in range(len(course.hazards.risks))
        ),
        nothing=tuple(found.probability[-1].tolist()),
    )


def _report(
    subject: Subject, course: Course, found: Fan, k: int, ends: Mapping[str, Floats]
) -> RiskReport:
    risk = found.risks[k]
    middle = tuple(found.median[k].tolist())
    bands = [
        Curve(low=tuple(low.tolist()), central=middle, high=tuple(high.tolist()))
        for low, high in (found.band50[:, k], found.band80[:, k])
    ]
    return RiskReport(
        risk=risk,
        harms=subject.outlook.risks[risk].harms,
        source=course.sources[risk],
        multiplied=course.multiplied[risk],
        per_week=band(course.hazards.values[k, 0]),
        probability=tuple(found.probability[k].tolist()),
        band50=bands[0],
        band80=bands[1],
        by_horizon=band(ends[risk]),
    )

"""What the outlook lens answers: one frozen object that every page, command and notebook shows.

Ids are those of the case, days are dates, times are in weeks from `today`. Probabilities are 0 to
1. A `Band` is a middle (median) and the ends of the 90 % interval, of the draws of what is stated
as uncertain; values are points of a party's own scale, worths are on the mediator's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from goodoffices.deals.results import Method
from goodoffices.deals.share import Share
from goodoffices.outlook.bands import Band
from goodoffices.outlook.ripeness import Ripeness
from goodoffices.outlook.tabled import (
    InfluenceReport,
    PostureReport,
    PostureRisk,
    TablingReport,
    ThresholdReport,
)
from goodoffices.outlook.waiting import Arrival

__all__ = [
    "BeliefMove",
    "BeliefReport",
    "Curve",
    "EstimateReport",
    "FadeReport",
    "HazardReport",
    "InfluenceReport",
    "LegReport",
    "Multiplied",
    "OpeningReport",
    "OpeningStep",
    "OutlookReport",
    "PlaceReport",
    "PooledReport",
    "PostureReport",
    "PostureRisk",
    "PressureReport",
    "QuestionReport",
    "RiskReport",
    "RiskSource",
    "ScalePrediction",
    "TablingReport",
    "ThresholdReport",
    "TimelineEntry",
    "Together",
    "TrustReport",
    "WaitingReport",
    "WaterfallStep",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Curve:
    """A number at the end of each week, from now (the first) to the horizon (the last)."""

    low: tuple[float, ...]
    central: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class EstimateReport:
    """One estimate, and how much it counts."""

    estimate: str
    speaker: str
    date: dt.date
    inferred: bool
    """Whether its day is inferred."""
    says: str
    """As the case writes it."""
    reads_as: Band
    group: str
    """The sources that count once together; empty: it stands alone."""
    camp: str
    age: int
    """Days."""
    weight: float
    """Its share of the pool."""
    replaced: bool
    """Whether a later estimate of the same speaker took its place."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PooledReport:
    """What the estimates of one question add up to, and how far they differ."""

    probability: Band
    exponent: float
    """How far the pool is moved away from even odds: 1 inside one camp."""
    half_life: float
    """Days after which an estimate counts half; their middle where that is uncertain."""
    groups: int
    """How many groups of sources count."""
    camps: dict[str, float]
    """Camp to its share of the pool; the empty name: those that name none."""
    spread: float
    """Standard deviation between the groups, in log-odds."""
    lowest: float
    """The lowest group's median."""
    highest: float
    lowest_speakers: tuple[str, ...]
    highest_speakers: tuple[str, ...]
    estimates: tuple[EstimateReport, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class BeliefMove:
    """What one event did to a belief."""

    event: str
    date: dt.date
    ratio: float
    """The likelihood ratio that counted: median of the draws, capped."""
    capped: bool
    left: float
    """The share of its effect that is left today."""
    after: Band
    """The belief just after the event."""


@dataclass(frozen=True, kw_only=True, slots=True)
class BeliefReport:
    """A belief about a party, before and after the events, and as it fades."""

    belief: str
    about: str
    prior: Band
    now: Band
    moves: tuple[BeliefMove, ...]
    course: Curve
    changes: dict[str, Band]
    """Risk to the factor that the belief as it is now puts on its hazard, against the prior."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TrustReport:
    """How likely a promise is kept, from a prior worth 20 promises and the record."""

    trust: str
    prior: float
    kept: int
    broken: int
    next: float
    """The probability that the next promise is kept."""
    band: Band
    """Of the long-run share of promises kept."""
    written: str
    """The same in the short form of a case, for `kept:` of the trust level."""
    differs: bool
    """Whether the case's own `kept` lies elsewhere: its middle is outside the band."""
    counted: float = 0.0
    """How many promises the record still counts for, after fading; the prior counts for 20."""
    half_life: float | None = None
    """Weeks after which a promise counts half, its middle if uncertain; None: none fades."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskSource:
    """Where a risk's hazard comes from."""

    reference_class: str | None
    """Id of the class; None where the case gives a chance of its own."""
    title: str
    events: tuple[str, ...]
    n: int
    """How many cases were watched; 0 for a chance of the case's own."""
    conflicts: int
    first: int
    last: int
    caveats: tuple[str, ...]
    share: float | None
    """What share of the class had met one of the events by `share_days`."""
    share_days: int
    relative_error: float
    """Standard error of that share, over it: what is not known of the class's rate."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Multiplied:
    """Something that multiplies a hazard, and rests on a part of the case."""

    path: str
    name: str
    factor: Band
    since: dt.date | None
    """The day from which it does; None: from the start."""
    half_life: float | None
    """Weeks after which half of it is left, their middle if uncertain; None: it stays."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RiskReport:
    """How probable it is, week by week, that this comes first."""

    risk: str
    harms: bool
    source: RiskSource
    multiplied: tuple[Multiplied, ...]
    per_week: Band
    """Its hazard in the first week."""
    probability: tuple[float, ...]
    """Mean of the draws, at the end of each week."""
    band50: Curve
    """Ends of what holds half of the draws, and their median."""
    band80: Curve
    by_horizon: Band


@dataclass(frozen=True, kw_only=True, slots=True)
class HazardReport:
    """What may come first, and that nothing has."""

    risks: tuple[RiskReport, ...]
    nothing: tuple[float, ...]
    """Probability that nothing has, at the end of each week."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LegReport:
    """One of the three views that are put together."""

    leg: Literal["inside", "outside", "estimates"]
    weight: float
    """Its share."""
    probability: Band
    how: str
    """In a sentence."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaterfallStep:
    """What one ingredient adds. All steps add up exactly, in log-odds and in probability."""

    name: str
    log_odds: float
    """By how much it moves the log-odds; the first step is where they begin."""
    before: float
    """Probability before and after it."""
    after: float

    @property
    def points(self) -> float:
        """By how much it moves the probability."""
        return self.after - self.before


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """One probability from up to three views, with what each adds."""

    probability: Band
    legs: tuple[LegReport, ...]
    missing: tuple[str, ...]
    """Views that are not there, and why."""
    waterfall: tuple[WaterfallStep, ...]
    likelihood: str
    """How likely, in a sentence; rounded to what the error allows."""
    confidence: str
    """How well that is known, in another sentence."""
    level: Literal["low", "moderate", "high"]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuestionReport:
    """A question, what its sources think, and what everything adds up to."""

    question: str
    by: dt.date
    risk: str
    pooled: PooledReport | None
    together: Together | None


@dataclass(frozen=True, kw_only=True, slots=True)
class FadeReport:
    """What is left of something, week by week."""

    fading: str
    people: bool
    left: Curve
    this_week: Band
    """How much the first week takes."""
    lost: Curve | None
    """Points lost since now; None where it has no worth, as for people always."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PressureReport:
    """By how many points pressure has lowered a walk-away, week by week."""

    on: str
    by: tuple[str, ...]
    eased: Curve


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningStep:
    """What a fall of a walk-away by so many points would do."""

    fall: float
    """Points."""
    zone: Share
    """P(zone) with it."""
    opened: Share
    """Share of draws without a zone in which it opens one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class OpeningReport:
    """How far one walk-away must fall until a zone is as likely as not, and when it will have."""

    actor: str
    target: float
    """P(zone) that is looked for."""
    shift: float | None
    """The smallest fall of the walk-away, in points, that makes it so; None if none does."""
    shift_low: float | None
    """The smallest that may do it, by the upper end of the zone's interval."""
    shift_high: float | None
    """The smallest that does it by the lower end too."""
    now: Share
    """P(zone) without any fall."""
    then: Share
    """P(zone) at `shift`, or with a fall of 100 points if none does it."""
    arrival: Arrival | None
    """None where nothing presses on it, or no fall is enough."""
    at_horizon: Share | None
    """P(zone) with what the pressure amounts to by the horizon; None where nothing presses."""
    moved: tuple[str, ...] = ()
    """Whose walk-aways fall together: the actor's own, and those that its pressure also moves."""
    per_week: float | None = None
    """Points a week that make it so by the horizon; None if no fall does."""
    steps: tuple[OpeningStep, ...] = ()
    """What falls of 5, 10, 20, 50 and 100 points would open."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WaitingReport:
    """What time does."""

    fades: tuple[FadeReport, ...]
    pressure: tuple[PressureReport, ...]
    openings: tuple[OpeningReport, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceReport:
    """Where an actor stands on an issue's scale."""

    actor: str
    place: Band
    """0 to 100."""
    weight: Band
    """How much the issue counts for it, in per cent."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScalePrediction:
    """Where an open issue would end if it were settled: a distribution, never a point."""

    issue: str
    options: dict[str, float]
    """Option to probability."""
    first: str
    """The shortest run of options that holds at least 80 %, from this one"""
    last: str
    """to this one."""
    mass: float
    """What it holds."""
    positions: tuple[PlaceReport, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class TimelineEntry:
    """Something on the line of time, before or after today."""

    date: dt.date
    kind: Literal["event", "estimate", "today", "question", "horizon"]
    id: str
    text: str
    inferred: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class OutlookReport:
    """Everything that the outlook lens says of a case, or of one of its scenarios."""

    title: str
    scenario: str | None
    today: dt.date
    by: dt.date
    weeks: int
    """From today to the horizon, rounded up."""
    timeline: tuple[TimelineEntry, ...]
    questions: tuple[QuestionReport, ...]
    hazards: HazardReport | None
    beliefs: tuple[BeliefReport, ...]
    trust: tuple[TrustReport, ...]
    ripeness: Ripeness | None
    waiting: WaitingReport
    tabling: TablingReport | None
    scales: tuple[ScalePrediction, ...]
    notes: tuple[str, ...]
    """What could not be answered, and why."""
    method: Method

    def question(self, key: str) -> QuestionReport:
        """Return what is said of one question; KeyError for another."""
        for each in self.questions:
            if each.question == key:
                return each
        raise KeyError(key)

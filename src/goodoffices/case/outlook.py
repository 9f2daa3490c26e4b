"""The part of a case that the outlook lens reads: estimates, events, risks over time, tabling.

Everything here is about *when*: what somebody thought likely and on which day, what happened and
what that changes, what else may happen first, and what waiting does. Periods are in weeks.
"""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from goodoffices.case.basis import Basis, Choices, Id, Ids, Model, Text
from goodoffices.case.dated import Dated, Day
from goodoffices.case.quantity import Points, Probability, Quantity, Value
from goodoffices.case.speech import Status

__all__ = [
    "NUMBERED",
    "Amount",
    "Belief",
    "Days",
    "Estimate",
    "Event",
    "Factor",
    "Fading",
    "Outlook",
    "Perception",
    "Pressure",
    "Question",
    "Reach",
    "Record",
    "Risk",
    "Tabling",
    "Tested",
    "Weeks",
    "Weights",
]


class Factor(Quantity):
    """By how much something is multiplied: 1 changes nothing, 0.5 halves, 2 doubles."""

    __slots__ = ()
    kind = "factor"
    lowest, highest = 0.001, 1000.0


class Weeks(Quantity):
    """A time in weeks."""

    __slots__ = ()
    kind = "time in weeks"
    lowest, highest = 0.1, 5200.0


class Days(Quantity):
    """A time in days."""

    __slots__ = ()
    kind = "time in days"
    lowest, highest = 0.1, 36500.0


class Amount(Quantity):
    """How much or how many there is of something; 0 or more."""

    __slots__ = ()
    kind = "amount"
    lowest, highest = 0.0, 1e12


class Question(Model):
    """Something that will have happened by a day, or not."""

    name: str
    """What is asked, so that nobody can dispute later whether it came true."""
    by: Day
    """The day by which it is to have happened."""
    risk: Id = "deal"
    """The risk whose coming first answers it with yes."""
    status: Status = "confirmed"
    """`draft`: proposed by a program, and used by no lens until a person confirms it."""
    confidential: bool = False
    """Whether a redacted copy leaves it out."""


class Estimate(Basis):
    """How likely somebody holds it that a question comes true."""

    question: Id
    probability: Probability
    """A number or a phrase. Unknown is no estimate: leave it out. An estimate that rests on claims
    alone says what stands in their words."""
    speaker: str | None = None
    """Who estimates it. Left out: who speaks in the first claim that it rests on."""
    date: Dated = Dated()
    """When. Left out: the day of that claim's source."""
    group: str | None = None
    """The name that sources share who copy each other; a group counts once."""
    camp: str | None = None
    """The side that it is judged from. Those who name none count as one camp."""


class Event(Basis):
    """Something that happened, or is sure to happen on a day, and what it changes."""

    name: str
    date: Dated
    multiplies: dict[Id, Factor] = {}
    """Risk to the factor by which its hazard is multiplied from that day on."""
    half_life: Weeks | None = None
    """Weeks after which half of that effect is left; left out: it stays."""
    signals: dict[Id, Factor] = {}
    """Belief to the likelihood ratio: how many times more probable the event is if the belief is
    true than if it isn't."""


class Belief(Basis):
    """Something that is believed of a party, and moves with events: `Hamas is serious`."""

    name: str
    about: Id
    """The party or faction."""
    prior: Probability
    """The belief before the events."""
    cap: float = Field(default=10, ge=1, allow_inf_nan=False)
    """No event moves its odds by more than this factor."""
    half_life: Weeks | None = None
    """Weeks after which half of what an event showed is forgotten; left out: it stays."""
    unless: dict[Id, Factor] = {}
    """Risk to the factor by which its hazard would be multiplied if the belief were false."""


class Tested(Model):
    """One promise of the past, and whether it was kept."""

    name: str
    """What was promised, in words."""
    date: Dated
    """The day on which it was seen to be kept or broken."""
    kept: bool
    """Whether it was kept: `true` or `false`."""


class Record(Basis):
    """Promises that were kept and broken, under the id of a trust level.

    Those of which nobody knows the day are counted, and don't fade; the others are listed.
    """

    kept: int = Field(default=0, ge=0, le=10_000)
    """How many were kept, besides those listed."""
    broken: int = Field(default=0, ge=0, le=10_000)
    promises: dict[Id, Tested] = {}
    """Those whose day is known."""
    half_life: Weeks | None = None
    """Weeks after which a promise that is listed counts half; left out: none fades."""

    @property
    def counts(self) -> tuple[int, int]:
        """How many promises were kept and broken, counted and listed together."""
        kept = sum(one.kept for one in self.promises.values())
        return self.kept + kept, self.broken + len(self.promises) - kept


class Risk(Basis):
    """Something that may happen first: a deal, an escalation, a collapse of the talks.

    Its hazard comes from a reference class (`class`), or from a `chance` within some weeks.
    """

    name: str
    class_: Text | None = Field(default=None, alias="class")
    """Id of a reference class: see `goodoffices baserates`."""
    events: Choices = ()
    """Which of the class's events it is; several add up. Left out: its first."""
    open_for: float = Field(default=0, ge=0, le=5200)
    """Weeks for which it could have happened already, and hasn't."""
    chance: Probability | None = None
    """Its probability within `within` weeks if nothing else came first."""
    within: float = Field(default=26, gt=0, le=5200)
    """Weeks for `chance`."""
    factor: Factor | None = None
    """What sets this case apart from its reference class, as a factor on the hazard."""
    harms: bool = False
    """Whether it harms people: then a posture that makes it more probable says so."""

    @model_validator(mode="after")
    def _one_source(self) -> Self:
        if (self.class_ is None) == (self.chance is None):
            raise ValueError("a risk has either `class` or `chance`; write one of them")
        return self


class Perception(Basis):
    """What a party is believed to see, as apart from what is so."""

    feels: Probability = Probability.parse(None)
    """That it feels a stalemate which hurts."""
    sees_way_out: Probability = Probability.parse(None)
    """That it sees a way out."""


class Fading(Basis):
    """Something that is negotiated over, and grows less with time."""

    name: str
    amount: Amount = Amount.exactly(1)
    """How much there is now; 1 for all of it."""
    half_life: Weeks
    """Weeks after which half of it is left."""
    unit: str = ""
    people: bool = False
    """Whether people are what grows less: then it has no worth, and only the number is shown."""
    worth: Points | None = None
    """Points that all of it is worth to `to`."""
    to: Id | None = None

    @model_validator(mode="after")
    def _no_price(self) -> Self:
        if self.people and self.worth is not None:
            raise ValueError("harm to people has no price; remove `worth`")
        return self


class Pressure(Basis):
    """A constituency's pressure on a party's walk-away."""

    on: Id
    """The party or faction whose walk-away moves."""
    also: Ids = ()
    """Others whose walk-aways move by as much at the same time: factions of that party."""
    per_week: Points
    """Points by which it falls each week; below 0 where the party is pressed to hold out."""
    most: Value = Value.parse(100)
    """It moves the walk-away by no more points than this."""


class Tabling(Basis):
    """What the mediator weighs before it tables a package, in its own words and values.

    A worth is on a scale of the mediator's own, from 0 to 100: how much an end serves its aim.
    Harm to people is no part of it.
    """

    package: Text = "best"
    """Id of a package, or `best`: the most acceptable one."""
    accepted: Value
    """What the package is worth if all accept it."""
    worth: dict[Id, Value]
    """What each risk is worth if it comes first; and `open`, that nothing has by then."""
    lost: Value = Value.exactly(0)
    """What a refusal costs besides, in credibility."""
    together: Probability = Probability.exactly(0)
    """How far answers go together within a side: 0 each for itself, 1 one mood for all."""
    refused: dict[Id, Factor] = {}
    """Risk to the factor on its hazard after a refusal."""
    contain: dict[Id, Factor] = {}
    """Risk to the factor on its hazard while the mediator only limits the damage."""
    alternatives: dict[Id, Points] = {}
    """Party or faction to the points by which a refusal raises its walk-away."""


class Reach(Basis):
    """How the inside view gets from "a package exists" to "it is signed by then"."""

    signed: Probability
    """The probability that a package which all would accept is found and signed `within` weeks."""
    within: float = Field(default=26, gt=0, le=5200)


NUMBERED = (Belief, Estimate, Event, Fading, Perception, Pressure, Reach, Risk, Tabling)
"""Parts all of whose quantities must rest on a claim or an assumption."""


class Weights(Basis):
    """How much each of the three views counts; relative, scaled to add up to 1."""

    inside: float = Field(default=1, ge=0, le=1e6)
    outside: float = Field(default=1, ge=0, le=1e6)
    estimates: float = Field(default=1, ge=0, le=1e6)


class Outlook(Model):
    """What may happen by when, and what it rests on."""

    by: Day | None = None
    """The day to look ahead to. Left out: the last day of a question, or half a year ahead."""
    half_life: Days = Days.exactly(60)
    """Days after which an estimate counts half."""
    questions: dict[Id, Question] = {}
    estimates: dict[Id, Estimate] = {}
    events: dict[Id, Event] = {}
    beliefs: dict[Id, Belief] = {}
    records: dict[Id, Record] = {}
    """Per trust level."""
    risks: dict[Id, Risk] = {}
    """`deal` is the one by which an agreement is reached."""
    perceptions: dict[Id, Perception] = {}
    """Per party."""
    waiting: dict[Id, Fading] = {}
    pressure: dict[Id, Pressure] = {}
    """Per constituency."""
    tabling: Tabling | None = None
    inside: Reach | None = None
    weights: Weights = Weights()

    @property
    def ends(self) -> tuple[str, ...]:
        """Everything that tabling must know the worth of: each risk, and `open`."""
        return (*self.risks, "open")

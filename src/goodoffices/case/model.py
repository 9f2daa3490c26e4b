"""What a negotiation is: the frozen model that every lens reads.

A `Case` mirrors the case file one to one. What the model can't see from one field alone (unknown
ids, weights that can't add up, opinions used as evidence) is the work of `goodoffices.case.check`.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from goodoffices.case.basis import Basis, Choices, Id, Ids, Model, Picks, Text, many, named
from goodoffices.case.claims import Claim, Place, Source
from goodoffices.case.dated import Dated
from goodoffices.case.moves import Moves
from goodoffices.case.outlook import Outlook
from goodoffices.case.phrases import Yardstick
from goodoffices.case.quantity import Points, Probability, Value, Weight
from goodoffices.case.speech import Status

__all__ = [
    "Basis",
    "Case",
    "Claim",
    "Constituency",
    "Dated",
    "Demand",
    "Faction",
    "Guarantee",
    "Id",
    "Interest",
    "Issue",
    "Linkage",
    "Option",
    "Package",
    "Party",
    "Picks",
    "Place",
    "Position",
    "Progress",
    "Promise",
    "Scenario",
    "Source",
    "Trust",
]

MOST_STEPS = 1000
"""A numeric issue has at most so many options; a coarser step says as much."""


class Interest(Basis):
    """What a party needs, behind what it says; and the options that serve it."""

    name: str
    of: Id
    """The party or faction that has it."""
    served_by: Picks = {}
    """Options, of any issue, that would serve it."""


class Faction(Model):
    """A group inside a party whose consent may be needed at home."""

    name: str
    veto: bool = False
    """Whether the package fails without it."""
    status: Status = "confirmed"
    """`draft`: proposed by a program, and used by no lens until a person confirms it."""
    confidential: bool = False
    """Whether a redacted copy leaves it out."""


class Constituency(Basis):
    """A group whose pressure counts, in aggregate; never single persons."""

    name: str
    wants: Picks = {}
    """Options it presses for."""


class Party(Basis):
    """A side, a third party, or somebody who could spoil or guarantee."""

    name: str
    role: Literal["principal", "mediator", "guarantor", "spoiler", "bystander"]
    aliases: Annotated[tuple[str, ...], BeforeValidator(many)] = ()
    must_accept: bool | None = None
    """Whether there is no agreement without it; empty means: principals must."""
    alternative: str | None = None
    """What it does if there is no agreement (its BATNA), in words."""
    factions: dict[Id, Annotated[Faction, BeforeValidator(named)]] = {}
    constituencies: dict[Id, Annotated[Constituency, BeforeValidator(named)]] = {}

    @property
    def signs(self) -> bool:
        """Whether it must accept a package."""
        return self.role == "principal" if self.must_accept is None else self.must_accept


class Option(Model):
    """One way to settle an issue."""

    name: str
    note: str | None = None


class Issue(Basis):
    """Something to settle: ordered options, or a numeric range."""

    name: str
    options: dict[Id, Annotated[Option, BeforeValidator(named)]] = {}
    """Ordered options; ids to names. Left out for a numeric issue."""
    range: str | None = None
    """Lowest and highest number, `0..100`."""
    step: float = Field(default=1, gt=0, allow_inf_nan=False)
    unit: str | None = None
    agreed: Text | None = None
    """The option that the parties have agreed; empty while the issue is open."""
    note: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _listed(cls, raw: object) -> object:
        if isinstance(raw, dict) and isinstance(raw.get("options"), list):
            names = [str(option) for option in raw["options"]]
            if len(set(names)) < len(names):
                raise ValueError("an option stands twice in `options`; remove or rename one")
            return {**raw, "options": dict(zip(names, names, strict=True))}
        return raw

    @model_validator(mode="after")
    def _one_scale(self) -> Self:
        if (self.range is None) == (not self.options):
            raise ValueError("an issue has either `options` or a `range`; write one of them")
        if self.range is not None:
            low, high = self.bounds
            if not 1 <= (high - low) / self.step < MOST_STEPS:
                raise ValueError(
                    f"a range of {self.range} in steps of {self.step:g} has no options or more "
                    f"than {MOST_STEPS}; mend `range` or `step`"
                )
        return self

    @property
    def bounds(self) -> tuple[float, float]:
        """Lowest and highest number of a numeric issue, in its unit."""
        try:
            low, high = (float(part) for part in (self.range or "").split(".."))
        except ValueError:
            low = high = math.nan
        if not (math.isfinite(low) and math.isfinite(high) and low < high):
            raise ValueError(f'"{self.range}" is not a range; write it as 0..100')
        return low, high

    @property
    def numbers(self) -> dict[str, float]:
        """Option ids of a numeric issue and their numbers; empty for other issues.

        >>> Issue(name="Days", range="0..20", step=10).numbers
        {'0': 0.0, '10': 10.0, '20': 20.0}
        """
        if self.range is None:
            return {}
        low, high = self.bounds
        count = math.floor((high - low) / self.step + 1e-9) + 1
        points = [round(low + i * self.step, 9) for i in range(count)]
        return {f"{point:.10g}": point for point in points}

    @property
    def option_ids(self) -> tuple[str, ...]:
        """Ids of its options, in order."""
        return tuple(self.options) if self.options else tuple(self.numbers)

    def option_name(self, option: str) -> str:
        """Return what people read for an option: its name, or the number with its unit."""
        if self.options:
            return self.options[option].name
        return f"{option} {self.unit}" if self.unit else option


class Position(Basis):
    """What an issue and its options are worth to a party."""

    weight: Weight = Weight.parse(None)
    """Share of the party's concern, in per cent; its weights add up to 100."""
    values: dict[Text, Value] = {}
    """Option to value, 0 (worst) to 100 (best). A numeric issue needs a few numbers only:
    values between them are interpolated. An option left out is unknown, never zero."""
    wants: Choices = ()
    """What it publicly asks for."""
    interest: Id | None = None
    """Why it wants that."""


class Demand(Basis):
    """What can block: a red line, a precondition or a walk-away."""

    by: Id
    """The party or faction that makes it."""
    kind: Literal["red line", "precondition", "walk-away"]
    name: str
    """The demand in a few words."""
    refuses: Picks = {}
    """Options it will not sign; with several issues: not all of these together."""
    requires: Picks = {}
    """Options, one of which must hold for each issue named."""
    value: Value | None = None
    """Walk-away only: the value of no agreement on the party's own scale, 0 to 100."""
    firmness: Probability | None = None
    """Probability that it truly binds. Left out: unknown; for a walk-away: 1, since its doubt
    belongs into `value`."""
    interest: Id | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if self.kind == "walk-away":
            if self.refuses or self.requires:
                raise ValueError("a walk-away takes `value`, not `refuses` or `requires`")
        elif "value" in self.model_fields_set:
            raise ValueError(f"a {self.kind} takes `refuses` or `requires`, not `value`")
        elif not self.refuses and not self.requires:
            raise ValueError(f"a {self.kind} needs `refuses` or `requires`")
        return self

    @property
    def worth(self) -> Value:
        """The walk-away's value; unknown where it was left empty."""
        return self.value if self.value is not None else Value.parse(None)

    @property
    def binds(self) -> Probability:
        """Its firmness, with what a blank means made explicit."""
        if self.firmness is not None:
            return self.firmness
        return Probability.parse(1 if self.kind == "walk-away" else None)


class Linkage(Basis):
    """Options of different issues that are tied together."""

    when: Picks
    """Holds if, for each issue named, one of the options is picked."""
    requires: Picks = {}
    """Then each of these issues must take one of these options."""
    excludes: Picks = {}
    """Then these options, all together, are impossible."""
    bonus: dict[Id, Points] = {}
    """Then the package is worth so much more (or less) to these parties."""

    @model_validator(mode="after")
    def _one_effect(self) -> Self:
        if sum(map(bool, (self.requires, self.excludes, self.bonus))) != 1:
            raise ValueError("a linkage has one of `requires`, `excludes` and `bonus`")
        return self


class Guarantee(Model):
    """Options of an issue that make a promise more likely to be kept."""

    issue: Id
    kept: dict[Text, Probability]
    """Option to the probability that the promise is kept under it; never lowers trust."""


class Trust(Basis):
    """How likely one party holds it that another keeps its word."""

    who: Id
    whom: Id
    kept: Probability


class Promise(Basis):
    """An option that a party must deliver later; worth its value times P(kept) to receivers."""

    by: Id
    to: Ids
    delivers: Picks
    """The options that are promises."""
    trust: Id | None = None
    """The trust level that gives P(kept), or write `kept`."""
    kept: Probability | None = None
    guarantee: Guarantee | None = None

    @model_validator(mode="after")
    def _one_probability(self) -> Self:
        if (self.trust is None) == ("kept" not in self.model_fields_set):
            raise ValueError("a promise has either `trust` or `kept`; write one of them")
        return self


class Package(Basis):
    """A named set of options, one for every open issue, that somebody proposed or weighs."""

    name: str
    picks: dict[Id, Text]
    by: Id | None = None


class Progress(Basis):
    """Share of the text that is agreed: progress, and never a probability."""

    share: Probability


class Scenario(Basis):
    """A named patch over the case."""

    name: str
    set: dict[str, Any] = {}
    """Dotted path inside the case to its new value."""
    remove: Annotated[tuple[str, ...], BeforeValidator(many)] = ()
    """Dotted paths that the scenario leaves out."""


class Case(Model):
    """A negotiation: who, about what, with which demands, on whose word."""

    goodoffices: Literal[1]
    """Version of the case format."""
    title: str
    purpose: str = ""
    """What the case is for."""
    not_for: str = ""
    """What it must not be used for."""
    as_of: Dated = Dated()
    """The day up to which the case is right."""
    yardstick: Yardstick = "readers"
    """How probability phrases are read."""
    elicitation: str = ""
    """How numbers that nobody reported were set, and what the letters in `assumed` stand for."""
    sources: dict[Id, Source] = {}
    claims: dict[Id, Claim] = {}
    parties: dict[Id, Party] = {}
    interests: dict[Id, Interest] = {}
    issues: dict[Id, Issue] = {}
    positions: dict[Id, dict[Id, Position]] = {}
    """Party or faction, then issue. A faction takes its party's position where it has none."""
    demands: dict[Id, Demand] = {}
    linkages: dict[Id, Linkage] = {}
    trust: dict[Id, Trust] = {}
    promises: dict[Id, Promise] = {}
    packages: dict[Id, Package] = {}
    text_agreed: Progress | None = None
    scenarios: dict[Id, Scenario] = {}
    moves: Moves | None = None
    """The graph model of the conflict."""
    outlook: Outlook | None = None
    """What may happen by when."""
    rejected: Annotated[tuple[str, ...], BeforeValidator(many)] = ()
    """Drafts that a person turned down; they are not proposed again."""

    @property
    def signatories(self) -> tuple[str, ...]:
        """Ids of the parties without which there is no agreement, in order."""
        return tuple(key for key, party in self.parties.items() if party.signs)

    @property
    def factions(self) -> dict[str, str]:
        """Faction id to the id of its party."""
        return {key: home for home, party in self.parties.items() for key in party.factions}

    def party_of(self, actor: str) -> str:
        """Return the party that an id stands for: itself, or a faction's party."""
        return self.factions.get(actor, actor)

    def name_of(self, actor: str) -> str:
        """Return what people read for a party, faction or constituency id; else the id itself."""
        if actor in self.parties:
            return self.parties[actor].name
        for party in self.parties.values():
            for group in (party.factions, party.constituencies):
                if actor in group:
                    return group[actor].name
        return actor

    def position(self, actor: str, issue: str) -> Position:
        """Return a party's or faction's position; a blank one (all unknown) where none is given."""
        # One step and no further: in a case that is not checked, a faction may name its party.
        for holder in (actor, self.party_of(actor)):
            if issue in self.positions.get(holder, {}):
                return self.positions[holder][issue]
        return Position()

    def walk_away(self, actor: str) -> str | None:
        """Return the id of the walk-away demand of a party or faction, or None."""
        for key, demand in self.demands.items():
            if demand.by == actor and demand.kind == "walk-away":
                return key
        return None

    def based(self) -> Iterator[tuple[str, Basis]]:
        """Yield every part that must say why, with its dotted path."""
        yield from _walk_based(self, "")


def _walk_based(node: object, path: str) -> Iterator[tuple[str, Basis]]:
    if isinstance(node, Basis):
        yield path, node
    if isinstance(node, BaseModel):
        items = [(name, getattr(node, name)) for name in type(node).model_fields]
    elif isinstance(node, dict):
        items = list(node.items())
    else:
        return
    for name, child in items:
        yield from _walk_based(child, f"{path}.{name}" if path else str(name))

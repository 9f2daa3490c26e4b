"""What the deals lens answers: one frozen object that every page, command and notebook shows.

Ids in these objects are those of the case. Values, gains and costs are in points of a party's own
0-100 scale; they compare packages for one party, never parties with each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.deals.share import Share

__all__ = [
    "Acceptance",
    "AssessedPackage",
    "Bargain",
    "Concession",
    "Conflict",
    "ConflictReport",
    "Cost",
    "Deals",
    "FactionAcceptance",
    "Footing",
    "FrontierPoint",
    "FrontierReport",
    "InterestReport",
    "Method",
    "Objection",
    "Opening",
    "Overlap",
    "ProgressReport",
    "PromiseLevel",
    "PromiseReport",
    "ScenarioReport",
    "Unknown",
    "Zone",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Method:
    """How an answer was obtained."""

    how: Literal["exact", "sampled", "bounded"]
    draws: int = 0
    """Number of draws; 0 where none were needed."""
    seed: int | None = None
    note: str = ""
    """What is bounded and why, or what else a reader must know."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Cost:
    """What a change costs the one who makes it, in points: 5th percentile, median, 95th."""

    low: float
    central: float
    high: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Objection:
    """A demand that stands against a package, and in which share of draws it does."""

    demand: str
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class FactionAcceptance:
    """How likely a faction accepts a package."""

    faction: str
    veto: bool
    share: Share


@dataclass(frozen=True, kw_only=True, slots=True)
class Acceptance:
    """How likely a party accepts a package, at the table and at home."""

    party: str
    must_accept: bool
    alone: Share
    """The party's own demands are met."""
    ratified: Share
    """They are, and those of every faction with a veto."""
    factions: tuple[FactionAcceptance, ...]
    objections: tuple[Objection, ...]
    """Demands of the party and its factions against the package, the most frequent first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class AssessedPackage:
    """A package: what it is worth, who accepts it, and what stands against it."""

    name: str
    picks: dict[str, str]
    """Issue to option, for every issue."""
    values: dict[str, float]
    """Value at face value to each party and faction that is assessed."""
    gains: dict[str, float]
    """Value less the walk-away at face value, for those who have one."""
    breaks: tuple[str, ...]
    """Demands it breaks at face value."""
    forbidden: bool
    """Whether a linkage makes it impossible."""
    all_accept: Share
    """Every party that must accept does, and every faction with a veto."""
    acceptance: tuple[Acceptance, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Footing:
    """How much rests on claims, on assumptions and on nothing known."""

    claimed: int
    """Numbers that rest on claims alone."""
    assumed: int
    """Numbers that somebody assumes."""
    unknown: int
    """Numbers that nobody gives; they count among neither of the two."""
    variance_claimed: float | None
    """Share of the first-order variance of "a zone exists" that goes back to claimed numbers."""
    variance_assumed: float | None
    """The same for numbers that are assumed or unknown. None where the answer does not vary."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Zone:
    """Whether a package exists that everyone who must accept would accept."""

    probability: Share
    at_face_value: bool | None
    """With central values and every demand binding; None if undecided within the budget."""
    packages: int
    """Packages that no linkage forbids."""
    acceptable: int | None
    """How many of them all would accept at face value; None if that was not counted."""
    footing: Footing
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """Demands that no package can meet together, none of which can be left out."""

    demands: tuple[str, ...]
    actors: tuple[str, ...]
    """Who makes them."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Opening:
    """Demands whose lifting opens a package, none of which can be left out."""

    lifted: tuple[str, ...]
    actors: tuple[str, ...]
    """Whose demands they are: who bears the change."""
    package: dict[str, str] | None
    """A package that all others accept then: the Nash package, at face value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictReport:
    """Every minimal conflict and every minimal lifting, at face value."""

    conflicts: tuple[Conflict, ...]
    openings: tuple[Opening, ...]
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Concession:
    """What the zone would be if one demand were lifted, or one walk-away lowered."""

    demand: str
    by: str
    kind: Literal["lift", "lower"]
    step: float
    """By how many points a walk-away is lowered; 0 for a lifted demand."""
    zone: Share
    opened: Share
    """Share of draws in which this alone opens a zone that is closed otherwise."""
    cost: Cost
    """What it costs its bearer: value given up on the issues concerned, or the step itself."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Bargain:
    """A bargaining solution at face value."""

    name: str
    definition: str
    packages: tuple[dict[str, str], ...]
    """The packages it selects; several where they tie."""
    values: dict[str, float]
    """Of the first of them; where others tie by another split of gains, theirs differ."""
    ties: int
    """How many packages it selects."""
    method: Method = Method(how="exact")


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontierPoint:
    """A package that no other beats for all parties at once."""

    picks: dict[str, str]
    values: tuple[float, ...]
    """Value per axis, in points."""
    ties: int
    """How many packages have exactly these values."""
    breaks: tuple[str, ...]
    """Demands it breaks at face value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FrontierReport:
    """The exact frontier over the parties that must accept, demands set aside."""

    axes: tuple[str, ...]
    walk_aways: tuple[float | None, ...]
    points: tuple[FrontierPoint, ...]
    size: int
    """Number of points in all; `points` holds at most a stated number of them."""
    within: int
    """How many of all points are worth at least each party's walk-away."""
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Unknown:
    """An uncertain input, and how much of the answer's variance it explains by itself."""

    path: str
    """Its place in the case; for a demand: whether it binds."""
    share: float
    """First-order share of the variance of "a zone exists", 0 to 1."""
    error: float
    founded: Literal["claimed", "assumed", "unfounded"]
    blank: bool
    """Whether the case gives no number at all."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ProgressReport:
    """How much is agreed, and how much of what each party cares about is still open."""

    agreed: int
    issues: int
    text_agreed: str | None
    """Share of the text that is agreed, as the case words it: progress, never a probability."""
    open_weight: dict[str, Cost]
    """Per party that must accept: weight of its open issues, in per cent of all it cares about."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Overlap:
    """On one numeric issue: what each party would sign, and where that overlaps."""

    issue: str
    accepts: dict[str, tuple[tuple[str, str], ...]]
    """Per party that must accept: runs of options (first, last) that its demands leave open."""
    overlap: tuple[tuple[str, str], ...]
    even: str | None
    """Within the overlap, the option whose lowest value to any of them is highest."""


@dataclass(frozen=True, kw_only=True, slots=True)
class InterestReport:
    """Which options serve an interest, and which of them the holder's position leaves aside."""

    interest: str
    of: str
    serving: tuple[tuple[str, str], ...]
    """Pairs of issue and option."""
    beyond: tuple[tuple[str, str], ...]
    """Those that serve the interest without being what the holder publicly wants."""
    unopposed: tuple[tuple[str, str], ...]
    """Those of `beyond` that no demand of another party refuses outright."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseLevel:
    """How likely a promise is kept, and what it is worth then."""

    guarantee: str | None
    """The option of the guarantee's issue; None for trust alone."""
    kept: Cost
    """P(kept), 0 to 1: 5th percentile, median, 95th of the draws."""
    worth: Cost
    """Value times P(kept), in points of the receiver."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PromiseReport:
    """What a promised option is worth to one who receives it."""

    promise: str
    to: str
    issue: str
    option: str
    if_sure: Cost
    """Its worth if it were sure to be kept, in points of the receiver."""
    levels: tuple[PromiseLevel, ...]
    """On trust alone first, then under each guarantee."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ScenarioReport:
    """The zone under one scenario, beside the case as it stands."""

    scenario: str
    zone: Share
    change: float
    """P(zone) here less P(zone) of the case as it stands, on the same draws."""
    change_error: float
    at_face_value: bool | None
    conflicts: int
    """Number of minimal conflicts at face value."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Deals:
    """Everything the deals lens says about a case."""

    title: str
    scenario: str | None
    zone: Zone
    conflicts: ConflictReport
    concessions: tuple[Concession, ...]
    """The ladder: what opens a zone most often first."""
    offers: tuple[AssessedPackage, ...]
    """The most acceptable package first, then different ones that come near it."""
    offers_method: Method
    gap: float
    """P(zone) less the probability of the most acceptable package."""
    packages: tuple[AssessedPackage, ...]
    """The packages that the case names."""
    bargains: tuple[Bargain, ...]
    """Bargaining solutions; none where no package meets every demand at face value."""
    frontier: FrontierReport
    unknowns: tuple[Unknown, ...]
    progress: ProgressReport
    overlaps: tuple[Overlap, ...]
    interests: tuple[InterestReport, ...]
    promises: tuple[PromiseReport, ...]
    scenarios: tuple[ScenarioReport, ...]
    method: Method

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from goodoffices.deals.notebook import as_html

        return as_html(self)

"""What the outlook lens answers of tabling: three postures side by side, never one verdict.

Part of the result that `goodoffices.outlook.results` holds; units are as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.deals.share import Share
from goodoffices.outlook.bands import Band

__all__ = ["InfluenceReport", "PostureReport", "PostureRisk", "TablingReport", "ThresholdReport"]


@dataclass(frozen=True, kw_only=True, slots=True)
class PostureRisk:
    """An end of a posture that is worth less than staying open."""

    end: str
    probability: Band
    more: Band
    """How much more probable than under holding."""
    harms: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PostureReport:
    """One thing that the mediator could do, with its risks."""

    posture: Literal["table", "hold", "contain"]
    worth: Band
    mean: float
    ends: dict[str, float]
    foremost: Share
    """Share of draws in which no other posture is worth as much."""
    risks: tuple[PostureRisk, ...]
    harm: Band
    """By how much ends that harm people get more probable than under holding."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ThresholdReport:
    """From which belief on tabling is worth as much as another posture."""

    against: Literal["hold", "contain"]
    probability: float | None
    band: Band
    words: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InfluenceReport:
    """How much one uncertain number decides a comparison of tabling with holding."""

    path: str
    share: float
    error: float


@dataclass(frozen=True, kw_only=True, slots=True)
class TablingReport:
    """Table now, hold, or contain: options with risks, never one verdict."""

    package: str
    """Id of the package, or the name of the offer of the deals lens."""
    picks: dict[str, str]
    accept: Band
    """Probability that all accept, at the table and at home."""
    counted: Share
    """The share of draws of the deals lens in which all do."""
    sides: dict[str, float]
    """Party to the probability that it accepts and every faction with a veto does."""
    zone_after: Share | None
    """P(zone) after a refusal that raises walk-aways; None where none does."""
    postures: tuple[PostureReport, ...]
    thresholds: tuple[ThresholdReport, ...]
    above: Share
    """Share of draws in which tabling is worth more than holding."""
    influences: tuple[InfluenceReport, ...]
    """On whether tabling is worth more than holding; empty where all draws agree."""
    lead: tuple[InfluenceReport, ...] = ()
    """On how far tabling lies above or below holding, also where all draws agree on which."""

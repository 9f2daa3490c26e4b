"""What every section of the brief is written from."""

from __future__ import annotations

from dataclasses import dataclass

from goodoffices.brief.elements import Element, Rich, number
from goodoffices.brief.evidence import Evidence
from goodoffices.brief.naming import Naming
from goodoffices.brief.text import chance, interval
from goodoffices.case.model import Case
from goodoffices.case.voices import Voices
from goodoffices.deals.results import AssessedPackage, Deals, Unknown
from goodoffices.deals.share import Share

__all__ = [
    "Material",
    "Subject",
    "chance_and_spread",
    "chance_of",
    "computed",
    "material_of",
    "spread_of",
]

SURE = 2.0
"""A share of the variance stands out if it lies more than so many errors above nothing."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Subject:
    """A case, with the names and the labels that its parts go by on the page."""

    case: Case
    naming: Naming
    evidence: Evidence
    voices: Voices

    @property
    def open_issues(self) -> tuple[str, ...]:
        """Ids of the issues that are not agreed."""
        return tuple(key for key, issue in self.case.issues.items() if issue.agreed is None)


@dataclass(frozen=True, kw_only=True, slots=True)
class Material(Subject):
    """A case and what the deals lens says of it."""

    result: Deals

    @property
    def packages(self) -> tuple[AssessedPackage, ...]:
        """Every package that is assessed: those found, then those that the case names."""
        return (*self.result.offers, *self.result.packages)

    @property
    def moving(self) -> tuple[Unknown, ...]:
        """Uncertain inputs whose effect by itself stands out from noise, the largest first."""
        return tuple(row for row in self.result.unknowns if row.share > SURE * row.error)

    def letter(self, index: int) -> str:
        """Return the sign of a package in drawings and tables: A, B, ... for found ones, then 1."""
        found = len(self.result.offers)
        return "ABCDEFGH"[index] if index < found else str(index - found + 1)

    def title(self, index: int) -> Rich:
        """Return what a package is called: its letter, or its name with its number."""
        if index < len(self.result.offers):
            return (f"Package {self.letter(index)}",)
        return ("“", self.naming.text(self.packages[index].name), f"” ({self.letter(index)})")


def material_of(subject: Subject, result: Deals) -> Material:
    """Join a case and what the deals lens says of it."""
    return Material(
        case=subject.case,
        naming=subject.naming,
        evidence=subject.evidence,
        voices=subject.voices,
        result=result,
    )


def computed(how: str, text: str) -> Element:
    """Show a computed number as a link to how it was computed."""
    return number(f"how-{how}", text, class_="how")


def chance_of(how: str, share: Share) -> Element:
    """Show a probability in words."""
    return computed(how, chance(share))


def spread_of(how: str, share: Share) -> Element:
    """Show the 95 % interval of a probability."""
    return computed(how, interval(share))


def chance_and_spread(how: str, share: Share) -> Rich:
    """Show a probability with its interval; one that is exact has none."""
    if share.error == 0:
        return (chance_of(how, share),)
    return (chance_of(how, share), " (", spread_of(how, share), ")")

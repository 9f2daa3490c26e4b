"""What every number of a case rests on: claims, assumptions, and where they stand on the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from goodoffices.brief.elements import Element, Rich, bdi, link, number
from goodoffices.brief.quotes import Excerpt, excerpt
from goodoffices.brief.text import quantity, visible
from goodoffices.case.model import Basis, Case, Claim
from goodoffices.case.quantity import Quantity

__all__ = ["Assumption", "Evidence", "ShownClaim", "collect"]

Founded = Literal["claimed", "assumed", "unfounded"]
NO_BASIS = "no-basis"


@dataclass(frozen=True, kw_only=True, slots=True)
class ShownClaim:
    """A claim as the appendix shows it."""

    id: str
    anchor: str
    label: str
    claim: Claim
    source: str
    """Label of its source; empty where it has none."""
    excerpt: Excerpt | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Assumption:
    """One assumption in words, and every part of the case that rests on it."""

    label: str
    words: str
    places: tuple[str, ...]
    """Paths in the case; each has an anchor of its own."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """Labels and anchors of all that the case rests on."""

    claims: Mapping[str, ShownClaim]
    assumptions: tuple[Assumption, ...]
    bases: Mapping[str, Basis]
    labels: Mapping[str, str]
    """Path of an assumption to its label."""
    sources: Mapping[str, str]
    """Source id to label."""

    def base(self, path: str) -> str:
        """Return the path of the nearest part, at or above a path, that says why; else nothing."""
        parts = path.split(".")
        tries = (".".join(parts[:n]) for n in range(len(parts), 0, -1))
        return next((where for where in tries if where in self.bases), "")

    def founded(self, path: str) -> Founded:
        """Return what a number at a path rests on."""
        base = self.base(path)
        return self.bases[base].founded if base else "unfounded"

    def target(self, path: str) -> str:
        """Return the anchor that a number at a path leads to.

        An assumption comes before claims: where both stand, the number is assumed.
        """
        base = self.base(path)
        if base in self.labels:
            return f"a-{base}"
        known = [key for key in self.bases[base].because if key in self.claims] if base else []
        return self.claims[known[0]].anchor if known else NO_BASIS

    def number(self, path: str, given: Quantity) -> Element:
        """Show a quantity of the case as a link to what it rests on."""
        return number(self.target(path), quantity(given))

    def refs(self, path: str) -> Rich:
        """Return links to all that a part of the case rests on, by their short labels."""
        base = self.base(path)
        because = self.bases[base].because if base else ()
        links: list[str | Element] = []
        for claim in (self.claims[key] for key in because if key in self.claims):
            links += [" ", link(claim.anchor, claim.label, class_="mark-c")]
        if base in self.labels:
            links += [" ", link(f"a-{base}", self.labels[base], class_="mark-a")]
        return tuple(links[1:]) or (link(NO_BASIS, "no basis given", class_="mark-a"),)


def collect(case: Case, texts: Mapping[str, str]) -> Evidence:
    """Label the claims C1, C2, ..., opinions O1, ..., assumptions A1, ... in the case's order.

    `texts` maps source ids to their plain text, in which quotes are looked up.
    """
    bases = {path: basis for path, basis in case.based() if basis.because or basis.assumed}
    places: dict[str, list[str]] = {}
    for path, basis in bases.items():
        if basis.assumed:
            places.setdefault(visible(basis.assumed), []).append(path)
    assumptions = tuple(
        Assumption(label=f"A{n}", words=words, places=tuple(paths))
        for n, (words, paths) in enumerate(places.items(), 1)
    )
    sources = {key: f"S{n}" for n, key in enumerate(case.sources, 1)}
    return Evidence(
        claims=_claims(case, texts, sources),
        assumptions=assumptions,
        bases=bases,
        labels={path: a.label for a in assumptions for path in a.places},
        sources=sources,
    )


def is_opinion(case: Case, claim: Claim) -> bool:
    """Whether a claim belongs into the tray of opinions, which feed nothing."""
    source = case.sources.get(claim.source or "")
    return claim.class_ == "opinion" or (source is not None and source.kind == "comment")


def _claims(
    case: Case, texts: Mapping[str, str], sources: Mapping[str, str]
) -> dict[str, ShownClaim]:
    shown, counts = {}, {"C": 0, "O": 0}
    for key, claim in case.claims.items():
        letter = "O" if is_opinion(case, claim) else "C"
        counts[letter] += 1
        found = excerpt(texts.get(claim.source or "", ""), claim.quote) if claim.quote else None
        shown[key] = ShownClaim(
            id=key,
            anchor=f"c-{key}",
            label=f"{letter}{counts[letter]}",
            claim=claim,
            source=sources.get(claim.source or "", ""),
            excerpt=found,
        )
    return shown


def place(claim: Claim) -> Rich:
    """Say where a quote stands in its source: a paragraph, or characters."""
    if claim.at is None:
        return ()
    words = visible(str(claim.at))
    return (bdi(f"¶{words}" if words.isdigit() else f"characters {words}"),)

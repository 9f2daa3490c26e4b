"""Where a package stands: drawn against the frontier, who would not accept, what it rests on."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, replace
from typing import Any

from goodoffices.brief.elements import Element
from goodoffices.brief.figures.frontier import Flag, Pane, draw_frontier
from goodoffices.brief.text import points, visible
from goodoffices.case.model import Case
from goodoffices.deals.results import AssessedPackage, Deals

__all__ = ["Beside", "against_frontier", "drawn_standing", "promises_of", "refusing"]

MOST_PANES = 3
"""Pairs of parties that are drawn beside a package; the brief draws more."""
BETTER = 0.5
"""Points by which another package must be better for one to be told."""
TOLERANCE = 1e-9
THIS = "★"
"""The mark of the package that is built."""
DOUBTFUL = 0.5
"""Below this chance, somebody is named as one who would not accept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Beside:
    """Where a package stands against the frontier, at face value."""

    efficient: bool
    better: AssessedPackage | None
    """A package at hand that is at least as good for all and better for one; None if none is."""


def against_frontier(found: Deals, column: AssessedPackage) -> Beside:
    """Compare a package with the frontier's points that are at hand, at face value."""
    axes = found.frontier.axes
    mine = tuple(column.values.get(axis, 0.0) for axis in axes)
    for point in found.frontier.points:
        ahead = [theirs - own for theirs, own in zip(point.values, mine, strict=True)]
        if min(ahead) >= -TOLERANCE and max(ahead) > BETTER:
            values = dict(zip(axes, point.values, strict=True))
            better = replace(column, name="", picks=point.picks, values=values)
            return Beside(efficient=False, better=better)
    return Beside(efficient=True, better=None)


def drawn_standing(case: Case, found: Deals, mine: AssessedPackage) -> tuple[Element, ...]:
    """Draw a package among the frontier's, as the brief draws those: one drawing per two parties.

    The found packages keep their letters; the one that is built is marked as such.
    """
    report = found.frontier
    pairs = list(itertools.combinations(range(len(report.axes)), 2))
    marked = [*zip("ABCDEFGH", found.offers, strict=False), (THIS, mine)]
    panes = []
    for n, (i, j) in enumerate(pairs[:MOST_PANES]):
        ids = report.axes[i], report.axes[j]
        flags = tuple(
            Flag(label=label, x=package.values[ids[0]], y=package.values[ids[1]])
            for label, package in marked
            if ids[0] in package.values and ids[1] in package.values
        )
        names = visible(case.name_of(ids[0])), visible(case.name_of(ids[1]))
        told = ", ".join(f"{f.label} at {points(f.x)} and {points(f.y)}" for f in flags)
        panes.append(
            Pane(
                anchor=f"fig-standing-{n}",
                title=f"What this package is worth to {names[0]} and to {names[1]}",
                description=f"Among the packages that no other beats for all. Marked: {told}.",
                names=names,
                axes=(i, j),
                walk_aways=(report.walk_aways[i], report.walk_aways[j]),
                points=report.points,
                flags=flags,
            )
        )
    return tuple(draw_frontier(pane) for pane in panes) if report.points else ()


def refusing(column: AssessedPackage) -> tuple[str, ...]:
    """Return the parties that must accept, and the factions, that would rather not than yes."""
    found = []
    for row in column.acceptance:
        if row.must_accept and row.ratified.value < DOUBTFUL:
            found.append(row.party)
        found += [one.faction for one in row.factions if one.share.value < DOUBTFUL]
    return tuple(found)


def promises_of(case: Case, found: Deals, mine: AssessedPackage) -> list[dict[str, Any]]:
    """Return the promises of a package: how likely each is kept now, and under which guarantee."""
    rows = []
    for report in found.promises:
        if mine.picks.get(report.issue) != report.option or not report.levels:
            continue
        promise = case.promises[report.promise]
        guarantee = promise.guarantee
        picked = mine.picks.get(guarantee.issue) if guarantee is not None else None
        now = next((x for x in report.levels if x.guarantee == picked), report.levels[0])
        best = max(report.levels, key=lambda level: level.kept.central)
        rows.append(
            {"report": report, "now": now, "best": best, "issue": guarantee and guarantee.issue}
        )
    return rows

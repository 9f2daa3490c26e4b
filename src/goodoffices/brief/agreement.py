"""Questions 2 and 3: is there a zone of agreement, and which demands cannot hold together."""

from __future__ import annotations

import itertools
from dataclasses import dataclass

from goodoffices.brief.elements import Element, Rich, join, number, plain
from goodoffices.brief.figures.frontier import Flag, Pane, draw_frontier
from goodoffices.brief.material import Material, computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import cost, count, number_of, points
from goodoffices.brief.words import obtained
from goodoffices.deals.results import Conflict, FrontierReport, Overlap

__all__ = ["Clash", "draw_agreement", "list_clashes", "tabulate_overlaps", "tell_progress"]

MOST_PANES = 6
"""So many pairs of parties are drawn; more are in the table."""
MOST_ROWS = 60
MOST_CLASHES = 12


@dataclass(frozen=True, kw_only=True, slots=True)
class Clash:
    """Demands that cannot hold together, each in words."""

    title: Rich
    demands: tuple[Rich, ...]


def draw_agreement(material: Material) -> Figure | None:
    """Draw the frontier: one drawing for two parties, one per pair for more."""
    report = material.result.frontier
    pairs = list(itertools.combinations(range(len(report.axes)), 2))
    if not pairs or not report.points:
        return None
    return Figure(
        drawings=tuple(
            draw_frontier(_pane(material, report, pair, n))
            for n, pair in enumerate(pairs[:MOST_PANES])
        ),
        caption=_caption(material, report, len(pairs)),
        table=_table(material, report),
    )


def _pane(material: Material, report: FrontierReport, pair: tuple[int, int], n: int) -> Pane:
    i, j = pair
    ids = (report.axes[i], report.axes[j])
    names = (plain((material.naming.actor(ids[0]),)), plain((material.naming.actor(ids[1]),)))
    flags = tuple(
        Flag(label=material.letter(k), x=package.values[ids[0]], y=package.values[ids[1]])
        for k, package in enumerate(material.packages)
        if ids[0] in package.values and ids[1] in package.values
    )
    title = f"What packages are worth to {names[0]} and to {names[1]}"
    listed, clean = _listed(report)
    some = f"the {count(listed)} listed of " if _cut(report) else ""
    description = (
        f"Each of {number_of(report.size, 'package')} that no other beats for all, by its "
        f"value to each, 0 to 100. {count(report.within)} of them are worth at least "
        f"as much as no agreement to all who must accept; {count(clean)} of {some}these break "
        f"no demand. Marked: "
        + ", ".join(f"{f.label} at {points(f.x)} and {points(f.y)}" for f in flags)
    )
    return Pane(
        anchor=f"fig-frontier-{n}" if n else "fig-frontier",
        title=title,
        description=description,
        names=names,
        axes=pair,
        walk_aways=(report.walk_aways[i], report.walk_aways[j]),
        points=report.points,
        flags=flags,
    )


def _listed(report: FrontierReport) -> tuple[int, int]:
    """Count the listed points at or above every walk-away; and those that break no demand."""
    better = [
        point
        for point in report.points
        if all(
            floor is None or value >= floor - 1e-9
            for value, floor in zip(point.values, report.walk_aways, strict=True)
        )
    ]
    return len(better), sum(not point.breaks for point in better)


def _cut(report: FrontierReport) -> bool:
    """Return whether the frontier has more points than the report lists."""
    return len(report.points) < report.size


def _caption(material: Material, report: FrontierReport, pairs: int) -> Rich:
    listed, clean = _listed(report)
    shown: Rich = ("the ", computed("frontier", count(listed)), " listed of ")
    named = range(len(material.result.offers), len(material.packages))
    legend: Rich = (" The case names ", *join([material.title(n) for n in named]), ".")
    more = f" {pairs - MOST_PANES} further pairs are not drawn." if pairs > MOST_PANES else ""
    return (
        "Of ",
        computed("frontier", count(report.size)),
        " such packages, ",
        computed("frontier", count(report.within)),
        " are worth at least as much as no agreement to all who must accept; ",
        computed("frontier", count(clean)),
        " of ",
        *(shown if _cut(report) else ()),
        "these break no demand.",
        *(legend if named else ()),
        f"{more} ",
        *obtained(report.method, "frontier"),
    )


def _table(material: Material, report: FrontierReport) -> Table:
    rows = []
    every = max(1, -(-len(report.points) // MOST_ROWS))
    for n, point in list(enumerate(report.points, 1))[::every]:
        values = tuple((computed("values", points(value)),) for value in point.values)
        broken = join([(material.naming.demand_link(k),) for k in point.breaks], between=" ")
        picks = material.naming.picks(
            {key: (point.picks[key],) for key in material.open_issues if key in point.picks}
        )
        tied: Rich = (computed("frontier", count(point.ties)),)
        rows.append(Row(cells=((str(n),), *values, broken or ("none",), tied, picks)))
    walk = [
        (material.naming.actor(axis), ": ", _walk_away(material, axis, floor))
        for axis, floor in zip(report.axes, report.walk_aways, strict=True)
    ]
    left: Rich = ()
    if every > 1:
        shown, all_ = str(len(rows)), count(len(report.points))
        left = (
            " Of ",
            computed("frontier", all_),
            " rows, every so often one is shown: ",
            computed("frontier", shown),
            ".",
        )
    return Table(
        anchor="frontier-table",
        caption=("The frontier, and what each package on it breaks",),
        columns=(
            ("No.",),
            *((material.naming.actor(axis),) for axis in report.axes),
            ("Breaks",),
            ("Packages with these values",),
            ("Options",),
        ),
        rows=tuple(rows),
        more=("Worth of no agreement, at face value: ", *join(walk, between="; "), ".", *left),
    )


def _walk_away(material: Material, party: str, floor: float | None) -> Element | str:
    key = material.case.walk_away(party)
    if floor is None or key is None:
        return "none"
    return number(material.evidence.target(f"demands.{key}"), points(floor))


def list_clashes(material: Material) -> tuple[tuple[Clash, ...], int]:
    """Return the first minimal conflicts, in words, and how many more there are."""
    found = material.result.conflicts.conflicts
    shown = tuple(_clash(material, one, n) for n, one in enumerate(found[:MOST_CLASHES], 1))
    return shown, max(0, len(found) - MOST_CLASHES)


def _clash(material: Material, conflict: Conflict, n: int) -> Clash:
    return Clash(
        title=(f"Conflict {n}: ", *material.naming.actors(conflict.actors)),
        demands=tuple(_told(material, key) for key in conflict.demands),
    )


def _told(material: Material, key: str) -> Rich:
    demand, path = material.case.demands[key], f"demands.{key}"
    firm = material.evidence.number(path, demand.binds)
    said: Rich = (
        *material.naming.demand(key),
        ": ",
        demand.kind,
        " of ",
        *material.naming.owner(demand.by),
    )
    if demand.kind == "walk-away":
        said = (*said, ", no agreement worth ", material.evidence.number(path, demand.worth))
    return (*said, ", firmness ", firm, " ", *material.evidence.refs(path))


def tabulate_overlaps(material: Material) -> Table | None:
    """Say on each numeric issue what each party would sign, and where that overlaps."""
    if not material.result.overlaps:
        return None
    parties = list(material.case.signatories)
    rows = []
    for given in material.result.overlaps:
        sides = tuple(_runs(material, given.issue, given.accepts.get(p, ())) for p in parties)
        rows.append(
            Row(
                cells=(
                    (material.naming.issue(given.issue),),
                    *sides,
                    _runs(material, given.issue, given.overlap),
                    _even(material, given),
                )
            )
        )
    return Table(
        anchor="overlaps",
        stacks=True,
        caption=("Numbers: what each would sign, by its demands on that issue alone",),
        columns=(
            ("Issue",),
            *((material.naming.actor(p),) for p in parties),
            ("Overlap",),
            ("Evenest point in it",),
        ),
        rows=tuple(rows),
    )


def _runs(material: Material, issue: str, runs: tuple[tuple[str, str], ...]) -> Rich:
    unit = material.case.issues[issue].unit
    said = [(computed("overlaps", a if a == b else f"{a} to {b}"),) for a, b in runs]
    if not said:
        return ("none",)
    end: Rich = (" ", material.naming.text(unit)) if unit else ()
    return (*join(said, last=" and "), *end)


def _even(material: Material, given: Overlap) -> Rich:
    if given.even is None:
        return ("–",)
    return (computed("overlaps", given.even),)


def tell_progress(material: Material) -> Rich:
    """Say what is agreed, next to the weight of what is still open."""
    progress = material.result.progress
    said: Rich = (
        "Progress is not probability: ",
        computed("progress", str(progress.agreed)),
        " of ",
        computed("progress", str(progress.issues)),
        " issues are agreed",
    )
    if material.case.text_agreed is not None:
        share = material.evidence.number("text_agreed", material.case.text_agreed.share)
        said = (*said, ", and ", share, " of the text")
    weights = [
        (material.naming.actor(party), " ", computed("progress", f"{cost(weight)}\u202f%"))
        for party, weight in progress.open_weight.items()
    ]
    return (
        *said,
        ". Of what the parties care about, this much is still open: ",
        *join(weights, last=", "),
        ".",
    )

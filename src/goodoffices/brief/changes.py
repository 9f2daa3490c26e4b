"""Question 4: the smallest change that opens a package, and who bears it."""

from __future__ import annotations

from goodoffices.brief.elements import Rich, join
from goodoffices.brief.figures.ladder import draw_ladder, step_words
from goodoffices.brief.material import Material, chance_and_spread, chance_of, computed
from goodoffices.brief.tables import Figure, Row, Table
from goodoffices.brief.text import cost, count, share_change
from goodoffices.brief.words import obtained
from goodoffices.deals.results import Concession, Opening

__all__ = ["draw_changes", "list_openings", "tabulate_openings", "tabulate_scenarios"]

MOST_RUNGS = 7
MOST_OPENINGS = 12


def draw_changes(material: Material) -> Figure | None:
    """Draw the ladder of those changes that open something, with a table of all."""
    rungs = material.result.concessions
    if not rungs:
        return None
    shown = _clear(rungs)
    rest = len(rungs) - len(shown)
    more: Rich = ()
    if rest:
        left = computed("ladder", count(rest))
        more = (left, " more, which open less or nothing clear, are in the table. ")
    caption: Rich = (*more, *obtained(material.result.method, "ladder"))
    drawings = (draw_ladder(material.result, shown, material.naming),) if shown else ()
    return Figure(drawings=drawings, caption=caption, table=_table(material, rungs))


def _clear(rungs: tuple[Concession, ...]) -> tuple[Concession, ...]:
    """Return the changes whose effect can be told from the zone's own error.

    Of lifting and lowering one walk-away, only what opens most is kept.
    """
    seen: set[str] = set()
    kept = []
    for rung in rungs:
        if rung.opened.value > 2 * rung.zone.error and rung.demand not in seen:
            seen.add(rung.demand)
            kept.append(rung)
    return tuple(kept[:MOST_RUNGS])


def _table(material: Material, rungs: tuple[Concession, ...]) -> Table:
    rows = tuple(
        Row(
            cells=(
                (material.naming.demand_link(rung.demand),),
                material.naming.owner(rung.by),
                step_words(rung, material.naming),
                chance_and_spread("ladder", rung.zone),
                (chance_of("ladder", rung.opened),),
                (computed("ladder", cost(rung.cost)),),
            )
        )
        for rung in rungs
    )
    heads = (
        "Demand",
        "Who bears it",
        "Change",
        "A package then exists in",
        "Opened by this alone in",
        "Cost, points",
    )
    return Table(
        anchor="ladder-table",
        stacks=True,
        caption=("One change at a time",),
        columns=tuple((head,) for head in heads),
        rows=rows,
    )


def list_openings(material: Material) -> tuple[tuple[Rich, ...], int]:
    """Return each smallest set of demands whose lifting opens a package at face value."""
    found = material.result.conflicts.openings
    shown = tuple((*_lifting(material, opening), ".") for opening in found[:MOST_OPENINGS])
    return shown, max(0, len(found) - MOST_OPENINGS)


def _lifting(material: Material, opening: Opening) -> Rich:
    parts: list[Rich] = [
        (
            material.naming.actor(material.case.demands[key].by),
            " lifts ",
            *material.naming.demand(key),
        )
        for key in opening.lifted
    ]
    return join(parts, last=" and ")


def tabulate_openings(material: Material) -> Table | None:
    """Set side by side, for each opening, one package that all would accept then."""
    found = [o for o in material.result.conflicts.openings[:MOST_OPENINGS] if o.package]
    if not found:
        return None
    rows = [
        Row(
            cells=(
                (material.naming.issue(issue),),
                *(
                    (material.naming.option(issue, (o.package or {}).get(issue, "–")),)
                    for o in found
                ),
            )
        )
        for issue in material.open_issues
    ]
    heads: list[Rich] = [
        (
            "If ",
            *join([(material.naming.demand_link(k),) for k in o.lifted], last=" and "),
            " fall" if len(o.lifted) > 1 else " falls",
        )
        for o in found
    ]
    return Table(
        anchor="openings-table",
        caption=("An example of what opens: the Nash package among those left",),
        columns=(("",), *heads),
        rows=tuple(rows),
    )


def tabulate_scenarios(material: Material) -> Table | None:
    """Set the scenarios of the case side by side."""
    rows = []
    for given in material.result.scenarios:
        face = {True: "yes", False: "no", None: "open"}[given.at_face_value]
        scenario = material.case.scenarios.get(given.scenario)
        rows.append(
            Row(
                cells=(
                    (material.naming.text(scenario.name if scenario else given.scenario),),
                    chance_and_spread("scenarios", given.zone),
                    (computed("scenarios", share_change(given.change, given.change_error)),),
                    (face,),
                    (computed("conflicts", count(given.conflicts)),),
                    material.evidence.refs(f"scenarios.{given.scenario}"),
                )
            )
        )
    if not rows:
        return None
    heads = (
        "What if",
        "A package exists in",
        "Change, percentage points",
        "At face value",
        "Conflicts",
        "Rests on",
    )
    return Table(
        anchor="scenarios",
        stacks=True,
        caption=("What if: the scenarios of the case, side by side",),
        columns=tuple((head,) for head in heads),
        rows=tuple(rows),
    )

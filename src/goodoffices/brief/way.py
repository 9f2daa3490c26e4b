"""Question 7, second half: what would have to change, and which risks stand beside it."""

from __future__ import annotations

from collections.abc import Sequence

from goodoffices.brief.conditions import in_words
from goodoffices.brief.deadlock import Deadlock, gloss, said
from goodoffices.brief.elements import Rich, el, join
from goodoffices.brief.material import chance_and_spread, computed
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import count, counted
from goodoffices.moves.results import (
    ChangeReport,
    FirstStep,
    PreferenceChange,
    Risk,
    WayReport,
)
from goodoffices.moves.stability import Concept

__all__ = ["list_changes", "list_first_steps", "list_risks", "tabulate_groups", "tell_way"]

WORTH = {"same": "no different", "mixed": "better or worse, by its terms,"}
MOST_STEPS = 5
MOST_GROUPS = 12


def tell_way(deadlock: Deadlock) -> Rich:
    """Say what the target is to each, and whether a way leads there on which every move pays."""
    way = deadlock.report.way
    if way is None:
        return ("The case names no agreement among its states, so no way to one is looked for.",)
    who = [f"moves.preferences.{actor}" for actor in way.compared]
    sides: Rich = (
        "To the decision makers, ",
        *deadlock.state(way.target),
        " is, beside the status quo: ",
        *_compared(deadlock, way),
        " ",
        *deadlock.refs(who),
        ". ",
    )
    if way.path == ():
        return (*sides, "The status quo is that state already.")
    if way.path:
        steps = (
            *deadlock.steps(way.path),
            *deadlock.standing(way.path),
            " ",
            *deadlock.behind(*way.path),
        )
        return (
            *sides,
            "A way leads there on which every move pays the one who makes it: ",
            *steps,
            ".",
        )
    return (
        *sides,
        "No way leads there on which every move pays the one who makes it.",
        *_shut(way),
    )


def _compared(deadlock: Deadlock, way: WayReport) -> Rich:
    parts: list[Rich] = []
    for side in ("better", "same", "worse", "mixed"):
        some = [actor for actor, given in way.compared.items() if given == side]
        if some:
            word = WORTH.get(side, side)
            parts.append((f"{word} for ", *deadlock.naming.actors(some)))
    return join(parts, between="; ")


def _shut(way: WayReport) -> Rich:
    if way.first_steps:
        return (" A single first step would open one, if it were taken:",)
    return (" No single first step opens one either.",)


def list_first_steps(deadlock: Deadlock) -> tuple[tuple[Rich, ...], Rich]:
    """Return the first steps that open a way: who, what, whether it pays; and what is left out."""
    way = deadlock.report.way
    if way is None:
        return (), ()
    shown = way.first_steps[:MOST_STEPS]
    left: list[Rich] = []
    hidden = len(way.first_steps) - len(shown)
    if hidden:
        left.append(("First steps not shown: ", computed("way", count(hidden)), "."))
    if way.withheld:
        steps = " first step" if way.withheld == 1 else " first steps"
        number = computed("way", counted(way.withheld).capitalize())
        only = " would open a way only by a move that adds harm to people; withheld."
        left.append((number, steps, only))
    return tuple(_first_step(deadlock, one) for one in shown), join(left, between=" ")


def _first_step(deadlock: Deadlock, one: FirstStep) -> Rich:
    third = " (a third party)" if one.third else ""
    pays = "pays it by itself" if one.move.gains else "does not pay it by itself"
    told: Rich = (
        el("strong", *deadlock.steps((one.move,))),
        f"{third}, which {pays}",
    )
    if one.path:
        told = (*told, "; from there every move pays: ", *deadlock.steps(one.path))
    told = (*told, *deadlock.standing(one.path or (one.move,)))
    return (*told, " ", *deadlock.behind(one.move, *one.path), ".")


def list_changes(deadlock: Deadlock) -> tuple[Rich, ...]:
    """Say which least change of preferences would let everybody stay in the target, per concept.

    In statements put elsewhere, where that is known; else in places of states swapped. Concepts for
    which the same is true are told together.
    """
    best: dict[Concept, ChangeReport] = {}
    for one in deadlock.report.changes:
        known = best.get(one.concept)
        if known is None or (one.measure == "statements" and one.fewest is not None):
            best[one.concept] = one
    same: list[list[ChangeReport]] = []
    for one in best.values():
        like = [some for some in same if _alike(some[0], one)]
        like[0].append(one) if like else same.append([one])
    return tuple(_change(deadlock, some[0], [o.concept for o in some[1:]]) for some in same)


def _alike(one: ChangeReport, other: ChangeReport) -> bool:
    """Whether the same would do for two concepts."""
    keys = ("target", "measure", "fewest", "alternatives", "count", "method")
    return all(getattr(one, key) == getattr(other, key) for key in keys)


def _change(deadlock: Deadlock, one: ChangeReport, too: Sequence[Concept] = ()) -> Rich:
    also = f", and so too for {', '.join(c.value.upper() for c in too)}" if too else ""
    goal: Rich = (
        "For ",
        *deadlock.state(one.target),
        f" to be {gloss((one.concept,))}{also}",
    )
    if one.fewest == 0:
        return (*goal, ", nothing would have to change.")
    unit = "statement moved" if one.measure == "statements" else "neighbouring place swapped"
    if one.fewest is None:
        sure = "no change would do" if one.method.how == "exact" else "none was found"
        return (*goal, f", counted by each {unit}: {sure}.")
    if not one.alternatives:
        return (*goal, ": only by somebody coming to prefer more harm, which is not shown.")
    number: Rich = (computed("change", counted(one.fewest)), " ", _many(unit, one.fewest))
    least: Rich = (", at the least ", *number)
    if one.method.how == "bounded":
        least = (", as far as was looked, ", *number)
    if one.count > 1:
        least = (*least, ", in ", computed("change", count(one.count)), " ways, one of them")
    parts = [_differing(deadlock, change) for change in one.alternatives[0].changes]
    return (*goal, *least, ": ", *join(parts, between="; "), ".")


def _many(unit: str, number: int) -> str:
    first, _, rest = unit.rpartition(" ")
    return unit if number == 1 else f"{first}s {rest}"


def _differing(deadlock: Deadlock, change: PreferenceChange) -> Rich:
    """Say how one decision maker's preferences would have to differ."""
    refs = deadlock.refs([f"moves.preferences.{change.by}"])
    if not change.statements:
        return (*said(change.text), " ", *refs)
    texts = deadlock.naming.moves.preferences[change.by].statements
    order = [number - 1 for number in change.statements]
    stay = _in_place(order)
    parts: list[Rich] = []
    for n, j in enumerate(order):
        if j not in stay:
            after = next((k for k in order[n + 1 :] if k in stay), None)
            place: Rich = (" last",)
            if after is not None:
                place = (" before ", *in_words(texts[after], deadlock.naming))
            parts.append((*in_words(texts[j], deadlock.naming), *place))
    who = deadlock.naming.actor(change.by)
    return (who, " would have to put ", *join(parts, last=" and "), " ", *refs)


def _in_place(order: list[int]) -> frozenset[int]:
    """Return the statements that needn't be moved: a longest run that is in order today."""
    runs: list[list[int]] = [[]]
    for j in order:
        longest: list[int] = max((run for run in runs if not run or run[-1] < j), key=len)
        runs.append([*longest, j])
    best: list[int] = max(runs, key=len)
    return frozenset(best)


def list_risks(deadlock: Deadlock) -> tuple[Rich, ...]:
    """Name what is marked as harm and not done today: what could be done, and what deters it."""
    return tuple(_risk(deadlock, one) for one in deadlock.report.risks)


def _risk(deadlock: Deadlock, one: Risk) -> Rich:
    able = f"moves.arcs.{one.by}" if deadlock.naming.moves.arcs else f"moves.options.{one.option}"
    refs = deadlock.refs([able, f"moves.preferences.{one.by}"])
    state: Rich = ("can’t be done from the status quo",)
    if one.move is not None:
        pays = {
            None: "would not pay{}",
            "no": "would pay{}, and nothing deters it",
            "possibly": "would pay{}; answers that need not pay could deter it",
            "credibly": "would pay{}; answers that pay those who give them deter it",
        }[one.deterred]
        state = (pays.format(" now"),)
        if one.pays is not None:
            often = chance_and_spread("shares", one.pays)
            at_face = pays.format(" at face value")
            state = ("would pay in ", *often, f" of the draws; it {at_face}")
    what = deadlock.naming.act(one.option)
    return (
        "What ",
        deadlock.naming.actor(one.by),
        " could do: ",
        *what,
        "; ",
        *state,
        " ",
        *refs,
        ".",
    )


def tabulate_groups(deadlock: Deadlock) -> Table | None:
    """List groups that could leave the status quo together, to the gain of some, loss of none."""
    report = deadlock.report.coalitions
    if not report.leaving:
        return None
    shown = report.leaving[:MOST_GROUPS]
    rows = []
    for one in shown:
        flag: Rich = (" ", el("span", "▲ a risk: through harm", class_="flag alone"))
        members = deadlock.naming.actors(one.members)
        target = (*deadlock.state(one.target), *(flag if one.harm else ()))
        rows.append(Row(cells=(members, target, deadlock.behind(*one.path))))
    hidden = report.total - len(shown)
    more: Rich = ("Not shown: ", computed("moves", count(hidden)), " more. ") if hidden else ()
    bounded = f"Bounded: {report.method.note}." if report.method.note else ""
    return Table(
        anchor="groups",
        stacks=True,
        caption=("Groups that could leave the status quo together: none of them loses, one gains",),
        columns=(("Who together",), ("To which state",), ("Rests on",)),
        rows=tuple(rows),
        more=(*more, bounded) if more or bounded else (),
    )

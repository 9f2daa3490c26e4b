"""Behind question 7: what each could do, what can't be, and what each prefers."""

from __future__ import annotations

from goodoffices.brief.conditions import in_words
from goodoffices.brief.deadlock import Deadlock
from goodoffices.brief.elements import Rich, el, join
from goodoffices.brief.naming import Naming
from goodoffices.brief.tables import Row, Table
from goodoffices.brief.text import number_of
from goodoffices.case.moves import MoveOption, Preference

__all__ = ["tabulate_options", "tabulate_preferences"]

MOST_ARCS = 20
"""From so many states the moves of one decision maker are told."""
MOST_PLACES = 12
"""So many places of an order of preference are told."""


def tabulate_options(deadlock: Deadlock) -> Table:
    """List what each could do, as it is today, and the rules of what can't be."""
    moves, naming = deadlock.naming.moves, deadlock.naming
    if moves.arcs:
        return _tabulate_arcs(deadlock)
    rows = [
        Row(
            cells=(
                (f"M{n}",),
                (naming.actor(option.by),),
                (*naming.act(key), *_marks(option)),
                ("yes" if option.taken else "no",),
                deadlock.evidence.refs(f"moves.options.{key}"),
            ),
            anchor=f"mm-{key}",
        )
        for n, (key, option) in enumerate(moves.options.items(), 1)
    ]
    rows += [
        Row(
            cells=(
                ("–",),
                ("rule",),
                ("always: ", *in_words(rule.holds, naming)),
                ("–",),
                deadlock.evidence.refs(f"moves.rules.{key}"),
            )
        )
        for key, rule in moves.rules.items()
    ]
    return Table(
        anchor="options",
        stacks=True,
        caption=("What each could do, and what can’t be",),
        columns=(("No.",), ("Who",), ("Option",), ("Done today",), ("Rests on",)),
        rows=tuple(rows),
    )


def _tabulate_arcs(deadlock: Deadlock) -> Table:
    """List from which state each could move to which, where a case gives its moves one by one."""
    naming = deadlock.naming
    rows: list[Row] = []
    for n, (key, arcs) in enumerate(naming.moves.arcs.items(), 1):
        told = [
            (
                "from ",
                *naming.act(source),
                " to ",
                *join([_goal(naming, t) for t in some], last=" or "),
            )
            for source, some in arcs.to.items()
            if some
        ]
        cells = (
            (f"M{n}",),
            (naming.actor(key),),
            join(told[:MOST_ARCS], between="; ") or ("nothing",),
            (number_of(len(told) - MOST_ARCS, "more state"),) if len(told) > MOST_ARCS else ("–",),
            deadlock.evidence.refs(f"moves.arcs.{key}"),
        )
        rows.append(Row(cells=cells, anchor=f"mm-{key}"))
    return Table(
        anchor="options",
        stacks=True,
        caption=("From which state each could move to which",),
        columns=(("No.",), ("Who",), ("Moves",), ("Not shown",), ("Rests on",)),
        rows=tuple(rows),
    )


def _goal(naming: Naming, state: str) -> Rich:
    risk: Rich = (" ", el("span", "▲ a risk", class_="flag alone"))
    known = naming.moves.states.get(state)
    return (*naming.act(state), *(risk if known is not None and known.harm else ()))


def _marks(option: MoveOption) -> Rich:
    once = {"take": " (can’t be taken back)", "drop": " (can’t be taken up again)"}
    said: Rich = (once[option.only],) if option.only else ()
    return (*said, " ", el("span", "▲ a risk", class_="flag alone")) if option.harm else said


def tabulate_preferences(deadlock: Deadlock) -> Table:
    """Say what each prefers, the most important first."""
    rows = tuple(
        Row(
            cells=(
                (f"P{n}",),
                (deadlock.naming.actor(key),),
                _order(deadlock, key, given),
                deadlock.evidence.refs(f"moves.preferences.{key}"),
            ),
            anchor=f"pm-{key}",
        )
        for n, (key, given) in enumerate(deadlock.naming.moves.preferences.items(), 1)
    )
    return Table(
        anchor="preferences",
        stacks=True,
        caption=("What each prefers, the most important first",),
        columns=(("No.",), ("Who",), ("In this order",), ("Rests on",)),
        rows=rows,
    )


def _order(deadlock: Deadlock, actor: str, given: Preference) -> Rich:
    naming, path = deadlock.naming, f"moves.preferences.{actor}"
    if given.statements:
        places = [in_words(text, naming) for text in given.statements]
    elif given.ranking:
        places = [join([in_words(t, naming) for t in tied], last=" or ") for tied in given.ranking]
    else:
        places = [
            (*in_words(text, naming), " (", deadlock.evidence.number(path, score), ")")
            for text, score in given.scores.items()
        ]
    told = join(places[:MOST_PLACES], between="; then ")
    if len(places) > MOST_PLACES:
        told = (*told, "; and more")
    if given.from_ == "deals":
        told = (*told, ". Agreement: by what the packages of question 5 are worth to it")
    return told

"""Whether moves that are given one by one can be meant so: states, and who moves between them."""

from __future__ import annotations

from collections.abc import Iterator

from goodoffices.case._faults import Hints, error, warning
from goodoffices.case.moves import Arcs, Moves
from goodoffices.case.states import MOST_NODES
from goodoffices.errors import Fault, clip

__all__ = ["arc_faults", "form_faults"]

MOST_WRONG = 20
"""Arcs of one decision maker that lead nowhere; after so many the rest isn't looked at."""


def form_faults(moves: Moves) -> Iterator[Fault]:
    """Yield what belongs to arcs beside options, and what belongs to options beside arcs."""
    if moves.arcs:
        yield from _beside_arcs(moves)
        return
    if moves.status_quo is not None:
        what = "stands beside options, which say by `taken:` what holds today"
        yield error("moves.status_quo", what, "remove it, or give `arcs` in place of options")
    for key, state in moves.states.items():
        if state.when is None:
            what = "says no statement that holds in it"
            yield error(f"moves.states.{key}", what, "add `when:`, a statement over options")
        if state.harm:
            what = "has a mark of harm beside options"
            yield error(f"moves.states.{key}.harm", what, "mark the options that bring it about")


def _beside_arcs(moves: Moves) -> Iterator[Fault]:
    if moves.options:
        what = "stand beside `options`, and each of the two says all that can be done"
        yield error("moves.arcs", what, "keep one of them")
    if moves.rules:
        what = "say which options go together, and there are `arcs` in place of options"
        yield error("moves.rules", what, "remove them, and the states that can't be")
    for key, state in moves.states.items():
        where = f"moves.states.{key}"
        if state.one:
            what = "has no effect beside `arcs`, where every state is given by itself"
            yield error(f"{where}.one", what, "remove it")
        if state.harm and state.when is not None:
            what = "has a mark of harm, and stands for other states"
            yield error(f"{where}.harm", what, "mark those of them in which people are harmed")


def arc_faults(moves: Moves, hints: Hints) -> Iterator[Fault]:
    """Yield faults of the states that stand by themselves and of the arcs between them."""
    nodes = set(moves.nodes)
    if not nodes:
        what = "there is none to move between"
        yield error("moves.states", what, "name states, each by itself: no `when:`")
        return
    if len(nodes) > MOST_NODES:
        what = f"{len(nodes):,} states by themselves; at most {MOST_NODES:,} can be held"
        yield error("moves.states", what, "leave out what nobody would reach")
        return
    if moves.status_quo is None:
        what = "missing, so nothing says which state holds today"
        yield error("moves.status_quo", what, "name the state")
    elif moves.status_quo not in nodes:
        what = f'"{clip(moves.status_quo)}" is not a state by itself'
        mend = hints.near(moves.status_quo, "a state by itself", moves.nodes)
        yield error("moves.status_quo", what, mend)
    for key, arcs in moves.arcs.items():
        yield from _between(f"moves.arcs.{key}.to", arcs, moves, hints)
        if not any(arcs.to.values()):
            what = "has no arc, so this decision maker can do nothing"
            yield warning(f"moves.arcs.{key}.to", what)


def _between(where: str, arcs: Arcs, moves: Moves, hints: Hints) -> Iterator[Fault]:
    nodes, wrong = set(moves.nodes), 0
    for source, targets in arcs.to.items():
        for name in dict.fromkeys([source, *targets]):
            if wrong == MOST_WRONG:
                return
            if name in nodes:
                continue
            wrong += 1
            if name in moves.states:
                what = f'"{clip(name)}" stands for other states, so no arc can begin or end there'
                yield error(f"{where}.{source}", what, "name one of these")
                continue
            mend = hints.near(name, "a state by itself", moves.nodes)
            yield error(f"{where}.{source}", f'"{clip(name)}" is not a state', mend)
        if source in targets:
            yield warning(f"{where}.{source}", "leads back to itself, which is no move")

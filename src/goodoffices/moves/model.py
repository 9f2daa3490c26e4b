"""The moves of a case, ready to be worked on: its graph, its states by name, its preferences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.check_moves import AGREEMENT, MOST_STATES
from goodoffices.case.model import Case
from goodoffices.case.moves import MoveOption, Moves
from goodoffices.case.statements import Statement, parse_statement
from goodoffices.deals.results import Deals
from goodoffices.errors import ModelError
from goodoffices.moves.forms import Form, Swing, form_of, stance_of
from goodoffices.moves.graph import (
    Direction,
    Graph,
    Option,
    from_arcs,
    from_options,
    merge_groups,
)

__all__ = ["Model", "compile_model"]

Bool = NDArray[np.bool_]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

MOST_MERGED = 1 << 16
"""States among which some may be taken as one; moves are then kept one by one."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Model:
    """A case's conflict as the graph model knows it; options and states by the case's ids."""

    case: Case
    moves: Moves
    graph: Graph
    gentle: Graph
    """The same states, with only those moves that take no option marked as harm, and lead into no
    state so marked."""
    status_quo: int
    named: Mapping[str, Int64]
    """Named state to the states that are called so, ascending."""
    forms: tuple[Form, ...]
    """Per decision maker."""

    @property
    def ranks(self) -> Int32:
        """(N, n): the preferences at face value."""
        return np.stack([form.ranks for form in self.forms])

    @property
    def certain(self) -> bool:
        """Whether every draw gives the same preferences."""
        return all(form.certain for form in self.forms)

    @property
    def actors(self) -> tuple[str, ...]:
        """Ids of the decision makers, in the graph's order."""
        return self.graph.decision_makers


def compile_model(case: Case, deals: Deals | None = None) -> Model:
    """Return the graph model of a checked case.

    `deals` is what the deals lens says of the same case; only preferences `from: deals` need it.
    Raises `ModelError` for a case without moves, without those answers, or with more states than
    `MOST_STATES`, or `MOST_MERGED` where some are taken as one.
    """
    moves = case.moves
    if moves is None or not moves.decision_makers:
        raise ModelError("moves: this case has none; add `moves` with options and preferences")
    if moves.reads_deals and deals is None:
        raise ModelError("moves: a preference is `from: deals`; give the answers of that lens too")
    land = _by_arcs(moves) if moves.arcs else _by_options(moves)
    forms = []
    columns = land.graph.columns()
    for actor in land.graph.decision_makers:
        form = _form(moves, actor, columns, land.meanings)
        if deals is not None and moves.preferences[actor].from_ == "deals":
            form = _weighed(form, case, deals, actor, land.named, land.status_quo)
        forms.append(form)
    return Model(
        case=case,
        moves=moves,
        graph=land.graph,
        gentle=land.gentle,
        status_quo=land.status_quo,
        named=land.named,
        forms=tuple(forms),
    )


class _Land(NamedTuple):
    """Where the conflict takes place, whoever prefers what."""

    graph: Graph
    gentle: Graph
    status_quo: int
    named: dict[str, Int64]
    meanings: dict[str, Statement]


def _meanings(moves: Moves, names: Sequence[str]) -> dict[str, Statement]:
    kind = "state" if moves.arcs else "option"
    return {
        key: parse_statement(state.when, names, f"moves.states.{key}.when", kind=kind)
        for key, state in moves.states.items()
        if state.when is not None
    }


def _by_options(moves: Moves) -> _Land:
    names = list(moves.options)
    meanings = _meanings(moves, names)
    rules = [
        parse_statement(rule.holds, names, f"moves.rules.{key}.holds", meanings)
        for key, rule in moves.rules.items()
    ]
    whole = _graph(moves, rules, gently=False)
    harm = any(option.harm for option in moves.options.values())
    columns = whole.columns()
    groups = [s.holds(columns) for key, s in meanings.items() if moves.states[key].one]
    graph, place = _merged(whole, groups)
    gentle = _merged(_graph(moves, rules, gently=True), groups)[0] if harm else graph
    taken = sum(1 << k for k, option in enumerate(moves.options.values()) if option.taken)
    status_quo = int(place[whole.index(taken)])
    named = {key: np.unique(place[s.holds(columns)]) for key, s in meanings.items()}
    return _Land(graph, gentle, status_quo, named, meanings)


def _by_arcs(moves: Moves) -> _Land:
    nodes = list(moves.nodes)
    place = {key: s for s, key in enumerate(nodes)}
    if moves.status_quo not in place:
        raise ModelError("moves.status_quo: says no state; name the one that holds today")
    graph = from_arcs(nodes, {actor: _pairs(moves, actor, place) for actor in moves.arcs})
    harm = {key for key in nodes if moves.states[key].harm}
    gentle = graph
    if harm:
        kept = {key: s for key, s in place.items() if key not in harm}
        gentle = from_arcs(
            nodes, {actor: _pairs(moves, actor, place, kept) for actor in moves.arcs}
        )
    meanings = _meanings(moves, nodes)
    columns = graph.columns()
    named = {
        key: np.array([place[key]])
        if key in place
        else np.flatnonzero(meanings[key].holds(columns))
        for key in moves.states
    }
    return _Land(graph, gentle, place[moves.status_quo], named, meanings)


def _pairs(
    moves: Moves, actor: str, sources: Mapping[str, int], targets: Mapping[str, int] | None = None
) -> list[tuple[int, int]]:
    """Return the arcs of a decision maker that end in one of the targets."""
    kept = sources if targets is None else targets
    try:
        return [
            (sources[source], kept[target])
            for source, some in moves.arcs[actor].to.items()
            for target in some
            if target in kept or targets is None
        ]
    except KeyError as unknown:
        where = f"moves.arcs.{actor}.to"
        raise ModelError(f"{where}: {unknown} is not a state; name one by itself") from None


def _graph(moves: Moves, rules: list[Statement], *, gently: bool) -> Graph:
    options = [
        Option(name=key, owner=option.by, direction=_direction(option, gently and option.harm))
        for key, option in moves.options.items()
    ]
    return from_options(moves.decision_makers, options, rules=rules, most_states=MOST_STATES)


def _direction(option: MoveOption, never_taken: bool) -> Direction:
    if option.only == "take":
        return "none" if never_taken else "fwd"
    return "back" if never_taken or option.only == "drop" else "both"


def _merged(graph: Graph, groups: list[Bool]) -> tuple[Graph, Int64]:
    if not groups:
        return graph, np.arange(graph.n)
    if graph.n > MOST_MERGED:
        raise ModelError(
            f"moves.states: {graph.n:,} states are too many to take some as one; at most "
            f"{MOST_MERGED:,}; rule out more of them"
        )
    return merge_groups(graph, groups)


def _form(
    moves: Moves, actor: str, columns: Mapping[str, Bool], meanings: Mapping[str, Statement]
) -> Form:
    where = f"moves.preferences.{actor}"
    if actor not in moves.preferences:
        raise ModelError(f"{where}: missing; say what it prefers")
    return form_of(moves.preferences[actor], columns, meanings, where)


def _weighed(
    form: Form, case: Case, deals: Deals, actor: str, named: Mapping[str, Int64], status_quo: int
) -> Form:
    if AGREEMENT not in named:
        raise ModelError(f"moves.states: none is `{AGREEMENT}`, and a preference is `from: deals`")
    agreed = np.zeros(form.base.size, np.bool_)
    agreed[named[AGREEMENT]] = True
    agreed[status_quo] = False
    stance = stance_of(case, deals, actor)
    swing = Swing(face=stance.face, share=stance.share, agreed=agreed, status_quo=status_quo)
    return Form(base=form.base, entry=form.entry, numbers=form.numbers, swing=swing)

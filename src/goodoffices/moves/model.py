"""The moves of a case, ready to be worked on: its graph, its states by name, its preferences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.check_moves import AGREEMENT, MOST_STATES
from goodoffices.case.model import Case
from goodoffices.case.moves import MoveOption, Moves
from goodoffices.case.statements import Statement, parse_statement
from goodoffices.deals.results import Deals
from goodoffices.errors import ModelError
from goodoffices.moves.forms import Form, Swing, form_of, stance_of
from goodoffices.moves.graph import Direction, Graph, Option, from_options, merge_groups

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
    """The same states, with only those moves that take no option marked as harm."""
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
    if moves is None or not moves.options:
        raise ModelError("moves: this case has none; add `moves` with options and preferences")
    if moves.reads_deals and deals is None:
        raise ModelError("moves: a preference is `from: deals`; give the answers of that lens too")
    names = list(moves.options)
    meanings = {
        key: parse_statement(state.when, names, f"moves.states.{key}.when")
        for key, state in moves.states.items()
    }
    rules = [
        parse_statement(rule.holds, names, f"moves.rules.{key}.holds", meanings)
        for key, rule in moves.rules.items()
    ]
    whole = _graph(moves, rules, gently=False)
    harm = any(option.harm for option in moves.options.values())
    columns = whole.columns()
    groups = [meanings[key].holds(columns) for key, state in moves.states.items() if state.one]
    graph, place = _merged(whole, groups)
    gentle = _merged(_graph(moves, rules, gently=True), groups)[0] if harm else graph
    taken = sum(1 << k for k, option in enumerate(moves.options.values()) if option.taken)
    status_quo = int(place[whole.index(taken)])
    named = {key: np.unique(place[s.holds(columns)]) for key, s in meanings.items()}
    forms = []
    for actor in graph.decision_makers:
        form = _form(moves, actor, graph, meanings)
        if deals is not None and moves.preferences[actor].from_ == "deals":
            form = _weighed(form, case, deals, actor, named, status_quo)
        forms.append(form)
    return Model(
        case=case,
        moves=moves,
        graph=graph,
        gentle=gentle,
        status_quo=status_quo,
        named=named,
        forms=tuple(forms),
    )


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


def _form(moves: Moves, actor: str, graph: Graph, meanings: Mapping[str, Statement]) -> Form:
    where = f"moves.preferences.{actor}"
    if actor not in moves.preferences:
        raise ModelError(f"{where}: missing; say what it prefers")
    return form_of(moves.preferences[actor], graph.columns(), meanings, where)


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

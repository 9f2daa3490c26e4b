"""Writing the moves of a case as a `.gmcr` file, and saying what of it the format can't hold.

The format knows decision makers, options, impossible states and rankings. What a case holds beyond
that and would change an answer is *lost*, and named; what only describes (sources, claims, names
of states, on what something rests) is left out without a word.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from goodoffices import __version__
from goodoffices.case.model import Case
from goodoffices.case.moves import Moves
from goodoffices.case.statements import Statement, Tree, parse_statement
from goodoffices.errors import ExchangeError, Fault
from goodoffices.moves.model import Model, compile_model
from goodoffices.moves.preference import ranking_of

__all__ = ["document", "lost_in_gmcr"]

Int64 = NDArray[np.int64]
Literals = dict[str, bool]
"""Options to whether they are taken: a conjunction."""

MOST_STATES: Final = 100_000
MOST_TERMS: Final = 1_000
"""Alternatives into which a statement may be taken apart."""


def lost_in_gmcr(case: Case) -> tuple[Fault, ...]:
    """Return what a `.gmcr` file can't hold of a case.

    A warning is lost if the case is written anyway; with an error it can't be written at all.
    """
    if case.moves is not None and case.moves.arcs:
        what = "moves from state to state, and the format knows options only"
        return (Fault(where="moves.arcs", what=what, mend="give the case by options"),)
    if case.moves is None or not case.moves.options:
        return (Fault(where="moves", what="there are none to write", mend="add `moves`"),)
    return (*_lost_sections(case), *_lost_moves(case.moves))


def _lost(where: str, what: str) -> Fault:
    return Fault(where=where, what=what, severity="warning")


def _lost_sections(case: Case) -> Iterator[Fault]:
    for section in ("issues", "positions", "demands", "linkages", "promises", "packages"):
        if getattr(case, section):
            yield _lost(section, "what could be agreed")
    for key in case.scenarios:
        yield _lost(f"scenarios.{key}", "a scenario")


def _lost_moves(moves: Moves) -> Iterator[Fault]:
    for key, option in moves.options.items():
        if option.taken:
            yield _lost(f"moves.options.{key}.taken", "what is taken in the status quo")
        if option.harm:
            yield _lost(f"moves.options.{key}.harm", "a mark of harm")
    for key, state in moves.states.items():
        if state.one:
            yield _lost(f"moves.states.{key}.one", "states that are taken as one")
    for key, preference in moves.preferences.items():
        where = f"moves.preferences.{key}"
        if preference.from_ is not None:
            yield _lost(f"{where}.from", "a preference that the deals lens gives")
        if any(score.uncertain for score in preference.scores.values()):
            yield _lost(f"{where}.scores", "uncertain numbers")


def document(case: Case) -> dict[str, Any]:
    """Return what the file says, as plain data; `ExchangeError` for too many states."""
    model = compile_model(_plain_moves(case))
    moves = model.moves
    if model.graph.n > MOST_STATES:
        raise ExchangeError(f"moves: {model.graph.n:,} states; at most {MOST_STATES:,} are written")
    names = list(moves.options)
    meanings = {
        key: parse_statement(state.when, names, key)
        for key, state in moves.states.items()
        if state.when is not None
    }
    conditions = [_conditions(moves, actor, meanings) for actor in model.actors]
    return {
        "program": "goodoffices",
        "version": __version__,
        "options": [
            {
                "name": option.name,
                "permittedDirection": {"take": "fwd", "drop": "back", None: "both"}[option.only],
            }
            for option in moves.options.values()
        ],
        "decisionMakers": [
            {
                "name": case.name_of(actor),
                "options": [
                    k for k, option in enumerate(moves.options.values()) if option.by == actor
                ],
                "preferences": condition or [],
                "preferenceRanking": _ordinals(model, i),
            }
            for i, (actor, condition) in enumerate(zip(model.actors, conditions, strict=True))
        ],
        "infeasibles": _infeasible(moves, model, meanings),
        "useManualPreferenceRanking": None in conditions,
    }


def _plain_moves(case: Case) -> Case:
    """Return the case with its options sorted by owner, and without what is lost."""
    moves = case.moves
    assert moves is not None
    order = moves.decision_makers
    options = sorted(moves.options.items(), key=lambda item: order.index(item[1].by))
    plain = moves.model_copy(
        update={
            "options": dict(options),
            "states": {
                key: state.model_copy(update={"one": False}) for key, state in moves.states.items()
            },
            "preferences": {
                key: preference.model_copy(update={"from_": None})
                for key, preference in moves.preferences.items()
            },
        }
    )
    return case.model_copy(update={"moves": plain})


def _ordinals(model: Model, i: int) -> list[int | list[int]]:
    """Return a ranking by the numbers of states, counted from 1; ties stand in a list."""
    places = [[s + 1 for s in place] for place in ranking_of(model.ranks[i])]
    return [place if len(place) > 1 else place[0] for place in places]


def _conditions(moves: Moves, actor: str, meanings: dict[str, Statement]) -> list[Any] | None:
    """Return statements as conditions; nothing where there are none, or one is too long."""
    names = list(moves.options)
    found: list[Any] = []
    for text in moves.preferences[actor].statements:
        terms = _terms(parse_statement(text, names, actor, meanings).tree, truth=True)
        if not terms:
            return None
        members = [_pairs(term, names) for term in terms]
        found.append(members[0] if len(members) == 1 else {"compound": True, "members": members})
    return found or None


def _infeasible(moves: Moves, model: Model, meanings: dict[str, Statement]) -> list[Any]:
    """Return conditions under which a state is impossible: from the rules, or else from states."""
    names = list(moves.options)
    found: list[Literals] = []
    for key, rule in moves.rules.items():
        terms = _terms(parse_statement(rule.holds, names, key, meanings).tree, truth=False)
        if terms is None:
            found = list(_gaps({}, model.graph.states, names))
            break
        found += terms
    return [_pairs(term, names) for term in found]


def _pairs(term: Literals, names: Sequence[str]) -> list[list[Any]]:
    return [[names.index(name), "Y" if taken else "N"] for name, taken in term.items()]


def _terms(tree: Tree, *, truth: bool) -> list[Literals] | None:
    """Return conjunctions, one of which holds where the statement is true (false).

    Nothing where there would be too many of them.
    """
    kind, *parts = tree
    if kind == "name":
        return [{str(parts[0]): truth}]
    trees = [part for part in parts if isinstance(part, tuple)]
    if kind == "not":
        return _terms(trees[0], truth=not truth)
    if kind == "if":
        return _terms(("or", trees[0], ("not", trees[1])), truth=truth)
    if kind == "iff":
        both: Tree = ("and", *trees)
        neither: Tree = ("and", *(("not", part) for part in trees))
        return _terms(("or", both, neither), truth=truth)
    each = [_terms(part, truth=truth) for part in trees]
    known = [terms for terms in each if terms is not None]
    if len(known) < len(each):
        return None
    if (kind == "and") == truth:
        return _joint(known)
    terms = [term for some in known for term in some]
    return terms if len(terms) <= MOST_TERMS else None


def _joint(each: Iterable[list[Literals]]) -> list[Literals] | None:
    """Return every way to take one conjunction of each that don't contradict each other."""
    found: list[Literals] = [{}]
    for terms in each:
        if len(found) * len(terms) > MOST_TERMS:
            return None
        found = [
            {**one, **other}
            for one, other in product(found, terms)
            if all(one.get(name, taken) == taken for name, taken in other.items())
        ]
    return found


def _gaps(fixed: Literals, states: Int64, names: Sequence[str]) -> Iterator[Literals]:
    """Yield conjunctions that cover every state that isn't among these, option by option."""
    k = len(fixed)
    if states.size == 0:
        yield fixed
    elif states.size < 1 << (len(names) - k):
        on = (states >> k & 1).astype(np.bool_)
        yield from _gaps({**fixed, names[k]: False}, states[~on], names)
        yield from _gaps({**fixed, names[k]: True}, states[on], names)

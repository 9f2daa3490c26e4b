"""Whether the moves of a case can be meant so: owners, states, and what each side prefers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from goodoffices.case._faults import Hints, error, warning
from goodoffices.case.check_arcs import arc_faults, form_faults
from goodoffices.case.model import Case
from goodoffices.case.moves import Moves, Preference
from goodoffices.case.statements import WORDS, Statement, parse_statement
from goodoffices.case.states import (
    MOST_OPTIONS,
    columns_of,
    columns_of_nodes,
    feasible_states,
)
from goodoffices.errors import Fault, ModelError, clip

__all__ = ["AGREEMENT", "MOST_STATES", "move_faults"]

Bool = NDArray[np.bool_]

AGREEMENT = "agreement"
"""The named state that is the target unless another is asked for, and that `from: deals` ranks."""
MOST_STATES = 1 << 20
"""A case may have so many states; the engine's own limit is higher."""
MOST_UNREAD = 50
"""Statements that can't be read; for each, the nearest name is looked for."""
MOST_CELLS = 500_000_000
"""Statements times states that are worked out to see which of them have no effect."""
SAYS_WHY = 'add `because:` with claims, or `assumed: "who: why"`'


def move_faults(case: Case, hints: Hints) -> Iterator[Fault]:
    """Yield faults of options, rules, named states and preferences of the graph model."""
    moves = case.moves
    if moves is None:
        return
    if not moves.options and not moves.arcs:
        yield error("moves.options", "there is nothing to decide", "name an option and whose it is")
        return
    form = list(form_faults(moves))
    yield from form
    yield from _owners(case, moves, hints)
    yield from _ids(moves)
    yield from _one_way(moves)
    yield from _grounds(moves)
    reader = _Reader(moves)
    reader.read()
    yield from reader.faults
    between = list(arc_faults(moves, hints)) if moves.arcs else []
    yield from between
    if not reader.faults and not any(f.severity == "error" for f in (*form, *between)):
        yield from _States(moves, reader).all_faults()
    yield from _from_deals(case, moves)


def _owners(case: Case, moves: Moves, hints: Hints) -> Iterator[Fault]:
    actors = {**case.parties, **case.factions}
    for key, option in moves.options.items():
        if option.by not in actors:
            what = f'"{clip(option.by)}" is not a party or faction'
            mend = hints.near(option.by, "a party or faction", actors)
            yield error(f"moves.options.{key}.by", what, mend)
    for key in moves.arcs:
        if key not in actors:
            mend = hints.near(key, "a party or faction", actors)
            yield error(f"moves.arcs.{key}", f'"{clip(key)}" is not a party or faction', mend)
    deciding = moves.decision_makers
    for key in moves.preferences:
        where = f"moves.preferences.{key}"
        if key not in actors:
            mend = hints.near(key, "a party or faction", actors)
            yield error(where, f'"{clip(key)}" is not a party or faction', mend)
        elif key not in deciding:
            what, mend = "decides no option", f"give it an option: `by: {key}`"
            if moves.arcs:
                what, mend = "has no arcs", f"add `{clip(key)}:` to `moves.arcs`"
            yield warning(where, f"{what}, so its preference has no effect", mend)
    for key in deciding:
        if key in actors and key not in moves.preferences:
            owned = (name for name, option in moves.options.items() if option.by == key)
            does = next((f"decides {clip(name)}" for name in owned), "has arcs")
            what = f"{clip(key)} {does}, and nothing says what it prefers"
            yield error("moves.preferences", what, f"add `{clip(key)}:`")


def _ids(moves: Moves) -> Iterator[Fault]:
    for key in moves.states:
        if key in moves.options:
            what = f'"{clip(key)}" is an option already'
            yield error(f"moves.states.{key}", what, "give one of them another id")
    for section in ("options", "states"):
        for key in getattr(moves, section):
            if key.lower() in WORDS:
                what = f'"{key}" joins statements, so no statement can name it'
                yield error(f"moves.{section}.{key}", what, "give it another id")


def _one_way(moves: Moves) -> Iterator[Fault]:
    for key, option in moves.options.items():
        if option.only is not None and option.taken == (option.only == "take"):
            now = "is taken" if option.taken else "is not taken"
            what = f"{now} in the status quo and has `only: {option.only}`, so it never changes"
            yield warning(f"moves.options.{key}.only", what, "see whether both can be meant")


def _grounds(moves: Moves) -> Iterator[Fault]:
    for key, preference in moves.preferences.items():
        if preference.founded == "unfounded":
            what = "this preference rests on no claim and no assumption"
            yield error(f"moves.preferences.{key}", what, SAYS_WHY)
    for section in ("options", "arcs", "rules"):
        for key, basis in getattr(moves, section).items():
            if basis.founded == "unfounded":
                yield warning(f"moves.{section}.{key}", "rests on no claim and no assumption")


class _Reader:
    """Reads every statement of the moves, and keeps what can't be read."""

    def __init__(self, moves: Moves) -> None:
        self.moves = moves
        self.known: Collection[str] = moves.nodes if moves.arcs else moves.options
        """What statements speak of: options, or states that stand by themselves."""
        self.faults: list[Fault] = []
        self.states: dict[str, Statement] = {}
        self.rules: dict[str, Statement] = {}
        self.preferences: dict[str, list[list[tuple[str, Statement]]]] = {}
        """Per decision maker its places in order, and on each place where a statement stands."""

    def read(self) -> None:
        """Read them all, named states first: the others may use their names."""
        # A named state that can't be read is known all the same, so that it is one fault only.
        meanings: dict[str, Statement] = {}
        for key, state in self.moves.states.items():
            if state.when is None:
                if not self.moves.arcs:
                    meanings[key] = Statement(text=key, tree=("name", key))
                continue
            found = self._statement(f"moves.states.{key}.when", state.when, meanings)
            meanings[key] = found or Statement(text=key, tree=("name", key))
            if found is not None:
                self.states[key] = found
        for key, rule in self.moves.rules.items():
            found = self._statement(f"moves.rules.{key}.holds", rule.holds, meanings)
            if found is not None:
                self.rules[key] = found
        for key, preference in self.moves.preferences.items():
            self.preferences[key] = [
                [
                    (where, s)
                    for where, text in place
                    if (s := self._statement(where, text, meanings))
                ]
                for place in _places(f"moves.preferences.{key}", preference)
            ]

    def _statement(
        self, where: str, text: str, meanings: Mapping[str, Statement]
    ) -> Statement | None:
        if len(self.faults) >= MOST_UNREAD:
            return None
        known = {} if where.startswith("moves.states.") else meanings
        try:
            kind = "state" if self.moves.arcs else "option"
            return parse_statement(text, self.known, where, known, kind)
        except ModelError as problem:
            what, _, mend = str(problem).removeprefix(f"{where}: ").rpartition("; ")
            self.faults.append(error(where, what, mend))
            return None


def _places(where: str, preference: Preference) -> list[list[tuple[str, str]]]:
    if preference.scores:
        return [[(f"{where}.scores.{text}", text)] for text in preference.scores]
    if preference.statements:
        return [[(f"{where}.statements.{n}", text)] for n, text in enumerate(preference.statements)]
    return [
        [(f"{where}.ranking.{n}", text) for text in place]
        for n, place in enumerate(preference.ranking)
    ]


class _States:
    """The states that the rules leave, and what holds in them."""

    def __init__(self, moves: Moves, reader: _Reader) -> None:
        self.moves, self.reader = moves, reader
        self.names = list(moves.options)
        self.now = {name: np.array([option.taken]) for name, option in moves.options.items()}
        if moves.arcs:
            self.now = {name: np.array([name == moves.status_quo]) for name in moves.nodes}

    def all_faults(self) -> Iterator[Fault]:
        """Yield faults of the states as a whole, of the status quo, of names and of preferences."""
        if self.moves.arcs:
            yield from self._faults_of(columns_of_nodes(self.moves.nodes), len(self.moves.nodes))
            return
        if len(self.names) > MOST_OPTIONS:
            what = f"{len(self.names)} options; at most {MOST_OPTIONS} can be told apart"
            yield error("moves.options", what, "leave out what nobody would do")
            return
        rules = list(self.reader.rules.values())
        try:
            states = feasible_states(self.names, [], rules, MOST_STATES)
        except ModelError as problem:
            what, _, mend = str(problem).removeprefix("states: ").partition("; ")
            if what.startswith("none"):
                what, mend = "leave no state at all", "remove one of them"
            yield error("moves.rules" if self.moves.rules else "moves.options", what, mend)
            return
        yield from self._faults_of(columns_of(states, self.names), states.size)

    def _faults_of(self, columns: Mapping[str, Bool], size: int) -> Iterator[Fault]:
        yield from self._status_quo()
        yield from self._named(columns, size)
        count = sum(map(len, self.reader.preferences.values()))
        if count * size <= MOST_CELLS:
            for key, places in self.reader.preferences.items():
                yield from self._preference(key, places, columns)

    def _status_quo(self) -> Iterator[Fault]:
        taken = [name for name, option in self.moves.options.items() if option.taken]
        for key, rule in self.reader.rules.items():
            if not rule.holds(self.now)[0]:
                there = f"{clip(', '.join(taken), 80)} taken" if taken else "nothing taken"
                what = f"fails in the status quo, with {there}"
                yield error(
                    f"moves.rules.{key}", what, "mend it, or `taken:` of an option it names"
                )

        agreed = self.reader.states.get(AGREEMENT)
        already = self.moves.status_quo == AGREEMENT or (
            agreed is not None and bool(agreed.holds(self.now)[0])
        )
        if self.moves.reads_deals and already:
            what = "holds in the status quo already, and a preference is `from: deals`"
            where = f"moves.states.{AGREEMENT}{'.when' if agreed is not None else ''}"
            mend = "mend it, or the status quo" if self.moves.arcs else "mend it, or what is taken"
            yield error(where, what, mend)

    def _named(self, columns: Mapping[str, Bool], count: int) -> Iterator[Fault]:
        for key, state in self.reader.states.items():
            if not state.holds(columns).any():
                left = "" if self.moves.arcs else " that the rules leave"
                what = f"holds in none of the {count:,} states{left}"
                mend = "mend it" if self.moves.arcs else "mend it, or a rule"
                yield error(f"moves.states.{key}.when", what, mend)

    def _preference(
        self,
        who: str,
        places: Sequence[Sequence[tuple[str, Statement]]],
        columns: Mapping[str, Bool],
    ) -> Iterator[Fault]:
        if self.moves.preferences[who].statements:
            for (where, statement), *_ in places:
                truth = statement.holds(columns)
                if truth.all() or not truth.any():
                    what = f"holds in {'every' if truth[0] else 'no'} state, so it tells none apart"
                    yield warning(where, what, "remove it, or mend it")
            return
        left = np.ones(next(iter(columns.values())).size, np.bool_)
        now = False
        for where, statement in (entry for place in places for entry in place):
            truth = statement.holds(columns)
            if not truth.any():
                yield warning(where, "holds in no state", "remove it, or mend it")
            elif not (truth & left).any():
                what = "is never reached: every state that it fits, fits one before it"
                yield warning(where, what, "put it before that one, or remove it")
            left &= ~truth
            now = now or bool(statement.holds(self.now)[0])
        if not now:
            what = "no entry fits the status quo, so it comes last"
            yield warning(f"moves.preferences.{who}", what, "add an entry for it")


def _from_deals(case: Case, moves: Moves) -> Iterator[Fault]:
    asking = [key for key, preference in moves.preferences.items() if preference.from_ == "deals"]
    for key in asking:
        where = f"moves.preferences.{key}.from"
        if AGREEMENT not in moves.states:
            what = f"asks for an agreement, and no named state is `{AGREEMENT}`"
            yield error(where, what, f"add `{AGREEMENT}:` to `moves.states`")
        if not case.issues:
            yield error(where, "asks for an agreement, and there is no issue", "add `issues:`")
            continue
        lacking = []
        if key not in case.positions and case.party_of(key) not in case.positions:
            lacking.append("positions")
        if case.walk_away(key) is None:
            lacking.append("walk-away")
        if lacking:
            what = f"{clip(key)} has no {' and no '.join(lacking)}, so no package can be weighed"
            yield error(where, what, "add them, or leave `from` out")

"""A conflict as other programs and tables tell it, on its way into a case.

Decision makers and options are told by their place in a list, states by their decimal number (the
sum of 2^k over the options k taken) or by a pattern of Y, N and -.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from goodoffices.case.model import Case, Party
from goodoffices.case.moves import Arcs, MoveOption, Moves, NamedState, Preference, Rule
from goodoffices.case.statements import WORDS
from goodoffices.case.states import MOST_OPTIONS, feasible_states, read_pattern
from goodoffices.errors import ExchangeError, ModelError, clip
from goodoffices.exchange._genius_domain import Ids

__all__ = [
    "MOST_STATES",
    "Conflict",
    "ConflictOption",
    "Passage",
    "Ranking",
    "passage_to_case",
    "states_of",
    "to_case",
]

Int64 = NDArray[np.int64]

MOST_STATES: Final = 2_000
"""States that are ranked one by one; each is named in the case."""

Ranking = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ConflictOption:
    """An option, whose it is, and which change is possible."""

    name: str
    owner: int
    direction: str = "both"
    """`both`, `fwd` (can only be taken) or `back` (can only be dropped)."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Conflict:
    """What such a file says."""

    title: str
    file: str
    """Its name, on which everything in the case rests."""
    decision_makers: tuple[str, ...]
    options: tuple[ConflictOption, ...]
    infeasible: tuple[str, ...] = ()
    """Patterns of states that are impossible."""
    rankings: tuple[Ranking | None, ...] = ()
    """Per decision maker its states, the most preferred first; `None` where it has statements."""
    statements: tuple[tuple[tuple[str, ...], ...], ...] = ()
    """Per decision maker statements, the most important first; each holds where one of its patterns
    fits."""
    named: Mapping[str, str] = field(default_factory=dict)
    """States that have names of their own to their patterns; then no others are possible."""
    status_quo: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Passage:
    """A conflict by its states and every single move between them; states by their place."""

    title: str
    file: str
    states: tuple[str, ...]
    arcs: Mapping[str, tuple[tuple[int, ...], ...]]
    """Per decision maker, and from each state, where it can move to."""
    rankings: Mapping[str, Ranking]
    status_quo: int | None


def states_of(conflict: Conflict) -> Int64:
    """Return the decimal numbers of the states that are possible, ascending.

    Raises `ExchangeError` if there are none, or too many.
    """
    width = len(conflict.options)
    if not 1 <= width <= MOST_OPTIONS:
        raise ExchangeError(f"{conflict.file}: {width} options; it needs 1 to {MOST_OPTIONS}")
    names = [str(k) for k in range(width)]
    try:
        patterns = [read_pattern(pattern, width) for pattern in conflict.infeasible]
        return feasible_states(names, patterns, [])
    except ModelError as error:
        raise ExchangeError(f"{conflict.file}: {error}") from None


def to_case(conflict: Conflict) -> Case:
    """Return the case of a conflict; its parties are principals, its states are named.

    A file that names no status quo begins where nothing is taken, or else in its first state.
    Raises `ExchangeError` for what no case can say.
    """
    with _refusing(conflict.file):
        return _Builder(conflict).case()


@contextmanager
def _refusing(file: str) -> Iterator[None]:
    """Tell what a case can't say as a fault of the file."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ExchangeError(f"{file}: {clip(where)}: {clip(first['msg'])}") from None


def passage_to_case(passage: Passage) -> Case:
    """Return the case of a conflict by its moves; its parties are principals.

    A file that names no status quo begins in its first state. Raises `ExchangeError` for what no
    case can say.
    """
    with _refusing(passage.file):
        return _of_passage(passage)


def _of_passage(passage: Passage) -> Case:
    parties, names = Ids(), Ids()
    actors = {who: parties.new(who, "party") for who in passage.arcs}
    for word in WORDS:
        names.new(word, "state")
    keys = [names.new(name, "state") for name in passage.states]
    file = clip(passage.file)
    rests = f"{file}: its moves"
    if passage.status_quo is None:
        rests += "; ours: the status quo, which the file does not name"
    return Case(
        goodoffices=1,
        title=passage.title,
        parties={
            key: Party(name=who, role="principal", assumed=f"{file}: a decision maker")
            for who, key in actors.items()
        },
        moves=Moves(
            status_quo=keys[passage.status_quo or 0],
            states={
                key: NamedState(name=name) for key, name in zip(keys, passage.states, strict=True)
            },
            arcs={
                actors[who]: Arcs(
                    to={
                        keys[s]: tuple(keys[t] for t in some) for s, some in enumerate(rows) if some
                    },
                    assumed=rests,
                )
                for who, rows in passage.arcs.items()
            },
            preferences={
                actors[who]: Preference(
                    ranking=tuple(tuple(keys[s] for s in place) for place in ranking),
                    assumed=f"{file}: a ranking",
                )
                for who, ranking in passage.rankings.items()
            },
        ),
    )


class _Builder:
    """Gives ids to what a conflict tells by place, and puts a case together."""

    def __init__(self, conflict: Conflict) -> None:
        self.conflict = conflict
        parties, names = Ids(), Ids()
        self.actors = [parties.new(name, "party") for name in conflict.decision_makers]
        # One list of ids for options and states: statements name both.
        for word in WORDS:
            names.new(word, "option")
        self.options = [names.new(option.name, "option") for option in conflict.options]
        self.names = names

    def case(self) -> Case:
        """Put the case together."""
        named, labels = self._named()
        return Case(
            goodoffices=1,
            title=self.conflict.title,
            parties={
                key: Party(name=name, role="principal", assumed=self._rests("a decision maker"))
                for key, name in zip(self.actors, self.conflict.decision_makers, strict=True)
            },
            moves=Moves(
                options=dict(self._options()),
                rules=dict(self._rules(labels)),
                states=named,
                preferences=dict(self._preferences(labels)),
            ),
        )

    def _rests(self, what: str) -> str:
        return f"{clip(self.conflict.file)}: {what}"

    def _named(self) -> tuple[dict[str, NamedState], dict[int, str]]:
        """Return the named states, and the id of each state that a ranking may speak of."""
        named: dict[str, NamedState] = {}
        labels: dict[int, str] = {}
        for name, pattern in self.conflict.named.items():
            key = self.names.new(name, "state")
            care, want = read_pattern(pattern, len(self.options))
            named[key] = NamedState(name=name, when=self._when(pattern), one="-" in pattern)
            labels[want & care] = key
        ranked = any(ranking is not None for ranking in self.conflict.rankings)
        if named or not ranked:
            return named, labels
        states = states_of(self.conflict)
        if states.size > MOST_STATES:
            raise ExchangeError(
                f"{self.conflict.file}: {states.size:,} ranked states; at most {MOST_STATES:,}"
            )
        for state in states.tolist():
            key = self.names.new(f"s{state}", "state")
            pattern = "".join("NY"[state >> k & 1] for k in range(len(self.options)))
            named[key] = NamedState(name=self._called(state), when=self._when(pattern))
            labels[state] = key
        return named, labels

    def _called(self, state: int) -> str:
        taken = [o.name for k, o in enumerate(self.conflict.options) if state >> k & 1]
        return f"State {state}: {', '.join(taken) or 'nothing taken'}"

    def _when(self, pattern: str) -> str:
        parts = [
            self.options[k] if sign == "Y" else f"not {self.options[k]}"
            for k, sign in enumerate(pattern)
            if sign != "-"
        ]
        # A pattern of dashes alone fits every state.
        return " and ".join(parts) or f"{self.options[0]} or not {self.options[0]}"

    def _options(self) -> Iterator[tuple[str, MoveOption]]:
        taken = self.conflict.status_quo
        rests = self._rests("an option")
        if taken is None:
            states = states_of(self.conflict)
            taken = 0 if states[0] == 0 else int(states[0])
            rests = self._rests("an option; ours: the status quo, which the file does not name")
        for k, option in enumerate(self.conflict.options):
            yield (
                self.options[k],
                MoveOption(
                    name=option.name,
                    by=self.actors[option.owner],
                    taken=bool(taken >> k & 1),
                    only={"fwd": "take", "back": "drop"}.get(option.direction),  # type: ignore[arg-type]
                    assumed=rests,
                ),
            )

    def _rules(self, labels: Mapping[int, str]) -> Iterator[tuple[str, Rule]]:
        if self.conflict.named:
            listed = " or ".join(labels.values())
            yield "listed", Rule(holds=listed, assumed=self._rests("the states that it lists"))
        for n, pattern in enumerate(self.conflict.infeasible, start=1):
            holds = f"not ({self._when(pattern)})"
            yield f"rule-{n}", Rule(holds=holds, assumed=self._rests(f"infeasible {pattern}"))

    def _preferences(self, labels: Mapping[int, str]) -> Iterator[tuple[str, Preference]]:
        owners = {option.owner for option in self.conflict.options}
        for i, actor in enumerate(self.actors):
            if i not in owners:
                continue
            ranking = self.conflict.rankings[i]
            if ranking is not None:
                places = tuple(tuple(labels[state] for state in place) for place in ranking)
                yield actor, Preference(ranking=places, assumed=self._rests("a ranking"))
                continue
            texts = tuple(self._any(patterns) for patterns in self.conflict.statements[i])
            if texts:
                yield actor, Preference(statements=texts, assumed=self._rests("statements"))
            else:
                every = (self._any(("-" * len(self.options),)),)
                what = self._rests("it says nothing of what this one prefers, so all is tied")
                yield actor, Preference(ranking=(every,), assumed=what)

    def _any(self, patterns: Sequence[str]) -> str:
        return " or ".join(self._when(pattern) for pattern in patterns)

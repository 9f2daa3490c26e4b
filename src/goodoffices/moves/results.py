"""What the moves lens answers: one frozen object that every page, command and notebook shows.

Decision makers, options and named states are told by the ids of the case. A state is told by its
pattern: one sign per option in the case's order, Y (taken) or N (left); where a case gives its
states one by one, by the id. Every state that an answer names stands in `MovesReport.states`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from goodoffices.deals.results import Method
from goodoffices.deals.share import Share
from goodoffices.moves.coalitions import Gain
from goodoffices.moves.stability import Concept

__all__ = [
    "Alternative",
    "ChangeReport",
    "CoalitionReport",
    "CoalitionStay",
    "EquilibriaReport",
    "EquilibriumReport",
    "FirstStep",
    "JointLeaving",
    "LeavingReport",
    "Move",
    "MovesReport",
    "NamedReport",
    "PreferenceChange",
    "Risk",
    "Sentence",
    "ShareReport",
    "StateReport",
    "TemptationReport",
    "WayReport",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """A sentence of the answer, and what it rests on."""

    text: str
    paths: tuple[str, ...]
    """Parts of the case behind it: preferences, options, what the deals lens weighs."""
    because: tuple[str, ...]
    """Claims that these rest on."""
    assumed: tuple[str, ...]
    """Those of the paths that rest on an assumption."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Move:
    """One move of one decision maker."""

    by: str
    source: str
    target: str
    takes: tuple[str, ...]
    """Options of its own that it takes; none beside arcs."""
    drops: tuple[str, ...]
    """Options of its own that it takes back."""
    gains: bool
    """Whether it prefers the state that it moves to."""
    harm: tuple[str, ...]
    """Those it takes that are marked as harm, or the state it moves to where that is: what it
    could do, never a proposal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class StateReport:
    """One state: what is taken in it, who likes it, who would stay."""

    id: str
    """Its pattern, or its id in the case."""
    label: str
    """In words: its name, or how it differs from the status quo."""
    taken: tuple[str, ...]
    named: tuple[str, ...]
    """Named states that it is one of."""
    harm: tuple[str, ...]
    """Options taken that are marked as harm, or the state itself."""
    place: dict[str, int]
    """Per decision maker its place in the order of preference, 1 for the best; tied states share
    one."""
    stable: dict[str, tuple[Concept, ...]]
    """Per decision maker the concepts under which it would stay, the most demanding first."""
    equilibrium: tuple[Concept, ...]
    """The concepts under which everybody would stay."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedReport:
    """A named state, which may be several."""

    id: str
    total: int
    """How many states are called so."""
    listed: tuple[str, ...]
    """The nearest to the status quo of them; all, unless there are many."""


@dataclass(frozen=True, kw_only=True, slots=True)
class TemptationReport:
    """A move by which a decision maker would gain, and what deters it."""

    move: Move
    deterred: Literal["credibly", "possibly", "no"]
    """Whether the others can take the gain back by moves that each pay the one who makes it; only
    by moves that need not pay; or not at all."""
    answer: tuple[Move, ...]
    """A shortest such answer of the others, the credible one where there is one."""


@dataclass(frozen=True, kw_only=True, slots=True)
class LeavingReport:
    """Who would want to leave a state, and what deters them."""

    state: str
    content: tuple[str, ...]
    """Decision makers who can't gain by a move of their own."""
    temptations: tuple[TemptationReport, ...]
    """Every improvement, each decision maker's best first."""
    more: int
    """Improvements that are not listed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EquilibriumReport:
    """A state that everybody would stay in, and how the status quo leads there."""

    state: str
    concepts: tuple[Concept, ...]
    """The most demanding first."""
    improvements: tuple[Move, ...] | None
    """A shortest way from the status quo on which every move pays; `None` if there is none."""
    moves: tuple[Move, ...] | None
    """A shortest way by any moves; `None` if there is none."""
    dominated_by: tuple[str, ...]
    """Listed equilibria that are better for somebody and worse for nobody."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EquilibriaReport:
    """The equilibria, those first that are hardest to leave and easiest to get to."""

    listed: tuple[EquilibriumReport, ...]
    total: int
    counts: dict[Concept, int]
    """How many there are under each concept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FirstStep:
    """A single move after which every further move to the target pays the one who makes it."""

    move: Move
    third: bool
    """Whether it is the move of a third party: a mediator, a guarantor or a bystander."""
    path: tuple[Move, ...]
    """What follows it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class WayReport:
    """How the status quo could lead to the target, without any move that is marked as harm."""

    target: str
    compared: dict[str, Literal["better", "same", "worse", "mixed"]]
    """What the target is to each decision maker, beside the status quo: the state that the way
    leads to, or where there is no way all states of that name; `mixed` if these differ."""
    path: tuple[Move, ...] | None
    """A shortest way on which every move pays; empty if the status quo is the target."""
    first_steps: tuple[FirstStep, ...]
    """Those that pay the one who makes them first, then those with the shorter way."""
    withheld: int
    """First steps that would open a way only by a move marked as harm; not shown."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PreferenceChange:
    """How one decision maker's preferences would have to differ."""

    by: str
    distance: int
    """Neighbouring places swapped, or statements moved."""
    reversals: tuple[tuple[str, str], ...]
    """Pairs of states: the first would be preferred to the second, as it is not today; tied states
    count as one. There are `distance` pairs, of which at most 20 are told."""
    statements: tuple[int, ...]
    """Statements in their new order, by their number today, counted from 1; empty for swaps."""
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Alternative:
    """Changes that do together."""

    changes: tuple[PreferenceChange, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class ChangeReport:
    """The least changes of preferences that make a state of the target an equilibrium."""

    target: str
    """The state that takes the least change, of all that are meant."""
    concept: Concept
    measure: Literal["swaps", "statements"]
    """Neighbouring places of rankings swapped, or statements put elsewhere in their order."""
    fewest: int | None
    """All decision makers together; `None` if no change was found."""
    at_least: int
    """No smaller change will do."""
    alternatives: tuple[Alternative, ...]
    """Each holds one change per decision maker who has to change; some of `count`."""
    count: int
    """0 where they were too many to be counted."""
    withheld: int
    """Alternatives looked at in which somebody would have to like a state with more harm better;
    counted, and not told."""
    others: tuple[str, ...]
    """Other states of the target that take as small a change."""
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class JointLeaving:
    """A group that could leave the status quo together."""

    members: tuple[str, ...]
    target: str
    path: tuple[Move, ...]
    harm: bool
    """Whether a move of it takes an option marked as harm: a risk, and no proposal."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CoalitionStay:
    """Under which concepts a group would stay in a state."""

    members: tuple[str, ...]
    state: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CoalitionReport:
    """What groups could do that their members can't do alone."""

    gain: Gain
    """`pareto`: no member loses and one gains; `strict`: every member gains."""
    leaving: tuple[JointLeaving, ...]
    """From the status quo; to named states and equilibria first, smaller groups first."""
    total: int
    stability: tuple[CoalitionStay, ...]
    """Of the status quo and of named states; Nash, SEQ, SMR and GMR."""
    method: Method


@dataclass(frozen=True, kw_only=True, slots=True)
class Risk:
    """Something marked as harm that doesn't hold in the status quo: what could be done."""

    option: str
    """The option; beside arcs the state."""
    by: str
    move: Move | None
    """The move of that decision maker from the status quo that brings it about and suits it best;
    `None` if it can't from there."""
    deterred: Literal["credibly", "possibly", "no"] | None
    """What deters that move; `None` where it would not gain by it. At face value."""
    pays: Share | None
    """In which share of draws it would gain by such a move; `None` where its preferences are
    certain, or there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ShareReport:
    """How often a state is an equilibrium when preferences are uncertain."""

    named: str | None
    """The named state, of whose states at least one is; `None` for the status quo."""
    shares: dict[Concept, Share]


@dataclass(frozen=True, kw_only=True, slots=True)
class MovesReport:
    """Everything the moves lens says about a case."""

    title: str
    scenario: str | None
    decision_makers: tuple[str, ...]
    options: tuple[str, ...]
    """In the order of the signs of a state's pattern; empty beside arcs."""
    states_total: int
    status_quo: str
    target: str | None
    """The named state, or the pattern, that was asked about; `None` if none was."""
    why: tuple[Sentence, ...]
    """Why the status quo holds, or does not: who would leave, what deters them, what bars the way
    to the target."""
    named: tuple[NamedReport, ...]
    """Of very many, those that are several states or nearest to the status quo."""
    states: tuple[StateReport, ...]
    """All of them where there are few; else the status quo, named states, equilibria, and every
    other state that an answer names."""
    leaving: tuple[LeavingReport, ...]
    """The status quo first, then the named states; then all others where there are few."""
    moves: tuple[Move, ...]
    """Every single move, where there are few states."""
    equilibria: EquilibriaReport
    way: WayReport | None
    """To the target; `None` where there is none."""
    changes: tuple[ChangeReport, ...]
    coalitions: CoalitionReport
    risks: tuple[Risk, ...]
    shares: tuple[ShareReport, ...]
    """Empty where no preference is uncertain."""
    method: Method

    def state(self, pattern: str) -> StateReport:
        """Return one of the states; raises `KeyError` for one that isn't listed."""
        return {state.id: state for state in self.states}[pattern]

    def _repr_html_(self) -> str:
        """Return what a notebook shows."""
        from goodoffices.moves.notebook import as_html

        return as_html(self)

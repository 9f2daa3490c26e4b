"""The part of a case that the graph model reads: who could do what, and who prefers which state.

A state says for every option whether it is taken. Conditions on states are statements over option
ids, in the words `not`, `and`, `or`, `if` and `iff`: `withdraw and not strike`. In rules and
preferences, the id of a named state stands for its own statement.

Where what can happen doesn't come apart into options, states and moves are given one by one
instead: `states` without a statement are the states, and `arcs` say who can move from which to
which. Statements then speak of states.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, model_validator

from goodoffices.case.basis import Basis, Choices, Id, Ids, Model, Text, named
from goodoffices.case.quantity import Quantity

__all__ = ["Arcs", "MoveOption", "Moves", "NamedState", "Preference", "Rule", "Score"]


class Score(Quantity):
    """How good a state is to a decision maker: any number, higher is better; only order counts."""

    __slots__ = ()
    kind = "score"
    lowest, highest = -1e6, 1e6


class MoveOption(Basis):
    """Something that one decision maker can do or leave undone."""

    name: str
    by: Id
    """The party or faction that decides it."""
    taken: bool = False
    """Whether it is taken in the status quo."""
    only: Literal["take", "drop"] | None = None
    """Which change is possible, where it can't be undone: `take` or `drop`."""
    harm: bool = False
    """Whether taking it increases harm to people: shown as a risk, and never proposed."""


class Rule(Basis):
    """A statement that holds in every state; states in which it fails are impossible."""

    holds: Text


class NamedState(Model):
    """States that matter, under one name: `agreement`, `regional war`."""

    name: str
    when: Text | None = None
    """The statement that holds in them. Left out beside `arcs`: then it is one state by itself."""
    harm: bool = False
    """Beside `arcs`: whether people are harmed in this state. Moves into it are shown as risks, and
    never proposed. Beside options, these are marked instead."""
    one: bool = False
    """Whether they are one state, since what else is taken makes no difference any more. The first
    of them stands for all: the one with the fewest and first options taken."""


class Arcs(Basis):
    """The moves of one decision maker, one by one."""

    to: dict[Id, Ids] = {}
    """From a state, to which states it can move in one move. A way back is a move of its own, and
    two moves in a row are not one."""


class Preference(Basis):
    """What a decision maker prefers, in whichever form is at hand."""

    statements: Choices = ()
    """Statements, the most important first: of two states the one is preferred in which the first
    statement that tells them apart holds."""
    ranking: tuple[Choices, ...] = ()
    """Named states or statements, the best first; several in one place are tied. A state counts
    by the first that it fits; states that fit none are tied at the end."""
    scores: dict[Text, Score] = {}
    """Named states or statements to numbers, which may be uncertain; a state counts by the first
    that it fits. States that fit none come last. An unknown number lies anywhere between the lowest
    and the highest of the others."""
    from_: Literal["deals"] | None = Field(default=None, alias="from")
    """`deals`: the state `agreement` is preferred to the status quo only where the most acceptable
    package beats the walk-away; the form beside it ranks all other states."""

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        if sum(map(bool, (self.statements, self.ranking, self.scores))) != 1:
            raise ValueError("a preference has one of `statements`, `ranking` and `scores`")
        if not all(self.ranking):
            raise ValueError("a place of the `ranking` is empty; name a state, or remove it")
        return self


class Moves(Model):
    """Decision makers' options (or arcs between states), what is impossible, who prefers what."""

    options: dict[Id, MoveOption] = {}
    rules: dict[Id, Rule] = {}
    states: dict[Id, Annotated[NamedState, BeforeValidator(named)]] = {}
    status_quo: Id | None = None
    """Beside `arcs`: the state that holds today."""
    arcs: dict[Id, Arcs] = {}
    """Per decision maker, in place of options."""
    preferences: dict[Id, Preference] = {}
    """Per decision maker."""

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """Whoever decides an option, in the order of the options; else whoever has arcs."""
        return tuple(dict.fromkeys(option.by for option in self.options.values())) or tuple(
            self.arcs
        )

    @property
    def nodes(self) -> tuple[str, ...]:
        """The states that stand by themselves, beside arcs."""
        return tuple(key for key, state in self.states.items() if state.when is None)

    @property
    def reads_deals(self) -> bool:
        """Whether a preference asks the deals lens what an agreement is worth."""
        return any(preference.from_ == "deals" for preference in self.preferences.values())

"""The part of a case that the graph model reads: who could do what, and who prefers which state.

A state says for every option whether it is taken. Conditions on states are statements over option
ids, in the words `not`, `and`, `or`, `if` and `iff`: `withdraw and not strike`. In rules and
preferences, the id of a named state stands for its own statement.
"""

from __future__ import annotations

from typing import Literal, Self

from pydantic import Field, model_validator

from goodoffices.case.basis import Basis, Choices, Id, Model, Text
from goodoffices.case.quantity import Quantity

__all__ = ["MoveOption", "Moves", "NamedState", "Preference", "Rule", "Score"]


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
    when: Text
    """The statement that holds in them."""
    one: bool = False
    """Whether they are one state, since what else is taken makes no difference any more. The first
    of them stands for all: the one with the fewest and first options taken."""


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
    """Decision makers' options, what is impossible, and who prefers what."""

    options: dict[Id, MoveOption]
    rules: dict[Id, Rule] = {}
    states: dict[Id, NamedState] = {}
    preferences: dict[Id, Preference] = {}
    """Per decision maker."""

    @property
    def decision_makers(self) -> tuple[str, ...]:
        """Whoever decides an option, in the order of the options."""
        return tuple(dict.fromkeys(option.by for option in self.options.values()))

    @property
    def reads_deals(self) -> bool:
        """Whether a preference asks the deals lens what an agreement is worth."""
        return any(preference.from_ == "deals" for preference in self.preferences.values())

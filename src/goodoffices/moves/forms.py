"""What a decision maker prefers as a case gives it: at face value, and drawn where it is uncertain.

At face value a number counts by its central value. Drawn, every uncertain number of a decision
maker is drawn independently; one that is unknown lies anywhere between the lowest and the highest
of the others.

Asked of the deals lens, a decision maker weighs the named state `agreement` by the most acceptable
package. At face value it prefers an agreement to the status quo if that package breaks none of its
own demands and is worth more to it than its walk-away, is indifferent if it is worth the same, and
prefers the status quo otherwise. Drawn, it prefers the agreement as often as it accepts that
package, independently of the others. A state of agreement that stands on the wrong side is put
directly above (below) the status quo; all others keep their order.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Case
from goodoffices.case.moves import Preference, Score
from goodoffices.case.statements import Statement, parse_statement
from goodoffices.deals.results import Acceptance, Deals
from goodoffices.moves.preference import ranks_from_numbers, ranks_from_statements

__all__ = ["Form", "Stance", "Swing", "form_of", "stance_of"]

Bool = NDArray[np.bool_]
Float = NDArray[np.float64]
Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]

NEGLIGIBLE = 1e-9
"""Points of value by which a package may miss or pass a walk-away and be worth the same."""


Side = Literal[-1, 0, 1]
"""Whether an agreement is worse than the status quo, as good, or better."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stance:
    """How a decision maker takes the most acceptable package."""

    face: Side
    share: float
    """How often it accepts it."""


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Swing:
    """What moves the states of agreement to one side of the status quo."""

    face: Side
    share: float
    """In which share of draws an agreement is better."""
    agreed: Bool
    """(n,): which states are an agreement."""
    status_quo: int

    def put(self, ranks: Int32, side: Side) -> Int32:
        """Put every agreement on that side: the near end of it, in the order it had."""
        here = int(ranks[self.status_quo])
        room = int(ranks.max()) + 2
        places = ranks.astype(np.int64) * room
        wrong = self.agreed & (np.sign(ranks - here) != side)
        offset = {-1: ranks[wrong] + 1 - room, 0: 0, 1: ranks[wrong] + 1}[side]
        places[wrong] = here * room + offset
        return np.asarray(np.unique(places, return_inverse=True)[1], np.int32)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Form:
    """The preferences of one decision maker over all states."""

    base: Int32
    """(n,): the ranks at face value, but for what is asked of the deals lens."""
    statements: tuple[Statement, ...] = ()
    """Its statements, where these are all that counts."""
    entry: Int64 | None = None
    """(n,): by which of its numbers each state counts; one past the last where by none."""
    numbers: tuple[Score, ...] = ()
    swing: Swing | None = None

    @property
    def ranks(self) -> Int32:
        """(n,): the ranks at face value."""
        return self.base if self.swing is None else self.swing.put(self.base, self.swing.face)

    @property
    def certain(self) -> bool:
        """Whether every draw gives the same preferences."""
        fixed = self.swing is None or self.swing.share in (0, 1)
        return fixed and not any(number.uncertain for number in self.numbers)

    def drawn(self, rng: np.random.Generator, draws: int) -> Iterator[Int32]:
        """Yield the ranks of all states, draw after draw."""
        numbers = _drawn(self.numbers, rng.random((len(self.numbers), draws)))
        chances = rng.random(draws)
        for j in range(draws):
            ranks = self.base if self.entry is None else _counted(numbers[:, j], self.entry)
            if self.swing is not None:
                ranks = self.swing.put(ranks, 1 if chances[j] < self.swing.share else -1)
            yield ranks


def form_of(
    preference: Preference,
    columns: Mapping[str, Bool],
    meanings: Mapping[str, Statement],
    where: str,
) -> Form:
    """Return the preferences that a case gives, but for what it asks of the deals lens.

    `columns` says in which states each option is taken, `meanings` what named states stand for.
    Raises `ModelError` for a statement that can't be read.
    """

    def truth(text: str) -> Bool:
        return parse_statement(text, columns, where, meanings).holds(columns)

    if preference.statements:
        statements = [parse_statement(t, columns, where, meanings) for t in preference.statements]
        ranks = ranks_from_statements(statements, columns, where)
        return Form(base=ranks, statements=tuple(statements))
    if preference.ranking:
        places = [np.any([truth(text) for text in place], axis=0) for place in preference.ranking]
        return Form(base=ranks_from_numbers(-_first(places)))
    entry = _first([truth(text) for text in preference.scores])
    numbers = tuple(preference.scores.values())
    base = _counted(_drawn(numbers, None)[:, 0], entry)
    return Form(base=base, entry=entry, numbers=numbers)


def stance_of(case: Case, deals: Deals, actor: str) -> Stance:
    """Return how a decision maker takes the most acceptable package.

    Where no draw found an acceptable package, nobody prefers an agreement.
    """
    if not deals.offers:
        return Stance(face=-1, share=0.0)
    best = deals.offers[0]
    party = case.party_of(actor)
    share = next((_accepts(side, actor) for side in best.acceptance if side.party == party), 1.0)
    gain = best.gains.get(actor, 0.0)
    broken = any(case.demands[demand].by == actor for demand in best.breaks)
    if broken or gain < -NEGLIGIBLE:
        return Stance(face=-1, share=share)
    return Stance(face=1 if gain > NEGLIGIBLE else 0, share=share)


def _accepts(side: Acceptance, actor: str) -> float:
    mine = (faction.share for faction in side.factions if faction.faction == actor)
    return next(mine, side.alone).value


def _first(truths: Sequence[Bool]) -> Int64:
    """Return, per state, the place of the first that holds; their number where none does."""
    none = np.ones_like(truths[0])
    return np.asarray(np.argmax([*truths, none], axis=0), np.int64)


def _drawn(numbers: Sequence[Score], u: Float | None) -> Float:
    """Return numbers by draw, (numbers, draws); their central values, once, where u is None."""
    known = [number for number in numbers if number.shape != "unknown"]
    low = min((number.low for number in known), default=0.0)
    high = max((number.high for number in known), default=1.0)
    rows = []
    for j, number in enumerate(numbers):
        if number.shape == "unknown":
            rows.append(low + (high - low) * (np.array([0.5]) if u is None else u[j]))
        else:
            rows.append(np.array([number.central]) if u is None else number.quantiles(u[j]))
    return np.stack(rows) if rows else np.empty((0, 1 if u is None else u.shape[1]))


def _counted(numbers: Float, entry: Int64) -> Int32:
    """Rank states by the numbers that they count by; what fits no entry comes last."""
    levels = np.append(1 + ranks_from_numbers(numbers), np.int32(0))
    return ranks_from_numbers(levels[entry])

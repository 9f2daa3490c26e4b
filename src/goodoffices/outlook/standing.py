"""How the parties stand in the draws of the deals lens: against a package, and under pressure.

Nothing of the deals lens is computed again. Its draws are taken up (the same seed draws the same
numbers), and one more question is asked of them: what if walk-aways lay elsewhere?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.model import Case
from goodoffices.case.quantity import Probability
from goodoffices.deals.answers import NO, UNDECIDED, YES
from goodoffices.deals.draws import Sample
from goodoffices.deals.share import Share
from goodoffices.deals.space import Space, compile_space
from goodoffices.deals.zone import Decider, samples
from goodoffices.errors import ModelError
from goodoffices.outlook.ripeness import Ripeness, Standing, assess
from goodoffices.outlook.subject import Subject

__all__ = ["Table", "ripeness", "table_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DRAWS = 4_000
"""Draws of the deals lens that are taken up, at most."""
LIMIT = 20_000
"""The depth-first search looks at so many partial packages of one draw before it gives up."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """The negotiating table: a case's packages, and draws of what they are worth."""

    space: Space
    parts: tuple[Sample, ...]

    @property
    def draws(self) -> int:
        """How many draws there are."""
        return sum(len(part) for part in self.parts)

    @cached_property
    def index(self) -> dict[str, int]:
        """Actor id to its place in the draws."""
        return {actor.id: a for a, actor in enumerate(self.space.actors)}

    def walk_away(self, actor: str) -> Floats | None:
        """Return draws (n,) of an actor's walk-away; None if it has none."""
        walk = self.space.walk_aways[self.index[actor]] if actor in self.index else None
        if walk is None:
            return None
        return np.concatenate([part.columns[:, walk[1]] for part in self.parts])

    def worth(self, picks: Mapping[str, str], actor: str) -> Floats:
        """Return draws (n,) of what a package is worth to an actor, doubted promises and all."""
        package = self.space.package(dict(picks))
        return np.concatenate([part.worth(package)[:, self.index[actor]] for part in self.parts])

    def zone(self, raised: Mapping[str, float]) -> Share:
        """Return P(zone) with some walk-aways raised by so many points (below 0: lowered)."""
        answers = [
            Decider(part, limit=LIMIT, rescues=0).decide(
                np.arange(len(part)), part.binds, self._floors(part, raised)
            )[0]
            for part in self.parts
        ]
        every = np.concatenate(answers)
        yes, open_ = int((every == YES).sum()), int((every == UNDECIDED).sum())
        assert yes + open_ + int((every == NO).sum()) == len(every)
        return self.space.share(yes, len(every), open_)

    def _floors(self, part: Sample, raised: Mapping[str, float]) -> Floats:
        floors = part.floors.copy()
        for actor, points in raised.items():
            if actor in self.index:
                floors[:, self.index[actor]] += points
        return floors


def table_of(case: Case, draws: int, seed: int) -> Table | None:
    """Return the table of a case; None where it has nothing to put on one."""
    try:
        space = compile_space(case)
    except ModelError:
        return None
    count = 1 if space.certain else min(draws, DRAWS)
    return Table(space=space, parts=tuple(samples(space, count, seed)))


def ripeness(subject: Subject, table: Table, picks: Mapping[str, str]) -> Ripeness | None:
    """Return the conditions of a ripe moment; None with fewer than two parties to compare.

    Facts: in which share of draws going on, the walk-away, is worth less than the most acceptable
    package. Perceptions: as the case believes them, drawn apart from the facts.
    """
    standings = [
        _standing(subject, party, going_on, table.worth(picks, party))
        for party in subject.case.signatories
        if (going_on := table.walk_away(party)) is not None
    ]
    if len(standings) < 2:
        return None
    found = assess(standings)
    named = {one.party: subject.case.name_of(one.party) for one in standings}
    return replace(found, missing=tuple(_with_names(found.missing, named)))


def _with_names(missing: Iterable[str], named: Mapping[str, str]) -> Iterator[str]:
    for text in missing:
        start, party, rest = text.split(" ", 2)
        yield f"{start} {named.get(party, party)} {rest}"


def _standing(subject: Subject, party: str, going_on: Floats, package: Floats) -> Standing:
    feels = _perceived(subject, party, "feels", len(package))
    return Standing(
        party=party,
        going_on=going_on,
        package=package,
        # As a value that lies below or above another: that is all that "feels" says.
        felt_going_on=None if feels is None else np.where(feels, 0.0, 1.0),
        felt_package=None if feels is None else np.full(len(package), 0.5),
        sees_way_out=_perceived(subject, party, "sees_way_out", len(package)),
    )


def _perceived(subject: Subject, party: str, name: str, draws: int) -> Bools | None:
    """Return draws of what a party is believed to see; None where nobody says."""
    given = subject.outlook.perceptions.get(party)
    quantity: Probability | None = getattr(given, name, None)
    if quantity is None or quantity.shape == "unknown":
        return None
    stream = subject.inputs.stream(f"outlook.perceptions.{party}.{name}")
    likely = quantity.quantiles(stream.random(draws)) if quantity.uncertain else quantity.central
    return np.asarray(stream.random(draws) < likely)

"""How the parties stand in the draws of the deals lens: against a package, and under pressure.

Nothing of the deals lens is computed again. Its draws are taken up (the same seed draws the same
numbers), and one more question is asked of them: what if walk-aways lay elsewhere?
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from goodoffices.case.model import Case
from goodoffices.case.quantity import Probability
from goodoffices.deals.answers import NO, UNDECIDED, YES
from goodoffices.deals.draws import Sample
from goodoffices.deals.share import Share, share
from goodoffices.deals.space import Space, compile_space
from goodoffices.deals.zone import FLOATS, Decider, fitting, samples
from goodoffices.errors import ModelError
from goodoffices.outlook.ripeness import Ripeness, Standing, assess
from goodoffices.outlook.subject import Subject

__all__ = ["Table", "ripeness", "table_of"]

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

HELD = 10_000_000
"""About so many numbers of the deals lens's draws are held at once; a space of very many cells
takes up fewer of its draws."""
FEWEST = 500
"""Draws that are taken up in any case."""
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

    def answers(self, raised: Mapping[str, ArrayLike]) -> Ints:
        """Return for each draw (n,) whether a package meets every demand: NO, YES or UNDECIDED.

        `raised` gives the points by which walk-aways lie higher (below 0: lower), each a number or
        draws: the first n of them, or all over again where there are fewer.
        """
        points = {
            actor: np.resize(np.asarray(by, dtype=np.float64), self.draws)
            for actor, by in raised.items()
            if actor in self.index
        }
        every = list(points.values())
        up = np.any([by > 0 for by in every], axis=0) if every else np.zeros(self.draws, bool)
        down = np.any([by < 0 for by in every], axis=0) if every else np.zeros(self.draws, bool)
        # A zone that is there stays where no walk-away rises, and none opens where none falls.
        same = ((self.now == YES) & ~up) | ((self.now == NO) & ~down)
        return np.where(same, self.now, self._decided(points, ~same))

    @cached_property
    def now(self) -> Ints:
        """The answers as the walk-aways are."""
        return self._decided({}, np.ones(self.draws, dtype=bool))

    def _decided(self, points: Mapping[str, Floats], asked: Bools) -> Ints:
        found, start = [], 0
        for part, decider in zip(self.parts, self.deciders, strict=True):
            here = slice(start, start := start + len(part))
            floors = part.floors.copy()
            for actor, by in points.items():
                floors[:, self.index[actor]] += by[here]
            rows = np.flatnonzero(asked[here])
            found.append(decider.decide(rows, part.binds, floors)[0])
        return np.concatenate(found)

    @cached_property
    def deciders(self) -> tuple[Decider, ...]:
        """One for each part of the draws."""
        return tuple(Decider(part, limit=LIMIT, rescues=0) for part in self.parts)

    def zone(self, raised: Mapping[str, ArrayLike]) -> Share:
        """Return P(zone) with some walk-aways raised, as in `answers`."""
        answers = self.answers(raised)
        hits, undecided = int((answers == YES).sum()), int((answers == UNDECIDED).sum())
        if any(np.ndim(by) for by in raised.values()):
            return share(hits, len(answers), undecided)
        return self.space.share(hits, len(answers), undecided)

    def falls(self, actors: Sequence[str], *, last: int, step: float = 1.0) -> Ints:
        """Return how many steps these walk-aways must fall together until a draw has a zone, (n,).

        0 where it has one as it is, last + 1 where no fall does it, -1 where it isn't decided. A
        lower walk-away never closes a zone, so each draw is searched by halving.
        """
        most = self.answers(dict.fromkeys(actors, -last * step))
        needed = np.where(self.now == YES, 0, np.where(most == YES, last, last + 1))
        unknown = (self.now == UNDECIDED) | (most == UNDECIDED)
        searched = (self.now == NO) & (most == YES)
        low, high = np.zeros(self.draws), np.full(self.draws, float(last))
        while (between := searched & (high - low > 1)).any():
            middle = np.where(between, np.floor((low + high) / 2), 0.0)
            found = self.answers(dict.fromkeys(actors, -middle * step))
            high = np.where(between & (found == YES), middle, high)
            low = np.where(between & (found == NO), middle, low)
            unknown |= between & (found == UNDECIDED)
            searched &= ~unknown
        needed = np.where(searched, high.astype(np.int64), needed)
        return np.where(unknown, -1, needed)


def table_of(case: Case, draws: int, seed: int) -> Table | None:
    """Return the table of a case; None where it has nothing to put on one."""
    try:
        space = compile_space(case)
    except ModelError:
        return None
    # One draw is all there is to draw, unless something uncertain moves the walk-aways later.
    if space.certain and not _moved(case):
        draws = 1
    affordable = max(FEWEST, HELD * fitting(space) // FLOATS)
    return Table(space=space, parts=tuple(samples(space, min(draws, affordable), seed)))


def _moved(case: Case) -> bool:
    outlook = case.outlook
    if outlook is None:
        return False
    tabling = outlook.tabling.alternatives if outlook.tabling is not None else {}
    pressed = [by for one in outlook.pressure.values() for by in (one.per_week, one.most)]
    return any(points.uncertain for points in [*tabling.values(), *pressed])


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

"""States, moves and sentences of an answer, told by what the case calls them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from goodoffices.case.basis import Basis
from goodoffices.case.moves import Moves
from goodoffices.errors import clip
from goodoffices.moves._search import Field, survey
from goodoffices.moves.model import Model
from goodoffices.moves.preference import profile
from goodoffices.moves.reach import Reach, Step, explore
from goodoffices.moves.results import Move, Sentence, StateReport
from goodoffices.moves.stability import Stability
from goodoffices.moves.words import WIDTH, joined, option_name, quoted

__all__ = ["Teller", "behind"]

Int32 = NDArray[np.int32]
Int64 = NDArray[np.int64]


def behind(moves: Moves, move: Move) -> tuple[str, ...]:
    """Return the parts of a case that say that a move can be made."""
    if moves.arcs:
        return (f"moves.arcs.{move.by}",)
    return tuple(f"moves.options.{key}" for key in (*move.takes, *move.drops))


class Teller:
    """Tells states by their patterns, and remembers every state that it told."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.case = model.case
        self.graph = model.graph
        self.ranks = profile(model.graph, model.ranks)
        self.told: dict[int, None] = {}

    @cached_property
    def field(self) -> Field:
        """The graph and the preferences, ready for any number of searches."""
        return survey(self.graph, self.ranks)

    @cached_property
    def gentle(self) -> Field:
        """The same without moves that are marked as harm."""
        if self.model.gentle is self.graph:
            return self.field
        return survey(self.model.gentle, self.ranks, self.field)

    @cached_property
    def near(self) -> Reach:
        """What improvements lead to from the status quo."""
        everybody = range(len(self.model.actors))
        return explore(self.field, self.model.status_quo, everybody, improving=True)

    @cached_property
    def far(self) -> Reach:
        """What any moves lead to from the status quo."""
        everybody = range(len(self.model.actors))
        return explore(self.field, self.model.status_quo, everybody, improving=False)

    def id(self, s: int) -> str:
        """Return a state's pattern."""
        self.told.setdefault(int(s))
        return self.graph.pattern(int(s))

    def move(self, step: Step) -> Move:
        """Tell one move."""
        owned = [o.name for o in self.graph.options if o.owner == self.model.actors[step.mover]]
        before, after = (set(self.graph.taken(s)) for s in (step.source, step.target))
        takes = tuple(name for name in owned if name in after - before)
        marked = self.harmful(step.target) if not self.graph.options else self._of_harm(takes)
        rank = self.ranks[step.mover]
        return Move(
            by=self.model.actors[step.mover],
            source=self.id(step.source),
            target=self.id(step.target),
            takes=takes,
            drops=tuple(name for name in owned if name in before - after),
            gains=bool(rank[step.target] > rank[step.source]),
            harm=marked,
        )

    def harmful(self, s: int) -> tuple[str, ...]:
        """Return what is marked as harm in a state: options taken, or the state itself."""
        if self.graph.options:
            return self._of_harm(self.graph.taken(s))
        key = self.graph.labels[s]
        return (key,) if self.model.moves.states[key].harm else ()

    @cached_property
    def harms(self) -> Int64:
        """(n,): how much is marked as harm in each state."""
        return np.array([len(self.harmful(s)) for s in range(self.graph.n)], np.int64)

    def _of_harm(self, options: Iterable[str]) -> tuple[str, ...]:
        return tuple(name for name in options if self.model.moves.options[name].harm)

    def path(self, path: Iterable[Step]) -> tuple[Move, ...]:
        """Tell several moves."""
        return tuple(self.move(step) for step in path)

    def actors(self, members: Iterable[int]) -> tuple[str, ...]:
        """Return the ids of decision makers."""
        return tuple(self.model.actors[i] for i in members)

    def name(self, actor: str) -> str:
        """Return what people read for a decision maker."""
        return clip(self.case.name_of(actor), WIDTH)

    def names(self, actors: Iterable[str]) -> str:
        """Return several decision makers in words."""
        return joined([self.name(actor) for actor in actors])

    def called(self, s: int) -> tuple[str, ...]:
        """Return the named states that a state is one of."""
        return tuple(key for key, states in self.model.named.items() if _holds(states, s))

    def label(self, s: int) -> str:
        """Return a state in words: its name if that is its own, and how it differs from now."""
        if s == self.model.status_quo:
            return "the status quo"
        called = self.called(s)
        if not called:
            return self._differing(s)
        # The name that fewest states share says most.
        best = min(called, key=lambda key: self.model.named[key].size)
        name = quoted(self.model.moves.states[best].name)
        return name if self.model.named[best].size == 1 else f"{name}, {self._differing(s)}"

    def _differing(self, s: int) -> str:
        now, then = set(self.graph.taken(self.model.status_quo)), set(self.graph.taken(s))
        parts = []
        for actor in self.model.actors:
            owned = [option.name for option in self.graph.options if option.owner == actor]
            for verb, there in (("taking", then - now), ("dropping", now - then)):
                options = [option_name(self.case, name) for name in owned if name in there]
                if options:
                    parts.append(f"{self.name(actor)} {verb} {joined(options)}")
        return f"the status quo with {joined(parts)}"

    def state(self, s: int, stability: Stability) -> StateReport:
        """Report one state."""
        taken = self.graph.taken(s)
        held = {
            actor: tuple(c for c, stable in stability.stable.items() if stable[i, s])
            for i, actor in enumerate(self.model.actors)
        }
        return StateReport(
            id=self.id(s),
            label=self.label(s),
            taken=taken,
            named=self.called(s),
            harm=self.harmful(s),
            place={
                actor: int(self._tops[i] - self.ranks[i, s]) + 1
                for i, actor in enumerate(self.model.actors)
            },
            stable=held,
            equilibrium=tuple(
                c for c in stability.stable if all(c in row for row in held.values())
            ),
        )

    def sentence(self, text: str, actors: Iterable[str], moves: Iterable[Move] = ()) -> Sentence:
        """Return a sentence with what it rests on: the preferences of actors, options of moves."""
        paths: dict[str, None] = {}
        for actor in actors:
            paths.setdefault(f"moves.preferences.{actor}")
            if self.model.moves.preferences[actor].from_ == "deals":
                paths |= dict.fromkeys(self._weighing(actor))
        for move in moves:
            paths |= dict.fromkeys(behind(self.model.moves, move))
        nodes = [(path, self._nodes[path]) for path in paths if path in self._nodes]
        return Sentence(
            text=text,
            paths=tuple(paths),
            because=tuple(dict.fromkeys(claim for _, node in nodes for claim in node.because)),
            assumed=tuple(path for path, node in nodes if node.assumed),
        )

    @cached_property
    def _tops(self) -> Int32:
        return np.asarray(self.ranks.max(axis=1), np.int32)

    def _weighing(self, actor: str) -> list[str]:
        """Return what the deals lens weighs an agreement by, for one decision maker."""
        demands = [f"demands.{key}" for key, d in self.case.demands.items() if d.by == actor]
        given = actor if actor in self.case.positions else self.case.party_of(actor)
        rows = self.case.positions.get(given, {})
        return [*demands, *(f"positions.{given}.{issue}" for issue in rows)]

    @cached_property
    def _nodes(self) -> Mapping[str, Basis]:
        return dict(self.case.based())


def _holds(states: Int64, s: int) -> bool:
    """Return whether a state is among others, which are ascending."""
    at = int(np.searchsorted(states, s))
    return at < states.size and int(states[at]) == s
